// certificate_states.cpp — the table of steps, and the table of rules.
#include "cities/engine/certificate_states.h"

#include <array>

namespace greenbank::cities {

Result<CertificateState> certificate_step(CertificateState state, CertificateAction action, const CertificatePerson& person, bool has_comment) {
    const Error wrong_state{Failure::conflict, "certificate.state", "The certificate is not in a state in which this can be done."};
    const Error not_yours{
        Failure::forbidden, "certificate.not_yours", "This step is for others: the territory applies, the assessor reviews and verifies, the bank issues."};
    const Error conflict{
        Failure::forbidden, "certificate.conflict", "Who belongs to the organisation whose territory it is can neither review nor verify nor issue."};
    const Error four_eyes{Failure::forbidden, "certificate.four_eyes", "Who took an earlier step cannot take this one; somebody else must look."};
    const Error comment{Failure::invalid, "certificate.comment", "Say what was looked at, or why, in a sentence that is kept."};
    switch (action) {
    case CertificateAction::submit:
        if (state != CertificateState::draft) return wrong_state;
        if (!person.for_owner) return not_yours;
        return CertificateState::submitted;
    case CertificateAction::review:
    case CertificateAction::verify: {
        const bool review = action == CertificateAction::review;
        if (state != (review ? CertificateState::submitted : CertificateState::reviewed)) return wrong_state;
        if (!person.for_assessor) return not_yours;
        if (person.member_of_owner) return conflict;
        if (person.submitted || (!review && person.reviewed)) return four_eyes;
        if (!has_comment) return comment;
        return review ? CertificateState::reviewed : CertificateState::verified;
    }
    case CertificateAction::give_back:
        if (state != CertificateState::submitted && state != CertificateState::reviewed && state != CertificateState::verified) return wrong_state;
        if (state == CertificateState::verified ? !person.for_bank : !person.for_assessor && !person.for_bank) return not_yours;
        if (!has_comment) return comment;
        return CertificateState::draft;
    case CertificateAction::issue:
        if (state != CertificateState::verified) return wrong_state;
        if (!person.for_bank) return not_yours;
        if (person.member_of_owner) return conflict;
        if (person.submitted || person.reviewed || person.verified) return four_eyes;
        return CertificateState::issued;
    case CertificateAction::withdraw:
        if (state != CertificateState::issued) return wrong_state;
        if (!person.for_owner && !person.for_bank) return not_yours;
        if (!has_comment) return comment;
        return CertificateState::withdrawn;
    }
    return wrong_state;
}

std::vector<CertificateAction> certificate_actions(CertificateState state, const CertificatePerson& person) {
    std::vector<CertificateAction> actions;
    for (const CertificateAction action : std::array{CertificateAction::submit, CertificateAction::review, CertificateAction::verify,
             CertificateAction::issue, CertificateAction::give_back, CertificateAction::withdraw})
        if (certificate_step(state, action, person, true)) actions.push_back(action);
    return actions;
}

std::vector<CriterionJudgement> judged(const std::vector<CriterionTest>& criteria, const CertificateFigures& figures) {
    std::vector<CriterionJudgement> list;
    for (const CriterionTest& one : criteria) {
        CriterionJudgement& made = list.emplace_back(CriterionJudgement{one.code, false, 0});
        switch (one.rule) {
        case CriterionRule::evidence:
            made.figure = figures.evidence.contains(one.code) ? 1 : 0;
            made.met = made.figure > 0;
            break;
        case CriterionRule::complete:
            made.figure = static_cast<double>(figures.missing);
            made.met = figures.final_ && figures.missing == 0;
            break;
        case CriterionRule::net_at_most:
            made.figure = figures.net_kg;
            made.met = made.figure <= one.limit;
            break;
        case CriterionRule::share_at_least:
            made.figure = figures.at_most_zero;
            made.met = made.figure >= one.limit;
            break;
        case CriterionRule::unstated_at_most:
            made.figure = static_cast<double>(figures.unstated);
            made.met = made.figure <= one.limit;
            break;
        case CriterionRule::years_at_most:
            made.figure = figures.age_years;
            made.met = made.figure <= one.limit;
            break;
        }
    }
    return list;
}

} // namespace greenbank::cities
