// formats.cpp — which format an archive is in, and what all readers share.
#include "carbon/formats/formats.h"

#include <algorithm>

#include "carbon/formats/xml_parts.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t exchanges_max = 20'000'000, text_bytes_max = 512 << 20;

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

Result<Done> FlowBook::check_size(const Inventory& inventory) {
    // Looked at after each file, so only what the last one brought needs counting; all are few.
    static thread_local const Inventory* counted = nullptr;
    static thread_local std::size_t processes = 0, exchanges = 0, bytes = 0;
    if (counted != &inventory || inventory.processes.size() < processes) counted = &inventory, processes = exchanges = bytes = 0;
    for (; processes < inventory.processes.size(); ++processes) {
        const ProcessItem& process = inventory.processes[processes];
        exchanges += process.exchanges.size();
        bytes += process.description.size() + process.name.size();
        for (const ExchangeItem& one : process.exchanges) bytes += one.note.size();
    }
    if (exchanges > exchanges_max || bytes > text_bytes_max)
        return Error{Failure::too_large, "inventory.too_large", "This is more than is read at once: at most {count} exchanges; take it in parts.",
            {{"count", std::to_string(exchanges_max)}}};
    return Done{};
}

Result<ReadInventory> read_inventory(const Archive& archive) {
    ReadInventory out;
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
        case InventoryFormat::json_ld: TRY(read_json_ld(archive, out)); break;
        case InventoryFormat::ilcd: TRY(read_ilcd(archive, out)); break;
        case InventoryFormat::ecospold1: TRY(read_ecospold1(bytes, path, out, flows)); break;
        case InventoryFormat::ecospold2: TRY(read_ecospold2(bytes, path, out, flows)); break;
        case InventoryFormat::csv:
        case InventoryFormat::xlsx: TRY(read_table(std::move(bytes), out)); break;
        }
        if (*format == InventoryFormat::json_ld || *format == InventoryFormat::ilcd) break; // they take the whole archive
        TRY(FlowBook::check_size(out.inventory));
    }
    if (!found) return Error{Failure::unsupported, "inventory.format", "Nothing here is openLCA JSON-LD, ILCD, EcoSpold or a table of the template."};
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
    case InventoryFormat::csv: return std::vector<WrittenItem>{{"inventory.csv", TRY(write_table(inventory, false))}};
    case InventoryFormat::xlsx: return std::vector<WrittenItem>{{"inventory.xlsx", TRY(write_table(inventory, true))}};
    }
    return std::vector<WrittenItem>{};
}

} // namespace greenbank::carbon
