// credit_code.cpp — weights are powers of 3 modulo 31.
#include "parties/engine/credit_code.h"

namespace greenbank::parties {

constexpr std::string_view characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

std::optional<char> credit_code_check(std::string_view first_17) {
    if (first_17.size() != 17) return {};
    unsigned sum = 0, weight = 1;
    for (const char c : first_17) {
        const std::size_t value = characters.find(c);
        if (value == std::string_view::npos) return {};
        sum += static_cast<unsigned>(value) * weight;
        weight = weight * 3 % 31;
    }
    return characters[(31 - sum % 31) % 31];
}

bool is_credit_code(std::string_view code) { return code.size() == 18 && credit_code_check(code.substr(0, 17)) == code[17]; }

} // namespace greenbank::parties
