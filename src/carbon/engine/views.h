// views.h — a score seen from several sides: what flows to whom (Sankey), first suppliers, groups, and which inputs were left out.
#pragma once

#include "carbon/engine/footprint.h"
#include "carbon/engine/matrix.h"

namespace greenbank::carbon {

/// A process in the picture: what it gives off itself, and all that is behind what it makes for this demand.
struct SankeyNode {
    std::uint32_t column = 0;
    double direct = 0, total = 0;
};
struct SankeyLink {
    std::uint32_t from = 0, to = 0; // columns: supplier, consumer
    double amount = 0;              // of the score
};
struct Sankey {
    std::vector<SankeyNode> nodes;  // largest total first
    std::vector<SankeyLink> links;  // largest first
    double score = 0, left_out = 0; // left_out: direct parts of processes that are not drawn
};
/// The processes with the largest totals, at most `nodes_max`, and the links between them that carry `share_min` of the score.
Sankey sankey_of(const Model& model, const Solution& solution, const Demand& demand, std::size_t demand_number, std::size_t method, std::size_t nodes_max = 40,
    double share_min = 0.001);

/// The demand's own process and what each of its direct suppliers brings with all that is behind it; adds up to the score.
struct FirstLevel {
    double own = 0;
    std::vector<Part> suppliers; // by column, largest first
};
FirstLevel first_level(const Model& model, const Solution& solution, const Demand& demand, std::size_t method);

/// Sums of parts by the group of each process; largest first. A group is any number, stage or country or foreground.
std::vector<Part> by_group(const std::vector<Part>& parts, std::span<const std::uint32_t> groups);

/// An input that nobody in the inventory makes.
struct MissingInput {
    std::uint32_t process = 0, exchange = 0;
    double mass_share = 0; // of all that enters the process, by mass; 0 where it has none
};
struct CutOff {
    std::vector<MissingInput> missing;         // largest share first
    double largest_share = 0, largest_sum = 0; // of one input; of all of one process
    std::size_t without_mass = 0;              // missing ones that are not counted by mass: energy, services
};
/// ISO 14067 and GB/T 24067: what is left out must be small, one by one and together.
constexpr double cut_off_single_max = 0.01, cut_off_sum_max = 0.05;
CutOff cut_off_of(const Inventory& inventory, const Matrix& matrix);

} // namespace greenbank::carbon
