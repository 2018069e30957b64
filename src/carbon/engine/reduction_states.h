// reduction_states.h — the lives of a reduction project and of its monitoring periods as tables of moves: who may take which step from where. Pure.
// Four eyes twice: who submitted never judges, and the assessor's second person, never its first, confirms.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::carbon {

/// A project is validated once, a period is verified: the same way, so one table for both.
enum class ReductionState { draft, submitted, judged, accepted, refused };
enum class ReductionAction { submit, take_back, judge, give_back, confirm, reopen, refuse };
enum class ReductionPart { owner, assessor };

struct ReductionMove {
    ReductionState from;
    ReductionAction action;
    ReductionState to;
    ReductionPart part;
    bool reason_needed = false;
};
std::span<const ReductionMove> reduction_moves();

/// Who acts, and what stands between that person and an independent judgement.
struct ReductionPerson {
    std::string person;
    bool owner = false, assessor = false; // acts for that organisation
    bool conflicted = false;              // a member of the owner or of a partner of the project
};
/// What was done before, as far as four eyes ask.
struct ReductionPast {
    std::string submitted_by, judged_by; // people
};

/// Failure::conflict "reduction.wrong_step", Failure::forbidden "reduction.not_yours", "reduction.conflict", "reduction.four_eyes", Failure::invalid
/// "reduction.reason".
Result<ReductionState> reduction_step(ReductionState from, ReductionAction action, const ReductionPerson& person, const ReductionPast& past, bool has_reason);
std::vector<ReductionAction> reduction_actions(ReductionState from, const ReductionPerson& person, const ReductionPast& past);
/// Whose turn it is; nobody's at the end.
std::optional<ReductionPart> reduction_next(ReductionState state);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::ReductionState> {
    static constexpr std::string_view name = "reduction_state";
    static constexpr std::string_view values[] = {"draft", "submitted", "judged", "accepted", "refused"};
};
template <> struct Choices<carbon::ReductionAction> {
    static constexpr std::string_view name = "reduction_action";
    static constexpr std::string_view values[] = {"submit", "take_back", "judge", "give_back", "confirm", "reopen", "refuse"};
};
template <> struct Choices<carbon::ReductionPart> {
    static constexpr std::string_view name = "reduction_part";
    static constexpr std::string_view values[] = {"owner", "assessor"};
};
} // namespace greenbank
