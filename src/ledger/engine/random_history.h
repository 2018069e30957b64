// random_history.h — made-up requests that break every rule now and then: repeats with and without changes, late and early
// arrivals, leaps of time, chains, holds, reversals, amounts at the end of the numbers.
#pragma once

#include <algorithm>
#include <array>

#include "kernel/random.h"
#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

class RandomHistory {
public:
    RandomHistory(Random random, std::size_t accounts, std::size_t assets) : random_(random), accounts_(accounts), assets_(assets) {}

    Random& random() { return random_; }
    Time now() const { return now_; }

    Account account() {
        static constexpr std::array<std::uint16_t, 5> rules = {0, 0, 0, flag::debits_must_not_exceed_credits, flag::credits_must_not_exceed_debits};
        Account account{.id = {7, ++accounts_made_}, .asset = asset()};
        account.flags = random_.pick(rules);
        limits(account);
        return account;
    }
    void limits(Account& account) {
        account.balance_min.reset();
        account.balance_max.reset();
        if (random_.chance(0.2)) account.balance_min = random_.between(-300, 100);
        if (random_.chance(0.2)) account.balance_max = random_.between(-100, 500);
        if (random_.chance(0.02)) account.balance_min = static_cast<SignedAmount>(Amount{1} << 127); // the lowest there is
        if (account.balance_min && account.balance_max && *account.balance_min > *account.balance_max) account.balance_max.reset();
    }
    AssetNumber asset() { return static_cast<AssetNumber>(random_.below(assets_)); }
    AccountNumber account_number() {
        if (random_.chance(0.02)) return random_.chance(0.5) ? AccountNumber::none : static_cast<AccountNumber>(accounts_ + random_.below(3));
        return static_cast<AccountNumber>(random_.below(accounts_));
    }
    Period period() {
        const std::int32_t first = date_of(now_).days + static_cast<std::int32_t>(random_.between(-3, 1));
        return {{first}, {first + static_cast<std::int32_t>(random_.below(3))}};
    }

    std::vector<Transfer> batch(std::size_t most) {
        std::vector<Transfer> batch;
        const std::size_t size = 1 + random_.below(most);
        while (batch.size() < size) {
            if (!late_.empty() && random_.chance(0.1)) { // arrives after others that were sent later
                batch.push_back(random_.pick(late_));
                continue;
            }
            const Transfer next = request();
            asked_.push_back(next);
            if (random_.chance(0.05)) late_.push_back(next);
            else batch.push_back(next);
        }
        return batch;
    }

private:
    Amount amount() {
        if (random_.chance(0.03)) return amount_max - random_.below(3);
        if (random_.chance(0.03)) return Amount{1} << 127;
        return random_.chance(0.05) ? 0 : random_.below(120);
    }
    /// Of one of the latest requests, mostly of a kind that makes sense.
    TransferId known_id(Kind kind) {
        if (asked_.empty()) return {1, 1};
        const Transfer* some = nullptr;
        for (int tries = 0; tries < 5; ++tries) {
            some = &asked_[asked_.size() - 1 - random_.below(std::min<std::size_t>(asked_.size(), 30))];
            if (kind == Kind::reversal ? some->kind == Kind::posted || some->kind == Kind::post_pending : some->kind == Kind::pending) break;
        }
        return some->id;
    }

    Transfer request() {
        if (random_.chance(0.3)) now_ = now_ + milliseconds(random_.between(0, 3000));
        if (random_.chance(0.01)) now_ = now_ + hours(random_.between(1, 60));
        if (!asked_.empty() && random_.chance(0.12)) return repeated();
        Transfer next;
        next.id = {random_.below(4), ++ids_made_};
        if (random_.chance(0.01)) next.id = {};
        next.at = random_.chance(0.05) ? now_ - minutes(random_.between(0, 30)) : now_;
        const std::uint64_t die = random_.below(100);
        next.kind = die < 40   ? Kind::posted
                    : die < 62 ? Kind::pending
                    : die < 76 ? Kind::post_pending
                    : die < 89 ? Kind::void_pending
                    : die < 99 ? Kind::reversal
                               : Kind::expiry;
        const bool plain = next.kind == Kind::posted || next.kind == Kind::pending;
        next.amount = plain || random_.chance(0.5) ? amount() : 0;
        if (plain || random_.chance(0.1)) {
            next.debit = account_number();
            next.credit = account_number();
        }
        if (!plain || random_.chance(0.01)) next.refers_to = random_.chance(0.02) ? TransferId{} : known_id(next.kind);
        if (random_.chance(0.1)) next.asset = random_.chance(0.1) ? AssetNumber::unknown : asset();
        if (next.kind == Kind::pending ? random_.chance(0.6) : random_.chance(0.01)) next.timeout_seconds = static_cast<std::uint32_t>(1 + random_.below(20));
        if (plain ? random_.chance(0.15) : random_.chance(0.01)) next.balancing = static_cast<std::uint8_t>(random_.below(random_.chance(0.05) ? 6 : 4));
        next.linked = random_.chance(0.25);
        if (random_.chance(0.01)) next.fault = random_.chance(0.5) ? Code::amount_negative : Code::amount_too_large;
        next.purpose = static_cast<std::uint32_t>(random_.below(3));
        if (random_.chance(0.1)) next.booking_date = {date_of(now_).days + static_cast<std::int32_t>(random_.between(-3, 3))};
        if (random_.chance(0.1)) next.value_date = {date_of(now_).days + static_cast<std::int32_t>(random_.between(-30, 30))};
        return next;
    }

    /// An earlier request again, sometimes with another content.
    Transfer repeated() {
        Transfer again = random_.pick(asked_);
        again.at = now_;
        if (random_.chance(0.5)) return again;
        switch (random_.below(12)) {
        case 0: again.kind = static_cast<Kind>(random_.below(kind_count)); break;
        case 1: again.debit = account_number(); break;
        case 2: again.credit = account_number(); break;
        case 3: again.asset = asset(); break;
        case 4: again.amount = amount(); break;
        case 5: again.refers_to = known_id(again.kind); break;
        case 6: again.balancing ^= 1; break;
        case 7: again.timeout_seconds += 1; break;
        case 8: again.purpose += 1; break;
        case 9: again.memo += 1; break;
        case 10: again.booking_date = {date_of(now_).days - 40}; break;
        default: again.value_date = {date_of(now_).days - 400}; break;
        }
        return again;
    }

    Random random_;
    std::size_t accounts_, assets_;
    std::uint64_t accounts_made_ = 0, ids_made_ = 0;
    Time now_{1'795'000'000'000'000}; // November 2026
    std::vector<Transfer> asked_, late_;
};

} // namespace greenbank::ledger
