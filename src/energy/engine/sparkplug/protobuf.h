// protobuf.h — the wire format of Protocol Buffers: fields of a message one after another. Pure; bounds are checked at every step.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace greenbank::energy::sparkplug {

enum class Wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct WireField {
    std::uint32_t number = 0;
    Wire wire = Wire::varint;
    std::uint64_t number_value = 0; // of a varint or a fixed one
    std::string_view bytes = {};    // of a length-delimited one; a part of what is read
};

class WireReader {
public:
    explicit WireReader(std::string_view bytes) : left_(bytes) {}

    /// False at the end and at the first fault; `sound` tells which.
    bool next(WireField& field) {
        if (left_.empty() || !sound_) return false;
        std::uint64_t tag = 0;
        if (!varint(tag) || (tag >> 3) == 0 || (tag >> 3) > 0x1FFFFFFF) return sound_ = false;
        field = {static_cast<std::uint32_t>(tag >> 3), static_cast<Wire>(tag & 7), 0, {}};
        switch (field.wire) {
        case Wire::varint: return varint(field.number_value) || (sound_ = false);
        case Wire::fixed64: return fixed(field.number_value, 8);
        case Wire::fixed32: return fixed(field.number_value, 4);
        case Wire::bytes: {
            std::uint64_t size = 0;
            if (!varint(size) || size > left_.size()) return sound_ = false;
            field.bytes = left_.substr(0, size);
            left_.remove_prefix(size);
            return true;
        }
        }
        return sound_ = false; // groups ended with version 2 of the format
    }
    bool sound() const { return sound_; }

private:
    bool varint(std::uint64_t& value) {
        value = 0;
        for (int shift = 0; shift < 64 && !left_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(left_.front());
            left_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return shift < 63 || byte < 2;
        }
        return false;
    }
    bool fixed(std::uint64_t& value, std::size_t size) {
        if (left_.size() < size) return sound_ = false;
        for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(left_[i]);
        left_.remove_prefix(size);
        return true;
    }

    std::string_view left_;
    bool sound_ = true;
};

class WireWriter {
public:
    void varint(std::uint32_t number, std::uint64_t value) {
        tag(number, Wire::varint);
        raw(value);
    }
    void real(std::uint32_t number, double value) {
        tag(number, Wire::fixed64);
        fixed(std::bit_cast<std::uint64_t>(value), 8);
    }
    void real(std::uint32_t number, float value) {
        tag(number, Wire::fixed32);
        fixed(std::bit_cast<std::uint32_t>(value), 4);
    }
    void bytes(std::uint32_t number, std::string_view value) {
        tag(number, Wire::bytes);
        raw(value.size());
        out_ += value;
    }
    std::string take() { return std::move(out_); }

private:
    void tag(std::uint32_t number, Wire wire) { raw(static_cast<std::uint64_t>(number) << 3 | static_cast<std::uint64_t>(wire)); }
    void raw(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
        out_ += static_cast<char>(value);
    }
    void fixed(std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i, value >>= 8) out_ += static_cast<char>(value);
    }

    std::string out_;
};

} // namespace greenbank::energy::sparkplug
