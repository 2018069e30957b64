// roles_test.cpp — every operation for every role, on what belongs to its own and to another organisation.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "cast.h"
#include "contract.h"

namespace greenbank::testing {

namespace {

/// A harmless request, and the status of it for those who may.
struct Probe {
    int allowed;
    std::function<std::string(bool own)> path; // own: what belongs to the island, else to the harbour
    std::string body = {};
    std::string across = {}; // the right to act on what belongs to other organisations; "everybody", "nobody"
    int stranger = 404;      // for those who have the operation's right but not that
    std::vector<Header> headers = {};
    bool owned = true; // belonging to the own organisation is enough; else only `across` counts
};

struct Player {
    std::string role;
    Visitor* visitor;
    bool of_island;
};

class Stage {
public:
    Stage() : all(std::vector<std::string>{}) {
        for (const bool own : {true, false}) {
            Visitor& manager = own ? all.manager : all.other_manager;
            for (const auto& [path, body] :
                {std::pair("/technologies", technology_body("x")), {"/needs", need_body("x")}, {"/capital-offers", capital_offer_body("x")}}) {
                drafts[path][own] = path + ("/" + create(manager, path, body));
                published[path][own] = path + ("/" + create(manager, path, body));
                REQUIRE(manager.post(published[path][own] + "/publish").status == 200);
            }
            const Answer members = manager.get("/organisations/" + organisation(own) + "/members");
            for (std::size_t i = 0; i < members.size("/items"); ++i)
                if (members.at(fmt::format("/items/{}/role", i)) == "manager") managers[own] = members.at(fmt::format("/items/{}/id", i));
        }
        enter_assessment();
        job = all.administrator.post("/search/rebuild").at("/id");
        wait_for_job(all.administrator, job);
        const Answer rows = all.reader.get("/rights");
        for (std::size_t i = 0; i < rows.size("/items"); ++i)
            for (const std::string& role : rows.all(fmt::format("/items/{}/roles", i), "")) rights[role].insert(rows.at(fmt::format("/items/{}/right", i)));
    }

    /// An open edition, an admission and a verification of each side, experts and a panel.
    void enter_assessment() {
        const std::string assessor = enter_organisation(all.administrator, "Verifier of the test", "assessor");
        edition = create(all.officer, "/editions", R"({"number":9001,"year":2026,"title":{"en":"edition of roles"}})");
        REQUIRE(all.officer.post("/editions/" + edition + "/open").status == 200);
        for (const bool own : {true, false}) {
            Visitor& manager = own ? all.manager : all.other_manager;
            const std::string technology = published["/technologies"][own].substr(std::string("/technologies/").size());
            const Answer declared =
                manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition, technology));
            REQUIRE_MESSAGE(declared.status == 200, declared.body);
            admissions[own] = "/admissions/" + declared.at("/id");
            const Answer applied = manager.post("/verifications",
                fmt::format(
                    R"({{"technology":"{}","verifier":"{}","claims":[{{"indicator":"effluent_cod","min":0,"max":50,"unit":"mg/L","conditions":{{"en":"x"}}}}]}})",
                    technology, assessor));
            REQUIRE_MESSAGE(applied.status == 200, applied.body);
            verifications[own] = "/verifications/" + applied.at("/id");
        }
        REQUIRE(all.officer.post(admissions[false] + "/review").status == 200);
        REQUIRE(all.administrator.post(admissions[false] + "/recommend").status == 200);
        const Answer opened = all.officer.post("/panels", fmt::format(R"({{"admission":"{}"}})", admissions[false].substr(std::string("/admissions/").size())));
        REQUIRE_MESSAGE(opened.status == 201, opened.body);
        panel = "/panels/" + opened.at("/panel/id");
        for (const bool is_published : {true, false})
            experts[is_published] = "/experts/" + create(all.officer, "/experts", R"({"name":{"en":"An expert"},"country":"CN"})");
        REQUIRE(all.officer.post(experts[true] + "/publish").status == 200);
    }

    const std::string& organisation(bool own) const { return own ? all.organisation : all.other_organisation; }
    std::string new_invitation(bool own) {
        const Answer invited =
            (own ? all.manager : all.other_manager).post("/invitations", fmt::format(R"({{"email":"guest{}@nowhere.test","role":"reader"}})", ++guests));
        return "/invitations/" + invited.at("/id");
    }
    bool has(const Player& player, const std::string& right) const {
        if (right == "open") return true;
        if (player.role == "nobody") return false;
        const auto found = rights.find(player.role);
        return right == "signed_in" || (found != rights.end() && found->second.contains(right));
    }

    Cast all;
    std::map<std::string, std::map<bool, std::string>> drafts, published;
    std::map<bool, std::string> managers, admissions, verifications, experts; // experts: by being published
    std::string edition, panel;
    std::string job;
    std::map<std::string, std::set<std::string>> rights;
    int guests = 0;
};

/// Steps are asked with an If-Match of no version: whoever may take them hears of that, and nothing changes.
void add_assessment(Stage& stage, std::map<std::string, Probe>& rows) {
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto at = [](std::string path) { return [path](bool) { return path; }; };
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

/// Agreements, admissions and documents of each side; policies of the bank.
void add_disclosure(Stage& stage, std::map<std::string, Probe>& rows) {
    const auto at = [](std::string path) { return [path](bool) { return path; }; };
    rows["disclosure_get"] = {200, [&stage](bool own) { return "/disclosure/" + stage.drafts["/technologies"][own].substr(std::string("/technologies/").size()); }, "", "bank.library"};
    rows["disclosure_read_list"] = {200, at("/disclosure-reads")};
    rows["entry_document_list"] = {200, at("/entry-documents")};
    rows["entry_document_get"] = {404, at("/entry-documents/doc_nobody")};
    rows["entry_document_create"] = {422, at("/entry-documents"), "{}"};
    rows["entry_document_update"] = {404, at("/entry-documents/doc_nobody"), "{}"};
    rows["entry_document_delete"] = {404, at("/entry-documents/doc_nobody")};
    rows["entry_document_content"] = {404, at("/entry-documents/doc_nobody/content")};
    rows["agreement_list"] = {200, at("/agreements")};
    rows["agreement_get"] = {404, at("/agreements/nda_nobody")};
    rows["agreement_document"] = {404, at("/agreements/nda_nobody/document")};
    rows["agreement_request"] = {422, at("/agreements"), "{}"};
    rows["agreement_offer"] = {404, at("/agreements/nda_nobody/offer"), R"({"terms":"x"})"};
    for (const std::string step : {"sign", "refuse", "end"}) rows["agreement_" + step] = {404, at("/agreements/nda_nobody/" + step)};
    rows["disclosure_grant_list"] = {200, at("/disclosure-grants")};
    rows["disclosure_grant_create"] = {422, at("/disclosure-grants"), "{}"};
    rows["disclosure_grant_end"] = {404, at("/disclosure-grants/admit_nobody/end")};
    rows["policy_list"] = {200, at("/policies")};
    rows["policy_get"] = {404, at("/policies/policy_nobody")};
    rows["policy_create"] = {422, at("/policies"), "{}"};
    rows["policy_update"] = {404, at("/policies/policy_nobody"), "{}"};
    rows["policy_publish"] = {404, at("/policies/policy_nobody/publish")};
    rows["policy_withdraw"] = {404, at("/policies/policy_nobody/withdraw")};
    rows["policy_delete"] = {404, at("/policies/policy_nobody")};
    rows["policy_export"] = {200, at("/policies/export?format=csv")};
    rows["expert_export"] = {200, at("/experts/export?format=json")};
    rows["technology_policies"] = {200, [&stage](bool own) { return stage.drafts["/technologies"][own] + "/policies"; }, "", "bank.library"};
    rows["need_policies"] = {200, [&stage](bool own) { return stage.drafts["/needs"][own] + "/policies"; }, "", "bank.library"};
    rows["organisation_policies"] = {200, [&stage](bool own) { return "/organisations/" + stage.organisation(own) + "/policies"; }, "", "everybody"};
}

/// Accounts that nobody has: whoever may ask is told so.
void add_ledger(std::map<std::string, Probe>& rows) {
    const auto at = [](std::string path) { return [path](bool) { return path; }; };
    const std::string account = "/ledger/accounts/account_nobody", transfer = "/ledger/transfers/transfer_00000000000000000000009999",
                      hold = "/ledger/holds/transfer_00000000000000000000009999", order = "/ledger/orders/order_nobody";
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_list", "/ledger/assets"), {"account_list", "/ledger/accounts"}, {"period_list", "/ledger/periods"},
             {"hold_list", "/ledger/holds"}, {"transfer_order_list", "/ledger/orders"}, {"maker_limit_list", "/ledger/limits"}, {"trial_balance_get", "/ledger/trial-balance"},
             {"reconciliation_get", "/ledger/reconciliation"}, {"exchange_rate_list", "/ledger/rates"}, {"journal_export", "/ledger/journal"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_get", "/ledger/assets/asset_nobody"), {"account_get", account}, {"account_balance", account + "/balance"},
             {"statement_get", account + "/statement"}, {"statement_export", account + "/statement/export"}, {"statement_check", "/ledger/statements/statement_nobody"},
             {"statement_pdf", "/ledger/statements/statement_nobody/pdf"}, {"transfer_get", transfer}, {"transfer_order_get", order}, {"revaluation_get", "/ledger/revaluation?into=asset_nobody"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_create", "/ledger/assets"), {"account_create", "/ledger/accounts"}, {"period_close", "/ledger/periods/close"},
             {"period_reopen", "/ledger/periods/reopen"}, {"transfer_batch", "/ledger/transfers"}, {"transfer_create", "/ledger/transfer"}, {"transfer_order_create", "/ledger/orders"},
             {"maker_limit_set", "/ledger/limits"}, {"exchange_rate_create", "/ledger/rates"}})
        rows[name] = {422, at(path), "{}"};
    rows["account_update"] = {404, at(account), "{}"};
    rows["account_set_state"] = {404, at(account + "/state"), R"({"state":"frozen"})"};
    rows["transfer_reverse"] = {404, at(transfer + "/reverse"), "{}"};
    rows["hold_post"] = {404, at(hold + "/post"), "{}"};
    rows["hold_void"] = {404, at(hold + "/void"), "{}"};
    rows["statement_issue"] = {404, at(account + "/statements"), R"({"first_day":"2020-01-01","last_day":"2020-01-31"})"};
    rows["transfer_order_approve"] = {404, at(order + "/approve"), "{}"};
    rows["transfer_order_refuse"] = {404, at(order + "/refuse"), R"({"reason":"x"})"};
    rows["transfer_order_withdraw"] = {404, at(order + "/withdraw"), "{}"};
    rows["maker_limit_delete"] = {404, at("/ledger/limits/limit_nobody")};
}

/// One row an operation: what a test must know beyond the contract.
std::map<std::string, Probe> probes(Stage& stage) {
    const auto at = [](std::string path) { return [path](bool) { return path; }; };
    std::map<std::string, Probe> rows = {
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
        {"member_list", {200, [&](bool own) { return "/organisations/" + stage.organisation(own) + "/members"; }, "", "bank.organisations"}},
        {"member_update", {409, [&](bool own) { return "/members/" + stage.managers[own]; }, R"({"role":"reader"})", "bank.organisations"}},
        {"member_remove", {409, [&](bool own) { return "/members/" + stage.managers[own]; }, "", "bank.organisations"}},
        {"invitation_list", {200, at("/invitations")}},
        {"invitation_create", {422, at("/invitations"), "{}"}},
        {"invitation_delete", {204, [&](bool own) { return stage.new_invitation(own); }, "", "bank.organisations"}},
        {"invitation_get", {410, at("/invitation?token=x")}},
        {"invitation_accept", {422, at("/invitations/accept"), "{}"}},
        {"organisation_list", {200, at("/organisations")}},
        {"organisation_get", {200, [&](bool own) { return "/organisations/" + stage.organisation(own); }, "", "everybody"}},
        {"organisation_create", {422, at("/organisations"), "{}"}},
        {"organisation_update", {412, [&](bool own) { return "/organisations/" + stage.organisation(own); }, R"({"about":{"en":"x"}})", "bank.organisations",
                                    403, {{"If-Match", "\"999\""}}}},
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
        {"job_list", {200, at("/jobs")}},
        {"job_get", {200, at("/jobs/" + stage.job), "", "bank.jobs"}},
        {"job_cancel", {409, at("/jobs/" + stage.job + "/cancel"), "", "bank.jobs"}},
        {"job_events", {200, at("/jobs/" + stage.job + "/events"), "", "bank.jobs"}},
        {"oai_get", {200, at("//oai?verb=Identify")}},
        {"oai_schema", {200, at("//oai/greenbank.xsd")}},
        {"catalogue_json_ld", {200, at("//catalog.jsonld")}},
        {"catalogue_turtle", {200, at("//catalog.ttl")}},
        {"thesaurus_json_ld", {200, at("//thesaurus.jsonld")}},
        {"thesaurus_turtle", {200, at("//thesaurus.ttl")}},
        {"thesaurus_rdf", {200, at("//thesaurus.rdf")}},
        {"sitemap", {200, at("//sitemap.xml")}},
        {"sitemap_technology", {200, at("//sitemap-technology.xml")}},
        {"sitemap_need", {200, at("//sitemap-need.xml")}},
        {"sitemap_capital_offer", {200, at("//sitemap-capital_offer.xml")}},
        {"robots", {200, at("//robots.txt")}},
        {"oai_post", {200, at("//oai"), "verb=Identify"}},
        {"technology_pdf", {404, at("/technologies/tech_nobody/pdf")}},
        {"edition_pdf", {404, at("/editions/edition_nobody/pdf")}},
        {"technology_export", {200, at("/technologies/export?format=csv")}},
        {"need_export", {200, at("/needs/export?format=json")}},
        {"capital_offer_export", {200, at("/capital-offers/export")}},
        {"organisation_export", {200, at("/organisations/export")}},
        {"search_export", {200, at("/search/export?text=water")}},
        {"import_place_list", {200, at("/import-places?kind=technology")}},
        {"import_template", {200, at("/import-template?kind=need")}},
        {"import_create", {422, at("/imports"), "{}"}},
        {"import_list", {200, at("/imports")}},
        {"import_get", {404, at("/imports/import_nobody")}},
        {"import_update", {404, at("/imports/import_nobody"), "{}"}},
        {"import_check", {404, at("/imports/import_nobody/check")}},
        {"import_run", {404, at("/imports/import_nobody/run")}},
        {"import_undo", {404, at("/imports/import_nobody/undo")}},
        {"file_create", {422, at("/files"), "{}"}},
        {"file_part_put", {404, at("/files/file_nobody/parts/0"), "x"}},
        {"file_get", {404, at("/files/file_nobody")}},
        {"file_content", {404, at("/files/file_nobody/content")}},
        {"file_delete", {404, at("/files/file_nobody")}},
        {"sample_load", {200, at("/sample/load")}},
        {"sample_remove", {200, at("/sample/remove")}},
        {"home_get", {200, at("/home")}},
        {"reference_get", {200, at("/reference/units")}},
        {"class_tree_list", {200, at("/class-trees")}},
        {"class_tree_get", {200, at("/class-trees/fields")}},
        {"class_walk_get", {200, at("/class-trees/fields/walk?code=water")}},
        {"class_suggest", {422, at("/class-suggestions"), "{}"}},
        {"patent_class_get", {200, at("/patent-classes?symbols=Y02E10%2F50")}},
        {"search_get", {200, at("/search")}},
        {"search_suggest", {200, at("/search/suggest?text=w")}},
        {"search_rebuild", {200, at("/search/rebuild")}},
        {"search_miss_list", {200, at("/search-misses")}},
        {"search_miss_delete", {404, at("/search-misses/miss_nobody")}},
        {"saved_search_list", {200, at("/saved-searches")}},
        {"saved_search_get", {404, at("/saved-searches/search_nobody")}},
        {"saved_search_create", {422, at("/saved-searches"), "{}"}},
        {"saved_search_update", {404, at("/saved-searches/search_nobody"), "{}"}},
        {"saved_search_delete", {404, at("/saved-searches/search_nobody")}},
        {"saved_search_feed_open", {404, at("/saved-searches/search_nobody/feed")}},
        {"saved_search_feed_close", {404, at("/saved-searches/search_nobody/feed")}},
        {"saved_search_feed", {404, at("//feeds/nobody")}},
        {"notice_list", {200, at("/notices")}},
        {"notice_seen", {422, at("/notices/seen"), "{}"}},
        {"concept_list", {200, at("/concepts")}},
        {"concept_tree", {200, at("/concept-tree")}},
        {"concept_get", {200, at("/concepts/concept_water_field")}},
        {"concept_usage", {200, at("/concepts/concept_water_field/usage")}},
        {"concept_create", {422, at("/concepts"), "{}"}},
        {"concept_update", {412, at("/concepts/concept_water_field"), R"({"scope_note":{"en":"x"}})", "", 404, {{"If-Match", "\"999\""}}}},
        {"concept_publish", {409, at("/concepts/concept_water_field/publish")}},
        {"concept_withdraw", {412, at("/concepts/concept_water_field/withdraw"), "", "", 404, {{"If-Match", "\"999\""}}}},
        {"concept_delete", {409, at("/concepts/concept_water_field")}},
        {"concept_merge", {422, at("/concepts/concept_water_field/merge"), "{}"}},
        {"concept_resolve", {409, at("/concepts/concept_water_field/resolve"), "{\"take_reference\":false}"}},
        {"concept_version_list", {200, at("/concepts/concept_water_field/versions")}},
        {"concept_version_get", {200, at("/concepts/concept_water_field/versions/1")}},
        {"concept_version_compare", {200, at("/concepts/concept_water_field/difference")}},
        {"thesaurus_check", {404, at("/thesaurus-check"), R"({"file":"file_nobody"})"}},
        {"thesaurus_import", {404, at("/thesaurus-import"), R"({"file":"file_nobody","fingerprint":"x"})"}},
        {"match_preview", {422, at("/match"), "{}"}},
        {"match_weights", {200, at("/match/weights")}},
        {"need_matches", {200, [&](bool own) { return stage.drafts["/needs"][own] + "/matches"; }, "", "bank.library"}},
        {"need_exclusions", {200, [&](bool own) { return stage.drafts["/needs"][own] + "/exclusions"; }, "", "bank.library"}},
    };
    for (const auto& [noun, path] :
        {std::pair<std::string, std::string>("technology", "/technologies"), {"need", "/needs"}, {"capital_offer", "/capital-offers"}}) {
        const auto draft = [&stage, path = path](const std::string& verb) { return [&stage, path, verb](bool own) { return stage.drafts[path][own] + verb; }; };
        const auto open = [&stage, path = path](
                              const std::string& verb) { return [&stage, path, verb](bool own) { return stage.published[path][own] + verb; }; };
        rows[noun + "_list"] = {200, at(path)};
        rows[noun + "_get"] = {200, draft(""), "", "bank.library"};
        rows[noun + "_create"] = {422, at(path), "{}"};
        rows[noun + "_update"] = {412, open(""), R"({"title":{"en":"y"}})", "bank.library", 403, {{"If-Match", "\"999\""}}};
        rows[noun + "_publish"] = {409, open("/publish"), "", "bank.library", 403};
        rows[noun + "_withdraw"] = {409, draft("/withdraw"), "", "bank.library", 404};
        rows[noun + "_delete"] = {409, open(""), "", "bank.library", 403};
        rows[noun + "_version_list"] = {200, draft("/versions"), "", "bank.library"};
        rows[noun + "_version_get"] = {200, draft("/versions/1"), "", "bank.library"};
        rows[noun + "_version_compare"] = {200, draft("/difference"), "", "bank.library"};
    }
    add_assessment(stage, rows);
    add_disclosure(stage, rows);
    add_ledger(rows);
    return rows;
}

/// What must come out, by the right of the operation, the table of rights and the probe.
int expected(const Stage& stage, const Operation& operation, const Probe& probe, const Player& player, bool own) {
    if (!stage.has(player, operation.right)) return player.role == "nobody" ? 401 : 403;
    if (probe.across.empty() || probe.across == "everybody" || (own && player.of_island && probe.owned && probe.across != "bank.jobs")) return probe.allowed;
    return stage.has(player, probe.across) && player.role != "nobody" ? probe.allowed : probe.stranger;
}

} // namespace

TEST_CASE("every operation is allowed to whom its right says, and to nobody else") {
    Stage stage;
    Cast& all = stage.all;
    std::map<std::string, Probe> rows = probes(stage);
    std::vector<Player> players = {{"nobody", &all.nobody, false}, {"reader", &all.reader, true}, {"editor", &all.editor, true},
        {"manager", &all.manager, true}, {"officer", &all.officer, false}, {"administrator", &all.administrator, false}};
    // Tokens without restriction must come to the same; what only a browser may do is said here.
    const std::set<std::string> browser_only = {"second_factor_begin", "second_factor_confirm", "token_create", "session_end", "token_delete"};
    std::map<std::string, Visitor> machines;
    for (const Player& player : players) {
        Visitor machine = all.visitor();
        if (player.role != "nobody") machine.bearer = player.visitor->post("/tokens", R"({"name":"all"})").at("/token");
        machines.emplace(player.role, std::move(machine));
    }
    int asked = 0, wrong = 0;
    for (const Operation& operation : contract().operations) {
        const auto row = rows.find(operation.id);
        CHECK_MESSAGE(row != rows.end(), operation.id, " has no row in the table of probes: say here what a harmless request is");
        if (row == rows.end()) continue;
        const Probe& probe = row->second;
        for (const Player& player : players)
            for (const bool own : {true, false})
                for (const bool by_token : {false, true}) {
                    if (operation.id == "sign_out" && !by_token) continue; // not harmless; sign_in_test does it
                    if (player.role == "nobody" && by_token) continue;
                    int want = expected(stage, operation, probe, player, own);
                    // Prepared requests are read before anything is looked up, so a body that is never sound says 422.
                    if (by_token && browser_only.contains(operation.id)) want = probe.allowed == 422 ? 422 : 403;
                    Visitor& visitor = by_token ? machines.at(player.role) : *player.visitor;
                    const Answer answer = visitor.send(operation.method, probe.path(own), probe.body, probe.headers);
                    ++asked;
                    if (answer.status == want && (answer.status < 400 || answer.is_problem())) continue;
                    ++wrong;
                    MESSAGE(operation.id, " ", operation.method, " ", probe.path(own), " by ", player.role, std::string(by_token ? " with a token" : ""),
                        std::string(own ? " on the own" : " on another's"), ": ", answer.status, " instead of ", want, " ", answer.body.substr(0, 200));
                }
    }
    for (const auto& [id, probe] : rows)
        CHECK_MESSAGE(std::any_of(contract().operations.begin(), contract().operations.end(), [&](const Operation& one) { return one.id == id; }), id,
            " is in the table of probes but not in the contract");
    CHECK(wrong == 0);
    MESSAGE(asked, " requests of ", contract().operations.size(), " operations, ", wrong, " wrong");
}

TEST_CASE("forged tokens open nothing that is not open to all") {
    Stage stage;
    const std::map<std::string, Probe> rows = probes(stage);
    int wrong = 0;
    for (const std::string forged : {"gb_", "gb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "admin", "eyJhbGciOiJub25lIn0.e30.", "x' OR '1'='1"}) {
        Visitor forger = stage.all.visitor();
        forger.bearer = forged;
        for (const Operation& operation : contract().operations) {
            const auto row = rows.find(operation.id);
            if (operation.right == "open" || row == rows.end()) continue;
            const Answer answer = forger.send(operation.method, row->second.path(true), row->second.body, row->second.headers);
            wrong += answer.status != 401;
        }
        forger.bearer.clear();
        forger.cookie = forged == "x' OR '1'='1" ? "x' OR 1" : forged;
        for (const Operation& operation : contract().operations)
            if (const auto row = rows.find(operation.id); operation.right != "open" && row != rows.end())
                wrong += forger.send(operation.method, row->second.path(false), row->second.body, row->second.headers).status != 401;
    }
    CHECK(wrong == 0);
}

TEST_CASE("every status that comes is a documented one") {
    // `default` stands for every problem; what succeeds must be named by its own status.
    Stage stage;
    Cast& all = stage.all;
    const auto documented = [](const std::string& id, int status) {
        for (const Operation& operation : contract().operations)
            if (operation.id == id) return std::find(operation.statuses.begin(), operation.statuses.end(), std::to_string(status)) != operation.statuses.end();
        return false;
    };
    const auto check = [&](const std::string& id, const Answer& answer) {
        CHECK_MESSAGE(documented(id, answer.status), id, " answers ", answer.status, ", which the contract does not name");
    };
    check("need_create", all.editor.post("/needs", need_body("x")));
    check("technology_create", all.editor.post("/technologies", technology_body("x")));
    check("capital_offer_create", all.editor.post("/capital-offers", capital_offer_body("x")));
    check("organisation_create", all.officer.post("/organisations", R"({"name":{"en":"x"},"kind":"bank","country":"CN"})"));
    check("invitation_create", all.manager.post("/invitations", R"({"email":"x@x.test","role":"reader"})"));
    check("token_create", all.manager.post("/tokens", R"({"name":"x"})"));
    check("need_delete", all.editor.remove(stage.drafts["/needs"][true]));
    check("need_list", all.editor.get("/needs"));
}

} // namespace greenbank::testing
