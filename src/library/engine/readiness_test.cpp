// readiness_test.cpp — a claim against its evidence.
#include <doctest/doctest.h>

#include "kernel/text.h"
#include "library/engine/readiness.h"

namespace greenbank::library {
namespace {

void check(std::int64_t claimed, std::vector<std::int64_t> levels, std::int64_t shown, std::string_view remarks) {
    INFO("claimed ", claimed, " by ", levels.size(), " pieces of evidence");
    const ReadinessJudgement judgement = judge_readiness(claimed, levels);
    CHECK(judgement.shown == shown);
    std::vector<std::string> names;
    for (const ReadinessRemark one : judgement.remarks) names.emplace_back(name_of(one));
    CHECK(join(names, " ") == remarks);
}

} // namespace

TEST_CASE("a claimed level is shown, or an assessor hears of it") {
    check(9, {9}, 9, "");
    check(9, {3, 9, 6}, 9, "");
    check(9, {}, 0, "nothing_shown");
    check(9, {7, 3}, 7, "level_not_shown shown_below");
    check(6, {6, 8}, 8, "shown_above");
    check(6, {5, 8}, 8, "level_not_shown shown_above");
    check(1, {1}, 1, "");
}

TEST_CASE("levels without evidence are counted up to the claim") {
    CHECK(judge_readiness(4, std::vector<std::int64_t>{2, 4, 9}).without == std::vector<std::int64_t>{1, 3});
    CHECK(judge_readiness(2, {}).without == std::vector<std::int64_t>{1, 2});
}

} // namespace greenbank::library
