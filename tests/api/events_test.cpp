// events_test.cpp — a forum through the API: its life, who may do what, halls and speakers, places and the waiting list, the desk, signings and promises.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string event_body(const std::string& more = "") {
    return R"({"title":{"en":"Forum of the test"},"kind":"forum","country":"CN","first_day":"2027-05-10","last_day":"2027-05-11")" + more + "}";
}
std::string step(const std::string& action) { return fmt::format(R"({{"action":"{}"}})", action); }

/// An event of the island's, led through these steps.
std::string new_event(Visitor& manager, const std::string& more = "", const std::vector<std::string>& steps = {}) {
    const std::string id = create(manager, "/events", event_body(more));
    for (const std::string& one : steps) REQUIRE(manager.post("/events/" + id + "/step", step(one)).status == 200);
    return id;
}
std::string new_hall(Visitor& manager, const std::string& event, const std::string& name, const std::string& more = "") {
    return create(manager, "/halls", fmt::format(R"({{"event":"{}","name":{{"en":"{}"}},"kind":"conference"{}}})", event, name, more));
}
std::string registration_body(const std::string& event, const std::string& name, const std::string& more = "") {
    return fmt::format(R"({{"event":"{}","name":"{}","email":"{}@guests.test","organisation_name":"Guests","country":"KZ"{}}})", event, name, name, more);
}

} // namespace

TEST_CASE("an event is a draft for its organiser, then everybody's, and only its organiser changes it") {
    Cast& all = cast();
    const std::string id = new_event(all.manager), path = "/events/" + id;
    CHECK(all.nobody.get(path).status == 404);
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.officer.get(path).status == 200);
    CHECK(all.editor.post("/events", event_body()).status == 403);
    CHECK(all.manager.get(path + "/overview").at("/own") == "true");
    CHECK(all.manager.get(path + "/overview").at("/actions") == R"(["publish"])");
    CHECK(all.manager.post(path + "/step", step("close")).code() == "event.state");
    REQUIRE(all.manager.post(path + "/step", step("publish")).status == 200);
    CHECK(all.nobody.get(path).status == 200);
    CHECK(all.nobody.get(path + "/overview").at("/own") == "false");
    for (const auto& [refused, body] : {std::pair(path, "{}"), {path + "/step", R"({"action":"start"})"}})
        CHECK(all.other_manager.send(refused == path ? "PATCH" : "POST", refused, body).code() == "event.not_yours");
    CHECK(all.other_manager.post("/halls", fmt::format(R"({{"event":"{}","name":{{"en":"x"}},"kind":"meeting"}})", id)).code() == "event.not_yours");
    CHECK(all.manager.remove(path).code() == "event.published");
    for (const char* one : {"start", "close", "archive"}) REQUIRE(all.manager.post(path + "/step", step(one)).status == 200);
    CHECK(all.manager.patch(path, R"({"capacity":5})").code() == "event.archived");
    CHECK(all.manager.post(path + "/step", step("back")).at("/state") == "closed");

    const std::string draft = new_event(all.manager);
    new_hall(all.manager, draft, "Gone with its event");
    CHECK(all.manager.remove("/events/" + draft).status == 204);
    CHECK(all.officer.get("/events/" + draft).status == 404);
}

TEST_CASE("everything wrong with an event is said at once") {
    Visitor& manager = cast().manager;
    const Answer wrong = manager.post("/events",
        R"({"title":{},"kind":"forum","country":"ZZ","first_day":"2027-05-10","last_day":"2027-05-09","time_zone":"Berlin","category_limits":[{"category":"press","capacity":1},{"category":"press","capacity":2}],"published_figures":[{"measure":"roadshows","source":"x"}]})");
    CHECK(wrong.status == 422);
    for (const std::string field : {"title", "country", "last_day", "time_zone", "category_limits[1].category", "published_figures[0].count"}) {
        const std::vector<std::string> fields = wrong.faulty_fields();
        CHECK_MESSAGE(std::find(fields.begin(), fields.end(), field) != fields.end(), field, " ", wrong.body);
    }
}

TEST_CASE("no hall holds two sessions at a time, and no speaker is in two places") {
    Cast& all = cast();
    const std::string event = new_event(all.manager), hall = new_hall(all.manager, event, "Bay hall"), other = new_hall(all.manager, event, "East room");
    const std::string part = create(all.manager, "/sub-events", fmt::format(R"({{"event":"{}","kind":"plenary","title":{{"en":"Plenary"}}}})", event));
    const std::string speaker = create(all.manager, "/speakers", fmt::format(R"({{"event":"{}","name":{{"en":"Ada Speaker"}},"country":"DK"}})", event));
    const auto session = [&](const std::string& in, const std::string& from, const std::string& to, const std::string& more = "") {
        return all.manager.post("/programme-items",
            fmt::format(
                R"({{"event":"{}","sub_event":"{}","title":{{"en":"Session at {}"}},"hall":"{}","starts_at":"2027-05-10T{}:00Z","ends_at":"2027-05-10T{}:00Z"{}}})",
                event, part, from, in, from, to, more));
    };
    const std::string talk = fmt::format(R"(,"talks":[{{"speaker":"{}","title":{{"en":"On wind"}},"minutes":20}}])", speaker);
    REQUIRE(session(hall, "02:00", "03:00", talk).status == 201);
    const Answer taken = session(hall, "02:30", "03:30");
    CHECK(taken.status == 422);
    CHECK(taken.at("/problems/0/code") == "programme.hall_taken");
    CHECK(taken.at("/problems/0/detail").find("Bay hall is taken by “Session at 02:00” from 10:00 to 11:00") != std::string::npos);
    const Answer twice = session(other, "02:30", "03:30", talk);
    CHECK(twice.faulty_fields() == std::vector<std::string>{"talks[0].speaker"});
    CHECK(twice.at("/problems/0/detail").find("Ada Speaker") != std::string::npos);
    CHECK(session(other, "02:30", "03:30", fmt::format(R"(,"chair":"{}")", speaker)).faulty_fields() == std::vector<std::string>{"chair"});
    CHECK(session(hall, "03:00", "04:00", talk).status == 201); // one begins when the other ends
    CHECK(session(hall, "15:30", "16:30").status == 201);       // until midnight there, and over it
    CHECK(
        all.manager
            .post("/programme-items",
                fmt::format(
                    R"({{"event":"{}","sub_event":"{}","title":{{"en":"x"}},"hall":"{}","starts_at":"2027-05-12T02:00:00Z","ends_at":"2027-05-12T03:00:00Z"}})",
                    event, part, hall))
            .at("/problems/0/code") == "programme.outside");
    CHECK(session(other, "04:00", "04:10", talk).at("/problems/0/code") == "event.talks_long");
    CHECK(all.manager.remove("/halls/" + hall).code() == "event.in_use");
    CHECK(all.manager.remove("/speakers/" + speaker).code() == "event.in_use");
    const std::string stranger = new_event(all.other_manager);
    CHECK(all.other_manager.post("/booths", fmt::format(R"({{"event":"{}","hall":"{}","number":"1"}})", stranger, hall)).at("/problems/0/code") ==
          "event.other"); // halls of another event
    all.manager.language = "zh";
    CHECK(session(hall, "02:30", "03:30").at("/problems/0/detail").find("已用于") != std::string::npos);
    all.manager.language = "";
}

TEST_CASE("booths stand within their hall, apart from each other, under numbers of their own") {
    Cast& all = cast();
    const std::string event = new_event(all.manager), hall = new_hall(all.manager, event, "Expo", R"(,"width":10,"depth":6)");
    const auto booth = [&](const std::string& number, int left, int top) {
        return all.manager.post(
            "/booths", fmt::format(R"({{"event":"{}","hall":"{}","number":"{}","left":{},"top":{},"width":3,"depth":3}})", event, hall, number, left, top));
    };
    CHECK(booth("A1", 0, 0).status == 201);
    CHECK(booth("A2", 3, 0).status == 201);
    CHECK(booth("A3", 2, 2).at("/problems/0/code") == "booth.overlap");
    CHECK(booth("A3", 8, 0).at("/problems/0/code") == "booth.outside");
    CHECK(booth("A1", 0, 3).at("/problems/0/code") == "event.twice");
}

TEST_CASE("places end, people wait in the order of coming, and who cancels lets the next one in") {
    Cast& all = cast();
    const std::string event = new_event(
        all.manager, R"(,"capacity":2,"approval_needed":false,"self_registration":true,"category_limits":[{"category":"investor","capacity":1}])", {"publish"});
    CHECK(all.nobody.post("/registrations", registration_body(event, "early")).code() == "registration.closed");
    REQUIRE(all.manager.post("/events/" + event + "/step", step("open_registration")).status == 200);
    Answer first = all.nobody.post("/registrations", registration_body(event, "first"));
    REQUIRE_MESSAGE(first.status == 201, first.body);
    CHECK(first.at("/state") == "approved");
    CHECK(first.at("/code").size() == 10);
    CHECK(all.nobody.post("/registrations", registration_body(event, "first")).code() == "registration.twice");
    CHECK(all.nobody.post("/registrations", registration_body(event, "writer", R"(,"category":"press")")).at("/state") == "applied"); // always decided about
    const Answer second = all.other_editor.post("/registrations", registration_body(event, "second"));
    CHECK(second.at("/state") == "approved");
    const Answer third = all.other_editor.post("/registrations", registration_body(event, "third")),
                 fourth = all.nobody.post("/registrations", registration_body(event, "fourth"));
    CHECK(third.at("/state") == "waiting");
    CHECK(fourth.at("/state") == "waiting");
    CHECK(all.nobody.get("/events/" + event + "/overview").number("/places_left") == 0);
    // Own people's are seen by their colleagues, all by the organiser, none by others.
    CHECK(all.other_manager.get("/registrations/" + second.at("/id")).status == 200);
    CHECK(all.other_manager.get("/registrations/" + first.at("/id")).status == 404);
    CHECK(all.other_manager.get("/registrations?event=" + event).number("/total") == 2);
    CHECK(all.manager.get("/registrations?event=" + event).number("/total") == 5);
    CHECK(all.nobody.get("/registrations").status == 401);
    REQUIRE(all.other_manager.post("/registrations/" + second.at("/id") + "/cancel").status == 200);
    CHECK(all.manager.get("/registrations/" + third.at("/id")).at("/state") == "approved");
    CHECK(all.manager.get("/registrations/" + fourth.at("/id")).at("/state") == "waiting");
    CHECK(all.manager.get("/events/" + event + "/attendance").number("/approved") == 2);
    CHECK(all.other_manager.get("/events/" + event + "/attendance").code() == "event.not_yours");
    CHECK(all.other_manager.patch("/registrations/" + third.at("/id"), R"({"category":"speaker"})").at("/problems/0/code") == "registration.category_fixed");
    REQUIRE(all.manager.patch("/events/" + event, R"({"capacity":3})").status == 200);
    CHECK(all.manager.post("/registrations/" + fourth.at("/id") + "/decide", R"({"decision":"approve"})").at("/state") == "approved");

    SUBCASE("without self-registration guests have to sign in") {
        REQUIRE(all.manager.patch("/events/" + event, R"({"self_registration":false})").status == 200);
        CHECK(all.nobody.post("/registrations", registration_body(event, "late")).code() == "registration.sign_in");
        CHECK(all.editor.post("/registrations", registration_body(event, "late")).status == 201);
    }
    SUBCASE("the desk lets a badge in once, and says when it did") {
        const std::string code = first.at("/code"), ask = fmt::format(R"({{"event":"{}","code":"{}"}})", event, code);
        CHECK(all.nobody.get("/badges/" + code).body.starts_with("%PDF"));
        CHECK(all.manager.get("/events/" + event + "/badges").body.starts_with("%PDF"));
        CHECK(all.other_manager.get("/events/" + event + "/badges").code() == "event.not_yours");
        CHECK(all.other_manager.post("/check-ins", ask).code() == "event.not_yours");
        const Answer in = all.manager.post("/check-ins", ask);
        REQUIRE_MESSAGE(in.status == 200, in.body);
        CHECK(in.at("/first") == "true");
        CHECK(in.number("/attendance/checked_in") == 1);
        const Answer again =
            all.manager.post("/check-ins", fmt::format(R"({{"event":"{}","code":"https://bank.test/events/x/check-in?code={}"}})", event, code));
        CHECK(again.at("/first") == "false");
        CHECK(again.at("/registration/checked_in_at") == in.at("/registration/checked_in_at"));
        CHECK(again.number("/attendance/checked_in") == 1);
        CHECK(all.manager.post("/check-ins", fmt::format(R"({{"event":"{}","code":"0000000000"}})", event)).code() == "check_in.unknown");
        CHECK(all.manager.post("/registrations/" + first.at("/id") + "/cancel").code() == "registration.here");
        const std::string other = new_event(all.manager, "", {"publish"});
        CHECK(all.manager.post("/check-ins", fmt::format(R"({{"event":"{}","code":"{}"}})", other, code)).code() == "check_in.other_event");
    }
}

TEST_CASE("what is signed stands on the board at once, and what follows is kept stage by stage") {
    Cast& all = cast();
    const std::string event = new_event(all.manager, "", {"publish", "start"});
    const auto signing = [&](const std::string& more) {
        return all.manager.post("/signings",
            fmt::format(
                R"({{"event":"{}","kind":"industry_project","title":{{"en":"A plant"}},"country":"CN","parties":[{{"name":{{"en":"A"}},"country":"CN"}},{{"name":{{"en":"B"}},"country":"KZ"}}]{}}})",
                event, more));
    };
    CHECK(signing(R"(,"amount":{"amount":"10.00","currency":"CNY"},"standing":"official")").at("/problems/0/code") == "event.official_source");
    CHECK(signing(R"(,"planned":[{"stage":"invested","due_on":"2027-12-31","amount":{"amount":"1.00","currency":"CNY"}}])").at("/problems/0/code") ==
          "promise.no_amount");
    CHECK(signing(R"(,"contract":"contract_nowhere")").at("/problems/0/code") == "signing.contract_unknown");
    CHECK(signing(R"(,"contract":"contract_sample_island_engineering")").at("/problems/0/code") == "signing.contract_unknown"); // not a party to it
    const Answer made = signing(
        R"(,"amount":{"amount":"1000.00","currency":"CNY"},"planned":[{"stage":"contracted","due_on":"2026-01-31","amount":{"amount":"1000.00","currency":"CNY"}}])");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string path = "/signings/" + made.at("/id");
    CHECK(all.nobody.get("/events/" + event + "/board").number("/planned_count") == 1);
    CHECK(
        all.manager
            .post("/promise-steps",
                fmt::format(
                    R"({{"signing":"{}","stage":"contracted","amount":{{"amount":"1.00","currency":"CNY"}},"happened_on":"2026-01-01","evidence":"x","source":"y"}})",
                    made.at("/id")))
            .code() == "promise.not_signed");
    CHECK(all.other_manager.post(path + "/sign", "{}").code() == "event.not_yours");
    REQUIRE(all.manager.post(path + "/sign", R"({"signed_at":"2025-12-10T02:00:00Z"})").status == 200);
    CHECK(all.manager.post(path + "/sign", "{}").code() == "signing.state");
    CHECK(all.manager.remove(path).code() == "signing.signed");
    const Answer board = all.nobody.get("/events/" + event + "/board");
    CHECK(board.number("/signed_count") == 1);
    CHECK(board.at("/amounts") == R"([{"amount":"1000.00","currency":"CNY"}])");
    CHECK(board.at("/kinds/0/kind") == "industry_project");
    CHECK(board.at("/latest/0/id") == made.at("/id"));

    const auto followed = [&](const std::string& stage, const std::string& amount, const std::string& day, const std::string& currency = "CNY") {
        return all.manager.post("/promise-steps",
            fmt::format(
                R"({{"signing":"{}","stage":"{}","amount":{{"amount":"{}","currency":"{}"}},"happened_on":"{}","evidence":"invoice","source":"the firm"}})",
                made.at("/id"), stage, amount, currency, day));
    };
    CHECK(followed("invested", "1.00", "2026-02-01").at("/problems/0/code") == "promise.order");
    CHECK(followed("contracted", "1.00", "2026-02-01", "USD").at("/problems/0/code") == "promise.currency");
    CHECK(followed("contracted", "1.00", "2025-01-01").at("/problems/0/code") == "promise.before");
    CHECK(followed("contracted", "1.00", "2090-01-01").at("/problems/0/code") == "promise.future");
    const Answer late = all.nobody.get("/promise-report?event=" + event);
    CHECK(late.size("/overdue") == 1);
    CHECK(late.at("/overdue/0/missing") == R"({"amount":"1000.00","currency":"CNY"})");
    const Answer contracted = followed("contracted", "1000.00", "2026-02-01"), invested = followed("invested", "400.00", "2026-06-01");
    REQUIRE_MESSAGE(invested.status == 201, invested.body);
    CHECK(all.manager.remove("/promise-steps/" + contracted.at("/id")).code() == "promise.needed");
    const Answer report = all.nobody.get("/promise-report?event=" + event);
    CHECK(report.at("/totals/contracted/amount") == "1000.00");
    CHECK(report.at("/totals/invested/amount") == "400.00");
    CHECK(report.size("/overdue") == 0);
    CHECK(report.size("/years") == 2);
    CHECK(all.nobody.get("/promise-report?event=" + event + "&day=2026-03-01").at("/totals/invested/amount") == "0.00");
    CHECK(all.nobody.get("/promise-report?currency=XXX").status == 422);
    CHECK(all.nobody.get("/events/" + event + "/proceedings").body.starts_with("%PDF"));
    REQUIRE(all.manager.post(path + "/withdraw").status == 200);
    CHECK(all.nobody.get("/events/" + event + "/board").number("/signed_count") == 0);
    CHECK(all.nobody.get("/promise-report?event=" + event).number("/totals/signings") == 0);
}

} // namespace greenbank::testing
