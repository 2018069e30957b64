// composition.cpp — lists of ranges; points cut where steps and hours begin; pieces to steps.
#include "energy/engine/telemetry/composition.h"

#include <algorithm>

namespace greenbank::energy {

void append(Ranges& ranges, Range one) {
    if (one.from >= one.to) return;
    if (ranges.empty() || ranges.back().to < one.from) ranges.push_back(one);
    else ranges.back().to = std::max(ranges.back().to, one.to);
}

Ranges common(const Ranges& some, const Ranges& others) {
    Ranges both;
    auto other = others.begin();
    for (const Range& one : some) {
        while (other != others.end() && other->to <= one.from) ++other;
        for (auto each = other; each != others.end() && each->from < one.to; ++each) append(both, {std::max(one.from, each->from), std::min(one.to, each->to)});
    }
    return both;
}

Ranges without(const Ranges& some, const Ranges& others) {
    Ranges left;
    auto other = others.begin();
    for (Range one : some) {
        while (other != others.end() && other->to <= one.from) ++other;
        for (auto each = other; each != others.end() && each->from < one.to; ++each) {
            append(left, {one.from, each->from});
            one.from = std::max(one.from, each->to);
        }
        append(left, one);
    }
    return left;
}

Ranges beside_days(const Grid& grid, Moment from, Moment to) {
    if (from >= to) return {};
    if (grid.step < day) return {{from, to}};
    Ranges beside;
    const auto add_day_of = [&](Moment at) {
        if (const Moment begin = step_of(at, day); begin != at) append(beside, {std::max(from, begin), std::min(to, begin + day)});
    };
    add_day_of(from);
    if (grid.step % day != 0 || grid.ahead % day != 0)
        for (Moment at = grid.begin_of(from) + grid.step; at < to; at += grid.step) add_day_of(at);
    add_day_of(to);
    return beside;
}

Ranges cut_hours(const Grid& grid, const Ranges& ranges, Moment since) {
    const bool steps_cut = grid.step % hour != 0 || grid.ahead % hour != 0;
    Ranges cut;
    const auto add_hour_of = [&](Moment at) {
        if (const Moment begin = step_of(at, hour); begin != at) append(cut, {begin, begin + hour});
    };
    for (const Range& range : ranges) {
        add_hour_of(range.from);
        if (steps_cut)
            for (Moment at = grid.begin_of(std::max(range.from, since)) + grid.step; at < range.to; at += grid.step) add_hour_of(at);
        add_hour_of(range.to);
    }
    return cut;
}

namespace {

/// Mostly the neighbour of the one before, so that nothing need be divided.
template <class BeginOf> void move_to(Range& range, Moment at, Moment length, const BeginOf& begin_of) {
    if (at >= range.from && at < range.to) return;
    const Moment from = at >= range.to && at - length < range.to ? range.to : begin_of(at);
    range = {from, from + length};
}

} // namespace

void Pieces::begin(Moment at) {
    if (step_.to == step_.from) step_.from = step_.to = grid_.begin_of(at);
    move_to(step_, at, grid_.step, [this](Moment moment) { return grid_.begin_of(moment); });
    piece_ = step_;
    if (!by_hour_) return;
    move_to(hour_, at, hour, [](Moment moment) { return step_of(moment, hour); });
    piece_ = {std::max(step_.from, hour_.from), std::min(step_.to, hour_.to)};
}

void Pieces::add(const Points& points, std::size_t from, std::size_t to) {
    const auto end_from = [&](std::size_t i) {
        while (i < to && points.times[i] < piece_.to) ++i;
        return i;
    };
    if (!open_.empty()) {
        const std::size_t end = end_from(from);
        open_.append(points, from, end);
        if (end == to) return;
        finish();
        from = end;
    }
    while (from < to) {
        begin(points.times[from]);
        const std::size_t end = end_from(from);
        if (end == to) return open_.append(points, from, end);
        if (const Aggregate values = aggregate(points, from, end); values.count > 0) into_.push_back({piece_.from, values});
        from = end;
    }
}

void Pieces::finish() {
    if (const Aggregate values = aggregate(open_, 0, open_.size()); values.count > 0) into_.push_back({piece_.from, values});
    open_.times.clear();
    open_.values.clear();
}

void join(const std::vector<Step>& pieces, const Grid& grid, std::vector<Step>& into) {
    ExactSum sum;
    for (std::size_t from = 0; from < pieces.size();) {
        Step all{grid.begin_of(pieces[from].at), {}};
        sum.clear();
        for (; from < pieces.size() && pieces[from].at - all.at < grid.step; ++from) {
            const Aggregate& piece = pieces[from].values;
            all.values.count += piece.count;
            all.values.least = std::min(all.values.least, piece.least);
            all.values.greatest = std::max(all.values.greatest, piece.greatest);
            all.values.last = piece.last;
            sum.add(piece.sum);
        }
        all.values.sum = sum.rounded();
        into.push_back(all);
    }
}

} // namespace greenbank::energy
