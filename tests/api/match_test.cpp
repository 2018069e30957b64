// match_test.cpp — both directions, money and experts, runs over all needs, what became of matches, and weights adopted by a second person.
#include "cast.h"

namespace greenbank::testing {

namespace {

const std::string island = "need_sample_island_power";

std::string run_of(Visitor& officer, const std::string& body = "{}") {
    const Answer started = officer.post("/match/runs", body);
    REQUIRE_MESSAGE(started.status == 201, started.body);
    wait_for_job(officer, started.at("/job"));
    return started.at("/id");
}

std::string feedback(const std::string& need, const std::string& technology, const std::string& more) {
    return fmt::format(R"({{"need":"{}","technology":"{}",{}}})", need, technology, more);
}

} // namespace

TEST_CASE("a technology is told the needs it answers, with the score of the needs' side") {
    Visitor& nobody = cast().nobody;
    const Answer of_wind = nobody.get("/technologies/tech_sample_island_wind/needs?order=mutual");
    REQUIRE_MESSAGE(of_wind.status == 200, of_wind.body);
    CHECK(of_wind.at("/items/0/need") == island);
    const Answer of_need = nobody.get("/needs/" + island + "/matches?halves=true");
    bool seen = false;
    for (std::size_t i = 0; i < of_need.size("/items"); ++i) {
        const std::string item = fmt::format("/items/{}", i);
        if (of_need.at(item + "/technology") != "tech_sample_island_wind") continue;
        seen = true;
        for (const char* score : {"/score_points", "/holder_half/score_points", "/mutual_score_points"})
            CHECK(of_need.at(item + score) == of_wind.at(std::string("/items/0") + score));
    }
    CHECK(seen);
    const Answer kept_off = nobody.get("/technologies/tech_sample_island_wind/need-exclusions?rule=field&limit=3");
    CHECK(kept_off.size("/items") == 3);
    CHECK(!kept_off.at("/items/0/sentence").empty());
    // A village hydro of a million dollars is too small a contract for the wind company.
    const Answer village = nobody.get("/needs/need_sample_tajikistan_small_hydro/matches?order=mutual");
    CHECK(village.at("/refused/0/technology") == "tech_sample_island_wind");
    CHECK(village.at("/refused/0/rules/0/rule") == "contract");
}

TEST_CASE("money is refused by a figure, experts by an interest that strangers do not learn") {
    Cast& all = cast();
    const Answer money = all.nobody.get("/needs/" + island + "/capital?tenor=120&collateral=equipment,receivables&stage=industrial");
    REQUIRE_MESSAGE(money.status == 200, money.body);
    CHECK(money.at("/items/0/offer") == "cap_sample_island_energy_loan");
    CHECK(money.size("/exclusions") == static_cast<std::size_t>(money.number("/excluded")));
    CHECK(all.nobody.get("/needs/" + island + "/capital?collateral=gold").status == 422);
    CHECK(all.nobody.get("/needs/" + island + "/experts").status == 401);
    const Answer staff = all.officer.get("/needs/" + island + "/experts"), person = all.manager.get("/needs/" + island + "/experts");
    CHECK(staff.size("/items") > 0);
    CHECK(staff.size("/exclusions") == static_cast<std::size_t>(staff.number("/excluded")));
    CHECK(person.size("/exclusions") == 0);
    CHECK(person.at("/excluded") == staff.at("/excluded"));
}

TEST_CASE("stable matching says who proposed and leaves no pair that would rather have each other") {
    Cast& all = cast();
    for (const std::string side : {"needs", "technologies"}) {
        const Answer view = all.reader.post("/match/stable", fmt::format(R"({{"proposing":"{}","technology_quota":2}})", side));
        REQUIRE_MESSAGE(view.status == 200, view.body);
        CHECK(view.at("/proposing") == side);
        CHECK(view.at("/blocking_pairs") == "0");
        CHECK(view.size("/pairs") > 10);
    }
    CHECK(all.reader.post("/match/stable", R"({"needs":["need_nobody"]})").at("/problems/0/code") == "stable.need");
}

TEST_CASE("a run over all open needs keeps what it found, says what is new, and goes out as files") {
    Cast all;
    CHECK(all.manager.post("/match/runs", "{}").status == 403);
    const std::string first = run_of(all.officer, R"({"top":5})");
    CHECK(all.officer.get("/match/runs/" + first).at("/state") == "done");
    const Answer results = all.officer.get("/match/results?run=" + first + "&limit=500&sort=title");
    CHECK(results.number("/total") == all.officer.get("/match/runs/" + first).number("/needs"));
    const Answer of_island = all.officer.get("/match/results?run=" + first + "&need=" + island);
    const Answer alone = all.nobody.get("/needs/" + island + "/matches?top=5");
    CHECK(of_island.all("/items/0/items", "/technology") == alone.all("/items", "/technology"));
    CHECK(of_island.all("/items/0/items", "/score_points") == alone.all("/items", "/score_points"));

    const std::string technology = create(all.manager, "/technologies", technology_body("clean pipes"));
    const std::string need = create(all.manager, "/needs", need_body("clean pipes"));
    REQUIRE(all.manager.post("/technologies/" + technology + "/publish").status == 200);
    REQUIRE(all.manager.post("/needs/" + need + "/publish").status == 200);
    REQUIRE(wait_for([&] { return all.nobody.get("/technologies/" + technology + "/needs").at("/items/0/need") == need; }));
    const std::string second = run_of(all.officer);
    CHECK(all.officer.get("/match/runs/" + second).at("/previous") == first);
    CHECK(all.officer.get("/match/results?run=" + second + "&need=" + need).size("/items/0/items") > 0);
    const Answer file = all.officer.get("/match/results/export?run=" + second + "&format=csv");
    CHECK(file.body.find(technology) != std::string::npos);
    CHECK(all.officer.get("/match/results/export?run=" + second + "&format=xlsx").body.starts_with("PK"));
}

TEST_CASE("what became of a match is said by its parties and by the bank, and read by who said it and the bank") {
    Cast all;
    const std::string need = create(all.manager, "/needs", need_body("pipes")),
                      technology = create(all.other_manager, "/technologies", technology_body("pipes"));
    REQUIRE(all.manager.post("/needs/" + need + "/publish").status == 200);
    REQUIRE(all.other_manager.post("/technologies/" + technology + "/publish").status == 200);
    const Answer refused = all.manager.post("/match/feedback", feedback(need, technology, R"("action":"refused","reason":"price","note":"too dear")"));
    REQUIRE_MESSAGE(refused.status == 201, refused.body);
    CHECK(refused.at("/party") == "need");
    CHECK(refused.size("/points") == 7);
    CHECK(all.other_manager.post("/match/feedback", feedback(need, technology, R"("action":"contacted")")).at("/party") == "technology");
    CHECK(all.officer.post("/match/feedback", feedback(need, technology, R"("action":"signed")")).at("/party") == "bank");
    CHECK(all.manager.post("/match/feedback", feedback(island, technology, R"("action":"signed")")).at("/code") == "feedback.not_party");
    CHECK(all.manager.post("/match/feedback", feedback(need, technology, R"("action":"refused")")).at("/problems/0/code") == "feedback.reason");
    CHECK(all.manager.post("/match/feedback", feedback(need, technology, R"("action":"signed","reason":"price")")).at("/problems/0/code") ==
          "feedback.no_reason");
    CHECK(all.manager.get("/match/feedback?need=" + need).number("/total") == 1);
    CHECK(all.other_manager.get("/match/feedback/" + refused.at("/id")).status == 404);
    CHECK(all.officer.get("/match/feedback?need=" + need).number("/total") == 3);
}

TEST_CASE("weights are learned as a proposal, adopted by somebody else, and in force at once") {
    Cast all;
    CHECK(all.manager.post("/match/weights-editions/refit", "{}").status == 403);
    const Answer learned = all.administrator.post("/match/weights-editions/refit", R"({"note":"a year of outcomes"})");
    REQUIRE_MESSAGE(learned.status == 201, learned.body);
    CHECK(learned.number("/report/pairs") >= 10);
    const auto now = [&] { return all.nobody.get("/match/weights"); };
    CHECK(now().at("/edition") == learned.at("/based_on")); // nothing has changed by itself
    const std::string path = "/match/weights-editions/" + learned.at("/id");
    CHECK(all.administrator.post(path + "/adopt", R"({"reason":"mine"})").at("/code") == "weights.own");
    CHECK(all.officer.post(path + "/adopt", R"({"reason":"x"})").status == 403);

    CHECK(all.officer.post("/match/weights-editions", R"({"criteria":[]})").status == 422);
    const auto seven = [](int evidence, int text) {
        return fmt::format(
            R"({{"criteria":[{{"criterion":"text","weight_points":{}}},{{"criterion":"classes","weight_points":200000}},{{"criterion":"performance","weight_points":250000}},{{"criterion":"cost","weight_points":100000}},{{"criterion":"readiness","weight_points":70000}},{{"criterion":"evidence","weight_points":{}}},{{"criterion":"place","weight_points":60000}}],"note":"by hand"}})",
            text, evidence);
    };
    CHECK(all.officer.post("/match/weights-editions", seven(70'000, 240'000)).at("/problems/0/code") == "weights.sum");
    const Answer by_hand = all.officer.post("/match/weights-editions", seven(270'000, 50'000));
    REQUIRE_MESSAGE(by_hand.status == 201, by_hand.body);
    CHECK(by_hand.number("/report/needs_compared") > 30);
    const Answer before = all.nobody.get("/needs/" + island + "/matches?top=1");
    const Answer adopted = all.administrator.post("/match/weights-editions/" + by_hand.at("/id") + "/adopt", R"({"reason":"evidence counts"})");
    REQUIRE_MESSAGE(adopted.status == 200, adopted.body);
    CHECK(wait_for([&] { return now().at("/edition") == by_hand.at("/edition"); }));
    const Answer after = all.nobody.get("/needs/" + island + "/matches?top=1");
    CHECK(after.at("/weights_edition") == by_hand.at("/edition"));
    CHECK(after.at("/items/0/score_points") != before.at("/items/0/score_points"));
    // What was learned against the old edition is stale now, and a decision is made once.
    CHECK(all.officer.post(path + "/reject", R"({"reason":"x"})").status == 403);
    Visitor second = all.newcomer("second@administrator.test", "administrator", all.centre);
    CHECK(second.post(path + "/adopt", R"({"reason":"late"})").at("/code") == "weights.stale");
    CHECK(second.post(path + "/reject", R"({"reason":"stale"})").at("/state") == "rejected");
    CHECK(second.post(path + "/reject", R"({"reason":"again"})").at("/code") == "weights.decided");
    CHECK(all.bank.stop() == 0);
    const BankProcess again(all.folder.path(), {});
    Visitor anybody(again.address());
    CHECK(anybody.get("/match/weights").at("/edition") == by_hand.at("/edition")); // also after a restart
}

} // namespace greenbank::testing
