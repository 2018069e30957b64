// territories.h — territories and their inventories: who sees them, what a year comes to, endpoints by resource.
#pragma once

#include "api/call.h"
#include "cities/rights.h"
#include "cities/territories/records.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}
namespace greenbank::energy {
class Archive;
}

namespace greenbank::cities {

struct TerritoryKey {
    Id<Territory> id;
};
Record describe(const TerritoryKey*);
struct BalanceKey {
    Id<TerritoryInventory> id;
};
Record describe(const BalanceKey*);

/// Its own people, and the bank.
bool owns(const Caller& caller, const std::string& owner);
/// Published, or one's own.
Result<Territory> territory_seen(Transaction& transaction, const Caller& caller, const Id<Territory>& id);
/// One's own, and still what was expected.
Result<Territory> territory_to_change(Transaction& transaction, const Caller& caller, const Id<Territory>& id);
/// Final and of a published territory, or one's own.
Result<TerritoryInventory> balance_seen(Transaction& transaction, const Caller& caller, const Id<TerritoryInventory>& id);

/// With the factors published up to the day it was finished, or all. To others than its own people it shows nothing from which a confidential line could be
/// worked out.
Result<BalanceReport> balance_report(Transaction& transaction, const TerritoryInventory& inventory, bool for_its_people = true);
/// The final inventories of a territory, the newest year first.
Result<std::vector<TerritoryInventory>> final_inventories(Transaction& transaction, const Id<Territory>& territory);

Result<Text> organisation_name(Transaction& transaction, const std::string& organisation);

/// A year in one line.
struct BalanceSummary {
    Id<TerritoryInventory> id;
    Text title;
    std::int64_t year = 0;
    BalanceState state = BalanceState::draft;
    std::optional<std::int64_t> emissions_kg, removals_kg, net_kg, low_kg, high_kg; // absent where not computed, or where they would betray a confidential line
    FactorStatus status = FactorStatus::official;
    bool computed = true;
};
Record describe(const BalanceSummary*);
Result<BalanceSummary> summary_of(Transaction& transaction, const TerritoryInventory& inventory, bool for_its_people);

/// A final inventory as others see it.
struct FinalYear {
    TerritoryInventory inventory;
    BalanceSummary summary;
};
/// The newest final year of a territory and those from `since` on, the newest first: each is read once.
Result<std::vector<FinalYear>> final_years(Transaction& transaction, const Id<Territory>& territory, std::int64_t since);

std::vector<Endpoint> territory_endpoints();
std::vector<Endpoint> balance_endpoints(energy::Archive& archive);
std::vector<Endpoint> balance_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);
Check balance_check();

} // namespace greenbank::cities
