// id.cpp — UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits, in 26 characters of Crockford's base 32.
#include "kernel/id.h"

namespace greenbank {

bool is_id(std::string_view text, std::string_view prefix) {
    if (text.size() < prefix.size() + 2 || text.size() > prefix.size() + 61 || !text.starts_with(prefix) || text[prefix.size()] != '_') return false;
    for (const char c : text.substr(prefix.size() + 1))
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

std::string make_id(std::string_view prefix, Time now, Random& random) {
    static constexpr char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    const std::uint64_t milliseconds = static_cast<std::uint64_t>(now.microseconds / 1000);
    std::uint64_t high = (milliseconds << 16) | 0x7000 | (random.next() & 0xFFF);
    std::uint64_t low = 0x8000000000000000 | (random.next() >> 2);
    std::string text(26, '0');
    for (std::size_t i = 26; i-- > 0;) { // 128 bits, five at a time from the right
        text[i] = digits[low & 31];
        low = (low >> 5) | (high << 59);
        high >>= 5;
    }
    return std::string(prefix) + "_" + text;
}

} // namespace greenbank
