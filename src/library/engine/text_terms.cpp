// text_terms.cpp — a text into units, units into terms and concepts.
#include "library/engine/text_terms.h"

#include <algorithm>
#include <array>

namespace greenbank::library {

namespace {

constexpr std::size_t bytes_max = 20'000, generations_max = 8, letters_max = 64;

/// Words that say nothing of a subject, folded.
constexpr std::array<std::string_view, 62> empty_words = {"a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "has", "in", "into", "is",
    "it", "its", "not", "of", "on", "or", "per", "so", "than", "that", "the", "this", "to", "under", "via", "where", "which", "while", "with", "without", "а",
    "без", "в", "для", "до", "же", "за", "и", "из", "или", "их", "к", "как", "на", "не", "но", "о", "от", "по", "под", "при", "с", "со", "так", "то", "у",
    "что"};

enum class Sort { gap, letter, ideograph };

Sort sort_of(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Sort::letter : Sort::gap;
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF)) return Sort::ideograph;
    if ((c >= 0xC0 && c <= 0x52F && c != 0xD7 && c != 0xF7) || (c >= 0x2080 && c <= 0x2089)) return Sort::letter;
    return Sort::gap;
}

/// The character at `at`, which moves behind it; what is no UTF-8 is passed over byte by byte as a gap.
char32_t character_at(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const std::size_t more = lead >= 0xF0 && lead < 0xF8 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC0 && lead < 0xE0 ? 1 : 0;
    if (more == 0 || at + more > text.size()) return 0;
    char32_t c = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0) != 0x80) return 0;
        c = c << 6 | (byte & 0x3Fu);
    }
    at += more;
    return c;
}

bool says_nothing(std::string_view word) { return std::binary_search(empty_words.begin(), empty_words.end(), word); }

std::string_view first_bytes(std::string_view text) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

void put(TermBag& bag, std::string key, double weight, std::string_view said) {
    WeighedTerm& term = bag[std::move(key)];
    term.weight += weight;
    if (term.said.empty()) term.said = said;
}

} // namespace

double total_of(const TermBag& bag) {
    double sum = 0;
    for (const auto& [key, term] : bag) sum += term.weight;
    return sum;
}

TermFinder::TermFinder(std::span<const TermConcept> thesaurus, FoldText fold, StemWord stem, TermWeights weights) :
    fold_(std::move(fold)), stem_(std::move(stem)), weights_(weights) {
    std::unordered_map<std::string, std::uint32_t> by_code;
    for (const TermConcept& one : thesaurus) {
        by_code.emplace(one.code, static_cast<std::uint32_t>(codes_.size()));
        codes_.push_back(one.code);
    }
    for (std::uint32_t index = 0; index < thesaurus.size(); ++index) {
        auto& line = with_broader_.emplace_back();
        double share = 1;
        for (std::uint32_t at = index; line.size() < generations_max; share *= weights_.broader) { // a circle ends too
            line.emplace_back(at, share);
            const auto above = by_code.find(thesaurus[at].broader);
            if (above == by_code.end()) break;
            at = above->second;
        }
        for (const std::string& words : thesaurus[index].words) learn(words, index);
    }
}

void TermFinder::learn(const std::string& words, std::uint32_t concept_index) {
    const std::string folded = fold_(words);
    std::uint32_t node = 0;
    for (const Unit& unit : units_of(folded)) {
        const auto number = numbers_.emplace(unit.key, static_cast<std::uint32_t>(numbers_.size())).first->second;
        const auto [step, fresh] = steps_.emplace(std::uint64_t{node} << 32 | number, static_cast<std::uint32_t>(ends_.size()));
        if (fresh) ends_.emplace_back();
        node = step->second;
    }
    if (node != 0 && std::find(ends_[node].begin(), ends_[node].end(), concept_index) == ends_[node].end()) ends_[node].push_back(concept_index);
}

std::vector<TermFinder::Unit> TermFinder::units_of(std::string_view folded) const {
    std::vector<Unit> units;
    std::size_t word_begin = 0, letters = 0;
    const auto close_word = [&](std::size_t end) {
        if (letters > 0) units.push_back({stem_(folded.substr(word_begin, end - word_begin)), word_begin, end, false});
        letters = 0;
    };
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t begin = at;
        const Sort sort = sort_of(character_at(folded, at));
        if (sort != Sort::letter || letters >= letters_max) close_word(begin);
        if (sort == Sort::letter && letters++ == 0) word_begin = begin;
        if (sort == Sort::ideograph) units.push_back({std::string(folded.substr(begin, at - begin)), begin, at, true});
    }
    close_word(folded.size());
    return units;
}

std::uint32_t TermFinder::number_of(const std::string& key) const {
    const auto found = numbers_.find(key);
    return found == numbers_.end() ? none : found->second;
}

void TermFinder::add(std::string_view text, double weight, TermBag& bag) const {
    if (text.empty() || !(weight > 0)) return;
    const std::string folded = fold_(first_bytes(text));
    const std::vector<Unit> units = units_of(folded);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Unit& unit = units[i];
        const std::string_view said = std::string_view(folded).substr(unit.begin, unit.end - unit.begin);
        if (!unit.ideograph) {
            if (said.size() > 1 && !says_nothing(said)) put(bag, unit.key, weight, said);
            continue;
        }
        put(bag, unit.key, weight * weights_.ideograph, said);
        if (i + 1 < units.size() && units[i + 1].ideograph && units[i + 1].begin == unit.end)
            put(bag, unit.key + units[i + 1].key, weight, std::string_view(folded).substr(unit.begin, units[i + 1].end - unit.begin));
    }
    add_concepts(folded, units, weight * weights_.concept_, bag);
}

void TermFinder::add_concepts(std::string_view folded, const std::vector<Unit>& units, double weight, TermBag& bag) const {
    std::map<std::uint32_t, std::pair<double, std::string_view>> found; // concept → its share and the words
    for (std::size_t i = 0; i < units.size(); ++i) {
        std::uint32_t node = 0, end_node = 0;
        std::size_t end = i;
        for (std::size_t k = i; k < units.size(); ++k) {
            const auto step = steps_.find(std::uint64_t{node} << 32 | number_of(units[k].key));
            if (step == steps_.end()) break;
            node = step->second;
            if (!ends_[node].empty()) end_node = node, end = k;
        }
        if (end_node == 0) continue;
        const std::string_view said = folded.substr(units[i].begin, units[end].end - units[i].begin);
        for (const std::uint32_t concept_index : ends_[end_node])
            for (const auto& [index, share] : with_broader_[concept_index]) {
                const auto [place, fresh] = found.try_emplace(index, share, said);
                if (!fresh && share > place->second.first) place->second = {share, said};
            }
    }
    for (const auto& [index, what] : found) put(bag, "@" + codes_[index], weight * what.first, what.second);
}

TermBag TermFinder::terms_of(std::string_view text) const {
    TermBag bag;
    add(text, 1, bag);
    return bag;
}

} // namespace greenbank::library
