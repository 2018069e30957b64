// tiers.cpp — points into chunks and tiers, a stretch of days at a time.
#include "energy/telemetry/tiers.h"

#include "energy/telemetry/archive.h"

namespace greenbank::energy {

namespace {

/// Long enough that a row fills its pages; short enough to be decoded for one point (0.1 ms).
constexpr ChannelLimits limits{.points_per_chunk = 16'384, .keeps_hours = true};

Result<Done> write_chunks(Transaction& transaction, std::int64_t series, const ChannelChanges& changes) {
    for (const Moment first_at : changes.removed)
        TRY(transaction.execute("DELETE FROM telemetry_chunk WHERE series = $1 AND first_at = $2", {series, first_at}));
    for (const ChunkRow& row : changes.written)
        TRY(transaction.execute("INSERT INTO telemetry_chunk (series, first_at, last_at, points, bytes) VALUES ($1, $2, $3, $4, decode($5, 'hex'))",
            {series, row.first_at, row.last_at, static_cast<std::int64_t>(row.points), hex_of(row.bytes)}));
    return Done{};
}

/// All chunks that days of [from, to) lie in, and the one before and the one after: new points may belong to these.
Result<std::vector<ChunkRow>> chunks_around(Transaction& transaction, std::int64_t series, Moment from, Moment to) {
    Rows rows = TRY(transaction.query("SELECT first_at, last_at, points, bytes FROM telemetry_chunk WHERE series = $1 AND "
                                      "first_at >= coalesce((SELECT max(first_at) FROM telemetry_chunk WHERE series = $1 AND first_at <= $2), $2) AND "
                                      "first_at <= coalesce((SELECT min(first_at) FROM telemetry_chunk WHERE series = $1 AND first_at >= $3), $3) "
                                      "ORDER BY first_at",
        {series, from, to}));
    std::vector<ChunkRow> chunks;
    for (auto& row : rows.rows)
        chunks.push_back({as_integer(row[0]), as_integer(row[1]), static_cast<std::size_t>(as_integer(row[2])), std::move(std::get<std::string>(row[3]))});
    return chunks;
}

Result<Done> seal_stretch(Transaction& transaction, std::int64_t series, const Points& fresh, bool tiers) {
    ChannelLog channel({.points_per_chunk = limits.points_per_chunk, .keeps_hours = tiers});
    const Moment from = step_of(fresh.times.front(), day), to = step_of(fresh.times.back(), day) + day;
    channel.load(TRY(chunks_around(transaction, series, from, to)), {}, {});
    channel.add(fresh.times, fresh.values);
    ChunkFault fault = ChunkFault::none;
    const ChannelChanges changes = channel.seal(true, fault);
    if (fault != ChunkFault::none) return damaged(series, fault);
    TRY(write_chunks(transaction, series, changes));
    if (!tiers) return Done{};
    for (const auto& [begin, end] : changes.corrected) {
        std::vector<Step> days, hours, kept;
        channel.days().read(begin, end, days);
        channel.hours().read(begin, end, hours);
        TRY(write_tier(transaction, series, day, begin, end, days));
        auto one = hours.begin();
        for (const Step& of_day : days)
            for (; one != hours.end() && one->at < of_day.at + day; ++one)
                if (worth_hours(of_day)) kept.push_back(*one);
        TRY(write_tier(transaction, series, hour, begin, end, kept));
    }
    return Done{};
}

} // namespace

Result<Done> write_tier(Transaction& transaction, std::int64_t series, Moment step, Moment from, Moment to, const std::vector<Step>& fresh) {
    const Moment block = block_of(step);
    for (Moment at = step_of(from, block); at < to; at += block) {
        Tier tier(step);
        const Rows rows = TRY(transaction.query("SELECT bytes FROM telemetry_tier WHERE series = $1 AND step = $2 AND first_at = $3", {series, step, at}));
        std::vector<Step> steps;
        for (const auto& row : rows.rows)
            if (const ChunkFault fault = decode_steps(as_text(row[0]), steps); fault != ChunkFault::none) return damaged(series, fault);
        tier.replace(at, at + block, steps);
        std::vector<Step> here;
        for (const Step& one : fresh)
            if (one.at >= at && one.at < at + block) here.push_back(one);
        tier.replace(std::max(from, at), std::min(to, at + block), here);
        if (!tier.steps().empty())
            TRY(transaction.execute("INSERT INTO telemetry_tier (series, step, first_at, bytes) VALUES ($1, $2, $3, decode($4, 'hex')) "
                                    "ON CONFLICT (series, step, first_at) DO UPDATE SET bytes = excluded.bytes",
                {series, step, at, hex_of(encode_steps(tier.steps()))}));
        else if (!steps.empty()) TRY(transaction.execute("DELETE FROM telemetry_tier WHERE series = $1 AND step = $2 AND first_at = $3", {series, step, at}));
    }
    return Done{};
}

Result<Done> seal_points(Transaction& transaction, std::int64_t series, const Points& fresh, bool tiers) {
    constexpr Moment gap = 2 * day; // a late point of years ago must not bring all years between into memory
    for (std::size_t from = 0; from < fresh.size();) {
        std::size_t to = from + 1;
        while (to < fresh.size() && fresh.times[to] - fresh.times[to - 1] <= gap) ++to;
        Points stretch;
        stretch.append(fresh, from, to);
        TRY(seal_stretch(transaction, series, stretch, tiers));
        from = to;
    }
    return Done{};
}

} // namespace greenbank::energy
