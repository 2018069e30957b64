// Points in time and calendar days, UTC. Nobody here reads a clock: time is an argument.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace greenbank {

struct Time {
    std::int64_t microseconds = 0; // since 1970-01-01T00:00:00Z

    auto operator<=>(const Time&) const = default;
};

struct Date {
    std::int32_t days = 0; // since 1970-01-01

    auto operator<=>(const Date&) const = default;
};

struct Duration {
    std::int64_t microseconds = 0;

    auto operator<=>(const Duration&) const = default;
};

constexpr Duration milliseconds(std::int64_t n) { return {n * 1000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(std::int64_t n) { return {n * 60'000'000}; }
constexpr Duration hours(std::int64_t n) { return {n * 3'600'000'000}; }
constexpr Duration days(std::int64_t n) { return {n * 86'400'000'000}; }

constexpr Time operator+(Time t, Duration d) { return {t.microseconds + d.microseconds}; }
constexpr Time operator-(Time t, Duration d) { return {t.microseconds - d.microseconds}; }
constexpr Duration operator-(Time a, Time b) { return {a.microseconds - b.microseconds}; }

/// RFC 3339 with an offset or Z; years 0001 to 9999.
std::optional<Time> parse_time(std::string_view text);
/// `2026-11-20T22:21:23.123456Z`, the fraction left out where it is zero.
std::string to_text(Time time);

std::optional<Date> parse_date(std::string_view text); // 2026-11-20
std::string to_text(Date date);
Date date_of(Time time);
/// Proleptic Gregorian; month and day from 1.
Date make_date(int year, int month, int day);

} // namespace greenbank
