// files.cpp — inventories without a server: activities and factors in, lines, totals and a summary out.
#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/files.h"
#include "carbon/inventories/inventories.h"
#include "kernel/csv.h"
#include "sheets/named_rows.h"
#include "json/json.h"

namespace greenbank::carbon {

using sheets::in_file;
using sheets::NamedRows;

struct InventoryOptions {
    std::string in, factors, out;
    GwpEdition gwp = GwpEdition::ar6;
    std::optional<Date> known_on;
};
Record describe(const InventoryOptions*) {
    using Options = InventoryOptions;
    return {"inventory_options", "Which activities, with which factors.",
        {field<&Options::in>("in",
             "Activities: a table organisation,year,name,category,amount,unit,kind,subject,area and, if wanted, market,market_value,uncertainty_percent.",
             {.min = 1}),
            field<&Options::factors>("factors",
                "Factors: a table id,kind,subject,gas,area,from,until,edition,value,per and, if wanted, "
                "gwp,horizon_years,published,uncertainty_percent,status,source.",
                {.min = 1}),
            field<&Options::out>("out", "The folder to write lines.csv, totals.csv and report.json into.", {.min = 1}),
            field<&Options::gwp>("gwp", "Whose warming potentials.", {.defaulted = true}),
            field<&Options::known_on>("known_on", "Factors published up to that day; left out: all.")}};
}

namespace {

constexpr std::string_view activity_columns[] = {
    "organisation", "year", "name", "category", "amount", "unit", "kind", "subject", "area", "market", "market_value", "uncertainty_percent"};
constexpr std::string_view factor_columns[] = {"id", "kind", "subject", "gas", "area", "from", "until", "edition", "value", "per", "gwp", "horizon_years",
    "published", "uncertainty_percent", "status", "source"};

/// Reads cells of a row; what is wrong is a fault of the row.
class Cells {
public:
    explicit Cells(NamedRows& rows) : rows_(rows) {}
    std::string text(std::size_t column) { return std::string(rows_[column]); }
    double number(std::size_t column) {
        const auto number = sheets::parse_number<double>(rows_[column]);
        if (number && std::isfinite(*number)) return *number;
        rows_.fault(column, "inventory.file_number", "This is no number.");
        return 0;
    }
    std::optional<double> maybe(std::size_t column) { return rows_[column].empty() ? std::nullopt : std::optional(number(column)); }
    template <class E> E choice(std::size_t column) {
        if (const auto found = parse_choice<E>(rows_[column])) return *found;
        std::vector<std::string> known(std::begin(Choices<E>::values), std::end(Choices<E>::values));
        rows_.fault(column, "inventory.file_choice", "This is none of: {choices}.", {{"choices", join(known, ", ")}});
        return {};
    }
    template <class E> std::optional<E> maybe_choice(std::size_t column) { return rows_[column].empty() ? std::nullopt : std::optional(choice<E>(column)); }
    Date date(std::size_t column) {
        if (const auto date = parse_date(rows_[column])) return *date;
        rows_.fault(column, "inventory.file_date", "This is no day; write it like 2026-11-20.");
        return {};
    }
    void unit(std::size_t column) {
        if (!parse_unit(rows_[column]))
            rows_.fault(column, "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", text(column).substr(0, 40)}});
    }

private:
    NamedRows& rows_;
};

Result<std::vector<Activity>> read_activities(const std::string& path) {
    NamedRows rows = TRY(NamedRows::open(path, activity_columns, 9));
    std::vector<Activity> activities;
    Cells cells(rows);
    while (!rows.too_many() && TRY(rows.next())) {
        const double year = cells.number(1);
        if (year != std::floor(year) || year < 1900 || year > 2200) rows.fault(1, "inventory.file_year", "This is no year.");
        Activity one{cells.text(0), cells.text(2), static_cast<std::int32_t>(std::clamp(year, 0.0, 9999.0)), cells.choice<Category>(3), cells.number(4),
            cells.text(5), cells.maybe(11).value_or(0), cells.choice<FactorKind>(6), cells.text(7), cells.text(8), cells.maybe_choice<FactorKind>(9),
            cells.maybe(10)};
        cells.unit(5);
        if (one.area.empty()) one.area = "WORLD";
        if (one.amount < 0) rows.fault(4, "inventory.file_amount", "An amount is not below 0.");
        activities.push_back(std::move(one));
        if (activities.size() > 5'000'000)
            return Error{Failure::too_large, "inventory.too_many", "An inventory has at most {limit} sources.", {{"limit", "5000000"}}};
    }
    if (!rows.problems().empty()) return invalid(std::move(rows.problems()));
    return activities;
}

Result<std::vector<Factor>> read_factors(const std::string& path) {
    NamedRows rows = TRY(NamedRows::open(path, factor_columns, 10));
    std::vector<Factor> factors;
    Cells cells(rows);
    while (!rows.too_many() && TRY(rows.next())) {
        Factor one{.id = cells.text(0),
            .kind = cells.choice<FactorKind>(1),
            .subject = cells.text(2),
            .gas = cells.text(3),
            .gwp = cells.maybe_choice<GwpEdition>(10),
            .horizon_years = static_cast<std::int64_t>(cells.maybe(11).value_or(100)),
            .area = cells.text(4),
            .from = cells.date(5),
            .until = cells.date(6),
            .edition = cells.text(7),
            .published = rows[12].empty() ? Date{} : cells.date(12),
            .value = cells.number(8),
            .per = cells.text(9),
            .uncertainty_percent = cells.maybe(13),
            .status = cells.maybe_choice<FactorStatus>(14).value_or(FactorStatus::unconfirmed),
            .source = cells.text(15)};
        if (rows[12].empty()) one.published = one.from;
        cells.unit(9);
        factors.push_back(std::move(one));
    }
    if (!rows.problems().empty()) return invalid(std::move(rows.problems()));
    return factors;
}

void cell(std::string& out, std::string_view text, char end = ',') {
    append_csv_cell(out, text);
    out += end;
}

std::string lines_csv(const std::vector<Activity>& activities, const ComputedInventory& computed) {
    std::string out = "organisation,year,name,scope,category,amount,unit,location_kg,market_kg,factors,editions\n";
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const Activity& one = activities[i];
        std::vector<std::string> ids, editions;
        for (const FactorChoice& choice : computed.activities[i].location) ids.push_back(choice.factor.id), editions.push_back(choice.factor.edition);
        cell(out, one.organisation);
        out += fmt::format("{},", one.year);
        cell(out, one.name);
        out += fmt::format("{},{},{},", name_of(scope_of(one.category)), name_of(one.category), one.amount);
        cell(out, one.unit);
        out += fmt::format("{},{},", computed.activities[i].result.location_kg, computed.activities[i].result.market_kg);
        cell(out, join(ids, " "));
        cell(out, join(editions, " "), '\n');
    }
    return out;
}

Result<int> compute_files(const InventoryOptions& options, Console& console) {
    const auto activities = TRY(in_file(read_activities(options.in), "inventory.file", "The table {path} is not right; nothing was written.", options.in));
    auto factors = TRY(in_file(read_factors(options.factors), "inventory.file", "The table {path} is not right; nothing was written.", options.factors));
    FactorTable table(std::move(factors), options.gwp, options.known_on);
    const ComputedInventory computed = TRY(compute_inventory(activities, table));
    const InventoryBook book(computed.lines, computed.factors);

    std::string totals = "organisation,year,scope_1_kg,scope_2_location_kg,scope_2_market_kg,scope_3_kg,location_kg,market_kg,uncertainty_percent\n";
    JsonWriter json;
    json.begin_object().member("gwp", name_of(options.gwp)).member("activities", static_cast<std::int64_t>(activities.size())).key("inventories").begin_list();
    std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<InventoryLine>> places;
    for (const InventoryLine& line : computed.lines) places[{line.organisation, line.year}].push_back(line);
    for (const auto& [place, lines] : places) {
        const InventoryTotals& sum = *book.totals(place.first, place.second);
        const TotalSpread spread = propagated(lines, computed.factors, false);
        const std::int64_t numbers[] = {sum.scope(Scope::scope_1, false), sum.scope(Scope::scope_2, false), sum.scope(Scope::scope_2, true),
            sum.scope(Scope::scope_3, false), sum.total(false), sum.total(true)};
        const std::string& organisation = computed.organisations[place.first];
        cell(totals, organisation);
        totals += fmt::format("{},{}\n", place.second, fmt::format("{},{:.4f}", fmt::join(numbers, ","), spread.percent));
        json.begin_object().member("organisation", organisation).member("year", std::int64_t{place.second});
        static constexpr std::string_view names[] = {"scope_1_kg", "scope_2_location_kg", "scope_2_market_kg", "scope_3_kg", "location_kg", "market_kg"};
        for (std::size_t i = 0; i < std::size(names); ++i) json.member(names[i], numbers[i]);
        json.member("uncertainty_percent", spread.percent).end_object();
    }
    const std::string report = json.end_list().end_object().take() + "\n";
    std::error_code failed;
    std::filesystem::create_directories(options.out, failed);
    TRY(write_file(options.out + "/lines.csv", lines_csv(activities, computed)));
    TRY(write_file(options.out + "/totals.csv", totals));
    TRY(write_file(options.out + "/report.json", report));
    console.out(console.json ? report : totals);
    return 0;
}

} // namespace

Command inventory_command() {
    return command("inventory", "compute", "Compute inventories of organisations: activities and factors in, scopes 1 to 3 out.", compute_files);
}

} // namespace greenbank::carbon
