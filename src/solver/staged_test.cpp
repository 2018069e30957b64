// staged_test.cpp — the interior point beside CLP's dual simplex: same optima, honest bounds, and answers that stay inside.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "solver/staged_simplex.h"

namespace greenbank::solver {

namespace {

/// A chain of stores with sizes to choose, demands, ways out, caps, ramps: always feasible, never unbounded.
StagedProgram random_chain(Random& random) {
    StagedProgram program;
    program.stages = 2 + static_cast<int>(random.below(60));
    const int sources = 1 + static_cast<int>(random.below(4)), stores = static_cast<int>(random.below(3));
    std::vector<int> size_of_source, power, energy, before;
    const auto size = [&] {
        StagedProgram::Column column{.cost = 1 + 200 * random.uniform()};
        if (random.chance(0.2)) column.upper = 5 + 100 * random.uniform();
        if (random.chance(0.1)) column.lower = column.upper = 10 * random.uniform();
        return program.add(column);
    };
    for (int i = 0; i < sources; ++i) size_of_source.push_back(size());
    for (int i = 0; i < stores; ++i) {
        power.push_back(size()), energy.push_back(size());
        before.push_back(program.add(StagedProgram::Column{.upper = 5}));
    }
    const int cap = random.chance(0.5) ? program.add(StagedProgram::Row{StagedProgram::shared, -no_limit, 20.0 * program.stages * random.uniform()}) : -1;
    std::vector<int> last(static_cast<std::size_t>(sources), -1);
    for (int t = 0; t < program.stages; ++t) {
        const double load = 10 + 50 * random.uniform();
        const int balance = program.add(StagedProgram::Row{t, load, random.chance(0.3) ? load + 5 : load});
        program.enter(balance, program.add(StagedProgram::Column{.stage = t, .cost = 500, .upper = load}), 1);
        for (int i = 0; i < sources; ++i) {
            StagedProgram::Column column{
                .stage = t, .cost = 20 * random.uniform(), .size = size_of_source[i], .share_max = random.chance(0.2) ? 0 : random.uniform()};
            if (random.chance(0.1)) column.share_min = 0.5 * column.share_max;
            const int flow = program.add(column);
            program.enter(balance, flow, 1);
            if (i == 0 && cap >= 0) program.enter(cap, flow, 1);
            if (i == 1 && last[1] >= 0 && column.share_min < 0) { // a ramp
                const int row = program.add(StagedProgram::Row{t, -no_limit, 0});
                program.enter(row, flow, 1), program.enter(row, last[1], -1), program.enter(row, size_of_source[i], -1);
            }
            last[i] = flow;
            if (column.share_min > 0) program.enter(balance, program.add(StagedProgram::Column{.stage = t, .cost = 1}), -1); // what is too much
        }
        for (int i = 0; i < stores; ++i) {
            const int in = program.add(StagedProgram::Column{.stage = t, .size = power[i], .share_max = 1});
            const int out = program.add(StagedProgram::Column{.stage = t, .cost = 0.01, .size = power[i], .share_max = 1});
            const int level = program.add(StagedProgram::Column{.stage = t, .size = energy[i], .share_max = 1});
            const int row = program.add(StagedProgram::Row{t, 0, 0});
            program.enter(balance, in, -1), program.enter(balance, out, 0.9);
            program.enter(row, level, 1), program.enter(row, before[i], -0.99), program.enter(row, in, -0.95), program.enter(row, out, 1);
            before[i] = level;
        }
    }
    return program;
}

} // namespace

TEST_CASE("the interior point and the simplex agree, and the bound is below both") {
    int certified = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const StagedProgram program = random_chain(random);
        const StagedAnswer simplex = solve_staged_by_simplex(program), interior = solve_staged(program);
        REQUIRE(simplex.violation <= 1e-6);
        certified += interior.certified(); // where not, whoever asks goes on with the simplex
        if (interior.certified()) CHECK(interior.objective == doctest::Approx(simplex.objective).epsilon(2e-6));
        CHECK(interior.bound <= simplex.objective * (1 + 1e-8) + 1e-6);
    }
    CHECK(certified >= 97);
}

TEST_CASE("wrong prices prove less, never too much") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const StagedProgram program = random_chain(random);
        const StagedAnswer simplex = solve_staged_by_simplex(program);
        StagedAnswer answer = solve_staged(program);
        for (double& price : answer.prices) price *= 1 + 0.2 * (random.uniform() - 0.5);
        CHECK(staged_bound(program, answer.prices) <= simplex.objective * (1 + 1e-8) + 1e-6);
    }
}

TEST_CASE("what cannot be kept is not certified, and a stop is heard") {
    StagedProgram program;
    program.stages = 2;
    for (int t = 0; t < 2; ++t) {
        const int row = program.add(StagedProgram::Row{t, 10, 10});
        program.enter(row, program.add(StagedProgram::Column{.stage = t, .cost = 1, .upper = 4}), 1);
    }
    CHECK(!solve_staged(program).certified());
    CHECK(solve_staged_by_simplex(program).violation > 1e-3);
    Random random(3);
    const StagedProgram chain = random_chain(random);
    const StagedAnswer stopped = solve_staged(chain, {.stop = [] { return true; }});
    CHECK(stopped.iterations == 0);
    CHECK(!stopped.certified());
}

TEST_CASE("the program for other solvers names rows, columns and limits") {
    StagedProgram program;
    program.stages = 1;
    const int size = program.add(StagedProgram::Column{.cost = 2, .upper = 9});
    const int flow = program.add(StagedProgram::Column{.stage = 0, .cost = 0.5, .size = size, .share_max = 0.25});
    program.add(StagedProgram::Column{.stage = 0, .upper = 0}); // in nothing: left out, with its limits
    const int row = program.add(StagedProgram::Row{0, 1, 3});
    program.enter(row, flow, 1);
    CHECK(to_mps(program, "small") == "NAME small FREE\nROWS\n N cost\n L r0\n L r1\nCOLUMNS\n c0 cost 2\n c0 r1 -0.25\n c1 cost 0.5\n c1 r0 1\n c1 r1 1\nRHS\n"
                                      " RHS r0 3\nRANGES\n RNG r0 2\nBOUNDS\n UP BND c0 9\nENDATA\n");
    CHECK(solve_staged(program).objective == doctest::Approx(8.5));
}

} // namespace greenbank::solver
