// classification.cpp — operations over the class trees; only suggestions look at the store.
#include "library/classes/classification.h"

#include <memory>

#include <fmt/format.h>

#include "api/call.h"
#include "library/classes/class_views.h"
#include "library/finding/suggesting.h"

namespace greenbank::library {

namespace {

const Classes& classes() { return reference().classification; }

ClassTreeView view_of(const ClassEdition& edition, Date day) {
    return {edition.tree, edition.edition, edition.title, edition.valid_from, edition.valid_until, edition.in_force(day), edition.source,
        std::string(to_text(edition.standing)), static_cast<std::int64_t>(edition.classes.size())};
}

ClassView view_of(const ClassCode& code, const ClassNode& node) {
    ClassView view{.code = node.code, .name = node.name, .status = std::string(to_text(node.standing))};
    if (!node.parent.empty()) view.parent = node.parent;
    view.level = 1 + static_cast<std::int64_t>(classes().trees.ancestors({code.tree, code.edition, node.code}).size());
    view.lowest = classes().trees.is_leaf({code.tree, code.edition, node.code});
    return view;
}

Text name_of_class(const ClassCode& code) {
    const ClassNode* node = classes().trees.find(code);
    return node == nullptr ? Text{} : node->name;
}

ClassReached view_of(const Reached& reached) {
    ClassReached view{.tree = reached.to.tree,
        .edition = reached.to.edition,
        .code = reached.to.code,
        .name = name_of_class(reached.to),
        .relation = std::string(to_text(reached.relation)),
        .status = std::string(to_text(reached.standing)),
        .crossings = static_cast<std::int64_t>(reached.crossings)};
    for (const ClassCode& step : reached.way) view.way.push_back({step.tree, step.edition, step.code});
    return view;
}

Result<const ClassEdition*> edition_asked(const std::string& tree, const std::optional<std::string>& name, Date day) {
    const ClassEdition* edition = classes().trees.edition(tree, name.value_or(""), day);
    if (edition == nullptr)
        return Error{Failure::not_found, "class_tree.not_found", "There is no such tree or edition of classes; the list is at /api/v1/class-trees."};
    return edition;
}

Error class_not_found(const std::string& code) {
    return {Failure::not_found, "class.not_found", "There is no class {code} in this edition.", {{"code", code}}};
}

Result<Page<ClassTreeView>> class_tree_list(Transaction&, const Caller& caller, const ClassTreesRequest& request) {
    Page<ClassTreeView> page;
    for (const ClassEdition& edition : classes().trees.editions()) page.items.push_back(view_of(edition, request.date.value_or(date_of(caller.now))));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

void add_below(const ClassCode& code, std::vector<ClassView>& all) {
    for (const ClassNode* node : classes().trees.children(code)) {
        const ClassCode child{code.tree, code.edition, node->code};
        all.push_back(view_of(child, *node));
        add_below(child, all);
    }
}

Result<ClassTreeAnswer> class_tree_get(Transaction&, const Caller& caller, const ClassTreeRequest& request) {
    const Date day = request.date.value_or(date_of(caller.now));
    const ClassEdition* edition = TRY(edition_asked(request.tree, request.edition, day));
    const ClassCode top{edition->tree, edition->edition, request.below.value_or("")};
    if (!top.code.empty() && classes().trees.find(top) == nullptr) return class_not_found(top.code);
    ClassTreeAnswer answer{view_of(*edition, day), {}};
    add_below(top, answer.classes);
    return answer;
}

Result<ClassWalkAnswer> class_walk_get(Transaction&, const Caller& caller, const ClassWalkRequest& request) {
    const Date day = request.date.value_or(date_of(caller.now));
    const ClassTrees& trees = classes().trees;
    const ClassEdition* edition = TRY(edition_asked(request.tree, request.edition, day));
    if (request.to) TRY(edition_asked(*request.to, {}, day));
    const ClassCode code{edition->tree, edition->edition, request.code};
    const ClassNode* node = trees.find(code);
    if (node == nullptr) return class_not_found(request.code);
    ClassWalkAnswer answer{.edition = view_of(*edition, day), .of = view_of(code, *node), .above = {}, .below = {}, .reached = {}};
    for (const ClassNode* above : trees.ancestors(code)) answer.above.push_back(view_of(code, *above));
    for (const ClassNode* below : trees.children(code)) answer.below.push_back(view_of(code, *below));
    const std::string to = request.to.value_or("");
    for (const Reached& reached : trees.walk(code, {.crossings_max = static_cast<std::size_t>(request.crossings), .on = request.date, .to_tree = to}))
        answer.reached.push_back(view_of(reached));
    return answer;
}

/// The names of a concept in three languages; reasons are few, so looking through the thesaurus is quick enough.
std::optional<Text> concept_name(const Reason& reason) {
    if (!is_concept(reason.term)) return {};
    const std::string_view code = std::string_view(reason.term).substr(1);
    const auto concepts = thesaurus();
    for (const Concept& one : *concepts)
        if (one.code == code) return preferred_name(one);
    return {};
}

Result<ClassSuggestAnswer> class_suggest(SuggestionDesk& desk, Store& store, const Caller& caller, const ClassSuggestRequest& request) {
    const Date day = date_of(caller.now);
    const ClassTrees& trees = classes().trees;
    const ClassEdition* edition = TRY(edition_asked(request.tree, request.edition, day));
    SuggestionDesk::Asked asked{.tree = edition->tree,
        .edition = edition->edition,
        .text = terms_of(*desk.finder(), request.title, request.summary, request.keywords),
        .limit = static_cast<std::size_t>(request.limit),
        .except = request.except ? request.except->text : ""};
    if (request.title.empty() && request.summary.empty() && asked.text.empty())
        return invalid({{"title", "class_suggest.empty", "Write a title, a summary or keywords first."}});
    const SuggestionDesk::Answer found = TRY(desk.suggest(store, asked));
    ClassSuggestAnswer answer{view_of(*edition, day), found.examples, {}};
    for (const Suggestion& one : found.suggestions) {
        const ClassCode code{edition->tree, edition->edition, one.code};
        const ClassNode* node = trees.find(code);
        ClassSuggestion item{.code = one.code,
            .name = node->name,
            .above = {},
            .score = one.score,
            .examples = one.examples,
            .reasons = {},
            .status = std::string(to_text(node->standing))};
        for (const ClassNode* above : trees.ancestors(code)) item.above.push_back(above->code);
        for (const Reason& reason : one.reasons) item.reasons.push_back({reason.said, concept_name(reason), reason.share, reason.by_name, reason.by_examples});
        answer.items.push_back(std::move(item));
    }
    return answer;
}

/// What the classes of one symbol lead to by one cross-walk, each by its strongest way.
std::vector<ClassReached> reached_from(const std::vector<PatentClass>& from, const Caller& caller) {
    std::map<ClassCode, Reached> best;
    for (const PatentClass& one : from)
        for (Reached& reached : classes().trees.walk(one.to, {.crossings_max = 1})) {
            // Of each tree the edition in force, or the last one there was.
            if (classes().trees.edition(reached.to.tree, {}, date_of(caller.now))->edition != reached.to.edition) continue;
            // Going up before crossing says less than the class itself; going down would name what the patent may not be about.
            if (reached.relation == Relation::related || (reached.way.size() > 2 && reached.relation == Relation::narrower)) continue;
            const auto [place, fresh] = best.try_emplace(reached.to, reached);
            if (!fresh && weakness(reached.relation) < weakness(place->second.relation)) place->second = std::move(reached);
        }
    std::vector<ClassReached> all;
    for (const auto& [to, reached] : best)
        if (std::none_of(from.begin(), from.end(), [&code = to](const PatentClass& one) { return one.to == code; })) all.push_back(view_of(reached));
    return all;
}

Result<PatentClassAnswer> patent_class_get(Transaction&, const Caller& caller, const PatentClassRequest& request) {
    Problems problems;
    PatentClassAnswer answer;
    for (std::size_t i = 0; i < request.symbols.size(); ++i) {
        const auto asked = parse_patent_range(request.symbols[i]);
        if (!asked) {
            problems.push_back({fmt::format("symbols[{}]", i), asked.error().code, asked.error().message, asked.error().parameters});
            continue;
        }
        const std::vector<PatentClass> found = classes_of(asked.value(), classes().patent_rules);
        PatentSymbolView view{asked.value().text(), {}, reached_from(found, caller)};
        for (const PatentClass& one : found)
            view.classes.push_back(
                {one.to.tree, one.to.edition, one.to.code, name_of_class(one.to), one.rule.text(), one.partly, one.source, std::string(to_text(one.standing))});
        answer.items.push_back(std::move(view));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return answer;
}

} // namespace

std::vector<Endpoint> classification_endpoints() {
    const auto desk = std::make_shared<SuggestionDesk>();
    return {
        // clang-format off
        {"class_tree_list", Method::get, "/class-trees", "Trees of classes and their editions.", Mode::read, open_to_all, call(class_tree_list)},
        {"class_tree_get", Method::get, "/class-trees/{tree}", "The classes of an edition.", Mode::read, open_to_all, call(class_tree_get)},
        {"class_walk_get", Method::get, "/class-trees/{tree}/walk", "A class, its place, and the classes of other trees that it leads to.", Mode::read, open_to_all, call(class_walk_get)},
        {"class_suggest", Method::post, "/class-suggestions", "Classes that a text speaks for, with the words that spoke; nothing is stored.", Mode::compute, open_to_all,
         call([desk](Store& store, const Caller& caller, const ClassSuggestRequest& request) -> Result<ClassSuggestAnswer> { return class_suggest(*desk, store, caller, request); })},
        {"patent_class_get", Method::get, "/patent-classes", "What symbols of the patent classification stand for, with the rule that says so.", Mode::read, open_to_all, call(patent_class_get)},
        // clang-format on
    };
}

} // namespace greenbank::library
