// refit_test.cpp — the fit finds what there is to find, and nothing where there is nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "kernel/random.h"
#include "match/engine/refit.h"

namespace greenbank::match {
namespace {

constexpr CriterionWeights current = {250'000, 200'000, 250'000, 100'000, 70'000, 70'000, 60'000};

std::int64_t sum_of(const CriterionWeights& weight) { return std::accumulate(weight.begin(), weight.end(), std::int64_t{0}); }
double sum_of(const Vector& weight) { return std::accumulate(weight.begin(), weight.end(), 0.0); }

/// People who judge by `truth`, and now and then by chance.
std::vector<Observation> people(Random& random, const Vector& truth, std::size_t groups, double noise) {
    std::vector<Observation> made;
    for (std::size_t g = 0; g < groups; ++g) {
        std::vector<std::pair<double, Observation>> judged;
        for (int i = 0; i < 4; ++i) {
            Observation one{fmt::format("need_{}", g), {}, 0};
            double worth = noise * (random.uniform() - 0.5);
            for (std::size_t k = 0; k < criterion_count; ++k) {
                one.points[k] = static_cast<std::int32_t>(random.below(points_full + 1));
                worth += truth[k] * one.points[k] / points_full;
            }
            judged.emplace_back(worth, one);
        }
        std::sort(judged.begin(), judged.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        judged[3].second.outcome = 2;
        judged[2].second.outcome = 1;
        for (const auto& [worth, one] : judged) made.push_back(one);
    }
    return made;
}

Vector random_vector(Random& random, double spread) {
    Vector made;
    for (double& one : made) one = spread * (random.uniform() - 0.5);
    return made;
}

} // namespace

TEST_CASE("onto the simplex: there it stays, and nothing there is nearer") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const Vector point = random_vector(random, 4), found = onto_simplex(point);
        CHECK(std::fabs(sum_of(found) - 1) < 1e-12);
        CHECK(std::all_of(found.begin(), found.end(), [](double one) { return one >= 0; }));
        const auto away = [&](const Vector& other) {
            double sum = 0;
            for (std::size_t k = 0; k < criterion_count; ++k) sum += (other[k] - point[k]) * (other[k] - point[k]);
            return sum;
        };
        for (int i = 0; i < 20; ++i) CHECK(away(onto_simplex(random_vector(random, 6))) >= away(found) - 1e-12);
        const Vector again = onto_simplex(found);
        for (std::size_t k = 0; k < criterion_count; ++k) CHECK(std::fabs(again[k] - found[k]) < 1e-12);
        CHECK(sum_of(to_points(found)) == points_full);
    }
}

TEST_CASE("nothing on the simplex is better than what is found") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        std::vector<Vector> differences;
        for (std::uint64_t i = 0, n = random.below(30) + 1; i < n; ++i) differences.push_back(random_vector(random, 2));
        const Vector from = onto_simplex(random_vector(random, 2));
        const RefitSettings settings{.prior_pairs = random.chance(0.5) ? 5.0 : 100.0};
        const Vector found = minimise(differences, from, settings);
        const double least = objective(differences, found, from, settings);
        CHECK(least <= objective(differences, from, from, settings) + 1e-12);
        for (int i = 0; i < 300; ++i) { // the twin that tries everywhere, far and near
            Vector other = random_vector(random, random.chance(0.5) ? 3 : 0.05);
            if (random.chance(0.5))
                for (std::size_t k = 0; k < criterion_count; ++k) other[k] += found[k];
            CHECK(objective(differences, onto_simplex(other), from, settings) >= least - 1e-7);
        }
    }
}

TEST_CASE("people who look at other things than the weights do are found out, also on pairs that were held back") {
    const Vector truth = {0.05, 0.05, 0.1, 0.1, 0.1, 0.5, 0.1}; // evidence above all
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const auto observations = people(random, truth, 120, 0.1);
        const Refit made = refit(observations, current);
        CHECK(sum_of(made.weight) == points_full);
        CHECK(made.weight[5] > 2 * current[5]);
        CHECK(made.loss_after < made.loss_before);
        CHECK(made.held_after.right > made.held_before.right);
        CHECK(made.pairs == 120 * 5);
        CHECK(made.groups == 120);
        CHECK(refit(observations, current).weight == made.weight);
    }
}

TEST_CASE("few answers move little, none move nothing") {
    CHECK(refit({}, current).weight == current);
    Random random(7);
    const auto few = people(random, {0, 0, 0, 0, 0, 1, 0}, 2, 0);
    const Refit made = refit(few, current);
    for (std::size_t k = 0; k < criterion_count; ++k) CHECK(std::abs(made.weight[k] - current[k]) < 120'000);
    std::vector<Observation> alike(5, Observation{"need_x", {}, 1});
    CHECK(refit(alike, current).pairs == 0);
    CHECK(refit(alike, current).weight == current);
}

TEST_CASE("people who agree with the weights change them hardly, and the order of answers changes nothing") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        Vector truth;
        for (std::size_t k = 0; k < criterion_count; ++k) truth[k] = current[k] / double{points_full};
        auto observations = people(random, truth, 60, 0);
        const Refit made = refit(observations, current);
        CHECK(made.before.wrong == 0);
        CHECK(made.held_after.right + 25 >= made.held_before.right);
        std::reverse(observations.begin(), observations.end());
        const Refit turned = refit(observations, current);
        for (std::size_t k = 0; k < criterion_count; ++k) CHECK(std::abs(turned.weight[k] - made.weight[k]) <= 2); // sums in another order
        CHECK(turned.held_after.right + turned.held_after.wrong + turned.held_after.tied == made.pairs);
    }
}

} // namespace greenbank::match
