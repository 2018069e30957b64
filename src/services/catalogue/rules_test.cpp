// rules_test.cpp — the rules in the program are sound, and faults of others are named with their place.
#include <doctest/doctest.h>

#include "services/catalogue/rules.h"
#include "json/json.h"

namespace greenbank::services {

namespace {

/// The code of the first problem and its field, after `from` became `to` in the first place where it stands.
std::string fault(const std::string& from, const std::string& to) {
    std::string json = to_json(service_rules());
    const std::size_t at = json.find(from);
    REQUIRE(at != std::string::npos);
    const auto read = read_service_rules(json.replace(at, from.size(), to));
    if (read) return "none";
    return read.error().problems.at(0).code + " " + read.error().problems.at(0).field;
}

} // namespace

TEST_CASE("the rules in the program are what they are after writing and reading") {
    const auto read = read_service_rules(to_json(service_rules()));
    REQUIRE(read);
    CHECK(to_json(read.value()) == to_json(service_rules()));
    const TriageRules rules = triage_rules(service_rules());
    CHECK(rules.priority_points.size() == service_rules().priority.size());
    for (const std::int64_t points : rules.balance_points) CHECK(points > 0);
    for (const auto name : Choices<ServiceKind>::values) CHECK(!plan_template(service_rules(), *parse_choice<ServiceKind>(name)).steps.empty());
}

TEST_CASE("a country lies in one region, and in as many groups as name it") {
    CHECK(region_of(service_rules(), "KH") == "south_east_asia");
    CHECK(region_of(service_rules(), "WS") == "pacific");
    CHECK(region_of(service_rules(), "XX") == "other");
    CHECK(in_group(service_rules(), "least_developed", "KH"));
    CHECK(!in_group(service_rules(), "least_developed", "WS"));
    CHECK(!in_group(service_rules(), "nothing", "KH"));
    for (const CountryGroup& one : service_rules().regions)
        for (const std::string& country : one.countries) CHECK(region_of(service_rules(), country) == one.code); // none stands in two
}

TEST_CASE("what the desk would call official says so by itself only: points and groups are not") {
    CHECK(service_rules().status == FactStatus::sample);
    for (const CountryGroup& one : service_rules().groups) CHECK(one.status != FactStatus::official);
    for (const PriorityCriterion& one : service_rules().priority) CHECK(one.status != FactStatus::official);
}

TEST_CASE("faults of rules are named with their place") {
    CHECK(fault(R"("code":"alignment")", R"("code":"benefit")") == "services.rule_twice eligibility[1].code");
    CHECK(fault(R"("country_group":"small_island")", R"("country_group":"large_island")") == "services.rule_group priority[1].country_group");
    CHECK(fault(R"({"axis":"region")", R"({"axis":"field")") == "services.rule_axes balance");
    CHECK(fault(R"({"kind":"consulting")", R"({"kind":"patent")") == "services.rule_plans plans");
    CHECK(fault(R"("places":4)", R"("places":0)").starts_with("number.too_low"));
}

} // namespace greenbank::services
