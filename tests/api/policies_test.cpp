// policies_test.cpp — policies are entered by the bank, found, held against needs, and say which condition fails.
#include <map>

#include "cast.h"

namespace greenbank::testing {

namespace {

std::string policy_body(const std::string& title, const std::string& more = "") {
    return fmt::format(
        R"({{"title":{{"en":"{}"}},"summary":{{"en":"Pays for clean water."}},"issuer":{{"en":"City of the test"}},"level":"city","territories":["KZ"],"source":"written for the test","status":"sample","benefits":[{{"kind":"grant","what":{{"en":"10 % of the investment"}},"rate":10,"cap":{{"amount":"5000.00","currency":"CNY"}}}}]{}}})",
        title, more);
}

/// "applies", "may apply" or "does not apply", and the truth of each condition.
std::map<std::string, std::string> judged(const Answer& answers, const std::string& policy) {
    std::map<std::string, std::string> found;
    for (std::size_t i = 0; i < answers.size("/items"); ++i) {
        const std::string at = fmt::format("/items/{}", i);
        if (answers.at(at + "/policy") != policy) continue;
        found["policy"] = answers.at(at + "/truth");
        for (std::size_t k = 0; k < answers.size(at + "/conditions"); ++k) {
            const std::string condition = fmt::format("{}/conditions/{}", at, k);
            found[answers.at(condition + "/condition")] = answers.at(condition + "/truth");
            CHECK(!answers.at(condition + "/sentence").empty());
        }
        found["amount"] = answers.at(at + "/benefits/0/amount/amount");
        found["capped"] = answers.at(at + "/benefits/0/capped");
    }
    return found;
}

} // namespace

TEST_CASE("a policy is a draft of the bank until it is published, and then says of a need whether it applies and why") {
    Cast all{std::vector<std::string>{}};
    CHECK(all.manager.post("/policies", policy_body("x")).status == 403);
    const std::string id = create(
        all.officer, "/policies", policy_body("Water grant", R"(,"fields":["water"],"kinds":["enterprise"],"sizes":["small"],"valid_from":"2020-01-01")"));
    const std::string path = "/policies/" + id;
    CHECK(all.nobody.get(path).status == 404);
    REQUIRE(all.officer.post(path + "/publish").status == 200);
    CHECK(all.nobody.get(path).at("/title/en") == "Water grant");
    CHECK(wait_for([&] { return all.nobody.get("/search?kind=policy&text=grant").all("/items", "/id") == std::vector<std::string>{id}; }));

    const std::string need = create(all.manager, "/needs", need_body("pipes", R"(,"budget":{"amount":"100000.00","currency":"CNY"})"));
    REQUIRE(all.manager.post("/needs/" + need + "/publish").status == 200);
    auto found = judged(all.manager.get("/needs/" + need + "/policies"), id);
    CHECK(found["policy"] == "unknown"); // nobody knows how large the organisation is
    CHECK(found["organisation_size"] == "unknown");
    CHECK(found["field"] == "met");
    found = judged(all.manager.get("/needs/" + need + "/policies?size=small"), id);
    CHECK(found["policy"] == "met");
    CHECK(found["amount"] == "5000.00");
    CHECK(found["capped"] == "true");
    const Answer large = all.manager.get("/needs/" + need + "/policies?size=large&all=true");
    found = judged(large, id);
    CHECK(found["policy"] == "failed");
    CHECK(found["organisation_size"] == "failed");
    CHECK(found["amount"].empty());
    CHECK(judged(all.manager.get("/needs/" + need + "/policies?size=large"), id).empty());
    CHECK(judged(all.manager.get("/needs/" + need + "/policies?size=small&date=2019-12-31&all=true"), id)["date"] == "failed");
    CHECK(judged(all.manager.get("/needs/" + need + "/policies?size=small&territory=CN-33&all=true"), id)["territory"] == "failed");

    // A hidden budget is not known to strangers, so the amount is not said.
    REQUIRE(all.manager.patch("/needs/" + need, R"({"disclosure":[{"field":"budget","stage":"agreement"}]})").status == 200);
    found = judged(all.nobody.get("/needs/" + need + "/policies?size=small"), id);
    CHECK(found["policy"] == "met");
    CHECK(found["amount"].empty());
    CHECK(judged(all.reader.get("/needs/" + need + "/policies?size=small"), id)["amount"] == "5000.00");

    CHECK(all.nobody.get("/needs/" + need + "/policies?territory=nowhere").status == 422);
    CHECK(all.nobody.get("/needs/" + need + "/policies?size=huge").status == 422);
    CHECK(all.nobody.get("/organisations/" + all.organisation + "/policies?size=small").number("/considered") == 1);
    CHECK(all.nobody.get("/technologies/tech_nobody/policies").status == 404);
    CHECK(all.nobody.get("/policies/export?format=csv").body.find("Water grant") != std::string::npos);
    CHECK(all.officer.post(path + "/withdraw", R"({"reason":"over"})").status == 200);
    CHECK(all.nobody.get(path).status == 410);
    CHECK(all.nobody.get("/needs/" + need + "/policies").number("/considered") == 0);
}

TEST_CASE("a policy says at each field what is wrong with it") {
    Cast& all = cast();
    for (const auto& [more, field, code] : {std::tuple(R"(,"sectors":["Z9"])", "sectors[0]", "policy.sector"),
             {R"(,"valid_from":"2026-01-02","valid_until":"2026-01-01")", "valid_until", "policy.dates"}, {R"x(,"link":"javascript:alert(1)")x", "link", ""},
             {R"(,"classes":["99"])", "classes[0]", ""}, {R"(,"traits":["x"])", "traits[0]", ""},
             {R"(,"measures":[{"indicator":"energy_use_water","comparison":"at_most","value":1,"unit":"kg"}])", "measures[0].unit", ""}}) {
        const Answer refused = all.officer.post("/policies", policy_body("x", more));
        CHECK_MESSAGE(refused.status == 422, more);
        CHECK_MESSAGE(refused.faulty_fields() == std::vector<std::string>{field}, refused.body);
        if (*code) CHECK(refused.at("/problems/0/code") == code);
    }
    std::string official = policy_body("x");
    official.replace(official.find(R"("status":"sample")"), 17, R"("status":"official")");
    CHECK(all.officer.post("/policies", official).at("/problems/0/code") == "policy.official");
    for (const std::string wrong : {"cn", "CN-3", "XX", "CN-33a", ""}) {
        std::string body = policy_body("x");
        body.replace(body.find(R"(["KZ"])"), 6, "[\"" + wrong + "\"]");
        CHECK_MESSAGE(all.officer.post("/policies", body).status == 422, wrong);
    }
}

TEST_CASE("experts and policies come in by tables; only the bank may bring them") {
    Cast& all = cast();
    const auto import_table = [](Visitor& visitor, const std::string& kind, const std::string& text) {
        const Answer file = visitor.post("/files", fmt::format(R"({{"name":"table.csv","content_type":"text/csv","bytes":{}}})", text.size()));
        REQUIRE(file.status == 201);
        visitor.content_type = "text/csv";
        REQUIRE(visitor.post("/files/" + file.at("/id") + "/parts/0", text).status == 200);
        visitor.content_type = "application/json";
        return visitor.post("/imports", fmt::format(R"({{"kind":"{}","file":"{}","publish":true}})", kind, file.at("/id")));
    };
    const std::string experts = "姓名（中文）,姓名（英文）,国家或地区,评审领域,工作语言\n测试专家甲,Expert A of the test,中国,水污染治理,zh; "
                                "en\n测试专家乙,,没有这个国家,水污染治理,zh\n";
    CHECK(import_table(all.manager, "expert", experts).status == 403);
    const Answer made = import_table(all.officer, "expert", experts);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const Answer job = all.officer.post("/imports/" + made.at("/id") + "/run");
    REQUIRE_MESSAGE(job.status < 300, job.body);
    REQUIRE(wait_for([&] { return all.officer.get("/imports/" + made.at("/id")).at("/state") == "done"; }, 20));
    const Answer done = all.officer.get("/imports/" + made.at("/id"));
    CHECK_MESSAGE(done.at("/counts/created") == "1", done.body);
    CHECK(done.at("/counts/faulty") == "1");
    CHECK(wait_for([&] { return all.nobody.get("/search?kind=expert&text=%22Expert%20A%20of%20the%20test%22").number("/total") == 1; }));
    const std::string policies = "title.en,summary.en,issuer.en,level,territories,source,status,benefits\nImported grant,Pays.,A city,city,CN-3305,a "
                                 "table,sample,\"[{\"\"kind\"\":\"\"grant\"\",\"\"what\"\":{\"\"en\"\":\"\"money\"\"}}]\"\n";
    CHECK(import_table(all.manager, "policy", policies).status == 403);
    const Answer policy = import_table(all.officer, "policy", policies);
    REQUIRE_MESSAGE(policy.status == 201, policy.body);
    REQUIRE(all.officer.post("/imports/" + policy.at("/id") + "/run").status < 300);
    REQUIRE(wait_for([&] { return all.officer.get("/imports/" + policy.at("/id")).at("/state") == "done"; }, 20));
    CHECK_MESSAGE(all.officer.get("/imports/" + policy.at("/id")).at("/counts/created") == "1", all.officer.get("/imports/" + policy.at("/id")).body);
    CHECK(wait_for([&] { return all.nobody.get("/search?kind=policy&text=%22Imported%20grant%22").number("/total") == 1; }));
}

TEST_CASE("what is private of an expert stays with the bank and the expert, in every way out") {
    Cast& all = cast();
    const std::string id = create(all.officer, "/experts",
        fmt::format(
            R"({{"name":{{"en":"Quiet expert"}},"country":"CN","interests":[{{"organisation":"{}","nature":{{"en":"zqxinterest"}}}}]}})", all.organisation));
    REQUIRE(all.officer.post("/experts/" + id + "/publish").status == 200);
    CHECK(all.officer.get("/experts/" + id).body.find("zqxinterest") != std::string::npos);
    for (Visitor* visitor : {&all.nobody, &all.manager})
        for (const std::string& way :
            {"/experts/" + id, std::string("/experts?limit=500"), std::string("/experts/export?format=json"), std::string("/experts/export?format=csv"),
                std::string("/search?kind=expert&text=Quiet"), std::string("/search?text=zqxinterest"), std::string("/search/export?format=csv&text=Quiet")}) {
            const Answer answer = visitor->get(way);
            CHECK(answer.status == 200);
            CHECK_MESSAGE(answer.body.find("zqxinterest") == std::string::npos, way);
        }
}

} // namespace greenbank::testing
