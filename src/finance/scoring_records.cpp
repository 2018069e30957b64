// scoring_records.cpp — the descriptions of a model's parts.
#include "finance/scoring_records.h"

namespace greenbank::finance {

namespace {

void check_model(const void* value, Problems& problems) {
    if (!is_sound(*static_cast<const ScoringModel*>(value)))
        problems.push_back({"columns", "finance.model_broken", "The parts of this model do not fit together; train it anew."});
}

} // namespace

Record describe(const Bin*) {
    return {"scoring_bin", "Values that count alike.",
        {field<&Bin::upper>("upper", "Numbers at most so much; of a special value the value."),
            field<&Bin::names>("names", "Names.", {.max = 1e6, .defaulted = true}), field<&Bin::goods>("goods", "Training rows that stayed good."),
            field<&Bin::bads>("bads", "Training rows that went bad."), field<&Bin::weight>("weight", "Weight of evidence; above 0: more risk than all.")}};
}
Record describe(const BinnedColumn*) {
    return {"scoring_binned_column", "A column cut into bins.",
        {field<&BinnedColumn::feature>("feature", "Its place among the columns."), field<&BinnedColumn::trend>("trend", "How risk goes along the bins."),
            field<&BinnedColumn::bins>("bins", "The bins, in order.", {.max = 10'000}),
            field<&BinnedColumn::absent>("absent", "Missing values and names nobody saw."),
            field<&BinnedColumn::specials>("specials", "Values that are codes.", {.defaulted = true}),
            field<&BinnedColumn::information>("information", "Information value.")}};
}
Record describe(const ScorecardColumn*) {
    return {"scorecard_column", "What a column's bins bring.",
        {field<&ScorecardColumn::binned>("binned", "Its bins."),
            field<&ScorecardColumn::effects>("effects", "On the log odds, of each bin, special and absent.", {.max = 20'000}),
            field<&ScorecardColumn::points>("points", "The same as points.", {.max = 20'000})}};
}
Record describe(const Scorecard*) {
    return {"scorecard", "Points by bins.",
        {field<&Scorecard::intercept>("intercept", "Log odds without any column."), field<&Scorecard::points_at>("points_at", "So many points …"),
            field<&Scorecard::odds_at>("odds_at", "… are so many good ones to one bad."),
            field<&Scorecard::points_to_double>("points_to_double", "So many points more double it."),
            field<&Scorecard::columns>("columns", "The columns.", {.max = 2000})}};
}
Record describe(const TreeNode*) {
    return {"scoring_tree_node", "A question of a tree, or a leaf.",
        {field<&TreeNode::feature>("feature", "The column that is asked; -1: a leaf."), field<&TreeNode::threshold>("threshold", "At most so much goes left."),
            field<&TreeNode::missing_left>("missing_left", "Missing values go left."), field<&TreeNode::left>("left", "The node to the left."),
            field<&TreeNode::right>("right", "The node to the right."), field<&TreeNode::value>("value", "The mean answer below, on the log odds.")}};
}
Record describe(const NameOrder*) {
    return {"scoring_name_order", "Names of a column as numbers.",
        {field<&NameOrder::feature>("feature", "The column."), field<&NameOrder::names>("names", "Its names.", {.max = 1e6}),
            field<&NameOrder::values>("values", "The number of each.", {.max = 1e6})}};
}
Record describe(const BoostedTrees*) {
    return {"boosted_trees", "Trees whose answers are added.",
        {field<&BoostedTrees::start>("start", "Log odds before the first tree."), field<&BoostedTrees::orders>("orders", "Columns of names.", {.max = 2000}),
            field<&BoostedTrees::trees>("trees", "The trees, each a list of nodes, the root first.", {.max = 10'000})}};
}
Record describe(const Calibration*) {
    return {"scoring_calibration", "From the score's log odds to those of default.",
        {field<&Calibration::slope>("slope", "Times."), field<&Calibration::intercept>("intercept", "Plus.")}};
}
Record describe(const MasterScale*) {
    return {"master_scale", "Grades by probability of default.",
        {field<&MasterScale::first>("first", "The upper bound of grade 1.", {.min = 1e-9, .max = 1}),
            field<&MasterScale::ratio>("ratio", "From one bound to the next.", {.min = 1, .max = 100}),
            field<&MasterScale::grades>("grades", "How many.", {.min = 1, .max = 100})}};
}
Record describe(const TrainedColumn*) {
    return {"scoring_trained_column", "A column as it was in training.",
        {field<&TrainedColumn::name>("name", "Its heading."), field<&TrainedColumn::named>("named", "Its values are names."),
            field<&TrainedColumn::names>("names", "Those names.", {.max = 1e6, .defaulted = true}),
            field<&TrainedColumn::bounds>("bounds", "Of parts of equal size.", {.defaulted = true}),
            field<&TrainedColumn::shares>("shares", "Training rows in each part; last: missing.", {.max = 1e6})}};
}
Record describe(const ScoringModel*) {
    return {"scoring_model", "A trained model.",
        {field<&ScoringModel::kind>("kind", "Scorecard or trees."), field<&ScoringModel::seed>("seed", "What its draws began from."),
            field<&ScoringModel::columns>("columns", "What it asks for.", {.max = 2000}),
            field<&ScoringModel::card>("card", "The scorecard; empty in a model of trees."),
            field<&ScoringModel::trees>("trees", "The trees; empty in a scorecard."), field<&ScoringModel::calibration>("calibration", "To probabilities."),
            field<&ScoringModel::scale>("scale", "To grades."), field<&ScoringModel::score_bounds>("score_bounds", "Of tenths of the training rows by score."),
            field<&ScoringModel::score_shares>("score_shares", "Training rows in each.")},
        check_model};
}

} // namespace greenbank::finance
