// operations.h — what product systems, footprints and labels share.
#pragma once

#include "api/call.h"
#include "carbon/formats/formats.h"
#include "carbon/products/convert.h"
#include "carbon/rights.h"

namespace greenbank::carbon {

struct SystemKey {
    Id<ProductSystem> id;
};
Record describe(const SystemKey*);

bool acts_for(const Caller& caller, const Id<Organisation>& owner);
/// One's own, or one of the sample bank.
Result<ProductSystem> system_seen(Transaction& transaction, const Caller& caller, const Id<ProductSystem>& id);
Result<Footprint> footprint_seen(Transaction& transaction, const Caller& caller, const Id<Footprint>& id);
/// The factors of the bank.
FactorSource stored_factors(Transaction& transaction);

std::vector<Endpoint> factor_endpoints();
std::vector<Endpoint> system_endpoints();
std::vector<Endpoint> footprint_endpoints();
std::vector<JobKind> footprint_jobs();

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::InventoryFormat> {
    static constexpr std::string_view name = "inventory_format";
    static constexpr std::string_view values[] = {"json_ld", "ecospold1", "ecospold2", "ilcd", "csv", "xlsx"};
};
} // namespace greenbank
