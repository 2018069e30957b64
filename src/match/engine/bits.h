// bits.h — one bit a candidate.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace greenbank::match {

class Bits {
public:
    Bits() = default;
    explicit Bits(std::size_t size, bool value = false) : words_((size + 63) / 64, value ? ~std::uint64_t{0} : 0), size_(size) { trim(); }

    void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    bool test(std::size_t i) const { return words_[i / 64] >> (i % 64) & 1; }
    std::size_t count() const {
        std::size_t sum = 0;
        for (const std::uint64_t word : words_) sum += static_cast<std::size_t>(std::popcount(word));
        return sum;
    }
    Bits& operator|=(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }
    Bits operator~() const {
        Bits inverse = *this;
        for (std::uint64_t& word : inverse.words_) word = ~word;
        inverse.trim();
        return inverse;
    }
    template <class Visit> void each(Visit visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (std::uint64_t word = words_[i]; word; word &= word - 1) visit(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }
    /// Bit i becomes holds(i), 64 at a time.
    template <class Holds> void fill(Holds holds) {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            std::uint64_t word = 0;
            const std::size_t first = at * 64, end = first + 64 < size_ ? first + 64 : size_;
            for (std::size_t i = first; i < end; ++i) word |= std::uint64_t{holds(i)} << (i - first);
            words_[at] = word;
        }
    }
    std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }

private:
    void trim() {
        if (size_ % 64) words_.back() &= (std::uint64_t{1} << (size_ % 64)) - 1;
    }
    std::vector<std::uint64_t> words_;
    std::size_t size_ = 0;
};

} // namespace greenbank::match
