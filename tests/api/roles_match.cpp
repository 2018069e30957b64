// roles_match.cpp — the rows of the matches.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_match(Stage& stage, Probes& rows) {
    rows.insert({
        {"match_preview", {422, at("/match"), "{}"}},
        {"match_weights", {200, at("/match/weights")}},
        {"need_matches", {200, [&stage](bool own) { return stage.drafts["/needs"][own] + "/matches"; }, "", "bank.library"}},
        {"need_exclusions", {200, [&stage](bool own) { return stage.drafts["/needs"][own] + "/exclusions"; }, "", "bank.library"}},
    });
}

const RoleRows match(add_match);

} // namespace

} // namespace greenbank::testing
