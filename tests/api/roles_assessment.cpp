// roles_assessment.cpp — the rows of editions, admissions, verifications, experts and panels.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Steps are asked with an If-Match of no version: whoever may take them hears of that, and nothing changes.
void add_assessment(Stage& stage, Probes& rows) {
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto admission = [&stage](std::string verb) { return [&stage, verb](bool own) { return stage.admissions[own] + verb; }; };
    const auto verification = [&stage](std::string verb) { return [&stage, verb](bool own) { return stage.verifications[own] + verb; }; };
    const std::string edition = "/editions/" + stage.edition, draft = stage.experts[false], expert = stage.experts[true];
    rows["technology_assessment"] = {200, [&stage](bool own) { return stage.drafts["/technologies"][own] + "/assessment"; }, "", "bank.library"};
    rows["scale_get"] = {200, at("/readiness-scales/iea")};
    rows["scoring_system_list"] = {200, at("/scoring-systems")};
    rows["edition_list"] = {200, at("/editions")};
    rows["edition_get"] = {200, at(edition)};
    rows["edition_create"] = {422, at("/editions"), "{}"};
    rows["edition_update"] = {412, at(edition), R"({"year":2030})", "", 404, no_version};
    for (const std::string step : {"open", "close", "publish"}) rows["edition_" + step] = {412, at(edition + "/" + step), "", "", 404, no_version};
    rows["edition_delete"] = {409, at(edition)};

    rows["admission_rule_list"] = {200, at("/admission-rules")};
    rows["admission_list"] = {200, at("/admissions")};
    rows["admission_get"] = {200, admission(""), "", "bank.assessment"};
    rows["admission_declare"] = {422, at("/admissions"), "{}"};
    for (const std::string step : {"correct", "return", "review", "recommend", "select", "reject", "renew", "withdraw"})
        rows["admission_" + step] = {412, admission("/" + step), "", "bank.assessment", 404, no_version};

    rows["verification_list"] = {200, at("/verifications")};
    rows["verification_get"] = {200, verification(""), "", "bank.assessment"};
    rows["verification_apply"] = {422, at("/verifications"), "{}"};
    for (const auto& [step, body] : {std::pair<std::string, std::string>("amend", ""), {"return", ""}, {"accept", ""}, {"refuse", ""}, {"publish", ""},
             {"withdraw", ""}, {"plan", R"({"plan_reference":"x"})"}, {"confirm", R"({"results":[{"value":1,"uncertainty":0}]})"},
             {"issue", R"({"report_reference":"x","statement_number":"x","statement":{"en":"x"},"valid_until":"2090-01-01"})"}})
        rows["verification_" + step] = {412, verification("/" + step), body, "bank.assessment", 404, no_version};

    rows["expert_list"] = {200, at("/experts")};
    rows["expert_get"] = {200, at(draft), "", "bank.assessment", 404, {}, false};
    rows["expert_create"] = {422, at("/experts"), "{}"};
    rows["expert_update"] = {412, at(draft), R"({"country":"KZ"})", "bank.assessment", 404, no_version, false};
    rows["expert_publish"] = {409, at(expert + "/publish")};
    rows["expert_withdraw"] = {409, at(draft + "/withdraw")};
    rows["expert_delete"] = {409, at(expert)};
    rows["expert_version_list"] = {200, at(draft + "/versions"), "", "bank.assessment", 404, {}, false};
    rows["expert_version_get"] = {200, at(expert + "/versions/1"), "", "bank.assessment", 403, {}, false};
    rows["expert_version_compare"] = {200, at(expert + "/difference"), "", "bank.assessment", 403, {}, false};

    rows["panel_list"] = {200, at("/panels")};
    rows["panel_get"] = {200, at(stage.panel), "", "bank.assessment", 404, {}, false};
    rows["panel_create"] = {422, at("/panels"), "{}"};
    rows["panel_invite"] = {422, at(stage.panel + "/invite"), "{}"};
    rows["panel_declare"] = {404, at(stage.panel + "/declare"), R"({"conflict":false})"}; // nobody of the cast is an expert
    rows["panel_score"] = {422, at(stage.panel + "/score"), "{}"};
    rows["panel_close"] = {412, at(stage.panel + "/close"), "", "", 404, no_version};
    rows["panel_cancel"] = {412, at(stage.panel + "/cancel"), "", "", 404, no_version};
}

const RoleRows assessment(add_assessment);

} // namespace

} // namespace greenbank::testing
