// concept_finder.cpp — the longest word that begins at each place.
#include "library/engine/concept_finder.h"

#include <algorithm>

namespace greenbank::library {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
/// Letters and digits of scripts with blanks between words; ideographs stand for themselves.
bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte >= 0xC3 && byte <= 0xD3);
}

} // namespace

void ConceptFinder::add(std::uint32_t concept_number, std::string_view word) {
    if (word.empty()) return;
    words_[std::string(word)].push_back(concept_number);
    bytes_max_ = std::max(bytes_max_, word.size());
}

std::vector<std::uint32_t> ConceptFinder::find(std::string_view text) const {
    std::vector<std::uint32_t> found;
    std::string word;
    bool inside = false; // of a word that does not begin here
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t taken = 0;
        if (!inside)
            for (std::size_t size = std::min(bytes_max_, text.size() - begin); size > 0; --size) {
                const std::size_t end = begin + size;
                if (end < text.size() && is_continuation(text[end])) continue;
                std::size_t last = end - 1;
                while (last > begin && is_continuation(text[last])) --last;
                if (is_letter(text, last) && is_letter(text, end)) continue; // the word goes on
                word.assign(text.substr(begin, size));
                const auto known = words_.find(word);
                if (known == words_.end()) continue;
                found.insert(found.end(), known->second.begin(), known->second.end());
                taken = size;
                break;
            }
        inside = taken == 0 && is_letter(text, begin);
        begin += std::max<std::size_t>(taken, 1);
        while (begin < text.size() && is_continuation(text[begin])) ++begin;
        if (taken > 0) inside = false;
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace greenbank::library
