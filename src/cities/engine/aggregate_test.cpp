// aggregate_test.cpp — means and their order, Copeland beside its definition, weights of each kind, and what follows from them.
#include "cities/engine/aggregate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "cities/engine/index_under_test.h"

namespace greenbank::cities {

namespace {

Column aggregated(const Columns& columns, const std::vector<double>& weights, MeanRule rule) {
    std::vector<const Column*> parts;
    for (const Column& column : columns) parts.push_back(&column);
    Column out(columns[0].size());
    CHECK(aggregate_group(parts, weights, rule, out).empty());
    return out;
}

/// The naive twin: the matrix of who is ahead of whom, written out, then wins less losses.
Column copeland_by_matrix(const Columns& columns, const std::vector<double>& weights) {
    const std::size_t rows = columns[0].size();
    std::vector<std::vector<double>> ahead(rows, std::vector<double>(rows, 0));
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < rows; ++j) {
            double both = 0;
            for (std::size_t k = 0; k < columns.size(); ++k) {
                const double a = columns[k][i], b = columns[k][j];
                if (!known(a) || !known(b)) continue;
                both += weights[k];
                ahead[i][j] += a > b ? weights[k] : a == b ? weights[k] / 2 : 0;
            }
            ahead[i][j] -= both / 2;
        }
    Column scores(rows, 0.0);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < rows; ++j) scores[i] += (ahead[i][j] > 1e-12) - (ahead[i][j] < -1e-12);
    return scores;
}

} // namespace

TEST_CASE("harmonic ≤ geometric ≤ arithmetic, and the generalised mean is each of them at its power") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Columns columns(1 + random.below(6), Column(20));
        std::vector<double> weights;
        for (Column& column : columns) {
            weights.push_back(random.chance(0.2) ? 0 : random.uniform());
            for (double& number : column) number = random.chance(0.1) ? missing : 1 + 99 * random.uniform();
        }
        const Column a = aggregated(columns, weights, {Aggregation::arithmetic}), g = aggregated(columns, weights, {Aggregation::geometric});
        const Column h = aggregated(columns, weights, {Aggregation::harmonic});
        const auto power = [&](double p) { return aggregated(columns, weights, {Aggregation::generalised, p}); };
        const Column one = power(1), zero = power(0), minus = power(-1), two = power(2);
        for (std::size_t row = 0; row < 20; ++row) {
            if (!known(a[row])) continue;
            CHECK(h[row] <= g[row] * (1 + 1e-12));
            CHECK(g[row] <= a[row] * (1 + 1e-12));
            CHECK(a[row] <= two[row] * (1 + 1e-12));
            CHECK(one[row] == doctest::Approx(a[row]));
            CHECK(zero[row] == doctest::Approx(g[row]));
            CHECK(minus[row] == doctest::Approx(h[row]));
        }
    }
}

TEST_CASE("Copeland's scores are those of the written-out matrix, and sum to nothing") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Columns columns(1 + random.below(5), Column(15));
        std::vector<double> weights;
        for (Column& column : columns) {
            weights.push_back(static_cast<double>(1 + random.below(4)));
            for (double& number : column) number = static_cast<double>(random.below(6));
            if (&column != &columns[0]) column[random.below(15)] = missing;
        }
        const Column found = aggregated(columns, weights, {Aggregation::copeland});
        CHECK(found == copeland_by_matrix(columns, weights));
        CHECK(std::accumulate(found.begin(), found.end(), 0.0) == 0);
    }
}

TEST_CASE("too few parts give nothing; a part that weighs nothing is not there") {
    const Columns columns = {{1, missing, 4}, {3, 2, missing}, {5, missing, missing}};
    const Column half = aggregated(columns, {1, 1, 1}, {Aggregation::arithmetic, 1, 0.5});
    CHECK(half[0] == 3);
    CHECK(!known(half[1]));
    CHECK(!known(half[2]));
    CHECK(aggregated(columns, {1, 1, 0}, {Aggregation::arithmetic, 1, 0.5})[2] == 4);
    std::vector<const Column*> parts = {&columns[0]};
    const Columns zero = {{1, 0}};
    parts = {&zero[0]};
    Column out(2);
    CHECK(aggregate_group(parts, {1}, {Aggregation::geometric}, out) == std::vector{std::pair<std::size_t, std::size_t>(0, 1)});
    CHECK(aggregate_group(parts, {1}, {Aggregation::harmonic}, out).size() == 1);
    CHECK(aggregate_group(parts, {1}, {Aggregation::generalised, 2}, out).empty());
}

TEST_CASE("judgements: Saaty's example of consistency, perfect ones exactly, contradictions refused") {
    const Priorities perfect = priorities_of({{1, 2, 4}, {0.5, 1, 2}, {0.25, 0.5, 1}});
    CHECK(perfect.weights[0] == doctest::Approx(4.0 / 7));
    CHECK(perfect.consistency_ratio == doctest::Approx(0));
    // Three things, 3 : 1, 5 : 1, 3 : 1 (a textbook case): λ = 3.0385, ratio 0.033.
    const Priorities usual = priorities_of({{1, 3, 5}, {1.0 / 3, 1, 3}, {0.2, 1.0 / 3, 1}});
    CHECK(usual.greatest_value == doctest::Approx(3.0385).epsilon(1e-4));
    CHECK(usual.consistency_ratio == doctest::Approx(0.0332).epsilon(1e-2));
    CHECK(usual.weights[0] == doctest::Approx(0.6370).epsilon(1e-3));
    const Framework framework = make_framework(six_nodes()).value();
    const auto told = [&](std::vector<Comparison> judgements) {
        Problems problems;
        prepare_weights(framework, {.levels = {{1, Weighting::ahp}}, .judgements = std::move(judgements)}, problems);
        std::string all;
        for (const Problem& one : problems) all += one.field + " " + one.code.substr(7) + ";";
        return all;
    };
    std::vector<Comparison> all = {{"a", "b", 2}, {"b", "c", 2}, {"a", "c", 4}, {"d", "e", 1}, {"e", "f", 1}, {"d", "f", 1}};
    CHECK(told(all) == "");
    all[2].ratio = 1.0 / 9;
    CHECK(told(all) == "left index_judgement_inconsistent;");
    all.pop_back();
    all[2].ratio = 4;
    CHECK(told(all) == "right index_judgement_missing;");
}

TEST_CASE("given weights: sums, strangers and signs are looked at") {
    const Framework framework = make_framework(six_nodes()).value();
    Problems problems;
    prepare_weights(framework, {.given = {{"a", 0.5}, {"b", 0.3}, {"c", 0.2}, {"z", 1}, {"d", -2}, {"left", 1}, {"right", 0}}, .sum = 1}, problems);
    std::string all;
    for (const Problem& one : problems) all += one.field + " " + one.code.substr(7) + "; ";
    CHECK(all == "z index_weight_unknown; d index_weight_negative; right index_weights_sum; ");
    problems.clear();
    prepare_weights(framework, {.levels = {{1, Weighting::benefit_of_doubt}}, .share_most = 0.3}, problems);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].code == "cities.index_shares");
}

TEST_CASE("weights by data: components and entropy sum to one; what does not vary tells nothing") {
    Random random(3);
    Made made = random_index(random, 40);
    made.data.indicators[1].assign(40, 5);
    for (const Weighting method : {Weighting::pca, Weighting::entropy}) {
        Problems problems;
        Weights weights = prepare_weights(made.framework, {.method = method}, problems);
        const auto& right = made.framework.children[*made.framework.find("right")];
        std::vector<const Column*> columns;
        for (const std::size_t part : right) columns.push_back(&made.data.indicators[part]);
        weigh_by_data(made.framework, *made.framework.find("right"), columns, weights, problems);
        CHECK(problems.empty());
        double sum = 0;
        for (const std::size_t part : right) sum += weights.of_node[part];
        CHECK(sum == doctest::Approx(1));
    }
    Problems problems;
    Weights weights = prepare_weights(made.framework, {.method = Weighting::entropy}, problems);
    weigh_by_data(
        made.framework, *made.framework.find("left"), {&made.data.indicators[0], &made.data.indicators[1], &made.data.indicators[2]}, weights, problems);
    CHECK(weights.of_node[1] == doctest::Approx(0));
    weights.method[*made.framework.find("left")] = Weighting::pca;
    weigh_by_data(
        made.framework, *made.framework.find("left"), {&made.data.indicators[0], &made.data.indicators[1], &made.data.indicators[2]}, weights, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "cities.index_components_none");
}

TEST_CASE("benefit of the doubt: nobody above 100 by anybody's weights, nobody below what fixed weights give, shares within their limits") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Columns columns(2 + random.below(4), Column(12));
        for (Column& column : columns)
            for (double& number : column) number = 1 + 99 * random.uniform();
        std::vector<const Column*> parts;
        for (const Column& column : columns) parts.push_back(&column);
        const double least = random.chance(0.5) ? 0.1 : 0, most = random.chance(0.5) ? 0.7 : 1;
        const OwnWeights found = benefit_of_doubt(parts, least, most);
        double best = 0;
        for (std::size_t i = 0; i < 12; ++i) {
            best = std::max(best, found.scores[i]);
            double own = 0;
            for (std::size_t k = 0; k < columns.size(); ++k) own += found.weights[k][i] * columns[k][i];
            CHECK(100 * own == doctest::Approx(found.scores[i]).epsilon(1e-6));
            for (std::size_t k = 0; k < columns.size(); ++k) {
                CHECK(found.weights[k][i] * columns[k][i] >= (least - 1e-6) * own);
                CHECK(found.weights[k][i] * columns[k][i] <= (most + 1e-6) * own);
            }
            for (std::size_t j = 0; j < 12; ++j) {
                double other = 0;
                for (std::size_t k = 0; k < columns.size(); ++k) other += found.weights[k][i] * columns[k][j];
                CHECK(other <= 1 + 1e-6);
            }
            if (least == 0 && most == 1) // one part alone is a choice of weights
                for (const Column& column : columns) CHECK(found.scores[i] >= 100 * column[i] / *std::max_element(column.begin(), column.end()) - 1e-6);
        }
        if (least == 0 && most == 1) CHECK(best == doctest::Approx(100));
    }
}

TEST_CASE("effective weights sum to one at each level; without a part, its share goes to the others") {
    Random random(5);
    Made made = random_index(random, 10);
    Problems problems;
    Weights weights = prepare_weights(made.framework, {.given = {{"a", 3}, {"left", 2}}}, problems);
    const auto shares = effective_weights(made.framework, weights);
    CHECK(shares[0] == doctest::Approx(3.0 / 5 * 2 / 3));
    CHECK(std::accumulate(shares.begin(), shares.begin() + 6, 0.0) == doctest::Approx(1));
    for (const std::size_t node : {0, 1, 2}) weights = without(made.framework, weights, node);
    CHECK(effective_weights(made.framework, weights)[*made.framework.find("left")] == 0);
}

TEST_CASE("what one unit needs to rise: no less is enough, and what is told is") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Made made = random_index(random, 12);
        const Recipe recipe = plain_recipe();
        const Computed computed = compute(made.framework, made.data, recipe).value();
        const auto last = static_cast<std::size_t>(std::max_element(computed.ranks.begin(), computed.ranks.end()) - computed.ranks.begin());
        for (const Gain& gain : gains(made.framework, made.data, recipe, computed, last, 5)) {
            const auto rank_at = [&](double value) {
                Columns columns = computed.last().columns;
                columns.resize(6);
                columns[gain.indicator][last] = value;
                Weights weights = computed.weights;
                Problems problems;
                Aggregating{made.framework, recipe.weigh, recipe.aggregate, true}.run(columns, weights, problems);
                return ranks_within_periods(made.data, computed.last().rows, columns[made.framework.root()])[last];
            };
            if (known(gain.needed)) CHECK(rank_at(gain.needed) <= 7);
            if (known(gain.needed)) CHECK(rank_at(gain.needed - 1e-6) > 7);
            else CHECK(rank_at(100) > 7);
        }
    }
}

TEST_CASE("a plan of several indicators brings a unit up, and a little less of its last step does not") {
    std::size_t several = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Made made = random_index(random, 12);
        const Recipe recipe = plain_recipe();
        const Computed computed = compute(made.framework, made.data, recipe).value();
        const auto row = static_cast<std::size_t>(random.below(12));
        const std::size_t places = 1 + random.below(8);
        const double wanted = std::max(1.0, computed.ranks[row] - static_cast<double>(places));
        const auto plan = rise_plan(made.framework, made.data, recipe, computed, row, places);
        if (!known(computed.ranks[row]) || computed.ranks[row] == wanted) {
            CHECK(plan.empty());
            continue;
        }
        const auto rank_with = [&](double less) {
            Columns columns = computed.last().columns;
            columns.resize(6);
            for (std::size_t i = 0; i < plan.size(); ++i) columns[plan[i].indicator][row] = plan[i].needed - (i + 1 == plan.size() ? less : 0);
            Weights weights = computed.weights;
            Problems problems;
            Aggregating{made.framework, recipe.weigh, recipe.aggregate, true}.run(columns, weights, problems);
            return ranks_within_periods(made.data, computed.last().rows, columns[made.framework.root()])[row];
        };
        if (plan.empty()) continue;
        CHECK(rank_with(0) <= wanted);
        CHECK(rank_with(1e-6) > wanted);
        several += plan.size() > 1;
    }
    CHECK(several > 5);
}

} // namespace greenbank::cities
