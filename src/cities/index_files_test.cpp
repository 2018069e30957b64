// index_files_test.cpp — tables and recipes that are wrong, each fault by its line and column; periods; what the command writes.
#include "cities/index_files.h"
#include "sheets/folder_under_test.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

namespace fs = std::filesystem;

const std::string meta = "iCode,Level,Direction,Weight,Parent,Type,Target,Denominator\n"
                         "rain,1,1,1,water,Indicator,9,\n"
                         "leak,1,-1,3,water,Indicator,,people\n"
                         "wind,1,1,1,air,Indicator,,\n"
                         "water,2,1,1,all,Aggregate,,\n"
                         "air,2,1,1,all,Aggregate,,\n"
                         "all,3,1,1,,Aggregate,,\n"
                         "people,,,,,Denominator,,\n"
                         "coast,,,,,Group,,\n";
const std::string data = "uCode,uName,rain,leak,wind,people,coast\n"
                         "C,Cee,3,30,5,10,yes\n"
                         "A,Ay,1,10,7,10,no\n"
                         "B,Bee,2,20,NA,10,yes\n"
                         "D,Dee,5,5,1,10,no\n";
const std::string recipe = R"({"steps": [{"denominate": {}}, {"impute": {"method": "group_median", "group": "coast"}}, {"normalise": {"from": 0, "to": 10}}]})";

Result<Files> made(const std::string& meta_text, const std::string& data_text, const std::string& recipe_text) {
    const sheets::Folder folder;
    return compute_texts({folder.write("data.csv", data_text), folder.write("meta.csv", meta_text), folder.write("recipe.json", recipe_text), "", 1});
}

std::string faults(const std::string& meta_text, const std::string& data_text, const std::string& recipe_text) {
    const auto result = made(meta_text, data_text, recipe_text);
    if (result) return "none";
    std::string all = result.error().code.substr(7);
    for (const Problem& problem : result.error().problems) all += "; " + problem.field + " " + problem.code.substr(problem.code.find('.') + 1);
    return all;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST_CASE("a small index by hand, file by file") {
    const auto result = made(meta, data, recipe);
    REQUIRE_MESSAGE(result, faults(meta, data, recipe));
    const Files& files = result.value();
    CHECK(files.at("denominated.csv") == "uCode,rain,leak,wind\nA,1,1,7\nB,2,2,\nC,3,3,5\nD,5,0.5,1\n");
    CHECK(files.at("imputed.csv") == "uCode,rain,leak,wind\nA,1,1,7\nB,2,2,5\nC,3,3,5\nD,5,0.5,1\n");
    CHECK(files.at("normalised.csv").starts_with("uCode,rain,leak,wind\nA,0,8,10\nB,2.5,4,6.66"));
    CHECK(files.at("weights.csv") == "iCode,Level,Weight\nrain,1,1\nleak,1,3\nwind,1,1\nwater,2,1\nair,2,1\nall,3,1\n");
    CHECK(files.at("effective_weights.csv").starts_with("iCode,Level,EffectiveWeight\nrain,1,0.125\nleak,1,0.375\nwind,1,0.5\n"));
    CHECK(files.at("results_full.csv").starts_with("uCode,Rank,all,water,air,rain,leak,wind\nA,1,8,6,10,0,8,10\nB,2,"));
    CHECK(files.at("summary.json").find("\"rank\": 1") != std::string::npos);
}

TEST_CASE("what is wrong with the tables is said by line and column, all at once") {
    CHECK(faults(replaced(replaced(meta, "rain,1,1,1", "rain,1,2,x"), "air,2,1,1,all,Aggregate", "air,0,1,-1,all,Agg"), data, recipe) ==
          "index_meta_file; line 2: Direction index_file_direction; line 2: Weight index_file_weight; line 6: Type index_file_type; line 6: Level "
          "index_file_level; line 6: Weight index_file_weight");
    CHECK(faults(replaced(meta, "leak,1", "rain,1"), data, recipe).starts_with("index_meta_file; rain index_code_twice"));
    CHECK(faults(replaced(meta, "all,3,1,1,,", "all,3,1,1,water,"), data, recipe) == "index_meta_file; water index_cycle");
    CHECK(faults(replaced(meta, "air,2,1,1,all,", "air,2,1,1,sky,"), data, recipe) == "index_meta_file; air index_parent_unknown");
    CHECK(faults(replaced(meta, "air,2,1,1,all,", "air,2,1,1,,"), data, recipe) == "index_meta_file; Parent index_tops");
    CHECK(faults(replaced(meta, "wind,1,1,1,air,", "wind,1,1,1,water,"), data, recipe) == "index_meta_file; air index_aggregate_empty");
    CHECK(faults(replaced(meta, "all,3", "all,2"), data, recipe).starts_with("index_meta_file; "));
    CHECK(faults(meta, replaced(replaced(data, "D,Dee,5,5", "C,Dee,5,many"), "1,10,7,10,no", "1,10,7,inf,no"), recipe) ==
          "index_data_file; line 3: people index_file_number; line 5: uCode index_unit_twice; line 5: leak index_file_number");
    CHECK(faults(meta, "uCode,rain,leak,wind,people,coast\nA,1,1,,1,x\nB,2,2,NA,1,x\n", recipe) == "index_data_file; wind index_all_missing");
    CHECK(faults(meta, replaced(data, "wind,people", "gale,people"), recipe) == "index_data_file; wind column_missing; gale column_unexpected");
    CHECK(faults(meta, replaced(data, "30,5,10,yes", "30,5,0,yes"), recipe) == "index_not_possible; C, leak index_denominator_zero");
}

TEST_CASE("what is wrong with a recipe is said by its place, and what it cannot do with these data by step and indicator") {
    CHECK(faults(meta, data, R"({"steps":[{"impute":{"method":"group_mean"}},{"normalise":{"from":5,"to":5},"treat":{}}],"weigh":{"method":"magic"}})") ==
          "recipe_file; weigh.method unknown; steps[0].impute.group recipe_group; steps[1].normalise.to recipe_range; steps[1].denominate recipe_step");
    CHECK(faults(meta, data, R"({"steps":[{"normalise":{}},{"treat":{}}]})") == "recipe_file; steps recipe_normalise_last");
    const auto with = [&](const std::string& more) { return replaced(recipe, "]}", "], " + more + "}"); };
    CHECK(faults(meta, data, with(R"("aggregate":{"method":"geometric"})")) ==
          "index_not_possible; A, rain index_mean_impossible; C, leak index_mean_impossible; D, wind index_mean_impossible");
    CHECK(faults(meta, data, with(R"("weigh":{"sum":1})")) == "index_not_possible; water index_weights_sum; all index_weights_sum");
    CHECK(faults(meta, replaced(replaced(replaced(data, "3,30", "1,30"), "2,20", "1,20"), "5,5,1", "1,5,1"), recipe) ==
          "index_not_possible; rain index_zero_variance");
    CHECK(faults(
              meta, data, with(R"("what_if":[{"name":"x","changes":[{"unit":"Z","indicator":"rain","value":1},{"unit":"A","indicator":"sun","value":1}]}])")) ==
          "index_not_possible; Z index_unit_unknown; sun index_indicator_unknown");
    CHECK(faults(meta, data, with(R"("rise":[{"unit":"Z"}])")) == "index_rise_unit");
    CHECK(made(meta, data, with(R"("rise":[{"unit":"C","places":1}])")).value().at("rise.csv").starts_with("uCode,Rank,Places,iCode,Now,Needed,Further\nC,"));
    CHECK(faults(meta, data, with(R"("analyse":{"components":[{"group":"sky"}]})")) == "index_aggregate_unknown");
    CHECK(faults(meta, data, with(R"("analyse":{"components":[{"group":"all"}]})")) == "index_stage_missing");
}

TEST_CASE("an alternative that cannot be is told and hinders nothing") {
    const auto result = made(meta, data,
        R"({"steps":[{"impute":{}},{"normalise":{}}],"alternatives":[{"name":"g","aggregate":{"method":"geometric"}},{"name":"c","aggregate":{"method":"copeland"}}]})");
    REQUIRE(result);
    CHECK(!result.value().contains("agg_g.csv"));
    CHECK(result.value().at("alternatives.csv").starts_with("uCode,Rank,c\n"));
    CHECK(result.value().at("summary.json").find("g: A, rain: At aggregate: water cannot be made this way") != std::string::npos);
}

TEST_CASE("periods: together on one scale with changes, or apart in folders of their own") {
    std::string two = "uCode,Time,rain,leak,wind,people,coast\n";
    for (const char* year : {"2026", "2025"})
        for (const auto& [unit, rain] : {std::pair{"A", 1}, {"B", 2}, {"C", 3}})
            two += fmt::format("{},{},{},{},{},10,x\n", unit, year, rain + (*unit == 'A' && year[3] == '6' ? 9 : 0), 10 * rain, rain);
    const auto together = made(meta, two, recipe);
    REQUIRE(together);
    CHECK(together.value().at("results_over_time.csv").starts_with("uCode,Time,Rank,Score,RankChange,ScoreChange\nA,2025,"));
    CHECK(together.value().at("normalised.csv").starts_with("uCode,Time,rain,leak,wind\nA,2025,0,10,0\nA,2026,10,10,0\n"));
    const auto apart = made(meta, two, replaced(recipe, "]}", R"(], "periods_together": false})"));
    REQUIRE(apart);
    CHECK(apart.value().at("2025/normalised.csv").starts_with("uCode,rain,leak,wind\nA,0,10,0\n"));
    CHECK(apart.value().contains("2026/summary.json"));
    CHECK(faults(meta, two, recipe) == "none");
    // A year that one unit lacks: the others are compared with it, that one has no change.
    std::string gap = two;
    gap.erase(gap.find("C,2025,"), gap.find('\n', gap.find("C,2025,")) + 1 - gap.find("C,2025,"));
    const auto with_gap = made(meta, gap, recipe);
    REQUIRE(with_gap);
    const std::string& over_time = with_gap.value().at("results_over_time.csv");
    CHECK(over_time.find("C,2025,") == std::string::npos);
    const std::string line = over_time.substr(over_time.find("C,2026,"), over_time.find('\n', over_time.find("C,2026,")) - over_time.find("C,2026,"));
    CHECK_MESSAGE(line.ends_with(",,"), line);
    CHECK(over_time.find("A,2025,") != std::string::npos);
    CHECK(faults(meta, replaced(two, "A,2026", "A,../26"), replaced(recipe, "]}", R"(], "periods_together": false})")) == "index_period_name");
}

} // namespace greenbank::cities
