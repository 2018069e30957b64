// chapter_10_test.cpp — the island's dried kelp: one figure on page, label, paper and in the log; renewable power is what makes it small.
#include "cast.h"
#include "pact/values.h"
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

TEST_CASE("chapter 10: a buyer abroad fetches the kelp's footprint by PACT, and it is the label's figure") {
    Cast& all = cast();
    Visitor cooperative = all.newcomer("exchange@kelp.test", "manager", "org_sample_kelp_cooperative");
    const Answer secret = cooperative.post("/pact-partners/pactpartner_sample_buyer_abroad/secret");
    REQUIRE_MESSAGE(secret.status == 200, secret.body);
    Visitor buyer = all.visitor();
    buyer.says_request = false;
    buyer.content_type = "application/x-www-form-urlencoded";
    const Answer token = buyer.send("POST", "//auth/token", "grant_type=client_credentials",
        {{"Authorization", pact::write_basic({secret.at("/client_id"), secret.at("/client_secret")})}});
    REQUIRE_MESSAGE(token.status == 200, token.body);
    buyer.bearer = token.at("/access_token");
    const Answer list = buyer.get("//3/footprints?productId=urn:greenbank:product:sample-dried-kelp&status=Active");
    REQUIRE_MESSAGE(list.status == 200, list.body);
    REQUIRE(list.size("/data") == 1);
    const Answer label = all.nobody.get("/carbon-labels/label_sample_dried_kelp");
    CHECK(std::stod(list.at("/data/0/pcf/pcfIncludingBiogenicUptake")) == doctest::Approx(std::stod(label.at("/carbon_label/value"))).epsilon(1e-9));
    CHECK(list.at("/data/0/pcf/declaredUnitOfMeasurement") == "kilogram");
    CHECK(list.at("/data/0/pcf/verification/providerName") == label.at("/verifier_name/en"));
}

} // namespace greenbank::testing
