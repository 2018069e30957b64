// services_test.cpp — the desk's queue out of a file: ranked, explained, and refused with reasons.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string request(const std::string& id, const std::string& country, const std::string& met, const std::string& grade) {
    std::string eligibility;
    for (const char* code : {"benefit", "alignment", "capacity", "monitoring", "scope"})
        eligibility += fmt::format(R"({}{{"criterion":"{}","met":{},"reason":{{"en":"x"}}}})", eligibility.empty() ? "" : ",", code, met);
    return fmt::format(
        R"({{"id":"{}","country":"{}","field":"water","kind":"consulting","submitted_at":"2026-11-01T00:00:00Z","eligibility":[{}],"priority":[{{"criterion":"gender","grade":"{}"}}]}})",
        id, country, eligibility, grade);
}

} // namespace

TEST_CASE("a queue is ranked from a file, whatever the order of its requests") {
    const TemporaryFolder folder;
    const std::string strong = request("strong", "KH", "true", "fully"), weak = request("weak", "KH", "true", "no"),
                      none = request("none", "FJ", "false", "fully");
    std::vector<std::string> outs;
    for (const std::string& list : {strong + "," + weak + "," + none, none + "," + weak + "," + strong}) {
        const Ran ran = run({"services", "triage", "--in", folder.write("queue.json", fmt::format(R"({{"requests":[{}]}})", list)), "--json"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        outs.push_back(ran.out);
    }
    CHECK(outs[0] == outs[1]);
    const Answer queue{200, outs[0], "", {}};
    CHECK(queue.at("/items/0/id") == "strong");
    CHECK(queue.at("/items/2/eligibility") == "not_eligible");
    std::int64_t sum = 0;
    for (const std::string& points : queue.all("/items/0/score", "/points")) sum += std::stoll(points);
    CHECK(sum == queue.number("/items/0/score_points"));
    const Ran wrong = run({"services", "triage", "--in",
        folder.write("wrong.json",
            R"({"requests":[{"id":"a","country":"KH","field":"water","kind":"consulting","submitted_at":"2026-11-01T00:00:00Z","priority":[{"criterion":"magic","grade":"fully"}]}]})")});
    CHECK(wrong.status != 0);
    CHECK(wrong.err.find("magic") != std::string::npos);
}

} // namespace greenbank::testing
