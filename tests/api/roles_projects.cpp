// roles_projects.cpp — the rows of projects.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_projects(Stage& stage, Probes& rows) {
    static std::string drafts[2], published[2], milestones[2];
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        drafts[own] = "/projects/" + create(manager, "/projects", project_body("draft"));
        const std::string id = create(manager, "/projects", project_body("published"));
        published[own] = "/projects/" + id;
        REQUIRE(manager.post(published[own] + "/publish").status == 200);
        milestones[own] = "/milestones/" + create(manager, "/milestones", fmt::format(R"({{"project":"{}","title":{{"en":"m"}},"due_on":"2030-01-01"}})", id));
    }
    const auto of = [](const std::string(&paths)[2], std::string more = "") { return [&paths, more](bool own) { return paths[own] + more; }; };
    const std::string bank = "bank.projects";
    rows.insert({
        {"project_list", {200, at("/projects")}},
        {"project_get", {200, of(drafts), "", bank}},
        {"project_map", {200, at("/project-map")}},
        {"project_create", {422, at("/projects"), "{}"}},
        {"project_update", {422, of(published), R"({"field":"fire"})", "nobody", 403}},
        {"project_publish", {409, of(published, "/publish"), "", "nobody", 403}},
        {"project_withdraw", {422, of(drafts, "/withdraw"), R"({"reason":""})", "everybody"}},
        {"project_delete", {409, of(published), "", "nobody", 403}},
        {"project_export", {200, at("/projects/export?format=csv")}},
        {"project_pdf", {200, of(published, "/pdf"), "", "everybody"}},
        {"project_version_list", {200, of(published, "/versions"), "", "everybody"}},
        {"project_version_get", {200, of(published, "/versions/2"), "", "everybody"}},
        {"project_version_compare", {200, of(published, "/difference"), "", bank}},
        {"project_standing", {200, of(drafts, "/standing"), "", bank}},
        {"project_move", {409, of(published, "/stage"), R"({"stage":"industrial"})", "nobody", 403}},
        {"project_progress", {409, of(published, "/progress"), R"({"progress":"finished"})", "nobody", 403}},
        {"milestone_list", {200, of(drafts, "/milestones"), "", bank}},
        {"milestone_get", {200, of(milestones), "", "everybody"}},
        {"milestone_create", {422, at("/milestones"), "{}"}},
        {"milestone_update", {422, of(milestones), R"({"weight":101})", "nobody", 403}},
        {"milestone_delete", {404, at("/milestones/milestone_nobody")}},
        {"milestone_may", {200, of(milestones, "/actions"), "", "everybody"}},
        {"milestone_submit", {409, of(milestones, "/submit"), "", "nobody", 403}},
        {"milestone_take_back", {409, of(milestones, "/take-back"), "", "everybody"}},
        {"milestone_accept", {409, of(milestones, "/accept"), "", "everybody"}},
        {"milestone_give_back", {409, of(milestones, "/give-back"), R"({"reason":"x"})", "everybody"}},
        {"milestone_evidence_list", {200, of(milestones, "/evidence"), "", bank, 403}},
        {"milestone_evidence_add", {422, of(milestones, "/evidence"), "{}", "everybody"}},
        {"milestone_evidence_delete", {404, at("/milestone-evidence/proof_nobody")}},
        {"milestone_evidence_content", {404, at("/milestone-evidence/proof_nobody/content")}},
        {"appraisal_compute", {422, at("/appraise"), "{}"}},
        {"appraisal_draft", {200, of(published, "/appraisal-plan"), "", bank, 403}},
        {"appraisal_list", {200, of(published, "/appraisals"), "", bank, 403}},
        {"appraisal_keep", {422, of(published, "/appraisals"), "{}", "everybody"}},
        {"appraisal_get", {404, at("/appraisals/appraisal_nobody")}},
        {"appraisal_plan", {404, at("/appraisals/appraisal_nobody/plan")}},
    });
}

const RoleRows projects(add_projects);

} // namespace

} // namespace greenbank::testing
