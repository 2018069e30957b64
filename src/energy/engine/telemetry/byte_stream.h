// byte_stream.h — bytes out and in, little end first; reading past the end is remembered, never done.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace greenbank::energy {

static_assert(std::endian::native == std::endian::little, "chunks are written as this processor has them");

inline std::uint64_t zigzag(std::int64_t number) { return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63); }
inline std::int64_t from_zigzag(std::uint64_t number) { return static_cast<std::int64_t>((number >> 1) ^ (0 - (number & 1))); }

template <class Number> void append_fixed(std::string& out, Number number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    out.append(bytes, sizeof number);
}

inline void append_varint(std::string& out, std::uint64_t number) {
    for (; number >= 128; number >>= 7) out += static_cast<char>(number | 128);
    out += static_cast<char>(number);
}

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    bool failed() const { return failed_; }
    bool at_end() const { return at_ == end_; }
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

    /// The next so many bytes, or null.
    const char* take(std::size_t count) {
        if (failed_ || left() < count) return failed_ = true, nullptr;
        const char* const begin = at_;
        at_ += count;
        return begin;
    }
    template <class Number> Number fixed() {
        Number number{};
        if (const char* const bytes = take(sizeof number)) std::memcpy(&number, bytes, sizeof number);
        return number;
    }
    std::uint64_t varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t byte = fixed<std::uint8_t>();
            number |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (byte < 128) return number;
        }
        failed_ = true;
        return 0;
    }

private:
    const char *at_, *end_;
    bool failed_ = false;
};

} // namespace greenbank::energy
