// roles_planning.cpp — the rows of studies and plans.
#include "roles.h"

namespace greenbank::testing {

namespace {

std::map<bool, std::string> studies, cases;

void add_planning(Stage& stage, Probes& rows) {
    for (const bool own : {true, false})
        studies[own] =
            "/studies/" +
            create(own ? stage.all.manager : stage.all.other_manager, "/studies",
                R"({"title":{"en":"An island"},"starts_at":"2026-01-01T00:00:00Z","plant":{"name":"x","demands":[{"name":"Load","column":"load","unit":"MW"}]}})");
    const std::string sharing =
        R"({"title":{"en":"Two zones"},"starts_at":"2026-01-01T00:00:00Z","sharing":{"name":"x","zones":[{"name":"a","demand":[10]}]}})";
    for (const bool own : {true, false})
        cases[own] = "/cross-border-studies/" + create(own ? stage.all.manager : stage.all.other_manager, "/cross-border-studies", sharing);
    const auto case_of = [](std::string verb) { return [verb](bool own) { return cases[own] + verb; }; };
    const auto of = [](std::string verb) { return [verb](bool own) { return studies[own] + verb; }; };
    const std::string all = "bank.planning", nobody = "/energy-plans/plan_nobody";
    rows["study_list"] = {200, at("/studies")};
    rows["study_get"] = {200, of(""), "", all};
    rows["study_create"] = {422, at("/studies"), "{}"};
    rows["study_update"] = {412, of(""), R"({"currency":"EUR"})", all, 404, {{"If-Match", "\"999\""}}};
    rows["study_delete"] = {404, at("/studies/study_nobody")};
    rows["study_copy"] = {404, at("/studies/study_nobody/copy"), "{}"};
    rows["study_series_put"] = {422, of("/series"), "other\n1\n", all};
    rows["study_series_get"] = {200, of("/series"), "", all};
    rows["cross_border_list"] = {200, at("/cross-border-studies")};
    rows["cross_border_get"] = {200, case_of(""), "", all};
    rows["cross_border_case"] = {200, case_of("/case"), "", all};
    rows["cross_border_hours"] = {404, at("/cross-border-studies/crossborder_nobody/hours")};
    rows["cross_border_create"] = {422, at("/cross-border-studies"), "{}"};
    rows["cross_border_update"] = {412, case_of(""), R"({"currency":"EUR"})", all, 404, {{"If-Match", "\"999\""}}};
    rows["cross_border_delete"] = {404, at("/cross-border-studies/crossborder_nobody")};
    rows["cross_border_copy"] = {404, at("/cross-border-studies/crossborder_nobody/copy"), "{}"};
    rows["zone_member_list"] = {200, at("/zone-members")};
    rows["zone_member_create"] = {422, at("/zone-members"), "{}"};
    rows["zone_member_delete"] = {404, at("/zone-members/zonemember_nobody")};
    rows["zone_release_list"] = {200, at("/zone-releases")};
    rows["zone_release_get"] = {404, at("/zone-releases/zonerelease_nobody")};
    rows["zone_release_create"] = {422, at("/zone-releases"), "{}"};
    rows["energy_obligation_list"] = {200, at("/energy-obligations")};
    rows["energy_obligation_get"] = {404, at("/energy-obligations/energyobligation_nobody")};
    rows["cross_border_obligations"] = {404, at("/cross-border-studies/crossborder_nobody/obligations"), "{}"};
    for (const std::string verb : {"accept", "withdraw", "pay"})
        rows["energy_obligation_" + verb] = {404, at("/energy-obligations/energyobligation_nobody/" + verb), "{}"};
    rows["energy_obligation_refuse"] = {404, at("/energy-obligations/energyobligation_nobody/refuse"), R"({"reason":"x"})"};
    rows["plan_list"] = {200, at("/energy-plans")};
    rows["plan_create"] = {422, at("/energy-plans"), "{}"};
    for (const auto& [name, path] :
        {std::pair<std::string, std::string>("plan_get", nobody), {"plan_delete", nobody}, {"plan_hours", nobody + "/hours?column=Load"},
            {"plan_schedule", nobody + "/schedule"}, {"plan_site", nobody + "/site"}, {"plan_pdf", nobody + "/pdf"}})
        rows[name] = {404, at(path)};
    rows["plan_exploration_list"] = {200, at("/plan-explorations")};
    rows["plan_exploration_get"] = {404, at("/plan-explorations/exploration_nobody")};
    rows["plan_exploration_create"] = {422, at("/plan-explorations"), "{}"};
    rows["plan_exploration_delete"] = {404, at("/plan-explorations/exploration_nobody")};
    rows["study_estimate"] = {404, at("/studies/study_nobody/estimate"), "{}"};
    rows["plan_order"] = {404, at(nobody + "/orders"), R"({"set_point":"setpoint_nobody","channel":"pv_power"})"};
    rows["plan_send"] = {404, at(nobody + "/send"), R"({"from":"2026-01-01T00:00:00Z"})"};
}

const RoleRows planning(add_planning);

} // namespace

} // namespace greenbank::testing
