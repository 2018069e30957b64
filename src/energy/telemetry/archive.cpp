// archive.cpp — keeping batches, remembering them, and sealing them into chunks and tiers.
#include "energy/telemetry/archive.h"

#include <array>
#include <cstring>
#include <map>

#include "energy/telemetry/head.h"
#include "energy/telemetry/tiers.h"

namespace greenbank::energy {

namespace {

constexpr std::size_t seal_from_points = 1'000'000, seal_points_at_once = 4'000'000;
constexpr Duration seal_after = minutes(10);

constexpr bool has_tiers(std::int64_t series) { return series % 4 == static_cast<std::int64_t>(SeriesKind::values); }

/// Batches of (from, to] into `head`, which must be locked where others know it.
Result<Done> load(Transaction& transaction, std::int64_t from, std::int64_t to, Head& head) {
    const Rows rows = TRY(transaction.query("SELECT number, bytes FROM telemetry_batch WHERE number > $1 AND number <= $2 ORDER BY number", {from, to}));
    for (const auto& row : rows.rows) {
        std::vector<SeriesPoints> batch;
        if (const ChunkFault fault = decode_batch(as_text(row[1]), batch); fault != ChunkFault::none)
            return Error{Failure::internal, "telemetry.batch_damaged", "The stored batch {number} is damaged ({fault}); restore it from a backup.",
                {{"number", std::to_string(as_integer(row[0]))}, {"fault", std::string(words_of(fault))}}};
        head.add(as_integer(row[0]), std::move(batch));
    }
    return Done{};
}

} // namespace

std::string hex_of(std::string_view bytes) {
    static constexpr auto pairs = [] {
        std::array<std::array<char, 2>, 256> table{};
        for (std::size_t i = 0; i < 256; ++i) table[i] = {"0123456789abcdef"[i / 16], "0123456789abcdef"[i % 16]};
        return table;
    }();
    std::string hex(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) std::memcpy(&hex[2 * i], pairs[static_cast<unsigned char>(bytes[i])].data(), 2);
    return hex;
}

Archive::Archive() : head_(std::make_shared<Head>()) {}

/// What is committed is remembered for all; what a writing transaction sees beyond that may yet be undone, and is its own.
Result<ArchiveView> Archive::view(Transaction& transaction) {
    const Rows rows =
        TRY(transaction.query("SELECT sealed, (SELECT max(number) FROM telemetry_batch), sealing_to, sealed_series FROM telemetry_state WHERE id = 1"));
    ArchiveView view;
    view.transaction_ = &transaction;
    view.head_ = head_;
    view.sealed_ = rows.empty() ? 0 : as_integer(rows.rows[0][0]);
    view.last_ = rows.empty() ? 0 : std::max(view.sealed_, as_integer(rows.rows[0][1]));
    view.sealing_to_ = rows.empty() ? 0 : as_integer(rows.rows[0][2]);
    view.sealed_series_ = rows.empty() ? 0 : as_integer(rows.rows[0][3]);
    const bool writing = bulk(transaction).group() != 0;

    const std::lock_guard lock(head_->mutex);
    if (!writing) head_->forget(view.sealed_);
    if (head_->forgotten > view.sealed_) { // sealed meanwhile, but not in what this transaction sees
        view.own_ = std::make_shared<Head>();
        TRY(load(transaction, view.sealed_, std::min(head_->forgotten, view.last_), *view.own_));
    }
    if (head_->known >= view.last_) return view;
    if (!writing) {
        TRY(load(transaction, head_->known, view.last_, *head_));
        head_->known = view.last_;
        return view;
    }
    if (!view.own_) view.own_ = std::make_shared<Head>();
    TRY(load(transaction, std::max(head_->known, view.sealed_), view.last_, *view.own_));
    return view;
}

Result<std::int64_t> Archive::keep(Transaction& transaction, std::string_view bytes, std::size_t points) {
    const Rows rows = TRY(transaction.query("INSERT INTO telemetry_batch (number, points, bytes) SELECT "
                                            "1 + coalesce((SELECT max(number) FROM telemetry_batch), sealed), CAST($1 AS BIGINT), decode($2, 'hex') "
                                            "FROM telemetry_state WHERE id = 1 RETURNING number",
        {static_cast<std::int64_t>(points), hex_of(bytes)}));
    return as_integer(rows.single());
}

void Archive::kept(std::int64_t number, std::vector<SeriesPoints> batch) {
    const std::lock_guard lock(head_->mutex);
    if (number != head_->known + 1) return; // another server's batches lie between: they are read together
    head_->add(number, std::move(batch));
    head_->known = number;
}

/// The next round of sealing: up to which batch; nothing where none is due.
Result<std::optional<std::int64_t>> Archive::next_round(Transaction& transaction, const ArchiveView& view, Time now, bool everything) {
    const Rows rows = TRY(transaction.query("SELECT number, points FROM telemetry_batch WHERE number > $1 ORDER BY number", {view.sealed_}));
    std::int64_t points = 0, up_to = view.sealed_;
    for (const auto& row : rows.rows) {
        if (up_to > view.sealed_ && points + as_integer(row[1]) > static_cast<std::int64_t>(seal_points_at_once)) break;
        up_to = as_integer(row[0]);
        points += as_integer(row[1]);
    }
    const Value sealed_at = TRY(transaction.query("SELECT sealed_at FROM telemetry_state WHERE id = 1")).single();
    const bool old_enough = now - Time{as_integer(sealed_at)} >= seal_after;
    if (!everything && !old_enough && points < static_cast<std::int64_t>(seal_from_points)) return std::optional<std::int64_t>{};
    return std::optional(up_to);
}

Result<Sealed> Archive::seal(Transaction& transaction, Time now, bool everything, std::size_t series_max) {
    const ArchiveView view = TRY(this->view(transaction));
    if (view.last_ <= view.sealed_) return Sealed{};
    std::int64_t up_to = view.sealing_to_;
    if (up_to <= view.sealed_) {
        const auto due = TRY(next_round(transaction, view, now, everything));
        if (!due) return Sealed{};
        up_to = *due;
    }
    std::map<std::int64_t, Head::Pieces> by_series; // the next ones, and what the round seals of them
    for (const auto& head : {view.head_, view.own_}) {
        if (!head) continue;
        const std::lock_guard lock(head->mutex);
        for (const auto& [series, pieces] : head->pieces()) {
            if (series <= view.sealed_series_ || (by_series.size() > series_max && series > by_series.rbegin()->first)) continue;
            for (const Head::Piece& piece : pieces)
                if (piece.number > view.sealed_ && piece.number <= up_to) by_series[series].push_back(piece);
            if (by_series.size() > series_max + 1) by_series.erase(std::prev(by_series.end()));
        }
    }
    const bool ends = by_series.size() <= series_max;
    if (!ends) by_series.erase(std::prev(by_series.end()));
    Sealed sealed;
    for (auto& [series, pieces] : by_series) {
        std::stable_sort(pieces.begin(), pieces.end(), [](const auto& one, const auto& other) { return one.number < other.number; });
        Points fresh;
        for (const Head::Piece& piece : pieces)
            if (fresh.empty() || fresh.times.back() < piece.points->times.front()) fresh.append(*piece.points, 0, piece.points->size());
            else fresh = merge(fresh, *piece.points);
        if (const Moment from = TRY(view.points_from(series / 4)); !fresh.empty() && fresh.times.front() < from) {
            Points still;
            still.append(fresh, fresh.place(from), fresh.size());
            fresh = std::move(still);
        }
        sealed.points += static_cast<std::int64_t>(fresh.size());
        if (!fresh.empty()) TRY(seal_points(transaction, series, fresh, has_tiers(series)));
    }
    if (!ends) {
        sealed.more = true;
        TRY(transaction.execute("UPDATE telemetry_state SET sealing_to = $1, sealed_series = $2 WHERE id = 1", {up_to, by_series.rbegin()->first}));
        return sealed;
    }
    sealed.more = everything && up_to < view.last_;
    TRY(transaction.execute("DELETE FROM telemetry_batch WHERE number <= $1", {up_to}));
    TRY(transaction.execute(
        "UPDATE telemetry_state SET sealed = $1, sealed_at = $2, sealing_to = 0, sealed_series = 0 WHERE id = 1", {up_to, now.microseconds}));
    return sealed;
}

Result<Done> Archive::write(Transaction& transaction, const SeriesPoints& series) {
    return seal_points(transaction, series.series, series.points, has_tiers(series.series));
}

Result<std::int64_t> Archive::drop(Transaction& transaction, std::int64_t channel, Moment before, Moment hours_before) {
    const ArchiveView view = TRY(this->view(transaction));
    std::int64_t dropped = 0;
    const std::int64_t values = series_of(channel, SeriesKind::values);
    const Rows last = TRY(transaction.query("SELECT min(first_at), max(last_at) FROM telemetry_chunk WHERE series = $1 AND last_at < $2", {values, before}));
    if (!last.empty() && !is_null(last.rows[0][1])) {
        const Moment from = step_of(as_integer(last.rows[0][0]), day), until = step_of(as_integer(last.rows[0][1]), day) + day;
        if (!view.head_of(values, -moment_most, until).empty()) return std::int64_t{0}; // once it is sealed
        std::vector<Step> hours;
        TRY(view.read_pieces(values, {{from, until}}, {hour}, hours));
        TRY(write_tier(transaction, values, hour, from, until, hours));
        for (const SeriesKind kind : {SeriesKind::values, SeriesKind::marks, SeriesKind::bad})
            dropped += TRY(transaction.execute("DELETE FROM telemetry_chunk WHERE series = $1 AND last_at < $2", {series_of(channel, kind), before}));
        TRY(transaction.execute("INSERT INTO telemetry_kept (channel, points_from) VALUES ($1, $2) "
                                "ON CONFLICT (channel) DO UPDATE SET points_from = excluded.points_from",
            {channel, until}));
    }
    dropped += TRY(transaction.execute(
        "DELETE FROM telemetry_tier WHERE series = $1 AND step = $2 AND first_at < $3", {values, hour, std::min(hours_before, before) - block_of(hour)}));
    return dropped;
}

Result<Done> Archive::erase(Transaction& transaction, std::int64_t channel) {
    while (TRY(seal(transaction, Time{}, true)).more) {}
    for (const SeriesKind kind : {SeriesKind::values, SeriesKind::marks, SeriesKind::bad}) {
        TRY(transaction.execute("DELETE FROM telemetry_chunk WHERE series = $1", {series_of(channel, kind)}));
        TRY(transaction.execute("DELETE FROM telemetry_tier WHERE series = $1", {series_of(channel, kind)}));
    }
    TRY(transaction.execute("DELETE FROM telemetry_kept WHERE channel = $1", {channel}));
    return Done{};
}

} // namespace greenbank::energy
