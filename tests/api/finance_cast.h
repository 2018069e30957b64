// finance_cast.h — a bank whose ledger has money, with a borrower, lenders and the desk; requests, pools and accepted offers of them.
#pragma once

#include "ledger_cast.h"

namespace greenbank::testing {

/// The island asks, three lenders of which the harbour is one; the bank's officer and administrator run the desk.
struct Finance {
    Finance() {
        for (const auto& [who, amount] : {std::pair("ana", "2000.00"), {"ben", "90000.00"}})
            bank.batch.push_back(bank.transfer(bank.id(), "bank", who, amount));
        bank.send_batch();
    }
    LedgerCast bank;
    Cast& all = bank.all;
    Visitor &borrower = all.manager, &lender = all.other_manager, &desk = all.officer, &treasurer = all.administrator;
    std::vector<Visitor> others;

    void good(const Answer& answer) { REQUIRE_MESSAGE(answer.status < 300, answer.body); }
    std::string ask(const std::string& amount = "50000.00") {
        const Answer made = borrower.post(
            "/financing-requests", fmt::format(R"({{"title":{{"en":"Storage"}},"amount":{{"amount":"{}","currency":"CNY"}},"months":24}})", amount));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return made.at("/id");
    }
    static std::string offer_body(const std::string& request, const std::string& rate, const std::string& more = "") {
        return fmt::format(
            R"({{"request":"{}","amount":{{"amount":"50000.00","currency":"CNY"}},"rate":{},"months":24,"frequency":12{}}})", request, rate, more);
    }
    /// Another institution, with its manager.
    Visitor& institution(const std::string& name) {
        others.push_back(all.visitor());
        join(treasurer, others.back(), "manager@" + name + ".test", "manager", enter_organisation(treasurer, "Lender " + name));
        return others.back();
    }
    std::string pool(const std::string& more = "") {
        const Answer made = desk.post("/risk-pools",
            fmt::format(
                R"({{"title":{{"en":"40/60"}},"parties":[{{"name":{{"en":"fund"}},"account":"{}","share":400000}},{{"name":{{"en":"lender"}},"share":600000}}],"fund":0,
"claim_after_days":0,"valid_from":"2026-01-01","source":"the test"{}}})",
                bank.accounts["buyer fund"], more));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return made.at("/id");
    }
    /// An accepted offer of the lender.
    std::string loan(const std::string& more = "") {
        const Answer offered = lender.post("/financing-offers", offer_body(ask(), "4.38", more));
        REQUIRE_MESSAGE(offered.status == 201, offered.body);
        const Answer accepted = borrower.post("/financing-offers/" + offered.at("/id") + "/accept");
        REQUIRE_MESSAGE(accepted.status == 201, accepted.body);
        return "/loans/" + accepted.at("/id");
    }
    static std::string money(const std::string& amount) { return fmt::format(R"({{"amount":{{"amount":"{}","currency":"CNY"}}}})", amount); }
};

/// A deposit for one more institution, with money in it.
inline std::string deposit(Finance& all, const std::string& name, const std::string& organisation, const std::string& amount) {
    const Answer account = all.treasurer.post(
        "/ledger/accounts", fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"debits_must_not_exceed_credits"}})",
                                name, organisation, all.bank.assets["money"]));
    REQUIRE_MESSAGE(account.status == 201, account.body);
    all.bank.accounts[name] = account.at("/id");
    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "bank", name, amount));
    all.bank.send_batch();
    return account.at("/id");
}
/// A third organisation with its manager and money.
struct Third {
    Third(Finance& all, const std::string& name, const std::string& amount) :
        organisation(enter_organisation(all.treasurer, name)), visitor(all.all.visitor()) {
        join(all.treasurer, visitor, "manager@" + name + ".test", "manager", organisation);
        deposit(all, name, organisation, amount);
    }
    std::string organisation;
    Visitor visitor;
};

} // namespace greenbank::testing
