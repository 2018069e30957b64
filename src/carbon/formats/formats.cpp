// formats.cpp — which format an archive is in, and what all readers share.
#include "carbon/formats/formats.h"

#include <cmath>

#include "carbon/formats/xml_parts.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t text_bytes_max = 512 << 20;

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// Told by the beginning of a file and its name.
std::optional<InventoryFormat> format_of(const std::string& path, std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 2'000);
    if (has(head, "www.EcoInvent.org/EcoSpold02")) return InventoryFormat::ecospold2;
    if (has(head, "www.EcoInvent.org/EcoSpold01")) return InventoryFormat::ecospold1;
    if (has(head, "lca.jrc.it/ILCD")) return InventoryFormat::ilcd;
    if (path.ends_with(".json") && (has(head, "openlca") || has(head, "olca-schema") || has(head, "\"@type\"") || has(head, "schemaVersion")))
        return InventoryFormat::json_ld;
    if (head.starts_with("PK\x03\x04")) return InventoryFormat::xlsx;
    if (path.ends_with(".csv")) return InventoryFormat::csv;
    return {};
}

/// No infinite amount and none that is no number comes further than here.
Result<Done> check_finite(const Inventory& inventory) {
    Problems problems;
    const auto look = [&](const std::string& where, const std::string& what, double value, const Uncertainty& how) {
        if (std::isfinite(value) && std::isfinite(how.p1) && std::isfinite(how.p2)) return;
        if (problems.size() < 100)
            problems.push_back({where, "inventory.not_finite", "The amount of {what} is infinite or no number; write a finite one.", {{"what", what}}});
    };
    for (const ProcessItem& process : inventory.processes) {
        for (const ExchangeItem& one : process.exchanges) look(process.name, inventory.flows[one.flow].name, one.amount, one.uncertainty);
        for (const ParameterItem& one : process.parameters) look(process.name, one.name, one.value, one.uncertainty);
    }
    for (const ParameterItem& one : inventory.parameters) look("parameters", one.name, one.value, one.uncertainty);
    for (const ImpactCategory& impact : inventory.impacts)
        for (const ImpactFactor& one : impact.factors) look(impact.name, inventory.flows[one.flow].name, one.value, one.uncertainty);
    if (problems.empty()) return Done{};
    return Error{Failure::invalid, "inventory.amounts",
        "Amounts in {where} and {count} in all are infinite or no numbers; correct them and bring the file again.",
        {{"where", problems.front().field}, {"count", std::to_string(problems.size())}}, problems};
}

} // namespace

FlowBook::FlowBook(Inventory& inventory) : inventory_(inventory) {
    for (std::uint32_t i = 0; i < inventory_.flows.size(); ++i) numbers_.emplace(inventory_.flows[i].id, i);
}

std::uint32_t FlowBook::number_of(const FlowItem& flow) {
    const auto [at, is_new] = numbers_.emplace(flow.id, static_cast<std::uint32_t>(inventory_.flows.size()));
    if (is_new) {
        inventory_.flows.push_back(flow);
        return at->second;
    }
    FlowItem& known = inventory_.flows[at->second];
    for (std::string FlowItem::*const field : {&FlowItem::name, &FlowItem::category, &FlowItem::unit, &FlowItem::cas, &FlowItem::formula, &FlowItem::location})
        if ((known.*field).empty()) known.*field = flow.*field;
    return at->second;
}

ReadWatch::ReadWatch(const Archive& archive, const ReadHow& how) : archive_(archive), how_(how) {
    for (const Archive::File& file : archive_.files()) bytes_ += file.size;
}

Result<Done> ReadWatch::took(std::size_t file, const Inventory& inventory) {
    done_ += archive_.files()[file].size;
    for (; processes_ < inventory.processes.size(); ++processes_) {
        const ProcessItem& process = inventory.processes[processes_];
        exchanges_ += process.exchanges.size();
        text_bytes_ += process.description.size() + process.name.size();
        for (const ExchangeItem& one : process.exchanges) text_bytes_ += one.note.size();
    }
    for (; flows_ < inventory.flows.size(); ++flows_)
        text_bytes_ += sizeof(FlowItem) + inventory.flows[flows_].name.size() + inventory.flows[flows_].category.size();
    if (exchanges_ > how_.exchanges_max || text_bytes_ > text_bytes_max)
        return Error{Failure::too_large, "inventory.too_large", "This is more than is read at once: at most {count} exchanges; take it in parts.",
            {{"count", std::to_string(how_.exchanges_max)}}};
    if (how_.going && !how_.going(done_, bytes_)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    return Done{};
}

Result<ReadInventory> read_inventory(const Archive& archive, const ReadHow& how) {
    ReadInventory out;
    ReadWatch watch(archive, how);
    FlowBook flows(out.inventory);
    std::optional<InventoryFormat> found;
    for (std::size_t i = 0; i < archive.files().size(); ++i) {
        const std::string& path = archive.files()[i].path;
        if (!path.ends_with(".json") && !path.ends_with(".xml") && !path.ends_with(".spold") && !path.ends_with(".csv") && !path.ends_with(".xlsx") &&
            archive.files().size() > 1)
            continue;
        std::string bytes = TRY(archive.read(i));
        const auto format = format_of(path, bytes);
        if (!format) continue;
        if (found && *found != *format) {
            out.notes.push_back({path, "inventory.left_alone", "{type} is not read; it was left alone.", {{"type", path}}});
            continue;
        }
        found = format;
        switch (*format) {
        case InventoryFormat::json_ld: TRY(read_json_ld(archive, out, watch)); break;
        case InventoryFormat::ilcd: TRY(read_ilcd(archive, out, watch)); break;
        case InventoryFormat::ecospold1: TRY(read_ecospold1(bytes, path, out, flows)); break;
        case InventoryFormat::ecospold2: TRY(read_ecospold2(bytes, path, out, flows)); break;
        case InventoryFormat::csv:
        case InventoryFormat::xlsx: TRY(read_table(std::move(bytes), out)); break;
        }
        if (*format == InventoryFormat::json_ld || *format == InventoryFormat::ilcd) break; // they take the whole archive
        TRY(watch.took(i, out.inventory));
    }
    if (!found) return Error{Failure::unsupported, "inventory.format", "Nothing here is openLCA JSON-LD, ILCD, EcoSpold or a table of the template."};
    TRY(check_finite(out.inventory));
    out.format = *found;
    put_in_order(out.inventory);
    return out;
}

Result<std::vector<WrittenItem>> write_inventory(const Inventory& inventory, InventoryFormat format) {
    switch (format) {
    case InventoryFormat::json_ld: return write_json_ld(inventory);
    case InventoryFormat::ecospold1: return write_ecospold1(inventory);
    case InventoryFormat::ecospold2: return write_ecospold2(inventory);
    case InventoryFormat::ilcd: return write_ilcd(inventory);
    case InventoryFormat::csv:
    case InventoryFormat::xlsx: {
        const bool workbook = format == InventoryFormat::xlsx;
        std::string table = TRY(write_table(inventory, workbook));
        return std::vector<WrittenItem>{{workbook ? "inventory.xlsx" : "inventory.csv", std::move(table)}};
    }
    }
    return std::vector<WrittenItem>{};
}

} // namespace greenbank::carbon
