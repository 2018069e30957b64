// decimals.cpp — exact decimals and ids.
#include "ledger/decimals.h"

#include <array>
#include <vector>

#include "kernel/text.h"

namespace greenbank::ledger {

namespace {

constexpr std::string_view transfer_prefix = "transfer_";
constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t id_digits = 26;
constexpr Amount signed_max = amount_max >> 1;

constexpr Amount power_of_ten(int exponent) {
    Amount power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// a × b, or nothing where it does not fit in 127 bits.
std::optional<Amount> product(Amount a, Amount b) {
    if (b != 0 && a > signed_max / b) return {};
    return a * b;
}

} // namespace

std::optional<SignedAmount> parse_decimal(std::string_view text, int scale) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    std::string digits(text.substr(0, point));
    std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
    if (digits.empty() || (point != std::string_view::npos && fraction.empty())) return {};
    while (fraction.size() > static_cast<std::size_t>(scale) && fraction.ends_with('0')) fraction.remove_suffix(1);
    if (fraction.size() > static_cast<std::size_t>(scale)) return {};
    digits += fraction;
    digits.append(static_cast<std::size_t>(scale) - fraction.size(), '0');
    const auto amount = parse_amount(digits);
    if (!amount || *amount > signed_max) return {};
    const auto minor = static_cast<SignedAmount>(*amount);
    return negative ? -minor : minor;
}

std::string decimal_text(Amount minor, int scale) {
    std::string digits = amount_text(minor);
    if (scale == 0) return digits;
    const auto places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, ".");
    return digits;
}

std::string decimal_text(SignedAmount minor, int scale) { return (minor < 0 ? "-" : "") + decimal_text(magnitude(minor), scale); }

std::optional<SignedAmount> converted(SignedAmount minor, int scale, SignedAmount rate, int into_scale) {
    const auto value = product(magnitude(minor), magnitude(rate));
    if (!value) return {};
    const int shift = into_scale - scale - rate_scale;
    Amount rounded = 0;
    if (shift >= 0) {
        const auto larger = product(*value, power_of_ten(shift));
        if (!larger) return {};
        rounded = *larger;
    } else {
        const Amount unit = power_of_ten(-shift);
        rounded = *value / unit;
        const Amount rest = *value % unit, half = unit / 2;
        if (rest > half || (rest == half && rounded % 2 == 1)) ++rounded;
    }
    const auto magnitude_of = static_cast<SignedAmount>(rounded);
    return (minor < 0) != (rate < 0) ? -magnitude_of : magnitude_of;
}

SignedAmount posted_balance(const Balances& balances) { return static_cast<SignedAmount>(balances.credits_posted - balances.debits_posted); }

void append_balances(std::string& out, const Balances& balances) {
    append_amount(out, balances.debits_pending);
    for (const Amount amount : {balances.debits_posted, balances.credits_pending, balances.credits_posted}) append_amount(out += ' ', amount);
}

std::string to_text(const Balances& balances) {
    std::string text;
    append_balances(text, balances);
    return text;
}

std::optional<Balances> parse_balances(std::string_view text) {
    Balances balances;
    const std::array<Amount*, 4> parts = {&balances.debits_pending, &balances.debits_posted, &balances.credits_pending, &balances.credits_posted};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t space = i + 1 < parts.size() ? text.find(' ') : text.size();
        if (space == std::string_view::npos) return {};
        const auto amount = parse_amount(text.substr(0, space));
        if (!amount) return {};
        *parts[i] = *amount;
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return balances;
}

std::optional<TransferId> parse_transfer_id(std::string_view text) {
    if (!text.starts_with(transfer_prefix) || text.size() != transfer_prefix.size() + id_digits) return {};
    text.remove_prefix(transfer_prefix.size());
    if (text[0] > '7') return {}; // the 26 digits hold two bits more than an id
    Amount bits = 0;
    for (const char c : text) {
        const std::size_t digit = base32.find(c);
        if (digit == std::string_view::npos) return {};
        bits = bits << 5 | digit;
    }
    const TransferId id{static_cast<std::uint64_t>(bits >> 64), static_cast<std::uint64_t>(bits)};
    if (id.empty()) return {};
    return id;
}

void append_transfer_id(std::string& out, const TransferId& id) {
    Amount bits = Amount{id.high} << 64 | id.low;
    char digits[id_digits];
    for (std::size_t i = id_digits; i-- > 0; bits >>= 5) digits[i] = base32[static_cast<std::size_t>(bits & 31)];
    (out += transfer_prefix).append(digits, id_digits);
}

std::string to_text(const TransferId& id) {
    std::string text;
    append_transfer_id(text, id);
    return text;
}

} // namespace greenbank::ledger
