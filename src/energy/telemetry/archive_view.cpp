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
    const std::int64_t sealed = sealed_of(series);
    for (const auto& head : {own_, head_}) {
        if (!head) continue;
        const std::lock_guard lock(head->mutex);
        const auto found = head->pieces().find(series);
        if (found == head->pieces().end()) continue;
        for (const Head::Piece& piece : found->second)
            if (piece.number > sealed && piece.number <= last_ && piece.points->times.front() < to && piece.points->times.back() >= from)
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

/// A few chunks at a time, each of them decoded once and only where a range lies in it.
Result<Done> ArchiveView::walk(
    std::int64_t series, const Ranges& ranges, const std::function<void(const Points& points, std::size_t from, std::size_t to)>& each) const {
    constexpr std::size_t chunks_at_once = 64;
    if (ranges.empty()) return Done{};
    const Points fresh = head_of(series, ranges.front().from, ranges.back().to);
    Moment of_a_chunk = 0; // so long as those read last
    Points sealed;
    auto range = ranges.begin();
    const auto hand_over = [&](const Points& points, Moment from, Moment to) {
        for (; range != ranges.end() && range->from < to; ++range) {
            const std::size_t first = points.place(std::max(from, range->from)), last = points.place(std::min(to, range->to));
            if (first < last) each(points, first, last);
            if (range->to > to) return;
        }
    };
    while (range != ranges.end()) {
        // Chunks between two ranges are read over where there are few of them.
        auto last = range;
        while (std::next(last) != ranges.end() && std::next(last)->from - last->to <= 4 * of_a_chunk) ++last;
        const Moment to = last->to;
        for (Moment at = range->from; at < to;) {
            const Rows rows = TRY(
                transaction_->query("SELECT first_at, last_at, bytes FROM telemetry_chunk WHERE series = $1 AND first_at < $3 AND first_at >= "
                                    "coalesce((SELECT max(first_at) FROM telemetry_chunk WHERE series = $1 AND first_at <= $2), $2) ORDER BY first_at LIMIT $4",
                    {series, at, to, static_cast<std::int64_t>(chunks_at_once)}));
            const bool more = rows.rows.size() == chunks_at_once;
            const std::size_t whole = rows.rows.size() - more; // what comes after the last of many is not known yet
            if (!rows.empty()) of_a_chunk = (as_integer(rows.rows.back()[1]) - as_integer(rows.rows.front()[0])) / static_cast<Moment>(rows.rows.size());
            for (std::size_t i = 0; i < std::max<std::size_t>(whole, 1); ++i) {
                const Moment end = i + 1 < rows.rows.size() ? as_integer(rows.rows[i + 1][0]) : to;
                const bool touched = i < whole && range != ranges.end() && range->from < end && range->from <= as_integer(rows.rows[i][1]);
                sealed.times.clear();
                sealed.values.clear();
                if (touched)
                    if (const ChunkFault fault = decode_chunk(as_text(rows.rows[i][2]), sealed); fault != ChunkFault::none) return damaged(series, fault);
                const std::size_t first_fresh = fresh.place(at), last_fresh = fresh.place(end);
                if (first_fresh == last_fresh) hand_over(sealed, at, end);
                else {
                    Points part;
                    part.append(fresh, first_fresh, last_fresh);
                    hand_over(sealed.empty() ? part : merge(sealed, part), at, end);
                }
                at = end;
            }
        }
        while (range != ranges.end() && range->to <= to) ++range;
    }
    return Done{};
}

Result<Done> ArchiveView::out_of_points(std::int64_t series, const Ranges& ranges, const Grid& grid, bool by_hour, std::vector<Step>& into) const {
    Pieces pieces(grid, by_hour, into);
    TRY(walk(series, ranges, [&](const Points& points, std::size_t from, std::size_t to) { pieces.add(points, from, to); }));
    pieces.finish();
    return Done{};
}

namespace {

bool by_moment(const Step& one, const Step& other) { return one.at < other.at; }

/// Steps of that length in which the head has points: no tier knows them.
Ranges steps_of(const Points& head, Moment step) {
    Ranges ranges;
    for (const Moment at : head.times)
        if (ranges.empty() || at >= ranges.back().to) append(ranges, {step_of(at, step), step_of(at, step) + step});
    return ranges;
}

} // namespace

Result<Done> ArchiveView::read_days(std::int64_t series, Moment from, Moment to, std::vector<Step>& into) const {
    const Moment first = step_of(from + day - 1, day), last = step_of(to, day); // whole ones
    Ranges known;
    append(known, {first, last});
    known = without(known, steps_of(head_of(series, from, to), day));
    const std::size_t before = into.size();
    for (const Range& range : known) TRY(read_tier(series, day, range.from, range.to, into));
    const auto tier_end = static_cast<std::ptrdiff_t>(into.size());
    TRY(out_of_points(series, without({{from, to}}, known), {day}, false, into));
    std::inplace_merge(into.begin() + static_cast<std::ptrdiff_t>(before), into.begin() + tier_end, into.end(), by_moment);
    return Done{};
}

/// What tiers know: whole hours of `known`, and days that are kept `alone`, without their hours.
Result<Done> ArchiveView::out_of_hours(
    std::int64_t series, const Ranges& known, const std::vector<Step>& alone, const Grid& grid, std::vector<Step>& into) const {
    constexpr Moment read_over = 2 * block_of(hour);
    const auto placed = [&](Step one, Moment length) { // by its middle, which is another step where one begins within it
        const Moment middle = one.at + length / 2;
        if (grid.begin_of(middle) != grid.begin_of(one.at)) one.at = middle;
        return one;
    };
    std::vector<Step> hours;
    for (auto range = known.begin(); range != known.end();) {
        auto last = range;
        while (std::next(last) != known.end() && std::next(last)->from - last->to <= read_over) ++last;
        hours.clear();
        TRY(read_tier(series, hour, range->from, last->to, hours));
        for (const Step& one : hours) {
            while (range->to <= one.at && range != last) ++range;
            if (one.at >= range->from && one.at < range->to) into.push_back(placed(one, hour));
        }
        range = std::next(last);
    }
    if (grid.step < day || alone.empty()) return Done{};
    std::vector<Step> days;
    auto one = into.begin();
    auto range = known.begin();
    for (const Step& of_day : alone) {
        const Moment end = of_day.at + day;
        while (one != into.end() && one->at < of_day.at) ++one;
        while (range != known.end() && range->to < end) ++range;
        const bool asked = range != known.end() && range->from <= of_day.at, has_hours = one != into.end() && one->at < end;
        if (asked && !has_hours) days.push_back(placed(of_day, day));
    }
    const auto hours_end = static_cast<std::ptrdiff_t>(into.size());
    into.insert(into.end(), days.begin(), days.end());
    std::inplace_merge(into.begin(), into.begin() + hours_end, into.end(), by_moment);
    return Done{};
}

/// Pieces of these ranges, none longer than an hour of UTC. Hours are kept for days with many points and for those whose points were dropped.
Result<Done> ArchiveView::read_pieces(std::int64_t series, const Ranges& ranges, const Grid& grid, std::vector<Step>& into) const {
    if (ranges.empty()) return Done{};
    const Moment dropped_before = TRY(points_from(series / 4)), from = ranges.front().from, to = ranges.back().to;
    std::vector<Step> days, alone;
    TRY(read_tier(series, day, step_of(from, day), to, days));
    Ranges kept;
    for (const Step& one : days) {
        if (one.at < dropped_before) alone.push_back(one); // perhaps: its hours may be gone too
        if (one.at < dropped_before || worth_hours(one)) append(kept, {one.at, one.at + day});
    }
    if (kept.empty()) return out_of_points(series, ranges, grid, true, into);
    const Ranges fresh = steps_of(head_of(series, from, to), hour);
    const Ranges known = without(without(common(ranges, kept), cut_hours(grid, ranges, dropped_before)), fresh);
    std::vector<Step> of_tiers, of_points;
    TRY(out_of_hours(series, known, alone, grid, of_tiers));
    TRY(out_of_points(series, without(ranges, known), grid, true, of_points));
    std::merge(of_tiers.begin(), of_tiers.end(), of_points.begin(), of_points.end(), std::back_inserter(into), by_moment);
    return Done{};
}

Result<Done> ArchiveView::read_steps(std::int64_t series, Moment from, Moment to, Moment step, std::vector<Step>& into, Moment ahead) const {
    require(step > 0 && step <= moment_most && ahead >= -day && ahead <= day, "a step has a length, and clocks of the earth are a day apart at most");
    from = std::max(from, -moment_most);
    to = std::min(to, moment_most);
    if (from >= to) return Done{};
    const Grid grid{step, ahead % step};
    if (step < hour) return out_of_points(series, {{from, to}}, grid, false, into);
    if (step == day && grid.ahead == 0) return read_days(series, from, to, into);
    if (step == hour && grid.ahead == 0) return read_pieces(series, {{from, to}}, grid, into);
    std::vector<Step> days, beside, pieces;
    if (step % day == 0 && grid.ahead == 0) {
        TRY(read_days(series, from, to, pieces));
    } else {
        const Ranges no_whole_days = beside_days(grid, from, to), whole_days = without({{from, to}}, no_whole_days);
        if (!whole_days.empty()) TRY(read_days(series, whole_days.front().from, whole_days.back().to, days)); // all at once: a row is many days
        for (const Range& range : whole_days) {
            const auto first = std::lower_bound(days.begin(), days.end(), Step{range.from, {}}, by_moment);
            pieces.insert(pieces.end(), first, std::lower_bound(first, days.end(), Step{range.to, {}}, by_moment));
        }
        TRY(read_pieces(series, no_whole_days, grid, beside));
        const auto days_end = static_cast<std::ptrdiff_t>(pieces.size());
        pieces.insert(pieces.end(), beside.begin(), beside.end());
        std::inplace_merge(pieces.begin(), pieces.begin() + days_end, pieces.end(), by_moment);
    }
    join(pieces, grid, into);
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
