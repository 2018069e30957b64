// id_filter.cpp — six bits of one 512-bit block.
#include "ledger/engine/id_filter.h"

#include <algorithm>

namespace greenbank::ledger {

namespace {

constexpr std::size_t first_layer_ids = std::size_t{1} << 16;
constexpr std::size_t bits_per_id = 16;
constexpr int bits_set = 6, bits_of_place = 9; // 2^9 bits a block

/// The block is chosen by the hash's upper bits; the bits within it by a second mixing, so that they do not follow it.
std::uint64_t bits_of(std::uint64_t hash) { return (hash ^ (hash >> 31)) * 0xE703'7ED1'A0B4'28DB; }

} // namespace

IdFilter::IdFilter(std::size_t expected) { add_layer(std::max(expected, first_layer_ids)); }

std::size_t IdFilter::place(const Layer& layer, std::uint64_t hash) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>((Wide{hash} * layer.blocks.size()) >> 64);
}

void IdFilter::add_layer(std::size_t ids) { layers_.push_back({std::vector<Block>((ids * bits_per_id + 511) / 512), ids}); }

void IdFilter::add(std::uint64_t hash) {
    if (layers_.back().room == 0) add_layer(layers_.back().blocks.size() * 512 / bits_per_id * 4);
    Layer& layer = layers_.back();
    --layer.room;
    Block& block = layer.blocks[place(layer, hash)];
    std::uint64_t bits = bits_of(hash);
    for (int i = 0; i < bits_set; ++i, bits <<= bits_of_place) block.words[bits >> 61] |= std::uint64_t{1} << (bits >> 55 & 63);
}

bool IdFilter::may_contain(std::uint64_t hash) const {
    const std::uint64_t chosen = bits_of(hash);
    for (const Layer& layer : layers_) {
        const Block& block = layer.blocks[place(layer, hash)];
        std::uint64_t bits = chosen, all = 1;
        for (int i = 0; i < bits_set; ++i, bits <<= bits_of_place) all &= block.words[bits >> 61] >> (bits >> 55 & 63);
        if (all & 1) return true;
    }
    return false;
}

void IdFilter::prefetch(std::uint64_t hash) const {
    for (const Layer& layer : layers_) __builtin_prefetch(&layer.blocks[place(layer, hash)]);
}

std::size_t IdFilter::bytes() const {
    std::size_t sum = 0;
    for (const Layer& layer : layers_) sum += layer.blocks.size() * sizeof(Block);
    return sum;
}

} // namespace greenbank::ledger
