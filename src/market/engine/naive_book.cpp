// naive_book.cpp — every question is a walk over all orders.
#include "market/engine/naive_book.h"

#include <algorithm>
#include <tuple>

namespace greenbank::market {

namespace {

bool good_price(Price price) { return price > 0 && price <= price_max; }
bool good_quantity(Quantity quantity) { return quantity > 0 && quantity <= quantity_max; }
bool reaches(Side side, Price limit, Price price) { return side == Side::buy ? price <= limit : price >= limit; }

} // namespace

NaiveBook::Waiting* NaiveBook::find(OrderNumber order) {
    for (Waiting& one : all_)
        if (one.order == order) return &one;
    return nullptr;
}

void NaiveBook::remove(OrderNumber order) {
    std::erase_if(all_, [&](const Waiting& one) { return one.order == order; });
}

NaiveBook::Waiting* NaiveBook::next_for(Side side, Price limit, int levels_max, const std::vector<Price>& seen) {
    Waiting* best = nullptr;
    for (Waiting& one : all_) {
        if (one.side == side || one.trigger != 0 || !reaches(side, limit, one.price)) continue;
        const bool old_level = std::find(seen.begin(), seen.end(), one.price) != seen.end();
        if (!old_level && static_cast<int>(seen.size()) >= levels_max) continue;
        if (best == nullptr || (side == Side::buy ? one.price < best->price : one.price > best->price) ||
            (one.price == best->price && one.arrival < best->arrival))
            best = &one;
    }
    return best;
}

void NaiveBook::meet(const Instruction& instruction, Waiting& order, Quantity& left, std::vector<Trade>& trades) {
    const Quantity quantity = std::min(left, order.shown);
    left -= quantity;
    order.shown -= quantity;
    if (instruction.side == Side::buy)
        trades.push_back({instruction.sequence, order.price, quantity, instruction.order, order.order, instruction.account, order.account});
    else trades.push_back({instruction.sequence, order.price, quantity, order.order, instruction.order, order.account, instruction.account});
    if (order.shown > 0) return;
    if (order.hidden == 0) return remove(order.order);
    order.shown = std::min(order.display, order.hidden);
    order.hidden -= order.shown;
    order.arrival = ++arrivals_;
}

Quantity NaiveBook::trade(const Instruction& instruction, Price limit, Quantity left, int levels_max, std::vector<Trade>& trades, bool& cancelled) {
    std::vector<Price> seen;
    while (left > 0) {
        Waiting* order = next_for(instruction.side, limit, levels_max, seen);
        if (order == nullptr) break;
        if (std::find(seen.begin(), seen.end(), order->price) == seen.end()) seen.push_back(order->price);
        if (rules_.self_trade != SelfTrade::allow && instruction.account != 0 && order->account == instruction.account) {
            if (rules_.self_trade != SelfTrade::cancel_newer) remove(order->order);
            if (rules_.self_trade == SelfTrade::cancel_older) continue;
            cancelled = true;
            break;
        }
        meet(instruction, *order, left, trades);
    }
    return left;
}

Outcome NaiveBook::execute(const Instruction& instruction, std::vector<Trade>& trades) {
    const std::size_t before = trades.size();
    Outcome outcome = run(instruction, trades);
    if (trades.size() > before) last_price_ = trades.back().price;
    if (instruction.order == 0 || instruction.op == Op::cancel) return outcome;
    bool any = false;
    while (last_price_ != 0) {
        // Of all stops that go off the buys come first, the lowest trigger of them; then sells, the highest; then who came first.
        const Waiting* next = nullptr;
        for (const Waiting& one : all_) {
            if (one.trigger == 0 || (one.side == Side::buy ? last_price_ < one.trigger : last_price_ > one.trigger)) continue;
            const auto rank = [](const Waiting& of) { return std::tuple(of.side == Side::sell, of.side == Side::buy ? of.trigger : -of.trigger, of.arrival); };
            if (next == nullptr || rank(one) < rank(*next)) next = &one;
        }
        if (next == nullptr) break;
        any = true;
        const Waiting stop = *next;
        remove(stop.order);
        const std::size_t so_far = trades.size();
        run({.sequence = instruction.sequence,
                .op = stop.price == 0 ? Op::market : (rules_.allocation == Allocation::listed ? Op::immediate : Op::limit),
                .side = stop.side,
                .account = stop.account,
                .order = stop.order,
                .price = stop.price,
                .quantity = stop.shown,
                .display = stop.display,
                .good_until = stop.good_until},
            trades);
        if (trades.size() > so_far) last_price_ = trades.back().price;
    }
    if (any) {
        outcome.traded = 0;
        for (std::size_t i = before; i < trades.size(); ++i)
            if (trades[i].buy_order == instruction.order || trades[i].sell_order == instruction.order) outcome.traded += trades[i].quantity;
        const Waiting* rests = find(instruction.order);
        if (outcome.code == Code::ok) outcome.resting = rests != nullptr ? rests->shown + rests->hidden : 0;
    }
    return outcome;
}

Outcome NaiveBook::run(const Instruction& instruction, std::vector<Trade>& trades) {
    if (instruction.order == 0) return {Code::order_missing};
    const bool listed = rules_.allocation == Allocation::listed;
    const int levels = listed ? rules_.pick_levels : 1'000'000'000;
    if (instruction.op == Op::cancel) {
        if (find(instruction.order) == nullptr) return {Code::order_unknown};
        remove(instruction.order);
        return {};
    }
    const bool may_lack_price = instruction.op == Op::market || instruction.op == Op::take || instruction.op == Op::stop;
    if (instruction.op == Op::stop && !good_price(instruction.trigger)) return {Code::trigger_invalid};
    if (instruction.op != Op::market && !(may_lack_price && instruction.price == 0 && instruction.op != Op::market) && !good_price(instruction.price)) {
        // A take looks at its quantity first.
        if (instruction.op == Op::take && !good_quantity(instruction.quantity)) return {Code::quantity_invalid};
        return {Code::price_invalid};
    }
    if (!(instruction.op == Op::replace && instruction.quantity == 0) && !good_quantity(instruction.quantity)) return {Code::quantity_invalid};
    if (instruction.op != Op::replace && instruction.op != Op::take && (instruction.display < 0 || instruction.display > instruction.quantity))
        return {Code::display_invalid};

    Instruction incoming = instruction;
    Quantity display = instruction.display;
    Moment good_until = instruction.good_until;
    if (instruction.op == Op::replace) {
        const Waiting* order = find(instruction.order);
        if (order == nullptr) return {Code::order_unknown};
        if (order->trigger != 0) return {Code::stop_waits};
        const Waiting before = *order;
        incoming.side = before.side;
        incoming.account = before.account;
        if (incoming.quantity == 0) incoming.quantity = before.shown + before.hidden;
        display = before.display;
        good_until = before.good_until;
        if (listed && next_for(incoming.side, incoming.price, 1'000'000'000, {}) != nullptr) return {Code::would_cross};
        remove(instruction.order);
    } else if (find(instruction.order) != nullptr) {
        return {Code::order_known};
    }
    if (instruction.op == Op::stop) {
        Waiting stop;
        static_cast<Resting&>(stop) = {instruction.order, instruction.side, instruction.account, instruction.price, instruction.quantity, 0,
            instruction.display, instruction.trigger, instruction.good_until};
        stop.arrival = ++arrivals_;
        all_.push_back(stop);
        return {Code::ok, 0, instruction.quantity};
    }
    const bool any_price = instruction.op == Op::market || (instruction.op == Op::take && instruction.price == 0);
    const Price limit = any_price ? (incoming.side == Side::buy ? std::numeric_limits<Price>::max() : std::numeric_limits<Price>::min()) : instruction.price;
    const bool rests = instruction.op == Op::limit || instruction.op == Op::replace;
    if (listed && instruction.op == Op::limit && next_for(incoming.side, limit, 1'000'000'000, {}) != nullptr) return {Code::would_cross};
    Quantity left = incoming.quantity;
    bool cancelled = false;
    if (instruction.op == Op::take && instruction.quote != 0) {
        Waiting* quote = find(instruction.quote);
        if (quote == nullptr || quote->trigger != 0 || quote->side == incoming.side || !reaches(incoming.side, limit, quote->price))
            return {Code::quote_unavailable};
        std::vector<Price> better;
        for (const Waiting& one : all_)
            if (one.side == quote->side && one.trigger == 0 && (quote->side == Side::sell ? one.price < quote->price : one.price > quote->price) &&
                std::find(better.begin(), better.end(), one.price) == better.end())
                better.push_back(one.price);
        if (static_cast<int>(better.size()) >= rules_.pick_levels) return {Code::quote_unavailable};
        if (rules_.self_trade != SelfTrade::allow && incoming.account != 0 && quote->account == incoming.account) {
            if (rules_.self_trade != SelfTrade::cancel_newer) remove(quote->order);
            cancelled = rules_.self_trade != SelfTrade::cancel_older;
        } else {
            meet(incoming, *quote, left, trades);
        }
    } else if (instruction.op == Op::all_or_none_now) {
        // Tried on a copy of the whole book.
        NaiveBook copy = *this;
        std::vector<Trade> dropped;
        bool met_itself = false;
        if (copy.trade(incoming, limit, left, levels, dropped, met_itself) > 0) return {Code::not_filled};
        left = trade(incoming, limit, left, levels, trades, cancelled);
    } else if (!(listed && rests)) {
        left = trade(incoming, limit, left, instruction.op == Op::take ? rules_.pick_levels : levels, trades, cancelled);
    }
    const Quantity traded = incoming.quantity - left;
    if (cancelled) return {Code::self_trade, traded};
    if (left == 0 || !rests) return {Code::ok, traded};
    Waiting resting;
    if (instruction.op == Op::replace) display = std::min(display, left);
    const bool iceberg = display > 0 && display < left;
    static_cast<Resting&>(resting) = {instruction.order, incoming.side, incoming.account, instruction.price, iceberg ? display : left,
        iceberg ? left - display : 0, iceberg ? display : 0, 0, good_until};
    resting.arrival = ++arrivals_;
    all_.push_back(resting);
    return {Code::ok, traded, left};
}

std::vector<OrderNumber> NaiveBook::expire(Moment now) {
    std::vector<std::pair<Moment, OrderNumber>> due;
    for (const Waiting& one : all_)
        if (one.good_until != 0 && one.good_until <= now) due.emplace_back(one.good_until, one.order);
    std::sort(due.begin(), due.end());
    std::vector<OrderNumber> gone;
    for (const auto& [at, order] : due) {
        gone.push_back(order);
        remove(order);
    }
    return gone;
}

std::vector<Resting> NaiveBook::orders() const {
    std::vector<Waiting> sorted = all_;
    std::sort(sorted.begin(), sorted.end(), [](const Waiting& a, const Waiting& b) {
        const auto rank = [](const Waiting& one) {
            const Price by = one.trigger != 0 ? one.trigger : -one.price; // buys: best price first, stops lowest trigger first
            return std::tuple(one.trigger != 0, one.side == Side::sell, one.side == Side::sell ? -by : by, one.arrival);
        };
        return rank(a) < rank(b);
    });
    return {sorted.begin(), sorted.end()};
}

std::vector<DepthLevel> NaiveBook::depth(Side side, std::size_t levels_max) const {
    std::vector<DepthLevel> found;
    for (const Resting& one : orders()) {
        if (one.side != side || one.trigger != 0) continue;
        if (found.empty() || found.back().price != one.price) {
            if (found.size() == levels_max) break;
            found.push_back({one.price, 0, 0});
        }
        found.back().quantity += one.shown;
        ++found.back().orders;
    }
    return found;
}

} // namespace greenbank::market
