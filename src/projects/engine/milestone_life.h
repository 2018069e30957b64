// milestone_life.h — planned → submitted → accepted, or returned and submitted again. Four eyes: who submits never accepts.
// Pure: who acts is an argument.
#pragma once

#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::projects {

enum class MilestoneState { planned, submitted, returned, accepted };
enum class MilestoneAction { submit, take_back, accept, give_back };
/// Whoever is responsible for the milestone submits; the project's owner decides, or the bank for it.
struct MilestonePerson {
    std::string person;
    bool may_submit = false, may_decide = false;
};

/// Failure::conflict "milestone.state" where it is too early or too late, Failure::forbidden "milestone.part" where it is the other
/// side's to do, "milestone.four_eyes" where `submitted_by` is about to decide.
Result<MilestoneState> milestone_step(MilestoneState from, MilestoneAction action, const MilestonePerson& person, const std::string& submitted_by);
std::vector<MilestoneAction> milestone_actions(MilestoneState from, const MilestonePerson& person, const std::string& submitted_by);

} // namespace greenbank::projects

namespace greenbank {
template <> struct Choices<projects::MilestoneState> {
    static constexpr std::string_view name = "milestone_state";
    static constexpr std::string_view values[] = {"planned", "submitted", "returned", "accepted"};
};
template <> struct Choices<projects::MilestoneAction> {
    static constexpr std::string_view name = "milestone_action";
    static constexpr std::string_view values[] = {"submit", "take_back", "accept", "give_back"};
};
} // namespace greenbank
