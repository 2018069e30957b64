// solver_test.cpp — each solver against its naive twin, over printed seeds.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel/random.h"
#include "solver/counting.h"
#include "solver/fewest.h"
#include "solver/linear.h"

namespace greenbank::solver {

namespace {

void add_random_clauses(Random& random, int variables, int clauses, std::initializer_list<Sat*> solvers) {
    for (Sat* sat : solvers)
        for (int i = 0; i < variables; ++i) sat->new_variable();
    for (int i = 0; i < clauses; ++i) {
        std::vector<Literal> clause;
        for (int j = 0; j < 3; ++j) {
            const auto variable = static_cast<int>(1 + random.below(variables));
            clause.push_back(random.chance(0.5) ? variable : -variable);
        }
        for (Sat* sat : solvers) sat->add(clause);
    }
}

} // namespace

TEST_CASE("CaDiCaL and plain DPLL say the same, and cores are unsatisfiable by themselves") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const auto fast = cadical(), naive = simple_sat();
        add_random_clauses(random, 10, 38, {fast.get(), naive.get()});
        const std::vector<Literal> assumptions{1, -2, 3};
        for (const auto& assumed : {std::vector<Literal>{}, assumptions}) {
            const Verdict verdict = fast->solve(assumed, {});
            CHECK(verdict == naive->solve(assumed, {}));
            if (verdict != Verdict::unsatisfiable) continue;
            std::vector<Literal> core;
            for (const Literal literal : assumed)
                if (fast->is_in_core(literal)) core.push_back(literal);
            CHECK(naive->solve(core, {}) == Verdict::unsatisfiable);
        }
    }
    CHECK(cadical()->solve({}, [] { return true; }) == Verdict::stopped);
}

TEST_CASE("totals, at most one and weighted sums allow exactly what they should") {
    for (const auto& make : {cadical, simple_sat})
        for (int size = 1; size <= 6; ++size)
            for (int ones = 0; ones < 1 << size; ++ones) {
                const auto sat = make();
                std::vector<Literal> inputs, fixed;
                std::vector<std::int64_t> weights;
                std::int64_t sum = 0;
                for (int i = 0; i < size; ++i) {
                    inputs.push_back(sat->new_variable());
                    weights.push_back(1 + i * 2 % 5);
                    fixed.push_back(ones >> i & 1 ? inputs[i] : -inputs[i]);
                    if (ones >> i & 1) sum += weights[i];
                }
                const int count = __builtin_popcount(static_cast<unsigned>(ones));
                Totalizer total(*sat, inputs);
                for (int k = 1; k <= size; ++k) {
                    auto assumed = fixed;
                    assumed.push_back(-total.at_least(k));
                    CHECK((sat->solve(assumed, {}) == Verdict::satisfiable) == (count < k));
                }
                const auto one = make(), weighted = make();
                for (int i = 0; i < size; ++i) one->new_variable(), weighted->new_variable();
                add_at_most_one(*one, inputs);
                CHECK((one->solve(fixed, {}) == Verdict::satisfiable) == (count <= 1));
                REQUIRE(add_weight_at_most(*weighted, inputs, weights, 7, 1000));
                CHECK((weighted->solve(fixed, {}) == Verdict::satisfiable) == (sum <= 7));
            }
    const auto sat = cadical();
    std::vector<Literal> many;
    for (int i = 0; i < 40; ++i) many.push_back(sat->new_variable());
    add_at_most_one(*sat, many);
    CHECK(sat->solve(std::vector{many[3], many[37]}, {}) == Verdict::unsatisfiable);
    CHECK(sat->solve(std::vector{many[39]}, {}) == Verdict::satisfiable);
}

TEST_CASE("the fewest that hold, as counted over all models") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const auto fast = cadical(), naive = simple_sat();
        add_random_clauses(random, 9, 30, {fast.get(), naive.get()});
        std::vector<Literal> costs;
        for (int i = 1; i <= 7; ++i) costs.push_back(random.chance(0.5) ? i : -i);
        std::int64_t best = -1;
        for (int model = 0; model < 1 << 9; ++model) {
            std::vector<Literal> all;
            for (int i = 1; i <= 9; ++i) all.push_back(model >> (i - 1) & 1 ? i : -i);
            if (naive->solve(all, {}) != Verdict::satisfiable) continue;
            const auto count = std::count_if(costs.begin(), costs.end(), [&](Literal cost) { return naive->holds(cost); });
            if (best < 0 || count < best) best = count;
        }
        std::int64_t last = 100;
        const Fewest found = fewest(*fast, costs, {}, [&](std::int64_t count) {
            CHECK(count < last);
            last = count;
        });
        CHECK((found.verdict == Verdict::satisfiable) == (best >= 0));
        if (best < 0) continue;
        CHECK(found.reached == best);
        CHECK(found.bound == best);
        CHECK(last == best);
    }
}

TEST_CASE("linear programs: whole numbers as by trying, relaxations above them, prices that prove it") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        LinearProgram program;
        for (int i = 0; i < 7; ++i) {
            program.gain.push_back(static_cast<double>(random.between(1, 9)));
            program.upper.push_back(static_cast<double>(random.between(0, 2)));
        }
        for (int i = 0; i < 5; ++i) {
            LinearProgram::Row row{{}, static_cast<double>(random.between(0, 5))};
            for (int column = 0; column < 7; ++column)
                if (random.chance(0.5)) row.entries.push_back({column, static_cast<double>(random.between(1, 3))});
            program.rows.push_back(row);
        }
        const LinearAnswer truth = solve_whole_by_trying(program), whole = solve_whole(program, {}, {}), relaxed = solve_relaxation(program, {});
        REQUIRE(whole.solved);
        REQUIRE(relaxed.solved);
        double gain = 0, relaxed_gain = 0;
        for (int i = 0; i < 7; ++i) {
            gain += program.gain[i] * std::round(whole.columns[i]);
            relaxed_gain += program.gain[i] * relaxed.columns[i];
        }
        CHECK(gain == doctest::Approx(truth.bound));
        CHECK(whole.bound == doctest::Approx(truth.bound));
        CHECK(relaxed.bound >= truth.bound - 1e-6);
        CHECK(relaxed.bound == doctest::Approx(relaxed_gain));
        CHECK(bound_from_prices(program, relaxed.prices) == relaxed.bound);
        const LinearAnswer again = solve_whole(program, truth.columns, {});
        CHECK(again.bound == doctest::Approx(truth.bound));
        CHECK(!solve_relaxation(program, [] { return true; }).columns.empty() == solve_relaxation(program, [] { return true; }).solved);
    }
}

} // namespace greenbank::solver
