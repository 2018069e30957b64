// verification.cpp — the table of steps, independence, verdicts on claims.
#include "library/engine/verification.h"

#include <algorithm>

namespace greenbank::library {

namespace {

using State = VerificationState;
using Action = VerificationAction;
using Part = VerificationPart;

const std::vector<VerificationTransition>& table() {
    static const std::vector<VerificationTransition> rows = {
        {{}, Action::apply, State::applied, {Part::applicant}},
        {State::applied, Action::accept, State::pre_verification, {Part::verifier}},
        {State::applied, Action::give_back, State::returned, {Part::verifier}},
        {State::applied, Action::refuse, State::refused, {Part::verifier}},
        {State::applied, Action::withdraw, State::withdrawn, {Part::applicant}},
        {State::returned, Action::amend, State::applied, {Part::applicant}},
        {State::returned, Action::withdraw, State::withdrawn, {Part::applicant}},
        {State::pre_verification, Action::plan, State::verification, {Part::verifier}},
        {State::pre_verification, Action::refuse, State::refused, {Part::verifier}},
        {State::pre_verification, Action::withdraw, State::withdrawn, {Part::applicant}},
        {State::verification, Action::confirm, State::reporting, {Part::verifier}},
        {State::verification, Action::refuse, State::refused, {Part::verifier}},
        {State::verification, Action::withdraw, State::withdrawn, {Part::applicant}},
        {State::reporting, Action::issue, State::issued, {Part::verifier}},
        {State::reporting, Action::withdraw, State::withdrawn, {Part::applicant}},
        {State::issued, Action::publish, State::published, {Part::bank}},
        {State::issued, Action::withdraw, State::withdrawn, {Part::applicant, Part::verifier, Part::bank}},
        {State::published, Action::withdraw, State::withdrawn, {Part::verifier, Part::bank}},
    };
    return rows;
}

bool may_act(Part part, const VerificationPerson& person) {
    switch (part) {
    case Part::applicant: return person.for_applicant || person.of_the_bank; // the bank helps those who ask
    case Part::verifier: return person.for_verifier;
    case Part::bank: return person.of_the_bank;
    }
    return false;
}

} // namespace

std::span<const VerificationTransition> verification_transitions() { return table(); }

std::vector<Action> verification_actions(std::optional<State> from) {
    std::vector<Action> actions;
    for (const VerificationTransition& one : table())
        if (one.from == from) actions.push_back(one.action);
    return actions;
}

bool is_final(State state) { return verification_actions(state).empty(); }

std::optional<Part> verification_next(State state) {
    if (state == State::published) return {};
    for (const VerificationTransition& one : table())
        if (one.from == state) return one.parts.front();
    return {};
}

Result<State> verification_step(std::optional<State> from, Action action, const VerificationPerson& person, bool commented) {
    const auto row = std::find_if(table().begin(), table().end(), [&](const VerificationTransition& one) { return one.from == from && one.action == action; });
    if (row == table().end())
        return Error{Failure::conflict, "verification.step", "This step does not follow from where the verification stands; load it again."};
    const auto part = std::find_if(row->parts.begin(), row->parts.end(), [&](Part one) { return may_act(one, person); });
    if (part == row->parts.end()) {
        if (row->parts.front() == Part::verifier)
            return Error{Failure::forbidden, "verification.not_verifier", "Only the verifier does this; act for it, or ask it."};
        if (row->parts.front() == Part::bank) return Error{Failure::forbidden, "verification.not_bank", "Only the bank publishes a statement."};
        return Error{Failure::forbidden, "verification.not_applicant", "Only the applicant does this; act for it, or ask it."};
    }
    if (*part != Part::applicant && person.in_applicant)
        return Error{Failure::forbidden, "verification.own", "You belong to the applicant or the holder; nobody verifies a technology of their own."};
    const bool needs_comment =
        action == Action::give_back || action == Action::refuse || (action == Action::withdraw && (from == State::issued || from == State::published));
    if (needs_comment && !commented) return invalid({{"comment", "verification.comment", "Say why, so that the other side knows what to do."}});
    return row->to;
}

Result<Done> check_independence(const Independence& independence) {
    if (!independence.is_assessor) return Error{Failure::conflict, "verification.not_assessor", "This organisation is no assessor; choose one that is."};
    if (independence.is_applicant || independence.is_holder)
        return Error{Failure::conflict, "verification.same_organisation", "Nobody verifies a technology of their own; choose an independent assessor."};
    if (independence.shares_people)
        return Error{Failure::conflict, "verification.shared_people",
            "Somebody belongs to both the verifier and the applicant or holder; choose an independent assessor."};
    return Done{};
}

ClaimVerdict judge_claim(const ClaimedRange& claim, const VerifiedResult& result) {
    if (!(result.value >= claim.min && result.value <= claim.max)) return ClaimVerdict::not_confirmed;
    const bool whole = result.value - result.uncertainty >= claim.min && result.value + result.uncertainty <= claim.max;
    return whole ? ClaimVerdict::confirmed : ClaimVerdict::within_uncertainty;
}

Standing standing_of(State state, std::optional<Date> valid_until, Date today) {
    if (state == State::refused) return Standing::refused;
    if (state == State::withdrawn) return Standing::withdrawn;
    if (state != State::published) return Standing::pending;
    return valid_until && *valid_until < today ? Standing::expired : Standing::valid;
}

} // namespace greenbank::library
