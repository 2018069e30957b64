// records.cpp — descriptions of green bonds.
#include "finance/bonds/records.h"

namespace greenbank::finance {

namespace {

void check_bond(const void* value, Problems& problems) {
    const auto& bond = *static_cast<const GreenBond*>(value);
    if (bond.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (bond.amount.minor <= 0) problems.push_back({"amount", "finance.amount", "An amount is more than zero."});
    if (bond.matures_on <= bond.issued_on) problems.push_back({"matures_on", "finance.dates_order", "The end comes after the start."});
}

} // namespace

Record describe(const BondAllocation*) {
    using One = BondAllocation;
    return {"bond_allocation", "Proceeds that went to a project.",
        {field<&One::project>("project", "Which project."), field<&One::project_title>("project_title", "What it is called."),
            field<&One::amount>("amount", "How much."), field<&One::day>("day", "On which day."), field<&One::person_name>("person_name", "Who did it."),
            field<&One::transfer>("transfer", "The ledger's transfer.")}};
}
Record describe(const GreenBond*) {
    using One = GreenBond;
    return {"green_bond", "A bond whose proceeds go to green projects only.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::title>("title", "What it is called."),
            field<&One::issuer>("issuer", "Who owes.", {.read_only = true, .filter = true}),
            field<&One::issuer_name>("issuer_name", "What that is called.", {.read_only = true}),
            field<&One::amount>("amount", "What was raised.", {.min = 0}),
            field<&One::allocated>("allocated", "Of it gone to projects.", {.read_only = true}),
            field<&One::coupon>("coupon", "Interest a year.", {.unit = "%", .min = -5, .max = 100}),
            field<&One::issued_on>("issued_on", "When it was issued.", {.sort = true}),
            field<&One::matures_on>("matures_on", "When it is paid back.", {.sort = true}),
            field<&One::framework>("framework", "By which rules proceeds are used, and who has looked at them.", {.min = 1, .max = 500}),
            field<&One::allocations>("allocations", "Where the proceeds went.", {.max = 500, .read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_bond};
}

} // namespace greenbank::finance
