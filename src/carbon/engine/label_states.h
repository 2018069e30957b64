// label_states.h — a label's way from draft to publication. Four eyes: who submitted, reviewed and verified are three people; neither of the last two belongs
// to the organisation whose product it is.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/result.h"

namespace greenbank::carbon {

enum class LabelState : std::uint8_t { draft, submitted, reviewed, verified, published, withdrawn };
enum class LabelAction : std::uint8_t { submit, review, verify, give_back, publish, withdraw };

struct LabelPerson {
    bool for_owner = false, for_reviewer = false, for_verifier = false, for_bank = false; // whom they act for
    bool member_of_owner = false;                                                         // in whatever role, whomever they act for now
    bool submitted = false, reviewed = false;                                             // what they did to this label
};

Result<LabelState> label_step(LabelState state, LabelAction action, const LabelPerson& person, bool has_comment);
/// What this person may do now.
std::vector<LabelAction> label_actions(LabelState state, const LabelPerson& person);
/// "A" where the value is at most the first limit of the class's reference, and so on; past the last one: no grade.
struct GradeStep {
    std::string grade;
    double ratio_max = 1; // of the class's value
};
std::string grade_of(double value, double class_value, const std::vector<GradeStep>& steps);

} // namespace greenbank::carbon
