// id_filter.h — was this id used before? "No" is certain, "perhaps" is answered by the journal.
// A blocked Bloom filter (Putze, Sanders, Singler 2007): 16 bits an id, all six of them in one cache line, so 10 million
// ids take 43 MB where a map from id to line would take 320. Where a layer is full, one four times as large is added.
// At 10 million ids one new id in 250 is "perhaps" without reason (measured) and costs a look-up in the journal. Ids are
// never taken out: an id of a change that was rolled back merely stays "perhaps".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace greenbank::ledger {

class IdFilter {
public:
    /// Room for `expected` ids at once; it grows beyond them.
    explicit IdFilter(std::size_t expected = 0);

    // All take hash_of(id).
    void add(std::uint64_t hash);
    bool may_contain(std::uint64_t hash) const;
    void prefetch(std::uint64_t hash) const;

    std::size_t bytes() const;

private:
    struct alignas(64) Block {
        std::uint64_t words[8] = {};
    };
    struct Layer {
        std::vector<Block> blocks;
        std::size_t room; // ids it can still take
    };
    static std::size_t place(const Layer& layer, std::uint64_t hash);
    void add_layer(std::size_t ids);

    std::vector<Layer> layers_; // the last one takes new ids
};

} // namespace greenbank::ledger
