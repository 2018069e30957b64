// factors.h — which emission factor holds for a kind, a subject, a gas, an area and a day; and which edition that is. Pure: the factors are given.
// An answer always names the factor that it used; where it had to go to a wider area or an earlier period it says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::carbon {

/// What a factor is of. The three kinds of grid factors are three official figures of one grid and never stand in for each other.
enum class FactorKind : std::uint8_t {
    grid_average,          // all power of the grid
    grid_excluding_traded, // without non-fossil power that was sold on a market
    grid_fossil,           // fossil power only
    heat,
    fuel,
    material, // a product bought, cradle to gate
    transport,
    process,  // what a process gives off by itself
    warming,  // global warming potential of a gas: kgCO2e per kg
    supplier, // a product's own footprint, as its supplier gave it
};
/// The assessment report whose warming potentials are in a number; _ccf: with climate-carbon feedbacks.
enum class GwpEdition : std::uint8_t { sar, tar, ar4, ar5, ar5_ccf, ar6 };
enum class FactorStatus : std::uint8_t { official, unconfirmed, sample };

struct Factor {
    std::string id;
    FactorKind kind = FactorKind::grid_average;
    std::string subject;           // "electricity", "diesel", "steel"; of kind warming: the gas, "CH4"
    std::string gas = "CO2";       // "CO2", "CH4", "N2O", …; "CO2e": all of them together
    std::optional<GwpEdition> gwp; // of CO2e and of warming
    std::int64_t horizon_years = 100;
    std::string area;                          // "CN", "CN-SH", "CN-EAST"; "WORLD"
    Date from, until;                          // the period it describes; both days belong to it
    std::string edition;                       // "2022", "AR6"
    Date published;                            // known from that day on: an earlier calculation cannot have used it
    double value = 0;                          // kg of the gas
    std::string per = "kg";                    // unit of the activity: "kWh", "kg", "L", "t.km"
    std::optional<double> uncertainty_percent; // half the width of the 95 % interval
    FactorStatus status = FactorStatus::unconfirmed;
    std::string source;
};

/// What is behind a supplier's own figure: its parts, and how good its data are, as the supplier says.
struct SupplierFigure {
    std::string received, name;                    // which received footprint; "Company: product"
    double biogenic = 0, land_use = 0, uptake = 0; // kg per unit, within the value; what plants took up is above 0
    std::optional<double> quality;                 // mean score of its data, 1 is best
    std::optional<double> primary_percent;         // share of it that measured data bring
};

struct FactorQuestion {
    FactorKind kind = FactorKind::grid_average;
    std::string subject;
    std::string gas = "CO2";
    std::optional<GwpEdition> gwp; // of CO2e and of warming
    std::int64_t horizon_years = 100;
    std::vector<std::string> areas;          // narrow to wide: {"CN-SH", "CN-EAST", "CN"}; the first that has a factor is used
    Date on;                                 // the day of the activity
    std::optional<Date> known_on = {};       // as known on that day; absent: all that is published
    std::optional<std::string> edition = {}; // that one and no other
    bool official_only = false;
};

struct FactorChoice {
    Factor factor;                // the one used, with its edition, source and status
    bool area_widened = false;    // the narrowest area asked for has none
    bool carried_forward = false; // none describes the day yet: the newest before it
    std::optional<SupplierFigure> supplier = {};
};

/// The newest published factor that describes the day in the narrowest area that has one; else the newest of an earlier period there. An official factor
/// goes before an unconfirmed one and that before a sample. Failure::not_found "factor.none" where there is none at all.
Result<FactorChoice> factor_in_force(std::span<const Factor> factors, const FactorQuestion& question);

} // namespace greenbank::carbon
