// columns.cpp — shares first, then least widths, then what is left by need.
#include "paper/engine/columns.h"

#include <algorithm>

namespace greenbank::paper {

std::vector<double> column_widths(std::span<const ColumnNeed> needs, double width) {
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
    if (missing > 0 && spare > 0) {
        const double given = std::min(1.0, missing / spare), taken = std::min(1.0, spare / missing);
        for (std::size_t i = 0; i < needs.size(); ++i) {
            if (widths[i] > needs[i].least) widths[i] -= (widths[i] - needs[i].least) * given;
            else widths[i] += (needs[i].least - widths[i]) * taken;
        }
    }
    return widths;
}

} // namespace greenbank::paper
