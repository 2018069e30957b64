// progress.h — how far a plant has come: preparing → building → running → finished; stopped and taken up again. Pure.
#pragma once

#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::projects {

enum class Progress { preparing, building, running, finished, stopped };

/// Where it may go from here.
std::vector<Progress> progress_next(Progress from);
/// Failure::conflict "project.progress" where there is no such step.
Result<Progress> progress_step(Progress from, Progress to);

} // namespace greenbank::projects

namespace greenbank {
template <> struct Choices<projects::Progress> {
    static constexpr std::string_view name = "project_progress";
    static constexpr std::string_view values[] = {"preparing", "building", "running", "finished", "stopped"};
};
} // namespace greenbank
