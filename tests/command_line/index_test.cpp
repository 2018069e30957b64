// index_test.cpp — a composite index out of files: computed, and refused with the reason in the asked language.
#include <filesystem>

#include "cast.h"

namespace greenbank::testing {

namespace {

const char* const meta = "iCode,Level,Direction,Weight,Parent,Type\nrain,1,1,1,all,Indicator\nleak,1,-1,3,all,Indicator\nall,2,1,1,,Aggregate\n";
const char* const data = "uCode,rain,leak\nA,1,10\nB,2,20\nC,3,30\n";

} // namespace

TEST_CASE("an index is computed stage by stage from two tables and a recipe") {
    const TemporaryFolder folder;
    const std::string recipe = folder.write("recipe.json", R"({"steps":[{"normalise":{"method":"min_max"}}]})"), out = folder.path() + "/out";
    const std::vector<std::string> words = {"index", "compute", "--data", folder.write("data.csv", data), "--meta", folder.write("meta.csv", meta), "--recipe",
        recipe, "--out", out, "--language", "en"};
    const Ran ran = run(words);
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK_MESSAGE(ran.out.starts_with("   1  A  75\n   2  B  50\n   3  C  25\n"), ran.out);
    CHECK(read_whole(out + "/normalised.csv") == "uCode,rain,leak\nA,0,100\nB,50,50\nC,100,0\n");
    CHECK(Answer{200, read_whole(out + "/summary.json"), "", {}}.at("/ranking/0/unit") == "A");
}

TEST_CASE("an index that cannot be is refused by step and indicator, and nothing is written") {
    const TemporaryFolder folder;
    const std::string recipe = folder.write("recipe.json", R"({"steps":[{"normalise":{}}],"aggregate":{"method":"geometric"}})"), out = folder.path() + "/out";
    const std::string table = folder.write("data.csv", data), indicators = folder.write("meta.csv", meta);
    for (const auto& [language, sentence] : {std::pair{"en", "all cannot be made this way"}, {"zh", "all 无法这样计算"}, {"ru", "all так получить нельзя"}}) {
        const Ran ran = run({"index", "compute", "--data", table, "--meta", indicators, "--recipe", recipe, "--out", out, "--language", language});
        CHECK(ran.status == 1);
        CHECK_MESSAGE(ran.err.find(sentence) != std::string::npos, ran.err);
        CHECK(ran.err.find("A, rain") != std::string::npos);
    }
    CHECK(!std::filesystem::exists(out));
}

} // namespace greenbank::testing
