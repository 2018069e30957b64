// planning_test.cpp — plans over plain files: networks, sharing across borders, and what is wrong with them.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bank_process.h"

namespace greenbank::testing {

namespace {

/// A folder with two buses and a line.
std::string network(const TemporaryFolder& folder, const std::string& name, const std::vector<std::pair<std::string, std::string>>& changed = {}) {
    std::filesystem::create_directories(folder.path() + "/" + name);
    std::vector<std::pair<std::string, std::string>> files{{"network.csv", "name\nTwo buses\n"},
        {"snapshots.csv", ",snapshot,objective,stores,generators\n0,a,2,2,2\n1,b,2,2,2\n"}, {"buses.csv", "name,v_nom\nnorth,380\nsouth,380\n"},
        {"carriers.csv", "name,co2_emissions\ngas,0.2\n"},
        {"generators.csv", "name,bus,carrier,p_nom,marginal_cost,efficiency\ngas,north,gas,100,50,0.5\nshed,south,,1000,2000,1\n"},
        {"loads.csv", "name,bus\ntown,south\n"}, {"loads-p_set.csv", ",town\n0,30\n1,70\n"}, {"lines.csv", "name,bus0,bus1,x,s_nom\nline,north,south,10,60\n"}};
    for (const auto& [file, text] : changed) {
        for (auto& [known, content] : files)
            if (known == file) content = text;
        if (file == "global_constraints.csv") files.emplace_back(file, text);
    }
    for (const auto& [file, text] : files) folder.write(name + "/" + file, text);
    return folder.path() + "/" + name;
}

} // namespace

TEST_CASE("a network is planned from its folder: cost, flows, prices, cap") {
    TemporaryFolder folder;
    const std::string out = folder.path() + "/result.json";
    const Ran ran = run({"plan", "network", "--in", network(folder, "plain"), "--out", out, "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer result{200, ran.out, "", {}};
    CHECK(result.at("/outcome") == "optimal");
    CHECK(std::stod(result.at("/objective")) == doctest::Approx(2 * (30 * 50 + 60 * 50 + 10 * 2000)));
    CHECK(std::stod(result.at("/emissions")) == doctest::Approx(2 * 90 * 0.2 / 0.5));
    CHECK(read_whole(out).find("marginal_price") != std::string::npos);
    const Ran capped = run({"plan", "network", "--in",
        network(folder, "capped", {{"global_constraints.csv", "name,type,carrier_attribute,sense,constant\nco2,primary_energy,co2_emissions,<=,40\n"}}),
        "--json"});
    REQUIRE_MESSAGE(capped.status == 0, capped.err);
    const Answer cap{200, capped.out, "", {}};
    CHECK(std::stod(cap.at("/emissions")) == doctest::Approx(40));
    CHECK(std::stod(cap.at("/limits/0/price")) == doctest::Approx((2000 - 50) / 0.4)); // a tonne more is 2.5 MWh of gas instead of shedding
}

TEST_CASE("a folder that is not right is told by file, line and column; one that cannot be balanced by bus") {
    TemporaryFolder folder;
    const Ran unknown = run({"plan", "network", "--in",
        network(folder, "unknown", {{"loads.csv", "name,bus\ntown,nowhere\ntown,south\n"}, {"loads-p_set.csv", ",town\n0,nan\n"}})});
    CHECK(unknown.status == 1);
    CHECK_MESSAGE(unknown.err.find("loads.csv line 2: bus") != std::string::npos, unknown.err);
    CHECK(unknown.err.find("loads.csv line 3: name") != std::string::npos);
    CHECK(unknown.err.find("loads-p_set.csv") != std::string::npos);
    const Ran shifted = run({"plan", "network", "--in", network(folder, "shifted", {{"loads-p_set.csv", ",town\n1,30\n0,70\n"}})});
    CHECK(shifted.status == 1);
    CHECK_MESSAGE(shifted.err.find("loads-p_set.csv line 2: Here stands 1; the snapshot of this row is a") != std::string::npos, shifted.err);
    const Ran capped = run({"plan", "network", "--in",
        network(folder, "unkept",
            {{"global_constraints.csv", "name,type,carrier_attribute,sense,constant\nco2,primary_energy,co2_emissions,<=,10\n"},
                {"generators.csv", "name,bus,carrier,p_nom,marginal_cost,efficiency\ngas,north,gas,200,50,0.5\n"},
                {"lines.csv", "name,bus0,bus1,x,s_nom\nline,north,south,10,90\n"}})});
    CHECK(capped.status == 1);
    CHECK_MESSAGE(capped.err.find("The limit co2 cannot be kept") != std::string::npos, capped.err);
    const Ran none = run({"plan", "network", "--in", folder.path() + "/nothing"});
    CHECK(none.status == 1);
    const Ran short_ = run({"plan", "network", "--in", network(folder, "short", {{"generators.csv", "name,bus,p_nom\ngas,north,100\n"}})});
    CHECK(short_.status == 1);
    CHECK_MESSAGE(short_.err.find("south 20 MWh") != std::string::npos, short_.err);
}

TEST_CASE("sharing across borders: the sample of January 2022 loses 1,500 MW, and the emergency plan serves who is protected") {
    TemporaryFolder folder;
    std::ifstream file("data/sample/planning/cross_border/january_2022.json");
    const Answer sample{200, std::string(std::istreambuf_iterator<char>(file), {}), "", {}};
    const Ran ran = run({"plan", "cross-border", "--in", folder.write("january.json", sample.at("/0/sharing")), "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer result{200, ran.out, "", {}};
    CHECK(result.size("/exchange/zones") == 5);
    for (std::size_t z = 0; z < 5; ++z) {
        CHECK(result.at(fmt::format("/exchange/zones/{}/standing", z)) == "sample");
        CHECK(std::abs(std::stod(result.at(fmt::format("/emergency/shortage/{}/protected_unserved", z)))) < 1e-6);
    }
    CHECK(std::stod(result.at("/emergency/unserved")) > 0);
    double imported = 0, carbon_made = 0, carbon_used = 0;
    for (std::size_t z = 0; z < 5; ++z) {
        carbon_made += std::stod(result.at(fmt::format("/exchange/zones/{}/carbon_made", z)));
        carbon_used += std::stod(result.at(fmt::format("/exchange/zones/{}/carbon_used", z)));
    }
    for (std::size_t i = 0; i < result.size("/exchange/imports"); ++i) imported += std::stod(result.at(fmt::format("/exchange/imports/{}/energy", i)));
    CHECK(imported > 0);
    CHECK(std::abs(carbon_made - carbon_used) < 0.05 * carbon_made); // what is lost on the way was emitted too
    const std::string wrong = folder.write("wrong.json",
        R"({"name":"x","hours":2,"zones":[{"name":"a","demand":[1,2,3]},{"name":"a","demand":[-1]}],"ties":[{"name":"t","from":"a","to":"b","forward":1,"backward":1}]})");
    const Ran refused = run({"plan", "cross-border", "--in", wrong});
    CHECK(refused.status != 0);
    for (const std::string place : {"zones[0].demand", "zones[1].name", "zones[1].demand[0]", "ties[0].to"})
        CHECK_MESSAGE(refused.err.find(place) != std::string::npos, refused.err);
}

TEST_CASE("a series with an empty row or with a value too many is refused by its line; broken JSON by its file") {
    const TemporaryFolder folder;
    const std::string site = folder.write("site.json", R"({"name":"Islet","demands":[{"name":"load","column":"load","unit":"MW"}],
        "sources":[{"name":"grid","kind":"grid","running_per_mwh":50,"asset":{"size":10}}]})");
    const auto plan = [&](const std::string& from, const std::string& series) {
        return run({"plan", "island", "--in", from, "--series", folder.write("series.csv", series), "--out", folder.path() + "/plan.json"});
    };
    CHECK(plan(site, "load\n1\n2\n").status == 0);
    const Ran gap = plan(site, "load\n1\n\n2\n");
    CHECK_MESSAGE(gap.err.find("row 3: Nothing is written here") != std::string::npos, gap.err);
    const Ran wide = plan(site, "load,other\n1,5,3\n2,3\n");
    CHECK_MESSAGE(wide.err.find("The row has 3 cells, the header has 2") != std::string::npos, wide.err);
    const Ran broken = plan(folder.write("broken.json", "{"), "load\n1\n");
    CHECK_MESSAGE(broken.err.find("broken.json: The body is not JSON") != std::string::npos, broken.err);
    CHECK(plan(site, "").err.find("series.csv: ") != std::string::npos);
}

TEST_CASE("an island that contradicts itself is told soon and in sensible sizes") {
    TemporaryFolder folder;
    std::string series = "load,pv\n";
    for (int hour = 0; hour < 8760; ++hour)
        series += fmt::format(
            "{},{:.3f}\n", hour % 24 > 17 ? 3 : 2, std::max(0.0, std::sin((hour % 24 - 6) / 12.0 * 3.14159265)) * (0.4 + 0.6 * (hour / 24 % 3) / 2));
    const std::string site = folder.write("site.json",
        R"({"name":"x","demands":[{"name":"Load","column":"load","unit":"MW"}],"sources":[{"name":"PV","kind":"solar","column":"pv","asset":{"investment":1000,"size_max":3}},
{"name":"Diesel","kind":"diesel","asset":{"investment":1000},"running_per_mwh":10,"energy_share_max":0.1}],"storages":[{"name":"Battery","charger":{"investment":10},"reservoir":{"investment":10}}]})");
    const Ran ran = run({"plan", "island", "--in", site, "--series", folder.write("series.csv", series)});
    CHECK(ran.status == 1);
    CHECK_MESSAGE(ran.err.find("energy_share_max of Diesel") != std::string::npos, ran.err);
    CHECK(ran.err.find("size_max of PV") != std::string::npos);
    CHECK_MESSAGE(ran.err.find("e+1") == std::string::npos, ran.err);
}

} // namespace greenbank::testing
