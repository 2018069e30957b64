// concepts.cpp — two trees of words, one of Chinese characters and one of stems.
#include "match/engine/concepts.h"

#include <algorithm>

namespace greenbank::match {

namespace {

constexpr std::size_t generations_max = 8; // a thesaurus with a circle in it must not hang us

std::u32string code_points(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
        if (length == 0 || i + length > utf8.size()) {
            ++i; // not UTF-8: passed over
            continue;
        }
        char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k) point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
        out += point;
        i += length;
    }
    return out;
}

bool is_chinese(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF); }

/// Letters and digits outside Chinese; accents of both alphabets included.
bool is_letter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 0xC0 && c <= 0x52F && c != 0xD7 && c != 0xF7) ||
           (c >= 0x2080 && c <= 0x2089);
}

std::string to_utf8(std::span<const char32_t> points) {
    std::string out;
    for (const char32_t c : points) {
        if (c < 0x80) out += static_cast<char>(c);
        else if (c < 0x800) (out += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 0x3F));
        else ((out += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 0x3F))) += static_cast<char>(0x80 | (c & 0x3F));
    }
    return out;
}

std::vector<std::uint32_t> numbers_of(std::u32string_view points) { return {points.begin(), points.end()}; }

constexpr std::uint64_t edge(std::uint32_t node, std::uint32_t number) { return std::uint64_t{node} << 32 | number; }

} // namespace

void ConceptFinder::Tree::add(std::span<const std::uint32_t> sequence, std::uint32_t concept_index) {
    if (sequence.empty()) return;
    if (begins.size() <= sequence[0]) begins.resize(sequence[0] + 1);
    begins[sequence[0]] = true;
    Node node = 0;
    for (const std::uint32_t number : sequence) {
        const auto [at, fresh] = children.emplace(edge(node, number), static_cast<Node>(found.size()));
        if (fresh) found.emplace_back();
        node = at->second;
    }
    found[node].push_back(concept_index);
}

void ConceptFinder::Tree::find(std::span<const std::uint32_t> sequence, std::vector<bool>& seen) const {
    std::size_t covered = 0; // everything before has been matched by words that began earlier
    for (std::size_t start = 0; start < sequence.size(); ++start) {
        if (sequence[start] >= begins.size() || !begins[sequence[start]]) continue;
        Node node = 0;
        const std::vector<std::uint32_t>* longest = nullptr;
        std::size_t end = 0;
        for (std::size_t i = start; i < sequence.size(); ++i) {
            const auto next = children.find(edge(node, sequence[i]));
            if (next == children.end()) break;
            node = next->second;
            if (!found[node].empty()) {
                longest = &found[node];
                end = i + 1;
            }
        }
        if (!longest || end <= covered) continue; // what ends no later than an earlier word is contained in it
        covered = end;
        for (const std::uint32_t concept_index : *longest) seen[concept_index] = true;
    }
}

ConceptFinder::ConceptFinder(std::span<const ThesaurusEntry> thesaurus, Fold fold, Stem stem) : fold_(std::move(fold)), stem_(std::move(stem)) {
    std::unordered_map<std::string, std::uint32_t> by_code;
    for (const ThesaurusEntry& entry : thesaurus) {
        by_code.emplace(entry.code, static_cast<std::uint32_t>(codes_.size()));
        codes_.push_back(entry.code);
    }
    for (std::uint32_t i = 0; i < codes_.size(); ++i) {
        for (const std::string& word : thesaurus[i].words) add_word(word, i);
        std::vector<ConceptWeight> line{{i, concept_weight_full}};
        for (const std::string* above = &thesaurus[i].broader; line.size() < generations_max; above = &thesaurus[line.back().concept_index].broader) {
            const auto found = by_code.find(*above);
            if (found == by_code.end() || std::any_of(line.begin(), line.end(), [&](const ConceptWeight& one) { return one.concept_index == found->second; }))
                break;
            line.push_back({found->second, line.back().weight / 2});
        }
        with_broader_.push_back(std::move(line));
    }
}

void ConceptFinder::add_word(const std::string& word, std::uint32_t concept_index) {
    const std::u32string folded = code_points(fold_(word));
    if (std::any_of(folded.begin(), folded.end(), is_chinese)) characters_.add(numbers_of(folded), concept_index);
    else words_.add(stems_of(folded), concept_index);
}

template <class Number> std::vector<std::uint32_t> ConceptFinder::words_of(std::span<const char32_t> folded, Number number) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < folded.size();) {
        std::size_t end = i;
        while (end < folded.size() && is_letter(folded[end])) ++end;
        if (end > i) numbers.push_back(number(to_utf8(folded.subspan(i, end - i))));
        // Chinese between two words keeps them apart
        else if (is_chinese(folded[i]) && !numbers.empty() && numbers.back() != 0) numbers.push_back(0);
        i = std::max(end, i + 1);
    }
    return numbers;
}

std::vector<std::uint32_t> ConceptFinder::stems_of(std::span<const char32_t> folded) {
    return words_of(folded, [&](const std::string& word) { return stems_.emplace(stem_(word), static_cast<std::uint32_t>(stems_.size() + 1)).first->second; });
}

std::vector<std::uint32_t> ConceptFinder::stems_of(std::span<const char32_t> folded) const {
    return words_of(folded, [&](const std::string& word) -> std::uint32_t {
        const auto known = stems_.find(stem_(word));
        return known == stems_.end() ? 0 : known->second;
    });
}

std::vector<std::uint32_t> ConceptFinder::find(std::string_view text) const {
    const std::u32string folded = code_points(fold_(text));
    std::vector<bool> seen(codes_.size());
    characters_.find(numbers_of(folded), seen);
    words_.find(stems_of(folded), seen);
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < seen.size(); ++i)
        if (seen[i]) found.push_back(i);
    return found;
}

std::vector<ConceptWeight> ConceptFinder::weigh(std::span<const Passage> passages) const {
    std::map<std::uint32_t, std::uint32_t> weights;
    for (const Passage& passage : passages)
        for (const std::uint32_t found : find(passage.text))
            for (const ConceptWeight& one : with_broader_[found]) {
                std::uint32_t& weight = weights[one.concept_index];
                weight = std::max(weight, std::min(passage.weight, concept_weight_full) * one.weight / concept_weight_full);
            }
    std::vector<ConceptWeight> list;
    for (const auto& [concept_index, weight] : weights)
        if (weight > 0) list.push_back({concept_index, weight});
    return list;
}

} // namespace greenbank::match
