// amount.h — amounts are unsigned 128-bit whole numbers of an asset's minor unit, so that no sum a bank can meet overflows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace greenbank::ledger {

__extension__ using Amount = unsigned __int128;
/// A balance seen from its owner: credits − debits. Below zero the owner owes.
__extension__ using SignedAmount = __int128;

constexpr Amount amount_max = ~Amount{0};

/// Decimal digits, without signs or separators.
void append_amount(std::string& out, Amount amount);
std::string amount_text(Amount amount);
std::string amount_text(SignedAmount amount);
/// Digits only, leading zeros allowed; nothing where there is another character, none at all, or more than `amount_max`.
std::optional<Amount> parse_amount(std::string_view digits);

/// a + b, or `amount_max` where it does not fit.
constexpr Amount saturated_sum(Amount a, Amount b) { return b > amount_max - a ? amount_max : a + b; }
constexpr Amount magnitude(SignedAmount amount) { return amount < 0 ? Amount{0} - static_cast<Amount>(amount) : static_cast<Amount>(amount); }

} // namespace greenbank::ledger
