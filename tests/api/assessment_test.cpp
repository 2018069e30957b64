// assessment_test.cpp — versions and tombstones, readiness, admission, verification and panels by the people whose work it is.
#include <set>

#include "cast.h"

namespace greenbank::testing {

namespace {

/// The people that assessment needs besides the cast.
struct Court {
    Court() : second_officer(cast().visitor()), verifier(cast().visitor()), verifier_manager(cast().visitor()) {
        Cast& all = cast();
        join(all.administrator, second_officer, "officer2@bank.test", "officer");
        assessor = enter_organisation(all.administrator, "Verifier of the assessment test", "assessor");
        join(all.administrator, verifier_manager, "manager@verifier.test", "manager", assessor);
        join(verifier_manager, verifier, "editor@verifier.test", "editor");
    }

    /// An expert with an account of its own in an organisation of its own.
    std::pair<Visitor, std::string> expert(const std::string& name, const std::string& more = "") {
        Visitor person = cast().newcomer(name + "@experts.test", "reader", enter_organisation(cast().administrator, "Institute of " + name));
        const std::string id = create(cast().officer, "/experts",
            fmt::format(R"({{"name":{{"en":"{}"}},"country":"CN","person":"{}"{}}})", name, person.get("/session").at("/person/id"), more));
        REQUIRE(cast().officer.post("/experts/" + id + "/publish").status == 200);
        return {std::move(person), id};
    }

    std::string open_edition(bool panel_needed = true) {
        ++number;
        const std::string id = create(cast().officer, "/editions",
            fmt::format(R"({{"number":{0},"year":2026,"title":{{"en":"edition {0}"}},"panel_needed":{1}}})", number, panel_needed));
        REQUIRE(cast().officer.post("/editions/" + id + "/open").status == 200);
        return id;
    }

    Visitor second_officer, verifier, verifier_manager;
    std::string assessor;
    int number = 700;
};
Court& court() {
    static Court all;
    return all;
}

std::string published_technology(const std::string& title, const std::string& more = "") {
    const std::string id = create(cast().manager, "/technologies", technology_body(title, more));
    REQUIRE(cast().manager.post("/technologies/" + id + "/publish").status == 200);
    return id;
}
const char* const three_cases =
    R"(,"evidence":[{"kind":"case","title":{"en":"one"},"year":2018,"country":"CN"},{"kind":"case","title":{"en":"two"},"year":2020,"country":"CN","since":"2020-05-01"},{"kind":"case","title":{"en":"three"},"year":2022,"country":"KZ"}])";

std::string declare(const std::string& edition, const std::string& technology, const std::string& class_ = "demonstration") {
    const Answer declared =
        cast().manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"{}"}})", edition, technology, class_));
    REQUIRE_MESSAGE(declared.status == 200, declared.body);
    return "/admissions/" + declared.at("/id");
}

const char* const scores_of_70 =
    R"({"scores":[{"indicator":"advancement","score":70},{"indicator":"suitability","score":70},{"indicator":"reduction_effect","score":70},{"indicator":"promotion_potential","score":70}]})";

} // namespace

// ---- versions and tombstones ------------------------------------------------------------------------------------------

TEST_CASE("every version of an entry is kept, and any two can be compared") {
    Cast& all = cast();
    for (const auto& [shelf, body] : {std::pair(std::string("/technologies"), technology_body("first title")), {"/needs", need_body("first title")},
             {"/capital-offers", capital_offer_body("first title")}}) {
        INFO(shelf);
        const std::string path = shelf + "/" + create(all.editor, shelf, body);
        CHECK(all.editor.patch(path, R"({"title":{"zh":"第二个标题"}})").status == 200);
        CHECK(all.manager.post(path + "/publish").status == 200);
        CHECK(all.officer.patch(path, R"({"title":{"en":"third title"}})").status == 200);

        const Answer versions = all.reader.get(path + "/versions");
        CHECK(versions.all("/items", "/number") == std::vector<std::string>{"4", "3", "2", "1"});
        CHECK(versions.all("/items", "/action") == std::vector<std::string>{"update", "publish", "update", "create"});
        CHECK(versions.all("/items", "/state") == std::vector<std::string>{"published", "published", "draft", "draft"});
        CHECK(!versions.at("/items/3/person_name").empty());
        CHECK(versions.body.find("\"content\"") == std::string::npos);

        const Answer first = all.editor.get(path + "/versions/1");
        CHECK(first.at("/title/en") == "first title");
        CHECK(first.at("/version") == "1");
        CHECK(first.at("/state") == "draft");
        const Answer difference = all.editor.get(path + "/difference?from=1&to=4");
        REQUIRE(difference.status == 200);
        CHECK(difference.all("/changes", "/path") == std::vector<std::string>{"/title/zh", "/title/en", "/state"});
        CHECK(difference.at("/changes/1/before") == "\"first title\"");
        CHECK(difference.at("/changes/0/before").empty());
        CHECK(all.editor.get(path + "/difference").all("/changes", "/path") == std::vector<std::string>{"/title/en"});
        CHECK(all.editor.get(path + "/difference?from=2&to=2").size("/changes") == 0);
        CHECK(all.editor.get(path + "/versions/5").code() == "library.no_version");

        // Strangers see what was published, without who did it.
        const Answer seen = all.nobody.get(path + "/versions");
        CHECK(seen.all("/items", "/number") == std::vector<std::string>{"4", "3"});
        CHECK(seen.at("/items/0/person_name").empty());
        CHECK(seen.at("/items/0/person").empty());
        CHECK(all.nobody.get(path + "/versions/3").at("/title/en") == "first title");
        CHECK(all.nobody.get(path + "/versions/1").status == 404);
        CHECK(all.other_manager.get(path + "/difference?from=1&to=4").status == 404);
    }
    CHECK(all.nobody.get("/technologies/need_x/versions").status == 404);
}

TEST_CASE("versions come in pages, and the sample bank has its first version without one being stored") {
    Cast& all = cast();
    const std::string path = "/needs/" + create(all.editor, "/needs", need_body("paged"));
    for (int i = 0; i < 8; ++i) REQUIRE(all.editor.patch(path, fmt::format(R"({{"title":{{"en":"paged {}"}}}})", i)).status == 200);
    std::vector<std::string> numbers;
    for (std::string cursor; numbers.size() < 20;) {
        const Answer page = all.editor.get(path + "/versions?limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor));
        CHECK(page.number("/total") == 9);
        for (const std::string& one : page.all("/items", "/number")) numbers.push_back(one);
        cursor = page.at("/next");
        if (cursor.empty()) break;
    }
    CHECK(numbers == std::vector<std::string>{"9", "8", "7", "6", "5", "4", "3", "2", "1"});

    const std::string sample = "/technologies/tech_sample_wet_esp";
    CHECK(all.nobody.get(sample + "/versions").all("/items", "/action") == std::vector<std::string>{"found"});
    CHECK(all.nobody.get(sample + "/versions/1").at("/id") == "tech_sample_wet_esp");
    const std::string title = all.nobody.get(sample).at("/title/en");
    REQUIRE(all.officer.patch(sample, R"({"title":{"en":"renamed"}})").status == 200);
    CHECK(all.officer.get(sample + "/versions").all("/items", "/action") == std::vector<std::string>{"update", "found"});
    CHECK(all.nobody.get(sample + "/versions/1").at("/title/en") == title);
    REQUIRE(all.officer.patch(sample, fmt::format(R"({{"title":{{"en":"{}"}}}})", title)).status == 200);
    CHECK(all.nobody.get(sample + "/difference?from=1&to=3").size("/changes") == 0);
}

TEST_CASE("a withdrawn entry leaves a tombstone; a draft leaves nothing") {
    Cast& all = cast();
    for (const auto& [shelf, body] : {std::pair(std::string("/technologies"), technology_body("taken back")), {"/needs", need_body("taken back")},
             {"/capital-offers", capital_offer_body("taken back")}}) {
        INFO(shelf);
        const std::string path = shelf + "/" + create(all.editor, shelf, body);
        REQUIRE(all.manager.post(path + "/publish").status == 200);
        CHECK(all.manager.post(path + "/withdraw", R"({"reason":""})").faulty_fields() == std::vector<std::string>{"reason"});
        REQUIRE(all.manager.post(path + "/withdraw", R"({"reason":"sold to another bank"})").status == 200);
        for (Visitor* one : {&all.nobody, &all.other_manager}) {
            const Answer gone = one->get(path);
            CHECK(gone.status == 410);
            CHECK(gone.code() == "library.withdrawn_because");
            CHECK(gone.at("/tombstone/title") == "taken back");
            CHECK(gone.at("/tombstone/reason") == "sold to another bank");
            CHECK(gone.at("/tombstone/date").size() == 10);
            CHECK(gone.at("/detail").find("taken back") != std::string::npos);
            CHECK(one->get(path + "/versions").status == 410);
            CHECK(one->get(path + "/versions/2").status == 410);
        }
        CHECK(all.other_manager.patch(path, R"({"title":{"en":"x"}})").status == 410);
        CHECK(all.reader.get(path).at("/title/en") == "taken back");
        CHECK(all.officer.get(path).at("/state") == "withdrawn");
        CHECK(all.reader.get(path + "/versions").at("/items/0/reason") == "sold to another bank");

        CHECK(all.editor.remove(path).status == 204);
        CHECK(all.editor.get(path).status == 410);
        CHECK(all.nobody.get(path).at("/tombstone/reason") == "sold to another bank");
        CHECK(all.officer.get(path + "/versions").at("/items/0/action") == "delete");
        CHECK(all.officer.get(path + "/versions/2").at("/title/en") == "taken back");

        const std::string draft = shelf + "/" + create(all.editor, shelf, body);
        REQUIRE(all.editor.patch(draft, R"({"title":{"en":"x"}})").status == 200);
        CHECK(all.editor.remove(draft).status == 204);
        CHECK(all.editor.get(draft).status == 404);
        CHECK(all.officer.get(draft + "/versions").status == 404);
    }
}

// ---- readiness --------------------------------------------------------------------------------------------------------

TEST_CASE("scales say what each level means, and a claim without evidence is remarked") {
    Cast& all = cast();
    for (const auto& [scale, levels] : {std::pair("gbt22900", 9), {"iso16290", 9}, {"iea", 11}}) {
        const Answer answer = all.nobody.get(fmt::format("/readiness-scales/{}", scale));
        CHECK(answer.size("/levels") == static_cast<std::size_t>(levels));
        for (const std::string language : {"zh", "en", "ru"})
            for (const std::string& text : answer.all("/levels", "/definition/" + language)) CHECK(text.size() > 10);
        CHECK(!answer.at("/source").empty());
    }
    CHECK(all.nobody.get("/readiness-scales/nasa").status == 422);

    const Answer refused = all.editor.post("/technologies",
        technology_body("too ready", R"(,"readiness_evidence":[{"level":10,"shows":{"en":"x"},"kind":"sales","year":2020,"link":"ftp://x"}])"));
    CHECK(refused.faulty_fields() == std::vector<std::string>{"readiness_evidence[0].link", "readiness_evidence[0].level"});

    const std::string claimed = published_technology("claims eight");
    const Answer without = all.nobody.get("/technologies/" + claimed + "/assessment");
    CHECK(without.number("/level") == 8);
    CHECK(without.number("/shown_level") == 0);
    CHECK(without.all("/remarks", "/code") == std::vector<std::string>{"readiness_nothing_shown"});
    CHECK(!without.at("/level_definition/zh").empty());
    REQUIRE(all.editor
                .patch("/technologies/" + claimed,
                    R"({"readiness_evidence":[{"level":8,"shows":{"en":"certified"},"kind":"certificate","year":2024,"link":"https://else.test/c"}]})")
                .status == 200);
    const Answer shown = all.nobody.get("/technologies/" + claimed + "/assessment");
    CHECK(shown.size("/remarks") == 0);
    CHECK(shown.number("/shown_level") == 8);
    CHECK(shown.size("/levels_without_evidence") == 7);
    std::set<std::string> sentences;
    for (const std::string language : {"zh", "en", "ru"}) {
        Visitor reader = all.visitor();
        reader.language = language;
        sentences.insert(reader.get("/technologies/tech_sample_wet_esp/assessment").at("/remarks/0/sentence"));
    }
    CHECK(sentences.size() == 3);
}

// ---- admission --------------------------------------------------------------------------------------------------------

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

// ---- experts and panels -----------------------------------------------------------------------------------------------

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
