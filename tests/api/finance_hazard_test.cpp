// finance_hazard_test.cpp — a hazard model beside the rules; notices across borders by consent: signed, verified, taken back.
#include "finance_cast.h"

namespace greenbank::testing {

namespace {

/// A loan of which two payments are missed.
std::string late_loan(Finance& all) {
    const std::string loan = all.loan();
    all.good(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))));
    all.good(all.lender.post(loan + "/draw", Finance::money("50000.00")));
    return loan;
}
std::string json_text(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '\n') quoted += "\\n";
        else quoted += c;
    }
    return quoted + "\"";
}

} // namespace

TEST_CASE("a hazard model from a file is one signal more; too little to learn from is said; a model is taken out of use") {
    Finance all;
    const std::string loan = late_loan(all);
    const std::string model =
        R"({"title":"made","horizon":12,"threshold":20,"rows":1000,"events":20,"borrowers":100,"area":0.8,"brier":0.02,"defaults":20,"warned":15,"good":80,"false_alarms":9,
"lead_mean":5.5,"lead_median":5,"intercept":-4.5,"duration":0,"columns":[{"name":"days_late","mean":1,"deviation":10,"effect":1.0},{"name":"cash_short","mean":0,"deviation":50,"effect":0.1}]})";
    CHECK(all.lender.post("/hazard-models", model).status == 403);
    CHECK(all.desk
              .post("/hazard-models",
                  R"({"title":"x","horizon":12,"threshold":20,"rows":5,"events":9,"borrowers":1,"area":0.8,"brier":0,"defaults":0,"warned":0,"good":0,
"false_alarms":0,"lead_mean":0,"lead_median":0,"intercept":0,"duration":0,"columns":[{"name":"a","mean":0,"deviation":0,"effect":1}]})")
              .faulty_fields()
              .size() == 2);
    const Answer made = all.desk.post("/hazard-models", model);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const Answer job = all.desk.post("/finance-watches", "{}");
    CHECK(wait_for_job(all.desk, job.at("/id")).at("/state") == "done");
    const Answer watched = all.lender.get(loan);
    bool said = false;
    for (std::size_t i = 0; i < watched.size("/loan/watched"); ++i)
        if (watched.at(fmt::format("/loan/watched/{}/signal", i)) == "default_chance") {
            said = true;
            CHECK(std::stod(watched.at(fmt::format("/loan/watched/{}/value", i))) > 50); // 44 days late at a rising hazard
        }
    CHECK(said);
    const std::vector<std::string> reasons = watched.all("/loan/warning_reasons", "/signal");
    CHECK(std::find(reasons.begin(), reasons.end(), "default_chance") != reasons.end());

    const Answer training = all.desk.post("/hazard-trainings", "{}");
    REQUIRE_MESSAGE(training.status == 202, training.body);
    CHECK(wait_for_job(all.desk, training.at("/id")).at("/state") == "failed"); // one loan, no default
    const std::string path = "/hazard-models/" + made.at("/id");
    all.good(all.desk.post(path + "/retire"));
    CHECK(all.desk.post(path + "/retire").code() == "hazard.retired");
}

TEST_CASE("a notice goes abroad by consent and says no name and no amount; the receiver verifies it; what is taken back is forgotten") {
    Finance here, there; // two banks
    const std::string loan = late_loan(here);
    const std::string subject = here.all.organisation;
    const auto partner_of = [](Finance& bank, Finance& other, const std::string& name) {
        const std::string organisation = enter_organisation(bank.treasurer, name);
        const Answer made = bank.desk.post("/notice-partners", fmt::format(R"({{"organisation":"{}","key":"{}","source":"their page, compared by telephone"}})",
                                                                   organisation, other.all.nobody.get("/log").at("/key")));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return std::pair(made.at("/id"), organisation);
    };
    CHECK(here.desk.post("/notice-partners", fmt::format(R"({{"organisation":"{}","key":"no key at all","source":"x"}})", subject)).faulty_fields() ==
          std::vector<std::string>{"key"});
    const auto [partner, partner_organisation] = partner_of(here, there, "Bank of the north");
    const auto [sender, sender_organisation] = partner_of(there, here, "Bank of the south");

    const std::string sending = fmt::format(R"({{"kind":"warning","subject":"{}","partner":"{}"}})", subject, partner);
    CHECK(here.lender.post("/sent-notices", sending).status == 403);
    CHECK(here.desk.post("/sent-notices", sending).code() == "notice.no_consent");
    const Answer consent = here.borrower.post(
        "/credit-consents", fmt::format(R"({{"reader":"{}","purpose":"cooperation","until_day":"{}"}})", partner_organisation, day_from_now(30)));
    REQUIRE_MESSAGE(consent.status == 201, consent.body);
    const Answer sent = here.desk.post("/sent-notices", sending);
    REQUIRE_MESSAGE(sent.status == 201, sent.body);
    CHECK(sent.at("/valid_until") == day_from_now(30));
    const std::string note = sent.at("/note");
    CHECK(note.find("level: orange") != std::string::npos);
    CHECK(note.find("days_late") != std::string::npos);
    CHECK(note.find("50000") == std::string::npos);
    CHECK(note.find(subject) == std::string::npos);
    const Answer organisation = here.borrower.get("/organisations/" + subject);
    CHECK(note.find(organisation.at("/name/en")) == std::string::npos);

    // In the outbox: what happened to it is recorded by the desk, in its order; it is sent again to whom it did not come.
    const std::string outbox = "/sent-notices/" + sent.at("/id");
    CHECK(sent.at("/state") == "drafted");
    CHECK(here.desk.post(outbox + "/acknowledge", R"({"note":"their officer"})").code() == "notice.not_sent");
    CHECK(here.desk.post(outbox + "/send", "{}").faulty_fields() == std::vector<std::string>{"note"});
    CHECK(here.borrower.post(outbox + "/send", R"({"note":"by mail"})").status == 403);
    here.good(here.desk.post(outbox + "/send", R"({"note":"by encrypted mail"})"));
    CHECK(here.desk.post(outbox + "/refuse", R"({"note":"their key had changed"})").at("/state") == "refused");
    CHECK(here.desk.get("/sent-notices?state=refused").size("/items") == 1);
    here.good(here.desk.post(outbox + "/send", R"({"note":"by hand"})"));
    const Answer acknowledged = here.desk.post(outbox + "/acknowledge", R"({"note":"their officer, today"})");
    CHECK(acknowledged.at("/state") == "acknowledged");
    CHECK(acknowledged.all("/steps", "/state") == std::vector<std::string>{"drafted", "sent", "refused", "sent", "acknowledged"});
    CHECK(acknowledged.at("/steps/3/note") == "by hand");
    CHECK(acknowledged.at("/state_by_name") == acknowledged.at("/steps/4/by_name"));
    CHECK(here.desk.post(outbox + "/send", R"({"note":"again"})").code() == "notice.acknowledged");
    CHECK(here.borrower.get(outbox).status == 200);

    // The receiver: a changed text is refused, the true one is matched with whom it knows by the digest, and warns there.
    std::string changed = note;
    changed.replace(changed.find("orange"), 6, "yellow");
    CHECK(there.desk.post("/received-notices", R"({"note":)" + json_text(changed) + "}").faulty_fields() == std::vector<std::string>{"note"});
    CHECK(here.desk.post("/received-notices", R"({"note":)" + json_text(note) + "}").faulty_fields() == std::vector<std::string>{"note"}); // its own
    const Answer taken = there.desk.post("/received-notices", R"({"note":)" + json_text(note) + "}");
    REQUIRE_MESSAGE(taken.status == 201, taken.body);
    CHECK(taken.at("/level") == "orange");
    CHECK(taken.at("/partner") == sender);
    CHECK(there.desk.post("/received-notices", R"({"note":)" + json_text(note) + "}").code() == "notice.taken");
    CHECK(there.lender.get("/received-notices").status == 403);

    // Taken back: by whom it is about; the receiver forgets what it said, and anybody with the number may ask.
    const std::string path = "/sent-notices/" + sent.at("/id");
    CHECK(there.all.nobody.get(path + "/standing").status == 404);
    CHECK(here.all.nobody.get(path + "/standing").at("/state") == "standing");
    CHECK(here.lender.get(path).status == 404);
    CHECK(here.lender.post(path + "/revoke").status == 404);
    const Answer revoked = here.borrower.post(path + "/revoke");
    REQUIRE_MESSAGE(revoked.status == 200, revoked.body);
    CHECK(revoked.at("/state") == "revoked");
    CHECK(here.desk.post(path + "/send", R"({"note":"once more"})").code() == "notice.revoked");
    CHECK(here.all.nobody.get(path + "/standing").at("/state") == "revoked");
    const Answer forgotten = there.desk.post("/received-notices", R"({"note":)" + json_text(revoked.at("/revocation")) + "}");
    REQUIRE_MESSAGE(forgotten.status == 200, forgotten.body);
    CHECK(forgotten.at("/state") == "revoked");
    CHECK(forgotten.at("/level").empty());
    CHECK(forgotten.at("/note").empty());
    CHECK(there.desk.post("/received-notices", R"({"note":)" + json_text(note) + "}").code() == "notice.revoked");

    const Answer credit = here.desk.post("/sent-notices", fmt::format(R"({{"kind":"credit","subject":"{}","partner":"{}"}})", subject, partner));
    REQUIRE_MESSAGE(credit.status == 201, credit.body);
    CHECK(credit.at("/note").find("late: 1\n") != std::string::npos);
    here.good(here.borrower.post("/credit-consents/" + consent.at("/id") + "/revoke"));
    CHECK(here.all.nobody.get("/sent-notices/" + credit.at("/id") + "/standing").at("/state") == "revoked"); // with the consent
    CHECK(here.desk.post("/sent-notices/" + credit.at("/id") + "/send", R"({"note":"by hand"})").code() == "notice.lapsed");
    CHECK(here.desk.post("/sent-notices", sending).code() == "notice.no_consent");
}

} // namespace greenbank::testing
