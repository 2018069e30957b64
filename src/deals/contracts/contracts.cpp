// contracts.cpp — drafting contracts, reading them, and their versions.
#include <fmt/format.h>

#include "deals/contracts/views.h"
#include "deals/pipeline/access.h"
#include "deals/pipeline/steps.h"
#include "library/engine/difference.h"
#include "library/versions.h"
#include "json/value_tree.h"

namespace greenbank::deals {

struct ContractKey {
    Id<Contract> id;
};
Record describe(const ContractKey*) { return {"contract_key", "Names a contract.", {field<&ContractKey::id>("id", "Its id.")}}; }

struct ContractDifference {
    Id<Contract> id;
    std::optional<std::int64_t> from, to;
};
Record describe(const ContractDifference*) {
    return {"contract_difference_request", "Two versions of a contract's text to compare.",
        {field<&ContractDifference::id>("id", "The contract."),
            field<&ContractDifference::from>("from", "The one version; without it, the one before the other.", {.min = 1}),
            field<&ContractDifference::to>("to", "The other; without it, the last one.", {.min = 1})}};
}

namespace {

Result<Page<Contract>> contract_list(Transaction& transaction, const Caller& caller, const ListOf<Contract>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_contracts(caller, parameters);
    return list_page<Contract>(transaction, caller, list, where, std::move(parameters));
}

Result<ContractView> contract_get(Transaction& transaction, const Caller& caller, const ContractKey& key) {
    return view_of(transaction, caller, TRY(own_contract(transaction, caller, key.id)));
}

/// Whom the text may name: who drafts it is a party or the adviser, the deal's two are both in it, accounts and milestones are what they say.
Result<Done> check_references(Transaction& transaction, const Caller& caller, const Contract& contract) {
    const bool bank = caller.actor.may(advise_deals);
    Problems problems;
    if (!bank && !party_of(contract, caller.actor.organisation))
        problems.push_back({"parties", "contract.not_yours", "Your organisation is not among the parties."});
    if (!bank && !contract.deal) problems.push_back({"deal", "contract.no_deal", "A contract begins with a deal; ask the adviser to enter one."});
    for (const Id<Deal>& id : deals_of(contract)) {
        const auto found = TRY(transaction.find_one<Deal>("id = $1", {id.text}));
        if (!found || (!bank && found->seeker.text != caller.actor.organisation && found->owner.text != caller.actor.organisation)) {
            problems.push_back({"deal", "contract.deal_unknown", "There is no such deal of yours."});
            continue;
        }
        const Deal& deal = *found;
        if (!party_of(contract, deal.seeker.text) || !party_of(contract, deal.owner.text))
            problems.push_back({"parties", "contract.deal_parties", "Both organisations of the deal are parties to its contract."});
        if (deal.outcome == DealOutcome::lost) problems.push_back({"deal", "contract.deal_lost", "This deal was lost; begin another one."});
    }
    for (std::size_t i = 0; i < contract.parties.size(); ++i) {
        const ContractParty& party = contract.parties[i];
        if (!TRY(transaction.find_one<Organisation>("id = $1", {party.organisation.text})))
            problems.push_back({fmt::format("parties[{}].organisation", i), "contract.organisation_unknown", "There is no such organisation here."});
        if (!party.account) continue;
        const auto account = TRY(transaction.find_one<ledger::LedgerAccount>("id = $1", {party.account->text}));
        if (!account || account->owner.text != party.organisation.text)
            problems.push_back({fmt::format("parties[{}].account", i), "contract.account_foreign", "This is not an account of that party."});
    }
    for (std::size_t i = 0; i < contract.milestones.size(); ++i) {
        const auto& tied = contract.milestones[i].project_milestone;
        if (!tied) continue;
        const auto milestone = TRY(transaction.find_one<projects::Milestone>("id = $1", {tied->text}));
        if (!milestone || !contract.project || milestone->project != *contract.project)
            problems.push_back(
                {fmt::format("milestones[{}].project_milestone", i), "contract.milestone_foreign", "This is no milestone of the contract's project."});
    }
    if (contract.project) {
        const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {contract.project->text}));
        if (!project || !project->owner || !party_of(contract, project->owner->text))
            problems.push_back({"project", "contract.project_foreign", "The project's owner is not among the parties."});
        else if (project->budget && project->budget->currency == contract.amount.currency && project->budget->minor < contract.amount.minor)
            problems.push_back({"amount", "contract.above_budget", "This is more than the whole budget of the project, {budget}.",
                {{"budget", amount_text(*project->budget) + " " + project->budget->currency}}});
    }
    for (std::size_t i = 0; i < contract.clauses_left_out.size(); ++i)
        if (std::none_of(clause_templates().begin(), clause_templates().end(), [&](const Clause& one) { return one.key == contract.clauses_left_out[i]; }))
            problems.push_back({fmt::format("clauses_left_out[{}]", i), "contract.clause_unknown", "There is no such clause."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

/// Counters and accounts are in the contract's currency from the beginning.
void set_currency(Contract& contract) {
    for (Money* money : {&contract.funded, &contract.released, &contract.refunded}) money->currency = contract.amount.currency;
}

Result<Reply<ContractView>> contract_create(Transaction& transaction, const Caller& caller, const Contract& draft) {
    if (!caller.actor.may(advise_deals)) TRY(allow(caller, write_deals));
    TRY(check_acts(caller));
    Contract contract = draft;
    contract.id = caller.new_id<Contract>();
    contract.created_by = caller.actor.organisation;
    contract.since = contract.created_at = contract.updated_at = caller.now;
    set_currency(contract);
    TRY(check_references(transaction, caller, contract));
    TRY(transaction.insert(contract));
    for (const Id<Deal>& deal : deals_of(contract)) TRY(advance(transaction, caller, TRY(transaction.get(deal)), DealStage::negotiation));
    return Reply<ContractView>{.body = TRY(view_of(transaction, caller, std::move(contract))), .status = 201};
}

Result<ContractView> contract_update(Transaction& transaction, const Caller& caller, const Patch<Contract>& patch) {
    const Contract before = TRY(own_contract(transaction, caller, patch.id));
    if (!caller.actor.may(advise_deals)) TRY(allow(caller, write_deals));
    TRY(check_state(before, {ContractState::drafted}, caller.language));
    Contract contract = TRY(apply_patch(transaction, caller, patch));
    if (before.deal && contract.deal != before.deal) return invalid({{"deal", "contract.deal_fixed", "A contract stays with its deal; draft another one."}});
    contract.updated_at = caller.now;
    set_currency(contract);
    TRY(check_references(transaction, caller, contract));
    TRY(transaction.update(contract));
    return view_of(transaction, caller, std::move(contract));
}

Result<Page<ContractVersion>> version_list(Transaction& transaction, const Caller& caller, const ContractKey& key) {
    TRY(own_contract(transaction, caller, key.id));
    Page<ContractVersion> page{.items = TRY(transaction.find<ContractVersion>("contract = $1 ORDER BY number DESC LIMIT 500", {key.id.text})), .next = {}};
    for (ContractVersion& one : page.items) one.content.clear(); // what differs is asked for by itself
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

/// The number after the last version is the text as it is being drafted.
Result<std::string> content_of(Transaction& transaction, const Contract& contract, std::int64_t number, std::int64_t last) {
    if (number == last + 1) return agreed_content(contract);
    const auto version = TRY(transaction.find_one<ContractVersion>("contract = $1 AND number = $2", {contract.id.text, number}));
    if (!version)
        return Error{Failure::not_found, "contract.no_version", "There is no version {number} of this contract.", {{"number", std::to_string(number)}}};
    return version->content;
}

std::optional<std::string> as_json(const std::optional<ValueTree>& tree) {
    if (!tree) return {};
    return to_json(*tree);
}

Result<library::DifferenceView> contract_difference(Transaction& transaction, const Caller& caller, const ContractDifference& asked) {
    const Contract contract = TRY(own_contract(transaction, caller, asked.id));
    const std::int64_t last = as_integer(TRY(transaction.query("SELECT MAX(number) FROM contract_version WHERE contract = $1", {contract.id.text})).single());
    const std::int64_t to = asked.to.value_or(contract.state == ContractState::drafted ? last + 1 : last);
    const std::int64_t from = asked.from.value_or(std::max<std::int64_t>(1, to - 1));
    library::DifferenceView view{.from = from, .to = to, .changes = {}};
    const ValueTree before = TRY(read_value_tree(TRY(content_of(transaction, contract, from, last))));
    const ValueTree after = TRY(read_value_tree(TRY(content_of(transaction, contract, to, last))));
    for (const library::Difference& one : library::difference(before, after)) view.changes.push_back({one.path, as_json(one.before), as_json(one.after)});
    return view;
}

} // namespace

std::vector<Endpoint> contract_endpoints() {
    return {
        // clang-format off
        {"contract_list", Method::get, "/contracts", "Contracts: of one's own organisation, or all.", Mode::read, signed_in, call(contract_list)},
        {"contract_get", Method::get, "/contracts/{id}", "One contract with its money and what one may do.", Mode::read, signed_in, call(contract_get)},
        {"contract_create", Method::post, "/contracts", "Draft a contract.", Mode::write, signed_in, call(contract_create)},
        {"contract_update", Method::patch, "/contracts/{id}", "Change the text of a draft.", Mode::write, signed_in, call(contract_update)},
        {"contract_version_list", Method::get, "/contracts/{id}/versions", "Versions of its text, newest first.", Mode::read, signed_in, call(version_list)},
        {"contract_difference", Method::get, "/contracts/{id}/difference", "What differs between two versions of its text.", Mode::read, signed_in, call(contract_difference)},
        // clang-format on
    };
}

} // namespace greenbank::deals
