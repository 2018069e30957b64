// label_states.cpp — the table of steps.
#include "carbon/engine/label_states.h"

#include <array>

namespace greenbank::carbon {

Result<LabelState> label_step(LabelState state, LabelAction action, const LabelPerson& person, bool has_comment) {
    const Error wrong_state{Failure::conflict, "label.state", "The label is not in a state in which this can be done."};
    const Error not_yours{Failure::forbidden, "label.not_yours", "This step is for others: the owner submits, the reviewer reviews, the verifier verifies."};
    const Error conflict{Failure::forbidden, "label.conflict", "Who belongs to the organisation whose product it is can neither review nor verify it."};
    const Error four_eyes{Failure::forbidden, "label.four_eyes", "Who took an earlier step cannot take this one; somebody else must look."};
    const Error comment{Failure::invalid, "label.comment", "Say why, in a sentence that is kept."};
    switch (action) {
    case LabelAction::submit:
        if (state != LabelState::draft) return wrong_state;
        if (!person.for_owner) return not_yours;
        return LabelState::submitted;
    case LabelAction::review:
    case LabelAction::verify: {
        const bool review = action == LabelAction::review;
        if (state != (review ? LabelState::submitted : LabelState::reviewed)) return wrong_state;
        if (!(review ? person.for_reviewer : person.for_verifier)) return not_yours;
        if (person.member_of_owner) return conflict;
        if (person.submitted || (!review && person.reviewed)) return four_eyes;
        if (!has_comment) return comment;
        return review ? LabelState::reviewed : LabelState::verified;
    }
    case LabelAction::give_back:
        if (state != LabelState::submitted && state != LabelState::reviewed) return wrong_state;
        if (!(state == LabelState::submitted ? person.for_reviewer : person.for_verifier) && !person.for_bank) return not_yours;
        if (!has_comment) return comment;
        return LabelState::draft;
    case LabelAction::publish:
        if (state != LabelState::verified) return wrong_state;
        if (!person.for_owner && !person.for_bank) return not_yours;
        return LabelState::published;
    case LabelAction::withdraw:
        if (state != LabelState::published) return wrong_state;
        if (!person.for_owner && !person.for_bank) return not_yours;
        if (!has_comment) return comment;
        return LabelState::withdrawn;
    }
    return wrong_state;
}

std::vector<LabelAction> label_actions(LabelState state, const LabelPerson& person) {
    std::vector<LabelAction> actions;
    for (const LabelAction action :
        std::array{LabelAction::submit, LabelAction::review, LabelAction::verify, LabelAction::give_back, LabelAction::publish, LabelAction::withdraw})
        if (label_step(state, action, person, true)) actions.push_back(action);
    return actions;
}

std::string grade_of(double value, double class_value, const std::vector<GradeStep>& steps) {
    if (!(class_value > 0)) return {};
    for (const GradeStep& step : steps)
        if (value / class_value <= step.ratio_max) return step.grade;
    return {};
}

} // namespace greenbank::carbon
