// Money is a whole number of minor units in one currency; what is booked never meets a floating-point number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace greenbank {

struct Money {
    std::int64_t minor = 0;
    std::string currency = "CNY"; // ISO 4217

    bool operator==(const Money&) const = default;
};

/// Decimal places of a currency (CNY 2, JPY 0, KWD 3); nothing for a code we do not know.
std::optional<int> decimals_of(std::string_view currency);
/// "1250.00" CNY; refuses more places than the currency has, signs other than '-', exponents and overflow.
std::optional<Money> parse_money(std::string_view amount, std::string_view currency);
/// "1250.00"
std::string amount_text(const Money& money);

} // namespace greenbank
