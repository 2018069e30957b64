// bonds.cpp — entered by the issuer, its proceeds tracked to projects that were identified as green, and what these bring about.
#include <cmath>

#include "carbon/carbon.h"
#include "finance/bonds/records.h"
#include "finance/operations.h"
#include "finance/products/money.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<GreenBond>*) { return {"green_bond_key", "Names a green bond.", {field<&ById<GreenBond>::id>("id", "Its id.")}}; }
struct BondUse {
    Id<GreenBond> id;
    Id<projects::Project> project;
    Money amount;
};
Record describe(const BondUse*) {
    return {"green_bond_use", "Proceeds for a project.",
        {field<&BondUse::id>("id", "Which bond."), field<&BondUse::project>("project", "Which project; it was identified as green."),
            field<&BondUse::amount>("amount", "How much.", {.min = 0})}};
}

/// What one project did with its part.
struct BondImpact {
    std::string project;
    Text project_title;
    Money amount;
    double share = 0;             // % of the project's budget
    double verified_tonnes = 0;   // of the whole project, in the bond's days
    double attributed_tonnes = 0; // of it the bond's part
};
Record describe(const BondImpact*) {
    using One = BondImpact;
    return {"bond_impact", "What one project did with its part of a bond.",
        {field<&One::project>("project", "Which."), field<&One::project_title>("project_title", "What it is called."),
            field<&One::amount>("amount", "What it got."), field<&One::share>("share", "Of its budget.", {.unit = "%"}),
            field<&One::verified_tonnes>("verified_tonnes", "Reductions verified, of the whole project.", {.unit = "tCO2e"}),
            field<&One::attributed_tonnes>("attributed_tonnes", "Of it the bond's part.", {.unit = "tCO2e"})}};
}
struct BondReport {
    std::string bond;
    Money amount, allocated, unallocated;
    std::vector<BondImpact> projects;
    double attributed_tonnes = 0;
};
Record describe(const BondReport*) {
    using One = BondReport;
    return {"bond_report", "Allocation and impact of a green bond.",
        {field<&One::bond>("bond", "Which."), field<&One::amount>("amount", "Raised."), field<&One::allocated>("allocated", "Gone to projects."),
            field<&One::unallocated>("unallocated", "Not yet."), field<&One::projects>("projects", "Project by project.", {.max = 500}),
            field<&One::attributed_tonnes>("attributed_tonnes", "Reductions that are the bond's part.", {.unit = "tCO2e"})}};
}

namespace {

Result<Page<GreenBond>> bond_list(Transaction& transaction, const Caller& caller, const ListOf<GreenBond>& list) {
    return list_page<GreenBond>(transaction, caller, list);
}
Result<GreenBond> bond_get(Transaction& transaction, const Caller&, const ById<GreenBond>& key) { return transaction.get(key.id); }

Result<Reply<GreenBond>> bond_create(Transaction& transaction, const Caller& caller, const GreenBond& draft) {
    GreenBond bond = draft;
    bond.id = caller.new_id<GreenBond>();
    bond.issuer = TRY(acting_organisation(caller));
    bond.issuer_name = TRY(name_of_organisation(transaction, bond.issuer));
    bond.allocated = {0, bond.amount.currency};
    bond.created_at = bond.updated_at = caller.now;
    TRY(transaction.insert(bond));
    return Reply<GreenBond>{.body = std::move(bond), .status = 201};
}

Result<GreenBond> bond_allocate(ledger::Book& book, Transaction& transaction, const Caller& caller, const BondUse& use) {
    GreenBond bond = TRY(transaction.get(use.id));
    if (caller.actor.organisation.empty() || bond.issuer.text != caller.actor.organisation)
        return Error{Failure::forbidden, "bond.not_issuer", "This is for the organisation that issued the bond."};
    TRY(check_expected(caller, bond));
    if (use.amount.currency != bond.amount.currency) return invalid({{"amount", "bond.currency", "Proceeds are in the bond's currency."}});
    const std::int64_t left = bond.amount.minor - bond.allocated.minor;
    if (use.amount.minor <= 0 || use.amount.minor > left)
        return invalid({{"amount", "bond.above_proceeds", "Of the proceeds {left} are left.", {{"left", amount_text({left, bond.amount.currency})}}}});
    const auto project = TRY(transaction.find_one<projects::Project>("id = $1 AND state = 'published'", {use.project.text}));
    if (!project || !project->owner) return invalid({{"project", "bond.no_project", "The bank has no such project, or nobody owns it."}});
    if (TRY(transaction.query("SELECT 1 FROM green_identification WHERE project = $1 AND state = 'confirmed'", {use.project.text})).empty())
        return invalid({{"project", "bond.not_green", "This project was not identified as green yet; its owner proposes that first."}});
    if (bond.allocations.size() >= 500) return Error{Failure::conflict, "bond.full", "This bond has five hundred allocations already."};
    auto person_name = TRY(projects::person_name(transaction, caller));
    BondAllocation one{.project = use.project,
        .project_title = project->title,
        .amount = use.amount,
        .day = date_of(caller.now),
        .person_name = std::move(person_name),
        .transfer = ""};
    if (*project->owner != bond.issuer) { // its own project: the money is there already
        const auto issuer = TRY(deposit_of(transaction, bond.issuer, use.amount.currency)),
                   owner = TRY(deposit_of(transaction, *project->owner, use.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        one.transfer = TRY(post_steps(turn, caller, use.amount.currency, {{issuer, owner, use.amount.minor, "bond · proceeds"}})).front();
    }
    bond.allocations.push_back(std::move(one));
    bond.allocated.minor += use.amount.minor;
    bond.updated_at = caller.now;
    TRY(transaction.update(bond));
    return bond;
}

Result<BondReport> bond_report(Transaction& transaction, const Caller& caller, const ById<GreenBond>& key) {
    const GreenBond bond = TRY(transaction.get(key.id));
    BondReport report{.bond = bond.id.text,
        .amount = bond.amount,
        .allocated = bond.allocated,
        .unallocated = {bond.amount.minor - bond.allocated.minor, bond.amount.currency},
        .projects = {}};
    for (const BondAllocation& one : bond.allocations) {
        auto found = std::find_if(report.projects.begin(), report.projects.end(), [&](const BondImpact& row) { return row.project == one.project.text; });
        if (found == report.projects.end()) {
            report.projects.push_back({.project = one.project.text, .project_title = one.project_title, .amount = {0, bond.amount.currency}});
            found = report.projects.end() - 1;
        }
        found->amount.minor += one.amount.minor;
    }
    for (BondImpact& row : report.projects) {
        const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {row.project}));
        std::int64_t kilograms = 0;
        for (const carbon::VerifiedReduction& one :
            TRY(carbon::verified_reductions(transaction, Id<projects::Project>(row.project), Date{0}, date_of(caller.now))))
            if (one.until >= bond.issued_on) kilograms += one.verified_kg;
        row.verified_tonnes = static_cast<double>(kilograms) / 1000;
        if (project && project->budget && project->budget->currency == row.amount.currency && project->budget->minor > 0)
            row.share = std::min(100.0, static_cast<double>(row.amount.minor) / static_cast<double>(project->budget->minor) * 100);
        row.attributed_tonnes = std::round(row.verified_tonnes * row.share * 10) / 1000;
        row.share = std::round(row.share * 100) / 100;
        report.attributed_tonnes += row.attributed_tonnes;
    }
    return report;
}

} // namespace

std::vector<Endpoint> bond_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"green_bond_list", Method::get, "/green-bonds", "Green bonds.", Mode::read, signed_in, call(bond_list)},
        {"green_bond_get", Method::get, "/green-bonds/{id}", "One green bond and where its proceeds went.", Mode::read, signed_in, call(bond_get)},
        {"green_bond_report", Method::get, "/green-bonds/{id}/report", "Allocation and impact: proceeds by project, and the bond's part of verified reductions.", Mode::read, signed_in, call(bond_report)},
        {"green_bond_create", Method::post, "/green-bonds", "Enter a bond of one's own organisation.", Mode::write, sign_finance, call(bond_create)},
        {"green_bond_allocate", Method::post, "/green-bonds/{id}/allocate", "Send proceeds to a project that was identified as green, by the ledger.", Mode::write, sign_finance, call(book, bond_allocate)},
        // clang-format on
    };
}

} // namespace greenbank::finance
