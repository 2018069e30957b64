// story.h — the ledger's stories in text, played line by line; for tests.
//
// asset CNY 2 | account ana CNY flag… min -500 max 900 | flags ana flag… | close ana | period 2026-11-01 2026-11-30 | at 60 |
// commit | rollback | balance ana 0+100 debits, 20+0 credits
// t1 posted ana ben 100 more…   where more is: asset CNY, timeout 30, linked, of t0, booked 2026-11-03, value …, memo 7,
//                               purpose 3, balance debit|credit|both, fault amount_negative
// A line may end in "-> code"; without it, it must be ok. Linked lines are one batch with the line after them.
#pragma once

#include <doctest/doctest.h>

#include <sstream>

#include "kernel/text.h"
#include "ledger/engine/ledger.h"
#include "ledger/engine/memory_journal.h"

namespace greenbank::ledger {

inline const Time midnight = *parse_time("2026-11-20T00:00:00Z");

class Story {
public:
    void play(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const std::string_view trimmed = trim(line);
            if (trimmed.empty() || trimmed.starts_with('#')) continue;
            INFO("line: " << trimmed);
            const std::size_t arrow = trimmed.find("->");
            expected_ = arrow == std::string_view::npos ? "ok" : std::string(trim(trimmed.substr(arrow + 2)));
            words_ = words(trimmed.substr(0, arrow));
            at_ = 0;
            step(next());
            REQUIRE_MESSAGE(at_ == words_.size(), "what is ", at_ < words_.size() ? words_[at_] : "", "?");
        }
        REQUIRE_MESSAGE(batch_.empty(), "the story ends within a chain");
        REQUIRE(ledger_.verify());
    }

private:
    static std::vector<std::string> words(std::string_view text) {
        std::vector<std::string> words;
        for (const std::string_view word : split(text, ' '))
            if (!word.empty()) words.emplace_back(word);
        return words;
    }
    std::string next() { return at_ < words_.size() ? words_[at_++] : std::string(); }
    bool more() const { return at_ < words_.size(); }

    void step(const std::string& verb) {
        if (verb == "asset") {
            const std::string text = next();
            const std::size_t slash = text.find('/');
            answered(ledger_.add_asset({text.substr(0, slash), slash == std::string::npos ? "" : text.substr(slash + 1), more() ? std::stoi(next()) : 0}));
        } else if (verb == "account") open();
        else if (verb == "flags") {
            const AccountNumber number = account(next());
            answered(ledger_.set_flags(number, flags()));
        } else if (verb == "limits") {
            const AccountNumber number = account(next());
            const Account limits = settings();
            answered(ledger_.set_limits(number, limits.balance_min, limits.balance_max));
        } else if (verb == "close") answered(ledger_.close_account(account(next())));
        else if (verb == "period" || verb == "reopen") {
            const Date first = *parse_date(next()), last = *parse_date(next());
            answered(verb == "period" ? ledger_.close_period({first, last}) : ledger_.reopen_period({first, last}));
        } else if (verb == "at") now_ = midnight + seconds(std::stol(next()));
        else if (verb == "advance") ledger_.advance(now_ = midnight + seconds(std::stol(next())));
        else if (verb == "commit") {
            journal_.append(ledger_.uncommitted());
            ledger_.commit();
        } else if (verb == "rollback") ledger_.rollback();
        else if (verb == "balance") balance();
        else transfer(verb);
    }

    template <class T> void answered(const Result<T>& result) {
        const std::string code = result ? "ok" : result.error().code.substr(result.error().code.find('.') + 1);
        CHECK(code == expected_);
    }

    std::uint16_t flags() {
        std::uint16_t flags = 0;
        while (more()) {
            const std::string word = words_[at_];
            if (word == "debits_must_not_exceed_credits") flags |= flag::debits_must_not_exceed_credits;
            else if (word == "credits_must_not_exceed_debits") flags |= flag::credits_must_not_exceed_debits;
            else if (word == "frozen") flags |= flag::frozen;
            else if (word == "debits_frozen") flags |= flag::debits_frozen;
            else break;
            ++at_;
        }
        return flags;
    }
    Account settings() {
        Account account;
        account.flags = flags();
        while (more()) {
            const std::string word = next();
            if (word == "min") account.balance_min = std::stol(next());
            else if (word == "max") account.balance_max = std::stol(next());
            else FAIL("no such setting: ", word);
        }
        return account;
    }
    void open() {
        const std::string name = next();
        const auto asset = ledger_.find_asset(next());
        Account account = settings();
        account.id = {1, name == "nameless" ? 0 : number(name)};
        if (name == "nameless") account.id = {};
        account.asset = asset.value_or(AssetNumber::unknown);
        answered(ledger_.open_account(account));
    }
    std::uint64_t number(const std::string& name) { return names_.try_emplace(name, names_.size() + 1).first->second; }
    AccountNumber account(const std::string& name) {
        return name == "-" ? AccountNumber::none : ledger_.find_account({1, number(name)}).value_or(AccountNumber::unknown);
    }
    Amount amount(const std::string& text) {
        if (!text.starts_with("2^128")) return *parse_amount(text);
        return amount_max - (*parse_amount(text.substr(6)) - 1); // 2^128-1 and below
    }

    void balance() {
        const Balances& has = ledger_.balances(account(next()));
        const std::string debits = next();
        next(); // "debits,"
        const std::string credits = next();
        next(); // "credits"
        CHECK(amount_text(has.debits_pending) + "+" + amount_text(has.debits_posted) == debits);
        CHECK(amount_text(has.credits_pending) + "+" + amount_text(has.credits_posted) == credits);
    }

    void transfer(const std::string& id) {
        static constexpr std::string_view kinds[] = {"posted", "pending", "post", "void", "reverse", "expire"};
        Transfer asked;
        asked.id = id == "-" ? TransferId{} : TransferId{2, number(id)};
        asked.at = now_;
        const std::string kind = next();
        const auto found = std::find(std::begin(kinds), std::end(kinds), kind);
        REQUIRE_MESSAGE(found != std::end(kinds), "no such line: ", id, " ", kind);
        asked.kind = static_cast<Kind>(found - std::begin(kinds));
        const bool plain = asked.kind == Kind::posted || asked.kind == Kind::pending;
        if (!plain) {
            const std::string hold = next();
            if (hold != "-") asked.refers_to = {2, number(hold)};
            if (more() && words_[at_][0] >= '0' && words_[at_][0] <= '9') asked.amount = amount(next());
        } else {
            asked.debit = account(next());
            asked.credit = account(next());
            asked.amount = amount(next());
        }
        while (more()) detail(asked, next());
        batch_.push_back(asked);
        batch_expected_.push_back(expected_);
        if (!asked.linked || ends_) send();
    }
    void detail(Transfer& asked, const std::string& word) {
        if (word == "linked") asked.linked = true;
        else if (word == "end") ends_ = true; // a chain that stays open
        else if (word == "asset") asked.asset = ledger_.find_asset(next()).value_or(AssetNumber::unknown);
        else if (word == "timeout") asked.timeout_seconds = static_cast<std::uint32_t>(std::stol(next()));
        else if (word == "of") asked.refers_to = {2, number(next())};
        else if (word == "from") asked.debit = account(next());
        else if (word == "to") asked.credit = account(next());
        else if (word == "booked") asked.booking_date = *parse_date(next());
        else if (word == "value") asked.value_date = *parse_date(next());
        else if (word == "memo") asked.memo = std::stoul(next());
        else if (word == "purpose") asked.purpose = static_cast<std::uint32_t>(std::stoul(next()));
        else if (word == "fault") asked.fault = next() == "amount_negative" ? Code::amount_negative : Code::amount_too_large;
        else if (word == "balance") {
            const std::string side = next();
            asked.balancing = side == "debit" ? balancing::debit : side == "credit" ? balancing::credit : side == "both" ? 3 : 4;
        } else FAIL("no such detail: ", word);
    }
    void send() {
        std::vector<Outcome> outcomes(batch_.size());
        REQUIRE(ledger_.apply(batch_, outcomes));
        for (std::size_t i = 0; i < batch_.size(); ++i)
            CHECK_MESSAGE(to_text(outcomes[i].code) == batch_expected_[i], "transfer ", i + 1, " of ", batch_.size());
        batch_.clear();
        batch_expected_.clear();
        ends_ = false;
    }

    MemoryJournal journal_;
    Ledger ledger_{journal_};
    std::map<std::string, std::uint64_t> names_;
    Time now_ = midnight;
    std::vector<std::string> words_;
    std::size_t at_ = 0;
    std::string expected_;
    std::vector<Transfer> batch_;
    std::vector<std::string> batch_expected_;
    bool ends_ = false;
};

} // namespace greenbank::ledger
