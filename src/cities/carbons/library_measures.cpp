// library_measures.cpp — technologies of the library as measures of a scenario: what a tonne costs by their own figures, for the curve of abatement to be filled with.
#include <algorithm>
#include <cmath>
#include <map>

#include "cities/carbons/owned.h"
#include "cities/engine/abatement.h"
#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "library/disclosure/disclosure.h"
#include "library/library.h"

namespace greenbank::cities {

/// Power in the place of the grid's, or carbon bound by land and sea.
enum class MeasureBasis { power, sink };

} // namespace greenbank::cities

namespace greenbank {
template <> struct Choices<cities::MeasureBasis> { static constexpr std::string_view name = "measure_basis", values[] = {"power", "sink"}; };
} // namespace greenbank

namespace greenbank::cities {

struct LibraryMeasuresAsk {
    Id<PeakScenario> id;
    std::string currency = "CNY";
    double power_price = 0.5, discount_percent = 6;
};
Record describe(const LibraryMeasuresAsk*) {
    using A = LibraryMeasuresAsk;
    return {"library_measures_ask", "Technologies of the library as measures, under one's own assumptions.",
        {field<&A::id>("id", "Of which scenario."),
            field<&A::currency>("currency", "In which currency a tonne is priced.", {.min = 3, .max = 3, .defaulted = true}),
            field<&A::power_price>("power_price", "What power from the grid costs that is no longer bought.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&A::discount_percent>("discount_percent", "Rate of discount.", {.unit = "%", .min = 0, .max = 50, .defaulted = true})}};
}
struct LibraryMeasure {
    Id<library::Technology> technology;
    Text name;
    MeasureBasis basis = MeasureBasis::power;
    std::string unit;    // of capacity: kW, ha
    std::int64_t kg = 0; // avoided a year by one unit of capacity
    Money cost_per_tonne;
    std::optional<Money> capital_cost; // of one unit, in the holder's currency
    double lifetime_years = 0;
    bool lifetime_assumed = false, sample = false; // sample: a figure it rests on is one
};
Record describe(const LibraryMeasure*) {
    using M = LibraryMeasure;
    return {"library_measure", "What a technology would avoid, and at what cost.",
        {field<&M::technology>("technology", "Which technology."), field<&M::name>("name", "Its name."),
            field<&M::basis>("basis", "By what it avoids emissions."), field<&M::unit>("unit", "Unit of its capacity."),
            field<&M::kg>("kg", "Avoided a year by one unit.", {.unit = "kgCO2e"}),
            field<&M::cost_per_tonne>("cost_per_tonne", "What a tonne costs; below 0 it pays by itself."),
            field<&M::capital_cost>("capital_cost", "Investment for one unit."),
            field<&M::lifetime_years>("lifetime_years", "Over which it is paid back.", {.unit = "a"}),
            field<&M::lifetime_assumed>("lifetime_assumed", "The technology says no lifetime; the usual one is taken."),
            field<&M::sample>("sample", "A figure it rests on is a sample.")}};
}
struct LibraryMeasures {
    std::string currency;
    std::optional<FactorUsed> grid;
    std::optional<double> grid_kg; // kgCO2e per kWh
    std::vector<LibraryMeasure> measures;
    std::int64_t without_cost = 0, without_rate = 0, cut = 0;
};
Record describe(const LibraryMeasures*) {
    using M = LibraryMeasures;
    return {"library_measures", "Technologies of the library as measures, the cheapest tonne first.",
        {field<&M::currency>("currency", "Of the costs."), field<&M::grid>("grid", "The factor of the power that is replaced."),
            field<&M::grid_kg>("grid_kg", "What a kilowatt hour of it gives off.", {.unit = "kgCO2e/kWh"}),
            field<&M::measures>("measures", "Measures.", {.max = 200}),
            field<&M::without_cost>("without_cost", "Technologies of these kinds whose costs or figures are not open to the caller, or not enough."),
            field<&M::without_rate>("without_rate", "Technologies in currencies for which the bank keeps no rate."),
            field<&M::cut>("cut", "Dearer ones that are not shown.")}};
}

namespace {

constexpr std::size_t technologies_most = 2'000, measures_most = 200;
constexpr double usual_plant_years = 20, usual_planting_years = 30; // where a technology says no lifetime
constexpr double carbon_dioxide_of_carbon = 44.0 / 12.0;            // kg of CO2 that hold 1 kg of carbon

/// Half way between its bounds.
std::optional<double> figure_of(const library::Technology& technology, std::string_view indicator, const char* unit, bool& sample) {
    for (const library::Figure& one : technology.figures)
        if (one.indicator == indicator)
            if (const auto middle = convert({one.high ? (one.low + *one.high) / 2 : one.low, one.unit}, unit)) {
                sample = sample || one.status == library::FigureStatus::sample;
                return middle;
            }
    return {};
}

/// What a unit of each currency is worth in one of them today, by the ledger's rates; asked once for each.
class Rates {
public:
    static Result<Rates> into(Transaction& transaction, const std::string& currency, Date today) {
        return Rates(transaction, currency, TRY(ledger::currency_asset(transaction, currency)), today);
    }

    Result<std::optional<double>> operator()(const std::string& currency) {
        if (currency == into_) return std::optional(1.0);
        const auto [place, is_new] = known_.try_emplace(currency);
        if (!is_new || !into_asset_) return place->second;
        const auto asset = TRY(ledger::currency_asset(transaction_, currency));
        if (!asset) return place->second;
        auto rate = value_of(TRY(ledger::rate_on(transaction_, asset->id, into_asset_->id, today_)));
        if (!rate)
            if (const auto back = value_of(TRY(ledger::rate_on(transaction_, into_asset_->id, asset->id, today_))); back && *back > 0) rate = 1 / *back;
        return place->second = rate;
    }

private:
    Rates(Transaction& transaction, std::string into, std::optional<ledger::LedgerAsset> into_asset, Date today) :
        transaction_(transaction), into_(std::move(into)), into_asset_(std::move(into_asset)), today_(today) {}
    static std::optional<double> value_of(const std::optional<ledger::ExchangeRate>& rate) {
        const auto exact = rate ? ledger::parse_decimal(rate->rate, ledger::rate_scale) : std::nullopt;
        return exact ? std::optional(static_cast<double>(*exact) / std::pow(10.0, ledger::rate_scale)) : std::nullopt;
    }

    Transaction& transaction_;
    std::string into_;
    std::optional<ledger::LedgerAsset> into_asset_;
    Date today_;
    std::map<std::string, std::optional<double>> known_;
};

double units_of(const Money& money) { return static_cast<double>(money.minor) / std::pow(10.0, decimals_of(money.currency).value_or(2)); }

/// Figures of one unit of capacity in the technology's own currency; nothing where they are not enough.
struct Figures {
    LibraryMeasure measure;
    AbatementFigures figures;
    double hours = 0; // of power
};
std::optional<Figures> figures_of(const library::Technology& technology, const std::optional<double>& grid_kg, double discount_percent) {
    if (!technology.capital_cost || !technology.capital_cost_per) return {};
    if (technology.operating_cost && technology.operating_cost->currency != technology.capital_cost->currency) return {};
    Figures made;
    LibraryMeasure& measure = made.measure;
    measure.technology = technology.id;
    measure.name = technology.title;
    measure.capital_cost = technology.capital_cost;
    measure.unit = *technology.capital_cost_per;
    made.figures.discount_percent = discount_percent;
    made.figures.capital = units_of(*technology.capital_cost);
    const auto lifetime = figure_of(technology, "lifetime", "a", measure.sample);
    const double operating = technology.operating_cost ? units_of(*technology.operating_cost) : 0;
    if (measure.unit == "kW") {
        const auto hours = figure_of(technology, "full_load_hours", "h/a", measure.sample);
        if (!hours || !grid_kg || (technology.operating_cost && technology.operating_cost_per != "kWh")) return {};
        measure.basis = MeasureBasis::power;
        made.hours = *hours;
        made.figures.operating_a_year = operating * *hours;
        made.figures.avoided_kg = *hours * (*grid_kg - figure_of(technology, "emission_factor", "kgCO2e/kWh", measure.sample).value_or(0));
    } else if (measure.unit == "ha") {
        const auto bound = figure_of(technology, "sequestration", "kg/(ha.a)", measure.sample); // of carbon, as the indicator says
        if (!bound || (technology.operating_cost && technology.operating_cost_per != "ha")) return {};
        measure.basis = MeasureBasis::sink;
        made.figures.operating_a_year = operating;
        made.figures.avoided_kg = *bound * carbon_dioxide_of_carbon;
    } else return {};
    measure.lifetime_assumed = !lifetime;
    made.figures.lifetime_years = measure.lifetime_years = lifetime.value_or(measure.basis == MeasureBasis::power ? usual_plant_years : usual_planting_years);
    return made;
}

/// CO2 of a kilowatt hour where the territory is, with CO2e before CO2 alone.
Result<std::optional<carbon::FactorChoice>> grid_factor(Transaction& transaction, const Territory& territory, Date today) {
    for (const char* gas : {"CO2e", "CO2"}) {
        auto found = carbon::factor_in_force(transaction, {.kind = FactorKind::grid_average,
                                                              .subject = "electricity",
                                                              .gas = gas,
                                                              .gwp = std::string_view(gas) == "CO2e" ? std::optional(GwpEdition::ar6) : std::nullopt,
                                                              .areas = carbon::areas_around(territory.area),
                                                              .on = today});
        if (found) return std::optional(std::move(found.value()));
        if (found.error().kind != Failure::not_found) return found.error();
    }
    return std::optional<carbon::FactorChoice>{};
}

Result<LibraryMeasures> library_measures(Transaction& transaction, const Caller& caller, const LibraryMeasuresAsk& ask) {
    const PeakScenario scenario = TRY(owned_seen(transaction, caller, ask.id));
    const auto places = decimals_of(ask.currency);
    if (!places) return invalid({{"currency", "cities.currency", "There is no currency {currency}.", {{"currency", ask.currency}}}});
    const Date today = date_of(caller.now);
    LibraryMeasures made{.currency = ask.currency};
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {scenario.territory.text})))
        if (const auto choice = TRY(grid_factor(transaction, *territory, today)))
            if (const auto per_unit = convert({1, "kWh"}, choice->factor.per)) {
                made.grid = carbon::to_used(*choice);
                made.grid_kg = choice->factor.value * *per_unit;
            }
    Rates rate = TRY(Rates::into(transaction, ask.currency, today));
    for (library::Technology& stored : TRY(transaction.find<library::Technology>(
             "state = 'published' AND capital_cost_per IN ('kW', 'ha') ORDER BY id LIMIT $1", {std::int64_t{technologies_most}}))) {
        const library::Technology technology = library::listed(caller, std::move(stored));
        auto found = figures_of(technology, made.grid_kg, ask.discount_percent);
        if (!found) {
            ++made.without_cost;
            continue;
        }
        const auto worth = TRY(rate(technology.capital_cost->currency));
        if (!worth || !(*worth > 0)) {
            ++made.without_rate;
            continue;
        }
        found->figures.saved_a_year = found->measure.basis == MeasureBasis::power ? found->hours * ask.power_price / *worth : 0;
        const auto cost = abatement_cost(found->figures);
        const double minor = cost ? cost->cost_per_tonne * *worth * std::pow(10.0, *places) : 0;
        if (!cost || std::abs(minor) > 9e15) {
            ++made.without_cost;
            continue;
        }
        found->measure.kg = std::llround(cost->kg);
        found->measure.cost_per_tonne = Money{std::llround(minor), ask.currency};
        made.measures.push_back(std::move(found->measure));
    }
    std::stable_sort(made.measures.begin(), made.measures.end(),
        [](const LibraryMeasure& a, const LibraryMeasure& b) { return a.cost_per_tonne.minor < b.cost_per_tonne.minor; });
    if (made.measures.size() > measures_most) {
        made.cut = static_cast<std::int64_t>(made.measures.size() - measures_most);
        made.measures.resize(measures_most);
    }
    return made;
}

} // namespace

std::vector<Endpoint> library_measure_endpoints() {
    return {{"peak_scenario_library_measures", Method::get, "/peak-scenarios/{id}/library-measures",
        "Technologies of the library as measures: what each avoids and what a tonne costs, under one's own price of power and rate of discount.", Mode::read,
        open_to_all, call(library_measures)}};
}

} // namespace greenbank::cities
