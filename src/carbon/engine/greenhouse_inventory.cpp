// greenhouse_inventory.cpp — lines, totals by organisation and year, and what follows when a factor's edition changes.
#include "carbon/engine/greenhouse_inventory.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenbank::carbon {

namespace {

double kg_of(double amount, std::span<const std::uint32_t> used, std::span<const GasFactor> factors) {
    double kg = 0;
    for (const std::uint32_t one : used) kg += factors[one].kg_per_unit * factors[one].warming;
    return amount * kg;
}

} // namespace

Scope scope_of(Category category) {
    return category <= Category::fugitive_emissions ? Scope::scope_1 : category <= Category::cooling ? Scope::scope_2 : Scope::scope_3;
}
int number_of(Category category) {
    return category < Category::purchased_goods ? 0 : static_cast<int>(category) - static_cast<int>(Category::purchased_goods) + 1;
}

LineResult line_result(const InventoryLine& line, std::span<const GasFactor> factors) {
    const auto& market = line.market.empty() ? line.location : line.market;
    const double by_location = kg_of(line.amount, line.location.empty() ? line.market : line.location, factors),
                 by_market = kg_of(line.amount, market, factors);
    constexpr double greatest = 1e15; // kg: a million million tonnes
    if (!(std::abs(by_location) <= greatest) || !(std::abs(by_market) <= greatest)) return {.sound = false};
    return {std::llround(by_location), std::llround(by_market)};
}

std::int64_t InventoryTotals::scope(Scope scope, bool by_market) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < categories; ++i)
        if (scope_of(static_cast<Category>(i)) == scope) sum += (by_market ? market : location)[i];
    return sum;
}
std::int64_t InventoryTotals::total(bool by_market) const {
    const auto& of = by_market ? market : location;
    return std::accumulate(of.begin(), of.end(), std::int64_t{0});
}

InventoryBook::InventoryBook(std::vector<InventoryLine> lines, std::vector<GasFactor> factors) :
    lines_(std::move(lines)), factors_(std::move(factors)), results_(lines_.size()), place_of_(lines_.size()), users_of_(factors_.size()) {
    std::vector<std::uint32_t> order(lines_.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t line) { return std::pair(lines_[line].organisation, lines_[line].year); };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    for (const std::uint32_t line : order) {
        if (places_.empty() || std::pair(places_.back().organisation, places_.back().year) != key(line))
            places_.push_back({lines_[line].organisation, lines_[line].year, {}, {}});
        places_.back().lines.push_back(line);
        place_of_[line] = static_cast<std::uint32_t>(places_.size() - 1);
        for (const auto* used : {&lines_[line].location, &lines_[line].market})
            for (const std::uint32_t factor : *used) {
                require(factor < factors_.size(), "a line names a factor that is not there");
                auto& users = users_of_[factor];
                if (users.empty() || users.back() != line) users.push_back(line);
            }
        results_[line] = line_result(lines_[line], factors_);
    }
    for (Place& place : places_) add_up(place);
}

void InventoryBook::add_up(Place& place) {
    place.totals = {};
    for (const std::uint32_t line : place.lines) {
        const auto category = static_cast<std::size_t>(lines_[line].category);
        place.totals.location[category] += results_[line].location_kg;
        place.totals.market[category] += results_[line].market_kg;
    }
}

const InventoryTotals* InventoryBook::totals(std::uint32_t organisation, std::int32_t year) const {
    const auto place = std::lower_bound(places_.begin(), places_.end(), std::pair(organisation, year),
        [](const Place& one, const auto& wanted) { return std::pair(one.organisation, one.year) < wanted; });
    return place != places_.end() && place->organisation == organisation && place->year == year ? &place->totals : nullptr;
}

std::size_t InventoryBook::replace(std::span<const std::pair<std::uint32_t, GasFactor>> changed) {
    std::vector<std::uint32_t> touched;
    for (const auto& [number, factor] : changed) {
        require(number < factors_.size(), "a factor was replaced that is not there");
        factors_[number] = factor;
        touched.insert(touched.end(), users_of_[number].begin(), users_of_[number].end());
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    std::vector<std::uint32_t> places;
    for (const std::uint32_t line : touched) {
        results_[line] = line_result(lines_[line], factors_);
        places.push_back(place_of_[line]);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const std::uint32_t place : places) add_up(places_[place]);
    return touched.size();
}

BaseYearDecision base_year_decision(std::int64_t base_kg, std::span<const BaseYearChange> changes, double threshold_percent) {
    BaseYearDecision decision{.recalculated_kg = base_kg};
    double sizes = 0;
    for (const BaseYearChange& one : changes) {
        decision.recalculated_kg += one.kg;
        sizes += std::abs(static_cast<double>(one.kg));
    }
    decision.percent = sizes == 0 ? 0 : base_kg == 0 ? 100 : 100 * sizes / std::abs(static_cast<double>(base_kg));
    decision.needed = sizes > 0 && decision.percent >= threshold_percent;
    return decision;
}

std::vector<Category> missing_categories(std::span<const Category> expected, std::span<const Category> reported, std::span<const Category> explained) {
    std::vector<Category> missing;
    for (const Category one : expected)
        if (std::find(reported.begin(), reported.end(), one) == reported.end() && std::find(explained.begin(), explained.end(), one) == explained.end() &&
            std::find(missing.begin(), missing.end(), one) == missing.end())
            missing.push_back(one);
    return missing;
}

ChangeParts change_parts(double amount_before, double kg_before, double amount_after, double kg_after) {
    const auto runs = [](double amount, double kg) { return amount > 0 && kg > 0; };
    if (!runs(amount_before, kg_before) || !runs(amount_after, kg_after)) {
        ChangeParts parts;
        (runs(amount_after, kg_after) || kg_before == 0 ? parts.begun : parts.ended) = kg_after - kg_before;
        return parts;
    }
    const double mean = kg_after == kg_before ? kg_after : (kg_after - kg_before) / std::log(kg_after / kg_before);
    const double by_activity = mean * std::log(amount_after / amount_before);
    return {.by_activity = by_activity, .by_factor = kg_after - kg_before - by_activity};
}

} // namespace greenbank::carbon
