// readiness.h — a claimed level of readiness against what shows it. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernel/record.h"

namespace greenbank::library {

/// What an assessor should ask about; none of them refuses anything.
enum class ReadinessRemark { nothing_shown, level_not_shown, shown_below, shown_above };

struct ReadinessJudgement {
    std::int64_t shown = 0;            // the highest level with evidence; 0: none
    std::vector<std::int64_t> without; // levels up to the claim without evidence of their own
    std::vector<ReadinessRemark> remarks;
};
/// A level is shown by evidence for itself. `levels` of evidence in any order, on the claim's scale.
///   nothing_shown: there is no evidence at all.   level_not_shown: none for the claimed level.
///   shown_below: … and the highest shown level is below the claim.   shown_above: something shows a higher level.
ReadinessJudgement judge_readiness(std::int64_t claimed, std::span<const std::int64_t> levels);

} // namespace greenbank::library

template <> struct greenbank::Choices<greenbank::library::ReadinessRemark> {
    static constexpr std::string_view name = "readiness_remark";
    static constexpr std::string_view values[] = {"nothing_shown", "level_not_shown", "shown_below", "shown_above"};
};
