// dashboard.cpp — what everybody may see of a city: today's emissions as an estimate, progress to its targets, its projects, its peak; and the same as open data.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "cities/carbons/owned.h"
#include "cities/index_csv.h"
#include "events/signings/signings.h"

namespace greenbank::cities {

struct DashboardTarget {
    Id<CarbonTarget> id;
    Text title, responsible_name;
    std::int64_t year = 0;
    TargetStanding standing;
};
Record describe(const DashboardTarget*) {
    using T = DashboardTarget;
    return {"dashboard_target", "A target on the dashboard.",
        {field<&T::id>("id", "Which."), field<&T::title>("title", "Its name."), field<&T::responsible_name>("responsible_name", "Who answers for it."),
            field<&T::year>("year", "The year."), field<&T::standing>("standing", "Where it stands.")}};
}
struct DashboardProject {
    Id<projects::Project> id;
    Text title;
    projects::Progress progress = projects::Progress::preparing;
    std::optional<double> latitude, longitude;
};
Record describe(const DashboardProject*) {
    using P = DashboardProject;
    return {"dashboard_project", "A project on the dashboard.",
        {field<&P::id>("id", "Which."), field<&P::title>("title", "Its name."), field<&P::progress>("progress", "How far it is."),
            field<&P::latitude>("latitude", "Where it stands."), field<&P::longitude>("longitude", "Where it stands.")}};
}
struct DashboardSigning {
    Id<events::Signing> id;
    Text title;
    events::SigningKind kind = events::SigningKind::other;
    std::optional<Money> amount;
    events::FigureStanding standing = events::FigureStanding::unconfirmed;
    std::optional<Time> signed_at;
};
Record describe(const DashboardSigning*) {
    using S = DashboardSigning;
    return {"dashboard_signing", "Something signed, on the dashboard.",
        {field<&S::id>("id", "Which."), field<&S::title>("title", "What it is about."), field<&S::kind>("kind", "What was signed."),
            field<&S::amount>("amount", "For how much."), field<&S::standing>("standing", "Whose word the amount is."),
            field<&S::signed_at>("signed_at", "When.")}};
}
struct Dashboard {
    Territory territory;
    std::vector<BalanceSummary> years;
    std::optional<std::int64_t> today_kg, day_kg; // given off since midnight UTC, and in a day, by the newest inventory
    std::vector<DashboardTarget> targets;
    std::vector<DashboardProject> projects;
    std::int64_t signed_count = 0;
    std::vector<Money> signed_amounts; // by currency
    std::vector<DashboardSigning> signings;
    std::vector<Territory> parts;
    std::optional<std::int64_t> since_base_percent_tenths; // change of all sources since the base year
    Time at;
};
Record describe(const Dashboard*) {
    using D = Dashboard;
    return {"territory_dashboard", "What everybody may see of a territory.",
        {field<&D::territory>("territory", "It."), field<&D::years>("years", "Its final inventories, the newest first.", {.max = 60}),
            field<&D::today_kg>("today_kg", "Since midnight UTC, estimated from the newest inventory.", {.unit = "kgCO2e"}),
            field<&D::day_kg>("day_kg", "In a day.", {.unit = "kgCO2e"}), field<&D::targets>("targets", "Targets and where they stand.", {.max = 100}),
            field<&D::projects>("projects", "Published projects of its organisation or within fifty kilometres.", {.max = 50}),
            field<&D::signed_count>("signed_count", "What was signed at public events for these projects, or by who keeps it and its parts."),
            field<&D::signed_amounts>("signed_amounts", "For how much, by currency."), field<&D::signings>("signings", "The latest of it.", {.max = 20}),
            field<&D::parts>("parts", "What belongs to it.", {.max = 200}),
            field<&D::since_base_percent_tenths>("since_base_percent_tenths", "All sources since the base year, in tenths of a percent."),
            field<&D::at>("at", "When this was asked.")}};
}
struct OpenDataAsk {
    Id<Territory> id;
    std::string format = "csv";
};
Record describe(const OpenDataAsk*) {
    return {"open_data_ask", "In which format.",
        {field<&OpenDataAsk::id>("id", "Which territory."), field<&OpenDataAsk::format>("format", "csv or json.", {.min = 3, .max = 4, .defaulted = true})}};
}

namespace {

constexpr double near_kilometres = 50;
constexpr std::size_t signings_shown = 20;

double kilometres(double latitude, double longitude, double other_latitude, double other_longitude) {
    constexpr double degree = 0.017453292519943295, radius = 6371;
    const double a = std::pow(std::sin((other_latitude - latitude) * degree / 2), 2) +
                     std::cos(latitude * degree) * std::cos(other_latitude * degree) * std::pow(std::sin((other_longitude - longitude) * degree / 2), 2);
    return 2 * radius * std::asin(std::min(1.0, std::sqrt(a)));
}

Result<Done> add_signings(Transaction& transaction, Dashboard& board) {
    std::set<std::string> keepers{board.territory.owner}, projects;
    for (const Territory& part : board.parts) keepers.insert(part.owner);
    for (const DashboardProject& one : board.projects) projects.insert(one.id.text);
    events::Amounts amounts;
    for (events::Signing& one : TRY(events::open_signings(transaction))) {
        const bool by_keeper = std::any_of(one.parties.begin(), one.parties.end(),
            [&](const events::SigningParty& party) { return party.organisation && keepers.contains(party.organisation->text); });
        if (!by_keeper && !(one.project && projects.contains(one.project->text))) continue;
        ++board.signed_count;
        if (one.amount) amounts.add(*one.amount);
        if (board.signings.size() < signings_shown) board.signings.push_back({one.id, std::move(one.title), one.kind, one.amount, one.standing, one.signed_at});
    }
    board.signed_amounts = amounts.all();
    return Done{};
}

Result<Dashboard> dashboard_get(Transaction& transaction, const Caller& caller, const TerritoryKey& key) {
    Dashboard board{.territory = TRY(territory_seen(transaction, caller, key.id))};
    const Territory& one = board.territory;
    board.at = caller.now;
    for (const TerritoryInventory& inventory : TRY(final_inventories(transaction, one.id)))
        board.years.push_back(TRY(summary_of(transaction, inventory, false)));
    if (!board.years.empty() && board.years.front().emissions_kg) {
        const std::int64_t emissions = *board.years.front().emissions_kg;
        const double day = static_cast<double>(emissions) / 365.25;
        const double seconds = static_cast<double>(caller.now.microseconds / 1'000'000 % 86'400);
        board.day_kg = std::llround(day);
        board.today_kg = std::llround(day * seconds / 86'400);
        const auto base = std::find_if(board.years.begin(), board.years.end(), [&](const BalanceSummary& year) { return year.year == one.base_year; });
        if (base != board.years.end() && base->emissions_kg.value_or(0) > 0)
            board.since_base_percent_tenths =
                std::llround(1000.0 * static_cast<double>(emissions - *base->emissions_kg) / static_cast<double>(*base->emissions_kg));
    }
    for (const CarbonTarget& target : TRY(transaction.find<CarbonTarget>(
             "territory = $1 OR territory IN (SELECT id FROM territory WHERE part_of = $1 AND state = 'published') ORDER BY year DESC, id LIMIT 100",
             {one.id.text}))) {
        auto responsible = TRY(organisation_name(transaction, target.responsible.text));
        board.targets.push_back({target.id, target.title, std::move(responsible), target.year, standing_of(target)});
    }
    for (const projects::Project& stored : TRY(transaction.find<projects::Project>("state = 'published' ORDER BY id LIMIT 2000"))) {
        const projects::Project project = projects::teaser(stored);
        const bool near = one.latitude && one.longitude && project.latitude && project.longitude &&
                          kilometres(*one.latitude, *one.longitude, *project.latitude, *project.longitude) <= near_kilometres;
        if (!near && !(stored.owner && stored.owner->text == one.owner)) continue;
        board.projects.push_back({project.id, project.title, project.progress, project.latitude, project.longitude});
        if (board.projects.size() == 50) break;
    }
    for (Territory& part : TRY(transaction.find<Territory>("part_of = $1 AND state = 'published' ORDER BY id LIMIT 200", {one.id.text})))
        board.parts.push_back(std::move(part));
    TRY(add_signings(transaction, board));
    return board;
}

/// Every sector of every final year, a row each; "C" where a confidential line could be worked out.
Result<Raw> open_data(Transaction& transaction, const Caller& caller, const OpenDataAsk& ask) {
    const Territory territory = TRY(territory_seen(transaction, caller, ask.id));
    if (ask.format != "csv" && ask.format != "json") return invalid({{"format", "cities.open_format", "Open data come as csv or json."}});
    CsvText csv("territory,year,inventory,sector_number,sector,scope,kg_co2e,status");
    std::string json = "[";
    for (const TerritoryInventory& inventory : TRY(final_inventories(transaction, territory.id))) {
        const auto report = balance_report(transaction, inventory, false);
        if (!report) continue;
        for (const BalanceCell& cell : report.value().cells) {
            const std::string_view status = name_of(report.value().status);
            csv.cell(territory.id.text)
                .cell(static_cast<double>(inventory.year))
                .cell(inventory.id.text)
                .cell(cell.number)
                .cell(name_of(cell.sector))
                .cell(name_of(cell.scope));
            csv.cell(cell.kg ? std::to_string(*cell.kg) : "C");
            csv.cell(status).end();
            json +=
                fmt::format(R"({}{{"territory":"{}","year":{},"inventory":"{}","sector_number":"{}","sector":"{}","scope":"{}","kg_co2e":{},"status":"{}"}})",
                    json.size() > 1 ? "," : "", territory.id.text, inventory.year, inventory.id.text, cell.number, name_of(cell.sector), name_of(cell.scope),
                    cell.kg ? std::to_string(*cell.kg) : "null", status);
        }
    }
    const bool as_json = ask.format == "json";
    return Raw{as_json ? "application/json" : "text/csv; charset=utf-8", as_json ? json + "]" : csv.take(),
        {{"Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", territory.id.text, ask.format)}}};
}

} // namespace

std::vector<Endpoint> dashboard_endpoints() {
    return {
        {"territory_dashboard_get", Method::get, "/territories/{id}/dashboard", "What everybody may see of a territory: today's estimate, targets, projects.",
            Mode::read, open_to_all, call(dashboard_get)},
        {"territory_open_data", Method::get, "/territories/{id}/open-data", "Every sector of every final year as csv or json.", Mode::read, open_to_all,
            as_file("text/csv", call(open_data))},
    };
}

} // namespace greenbank::cities
