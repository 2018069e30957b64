// column_guess.cpp — headings against names.
#include "library/engine/column_guess.h"

#include <algorithm>

#include "library/engine/character_pairs.h"

namespace greenbank::library {

namespace {

constexpr double confidence_min = 0.5;

/// Letters, digits and ideographs only: brackets, stars, underscores and blanks say nothing.
std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    }
    for (const std::string_view mark : {"（", "）", "：", "、", "，", "。", "　", "【", "】", "＊"})
        for (std::size_t at = letters.find(mark); at != std::string::npos; at = letters.find(mark)) letters.erase(at, mark.size());
    return letters;
}

double confidence_of(const std::string& heading, const ColumnTarget& target) {
    double best = 0;
    for (const std::string& name : target.names) {
        const std::string letters = letters_of(name);
        if (letters.empty()) continue;
        if (heading == letters) return 1;
        double one = 0.9 * pair_similarity(heading, letters);
        // "申报技术名称" holds "技术名称"; the more of the heading the name is, the surer.
        if (letters.size() >= 4 && heading.find(letters) != std::string::npos)
            one = std::max(one, 0.5 + 0.45 * static_cast<double>(letters.size()) / static_cast<double>(heading.size()));
        best = std::max(best, one);
    }
    return best;
}

} // namespace

double pair_similarity(std::string_view a, std::string_view b) {
    const std::vector<std::uint64_t> left = character_pairs(a), right = character_pairs(b);
    if (left.empty() || right.empty()) return a == b && !a.empty() ? 1 : 0;
    return 2 * static_cast<double>(shared_pairs(left, right)) / static_cast<double>(left.size() + right.size());
}

std::vector<ColumnGuess> guess_columns(std::span<const std::string> headings, std::span<const ColumnTarget> targets) {
    struct Offer {
        double confidence;
        std::size_t column, target;
    };
    std::vector<Offer> offers;
    for (std::size_t column = 0; column < headings.size(); ++column) {
        const std::string letters = letters_of(headings[column]);
        if (letters.empty()) continue;
        for (std::size_t target = 0; target < targets.size(); ++target)
            if (const double confidence = confidence_of(letters, targets[target]); confidence >= confidence_min) offers.push_back({confidence, column, target});
    }
    std::stable_sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) { return a.confidence > b.confidence; });
    std::vector<bool> column_used(headings.size()), target_used(targets.size());
    std::vector<ColumnGuess> guesses;
    for (const Offer& offer : offers) {
        if (column_used[offer.column] || target_used[offer.target]) continue;
        column_used[offer.column] = target_used[offer.target] = true;
        guesses.push_back({offer.column, targets[offer.target].path, offer.confidence});
    }
    std::sort(guesses.begin(), guesses.end(), [](const ColumnGuess& a, const ColumnGuess& b) { return a.column < b.column; });
    return guesses;
}

} // namespace greenbank::library
