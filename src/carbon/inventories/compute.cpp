// compute.cpp — factors for activities, then the engine.
#include "carbon/inventories/compute.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "carbon/factors/factors.h"

namespace greenbank::carbon {

namespace {

constexpr std::string_view gases[] = {"CO2", "CH4", "N2O", "SF6", "NF3", "HFC-23", "HFC-32", "HFC-125", "HFC-134a", "HFC-143a", "CF4", "C2F6"};

std::string subject_key(FactorKind kind, std::string_view subject) { return fmt::format("{}\n{}", static_cast<int>(kind), subject); }

/// Makes engine factors out of choices, each once for a factor and a unit.
class FactorList {
public:
    FactorList(ComputedInventory& into, FactorTable& table) : into_(into), table_(table) {}

    Result<std::vector<std::uint32_t>> numbers(const std::vector<FactorChoice>& choices, const std::string& unit, std::int32_t year) {
        std::vector<std::uint32_t> numbers;
        for (const FactorChoice& choice : choices) {
            const Factor& factor = choice.factor;
            const auto [found, is_new] = numbers_.try_emplace(factor.id + "\n" + unit, static_cast<std::uint32_t>(into_.factors.size()));
            if (is_new) {
                const auto in_unit = convert({1, unit}, factor.per);
                if (!in_unit) {
                    numbers_.erase(found);
                    return Error{Failure::invalid, "inventory.unit", "The unit {unit} does not fit the factor, which is per {per}.",
                        {{"unit", unit}, {"per", factor.per}}};
                }
                const double warming = factor.kind == FactorKind::warming ? 1 : TRY(table_.warming(factor.gas, year));
                into_.factors.push_back({factor.id, factor.edition, factor.value * *in_unit, warming, factor.uncertainty_percent.value_or(0)});
            }
            numbers.push_back(found->second);
        }
        return numbers;
    }

    std::uint32_t stated(double value) {
        into_.factors.push_back({"", "", value, 1, 0});
        return static_cast<std::uint32_t>(into_.factors.size() - 1);
    }

private:
    ComputedInventory& into_;
    FactorTable& table_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

} // namespace

std::vector<std::string> areas_of(const std::string& area) { return areas_around(area); }

FactorTable::FactorTable(std::vector<Factor> factors, GwpEdition gwp, std::optional<Date> known_on) :
    factors_(std::move(factors)), gwp_(gwp), known_on_(known_on) {
    for (const Factor& one : factors_) by_subject_[subject_key(one.kind, one.subject)].push_back(&one);
}

Result<std::vector<FactorChoice>> FactorTable::choose(FactorKind kind, const std::string& subject, const std::string& area, std::int32_t year) {
    const std::string key = fmt::format("{}\n{}\n{}", subject_key(kind, subject), area, year);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    std::vector<Factor> candidates;
    if (const auto found = by_subject_.find(subject_key(kind, subject)); found != by_subject_.end())
        for (const Factor* one : found->second) candidates.push_back(*one);
    FactorQuestion question{
        .kind = kind, .subject = subject, .gas = "CO2e", .gwp = gwp_, .areas = areas_of(area), .on = make_date(year, 12, 31), .known_on = known_on_};
    std::vector<FactorChoice> choices;
    const auto ask = [&](std::string_view gas) -> bool {
        question.gas = gas;
        question.gwp = gas == "CO2e" || kind == FactorKind::warming ? std::optional(gwp_) : std::nullopt;
        auto choice = factor_in_force(candidates, question);
        if (!choice) return false;
        choices.push_back(std::move(choice).value());
        return true;
    };
    if (kind == FactorKind::warming) (void)(ask(subject) || ask("CO2e") || ask("CO2"));
    else if (!ask("CO2e"))
        for (const std::string_view gas : gases) ask(gas);
    if (choices.empty())
        return Error{Failure::not_found, "factor.none", "No factor of {subject} is known for {area} on {date}; import one or choose another kind or area.",
            {{"subject", subject}, {"area", area}, {"date", to_text(question.on)}}};
    return known_.emplace(key, std::move(choices)).first->second;
}

Result<double> FactorTable::warming(const std::string& gas, std::int32_t year) {
    if (gas == "CO2" || gas == "CO2e") return 1.0;
    if (const auto known = warmings_.find(gas); known != warmings_.end()) return known->second;
    const auto choices = TRY(choose(FactorKind::warming, gas, "WORLD", year));
    return warmings_.emplace(gas, choices.front().factor.value).first->second;
}

Result<ComputedInventory> compute_inventory(const std::vector<Activity>& activities, FactorTable& table) {
    ComputedInventory computed;
    computed.activities.reserve(activities.size());
    computed.lines.reserve(activities.size());
    FactorList list(computed, table);
    std::unordered_map<std::string, std::uint32_t> organisations;
    Problems problems;
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const Activity& activity = activities[i];
        const auto [organisation, is_new] = organisations.try_emplace(activity.organisation, static_cast<std::uint32_t>(organisations.size()));
        if (is_new) computed.organisations.push_back(activity.organisation);
        ComputedActivity one;
        InventoryLine line{organisation->second, activity.year, activity.category, activity.amount, activity.uncertainty_percent, {}, {}};
        const auto fault = [&](std::string_view field, const Error& error) {
            problems.push_back({fmt::format("activities[{}].{}", i, field), error.code, error.message, error.parameters});
        };
        const auto choose = [&](FactorKind kind, std::vector<FactorChoice>& choices, std::vector<std::uint32_t>& numbers) {
            auto chosen = table.choose(kind, activity.subject, activity.area, activity.year);
            if (!chosen) return fault("subject", chosen.error());
            choices = std::move(chosen).value();
            auto numbered = list.numbers(choices, activity.unit, activity.year);
            if (!numbered) return fault(numbered.error().code == "inventory.unit" ? "unit" : "subject", numbered.error());
            numbers = std::move(numbered).value();
        };
        if (!std::isfinite(activity.amount)) fault("amount", {Failure::invalid, "inventory.amount", "This is no amount."});
        choose(activity.kind, one.location, line.location);
        if (scope_of(activity.category) == Scope::scope_2) {
            if (activity.market_value) line.market.push_back(list.stated(*activity.market_value));
            else if (activity.market) choose(*activity.market, one.market, line.market);
        }
        if (problems.size() > 200) break;
        if (problems.empty()) {
            one.result = line_result(line, computed.factors);
            if (!one.result.sound) fault("amount", {Failure::invalid, "inventory.amount", "This is no amount."});
        }
        computed.activities.push_back(std::move(one));
        computed.lines.push_back(std::move(line));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return computed;
}

} // namespace greenbank::carbon
