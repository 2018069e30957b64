// decimals.h — amounts as people write them, "1250.00", and the 128 bits of ids as text; exact both ways, never by way of a real.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/engine/account.h"

namespace greenbank::ledger {

constexpr int rate_scale = 10;

/// Minor units of `scale` places: an optional sign, digits, at most `scale` digits after a point. Nothing where it is written
/// otherwise or does not fit in 127 bits.
std::optional<SignedAmount> parse_decimal(std::string_view text, int scale);
/// With exactly `scale` digits after the point; none and no point where it is 0.
std::string decimal_text(SignedAmount minor, int scale);
std::string decimal_text(Amount minor, int scale);

/// minor × rate, from one scale into another, half to even; nothing where it does not fit. `rate` has rate_scale places.
std::optional<SignedAmount> converted(SignedAmount minor, int scale, SignedAmount rate, int into_scale);

/// credits − debits that are posted; what fits in the sums fits here but for the highest bit, which no bank meets.
SignedAmount posted_balance(const Balances& balances);

/// "0 100 0 2500": debits held, posted, credits held, posted.
void append_balances(std::string& out, const Balances& balances);
std::string to_text(const Balances& balances);
std::optional<Balances> parse_balances(std::string_view text);

/// The 26 characters of Crockford's base 32 that follow a prefix: transfer ids have nothing else, so that the engine keeps them as
/// 128 bits. Nothing where the text is not `prefix`_ and these, or more than 128 bits, or zero.
std::optional<TransferId> parse_transfer_id(std::string_view text);
void append_transfer_id(std::string& out, const TransferId& id);
std::string to_text(const TransferId& id);

} // namespace greenbank::ledger
