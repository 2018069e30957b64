// suggesting.h — the library's data for the suggester: words of classes, of the thesaurus and of entries, and the desk that
// keeps what people confirmed (published technologies) in step with the store.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "library/engine/classification.h"
#include "library/records.h"
#include "library/reference.h"
#include "store/store.h"

namespace greenbank::library {

/// Finds terms with the folding and the stems of search, and the concepts of the thesaurus.
TermFinder make_term_finder(const Thesaurus& concepts);
/// The terms of an entry; titles count twice, keywords one and a half times.
TermBag terms_of(const TermFinder& finder, const Text& title, const Text& summary, const Keywords& keywords);
inline TermBag terms_of(const TermFinder& finder, const Technology& technology) {
    return terms_of(finder, technology.title, technology.summary, technology.keywords);
}

/// The lowest classes of an edition with the words of their names, of those above and, for what cross-walks join to them, of
/// the names there.
std::vector<ClassProfile> profiles_of(const ClassTrees& trees, const ClassEdition& edition, const TermFinder& finder);
/// All names of all classes and the thesaurus: text of the subject at large.
Background background_of(const Reference& reference, const Thesaurus& concepts, const TermFinder& finder);

/// The classes that entries carry: their field, and codes of the bond catalogue.
std::vector<std::string> confirmed_codes(const Technology& technology, std::string_view tree);

/// Suggesters for every edition, made when first asked for, taught by published technologies. Holds at most 5,000 of them.
class SuggestionDesk {
public:
    struct Asked {
        std::string tree, edition;
        TermBag text;
        std::size_t limit = 5;
        std::string except; // a technology whose own confirmation shall not count
    };
    struct Answer {
        std::vector<Suggestion> suggestions;
        std::int64_t examples = 0; // confirmed technologies behind them
    };

    SuggestionDesk();
    /// By the thesaurus in force.
    std::shared_ptr<const TermFinder> finder();
    /// Catches up with the store, then answers. Safe from many threads.
    Result<Answer> suggest(Store& store, const Asked& asked);

private:
    struct Example {
        std::vector<std::pair<std::uint32_t, float>> terms;
        std::map<std::string, std::vector<std::string>> codes; // by tree
    };
    using Models = std::map<std::pair<std::string, std::string>, Suggester>;

    void prepare(); // within the guard
    Result<Done> catch_up(Store& store);
    Result<Done> fill(Store& store);
    void put(const Technology& technology);
    void drop(const std::string& id);
    void teach(const Example& example, bool learn);
    void teach(Suggester& model, const std::string& tree, const Example& example, bool learn) const;
    TermBag bag_of(const Example& example) const;
    Suggester& model_of(const ClassEdition& edition);

    std::mutex guard_;
    const Reference* reference_ = nullptr;
    std::shared_ptr<const Thesaurus> concepts_; // another one than thesaurus() says: all below is made anew
    std::shared_ptr<const TermFinder> finder_;
    std::shared_ptr<const Background> background_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::string> terms_;
    std::map<std::string, Example> examples_; // by id of the technology
    Models models_;
    std::string identity_, cursor_; // of the store that was read, and how far
};

} // namespace greenbank::library
