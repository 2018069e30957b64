// expert_panels_test.cpp — experts shown without what is private; panels in which each scores alone, and their spread.
#include <set>

#include "assessment_cast.h"

namespace greenbank::testing {

TEST_CASE("experts are found and shown without what is private") {
    Cast& all = cast();
    auto [dora, id] = court().expert("dora",
        fmt::format(
            R"(,"post":{{"en":"Professor of membranes, zygomorph"}},"fields":["water"],"languages":["zh","en"],"interests":[{{"organisation":"{}","nature":{{"en":"adviser"}}}}])",
            all.other_organisation));
    const std::string path = "/experts/" + id;
    for (Visitor* one : {&all.nobody, &all.manager}) {
        const Answer seen = one->get(path);
        CHECK(seen.at("/name/en") == "dora");
        CHECK(seen.at("/person").empty());
        CHECK(seen.size("/interests") == 0);
        CHECK(one->get("/experts?fields=water").body.find("adviser") == std::string::npos);
        CHECK(one->patch(path, R"({"country":"KZ"})").status >= 401);
    }
    CHECK(all.manager.patch(path, R"({"country":"KZ"})").code() == "expert.not_yours");
    CHECK(all.officer.get(path).size("/interests") == 1);
    CHECK(wait_for([&] { return all.nobody.get("/search?text=zygomorph&kind=expert").at("/items/0/id") == id; }, 2));

    // The expert keeps it up to date, but does not say for whom it works.
    CHECK(dora.patch(path, R"({"available_until":"2090-12-31","hours_a_month":10})").at("/hours_a_month") == "10");
    CHECK(dora.patch(path, fmt::format(R"({{"organisation":"{}"}})", all.organisation)).code() == "expert.bank_only");
    CHECK(dora.get(path).size("/interests") == 1);
    CHECK(dora.get(path + "/versions").number("/total") == 3);
    CHECK(all.manager.get(path + "/versions").code() == "expert.past");
    CHECK(all.officer.get(path + "/difference").all("/changes", "/path") == std::vector<std::string>{"/available_until", "/hours_a_month"});
    CHECK(all.officer.post("/experts", fmt::format(R"({{"name":{{"en":"twice"}},"country":"CN","person":"{}"}})", dora.get("/session").at("/person/id")))
              .code() == "expert.account");
    CHECK(all.officer
              .post("/experts", R"({"name":{"en":"x"},"country":"CN","languages":["chinese"],"available_from":"2027-01-01","available_until":"2026-01-01"})")
              .faulty_fields() == std::vector<std::string>{"languages[0]", "available_until"});
    CHECK(all.officer.post(path + "/withdraw", R"({"reason":"retired"})").status == 200);
    CHECK(all.nobody.get(path).at("/tombstone/reason") == "retired");
    CHECK(wait_for([&] { return all.nobody.get("/search?text=zygomorph&kind=expert").number("/total") == 0; }, 2));
}

TEST_CASE("each expert scores alone; whoever has an interest is kept off; the result shows its spread") {
    Cast& all = cast();
    const std::string edition = court().open_edition(), path = declare(edition, published_technology("judged"));
    const std::string admission = path.substr(std::string("/admissions/").size());
    auto [one, one_id] = court().expert("one");
    auto [two, two_id] = court().expert("two");
    auto [three, three_id] = court().expert("three");
    auto [four, four_id] = court().expert("four");
    auto [five, five_id] = court().expert("five");
    auto [adviser, adviser_id] =
        court().expert("adviser", fmt::format(R"(,"interests":[{{"organisation":"{}","nature":{{"en":"shares"}}}}])", all.organisation));
    auto [employee, employee_id] = court().expert("employee", fmt::format(R"(,"organisation":"{}")", all.organisation));
    const std::string declarer = create(
        all.officer, "/experts", fmt::format(R"({{"name":{{"en":"declarer"}},"country":"CN","person":"{}"}})", all.manager.get("/session").at("/person/id")));
    REQUIRE(all.officer.post("/experts/" + declarer + "/publish").status == 200);
    const std::string nameless = create(all.officer, "/experts", R"({"name":{"en":"no account"},"country":"CN"})");

    const auto open = [&](const std::string& experts, const std::string& more = "") {
        return all.officer.post("/panels", fmt::format(R"({{"admission":"{}","experts":[{}]{}}})", admission, experts, more));
    };
    CHECK(open(fmt::format(R"("{}")", one_id)).code() == "panel.not_recommended");
    REQUIRE(all.officer.post(path + "/review").status == 200);
    REQUIRE(court().second_officer.post(path + "/recommend").status == 200);
    CHECK(all.officer.post("/panels", R"({"experts":[]})").faulty_fields() == std::vector<std::string>{"admission"});
    CHECK(open("", R"(,"system":"dice")").faulty_fields() == std::vector<std::string>{"system"});

    // Everybody with an interest is named, with the reason; then nobody is invited.
    const Answer refused = open(fmt::format(R"("{}","{}","{}","{}","{}","{}")", one_id, adviser_id, employee_id, declarer, nameless, one_id));
    CHECK(refused.status == 422);
    CHECK(refused.all("/problems", "/code") == std::vector<std::string>{"panel.declared_interest", "panel.same_organisation", "panel.own_entry", "panel.member",
                                                   "panel.no_expert", "panel.invited"});
    CHECK(all.officer.get("/panels?admission=" + admission).number("/total") == 0);

    const Answer opened = open(fmt::format(R"("{}","{}","{}","{}")", one_id, two_id, three_id, four_id), R"(,"quorum":4,"trim":1)");
    REQUIRE_MESSAGE(opened.status == 201, opened.body);
    const std::string panel = "/panels/" + opened.at("/panel/id");
    CHECK(open(fmt::format(R"("{}")", five_id)).code() == "panel.twice");
    CHECK(all.officer.post(panel + "/invite", fmt::format(R"({{"experts":["{}"]}})", five_id)).number("/invited") == 5);
    CHECK(five.get("/panels").number("/total") == 1);
    CHECK(all.manager.get("/panels").number("/total") == 0);
    CHECK(all.manager.get(panel).status == 404);
    CHECK(adviser.get(panel).status == 404);

    const auto scores = [](double advancement, double others) {
        return fmt::format(
            R"({{"scores":[{{"indicator":"advancement","score":{0}}},{{"indicator":"suitability","score":{1}}},{{"indicator":"reduction_effect","score":{1}}},{{"indicator":"promotion_potential","score":{1}}}],"comment":"because of {1}"}})",
            advancement, others);
    };
    CHECK(one.post(panel + "/score", scores(80, 80)).code() == "panel.declare_first");
    CHECK(one.post(panel + "/declare", R"({"conflict":true})").faulty_fields() == std::vector<std::string>{"declaration"});
    for (Visitor* each : {&one, &two, &three, &four}) REQUIRE(each->post(panel + "/declare", R"({"conflict":false})").status == 200);
    CHECK(five.post(panel + "/declare", R"({"conflict":true,"declaration":"my sister works there"})").at("/own/state") == "conflicted");
    CHECK(five.post(panel + "/score", scores(80, 80)).code() == "panel.not_seated");
    CHECK(five.post(panel + "/declare", R"({"conflict":false})").code() == "panel.own_word_stands");

    CHECK(one.post(panel + "/score", scores(180, 80)).faulty_fields() == std::vector<std::string>{"scores[0].score"});
    CHECK(one.post(panel + "/score", R"({"scores":[{"indicator":"advancement","score":5}]})").faulty_fields() == std::vector<std::string>{"scores"});
    CHECK(one.post(panel + "/score",
                 R"({"scores":[{"indicator":"beauty","score":5},{"indicator":"advancement","score":5},{"indicator":"advancement","score":6}]})")
              .faulty_fields() == std::vector<std::string>{"scores[0].indicator", "scores[2].indicator"});
    REQUIRE(one.post(panel + "/score", scores(80, 80)).status == 200);
    REQUIRE(two.post(panel + "/score", scores(90, 84)).status == 200);
    REQUIRE(two.post(panel + "/score", scores(82, 82)).status == 200); // a second thought, while it is open
    REQUIRE(three.post(panel + "/score", scores(81, 81)).status == 200);

    // While it is open the bank counts, and experts see their own.
    const Answer counted = all.officer.get(panel);
    CHECK(counted.number("/answered") == 3);
    CHECK(counted.number("/invited") == 4);
    CHECK(counted.body.find("because of") == std::string::npos);
    CHECK(counted.body.find("\"score\"") == std::string::npos);
    CHECK(counted.at("/result").empty());
    const Answer mine = one.get(panel);
    CHECK(mine.at("/own/comment") == "because of 80");
    CHECK(mine.size("/seats") == 0);
    CHECK(mine.body.find("because of 82") == std::string::npos);
    CHECK(all.officer.post(panel + "/close").code() == "panel.quorum");
    REQUIRE(four.post(panel + "/score", scores(20, 20)).status == 200);
    CHECK(all.manager.post(panel + "/close").status == 403);

    const Answer closed = all.officer.post(panel + "/close");
    REQUIRE(closed.status == 200);
    CHECK(closed.at("/panel/state") == "closed");
    CHECK(closed.number("/result/total/count") == 4);
    CHECK(std::stod(closed.at("/result/total/mean")) == doctest::Approx(65.75));
    CHECK(std::stod(closed.at("/result/total/trimmed_mean")) == doctest::Approx(80.5));
    CHECK(std::stod(closed.at("/result/total/min")) == doctest::Approx(20));
    CHECK(std::stod(closed.at("/result/total/max")) == doctest::Approx(82));
    CHECK(std::stod(closed.at("/result/total/median")) == doctest::Approx(80.5));
    CHECK(std::stod(closed.at("/result/total/deviation")) > 25);
    CHECK(closed.size("/result/indicators") == 4);
    CHECK(closed.at("/result/reaches_minimum") == "true");
    std::set<std::string> named;
    for (std::size_t i = 0; i < closed.size("/result/totals"); ++i)
        if (closed.at(fmt::format("/result/totals/{}/outlier", i)) == "true") named.insert(closed.at(fmt::format("/result/totals/{}/expert_name/en", i)));
    CHECK(named == std::set<std::string>{"four"});
    CHECK(one.get(panel).body.find("because of 20") != std::string::npos); // now all who scored see all
    CHECK(five.get(panel).body.find("because of") == std::string::npos);   // who was kept off does not
    CHECK(one.post(panel + "/score", scores(99, 99)).code() == "panel.not_open");
    CHECK(all.officer.post(panel + "/cancel").code() == "panel.not_open");
    CHECK(all.officer.post(path + "/select").at("/state") == "selected");
    CHECK(all.officer.remove("/experts/" + one_id).status == 409);
}

TEST_CASE("a panel below the minimum selects nothing; a cancelled one makes room for another") {
    Cast& all = cast();
    const std::string edition = court().open_edition(), path = declare(edition, published_technology("not convincing"));
    const std::string admission = path.substr(std::string("/admissions/").size());
    REQUIRE(all.officer.post(path + "/review").status == 200);
    REQUIRE(court().second_officer.post(path + "/recommend").status == 200);
    auto [six, six_id] = court().expert("six");
    const auto open = [&] {
        return "/panels/" + all.officer.post("/panels", fmt::format(R"({{"admission":"{}","experts":["{}"],"quorum":1}})", admission, six_id)).at("/panel/id");
    };
    const std::string first = open();
    CHECK(all.officer.post(first + "/cancel").at("/panel/state") == "cancelled");
    CHECK(all.officer.post(path + "/select").code() == "admission.no_panel");
    const std::string second = open();
    REQUIRE(six.post(second + "/declare", R"({"conflict":false})").status == 200);
    REQUIRE(
        six.post(second + "/score",
               R"({"scores":[{"indicator":"advancement","score":30},{"indicator":"suitability","score":30},{"indicator":"reduction_effect","score":30},{"indicator":"promotion_potential","score":30}]})")
            .status == 200);
    REQUIRE(all.officer.post(second + "/close").at("/result/reaches_minimum") == "false");
    CHECK(all.officer.post(path + "/select").code() == "admission.below_minimum");
    CHECK(all.officer.post(path + "/reject", R"({"comment":"the experts were not convinced"})").at("/state") == "rejected");
}

} // namespace greenbank::testing
