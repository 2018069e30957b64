// uncertainty_test.cpp — Sobol's indices beside a function whose indices are known and beside counting everything; threads; refusals.
#include "cities/engine/uncertainty.h"

#include <doctest/doctest.h>

#include "cities/engine/index_under_test.h"

namespace greenbank::cities {

namespace {

/// The naive twin for factors that choose among few: every combination once, and variances of conditional means by their definition.
struct Exact {
    std::vector<double> first, total;
};
template <class Function> Exact by_counting(std::size_t factors, std::size_t choices, Function function) {
    std::size_t all = 1;
    for (std::size_t f = 0; f < factors; ++f) all *= choices;
    std::vector<double> values;
    std::vector<std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < all; ++i) {
        std::vector<std::size_t> place;
        std::vector<double> point;
        for (std::size_t f = 0, rest = i; f < factors; ++f, rest /= choices) {
            place.push_back(rest % choices);
            point.push_back((static_cast<double>(place.back()) + 0.5) / static_cast<double>(choices));
        }
        values.push_back(function(point));
        places.push_back(place);
    }
    const auto mean = [](const std::vector<double>& list) {
        double sum = 0;
        for (const double one : list) sum += one;
        return sum / static_cast<double>(list.size());
    };
    const auto variance = [&](const std::vector<double>& list) {
        double sum = 0;
        for (const double one : list) sum += (one - mean(list)) * (one - mean(list));
        return sum / static_cast<double>(list.size());
    };
    Exact exact;
    for (std::size_t f = 0; f < factors; ++f) {
        std::vector<double> means;
        for (std::size_t choice = 0; choice < choices; ++choice) {
            std::vector<double> some;
            for (std::size_t i = 0; i < all; ++i)
                if (places[i][f] == choice) some.push_back(values[i]);
            means.push_back(mean(some));
        }
        exact.first.push_back(variance(means) / variance(values));
        std::map<std::vector<std::size_t>, std::vector<double>> others;
        for (std::size_t i = 0; i < all; ++i) {
            std::vector<std::size_t> rest = places[i];
            rest[f] = 0;
            others[rest].push_back(values[i]);
        }
        double within = 0;
        for (const auto& [rest, some] : others) within += variance(some) / static_cast<double>(others.size());
        exact.total.push_back(within / variance(values));
    }
    return exact;
}

Recipe uncertain_recipe() {
    Recipe recipe = plain_recipe();
    recipe.steps.insert(recipe.steps.begin(), Step{.treat = Treat{}});
    recipe.uncertainty = Uncertainty{.treat = {{}, {.winsorise_most = 0, .then = Transform::none}},
        .normalise = {{.from = 1}, {.method = Normalisation::rank}},
        .weigh = {{}, {.levels = {{1, Weighting::entropy}}}},
        .aggregate = {{}, {.method = Aggregation::geometric}, {.method = Aggregation::copeland}},
        .weights = {{1, 0.5}, {2, 0.5}},
        .leave_one_out = true};
    return recipe;
}

} // namespace

TEST_CASE("Ishigami's function has the indices that are known of it") {
    constexpr double pi = 3.14159265358979323846;
    const auto ishigami = [](const std::vector<double>& point) {
        const double x = (2 * point[0] - 1) * pi, y = (2 * point[1] - 1) * pi, z = (2 * point[2] - 1) * pi;
        return std::vector<double>{std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x)};
    };
    const auto found = sobol(ishigami, 3, 11, 40'000, 2);
    const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    for (std::size_t f = 0; f < 3; ++f) {
        MESSAGE(found[0].first[f], " ± ", found[0].first_error[f], ", ", found[0].total[f], " ± ", found[0].total_error[f]);
        CHECK(std::abs(found[0].first[f] - first[f]) < 4 * found[0].first_error[f] + 0.005);
        CHECK(std::abs(found[0].total[f] - total[f]) < 4 * found[0].total_error[f] + 0.005);
    }
}

TEST_CASE("Sobol's indices of choices are those of counting every combination") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<double> table(4 * 4 * 4);
        for (double& one : table) one = random.uniform();
        const auto look_up = [&](const std::vector<double>& point) {
            std::size_t place = 0;
            for (const double one : point) place = place * 4 + static_cast<std::size_t>(one * 4);
            return table[place];
        };
        const Exact exact = by_counting(3, 4, look_up);
        const auto found = sobol([&](const std::vector<double>& point) { return std::vector<double>{look_up(point)}; }, 3, seed, 20'000, 2);
        for (std::size_t f = 0; f < 3; ++f) {
            CHECK(std::abs(found[0].first[f] - exact.first[f]) < 5 * found[0].first_error[f]);
            CHECK(std::abs(found[0].total[f] - exact.total[f]) < 5 * found[0].total_error[f]);
        }
    }
}

TEST_CASE("the number of threads changes nothing, and the same seed gives the same ranks") {
    Random random(2);
    const Made made = random_index(random, 25);
    const Recipe recipe = uncertain_recipe();
    const Computed computed = compute(made.framework, made.data, recipe).value();
    const auto choices = ChoiceSpace::prepare(made.framework, made.data, recipe, computed);
    REQUIRE_MESSAGE(choices, (choices ? "" : choices.error().problems[0].field + choices.error().problems[0].code));
    CHECK(choices.value().factors().size() == 7);
    const Columns alone = draw_ranks(choices.value(), 9, 300, 1), together = draw_ranks(choices.value(), 9, 300, 5);
    CHECK(alone == together);
    CHECK(alone != draw_ranks(choices.value(), 10, 300, 1));
    const auto one = sensitivity_of(choices.value(), 4, 100, 1), five = sensitivity_of(choices.value(), 4, 100, 5);
    REQUIRE(one.size() == 26);
    for (std::size_t k = 0; k < one.size(); ++k) {
        CHECK(one[k].variance == five[k].variance);
        if (one[k].variance == 0) continue;
        CHECK(one[k].first == five[k].first);
        CHECK(one[k].total == five[k].total);
    }
    for (std::size_t row = 0; row < 25; ++row) {
        const RankSummary summary = summary_of(alone, row, computed.ranks[row]);
        CHECK(summary.best <= summary.low_5);
        CHECK(summary.low_5 <= summary.median);
        CHECK(summary.median <= summary.high_95);
        CHECK(summary.high_95 <= summary.worst);
    }
}

TEST_CASE("ranks at a point of the cube are those of the whole recipe with these choices, computed from the beginning") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Made made = random_index(random, 20);
        for (Column& column : made.data.indicators) column[random.below(20)] *= 50;
        Recipe recipe = uncertain_recipe();
        for (WeightSpread& one : recipe.uncertainty->weights) one.spread = 0;
        const Computed computed = compute(made.framework, made.data, recipe).value();
        const auto choices = ChoiceSpace::prepare(made.framework, made.data, recipe, computed);
        REQUIRE(choices);
        const std::size_t treat = random.below(2), normalise = random.below(2), weigh = random.below(2), aggregate = random.below(3);
        const std::size_t left_out = weigh == 0 ? random.below(7) : 6; // weights from data would be other ones without it
        Recipe other = recipe;
        other.steps[0].treat = recipe.uncertainty->treat[treat];
        other.steps[1].normalise = recipe.uncertainty->normalise[normalise];
        other.weigh = recipe.uncertainty->weigh[weigh];
        other.aggregate = recipe.uncertainty->aggregate[aggregate];
        if (left_out < 6) other.weigh.given = {{made.framework.nodes[left_out].code, 0}};
        const auto at = [](std::size_t choice, double count) { return (static_cast<double>(choice) + 0.5) / count; };
        CHECK(choices.value().ranks_at({at(treat, 2), at(normalise, 2), at(weigh, 2), at(aggregate, 3), 0.3, 0.7, at(left_out, 7)}) ==
              compute(made.framework, made.data, other).value().ranks);
    }
}

TEST_CASE("the index without a part is the index of a table of indicators without it") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Made made = random_index(random, 15);
        const Recipe recipe = plain_recipe();
        const Computed computed = compute(made.framework, made.data, recipe).value();
        const auto shifts = remove_each(made.framework, made.data, recipe, computed);
        REQUIRE(shifts.size() == 8);
        for (std::size_t left_out = 0; left_out < 6; ++left_out) {
            std::vector<Node> nodes = six_nodes();
            nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(left_out));
            Dataset data = made.data;
            data.indicators.erase(data.indicators.begin() + static_cast<std::ptrdiff_t>(left_out));
            CHECK(shifts[left_out].ranks == compute(make_framework(std::move(nodes)).value(), data, recipe).value().ranks);
        }
    }
}

TEST_CASE("where nothing is uncertain every sample is the index itself; combinations that cannot be are named") {
    Random random(6);
    const Made made = random_index(random, 15);
    Recipe recipe = plain_recipe(0);
    recipe.uncertainty = Uncertainty{.weights = {{1, 0}}};
    const Computed computed = compute(made.framework, made.data, recipe).value();
    const auto still = ChoiceSpace::prepare(made.framework, made.data, recipe, computed);
    REQUIRE(still);
    for (const Column& ranks : draw_ranks(still.value(), 1, 50, 2)) CHECK(ranks == computed.ranks);
    recipe.uncertainty = Uncertainty{.normalise = {{.from = 1}, {.from = 0}}, .aggregate = {{}, {.method = Aggregation::geometric}}};
    const auto refused = ChoiceSpace::prepare(made.framework, made.data, recipe, computed);
    REQUIRE(!refused);
    REQUIRE(refused.error().problems.size() == 1);
    CHECK(refused.error().problems[0].code == "cities.index_mean_impossible");
    CHECK(refused.error().problems[0].field.starts_with("uncertainty: impute[0], treat[0], normalise[1], weigh[0], aggregate[1]: u"));
    recipe.uncertainty = Uncertainty{};
    CHECK(!ChoiceSpace::prepare(made.framework, made.data, recipe, computed));
}

} // namespace greenbank::cities
