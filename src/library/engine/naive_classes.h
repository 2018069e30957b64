// naive_classes.h — the same answers by the plainest way, for tests: every walk tried, every word of every class counted anew.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "library/engine/class_trees.h"
#include "library/engine/classification.h"

namespace greenbank::library {

struct NaiveReached {
    Relation relation = Relation::exact;
    std::size_t crossings = 0;
    ClassStanding standing = ClassStanding::public_;
    bool operator==(const NaiveReached&) const = default;
};

/// Every sequence of at most `crossings_max` crossings from the class, from each class above and from each below it.
std::map<ClassCode, NaiveReached> walk_naively(const ClassTrees& trees, const ClassCode& from, std::size_t crossings_max);

/// Scores of all classes, by code, and of "none of these" under an empty code.
std::map<std::string, double> score_naively(const std::vector<ClassProfile>& classes, const std::vector<std::pair<std::string, TermBag>>& examples,
    const Background& background, const SuggesterWeights& weights, const TermBag& text);

} // namespace greenbank::library
