// command_states.h — the life of an order to a plant, as a table of moves. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kernel/record.h"

namespace greenbank::energy {

/// proposed: waits for a second person. queued: waits for its carrier. sent: waits for the device's word.
enum class CommandState { proposed, queued, sent, confirmed, refused, failed, withdrawn, replaced };
enum class CommandMove { propose, order, approve, reject, withdraw, send, confirm, fail, replace };

/// maker: who ordered it. checker: somebody else with the same right. bank: the bank itself or the device.
enum class CommandMover { maker, checker, bank };

struct CommandStep {
    std::optional<CommandState> from;
    CommandMove move;
    CommandState to;
    CommandMover mover;
};
std::span<const CommandStep> command_steps();

/// Failure::conflict where the step is not possible, Failure::forbidden "control.second_person" where it is another person's.
Result<CommandState> command_step(std::optional<CommandState> from, CommandMove move, CommandMover mover);
std::vector<CommandMove> command_moves(CommandState state, CommandMover mover);
inline bool is_open(CommandState state) { return state == CommandState::proposed || state == CommandState::queued || state == CommandState::sent; }

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::CommandState> {
    static constexpr std::string_view name = "command_state";
    static constexpr std::string_view values[] = {"proposed", "queued", "sent", "confirmed", "refused", "failed", "withdrawn", "replaced"};
};
template <> struct Choices<energy::CommandMove> {
    static constexpr std::string_view name = "command_move";
    static constexpr std::string_view values[] = {"propose", "order", "approve", "reject", "withdraw", "send", "confirm", "fail", "replace"};
};
} // namespace greenbank
