// network_test.cpp — folders read and told, flows after reactances, prices, caps, whole units; the interior point and the simplex agree.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "kernel/random.h"
#include "planning/engine/network/plan.h"

namespace greenbank::planning::network {

namespace {

using Files = std::map<std::string, std::string>;

Files three_buses() {
    return {{"snapshots.csv", "snapshot\nnoon\n"}, {"buses.csv", "name,v_nom\na,1\nb,1\nc,1\n"},
        {"generators.csv", "name,bus,p_nom,marginal_cost\ncheap,a,200,10\ndear,b,200,50\n"}, {"loads.csv", "name,bus,p_set\ntown,c,90\n"},
        {"lines.csv", "name,bus0,bus1,x,s_nom\nab,a,b,1,1000\nbc,b,c,1,1000\nac,a,c,1,40\n"}};
}

Network network_of(const Files& files) {
    auto network = read_network(files);
    if (!network)
        for (const Problem& one : network.error().problems) MESSAGE(one.field, " ", fill_in(one.message, one.parameters));
    REQUIRE(network);
    return std::move(network).value();
}

const std::vector<double>& series(const NetworkPlan& plan, std::string_view component, std::string_view name, std::string_view attribute) {
    for (const NetworkSeries& one : plan.series)
        if (one.component == component && one.name == name && one.attribute == attribute) return one.values;
    FAIL("there is no series ", std::string(component), " ", std::string(name));
    return plan.series.front().values;
}

std::set<std::string> codes(const Files& files) {
    const auto network = read_network(files);
    REQUIRE(!network);
    std::set<std::string> codes;
    for (const Problem& one : network.error().problems) codes.insert(one.code);
    return codes;
}

/// A ring of buses with sun, a fuel that emits, stores and cables; some of it to be extended.
Network random_network(Random& random, std::size_t snapshots) {
    Network network;
    network.carriers = {{"gas", 0.2}, {"sun", 0}};
    const std::size_t buses = 2 + random.below(3);
    for (std::size_t t = 0; t < snapshots; ++t) {
        network.snapshots.push_back(std::to_string(t));
        for (auto* hours : {&network.objective_hours, &network.store_hours, &network.generator_hours}) hours->push_back(2);
    }
    for (std::size_t b = 0; b < buses; ++b) {
        network.buses.push_back({fmt::format("bus {}", b)});
        Generator gas, sun;
        gas.name = fmt::format("gas {}", b), gas.carrier = "gas", gas.bus = b, gas.size.given = 150;
        gas.p_max.value = 1, gas.efficiency.value = 0.4 + 0.2 * random.uniform(), gas.marginal_cost.value = 30 + 40 * random.uniform();
        sun.name = fmt::format("sun {}", b), sun.carrier = "sun", sun.bus = b, sun.efficiency.value = 1;
        sun.size = {
            .given = 0, .least = 0, .most = endless, .capital_cost = 20 * static_cast<double>(snapshots) * (0.2 + random.uniform()), .extendable = true};
        for (std::size_t t = 0; t < snapshots; ++t)
            sun.p_max.series.push_back(std::max(0.0, std::sin(static_cast<double>(t % 12) / 12 * 6.283)) * random.uniform());
        if (random.chance(0.3)) gas.ramp_up = gas.ramp_down = 0.5;
        network.generators.push_back(gas), network.generators.push_back(sun);
        Load load{fmt::format("load {}", b), b, {}, -1};
        for (std::size_t t = 0; t < snapshots; ++t) load.p.series.push_back(40 + 30 * random.uniform());
        network.loads.push_back(load);
        Branch line;
        line.name = fmt::format("line {}", b), line.from = b, line.to = (b + 1) % buses, line.impedance = 0.1 + random.uniform(), line.size.given = 25;
        line.limit.value = 1;
        if (random.chance(0.4)) line.size.extendable = true, line.size.capital_cost = 5 * static_cast<double>(snapshots);
        if (buses > 2 || b == 0) network.branches.push_back(line);
        if (random.chance(0.5)) {
            StorageUnit unit;
            unit.name = fmt::format("battery {}", b), unit.bus = b, unit.max_hours = 4, unit.cyclic = random.chance(0.5), unit.initial = unit.cyclic ? 0 : 10;
            unit.size = {.given = 10, .least = 0, .most = 300, .capital_cost = 8 * static_cast<double>(snapshots), .extendable = random.chance(0.5)};
            unit.efficiency_store.value = unit.efficiency_dispatch.value = 0.95, unit.p_min.value = -1, unit.p_max.value = 1;
            if (!unit.size.extendable) unit.inflow.value = 1;
            network.storage_units.push_back(unit);
        }
        if (random.chance(0.4)) {
            Store store;
            store.name = fmt::format("tank {}", b), store.bus = b, store.cyclic = true, store.e_max.value = 1, store.standing_loss = 0.01;
            store.size = {.given = 0, .least = 0, .most = 500, .capital_cost = 2 * static_cast<double>(snapshots), .extendable = true};
            network.stores.push_back(store);
        }
    }
    if (random.chance(0.5)) network.emission_limits.push_back({"co2", Sense::at_most, 20 * static_cast<double>(snapshots)});
    return network;
}

} // namespace

TEST_CASE("power follows reactances: a third goes the long way, and the narrow line sets three prices") {
    const NetworkPlan plan = plan_network(network_of(three_buses()));
    REQUIRE(plan.outcome == NetworkPlan::Outcome::optimal);
    // The line from a to c carries (2 of a + 1 of b) / 3 and no more than 40: a gives 30, b 60.
    CHECK(series(plan, "generators", "cheap", "p")[0] == doctest::Approx(30));
    CHECK(series(plan, "generators", "dear", "p")[0] == doctest::Approx(60));
    CHECK(series(plan, "lines", "ac", "p0")[0] == doctest::Approx(40));
    CHECK(series(plan, "lines", "ab", "p0")[0] == doctest::Approx(-10));
    CHECK(series(plan, "buses", "a", "marginal_price")[0] == doctest::Approx(10));
    CHECK(series(plan, "buses", "b", "marginal_price")[0] == doctest::Approx(50));
    CHECK(series(plan, "buses", "c", "marginal_price")[0] == doctest::Approx(90));
    CHECK(plan.objective == doctest::Approx(30 * 10 + 60 * 50));
}

TEST_CASE("the constant is the capital of what is there already of what may be extended") {
    Files files = three_buses();
    files["generators.csv"] = "name,bus,p_nom,p_nom_extendable,p_nom_min,capital_cost,marginal_cost\ncheap,c,50,True,50,100,1\n";
    const NetworkPlan plan = plan_network(network_of(files));
    CHECK(plan.constant == doctest::Approx(5000));
    CHECK(plan.objective == doctest::Approx(90 * 100 + 90 - 5000));
    CHECK(plan.total() == doctest::Approx(90 * 101));
}

TEST_CASE("faults of a folder are told by file, line and column") {
    Files files = three_buses();
    files["generators.csv"] = "name,bus,p_nom\ncheap,nowhere,200\ncheap,b,lots\n";
    files["loads-p_set.csv"] = ",town,village\n0,1,2\n1,3,4\n";
    CHECK(codes(files) == std::set<std::string>{"planning.network_bus", "planning.name_twice", "planning.network_number", "planning.network_length"});
    files = three_buses();
    files["loads-p_set.csv"] = ",town\n0,nan\n";
    CHECK(codes(files) == std::set<std::string>{"planning.network_number"});
    files["loads-p_set.csv"] = ",town\nmidnight,1\n"; // of another snapshot
    CHECK(codes(files) == std::set<std::string>{"planning.network_snapshot"});
    files["loads-p_set.csv"] = ",town\nnoon,\n";
    CHECK(codes(files) == std::set<std::string>{"planning.series_gap"});
    files["loads-p_set.csv"] = ",village\n0,1\n";
    CHECK(codes(files) == std::set<std::string>{"planning.network_series_unknown"});
    files = three_buses();
    files["generators.csv"] = "name,bus,p_nom,p_min_pu,p_max_pu,marginal_cost_quadratic\ncheap,a,200,0.5,0.2,1\n";
    CHECK(codes(files) == std::set<std::string>{"planning.network_crossed", "planning.network_unsupported"});
    files = three_buses();
    files["lines.csv"] = "name,bus0,bus1,type,s_nom\nab,a,b,Al/St 240/40 4-bundle 380.0,100\n";
    CHECK(codes(files) == std::set<std::string>{"planning.network_type"});
    files = three_buses();
    files.erase("buses.csv");
    CHECK(codes(files).contains("planning.network_file"));
    CHECK(codes({}) == std::set<std::string>{"planning.network_file"});
    const auto network = read_network({{"snapshots.csv", "snapshot\na\n"}, {"buses.csv", "name\na\n"}, {"generators.csv", "name,bus\ng,b\n"}});
    REQUIRE(!network);
    CHECK(network.error().problems[0].field == "generators.csv line 2: bus");
}

TEST_CASE("what cannot be balanced says where how much is missing") {
    Files files = three_buses();
    files["loads.csv"] = "name,bus,p_set\ntown,c,900\n";
    const NetworkPlan plan = plan_network(network_of(files));
    CHECK(plan.outcome == NetworkPlan::Outcome::infeasible);
    REQUIRE(!plan.short_.empty());
    CHECK(plan.short_[0].first == "c");
}

TEST_CASE("the interior point and the simplex agree; every bus balances; wider limits never cost more; names change nothing") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Network network = random_network(random, 240);
        const NetworkPlan ours = plan_network(network), twin = plan_network(network, {.simplex = true});
        REQUIRE((ours.outcome == NetworkPlan::Outcome::infeasible) == (twin.outcome == NetworkPlan::Outcome::infeasible));
        if (ours.outcome == NetworkPlan::Outcome::infeasible) continue;
        CHECK(ours.outcome == NetworkPlan::Outcome::optimal);
        CHECK(ours.objective == doctest::Approx(twin.objective).epsilon(2e-6));
        CHECK(ours.balance_error <= 1e-5);
        CHECK(ours.bound <= ours.objective * (1 + 1e-6));
        if (seed > 4) continue;
        for (Branch& one : network.branches) one.size.given *= 2;
        for (Generator& one : network.generators) one.name = "x" + one.name;
        if (!network.emission_limits.empty()) network.emission_limits[0].limit *= 2;
        CHECK(plan_network(network).objective <= ours.objective * (1 + 2e-6) + 1e-6);
    }
}

TEST_CASE("whole units: the cheap big one cannot run so low, or starts once and stays") {
    Files files{{"snapshots.csv", "snapshot\n0\n1\n2\n3\n"}, {"buses.csv", "name\na\n"},
        {"generators.csv", "name,bus,p_nom,p_min_pu,marginal_cost,committable,start_up_cost,min_up_time,up_time_before\n"
                           "coal,a,10000,0.3,20,True,5000,3,0\ngas,a,4000,0.1,70,True,0,0,0\n"},
        {"loads.csv", "name,bus\nload,a\n"}, {"loads-p_set.csv", ",load\n0,4000\n1,6000\n2,5000\n3,800\n"}};
    const Network network = network_of(files);
    const NetworkPlan relaxed = plan_network(network), whole = plan_network(network, {.commitment = true});
    REQUIRE(whole.outcome == NetworkPlan::Outcome::optimal);
    // Coal for three hours (minimum 3,000 each), gas alone for the last.
    CHECK(whole.objective == doctest::Approx(20 * (4000 + 6000 + 5000) + 5000 + 70 * 800));
    CHECK(relaxed.objective <= whole.objective);
    CHECK(series(whole, "generators", "coal", "p")[3] == doctest::Approx(0));
}

/// The naive twin: every pattern of on and off.
TEST_CASE("branch and cut finds what trying every pattern finds") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Network network;
        network.buses = {{"a"}};
        const std::size_t count = 4;
        Load load{"load", 0, {}, -1};
        for (std::size_t t = 0; t < count; ++t) {
            network.snapshots.push_back(std::to_string(t)), load.p.series.push_back(20 + 60 * random.uniform());
            for (auto* hours : {&network.objective_hours, &network.store_hours, &network.generator_hours}) hours->push_back(1);
        }
        network.loads = {load};
        for (std::size_t g = 0; g < 2; ++g) {
            Generator one;
            one.name = std::to_string(g), one.size.given = g ? 60 : 70, one.p_min.value = 0.4, one.p_max.value = 1,
            one.marginal_cost.value = 10 + 40 * random.uniform(), one.efficiency.value = 1;
            one.commitment = {.wanted = true,
                .start_up_cost = 300 * random.uniform(),
                .shut_down_cost = 50,
                .stand_by_cost = 10,
                .min_up_time = 2,
                .min_down_time = g ? 2 : 0,
                .on_before = g == 0};
            network.generators.push_back(one);
        }
        Generator shed;
        shed.name = "shed", shed.size.given = 200, shed.p_max.value = 1, shed.marginal_cost.value = 500, shed.efficiency.value = 1;
        network.generators.push_back(shed);
        double best = 1e18;
        for (unsigned pattern = 0; pattern < 256; ++pattern) {
            double cost = 0;
            bool kept = true;
            const auto on = [&](std::size_t g, std::size_t t) { return ((pattern >> (g * count + t)) & 1u) != 0; };
            for (std::size_t g = 0; g < 2; ++g) {
                const Commitment& how = network.generators[g].commitment;
                for (std::size_t t = 0; t < count; ++t) {
                    const bool before = t ? on(g, t - 1) : how.on_before, now = on(g, t);
                    cost += (now && !before ? how.start_up_cost : 0) + (!now && before ? how.shut_down_cost : 0) + (now ? how.stand_by_cost : 0);
                    for (std::size_t k = t; k < std::min(count, t + 2); ++k) {
                        if (now && !before && !on(g, k)) kept = false;
                        if (!now && before && how.min_down_time > 1 && on(g, k)) kept = false;
                    }
                }
            }
            if (!kept) continue;
            for (std::size_t t = 0; t < count; ++t) { // the cheaper first, each at least its minimum
                double least = 0, wanted = load.p.series[t];
                for (std::size_t g = 0; g < 2; ++g) least += on(g, t) ? 0.4 * network.generators[g].size.given : 0;
                if (least > wanted + 1e-9) kept = false;
                wanted -= least;
                std::size_t order[2] = {0, 1};
                if (network.generators[1].marginal_cost.value < network.generators[0].marginal_cost.value) std::swap(order[0], order[1]);
                for (const std::size_t g : order) {
                    if (!on(g, t)) continue;
                    const Generator& one = network.generators[g];
                    const double more = std::min(wanted, 0.6 * one.size.given);
                    cost += (0.4 * one.size.given + more) * one.marginal_cost.value, wanted -= more;
                }
                cost += 500 * std::max(0.0, wanted);
            }
            if (kept) best = std::min(best, cost);
        }
        const NetworkPlan plan = plan_network(network, {.commitment = true});
        REQUIRE(plan.outcome == NetworkPlan::Outcome::optimal);
        CHECK(plan.objective == doctest::Approx(best).epsilon(1e-6));
    }
}

TEST_CASE("the published wind, sun, battery and hydrogen system has its known cost") {
    const std::filesystem::path folder = "../shared/data/energy/model-energy";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: ", folder.string(), " is not here");
        return;
    }
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".csv") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        files[entry.path().filename().string()] = text.str();
    }
    const NetworkPlan plan = plan_network(network_of(files));
    CHECK(plan.outcome == NetworkPlan::Outcome::optimal);
    CHECK(plan.objective == doctest::Approx(8.0781356755e9).epsilon(1e-6));
    CHECK(plan.balance_error <= 1e-5);
}

} // namespace greenbank::planning::network
