// folding.cpp — ICU's NFKC_Casefold, then one table of characters taken from OpenCC when the program first searches.
#include "search/folding.h"

#include <atomic>
#include <exception>
#include <mutex>

#include <SimpleConverter.hpp>
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include "kernel/utf8.h"

namespace greenbank::search {

namespace {

constexpr char32_t han_begin = 0x3400, han_end = 0xa000;             // one array
constexpr char32_t han_rare_begin = 0x20000, han_rare_end = 0x2fa20; // few of them change

/// Which character stands for a character. Characters outside the tables stand for themselves.
struct Simplified {
    std::vector<char32_t> common;
    std::unordered_map<char32_t, char32_t> rare;

    char32_t of(char32_t c) const {
        if (c < han_begin) return c == U'ё' ? U'е' : c == U'\u2044' ? U'/' : c; // NFKC makes 1⁄2 of ½
        if (c < han_end) return common[c - han_begin];
        if (c < han_rare_begin) return c;
        const auto found = rare.find(c);
        return found == rare.end() ? c : found->second;
    }
};

Simplified* simplified = nullptr; // made once, never changed, lives as long as the program

/// Every character on a line of its own, so that OpenCC sees no words: the same character always folds alike.
std::string every_character() {
    std::string lines;
    lines.reserve(600'000);
    for (char32_t c = han_begin; c < han_end; ++c) append_utf8(lines, c), lines += '\n';
    for (char32_t c = han_rare_begin; c < han_rare_end; ++c) append_utf8(lines, c), lines += '\n';
    return lines;
}

/// The character that a line holds, or `otherwise` where it holds none or several.
char32_t only_character(std::string_view line, char32_t otherwise) {
    std::size_t at = 0;
    const char32_t c = line.empty() ? otherwise : next_character(line, at);
    return at == line.size() ? c : otherwise;
}

void read_simplified() {
    const std::string lines = opencc::SimpleConverter("t2s.json").Convert(every_character());
    auto table = std::make_unique<Simplified>();
    table->common.reserve(han_end - han_begin);
    char32_t c = han_begin;
    for (std::size_t begin = 0; begin < lines.size();) {
        const std::size_t end = lines.find('\n', begin);
        const char32_t target = only_character(std::string_view(lines).substr(begin, end - begin), c);
        if (c < han_end) table->common.push_back(target);
        else if (target != c) table->rare.emplace(c, target);
        begin = end + 1;
        if (++c == han_end) c = han_rare_begin;
    }
    require(table->common.size() == han_end - han_begin && c == han_rare_end, "OpenCC changed the number of lines");
    simplified = table.release();
}

const icu::Normalizer2& compatibility() {
    static const icu::Normalizer2* const normalizer = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
        require(U_SUCCESS(status), "ICU has no NFKC_Casefold");
        return found;
    }();
    return *normalizer;
}

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<int32_t>(text.size())}; }

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The second step; `moved(from, to)` learns that byte `to` of the result comes from byte `from` of `text`.
template <class Moved> std::string simplify(std::string_view text, Moved moved) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at, before = out.size();
        append_utf8(out, simplified->of(next_character(text, at)));
        for (std::size_t byte = before; byte < out.size(); ++byte) moved(std::min(begin + byte - before, at - 1));
    }
    moved(text.size());
    return out;
}

void need_table() {
    const Result<Done> loaded = load_folding();
    require(bool(loaded), "OpenCC's t2s.json could not be read; load_folding() would have said so");
}

} // namespace

Result<Done> load_folding() {
    static std::mutex mutex;
    static std::atomic<bool> loaded = false;
    if (loaded) return Done{};
    const std::lock_guard lock(mutex);
    if (loaded) return Done{};
    try {
        read_simplified();
    } catch (const std::exception& problem) {
        return Error{Failure::unavailable, "search.opencc_missing", "Search needs OpenCC's t2s.json, which could not be read: {reason} Install libopencc-data.",
            {{"reason", problem.what()}}};
    }
    loaded = true;
    return Done{};
}

std::string fold(std::string_view text) {
    need_table();
    if (is_ascii(text)) {
        std::string lower(text);
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return lower;
    }
    std::string normal;
    icu::StringByteSink<std::string> sink(&normal, static_cast<int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    compatibility().normalizeUTF8(0, piece(text), sink, nullptr, status);
    require(U_SUCCESS(status), "ICU could not normalize a text");
    return simplify(normal, [](std::size_t) {});
}

Folded fold_with_origin(std::string_view text) {
    need_table();
    std::string normal;
    icu::StringByteSink<std::string> sink(&normal, static_cast<int32_t>(text.size()));
    icu::Edits edits;
    UErrorCode status = U_ZERO_ERROR;
    compatibility().normalizeUTF8(0, piece(text), sink, &edits, status);
    require(U_SUCCESS(status), "ICU could not normalize a text");

    std::vector<std::uint32_t> source(normal.size() + 1, static_cast<std::uint32_t>(text.size()));
    auto span = edits.getFineIterator();
    while (span.next(status))
        for (int32_t i = 0; i < span.newLength(); ++i)
            source[static_cast<std::size_t>(span.destinationIndex() + i)] = static_cast<std::uint32_t>(span.sourceIndex() + (span.hasChange() ? 0 : i));

    Folded folded;
    folded.origin.reserve(source.size());
    folded.text = simplify(normal, [&](std::size_t from) { folded.origin.push_back(source[from]); });
    return folded;
}

Folded::Span Folded::original(std::size_t begin, std::size_t end) const {
    std::size_t after = end;
    while (after < text.size() && origin[after] <= origin[end - 1]) ++after; // "㎡" became "m2": all of it or nothing
    return {origin[begin], origin[after]};
}

} // namespace greenbank::search
