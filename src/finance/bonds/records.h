// records.h — a green bond: what was raised, which projects it went to, and what these bring about.
#pragma once

#include "finance/products/records.h"

namespace greenbank::finance {

/// Proceeds that went to a project.
struct BondAllocation {
    Id<projects::Project> project;
    Text project_title;
    Money amount;
    Date day;
    std::string person_name;
    std::string transfer; // of the ledger
};
Record describe(const BondAllocation*);

struct GreenBond {
    static constexpr std::string_view id_prefix = "bond";
    Id<GreenBond> id;
    Text title;
    Id<Organisation> issuer;
    Text issuer_name;
    Money amount, allocated;
    double coupon = 0; // % a year
    Date issued_on, matures_on;
    std::string framework; // which rules for the use of proceeds, and who has looked at them
    std::vector<BondAllocation> allocations;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GreenBond*);

} // namespace greenbank::finance
