// paper.cpp — an inventory of a territory on paper and as a workbook: balance, sectors, lines with their factors, notation keys.
#include <cmath>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "cities/territories/territories.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"
#include "sheets/sheets.h"
#include "json/json.h"

namespace greenbank::cities {

namespace {

struct BalancePaper {
    TerritoryInventory inventory;
    BalanceReport report;
    Text territory, owner;
    bool mine = false;
    std::string open_report; // JSON of what everybody may see, which is what is stated in the log
};

Result<BalancePaper> read(Transaction& transaction, const Caller& caller, const Id<TerritoryInventory>& id) {
    BalancePaper paper;
    paper.inventory = TRY(balance_seen(transaction, caller, id));
    paper.mine = owns(caller, paper.inventory.owner);
    paper.report = TRY(balance_report(transaction, paper.inventory, paper.mine));
    paper.open_report = to_json(paper.mine ? TRY(balance_report(transaction, paper.inventory, false)) : paper.report);
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {paper.inventory.territory.text}))) paper.territory = territory->title;
    paper.owner = TRY(organisation_name(transaction, paper.inventory.owner));
    return paper;
}

std::string factors_text(const BalanceRow& row) {
    if (row.stated_kg) return fmt::format("{:g} kg; {}", *row.stated_kg, row.stated_source.value_or(""));
    std::string text;
    for (const FactorUsed& one : row.factors)
        text += fmt::format("{}{} {} {} {:g} kg/{}", text.empty() ? "" : "; ", one.area, one.edition, one.gas, one.value, one.per);
    return text;
}

class Writer : public Wording {
public:
    Writer(const BalancePaper& of, Language language) : Wording(language), of_(of), figures_(language) {}

    std::string tonnes(std::int64_t kg) const { return figures_.number(static_cast<double>(kg) / 1000); }
    /// What must not be shown is "C", as the protocol writes it.
    std::string tonnes(const std::optional<std::int64_t>& kg) const { return kg ? tonnes(*kg) : "C"; }

    std::vector<paper::Block> blocks() const {
        const BalanceReport& report = of_.report;
        const auto of_report = [&](std::string_view field) { return label("balance_report", field); };
        std::vector<paper::Block> blocks;
        paper::Facts facts;
        facts.facts = {{say("record.territory"), std::string(of_.territory.best(language_))},
            {label("territory_inventory", "owner"), std::string(of_.owner.best(language_))},
            {label("territory_inventory", "year"), std::to_string(report.year)}, {label("territory_inventory", "level"), choice(report.level)},
            {label("territory_inventory", "gwp"), choice(of_.inventory.gwp)}, {label("territory_inventory", "state"), choice(of_.inventory.state)},
            {of_report("status"), choice(report.status)}};
        if (of_.inventory.source) facts.facts.push_back({label("territory_inventory", "source"), *of_.inventory.source});
        blocks.emplace_back(std::move(facts));

        paper::Table totals{.title = say("cities.balance"), .columns = {{""}, {"tCO2e", paper::Align::right}}, .rows = {}};
        const auto row = [&](std::string_view field, const std::optional<std::int64_t>& kg, bool strong = false) {
            totals.rows.push_back({{of_report(field), tonnes(kg)}, strong});
        };
        row("scope_1_kg", report.scope_1_kg);
        row("scope_2_kg", report.scope_2_kg);
        row("scope_3_kg", report.scope_3_kg);
        row("emissions_kg", report.emissions_kg, true);
        row("removals_kg", report.removals_kg);
        row("net_kg", report.net_kg, true);
        row("basic_kg", report.basic_kg);
        row("basic_plus_kg", report.basic_plus_kg);
        if (report.retired_kg > 0) row("retired_kg", report.retired_kg);
        blocks.emplace_back(std::move(totals));
        if (report.half_width_kg.value_or(0) > 0)
            blocks.emplace_back(paper::Paragraph{fill_in(say("cities.spread_text"),
                {{"half", tonnes(std::llround(*report.half_width_kg))}, {"low", tonnes(report.low_kg)}, {"high", tonnes(report.high_kg)},
                    {"share", figures_.number(std::floor(report.at_most_zero.value_or(0) * 1000) / 10) + " %"}})});
        if (report.unstated > 0) blocks.emplace_back(paper::Paragraph{fill_in(say("cities.unstated_text"), {{"count", std::to_string(report.unstated)}})});
        if (report.confidential > 0)
            blocks.emplace_back(paper::Paragraph{fill_in(say(of_.mine ? "cities.confidential_own_text" : "cities.confidential_text"),
                {{"count", std::to_string(report.confidential)}, {"beside", std::to_string(report.hidden_beside)}})});

        paper::BarChart chart{.title = say("cities.by_sector"), .unit = "tCO2e", .bars = {}, .decimals = 1};
        for (const BalanceCell& one : report.cells)
            if (one.kg)
                chart.bars.push_back({fmt::format("{} {} · {}", one.number, choice(one.sector), choice(one.scope)), static_cast<double>(*one.kg) / 1000});
        if (!chart.bars.empty()) blocks.emplace_back(std::move(chart));

        paper::Table lines{.title = label("territory_inventory", "lines"),
            .columns = {{label("territory_line", "name")}, {label("territory_line", "sector")}, {label("territory_line", "amount"), paper::Align::right},
                {label("balance_row", "factors")}, {label("territory_line", "tier"), paper::Align::right}, {"tCO2e", paper::Align::right}},
            .rows = {}};
        for (const BalanceRow& one : report.rows)
            lines.rows.push_back({{one.amount ? one.name : choice(NotationKey::c), one.number + " " + choice(one.sector),
                one.amount ? figures_.quantity(*one.amount, *one.unit) : "C", factors_text(one), std::to_string(one.tier), tonnes(one.kg)}});
        if (!lines.rows.empty()) blocks.emplace_back(std::move(lines));

        paper::Table notes{.title = label("territory_inventory", "notes"),
            .columns = {{label("territory_note", "sector")}, {label("territory_note", "key")}, {label("territory_note", "reason")}},
            .rows = {}};
        for (const TerritoryNote& one : of_.inventory.notes)
            notes.rows.push_back({{fmt::format("{} {}{}", gpc_number(one.sector), choice(one.sector), one.scope ? " · " + choice(*one.scope) : ""),
                choice(one.key), one.reason ? std::string(one.reason->best(language_)) : ""}});
        if (!notes.rows.empty()) blocks.emplace_back(std::move(notes));
        return blocks;
    }

private:
    const BalancePaper& of_;
    Figures figures_;
};

Result<Response> balance_pdf(
    Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const BalanceKey& key) {
    BalancePaper of;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        of = TRY(read(transaction, caller, key.id));
        return Done{};
    }));
    paper::Document document{.front = library::front(caller, std::string(of.inventory.title.best(caller.language)), of.inventory.sample),
        .blocks = Writer(of, caller.language).blocks()};
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/cities/inventories/" + key.id.text));
    if (of.inventory.state == BalanceState::final_) {
        const library::DocumentStatement statement{"territory_inventory", key.id.text, of.inventory.version, of.inventory.title, of.open_report};
        if (auto proof = library::proof_of(store, caller, address, log, statement, false)) document.blocks.push_back(std::move(*proof));
    }
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The first sheet can be imported again: its columns are those of the import.
Result<Raw> balance_xlsx(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    const BalancePaper of = TRY(read(transaction, caller, key.id));
    const Writer words(of, caller.language);
    std::string bytes;
    auto table = TRY(sheets::make_table(
        [&](std::string_view piece) -> Result<Done> {
            bytes += piece;
            return Done{};
        },
        sheets::Format::xlsx, {.created = caller.now}));
    std::vector<sheets::Column> columns;
    static constexpr std::string_view fields[] = {"name", "sector", "scope", "amount", "unit", "uncertainty_percent", "kind", "subject", "area", "stated_kg",
        "stated_percent", "stated_source", "stated_status", "tier", "data", "evidence", "channel", "confidential"};
    for (const std::string_view field : fields) columns.push_back({.title = std::string(field)});
    TRY(table->sheet(words.label("territory_inventory", "lines"), columns));
    const auto number = [](sheets::CellRow& row, const std::optional<double>& value) { value ? row.number(*value) : row.empty(); };
    for (std::size_t i = 0; i < of.inventory.lines.size(); ++i) {
        const TerritoryLine& one = of.inventory.lines[i];
        if (of.report.rows[i].confidential && !of.mine) continue;
        sheets::CellRow row;
        row.text(one.name).text(name_of(one.sector)).text(name_of(one.scope)).number(one.amount).text(one.unit);
        number(row, one.uncertainty_percent);
        row.text(one.kind ? name_of(*one.kind) : "").text(one.subject.value_or("")).text(one.area.value_or(""));
        number(row, one.stated_kg);
        number(row, one.stated_percent);
        row.text(one.stated_source.value_or("")).text(one.stated_status ? name_of(*one.stated_status) : "").integer(one.tier).text(name_of(one.data));
        row.text(one.evidence.value_or("")).text(one.channel && of.mine ? one.channel->text : "").text(one.confidential ? "true" : "false");
        TRY(table->row(row));
    }
    const sheets::Column results[] = {{.title = words.label("territory_line", "name")}, {.title = words.label("balance_row", "number")},
        {.title = words.label("balance_row", "ipcc")}, {.title = words.label("territory_line", "sector")}, {.title = words.label("territory_line", "scope")},
        {.title = words.label("balance_row", "kg")}, {.title = words.label("balance_row", "factors")}};
    TRY(table->sheet(words.say("cities.results"), results));
    for (const BalanceRow& one : of.report.rows) {
        sheets::CellRow row;
        row.text(one.kg ? one.name : words.choice(NotationKey::c)).text(one.number).text(one.ipcc).text(words.choice(one.sector)).text(words.choice(one.scope));
        one.kg ? row.integer(*one.kg) : row.text("C");
        row.text(factors_text(one));
        TRY(table->row(row));
    }
    for (const auto& [field, kg] :
        {std::pair<std::string_view, std::optional<std::int64_t>>{"emissions_kg", of.report.emissions_kg}, {"removals_kg", of.report.removals_kg},
            {"net_kg", of.report.net_kg}, {"basic_kg", of.report.basic_kg}, {"basic_plus_kg", of.report.basic_plus_kg}}) {
        sheets::CellRow row;
        row.text(words.label("balance_report", field)).empty().empty().empty().empty();
        kg ? row.integer(*kg) : row.text("C");
        row.empty();
        TRY(table->row(row));
    }
    for (const IpccRow& one : of.report.ipcc) {
        sheets::CellRow row;
        row.text("IPCC").text(std::to_string(static_cast<int>(one.sector) + 1)).empty().text(words.choice(one.sector)).empty().integer(one.kg).empty();
        TRY(table->row(row));
    }
    TRY(table->finish());
    return Raw{std::string(xlsx_type), std::move(bytes), {{"Content-Disposition", fmt::format("attachment; filename=\"{}.xlsx\"", key.id.text)}}};
}

} // namespace

std::vector<Endpoint> balance_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        {"territory_inventory_pdf", Method::get, "/territory-inventories/{id}/pdf", "An inventory of a territory as PDF.", Mode::compute, open_to_all,
            as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const BalanceKey& key) -> Result<Response> {
                return balance_pdf(store, caller, address, log, key);
            }))},
        {"territory_inventory_xlsx", Method::get, "/territory-inventories/{id}/xlsx",
            "An inventory of a territory as a workbook, whose first sheet can be imported again.", Mode::read, open_to_all,
            as_file(xlsx_type, call(balance_xlsx))},
    };
}

} // namespace greenbank::cities
