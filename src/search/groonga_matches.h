// Conditions against Groonga's lists of occurrences: which documents, and how often, weighted by section.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "search/groonga_database.h"
#include "search/groonga_words.h"
#include "search/reading.h"

namespace greenbank::search {

/// In order of documents, each once, with as many occurrences.
struct Matches {
    std::vector<grn_id> documents;
    std::vector<float> occurrences;

    std::size_t size() const { return documents.size(); }
    bool empty() const { return documents.empty(); }
    void reserve(std::size_t most) { documents.reserve(most), occurrences.reserve(most); }
    void push_back(grn_id document, float count) { documents.push_back(document), occurrences.push_back(count); }
    /// Of a document not before the last one.
    void add(grn_id document, float count) {
        if (!documents.empty() && documents.back() == document) occurrences.back() += count;
        else push_back(document, count);
    }
};

class Matcher {
public:
    Matcher(grn_ctx* context, const Tables& tables, const FrequentUnits& frequent, GroongaWords& words, grn_id last_document) :
        context_(context), tables_(tables), frequent_(frequent), words_(words), last_document_(last_document) {}

    Matches find(const Condition& condition) const;
    /// For a condition of one frequent unit: its bytes; else nothing.
    const FrequentUnit* frequent(const Condition& condition) const;
    /// An upper bound, quickly.
    std::size_t estimate(const Condition& condition) const;
    /// Whether a document that passes meets the condition; as soon as one is found.
    bool any(const Condition& condition, const std::function<bool(grn_id)>& passes) const;

private:
    struct Required; // a place in a sequence and the units that may stand there
    std::vector<Required> required(const Condition& condition) const;
    std::vector<Required> required_by_literal(const Condition& condition) const;
    Matches literal(const Condition& condition) const;
    Matches within_words(const std::string& part) const;
    std::vector<grn_id> unit(const std::string& key) const;
    void measure(std::vector<Required>& places) const;
    std::vector<grn_id> units_beginning(std::string_view beginning) const;
    Matches occurrences(std::span<const grn_id> units) const;
    std::vector<Required> covering(std::vector<Required> places) const;
    Matches sequence(std::vector<Required> places) const;
    bool may_hold(const Required& place, grn_id document) const;
    Matches unite(std::vector<Matches> lists) const;

    grn_ctx* context_;
    const Tables& tables_;
    const FrequentUnits& frequent_;
    GroongaWords& words_;
    grn_id last_document_;
};

Matches intersect(const Matches& a, const Matches& b); // the lesser number of occurrences holds

} // namespace greenbank::search
