// amount.cpp — digits both ways.
#include "ledger/engine/amount.h"

namespace greenbank::ledger {

void append_amount(std::string& out, Amount amount) {
    char digits[40];
    char* at = digits + sizeof digits;
    // 64 bits at a time: a 128-bit division is a slow call.
    while (amount > UINT64_MAX) {
        constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;
        auto low = static_cast<std::uint64_t>(amount % chunk);
        amount /= chunk;
        for (int i = 0; i < 19; ++i, low /= 10) *--at = static_cast<char>('0' + low % 10);
    }
    auto low = static_cast<std::uint64_t>(amount);
    do *--at = static_cast<char>('0' + low % 10);
    while (low /= 10);
    out.append(at, digits + sizeof digits);
}

std::string amount_text(Amount amount) {
    std::string text;
    append_amount(text, amount);
    return text;
}

std::string amount_text(SignedAmount amount) { return (amount < 0 ? "-" : "") + amount_text(magnitude(amount)); }

std::optional<Amount> parse_amount(std::string_view digits) {
    if (digits.empty()) return {};
    Amount amount = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return {};
        const auto digit = static_cast<unsigned>(c - '0');
        if (__builtin_mul_overflow(amount, Amount{10}, &amount) || __builtin_add_overflow(amount, Amount{digit}, &amount)) return {};
    }
    return amount;
}

} // namespace greenbank::ledger
