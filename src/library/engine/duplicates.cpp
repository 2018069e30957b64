// duplicates.cpp — exact keys, and near titles by their rarest pairs.
#include "library/engine/duplicates.h"

#include <algorithm>
#include <cmath>

#include "library/engine/character_pairs.h"

namespace greenbank::library {

namespace {

constexpr std::size_t candidates_max = 500; // a pair that so many titles have says nothing of them

std::uint64_t mix(std::uint64_t x) { // splitmix64's finish (Steele, Lea and Flood 2014)
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (digit) digits += text[i];
        else if (!digits.empty() && digits.back() != ' ') digits += ' ';
    }
    return digits;
}

std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) letters += c;
    return letters;
}

/// Two sets with a Jaccard similarity of t share one of the first n - ceil(t n) + 1 of each, whatever order both are in.
std::vector<std::uint64_t> prefix_of(std::vector<std::uint64_t> pairs) {
    std::sort(pairs.begin(), pairs.end(), [](std::uint64_t a, std::uint64_t b) { return mix(a) < mix(b); });
    const auto keep = pairs.size() - static_cast<std::size_t>(std::ceil(near_title_similarity * static_cast<double>(pairs.size()))) + 1;
    pairs.resize(std::min(keep, pairs.size()));
    return pairs;
}

std::string key_of(const std::string& owner, std::string_view rest) { return owner + '\n' + std::string(rest); }

std::string concepts_key(const std::vector<std::uint32_t>& concepts) {
    if (concepts.size() < 3) return {};
    std::string key;
    for (const std::uint32_t each : concepts) key += std::to_string(each) + ' ';
    return key;
}

} // namespace

void DuplicateIndex::add(std::size_t entry, const Likely& likely) {
    for (const std::string& patent : likely.patents)
        if (!patent.empty()) by_patent_[patent].push_back(entry);
    for (const std::string& title : likely.titles) {
        if (title.empty()) continue;
        by_title_[key_of(likely.owner, letters_of(title))].push_back(entry);
        std::vector<std::uint64_t> pairs = character_pairs(title);
        if (pairs.size() < 3) continue;
        const auto number = static_cast<std::uint32_t>(titles_.size());
        for (const std::uint64_t pair : prefix_of(pairs)) by_prefix_[mix(pair ^ hash_of(likely.owner))].push_back(number);
        titles_.push_back({entry, std::move(pairs), digits_of(title)});
    }
    if (const std::string key = concepts_key(likely.concepts); !key.empty()) by_concepts_[key_of(likely.owner, key)].push_back(entry);
}

std::vector<Alike> DuplicateIndex::find(const Likely& likely) const {
    std::map<std::size_t, Alike> found;
    const auto note = [&](std::size_t entry, Likeness likeness, double similarity) {
        const auto [at, fresh] = found.try_emplace(entry, Alike{entry, likeness, similarity});
        if (fresh || likeness > at->second.likeness || (likeness == at->second.likeness && similarity <= at->second.similarity)) return;
        at->second = {entry, likeness, similarity};
    };
    const auto note_all = [&](const auto& map, const std::string& key, Likeness likeness) {
        if (const auto at = map.find(key); at != map.end())
            for (const std::size_t entry : at->second) note(entry, likeness, 1);
    };
    for (const std::string& patent : likely.patents)
        if (!patent.empty()) note_all(by_patent_, patent, Likeness::same_patent);
    for (const std::string& title : likely.titles) {
        if (title.empty()) continue;
        note_all(by_title_, key_of(likely.owner, letters_of(title)), Likeness::same_title);
        const std::vector<std::uint64_t> pairs = character_pairs(title);
        if (pairs.size() < 3) continue;
        const std::string digits = digits_of(title);
        std::vector<std::uint32_t> candidates;
        for (const std::uint64_t pair : prefix_of(pairs))
            if (const auto at = by_prefix_.find(mix(pair ^ hash_of(likely.owner))); at != by_prefix_.end() && at->second.size() <= candidates_max)
                candidates.insert(candidates.end(), at->second.begin(), at->second.end());
        std::sort(candidates.begin(), candidates.end());
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        for (const std::uint32_t number : candidates) {
            const Title& other = titles_[number];
            if (other.digits != digits) continue; // "type 12" is not "type 13"
            const std::size_t shared = shared_pairs(pairs, other.pairs);
            const double similarity = static_cast<double>(shared) / static_cast<double>(pairs.size() + other.pairs.size() - shared);
            if (similarity >= near_title_similarity) note(other.entry, Likeness::near_title, similarity);
        }
    }
    if (const std::string key = concepts_key(likely.concepts); !key.empty()) note_all(by_concepts_, key_of(likely.owner, key), Likeness::same_concepts);
    std::vector<Alike> all;
    for (const auto& [entry, alike] : found) all.push_back(alike);
    std::stable_sort(all.begin(), all.end(),
        [](const Alike& a, const Alike& b) { return a.likeness != b.likeness ? a.likeness < b.likeness : a.similarity > b.similarity; });
    return all;
}

std::string patent_key(std::string_view number) {
    std::string letters, digits;
    for (const char c : number) {
        if (c >= '0' && c <= '9') digits += c;
        else if (digits.empty() && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) letters += static_cast<char>(c & ~0x20);
        else if (c == '.' || c == '(' || (!digits.empty() && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))) break; // check digit, kind code, year
    }
    if (digits.size() < 5) return {};
    if (letters.empty() || letters.starts_with("ZL")) letters = "CN";
    return letters.substr(0, 2) + digits;
}

} // namespace greenbank::library
