// How well a document answers: BM25 over occurrences weighted by where they stand (Robertson and Zaragoza 2009, BM25F).
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace greenbank::search {

enum class Section : std::uint8_t { title, summary, body };
inline constexpr std::array<float, 3> section_weights = {4, 2, 1};

/// A term in few documents says more.
inline float rarity(std::size_t documents_with_term, std::size_t documents) {
    const auto with = static_cast<float>(documents_with_term), all = static_cast<float>(documents);
    return std::log(1 + (all - with + 0.5F) / (with + 0.5F));
}

/// `occurrences` already weighted by section; long documents count less.
inline float relevance(float occurrences, float length, float average_length) {
    constexpr float saturation = 1.2F, length_share = 0.75F;
    const float norm = 1 - length_share + length_share * length / std::max(average_length, 1.0F);
    return occurrences * (saturation + 1) / (occurrences + saturation * norm);
}

} // namespace greenbank::search
