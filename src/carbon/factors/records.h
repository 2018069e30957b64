// records.h — emission factors and warming potentials as dated, sourced data.
#pragma once

#include "carbon/engine/factors.h"
#include "library/records.h"

namespace greenbank::carbon {

struct EmissionFactor {
    static constexpr std::string_view id_prefix = "factor";
    Id<EmissionFactor> id;
    FactorKind kind = FactorKind::grid_average;
    std::string subject;
    Text title;
    std::string gas = "CO2";
    std::optional<GwpEdition> gwp;
    std::int64_t horizon_years = 100;
    std::string area;
    Date valid_from, valid_until;
    std::string edition;
    Date published;
    double value = 0;
    std::string per = "kg";
    std::optional<double> uncertainty_percent;
    FactorStatus status = FactorStatus::unconfirmed;
    std::string source;
    std::optional<std::string> source_link;
    std::string organisation; // who entered it; empty: the bank
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const EmissionFactor*);

/// As the engine sees it.
Factor to_factor(const EmissionFactor& record);

/// A factor that a result used, kept with the result: enough to repeat it and to see whether a newer edition would change it.
struct FactorUsed {
    Id<EmissionFactor> factor;
    FactorKind kind = FactorKind::grid_average;
    std::string subject, gas, area, edition;
    std::optional<GwpEdition> gwp;
    Date valid_from, valid_until;
    double value = 0;
    std::string per;
    std::optional<double> uncertainty_percent;
    FactorStatus status = FactorStatus::unconfirmed;
    std::string source;
    bool area_widened = false, carried_forward = false;
    // of a supplier's own footprint
    std::optional<std::string> received, name;
    std::optional<double> biogenic, land_use, uptake, quality, primary_percent;
};
Record describe(const FactorUsed*);
FactorUsed to_used(const FactorChoice& choice);
/// What to_used() was made of.
FactorChoice choice_of(const FactorUsed& used);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::FactorKind> {
    static constexpr std::string_view name = "factor_kind";
    static constexpr std::string_view values[] = {
        "grid_average", "grid_excluding_traded", "grid_fossil", "heat", "fuel", "material", "transport", "process", "warming", "supplier"};
};
template <> struct Choices<carbon::GwpEdition> {
    static constexpr std::string_view name = "gwp_edition";
    static constexpr std::string_view values[] = {"sar", "tar", "ar4", "ar5", "ar5_ccf", "ar6"};
};
template <> struct Choices<carbon::FactorStatus> {
    static constexpr std::string_view name = "factor_status";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
} // namespace greenbank
