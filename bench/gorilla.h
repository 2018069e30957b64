// gorilla.h — the peer of telemetry_bench: times by differences of differences, values by XOR with the one before (Pelkonen et al. 2015), a bit at a time
// as the paper tells it, with 64-bit moments.
#pragma once

#include <bit>
#include <string>

#include "energy/engine/telemetry/points.h"

namespace greenbank::energy {

class BitsOut {
public:
    void put(std::uint64_t bits, unsigned count) {
        while (count > 0) {
            if (left_ == 0) {
                out_ += '\0';
                left_ = 8;
            }
            const unsigned now = std::min(count, left_);
            const std::uint64_t part = (bits >> (count - now)) & ((std::uint64_t{1} << now) - 1);
            out_.back() = static_cast<char>(static_cast<unsigned char>(out_.back()) | (part << (left_ - now)));
            left_ -= now;
            count -= now;
        }
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
    unsigned left_ = 0;
};

class BitsIn {
public:
    explicit BitsIn(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t get(unsigned count) {
        std::uint64_t bits = 0;
        while (count > 0) {
            const unsigned offset = at_ % 8, now = std::min(count, 8 - offset);
            const auto byte = static_cast<unsigned char>(bytes_[at_ / 8]);
            bits = (bits << now) | ((byte >> (8 - offset - now)) & ((1U << now) - 1));
            at_ += now;
            count -= now;
        }
        return bits;
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

inline std::string gorilla_encode(const Points& points, std::size_t from, std::size_t to) {
    BitsOut out;
    out.put(to - from, 32);
    Moment at = 0, step = 0;
    std::uint64_t before = 0;
    unsigned leading = 65, trailing = 0;
    for (std::size_t i = from; i < to; ++i) {
        const Moment change = points.times[i] - at - step;
        step = points.times[i] - at;
        at = points.times[i];
        if (i == from) step = 0;
        if (i == from) out.put(static_cast<std::uint64_t>(at), 64);
        else if (change == 0) out.put(0, 1);
        else {
            out.put(1, 1);
            out.put(static_cast<std::uint64_t>(change), 64);
        }
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(points.values[i]), differs = bits ^ before;
        before = bits;
        if (differs == 0) {
            out.put(0, 1);
            continue;
        }
        const unsigned zeros = std::min(31U, static_cast<unsigned>(std::countl_zero(differs))), behind = static_cast<unsigned>(std::countr_zero(differs));
        if (leading <= 64 && zeros >= leading && behind >= trailing) {
            out.put(2, 2);
        } else {
            leading = zeros;
            trailing = behind;
            out.put(3, 2);
            out.put(leading, 5);
            out.put(64 - leading - trailing - 1, 6);
        }
        out.put(differs >> trailing, 64 - leading - trailing);
    }
    return out.take();
}

inline void gorilla_decode(std::string_view bytes, Points& into) {
    BitsIn in(bytes);
    const std::uint64_t count = in.get(32);
    Moment at = 0, step = 0;
    std::uint64_t value = 0;
    unsigned leading = 0, trailing = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i == 0) at = static_cast<Moment>(in.get(64));
        else {
            if (in.get(1) == 1) step += static_cast<Moment>(in.get(64));
            at += step;
        }
        if (in.get(1) == 1) {
            if (in.get(1) == 1) {
                leading = static_cast<unsigned>(in.get(5));
                trailing = 64 - leading - static_cast<unsigned>(in.get(6)) - 1;
            }
            value ^= in.get(64 - leading - trailing) << trailing;
        }
        into.add(at, std::bit_cast<double>(value));
    }
}

} // namespace greenbank::energy
