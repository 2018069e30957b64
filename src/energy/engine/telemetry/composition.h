// composition.h — steps of any length that begin at any distance from UTC, out of what is known exactly: whole days within them, whole hours beside
// these, points at their ends. Which of them a store keeps changes no answer.
#pragma once

#include <span>

#include "energy/engine/telemetry/aggregate.h"

namespace greenbank::energy {

/// [from, to). A list of them is in order, and they do not touch.
struct Range {
    Moment from = 0, to = 0;
    bool operator==(const Range&) const = default;
};
using Ranges = std::vector<Range>;
/// Puts one at the end, or makes the last one longer where both touch; it does not begin before the last one does.
void append(Ranges& ranges, Range one);
Ranges common(const Ranges& some, const Ranges& others);
Ranges without(const Ranges& some, const Ranges& others);

/// Steps begin where a clock that is `ahead` of UTC shows a multiple of their length.
struct Grid {
    Moment step = 0, ahead = 0;
    Moment begin_of(Moment at) const { return step_of(at + ahead, step) - ahead; }
};

/// What is left of [from, to) without the days that lie in it and in one step.
Ranges beside_days(const Grid& grid, Moment from, Moment to);
/// Hours that are no hours of these ranges (cut by an end of one) or of one step (cut by its begin, from `since` on).
Ranges cut_hours(const Grid& grid, const Ranges& ranges, Moment since);

/// Points as pieces, none of which is of two steps or, where asked for, of two hours. They come in the order of time, in as many calls as one likes.
class Pieces {
public:
    Pieces(const Grid& grid, bool by_hour, std::vector<Step>& into) : grid_(grid), by_hour_(by_hour), into_(into) {}

    /// Points [from, to) of `points`.
    void add(const Points& points, std::size_t from, std::size_t to);
    void finish();

private:
    void begin(Moment at);

    Grid grid_;
    bool by_hour_;
    std::vector<Step>& into_;
    Range step_, hour_, piece_; // that the last point lay in
    Points open_;               // of the last piece: more may come
};

/// Whole steps out of pieces in order: sums of rounded sums, rounded once more.
void join(const std::vector<Step>& pieces, const Grid& grid, std::vector<Step>& into);

} // namespace greenbank::energy
