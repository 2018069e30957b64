// book.cpp — commands against the ladder.
#include "market/engine/book.h"

namespace greenbank::market {

namespace {

Price worst_price(Side side) { return side == Side::buy ? std::numeric_limits<Price>::max() : std::numeric_limits<Price>::min(); }
bool is_price(Price price) { return price > 0 && price <= price_max; }
bool is_quantity(Quantity quantity) { return quantity > 0 && quantity <= quantity_max; }
constexpr int all_levels = std::numeric_limits<int>::max();

} // namespace

Outcome Book::execute(const Instruction& instruction, std::vector<Trade>& trades) {
    if (instruction.order == 0) return {Code::order_missing};
    const std::size_t before = trades.size();
    Outcome outcome;
    switch (instruction.op) {
    case Op::cancel: return cancel(instruction.order);
    case Op::replace: outcome = replace(instruction, trades); break;
    case Op::stop: outcome = place_stop(instruction); break;
    case Op::take: outcome = take_quote(instruction, trades); break;
    case Op::limit:
    case Op::market:
    case Op::immediate:
    case Op::all_or_none_now: outcome = enter(instruction, trades); break;
    }
    if (trades.size() > before) last_price_ = trades.back().price;
    if ((!stops_[0].empty() || !stops_[1].empty()) && set_off_stops(instruction.sequence, trades)) {
        // What it set off may have met the instruction's own order, or be it.
        outcome.traded = 0;
        for (std::size_t i = before; i < trades.size(); ++i)
            if (trades[i].buy_order == instruction.order || trades[i].sell_order == instruction.order) outcome.traded += trades[i].quantity;
        const auto rests = find(instruction.order);
        if (outcome.code == Code::ok) outcome.resting = rests ? rests->shown + rests->hidden : 0;
    }
    return outcome;
}

Outcome Book::enter(const Instruction& instruction, std::vector<Trade>& trades) {
    if (instruction.op != Op::market && !is_price(instruction.price)) return {Code::price_invalid};
    if (!is_quantity(instruction.quantity)) return {Code::quantity_invalid};
    if (instruction.display < 0 || instruction.display > instruction.quantity) return {Code::display_invalid};
    if (has(instruction.order)) return {Code::order_known};
    const bool listed = rules_.allocation == Allocation::listed;
    const int levels = listed ? rules_.pick_levels : all_levels;
    Incoming incoming{instruction.sequence, instruction.order, instruction.account,
        instruction.op == Op::market ? worst_price(instruction.side) : instruction.price, instruction.quantity};
    if (instruction.op == Op::limit && listed) {
        if (crosses(instruction.side, instruction.price)) return {Code::would_cross};
    } else {
        if (instruction.op == Op::all_or_none_now && available(instruction.side, instruction.account, incoming.limit, levels, incoming.left) < incoming.left)
            return {Code::not_filled};
        sweep(instruction.side, incoming, levels, trades);
    }
    const Quantity traded = instruction.quantity - incoming.left;
    if (incoming.cancelled) return {Code::self_trade, traded};
    if (incoming.left == 0 || instruction.op != Op::limit) return {Code::ok, traded};
    rest(++arrivals_, instruction.order, instruction.account, instruction.side, instruction.price, incoming.left, instruction.display, instruction.good_until);
    return {Code::ok, traded, incoming.left};
}

Outcome Book::take_quote(const Instruction& instruction, std::vector<Trade>& trades) {
    if (!is_quantity(instruction.quantity)) return {Code::quantity_invalid};
    if (instruction.price != 0 && !is_price(instruction.price)) return {Code::price_invalid};
    if (has(instruction.order)) return {Code::order_known};
    Incoming incoming{instruction.sequence, instruction.order, instruction.account, instruction.price == 0 ? worst_price(instruction.side) : instruction.price,
        instruction.quantity};
    if (instruction.quote == 0) {
        sweep(instruction.side, incoming, rules_.pick_levels, trades);
    } else {
        const std::uint32_t place = table_.find(instruction.quote);
        if (place == OrderTable::none || orders_[place].side == instruction.side || orders_[place].page == nullptr) return {Code::quote_unavailable};
        const Order& quote = orders_[place];
        const Price price = Ladder::price_of(*quote.page, quote.tick);
        bool within = false;
        for (const DepthLevel& level : depth(quote.side, static_cast<std::size_t>(rules_.pick_levels))) within |= level.price == price;
        if (!within || (instruction.side == Side::buy ? price > incoming.limit : price < incoming.limit)) return {Code::quote_unavailable};
        if (may_meet(incoming, place)) deal(instruction.side, incoming, place, quote.page->levels[quote.tick], price, trades);
    }
    const Quantity traded = instruction.quantity - incoming.left;
    return {incoming.cancelled ? Code::self_trade : Code::ok, traded};
}

Outcome Book::place_stop(const Instruction& instruction) {
    if (!is_price(instruction.trigger)) return {Code::trigger_invalid};
    if (instruction.price != 0 && !is_price(instruction.price)) return {Code::price_invalid};
    if (!is_quantity(instruction.quantity)) return {Code::quantity_invalid};
    if (instruction.display < 0 || instruction.display > instruction.quantity) return {Code::display_invalid};
    if (has(instruction.order)) return {Code::order_known};
    const std::uint32_t place = new_place();
    orders_[place] = {.number = instruction.order, .shown = instruction.quantity, .account = instruction.account, .side = instruction.side, .special = true};
    const std::uint64_t arrival = ++arrivals_;
    specials_[place] = {0, instruction.display, instruction.good_until, instruction.trigger, instruction.price, arrival};
    table_.insert(instruction.order, place);
    stops_[index(instruction.side)][{instruction.side == Side::buy ? instruction.trigger : -instruction.trigger, arrival}] = place;
    if (instruction.good_until != 0) expiries_[{instruction.good_until, instruction.order}] = place;
    return {Code::ok, 0, instruction.quantity};
}

Outcome Book::replace(const Instruction& instruction, std::vector<Trade>& trades) {
    if (!is_price(instruction.price)) return {Code::price_invalid};
    if (instruction.quantity != 0 && !is_quantity(instruction.quantity)) return {Code::quantity_invalid};
    const std::uint32_t place = table_.find(instruction.order);
    if (place == OrderTable::none) return {Code::order_unknown};
    const Order order = orders_[place];
    if (order.page == nullptr) return {Code::stop_waits};
    Special special;
    if (order.special) special = specials_.at(place);
    const Quantity quantity = instruction.quantity != 0 ? instruction.quantity : order.shown + special.hidden;
    const bool listed = rules_.allocation == Allocation::listed;
    if (listed && crosses(order.side, instruction.price)) return {Code::would_cross};
    unlink(place);
    Incoming incoming{instruction.sequence, order.number, order.account, instruction.price, quantity};
    if (!listed) sweep(order.side, incoming, all_levels, trades);
    const Quantity traded = quantity - incoming.left;
    if (incoming.left == 0 || incoming.cancelled) {
        forget(place);
        return {incoming.cancelled ? Code::self_trade : Code::ok, traded};
    }
    if (!order.special) { // the common case keeps its place and its row in the table
        orders_[place].shown = incoming.left;
        append(place, instruction.price);
    } else {
        forget(place);
        rest(++arrivals_, order.number, order.account, order.side, instruction.price, incoming.left, std::min(special.display, incoming.left),
            special.good_until);
    }
    return {Code::ok, traded, incoming.left};
}

Outcome Book::cancel(OrderNumber number) {
    const std::uint32_t place = table_.find(number);
    if (place == OrderTable::none) return {Code::order_unknown};
    if (orders_[place].page != nullptr) unlink(place);
    forget(place);
    return {};
}

std::vector<OrderNumber> Book::expire(Moment now) {
    std::vector<OrderNumber> gone;
    while (!expiries_.empty() && expiries_.begin()->first.first <= now) {
        gone.push_back(expiries_.begin()->first.second);
        cancel(gone.back());
    }
    return gone;
}

/// A stop goes off at a deal at its trigger or beyond: buys from above, sells from below; one after the other, since each may move the price.
bool Book::set_off_stops(std::uint64_t sequence, std::vector<Trade>& trades) {
    bool any = false;
    while (last_price_ != 0) {
        auto& buys = stops_[index(Side::buy)];
        auto& sells = stops_[index(Side::sell)];
        std::uint32_t place = OrderTable::none;
        if (!buys.empty() && buys.begin()->first.first <= last_price_) place = buys.begin()->second;
        else if (!sells.empty() && -sells.begin()->first.first >= last_price_) place = sells.begin()->second;
        if (place == OrderTable::none) break;
        any = true;
        const Order order = orders_[place];
        const Special special = specials_.at(place);
        forget(place);
        const std::size_t before = trades.size();
        enter({.sequence = sequence,
                  .op = special.price == 0 ? Op::market : (rules_.allocation == Allocation::listed ? Op::immediate : Op::limit),
                  .side = order.side,
                  .account = order.account,
                  .order = order.number,
                  .price = special.price,
                  .quantity = order.shown,
                  .display = special.display,
                  .good_until = special.good_until},
            trades);
        if (trades.size() > before) last_price_ = trades.back().price;
    }
    return any;
}

template <Side side> void Book::sweep(Incoming& incoming, int levels_max, std::vector<Trade>& trades) {
    constexpr Side against = other(side);
    for (int levels = 0; incoming.left > 0 && levels < levels_max; ++levels) {
        LadderPage* page = ladder_.best(against);
        if (page == nullptr) return;
        const int tick = Ladder::best_tick(*page, against);
        const Price price = Ladder::price_of(*page, tick);
        if (side == Side::buy ? price > incoming.limit : price < incoming.limit) return;
        Level& level = page->levels[static_cast<std::size_t>(tick)];
        while (incoming.left > 0 && level.first != no_place) {
            if (may_meet(incoming, level.first)) deal(side, incoming, level.first, level, price, trades);
            else if (incoming.cancelled) return;
        }
    }
}

void Book::sweep(Side side, Incoming& incoming, int levels_max, std::vector<Trade>& trades) {
    if (side == Side::buy) sweep<Side::buy>(incoming, levels_max, trades);
    else sweep<Side::sell>(incoming, levels_max, trades);
}

/// How much could be had now; counting stops at `enough`.
Quantity Book::available(Side side, Account account, Price limit, int levels_max, Quantity enough) const {
    const Side against = other(side);
    Quantity found = 0;
    int levels = 0;
    for (const LadderPage* page = ladder_.best(against); page != nullptr; page = ladder_.beyond(*page, against)) {
        std::uint64_t used = page->used[index(against)];
        while (used != 0) {
            const int tick = Ladder::take_best(used, against);
            const Price price = Ladder::price_of(*page, tick);
            if (levels++ == levels_max || (side == Side::buy ? price > limit : price < limit)) return found;
            const Level& level = page->levels[static_cast<std::size_t>(tick)];
            if (rules_.self_trade == SelfTrade::allow || account == 0) {
                found += level.shown + level.hidden;
            } else {
                for (std::uint32_t place = level.first; place != no_place; place = orders_[place].next) {
                    if (orders_[place].account == account) {
                        if (rules_.self_trade == SelfTrade::cancel_older) continue;
                        return found; // it would stop here
                    }
                    found += orders_[place].shown + (orders_[place].special ? specials_.at(place).hidden : 0);
                }
            }
            if (found >= enough) return found;
        }
    }
    return found;
}

inline void Book::deal(Side incoming_side, Incoming& incoming, std::uint32_t place, Level& level, Price price, std::vector<Trade>& trades) {
    Order& order = orders_[place];
    const Quantity quantity = std::min(incoming.left, order.shown);
    incoming.left -= quantity;
    order.shown -= quantity;
    level.shown -= quantity;
    if (incoming_side == Side::buy) trades.push_back({incoming.sequence, price, quantity, incoming.number, order.number, incoming.account, order.account});
    else trades.push_back({incoming.sequence, price, quantity, order.number, incoming.number, order.account, incoming.account});
    if (order.shown > 0) return;
    if (order.special && specials_.at(place).hidden > 0) return refill(place, level);
    unlink(place);
    forget(place);
}

inline bool Book::may_meet(Incoming& incoming, std::uint32_t place) {
    if (rules_.self_trade == SelfTrade::allow || incoming.account == 0 || orders_[place].account != incoming.account) return true;
    if (rules_.self_trade != SelfTrade::cancel_newer) {
        unlink(place);
        forget(place);
    }
    incoming.cancelled = rules_.self_trade != SelfTrade::cancel_older;
    return false;
}

bool Book::crosses(Side side, Price price) const {
    const auto best = best_price(other(side));
    return best && (side == Side::buy ? price >= *best : price <= *best);
}

void Book::rest(std::uint64_t arrival, OrderNumber number, Account account, Side side, Price price, Quantity quantity, Quantity display, Moment good_until) {
    const std::uint32_t place = new_place();
    const bool iceberg = display > 0 && display < quantity;
    orders_[place] = {.number = number, .shown = iceberg ? display : quantity, .account = account, .side = side, .special = iceberg || good_until != 0};
    if (orders_[place].special) specials_[place] = {iceberg ? quantity - display : 0, iceberg ? display : 0, good_until, 0, 0, arrival};
    if (good_until != 0) expiries_[{good_until, number}] = place;
    table_.insert(number, place);
    append(place, price);
}

inline void Book::append(std::uint32_t place, Price price) {
    LadderPage& page = ladder_.page_of(price);
    Order& order = orders_[place];
    order.page = &page;
    order.tick = static_cast<std::uint8_t>(Ladder::tick_of(price));
    order.next = no_place;
    Level& level = page.levels[order.tick];
    order.previous = level.last;
    if (level.last == no_place) {
        level.first = place;
        ladder_.set_used(page, order.tick, order.side);
    } else {
        orders_[level.last].next = place;
    }
    level.last = place;
    level.shown += order.shown;
    if (order.special) level.hidden += specials_.at(place).hidden;
}

/// Out of its level; the order itself stays.
inline void Book::unlink(std::uint32_t place) {
    Order& order = orders_[place];
    Level& level = order.page->levels[order.tick];
    (order.previous == no_place ? level.first : orders_[order.previous].next) = order.next;
    (order.next == no_place ? level.last : orders_[order.next].previous) = order.previous;
    level.shown -= order.shown;
    if (order.special) level.hidden -= specials_.at(place).hidden;
    if (level.first == no_place) ladder_.set_empty(*order.page, order.tick, order.side);
    order.page = nullptr;
}

inline void Book::forget(std::uint32_t place) {
    Order& order = orders_[place];
    table_.erase(order.number);
    if (order.special) {
        const Special& special = specials_.at(place);
        if (special.good_until != 0) expiries_.erase({special.good_until, order.number});
        if (special.trigger != 0) stops_[index(order.side)].erase({order.side == Side::buy ? special.trigger : -special.trigger, special.arrival});
        specials_.erase(place);
    }
    free_.push_back(place);
}

/// The next part of an iceberg comes into sight, at the end of the queue.
void Book::refill(std::uint32_t place, Level& level) {
    Order& order = orders_[place];
    Special& special = specials_.at(place);
    order.shown = std::min(special.display, special.hidden);
    special.hidden -= order.shown;
    level.hidden -= order.shown;
    level.shown += order.shown;
    if (level.last == place) return;
    (order.previous == no_place ? level.first : orders_[order.previous].next) = order.next;
    orders_[order.next].previous = order.previous;
    order.previous = level.last;
    order.next = no_place;
    orders_[level.last].next = place;
    level.last = place;
}

std::uint32_t Book::new_place() {
    if (free_.empty()) {
        orders_.emplace_back();
        return static_cast<std::uint32_t>(orders_.size() - 1);
    }
    const std::uint32_t place = free_.back();
    free_.pop_back();
    return place;
}

bool Book::read_state(NumberReader& in) {
    const std::int64_t count = in.next();
    arrivals_ = static_cast<std::uint64_t>(in.next());
    last_price_ = in.next();
    if (!in.good || count < 0 || count > no_place || table_.size() != 0) return false;
    for (std::int64_t i = 0; i < count; ++i) {
        Resting one;
        one.order = static_cast<OrderNumber>(in.next());
        const std::int64_t side = in.next();
        one.account = static_cast<Account>(in.next());
        for (std::int64_t* number : {&one.price, &one.shown, &one.hidden, &one.display, &one.trigger, &one.good_until}) *number = in.next();
        const auto arrival = static_cast<std::uint64_t>(in.next());
        const bool stop = one.trigger != 0;
        if (!in.good || (side != 0 && side != 1) || one.order == 0 || has(one.order) || one.shown <= 0 || one.hidden < 0 || one.price < 0 ||
            one.price > price_max || (one.price == 0 && !stop))
            return false;
        const std::uint32_t place = new_place();
        const bool special = stop || one.hidden > 0 || one.display > 0 || one.good_until != 0;
        orders_[place] = {.number = one.order, .shown = one.shown, .account = one.account, .side = side == 0 ? Side::buy : Side::sell, .special = special};
        if (special) specials_[place] = {one.hidden, one.display, one.good_until, one.trigger, stop ? one.price : 0, arrival};
        if (one.good_until != 0) expiries_[{one.good_until, one.order}] = place;
        table_.insert(one.order, place);
        if (stop) stops_[static_cast<std::size_t>(side)][{side == 0 ? one.trigger : -one.trigger, arrival}] = place;
        else append(place, one.price);
    }
    return true;
}

} // namespace greenbank::market
