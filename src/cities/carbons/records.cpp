// records.cpp — descriptions of scenarios, targets and assessments.
#include "cities/carbons/records.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

void check_scenario(const void* value, Problems& problems) {
    const auto& scenario = *static_cast<const PeakScenario*>(value);
    if (scenario.until_year <= scenario.base_year || scenario.until_year > scenario.base_year + 60)
        problems.push_back({"until_year", "peak.years", "A scenario goes on for one to sixty years after its base year."});
    std::set<std::string> codes;
    for (std::size_t i = 0; i < scenario.sectors.size(); ++i)
        if (!codes.insert(scenario.sectors[i].code).second)
            problems.push_back({fmt::format("sectors[{}].code", i), "peak.sector_twice", "Two sectors have this code."});
    for (std::size_t i = 0; i < scenario.measures.size(); ++i)
        if (!codes.contains(scenario.measures[i].sector))
            problems.push_back({fmt::format("measures[{}].sector", i), "peak.no_sector", "The scenario has no sector of this code."});
    for (std::size_t i = 1; i < scenario.measures.size(); ++i) // one curve has one axis
        if (scenario.measures[i].cost_per_tonne.currency != scenario.measures[0].cost_per_tonne.currency)
            problems.push_back({fmt::format("measures[{}].cost_per_tonne", i), "peak.currencies",
                "All measures are priced in one currency; the first is in {currency}.", {{"currency", scenario.measures[0].cost_per_tonne.currency}}});
}

void check_target(const void* value, Problems& problems) {
    const auto& target = *static_cast<const CarbonTarget*>(value);
    if (target.kind == TargetKind::absolute ? !target.limit_kg : !target.limit_per_output || !target.output)
        problems.push_back({target.kind == TargetKind::absolute ? "limit_kg" : "limit_per_output", "target.limit",
            "An absolute target has a limit in kilograms, one of intensity a limit per unit of output and the output expected."});
    if (!target.last_year_kg.empty() && target.last_year_kg.size() != 12)
        problems.push_back({"last_year_kg", "target.last_year", "Last year has twelve months; leave it empty where they are not known."});
    if (std::any_of(target.last_year_kg.begin(), target.last_year_kg.end(), [](std::int64_t kg) { return kg < 0; }))
        problems.push_back({"last_year_kg", "target.negative", "A month gives off nothing or more."});
}

} // namespace

Record describe(const ScenarioSector*) {
    using S = ScenarioSector;
    return {"scenario_sector", "A sector of a scenario.",
        {field<&S::code>("code", "Its code.", {.min = 1, .max = 40}), field<&S::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&S::kg>("kg", "Of the base year.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&S::share_percent>("share_percent", "Its share of the activity.", {.unit = "%", .min = 0, .max = 100}),
            field<&S::share_change_percent>("share_change_percent", "How that changes a year.", {.unit = "%", .min = -50, .max = 50, .defaulted = true}),
            field<&S::intensity_change_percent>("intensity_change_percent", "How emissions per activity change a year.", {.unit = "%", .min = -50, .max = 50}),
            field<&S::intensity_spread_percent>(
                "intensity_spread_percent", "Half the width of its 95 % interval, in points.", {.unit = "%", .min = 0, .max = 20, .defaulted = true})}};
}
Record describe(const ScenarioMeasure*) {
    using M = ScenarioMeasure;
    return {"scenario_measure", "A measure of a scenario.",
        {field<&M::name>("name", "Its name.", {.min = 1, .max = 200}), field<&M::technology>("technology", "The technology of the library."),
            field<&M::sector>("sector", "In which sector, by its code.", {.min = 1, .max = 40}),
            field<&M::from_year>("from_year", "First year.", {.min = 1990, .max = 2100}),
            field<&M::ramp_years>("ramp_years", "Years until it works fully.", {.min = 1, .max = 40, .defaulted = true}),
            field<&M::kg>("kg", "What it cuts in a full year.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&M::cost_per_tonne>("cost_per_tonne", "What a tonne costs; below 0 where it saves money.")}};
}
Record describe(const PeakScenario*) {
    using P = PeakScenario;
    return {"peak_scenario", "When a territory's emissions peak, and how high.",
        {
            field<&P::id>("id", "Id.", {.read_only = true}),
            field<&P::territory>("territory", "Of which territory.", {.filter = true}),
            field<&P::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&P::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&P::base_year>("base_year", "The year it begins with.", {.min = 1990, .max = 2100}),
            field<&P::until_year>("until_year", "The year it ends with.", {.min = 1991, .max = 2150}),
            field<&P::growth_percent>("growth_percent", "Growth of activity at the beginning, a year.", {.unit = "%", .min = -20, .max = 30}),
            field<&P::growth_end_percent>("growth_end_percent", "And at the end.", {.unit = "%", .min = -20, .max = 30}),
            field<&P::growth_spread_percent>(
                "growth_spread_percent", "Half the width of its 95 % interval, in points.", {.unit = "%", .min = 0, .max = 20, .defaulted = true}),
            field<&P::sectors>("sectors", "Its sectors.", {.min = 1, .max = 30}),
            field<&P::measures>("measures", "Measures on top.", {.max = 60}),
            field<&P::source>("source", "Where the assumptions are from.", {.min = 1, .max = 1000}),
            field<&P::promised_year>("promised_year", "The year that was promised.", {.min = 1990, .max = 2150}),
            field<&P::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&P::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&P::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&P::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_scenario};
}
Record describe(const TargetMonth*) {
    using M = TargetMonth;
    return {"target_month", "What a month gave off.",
        {field<&M::month>("month", "1 to 12.", {.min = 1, .max = 12}), field<&M::kg>("kg", "How much.", {.unit = "kgCO2e", .min = 0, .max = 9e14}),
            field<&M::evidence>("evidence", "By which meters and books.", {.min = 1, .max = 1000})}};
}
Record describe(const TargetAppeal*) {
    using A = TargetAppeal;
    return {"target_appeal", "An appeal against a target.",
        {field<&A::text>("text", "What is asked and why.", {.min = 1, .max = 4000}), field<&A::person_name>("person_name", "Who appealed."),
            field<&A::at>("at", "When."), field<&A::state>("state", "Open, granted or refused."), field<&A::answer>("answer", "The answer.", {.max = 4000}),
            field<&A::answered_by_name>("answered_by_name", "Who answered."), field<&A::answered_at>("answered_at", "When.")}};
}
Record describe(const CarbonTarget*) {
    using T = CarbonTarget;
    return {"carbon_target", "What a district or a firm may give off in a year.",
        {
            field<&T::id>("id", "Id.", {.read_only = true}),
            field<&T::territory>("territory", "For which territory.", {.filter = true}),
            field<&T::owner>("owner", "Who sets it.", {.max = 60, .read_only = true, .filter = true}),
            field<&T::responsible>("responsible", "Who answers for it.", {.filter = true}),
            field<&T::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&T::year>("year", "The year.", {.min = 1990, .max = 2100, .filter = true, .sort = true}),
            field<&T::kind>("kind", "Absolute, or by output.", {.defaulted = true, .filter = true}),
            field<&T::limit_kg>("limit_kg", "Absolute: at most so much.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&T::limit_per_output>("limit_per_output", "By output: at most so much a unit.", {.unit = "kgCO2e", .min = 0, .max = 1e12}),
            field<&T::output>("output", "Units expected in the year.", {.min = 0, .max = 1e15}),
            field<&T::output_unit>("output_unit", "What a unit is.", {.max = 40}),
            field<&T::months>("months", "What its months gave off.", {.max = 12, .read_only = true}),
            field<&T::last_year_kg>("last_year_kg", "The months of the year before.", {.max = 12, .defaulted = true}),
            field<&T::appeals>("appeals", "Appeals.", {.max = 20, .read_only = true}),
            field<&T::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&T::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&T::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&T::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_target};
}
Record describe(const WarningStep*) {
    using S = WarningStep;
    return {"target_warning_step", "What happened to a warning.",
        {field<&S::kind>("kind", "Raised, forecast anew, answered, closed."), field<&S::at>("at", "When."),
            field<&S::months>("months", "Months reported by then."), field<&S::forecast_kg>("forecast_kg", "The forecast by then.", {.unit = "kgCO2e"}),
            field<&S::person_name>("person_name", "Who answered."), field<&S::text>("text", "What is done about it.", {.max = 2000})}};
}
Record describe(const TargetWarning*) {
    using W = TargetWarning;
    return {"target_warning", "The red light of a target.",
        {
            field<&W::id>("id", "Id.", {.read_only = true}),
            field<&W::target>("target", "Of which target.", {.read_only = true, .filter = true}),
            field<&W::owner>("owner", "Who set the target.", {.max = 60, .read_only = true, .filter = true}),
            field<&W::responsible>("responsible", "Who answers for it.", {.read_only = true, .filter = true}),
            field<&W::title>("title", "The target's name.", {.read_only = true}),
            field<&W::year>("year", "The target's year.", {.min = 1990, .max = 2100, .read_only = true, .filter = true}),
            field<&W::months>("months", "Months reported.", {.read_only = true}),
            field<&W::forecast_kg>("forecast_kg", "Forecast of the year's end.", {.unit = "kgCO2e", .read_only = true}),
            field<&W::limit_kg>("limit_kg", "The limit.", {.unit = "kgCO2e", .read_only = true}),
            field<&W::state>("state", "Raised, answered or closed.", {.read_only = true, .filter = true}),
            field<&W::steps>("steps", "How it came here.", {.max = 100, .read_only = true}),
            field<&W::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&W::created_at>("created_at", "When it was raised.", {.read_only = true}),
            field<&W::updated_at>("updated_at", "When something last happened to it.", {.read_only = true, .sort = true}),
            field<&W::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const CarbonAssessment*) {
    using A = CarbonAssessment;
    return {"carbon_assessment", "A new project held against intensity, space and the best technology.",
        {
            field<&A::id>("id", "Id.", {.read_only = true}),
            field<&A::territory>("territory", "Where it is to stand.", {.filter = true}),
            field<&A::owner>("owner", "Who judges.", {.max = 60, .read_only = true, .filter = true}),
            field<&A::project>("project", "The project in the bank.", {.filter = true}),
            field<&A::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&A::output>("output", "What it makes in a year.", {.min = 0, .max = 1e15}),
            field<&A::output_unit>("output_unit", "What a unit is.", {.min = 1, .max = 40}),
            field<&A::kg>("kg", "What it would give off in a year.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&A::ceiling_kg>("ceiling_kg", "At most so much a unit.", {.unit = "kgCO2e", .min = 0, .max = 1e12}),
            field<&A::advanced_kg>("advanced_kg", "What the best technology needs a unit.", {.unit = "kgCO2e", .min = 0, .max = 1e12}),
            field<&A::best_technology>("best_technology", "Which that is."),
            field<&A::target>("target", "The target whose limit is the cap; what its forecast leaves is the space."),
            field<&A::space_kg>("space_kg", "What is left under the cap, where no target says it.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&A::source>("source", "Where ceiling and cap are from.", {.min = 1, .max = 1000}),
            field<&A::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&A::conditions>("conditions", "What it must keep.", {.max = 2000}),
            field<&A::measured_kg>("measured_kg", "Once it runs: what was measured.", {.unit = "kgCO2e", .min = 0, .max = 9e15}),
            field<&A::measured_year>("measured_year", "In which year.", {.min = 1990, .max = 2100}),
            field<&A::measured_output>("measured_output", "With which output.", {.min = 0, .max = 1e15}),
            field<&A::kg_channel>("kg_channel", "The channel that counts what it gives off."),
            field<&A::output_channel>("output_channel", "The channel that counts its output."),
            field<&A::measured_evidence>(
                "measured_evidence", "By which meters, when they were asked, and how much of the year they told.", {.max = 400, .read_only = true}),
            field<&A::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&A::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&A::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&A::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::cities
