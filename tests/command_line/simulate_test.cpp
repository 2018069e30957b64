// simulate_test.cpp — `greenbank simulate site` as a table: the same seed gives the same bytes; faults show; wrong flags are named.
#include <algorithm>

#include "bank_process.h"

namespace greenbank::testing {

TEST_CASE("a simulated site is a table that a seed decides") {
    TemporaryFolder folder;
    const auto simulate = [&](const std::string& name, std::vector<std::string> more) {
        std::vector<std::string> words{
            "simulate", "site", "--from", "2026-11-01T00:00:00Z", "--hours", "2", "--step-seconds", "600", "--out", folder.path() + "/" + name};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run(words);
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        return read_whole(folder.path() + "/" + name);
    };
    const std::string park = simulate("park.csv", {"--kind", "park", "--seed", "5"});
    CHECK(park == simulate("again.csv", {"--kind", "park", "--seed", "5"}));
    CHECK(park != simulate("other.csv", {"--kind", "park", "--seed", "6"}));
    CHECK(park.starts_with("timestamp,load_power,"));
    CHECK(std::count(park.begin(), park.end(), '\n') == 13);
    CHECK(simulate("silent.csv", {"--kind", "island", "--faults", "silence:load_power:0:60"}).find("2026-11-01T00:10:00Z,,") != std::string::npos);
    CHECK(run({"simulate", "site", "--out", folder.path() + "/x", "--faults", "volcano:x:0:1"}).status == 1);
    CHECK(run({"simulate", "site"}).status != 0);
    CHECK(run({"simulate", "site", "--kind", "moon", "--out", "x"}).status == 2);
}

} // namespace greenbank::testing
