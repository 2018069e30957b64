// evidence.cpp — bringing, listing, opening and removing evidence.
#include "projects/evidence.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/words.h"

namespace greenbank::projects {

namespace {

struct EvidenceKey {
    Id<MilestoneEvidence> id;
};
Record describe(const EvidenceKey*) { return {"milestone_evidence_key", "Names a piece of evidence.", {field<&EvidenceKey::id>("id", "Its id.")}}; }

std::string names_of(const std::vector<ProofKind>& kinds, Language language) {
    std::string all;
    for (const ProofKind kind : kinds)
        (all += all.empty() ? "" : language == Language::zh ? "、" : ", ") += word(fmt::format("choice.proof_kind.{}", name_of(kind)), language);
    return all;
}

Result<Page<MilestoneEvidence>> evidence_list(Transaction& transaction, const Caller& caller, const ListOf<MilestoneEvidence>& list) {
    const auto [project, milestone] = TRY(milestone_seen(transaction, caller, Id<Milestone>(list.filters.front().value)));
    TRY(allow_money(transaction, caller, project));
    return list_page<MilestoneEvidence>(transaction, caller, list);
}

Result<Done> allow_bringing(const Caller& caller, const Project& project, const Milestone& milestone) {
    if (!part_of(caller, project, milestone).may_submit)
        return Error{Failure::forbidden, "evidence.not_your_part", "Evidence comes from the project's owner or from who is responsible for this milestone."};
    if (milestone.state == MilestoneState::planned || milestone.state == MilestoneState::returned) return Done{};
    return Error{Failure::conflict, "evidence.closed", "The milestone was submitted; its evidence stays as it is unless it is returned."};
}

Result<Reply<MilestoneEvidence>> evidence_add(Transaction& transaction, const Caller& caller, const MilestoneEvidence& draft) {
    constexpr std::int64_t evidence_max = 50;
    const auto [project, milestone] = TRY(milestone_seen(transaction, caller, draft.milestone));
    TRY(allow_bringing(caller, project, milestone));
    if (!milestone.proofs.empty() && std::ranges::find(milestone.proofs, draft.kind) == milestone.proofs.end())
        return invalid({{"kind", "evidence.wrong_kind", "Milestone {number} asks for: {kinds}. This is another kind: {kind}.",
            {{"number", std::to_string(milestone.number)}, {"kinds", names_of(milestone.proofs, caller.language)},
                {"kind", names_of({draft.kind}, caller.language)}}}});
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM milestone_evidence WHERE milestone = $1", {milestone.id.text})).single()) >= evidence_max)
        return Error{Failure::conflict, "evidence.too_many", "A milestone has at most {limit} pieces of evidence.", {{"limit", std::to_string(evidence_max)}}};
    std::string name = TRY(person_name(transaction, caller));
    MilestoneEvidence evidence{.id = caller.new_id<MilestoneEvidence>(),
        .project = project.id,
        .milestone = milestone.id,
        .kind = draft.kind,
        .note = draft.note,
        .organisation = caller.actor.organisation,
        .person = caller.actor.person,
        .person_name = std::move(name),
        .at = caller.now};
    if (draft.file) {
        const KeptFile file = TRY(own_file(transaction, caller, *draft.file));
        TRY(keep_for_ever(transaction, file.id));
        evidence.file = file.id;
        evidence.name = file.name;
        evidence.bytes = file.bytes;
    }
    TRY(transaction.insert(evidence));
    return Reply<MilestoneEvidence>{.body = std::move(evidence), .status = 201};
}

Result<Done> evidence_delete(Transaction& transaction, const Caller& caller, const EvidenceKey& key) {
    const MilestoneEvidence evidence = TRY(transaction.get(key.id));
    const auto seen = milestone_seen(transaction, caller, evidence.milestone);
    if (!seen) return not_found(record_of<MilestoneEvidence>(), key.id.text);
    TRY(allow_bringing(caller, seen.value().first, seen.value().second));
    if (evidence.organisation != caller.actor.organisation)
        return Error{Failure::forbidden, "evidence.not_yours", "Another organisation brought this; it alone takes it away."};
    return erase_evidence(transaction, evidence);
}

Result<Response> evidence_content(Store& store, const Caller& caller, const EvidenceKey& key) {
    MilestoneEvidence evidence;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        evidence = TRY(transaction.get(key.id));
        const auto seen = milestone_seen(transaction, caller, evidence.milestone);
        if (!seen || !evidence.file) return not_found(record_of<MilestoneEvidence>(), key.id.text);
        return allow_money(transaction, caller, seen.value().first);
    }));
    return library::send_kept(store, caller, *evidence.file, evidence.name.value_or("evidence"));
}

} // namespace

Result<Done> check_complete(Transaction& transaction, const Caller& caller, const Milestone& milestone) {
    const auto all = TRY(transaction.find<MilestoneEvidence>("milestone = $1", {milestone.id.text}));
    std::vector<ProofKind> missing;
    for (const ProofKind kind : milestone.proofs)
        if (std::ranges::none_of(all, [&](const MilestoneEvidence& one) { return one.kind == kind; })) missing.push_back(kind);
    if (!missing.empty())
        return Error{Failure::conflict, "milestone.evidence_missing", "Evidence is still missing: {kinds}.", {{"kinds", names_of(missing, caller.language)}}};
    if (all.empty()) return Error{Failure::conflict, "milestone.no_evidence", "There is no evidence yet; bring some first."};
    return Done{};
}

Result<Done> erase_evidence(Transaction& transaction, const MilestoneEvidence& evidence) {
    if (evidence.file) TRY(transaction.execute("DELETE FROM kept_file WHERE id = $1", {evidence.file->text}));
    return transaction.erase(evidence.id);
}

std::vector<Endpoint> evidence_endpoints() {
    return {
        // clang-format off
        {"milestone_evidence_list", Method::get, "/milestones/{milestone}/evidence", "Evidence of a milestone.", Mode::read, open_to_all, call(evidence_list)},
        {"milestone_evidence_add", Method::post, "/milestones/{milestone}/evidence", "Bring evidence for a milestone.", Mode::write, write_projects, call(evidence_add)},
        {"milestone_evidence_delete", Method::remove, "/milestone-evidence/{id}", "Take evidence away.", Mode::write, write_projects, call(evidence_delete)},
        {"milestone_evidence_content", Method::get, "/milestone-evidence/{id}/content", "The document itself.", Mode::compute, open_to_all, as_file("application/octet-stream", call(evidence_content))},
        // clang-format on
    };
}

} // namespace greenbank::projects
