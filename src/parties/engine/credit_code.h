// credit_code.h — the unified social credit code of organisations in China. Pure.
// Source: GB 32100-2015, clause 4 and annex A (check character by ISO 7064 MOD 31-3).
#pragma once

#include <optional>
#include <string_view>

namespace greenbank::parties {

/// 18 characters of 0–9 and A–Z without I, O, S, V, Z; the last one checks the others.
bool is_credit_code(std::string_view code);
/// The check character of the first 17, or nothing where one of them cannot stand there.
std::optional<char> credit_code_check(std::string_view first_17);

} // namespace greenbank::parties
