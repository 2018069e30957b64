// paper.cpp — a plan on paper: what was asked, sizes, cost by part, energy by month, what the requirements cost. The figures are those of the page.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"
#include "planning/studies/operations.h"
#include "json/json.h"

namespace greenbank::planning {

namespace {

struct PlanPaper {
    Study study;
    EnergyPlan plan;
    std::vector<PlanColumn> columns;
    std::string owner;
};

class Writer : public Wording {
public:
    Writer(const PlanPaper& of, Language language) : Wording(language), of_(of), result_(*of.plan.result), figures_(language) {}

    std::vector<paper::Block> blocks() {
        add_facts();
        if (!result_.sizes.empty()) add_sizes(), add_costs(), add_months(), add_requirements();
        add_shortfalls();
        return std::move(blocks_);
    }

private:
    std::string role(const std::string& name) const { return say("planning.role." + name); }
    std::string whole(double value) const { return figures_.number(std::round(value)); }

    void add_facts() {
        paper::Facts facts;
        const auto fact = [&](std::string title, std::string value) {
            facts.facts.push_back({std::move(title), std::move(value), {}, of_.plan.sample ? std::optional(paper::Status::sample) : std::nullopt});
        };
        facts.facts.push_back({label("study", "organisation"), of_.owner});
        facts.facts.push_back({say("record.study"), std::string(of_.study.title.best(language_))});
        if (!of_.study.series_source.empty()) facts.facts.push_back({label("study", "series_source"), of_.study.series_source});
        fact(label("plan_result", "outcome"), choice(result_.outcome));
        if (of_.plan.renewable_share_min) fact(label("energy_plan", "renewable_share_min"), figures_.share(*of_.plan.renewable_share_min));
        if (of_.plan.carbon_max) fact(label("energy_plan", "carbon_max"), figures_.quantity(*of_.plan.carbon_max, "tCO2e"));
        if (of_.plan.autonomy_days) fact(label("energy_plan", "autonomy_days"), figures_.quantity(*of_.plan.autonomy_days, "d"));
        if (!result_.sizes.empty()) {
            fact(label("plan_result", "cost"), figures_.money(result_.cost));
            fact(label("plan_result", "cost_per_mwh"), figures_.money(result_.cost_per_mwh));
            fact(label("plan_result", "investment"), figures_.money(result_.investment));
            fact(label("plan_result", "bound"), fmt::format("{} ({:.1e})", figures_.money(result_.bound), result_.gap));
            fact(label("plan_result", "load"), figures_.quantity(std::round(result_.load), "MWh"));
            fact(label("plan_result", "renewable_share"), fmt::format("{:.1f} %", 100 * result_.renewable_share));
            fact(label("plan_result", "carbon"), figures_.quantity(std::round(result_.carbon * 10) / 10, "tCO2e"));
            fact(label("plan_result", "curtailed"), figures_.quantity(std::round(result_.curtailed), "MWh"));
            fact(label("plan_result", "hours_without_diesel"), figures_.quantity(std::round(result_.hours_without_diesel), "h"));
        }
        blocks_.emplace_back(std::move(facts));
    }

    void add_sizes() {
        paper::Table table{.title = label("plan_result", "sizes"),
            .columns = {{label("plan_size", "part")}, {label("plan_size", "role")}, {label("plan_size", "size"), paper::Align::right},
                {label("plan_size", "investment"), paper::Align::right}},
            .rows = {}};
        for (const PlanSize& one : result_.sizes)
            table.rows.push_back({{one.part, role(one.role), fmt::format("{:.3f} {}", one.size, one.unit), figures_.money(one.investment)}});
        table.rows.push_back({{say("planning.total"), "", "", figures_.money(result_.investment)}, true});
        blocks_.emplace_back(std::move(table));
    }

    void add_costs() {
        std::map<std::string, std::array<Money, 3>> costs;
        std::vector<std::string> order;
        const auto of = [&](const std::string& part) -> std::array<Money, 3>& {
            const auto [found, fresh] =
                costs.try_emplace(part, std::array<Money, 3>{Money{0, of_.study.currency}, Money{0, of_.study.currency}, Money{0, of_.study.currency}});
            if (fresh) order.push_back(part);
            return found->second;
        };
        for (const PlanSize& one : result_.sizes) of(one.part)[0].minor += one.capital.minor, of(one.part)[1].minor += one.fixed.minor;
        for (const PlanPartFlow& one : result_.flows) of(one.part)[2].minor += one.running.minor;
        paper::Table table{.title = say("planning.cost_by_part"),
            .columns = {{label("plan_size", "part")}, {label("plan_size", "capital"), paper::Align::right}, {label("plan_size", "fixed"), paper::Align::right},
                {label("plan_flow", "running"), paper::Align::right}},
            .rows = {}};
        for (const std::string& part : order) {
            const auto& cost = costs[part];
            table.rows.push_back({{part, figures_.money(cost[0]), figures_.money(cost[1]), figures_.money(cost[2])}});
        }
        blocks_.emplace_back(std::move(table));
    }

    /// MWh by month of the year that begins with the series, by source.
    void add_months() {
        const double step_hours = of_.study.plant.step_hours;
        paper::LineChart chart{.title = say("planning.by_month"), .unit = "MWh", .places = {}, .series = {}, .decimals = 0};
        const std::size_t steps = of_.columns.empty() ? 0 : of_.columns.front().values.size(), parts = 12;
        if (static_cast<double>(steps) * step_hours < 8000 || static_cast<double>(steps) * step_hours > 8800) return;
        for (std::size_t k = 1; k <= parts; ++k) chart.places.push_back(std::to_string(k));
        for (const PlanColumn& column : of_.columns) {
            const auto known = std::find_if(result_.columns.begin(), result_.columns.end(), [&](const PlanColumnName& one) { return one.name == column.name; });
            if (known == result_.columns.end() || (known->role != ColumnRole::source && known->role != ColumnRole::demand) || chart.series.size() >= 7)
                continue;
            paper::Series series{column.name, std::vector<std::optional<double>>(parts, 0.0)};
            for (std::size_t t = 0; t < column.values.size(); ++t) *series.values[t * parts / column.values.size()] += column.values[t] * step_hours;
            chart.series.push_back(std::move(series));
        }
        blocks_.emplace_back(std::move(chart));
    }

    void add_requirements() {
        paper::Facts facts{.title = label("plan_result", "prices"), .facts = {}};
        for (const PlanPrice& one : result_.prices)
            facts.facts.push_back({choice(one.requirement) + (one.part.empty() ? "" : " · " + one.part), figures_.money(one.price)});
        if (!facts.facts.empty()) blocks_.emplace_back(std::move(facts));
    }

    void add_shortfalls() {
        for (const auto& [field, list] : {std::pair("conflict", &result_.conflict), {"relaxation", &result_.relaxation}}) {
            paper::Facts facts{.title = label("plan_result", field), .facts = {}};
            for (const PlanShortfall& one : *list)
                facts.facts.push_back({choice(one.requirement) + (one.part.empty() ? "" : " · " + one.part), fmt::format("{:.6g} {}", one.amount, one.unit)});
            if (!facts.facts.empty()) blocks_.emplace_back(std::move(facts));
        }
    }

    const PlanPaper& of_;
    const PlanResult& result_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Response> plan_pdf(Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const PlanKey& key) {
    PlanPaper of;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        of = {};
        of.plan = TRY(plan_seen(transaction, caller, key.id));
        if (!of.plan.result) return Error{Failure::conflict, "planning.no_result", "There is no schedule of this plan."};
        of.study = TRY(transaction.get(of.plan.study));
        of.columns = TRY(columns_of_plan(transaction, key.id));
        const auto owner = TRY(transaction.find_one<Organisation>("id = $1", {of.plan.organisation.text}));
        of.owner = owner ? owner->name.best(caller.language) : of.plan.organisation.text;
        return Done{};
    }));
    paper::Document document{
        .front = library::front(caller, std::string(of.plan.title.best(caller.language)), of.plan.sample), .blocks = Writer(of, caller.language).blocks()};
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/planning/plans/" + key.id.text));
    const library::DocumentStatement statement{"energy_plan", key.id.text, of.plan.version, of.plan.title, to_json(*of.plan.result)};
    if (auto proof = library::proof_of(store, caller, address, log, statement, false)) document.blocks.push_back(std::move(*proof));
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

} // namespace

std::vector<Endpoint> plan_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {{"plan_pdf", Method::get, "/energy-plans/{id}/pdf", "A plan as PDF.", Mode::compute, signed_in,
        as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const PlanKey& key) -> Result<Response> {
            return plan_pdf(store, caller, address, log, key);
        }))}};
}

} // namespace greenbank::planning
