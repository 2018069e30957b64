// stable_test.cpp — preferences by name, and the sample bank's own market.
#include <doctest/doctest.h>

#include "match/stable/stable.h"
#include "match/test_bank.h"
#include "json/json.h"

namespace greenbank::match {
namespace {

PreferenceFile file_of(std::string_view json) {
    auto read = from_json<PreferenceFile>(json);
    REQUIRE(read);
    return read.value();
}
std::string pairs_of(const StableFile& file) {
    std::string all;
    for (const MatchedPair& pair : file.pairs) all += pair.proposing + "-" + pair.receiving + " ";
    return all;
}

} // namespace

TEST_CASE("a file of preferences with quotas and ties") {
    const PreferenceFile file =
        file_of(R"({"proposing": [{"id": "island", "quota": 2, "prefers": ["wind", "sun = battery"]}, {"id": "park", "prefers": ["sun", "wind"]}],
        "receiving": [{"id": "wind", "prefers": ["park", "island"]}, {"id": "sun", "prefers": ["island = park"]}, {"id": "battery", "quota": 3, "prefers": ["island"]}]})");
    const auto made = match_stably(file, 0);
    REQUIRE(made);
    CHECK(made.value().blocking_pairs == 0);
    CHECK(pairs_of(made.value()) == "island-wind island-battery park-sun ");
    CHECK(made.value().pairs[1].proposing_rank == 2);
    CHECK(made.value().receiving_open == std::vector<std::string>{"battery"});
    CHECK(to_json(match_stably(file, 7).value()) == to_json(match_stably(file, 7).value()));
}

TEST_CASE("every fault of a file is named") {
    const auto wrong = match_stably(
        file_of(R"({"proposing": [{"id": "a", "prefers": ["x", "y = nobody"]}, {"id": "a", "prefers": ["x = x"]}], "receiving": [{"id": "x"}]})"), 0);
    REQUIRE(!wrong);
    CHECK(wrong.error().problems.size() == 4); // y, nobody, a twice, x twice
    CHECK(!from_json<PreferenceFile>(R"({"proposing": [], "receiving": [{"id": "x"}]})"));
}

TEST_CASE("the sample bank: stable whoever proposes, and the side that proposes never does worse for it") {
    const auto moment = sample_bank()->moment();
    const Date today = make_date(2026, 11, 29);
    StableRequest request{.needs = {}, .field = {}, .technology_quota = 2};
    const auto needs = match_stably(*moment, request, today);
    request.proposing = ProposingSide::technologies;
    const auto technologies = match_stably(*moment, request, today);
    REQUIRE(needs);
    REQUIRE(technologies);
    CHECK(needs.value().blocking_pairs == 0);
    CHECK(technologies.value().blocking_pairs == 0);
    CHECK(needs.value().pairs.size() == technologies.value().pairs.size());
    std::map<std::string, std::int64_t> rank;
    for (const StablePairView& pair : technologies.value().pairs) rank[pair.need.text] = pair.need_rank;
    for (const StablePairView& pair : needs.value().pairs) CHECK(pair.need_rank <= rank.at(pair.need.text));
    CHECK(needs.value().pairs.size() + needs.value().needs_alone.size() == sample_needs().size());
    request.needs = {Id<library::Need>("need_nobody")};
    CHECK(match_stably(*moment, request, today).error().problems.at(0).field == "needs[0]");
}

} // namespace greenbank::match
