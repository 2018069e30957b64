// policies.cpp — a project's facts with those of each party, held against every policy in sight by the library's own rules.
#include "match/policies.h"

#include <algorithm>

#include "api/call.h"
#include "match/seen.h"

namespace greenbank::match {

Record describe(const ProjectClaimant*) {
    return {"project_claimant", "One party of a project, and the policies it may claim for it.",
        {field<&ProjectClaimant::organisation>("organisation", "Who."), field<&ProjectClaimant::name>("name", "The name."),
            field<&ProjectClaimant::owner>("owner", "It owns the project."), field<&ProjectClaimant::role>("role", "Else: what it does in the project."),
            field<&ProjectClaimant::policies>("policies", "What applies, what may, and why.")}};
}

Record describe(const ProjectPolicies*) {
    return {"project_policies", "Who of a project may claim which policy.",
        {field<&ProjectPolicies::title>("title", "The project."),
            field<&ProjectPolicies::claimants>("claimants", "Its parties, the owner first.", {.max = 100})}};
}

library::PolicyFacts policy_facts(const projects::Project& project) {
    library::PolicyFacts facts;
    facts.territory = project.country;
    facts.fields = std::vector<std::string>{std::string(name_of(project.field))};
    facts.classes = project.classes;
    facts.investment = project.budget;
    Money loan{0, project.budget ? project.budget->currency : "CNY"};
    for (const projects::BudgetLine& line : project.budget_lines)
        if (line.kind == projects::BudgetKind::capital && line.source == projects::FundSource::loan && line.amount.currency == loan.currency)
            loan.minor += line.amount.minor;
    if (loan.minor > 0) facts.loan = loan;
    return facts;
}

namespace {

/// Traits and measures of what is used; a policy may ask for them.
Result<Done> add_technologies(Transaction& transaction, const Caller& caller, const projects::Project& project, library::PolicyFacts& facts) {
    std::vector<std::string> traits;
    for (const projects::TechnologyUse& use : project.technologies) {
        auto technology = TRY(transaction.find_one<library::Technology>("id = $1", {use.technology.text}));
        if (!technology || !library::may_see(caller, technology->state, technology->holder)) continue;
        const library::Technology seen = library::teaser(std::move(*technology));
        traits.insert(traits.end(), seen.traits.begin(), seen.traits.end());
        for (const library::Figure& figure : seen.figures)
            facts.measures.push_back({figure.indicator, figure.low, figure.high.value_or(figure.low), figure.unit});
        if (project.technologies.size() == 1 && use.amount) facts.capacity = use.amount;
    }
    if (!traits.empty()) facts.traits = std::move(traits);
    return Done{};
}

Result<ProjectPolicies> project_policies(Transaction& transaction, const Caller& caller, const library::PolicyQuestion<projects::Project>& question) {
    const projects::Project project = TRY(projects::shown(transaction, caller, TRY(projects::project_seen(transaction, caller, question.id))));
    library::PolicyFacts facts = policy_facts(project);
    TRY(add_technologies(transaction, caller, project, facts));
    ProjectPolicies made{.title = project.title, .claimants = {}};
    const auto add = [&](const Id<library::Organisation>& id, bool owner, std::optional<projects::PartnerRole> role) -> Result<Done> {
        const bool there = std::any_of(made.claimants.begin(), made.claimants.end(), [&](const ProjectClaimant& one) { return one.organisation == id; });
        const auto organisation = TRY(transaction.find_one<library::Organisation>("id = $1", {id.text}));
        if (there || !organisation) return Done{};
        facts.kind = std::string(name_of(organisation->kind));
        auto answers = TRY(library::policy_answers(transaction, caller, facts, question.asker()));
        made.claimants.push_back({id, organisation->name, owner, role, std::move(answers)});
        return Done{};
    };
    if (project.owner) TRY(add(*project.owner, true, {}));
    for (const projects::Partner& partner : project.partners) TRY(add(partner.organisation, false, partner.role));
    return made;
}

} // namespace

std::vector<Endpoint> project_policy_endpoints() {
    return {
        // clang-format off
        {"project_policies", Method::get, "/projects/{id}/policies", "Who of a project may claim which policy, and why.", Mode::read, open_to_all, call(project_policies)},
        // clang-format on
    };
}

} // namespace greenbank::match
