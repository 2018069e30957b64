// rules_records.cpp — the description of an edition of rules, and from it to the engine.
#include "market/rules_records.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::market {

namespace {

constexpr int places_max = 6;

/// A number out of JSON as it was written: the shortest decimal that reads back the same.
std::string as_written(double number) { return fmt::format("{}", number); }

/// Digits after the point; -1 where it is no positive decimal of at most places_max of them.
int places_of(double number) {
    const std::string text = as_written(number);
    const auto point = text.find('.');
    const std::size_t after = point == std::string::npos ? 0 : text.size() - point - 1;
    if (after > static_cast<std::size_t>(places_max) || !parse_scaled(text, places_max) || *parse_scaled(text, places_max) <= 0) return -1;
    return static_cast<int>(after);
}

int minute_of(std::string_view clock) {
    if (clock.size() != 5 || clock[2] != ':') return -1;
    for (const std::size_t i : {0, 1, 3, 4})
        if (clock[i] < '0' || clock[i] > '9') return -1;
    const int hour = (clock[0] - '0') * 10 + clock[1] - '0', minute = (clock[3] - '0') * 10 + clock[4] - '0';
    return hour > 24 || minute > 59 || hour * 60 + minute > 1440 ? -1 : hour * 60 + minute;
}

void check_edition(const void* value, Problems& problems) {
    const auto& edition = *static_cast<const RulesEdition*>(value);
    const auto decimal = [&](const char* field, double number) {
        if (places_of(number) < 0)
            problems.push_back({field, "market.rule_number", "Write a positive decimal with at most {places} digits after the point, such as 0.01.",
                {{"places", std::to_string(places_max)}}});
    };
    decimal("tick", edition.tick);
    decimal("lot", edition.lot);
    decimal("quantity_min", edition.quantity_min);
    if (edition.quantity_max) decimal("quantity_max", *edition.quantity_max);
    if (edition.last_close) decimal("last_close", *edition.last_close);
    if (edition.quantity_max && edition.quantity_min > *edition.quantity_max)
        problems.push_back({"quantity_max", "market.rule_crossed", "The greatest quantity is less than the least."});
    for (std::size_t i = 0; i < edition.hours.size(); ++i)
        if (minute_of(edition.hours[i].from) < 0 || minute_of(edition.hours[i].to) < 0 || minute_of(edition.hours[i].from) >= minute_of(edition.hours[i].to))
            problems.push_back({fmt::format("hours[{}]", i), "market.rule_hours", "Hours are written 09:30 to 11:30, the earlier first."});
    for (std::size_t i = 0; i < edition.weekdays.size(); ++i)
        if (edition.weekdays[i] < 1 || edition.weekdays[i] > 7)
            problems.push_back({fmt::format("weekdays[{}]", i), "market.rule_weekday", "Write 1 for Monday to 7 for Sunday."});
    if (edition.valid_from && edition.valid_to && edition.valid_to->days < edition.valid_from->days)
        problems.push_back({"valid_to", "market.rule_crossed_dates", "The rules end before they begin."});
}

} // namespace

Record describe(const TradingHours*) {
    return {"trading_hours", "From when to when orders are taken.",
        {field<&TradingHours::from>("from", "The first minute, HH:MM.", {.min = 5, .max = 5}),
            field<&TradingHours::to>("to", "The first minute after it, HH:MM.", {.min = 5, .max = 5})}};
}

Record describe(const RulesEdition*) {
    return {"market_rules", "What a market allows, one edition of it.",
        {
            field<&RulesEdition::market>("market", "The market.", {.max = 200, .defaulted = true}),
            field<&RulesEdition::edition>("edition", "The edition of the rules.", {.max = 200, .defaulted = true}),
            field<&RulesEdition::source>("source", "Where they stand.", {.max = 500, .defaulted = true}),
            field<&RulesEdition::status>("status", "Whether this is official.", {.defaulted = true}),
            field<&RulesEdition::valid_from>("valid_from", "The first day."),
            field<&RulesEdition::valid_to>("valid_to", "The last day."),
            field<&RulesEdition::allocation>("allocation", "How a deal finds its counterparty.", {.defaulted = true}),
            field<&RulesEdition::self_trade>("self_trade", "What happens where both sides are one account.", {.defaulted = true}),
            field<&RulesEdition::pick_levels>("pick_levels", "How many best prices may be picked from.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&RulesEdition::tick>("tick", "Prices are multiples of it.", {.min = 0, .max = 1e9, .defaulted = true}),
            field<&RulesEdition::lot>("lot", "Quantities are multiples of it.", {.min = 0, .max = 1e9, .defaulted = true}),
            field<&RulesEdition::quantity_min>("quantity_min", "The least an order may be for.", {.min = 0, .max = 1e9, .defaulted = true}),
            field<&RulesEdition::quantity_max>("quantity_max", "The most an order may be for.", {.min = 0, .max = 1e12}),
            field<&RulesEdition::last_close>("last_close", "The close before; price limits count from it.", {.min = 0, .max = 1e12}),
            field<&RulesEdition::price_limit>("price_limit", "How far a price may lie from the last close.", {.unit = "%", .min = 0.01, .max = 100}),
            field<&RulesEdition::hours>("hours", "When orders are taken; none: always.", {.max = 10, .defaulted = true}),
            field<&RulesEdition::utc_offset_minutes>(
                "utc_offset_minutes", "The market's clock, in minutes east of UTC.", {.unit = "min", .min = -840, .max = 840, .defaulted = true}),
            field<&RulesEdition::weekdays>(
                "weekdays", "On which days of the week orders are taken, 1 Monday to 7 Sunday; none: on all.", {.max = 7, .defaulted = true}),
            field<&RulesEdition::closed_days>("closed_days", "Holidays, on which no orders are taken.", {.max = 400, .defaulted = true}),
            field<&RulesEdition::clearing>("clearing", "Both sides deal with the clearing account, or pay each other.", {.defaulted = true}),
            field<&RulesEdition::resale_days>("resale_days", "Days until what was bought may be sold.", {.unit = "d", .min = 0, .max = 1, .defaulted = true}),
            field<&RulesEdition::fee_basis_points>(
                "fee_basis_points", "What each side pays, in hundredths of a percent.", {.min = 0, .max = 1000, .defaulted = true}),
            field<&RulesEdition::orders_max>("orders_max", "How many orders one may have in the book at a time.", {.min = 1, .max = 1e9}),
            field<&RulesEdition::holding_max>("holding_max", "What an account may have at most.", {.min = 1, .max = 1e12}),
            field<&RulesEdition::large_holding>(
                "large_holding", "From this share of the tonnes in circulation on a holder is reported.", {.unit = "%", .min = 0.01, .max = 100}),
            field<&RulesEdition::block_quantity_min>("block_quantity_min", "The least of a negotiated block.", {.min = 1, .max = 1e12, .defaulted = true}),
            field<&RulesEdition::block_price_limit>(
                "block_price_limit", "How far a block's price may lie from the last close.", {.unit = "%", .min = 0.01, .max = 100}),
            field<&RulesEdition::unconfirmed>("unconfirmed", "Which of these values nobody has confirmed.", {.max = 30, .defaulted = true}),
        },
        check_edition};
}

bool trades_on(const RulesEdition& edition, Date day) {
    const std::int64_t weekday = (std::int64_t{day.days} + 3) % 7 + 1; // 1 January 1970 was a Thursday
    const auto has = [](const auto& list, const auto& value) { return std::find(list.begin(), list.end(), value) != list.end(); };
    return (edition.weekdays.empty() || has(edition.weekdays, weekday)) && !has(edition.closed_days, day);
}

std::optional<std::int64_t> parse_scaled(std::string_view text, int places) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    int digits = 0, after = -1;
    for (const char c : text) {
        if (c == '.' && after < 0 && digits > 0) {
            after = 0;
            continue;
        }
        if (c < '0' || c > '9') return {};
        if (after >= 0 && after == places) { // more places than there are: only zeros
            if (c != '0') return {};
            continue;
        }
        if (value > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return {};
        value = value * 10 + (c - '0');
        ++digits;
        if (after >= 0) ++after;
    }
    if (digits == 0 || after == 0) return {};
    for (after = std::max(after, 0); after < places; ++after) {
        if (value > std::numeric_limits<std::int64_t>::max() / 10) return {};
        value *= 10;
    }
    return negative ? -value : value;
}

void append_scaled(std::string& out, DayFigures::Turnover value, int places) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    char digits[48];
    int length = 0;
    for (; value > 0 || length <= places; value /= 10) digits[length++] = static_cast<char>('0' + static_cast<int>(value % 10));
    int last = 0; // the last digit that says something
    while (last < places && digits[last] == '0') ++last;
    for (int i = length - 1; i >= last; --i) {
        out += digits[i];
        if (i == places && last < places) out += '.';
    }
}

ReadRules read_rules(const RulesEdition& edition) {
    ReadRules read;
    read.price_places = std::max(places_of(edition.tick), edition.last_close ? places_of(*edition.last_close) : 0);
    read.quantity_places = std::max({places_of(edition.lot), places_of(edition.quantity_min), edition.quantity_max ? places_of(*edition.quantity_max) : 0});
    const auto price = [&](double number) { return *parse_scaled(as_written(number), read.price_places); };
    const auto quantity = [&](double number) { return *parse_scaled(as_written(number), read.quantity_places); };
    read.rules.book = {edition.allocation, edition.self_trade, static_cast<int>(edition.pick_levels)};
    read.rules.tick = price(edition.tick);
    read.rules.lot = quantity(edition.lot);
    read.rules.quantity_min = quantity(edition.quantity_min);
    if (edition.quantity_max) read.rules.quantity_max = quantity(*edition.quantity_max);
    if (edition.price_limit) read.rules.price_limit_basis_points = static_cast<int>(std::lround(*edition.price_limit * 100));
    for (const TradingHours& one : edition.hours) read.rules.hours.push_back({minute_of(one.from), minute_of(one.to)});
    if (edition.last_close) read.last_close = price(*edition.last_close);
    return read;
}

std::optional<DeskRules> desk_rules(const RulesEdition& edition, int cash_scale, int units_scale) {
    const ReadRules read = read_rules(edition);
    if (read.price_places + read.quantity_places > cash_scale || read.quantity_places > units_scale) return {};
    DeskRules rules{.market = read.rules, .clearing = edition.clearing};
    rules.resale_days = static_cast<int>(edition.resale_days);
    rules.fee_basis_points = static_cast<int>(edition.fee_basis_points);
    for (int places = read.price_places + read.quantity_places; places < cash_scale; ++places) rules.cash_per *= 10;
    rules.units_per = 1;
    for (int places = read.quantity_places; places < units_scale; ++places) rules.units_per *= 10;
    if (edition.orders_max) rules.orders_max = *edition.orders_max;
    if (edition.holding_max) rules.holding_max = *edition.holding_max;
    return rules;
}

} // namespace greenbank::market
