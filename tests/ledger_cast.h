// ledger_cast.h — a bank whose ledger has a few accounts: "bank", "other bank" and "issuer" may go below zero, the others may not.
#pragma once

#include <map>

#include "cast.h"

namespace greenbank::testing {

class LedgerCast {
public:
    LedgerCast() : all(std::vector<std::string>{}) {
        assets["money"] = entered("/ledger/assets", R"({"code":"CNY","scale":2,"kind":"currency","name":{"en":"yuan"}})");
        assets["carbon"] = entered("/ledger/assets", R"({"code":"CEA","key":"2025","scale":3,"kind":"allowance","name":{"en":"allowances"}})");
        open("bank", "money", all.centre, "settlement", "free");
        open("other bank", "money", all.centre, "settlement", "free");
        open("ana", "money", all.organisation, "customer");
        open("ben", "money", all.other_organisation, "customer");
        open("issuer", "carbon", all.centre, "issued", "free");
        open("carbon", "carbon", all.centre, "customer");
        open("buyer", "carbon", all.centre, "customer");
        accounts["nobody"] = "account_nobody";
    }
    Visitor& administrator() { return all.administrator; }

    /// A new transfer id.
    std::string id() { return fmt::format("transfer_{:026}", ++ids_); }
    std::string transfer(const std::string& id, const std::string& debit, const std::string& credit, const std::string& amount, const std::string& more = "") {
        return fmt::format(R"({{"id":"{}","debit":"{}","credit":"{}","amount":"{}"{}}})", id, accounts[debit], accounts[credit], amount, more);
    }
    Answer post(const std::string& transfers) { return administrator().post("/ledger/transfers", "{\"transfers\":[" + transfers + "]}"); }
    std::vector<std::string> batch;
    void send_batch() {
        const Answer answer = post(fmt::format("{}", fmt::join(batch, ",")));
        REQUIRE_MESSAGE(answer.number("/accepted") == static_cast<std::int64_t>(batch.size()), answer.body.substr(0, 500));
        batch.clear();
    }
    Answer account(const std::string& name) { return administrator().get("/ledger/accounts/" + accounts[name]); }
    std::string balance(const std::string& name) { return account(name).at("/balance"); }

    Cast all;
    std::map<std::string, std::string> assets, accounts;

private:
    std::string entered(const std::string& path, const std::string& body) {
        const Answer answer = administrator().post(path, body);
        REQUIRE_MESSAGE(answer.status == 201, answer.body);
        return answer.at("/id");
    }
    void open(const std::string& name, const std::string& asset, const std::string& owner, const std::string& purpose,
        const std::string& rule = "debits_must_not_exceed_credits") {
        accounts[name] = entered("/ledger/accounts",
            fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"{}","asset":"{}","rule":"{}"}})", name, owner, purpose, assets[asset], rule));
    }
    std::uint64_t ids_ = 0;
};

} // namespace greenbank::testing
