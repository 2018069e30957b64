// circular_footprint.h — how much of each part of a material's life is counted where it is made of waste and becomes waste.
// Method: circular footprint formula, Commission Recommendation (EU) 2021/2279, annex I: material, energy, disposal.
#pragma once

#include <optional>
#include <string_view>

namespace greenbank::carbon {

struct CircularParameters {
    double a = 0.5;                         // burdens and credits of recycling: share of the supplier
    double b = 0;                           // the same of energy recovery
    double recycled_content = 0;            // R1
    double recycled_after = 0;              // R2
    double burned_after = 0;                // R3
    double quality_in = 1, quality_out = 1; // Qs_in / Qp, Qs_out / Qp
};

/// Of an exchange of that role; nothing for a role that the formula does not have.
///   virgin: making it new · recycled: making it of waste · recycling: after use · recycling_avoided: what that saves making new
///   energy_recovery: burning it after use · energy_avoided: heat and power that this saves · disposal
inline std::optional<double> circular_coefficient(const CircularParameters& p, std::string_view role) {
    if (role == "virgin") return (1 - p.recycled_content) + p.recycled_content * (1 - p.a) * p.quality_in;
    if (role == "recycled") return p.recycled_content * p.a;
    if (role == "recycling") return (1 - p.a) * p.recycled_after;
    if (role == "recycling_avoided") return -(1 - p.a) * p.recycled_after * p.quality_out;
    if (role == "energy_recovery") return (1 - p.b) * p.burned_after;
    if (role == "energy_avoided") return -(1 - p.b) * p.burned_after;
    if (role == "disposal") return 1 - p.recycled_after - p.burned_after;
    return {};
}

} // namespace greenbank::carbon
