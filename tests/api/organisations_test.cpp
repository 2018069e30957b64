// organisations_test.cpp — who organisations are and who may change them.
#include "cast.h"

namespace greenbank::testing {

static std::string with_code(const std::string& code) {
    return fmt::format(R"({{"name":{{"zh":"测试公司"}},"kind":"enterprise","country":"CN","credit_code":"{}"}})", code);
}

TEST_CASE("a credit code is checked by its check digit and stands for one organisation") {
    Cast& all = cast();
    const std::string good = "91350100M000100Y43"; // the example of GB 32100-2015
    for (const std::string bad :
        {"91350100M000100Y44", "91350100M000100Y4I", "91350100M00100OY43", "913501OOM000100Y43", "91350100M000100Y4", "91350100m000100y43"}) {
        const Answer refused = all.officer.post("/organisations", with_code(bad));
        INFO(bad, " ", refused.body);
        CHECK(refused.status == 422);
        CHECK(refused.faulty_fields() == std::vector<std::string>{"credit_code"});
    }
    const Answer entered = all.officer.post("/organisations", with_code(good));
    CHECK_MESSAGE(entered.status == 201, entered.body);
    const Answer twice = all.officer.post("/organisations", with_code(good));
    CHECK(twice.status == 409);
    CHECK(twice.code() == "organisation.known");
    const Answer moved = all.officer.patch("/organisations/" + all.other_organisation, fmt::format(R"({{"credit_code":"{}"}})", good));
    CHECK_MESSAGE(moved.status == 409, "another organisation took a known credit code by an update: ", moved.body);
    CHECK(all.officer.patch("/organisations/" + entered.at("/id"), R"({"credit_code":null})").at("/credit_code").empty());
}

TEST_CASE("an organisation is changed by its manager or by the bank, and only the bank changes its kind") {
    Cast& all = cast();
    const std::string path = "/organisations/" + all.organisation;
    CHECK(all.manager.post("/organisations", R"({"name":{"en":"x"},"kind":"bank","country":"CN"})").status == 403);
    CHECK(all.editor.patch(path, R"({"about":{"en":"x"}})").code() == "access.forbidden");
    CHECK(all.other_manager.patch(path, R"({"about":{"en":"x"}})").code() == "organisation.not_yours");
    CHECK(all.manager.patch(path, R"({"kind":"bank"})").code() == "organisation.kind");
    const Answer changed = all.manager.patch(path, R"({"about":{"en":"Power for eight square kilometres."}})");
    CHECK(changed.at("/about/en") == "Power for eight square kilometres.");
    CHECK(changed.at("/name/en") == "Island power company of the test");
    CHECK(all.officer.patch(path, R"({"kind":"operator"})").at("/kind") == "operator");
    CHECK(all.nobody.get(path).at("/kind") == "operator");
}

TEST_CASE("the organisation comes from the session, never from a body") {
    Cast& all = cast();
    const Answer smuggled = all.editor.post("/needs", need_body("smuggled", fmt::format(R"(,"owner":"{}")", all.other_organisation)));
    CHECK(smuggled.status == 422);
    CHECK(smuggled.faulty_fields() == std::vector<std::string>{"owner"});
    const std::string id = create(all.editor, "/needs", need_body("our own"));
    CHECK(all.editor.get("/needs/" + id).at("/owner") == all.organisation);
    CHECK(all.editor.patch("/needs/" + id, fmt::format(R"({{"owner":"{}"}})", all.other_organisation)).faulty_fields() == std::vector<std::string>{"owner"});
    CHECK(all.editor.patch("/needs/" + id, R"({"state":"published"})").faulty_fields() == std::vector<std::string>{"state"});
    CHECK(all.editor.patch("/needs/" + id, R"({"sample":true})").faulty_fields() == std::vector<std::string>{"sample"});
    CHECK(all.editor.patch("/needs/" + id, R"({"version":7})").faulty_fields() == std::vector<std::string>{"version"});
}

} // namespace greenbank::testing
