// units.cpp — words and ideographs by ICU's character properties; stems by libstemmer, one pair a thread.
#include "search/units.h"

#include <libstemmer.h>
#include <unicode/uchar.h>

#include "kernel/result.h"
#include "kernel/utf8.h"

namespace greenbank::search {

namespace {

constexpr int letters_max = 64; // of a word

enum class Sort : std::uint8_t { separator, word, mark, ideograph };

Sort sort_of(char32_t character) {
    const auto c = static_cast<UChar32>(character);
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? Sort::word : Sort::separator;
    if (is_ideograph(character)) return Sort::ideograph;
    if (u_isalnum(c)) return Sort::word;
    return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 ? Sort::mark : Sort::separator;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_decimal_point(std::string_view text, std::size_t at) {
    return text[at] == '.' && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]) && is_digit(text[at + 1]);
}

class Stemmer {
public:
    explicit Stemmer(const char* language) : stemmer_(sb_stemmer_new(language, "UTF_8")) { require(stemmer_ != nullptr, "libstemmer lacks a language"); }
    ~Stemmer() { sb_stemmer_delete(stemmer_); }
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;

    std::string operator()(std::string_view word) {
        const sb_symbol* stem = sb_stemmer_stem(stemmer_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
        if (stem == nullptr) return std::string(word);
        return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
    }

private:
    sb_stemmer* stemmer_;
};

} // namespace

bool is_ideograph(char32_t c) {
    if ((c >= 0x3400 && c < 0xa000) || (c >= 0xac00 && c < 0xd7a4) || (c >= 0x20000 && c < 0x40000)) return true;
    return c == 0x3005 || c == 0x3007 || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30ff && c != 0x30fb) || (c >= 0x3105 && c <= 0x312f);
}

std::vector<Unit> units(std::string_view folded) {
    std::vector<Unit> out;
    out.reserve(folded.size() / 3);
    bool in_word = false, after_ideograph = false;
    int letters = 0;
    for (std::size_t at = 0; at < folded.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        const char32_t c = next_character(folded, at);
        const auto end = static_cast<std::uint32_t>(at);
        Sort sort = sort_of(c);
        if (sort == Sort::mark || (in_word && is_decimal_point(folded, begin))) sort = in_word ? Sort::word : Sort::separator;
        if (sort == Sort::word && in_word && letters < letters_max) {
            out.back().end = end;
            ++letters;
        } else if (sort == Sort::word) {
            out.push_back({begin, end});
            letters = 1;
        } else if (sort == Sort::ideograph) {
            out.push_back({begin, end, true, after_ideograph});
        }
        in_word = sort == Sort::word;
        after_ideograph = sort == Sort::ideograph;
    }
    return out;
}

Script script_of(std::string_view folded_word) {
    bool latin = true, cyrillic = true;
    for (std::size_t at = 0; at < folded_word.size();) {
        const char32_t c = next_character(folded_word, at);
        latin = latin && ((c >= 'a' && c <= 'z') || (c >= 0xdf && c < 0x250));
        cyrillic = cyrillic && c >= 0x400 && c < 0x500;
    }
    return latin ? Script::latin : cyrillic ? Script::cyrillic : Script::other;
}

std::string stem(std::string_view folded_word) {
    static thread_local Stemmer english("english"), russian("russian");
    switch (script_of(folded_word)) {
    case Script::latin: return english(folded_word);
    case Script::cyrillic: return russian(folded_word);
    case Script::other: break;
    }
    return std::string(folded_word);
}

std::string_view first_characters(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && characters-- == 0) break;
    return text.substr(0, at);
}

} // namespace greenbank::search
