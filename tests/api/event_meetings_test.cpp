// event_meetings_test.cpp — a round of meetings through the API: wishes of both sides, the schedule as a job, announced, repaired, refused with reasons.
#include "cast.h"

namespace greenbank::testing {

namespace {

/// An event of the island's in which two organisations and three that the organiser answers for take part.
struct Round {
    Cast& all = cast();
    std::string event, round, island, harbour;
    std::vector<std::string> others;

    explicit Round(int tables = 2) {
        event = create(all.manager, "/events",
            R"({"title":{"en":"Meetings of the test"},"kind":"matchmaking","country":"CN","first_day":"2027-05-10","last_day":"2027-05-10","approval_needed":false})");
        for (const char* step : {"publish", "open_registration", "open_booking"})
            REQUIRE(all.manager.post("/events/" + event + "/step", fmt::format(R"({{"action":"{}"}})", step)).status == 200);
        round = create(all.manager, "/meeting-rounds",
            fmt::format(
                R"({{"event":"{}","title":{{"en":"Round"}},"tables":{},"slot_minutes":20,"gap_minutes":0,"day_parts":[{{"name":"morning","starts_at":"2027-05-10T02:00:00Z","ends_at":"2027-05-10T02:40:00Z"}},{{"name":"afternoon","starts_at":"2027-05-10T06:00:00Z","ends_at":"2027-05-10T06:40:00Z"}}]}})",
                event, tables));
        island = attendee(all.manager, "Island");
        REQUIRE(all.other_editor
                    .post("/registrations",
                        fmt::format(R"({{"event":"{}","name":"Harbour","email":"harbour@x.test","organisation_name":"Harbour","country":"CN"}})", event))
                    .status == 201);
        harbour = attendee(all.other_editor, "Harbour");
        for (const char* name : {"Sun", "Wind", "Store"}) others.push_back(attendee(all.manager, name));
    }
    std::string attendee(Visitor& who, const std::string& name) {
        return create(
            who, "/meeting-attendees", fmt::format(R"({{"round":"{}","name":{{"en":"{}"}},"country":"CN","offers":{{"en":"{} things"}}}})", round, name, name));
    }
    Answer wish(Visitor& who, const std::string& asking, const std::string& asked, int value = 5, const std::string& more = "") {
        return who.post("/meeting-wishes", fmt::format(R"({{"asking":"{}","asked":"{}","value_asking":{}{}}})", asking, asked, value, more));
    }
    /// Schedules and returns the plan's path.
    std::string schedule() {
        const Answer job = all.manager.post("/meeting-rounds/" + round + "/schedule", R"({"seconds":20})");
        REQUIRE_MESSAGE(job.status == 200, job.body);
        return plan_of(job.at("/id"));
    }
    std::string plan_of(const std::string& job) {
        const Answer done = wait_for_job(all.manager, job);
        REQUIRE_MESSAGE(done.at("/state") == "done", done.body);
        return "/meeting-plans/" + Answer{200, done.at("/result"), "", {}}.at("/plan");
    }
};

} // namespace

TEST_CASE("wishes are made and answered by the sides they belong to") {
    Round round;
    Cast& all = round.all;
    const Answer wish = round.wish(all.other_editor, round.harbour, round.island, 8, R"(,"remark":"desalination")");
    REQUIRE_MESSAGE(wish.status == 201, wish.body);
    const std::string path = "/meeting-wishes/" + wish.at("/id");
    CHECK(round.wish(all.other_editor, round.harbour, round.island).code() == "meetings.wished");
    CHECK(round.wish(all.manager, round.island, round.harbour).code() == "meetings.asked_already");
    CHECK(round.wish(all.other_editor, round.island, round.others[0]).code() == "meetings.not_yours");
    CHECK(round.wish(all.other_editor, round.harbour, round.harbour).status == 422);
    CHECK(round.wish(all.other_editor, round.harbour, round.others[0], 11).status == 422);
    CHECK(round.wish(all.other_editor, round.harbour, round.others[0], 5, R"(,"fixed_slot":1)").at("/problems/0/code") == "meetings.fixed_by_organiser");
    CHECK(round.wish(all.other_editor, round.harbour, round.others[0], 5, R"(,"day_part":"night")").at("/problems/0/code") == "meetings.unknown_session");
    CHECK(all.other_editor.post(path + "/answer", R"({"answer":"accepted"})").code() == "meetings.not_asked");
    CHECK(all.reader.post(path + "/answer", R"({"answer":"accepted","value":9})").status == 404); // of the island, which answers for nobody here
    CHECK(all.manager.post(path + "/answer", R"({"answer":"accepted","value":9})").number("/value_asked") == 9);
    CHECK(all.other_editor.patch(path, R"({"value_asking":3})").number("/value_asking") == 3);
    // Who does not come to the event sees nobody; who does sees who else.
    Visitor stranger = all.newcomer(fmt::format("stranger{}@x.test", round.event), "editor", enter_organisation(all.administrator, "Stranger " + round.event));
    CHECK(stranger.get("/meeting-attendees?round=" + round.round).number("/total") == 0);
    CHECK(stranger.get(path).status == 404);
    CHECK(stranger.post("/meeting-attendees", fmt::format(R"({{"round":"{}","name":{{"en":"S"}},"country":"CN"}})", round.round)).code() ==
          "meetings.not_registered");
    CHECK(all.other_editor.get("/meeting-attendees?round=" + round.round).number("/total") == 5);
    CHECK(all.other_editor.get("/meeting-wishes?round=" + round.round).number("/total") == 1);
    CHECK(all.other_editor.post("/meeting-attendees", fmt::format(R"({{"round":"{}","name":{{"en":"Twice"}},"country":"CN"}})", round.round)).code() ==
          "meetings.attends_twice");
    CHECK(all.other_editor.remove(path).status == 204);
}

TEST_CASE("a round is scheduled with its bounds, announced, and everybody reads what is its own") {
    Round round;
    Cast& all = round.all;
    CHECK(all.manager.post("/meeting-rounds/" + round.round + "/schedule", "{}").code() == "meetings.no_wishes");
    const std::string sun = round.wish(all.manager, round.island, round.others[0], 9).at("/id");
    round.wish(all.manager, round.island, round.others[1], 8, fmt::format(R"(,"after":["{}"])", sun));
    round.wish(all.manager, round.island, round.others[2], 7);
    const std::string mutual = round.wish(all.other_editor, round.harbour, round.island, 4).at("/id");
    REQUIRE(all.manager.post("/meeting-wishes/" + mutual + "/answer", R"({"answer":"accepted","value":4})").status == 200);
    round.wish(all.other_editor, round.harbour, round.others[0], 6);
    const std::string path = round.schedule();
    const Answer plan = all.manager.get(path);
    REQUIRE_MESSAGE(plan.status == 200, plan.body);
    CHECK(plan.number("/meeting_plan/requested") == 5);
    CHECK(plan.number("/meeting_plan/placed") == 5);
    CHECK(plan.number("/meeting_plan/value") == 9 + 8 + 7 + 16 + 6); // what both want counts twice
    CHECK(plan.number("/meeting_plan/value_bound") == plan.number("/meeting_plan/value"));
    CHECK(plan.number("/meeting_plan/breaks") == plan.number("/meeting_plan/breaks_bound"));
    CHECK(plan.number("/meeting_plan/first_come_value") <= plan.number("/meeting_plan/value"));
    CHECK(plan.size("/slots") == 4);
    CHECK(plan.at("/slots/2/starts_at") == "2027-05-10T06:00:00Z");
    CHECK(plan.at("/meeting_plan/schedule").empty());

    CHECK(all.other_editor.get(path).status == 404); // not announced yet
    CHECK(all.other_manager.post(path + "/announce").code() == "event.not_yours");
    REQUIRE(all.manager.post(path + "/announce").status == 200);
    const Answer own = all.other_editor.get(path);
    CHECK(own.at("/whole") == "false");
    CHECK(own.size("/meetings") == 2);
    const Answer agenda = all.other_editor.get(path + "/agenda?attendee=" + round.harbour);
    REQUIRE_MESSAGE(agenda.status == 200, agenda.body);
    CHECK(agenda.size("/meetings") == 2);
    CHECK(!agenda.at("/meetings/0/with_name/en").empty());
    CHECK(all.other_editor.get(path + "/agenda?attendee=" + round.island).status == 404);
    const Answer calendar = all.other_editor.get(path + "/agenda/calendar?attendee=" + round.harbour);
    CHECK(calendar.header("Content-Type").starts_with("text/calendar"));
    CHECK(calendar.body.starts_with("BEGIN:VCALENDAR\r\n"));
    std::size_t count = 0;
    for (std::size_t at = calendar.body.find("BEGIN:VEVENT"); at != std::string::npos; at = calendar.body.find("BEGIN:VEVENT", at + 1)) ++count;
    CHECK(count == 2);
    CHECK(all.manager.get(path + "/tables").body.starts_with("%PDF"));
    CHECK(all.other_manager.get(path + "/tables").code() == "event.not_yours");
    CHECK(all.other_editor.remove("/meeting-attendees/" + round.harbour).code() == "meetings.announced");
}

TEST_CASE("more wishes than slots: the best of them, and a reason for each that found no place") {
    Round round(1);
    Cast& all = round.all;
    for (int i = 0; i < 3; ++i) round.wish(all.manager, round.island, round.others[static_cast<std::size_t>(i)], 5 + i);
    round.wish(all.manager, round.others[0], round.others[1], 1);
    round.wish(all.other_editor, round.harbour, round.island, 10);
    const Answer plan = all.manager.get(round.schedule());
    CHECK(plan.number("/meeting_plan/placed") == 4);
    CHECK(plan.number("/meeting_plan/value") == 5 + 6 + 7 + 10);
    REQUIRE(plan.size("/unplaced") == 1);
    CHECK(plan.number("/unplaced/0/value") == 1);
    CHECK(plan.at("/unplaced/0/sentence").find("Sun") != std::string::npos);
    CHECK(plan.number("/meeting_plan/first_come_value") == 5 + 6 + 7 + 1); // the last one comes too late
}

TEST_CASE("what cannot be planned is refused in names that people know") {
    Round round;
    Cast& all = round.all;
    const std::string first = round.wish(all.manager, round.island, round.others[0]).at("/id");
    const std::string second = round.wish(all.manager, round.island, round.others[1], 5, fmt::format(R"(,"after":["{}"])", first)).at("/id");
    SUBCASE("a circle of precedence") {
        REQUIRE(all.manager.patch("/meeting-wishes/" + first, fmt::format(R"({{"after":["{}"]}})", second)).status == 200);
        const Answer refused = all.manager.post("/meeting-rounds/" + round.round + "/schedule", "{}");
        CHECK(refused.at("/problems/0/code") == "meetings.cycle");
        CHECK(refused.at("/problems/0/detail").find("Island – Sun") != std::string::npos);
    }
    SUBCASE("two fixed meetings of one attendee at once") {
        for (const std::string& one : {first, second}) REQUIRE(all.manager.patch("/meeting-wishes/" + one, R"({"fixed_slot":2,"after":[]})").status == 200);
        const Answer refused = all.manager.post("/meeting-rounds/" + round.round + "/schedule", "{}");
        CHECK(refused.at("/problems/0/code") == "meetings.double_booking");
        CHECK(refused.at("/problems/0/detail").find("Island would be in two fixed meetings in slot 2") != std::string::npos);
    }
    SUBCASE("an attendee whom nobody can meet, unless the organiser says to go on") {
        REQUIRE(all.manager.patch("/meeting-attendees/" + round.others[1], R"({"forbidden_slots":[1,2,3,4]})").status == 200);
        const Answer refused = all.manager.post("/meeting-rounds/" + round.round + "/schedule", "{}");
        CHECK(refused.at("/problems/0/code") == "meetings.nobody_serves");
        CHECK(refused.at("/problems/0/detail").find("Wind") != std::string::npos);
        const Answer job = all.manager.post("/meeting-rounds/" + round.round + "/schedule", R"({"everybody":false})");
        REQUIRE(job.status == 200);
        const Answer plan = all.manager.get(round.plan_of(job.at("/id")));
        CHECK(plan.number("/meeting_plan/placed") == 1);
        CHECK(plan.at("/unplaced/0/sentence").find("no slot in which both could meet") != std::string::npos);
    }
    CHECK(all.manager.patch("/meeting-attendees/" + round.others[1], R"({"forbidden_slots":[5]})").at("/problems/0/code") == "meetings.slot");
}

TEST_CASE("a cancellation in the middle of the event moves as little as possible and nothing that is past") {
    Round round;
    Cast& all = round.all;
    for (std::size_t i = 0; i < 3; ++i) round.wish(all.manager, round.island, round.others[i], 9);
    round.wish(all.other_editor, round.harbour, round.others[0], 5);
    round.wish(all.other_editor, round.harbour, round.others[1], 5);
    const std::string path = round.schedule();
    REQUIRE(all.manager.post(path + "/announce").status == 200);
    const Answer before = all.manager.get(path);
    CHECK(all.manager.post(path + "/repair", "{}").at("/problems/0/code") == "meetings.nothing_cancelled");
    CHECK(all.manager.post(path + "/repair", R"({"cancelled":["attendee_nobody"]})").at("/problems/0/code") == "meetings.not_in_plan");
    CHECK(
        all.manager.post(path + "/repair", fmt::format(R"({{"cancelled":["{}"],"from_slot":9}})", round.others[2])).at("/problems/0/code") == "meetings.over");
    CHECK(all.other_manager.post(path + "/repair", fmt::format(R"({{"cancelled":["{}"]}})", round.others[2])).status == 403);
    const Answer job = all.manager.post(
        path + "/repair", fmt::format(R"({{"cancelled":["{}"],"unavailable":[{{"attendee":"{}","slot":4}}],"from_slot":2}})", round.others[2], round.island));
    REQUIRE_MESSAGE(job.status == 200, job.body);
    const Answer after = all.manager.get(round.plan_of(job.at("/id")));
    CHECK(after.at("/meeting_plan/kind") == "repair");
    CHECK(after.number("/meeting_plan/from_slot") == 2);
    CHECK(after.number("/meeting_plan/changes") == static_cast<std::int64_t>(after.size("/moves")));
    CHECK(after.number("/meeting_plan/changes") == after.number("/meeting_plan/changes_bound"));
    std::map<std::string, std::int64_t> slots;
    for (std::size_t i = 0; i < after.size("/meetings"); ++i)
        slots[after.at(fmt::format("/meetings/{}/wish", i))] = after.number(fmt::format("/meetings/{}/slot", i));
    for (std::size_t i = 0; i < before.size("/meetings"); ++i) {
        const std::string at = fmt::format("/meetings/{}", i);
        if (before.number(at + "/slot") == 1) CHECK(slots[before.at(at + "/wish")] == 1); // what is past stays
        if (before.at(at + "/asked") == round.others[2] && before.number(at + "/slot") > 1) CHECK(!slots.contains(before.at(at + "/wish")));
    }
    CHECK(all.manager.get("/meeting-attendees/" + round.others[2]).at("/withdrawn") == "true");
    CHECK(round.wish(all.manager, round.others[2], round.others[0]).at("/problems/0/code") == "meetings.withdrawn");
}

} // namespace greenbank::testing
