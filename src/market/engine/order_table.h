// order_table.h — order numbers to places: open addressing, linear probing, and no graves (what follows a removed entry moves up).
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::market {

class OrderTable {
public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    OrderTable() : entries_(64), shift_(58) {}

    std::uint32_t find(std::uint64_t number) const {
        for (std::size_t i = home(number);; i = next(i)) {
            if (entries_[i].number == number) return entries_[i].place;
            if (entries_[i].number == 0) return none;
        }
    }
    /// `number` is not 0 and not there yet.
    void insert(std::uint64_t number, std::uint32_t place) {
        if (2 * ++size_ > entries_.size()) grow();
        put(number, place);
    }
    void erase(std::uint64_t number) {
        std::size_t hole = home(number);
        while (entries_[hole].number != number) hole = next(hole);
        --size_;
        for (std::size_t i = next(hole); entries_[i].number != 0; i = next(i)) {
            // An entry may move into the hole unless its home lies behind it.
            if (((i - home(entries_[i].number)) & (entries_.size() - 1)) < ((i - hole) & (entries_.size() - 1))) continue;
            entries_[hole] = entries_[i];
            hole = i;
        }
        entries_[hole] = {};
    }
    std::size_t size() const { return size_; }

private:
    struct Entry {
        std::uint64_t number = 0;
        std::uint32_t place = 0;
    };
    /// Sixteen numbers in a row share their cache lines, since orders are mostly numbered as they come; which sixteen is scattered.
    std::size_t home(std::uint64_t number) const { return ((((number >> 4) * 0x9E3779B97F4A7C15u) >> shift_) & ~std::size_t{15}) | (number & 15); }
    std::size_t next(std::size_t i) const { return (i + 1) & (entries_.size() - 1); }
    void put(std::uint64_t number, std::uint32_t place) {
        std::size_t i = home(number);
        while (entries_[i].number != 0) i = next(i);
        entries_[i] = {number, place};
    }
    void grow() {
        std::vector<Entry> before(entries_.size() * 2);
        before.swap(entries_);
        --shift_;
        for (const Entry& entry : before)
            if (entry.number != 0) put(entry.number, entry.place);
    }

    std::vector<Entry> entries_;
    int shift_; // 64 - log2 of the size
    std::size_t size_ = 0;
};

} // namespace greenbank::market
