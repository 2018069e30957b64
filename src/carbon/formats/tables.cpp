// tables.cpp — the template of people: one row an exchange, its process beside it. What a row says of a process holds for all rows of that name.
#include <algorithm>

#include <fmt/format.h>

#include "carbon/formats/formats.h"
#include "carbon/formats/xml_parts.h"
#include "kernel/text.h"
#include "sheets/sheets.h"

namespace greenbank::carbon {

namespace {

constexpr std::string_view columns[] = {"process", "stage", "location", "allocation", "flow", "kind", "direction", "amount", "unit", "formula", "provider",
    "pedigree", "spread", "p1", "p2", "price", "role", "category", "note"};
constexpr std::string_view kinds[] = {"product", "waste", "elementary"};
constexpr std::string_view allocations[] = {"none", "physical", "economic", "causal", "substitution", "cut_off", "circular_footprint"};
constexpr std::string_view spreads[] = {"none", "lognormal", "normal", "triangular", "uniform"};

template <std::size_t n> std::optional<std::size_t> place_in(const std::string_view (&names)[n], std::string_view name) {
    const auto at = std::find(std::begin(names), std::end(names), name);
    if (at == std::end(names)) return {};
    return static_cast<std::size_t>(at - std::begin(names));
}

class Reader {
public:
    explicit Reader(ReadInventory& into) : out_(into.inventory), flows_(into.inventory) {}

    Result<Done> read(std::string bytes) {
        const auto table = TRY(sheets::open_table(sheets::Bytes{std::move(bytes)}, {.strip_apostrophe = true}));
        for (std::size_t i = 0; i < table->header().size(); ++i)
            for (const std::string_view name : columns)
                if (table->header()[i] == name) places_[std::string(name)] = i;
        for (const std::string_view needed : {"process", "flow", "direction", "amount"})
            if (!places_.contains(std::string(needed)))
                return Error{Failure::invalid, "inventory.column", "The table has no column {column}; take the template.", {{"column", std::string(needed)}}};
        Problems problems;
        while (const sheets::Row* row = TRY(table->next())) {
            if (problems.size() > 100) break;
            take(*row, problems);
        }
        if (!problems.empty()) return invalid(std::move(problems));
        for (ProcessItem& process : out_.processes)
            for (ExchangeItem& one : process.exchanges)
                if (const auto named = processes_.find(one.provider); named != processes_.end()) one.provider = out_.processes[named->second].id;
        return Done{};
    }

private:
    std::string at(const sheets::Row& row, std::string_view name) const {
        const auto place = places_.find(std::string(name));
        return place == places_.end() || place->second >= row.cells.size() ? std::string() : std::string(trim(row.cells[place->second].text));
    }
    void take(const sheets::Row& row, Problems& problems) {
        const auto wrong = [&](std::string_view column, std::string value) {
            problems.push_back({fmt::format("row {} {}", row.number, column), "inventory.cell", "{value} cannot stand in the column {column}.",
                {{"value", std::move(value)}, {"column", std::string(column)}}});
        };
        const std::string name = at(row, "process"), flow_name = at(row, "flow");
        if (name.empty() || flow_name.empty()) return wrong(name.empty() ? "process" : "flow", "-");
        const auto [known, is_new] = processes_.emplace(name, out_.processes.size());
        if (is_new) out_.processes.push_back({.id = id_of_text("process " + name), .name = name});
        ProcessItem& process = out_.processes[known->second];
        if (const std::string text = at(row, "stage"); !text.empty()) process.stage = text;
        if (const std::string text = at(row, "location"); !text.empty()) process.location = text;
        if (const std::string text = at(row, "allocation"); !text.empty()) {
            const auto place = place_in(allocations, text);
            if (place) process.allocation = static_cast<Allocation>(*place);
            else wrong("allocation", text);
        }
        ExchangeItem exchange;
        exchange.number = static_cast<std::int64_t>(process.exchanges.size()) + 1;
        const std::string direction = at(row, "direction"), kind = at(row, "kind");
        exchange.input = direction == "input";
        exchange.reference = direction == "reference";
        exchange.avoided = direction == "avoided";
        if (!exchange.input && !exchange.reference && !exchange.avoided && direction != "output" && direction != "parameter") wrong("direction", direction);
        const auto number = [&](std::string_view column, double otherwise) {
            const std::string text = at(row, column);
            if (text.empty()) return otherwise;
            const auto value = real_of(text);
            if (!value) wrong(column, text);
            return value.value_or(otherwise);
        };
        exchange.amount = number("amount", 0);
        exchange.unit = at(row, "unit");
        exchange.formula = at(row, "formula");
        if (direction == "parameter") {
            process.parameters.push_back({flow_name, exchange.amount, exchange.formula, {}, at(row, "note")});
            return;
        }
        const auto what = place_in(kinds, kind.empty() ? std::string_view("product") : std::string_view(kind));
        if (!what) return wrong("kind", kind);
        exchange.provider = at(row, "provider");
        exchange.pedigree = at(row, "pedigree");
        exchange.role = at(row, "role");
        exchange.note = at(row, "note");
        if (const std::string text = at(row, "spread"); !text.empty()) {
            const auto place = place_in(spreads, text);
            if (!place) wrong("spread", text);
            else exchange.uncertainty = {static_cast<Spread>(*place), number("p1", 0), number("p2", 0)};
        }
        if (!at(row, "price").empty()) exchange.price = number("price", 0);
        exchange.flow = flows_.number_of({id_of_text(fmt::format("flow {} {}", flow_name, kinds[*what])), flow_name, static_cast<FlowKind>(*what),
            at(row, "category"), exchange.unit, "", "", ""});
        process.exchanges.push_back(std::move(exchange));
    }

    Inventory& out_;
    FlowBook flows_;
    std::map<std::string, std::size_t> places_, processes_;
};

} // namespace

Result<Done> read_table(std::string bytes, ReadInventory& into) { return Reader(into).read(std::move(bytes)); }

Result<std::string> write_table(const Inventory& inventory, bool xlsx) {
    std::string bytes;
    const sheets::Sink sink = [&bytes](std::string_view piece) -> Result<Done> {
        bytes += piece;
        return Done{};
    };
    auto table = TRY(sheets::make_table(sink, xlsx ? sheets::Format::xlsx : sheets::Format::csv));
    std::vector<sheets::Column> titles;
    for (const std::string_view name : columns) titles.push_back({.title = std::string(name)});
    TRY(table->sheet("inventory", titles));
    std::map<std::string, std::string> names;
    for (const ProcessItem& process : inventory.processes) names[process.id] = process.name;
    for (const ProcessItem& process : inventory.processes) {
        const auto begin = [&](sheets::CellRow& row) {
            row.text(process.name).text(process.stage).text(process.location).text(allocations[static_cast<std::size_t>(process.allocation)]);
        };
        for (const ParameterItem& one : process.parameters) {
            sheets::CellRow row;
            begin(row);
            row.text(one.name).text("").text("parameter").decimal(real_text(one.value)).text("").text(one.formula);
            for (int i = 0; i < 8; ++i) row.empty();
            row.text(one.note);
            TRY(table->row(row));
        }
        for (const ExchangeItem& one : process.exchanges) {
            const FlowItem& flow = inventory.flows[one.flow];
            sheets::CellRow row;
            begin(row);
            row.text(flow.name).text(kinds[static_cast<std::size_t>(flow.kind)]);
            row.text(one.reference ? "reference"
                     : one.avoided ? "avoided"
                     : one.input   ? "input"
                                   : "output")
                .decimal(real_text(one.amount))
                .text(one.unit)
                .text(one.formula);
            const auto provider = names.find(one.provider);
            row.text(provider == names.end() ? one.provider : provider->second).text(one.pedigree);
            if (one.uncertainty.spread == Spread::none) row.empty().empty().empty();
            else
                row.text(spreads[static_cast<std::size_t>(one.uncertainty.spread)])
                    .decimal(real_text(one.uncertainty.p1))
                    .decimal(real_text(one.uncertainty.p2));
            if (one.price) row.decimal(real_text(*one.price));
            else row.empty();
            row.text(one.role).text(flow.category).text(one.note);
            TRY(table->row(row));
        }
    }
    TRY(table->finish());
    return bytes;
}

} // namespace greenbank::carbon
