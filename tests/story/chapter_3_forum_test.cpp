// chapter_3_forum_test.cpp — at the forum in the mainland city the island meets five holders and signs; the board shows the contract's amount.
#include <set>

#include "cast.h"

namespace greenbank::testing {

TEST_CASE("chapter 3: the island meets five holders of chapter 2 in meetings that nothing could place better") {
    Cast& all = cast();
    const Answer plan = all.officer.get("/meeting-plans/meetingplan_sample_forum");
    REQUIRE_MESSAGE(plan.status == 200, plan.body);
    CHECK(plan.at("/meeting_plan/status") == "optimal");
    CHECK(plan.number("/meeting_plan/value") == plan.number("/meeting_plan/value_bound"));
    CHECK(plan.number("/meeting_plan/first_come_value") < plan.number("/meeting_plan/value"));
    for (const std::string& sentence : plan.all("/unplaced", "/sentence")) CHECK(!sentence.empty());
    std::set<std::string> holders;
    std::map<std::string, std::int64_t> slots;
    for (std::size_t i = 0; i < plan.size("/meetings"); ++i) {
        const std::string at = fmt::format("/meetings/{}", i);
        if (plan.at(at + "/asking") != "attendee_sample_island") continue;
        const std::string other = plan.at(at + "/asked");
        CHECK(plan.at(at + "/mutual") == "true");
        holders.insert(all.officer.get("/meeting-attendees/" + other).at("/organisation"));
        slots[other] = plan.number(at + "/slot");
    }
    CHECK(holders.size() == 5);
    // Four hold what chapter 2 found; the fifth holds what it excluded by its trait, and is heard all the same.
    std::set<std::string> matched, excluded;
    const Answer matches = all.nobody.get("/needs/need_sample_island_power/matches?top=50");
    for (const std::string& technology : matches.all("/items", "/technology")) matched.insert(all.nobody.get("/technologies/" + technology).at("/holder"));
    for (const std::string& technology :
        all.nobody.get("/needs/need_sample_island_power/exclusions?rule=excluded_traits&limit=100").all("/items", "/technology"))
        excluded.insert(all.nobody.get("/technologies/" + technology).at("/holder"));
    for (const std::string& holder : matched) CHECK_MESSAGE(holders.contains(holder), holder);
    CHECK(matched.size() == 4);
    for (const std::string& holder : holders) CHECK_MESSAGE((matched.contains(holder) || excluded.contains(holder)), holder);
    // The controller is spoken about once sun and storage are known.
    CHECK(slots["attendee_sample_control"] > slots["attendee_sample_solar"]);
    CHECK(slots["attendee_sample_control"] > slots["attendee_sample_battery"]);
    const Answer agenda = all.officer.get("/meeting-plans/meetingplan_sample_forum/agenda?attendee=attendee_sample_island");
    CHECK(agenda.size("/meetings") >= 5);
}

TEST_CASE("chapter 3: what is signed on the stage is the contract, on the board to the cent, before the escrow is funded") {
    Cast& all = cast();
    const Answer contract = all.officer.get("/contracts/contract_sample_island_engineering"), board = all.nobody.get("/events/event_sample_forum/board");
    REQUIRE_MESSAGE(contract.status == 200, contract.body);
    const std::string in = contract.at("/contract/amount").empty() ? "" : "/contract";
    CHECK(contract.at(in + "/amount") == R"({"amount":"162000000.00","currency":"CNY"})");
    bool found = false;
    for (std::size_t i = 0; i < board.size("/latest"); ++i) {
        const std::string at = fmt::format("/latest/{}", i);
        if (board.at(at + "/contract") != "contract_sample_island_engineering") continue;
        found = true;
        CHECK(board.at(at + "/amount") == contract.at(in + "/amount"));
        CHECK(board.at(at + "/signed_at") == contract.at(in + "/signed_at"));
    }
    CHECK(found);
    CHECK(board.at("/sample") == "true");
    const Answer event = all.nobody.get("/events/event_sample_forum");
    CHECK(event.at("/last_day") < "2026-03-03"); // the escrow's funding
    CHECK(event.at("/last_day") == contract.at(in + "/signed_at").substr(0, 10));
}

TEST_CASE("chapter 3: the ledger of promises follows the contract through escrow by itself") {
    Cast& all = cast();
    const auto totals = [&](const std::string& day) {
        const Answer report = all.nobody.get("/promise-report?event=event_sample_forum&day=" + day);
        for (std::size_t i = 0; i < report.size("/lines"); ++i)
            if (report.at(fmt::format("/lines/{}/signing", i)) == "signing_sample_island_engineering") return report.at(fmt::format("/lines/{}/totals", i));
        return std::string();
    };
    CHECK(totals("2026-03-01").find(R"("contracted":{"amount":"162000000.00","currency":"CNY"},"invested":{"amount":"0.00")") != std::string::npos);
    CHECK(totals("2026-08-31").find(R"("invested":{"amount":"113400000.00")") != std::string::npos); // 30 % and 40 %
    CHECK(totals("2026-10-31").find(R"("invested":{"amount":"162000000.00")") != std::string::npos);
}

TEST_CASE("chapter 3: the forum has what such forums have, and a coming one takes registrations") {
    Cast& all = cast();
    const Answer overview = all.nobody.get("/events/event_sample_forum/overview");
    CHECK(overview.number("/roadshow_projects") == 6);
    CHECK(overview.number("/pavilions") == 6);
    std::set<std::string> kinds;
    for (const std::string& kind : overview.all("/parts", "/kind")) kinds.insert(kind);
    for (const char* kind : {"plenary", "parallel_forum", "roadshow", "round_table", "signing_ceremony", "matchmaking"})
        CHECK_MESSAGE(kinds.contains(kind), kind);
    CHECK(all.officer.get("/events/event_sample_forum/attendance").number("/approved") == 40);
    for (const std::string language : {"zh", "en", "ru"}) CHECK(!all.nobody.get("/events/event_sample_forum").at("/title/" + language).empty());
    CHECK(all.nobody.get("/events/event_sample_forum_next").at("/state") == "registration_open");
    const Answer registered = all.nobody.post("/registrations",
        R"({"event":"event_sample_forum_next","name":"A guest of the story","email":"guest@story.test","organisation_name":"Story","country":"KZ"})");
    REQUIRE_MESSAGE(registered.status == 201, registered.body);
    CHECK(registered.at("/state") == "approved");
    CHECK(all.nobody.get("/badges/" + registered.at("/code")).body.starts_with("%PDF"));
}

} // namespace greenbank::testing
