// jobs_test.cpp — long work: the sample bank leaves and returns, with progress, cancel and list.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("the sample bank is removed and loaded by jobs whose progress can be followed") {
    Cast own;
    Visitor& officer = own.officer;
    const std::string kept = create(own.editor, "/needs", need_body("not a sample"));
    CHECK(officer.get("/session").at("/sample_loaded") == "true");
    CHECK(own.manager.post("/sample/remove").status == 403);

    const Answer asked = officer.post("/sample/remove", "", {{"Idempotency-Key", "remove"}});
    REQUIRE_MESSAGE(asked.status == 200, asked.body);
    CHECK(asked.at("/kind") == "sample_remove");
    const std::vector<std::string> events = officer.events("/jobs/" + asked.at("/id") + "/events");
    REQUIRE(!events.empty());
    const Answer last{200, events.back(), "", {}};
    CHECK(last.at("/state") == "done");
    CHECK(last.number("/done") == last.number("/total"));
    const std::int64_t removed = Answer{200, last.at("/result"), "", {}}.number("/removed");
    CHECK(removed > 85 + 40 + 30 + 60); // technologies, needs, offers, organisations, and what every room adds
    CHECK(officer.get("/session").at("/sample_loaded") == "false");
    CHECK(own.nobody.get("/home").number("/counts/technologies") == 0);
    CHECK(wait_for([&] { return own.nobody.get("/search?kind=technology").number("/total") == 0; }, 2));
    CHECK(own.editor.get("/needs/" + kept).status == 200);
    CHECK(officer.post("/sample/remove", "", {{"Idempotency-Key", "remove"}}).at("/id") == asked.at("/id"));

    const Answer loading = officer.post("/sample/load");
    const Answer loaded = wait_for_job(officer, loading.at("/id"));
    CHECK(loaded.at("/state") == "done");
    CHECK(Answer{200, loaded.at("/result"), "", {}}.number("/loaded") == removed); // all that went comes back
    CHECK(own.nobody.get("/home").number("/counts/technologies") == 85);
    CHECK(wait_for([&] { return own.nobody.get("/search?kind=technology").number("/total") == 85; }, 2));
    const Answer again = wait_for_job(officer, officer.post("/sample/load").at("/id"));
    CHECK(Answer{200, again.at("/result"), "", {}}.number("/loaded") == 0); // nothing twice

    const Answer list = officer.get("/jobs?kind=sample_load&sort=created_at");
    CHECK(list.size("/items") == 2);
    CHECK(list.at("/items/0/created_by") == officer.get("/session").at("/person/id"));
    CHECK(officer.get("/jobs?state=done&kind=sample_load").number("/total") == 2);
    CHECK(officer.get("/jobs?state=done&kind=sample_remove").number("/total") == 1);
    CHECK(own.manager.get("/jobs").number("/total") == 0);
    CHECK(own.manager.get("/jobs/" + loading.at("/id")).status == 404);
    CHECK(own.manager.get("/jobs/" + loading.at("/id") + "/events").status == 404);
    CHECK(own.manager.post("/jobs/" + loading.at("/id") + "/cancel").status == 404);
    CHECK(own.administrator.get("/jobs/" + loading.at("/id")).status == 200);
    const Answer ended = officer.post("/jobs/" + loading.at("/id") + "/cancel");
    CHECK(ended.status == 409);
    CHECK(ended.code() == "job.ended");
}

TEST_CASE("a job that waits is cancelled before it begins") {
    Cast own(std::vector<std::string>{});
    Visitor& officer = own.officer;
    int cancelled = 0;
    for (int round = 0; round < 10 && cancelled == 0; ++round) {
        // One thread works; the second of two waits behind the first.
        std::vector<std::string> ids;
        for (int i = 0; i < 6; ++i) ids.push_back(officer.post("/search/rebuild").at("/id"));
        const Answer answer = officer.post("/jobs/" + ids.back() + "/cancel");
        if (answer.status == 200 && answer.at("/state") == "cancelled") ++cancelled;
        for (const std::string& id : ids) wait_for_job(officer, id);
        if (cancelled) CHECK(officer.get("/jobs/" + ids.back()).at("/state") == "cancelled");
    }
    CHECK(cancelled == 1);
    CHECK(officer.get("/jobs?state=failed").number("/total") == 0);
}

TEST_CASE("what waits for a job that is cancelled before it begins, waits no longer") {
    Cast own(std::vector<std::string>{});
    Visitor& officer = own.officer;
    bool told = false;
    for (int round = 0; round < 10 && !told; ++round) {
        std::vector<std::string> before;
        for (int i = 0; i < 6; ++i) before.push_back(officer.post("/search/rebuild").at("/id"));
        const Answer run = officer.post("/match/runs", "{}");
        REQUIRE_MESSAGE(run.status == 201, run.body);
        const Answer cancelled = officer.post("/jobs/" + run.at("/job") + "/cancel");
        if (cancelled.status == 200 && cancelled.at("/state") == "cancelled") {
            CHECK(officer.get("/match/runs/" + run.at("/id")).at("/state") == "cancelled"); // in the same transaction: no waiting here
            told = true;
        }
        for (const std::string& id : before) wait_for_job(officer, id);
        wait_for_job(officer, run.at("/job"));
    }
    CHECK(told);
    const Answer next = officer.post("/match/runs", "{}");
    REQUIRE_MESSAGE(next.status == 201, next.body);
    wait_for_job(officer, next.at("/job"));
    CHECK(officer.get("/match/runs/" + next.at("/id")).at("/state") == "done");
}

} // namespace greenbank::testing
