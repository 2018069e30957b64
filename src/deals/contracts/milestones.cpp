// milestones.cpp — evidence for milestones, its acceptance with the order that pays, and obligations that are met.
#include <algorithm>

#include <fmt/format.h>

#include "api/words.h"
#include "deals/contracts/escrow_orders.h"
#include "deals/contracts/views.h"
#include "library/disclosure/disclosure.h"
#include "projects/access.h"

namespace greenbank::deals {

struct MilestoneKey {
    Id<Contract> id;
    std::int64_t number = 1;
};
Record describe(const MilestoneKey*) {
    return {"contract_milestone_key", "Names a milestone of a contract.",
        {field<&MilestoneKey::id>("id", "The contract."), field<&MilestoneKey::number>("number", "Its number.", {.min = 1})}};
}

struct EvidenceDraft {
    Id<Contract> id;
    std::int64_t number = 1;
    std::string note;
    std::optional<Id<KeptFile>> file;
};
Record describe(const EvidenceDraft*) {
    return {"contract_evidence_draft", "Brings evidence for a milestone.",
        {field<&EvidenceDraft::id>("id", "The contract."), field<&EvidenceDraft::number>("number", "The milestone.", {.min = 1}),
            field<&EvidenceDraft::note>("note", "What shows that it is reached.", {.min = 1, .max = 2000}),
            field<&EvidenceDraft::file>("file", "A file of your own that has come in whole: PDF, picture or table.")}};
}

struct EvidenceRejection {
    Id<Contract> id;
    std::int64_t number = 1;
    std::string reason;
};
Record describe(const EvidenceRejection*) {
    return {"contract_evidence_rejection", "Sends the evidence of a milestone back.",
        {field<&EvidenceRejection::id>("id", "The contract."), field<&EvidenceRejection::number>("number", "The milestone.", {.min = 1}),
            field<&EvidenceRejection::reason>("reason", "What is missing.", {.min = 1, .max = 2000})}};
}

struct ObligationKey {
    Id<Contract> id;
    std::int64_t number = 1;
};
Record describe(const ObligationKey*) {
    return {"contract_obligation_key", "Names an obligation of a contract.",
        {field<&ObligationKey::id>("id", "The contract."), field<&ObligationKey::number>("number", "Which one, counted from 1.", {.min = 1})}};
}

struct EvidenceFileKey {
    Id<Contract> id;
    std::int64_t number = 1, piece = 1;
};
Record describe(const EvidenceFileKey*) {
    return {"contract_evidence_key", "Names a piece of evidence.",
        {field<&EvidenceFileKey::id>("id", "The contract."), field<&EvidenceFileKey::number>("number", "The milestone.", {.min = 1}),
            field<&EvidenceFileKey::piece>("piece", "Which piece, counted from 1.", {.min = 1})}};
}

namespace {

Error no_milestone(std::int64_t number) {
    return {Failure::not_found, "contract.no_milestone", "This contract has no milestone {number}.", {{"number", std::to_string(number)}}};
}

ContractMilestone* find_milestone(Contract& contract, std::int64_t number) {
    for (ContractMilestone& one : contract.milestones)
        if (one.number == number) return &one;
    return nullptr;
}

/// Evidence is something to look at: a document, a picture, a table. A program or an archive shows nothing.
Result<Done> check_evidence_kind(const KeptFile& file) {
    std::string end = file.name.substr(std::min(file.name.rfind('.'), file.name.size()));
    for (char& c : end) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const std::string_view good : {".pdf", ".jpg", ".jpeg", ".png", ".csv", ".xlsx", ".docx", ".txt", ".json"})
        if (end == good) return Done{};
    return invalid({{"file", "contract.evidence_kind",
        "Evidence is a document, a picture or a table (pdf, jpg, png, csv, xlsx, docx, txt, json); “{name}” is none.", {{"name", file.name}}}});
}

Result<Contract> contract_with(Transaction& transaction, const Caller& caller, const Id<Contract>& id, std::int64_t number) {
    Contract contract = TRY(own_contract(transaction, caller, id));
    TRY(check_expected(caller, contract));
    TRY(check_state(contract, {ContractState::in_force}, caller.language));
    if (!find_milestone(contract, number)) return no_milestone(number);
    return contract;
}

/// Failure::conflict with the state that the milestone is in.
Result<Done> check_milestone(const ContractMilestone& milestone, std::initializer_list<MilestoneState> states, Language language) {
    if (std::find(states.begin(), states.end(), milestone.state) != states.end()) return Done{};
    return Error{Failure::conflict, "contract.milestone_state", "Milestone {number} is {state}; this is not its next step.",
        {{"number", std::to_string(milestone.number)}, {"state", word(fmt::format("choice.contract_milestone_state.{}", name_of(milestone.state)), language)}}};
}

Result<ContractView> store(Transaction& transaction, const Caller& caller, Contract contract) {
    contract.updated_at = caller.now;
    TRY(transaction.update(contract));
    return view_of(transaction, caller, std::move(contract));
}

Result<ContractView> milestone_submit(Transaction& transaction, const Caller& caller, const EvidenceDraft& draft) {
    Contract contract = TRY(contract_with(transaction, caller, draft.id, draft.number));
    ContractMilestone& milestone = *find_milestone(contract, draft.number);
    const bool paid = std::any_of(
        milestone.parts.begin(), milestone.parts.end(), [&](const MilestonePart& part) { return part.organisation.text == caller.actor.organisation; });
    if (!paid) return Error{Failure::forbidden, "contract.not_its_supplier", "Only who is paid for a milestone brings its evidence."};
    TRY(check_milestone(milestone, {MilestoneState::planned, MilestoneState::submitted}, caller.language));
    auto person_name = TRY(projects::person_name(transaction, caller));
    ContractEvidence evidence{.note = draft.note, .file = {}, .file_name = {}, .person_name = std::move(person_name), .at = caller.now};
    if (draft.file) {
        TRY(check_evidence_kind(TRY(own_file(transaction, caller, *draft.file))));
        const KeptFile file = TRY(taken_file(transaction, caller, *draft.file));
        evidence.file = file.id;
        evidence.file_name = file.name;
    }
    if (milestone.evidence.size() >= 50) return Error{Failure::conflict, "contract.evidence_many", "A milestone has at most 50 pieces of evidence."};
    milestone.evidence.push_back(std::move(evidence));
    milestone.state = MilestoneState::submitted;
    milestone.rejection.reset();
    return store(transaction, caller, std::move(contract));
}

Result<Done> check_payer(const Caller& caller, const Contract& contract) {
    const auto party = party_of(contract, caller.actor.organisation);
    if (party && payers_of(contract)[*party]) return Done{};
    return Error{Failure::forbidden, "contract.not_payer", "Only the client accepts milestones, or sends their evidence back."};
}

/// Where the project keeps this milestone, its acceptance there is what counts.
Result<Done> check_project(Transaction& transaction, const ContractMilestone& milestone) {
    if (!milestone.project_milestone) return Done{};
    const auto tied = TRY(transaction.find_one<projects::Milestone>("id = $1", {milestone.project_milestone->text}));
    if (tied && tied->state == projects::MilestoneState::accepted) return Done{};
    return Error{Failure::conflict, "contract.project_milestone", "The project has not accepted its milestone yet; its evidence is accepted there first."};
}

Result<ContractView> milestone_accept(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    Contract contract = TRY(contract_with(transaction, caller, key.id, key.number));
    ContractMilestone& milestone = *find_milestone(contract, key.number);
    TRY(check_payer(caller, contract));
    TRY(check_milestone(milestone, {MilestoneState::submitted}, caller.language));
    TRY(check_project(transaction, milestone));
    milestone.state = MilestoneState::accepted;
    milestone.accepted_at = caller.now;
    milestone.accepted_by = TRY(projects::person_name(transaction, caller));
    TRY(make_order(transaction, caller, contract, {EscrowKind::release, milestone.number, milestone.parts}));
    return store(transaction, caller, std::move(contract));
}

Result<ContractView> milestone_reject(Transaction& transaction, const Caller& caller, const EvidenceRejection& rejection) {
    Contract contract = TRY(contract_with(transaction, caller, rejection.id, rejection.number));
    ContractMilestone& milestone = *find_milestone(contract, rejection.number);
    TRY(check_payer(caller, contract));
    TRY(check_milestone(milestone, {MilestoneState::submitted}, caller.language));
    milestone.state = MilestoneState::planned;
    milestone.rejection = rejection.reason;
    return store(transaction, caller, std::move(contract));
}

/// Anew, after an order was refused or withdrawn.
Result<ContractView> milestone_release(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    Contract contract = TRY(contract_with(transaction, caller, key.id, key.number));
    ContractMilestone& milestone = *find_milestone(contract, key.number);
    TRY(check_payer(caller, contract));
    TRY(check_milestone(milestone, {MilestoneState::accepted}, caller.language));
    const Rows waiting =
        TRY(transaction.query("SELECT id FROM escrow_order WHERE contract = $1 AND milestone = $2 AND state = 'waiting'", {contract.id.text, key.number}));
    if (!waiting.empty()) return Error{Failure::conflict, "escrow.waits_already", "The payment of this milestone waits for the bank already."};
    TRY(make_order(transaction, caller, contract, {EscrowKind::release, milestone.number, milestone.parts}));
    return view_of(transaction, caller, std::move(contract));
}

Result<ContractView> obligation_meet(Transaction& transaction, const Caller& caller, const ObligationKey& key) {
    Contract contract = TRY(own_contract(transaction, caller, key.id));
    TRY(check_expected(caller, contract));
    TRY(check_state(contract, {ContractState::in_force}, caller.language));
    if (key.number > static_cast<std::int64_t>(contract.obligations.size()))
        return Error{Failure::not_found, "contract.no_obligation", "This contract has no obligation {number}.", {{"number", std::to_string(key.number)}}};
    Obligation& obligation = contract.obligations[static_cast<std::size_t>(key.number - 1)];
    // Whether a promise was kept is for those to say to whom it was made.
    if (!party_of(contract, caller.actor.organisation) || obligation.organisation.text == caller.actor.organisation)
        return Error{Failure::forbidden, "contract.own_obligation", "Another party says that your obligation is met."};
    if (obligation.met_at) return Error{Failure::conflict, "contract.obligation_met", "This obligation is met already."};
    obligation.met_at = caller.now;
    return store(transaction, caller, std::move(contract));
}

Result<Response> evidence_file(Store& store, const Caller& caller, const EvidenceFileKey& key) {
    ContractEvidence evidence;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        Contract contract = TRY(own_contract(transaction, caller, key.id));
        const ContractMilestone* milestone = find_milestone(contract, key.number);
        if (!milestone || key.piece > static_cast<std::int64_t>(milestone->evidence.size())) return no_milestone(key.number);
        evidence = milestone->evidence[static_cast<std::size_t>(key.piece - 1)];
        if (!evidence.file) return not_found(record_of<KeptFile>(), key.id.text);
        return Done{};
    }));
    return library::send_kept(store, caller, *evidence.file, evidence.file_name.value_or("evidence"));
}

} // namespace

std::vector<Endpoint> milestone_endpoints() {
    return {
        // clang-format off
        {"contract_milestone_submit", Method::post, "/contracts/{id}/milestones/{number}/submit", "Bring evidence that a milestone is reached.", Mode::write, write_deals, call(milestone_submit)},
        {"contract_milestone_accept", Method::post, "/contracts/{id}/milestones/{number}/accept", "Accept the evidence: the payment waits for a second person of the bank.", Mode::write, sign_deals, call(milestone_accept)},
        {"contract_milestone_reject", Method::post, "/contracts/{id}/milestones/{number}/reject", "Send the evidence back with the reason.", Mode::write, sign_deals, call(milestone_reject)},
        {"contract_milestone_release", Method::post, "/contracts/{id}/milestones/{number}/release", "Ask for the payment of an accepted milestone anew.", Mode::write, sign_deals, call(milestone_release)},
        {"contract_obligation_meet", Method::post, "/contracts/{id}/obligations/{number}/meet", "Say that another party's obligation is met.", Mode::write, write_deals, call(obligation_meet)},
        {"contract_evidence_file", Method::get, "/contracts/{id}/milestones/{number}/evidence/{piece}", "The file of a piece of evidence.", Mode::compute, signed_in, as_file("application/octet-stream", call(evidence_file))},
        // clang-format on
    };
}

} // namespace greenbank::deals
