// alarm_states.h — what may happen to an alarm, as a table of moves. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kernel/record.h"

namespace greenbank::energy {

enum class AlarmState { raised, acknowledged, escalated, shelved, cleared };
enum class AlarmMove { raise, acknowledge, escalate, shelve, unshelve, clear };

/// Who makes a move: a person at the desk, or the bank itself (a rule that clears, a time that has run out).
enum class AlarmMover { person, bank, both };

struct AlarmStep {
    std::optional<AlarmState> from; // none: there is no alarm yet
    AlarmMove move;
    AlarmState to;
    AlarmMover mover;
    bool reason_needed = false;
};

std::span<const AlarmStep> alarm_steps();

/// The next state; Failure::conflict with what would be possible, or a problem where a reason is missing.
Result<AlarmState> alarm_step(std::optional<AlarmState> from, AlarmMove move, bool by_person, bool has_reason);
/// What a person may do now, for buttons.
std::vector<AlarmMove> alarm_moves(AlarmState state);
/// Still open: an alarm of this device and rule stands, and no second one is raised.
inline bool is_open(AlarmState state) { return state != AlarmState::cleared; }

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::AlarmState> {
    static constexpr std::string_view name = "alarm_state";
    static constexpr std::string_view values[] = {"raised", "acknowledged", "escalated", "shelved", "cleared"};
};
template <> struct Choices<energy::AlarmMove> {
    static constexpr std::string_view name = "alarm_move";
    static constexpr std::string_view values[] = {"raise", "acknowledge", "escalate", "shelve", "unshelve", "clear"};
};
} // namespace greenbank
