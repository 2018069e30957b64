// paper.cpp — an inventory on paper and as a workbook: scopes, categories, sources with their factors, uncertainty, completeness, base year.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "carbon/inventories/inventories.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"
#include "sheets/sheets.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

struct InventoryPaper {
    OrganisationInventory inventory;
    InventoryReport report;
    std::string owner;
};

Result<InventoryPaper> read(Transaction& transaction, const Caller& caller, const Id<OrganisationInventory>& id) {
    InventoryPaper paper;
    paper.inventory = TRY(inventory_seen(transaction, caller, id));
    paper.report = TRY(report_of(transaction, paper.inventory, known_on(paper.inventory)));
    const auto owner = TRY(transaction.find_one<parties::Organisation>("id = $1", {paper.inventory.owner}));
    paper.owner = owner ? owner->name.best(caller.language) : paper.inventory.owner;
    return paper;
}

std::string factors_text(const InventoryRow& row) {
    std::string text;
    for (const auto* list : {&row.factors, &row.market_factors})
        for (const FactorUsed& one : *list)
            text += fmt::format("{}{} {} {} {:g} kg/{}", text.empty() ? "" : "; ", one.area, one.edition, one.gas, one.value, one.per);
    return text;
}

class Writer : public Wording {
public:
    Writer(const InventoryPaper& of, Language language) : Wording(language), of_(of), figures_(language) {}

    std::string tonnes(std::int64_t kg) const { return figures_.number(static_cast<double>(kg) / 1000); }

    std::vector<paper::Block> blocks() const {
        std::vector<paper::Block> blocks;
        const InventoryReport& report = of_.report;
        paper::Facts facts;
        facts.facts = {{label("organisation_inventory", "owner"), of_.owner}, {label("organisation_inventory", "year"), std::to_string(report.year)},
            {label("organisation_inventory", "consolidation"), choice(of_.inventory.consolidation)},
            {label("organisation_inventory", "gwp"), choice(report.gwp)}, {label("organisation_inventory", "state"), choice(of_.inventory.state)},
            {label("inventory_report", "status"), choice(report.status)},
            {label("inventory_report", "uncertainty_percent"), fmt::format("± {:.2f} %", report.uncertainty_percent)},
            {label("inventory_report", "sampled_percent"), fmt::format("± {:.2f} %", report.sampled_percent)}};
        blocks.emplace_back(std::move(facts));

        paper::Table totals{.title = say("inventory.by_scope"),
            .columns = {{""}, {say("inventory.by_location"), paper::Align::right}, {say("inventory.by_market"), paper::Align::right}},
            .rows = {}};
        const auto row = [&](std::string title, std::int64_t location, std::int64_t market, bool strong = false) {
            totals.rows.push_back({{std::move(title), tonnes(location), tonnes(market)}, strong});
        };
        row(choice(Scope::scope_1), report.scope_1_kg, report.scope_1_kg);
        row(choice(Scope::scope_2), report.scope_2_location_kg, report.scope_2_market_kg);
        row(choice(Scope::scope_3), report.scope_3_kg, report.scope_3_kg);
        row(say("inventory.total") + ", tCO2e", report.location_kg, report.market_kg, true);
        blocks.emplace_back(std::move(totals));

        paper::BarChart chart{.title = say("inventory.by_category"), .unit = "tCO2e", .bars = {}, .decimals = 1};
        for (const CategoryRow& one : report.categories) chart.bars.push_back({choice(one.category), static_cast<double>(one.location_kg) / 1000});
        if (!chart.bars.empty()) blocks.emplace_back(std::move(chart));

        paper::Table sources{.title = label("organisation_inventory", "sources"),
            .columns = {{label("inventory_source", "name")}, {label("inventory_source", "category")},
                {label("inventory_source", "amount"), paper::Align::right}, {label("inventory_row", "factors")}, {"tCO2e", paper::Align::right}},
            .rows = {}};
        for (const InventoryRow& one : report.rows)
            sources.rows.push_back({{one.name, choice(one.category), figures_.quantity(one.amount, one.unit), factors_text(one), tonnes(one.location_kg)}});
        if (!sources.rows.empty()) blocks.emplace_back(std::move(sources));

        std::string missing;
        for (const Category one : report.missing) missing += (missing.empty() ? "" : language_ == Language::zh ? "、" : ", ") + choice(one);
        if (!missing.empty()) blocks.emplace_back(paper::Paragraph{label("inventory_report", "missing") + (language_ == Language::zh ? "：" : ": ") + missing});
        for (const ExplainedCategory& one : of_.inventory.explained)
            blocks.emplace_back(paper::Paragraph{choice(one.category) + (language_ == Language::zh ? "：" : ": ") + std::string(one.reason.best(language_))});
        if (report.base) {
            paper::Facts base{.title = say("record.base_year_report"), .facts = {}};
            base.facts = {{label("base_year_report", "year"), std::to_string(report.base->year)},
                {label("base_year_report", "base_kg"), tonnes(report.base->base_kg) + " t"},
                {label("base_year_report", "recalculated_kg"), tonnes(report.base->recalculated_kg) + " t"},
                {label("base_year_report", "percent"), fmt::format("{:.2f} %", report.base->percent)},
                {label("base_year_report", "change_kg"), tonnes(report.base->change_kg) + " t"}};
            blocks.emplace_back(std::move(base));
        }
        return blocks;
    }

private:
    const InventoryPaper& of_;
    Figures figures_;
};

Result<Response> inventory_pdf(
    Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const InventoryKey& key) {
    InventoryPaper of;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        of = TRY(read(transaction, caller, key.id));
        return Done{};
    }));
    paper::Document document{
        .front = library::front(caller, of.inventory.title.best(caller.language), of.inventory.sample), .blocks = Writer(of, caller.language).blocks()};
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/carbon/inventories/" + key.id.text));
    const library::DocumentStatement statement{"inventory", key.id.text, of.inventory.version, of.inventory.title, to_json(of.report)};
    if (auto proof = library::proof_of(store, caller, address, log, statement, false)) document.blocks.push_back(std::move(*proof));
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The first sheet can be imported again: its columns are those of the import.
Result<Raw> inventory_xlsx(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    const InventoryPaper of = TRY(read(transaction, caller, key.id));
    const Writer words(of, caller.language);
    std::string bytes;
    auto table = TRY(sheets::make_table(
        [&](std::string_view piece) -> Result<Done> {
            bytes += piece;
            return Done{};
        },
        sheets::Format::xlsx, {.created = caller.now}));
    std::vector<sheets::Column> columns;
    static constexpr std::string_view fields[] = {
        "name", "category", "amount", "unit", "uncertainty_percent", "kind", "subject", "area", "market", "market_value", "evidence"};
    for (const std::string_view field : fields) columns.push_back({.title = std::string(field)});
    TRY(table->sheet(words.label("organisation_inventory", "sources"), columns));
    for (const InventorySource& one : of.inventory.sources) {
        sheets::CellRow row;
        row.text(one.name).text(name_of(one.category)).number(one.amount).text(one.unit);
        one.uncertainty_percent ? row.number(*one.uncertainty_percent) : row.empty();
        row.text(name_of(one.kind)).text(one.subject).text(one.area.value_or("")).text(one.market ? name_of(*one.market) : "");
        one.market_value ? row.number(*one.market_value) : row.empty();
        row.text(one.evidence.value_or(""));
        TRY(table->row(row));
    }
    const sheets::Column results[] = {{.title = words.label("inventory_source", "name")}, {.title = words.label("inventory_row", "scope")},
        {.title = words.label("inventory_source", "category")}, {.title = words.label("inventory_row", "location_kg")},
        {.title = words.label("inventory_row", "market_kg")}, {.title = words.label("inventory_row", "factors")}};
    TRY(table->sheet(words.say("inventory.results"), results));
    for (const InventoryRow& one : of.report.rows) {
        sheets::CellRow row;
        row.text(one.name)
            .text(words.choice(one.scope))
            .text(words.choice(one.category))
            .integer(one.location_kg)
            .integer(one.market_kg)
            .text(factors_text(one));
        TRY(table->row(row));
    }
    sheets::CellRow total;
    total.text(words.say("inventory.total")).empty().empty().integer(of.report.location_kg).integer(of.report.market_kg).empty();
    TRY(table->row(total));
    TRY(table->finish());
    return Raw{std::string(xlsx_type), std::move(bytes), {{"Content-Disposition", fmt::format("attachment; filename=\"{}.xlsx\"", key.id.text)}}};
}

} // namespace

std::vector<Endpoint> inventory_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        {"inventory_pdf", Method::get, "/inventories/{id}/pdf", "An inventory as PDF.", Mode::compute, signed_in,
            as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const InventoryKey& key) -> Result<Response> {
                return inventory_pdf(store, caller, address, log, key);
            }))},
        {"inventory_xlsx", Method::get, "/inventories/{id}/xlsx", "An inventory as a workbook, whose first sheet can be imported again.", Mode::read, signed_in,
            as_file(xlsx_type, call(inventory_xlsx))},
    };
}

} // namespace greenbank::carbon
