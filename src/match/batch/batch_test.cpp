// batch_test.cpp — all needs at once say what each says alone; runs are compared; files in and out.
#include <doctest/doctest.h>

#include "match/batch/batch.h"
#include "match/batch/files.h"
#include "match/test_bank.h"
#include "json/record_csv.h"

namespace greenbank::match {
namespace {

const Date today = make_date(2026, 11, 29);

std::string run(bool as_json, unsigned threads) {
    std::string out;
    const auto done = match_batch_files(
        *empty_matcher(), to_csv(sample_needs()), to_csv(sample_technologies()), 20, threads, as_json, Language::en,
        [&](std::string_view text) { out += text; }, [](std::size_t, std::size_t) {});
    REQUIRE(done);
    CHECK(done.value() == sample_needs().size());
    return out;
}

} // namespace

TEST_CASE("all needs at once, with any number of threads, are what each is alone") {
    const auto moment = sample_bank()->moment();
    const auto needs = open_needs_after(*moment, "", 1000, today);
    REQUIRE(needs.size() == sample_needs().size());
    for (const unsigned threads : {1U, 2U, 7U}) {
        const auto results = match_all(*moment, needs, 20, threads);
        const auto lists = explain_all(*moment, needs, 20, threads, today, Language::en);
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const MatchList alone = matches(*moment, sample_need(needs[i]->need.id.text), {.top = 20, .today = today}); // with its description
            CHECK(to_json(lists[i]) == to_json(alone));
            REQUIRE(results[i].items.size() == alone.items.size());
            CHECK(results[i].excluded == alone.excluded);
            for (std::size_t k = 0; k < alone.items.size(); ++k) {
                const MatchFound& found = results[i].items[k];
                CHECK(found.technology == alone.items[k].technology);
                CHECK(found.score_points == alone.items[k].score_points);
                for (std::size_t c = 0; c < criterion_count; ++c) CHECK(found.contribution_points.at(c) == alone.items[k].criteria[c].contribution_points);
            }
            CHECK(lines_of(results[i]).size() == results[i].items.size());
        }
    }
}

TEST_CASE("needs come in pages by id, closed ones never") {
    const auto moment = sample_bank()->moment();
    std::vector<std::string> ids;
    for (std::string after;;) {
        const auto some = open_needs_after(*moment, after, 7, today);
        if (some.empty()) break;
        for (const NeedEntry* one : some) ids.push_back(one->need.id.text);
        after = some.back()->need.id.text;
    }
    CHECK(ids.size() == sample_needs().size());
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    CHECK(open_needs_after(*moment, "", 1000, make_date(2040, 1, 1)).empty());
}

TEST_CASE("what is new, what moved and what is gone") {
    const auto result = [](std::vector<std::string> technologies) {
        MatchResult made;
        for (const std::string& one : technologies) made.items.push_back({.technology = Id<library::Technology>(one), .title = {}, .contribution_points = {}});
        return made;
    };
    MatchResult now = result({"tech_b", "tech_c", "tech_a"});
    compare(now, nullptr);
    CHECK((now.fresh == 0 && now.gone == 0 && !now.items[0].fresh));
    const MatchResult before = result({"tech_a", "tech_b", "tech_d", "tech_e"});
    compare(now, &before);
    CHECK(now.fresh == 1);
    CHECK(now.gone == 2);
    CHECK((now.items[1].fresh && !now.items[1].rank_before));
    CHECK(now.items[0].rank_before == 2);
    CHECK(now.items[2].rank_before == 1);
}

TEST_CASE("files: a row for each match, or every sentence, the same with any number of threads") {
    const std::string csv = run(false, 1);
    CHECK(run(false, 3) == csv);
    const auto lines = list_from_csv<MatchLine>(csv);
    REQUIRE(lines);
    CHECK(lines.value().size() > 60);
    for (const MatchLine& line : lines.value())
        CHECK(line.text_points + line.classes_points + line.performance_points + line.cost_points + line.readiness_points + line.evidence_points +
                  line.place_points ==
              line.score_points);
    const auto lists = list_from_json<MatchList>(run(true, 2));
    REQUIRE(lists);
    CHECK(lists.value().size() == sample_needs().size());
    const auto nothing = [](std::string_view) {};
    const auto quiet = [](std::size_t, std::size_t) {};
    const auto faulty = match_batch_files(*empty_matcher(), "title.en,field\nx,fire\n", "[]", 5, 1, false, Language::en, nothing, quiet);
    REQUIRE(!faulty);
    CHECK(faulty.error().code == "match.needs");
}

} // namespace greenbank::match
