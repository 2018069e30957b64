// naive.cpp — one rule a line, in the order of codes.h; the first that is broken is the answer.
#include "ledger/engine/naive.h"

#include <algorithm>
#include <functional>

namespace greenbank::ledger {

AssetNumber NaiveLedger::add_asset(const Asset& asset) {
    assets_.push_back(asset);
    return static_cast<AssetNumber>(assets_.size() - 1);
}

AccountNumber NaiveLedger::open_account(const Account& account) {
    const auto number = static_cast<AccountNumber>(accounts_.size());
    accounts_.push_back(account);
    balances_[number] = {};
    return number;
}

void NaiveLedger::close_days(Period period) {
    for (std::int32_t day = period.first.days; day <= period.last.days; ++day) closed_days_.insert(day);
}

void NaiveLedger::reopen_days(Period period) {
    for (std::int32_t day = period.first.days; day <= period.last.days; ++day) closed_days_.erase(day);
}

const Entry* NaiveLedger::line_of(const TransferId& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &lines_[found->second];
}

Amount NaiveLedger::left_of(const Entry& original) const {
    const auto taken = reversed_.find(original.transfer.id);
    return original.transfer.amount - (taken == reversed_.end() ? 0 : taken->second);
}

namespace {

/// A whole number of 256 bits with a sign, as two limbs: enough for any sum of four amounts.
struct Wide {
    SignedAmount high = 0;
    Amount low = 0;

    Wide(Amount amount) : low(amount) {}
    static Wide of(SignedAmount amount) {
        Wide wide(static_cast<Amount>(amount));
        wide.high = amount < 0 ? -1 : 0;
        return wide;
    }
    friend Wide operator+(Wide a, const Wide& b) {
        a.high += b.high + (b.low > amount_max - a.low ? 1 : 0);
        a.low += b.low;
        return a;
    }
    friend Wide operator-(Wide a, const Wide& b) {
        a.high -= b.high + (b.low > a.low ? 1 : 0);
        a.low -= b.low;
        return a;
    }
    friend bool operator<(const Wide& a, const Wide& b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }
};

Wide debits(const Balances& has) { return Wide(has.debits_pending) + has.debits_posted; }
Wide credits(const Balances& has) { return Wide(has.credits_pending) + has.credits_posted; }

Amount clamped(const Wide& wide) { return wide.high < 0 ? 0 : wide.high > 0 ? amount_max : wide.low; }

} // namespace

struct NaiveLedger::Facts {
    const Entry* there = nullptr;    // the line with this id
    const Entry* referred = nullptr; // the line it refers to
    AccountNumber debit, credit;
    Amount amount = 0, held = 0;
    bool settles = false, reverses = false, plain = false;
    const Account *giver = nullptr, *taker = nullptr; // where they are known
    Balances given, taken;
    Date day;
};

NaiveLedger::Facts NaiveLedger::facts_of(const Transfer& asked) const {
    Facts facts;
    facts.there = line_of(asked.id);
    facts.referred = asked.refers_to.empty() ? nullptr : line_of(asked.refers_to);
    facts.settles = asked.kind == Kind::post_pending || asked.kind == Kind::void_pending;
    facts.reverses = asked.kind == Kind::reversal;
    facts.plain = asked.kind == Kind::posted || asked.kind == Kind::pending;
    facts.debit = asked.debit;
    facts.credit = asked.credit;
    facts.amount = asked.amount;
    facts.day = asked.booking_date == no_date ? date_of(clock_) : asked.booking_date;
    if (facts.referred && facts.settles) {
        facts.debit = facts.referred->transfer.debit;
        facts.credit = facts.referred->transfer.credit;
        facts.held = facts.referred->transfer.amount;
        if (asked.amount == 0) facts.amount = facts.held;
    }
    if (facts.referred && facts.reverses) {
        facts.debit = facts.referred->transfer.credit;
        facts.credit = facts.referred->transfer.debit;
        if (asked.amount == 0) facts.amount = left_of(*facts.referred);
    }
    if (index_of(facts.debit) < accounts_.size()) {
        facts.giver = &accounts_[index_of(facts.debit)];
        facts.given = balances_.at(facts.debit);
    }
    if (index_of(facts.credit) < accounts_.size()) {
        facts.taker = &accounts_[index_of(facts.credit)];
        facts.taken = balances_.at(facts.credit);
    }
    if (asked.balancing && facts.giver && facts.taker) {
        if (asked.amount == 0) facts.amount = amount_max;
        if (asked.balancing & balancing::debit) {
            SignedAmount keep = facts.giver->balance_min.value_or(0);
            if (facts.giver->flags & flag::debits_must_not_exceed_credits && keep < 0) keep = 0;
            facts.amount = std::min(facts.amount, clamped(Wide(facts.given.credits_posted) - debits(facts.given) - Wide::of(keep)));
        }
        if (asked.balancing & balancing::credit) {
            SignedAmount top = facts.taker->balance_max.value_or(0);
            if (facts.taker->flags & flag::credits_must_not_exceed_debits && top > 0) top = 0;
            facts.amount = std::min(facts.amount, clamped(Wide(facts.taken.debits_posted) + Wide::of(top) - credits(facts.taken)));
        }
    }
    return facts;
}

Code NaiveLedger::judge(const Transfer& asked, const Facts& facts) const {
    const Transfer* there = facts.there ? &facts.there->transfer : nullptr;
    const Transfer* referred = facts.referred ? &facts.referred->transfer : nullptr;
    const auto fate = [&](Kind kind) { return facts.settles && resolved_.contains(asked.refers_to) && resolved_.at(asked.refers_to) == kind; };
    const auto unknown = [&](AccountNumber said, bool needed) { return (needed || said != AccountNumber::none) && index_of(said) >= accounts_.size(); };
    const auto other = [&](AccountNumber said, AccountNumber is) { return said != is && (facts.plain || said != AccountNumber::none); };
    const auto has = [](const Account* account, int flags) { return (account->flags & flags) != 0; };
    const bool moves = asked.kind != Kind::void_pending, needs_room = facts.plain || facts.reverses;

    const std::pair<Code, std::function<bool()>> rules[] = {
        {Code::id_missing, [&] { return asked.id.empty(); }},
        {asked.fault, [&] { return asked.fault != Code::ok; }},
        {Code::exists_with_other_kind, [&] { return there && there->kind != asked.kind; }},
        {Code::exists_with_other_debit_account, [&] { return there && other(asked.debit, there->debit); }},
        {Code::exists_with_other_credit_account, [&] { return there && other(asked.credit, there->credit); }},
        {Code::exists_with_other_asset, [&] { return there && asked.asset != AssetNumber::none && asked.asset != there->asset; }},
        {Code::exists_with_other_amount, [&] { return there && asked.amount != facts.there->requested; }},
        {Code::exists_with_other_reference, [&] { return there && asked.refers_to != there->refers_to; }},
        {Code::exists_with_other_balancing, [&] { return there && asked.balancing != there->balancing; }},
        {Code::exists_with_other_timeout, [&] { return there && asked.timeout_seconds != there->timeout_seconds; }},
        {Code::exists_with_other_purpose, [&] { return there && asked.purpose != there->purpose; }},
        {Code::exists_with_other_memo, [&] { return there && asked.memo != there->memo; }},
        {Code::exists_with_other_booking_date, [&] { return there && asked.booking_date != no_date && asked.booking_date != there->booking_date; }},
        {Code::exists_with_other_value_date, [&] { return there && asked.value_date != no_date && asked.value_date != there->value_date; }},
        {Code::exists, [&] { return there != nullptr; }},

        {Code::kind_unexpected, [&] { return !facts.plain && !facts.settles && !facts.reverses; }},
        {Code::reference_missing, [&] { return !facts.plain && asked.refers_to.empty(); }},
        {Code::reference_unexpected, [&] { return facts.plain && !asked.refers_to.empty(); }},
        {Code::timeout_unexpected, [&] { return asked.kind != Kind::pending && asked.timeout_seconds != 0; }},
        {Code::balancing_unexpected, [&] { return (!facts.plain && asked.balancing != 0) || asked.balancing > 3; }},

        {Code::hold_unknown, [&] { return facts.settles && !referred; }},
        {Code::hold_not_pending, [&] { return facts.settles && referred->kind != Kind::pending; }},
        {Code::hold_already_posted, [&] { return fate(Kind::post_pending); }},
        {Code::hold_already_voided, [&] { return fate(Kind::void_pending); }},
        {Code::hold_expired, [&] { return fate(Kind::expiry); }},
        {Code::original_unknown, [&] { return facts.reverses && !referred; }},
        {Code::original_not_posted, [&] { return facts.reverses && referred->kind != Kind::posted && referred->kind != Kind::post_pending; }},
        {Code::already_reversed, [&] { return facts.reverses && left_of(*facts.referred) == 0; }},

        {Code::debit_account_unknown, [&] { return unknown(asked.debit, facts.plain); }},
        {Code::credit_account_unknown, [&] { return unknown(asked.credit, facts.plain); }},
        {Code::debit_account_differs, [&] { return other(asked.debit, facts.debit); }},
        {Code::credit_account_differs, [&] { return other(asked.credit, facts.credit); }},
        {Code::accounts_same, [&] { return facts.debit == facts.credit; }},
        {Code::accounts_in_different_assets, [&] { return facts.giver->asset != facts.taker->asset; }},
        {Code::asset_differs, [&] { return asked.asset != AssetNumber::none && asked.asset != facts.giver->asset; }},

        {Code::amount_zero, [&] { return facts.plain && !asked.balancing && asked.amount == 0; }},
        {Code::amount_exceeds_hold, [&] { return asked.kind == Kind::post_pending && facts.amount > facts.held; }},
        {Code::amount_differs_from_hold, [&] { return asked.kind == Kind::void_pending && facts.amount != facts.held; }},
        {Code::amount_exceeds_original, [&] { return facts.reverses && facts.amount > left_of(*facts.referred); }},

        {Code::debit_account_closed, [&] { return has(facts.giver, flag::closed); }},
        {Code::credit_account_closed, [&] { return has(facts.taker, flag::closed); }},
        {Code::debit_account_frozen, [&] { return moves && has(facts.giver, flag::frozen | flag::debits_frozen); }},
        {Code::credit_account_frozen, [&] { return moves && has(facts.taker, flag::frozen); }},
        {Code::period_closed, [&] { return closed_days_.contains(facts.day.days); }},

        {Code::nothing_to_balance, [&] { return asked.balancing && facts.amount == 0; }},
        {Code::timeout_overflow,
            [&] {
                return asked.timeout_seconds && Wide::of(never.microseconds) < Wide::of(clock_.microseconds) + Wide(Amount{asked.timeout_seconds} * 1'000'000);
            }},
        {Code::debits_overflow, [&] { return needs_room && (debits(facts.given) + facts.amount).high != 0; }},
        {Code::credits_overflow, [&] { return needs_room && (credits(facts.taken) + facts.amount).high != 0; }},
        {Code::debits_exceed_credits,
            [&] {
                return needs_room && has(facts.giver, flag::debits_must_not_exceed_credits) &&
                       Wide(facts.given.credits_posted) < debits(facts.given) + facts.amount;
            }},
        {Code::credits_exceed_debits,
            [&] {
                return needs_room && has(facts.taker, flag::credits_must_not_exceed_debits) &&
                       Wide(facts.taken.debits_posted) < credits(facts.taken) + facts.amount;
            }},
        {Code::balance_below_minimum,
            [&] {
                return needs_room && facts.giver->balance_min &&
                       Wide(facts.given.credits_posted) - debits(facts.given) - facts.amount < Wide::of(*facts.giver->balance_min);
            }},
        {Code::balance_above_maximum,
            [&] {
                return needs_room && facts.taker->balance_max &&
                       Wide::of(*facts.taker->balance_max) < credits(facts.taken) + facts.amount - Wide(facts.taken.debits_posted);
            }},
    };
    for (const auto& [code, broken] : rules)
        if (broken()) return code;
    return Code::ok;
}

void NaiveLedger::book(const Transfer& asked, AccountNumber debit, AccountNumber credit, Amount amount, Amount held) {
    Balances& given = balances_[debit];
    Balances& taken = balances_[credit];
    if (asked.kind == Kind::pending) {
        given.debits_pending += amount;
        taken.credits_pending += amount;
    } else {
        given.debits_pending -= held;
        taken.credits_pending -= held;
    }
    if (asked.kind == Kind::posted || asked.kind == Kind::post_pending || asked.kind == Kind::reversal) {
        given.debits_posted += amount;
        taken.credits_posted += amount;
    }
    Entry line{lines_.size() + 1, asked.amount, asked, given, taken};
    line.transfer.debit = debit;
    line.transfer.credit = credit;
    line.transfer.amount = amount;
    line.transfer.asset = accounts_[index_of(debit)].asset;
    line.transfer.at = clock_;
    if (line.transfer.booking_date == no_date) line.transfer.booking_date = date_of(clock_);
    if (line.transfer.value_date == no_date) line.transfer.value_date = line.transfer.booking_date;
    lines_.push_back(line);
    if (!asked.id.empty()) by_id_[asked.id] = lines_.size() - 1;
    if (asked.kind == Kind::reversal) reversed_[asked.refers_to] += amount;
    if (held) {
        resolved_[asked.refers_to] = asked.kind;
        std::erase_if(deadlines_, [&](const auto& deadline) { return deadline.second == asked.refers_to; });
    }
    if (asked.kind == Kind::pending && asked.timeout_seconds) deadlines_[{clock_ + seconds(asked.timeout_seconds), lines_.size()}] = asked.id;
}

void NaiveLedger::advance(Time now) {
    while (!deadlines_.empty() && deadlines_.begin()->first.first <= now) {
        const auto [deadline, id] = *deadlines_.begin();
        const Transfer hold = line_of(id)->transfer;
        clock_ = std::max(clock_, deadline.first);
        Transfer expiry;
        expiry.kind = Kind::expiry;
        expiry.refers_to = id;
        book(expiry, hold.debit, hold.credit, hold.amount, hold.amount);
    }
    clock_ = std::max(clock_, now);
}

Outcome NaiveLedger::one(const Transfer& asked) {
    advance(asked.at);
    const Facts facts = facts_of(asked);
    const Code code = judge(asked, facts);
    if (code == Code::exists) return {code, facts.there->number};
    if (code != Code::ok) return {code};
    book(asked, facts.debit, facts.credit, facts.amount, facts.held);
    return {code, lines_.size()};
}

std::vector<Outcome> NaiveLedger::apply(std::span<const Transfer> batch) {
    std::vector<Outcome> outcomes;
    for (std::size_t first = 0; first < batch.size();) {
        std::size_t last = first;
        while (batch[last].linked && last + 1 < batch.size()) ++last;
        const std::size_t count = last - first + 1;
        if (batch[last].linked) {
            outcomes.insert(outcomes.end(), count - 1, {Code::chain_broken});
            outcomes.push_back({Code::chain_open});
        } else if (count == 1) {
            outcomes.push_back(one(batch[first]));
        } else {
            NaiveLedger tried = *this;
            std::vector<Outcome> chain;
            std::size_t done = 0, existing = 0;
            for (std::size_t i = first; i <= last; ++i) {
                chain.push_back(done + existing == i - first ? tried.one(batch[i]) : Outcome{Code::chain_broken});
                done += chain.back().code == Code::ok;
                existing += chain.back().code == Code::exists;
            }
            const Time reached = tried.clock_;
            if (done == count || existing == count) *this = std::move(tried);
            else
                std::replace_if(
                    chain.begin(), chain.end(), [](const Outcome& outcome) { return outcome.code == Code::ok; }, Outcome{Code::chain_broken});
            advance(reached);
            outcomes.insert(outcomes.end(), chain.begin(), chain.end());
        }
        first = last + 1;
    }
    return outcomes;
}

std::vector<Hold> NaiveLedger::holds() const {
    std::vector<Hold> open;
    for (const Entry& line : lines_) {
        const Transfer& made = line.transfer;
        if (made.kind != Kind::pending || resolved_.contains(made.id)) continue;
        open.push_back({made.id, made.amount, line.number, made.debit, made.credit, made.timeout_seconds ? made.at + seconds(made.timeout_seconds) : never});
    }
    return open;
}

} // namespace greenbank::ledger
