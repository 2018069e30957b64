// ladder.h — the prices of one book: pages of 64 neighbouring ticks, a bit a tick and side where something rests.
// Prices near each other, as they are in a market, cost a page or two; a price far away costs a page of its own, not an array to it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <vector>

#include "market/engine/order.h"

namespace greenbank::market {

constexpr std::uint32_t no_place = ~std::uint32_t{0};

struct Level {
    std::uint32_t first = no_place, last = no_place; // places of orders, who came first in front
    Quantity shown = 0, hidden = 0;
};

struct LadderPage {
    std::int64_t number = 0;                // of the first tick, divided by 64
    std::array<std::uint64_t, 2> used = {}; // by side: bit i for tick number * 64 + i
    std::array<Level, 64> levels;
};

class Ladder {
public:
    static int tick_of(Price price) { return static_cast<int>(price & 63); }
    static Price price_of(const LadderPage& page, int tick) { return page.number * 64 + tick; }

    /// The page of a price, made where there is none.
    LadderPage& page_of(Price price) {
        const std::int64_t number = price >> 6;
        LadderPage*& kept = recent_[static_cast<std::size_t>(number) & (recent_.size() - 1)];
        if (kept == nullptr || kept->number != number) kept = &find_or_make(number);
        return *kept;
    }
    /// The page of the side's best price; null: nothing rests there.
    LadderPage* best(Side side) const { return best_[index(side)]; }
    /// The best of the ticks whose bits are set; at least one is.
    static int best_of(std::uint64_t used, Side side) { return side == Side::buy ? 63 - std::countl_zero(used) : std::countr_zero(used); }
    /// The best of them, which is taken out.
    static int take_best(std::uint64_t& used, Side side) {
        const int tick = best_of(used, side);
        used &= ~(std::uint64_t{1} << tick);
        return tick;
    }
    /// The tick of the best price on that page.
    static int best_tick(const LadderPage& page, Side side) { return best_of(page.used[index(side)], side); }
    void set_used(LadderPage& page, int tick, Side side) {
        std::uint64_t& used = page.used[index(side)];
        if (used == 0) enter(page, side);
        used |= std::uint64_t{1} << tick;
    }
    void set_empty(LadderPage& page, int tick, Side side) {
        std::uint64_t& used = page.used[index(side)];
        used &= ~(std::uint64_t{1} << tick);
        if (used == 0) leave(page, side);
    }
    /// The next page with something on that side, away from the best; null at the end.
    LadderPage* beyond(const LadderPage& page, Side side) const;

private:
    static bool is_better(const LadderPage& page, const LadderPage& than, Side side) {
        return side == Side::buy ? page.number > than.number : page.number < than.number;
    }
    LadderPage& find_or_make(std::int64_t number);
    void enter(LadderPage& page, Side side) {
        LadderPage*& best = best_[index(side)];
        if (best == nullptr || is_better(page, *best, side)) best = &page;
    }
    void leave(const LadderPage& page, Side side) {
        if (best_[index(side)] == &page) best_[index(side)] = beyond(page, side);
    }
    std::size_t position(std::int64_t number) const {
        return static_cast<std::size_t>(
            std::lower_bound(pages_.begin(), pages_.end(), number, [](const auto& page, std::int64_t one) { return page->number < one; }) - pages_.begin());
    }
    void drop_empty_pages();

    std::array<LadderPage*, 2> best_ = {};
    std::array<LadderPage*, 64> recent_ = {};
    std::vector<std::unique_ptr<LadderPage>> pages_; // in the order of their numbers
    std::size_t drop_at_ = 1024;                     // pages, before the empty ones go
};

} // namespace greenbank::market
