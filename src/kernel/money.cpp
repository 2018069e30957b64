// money.cpp — decimal text to minor units and back, without floating point.
#include "kernel/money.h"

#include <array>

#include <fmt/format.h>

namespace greenbank {

std::optional<int> decimals_of(std::string_view currency) {
    // ISO 4217: those in use with other than two places; then those with two that we know.
    static constexpr std::string_view none[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
    static constexpr std::string_view three[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    static constexpr std::string_view two[] = {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND",
        "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN",
        "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES",
        "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
        "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD",
        "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH",
        "USD", "UYU", "UZS", "VES", "WST", "XCD", "YER", "ZAR", "ZMW"};
    for (const std::string_view code : none)
        if (code == currency) return 0;
    for (const std::string_view code : three)
        if (code == currency) return 3;
    for (const std::string_view code : two)
        if (code == currency) return 2;
    return {};
}

std::optional<Money> parse_money(std::string_view amount, std::string_view currency) {
    const auto places = decimals_of(currency);
    if (!places || amount.empty()) return {};
    const bool negative = amount.front() == '-';
    if (negative) amount.remove_prefix(1);
    std::int64_t minor = 0;
    int after_point = -1; // digits seen after the point
    std::size_t digit_count = 0;
    for (const char c : amount) {
        if (c == '.' && after_point < 0 && digit_count > 0) {
            after_point = 0;
            continue;
        }
        if (c < '0' || c > '9' || after_point == *places) return {};
        if (after_point >= 0) ++after_point;
        ++digit_count;
        if (__builtin_mul_overflow(minor, std::int64_t{10}, &minor) || __builtin_add_overflow(minor, std::int64_t{c - '0'}, &minor)) return {};
    }
    if (digit_count == 0 || after_point == 0) return {};
    for (int i = after_point < 0 ? 0 : after_point; i < *places; ++i)
        if (__builtin_mul_overflow(minor, std::int64_t{10}, &minor)) return {};
    return Money{negative ? -minor : minor, std::string(currency)};
}

std::string amount_text(const Money& money) {
    const int places = decimals_of(money.currency).value_or(2);
    const std::uint64_t size = money.minor < 0 ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    std::string digits = fmt::format("{:0{}}", size, places + 1);
    if (places > 0) digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
    return (money.minor < 0 ? "-" : "") + digits;
}

} // namespace greenbank
