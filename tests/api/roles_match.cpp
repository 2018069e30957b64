// roles_match.cpp — the rows of the matches.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_match(Stage& stage, Probes& rows) {
    const auto of_need = [&stage](const char* what) { return [&stage, what](bool own) { return stage.drafts["/needs"][own] + what; }; };
    const auto of_technology = [&stage](const char* what) { return [&stage, what](bool own) { return stage.drafts["/technologies"][own] + what; }; };
    rows.insert({
        {"match_preview", {422, at("/match"), "{}"}},
        {"match_weights", {200, at("/match/weights")}},
        {"need_matches", {200, of_need("/matches"), "", "bank.library"}},
        {"need_exclusions", {200, of_need("/exclusions"), "", "bank.library"}},
        {"need_capital", {200, of_need("/capital"), "", "bank.library"}},
        {"need_experts", {200, of_need("/experts"), "", "bank.library"}},
        {"technology_needs", {200, of_technology("/needs"), "", "bank.library"}},
        {"technology_need_exclusions", {200, of_technology("/need-exclusions"), "", "bank.library"}},
        {"project_capital", {404, at("/projects/project_nobody/capital")}},
        {"project_policies", {404, at("/projects/project_nobody/policies")}},
        {"match_stable", {422, at("/match/stable"), R"({"need_quota":0})"}},
        {"match_run_start", {422, at("/match/runs"), R"({"top":0})"}},
        {"match_run_list", {200, at("/match/runs")}},
        {"match_run_get", {404, at("/match/runs/matchrun_nobody")}},
        {"match_result_list", {200, at("/match/results")}},
        {"match_result_get", {404, at("/match/results/matched_nobody")}},
        {"match_result_export", {200, at("/match/results/export?format=csv")}},
        {"match_feedback_record", {422, at("/match/feedback"), "{}"}},
        {"match_feedback_list", {200, at("/match/feedback")}},
        {"match_feedback_get", {404, at("/match/feedback/feedback_nobody")}},
        {"weights_edition_list", {200, at("/match/weights-editions")}},
        {"weights_edition_get", {404, at("/match/weights-editions/weights_nobody")}},
        {"weights_edition_refit", {409, at("/match/weights-editions/refit"), "{}"}},
        {"weights_edition_propose", {422, at("/match/weights-editions"), "{}"}},
        {"weights_edition_adopt", {404, at("/match/weights-editions/weights_nobody/adopt"), R"({"reason":"x"})"}},
        {"weights_edition_reject", {404, at("/match/weights-editions/weights_nobody/reject"), R"({"reason":"x"})"}},
    });
}

const RoleRows match(add_match);

} // namespace

} // namespace greenbank::testing
