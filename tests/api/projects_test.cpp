// projects_test.cpp — the life of a project by roles: draft, partners, milestones by four eyes, stages, appraisals; and bad input.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string money =
    R"(,"budget":{"amount":"1000.00","currency":"CNY"},"budget_lines":[{"kind":"capital","name":{"en":"plant"},"amount":{"amount":"900.00","currency":"CNY"}},)"
    R"({"kind":"operating","name":{"en":"staff"},"amount":{"amount":"20.00","currency":"CNY"},"year":1}])";
const std::string effects =
    R"(,"effects":[{"kind":"electricity_generated","value":2,"unit":"MWh","price":{"amount":"90.00","currency":"CNY"},"source":"test"},)"
    R"({"kind":"emissions_avoided","value":1500,"unit":"kgCO2e","source":"test"}])";

std::string milestone(const std::string& project, const std::string& due, const std::string& more = "") {
    return fmt::format(R"({{"project":"{}","title":{{"en":"step"}},"due_on":"{}"{}}})", project, due, more);
}
std::vector<std::string> codes(const Answer& answer) { return answer.all("/problems", "/code"); }
bool has(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

} // namespace

TEST_CASE("a project's life: draft, published, built; its partner submits, its owner accepts, and never one person both") {
    Cast& all = cast();
    const std::string id = create(all.editor, "/projects",
        project_body("Life of a plant",
            money + effects +
                fmt::format(
                    R"(,"latitude":30.5,"longitude":122.1,"technologies":[{{"technology":"tech_sample_island_pv","amount":{{"value":10,"unit":"kW"}}}}],)"
                    R"("partners":[{{"organisation":"{}","role":"contractor"}}],"need":"need_sample_island_power","stage":"pilot")",
                    all.other_organisation)));
    const std::string path = "/projects/" + id;
    CHECK(all.nobody.get(path).status == 404);
    CHECK(all.other_editor.get(path).status == 200); // a partner reads the draft
    CHECK(all.officer.get(path).status == 200);
    CHECK(all.editor.post(path + "/publish").status == 403);
    CHECK(all.other_manager.post(path + "/publish").status == 403);
    CHECK(all.manager.post(path + "/progress", R"({"progress":"building"})").at("/code") == "project.not_published");
    REQUIRE(all.manager.post(path + "/publish").status == 200);

    // Everybody sees a teaser, whoever takes part all of it.
    CHECK(all.nobody.get(path).at("/budget/amount") == "1000.00");
    CHECK(all.nobody.get(path).size("/budget_lines") == 0);
    CHECK(all.nobody.get(path + "/appraisal-plan").at("/code") == "project.money_hidden");
    CHECK(all.other_editor.get(path).size("/budget_lines") == 2);
    CHECK(all.officer.get(path).size("/budget_lines") == 2);
    CHECK(all.other_editor.patch(path, R"({"title":{"en":"mine"}})").at("/code") == "project.not_yours");

    const std::string first = create(all.editor, "/milestones",
        milestone(id, "2026-05-01",
            fmt::format(R"(,"weight":60,"amount":{{"amount":"500.00","currency":"CNY"}},"proofs":["test_report","measured_data"],"responsible":"{}")",
                all.other_organisation)));
    const std::string second = create(all.editor, "/milestones", milestone(id, "2026-09-01", R"(,"weight":40,"amount":{"amount":"400.00","currency":"CNY"})"));
    CHECK(all.nobody.get("/milestones/" + first).at("/amount").empty());
    CHECK(all.other_editor.get("/milestones/" + first).at("/amount/amount") == "500.00");

    // Evidence: of the kinds asked for, by who is responsible or the owner.
    const std::string evidence = "/milestones/" + first + "/evidence";
    const Answer wrong = all.other_editor.post(evidence, R"({"kind":"invoice","note":{"en":"paid"}})");
    CHECK(codes(wrong) == std::vector<std::string>{"evidence.wrong_kind"});
    CHECK(wrong.at("/problems/0/detail").find("test report, measured data") != std::string::npos);
    CHECK(all.officer.post(evidence, R"({"kind":"test_report","note":{"en":"by the bank"}})").at("/code") == "evidence.not_your_part");
    CHECK(all.other_editor.post("/milestones/" + first + "/submit").at("/code") == "milestone.evidence_missing");
    for (const std::string kind : {"test_report", "measured_data"})
        CHECK(all.other_editor.post(evidence, fmt::format(R"({{"kind":"{}","note":{{"en":"what it shows"}}}})", kind)).status == 201);
    CHECK(all.nobody.get(evidence).status == 403);
    CHECK(all.manager.get(evidence).size("/items") == 2);
    CHECK(all.manager.remove("/milestone-evidence/" + all.manager.get(evidence).at("/items/0/id")).at("/code") == "evidence.not_yours");

    REQUIRE(all.other_manager.post("/milestones/" + first + "/submit").status == 200);
    CHECK(all.other_editor.post(evidence, R"({"kind":"test_report","note":{"en":"too late"}})").at("/code") == "evidence.closed");
    CHECK(all.other_manager.post("/milestones/" + first + "/accept").at("/code") == "milestone.part");
    CHECK(all.editor.post("/milestones/" + first + "/accept").status == 403); // no right
    CHECK(all.manager.post("/milestones/" + first + "/give-back", R"({"reason":"one page is missing"})").at("/state") == "returned");
    REQUIRE(all.other_editor.post("/milestones/" + first + "/submit").status == 200);

    // The second may be submitted, but not accepted before the first; the owner's own submission needs another person.
    REQUIRE(all.manager.post("/milestones/" + second + "/evidence", R"({"kind":"photograph","note":{"en":"it stands"}})").status == 201);
    REQUIRE(all.manager.post("/milestones/" + second + "/submit").status == 200);
    CHECK(all.manager.post("/milestones/" + second + "/accept").at("/code") == "milestone.four_eyes");
    CHECK(all.officer.post("/milestones/" + second + "/accept").at("/code") == "milestone.out_of_order");
    REQUIRE(all.manager.post("/milestones/" + first + "/accept").at("/state") == "accepted");
    CHECK(all.manager.patch("/milestones/" + first, R"({"weight":50})").at("/code") == "milestone.fixed");
    CHECK(codes(all.editor.post("/milestones", milestone(id, "2026-04-01"))) == std::vector<std::string>{"milestone.before_accepted"});
    CHECK(all.manager.get(path + "/milestones").size("/items") == 2); // nothing half done
    CHECK(all.officer.post("/milestones/" + second + "/accept").at("/state") == "accepted");
    const Answer standing = all.manager.get(path + "/standing");
    CHECK(standing.at("/accepted_amount/amount") == "900.00");
    CHECK(standing.number("/accepted_weight") == 100);
    CHECK(standing.at("/unassigned/amount") == "100.00");

    // The next stage asks for an appraisal, the one after it for a running plant.
    const Answer gates = all.manager.post(path + "/stage", R"({"stage":"demonstration"})");
    CHECK(gates.at("/code") == "project.gates");
    CHECK(gates.size("/problems") == 1);
    const Answer plan = all.other_editor.get(path + "/appraisal-plan");
    CHECK(plan.at("/capital/1/amount/amount") == "100.00"); // what has no line
    CHECK(plan.at("/avoided/0/tonnes") == "1.5");
    CHECK(plan.at("/outputs/0/price") == "90");
    const Answer kept = all.other_editor.post(path + "/appraisals", fmt::format(R"({{"title":{{"en":"the contractor's"}},"plan":{}}})", plan.body));
    REQUIRE_MESSAGE(kept.status == 201, kept.body);
    CHECK(all.nobody.get("/appraisals/" + kept.at("/id")).status == 403);
    CHECK(all.manager.get("/appraisals/" + kept.at("/id")).at("/report") == all.manager.post("/appraise", plan.body).body);
    CHECK(all.manager.post(path + "/stage", R"({"stage":"industrial"})").at("/code") == "project.stage_skipped");
    REQUIRE(all.manager.post(path + "/stage", R"({"stage":"demonstration","reason":"it works"})").at("/stage") == "demonstration");
    CHECK(all.manager.post(path + "/stage", R"({"stage":"industrial"})").size("/problems") == 1); // not running
    CHECK(all.manager.post(path + "/progress", R"({"progress":"running"})").at("/code") == "project.progress");
    for (const std::string progress : {"building", "running"})
        REQUIRE(all.manager.post(path + "/progress", fmt::format(R"({{"progress":"{}"}})", progress)).status == 200);
    REQUIRE(all.manager.post(path + "/stage", R"({"stage":"industrial"})").at("/stage") == "industrial");
    CHECK(codes(all.manager.post(path + "/stage", R"({"stage":"pilot"})")) == std::vector<std::string>{"project.reason_needed"});
    CHECK(all.manager.get(path).all("/stages", "/stage") == std::vector<std::string>{"pilot", "demonstration", "industrial"});

    // History, paper, files say the same.
    const std::vector<std::string> actions = all.manager.get(path + "/versions").all("/items", "/action");
    for (const std::string action : {"create", "publish", "stage", "progress"}) CHECK(has(actions, action));
    const std::string paper = words_of_pdf(all.manager.get(path + "/pdf").body);
    for (const std::string text : {"Lifeofaplant", "1,000CNY", "900CNY"}) CHECK_MESSAGE(paper.find(text) != std::string::npos, text);
    CHECK(words_of_pdf(all.nobody.get(path + "/pdf").body).find("900CNY") == std::string::npos);
    CHECK(all.nobody.get("/projects/export?format=csv").body.find("Life of a plant") != std::string::npos);
    CHECK(all.nobody.get("/project-map").all("/items", "/id").size() >= 13);

    CHECK(all.manager.remove(path).at("/code") == "library.published");
    REQUIRE(all.manager.post(path + "/withdraw", R"({"reason":"sold"})").status == 200);
    CHECK(all.manager.remove(path).at("/code") == "project.has_accepted");
    CHECK(all.nobody.get(path).status == 410);
}

TEST_CASE("a body with many faults is answered with all of them, and nothing is stored") {
    Cast& all = cast();
    const std::int64_t before = all.editor.get("/projects?limit=1").number("/total");
    const Answer bad = all.editor.post("/projects",
        project_body("Bad",
            R"(,"latitude":91,"classes":["9.9.9"],"budget":{"amount":"100.00","currency":"CNY"},"life":10,"starts_on":"2027-01-01","runs_from":"2026-01-01",)"
            R"("budget_lines":[{"kind":"capital","name":{"en":"a"},"amount":{"amount":"150.00","currency":"CNY"}},{"kind":"capital","name":{"en":"b"},"amount":{"amount":"1.00","currency":"USD"},"year":11}],)"
            R"("effects":[{"kind":"water_saved","value":1,"unit":"kWh","source":"x"},{"kind":"jobs","value":-1,"unit":"1","source":"x"}])"));
    CHECK(bad.status == 422);
    for (const std::string code : {"number.too_high", "project.half_a_place", "code.unknown", "project.runs_before_start", "project.currency",
             "appraisal.after_end", "unit.dimension", "number.too_low"})
        CHECK_MESSAGE(has(codes(bad), code), code, " in ", bad.body);
    CHECK(
        codes(all.editor.post("/projects",
            project_body("Bad",
                R"(,"budget":{"amount":"100.00","currency":"CNY"},"budget_lines":[{"kind":"capital","name":{"en":"a"},"amount":{"amount":"150.00","currency":"CNY"}}])"))) ==
        std::vector<std::string>{"project.over_budget"});
    // Foreign ids: what does not exist, and what another organisation keeps to itself, look the same.
    const std::string hidden = create(all.other_editor, "/needs", need_body("a secret need"));
    const Answer foreign = all.editor.post("/projects",
        project_body("Bad",
            fmt::format(
                R"(,"need":"{}","technologies":[{{"technology":"tech_nobody"}}],"partners":[{{"organisation":"org_nobody","role":"other"}},{{"organisation":"{}","role":"other"}}])",
                hidden, all.organisation)));
    CHECK(codes(foreign) == std::vector<std::string>{"project.unknown_id", "project.unknown_id", "project.unknown_id", "project.own_partner"});
    CHECK(all.editor.get("/projects?limit=1").number("/total") == before);

    const std::string id = create(all.editor, "/projects", project_body("Sums", money));
    const Answer over = all.editor.post(
        "/milestones", milestone(id, "2027-01-01",
                           fmt::format(R"(,"weight":60,"amount":{{"amount":"1000.01","currency":"CNY"}},"responsible":"{}")", all.other_organisation)));
    CHECK(codes(over) == std::vector<std::string>{"milestone.over_budget", "milestone.no_partner"});
    create(all.editor, "/milestones", milestone(id, "2027-01-01", R"(,"weight":60,"amount":{"amount":"800.00","currency":"CNY"})"));
    CHECK(codes(all.editor.post("/milestones", milestone(id, "2027-02-01", R"(,"weight":41,"amount":{"amount":"201.00","currency":"CNY"})"))) ==
          std::vector<std::string>{"milestone.weights", "milestone.over_budget"});
    CHECK(codes(all.editor.patch("/projects/" + id, R"({"budget":{"amount":"700.00","currency":"CNY"},"budget_lines":[]})")) ==
          std::vector<std::string>{"project.below_milestones"});
    // Put in between, milestones take the numbers of their days.
    create(all.editor, "/milestones", milestone(id, "2026-12-01"));
    CHECK(all.editor.get("/projects/" + id + "/milestones").all("/items", "/due_on") == std::vector<std::string>{"2026-12-01", "2027-01-01"});
    CHECK(all.editor.get("/projects/" + id + "/milestones").all("/items", "/number") == std::vector<std::string>{"1", "2"});
    CHECK(all.editor.remove("/projects/" + id).status == 204);
    CHECK(all.editor.get("/projects/" + id + "/milestones").status == 404);
}

TEST_CASE("with an agreement the money of a project opens, and its owner reads who saw it; documents open likewise") {
    Cast& all = cast();
    const std::string id = create(all.manager, "/projects", project_body("Money under an agreement", money)), path = "/projects/" + id;
    REQUIRE(all.manager.post(path + "/publish").status == 200);
    CHECK(all.other_manager.get(path).size("/budget_lines") == 0);
    CHECK(all.other_manager.get("/disclosure/" + id).at("/stage") == "public");
    const Answer asked = all.other_manager.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"to build it"}})", id));
    REQUIRE_MESSAGE(asked.status == 201, asked.body);
    const std::string agreement = "/agreements/" + asked.at("/id");
    REQUIRE(all.manager.post(agreement + "/offer", R"({"terms":"keep it to yourselves"})").status == 200);
    REQUIRE(all.manager.post(agreement + "/sign").status == 200);
    REQUIRE(all.other_manager.post(agreement + "/sign").status == 200);
    CHECK(all.other_manager.get(path).size("/budget_lines") == 2);
    CHECK(wait_for([&] { return all.manager.get("/disclosure-reads?entry=" + id).size("/items") > 0; }, 2));
    CHECK(all.nobody.get(path + "/pdf").status == 200);
}

} // namespace greenbank::testing
