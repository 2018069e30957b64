// numbers_text.h — whole numbers as text, one after the other: how states and journals of the exchange are written.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace greenbank::market {

/// With a space after it.
inline void append_number(std::string& out, std::int64_t value) {
    char digits[24];
    char* end = std::to_chars(digits, digits + sizeof digits - 1, value).ptr;
    *end++ = ' ';
    out.append(digits, end);
}

/// A line of them.
template <class... Numbers> void append_line(std::string& out, Numbers... numbers) {
    (append_number(out, static_cast<std::int64_t>(numbers)), ...);
    out.back() = '\n';
}

/// Reads them again; `good` becomes false, and stays so, where something else stands.
class NumberReader {
public:
    explicit NumberReader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}
    std::int64_t next() {
        std::int64_t value = 0;
        const auto read = std::from_chars(at_, end_, value);
        if (read.ec != std::errc() || read.ptr == end_ || (*read.ptr != ' ' && *read.ptr != '\n')) {
            good = false;
            at_ = end_;
            return 0;
        }
        at_ = read.ptr + 1;
        return value;
    }
    /// Up to the next space or end of line.
    std::string_view word() {
        const char* from = at_;
        while (at_ != end_ && *at_ != ' ' && *at_ != '\n') ++at_;
        if (at_ == end_) {
            good = false;
            return {};
        }
        return {from, static_cast<std::size_t>(at_++ - from)};
    }
    bool done() const { return at_ == end_; }

    bool good = true;

private:
    const char* at_;
    const char* end_;
};

} // namespace greenbank::market
