// lines.cpp — first fit, and the evenest lines by dynamic programming over the places where a line may end.
#include "paper/engine/lines.h"

#include <algorithm>
#include <limits>

namespace greenbank::paper {

namespace {

constexpr double rounding = 1e-6; // sums of the same widths in another order still fit

std::vector<std::size_t> first_fit(std::span<const Box> boxes, Measure measure) {
    std::vector<std::size_t> starts{0};
    double width = 0;                        // of the line up to the box before, its trailing space included
    std::size_t last_allowed = boxes.size(); // the box after which the line can end
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const double room = starts.size() == 1 ? measure.first : measure.rest;
        if (width + boxes[i].width - boxes[i].hang > room + rounding && last_allowed != boxes.size()) {
            i = last_allowed + 1; // again from the first box of the new line
            starts.push_back(i);
            width = 0;
            last_allowed = boxes.size();
        }
        width += boxes[i].width + boxes[i].space;
        if (boxes[i].after == Break::allowed) last_allowed = i;
        if (boxes[i].after == Break::forced && i + 1 < boxes.size()) {
            starts.push_back(i + 1);
            width = 0;
            last_allowed = boxes.size();
        }
    }
    return starts;
}

/// The best way to reach a place where a line may begin.
struct Reached {
    double cost = std::numeric_limits<double>::infinity();
    std::size_t from = 0;
};

/// One stretch without forced breaks. `best[i]`: boxes [0, i) are set in whole lines.
void even_fit(std::span<const Box> boxes, std::size_t offset, Measure measure, std::vector<std::size_t>& starts) {
    const std::size_t count = boxes.size();
    std::vector<Reached> best(count + 1);
    best[0].cost = 0;
    for (std::size_t begin = 0; begin < count; ++begin) {
        if (best[begin].cost == std::numeric_limits<double>::infinity()) continue;
        const double room = begin == 0 ? measure.first : measure.rest;
        double width = 0;
        bool found = false; // a first end, however long the line
        for (std::size_t i = begin; i < count; ++i) {
            const double length = width + boxes[i].width - boxes[i].hang;
            const bool fits = length <= room + rounding;
            if (!fits && found) break;
            const bool last = i + 1 == count;
            if (last || boxes[i].after == Break::allowed) {
                const double slack = std::max(0.0, room - length) / std::max(room, rounding);
                const double overfull = fits ? 0 : 1e3 * (length - room) / std::max(room, rounding);
                const double cost = best[begin].cost + (last ? 0 : slack * slack) + overfull + 1e-3; // a little for each line: no needless ones
                if (cost < best[i + 1].cost) best[i + 1] = {cost, begin};
                found = true;
            }
            width += boxes[i].width + boxes[i].space;
        }
    }
    std::vector<std::size_t> backwards;
    for (std::size_t at = count; at > 0; at = best[at].from) backwards.push_back(best[at].from + offset);
    starts.insert(starts.end(), backwards.rbegin(), backwards.rend());
}

} // namespace

std::vector<std::size_t> break_lines(std::span<const Box> boxes, Measure measure, Fit fit) {
    if (boxes.empty()) return {};
    if (fit == Fit::first) return first_fit(boxes, measure);
    std::vector<std::size_t> starts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].after != Break::forced && i + 1 < boxes.size()) continue;
        even_fit(boxes.subspan(begin, i + 1 - begin), begin, begin == 0 ? measure : Measure{measure.rest, measure.rest}, starts);
        begin = i + 1;
    }
    return starts;
}

} // namespace greenbank::paper
