// inventories.h — inventories of organisations: reports computed with the factors in force, endpoints by resource.
#pragma once

#include "api/call.h"
#include "carbon/inventories/compute.h"
#include "carbon/inventories/records.h"
#include "carbon/rights.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::energy {
class Archive;
}

namespace greenbank::carbon {

struct InventoryKey {
    Id<OrganisationInventory> id;
};
Record describe(const InventoryKey*);

Result<OrganisationInventory> inventory_seen(Transaction& transaction, const Caller& caller, const Id<OrganisationInventory>& id);
/// What an inventory comes to with the factors published up to that day; absent: all. A final one stays with the day on which it was finished.
Result<InventoryReport> report_of(Transaction& transaction, const OrganisationInventory& inventory, std::optional<Date> known_on);
std::optional<Date> known_on(const OrganisationInventory& inventory);

/// `archive` is where the energy room keeps what meters sent.
std::vector<Endpoint> inventory_endpoints(energy::Archive& archive);
std::vector<Endpoint> inventory_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);
Command inventory_command();

} // namespace greenbank::carbon
