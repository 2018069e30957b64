// roles_parties.cpp — the rows of people, organisations and the transparency log.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_parties(Stage& stage, Probes& rows) {
    rows.insert({
        {"session_get", {200, at("/session")}},
        {"setup_check", {200, at("/setup?token=x")}},
        {"setup", {422, at("/setup"), "{}"}},
        {"sign_in", {422, at("/sign-in"), "{}"}},
        {"sign_out", {404, at("/sign-out")}}, // by a token, which has no session to end
        {"organisation_choose", {422, at("/session/organisation"), "{}"}},
        {"person_update", {422, at("/person"), R"({"language":"de"})"}},
        {"password_change", {422, at("/password"), "{}"}},
        {"second_factor_begin", {200, at("/second-factor")}},
        {"second_factor_confirm", {422, at("/second-factor/confirm"), "{}"}},
        {"second_factor_remove", {422, at("/second-factor/remove"), "{}"}},
        {"session_list", {200, at("/sessions")}},
        {"session_end", {404, at("/sessions/session_nobody")}},
        {"token_list", {200, at("/tokens")}},
        {"token_create", {422, at("/tokens"), "{}"}},
        {"token_delete", {404, at("/tokens/token_nobody")}},
        {"member_list", {200, [&stage](bool own) { return "/organisations/" + stage.organisation(own) + "/members"; }, "", "bank.organisations"}},
        {"member_update", {409, [&stage](bool own) { return "/members/" + stage.managers[own]; }, R"({"role":"reader"})", "bank.organisations"}},
        {"member_remove", {409, [&stage](bool own) { return "/members/" + stage.managers[own]; }, "", "bank.organisations"}},
        {"invitation_list", {200, at("/invitations")}},
        {"invitation_create", {422, at("/invitations"), "{}"}},
        {"invitation_delete", {204, [&stage](bool own) { return stage.new_invitation(own); }, "", "bank.organisations"}},
        {"invitation_get", {410, at("/invitation?token=x")}},
        {"invitation_accept", {422, at("/invitations/accept"), "{}"}},
        {"organisation_list", {200, at("/organisations")}},
        {"organisation_get", {200, [&stage](bool own) { return "/organisations/" + stage.organisation(own); }, "", "everybody"}},
        {"organisation_create", {422, at("/organisations"), "{}"}},
        {"organisation_update", {412, [&stage](bool own) { return "/organisations/" + stage.organisation(own); }, R"({"about":{"en":"x"}})",
                                    "bank.organisations", 403, {{"If-Match", "\"999\""}}}},
        {"audit_list", {200, at("/audit")}},
        {"right_list", {200, at("/rights")}},
        {"log_show", {200, at("/log")}},
        {"log_head_get", {200, at("/log/head")}},
        {"log_head_list", {200, at("/log/heads")}},
        {"log_record_list", {200, at("/log/records")}},
        {"log_proof_get", {200, at("/log/proof?position=0")}},
        {"log_consistency_get", {200, at("/log/consistency?from=1")}},
        {"log_cosign", {400, at("/log/cosignatures"), R"({"note":"x"})"}},
        {"log_witness_list", {200, at("/log/witnesses")}},
        {"log_witness_create", {400, at("/log/witnesses"), R"({"key":"no key at all"})"}},
        {"log_witness_remove", {404, at("/log/witnesses/witness_none")}},
    });
}

const RoleRows parties(add_parties);

} // namespace

} // namespace greenbank::testing
