// duplicates.cpp — exact keys, and near titles by their rarest pairs.
#include "library/engine/duplicates.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "library/engine/character_pairs.h"

namespace greenbank::library {

namespace {

constexpr std::size_t pairs_min = 3;        // shorter titles are compared whole only
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

/// A hash of the runs of digits.
std::uint32_t digits_of(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (digit) digits += text[i];
        else if (!digits.empty() && digits.back() != ' ') digits += ' ';
    }
    return static_cast<std::uint32_t>(mix(hash_of(digits)) >> 32);
}

std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) letters += c;
    return letters;
}

/// A set of pairs as hashes, sorted: the order of hashes is as good as any for prefixes.
std::vector<std::uint32_t> hashed_pairs(std::string_view title) {
    std::vector<std::uint32_t> hashes;
    for (const std::uint64_t pair : character_pairs(title)) hashes.push_back(static_cast<std::uint32_t>(mix(pair) >> 32));
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

/// Two sets with a Jaccard similarity of t share one of the first n - ceil(t n) + 1 of each, whatever order both are in.
std::span<const std::uint32_t> prefix_of(std::span<const std::uint32_t> pairs) {
    const auto keep = pairs.size() - static_cast<std::size_t>(std::ceil(near_title_similarity * static_cast<double>(pairs.size()))) + 1;
    return pairs.first(std::min(keep, pairs.size()));
}

std::uint64_t prefix_key(std::uint32_t pair, std::uint64_t owner) { return mix(pair ^ owner); }

/// Keys of what must be equal: patents whoever has them, titles and concepts of one owner.
std::uint64_t key_of(Likeness likeness, std::string_view owner, std::string_view what) {
    return mix(hash_of(what) ^ mix(hash_of(owner) + static_cast<std::uint64_t>(likeness)));
}

std::string concepts_key(const std::vector<std::uint32_t>& concepts) {
    if (concepts.size() < 3) return {};
    std::string key;
    for (const std::uint32_t each : concepts) key += std::to_string(each) + ' ';
    return key;
}

template <class Each> void each_key(const Likely& likely, Each each) {
    for (const std::string& patent : likely.patents)
        if (!patent.empty()) each(Likeness::same_patent, key_of(Likeness::same_patent, "", patent));
    for (const std::string& title : likely.titles)
        if (!title.empty()) each(Likeness::same_title, key_of(Likeness::same_title, likely.owner, letters_of(title)));
    if (const std::string concepts = concepts_key(likely.concepts); !concepts.empty())
        each(Likeness::same_concepts, key_of(Likeness::same_concepts, likely.owner, concepts));
}

std::size_t shared(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    std::size_t count = 0;
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();)
        if (a[i] == b[k]) ++count, ++i, ++k;
        else a[i] < b[k] ? ++i : ++k;
    return count;
}

} // namespace

std::size_t NumbersByKey::place(const std::vector<Slot>& slots, std::uint64_t key) {
    std::size_t at = mix(key) & (slots.size() - 1);
    while (slots[at].latest != 0 && slots[at].key != key) at = (at + 1) & (slots.size() - 1);
    return at;
}

void NumbersByKey::add(std::uint64_t key, std::uint32_t number) {
    if (4 * (used_ + 1) > 3 * slots_.size()) {
        std::vector<Slot> larger(std::max<std::size_t>(16, 2 * slots_.size()));
        for (const Slot& slot : slots_)
            if (slot.latest != 0) larger[place(larger, slot.key)] = slot;
        slots_ = std::move(larger);
    }
    Slot& slot = slots_[place(slots_, key)];
    if (slot.latest == 0) ++used_, slot.key = key;
    numbers_.push_back({number, slot.latest});
    slot.latest = static_cast<std::uint32_t>(numbers_.size());
    ++slot.count;
}

std::size_t NumbersByKey::count(std::uint64_t key) const { return slots_.empty() ? 0 : slots_[place(slots_, key)].count; }

void DuplicateIndex::add(std::size_t entry, const Likely& likely) {
    const auto numbered = static_cast<std::uint32_t>(entry);
    each_key(likely, [&](Likeness, std::uint64_t key) { by_key_.add(key, numbered); });
    const std::uint64_t owner = hash_of(likely.owner);
    for (const std::string& title : likely.titles) {
        const std::vector<std::uint32_t> pairs = hashed_pairs(title);
        if (pairs.size() < pairs_min) continue;
        for (const std::uint32_t pair : prefix_of(pairs)) by_prefix_.add(prefix_key(pair, owner), static_cast<std::uint32_t>(titles_.size()));
        titles_.push_back({numbered, static_cast<std::uint32_t>(pairs_.size()), static_cast<std::uint32_t>(pairs.size()), digits_of(title)});
        pairs_.insert(pairs_.end(), pairs.begin(), pairs.end());
    }
}

std::vector<Alike> DuplicateIndex::find(const Likely& likely) const {
    std::map<std::size_t, Alike> found;
    const auto note = [&](std::size_t entry, Likeness likeness, double similarity) {
        const auto [at, fresh] = found.try_emplace(entry, Alike{entry, likeness, similarity});
        if (fresh || likeness > at->second.likeness || (likeness == at->second.likeness && similarity <= at->second.similarity)) return;
        at->second = {entry, likeness, similarity};
    };
    each_key(likely, [&](Likeness likeness, std::uint64_t key) { by_key_.each(key, [&](std::uint32_t entry) { note(entry, likeness, 1); }); });
    const std::uint64_t owner = hash_of(likely.owner);
    for (const std::string& title : likely.titles) {
        const std::vector<std::uint32_t> pairs = hashed_pairs(title);
        if (pairs.size() < pairs_min) continue;
        const std::uint32_t digits = digits_of(title);
        std::vector<std::uint32_t> candidates;
        for (const std::uint32_t pair : prefix_of(pairs))
            if (const std::uint64_t key = prefix_key(pair, owner); by_prefix_.count(key) <= candidates_max)
                by_prefix_.each(key, [&](std::uint32_t number) { candidates.push_back(number); });
        std::sort(candidates.begin(), candidates.end());
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        for (const std::uint32_t number : candidates) {
            const Title& other = titles_[number];
            if (other.digits != digits) continue; // "type 12" is not "type 13"
            const std::size_t common = shared(pairs, std::span(pairs_).subspan(other.pairs_begin, other.pairs_count));
            const double similarity = static_cast<double>(common) / static_cast<double>(pairs.size() + other.pairs_count - common);
            if (similarity >= near_title_similarity) note(other.entry, Likeness::near_title, similarity);
        }
    }
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
