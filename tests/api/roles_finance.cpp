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
    rows["finance_close_start"] = {422, at("/finance-closes"), R"({"until":"2190-01-01"})"};
}

const RoleRows finance(add_finance);

} // namespace

} // namespace greenbank::testing
