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
/// Who reviews or verifies a label sees what is behind it, once it is submitted. `field`: of the label, "system" or "footprint".
Result<bool> judges_label(Transaction& transaction, const Caller& caller, std::string_view field, const std::string& id);
/// One's own, one of the sample bank, or one whose label one judges.
Result<ProductSystem> system_seen(Transaction& transaction, const Caller& caller, const Id<ProductSystem>& id);
Result<Footprint> footprint_seen(Transaction& transaction, const Caller& caller, const Id<Footprint>& id);
/// The factors of the bank, and what suppliers gave to `owner`.
FactorSource stored_factors(Transaction& transaction, const Id<Organisation>& owner);
/// A supplier's footprint as a factor. One that another took the place of gives that other one; Failure::not_found where it is not the owner's.
Result<FactorChoice> supplier_factor(Transaction& transaction, const Id<Organisation>& owner, const FactorQuestion& question);

std::vector<Endpoint> factor_endpoints();
std::vector<Endpoint> system_endpoints();
std::vector<Endpoint> footprint_endpoints();
std::vector<JobKind> system_jobs();
std::vector<JobKind> footprint_jobs();

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::InventoryFormat> {
    static constexpr std::string_view name = "inventory_format";
    static constexpr std::string_view values[] = {"json_ld", "ecospold1", "ecospold2", "ilcd", "csv", "xlsx"};
};
} // namespace greenbank
