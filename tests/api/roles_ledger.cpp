// roles_ledger.cpp — the rows of the ledger.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Accounts that nobody has: whoever may ask is told so.
void add_ledger(Stage&, Probes& rows) {
    const std::string account = "/ledger/accounts/account_nobody", transfer = "/ledger/transfers/transfer_00000000000000000000009999",
                      hold = "/ledger/holds/transfer_00000000000000000000009999", order = "/ledger/orders/order_nobody";
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_list", "/ledger/assets"), {"account_list", "/ledger/accounts"},
             {"period_list", "/ledger/periods"}, {"hold_list", "/ledger/holds"}, {"transfer_order_list", "/ledger/orders"},
             {"maker_limit_list", "/ledger/limits"}, {"trial_balance_get", "/ledger/trial-balance"}, {"reconciliation_get", "/ledger/reconciliation"},
             {"exchange_rate_list", "/ledger/rates"}, {"journal_export", "/ledger/journal"}})
        rows[name] = {200, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_get", "/ledger/assets/asset_nobody"), {"account_get", account},
             {"account_balance", account + "/balance"}, {"statement_get", account + "/statement"}, {"statement_export", account + "/statement/export"},
             {"statement_check", "/ledger/statements/statement_nobody"}, {"statement_pdf", "/ledger/statements/statement_nobody/pdf"},
             {"transfer_get", transfer}, {"transfer_order_get", order}, {"revaluation_get", "/ledger/revaluation?into=asset_nobody"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("asset_create", "/ledger/assets"), {"account_create", "/ledger/accounts"},
             {"period_close", "/ledger/periods/close"}, {"period_reopen", "/ledger/periods/reopen"}, {"transfer_batch", "/ledger/transfers"},
             {"transfer_create", "/ledger/transfer"}, {"transfer_order_create", "/ledger/orders"}, {"maker_limit_set", "/ledger/limits"},
             {"exchange_rate_create", "/ledger/rates"}})
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

const RoleRows ledger(add_ledger);

} // namespace

} // namespace greenbank::testing
