// clauses_test.cpp — the templates as they lie in the program: sound, and every place is one that a contract fills or the parties can.
#include <set>

#include <doctest/doctest.h>

#include "deals/contracts/access.h"

namespace greenbank::deals {

TEST_CASE("every place of the templates is filled by the contract or by its parties; every kind has a scope and an end") {
    const std::set<std::string> from_contract = {
        "parties", "milestones", "subject", "title", "amount", "starts_on", "ends_on", "governing_language", "languages"};
    std::set<std::string> used;
    REQUIRE(clause_templates().size() >= 20);
    for (const Clause& clause : clause_templates()) {
        CHECK(clause.status == "sample");
        for (const std::string& place : places_of(clause.body.en)) {
            CHECK_MESSAGE((from_contract.contains(place) || parse_choice<ClausePlace>(place)), clause.key, ": nobody can fill ", place);
            used.insert(place);
        }
        for (const std::string* text : {&clause.title.zh, &clause.title.en, &clause.title.ru, &clause.body.zh, &clause.body.en, &clause.body.ru})
            CHECK(!text->empty());
    }
    for (const std::string_view place : Choices<ClausePlace>::values) CHECK_MESSAGE(used.contains(std::string(place)), place, " stands in no clause");
    for (unsigned kind = 0; kind < std::size(Choices<ContractKind>::values); ++kind) {
        const auto has = [&](std::string_view beginning) {
            for (const Clause& clause : clause_templates())
                if (clause.key.starts_with(beginning) && (clause.kinds & 1U << kind)) return true;
            return false;
        };
        for (const std::string_view beginning : {"parties", "scope_", "confidentiality", "termination", "dispute", "language"})
            CHECK_MESSAGE(has(beginning), Choices<ContractKind>::values[kind], " has no clause ", beginning);
    }
}

} // namespace greenbank::deals
