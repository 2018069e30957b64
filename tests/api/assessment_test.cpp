// assessment_test.cpp — the way into an edition and verifications, by the people whose work it is.
#include "assessment_cast.h"

namespace greenbank::testing {

TEST_CASE("the way into an edition takes four steps by enough people, and the published edition is frozen") {
    Cast& all = cast();
    Visitor& second = court().second_officer;
    const std::string edition = court().open_edition(), technology = published_technology("admitted", three_cases);
    const std::string path = declare(edition, technology, "promotion");
    CHECK(all.manager.get(path).at("/admission/cases") == "3");

    // Before publication only the holder and the bank see it.
    CHECK(all.nobody.get(path).status == 404);
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.nobody.get("/admissions?edition=" + edition).number("/total") == 0);
    CHECK(all.reader.get("/admissions?edition=" + edition).number("/total") == 1);
    CHECK(all.reader.get(path).at("/next") == "bank");
    CHECK(all.reader.get(path).at("/actions") == "[]");
    CHECK(all.manager.get(path).at("/actions") == R"(["withdraw"])");

    CHECK(all.manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"promotion"}})", edition, technology)).code() ==
          "admission.twice");
    CHECK(all.other_manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"promotion"}})", edition, technology)).code() ==
          "library.not_yours");

    CHECK(all.officer.post(path + "/recommend").code() == "admission.step");
    CHECK(all.officer.post(path + "/return").faulty_fields() == std::vector<std::string>{"comment"});
    CHECK(all.officer.post(path + "/return", R"({"comment":"name the client of case two"})").at("/state") == "returned");
    CHECK(all.manager.get(path).at("/next") == "holder");
    const auto waits = [](Visitor& visitor, const std::string& place) { // in the home page's list, by id
        return visitor.get("/home").at("/waiting").find(place.substr(place.rfind('/') + 1)) != std::string::npos;
    };
    CHECK(waits(all.manager, path));
    CHECK(!waits(all.other_manager, path));
    CHECK(all.manager.get(path).at("/steps/1/comment") == "name the client of case two");
    CHECK(all.manager.get(path).at("/steps/1/person_name").empty()); // the holder does not see who at the bank
    CHECK(!all.administrator.get(path).at("/steps/1/person_name").empty());
    CHECK(all.manager.post(path + "/correct", R"({"comment":"done"})").at("/state") == "declared");

    CHECK(all.officer.post(path + "/review").at("/state") == "reviewed");
    CHECK(all.officer.post(path + "/recommend").code() == "admission.reviewed_by_you");
    const Answer stale = second.post(path + "/recommend", "", {{"If-Match", "\"1\""}});
    CHECK(stale.status == 412);
    CHECK(second.post(path + "/recommend").at("/state") == "recommended");
    CHECK(second.post(path + "/select").code() == "admission.no_panel");

    // Three experts select.
    auto [ana, ana_id] = court().expert("ana");
    auto [ben, ben_id] = court().expert("ben");
    auto [cia, cia_id] = court().expert("cia");
    CHECK(ana.get(path).status == 404);
    const Answer opened = all.officer.post("/panels",
        fmt::format(R"({{"admission":"{}","experts":["{}","{}","{}"],"quorum":3}})", path.substr(std::string("/admissions/").size()), ana_id, ben_id, cia_id));
    REQUIRE_MESSAGE(opened.status == 201, opened.body);
    const std::string panel = "/panels/" + opened.at("/panel/id");
    CHECK(second.post(path + "/select").code() == "admission.panel_open");
    for (Visitor* one : {&ana, &ben, &cia}) {
        CHECK(one->get(path).status == 200); // whoever judges may read
        CHECK(waits(*one, panel));
        REQUIRE(one->post(panel + "/declare", R"({"conflict":false})").status == 200);
        REQUIRE(one->post(panel + "/score", scores_of_70).status == 200);
    }
    REQUIRE(all.officer.post(panel + "/close").status == 200);
    CHECK(all.officer.post(path + "/select").at("/state") == "selected");

    // Publishing is the edition's, by somebody who did not select, and only once all is decided.
    const std::string undecided = declare(edition, published_technology("undecided"));
    CHECK(second.post("/editions/" + edition + "/publish").code() == "edition.step");
    CHECK(second.post("/editions/" + edition + "/close").status == 200);
    CHECK(all.manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition, technology)).code() ==
          "edition.not_open");
    CHECK(second.post("/editions/" + edition + "/publish").code() == "edition.undecided");
    CHECK(second.post(undecided + "/reject", R"({"comment":"nothing runs yet"})").at("/state") == "rejected");
    CHECK(all.officer.post("/editions/" + edition + "/publish").code() == "admission.selected_by_you");
    CHECK(all.nobody.get("/editions/" + edition).at("/edition/state") == "closed");
    CHECK(second.post("/editions/" + edition + "/publish").at("/state") == "published");

    const Answer view = all.nobody.get(path);
    CHECK(view.at("/admission/state") == "published");
    CHECK(view.at("/admission/content_version") == "2");
    CHECK(!view.at("/admission/valid_until").empty());
    CHECK(view.size("/steps") == 0);
    CHECK(
        all.manager.get(path).all("/steps", "/action") == std::vector<std::string>{"declare", "return", "correct", "review", "recommend", "select", "publish"});
    const Answer counts = all.nobody.get("/editions/" + edition);
    CHECK(counts.number("/admitted") == 1);
    CHECK(counts.number("/counts/0/promotion") == 1);
    CHECK(counts.size("/states") == 0);
    CHECK(all.officer.get("/editions/" + edition).size("/states") == 2);
    CHECK(all.nobody.get("/technologies/" + technology + "/assessment").at("/admissions/0/id") == view.at("/admission/id"));

    // Frozen: what the holder changes later does not change what was admitted.
    CHECK(all.officer.patch("/editions/" + edition, R"({"year":2030})").code() == "edition.frozen");
    CHECK(all.administrator.post(path + "/review").code() == "admission.step");
    REQUIRE(all.manager.patch("/technologies/" + technology, R"({"title":{"en":"renamed since"}})").status == 200);
    CHECK(all.nobody.get("/technologies/" + technology + "/versions/2").at("/title/en") == "admitted");
    CHECK(all.nobody.get(path).at("/admission/title/en") == "admitted");
    const std::vector<std::string> remarks = all.manager.get(path).all("/remarks", "/code");
    CHECK(std::find(remarks.begin(), remarks.end(), "content_changed") != remarks.end());

    CHECK(second.post(path + "/renew").code() == "admission.published_by_you");
    CHECK(all.officer.post(path + "/renew").code() == "admission.too_early");
    CHECK(all.officer.post(path + "/withdraw").faulty_fields() == std::vector<std::string>{"comment"});
    CHECK(all.manager.post(path + "/withdraw").at("/state") == "withdrawn");
    CHECK(all.nobody.get(path).at("/admission/state") == "withdrawn"); // the edition still says what it was
    CHECK(all.nobody.get("/editions/" + edition).number("/admitted") == 0);
}

TEST_CASE("the promotion class asks for cases; without them only demonstration is left") {
    Cast& all = cast();
    const std::string
        edition = court().open_edition(),
        technology = published_technology("young",
            R"(,"evidence":[{"kind":"case","title":{"en":"one"},"year":2018,"country":"CN"},{"kind":"case","title":{"en":"two"},"year":2020,"country":"CN"},{"kind":"case","title":{"en":"too late"},"year":2090,"country":"CN"},{"kind":"patent","title":{"en":"no case"},"year":2015,"country":"CN"}])");
    const Answer refused = all.manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"promotion"}})", edition, technology));
    CHECK(refused.code() == "admission.cases");
    CHECK(refused.at("/detail").find("3") != std::string::npos);
    const std::string path = declare(edition, technology);
    CHECK(all.officer.post(path + "/return", R"({"comment":"why not promotion?"})").status == 200);
    CHECK(all.manager.post(path + "/correct", R"({"class":"promotion"})").code() == "admission.cases");
    CHECK(all.manager.get(path).at("/admission/class") == "demonstration");
    const Answer rules = all.nobody.get("/admission-rules");
    CHECK(rules.number("/items/1/cases_min") == 3);
    CHECK(rules.number("/items/1/running_years_min") == 1);
    CHECK(!rules.at("/items/1/source").empty());
}

TEST_CASE("whoever declared does not review, and a member of the holder decides nothing") {
    Cast& all = cast();
    const std::string edition = court().open_edition();
    const std::string technology = published_technology("declared by the bank");
    const Answer declared =
        all.officer.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition, technology));
    REQUIRE_MESSAGE(declared.status == 200, declared.body);
    const std::string path = "/admissions/" + declared.at("/id");
    CHECK(all.officer.post(path + "/review").code() == "admission.declared_by_you");

    // The same person in two organisations: the bank's officer who also sits in the holder's.
    Visitor two_hats = all.newcomer("hats@bank.test", "officer", all.centre);
    const Answer invited = all.manager.post("/invitations", R"({"email":"hats@bank.test","role":"reader"})");
    const Answer accepted = accept(two_hats, invited.at("/link"), "Two hats");
    REQUIRE_MESSAGE(accepted.status < 300, accepted.body);
    REQUIRE(two_hats.post("/session/organisation", fmt::format(R"({{"organisation":"{}"}})", all.centre)).status < 300);
    CHECK(two_hats.post(path + "/review").code() == "admission.holder_decides");
    CHECK(two_hats.get(path).at("/actions").find("review") == std::string::npos);
    CHECK(court().second_officer.post(path + "/review").status == 200);
}

TEST_CASE("an edition without a panel is decided in a meeting, which must be named") {
    Cast& all = cast();
    const std::string edition = court().open_edition(false), path = declare(edition, published_technology("met about"));
    REQUIRE(all.officer.post(path + "/review").status == 200);
    REQUIRE(court().second_officer.post(path + "/recommend").status == 200);
    CHECK(all.officer.post(path + "/select").faulty_fields() == std::vector<std::string>{"comment"});
    CHECK(all.officer.post(path + "/select", R"({"comment":"minutes of 28 November"})").at("/state") == "selected");
    REQUIRE(all.officer.post("/editions/" + edition + "/close").status == 200);
    REQUIRE(all.manager.post("/technologies/" + all.manager.get(path).at("/admission/technology") + "/withdraw").status == 200);
    CHECK(court().second_officer.post("/editions/" + edition + "/publish").code() == "admission.technology_hidden");
    CHECK(all.manager.post(path + "/withdraw").status == 200);
    CHECK(court().second_officer.post("/editions/" + edition + "/publish").status == 200);
    CHECK(all.nobody.get(path).status == 404); // it was never published
    CHECK(all.officer.post("/editions", fmt::format(R"({{"number":{},"year":2026,"title":{{"en":"again"}}}})", court().number)).code() == "edition.number");
    const std::string draft = create(all.officer, "/editions", fmt::format(R"({{"number":{},"year":2026,"title":{{"en":"draft"}}}})", ++court().number));
    CHECK(all.nobody.get("/editions/" + draft).status == 404);
    CHECK(all.officer.remove("/editions/" + draft).status == 204);
}

// ---- verification -----------------------------------------------------------------------------------------------------

TEST_CASE("a verification after ISO 14034: each side does its own part, and the statement shows on the technology") {
    Cast& all = cast();
    Court& others = court();
    const std::string technology = published_technology("verified");
    const std::string claims =
        R"([{"indicator":"effluent_cod","min":0,"max":50,"unit":"mg/L","conditions":{"en":"inflow below 400 mg/L"}},{"indicator":"energy_use_water","min":0.4,"max":0.6,"unit":"kWh/m3","conditions":{"en":"above 12 degC"}}])";
    const auto application = [&](const std::string& verifier, const std::string& what) {
        return fmt::format(R"({{"technology":"{}","verifier":"{}","claims":{}}})", technology, verifier, what);
    };
    CHECK(all.manager.post("/verifications", application(all.other_organisation, claims)).code() == "verification.not_assessor");
    CHECK(all.manager.post("/verifications", application("org_nobody", claims)).status == 404);
    CHECK(all.manager.post("/verifications", application(others.assessor, "[]")).faulty_fields() == std::vector<std::string>{"claims"});
    CHECK(
        all.manager
            .post("/verifications",
                application(others.assessor,
                    R"([{"indicator":"effluent_cod","min":50,"max":10,"unit":"kWh","conditions":{}},{"indicator":"taste","min":1,"max":2,"unit":"1","conditions":{"en":"x"}}])"))
            .faulty_fields() == std::vector<std::string>{"claims[0].conditions", "claims[0].unit", "claims[0].max", "claims[1].indicator"});
    CHECK(all.editor.post("/verifications", application(others.assessor, claims)).status == 403); // a manager applies
    CHECK(all.other_manager.post("/verifications", application(others.assessor, claims)).code() == "library.not_yours");

    const Answer applied = all.manager.post("/verifications", application(others.assessor, claims));
    REQUIRE_MESSAGE(applied.status == 200, applied.body);
    const std::string path = "/verifications/" + applied.at("/id");
    CHECK(all.nobody.get(path).status == 404);
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(others.verifier.get("/verifications?state=applied&verifier=" + others.assessor).number("/total") == 1);
    CHECK(others.verifier.get(path).at("/actions") == R"(["accept","return","refuse"])");

    CHECK(all.manager.post(path + "/accept").code() == "verification.not_verifier");
    CHECK(others.verifier.post(path + "/plan", R"({"plan_reference":"P-1"})").code() == "verification.step");
    CHECK(others.verifier.post(path + "/return").faulty_fields() == std::vector<std::string>{"comment"});
    CHECK(others.verifier.post(path + "/return", R"({"comment":"state the inflow"})").at("/state") == "returned");
    CHECK(all.manager.post(path + "/amend", R"({"existing_data":{"en":"records of 2025"}})").at("/state") == "applied");
    CHECK(others.verifier.post(path + "/accept").at("/state") == "pre_verification");
    CHECK(others.verifier.post(path + "/plan", R"({"plan_reference":"P-1"})").at("/state") == "verification");
    CHECK(others.verifier.post(path + "/confirm", R"({"results":[{"value":40,"uncertainty":5}]})").faulty_fields() == std::vector<std::string>{"results"});
    CHECK(others.verifier.post(path + "/confirm", R"({"results":[{"value":40,"uncertainty":-5},{"value":1,"uncertainty":0}]})").status == 422);
    CHECK(
        others.verifier.post(path + "/confirm", R"({"results":[{"value":40,"uncertainty":5},{"value":0.58,"uncertainty":0.04}]})").at("/state") == "reporting");
    CHECK(all.manager.get(path).at("/verdicts") == R"(["confirmed","within_uncertainty"])");
    const auto issue = [](const std::string& number, const std::string& until) {
        return fmt::format(
            R"({{"report_reference":"R-1","statement_number":"{}","statement":{{"en":"It keeps what it says."}},"valid_until":"{}"}})", number, until);
    };
    CHECK(others.verifier.post(path + "/issue", issue("ETV-1", "2020-01-01")).faulty_fields() == std::vector<std::string>{"valid_until"});
    CHECK(others.verifier.post(path + "/issue", issue("ETV-SAMPLE-2026-001", "2090-01-01")).code() == "verification.number");
    CHECK(others.verifier.post(path + "/issue", issue("ETV-1", "2090-01-01")).at("/state") == "issued");
    CHECK(all.nobody.get(path).status == 404);
    CHECK(others.verifier_manager.post(path + "/publish").status == 403);
    CHECK(all.officer.post(path + "/publish").at("/state") == "published");

    const Answer seen = all.nobody.get(path);
    CHECK(seen.at("/standing") == "valid");
    CHECK(seen.at("/verification/statement_number") == "ETV-1");
    CHECK(seen.size("/steps") == 0);
    const Answer assessment = all.nobody.get("/technologies/" + technology + "/assessment");
    CHECK(assessment.at("/statements/0/statement_number") == "ETV-1");
    CHECK(assessment.at("/statements/0/verdicts") == R"(["confirmed","within_uncertainty"])");
    CHECK(all.manager.post(path + "/withdraw", R"({"comment":"x"})").code() == "verification.not_verifier");
    CHECK(others.verifier_manager.post(path + "/withdraw", R"({"comment":"the meter was wrong"})").at("/state") == "withdrawn");
    CHECK(all.nobody.get(path).at("/standing") == "withdrawn");
    CHECK(all.nobody.get("/technologies/" + technology + "/assessment").size("/statements") == 0);
}

TEST_CASE("a verifier is independent: of the holder, and of everybody who belongs to both") {
    Cast& all = cast();
    const std::string assessor = enter_organisation(all.administrator, "Verifier with a technology of its own", "assessor");
    Visitor manager = all.newcomer("own@verifier.test", "manager", assessor);
    const std::string technology = create(manager, "/technologies", technology_body("the verifier's own"));
    REQUIRE(manager.post("/technologies/" + technology + "/publish").status == 200);
    const auto apply = [&](Visitor& who, const std::string& what, const std::string& verifier) {
        return who.post("/verifications",
            fmt::format(
                R"({{"technology":"{}","verifier":"{}","claims":[{{"indicator":"effluent_cod","min":0,"max":50,"unit":"mg/L","conditions":{{"en":"x"}}}}]}})",
                what, verifier));
    };
    CHECK(apply(manager, technology, assessor).code() == "verification.same_organisation");
    // Somebody of the verifier joins the holder after the application: it can no longer be accepted.
    const std::string island = published_technology("shared people");
    const Answer applied = apply(all.manager, island, assessor);
    REQUIRE(applied.status == 200);
    const Answer invited = all.manager.post("/invitations", R"({"email":"own@verifier.test","role":"reader"})");
    REQUIRE(accept(manager, invited.at("/link"), "Of both").status < 300);
    REQUIRE(manager.post("/session/organisation", fmt::format(R"({{"organisation":"{}"}})", assessor)).status < 300);
    CHECK(manager.post("/verifications/" + applied.at("/id") + "/accept").code() == "verification.own");
    Visitor colleague = all.newcomer("colleague@verifier.test", "editor", assessor);
    CHECK(colleague.post("/verifications/" + applied.at("/id") + "/accept").code() == "verification.shared_people");
    CHECK(apply(all.manager, island, assessor).code() == "verification.shared_people");
}

} // namespace greenbank::testing
