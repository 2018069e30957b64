// columns.cpp — shares first, then least widths, then what is left by need.
#include "paper/engine/columns.h"

#include <algorithm>

namespace greenbank::paper {

namespace {

/// Cuts the largest least widths, alike, until all fit.
std::vector<ColumnNeed> affordable(std::span<const ColumnNeed> given, double width) {
    std::vector<ColumnNeed> needs(given.begin(), given.end());
    std::vector<double> sorted;
    for (const ColumnNeed& need : needs) sorted.push_back(need.least);
    std::sort(sorted.begin(), sorted.end());
    double left = width;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double even = left / static_cast<double>(sorted.size() - i);
        if (sorted[i] <= even) {
            left -= sorted[i];
            continue;
        }
        for (ColumnNeed& need : needs) need.least = std::min(need.least, even);
        break;
    }
    return needs;
}

} // namespace

std::vector<double> column_widths(std::span<const ColumnNeed> given, double width) {
    const std::vector<ColumnNeed> needs = affordable(given, width);
    std::vector<double> widths(needs.size(), 0);
    double shares = 0, least = 0, natural = 0;
    std::size_t open = 0;
    for (const ColumnNeed& need : needs) {
        if (need.share > 0) shares += need.share;
        else ++open, least += need.least, natural += std::max(need.natural, need.least);
    }
    // Wished widths leave the others what they cannot do without, at most half of the table.
    const double reserved = std::min(least, width / 2);
    const double wished = open == 0 ? width : std::min(shares * width, width - reserved);
    const double rest = width - (shares > 0 ? wished : 0);
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const ColumnNeed& need = needs[i];
        const double wants = std::max(need.natural, need.least);
        if (need.share > 0) widths[i] = wished * need.share / shares;
        else if (natural <= rest) widths[i] = natural > 0 ? rest * wants / natural : rest / static_cast<double>(open);
        else if (least <= rest) widths[i] = need.least + (rest - least) * (wants - need.least) / std::max(natural - least, 1e-9);
        else widths[i] = rest * need.least / least;
    }
    double missing = 0, spare = 0;
    for (std::size_t i = 0; i < needs.size(); ++i) missing += std::max(0.0, needs[i].least - widths[i]), spare += std::max(0.0, widths[i] - needs[i].least);
    if (missing > 0 && spare > 0)
        for (std::size_t i = 0; i < needs.size(); ++i)
            widths[i] = std::max(widths[i] - std::max(0.0, widths[i] - needs[i].least) * std::min(1.0, missing / spare), needs[i].least);
    return widths;
}

} // namespace greenbank::paper
