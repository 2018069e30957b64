// access.cpp — seeing contracts, judging steps, entering states.
#include "deals/contracts/access.h"

#include <fmt/format.h>

#include "api/words.h"
#include "deals/pipeline/steps.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::deals {

std::string seen_contracts(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(advise_deals)) return "";
    parameters.emplace_back(json_value(caller.actor.organisation));
    return json_holds("parties", static_cast<int>(parameters.size()));
}

Result<Contract> own_contract(Transaction& transaction, const Caller& caller, const Id<Contract>& id) {
    Contract contract = TRY(transaction.get(id));
    if (!caller.actor.may(advise_deals) && !party_of(contract, caller.actor.organisation)) return not_found(record_of<Contract>(), id.text);
    return contract;
}

Result<ContractFacts> facts_of(Transaction& transaction, const Caller& caller, const Contract& contract) {
    ContractFacts facts{.kind = contract.kind,
        .state = contract.state,
        .actor = party_of(contract, caller.actor.organisation),
        .initiator = {},
        .pays = payers_of(contract),
        .of_the_bank = caller.actor.may(advise_deals),
        .escrow = escrow_of(contract),
        .started = contract.started_at.has_value()};
    for (const ContractParty& party : contract.parties) {
        facts.agreed.push_back(party.agreed);
        facts.signed_.push_back(party.signed_at.has_value());
    }
    if (contract.initiator) facts.initiator = party_of(contract, contract.initiator->text);
    for (const ContractMilestone& milestone : contract.milestones) facts.milestones_unpaid += milestone.state != MilestoneState::released;
    for (const Obligation& obligation : contract.obligations) facts.obligations_open += !obligation.met_at;
    facts.orders_waiting =
        as_integer(TRY(transaction.query("SELECT COUNT(*) FROM escrow_order WHERE contract = $1 AND state = 'waiting'", {contract.id.text})).single());
    facts.term_over = contract.ends_on && *contract.ends_on < date_of(caller.now);
    facts.text_complete = contract.state != ContractState::drafted || TRY(text_problems(transaction, contract, caller.language)).empty();
    return facts;
}

namespace {

std::string allowed_now(const Contract& contract, Language language) {
    std::string all;
    for (const auto& [verb, part] : moves_from(contract_moves(), contract.state, bit_of(contract.kind)))
        all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", word(fmt::format("choice.contract_verb.{}", name_of(verb)), language),
            word(fmt::format("choice.contract_part.{}", name_of(part)), language));
    return all.empty() ? "—" : all;
}

} // namespace

Error refusal(const Judged<ContractMove>& judged, const Contract& contract, Language language) {
    const std::vector<Parameter> parameters = {{"state", word(fmt::format("choice.contract_state.{}", name_of(contract.state)), language)},
        {"allowed", allowed_now(contract, language)}, {"missing", word(fmt::format("choice.contract_guard.{}", name_of(judged.missing)), language)}};
    switch (judged.fault) {
    case MoveFault::part:
        return {Failure::forbidden, "contract.part", "This is for another party to do. The contract is {state}; possible now: {allowed}.",
            {parameters[0], parameters[1]}};
    case MoveFault::guard:
        return {Failure::conflict, "contract.guard", "This cannot be done yet: {missing}. The contract is {state}; possible now: {allowed}.", parameters};
    default:
        return {Failure::conflict, "contract.state", "This cannot be done: the contract is {state}. Possible now: {allowed}.", {parameters[0], parameters[1]}};
    }
}

Result<Done> check_state(const Contract& contract, std::initializer_list<ContractState> states, Language language) {
    if (std::find(states.begin(), states.end(), contract.state) != states.end()) return Done{};
    return refusal({.fault = MoveFault::state}, contract, language);
}

std::vector<Id<Deal>> deals_of(const Contract& contract) {
    std::vector<Id<Deal>> all = contract.further_deals;
    if (contract.deal) all.insert(all.begin(), *contract.deal);
    return all;
}

namespace {

/// A deal follows its contract; a memorandum that is over is not yet the end of the deal.
Result<Done> advance_with(Transaction& transaction, const Caller& caller, const Contract& contract, const Id<Deal>& id) {
    auto deal = TRY(transaction.find_one<Deal>("id = $1", {id.text}));
    if (!deal || deal->outcome != DealOutcome::open) return Done{};
    const bool memorandum = contract.kind == ContractKind::memorandum;
    switch (contract.state) {
    case ContractState::drafted:
    case ContractState::under_review: return advance(transaction, caller, std::move(*deal), DealStage::negotiation);
    case ContractState::agreed:
    case ContractState::partly_signed: return advance(transaction, caller, std::move(*deal), DealStage::agreed);
    case ContractState::signed_: return advance(transaction, caller, std::move(*deal), DealStage::signed_);
    case ContractState::in_force: return advance(transaction, caller, std::move(*deal), DealStage::in_force);
    case ContractState::completed: return memorandum ? Result<Done>(Done{}) : advance(transaction, caller, std::move(*deal), DealStage::completed);
    case ContractState::terminated:
    case ContractState::settled:
        if (memorandum) return Done{};
        deal->outcome = DealOutcome::lost;
        deal->loss_reason = LossReason::contract_ended;
        deal->updated_at = caller.now;
        TRY(transaction.update(*deal));
        return lose(transaction, caller, deal->trail);
    default: return Done{};
    }
}

} // namespace

Result<Done> enter(Transaction& transaction, const Caller& caller, Contract& contract, ContractState to) {
    if (contract.state != to) contract.since = caller.now;
    contract.state = to;
    contract.updated_at = caller.now;
    switch (to) {
    case ContractState::signed_: contract.signed_at = caller.now; break;
    case ContractState::in_force:
        if (!contract.started_at) contract.started_at = caller.now;
        contract.initiator.reset();
        break;
    case ContractState::completed:
    case ContractState::terminated:
    case ContractState::settled:
    case ContractState::withdrawn: contract.ended_at = caller.now; break;
    default: break;
    }
    TRY(transaction.update(contract));
    for (const Id<Deal>& deal : deals_of(contract)) TRY(advance_with(transaction, caller, contract, deal));
    return Done{};
}

std::string agreed_content(const Contract& contract) {
    Contract text = contract;
    for (ContractParty& party : text.parties) party = {.organisation = party.organisation, .role = party.role, .account = {}, .signer = {}, .signed_at = {}};
    for (ContractMilestone& milestone : text.milestones) {
        ContractMilestone kept{.number = milestone.number,
            .title = milestone.title,
            .due = milestone.due,
            .parts = milestone.parts,
            .project_milestone = milestone.project_milestone,
            .evidence = {},
            .accepted_at = {},
            .released_at = {},
            .accepted_by = {},
            .rejection = {}};
        milestone = std::move(kept);
    }
    for (Obligation& obligation : text.obligations) obligation.met_at.reset();
    std::string json = "{";
    for (const Field& field : record_of<Contract>().fields) {
        if (field.traits.read_only) continue;
        const void* value = field.get(&text);
        if (!value) continue;
        if (json.size() > 1) json += ',';
        append_json_text(json, field.name);
        json += ':';
        write_json_value(json, *field.type, value);
    }
    return json + "}";
}

Result<Done> keep_text(
    Transaction& transaction, const Caller& caller, const Contract& contract, ContractVerb action, const std::optional<std::string>& comment) {
    const std::int64_t last = as_integer(TRY(transaction.query("SELECT MAX(number) FROM contract_version WHERE contract = $1", {contract.id.text})).single());
    const bool captured = std::exchange(transaction.capture_changes, false); // the change itself is in the audit trail
    auto person_name = TRY(projects::person_name(transaction, caller));
    auto done = transaction.insert(ContractVersion{.id = caller.new_id<ContractVersion>(),
        .contract = contract.id,
        .number = last + 1,
        .action = action,
        .person_name = std::move(person_name),
        .organisation = caller.actor.organisation,
        .content = agreed_content(contract),
        .comment = comment,
        .at = caller.now});
    transaction.capture_changes = captured;
    return done;
}

} // namespace greenbank::deals
