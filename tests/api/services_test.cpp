// services_test.cpp — the life of a request for help by its roles, shared equipment without double booking, work across borders.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string service_body(int capacity = 2) {
    return fmt::format(
        R"({{"kind":"consulting","title":{{"en":"Advice on membranes","ru":"Советы о мембранах","zh":"膜技术咨询"}},"summary":{{"en":"Which membrane fits."}},)"
        R"("fields":["water"],"languages":["en"],"countries":["KZ"],"free":true,"capacity":{}}})",
        capacity);
}
std::string request_body(const std::string& more = "") {
    return fmt::format(
        R"({{"kind":"consulting","title":{{"en":"Which membrane?"}},"description":{{"en":"Our wells are saline."}},"field":"water","country":"KZ"{}}})", more);
}

/// All criteria of eligibility answered; those named with "no".
std::string triage_body(Visitor& visitor, const std::string& failing = "", const std::string& priority = "[]") {
    const Answer rules = visitor.get("/service-rules");
    std::string findings;
    for (const std::string& code : rules.all("/eligibility", "/code"))
        findings += fmt::format(
            R"({}{{"criterion":"{}","met":{},"reason":{{"en":"looked at"}}}})", findings.empty() ? "" : ",", code, code == failing ? "false" : "true");
    return fmt::format(R"({{"eligibility":[{}],"priority":{}}})", findings, priority);
}

struct Scene {
    Cast all{std::vector<std::string>{}};
    std::string service, expert;
    Visitor provider = all.visitor(), stranger = all.visitor();
    std::string provider_organisation;

    Scene() {
        provider_organisation = enter_organisation(all.administrator, "Water advisers of the test");
        join(all.administrator, provider, "manager@advisers.test", "manager", provider_organisation);
        join(all.administrator, stranger, "manager@stranger.test", "manager", enter_organisation(all.administrator, "Strangers of the test"));
        service = create(provider, "/services", service_body(1));
        REQUIRE(provider.post("/services/" + service + "/publish").status == 200);
        expert = create(all.officer, "/experts", R"({"name":{"en":"An expert"},"country":"CN","fields":["water"],"languages":["en"],"hours_a_month":200})");
        REQUIRE(all.officer.post("/experts/" + expert + "/publish").status == 200);
    }
    std::string ask(Visitor& asker, const std::string& more = "") {
        return "/service-requests/" + create(asker, "/service-requests", request_body(fmt::format(R"(,"service":"{}"{})", service, more)));
    }
    std::string plan(const std::string& more = "") const { return fmt::format(R"({{"expert":"{}","starts_on":"2090-01-02"{}}})", expert, more); }
};

std::string state(Visitor& visitor, const std::string& path) { return visitor.get(path).at("/service_request/state"); }

} // namespace

TEST_CASE("the catalogue is found by words of any language and by filters, and shows drafts to their owner only") {
    Scene scene;
    Cast& all = scene.all;
    const auto found = [&](const std::string& query) { return all.nobody.get("/services?" + query).number("/total"); };
    CHECK(found("text=MEMBRANES") == 1);
    CHECK(found("text=%D1%81%D0%BE%D0%B2%D0%B5%D1%82%D1%8B") == 1); // советы
    CHECK(found("text=%E5%92%A8%E8%AF%A2") == 1);                   // 咨询
    CHECK(found("text=membranes%20legal") == 0);
    CHECK(found("kind=consulting&country=KZ&field=water&free=true&language=en") == 1);
    CHECK(found("country=FJ") == 0);
    CHECK(all.nobody.get("/services?sort=nothing").status == 422);
    const std::string draft = "/services/" + create(all.manager, "/services", service_body());
    CHECK(all.nobody.get(draft).status == 404);
    CHECK(scene.stranger.get(draft).status == 404);
    CHECK(all.reader.get(draft).status == 200);
    CHECK(scene.stranger.patch("/services/" + scene.service, R"({"capacity":9})").status == 403);
    const Answer wrong = all.manager.post("/services",
        R"({"kind":"legal","title":{"en":"x"},"summary":{"en":"x"},"fields":[],"languages":["english"],"countries":["XX"],"free":true,"price":{"amount":"1.00","currency":"CNY"}})");
    CHECK(wrong.status == 422);
    CHECK(wrong.faulty_fields().size() >= 4);
}

TEST_CASE("a request goes from its asker over the desk to the provider and back, each step by whose turn it is") {
    Scene scene;
    Cast& all = scene.all;
    Visitor &asker = all.manager, &desk = all.officer, &provider = scene.provider;
    CHECK(
        asker.post("/service-requests", request_body(R"(,"service":"service_nobody","need":"need_nobody","wanted_by":"2020-01-01")")).faulty_fields().size() ==
        3);
    const std::string path = scene.ask(asker);
    CHECK(scene.stranger.get(path).status == 404);
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(provider.get(path).status == 404); // not yet theirs
    CHECK(asker.post(path + "/triage", triage_body(asker)).status == 403);
    CHECK(desk.post(path + "/triage",
                  R"({"eligibility":[{"criterion":"benefit","met":true,"reason":{"en":"x"}},{"criterion":"magic","met":true,"reason":{"en":"x"}}]})")
              .faulty_fields()
              .size() >= 5);

    REQUIRE(desk.post(path + "/triage", triage_body(desk, "monitoring")).status == 200);
    CHECK(state(asker, path) == "not_eligible");
    CHECK(asker.get(path).at("/next") == "asker");
    CHECK(desk.post(path + "/propose-plan", scene.plan()).code() == "service_request.wrong_step");
    REQUIRE(asker.patch(path, R"({"description":{"en":"Our wells are saline; measured by salt."}})").status == 200);
    CHECK(state(asker, path) == "submitted");
    REQUIRE(desk.post(path + "/triage", triage_body(desk, "", R"([{"criterion":"gender","grade":"fully"},{"criterion":"urgency","grade":"partly"}])")).status ==
            200);

    Answer queue = desk.get("/service-queue");
    REQUIRE(queue.size("/items") == 1);
    std::int64_t sum = 0;
    for (const std::string& points : queue.all("/items/0/score", "/points")) sum += std::stoll(points);
    CHECK(sum == queue.number("/items/0/score_points"));
    CHECK(asker.get("/service-queue").status == 403);
    REQUIRE(desk.post("/service-queue/rank").status == 200);
    CHECK(asker.get(path).number("/service_request/rank") == 1);
    CHECK(asker.get(path).number("/service_request/score_points") == sum);

    CHECK(desk.post(path + "/propose-plan", R"({"starts_on":"2020-01-01"})").faulty_fields() == std::vector<std::string>{"starts_on", "expert"});
    const Answer draft = desk.get(path + "/plan-draft?starts_on=2090-01-01");
    REQUIRE(draft.status == 200);
    CHECK(draft.at("/candidates/0/expert") == scene.expert);
    const Answer proposed = desk.post(path + "/propose-plan", scene.plan());
    REQUIRE_MESSAGE(proposed.status == 200, proposed.body);
    CHECK(proposed.at("/provider") == scene.provider_organisation);
    CHECK(proposed.size("/plan") == 5);
    CHECK(provider.get(path).status == 200);
    CHECK(provider.post(path + "/agree-plan").status == 403);
    CHECK(asker.post(path + "/return-plan").status == 422); // a reason is needed
    REQUIRE(asker.post(path + "/return-plan", R"({"comment":"Later, please."})").status == 200);
    REQUIRE(desk.post(path + "/propose-plan", scene.plan()).status == 200);
    REQUIRE(asker.post(path + "/agree-plan").status == 200);

    CHECK(provider.post("/work-entries", fmt::format(R"({{"request":"{}","day":"2026-01-01","hours":1,"kind":"advice","text":{{"en":"x"}}}})", path.substr(18)))
              .code() == "work.not_running");
    REQUIRE(provider.post(path + "/start").status == 200);
    REQUIRE(provider.post(path + "/mark-step", R"({"step":1})").status == 200);
    CHECK(asker.post(path + "/mark-step", R"({"step":1,"done":false})").status == 403);
    CHECK(provider.post(path + "/mark-step", R"({"step":9})").status == 422);
    const Answer early = provider.post(
        "/work-entries", fmt::format(R"({{"request":"{}","day":"2089-01-01","hours":1.1,"kind":"advice","text":{{"en":"x"}}}})", path.substr(18)));
    CHECK(early.faulty_fields() == std::vector<std::string>{"hours"});
    CHECK(asker.post(path + "/rate", R"({"satisfaction":5})").code() == "service_request.not_delivered");
    REQUIRE(provider.post(path + "/deliver", R"({"result":{"en":"Nanofiltration fits."}})").status == 200);
    CHECK(provider.post(path + "/rate", R"({"satisfaction":5})").status == 403);
    CHECK(asker.post(path + "/rate", R"({"satisfaction":6})").status == 422);
    REQUIRE(asker.post(path + "/rate", R"({"satisfaction":4,"text":{"en":"Good."}})").status == 200);
    CHECK(asker.post(path + "/rate", R"({"satisfaction":1})").code() == "service_request.rated");
    REQUIRE(asker.post(path + "/close").status == 200);
    CHECK(asker.post(path + "/withdraw").code() == "service_request.ended");

    const Answer end = asker.get(path);
    CHECK(end.size("/steps") == 12);
    CHECK(end.number("/service_request/satisfaction") == 4);
    const Answer overview = asker.get("/services-overview");
    CHECK(overview.number("/requests") == 1);
    CHECK(overview.number("/rated") == 1);
    CHECK(scene.stranger.get("/services-overview").number("/requests") == 0);
    CHECK(scene.stranger.get("/service-requests").number("/total") == 0);
    CHECK(all.nobody.get("/services/" + scene.service + "/standing").number("/satisfaction") == 4);
}

TEST_CASE("an expert with an interest, without hours or away is refused, and so is a service that is full") {
    Scene scene;
    Cast& all = scene.all;
    Visitor& desk = all.officer;
    const auto ranked = [&](Visitor& asker) {
        const std::string path = scene.ask(asker);
        REQUIRE(desk.post(path + "/triage", triage_body(desk)).status == 200);
        REQUIRE(desk.post("/service-queue/rank").status == 200);
        return path;
    };
    const std::string path = ranked(all.manager);
    const auto code = [&](const std::string& expert) {
        const std::string id = create(desk, "/experts", expert);
        REQUIRE(desk.post("/experts/" + id + "/publish").status == 200);
        return desk.post(path + "/propose-plan", fmt::format(R"({{"expert":"{}","starts_on":"2090-01-02"}})", id)).at("/problems/0/code");
    };
    const std::string base = R"({"name":{"en":"E"},"country":"CN")";
    CHECK(code(base + fmt::format(R"(,"organisation":"{}"}})", all.organisation)) == "plan.expert_interest");
    CHECK(code(base + fmt::format(R"(,"interests":[{{"organisation":"{}","nature":{{"en":"adviser"}}}}]}})", all.organisation)) == "plan.expert_interest");
    CHECK(code(base + R"(,"hours_a_month":2})") == "plan.expert_hours");
    CHECK(code(base + R"(,"available_until":"2030-01-01"})") == "plan.expert_away");
    CHECK(desk.post(path + "/propose-plan", fmt::format(R"({{"provider":"{}","expert":"{}","starts_on":"2090-01-02"}})", all.organisation, scene.expert))
              .at("/problems/0/code") == "plan.provider_asks");
    REQUIRE(desk.post(path + "/propose-plan", scene.plan()).status == 200);
    const std::string second = ranked(all.other_manager);
    CHECK(desk.post(second + "/propose-plan", scene.plan()).at("/problems/0/code") == "plan.no_capacity");
    CHECK(scene.provider.get("/services/" + scene.service + "/standing").number("/places_free") == 0);
}

TEST_CASE("shared equipment is booked by slots, never twice, and strangers see only that it is taken") {
    Scene scene;
    Cast& all = scene.all;
    const std::string facility =
        create(scene.provider, "/facilities", R"({"kind":"joint_laboratory","name":{"en":"Laboratory"},"about":{"en":"Shared."},"country":"KZ","fields":[]})");
    REQUIRE(scene.provider.post("/facilities/" + facility + "/publish").status == 200);
    const std::string body = fmt::format(
        R"({{"facility":"{}","name":{{"en":"Spectrometer"}},"opens_hour":9,"closes_hour":17,"slot_hours":2,"weekends":true,"utc_offset_minutes":300,"cost_per_hour":{{"amount":"50.00","currency":"CNY"}},"calibration_due":"2090-06-30"}})",
        facility);
    CHECK(all.manager.post("/equipment", body).status == 403);
    const std::string equipment = create(scene.provider, "/equipment", body);
    const auto book = [&](Visitor& visitor, const std::string& from, const std::string& to) {
        return visitor.post("/equipment-bookings",
            fmt::format(R"({{"equipment":"{}","begins_at":"{}","ends_at":"{}","purpose":{{"en":"Salt in wells"}}}})", equipment, from, to));
    };
    CHECK(book(all.manager, "2090-01-03T04:00:00Z", "2090-01-03T06:00:00Z").status == 404);
    REQUIRE(scene.provider.post("/equipment/" + equipment + "/publish").status == 200);
    CHECK(book(all.manager, "2090-01-03T05:00:00Z", "2090-01-03T07:00:00Z").faulty_fields() == std::vector<std::string>{"begins_at"});
    CHECK(book(all.manager, "2020-01-03T04:00:00Z", "2020-01-03T06:00:00Z").at("/problems/0/code") == "booking.past");
    CHECK(book(all.manager, "2090-07-03T04:00:00Z", "2090-07-03T06:00:00Z").code() == "booking.calibration");
    const Answer booked = book(all.manager, "2090-01-03T04:00:00Z", "2090-01-03T08:00:00Z");
    REQUIRE_MESSAGE(booked.status == 201, booked.body);
    CHECK(booked.at("/cost/amount") == "200.00");
    const Answer taken = book(all.other_manager, "2090-01-03T06:00:00Z", "2090-01-03T10:00:00Z");
    CHECK(taken.status == 409);
    CHECK(taken.code() == "booking.taken");
    CHECK(taken.at("/detail").find("2090-01-03T08:00:00Z") != std::string::npos);
    const std::string calendar = "/equipment/" + equipment + "/calendar?from=2090-01-03&days=1";
    CHECK(all.other_manager.get(calendar).at("/days/0/slots/0/state") == "taken");
    CHECK(all.other_manager.get(calendar).at("/days/0/slots/0/purpose/en").empty());
    CHECK(all.manager.get(calendar).at("/days/0/slots/0/state") == "own");
    CHECK(scene.provider.get(calendar).at("/days/0/slots/1/purpose/en") == "Salt in wells");
    const std::string booking = "/equipment-bookings/" + booked.at("/id");
    CHECK(all.other_manager.get(booking).status == 404);
    CHECK(all.other_manager.post(booking + "/cancel").status == 404);
    CHECK(scene.provider.patch("/equipment/" + equipment, R"({"slot_hours":4})").code() == "equipment.booked");
    REQUIRE(all.manager.post(booking + "/cancel").status == 200);
    CHECK(all.manager.post(booking + "/cancel").code() == "booking.cancelled");
    CHECK(book(all.other_manager, "2090-01-03T06:00:00Z", "2090-01-03T10:00:00Z").status == 201);
}

TEST_CASE("a team leaves a stage when all its criteria are met and shown") {
    Scene scene;
    const std::string facility =
        create(scene.provider, "/facilities", R"({"kind":"incubator","name":{"en":"House"},"about":{"en":"Room."},"country":"KZ","fields":[]})");
    const std::string path =
        "/incubations/" +
        create(scene.provider, "/incubations",
            fmt::format(
                R"({{"facility":"{}","title":{{"en":"Team"}},"about":{{"en":"Tests."}},"criteria":[{{"stage":"selection","what":{{"en":"Chosen"}}}},{{"stage":"selection","what":{{"en":"Funded"}},"met":true}}]}})",
                facility));
    CHECK(scene.stranger.get(path).status == 404);
    CHECK(scene.provider.post(path + "/advance").faulty_fields() == std::vector<std::string>{"criteria[0].met", "criteria[1].evidence"});
    REQUIRE(scene.provider.patch(path, R"({"criteria":[{"stage":"selection","what":{"en":"Chosen"},"met":true,"evidence":{"en":"Minutes"}}]})").status == 200);
    for (const std::string stage : {"pre_incubation", "incubation", "acceleration", "graduated"})
        CHECK(scene.provider.post(path + "/advance").at("/stage") == stage);
    CHECK(scene.provider.post(path + "/leave", R"({"reason":{"en":"x"}})").code() == "incubation.ended");
}

TEST_CASE("a cooperation shows its gaps, recognition is asked for, and groups are for their members") {
    Scene scene;
    Cast& all = scene.all;
    Visitor& desk = all.officer;
    CHECK(
        desk.post("/cooperations",
                R"({"title":{"en":"x"},"summary":{"en":"x"},"kind":"training","countries":["CN"],"source":"x","status":"official","stage":"signed","chain":[{"step":"market","country":"KZ","name":{"en":"x"}}]})")
            .faulty_fields() == std::vector<std::string>{"chain[0].country", "source"});
    const std::string path =
        "/cooperations/" +
        create(desk, "/cooperations",
            R"({"title":{"en":"x"},"summary":{"en":"x"},"kind":"training","countries":["CN","KZ"],"source":"x","status":"sample","stage":"signed","chain":[{"step":"research","country":"CN","name":{"en":"Institute"}},{"step":"market","country":"KZ","name":{"en":"Seller"},"planned":true}]})");
    CHECK(all.nobody.get(path).status == 404);
    REQUIRE(desk.post(path + "/publish").status == 200);
    const Answer view = all.nobody.get(path + "/chain");
    CHECK(view.at("/rows/0/gap") == "one_country");
    CHECK(view.at("/rows/1/gap") == "nobody");
    CHECK(view.at("/rows/6/gap") == "planned");
    CHECK(view.size("/gaps") == 7);

    const std::string row = create(desk, "/recognitions",
        R"({"subject":"standard","our_code":"GB/T 1","our_title":{"en":"Clean water"},"their_title":{"en":"Their water"},"our_country":"CN","their_country":"KZ","kind":"theirs_accepts","source":"x","status":"sample","valid_to":"2090-01-01"})");
    const auto answer = [&](const std::string& query) { return all.nobody.get("/recognition-answer?" + query).at("/answer"); };
    CHECK(answer("text=gb/t&country=KZ") == "unknown"); // a draft says nothing
    REQUIRE(desk.post("/recognitions/" + row + "/publish").status == 200);
    CHECK(answer("text=gb/t&country=KZ") == "accepted");
    CHECK(all.nobody.get("/recognition-answer?text=gb/t&country=KZ").at("/status") == "sample");
    CHECK(answer("text=gb/t&country=KZ&on=2090-01-02") == "unknown");
    CHECK(answer("text=their&country=CN") == "unknown"); // one way only
    CHECK(all.nobody.get("/recognition-answer?text=gb/t&country=XX").status == 422);
    CHECK(all.nobody.get("/cooperation-countries/KZ").number("/counts/recognitions") == 1);
    CHECK(all.nobody.get("/cooperation-countries/XX").status == 404);

    const std::string group = create(desk, "/working-groups",
        fmt::format(
            R"({{"title":{{"en":"Group"}},"purpose":{{"en":"x"}},"members":[{{"name":{{"en":"A"}},"organisation":"{}","country":"CN","role":"secretary"}},{{"name":{{"en":"B"}},"organisation":"{}","country":"KZ"}}]}})",
            all.organisation, all.other_organisation));
    CHECK(scene.stranger.get("/working-groups/" + group).status == 404);
    CHECK(scene.stranger.get("/working-groups").number("/total") == 0);
    CHECK(all.other_manager.get("/working-groups").number("/total") == 1);
    const std::string meeting_body = fmt::format(R"({{"working_group":"{}","title":{{"en":"First"}},"begins_at":"2026-01-01T00:00:00Z"}})", group);
    CHECK(all.other_manager.post("/group-meetings", meeting_body).status == 403);
    const std::string meeting = "/group-meetings/" + create(all.manager, "/group-meetings", meeting_body);
    CHECK(scene.stranger.get(meeting).status == 404);
    CHECK(all.manager.post(meeting + "/agree").code() == "group_meeting.wrong_step");
    REQUIRE(all.manager.post(meeting + "/hold").status == 200);
    CHECK(all.manager.post(meeting + "/agree").status == 422); // nothing was written
    REQUIRE(all.manager.patch(meeting, R"({"minutes":{"en":"It was agreed."}})").status == 200);
    REQUIRE(all.manager.post(meeting + "/agree").status == 200);
    CHECK(all.manager.patch(meeting, R"({"minutes":{"en":"Not quite."}})").code() == "group_meeting.fixed");
    const std::string task = "/group-tasks/" + create(all.manager, "/group-tasks",
                                                   fmt::format(R"({{"working_group":"{}","title":{{"en":"Write"}},"organisation":"{}","due":"2026-01-02"}})",
                                                       group, all.other_organisation));
    CHECK(all.manager.get("/working-groups/" + group).at("/tasks/0/late") == "true");
    CHECK(all.manager.get("/working-groups/" + group).number("/responsible/0/late") == 1);
    CHECK(all.other_manager.get("/services-overview").at("/tasks/0/late") == "true");
    CHECK(all.manager.get("/services-overview").size("/tasks") == 0);
    CHECK(scene.stranger.post(task + "/finish", "{}").status == 404);
    CHECK(all.other_manager.post(task + "/drop", "{}").status == 403);
    CHECK(all.other_manager.post(task + "/finish", R"({"note":{"en":"Written."}})").at("/state") == "done");
}

} // namespace greenbank::testing
