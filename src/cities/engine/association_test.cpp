// association_test.cpp — correlations beside their definitions, eigenvectors beside what makes them such.
#include "cities/engine/association.h"

#include <doctest/doctest.h>

#include "cities/engine/distribution.h"
#include "kernel/random.h"

namespace greenbank::cities {

namespace {

Column random_column(Random& random, std::size_t count) {
    Column column;
    const std::uint64_t values = 2 + random.below(40); // few: many ties
    for (std::size_t i = 0; i < count; ++i) column.push_back(random.chance(0.1) ? missing : static_cast<double>(random.below(values)));
    return column;
}

/// The naive twin: every pair.
double kendall_by_pairs(const Column& one, const Column& other) {
    double agree = 0, untied_one = 0, untied_other = 0;
    const auto sign = [](double x) { return (x > 0) - (x < 0); };
    for (std::size_t i = 0; i < one.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            if (!known(one[i]) || !known(one[j]) || !known(other[i]) || !known(other[j])) continue;
            const int a = sign(one[i] - one[j]), b = sign(other[i] - other[j]);
            agree += a * b;
            untied_one += a * a;
            untied_other += b * b;
        }
    const double untied = untied_one * untied_other;
    return untied > 0 ? agree / std::sqrt(untied) : missing;
}

} // namespace

TEST_CASE("Kendall's correlation by sorting is that by all pairs, ties and missing numbers included") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::size_t count = 2 + random.below(60);
        const Column one = random_column(random, count), other = random_column(random, count);
        const double fast = correlation_of(one, other, Correlation::kendall), slow = kendall_by_pairs(one, other);
        CHECK(known(fast) == known(slow));
        if (known(slow)) CHECK(fast == doctest::Approx(slow).epsilon(1e-12));
    }
}

TEST_CASE("correlations are symmetric, within one, and blind to what they should be blind to") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Column one = random_column(random, 40), other = random_column(random, 40);
        Column grown = other; // by a rising function
        for (double& number : grown) number = std::exp(number / 10) + 3;
        for (const Correlation method : {Correlation::pearson, Correlation::spearman, Correlation::kendall}) {
            const double found = correlation_of(one, other, method);
            if (!known(found)) continue;
            CHECK(std::abs(found) <= 1 + 1e-12);
            CHECK(found == doctest::Approx(correlation_of(other, one, method)));
            if (method != Correlation::pearson) CHECK(found == doctest::Approx(correlation_of(one, grown, method)));
        }
        CHECK(correlation_of(one, one, Correlation::spearman) == doctest::Approx(1));
    }
}

TEST_CASE("eigenvectors: a·v = value·v, orthogonal, in order, and the trace stays") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::size_t n = 1 + random.below(12);
        std::vector<std::vector<double>> a(n, std::vector<double>(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) a[i][j] = a[j][i] = random.uniform() - 0.5;
        const Eigen found = eigen_of(a);
        double trace = 0, sum = 0;
        for (std::size_t k = 0; k < n; ++k) {
            trace += a[k][k];
            sum += found.values[k];
            if (k > 0) CHECK(found.values[k - 1] >= found.values[k]);
            for (std::size_t i = 0; i < n; ++i) {
                double product = 0, dot = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    product += a[i][j] * found.vectors[k][j];
                    dot += found.vectors[i][j] * found.vectors[k][j];
                }
                CHECK(std::abs(product - found.values[k] * found.vectors[k][i]) < 1e-12);
                CHECK(std::abs(dot - (i == k ? 1 : 0)) < 1e-12);
            }
        }
        CHECK(trace == doctest::Approx(sum));
    }
}

TEST_CASE("components and alpha of what is known") {
    const Column a = {1, 2, 3, 4, 5}, b = {2, 4, 6, 8, 10}, flat = {1, 1, 1, 1, 1};
    const auto found = components_of({a, b}, {"a", "b"});
    REQUIRE(found);
    CHECK(found->deviations[0] == doctest::Approx(std::sqrt(2)));
    CHECK(found->deviations[1] == doctest::Approx(0));
    CHECK(found->loadings[0][0] == doctest::Approx(std::sqrt(0.5)));
    CHECK(found->loadings[1][0] < 0);
    CHECK(!components_of({a, flat}, {"a", "b"}));
    CHECK(!components_of({}, {}));
    CHECK(cronbach_of({a, a, a}) == doctest::Approx(1));
}

TEST_CASE("distributions by hand, and what has too few numbers") {
    const Distribution now = distribution_of({2, missing, 4, 4, 0, 10});
    CHECK(now.available == 5);
    CHECK(now.nonzero == 4);
    CHECK(now.unique == 4);
    CHECK(now.same == 2);
    CHECK(now.mean == doctest::Approx(4));
    CHECK(now.median == 4);
    CHECK(now.deviation == doctest::Approx(std::sqrt(14.0)));
    CHECK(now.skewness == doctest::Approx(1.1454).epsilon(1e-4));
    CHECK(!known(distribution_of({1, 2}).skewness));
    CHECK(!known(distribution_of({5, 5, 5, 5}).kurtosis));
    CHECK(distribution_of({missing}).available == 0);
    CHECK(ranks_of({3, 1, missing, 3, 7}, true)[0] == 2.5);
    CHECK(ranks_of({3, 1, missing, 3, 7})[3] == 2);
    CHECK(quantile_of({1, 2, 3, 4}, 0.25) == 1.75);
}

} // namespace greenbank::cities
