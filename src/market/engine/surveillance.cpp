// surveillance.cpp — one pass a pattern.
#include "market/engine/surveillance.h"

#include <algorithm>
#include <map>

namespace greenbank::market {

namespace {

constexpr std::size_t evidence_max = 20;

void add_number(std::string& evidence, const char* what, std::uint64_t number) {
    if (std::count(evidence.begin(), evidence.end(), ' ') >= static_cast<std::ptrdiff_t>(evidence_max)) return;
    evidence += (evidence.empty() ? "" : " ") + std::string(what) + std::to_string(number);
}

/// All that one account sold another that day.
struct Way {
    Quantity quantity = 0;
    Price low = 0, high = 0;
    std::string evidence;
};
using Ways = std::map<std::pair<Account, Account>, Way>; // seller, buyer

Ways ways_of(const std::vector<WatchedDeal>& deals) {
    Ways ways;
    for (const WatchedDeal& deal : deals) {
        if (deal.buyer == 0 || deal.seller == 0) continue;
        Way& way = ways[{deal.seller, deal.buyer}];
        way.low = way.quantity == 0 ? deal.price : std::min(way.low, deal.price);
        way.high = std::max(way.high, deal.price);
        way.quantity += deal.quantity;
        add_number(way.evidence, "#", deal.number);
    }
    return ways;
}

/// As much at about one price, by the market's thresholds.
bool alike(const WatchRules& rules, const std::vector<const Way*>& ways) {
    Quantity less = ways[0]->quantity, more = less;
    Price low = ways[0]->low, high = ways[0]->high;
    for (const Way* way : ways) {
        less = std::min(less, way->quantity);
        more = std::max(more, way->quantity);
        low = std::min(low, way->low);
        high = std::max(high, way->high);
    }
    return more >= rules.volume_min && less * 100 >= more * rules.same_quantity_percent && (high - low) * 10'000 <= low * rules.same_price_basis_points;
}

/// What one sells the other comes back.
void find_washing(const WatchRules& rules, const Ways& ways, std::vector<Finding>& found) {
    for (const auto& [pair, way] : ways) {
        if (pair.first > pair.second) continue;
        const auto back = ways.find({pair.second, pair.first});
        if (back == ways.end()) continue;
        const bool same = pair.first == pair.second;
        if (same ? way.quantity < rules.volume_min : !alike(rules, {&way, &back->second})) continue;
        found.push_back({WatchKind::wash_trade, pair.first, way.evidence + (same ? "" : " " + back->second.evidence)});
        if (!same) found.push_back({WatchKind::wash_trade, pair.second, way.evidence + " " + back->second.evidence});
    }
}

/// What the first sells comes back to him by way of one or two others. Each circle is told once, by its lowest account first.
void find_circles(const WatchRules& rules, const Ways& ways, std::vector<Finding>& found) {
    constexpr std::size_t found_max = 100;
    const auto from = [&](Account seller) { return ways.lower_bound({seller, 0}); };
    const std::size_t before = found.size();
    const auto tell = [&](std::initializer_list<Account> circle, std::initializer_list<const Way*> steps) {
        std::string evidence;
        for (const Way* step : steps) evidence += (evidence.empty() ? "" : " ") + step->evidence;
        for (const Account account : circle) found.push_back({WatchKind::circular_trade, account, evidence});
    };
    for (const auto& [first, one] : ways) {
        const auto [a, b] = first;
        for (auto second = from(b); second != ways.end() && second->first.first == b && found.size() - before < found_max; ++second) {
            const Account c = second->first.second;
            if (c <= a || c == b || b <= a || !alike(rules, {&one, &second->second})) continue;
            if (const auto back = ways.find({c, a}); back != ways.end() && alike(rules, {&one, &second->second, &back->second}))
                tell({a, b, c}, {&one, &second->second, &back->second});
            for (auto third = from(c); third != ways.end() && third->first.first == c; ++third) {
                const Account d = third->first.second;
                const auto back = ways.find({d, a});
                if (d > a && d != b && d != c && back != ways.end() && alike(rules, {&one, &second->second, &third->second, &back->second}))
                    tell({a, b, c, d}, {&one, &second->second, &third->second, &back->second});
            }
        }
    }
}

void find_layering(const WatchRules& rules, const std::vector<WatchedDeal>& deals, const std::vector<WatchedOrder>& orders, std::vector<Finding>& found) {
    std::map<std::uint64_t, const WatchedOrder*> entered;
    std::map<std::pair<Account, Side>, std::pair<int, std::string>> taken_back;
    for (const WatchedOrder& order : orders) {
        if (!order.cancel) {
            entered[order.order] = &order;
            continue;
        }
        const auto own = entered.find(order.order);
        if (own == entered.end()) continue;
        auto& [count, evidence] = taken_back[{own->second->account, own->second->side}];
        ++count;
        add_number(evidence, "c", order.number);
    }
    for (const auto& [who, what] : taken_back) {
        if (what.first < rules.cancelled_min) continue;
        const auto trades_there = std::any_of(deals.begin(), deals.end(), [&, account = who.first, side = who.second](const WatchedDeal& deal) {
            return side == Side::buy ? deal.seller == account : deal.buyer == account;
        });
        if (trades_there) found.push_back({WatchKind::layering, who.first, what.second});
    }
}

void find_closing(const WatchRules& rules, const std::vector<WatchedDeal>& deals, std::vector<Finding>& found) {
    if (deals.size() < 2) return;
    const Moment from = deals.back().at - rules.closing_microseconds;
    Price before = 0;
    std::map<Account, std::pair<Quantity, std::string>> by;
    Quantity volume = 0;
    for (const WatchedDeal& deal : deals) {
        if (deal.at < from) {
            before = deal.price;
            continue;
        }
        volume += deal.quantity;
        for (const Account account : {deal.buyer, deal.seller}) {
            by[account].first += deal.quantity;
            add_number(by[account].second, "#", deal.number);
        }
    }
    const Price moved = deals.back().price - before;
    if (before == 0 || volume < rules.volume_min || (moved < 0 ? -moved : moved) * 10'000 < before * rules.closing_move_basis_points) return;
    for (const auto& [account, what] : by)
        if (account != 0 && what.first * 100 >= volume * rules.closing_share_percent) found.push_back({WatchKind::marking_the_close, account, what.second});
}

void find_concentration(const WatchRules& rules, const std::vector<WatchedDeal>& deals, std::vector<Finding>& found) {
    Quantity volume = 0;
    std::map<Account, std::pair<Quantity, Quantity>> by; // bought, sold
    for (const WatchedDeal& deal : deals) {
        volume += deal.quantity;
        by[deal.buyer].first += deal.quantity;
        by[deal.seller].second += deal.quantity;
    }
    if (volume < rules.volume_min || by.size() < 4) return; // among few, each has much
    for (const auto& [account, what] : by)
        if (account != 0 && std::max(what.first, what.second) * 100 > volume * rules.share_percent)
            found.push_back({WatchKind::concentration, account, std::to_string(std::max(what.first, what.second)) + "/" + std::to_string(volume)});
}

} // namespace

std::vector<Finding> watch_day(const WatchRules& rules, const std::vector<WatchedDeal>& deals, const std::vector<WatchedOrder>& orders) {
    std::vector<Finding> found;
    const Ways ways = ways_of(deals);
    find_washing(rules, ways, found);
    find_circles(rules, ways, found);
    find_layering(rules, deals, orders, found);
    find_closing(rules, deals, found);
    find_concentration(rules, deals, found);
    std::stable_sort(
        found.begin(), found.end(), [](const Finding& a, const Finding& b) { return std::pair(a.kind, a.account) < std::pair(b.kind, b.account); });
    return found;
}

} // namespace greenbank::market
