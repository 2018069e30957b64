// stage_gates.h — what a project must have before it moves to its next stage (research → pilot → demonstration → industrial).
// A rule of this house, as a table; readiness levels are those of GB/T 22900. Pure: what the project has is an argument.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/record.h"

namespace greenbank::projects {

enum class GateCondition {
    technologies,
    effects,
    budget,
    coordinates,
    appraisals,
    readiness,
    accepted_milestones,
    open_milestones,
    measured_evidence,
    running
};

/// `least`: at least so many; of open milestones at most.
struct Gate {
    int to; // the stage that opens: 1 pilot, 2 demonstration, 3 industrial
    GateCondition condition;
    std::int64_t least;
};
std::span<const Gate> stage_gates();

/// How many of each a project has; readiness: the lowest level of its technologies.
struct GateFacts {
    std::array<std::int64_t, 10> have = {};
    std::int64_t& operator[](GateCondition condition) { return have[static_cast<std::size_t>(condition)]; }
    std::int64_t operator[](GateCondition condition) const { return have[static_cast<std::size_t>(condition)]; }
};

struct GateCheck {
    GateCondition condition;
    std::int64_t least, have;
    bool met;
};
/// What stands before that stage, in the order of the table.
std::vector<GateCheck> check_gates(int to, const GateFacts& facts);

} // namespace greenbank::projects

namespace greenbank {
template <> struct Choices<projects::GateCondition> {
    static constexpr std::string_view name = "gate_condition";
    static constexpr std::string_view values[] = {"technologies", "effects", "budget", "coordinates", "appraisals", "readiness", "accepted_milestones",
        "open_milestones", "measured_evidence", "running"};
};
} // namespace greenbank
