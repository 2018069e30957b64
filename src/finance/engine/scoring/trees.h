// trees.h — gradient-boosted trees: logistic loss, histograms of 255 bins, best leaf first, the side of missing values learnt.
#pragma once

#include <vector>

#include "finance/engine/scoring/table.h"

namespace greenbank::finance {

struct TreeSettings {
    std::uint32_t rounds = 1200, leaves = 10, bins = 255;
    double rate = 0.05, ridge = 2, leaf_weight_min = 2; // leaf_weight: of second derivatives
    double row_share = 1, column_share = 0.25;          // drawn for each tree
    std::uint64_t seed = 1;
};

struct TreeNode {
    std::int64_t feature = -1; // -1: a leaf
    double threshold = 0;      // at most so much: left; a missing value: as `missing_left` says
    bool missing_left = false;
    std::int64_t left = 0, right = 0;
    double value = 0; // the mean answer below; of a leaf what it adds to the log odds
};
using Tree = std::vector<TreeNode>;

/// Names have no order: each stands for the shrunk log odds of its training rows.
struct NameOrder {
    std::int64_t feature = 0;
    std::vector<std::string> names;
    std::vector<double> values;
};

struct BoostedTrees {
    double start = 0; // log odds without knowing anything
    std::vector<NameOrder> orders;
    std::vector<Tree> trees;
};

BoostedTrees grow(const ScoringTable& table, const TreeSettings& settings);
/// Columns are those of the training table, in its order.
std::vector<double> log_odds(const BoostedTrees& model, const ScoringTable& table);
/// What each column brings to a row's log odds (the change of the mean answer along the paths); adds up to it less `start` and the trees' own means.
std::vector<double> contributions(const BoostedTrees& model, const ScoringTable& table, std::size_t row, double& base);

} // namespace greenbank::finance
