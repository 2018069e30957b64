// roles_finance.cpp — the rows of finance.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Requests, offers, loans and pools that nobody has: whoever may ask is told so.
void add_finance(Stage&, Probes& rows) {
    const std::string request = "/financing-requests/financing_nobody", offer = "/financing-offers/offer_nobody", loan = "/loans/loan_nobody",
                      pool = "/risk-pools/pool_nobody", claim = "/pool-claims/claim_nobody";
    for (const auto& [name, path] : {std::pair<std::string, std::string>("financing_request_list", "/financing-requests"),
             {"financing_offer_list", "/financing-offers"}, {"loan_list", "/loans"}, {"risk_pool_list", "/risk-pools"}, {"pool_claim_list", "/pool-claims"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("financing_request_get", request), {"financing_offer_get", offer}, {"loan_get", loan},
             {"risk_pool_get", pool}, {"pool_claim_get", claim}, {"financing_request_withdraw", request + "/withdraw"},
             {"financing_offer_withdraw", offer + "/withdraw"}, {"financing_offer_accept", offer + "/accept"}, {"pool_claim_approve", claim + "/approve"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("financing_request_create", "/financing-requests"),
             {"financing_offer_create", "/financing-offers"}, {"risk_pool_create", "/risk-pools"}, {"pool_claim_create", "/pool-claims"}})
        rows[name] = {422, at(path), "{}"};
    const std::string money = R"("amount":{"amount":"1.00","currency":"CNY"})";
    rows["financing_offer_decline"] = {404, at(offer + "/decline"), R"({"reason":"x"})"};
    rows["loan_draw"] = {404, at(loan + "/draw"), "{" + money + "}"};
    rows["loan_repay"] = {404, at(loan + "/repay"), "{}"};
    rows["loan_write_off"] = {404, at(loan + "/write-off"), R"({"reason":"x"})"};
    rows["loan_verify"] = {404, at(loan + "/verify"), R"({"tonnes":1,"source":"x"})"};
    rows["pool_claim_refuse"] = {404, at(claim + "/refuse"), R"({"reason":"x"})"};
    rows["pool_claim_recover"] = {404, at(claim + "/recover"), "{" + money + "}"};
    const std::string cover = "/insurance-covers/cover_nobody", covered = "/insurance-claims/insuranceclaim_nobody", warning = "/loan-warnings/warning_nobody",
                      stress = "/stress-runs/stress_nobody", green = "/green-identifications/green_nobody", consent = "/credit-consents/consent_nobody",
                      query = "/credit-queries/creditquery_nobody";
    for (const auto& [name, path] :
        {std::pair<std::string, std::string>("insurance_cover_list", "/insurance-covers"), {"insurance_claim_list", "/insurance-claims"},
            {"loan_warning_list", "/loan-warnings"}, {"stress_run_list", "/stress-runs"}, {"green_rules_get", "/green-rules"},
            {"green_identification_list", "/green-identifications"}, {"credit_entry_list", "/credit-entries"}, {"credit_consent_list", "/credit-consents"},
            {"credit_dispute_list", "/credit-disputes"}, {"credit_query_list", "/credit-queries"}, {"green_bond_list", "/green-bonds"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("insurance_cover_get", cover), {"insurance_cover_withdraw", cover + "/withdraw"},
             {"insurance_cover_accept", cover + "/accept"}, {"insurance_claim_get", covered}, {"insurance_claim_approve", covered + "/approve"},
             {"loan_warning_get", warning}, {"stress_run_get", stress}, {"stress_run_input", stress + "/input"}, {"stress_run_pdf", stress + "/pdf"},
             {"green_identification_get", green}, {"green_emissions_get", green + "/emissions"}, {"green_identification_confirm", green + "/confirm"},
             {"credit_entry_get", "/credit-entries/creditentry_nobody"}, {"credit_consent_revoke", consent + "/revoke"}, {"credit_query_get", query},
             {"credit_query_report", query + "/report"}, {"credit_query_pdf", query + "/pdf"}, {"green_bond_get", "/green-bonds/bond_nobody"},
             {"green_bond_report", "/green-bonds/bond_nobody/report"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] :
        {std::pair<std::string, std::string>("insurance_cover_price", "/insurance-prices"), {"insurance_cover_create", "/insurance-covers"},
            {"insurance_claim_create", "/insurance-claims"}, {"stress_run_create", "/stress-runs"}, {"green_identification_create", "/green-identifications"},
            {"credit_entry_create", "/credit-entries"}, {"credit_consent_create", "/credit-consents"}, {"credit_dispute_create", "/credit-disputes"},
            {"credit_query_make", "/credit-queries"}, {"green_bond_create", "/green-bonds"}})
        rows[name] = {422, at(path), "{}"};
    rows["insurance_claim_refuse"] = {404, at(covered + "/refuse"), R"({"reason":"x"})"};
    rows["loan_warning_act"] = {404, at(warning + "/actions"), R"({"kind":"call","text":"x"})"};
    rows["loan_warning_complete"] = {404, at(warning + "/complete"), R"({"action":0})"};
    rows["finance_watch_start"] = {422, at("/finance-watches"), R"({"on":"2190-01-01"})"};
    rows["green_identification_refuse"] = {404, at(green + "/refuse"), R"({"reason":"x"})"};
    rows["credit_dispute_answer"] = {404, at("/credit-disputes/dispute_nobody/answer"), R"({"upheld":true,"answer":"x"})"};
    rows["green_bond_allocate"] = {404, at("/green-bonds/bond_nobody/allocate"), R"({"project":"project_nobody","amount":{"amount":"1.00","currency":"CNY"}})"};
    rows["loan_value"] = {404, at(loan + "/value-date"), R"({"day":"2026-01-01","source":"x"})"};
    rows["loan_pledge"] = {404, at(loan + "/pledge"), R"({"product":"carbonproduct_nobody","tonnes":1})"};
    rows["finance_close_start"] = {422, at("/finance-closes"), R"({"until":"2190-01-01"})"};
}

/// Contracts beside loans.
void add_contracts(Stage&, Probes& rows) {
    const std::string line = "/revolving-lines/revolvingline_nobody", lease = "/finance-leases/lease_nobody", guarantee = "/guarantees/guarantee_nobody",
                      called = "/guarantee-calls/guaranteecall_nobody", fund = "/green-funds/greenfund_nobody";
    for (const auto& [name, path] :
        {std::pair<std::string, std::string>("benchmark_fixing_list", "/benchmark-fixings"), {"contract_movement_list", "/contract-movements"},
            {"revolving_line_list", "/revolving-lines"}, {"finance_lease_list", "/finance-leases"}, {"guarantee_list", "/guarantees"},
            {"guarantee_call_list", "/guarantee-calls"}, {"green_fund_list", "/green-funds"}, {"fund_commitment_list", "/fund-commitments"},
            {"capital_call_list", "/capital-calls"}, {"fund_holding_list", "/fund-holdings"}, {"fund_distribution_list", "/fund-distributions"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("revolving_line_get", line), {"revolving_line_withdraw", line + "/withdraw"},
             {"revolving_line_accept", line + "/accept"}, {"finance_lease_get", lease}, {"finance_lease_withdraw", lease + "/withdraw"},
             {"finance_lease_accept", lease + "/accept"}, {"guarantee_get", guarantee}, {"guarantee_withdraw", guarantee + "/withdraw"},
             {"guarantee_accept", guarantee + "/accept"}, {"guarantee_pay_fee", guarantee + "/fee"}, {"guarantee_call_get", called},
             {"guarantee_call_approve", called + "/approve"}, {"green_fund_get", fund}, {"green_fund_life", fund + "/whole-life"},
             {"capital_call_pay", "/capital-calls/capitalcall_nobody/pay"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("benchmark_fixing_create", "/benchmark-fixings"),
             {"revolving_line_create", "/revolving-lines"}, {"finance_lease_create", "/finance-leases"}, {"guarantee_create", "/guarantees"},
             {"guarantee_call_create", "/guarantee-calls"}, {"green_fund_create", "/green-funds"}})
        rows[name] = {422, at(path), "{}"};
    const std::string money = R"("amount":{"amount":"1.00","currency":"CNY"})", project = R"(,"project":"project_nobody"})";
    rows["revolving_line_draw"] = {404, at(line + "/draw"), "{" + money + "}"};
    rows["revolving_line_repay"] = {404, at(line + "/repay"), "{}"};
    rows["finance_lease_pay"] = {404, at(lease + "/pay"), "{}"};
    rows["finance_lease_end"] = {404, at(lease + "/end"), R"({"buy":true})"};
    rows["guarantee_call_refuse"] = {404, at(called + "/refuse"), R"({"reason":"x"})"};
    rows["guarantee_call_recover"] = {404, at(called + "/recover"), "{" + money + "}"};
    rows["green_fund_commit"] = {404, at(fund + "/commit"), "{" + money + "}"};
    rows["green_fund_call"] = {404, at(fund + "/call"), "{" + money + R"(,"due_on":"2190-01-01","purpose":"x"})"};
    rows["green_fund_invest"] = {404, at(fund + "/invest"), "{" + money + project};
    rows["green_fund_receive"] = {404, at(fund + "/proceeds"), "{" + money + project};
    rows["green_fund_distribute"] = {404, at(fund + "/distribute"), "{" + money + "}"};
    rows["green_fund_return"] = {404, at(fund + "/return"), "{" + money + "}"};
    rows["green_fund_claw_back"] = {404, at(fund + "/clawback"), "{}"};
}

/// Models that warn, and notices across borders.
void add_warning_models(Stage&, Probes& rows) {
    const std::string partner = "/notice-partners/noticepartner_nobody", sent = "/sent-notices/sentnotice_nobody", hazard = "/hazard-models/hazard_nobody";
    for (const auto& [name, path] : {std::pair<std::string, std::string>("hazard_model_list", "/hazard-models"), {"notice_partner_list", "/notice-partners"},
             {"sent_notice_list", "/sent-notices"}, {"received_notice_list", "/received-notices"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("hazard_model_get", hazard), {"hazard_model_retire", hazard + "/retire"},
             {"notice_partner_retire", partner + "/retire"}, {"sent_notice_get", sent}, {"sent_notice_revoke", sent + "/revoke"},
             {"sent_notice_standing", sent + "/standing"}, {"received_notice_get", "/received-notices/receivednotice_nobody"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("hazard_model_create", "/hazard-models"),
             {"notice_partner_create", "/notice-partners"}, {"sent_notice_create", "/sent-notices"}, {"received_notice_take", "/received-notices"}})
        rows[name] = {422, at(path), "{}"};
    for (const char* step : {"send", "acknowledge", "refuse"}) rows[std::string("sent_notice_") + step] = {422, at(sent + "/" + step), "{}"};
    rows["hazard_training_start"] = {422, at("/hazard-trainings"), R"({"horizon":0})"};
}

/// Loans in trouble, living nature, regions.
void add_regional(Stage&, Probes& rows) {
    const std::string line = "/biodiversity-lines", product = "/biodiversity-products";
    rows["loan_dispose"] = {404, at("/loans/loan_nobody/disposal"), R"({"pledge":"pledge_nobody"})"};
    rows["loan_restructure"] = {404, at("/loans/loan_nobody/restructure"), R"({"months":12,"rate":4,"reason":"x"})"};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("biodiversity_line_list", line), {"biodiversity_product_list", product},
             {"biodiversity_report_get", "/biodiversity-report"}, {"regional_finance_get", "/regional-finance?country=CN"}})
        rows[name] = {200, at(path)};
    rows["biodiversity_line_create"] = {422, at(line), "{}"};
    rows["biodiversity_line_delete"] = {404, at(line + "/biodiversityline_nobody")};
    rows["biodiversity_product_get"] = {404, at(product + "/biodiversityproduct_nobody")};
    rows["biodiversity_product_create"] = {422, at(product), "{}"};
    rows["biodiversity_outcome_enter"] = {
        404, at(product + "/biodiversityproduct_nobody/measurements"), R"({"indicator":0,"value":1,"day":"2026-01-01","evidence":"x"})"};
    rows["biodiversity_outcome_decide"] = {404, at(product + "/biodiversityproduct_nobody/decide"), R"({"measurement":0,"confirmed":true})"};
}

const RoleRows finance(add_finance), finance_contracts(add_contracts), finance_warning_models(add_warning_models), finance_regional(add_regional);

} // namespace

} // namespace greenbank::testing
