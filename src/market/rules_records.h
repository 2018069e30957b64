// rules_records.h — a market's rules as people write them: prices in decimals, limits in percent, hours of the day; each edition dated and sourced.
#pragma once

#include "kernel/record.h"
#include "market/engine/desk.h"

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
    std::vector<std::int64_t> weekdays; // 1 Monday … 7 Sunday; empty: all
    std::vector<Date> closed_days;      // holidays
    // Of a market with holdings and money behind it.
    Clearing clearing = Clearing::novation;
    std::int64_t resale_days = 0;           // 1: bought today, sold tomorrow at the earliest
    std::int64_t fee_basis_points = 0;      // of each side's turnover
    std::optional<std::int64_t> orders_max; // that one may have in the book at a time
    std::optional<std::int64_t> holding_max;
    std::optional<double> large_holding; // percent of the tonnes in circulation; from there on a holder is reported
    std::int64_t block_quantity_min = 1;
    std::optional<double> block_price_limit; // percent of the last close
    std::vector<std::string> unconfirmed;    // fields whose values nobody has confirmed
};
Record describe(const RulesEdition*);

/// A day on which orders are taken at all.
bool trades_on(const RulesEdition& edition, Date day);

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
/// Of a market whose money has `cash_scale` places; nothing where a price times a quantity would have more.
std::optional<DeskRules> desk_rules(const RulesEdition& edition, int cash_scale, int units_scale);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::RuleStatus> { static constexpr std::string_view name = "rule_status", values[] = {"official", "unconfirmed", "sample"}; };
template <> struct Choices<market::Allocation> { static constexpr std::string_view name = "allocation", values[] = {"price_time", "listed"}; };
template <> struct Choices<market::Side> { static constexpr std::string_view name = "market_side", values[] = {"buy", "sell"}; };
template <> struct Choices<market::Op> {
    static constexpr std::string_view name = "order_op", values[] = {"limit", "market", "immediate", "all_or_none", "pick", "stop", "replace", "cancel"};
};
template <> struct Choices<market::Clearing> { static constexpr std::string_view name = "clearing", values[] = {"novation", "bilateral"}; };
template <> struct Choices<market::SelfTrade> {
    static constexpr std::string_view name = "self_trade", values[] = {"allow", "cancel_newer", "cancel_older", "cancel_both"};
};
} // namespace greenbank
