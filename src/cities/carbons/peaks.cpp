// peaks.cpp — scenarios of the peak: entered, computed with their uncertainty, what brings the peak forward, and the curve of abatement.
#include <cmath>

#include <fmt/format.h>

#include "cities/carbons/owned.h"
#include "cities/engine/abatement.h"
#include "library/library.h"

namespace greenbank::cities {

Record describe(const CarbonKey<PeakScenario>*) { return {"peak_scenario_key", "Names a scenario.", {field<&CarbonKey<PeakScenario>::id>("id", "Its id.")}}; }

struct PeakYear {
    std::int64_t year = 0, kg = 0, low_kg = 0, median_kg = 0, high_kg = 0;
    double peak_share = 0; // of the draws that peak in it
};
Record describe(const PeakYear*) {
    using Y = PeakYear;
    return {"peak_year", "A year of a scenario.",
        {field<&Y::year>("year", "Which."), field<&Y::kg>("kg", "As assumed.", {.unit = "kgCO2e"}),
            field<&Y::low_kg>("low_kg", "5 % of the draws are lower.", {.unit = "kgCO2e"}),
            field<&Y::median_kg>("median_kg", "Half of them.", {.unit = "kgCO2e"}), field<&Y::high_kg>("high_kg", "5 % are higher.", {.unit = "kgCO2e"}),
            field<&Y::peak_share>("peak_share", "Share of the draws whose peak it is.")}};
}
struct PeakSectorPath {
    std::string code;
    Text name;
    std::vector<std::int64_t> kg;
};
Record describe(const PeakSectorPath*) {
    using S = PeakSectorPath;
    return {"peak_sector_path", "A sector year by year.",
        {field<&S::code>("code", "Its code."), field<&S::name>("name", "Its name."), field<&S::kg>("kg", "By year.", {.unit = "kgCO2e", .max = 61})}};
}
struct PeakPush {
    std::optional<std::string> sector;
    Text name;
    double years_earlier = 0;
    std::int64_t kg_lower = 0;
};
Record describe(const PeakPush*) {
    using P = PeakPush;
    return {"peak_push", "What half a point a year would change.",
        {field<&P::sector>("sector", "Whose intensity; absent: growth of activity."), field<&P::name>("name", "Its name."),
            field<&P::years_earlier>("years_earlier", "By so much the peak comes earlier.", {.unit = "a"}),
            field<&P::kg_lower>("kg_lower", "By so much it is lower.", {.unit = "kgCO2e"})}};
}
struct AbatementRow {
    Text name;
    std::optional<Id<library::Technology>> technology;
    Money cost_per_tonne;
    std::int64_t kg = 0, kg_together = 0;
};
Record describe(const AbatementRow*) {
    using R = AbatementRow;
    return {"abatement_row", "A step of the curve of abatement.",
        {field<&R::name>("name", "The measure."), field<&R::technology>("technology", "The technology of the library."),
            field<&R::cost_per_tonne>("cost_per_tonne", "What a tonne costs."), field<&R::kg>("kg", "What it cuts in a year.", {.unit = "kgCO2e"}),
            field<&R::kg_together>("kg_together", "With all cheaper ones.", {.unit = "kgCO2e"})}};
}
struct PeakView {
    PeakScenario scenario;
    Text territory_title;
    std::vector<PeakYear> years;
    std::vector<PeakSectorPath> sectors;
    std::int64_t peak_year = 0, peak_kg = 0, year_low = 0, year_median = 0, year_high = 0, kg_low = 0, kg_high = 0;
    double passed = 0, kept = 0; // shares of the draws: a peak before the end; no later than promised
    std::vector<PeakPush> drivers;
    std::vector<AbatementRow> curve;
    bool may_change = false;
};
Record describe(const PeakView*) {
    using V = PeakView;
    return {"peak_view", "A scenario with year and height of its peak.",
        {field<&V::scenario>("peak_scenario", "It."), field<&V::territory_title>("territory_title", "Of which territory."),
            field<&V::years>("years", "Year by year.", {.max = 61}), field<&V::sectors>("sectors", "Sector by sector.", {.max = 30}),
            field<&V::peak_year>("peak_year", "The peak as assumed."), field<&V::peak_kg>("peak_kg", "Its height.", {.unit = "kgCO2e"}),
            field<&V::year_low>("year_low", "5 % of the draws peak earlier."), field<&V::year_median>("year_median", "Half of them by then."),
            field<&V::year_high>("year_high", "5 % peak later."), field<&V::kg_low>("kg_low", "5 % are lower.", {.unit = "kgCO2e"}),
            field<&V::kg_high>("kg_high", "5 % are higher.", {.unit = "kgCO2e"}), field<&V::passed>("passed", "Share of the draws that peak before the end."),
            field<&V::kept>("kept", "Share that peaks no later than promised."),
            field<&V::drivers>("drivers", "What brings it forward, the strongest first.", {.max = 31}),
            field<&V::curve>("curve", "Measures from the cheapest tonne on.", {.max = 60}), field<&V::may_change>("may_change", "It may be changed.")}};
}

namespace {

constexpr std::uint32_t samples = 1'000, driver_samples = 300;

PeakAsk ask_of(const PeakScenario& scenario) {
    PeakAsk ask{.base_year = static_cast<int>(scenario.base_year),
        .years = static_cast<int>(scenario.until_year - scenario.base_year),
        .growth = scenario.growth_percent,
        .growth_end = scenario.growth_end_percent,
        .growth_spread = scenario.growth_spread_percent,
        .sectors = {},
        .measures = {}};
    for (const ScenarioSector& one : scenario.sectors)
        ask.sectors.push_back(
            {static_cast<double>(one.kg), one.share_percent, one.share_change_percent, one.intensity_change_percent, one.intensity_spread_percent});
    for (const ScenarioMeasure& one : scenario.measures)
        for (std::size_t i = 0; i < scenario.sectors.size(); ++i)
            if (scenario.sectors[i].code == one.sector)
                ask.measures.push_back({i, static_cast<int>(one.from_year), static_cast<int>(one.ramp_years), static_cast<double>(one.kg)});
    return ask;
}

Result<Done> check_parts(Transaction& transaction, const Caller& caller, const PeakScenario& scenario) {
    Problems problems;
    for (std::size_t i = 0; i < scenario.measures.size(); ++i) {
        const auto& technology = scenario.measures[i].technology;
        if (!technology) continue;
        const auto found = TRY(transaction.find_one<library::Technology>("id = $1", {technology->text}));
        if (!found || !library::may_see(caller, found->state, found->holder))
            problems.push_back({fmt::format("measures[{}].technology", i), "peak.no_technology", "The library has no such technology."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<PeakView> peak_get(Store& store, const Caller& caller, const CarbonKey<PeakScenario>& key) {
    PeakView view;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        view.scenario = TRY(owned_seen(transaction, caller, key.id));
        if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {view.scenario.territory.text}))) view.territory_title = territory->title;
        return Done{};
    }));
    const PeakScenario& scenario = view.scenario;
    view.may_change = owns(caller, scenario.owner) && caller.actor.may(write_cities);
    const PeakAsk ask = ask_of(scenario);
    const auto paths = emission_paths(ask);
    const std::vector<double> total = total_path(paths);
    const Peak peak = peak_of(total, ask.base_year);
    const PeakSpread spread = drawn_peak(ask, samples, 1);
    view.peak_year = peak.year;
    view.peak_kg = std::llround(peak.kg);
    view.year_low = spread.year_low;
    view.year_median = spread.year_median;
    view.year_high = spread.year_high;
    view.kg_low = std::llround(spread.kg_low);
    view.kg_high = std::llround(spread.kg_high);
    view.passed = spread.passed;
    for (std::size_t year = 0; year < total.size(); ++year) {
        const std::int64_t number = scenario.base_year + static_cast<std::int64_t>(year);
        view.years.push_back({number, std::llround(total[year]), std::llround(spread.low[year]), std::llround(spread.median[year]),
            std::llround(spread.high[year]), spread.year_shares[year]});
        if (scenario.promised_year && number <= *scenario.promised_year) view.kept += spread.year_shares[year];
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        PeakSectorPath& one = view.sectors.emplace_back();
        one.code = scenario.sectors[i].code;
        one.name = scenario.sectors[i].name;
        for (const double kg : paths[i]) one.kg.push_back(std::llround(kg));
    }
    for (const PeakDriver& one : peak_drivers(ask, driver_samples, 1)) {
        PeakPush& push = view.drivers.emplace_back();
        if (one.sector) {
            push.sector = scenario.sectors[*one.sector].code;
            push.name = scenario.sectors[*one.sector].name;
        }
        push.years_earlier = one.years_earlier;
        push.kg_lower = std::llround(one.kg_lower);
    }
    std::vector<double> costs, kg;
    for (const ScenarioMeasure& one : scenario.measures) {
        costs.push_back(static_cast<double>(one.cost_per_tonne.minor));
        kg.push_back(static_cast<double>(one.kg));
    }
    for (const AbatementStep& step : abatement_curve(costs, kg)) {
        const ScenarioMeasure& one = scenario.measures[step.measure];
        view.curve.push_back({one.name, one.technology, one.cost_per_tonne, one.kg, std::llround(step.kg_together)});
    }
    return view;
}

} // namespace

std::vector<Endpoint> peak_endpoints() {
    const auto check = [](Transaction& transaction, const Caller& caller) {
        return [&transaction, &caller](const PeakScenario& one) { return check_parts(transaction, caller, one); };
    };
    return {
        // clang-format off
        {"peak_scenario_list", Method::get, "/peak-scenarios", "Scenarios of the peak.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller, const ListOf<PeakScenario>& list) { return owned_page<PeakScenario>(transaction, caller, list); })},
        {"peak_scenario_get", Method::get, "/peak-scenarios/{id}", "One scenario with year and height of its peak.", Mode::compute, open_to_all, call(peak_get)},
        {"peak_scenario_create", Method::post, "/peak-scenarios", "Enter a scenario.", Mode::write, write_cities, call([check](Transaction& transaction, const Caller& caller, const PeakScenario& draft) { return owned_create(transaction, caller, draft, check(transaction, caller)); })},
        {"peak_scenario_update", Method::patch, "/peak-scenarios/{id}", "Change a scenario.", Mode::write, write_cities, call([check](Transaction& transaction, const Caller& caller, const Patch<PeakScenario>& patch) { return owned_update(transaction, caller, patch, check(transaction, caller)); })},
        {"peak_scenario_delete", Method::remove, "/peak-scenarios/{id}", "Delete a scenario.", Mode::write, write_cities, call(owned_delete<PeakScenario>)},
        // clang-format on
    };
}

} // namespace greenbank::cities
