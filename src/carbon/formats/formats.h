// formats.h — inventories in the formats that others use, in and out. A reader takes an archive a file at a time and says what it left alone.
#pragma once

#include <cmath>
#include <set>

#include "carbon/engine/inventory.h"
#include "carbon/formats/archive.h"

namespace greenbank::carbon {

enum class InventoryFormat : std::uint8_t { json_ld, ecospold1, ecospold2, ilcd, csv, xlsx };

struct ReadInventory {
    Inventory inventory; // in order
    InventoryFormat format = InventoryFormat::json_ld;
    Problems notes; // what was left alone, by file
};

struct ReadHow {
    std::size_t exchanges_max = 5'000'000;                                   // a third of a kilobyte each; more is refused as soon as it is met
    std::function<bool(std::uint64_t done, std::uint64_t bytes)> going = {}; // asked after each file; false ends the reading, Failure::conflict "job.stopped"
};

/// What the archive holds is told by its content. Failure::unsupported "inventory.format" where nobody knows it; an error of one file names it, and nothing of
/// the archive counts.
Result<ReadInventory> read_inventory(const Archive& archive, const ReadHow& how = {});
Result<std::vector<WrittenItem>> write_inventory(const Inventory& inventory, InventoryFormat format);

/// Says how far the reading of an archive is, and ends it where it holds more than fits or nobody waits for it any more.
class ReadWatch {
public:
    ReadWatch(const Archive& archive, const ReadHow& how);
    /// After each file.
    Result<Done> took(std::size_t file, const Inventory& inventory);

private:
    const Archive& archive_;
    const ReadHow& how_;
    std::uint64_t done_ = 0, bytes_ = 0;
    std::size_t processes_ = 0, flows_ = 0, exchanges_ = 0, text_bytes_ = 0; // counted so far
};

/// Flows of an inventory that is being read, by id.
class FlowBook {
public:
    explicit FlowBook(Inventory& inventory);
    /// The flow of that id; a new one gets what is given, a known one keeps what it has.
    std::uint32_t number_of(const FlowItem& flow);
    bool is_new_process(const std::string& id) { return processes_.insert(id).second; }

private:
    Inventory& inventory_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
    std::set<std::string, std::less<>> processes_;
};

/// A number of a row that a stranger wrote; 0 where it is none.
inline std::int64_t whole_number(double value) { return std::abs(value) < 1e15 ? static_cast<std::int64_t>(value) : 0; }

// The formats one by one.
/// openLCA JSON-LD, schema 1 and 2; written as 2.
Result<Done> read_json_ld(const Archive& archive, ReadInventory& into, ReadWatch& watch);
std::vector<WrittenItem> write_json_ld(const Inventory& inventory);
Result<Done> read_ecospold1(std::string_view bytes, const std::string& path, ReadInventory& into, FlowBook& flows);
std::vector<WrittenItem> write_ecospold1(const Inventory& inventory);
Result<Done> read_ecospold2(std::string_view bytes, const std::string& path, ReadInventory& into, FlowBook& flows);
std::vector<WrittenItem> write_ecospold2(const Inventory& inventory);
/// ILCD 1.1 process, flow, flow property, unit group and method data sets.
Result<Done> read_ilcd(const Archive& archive, ReadInventory& into, ReadWatch& watch);
std::vector<WrittenItem> write_ilcd(const Inventory& inventory);
/// One row an exchange, in CSV or xlsx: the template that people fill in.
Result<Done> read_table(std::string bytes, ReadInventory& into);
Result<std::string> write_table(const Inventory& inventory, bool xlsx);

} // namespace greenbank::carbon
