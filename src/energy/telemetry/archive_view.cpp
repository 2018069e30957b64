// archive_view.cpp — reading: chunks, then what the head knows better; steps out of tiers where these know.
#include "energy/telemetry/archive.h"
#include "energy/telemetry/head.h"
#include "energy/telemetry/tiers.h"

namespace greenbank::energy {

Error damaged(std::int64_t series, ChunkFault fault) {
    return {Failure::internal, "telemetry.damaged", "Stored points of series {series} are damaged ({fault}); run greenbank verify and restore them.",
        {{"series", std::to_string(series)}, {"fault", std::string(words_of(fault))}}};
}

/// What the head has of [from, to): the later batch wins.
Points ArchiveView::head_of(std::int64_t series, Moment from, Moment to) const {
    Head::Pieces pieces;
    for (const auto& head : {own_, head_}) {
        if (!head) continue;
        const std::lock_guard lock(head->mutex);
        const auto found = head->pieces().find(series);
        if (found == head->pieces().end()) continue;
        for (const Head::Piece& piece : found->second)
            if (piece.number > sealed_ && piece.number <= last_ && piece.points->times.front() < to && piece.points->times.back() >= from)
                pieces.push_back(piece);
    }
    if (own_) std::stable_sort(pieces.begin(), pieces.end(), [](const auto& one, const auto& other) { return one.number < other.number; });
    Points all;
    for (const Head::Piece& piece : pieces) {
        const Points& points = *piece.points;
        const std::size_t first = points.place(from), last = points.place(to);
        if (first == last) continue;
        if (all.empty() || all.times.back() < points.times[first]) {
            all.append(points, first, last);
            continue;
        }
        Points part;
        part.append(points, first, last);
        all = merge(all, part);
    }
    return all;
}

Result<Done> ArchiveView::read_sealed(std::int64_t series, Moment from, Moment to, Points& into) const {
    const Rows rows =
        TRY(transaction_->query("SELECT first_at, last_at, bytes FROM telemetry_chunk WHERE series = $1 AND first_at < $3 AND first_at >= "
                                "coalesce((SELECT max(first_at) FROM telemetry_chunk WHERE series = $1 AND first_at <= $2), $2) ORDER BY first_at",
            {series, from, to}));
    for (const auto& row : rows.rows) {
        if (as_integer(row[1]) < from) continue;
        const bool whole = as_integer(row[0]) >= from && as_integer(row[1]) < to;
        Points part;
        if (const ChunkFault fault = decode_chunk(as_text(row[2]), whole ? into : part); fault != ChunkFault::none) return damaged(series, fault);
        if (!whole) into.append(part, part.place(from), part.place(to));
    }
    return Done{};
}

Result<Done> ArchiveView::read(std::int64_t series, Moment from, Moment to, Points& into) const {
    if (from >= to) return Done{};
    const Points fresh = head_of(series, from, to);
    if (fresh.empty()) return read_sealed(series, from, to, into);
    Points sealed;
    TRY(read_sealed(series, from, to, sealed));
    const Points all = sealed.empty() ? fresh : merge(sealed, fresh);
    into.append(all, 0, all.size());
    return Done{};
}

Result<Moment> ArchiveView::points_from(std::int64_t channel) const {
    const Value kept = TRY(transaction_->query("SELECT points_from FROM telemetry_kept WHERE channel = $1", {channel})).single();
    return is_null(kept) ? -moment_most : as_integer(kept);
}

Result<Done> ArchiveView::read_tier(std::int64_t series, Moment step, Moment from, Moment to, std::vector<Step>& into) const {
    if (from >= to) return Done{};
    const Rows rows =
        TRY(transaction_->query("SELECT bytes FROM telemetry_tier WHERE series = $1 AND step = $2 AND first_at >= $3 AND first_at < $4 ORDER BY first_at",
            {series, step, step_of(from, block_of(step)), to}));
    for (const auto& row : rows.rows) {
        std::vector<Step> steps;
        if (const ChunkFault fault = decode_steps(as_text(row[0]), steps); fault != ChunkFault::none) return damaged(series, fault);
        for (const Step& one : steps)
            if (one.at >= from && one.at < to) into.push_back(one);
    }
    return Done{};
}

Result<Done> ArchiveView::out_of_points(std::int64_t series, Moment from, Moment to, Moment step, std::vector<Step>& into) const {
    Points points;
    TRY(read(series, from, to, points));
    aggregate(points, 0, points.size(), step, into);
    return Done{};
}

namespace {

struct Range {
    Moment from = 0, to = 0;
};

/// Steps that no tier knows: those cut by the ends of the range, and those that the head has points of. Neighbours are one range.
std::vector<Range> unknown_steps(const Points& head, Moment from, Moment to, Moment step) {
    std::vector<Range> unknown;
    const auto add = [&](Moment at) {
        if (!unknown.empty() && unknown.back().to >= at) unknown.back().to = std::max(unknown.back().to, at + step);
        else unknown.push_back({at, at + step});
    };
    if (step_of(from, step) != from) add(step_of(from, step));
    for (const Moment at : head.times) add(step_of(at, step));
    if (step_of(to, step) != to) add(step_of(to, step));
    return unknown;
}

} // namespace

Result<Done> ArchiveView::read_days(std::int64_t series, Moment from, Moment to, std::vector<Step>& into) const {
    Moment at = from;
    for (const Range& range : unknown_steps(head_of(series, from, to), from, to, day)) {
        TRY(read_tier(series, day, at, range.from, into));
        TRY(out_of_points(series, std::max(from, range.from), std::min(to, range.to), day, into));
        at = range.to;
    }
    return read_tier(series, day, at, to, into);
}

/// Hours are kept for days with many points and for those whose points were dropped; of other days they are reckoned out of points.
Result<Done> ArchiveView::read_hours(std::int64_t series, Moment from, Moment to, std::vector<Step>& into) const {
    const Moment dropped_before = TRY(points_from(series / 4));
    std::vector<Step> counted;
    TRY(read_tier(series, day, step_of(from, day), to, counted));
    std::vector<Range> kept; // days
    for (const Step& one : counted) {
        if (one.at >= dropped_before && !worth_hours(one)) continue;
        if (!kept.empty() && kept.back().to == one.at) kept.back().to += day;
        else kept.push_back({one.at, one.at + day});
    }
    const auto known = [&](Moment begin, Moment end) -> Result<Done> {
        Moment at = begin;
        for (const Range& range : kept) {
            if (range.to <= at || range.from >= end) continue;
            TRY(out_of_points(series, at, std::max(at, range.from), hour, into));
            TRY(read_tier(series, hour, std::max(at, range.from), std::min(end, range.to), into));
            at = std::min(end, range.to);
        }
        return out_of_points(series, at, end, hour, into);
    };
    if (kept.empty()) return out_of_points(series, from, to, hour, into);
    Moment at = from;
    for (const Range& range : unknown_steps(head_of(series, from, to), from, to, hour)) {
        if (range.from > at) TRY(known(at, range.from));
        TRY(out_of_points(series, std::max(from, range.from), std::min(to, range.to), hour, into));
        at = range.to;
    }
    if (at < to) TRY(known(at, to));
    return Done{};
}

Result<Done> ArchiveView::read_steps(std::int64_t series, Moment from, Moment to, Moment step, std::vector<Step>& into) const {
    require(step > 0 && step <= moment_most, "a step has a length");
    from = std::max(from, -moment_most);
    to = std::min(to, moment_most);
    if (from >= to) return Done{};
    if (step % hour != 0) return out_of_points(series, from, to, step, into);
    const bool of_days = step % day == 0;
    std::vector<Step> parts;
    TRY(of_days ? read_days(series, from, to, parts) : read_hours(series, from, to, parts));
    if (step == (of_days ? day : hour)) into.insert(into.end(), parts.begin(), parts.end());
    else join(parts, step, into);
    return Done{};
}

Result<std::optional<std::pair<Moment, double>>> ArchiveView::newest(std::int64_t series) const {
    std::optional<std::pair<Moment, double>> found;
    const Rows rows = TRY(transaction_->query("SELECT bytes FROM telemetry_chunk WHERE series = $1 ORDER BY first_at DESC LIMIT 1", {series}));
    for (const auto& row : rows.rows) {
        Points points;
        if (const ChunkFault fault = decode_chunk(as_text(row[0]), points); fault != ChunkFault::none) return damaged(series, fault);
        found.emplace(points.times.back(), points.values.back());
    }
    const Points head = head_of(series, found ? found->first : -moment_most, moment_most);
    if (!head.empty()) found.emplace(head.times.back(), head.values.back());
    return found;
}

} // namespace greenbank::energy
