// suggesting.cpp — entries and classes into terms; following the store.
#include "library/finding/suggesting.h"

#include <set>

#include <fmt/format.h>

#include "library/library.h"
#include "search/folding.h"
#include "search/units.h"

namespace greenbank::library {

namespace {

constexpr double title_weight = 2, summary_weight = 1, keyword_weight = 1.5;
constexpr double above_share = 0.3;    // of the names of the class above, and again of the one above that
constexpr double crossing_share = 0.5; // what all names that cross-walks join to a class weigh at most, beside its own
constexpr std::size_t examples_max = 5000, batch = 500, changes_max = 2000;

void add_text(const TermFinder& finder, const Text& text, double weight, TermBag& bag) {
    for (const std::string* one : {&text.zh, &text.en, &text.ru}) finder.add(*one, weight, bag);
}

/// The names of a class and, less and less, of those above it.
void add_names(const ClassTrees& trees, const ClassCode& code, double weight, const TermFinder& finder, TermBag& bag) {
    if (const ClassNode* node = trees.find(code)) add_text(finder, node->name, weight, bag);
    for (const ClassNode* above : trees.ancestors(code)) add_text(finder, above->name, weight *= above_share, bag);
}

} // namespace

TermFinder make_term_finder(const Thesaurus& thesaurus) {
    std::vector<TermConcept> concepts;
    for (const Concept& one : thesaurus) {
        TermConcept made{one.code, one.broader, {}};
        for (const auto* words : {&one.zh, &one.en, &one.ru}) made.words.insert(made.words.end(), words->begin(), words->end());
        concepts.push_back(std::move(made));
    }
    return TermFinder(
        concepts, [](std::string_view text) { return search::fold(text); }, [](std::string_view word) { return search::stem(word); });
}

TermBag terms_of(const TermFinder& finder, const Text& title, const Text& summary, const Keywords& keywords) {
    TermBag bag;
    add_text(finder, title, title_weight, bag);
    add_text(finder, summary, summary_weight, bag);
    for (const auto* words : {&keywords.zh, &keywords.en, &keywords.ru})
        for (const std::string& word : *words) finder.add(word, keyword_weight, bag);
    return bag;
}

std::vector<ClassProfile> profiles_of(const ClassTrees& trees, const ClassEdition& edition, const TermFinder& finder) {
    std::vector<ClassProfile> profiles;
    for (const ClassNode& node : edition.classes) {
        const ClassCode code{edition.tree, edition.edition, node.code};
        if (!trees.is_leaf(code)) continue;
        ClassProfile profile{node.code, {}};
        add_names(trees, code, 1, finder, profile.names);
        TermBag joined;
        for (const Crossing& crossing : trees.crossings_of(code))
            if (crossing.relation != Relation::broader)
                if (const ClassNode* other = trees.find(crossing.to)) add_text(finder, other->name, 1, joined);
        // However many classes are joined, their names weigh no more than a share of its own.
        const double own = total_of(profile.names), borrowed = total_of(joined);
        for (const auto& [key, term] : joined) profile.names[key].weight += term.weight * std::min(1.0, crossing_share * own / borrowed);
        profiles.push_back(std::move(profile));
    }
    return profiles;
}

Background background_of(const Reference& reference, const Thesaurus& concepts, const TermFinder& finder) {
    Background background;
    for (const ClassEdition& edition : reference.classification.trees.editions())
        for (const ClassNode& node : edition.classes) {
            TermBag bag;
            add_text(finder, node.name, 1, bag);
            background.add(bag);
        }
    for (const Concept& one : concepts)
        for (const auto* words : {&one.zh, &one.en, &one.ru})
            for (const std::string& word : *words) background.add(finder.terms_of(word));
    return background;
}

std::vector<std::string> confirmed_codes(const Technology& technology, std::string_view tree) {
    if (tree == "fields") return {std::string(name_of(technology.field))};
    if (tree == "gbepc") return technology.classes;
    return {};
}

SuggestionDesk::SuggestionDesk() = default;

void SuggestionDesk::prepare() {
    auto now = thesaurus();
    if (now == concepts_) return;
    concepts_ = std::move(now);
    reference_ = &reference();
    finder_ = std::make_shared<const TermFinder>(make_term_finder(*concepts_));
    background_ = std::make_shared<const Background>(background_of(*reference_, *concepts_, *finder_));
    models_.clear();
    examples_.clear();
    identity_.clear(); // the store is read again
}

std::shared_ptr<const TermFinder> SuggestionDesk::finder() {
    const std::lock_guard lock(guard_);
    prepare();
    return finder_;
}

Result<SuggestionDesk::Answer> SuggestionDesk::suggest(Store& store, const Asked& asked) {
    const std::lock_guard lock(guard_);
    prepare();
    const ClassEdition* edition = reference_->classification.trees.edition(asked.tree, asked.edition);
    require(edition != nullptr, "the edition was looked up before");
    TRY(catch_up(store));
    Suggester& model = model_of(*edition);
    const auto own = examples_.find(asked.except);
    if (own != examples_.end()) teach(model, asked.tree, own->second, false);
    Answer answer{model.suggest(asked.text, asked.limit), 0};
    if (own != examples_.end()) teach(model, asked.tree, own->second, true);
    for (const auto& [id, example] : examples_) answer.examples += id != asked.except && example.codes.contains(asked.tree);
    return answer;
}

Suggester& SuggestionDesk::model_of(const ClassEdition& edition) {
    const auto key = std::pair(edition.tree, edition.edition);
    const auto found = models_.find(key);
    if (found != models_.end()) return found->second;
    Suggester& model = models_.emplace(key, Suggester(profiles_of(reference_->classification.trees, edition, *finder_), background_)).first->second;
    for (const auto& [id, example] : examples_) teach(model, edition.tree, example, true);
    return model;
}

Result<Done> SuggestionDesk::catch_up(Store& store) {
    const std::string identity = TRY(store.identity());
    if (identity != identity_) {
        TRY(fill(store));
        identity_ = identity;
    }
    const Announcements feed = TRY(store.announcements(cursor_, changes_max)); // the rest is for the next to ask
    std::set<std::string> changed;
    for (const Announcement& one : feed.changes)
        if (one.record == record_of<Technology>().name) changed.insert(one.id);
    if (!changed.empty())
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            for (const std::string& id : changed) {
                const auto technology = TRY(transaction.find_one<Technology>("id = $1", {id}));
                drop(id);
                if (technology) put(teaser(*technology));
            }
            return Done{};
        }));
    cursor_ = feed.cursor;
    return Done{};
}

Result<Done> SuggestionDesk::fill(Store& store) {
    cursor_ = TRY(store.announced_until());
    while (!examples_.empty()) drop(examples_.begin()->first);
    std::string last;
    for (bool more = true; more && examples_.size() < examples_max;)
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            const auto some = TRY(transaction.find<Technology>(fmt::format("state = 'published' AND id > $1 ORDER BY id LIMIT {}", batch), {last}));
            for (const Technology& technology : some) {
                drop(technology.id.text); // a read may be tried again
                put(teaser(technology));
                last = technology.id.text;
            }
            more = some.size() == batch;
            return Done{};
        }));
    return Done{};
}

void SuggestionDesk::put(const Technology& technology) {
    if (technology.state != State::published || examples_.size() >= examples_max) return;
    Example example;
    for (const auto& [key, term] : terms_of(*finder_, technology)) {
        const auto number = numbers_.emplace(key, static_cast<std::uint32_t>(terms_.size()));
        if (number.second) terms_.push_back(key);
        example.terms.emplace_back(number.first->second, static_cast<float>(term.weight));
    }
    for (const char* tree : {"fields", "gbepc"})
        if (auto codes = confirmed_codes(technology, tree); !codes.empty()) example.codes.emplace(tree, std::move(codes));
    teach(examples_.emplace(technology.id.text, std::move(example)).first->second, true);
}

void SuggestionDesk::drop(const std::string& id) {
    const auto known = examples_.find(id);
    if (known == examples_.end()) return;
    teach(known->second, false);
    examples_.erase(known);
}

TermBag SuggestionDesk::bag_of(const Example& example) const {
    TermBag bag;
    for (const auto& [number, weight] : example.terms) bag.emplace(terms_[number], WeighedTerm{weight, {}});
    return bag;
}

void SuggestionDesk::teach(const Example& example, bool learn) {
    for (auto& [key, model] : models_) teach(model, key.first, example, learn);
}

void SuggestionDesk::teach(Suggester& model, const std::string& tree, const Example& example, bool learn) const {
    const auto codes = example.codes.find(tree);
    if (codes == example.codes.end()) return;
    const TermBag bag = bag_of(example);
    for (const std::string& code : codes->second) learn ? model.learn(code, bag) : model.forget(code, bag);
}

} // namespace greenbank::library
