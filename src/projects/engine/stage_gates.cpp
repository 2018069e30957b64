// stage_gates.cpp — the table.
#include "projects/engine/stage_gates.h"

namespace greenbank::projects {

namespace {

using enum GateCondition;

constexpr Gate table[] = {
    {1, technologies, 1},
    {1, effects, 1},
    {1, budget, 1},
    {1, readiness, 4},
    {2, technologies, 1},
    {2, coordinates, 1},
    {2, appraisals, 1},
    {2, readiness, 6},
    {2, accepted_milestones, 1},
    {3, appraisals, 1},
    {3, readiness, 8},
    {3, accepted_milestones, 1},
    {3, open_milestones, 0},
    {3, measured_evidence, 1},
    {3, running, 1},
};

} // namespace

std::span<const Gate> stage_gates() { return table; }

std::vector<GateCheck> check_gates(int to, const GateFacts& facts) {
    std::vector<GateCheck> checks;
    for (const Gate& gate : table) {
        if (gate.to != to) continue;
        const std::int64_t have = facts[gate.condition];
        checks.push_back({gate.condition, gate.least, have, gate.condition == open_milestones ? have <= gate.least : have >= gate.least});
    }
    return checks;
}

} // namespace greenbank::projects
