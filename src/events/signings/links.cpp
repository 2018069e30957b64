// links.cpp — a contract brings its amount, its signature and its payments; a project brings the day from which it runs.
#include "events/signings/links.h"

#include <fmt/format.h>

#include "deals/contracts/access.h"
#include "projects/projects.h"

namespace greenbank::events {

Result<Done> take_over(Transaction& transaction, const Caller& caller, Signing& signing, Problems& problems) {
    if (signing.project && !projects::project_seen(transaction, caller, *signing.project))
        problems.push_back({"project", "event.project_unknown", "There is no such project, or you may not see it."});
    if (!signing.contract) return Done{};
    const auto contract = deals::own_contract(transaction, caller, *signing.contract);
    if (!contract) {
        problems.push_back({"contract", "signing.contract_unknown", "There is no such contract, or you may not see it."});
        return Done{};
    }
    const Money& amount = contract.value().amount;
    if (signing.amount && *signing.amount != amount)
        problems.push_back({"amount", "signing.amount", "The contract is for {amount} {currency}; leave the amount out, it is taken from there.",
            {{"amount", amount_text(amount)}, {"currency", amount.currency}}});
    signing.amount.reset();
    if (amount.minor > 0) signing.amount = amount;
    signing.standing = contract.value().sample ? FigureStanding::sample : FigureStanding::official;
    if (!signing.source) signing.source = contract.value().number;
    if (!signing.project) signing.project = contract.value().project;
    if (!TRY(transaction.query("SELECT id FROM signing WHERE contract = $1 AND id <> $2 AND state <> 'withdrawn'", {signing.contract->text, signing.id.text}))
             .empty())
        problems.push_back({"contract", "signing.contract_twice", "This contract is signed at an event already."});
    return Done{};
}

Result<Done> check_signed(Transaction& transaction, const Signing& signing) {
    if (!signing.contract) return Done{};
    const auto contract = TRY(transaction.find_one<deals::Contract>("id = $1", {signing.contract->text}));
    if (contract && !contract->signed_at)
        return Error{
            Failure::conflict, "signing.contract_unsigned", "Its parties have not all signed the contract {number} yet.", {{"number", contract->number}}};
    return Done{};
}

Result<std::vector<PromiseStep>> steps_of_links(Transaction& transaction, const Signing& signing) {
    std::vector<PromiseStep> steps;
    if (!signing.amount) return steps;
    const auto add = [&](PromiseStage stage, const Money& amount, Date day, std::string evidence, std::string source, bool sample) {
        if (amount.minor <= 0 || amount.currency != signing.amount->currency) return;
        steps.push_back({.id = Id<PromiseStep>(fmt::format("promise_link_{}", steps.size() + 1)),
            .event = signing.event,
            .signing = signing.id,
            .stage = stage,
            .amount = amount,
            .happened_on = day,
            .evidence = std::move(evidence),
            .source = std::move(source),
            .standing = sample ? FigureStanding::sample : FigureStanding::official,
            .sample = sample,
            .created_at = signing.created_at});
    };
    if (signing.contract)
        if (const auto contract = TRY(transaction.find_one<deals::Contract>("id = $1", {signing.contract->text}))) {
            if (contract->signed_at)
                add(PromiseStage::contracted, contract->amount, date_of(*contract->signed_at), contract->number, contract->id.text, contract->sample);
            for (const deals::ContractMilestone& milestone : contract->milestones)
                if (milestone.released_at)
                    for (const deals::MilestonePart& part : milestone.parts)
                        add(PromiseStage::invested, part.amount, date_of(*milestone.released_at),
                            fmt::format("{} · {}", contract->number, milestone.title.best(Language::en)), contract->id.text, contract->sample);
        }
    if (signing.project)
        if (const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {signing.project->text})))
            if (project->runs_from && (project->progress == projects::Progress::running || project->progress == projects::Progress::finished))
                add(PromiseStage::running, *signing.amount, *project->runs_from, project->title.best(Language::en), project->id.text, project->sample);
    return steps;
}

} // namespace greenbank::events
