// percolating.h — standing queries against one document at a time: search the other way round, for notices.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "search/matching.h"
#include "search/prepared.h"
#include "search/reading.h"
#include "search/search.h"

namespace greenbank::search {

/// A document meets a standing query where a search for it would find the document with all its words: nothing is corrected, its last
/// word is whole, and some of the words are not enough. Each query is filed under units one of which every document that meets it
/// must hold, so that a document is compared only with queries it has a unit of. Not for several threads at once.
class Percolator {
public:
    /// Facets and synonyms as of the index. More than its facets allow is an error.
    static Result<Percolator> make(const Setup& setup);

    /// Adds or replaces; text, filters and `visible` count. A facet that is not known is an error.
    Result<Done> put(const std::string& id, const Query& query);
    void erase(const std::string& id);
    std::size_t size() const { return standing_.size(); }

    /// Ids of the queries that the document meets, in order. `compared`: how many had to be looked at.
    Result<std::vector<std::string>> matches(const Document& document, std::size_t* compared = nullptr) const;

private:
    struct Standing {
        std::vector<Reading> readings; // one that holds is enough; none: every document
        std::vector<Condition> excluded;
        std::vector<std::pair<std::size_t, std::vector<std::string>>> filters; // by place
        std::vector<std::string> visible;
        std::vector<std::string> filed; // under these units
    };
    Percolator(std::vector<std::string> names, const Synonyms& synonyms) :
        facet_names_(std::move(names)), thesaurus_(std::make_unique<const Thesaurus>(synonyms)) {}
    static bool meets(const Prepared& document, const Standing& standing);

    std::vector<std::string> facet_names_;
    std::unique_ptr<const Thesaurus> thesaurus_;
    std::map<std::string, Standing> standing_;                     // by id
    std::unordered_map<std::string, std::set<std::string>> under_; // unit or stem to ids
    std::set<std::string> always_;                                 // filed under nothing
};

} // namespace greenbank::search
