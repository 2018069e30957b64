// rules_records.h — a market's rules as people write them: prices in decimals, limits in percent, hours of the day; each edition dated and sourced.
#pragma once

#include "kernel/record.h"
#include "market/engine/rules.h"

namespace greenbank::market {

enum class RuleStatus { official, unconfirmed, sample };

struct TradingHours {
    std::string from, to; // "09:30"
};
Record describe(const TradingHours*);

struct RulesEdition {
    std::string market, edition, source;
    RuleStatus status = RuleStatus::sample;
    std::optional<Date> valid_from, valid_to;
    Allocation allocation = Allocation::price_time;
    SelfTrade self_trade = SelfTrade::allow;
    std::int64_t pick_levels = 5;
    double tick = 0.01, lot = 1, quantity_min = 1; // decimals of at most six places; read as they are written
    std::optional<double> quantity_max, last_close;
    std::optional<double> price_limit; // percent of the last close
    std::vector<TradingHours> hours;
    std::int64_t utc_offset_minutes = 480;
};
Record describe(const RulesEdition*);

/// Decimals in whole steps of 10^-places; nothing where the text is no such number.
std::optional<std::int64_t> parse_scaled(std::string_view text, int places);
/// Without zeros at the end.
void append_scaled(std::string& out, DayFigures::Turnover value, int places);

struct ReadRules {
    MarketRules rules;
    Price last_close = 0;
    int price_places = 2, quantity_places = 0; // of the smallest units that engine and files share
};
/// The edition must have passed its check.
ReadRules read_rules(const RulesEdition& edition);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::RuleStatus> { static constexpr std::string_view name = "rule_status", values[] = {"official", "unconfirmed", "sample"}; };
template <> struct Choices<market::Allocation> { static constexpr std::string_view name = "allocation", values[] = {"price_time", "listed"}; };
template <> struct Choices<market::SelfTrade> {
    static constexpr std::string_view name = "self_trade", values[] = {"allow", "cancel_newer", "cancel_older", "cancel_both"};
};
} // namespace greenbank
