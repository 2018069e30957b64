// matching.cpp — conditions against the units of one text, and marks around what they found.
#include "search/matching.h"

#include "search/folding.h"

namespace greenbank::search {

namespace {

using Kind = Condition::Kind;

constexpr std::size_t excerpt_characters = 200;
constexpr std::size_t excerpt_lead = 30; // characters shown before the first match

bool sequence_at(const std::vector<Piece>& pieces, const Searchable& text, std::size_t at) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Unit& unit = text.units[at + i];
        if (unit.ideograph != pieces[i].ideograph || (i > 0 && pieces[i].glued != unit.glued)) return false;
        if (text.text(at + i) != pieces[i].text) return false;
    }
    return true;
}

void find_sequence(const std::vector<Piece>& pieces, const Searchable& text, std::vector<Span>& spans) {
    for (std::size_t at = 0; at + pieces.size() <= text.units.size(); ++at)
        if (sequence_at(pieces, text, at)) spans.push_back({text.units[at].begin, text.units[at + pieces.size() - 1].end});
}

void find_stems(const std::vector<Piece>& pieces, const Searchable& text, std::vector<Span>& spans) {
    const auto same = [&](const Piece& piece, const std::string& stem) { return piece.text == stem; };
    for (std::size_t at = 0; at + pieces.size() <= text.stems.size(); ++at)
        if (std::equal(pieces.begin(), pieces.end(), text.stems.begin() + static_cast<std::ptrdiff_t>(at), same))
            spans.push_back({text.units[text.word_at[at]].begin, text.units[text.word_at[at + pieces.size() - 1]].end});
}

void find_prefix(const std::string& beginning, const Searchable& text, std::vector<Span>& spans) {
    for (const std::uint32_t word : text.word_at)
        if (text.text(word).starts_with(beginning)) spans.push_back({text.units[word].begin, text.units[word].end});
}

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' ' && c != text_separator; }

/// Spans of the original, in order, those that touch or overlap made one.
std::vector<Span> spans_in_original(const Folded& folded, const std::vector<Condition>& terms) {
    const Searchable text(folded.text);
    std::vector<Span> spans, merged;
    for (const Condition& term : terms) find_spans(term, text, spans);
    for (Span& span : spans) {
        const Folded::Span original = folded.original(span.begin, span.end);
        span = {original.begin, original.end};
    }
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    for (const Span& span : spans) {
        if (!merged.empty() && span.begin <= merged.back().end) merged.back().end = std::max(merged.back().end, span.end);
        else merged.push_back(span);
    }
    return merged;
}

std::string marked(std::string_view original, const std::vector<Span>& spans, std::size_t begin, std::size_t end) {
    std::string out;
    std::size_t at = begin;
    for (const Span& span : spans) {
        if (span.begin < begin || span.end > end) continue;
        out += original.substr(at, span.begin - at);
        out += mark_begin;
        out += original.substr(span.begin, span.end - span.begin);
        out += mark_end;
        at = span.end;
    }
    out += original.substr(at, end - at);
    return out;
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

std::size_t back(std::string_view text, std::size_t at, std::size_t characters) {
    while (at > 0 && characters > 0)
        if (starts_character(text[--at])) --characters;
    return at;
}

/// The match to open an excerpt with: the one with the most matches within an excerpt's length.
const Span* best_opening(std::string_view original, const std::vector<Span>& spans) {
    const Span* best = nullptr;
    std::size_t most = 0;
    for (std::size_t i = 0, j = 0; i < spans.size(); ++i) {
        const std::size_t reach = spans[i].begin + first_characters(original.substr(spans[i].begin), excerpt_characters - excerpt_lead).size();
        while (j < spans.size() && spans[j].end <= reach) ++j;
        if (j > i && j - i > most) most = j - i, best = &spans[i];
    }
    return best == nullptr && !spans.empty() ? &spans.front() : best;
}

} // namespace

Searchable::Searchable(std::string folded_text) : folded(std::move(folded_text)), units(search::units(folded)) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (units[i].ideograph) continue;
        stems.push_back(stem(text(i)));
        word_at.push_back(static_cast<std::uint32_t>(i));
    }
}

void find_spans(const Condition& condition, const Searchable& text, std::vector<Span>& spans) {
    switch (condition.kind) {
    case Kind::literal: return each_literal(condition.text, text.folded, [&](std::size_t begin, std::size_t end) { spans.push_back({begin, end}); });
    case Kind::sequence: return find_sequence(condition.pieces, text, spans);
    case Kind::stem:
    case Kind::stems: return find_stems(condition.pieces, text, spans);
    case Kind::prefix: return find_prefix(condition.pieces.front().text, text, spans);
    case Kind::any:
    case Kind::all:
        for (const Condition& part : condition.parts) find_spans(part, text, spans);
    }
}

std::size_t literal_end(std::string_view literal, std::string_view text, std::size_t at) {
    for (const char c : literal) {
        if (at >= text.size() || (c == ' ' ? !is_blank(text[at]) : c != text[at])) return std::string_view::npos;
        ++at;
        while (c == ' ' && at < text.size() && is_blank(text[at])) ++at;
    }
    return at;
}

std::string highlight(std::string_view original, const std::vector<Condition>& terms) {
    if (terms.empty()) return std::string(original);
    return marked(original, spans_in_original(fold_with_origin(original), terms), 0, original.size());
}

std::string excerpt(std::string_view original, const std::vector<Condition>& terms) {
    const std::vector<Span> spans = terms.empty() ? std::vector<Span>() : spans_in_original(fold_with_origin(original), terms);
    if (first_characters(original, excerpt_characters).size() == original.size()) return marked(original, spans, 0, original.size());

    const Span* opening = best_opening(original, spans);
    std::size_t begin = opening == nullptr ? 0 : back(original, opening->begin, excerpt_lead);
    std::size_t end = begin + first_characters(original.substr(begin), excerpt_characters).size();
    if (end == original.size()) begin = std::min(begin, back(original, end, excerpt_characters));
    for (const Span& span : spans) { // never cut through a match
        if (span.begin < begin && begin < span.end) begin = span.begin;
        if (span.begin < end && end < span.end) end = span.end;
    }
    return (begin > 0 ? "…" : "") + marked(original, spans, begin, end) + (end < original.size() ? "…" : "");
}

} // namespace greenbank::search
