// How well a document answers: BM25 over occurrences weighted by where they stand (Robertson and Zaragoza 2009, BM25F).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace greenbank::search {

enum class Section : std::uint8_t { title, summary, body };
inline constexpr std::array<float, 3> section_weights = {4, 2, 1};

/// A term in few documents says more.
inline float rarity(std::size_t documents_with_term, std::size_t documents) {
    const auto with = static_cast<float>(documents_with_term), all = static_cast<float>(documents);
    return std::log(1 + (all - with + 0.5F) / (with + 0.5F));
}

/// What share of a query a document meets. Sums of floats in double are exact in any order.
struct Share {
    std::size_t terms = 0;
    double rarity = 0;

    void add(float of_term) { ++terms, rarity += double{of_term}; }
    /// More than half of the terms, or those that make up half of what the query says: of two words the rarer one.
    bool is_most_of(const Share& all) const { return terms > 0 && (2 * terms > all.terms || 2 * rarity >= all.rarity); }
};

/// `occurrences` already weighted by section; long documents count less.
inline float relevance(float occurrences, float length, float average_length) {
    constexpr float saturation = 1.2F, length_share = 0.75F;
    const float norm = 1 - length_share + length_share * length / std::max(average_length, 1.0F);
    return occurrences * (saturation + 1) / (occurrences + saturation * norm);
}

} // namespace greenbank::search
