// roles_deals.cpp — the rows of deals.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Interests, deals and contracts that nobody has: whoever may ask is told so.
void add_deals(Stage&, Probes& rows) {
    const std::string interest = "/interests/interest_nobody", message = "/interest-messages/note_nobody", deal = "/deals/deal_nobody",
                      contract = "/contracts/contract_nobody", order = "/escrow-orders/escrow_nobody", valuation = "/valuations/valuation_nobody";
    for (const auto& [name, path] :
        {std::pair<std::string, std::string>("interest_list", "/interests"), {"deal_list", "/deals"}, {"deal_funnel", "/deals/funnel"},
            {"contract_list", "/contracts"}, {"escrow_order_list", "/escrow-orders"}, {"clause_list", "/contract-clauses"}, {"valuation_list", "/valuations"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("interest_get", interest), {"interest_message_file", message + "/file"},
             {"deal_get", deal}, {"contract_get", contract}, {"contract_version_list", contract + "/versions"},
             {"contract_difference", contract + "/difference"}, {"contract_clause_list", contract + "/clauses"}, {"contract_pdf", contract + "/pdf"},
             {"contract_evidence_file", contract + "/milestones/1/evidence/1"}, {"escrow_order_get", order}, {"valuation_get", valuation},
             {"valuation_report", valuation + "/report"}, {"valuation_delete", valuation}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("interest_create", "/interests"), {"deal_create", "/deals"},
             {"contract_create", "/contracts"}, {"valuation_create", "/valuations"}})
        rows[name] = {422, at(path), "{}"};
    for (const std::string step : {"take", "accept", "withdraw"}) rows["interest_" + step] = {404, at(interest + "/" + step)};
    for (const std::string step : {"forward", "return"}) rows["interest_" + step] = {404, at(interest + "/" + step), "{}"};
    rows["interest_amend"] = {
        404, at(interest + "/amend"), R"({"cooperation_wish":"ten letters","missing_information":"ten letters","presentation":"ten letters"})"};
    rows["interest_decline"] = {404, at(interest + "/decline"), R"({"reason":"terms"})"};
    rows["interest_message_create"] = {404, at(interest + "/messages"), R"({"text":"x"})"};
    rows["interest_message_pass"] = {404, at(message + "/pass")};
    rows["interest_message_return"] = {404, at(message + "/return"), R"({"note":"x"})"};
    rows["deal_update"] = {404, at(deal), "{}"};
    rows["deal_end"] = {404, at(deal + "/end"), R"({"reason":"price"})"};
    rows["contract_update"] = {404, at(contract), "{}"};
    for (const std::string step :
        {"submit", "change", "agree", "reopen", "sign", "refuse", "withdraw", "start", "complete", "expire", "consent", "object", "resume"})
        rows["contract_" + step] = {404, at(contract + "/" + step), "{}"};
    rows["contract_take_back"] = {404, at(contract + "/take-back"), "{}"};
    rows["contract_give_notice"] = {404, at(contract + "/notice"), R"({"reason":"breach","comment":"x"})"};
    rows["contract_dispute"] = {404, at(contract + "/dispute"), R"({"reason":"breach","comment":"x"})"};
    rows["contract_settle"] = {404, at(contract + "/settle"), R"({"comment":"x"})"};
    rows["contract_pay_out"] = {404, at(contract + "/pay-out"), R"({"comment":"x"})"};
    const std::string milestone = contract + "/milestones/1";
    rows["contract_milestone_submit"] = {404, at(milestone + "/submit"), R"({"note":"x"})"};
    rows["contract_milestone_reject"] = {404, at(milestone + "/reject"), R"({"reason":"x"})"};
    for (const std::string step : {"accept", "release"}) rows["contract_milestone_" + step] = {404, at(milestone + "/" + step)};
    rows["contract_obligation_meet"] = {404, at(contract + "/obligations/1/meet")};
    rows["escrow_fund"] = {404, at(contract + "/fund"), "{}"};
    for (const std::string step : {"approve", "withdraw"}) rows["escrow_order_" + step] = {404, at(order + "/" + step)};
    rows["escrow_order_refuse"] = {404, at(order + "/refuse"), R"({"reason":"x"})"};
    rows["valuation_update"] = {404, at(valuation), "{}"};
}

const RoleRows deals(add_deals);

} // namespace

} // namespace greenbank::testing
