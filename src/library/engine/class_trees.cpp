// class_trees.cpp — building, looking up and walking.
#include "library/engine/class_trees.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace greenbank::library {

namespace {

constexpr std::array<std::string_view, 3> standings = {"public", "unconfirmed", "sample"};
constexpr std::array<std::string_view, 5> relations = {"exact", "close", "broader", "narrower", "related"};

Error faulty(const ClassEdition& edition, const std::string& code, const char* error_code, const char* sentence) {
    return Error{Failure::invalid, error_code, sentence, {{"tree", edition.tree}, {"edition", edition.edition}, {"code", code}}};
}

std::string shown(const ClassCode& code) { return code.tree + " " + code.edition + " " + code.code; }

/// A way found so far: where it stands, what the source is to it, and the state it came from.
struct State {
    ClassCode at;
    Relation relation = Relation::exact;
    ClassStanding standing = ClassStanding::public_;
    std::size_t crossings = 0;
    std::size_t before = 0; // index of the state before; its own at the start
};

bool stronger(const State& a, const State& b) {
    if (weakness(a.relation) != weakness(b.relation)) return weakness(a.relation) < weakness(b.relation);
    if (a.crossings != b.crossings) return a.crossings < b.crossings;
    return std::tie(a.standing, a.relation) < std::tie(b.standing, b.relation);
}

} // namespace

std::optional<ClassStanding> parse_standing(std::string_view text) {
    for (std::size_t i = 0; i < standings.size(); ++i)
        if (standings[i] == text) return static_cast<ClassStanding>(i);
    return {};
}
std::string_view to_text(ClassStanding standing) { return standings[static_cast<std::size_t>(standing)]; }

std::optional<Relation> parse_relation(std::string_view text) {
    for (std::size_t i = 0; i + 1 < relations.size(); ++i)
        if (relations[i] == text) return static_cast<Relation>(i);
    return {};
}
std::string_view to_text(Relation relation) { return relations[static_cast<std::size_t>(relation)]; }

Relation inverse(Relation relation) {
    if (relation == Relation::broader) return Relation::narrower;
    if (relation == Relation::narrower) return Relation::broader;
    return relation;
}

std::optional<Relation> compose(Relation first, Relation then) {
    if (first == Relation::exact) return then;
    if (then == Relation::exact) return first;
    if (first == Relation::close) return then;
    if (then == Relation::close) return first;
    // What remains joins two of broader, narrower and related.
    if (first == then) return first == Relation::related ? std::nullopt : std::optional(first);
    if (first == Relation::narrower) return Relation::related;                             // a part of it is in, or overlaps, the last
    if (first == Relation::related && then == Relation::broader) return Relation::related; // what it overlaps is in the last
    return {};
}

int weakness(Relation relation) {
    constexpr std::array<int, 5> order = {0, 1, 2, 2, 3};
    return order[static_cast<std::size_t>(relation)];
}

Result<ClassTrees> ClassTrees::build(std::vector<ClassEdition> editions, std::vector<Crossing> crossings) {
    ClassTrees trees;
    const auto begins = [](const ClassEdition& one) { return one.valid_from.value_or(Date{INT32_MIN}); };
    std::stable_sort(editions.begin(), editions.end(), [&](const ClassEdition& a, const ClassEdition& b) {
        return std::tuple(std::string_view(a.tree), begins(a), std::string_view(a.edition)) <
               std::tuple(std::string_view(b.tree), begins(b), std::string_view(b.edition));
    });
    trees.editions_ = std::move(editions);
    trees.crossings_ = std::move(crossings);
    for (std::size_t i = 0; i < trees.editions_.size(); ++i)
        if (auto error = trees.add_edition(i)) return std::move(*error);
    if (auto error = trees.add_crossings()) return std::move(*error);
    return trees;
}

std::optional<Error> ClassTrees::add_edition(std::size_t index) {
    const ClassEdition& edition = editions_[index];
    if (edition.valid_from && edition.valid_until && *edition.valid_until < *edition.valid_from)
        return faulty(edition, "", "classes.dates", "The edition {edition} of {tree} ends before it begins.");
    if (index > 0 && editions_[index - 1].tree == edition.tree) {
        const ClassEdition& before = editions_[index - 1];
        if (before.edition == edition.edition || !before.valid_until || !edition.valid_from || *edition.valid_from <= *before.valid_until)
            return faulty(edition, "", "classes.overlap", "The edition {edition} of {tree} is in force together with another one.");
    }
    for (std::size_t i = 0; i < edition.classes.size(); ++i) {
        const ClassNode& node = edition.classes[i];
        if (node.code.empty()) return faulty(edition, "", "classes.no_code", "A class of {tree} {edition} has no code.");
        if (!node.parent.empty() && !places_.contains({edition.tree, edition.edition, node.parent}))
            return faulty(edition, node.code, "classes.parent", "The class above {code} in {tree} {edition} must stand before it.");
        if (!places_.emplace(ClassCode{edition.tree, edition.edition, node.code}, Place{index, i}).second)
            return faulty(edition, node.code, "classes.twice", "The code {code} stands twice in {tree} {edition}.");
        children_[{edition.tree, edition.edition, node.parent}].push_back(i);
    }
    return {};
}

std::optional<Error> ClassTrees::add_crossings() {
    for (std::size_t i = 0; i < crossings_.size(); ++i) {
        const Crossing& one = crossings_[i];
        for (const ClassCode* end : {&one.from, &one.to})
            if (!places_.contains(*end))
                return Error{Failure::invalid, "classes.crossing", "A cross-walk names {class}, which is in no tree.", {{"class", shown(*end)}}};
        if (one.from.tree == one.to.tree && one.from.edition == one.to.edition)
            return Error{
                Failure::invalid, "classes.crossing_within", "A cross-walk joins {class} to a class of the same edition.", {{"class", shown(one.from)}}};
        crossing_of_[one.from].push_back(i);
        crossing_of_[one.to].push_back(i);
    }
    return {};
}

const ClassEdition* ClassTrees::edition(std::string_view tree, std::string_view name, std::optional<Date> day) const {
    const ClassEdition* newest = nullptr;
    for (const ClassEdition& one : editions_) {
        if (one.tree != tree) continue;
        if (!name.empty()) {
            if (one.edition == name) return &one;
            continue;
        }
        if (day && one.in_force(*day)) return &one;
        newest = &one;
    }
    return newest;
}

const ClassNode* ClassTrees::find(const ClassCode& code) const {
    const auto found = places_.find(code);
    return found == places_.end() ? nullptr : &editions_[found->second.edition].classes[found->second.node];
}

std::vector<const ClassNode*> ClassTrees::ancestors(const ClassCode& code) const {
    std::vector<const ClassNode*> above;
    const ClassNode* node = find(code);
    while (node != nullptr && !node->parent.empty()) // a parent stands before its child, so this ends
        if ((node = find({code.tree, code.edition, node->parent})) != nullptr) above.push_back(node);
    return above;
}

std::vector<const ClassNode*> ClassTrees::children(const ClassCode& code) const {
    std::vector<const ClassNode*> below;
    const auto found = children_.find(code);
    const ClassEdition* in = edition(code.tree, code.edition);
    if (found == children_.end() || in == nullptr) return below;
    for (const std::size_t i : found->second) below.push_back(&in->classes[i]);
    return below;
}

std::vector<Crossing> ClassTrees::crossings_of(const ClassCode& code) const {
    std::vector<Crossing> all;
    const auto found = crossing_of_.find(code);
    if (found == crossing_of_.end()) return all;
    for (const std::size_t i : found->second) {
        const Crossing& one = crossings_[i];
        if (one.from == code) all.push_back(one);
        else all.push_back({code, inverse(one.relation), one.from, one.source, one.standing});
    }
    std::sort(all.begin(), all.end(), [](const Crossing& a, const Crossing& b) { return std::tie(a.to, a.relation) < std::tie(b.to, b.relation); });
    return all;
}

std::vector<Reached> ClassTrees::walk(const ClassCode& from, const WalkOptions& options) const {
    if (!places_.contains(from)) return {};
    std::vector<State> states{{from, Relation::exact, ClassStanding::public_, 0, 0}};
    // A place may be reached again with another relation, but with each of the five at most once a number of crossings.
    std::set<std::tuple<ClassCode, Relation, std::size_t, ClassStanding>> seen;
    const auto step = [&](std::size_t index, ClassCode to, Relation relation, ClassStanding standing, std::size_t crossings) {
        if (seen.emplace(to, relation, crossings, standing).second) states.push_back({std::move(to), relation, standing, crossings, index});
    };
    // Above and below the class itself first: what holds of a broader class holds of it, and part of it is in each narrower one.
    for (const ClassNode* above : ancestors(from))
        step(states.size() == 1 ? 0 : states.size() - 1, {from.tree, from.edition, above->code}, Relation::broader, ClassStanding::public_, 0);
    const std::size_t first_below = states.size();
    for (const ClassNode* child : children(from)) step(0, {from.tree, from.edition, child->code}, Relation::narrower, ClassStanding::public_, 0);
    for (std::size_t i = first_below; i < states.size(); ++i) {
        const ClassCode at = states[i].at;
        for (const ClassNode* child : children(at)) step(i, {at.tree, at.edition, child->code}, Relation::narrower, ClassStanding::public_, 0);
    }
    for (std::size_t i = 0; i < states.size(); ++i) {
        const State now = states[i];
        if (now.crossings >= options.crossings_max) continue;
        for (const Crossing& crossing : crossings_of(now.at))
            if (const auto relation = compose(now.relation, crossing.relation))
                step(i, crossing.to, *relation, weaker(now.standing, crossing.standing), now.crossings + 1);
    }

    std::map<ClassCode, std::size_t> best;
    for (std::size_t i = 0; i < states.size(); ++i) {
        const State& one = states[i];
        if (one.crossings == 0 || (one.at.tree == from.tree && one.at.edition == from.edition)) continue;
        if (!options.to_tree.empty() && one.at.tree != options.to_tree) continue;
        if (options.on && !edition(one.at.tree, one.at.edition)->in_force(*options.on)) continue;
        const auto [place, fresh] = best.emplace(one.at, i);
        if (!fresh && stronger(one, states[place->second])) place->second = i;
    }
    std::vector<Reached> all;
    for (const auto& [to, i] : best) {
        Reached reached{to, states[i].relation, states[i].standing, {}, states[i].crossings};
        for (std::size_t at = i;; at = states[at].before) {
            reached.way.push_back(states[at].at);
            if (at == 0) break;
        }
        std::reverse(reached.way.begin(), reached.way.end());
        all.push_back(std::move(reached));
    }
    std::stable_sort(all.begin(), all.end(), [](const Reached& a, const Reached& b) {
        return std::tuple(std::string_view(a.to.tree), std::string_view(a.to.edition), weakness(a.relation), a.crossings) <
               std::tuple(std::string_view(b.to.tree), std::string_view(b.to.edition), weakness(b.relation), b.crossings);
    });
    return all;
}

} // namespace greenbank::library
