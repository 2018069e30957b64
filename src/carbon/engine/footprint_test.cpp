// footprint_test.cpp — small systems by hand, random ones beside dense elimination, what never changes, and what has no answer.
#include "carbon/engine/footprint.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "carbon/engine/gmres.h"
#include "kernel/random.h"

namespace greenbank::carbon {

namespace {

/// The naive twin: Gaussian elimination with pivots over the whole square. Nothing where a pivot vanishes.
std::optional<std::vector<double>> eliminate(std::vector<std::vector<double>> a, std::vector<double> b) {
    const std::size_t count = b.size();
    for (std::size_t column = 0; column < count; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column; row < count; ++row)
            if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
        if (std::abs(a[pivot][column]) < 1e-13) return {};
        std::swap(a[pivot], a[column]);
        std::swap(b[pivot], b[column]);
        for (std::size_t row = 0; row < count; ++row) {
            if (row == column) continue;
            const double factor = a[row][column] / a[column][column];
            for (std::size_t i = column; i < count; ++i) a[row][i] -= factor * a[column][i];
            b[row] -= factor * b[column];
        }
    }
    for (std::size_t i = 0; i < count; ++i) b[i] /= a[i][i];
    return b;
}

std::optional<Scores> naive_scores(const Model& model, std::span<const Demand> demands) {
    Scores scores{.methods = model.methods};
    std::vector<std::vector<double>> a(model.products, std::vector<double>(model.processes, 0));
    for (const Exchange& one : model.technosphere) a[one.row][one.column] += one.amount;
    for (const Demand& demand : demands) {
        std::vector<double> wanted(model.products, 0);
        for (const auto& [product, amount] : demand) wanted[product] += amount;
        const auto scaling = eliminate(a, wanted);
        if (!scaling) return {};
        std::vector<double> inventory(model.flows, 0);
        for (const Exchange& one : model.biosphere) inventory[one.row] += one.amount * (*scaling)[one.column];
        for (std::uint32_t method = 0; method < model.methods; ++method) {
            double score = 0;
            for (const Exchange& one : model.characterisation)
                if (one.row == method) score += one.amount * inventory[one.column];
            scores.numbers.push_back(score);
        }
    }
    return scores;
}

/// `hard`: with loops that sweeps do not settle, products of other numbers than their processes, and by-products.
Model random_model(Random& random, bool hard) {
    const auto count = static_cast<std::uint32_t>(2 + random.below(12));
    Model model{.products = count, .processes = count, .flows = 4, .methods = 2};
    std::vector<std::uint32_t> product(count);
    for (std::uint32_t i = 0; i < count; ++i) product[i] = i;
    if (hard)
        for (std::uint32_t i = count; i-- > 1;) std::swap(product[i], product[random.below(i + 1)]);
    for (std::uint32_t process = 0; process < count; ++process) {
        model.technosphere.push_back({product[process], process, 0.5 + random.uniform(), {Spread::normal, 1, 0.01}});
        model.technosphere.back().uncertainty.p1 = model.technosphere.back().amount;
        for (std::size_t i = random.below(5); i > 0; --i) {
            const double amount = -(hard ? 1.5 : 0.12) * random.uniform();
            model.technosphere.push_back({static_cast<std::uint32_t>(random.below(count)), process, amount, {Spread::lognormal, std::log(-amount), 0.1}});
        }
        if (hard && random.chance(0.2)) model.technosphere.push_back({static_cast<std::uint32_t>(random.below(count)), process, 0.3 * random.uniform()});
        for (int i = 0; i < 3; ++i) {
            const double amount = random.uniform() - (hard ? 0.3 : 0);
            model.biosphere.push_back({static_cast<std::uint32_t>(random.below(model.flows)), process, amount, {Spread::uniform, amount, amount + 0.1}});
        }
    }
    for (std::uint32_t method = 0; method < model.methods; ++method)
        for (std::uint32_t flow = 0; flow < model.flows; ++flow) model.characterisation.push_back({method, flow, 1 + random.uniform()});
    return model;
}

std::vector<Demand> random_demands(Random& random, const Model& model, std::size_t count) {
    std::vector<Demand> demands(count);
    for (Demand& demand : demands)
        for (std::size_t i = 1 + random.below(2); i > 0; --i)
            demand.emplace_back(static_cast<std::uint32_t>(random.below(model.products)), 1 + random.uniform());
    return demands;
}

double away(double one, double other, double scale) { return std::abs(one - other) / std::max({std::abs(one), std::abs(other), scale, 1e-12}); }

/// The model of one sample, its draws made one by one.
Model model_of_sample(const Model& model, std::uint64_t seed, std::uint64_t sample) {
    Model drawn = model;
    std::uint64_t number = 0;
    for (auto* exchanges : {&drawn.technosphere, &drawn.biosphere, &drawn.characterisation})
        for (Exchange& one : *exchanges) {
            one.amount = draw(seed, sample, number++, one.amount, one.uncertainty);
            one.uncertainty = {};
        }
    return drawn;
}

} // namespace

TEST_CASE("electricity from fuel that needs electricity: the textbook system, by hand") {
    // 10 kWh from 2 L of fuel (1 kg CO2); 100 L of fuel from 50 kWh... (10 kg CO2). Asked: 1000 kWh.
    const Model model{2, 2, 1, 1, {{0, 0, 10}, {1, 0, -2}, {1, 1, 100}}, {{0, 0, 1}, {0, 1, 10}}, {{0, 0, 1}}};
    const std::vector<Demand> demands = {{{0, 1000}}};
    Fault fault;
    const auto solution = solve(model, demands, fault);
    REQUIRE(solution);
    CHECK(solution->scalings[0][0] == doctest::Approx(100));
    CHECK(solution->scalings[0][1] == doctest::Approx(2));
    CHECK(solution->scores.at(0, 0) == doctest::Approx(120));
    CHECK(solution->intensities[0][0] == doctest::Approx(0.12));
    const auto parts = by_process(model, *solution, 0, 0);
    CHECK(parts[0].amount == doctest::Approx(100));
    CHECK(parts[1].amount == doctest::Approx(20));
    CHECK(!solution->direct);
}

TEST_CASE("scores agree with dense elimination; they are linear in the demand, equal demand times intensity, and parts add up") {
    int direct = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        Random random(seed);
        const Model model = random_model(random, seed % 2 == 0);
        const std::vector<Demand> demands = random_demands(random, model, 3);
        Fault fault;
        const auto solution = solve(model, demands, fault);
        const auto naive = naive_scores(model, demands);
        if (!naive) continue; // near to singular: either answer will do
        if (!solution) {
            REQUIRE_MESSAGE(fault.flaw == Flaw::singular, "seed ", seed);
            continue;
        }
        direct += solution->direct;
        double scale = 0;
        for (const double one : naive->numbers) scale = std::max(scale, std::abs(one));
        for (std::size_t i = 0; i < naive->numbers.size(); ++i)
            REQUIRE_MESSAGE(away(solution->scores.numbers[i], naive->numbers[i], scale) < 1e-9, "seed ", seed, ": ", solution->scores.numbers[i], " and ",
                naive->numbers[i]);
        for (std::size_t demand = 0; demand < demands.size(); ++demand)
            for (std::size_t method = 0; method < model.methods; ++method) {
                double by_intensity = 0, by_parts = 0, by_flows = 0;
                for (const auto& [product, amount] : demands[demand]) by_intensity += amount * solution->intensities[method][product];
                for (const Part& part : by_process(model, *solution, demand, method)) by_parts += part.amount;
                for (const Part& part : by_flow(model, *solution, demand, method)) by_flows += part.amount;
                const double score = solution->scores.at(demand, method);
                CHECK_MESSAGE(away(by_intensity, score, scale) < 1e-9, "seed ", seed);
                CHECK(away(by_parts, score, scale) < 1e-9);
                CHECK(away(by_flows, score, scale) < 1e-9);
            }
        std::vector<Demand> tripled = {demands[0]};
        for (auto& [product, amount] : tripled[0]) amount *= 3;
        const auto more = solve(model, tripled, fault);
        REQUIRE(more);
        CHECK(away(more->scores.at(0, 0), 3 * solution->scores.at(0, 0), scale) < 1e-9);
    }
    CHECK_MESSAGE(direct > 20, "the direct way was hardly taken: ", direct);
}

TEST_CASE("the order of processes and products changes nothing") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Random random(seed);
        const Model model = random_model(random, false);
        const std::vector<Demand> demands = random_demands(random, model, 2);
        std::vector<std::uint32_t> processes(model.processes), products(model.products);
        for (std::uint32_t i = 0; i < model.processes; ++i) processes[i] = products[i] = i;
        for (std::uint32_t i = model.processes; i-- > 1;) {
            std::swap(processes[i], processes[random.below(i + 1)]);
            std::swap(products[i], products[random.below(i + 1)]);
        }
        Model moved = model;
        for (Exchange& one : moved.technosphere) one = {products[one.row], processes[one.column], one.amount};
        for (Exchange& one : moved.biosphere) one.column = processes[one.column];
        std::vector<Demand> moved_demands = demands;
        for (Demand& demand : moved_demands)
            for (auto& [product, amount] : demand) product = products[product];
        Fault fault;
        const auto one = solve(model, demands, fault), other = solve(moved, moved_demands, fault);
        REQUIRE(one);
        REQUIRE(other);
        for (std::size_t i = 0; i < one->scores.numbers.size(); ++i) CHECK(away(one->scores.numbers[i], other->scores.numbers[i], 0) < 1e-11);
    }
}

TEST_CASE("what has no answer says why") {
    Fault fault;
    const std::vector<Demand> one = {{{0, 1}}};
    CHECK(!solve(Model{2, 1, 0, 0, {{0, 0, 1}}, {}, {}}, one, fault));
    CHECK(fault.flaw == Flaw::not_square);
    CHECK(!solve(Model{2, 2, 0, 0, {{0, 0, 1}, {0, 1, 1}}, {}, {}}, one, fault));
    CHECK(fault.flaw == Flaw::product_unmade);
    CHECK(fault.product == 1);
    CHECK(!solve(Model{2, 2, 0, 0, {{0, 0, 1}, {1, 0, -1}, {1, 1, 1}, {0, 1, -1}}, {}, {}}, one, fault)); // each uses up the other
    CHECK(fault.flaw == Flaw::singular);
    CHECK(!solve(Model{1, 1, 0, 0, {{0, 0, std::nan("")}}, {}, {}}, one, fault));
    CHECK(fault.flaw == Flaw::not_finite);
    CHECK(!solve(Model{1, 1, 1, 0, {{0, 0, 1}}, {{0, 0, INFINITY}}, {}}, one, fault));
    CHECK(fault.flaw == Flaw::not_finite);
    // Zeros on the diagonal: where processes make each other's rows they are paired otherwise; where nothing is left there is no answer.
    const auto crossed = solve(Model{2, 2, 1, 1, {{0, 0, 0}, {1, 0, 2}, {0, 1, 4}, {1, 1, 0}}, {{0, 0, 1}, {0, 1, 8}}, {{0, 0, 1}}}, one, fault);
    REQUIRE(crossed);
    CHECK(crossed->scores.at(0, 0) == doctest::Approx(2)); // a quarter of the second process
    CHECK(!solve(Model{2, 2, 0, 0, {{0, 0, 0}, {1, 1, 1}}, {}, {}}, one, fault));
    CHECK(fault.flaw == Flaw::product_unmade);
    CHECK(fault.product == 0);
    // An input below zero is a product that is given, not taken.
    const auto given = solve(Model{2, 2, 1, 1, {{0, 0, 1}, {1, 0, 0.5}, {1, 1, 1}}, {{0, 0, 3}, {0, 1, 2}}, {{0, 0, 1}}}, one, fault);
    REQUIRE(given);
    CHECK(given->scores.at(0, 0) == doctest::Approx(3 - 0.5 * 2));
    // A loop of 1.25 of itself is sound algebra: less than nothing has to run.
    const Model loop{2, 2, 1, 1, {{0, 0, 1}, {1, 0, -1.25}, {1, 1, 1}, {0, 1, -1}}, {{0, 0, 1}}, {{0, 0, 1}}};
    const auto solved = solve(loop, one, fault);
    REQUIRE(solved);
    CHECK(solved->direct);
    CHECK(solved->scores.at(0, 0) == doctest::Approx(-4));
}

TEST_CASE("every sample is what a direct solve of the same draws gives, whatever the threads and the way") {
    std::uint32_t otherwise = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        const Model model = random_model(random, seed % 3 == 0);
        const std::vector<Demand> demands = random_demands(random, model, 1 + seed % 4); // both directions: 2 methods
        Fault fault;
        if (!naive_scores(model, demands)) continue;
        const auto alone = monte_carlo(model, demands, {.seed = seed, .samples = 40, .threads = 1}, fault);
        if (!alone) continue;
        const auto together = monte_carlo(model, demands, {.seed = seed, .samples = 40, .threads = 3}, fault);
        REQUIRE(together);
        otherwise += alone->krylov + alone->refactored;
        CHECK(alone->krylov == together->krylov);
        for (std::size_t sample = 0; sample < 40; ++sample) {
            REQUIRE_MESSAGE(alone->scores[sample].numbers == together->scores[sample].numbers, "seed ", seed, " sample ", sample);
            const auto naive = naive_scores(model_of_sample(model, seed, sample), demands);
            if (!naive) continue;
            double scale = 0;
            for (const double one : naive->numbers) scale = std::max(scale, std::abs(one));
            if (scale > 1e4) continue; // next to singular
            for (std::size_t i = 0; i < naive->numbers.size(); ++i)
                CHECK_MESSAGE(away(alone->scores[sample].numbers[i], naive->numbers[i], scale) < 1e-9, "seed ", seed, " sample ", sample);
        }
    }
    CHECK_MESSAGE(otherwise > 20, "hardly any sample needed a fallback: ", otherwise);
}

TEST_CASE("draws follow their distributions") {
    const auto mean_of = [](double amount, Uncertainty how) {
        double sum = 0, squares = 0;
        constexpr int count = 40'000;
        for (int i = 0; i < count; ++i) {
            const double one = draw(5, static_cast<std::uint64_t>(i), 11, amount, how);
            sum += one;
            squares += one * one;
        }
        const double mean = sum / count;
        return std::pair(mean, squares / count - mean * mean);
    };
    for (const auto& [amount, how, mean] : {std::tuple(2.0, Uncertainty{Spread::lognormal, std::log(2.0), 0.3}, 2 * std::exp(0.045)),
             {1.0, {Spread::normal, 5, 2}, 5.0}, {3.0, {Spread::uniform, 2, 6}, 4.0}, {3.0, {Spread::triangular, 2, 7}, 4.0}}) {
        const auto [seen, variance] = mean_of(amount, how);
        CHECK(seen == doctest::Approx(mean).epsilon(0.01));
        CHECK(variance == doctest::Approx(variance_of(amount, how)).epsilon(0.05));
    }
    CHECK(draw(5, 1, 1, -2, {Spread::lognormal, 0, 0.1}) < 0);
    // Random123's known answers of Philox 4x32-10.
    CHECK(philox(0, 0, 0) == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox(~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}) == std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
}

TEST_CASE("first-order variance is near to that of the samples where the spread is small; shares add up to one") {
    Random random(3);
    Model model = random_model(random, false);
    for (auto* exchanges : {&model.technosphere, &model.biosphere})
        for (Exchange& one : *exchanges) one.uncertainty = {Spread::normal, one.amount, 0.01 * std::abs(one.amount)};
    const std::vector<Demand> demands = {{{0, 1}}};
    Fault fault;
    const auto solution = solve(model, demands, fault);
    REQUIRE(solution);
    const VarianceParts parts = variance_parts(model, *solution, 0, 0);
    double shares = 0;
    for (const Part& part : parts.shares) shares += part.amount;
    CHECK(shares == doctest::Approx(1));
    const auto sampled = monte_carlo(model, demands, {.samples = 4000}, fault);
    REQUIRE(sampled);
    std::vector<double> numbers;
    for (const Scores& scores : sampled->scores) numbers.push_back(scores.at(0, 0));
    CHECK(summary_of(numbers).deviation == doctest::Approx(std::sqrt(parts.variance)).epsilon(0.05));
    CHECK(chance_below(numbers, numbers) == 0);
}

TEST_CASE("a long run can be ended, and keeps what it has") {
    Random random(4);
    const Model model = random_model(random, false);
    const std::vector<Demand> demands = {{{0, 1}}};
    Fault fault;
    const auto sampled = monte_carlo(model, demands, {.samples = 100'000, .going = [](std::uint32_t done) { return done < 100; }}, fault);
    REQUIRE(sampled);
    CHECK(sampled->ended_early);
    CHECK(sampled->scores.size() > 50);
    CHECK(sampled->scores.size() < 1000);
}

} // namespace greenbank::carbon
