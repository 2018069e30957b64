// clauses.h — clauses of a contract as data: a text in three languages with {places}, filled from the contract. Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deals/engine/contract_moves.h"
#include "kernel/text.h"

namespace greenbank::deals {

struct Clause {
    std::string key;
    unsigned kinds = 0;          // bits of the kinds of contract it is for
    std::string edition, status; // every one of today's is a sample, and none is legal advice
    Text title, body;
};

/// By name, in the language of the text that is filled.
using ClauseParameters = std::map<std::string, std::string, std::less<>>;

struct FilledClause {
    std::string key;
    std::string title, body;
    std::vector<std::string> missing; // parameters that nobody gave; their {place} still stands in the text
};

/// Names of the {places} of a text, each once, in order.
std::vector<std::string> places_of(std::string_view text);
FilledClause filled(const Clause& clause, Language language, const ClauseParameters& parameters);
/// One row each: key, kinds, edition, status, title and body in three languages. What is wrong names its row: a place that is not in every
/// language, a kind that is not there, a key twice.
Result<std::vector<Clause>> read_clauses(std::string_view csv);

} // namespace greenbank::deals
