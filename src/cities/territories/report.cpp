// report.cpp — an inventory with the factors in force: rows, cells, totals, the spread of the net balance, what is missing.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cities/territories/territories.h"

namespace greenbank::cities {

namespace {

constexpr std::uint32_t samples = 2'000;

/// Engine factors out of lines; a factor of the bank is one and the same in all lines that use it.
class Assembly {
public:
    Assembly(const TerritoryInventory& inventory, std::string area, carbon::FactorTable& table) :
        inventory_(inventory), area_(std::move(area)), table_(table) {}

    void add(std::size_t at, BalanceRow& row) {
        const TerritoryLine& line = inventory_.lines[at];
        BalanceLine made{line.sector, line.scope, line.amount, line.uncertainty_percent.value_or(0), {}};
        double kg_per_unit = 0, variance = 0;
        bool stated = line.uncertainty_percent.has_value();
        if (line.stated_kg) {
            made.factors.push_back(static_cast<std::uint32_t>(factors.size()));
            factors.push_back({*line.stated_kg, line.stated_percent.value_or(0)});
            kg_per_unit = *line.stated_kg;
            variance = std::pow(*line.stated_kg * line.stated_percent.value_or(0), 2);
            stated = stated || line.stated_percent;
            row.stated_kg = line.stated_kg;
            row.stated_source = line.stated_source;
            row.status = line.stated_status.value_or(FactorStatus::unconfirmed);
        } else {
            auto chosen = table_.choose(*line.kind, *line.subject, line.area.value_or(area_), static_cast<std::int32_t>(inventory_.year));
            if (!chosen) return fault(at, "subject", chosen.error());
            for (const carbon::FactorChoice& choice : chosen.value()) {
                const auto in_unit = convert({1, line.unit}, choice.factor.per);
                if (!in_unit)
                    return fault(at, "unit",
                        Error{Failure::invalid, "inventory.unit", "The unit {unit} does not fit the factor, which is per {per}.",
                            {{"unit", line.unit}, {"per", choice.factor.per}}});
                double warming = 1;
                if (choice.factor.kind != FactorKind::warming) {
                    auto found = table_.warming(choice.factor.gas, static_cast<std::int32_t>(inventory_.year));
                    if (!found) return fault(at, "subject", found.error());
                    warming = found.value();
                }
                const BalanceFactor factor{choice.factor.value * *in_unit * warming, choice.factor.uncertainty_percent.value_or(0)};
                const auto [place, is_new] = places_.try_emplace(choice.factor.id + "\n" + line.unit, static_cast<std::uint32_t>(factors.size()));
                if (is_new) factors.push_back(factor);
                made.factors.push_back(place->second);
                kg_per_unit += factor.kg_per_unit;
                variance += std::pow(factor.kg_per_unit * factor.uncertainty_percent, 2);
                stated = stated || choice.factor.uncertainty_percent;
                row.factors.push_back(carbon::to_used(choice));
                row.status = std::max(row.status, choice.factor.status);
            }
        }
        const auto kg = line_kg(made, factors);
        if (!kg) return fault(at, "amount", Error{Failure::invalid, "inventory.amount", "This is no amount."});
        row.kg = *kg;
        if (stated && kg_per_unit > 0) row.uncertainty_percent = std::hypot(made.uncertainty_percent, std::sqrt(variance) / kg_per_unit);
        lines.push_back(std::move(made));
    }

    std::vector<BalanceLine> lines;
    std::vector<BalanceFactor> factors;
    Problems problems;

private:
    void fault(std::size_t at, std::string_view field, const Error& error) {
        problems.push_back({fmt::format("lines[{}].{}", at, field), error.code, error.message, error.parameters});
    }

    const TerritoryInventory& inventory_;
    std::string area_;
    carbon::FactorTable& table_;
    std::map<std::string, std::uint32_t> places_;
};

Result<std::int64_t> retired_for(Transaction& transaction, const TerritoryInventory& inventory) {
    std::int64_t kg = 0;
    for (const Id<market::UnitEnd>& one : inventory.retirements)
        if (const auto end = TRY(transaction.find_one<market::UnitEnd>("id = $1 AND kind = 'retirement'", {one.text}))) kg += end->tonnes * 1'000;
    return kg;
}

} // namespace

namespace {

/// What others see: hidden lines say that they are there, their cells and what would betray them say nothing.
void withhold(BalanceReport& report) {
    std::vector<ShownLine> lines;
    for (const BalanceRow& row : report.rows) lines.push_back({row.sector, row.scope, row.kg.value_or(0), row.confidential});
    const Disclosure disclosure = disclose(lines);
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        BalanceRow& row = report.rows[i];
        if (!disclosure.hidden[i]) continue;
        report.hidden_beside += !row.confidential;
        row = {.name = "",
            .sector = row.sector,
            .number = row.number,
            .scope = row.scope,
            .tier = row.tier,
            .data = row.data,
            .status = row.status,
            .confidential = true};
        for (BalanceCell& cell : report.cells)
            if (cell.sector == row.sector && cell.scope == row.scope) cell.kg.reset();
    }
    const auto keep = [&](BalanceTotal total, std::optional<std::int64_t>& kg) {
        if (!disclosure.is_shown(total)) kg.reset();
    };
    keep(BalanceTotal::net, report.net_kg);
    keep(BalanceTotal::emissions, report.emissions_kg);
    keep(BalanceTotal::removals, report.removals_kg);
    keep(BalanceTotal::basic, report.basic_kg);
    keep(BalanceTotal::basic_plus, report.basic_plus_kg);
    keep(BalanceTotal::energy, report.energy_kg);
    keep(BalanceTotal::scope_1, report.scope_1_kg);
    keep(BalanceTotal::scope_2, report.scope_2_kg);
    keep(BalanceTotal::scope_3, report.scope_3_kg);
    keep(BalanceTotal::territorial, report.territorial_kg);
    if (!report.emissions_kg) report.per_head_kg.reset();
    if (!report.net_kg) {
        report.half_width_kg.reset();
        report.at_most_zero.reset();
        report.low_kg.reset();
        report.high_kg.reset();
    }
}

void take_coverage(const TerritoryInventory& inventory, const TerritoryLine& line, BalanceRow& row) {
    if (!line.channel) return;
    for (const ChannelReading& one : inventory.readings)
        if (one.channel == *line.channel && one.unit == line.unit && one.amount == line.amount) {
            row.heard_percent = one.heard_percent;
            row.longest_gap_hours = one.longest_gap_hours;
        }
}

} // namespace

Result<BalanceReport> balance_report(Transaction& transaction, const TerritoryInventory& inventory, bool for_its_people) {
    const auto territory = TRY(transaction.find_one<Territory>("id = $1", {inventory.territory.text}));
    std::vector<carbon::Factor> known;
    for (const carbon::EmissionFactor& one : TRY(transaction.find<carbon::EmissionFactor>("id <> ''"))) known.push_back(carbon::to_factor(one));
    carbon::FactorTable table(std::move(known), inventory.gwp, inventory.finished_at ? std::optional(date_of(*inventory.finished_at)) : std::optional<Date>{});
    Assembly assembly(inventory, territory ? territory->area : "WORLD", table);
    BalanceReport report{.year = inventory.year, .level = inventory.level};
    for (std::size_t i = 0; i < inventory.lines.size(); ++i) {
        const TerritoryLine& line = inventory.lines[i];
        BalanceRow row{.name = line.name,
            .sector = line.sector,
            .number = std::string(gpc_number(line.sector)),
            .ipcc = std::string(ipcc_code(line.sector)),
            .scope = line.scope,
            .amount = line.amount,
            .unit = line.unit,
            .tier = line.tier,
            .data = line.data,
            .confidential = line.confidential};
        take_coverage(inventory, line, row);
        assembly.add(i, row);
        report.status = std::max(report.status, row.status);
        report.unstated += !row.uncertainty_percent;
        report.confidential += line.confidential;
        report.rows.push_back(std::move(row));
    }
    if (!assembly.problems.empty()) return invalid(std::move(assembly.problems));

    const BalanceTotals totals = balance_of(assembly.lines, assembly.factors);
    std::int64_t of_scope[3] = {}, energy = 0;
    for (std::size_t s = 0; s < gpc_sectors; ++s)
        for (std::size_t c = 0; c < 3; ++c) {
            const auto sector = static_cast<GpcSector>(s);
            const auto scope = static_cast<GpcScope>(c);
            const bool has_line =
                std::any_of(assembly.lines.begin(), assembly.lines.end(), [&](const BalanceLine& one) { return one.sector == sector && one.scope == scope; });
            if (has_line) report.cells.push_back({sector, scope, std::string(gpc_number(sector)), totals.of[s][c]});
            if (!is_sink(sector)) of_scope[c] += totals.of[s][c];
            if (of_energy(sector)) energy += totals.of[s][c];
        }
    if (for_its_people || report.confidential == 0) {
        const auto sums = by_ipcc(totals);
        for (std::size_t i = 0; i < ipcc_sectors; ++i) report.ipcc.push_back({static_cast<IpccSector>(i), sums[i]});
    }
    report.scope_1_kg = of_scope[0];
    report.scope_2_kg = of_scope[1];
    report.scope_3_kg = of_scope[2];
    report.basic_kg = totals.basic;
    report.basic_plus_kg = totals.basic_plus;
    report.territorial_kg = totals.territorial;
    report.energy_kg = energy;
    report.emissions_kg = totals.emissions;
    report.removals_kg = totals.removals;
    report.net_kg = totals.net();
    const BalanceSpread spread = propagated_balance(assembly.lines, assembly.factors), drawn = drawn_balance(assembly.lines, assembly.factors, samples, 1);
    report.half_width_kg = spread.half_width_kg;
    report.low_kg = std::llround(drawn.low_kg);
    report.high_kg = std::llround(drawn.high_kg);
    report.at_most_zero = drawn.at_most_zero;
    report.retired_kg = TRY(retired_for(transaction, inventory));
    const auto people = inventory.population ? inventory.population : territory ? territory->population : std::nullopt;
    if (people && *people > 0) report.per_head_kg = std::llround(static_cast<double>(totals.emissions) / static_cast<double>(*people));
    std::vector<NotedCell> noted;
    for (const TerritoryNote& one : inventory.notes) noted.push_back({one.sector, one.scope});
    for (const GpcCell& cell : missing_cells(inventory.level, assembly.lines, noted))
        report.missing.push_back({cell.sector, cell.scope, std::string(gpc_number(cell.sector)), {}});
    if (!for_its_people && report.confidential > 0) withhold(report);
    return report;
}

Result<BalanceSummary> summary_of(Transaction& transaction, const TerritoryInventory& inventory, bool for_its_people) {
    BalanceSummary summary{.id = inventory.id, .title = inventory.title, .year = inventory.year, .state = inventory.state};
    const auto report = balance_report(transaction, inventory, for_its_people);
    if (!report) {
        if (report.error().kind != Failure::invalid) return report.error();
        summary.computed = false;
        return summary;
    }
    const BalanceReport& one = report.value();
    summary.emissions_kg = one.emissions_kg;
    summary.removals_kg = one.removals_kg;
    summary.net_kg = one.net_kg;
    summary.low_kg = one.low_kg;
    summary.high_kg = one.high_kg;
    summary.status = one.status;
    return summary;
}

Check balance_check() {
    return {"territory_balances", "The cells of every final inventory of a territory add up to its net balance.",
        [](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            const auto inventories = TRY(transaction.find<TerritoryInventory>("state = 'final' ORDER BY id"));
            for (const TerritoryInventory& one : inventories) {
                const auto report = balance_report(transaction, one);
                std::int64_t kg = 0;
                if (report)
                    for (const BalanceCell& cell : report.value().cells) kg += cell.kg.value_or(0);
                if (!report || kg != report.value().net_kg)
                    run.found({"territory_inventory/" + one.id.text, "balance.not_added", "Inventory {id} does not add up any more.", {{"id", one.id.text}}});
            }
            return static_cast<std::int64_t>(inventories.size());
        }};
}

} // namespace greenbank::cities
