// deal_value_test.cpp — a technology valued out of a file: ranges, their assumptions, and every fault named.
#include "cast.h"

namespace greenbank::testing {

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const char* const plan =
    R"({"title":{"en":"A membrane"},"currency":"CNY","day":"2026-11-01","seed":7,"draws":1000,
"income":{"revenue":{"low":{"amount":"1000000.00","currency":"CNY"},"base":{"amount":"1000000.00","currency":"CNY"},"high":{"amount":"1000000.00","currency":"CNY"},"source":"order book"},
"growth":{"low":0,"base":0,"high":0},"royalty":{"low":5,"base":5,"high":5},"tax":{"low":25,"base":25,"high":25},"discount":{"low":8,"base":10,"high":12},"first_year":1,
"life":{"low":10,"base":10,"high":10},"success":{"low":100,"base":100,"high":100}},
"market":{"comparables":[{"name":{"en":"A"},"day":"2025-01-01","price":{"amount":"100000.00","currency":"CNY"},"source":"x"},
{"name":{"en":"B"},"day":"2025-01-01","price":{"amount":"200000.00","currency":"CNY"},"source":"x"},
{"name":{"en":"C"},"day":"2025-01-01","price":{"amount":"300000.00","currency":"CNY"},"source":"x"}]}})";

} // namespace

TEST_CASE("a technology is valued by income and market: always a range, with its assumptions and its method") {
    const TemporaryFolder folder;
    const std::string in = folder.write("valuation.json", plan), out = folder.path() + "/report.json";
    const Ran ran = run({"deal", "value", "--in", in, "--out", out, "--language", "en"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK_MESSAGE(says(ran.out, "211,883.36 CNY · 230,421.27 CNY · 251,628.05 CNY"), ran.out); // annuities of 12, 10 and 8 %
    CHECK_MESSAGE(says(ran.out, "150,000.00 CNY · 200,000.00 CNY · 250,000.00 CNY"), ran.out); // the quartiles
    CHECK(says(ran.out, "All approaches agree between: 211,883.36 CNY – 250,000.00 CNY"));
    CHECK(says(ran.out, "order book"));
    const Answer report{200, read_whole(out), "", {}};
    CHECK(report.size("/approaches") == 2);
    CHECK(report.at("/approaches/1/approach") == "income");
    CHECK(!report.at("/method").empty());
    for (const std::string language : {"zh", "ru"}) CHECK(run({"deal", "value", "--in", in, "--language", language}).status == 0);
    CHECK(run({"deal", "value", "--in", in, "--json"}).out == run({"deal", "value", "--in", in, "--json"}).out);
}

TEST_CASE("a valuation that contradicts itself is refused, fault by fault") {
    const TemporaryFolder folder;
    std::string wrong = plan;
    for (const auto& [what, instead] :
        {std::pair<std::string, std::string>(R"("royalty":{"low":5)", R"("royalty":{"low":9)"), {R"("discount":{"low":8)", R"("discount":{"low":0)"},
            {R"("price":{"amount":"300000.00","currency":"CNY"})", R"("price":{"amount":"300000.00","currency":"USD"})"}}) {
        REQUIRE(says(wrong, what));
        wrong.replace(wrong.find(what), what.size(), instead);
    }
    const Ran ran = run({"deal", "value", "--in", folder.write("wrong.json", wrong), "--language", "en"});
    CHECK(ran.status != 0);
    for (const std::string place : {"income.royalty", "income.discount", "market.comparables[2].price"})
        CHECK_MESSAGE(says(ran.err, place), place, " in ", ran.err);
    CHECK(run({"deal", "value", "--in", folder.path() + "/nobody.json"}).status != 0);
}

} // namespace greenbank::testing
