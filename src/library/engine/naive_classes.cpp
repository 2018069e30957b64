// naive_classes.cpp — plain recursion and plain sums.
#include "library/engine/naive_classes.h"

#include <cmath>
#include <tuple>

namespace greenbank::library {

namespace {

void try_all(const ClassTrees& trees, const ClassCode& origin, const ClassCode& at, NaiveReached so_far, std::size_t crossings_max,
    std::map<ClassCode, NaiveReached>& best) {
    if (so_far.crossings == crossings_max) return;
    for (const Crossing& crossing : trees.crossings_of(at)) {
        const auto relation = compose(so_far.relation, crossing.relation);
        if (!relation) continue;
        const NaiveReached next{*relation, so_far.crossings + 1, weaker(so_far.standing, crossing.standing)};
        if (crossing.to.tree != origin.tree || crossing.to.edition != origin.edition) {
            const auto order = [](const NaiveReached& one) { return std::tuple(weakness(one.relation), one.crossings, one.standing, one.relation); };
            const auto [place, fresh] = best.emplace(crossing.to, next);
            if (!fresh && order(next) < order(place->second)) place->second = next;
        }
        try_all(trees, origin, crossing.to, next, crossings_max, best);
    }
}

void below(const ClassTrees& trees, const ClassCode& code, std::vector<ClassCode>& all) {
    for (const ClassNode* child : trees.children(code)) {
        const ClassCode lower{code.tree, code.edition, child->code};
        all.push_back(lower);
        below(trees, lower, all);
    }
}

} // namespace

std::map<ClassCode, NaiveReached> walk_naively(const ClassTrees& trees, const ClassCode& from, std::size_t crossings_max) {
    std::map<ClassCode, NaiveReached> best;
    if (trees.find(from) == nullptr) return best;
    try_all(trees, from, from, {}, crossings_max, best);
    for (const ClassNode* above : trees.ancestors(from))
        try_all(trees, from, {from.tree, from.edition, above->code}, {Relation::broader, 0, ClassStanding::public_}, crossings_max, best);
    std::vector<ClassCode> lower;
    below(trees, from, lower);
    for (const ClassCode& code : lower) try_all(trees, from, code, {Relation::narrower, 0, ClassStanding::public_}, crossings_max, best);
    return best;
}

std::map<std::string, double> score_naively(const std::vector<ClassProfile>& classes, const std::vector<std::pair<std::string, TermBag>>& examples,
    const Background& background, const SuggesterWeights& weights, const TermBag& text) {
    double length = 0;
    for (const auto& [key, term] : text) length += term.weight;
    std::map<std::string, double> evidence{{"", 0}};
    for (const ClassProfile& one : classes) {
        std::map<std::string, double> names, learned;
        double names_size = 0, learned_size = 0;
        for (const auto& [key, term] : one.names) names[key] += term.weight, names_size += term.weight;
        for (const auto& [code, bag] : examples) {
            double total = 0;
            for (const auto& [key, term] : bag) total += term.weight;
            if (code != one.code || !(total > 0)) continue;
            for (const auto& [key, term] : bag) learned[key] += term.weight / total * weights.example_mass;
            learned_size += weights.example_mass;
        }
        double z = 0;
        for (const auto& [key, term] : text) {
            const double p = background.probability(key);
            z += term.weight * std::log(1 + names[key] / (weights.smoothing_names * p));
            z += term.weight * weights.examples * std::log(1 + learned[key] / (weights.smoothing_examples * p));
        }
        z -= weights.size_penalty * length * std::log(1 + names_size / weights.smoothing_names);
        z -= weights.size_penalty * length * weights.examples * std::log(1 + learned_size / weights.smoothing_examples);
        evidence[one.code] = z / (weights.temperature * std::sqrt(length));
    }
    double sum = 0;
    for (const auto& [code, z] : evidence) sum += std::exp(z);
    for (auto& [code, z] : evidence) z = std::exp(z) / sum;
    return evidence;
}

} // namespace greenbank::library
