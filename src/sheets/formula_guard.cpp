// formula_guard.cpp — one rule for both directions.
#include "sheets/formula_guard.h"

#include <algorithm>

namespace greenbank::sheets {

namespace {

/// -12.5, and nothing that a formula could hide in.
bool is_negative_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < 2 || text[0] != '-' || !is_digit(text[1])) return false;
    text.remove_prefix(1);
    if (std::count(text.begin(), text.end(), '.') > 1 || !is_digit(text.back())) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || c == '.'; });
}

} // namespace

bool needs_apostrophe(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    if (text.empty()) return false;
    for (const std::string_view lead : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
        if (text.starts_with(lead)) return !is_negative_number(text);
    return false;
}

std::string_view without_apostrophe(std::string_view text) { return text.starts_with('\'') && needs_apostrophe(text) ? text.substr(1) : text; }

} // namespace greenbank::sheets
