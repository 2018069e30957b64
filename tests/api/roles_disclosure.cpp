// roles_disclosure.cpp — the rows of disclosure, agreements and policies.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Agreements, admissions and documents of each side; policies of the bank.
void add_disclosure(Stage& stage, Probes& rows) {
    rows["disclosure_get"] = {200,
        [&stage](bool own) { return "/disclosure/" + stage.drafts["/technologies"][own].substr(std::string("/technologies/").size()); }, "", "bank.library"};
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

const RoleRows disclosure(add_disclosure);

} // namespace

} // namespace greenbank::testing
