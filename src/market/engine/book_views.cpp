// book_views.cpp — what can be seen of a book.
#include "market/engine/book.h"

namespace greenbank::market {

Resting Book::view(std::uint32_t place) const {
    const Order& order = orders_[place];
    Resting resting{.order = order.number, .side = order.side, .account = order.account, .shown = order.shown};
    if (order.page != nullptr) resting.price = Ladder::price_of(*order.page, order.tick);
    if (order.special) {
        const Special& special = specials_.at(place);
        resting.hidden = special.hidden;
        resting.display = special.display;
        resting.good_until = special.good_until;
        resting.trigger = special.trigger;
        if (special.trigger != 0) resting.price = special.price;
    }
    return resting;
}

std::optional<Resting> Book::find(OrderNumber order) const {
    const std::uint32_t place = table_.find(order);
    return place == OrderTable::none ? std::nullopt : std::optional(view(place));
}

std::optional<Price> Book::best_price(Side side) const {
    const LadderPage* page = ladder_.best(side);
    return page == nullptr ? std::nullopt : std::optional(Ladder::price_of(*page, Ladder::best_tick(*page, side)));
}

std::vector<DepthLevel> Book::depth(Side side, std::size_t levels_max) const {
    std::vector<DepthLevel> found;
    for (const LadderPage* page = ladder_.best(side); page != nullptr; page = ladder_.beyond(*page, side))
        for (std::uint64_t used = page->used[index(side)]; used != 0;) {
            if (found.size() == levels_max) return found;
            const int tick = Ladder::take_best(used, side);
            const Level& level = page->levels[static_cast<std::size_t>(tick)];
            DepthLevel& row = found.emplace_back(DepthLevel{Ladder::price_of(*page, tick), level.shown, 0});
            for (std::uint32_t place = level.first; place != no_place; place = orders_[place].next) ++row.orders;
        }
    return found;
}

std::vector<Resting> Book::orders() const {
    std::vector<Resting> all;
    all.reserve(table_.size());
    for (const Side side : {Side::buy, Side::sell})
        for (const LadderPage* page = ladder_.best(side); page != nullptr; page = ladder_.beyond(*page, side))
            for (std::uint64_t used = page->used[index(side)]; used != 0;) {
                const int tick = Ladder::take_best(used, side);
                for (std::uint32_t place = page->levels[static_cast<std::size_t>(tick)].first; place != no_place; place = orders_[place].next)
                    all.push_back(view(place));
            }
    for (const auto& side : stops_)
        for (const auto& [key, place] : side) all.push_back(view(place));
    return all;
}

void Book::write_state(std::string& out) const {
    append_line(out, table_.size(), arrivals_, last_price_);
    for (const Resting& one : orders()) {
        const std::uint64_t arrival = one.trigger == 0 ? 0 : specials_.at(table_.find(one.order)).arrival;
        append_line(out, one.order, index(one.side), one.account, one.price, one.shown, one.hidden, one.display, one.trigger, one.good_until, arrival);
    }
}

std::string_view name_of(Code code) {
    static constexpr std::string_view names[] = {"ok", "order_missing", "order_known", "order_unknown", "price_invalid", "quantity_invalid", "display_invalid",
        "trigger_invalid", "stop_waits", "would_cross", "quote_unavailable", "not_filled", "self_trade"};
    return names[static_cast<std::size_t>(code)];
}

} // namespace greenbank::market
