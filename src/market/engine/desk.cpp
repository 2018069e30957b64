// desk.cpp — judged, then executed, then settled deal by deal.
#include "market/engine/desk.h"

#include <algorithm>
#include <limits>

namespace greenbank::market {

namespace {

/// Beyond this money is not counted in 64 bits with room to spare.
constexpr std::int64_t cash_max = 4'000'000'000'000'000'000;

} // namespace

void Desk::begin_day(Date day, const DeskRules& rules) {
    if (day <= day_) return;
    if (day_.days != 0 && day_figures_.volume() > 0) last_close_ = day_figures_.close(rules_.market.tick);
    day_ = day;
    day_figures_ = DayFigures(last_close_);
    bought_.clear();
    const BookRules allocation = rules_.market.book;
    rules_ = rules;
    rules_.market.book = allocation;
}

Quantity Desk::bought_today(Account account) const {
    const auto found = bought_.find(account);
    return found == bought_.end() ? 0 : found->second;
}

/// Everything but what the book itself says. `reckoned`: the price that money is held for.
std::string_view Desk::judge(const Instruction& instruction, const When& when, Wallets& wallets, Price& reckoned, std::int64_t& needed) const {
    if (!when.trusted)
        if (const Refusal refusal = check(rules_.market, instruction, last_close_, when.minute, halted_); refusal != Refusal::none) return name_of(refusal);
    if (instruction.order == 0) return name_of(Code::order_missing);
    if (instruction.op == Op::cancel) {
        const auto own = reserves_.find(instruction.order);
        return own == reserves_.end() || own->second.account == instruction.account ? "ok" : "order_unknown";
    }
    Instruction judged = instruction;
    std::int64_t has_cash = 0, has_units = 0;
    if (instruction.op == Op::replace) {
        const auto own = reserves_.find(instruction.order);
        if (own == reserves_.end() || own->second.account != instruction.account) return "order_unknown";
        judged.side = own->second.side;
        if (judged.quantity == 0) judged.quantity = own->second.quantity;
        (judged.side == Side::buy ? has_cash : has_units) = own->second.amount;
    }
    if (!when.trusted && rules_.orders_max > 0 && (judged.op == Op::limit || judged.op == Op::stop))
        if (const auto own = resting_.find(instruction.account); own != resting_.end() && own->second >= rules_.orders_max) return "too_many_orders";
    if (judged.price < 0 || judged.price > price_max) return name_of(Code::price_invalid);
    if (judged.quantity <= 0 || judged.quantity > quantity_max) return name_of(Code::quantity_invalid);
    reckoned = judged.price;
    if (judged.op == Op::take && reckoned == 0 && judged.quote != 0)
        if (const auto quote = book_.find(judged.quote)) reckoned = quote->price;
    if (judged.side == Side::buy && reckoned == 0) {
        const PriceRange range = price_range(rules_.market, last_close_);
        if (rules_.market.price_limit_basis_points == 0 || last_close_ == 0) return "price_needed";
        reckoned = range.highest;
    }
    if (judged.side == Side::buy && static_cast<DayFigures::Turnover>(reckoned) * judged.quantity * rules_.cash_per > cash_max) return "amount_too_large";
    needed = needed_for(judged.side, reckoned, judged.quantity);
    if (when.trusted) return "ok";
    const Wallet& wallet = wallets.of(instruction.account);
    if (wallet.frozen) return "account_frozen";
    if (judged.side == Side::buy) {
        if (needed > wallet.cash + has_cash) return "cash_short";
        if (rules_.holding_max > 0 && wallet.units_owned / rules_.units_per + judged.quantity > rules_.holding_max) return "holding_limit";
    } else {
        if (needed > wallet.units + has_units) return "units_short";
        if (rules_.resale_days > 0 && needed > wallet.units + has_units - bought_today(instruction.account) * rules_.units_per) return "bought_today";
    }
    return "ok";
}

Judged Desk::preview(const Instruction& instruction, const When& when, Wallets& wallets, std::int64_t& needed) const {
    Price reckoned = 0;
    return {judge(instruction, when, wallets, reckoned, needed)};
}

Judged Desk::execute(const Instruction& asked, const When& when, Wallets& wallets, std::vector<Trade>& trades, std::vector<Movement>& movements) {
    Price reckoned = 0;
    std::int64_t needed = 0;
    if (const std::string_view code = judge(asked, when, wallets, reckoned, needed); code != "ok") return {code};
    // Who buys at any price buys up to what was reckoned with: older orders may rest above it.
    Instruction instruction = asked;
    if (instruction.side == Side::buy && (instruction.op == Op::market || instruction.op == Op::stop || instruction.op == Op::take)) {
        if (instruction.price == 0) instruction.price = reckoned;
        if (instruction.op == Op::market) instruction.op = Op::immediate;
    }
    const std::size_t first_trade = trades.size();
    // A replaced order comes in anew: its hold goes first, and comes back as it was where the book says no.
    if (const auto own = reserves_.find(instruction.order); own != reserves_.end() && (instruction.op == Op::replace || instruction.op == Op::cancel)) {
        const Reserve before = own->second;
        if (const auto resting = book_.find(instruction.order); instruction.op == Op::replace && resting && resting->trigger != 0)
            return {name_of(Code::stop_waits)};
        Instruction judged = instruction;
        judged.side = before.side;
        std::vector<Trade> done;
        const std::size_t mark = movements.size();
        const std::uint64_t numbered = movement_;
        release(own, wallets, movements, false);
        const Outcome outcome = book_.execute(judged, done);
        if (done.empty() && book_.has(instruction.order) && outcome.code != Code::ok) { // refused: nothing happened
            movements.resize(mark);
            movement_ = numbered;
            Wallet& wallet = wallets.of(before.account);
            (before.side == Side::buy ? wallet.cash : wallet.units) -= before.amount;
            reserves_[instruction.order] = before;
            ++resting_[before.account];
            return {name_of(outcome.code)};
        }
        for (const Trade& trade : done) settle(trade, wallets, movements);
        trades.insert(trades.end(), done.begin(), done.end());
        if (const auto rests = book_.find(instruction.order))
            hold(instruction.order, before.account, before.side, rests->price, rests->shown + rests->hidden, wallets, movements, false);
        release_missing(wallets, movements);
        return {name_of(outcome.code), outcome.traded, outcome.resting};
    }
    const Outcome outcome = book_.execute(instruction, trades);
    for (std::size_t i = first_trade; i < trades.size(); ++i) settle(trades[i], wallets, movements);
    if (const auto rests = book_.find(instruction.order); rests && !reserves_.contains(instruction.order) && outcome.code == Code::ok)
        hold(instruction.order, instruction.account, instruction.side, rests->price, rests->shown + rests->hidden, wallets, movements, false);
    release_missing(wallets, movements);
    return {name_of(outcome.code), outcome.traded, outcome.resting};
}

std::vector<OrderNumber> Desk::expire(Moment now, Wallets& wallets, std::vector<Movement>& movements) {
    std::vector<OrderNumber> gone = book_.expire(now);
    if (!gone.empty()) release_missing(wallets, movements);
    return gone;
}

void Desk::settle(const Trade& trade, Wallets& wallets, std::vector<Movement>& movements) {
    const std::int64_t cash = cash_of(trade.price, trade.quantity), fee = fee_of(cash), units = trade.quantity * rules_.units_per;
    Reserve left[2]; // what is held anew
    OrderNumber orders[2] = {trade.buy_order, trade.sell_order};
    for (int side = 0; side < 2; ++side)
        if (const auto reserve = reserves_.find(orders[side]); reserve != reserves_.end()) {
            left[side] = reserve->second;
            left[side].quantity -= trade.quantity;
            release(reserve, wallets, movements, true);
        }
    if (rules_.clearing == Clearing::novation) {
        pay(Asset::cash, trade.buyer, clearing_account, cash, wallets, movements);
        pay(Asset::units, trade.seller, clearing_account, units, wallets, movements);
        pay(Asset::cash, clearing_account, trade.seller, cash, wallets, movements);
        pay(Asset::units, clearing_account, trade.buyer, units, wallets, movements);
    } else if (trade.buyer != trade.seller) {
        pay(Asset::cash, trade.buyer, trade.seller, cash, wallets, movements);
        pay(Asset::units, trade.seller, trade.buyer, units, wallets, movements);
    }
    if (fee > 0)
        for (const Account account : {trade.buyer, trade.seller}) pay(Asset::cash, account, fee_account, fee, wallets, movements);
    for (int side = 0; side < 2; ++side)
        if (left[side].hold != 0 && left[side].quantity > 0)
            hold(orders[side], left[side].account, left[side].side, left[side].price, left[side].quantity, wallets, movements, true);
    if (!movements.empty()) movements.back().linked = false;
    if (rules_.resale_days > 0) bought_[trade.buyer] += trade.quantity;
    day_figures_.add(trade.price, trade.quantity);
}

Judged Desk::settle_block(const Trade& trade, const When& when, Wallets& wallets, std::vector<Movement>& movements) {
    if (!when.trusted) {
        const std::int64_t cash = cash_of(trade.price, trade.quantity);
        const Wallet& buyer = wallets.of(trade.buyer);
        const Wallet& seller = wallets.of(trade.seller);
        if (buyer.frozen || seller.frozen) return {"account_frozen"};
        if (cash + fee_of(cash) > buyer.cash) return {"cash_short"};
        if (trade.quantity * rules_.units_per > seller.units) return {"units_short"};
        if (rules_.resale_days > 0 && (trade.quantity + bought_today(trade.seller)) * rules_.units_per > seller.units) return {"bought_today"};
        if (rules_.holding_max > 0 && buyer.units_owned / rules_.units_per + trade.quantity > rules_.holding_max) return {"holding_limit"};
    }
    const DayFigures listed = day_figures_; // blocks and auctions stay out of the day's figures
    settle(trade, wallets, movements);
    day_figures_ = listed;
    return {"ok", trade.quantity};
}

void Desk::hold(
    OrderNumber order, Account account, Side side, Price price, Quantity quantity, Wallets& wallets, std::vector<Movement>& movements, bool linked) {
    const Reserve reserve{++movement_, account, side, price, quantity, needed_for(side, price, quantity)};
    const Asset asset = side == Side::buy ? Asset::cash : Asset::units;
    movements.push_back({Movement::Kind::hold, asset, account, clearing_account, reserve.amount, reserve.hold, 0, linked});
    Wallet& wallet = wallets.of(account);
    (asset == Asset::cash ? wallet.cash : wallet.units) -= reserve.amount;
    if (reserves_.insert_or_assign(order, reserve).second) ++resting_[account];
}

void Desk::release(std::unordered_map<OrderNumber, Reserve>::iterator at, Wallets& wallets, std::vector<Movement>& movements, bool linked) {
    const Reserve& reserve = at->second;
    const Asset asset = reserve.side == Side::buy ? Asset::cash : Asset::units;
    movements.push_back({Movement::Kind::release, asset, reserve.account, clearing_account, reserve.amount, ++movement_, reserve.hold, linked});
    Wallet& wallet = wallets.of(reserve.account);
    (asset == Asset::cash ? wallet.cash : wallet.units) += reserve.amount;
    --resting_[reserve.account];
    reserves_.erase(at);
}

void Desk::pay(Asset asset, Account from, Account to, std::int64_t amount, Wallets& wallets, std::vector<Movement>& movements) {
    movements.push_back({Movement::Kind::pay, asset, from, to, amount, ++movement_, 0, true});
    for (const auto& [account, sign] : {std::pair{from, -1}, std::pair{to, 1}}) {
        if (account == clearing_account || account == fee_account) continue;
        Wallet& wallet = wallets.of(account);
        if (asset == Asset::cash) wallet.cash += sign * amount;
        else wallet.units += sign * amount, wallet.units_owned += sign * amount;
    }
}

void Desk::release_missing(Wallets& wallets, std::vector<Movement>& movements) {
    if (reserves_.size() == book_.size()) return;
    std::vector<OrderNumber> missing;
    for (const auto& [order, reserve] : reserves_)
        if (!book_.has(order)) missing.push_back(order);
    std::sort(missing.begin(), missing.end());
    for (const OrderNumber order : missing) release(reserves_.find(order), wallets, movements, false);
}

} // namespace greenbank::market
