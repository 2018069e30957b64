// scoring_records.h — a trained model as JSON.
#pragma once

#include "finance/engine/scoring/model.h"
#include "kernel/record.h"

namespace greenbank {

template <> struct Choices<finance::ModelKind> {
    static constexpr std::string_view name = "scoring_kind";
    static constexpr std::string_view values[] = {"scorecard", "trees"};
};
template <> struct Choices<finance::Trend> {
    static constexpr std::string_view name = "scoring_trend";
    static constexpr std::string_view values[] = {"rising", "falling", "peak", "valley", "named"};
};

namespace finance {

Record describe(const Bin*);
Record describe(const BinnedColumn*);
Record describe(const ScorecardColumn*);
Record describe(const Scorecard*);
Record describe(const TreeNode*);
Record describe(const NameOrder*);
Record describe(const BoostedTrees*);
Record describe(const Calibration*);
Record describe(const MasterScale*);
Record describe(const TrainedColumn*);
Record describe(const ScoringModel*);

} // namespace finance
} // namespace greenbank
