// progress.cpp — the table.
#include "projects/engine/progress.h"

namespace greenbank::projects {

namespace {

constexpr struct {
    Progress from, to;
} steps[] = {
    {Progress::preparing, Progress::building},
    {Progress::building, Progress::running},
    {Progress::running, Progress::finished},
    {Progress::preparing, Progress::stopped},
    {Progress::building, Progress::stopped},
    {Progress::running, Progress::stopped},
    {Progress::stopped, Progress::building},
    {Progress::stopped, Progress::running},
};

} // namespace

std::vector<Progress> progress_next(Progress from) {
    std::vector<Progress> next;
    for (const auto& step : steps)
        if (step.from == from) next.push_back(step.to);
    return next;
}

Result<Progress> progress_step(Progress from, Progress to) {
    for (const auto& step : steps)
        if (step.from == from && step.to == to) return to;
    return Error{Failure::conflict, "project.progress", "A project does not go from {from} to {to}.",
        {{"from", std::string(name_of(from))}, {"to", std::string(name_of(to))}}};
}

} // namespace greenbank::projects
