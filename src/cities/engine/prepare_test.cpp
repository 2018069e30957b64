// prepare_test.cpp — outliers, missing numbers and scales: properties with seeds, and each refusal.
#include "cities/engine/prepare.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "cities/engine/index_under_test.h"
#include "cities/engine/normalise.h"

namespace greenbank::cities {

TEST_CASE("treating keeps the order, draws in no more than allowed, and leaves what is not distorted") {
    std::size_t drawn_in = 0, logged = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Made made = random_index(random, 30);
        for (Column& column : made.data.indicators)
            for (double& number : column)
                if (random.chance(0.08)) number *= std::pow(10.0, 1 + random.uniform());
        Table table = whole_table(made.data);
        const Columns before = table.columns;
        Problems problems;
        const Treat how{.winsorise_most = static_cast<std::int64_t>(random.below(5))};
        const auto told = treat(made.context(), how, table, problems);
        CHECK(problems.empty());
        for (std::size_t k = 0; k < before.size(); ++k) {
            const auto note = std::find_if(told.begin(), told.end(), [&](const Treatment& one) { return one.indicator == k; });
            std::size_t moved = 0, crossed = 0;
            for (std::size_t i = 0; i < before[k].size(); ++i) {
                moved += table.columns[k][i] != before[k][i];
                for (std::size_t j = 0; j < i; ++j) crossed += before[k][i] < before[k][j] && table.columns[k][i] > table.columns[k][j];
            }
            CHECK(crossed == 0);
            if (note == told.end()) {
                CHECK(moved == 0);
            } else if (note->transform == Transform::none) {
                CHECK(moved == note->winsorised);
                CHECK(moved <= static_cast<std::size_t>(how.winsorise_most));
                ++drawn_in;
            } else {
                ++logged;
            }
        }
    }
    MESSAGE(drawn_in, " drawn in, ", logged, " by their logarithm");
    CHECK(drawn_in > 50);
    CHECK(logged > 50);
}

TEST_CASE("imputing fills all and touches nothing that is there; a mean stays the mean") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Made made = random_index(random, 24);
        for (Column& column : made.data.indicators)
            for (std::size_t i = 2; i < column.size(); ++i)
                if (random.chance(0.2)) column[i] = missing;
        for (const Imputation method : {Imputation::mean, Imputation::median, Imputation::group_mean, Imputation::group_median, Imputation::em}) {
            Table table = whole_table(made.data);
            Problems problems;
            impute(made.context(), {method, "half"}, table, problems);
            for (std::size_t k = 0; k < table.columns.size() && problems.empty(); ++k) {
                CHECK(std::all_of(table.columns[k].begin(), table.columns[k].end(), known));
                for (std::size_t i = 0; i < table.columns[k].size(); ++i)
                    if (known(made.data.indicators[k][i])) CHECK(table.columns[k][i] == made.data.indicators[k][i]);
                if (method == Imputation::mean) CHECK(mean_of(table.columns[k]) == doctest::Approx(mean_of(made.data.indicators[k])));
            }
        }
    }
}

TEST_CASE("expectation and maximisation find what lies on a line, and give means where nothing hangs together") {
    Random random(7);
    Columns columns(3, Column(200));
    for (std::size_t i = 0; i < 200; ++i) {
        columns[0][i] = random.uniform();
        columns[1][i] = 3 * columns[0][i] - 1;
        columns[2][i] = 5 - 2 * columns[0][i];
    }
    Columns gaps = columns;
    for (std::size_t i = 0; i < 200; i += 7) gaps[i % 3][i] = missing;
    impute_em(gaps);
    for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t i = 0; i < 200; ++i) CHECK(std::abs(gaps[k][i] - columns[k][i]) < 1e-3);
    Columns alone = {{1, 2, 3, missing}, {missing, missing, missing, missing}};
    alone[1] = {4, 4, 4, 4};
    impute_em(alone);
    CHECK(alone[0][3] == doctest::Approx(2));
}

TEST_CASE("normalising: the scale is kept, more is better, and order survives") {
    using enum Normalisation;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Made made = random_index(random, 20);
        for (const Normalisation method :
            {min_max, z_score, scaled, rank, percentile_rank, borda, distance_to_max, distance_to_reference, fraction_of_max, goalposts}) {
            Table table = whole_table(made.data);
            Normalise how{.method = method, .reference = "u3"};
            for (std::size_t k = 0; k < made.framework.indicators; ++k) how.goalposts.push_back({made.framework.nodes[k].code, -10, 200});
            Problems problems;
            normalise(made.context(), how, table, problems);
            if (!problems.empty()) continue; // the reference is the worst
            for (std::size_t k = 0; k < table.columns.size(); ++k) {
                const double direction = made.framework.nodes[k].direction;
                const Column &before = made.data.indicators[k], &after = table.columns[k];
                // A fraction of a greatest value below 0 turns the order; ASEM's published file has it so too.
                if (method == fraction_of_max && direction < 0) continue;
                std::size_t crossed = 0;
                for (std::size_t i = 0; i < before.size(); ++i)
                    for (std::size_t j = 0; j < i; ++j) crossed += direction * before[i] < direction * before[j] && after[i] >= after[j] + 1e-12;
                CHECK(crossed == 0);
                if (method == min_max) {
                    CHECK(*std::min_element(after.begin(), after.end()) == doctest::Approx(0));
                    CHECK(*std::max_element(after.begin(), after.end()) == doctest::Approx(100));
                }
                if (method == z_score) CHECK(distribution_of(after).deviation == doctest::Approx(1));
                if (method == distance_to_reference) CHECK(after[3] == doctest::Approx(1));
            }
        }
    }
}

TEST_CASE("a step that cannot be done says where and why, for all places at once") {
    Random random(1);
    Made made = random_index(random, 8);
    const auto after = [&](auto change, auto step) {
        Made other = made;
        change(other);
        Table table = whole_table(other.data);
        Problems problems;
        step(other.context(), table, problems);
        std::string all;
        for (const Problem& one : problems) all += (all.empty() ? "" : "; ") + one.field + " " + one.code.substr(7);
        return all;
    };
    const auto nothing = [](Made&) {};
    const auto by = [](Normalise how) { return [how](const Context& context, Table& table, Problems& problems) { normalise(context, how, table, problems); }; };
    CHECK(after([](Made& m) { m.data.indicators[1].assign(8, 3); }, by({})) == "b index_zero_variance");
    CHECK(after([](Made& m) { m.data.indicators[1].assign(8, missing); }, by({})) == "b index_all_missing");
    CHECK(after(nothing, by({.method = Normalisation::distance_to_target})).starts_with("a index_target_missing; b index_target_missing"));
    CHECK(after(nothing, by({.method = Normalisation::goalposts, .goalposts = {{"a", 0, 1}, {"c", 0, 1}, {"d", 0, 1}, {"e", 0, 1}, {"f", 0, 1}}})) ==
          "b index_goalpost_missing");
    CHECK(after(nothing, by({.method = Normalisation::distance_to_reference, .reference = "nobody"})).starts_with("a index_reference_missing"));
    CHECK(after(
              [](Made& m) {
                  m.framework.nodes[0].denominator = "people";
                  m.data.denominators["people"] = {1, 2, 0, missing, 1, 1, 0, 1};
                  m.framework.nodes[2].denominator = "land";
              },
              [](const Context& context, Table& table, Problems& problems) { denominate(context, {}, table, problems); }) ==
          "u2, a index_denominator_zero; u6, a index_denominator_zero; c index_denominator_unknown");
    CHECK(after(nothing, [](const Context& context, Table& table, Problems& problems) {
        impute(context, {Imputation::group_mean, "moon"}, table, problems);
    }) == "impute index_group_unknown");
    CHECK(after(
              [](Made& m) {
                  for (std::size_t i = 0; i < 8; i += 2) m.data.indicators[0][i] = missing;
              },
              [](const Context& context, Table& table, Problems& problems) {
                  impute(context, {Imputation::group_mean, "half"}, table, problems);
              }) == "a index_group_empty");
    CHECK(after(
              [](Made& m) {
                  m.data.indicators[0] = {-1, 0, 1, 1, 1, 1, 1, 1e6};
              },
              [](const Context& context, Table& table, Problems& problems) {
                  treat(context, {.winsorise_most = 0, .then = Transform::log}, table, problems);
              }) == "u0, a index_log_negative; u1, a index_log_negative");
    CHECK(after(nothing, [](const Context& context, Table& table, Problems& problems) {
        screen(context, {.always_out = {"u0", "u1", "u2", "u3", "u4", "u5", "u6"}}, table, problems);
    }) == "screen index_screened_all");
}

} // namespace greenbank::cities
