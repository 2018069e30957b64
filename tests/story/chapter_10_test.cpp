// chapter_10_test.cpp — the island's dried kelp: one figure on page, label, paper and in the log; renewable power is what makes it small.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("chapter 10: the label says what the footprint says, on paper and in the log, and the footprint repeats") {
    Cast& all = cast();
    const Answer view = all.nobody.get("/carbon-labels/label_sample_dried_kelp");
    REQUIRE(view.status == 200);
    CHECK(view.at("/carbon_label/sample") == "true");
    CHECK(view.at("/carbon_label/unit") == "kg");
    const Answer footprint = all.officer.get("/footprints/footprint_sample_dried_kelp");
    REQUIRE(footprint.status == 200);
    CHECK(footprint.at("/total") == view.at("/carbon_label/value"));
    const double value = std::stod(footprint.at("/total"));
    CHECK(value == doctest::Approx(0.600).epsilon(0.01)); // worked out by hand
    double stages = 0;
    for (const std::string& one : footprint.all("/by_stage", "/amount")) stages += std::stod(one);
    CHECK(stages == doctest::Approx(value));
    CHECK(std::stod(footprint.at("/drawn/low")) < value);
    CHECK(std::stod(footprint.at("/drawn/high")) > value);
    CHECK(all.officer.get("/footprints/footprint_sample_dried_kelp/changes").at("/repeated") == "true");
    // Before the microgrid the same kelp weighed more.
    CHECK(footprint.at("/scenarios/0/name") == "before the microgrid");
    CHECK(std::stod(footprint.at("/scenarios/0/amount")) > value);
    const std::string shown = fmt::format("{:.2f}", value), number = view.at("/carbon_label/number");
    const std::string svg = all.nobody.get("/carbon-labels/label_sample_dried_kelp/svg").body;
    CHECK(svg.find(">" + shown + "<") != std::string::npos);
    CHECK(svg.find(number) != std::string::npos);
    const std::string words = words_of_pdf(all.nobody.get("/carbon-labels/label_sample_dried_kelp/pdf").body);
    CHECK(words.find(shown) != std::string::npos);
    CHECK(words.find(number.substr(number.rfind('-') + 1)) != std::string::npos); // a hyphen at the end of a line is taken away
    const Answer proof = all.nobody.get("/log/proof?code=" + view.at("/carbon_label/proof"));
    REQUIRE(proof.status == 200);
    CHECK(proof.body.find(number) != std::string::npos);
}

} // namespace greenbank::testing
