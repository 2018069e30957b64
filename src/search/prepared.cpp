// prepared.cpp — documents checked, cleaned and folded; the order of counts and suggestions.
#include "search/prepared.h"

#include "search/folding.h"

namespace greenbank::search {

namespace {

constexpr std::size_t facets_max = 12;        // with "kind"
constexpr std::size_t token_bytes_max = 200;  // of an id, a facet's value, a visibility token
constexpr std::size_t facet_bytes_max = 4000; // of all values of one facet of one document
constexpr std::size_t phrase_characters_max = 60;
constexpr std::size_t section_characters_max = 50'000; // the rest of a longer text is not searched

bool is_control(char c) { return static_cast<unsigned char>(c) < ' '; }

std::string without_marks(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
    return out;
}

Text without_marks(const Text& text) { return {without_marks(text.zh), without_marks(text.en), without_marks(text.ru)}; }

Searchable searchable(std::string_view text) { return Searchable(fold(first_characters(text, section_characters_max))); }

std::string joined(const Text& text) { return text.zh + text_separator + text.en + text_separator + text.ru; }

bool is_token(const std::string& text) { return !text.empty() && text.size() <= token_bytes_max && std::none_of(text.begin(), text.end(), is_control); }

Error refused(const Document& document, std::string field, std::string message) {
    return Error{
        Failure::invalid, "search.document", "The document {id} cannot be indexed: {reason}", {{"id", document.id}, {"reason", field + ": " + message}}};
}

void add_phrase(std::string_view text, bool keyword, std::vector<Phrase>& phrases) {
    const std::string shown = without_marks(first_characters(trim(text), phrase_characters_max));
    std::string key = phrase_key(shown);
    const auto same = [&](const Phrase& phrase) { return phrase.key == key; };
    if (!key.empty() && std::none_of(phrases.begin(), phrases.end(), same)) phrases.push_back({std::move(key), shown, keyword});
}

} // namespace

float Prepared::length() const {
    std::size_t units = 0;
    for (const Searchable& section : sections) units += section.units.size();
    return static_cast<float>(units);
}

Result<std::vector<std::string>> facet_names(const Setup& setup) {
    std::vector<std::string> names = {"kind"};
    for (const std::string& facet : setup.facets)
        if (std::find(names.begin(), names.end(), facet) == names.end()) names.push_back(facet);
    if (names.size() > facets_max)
        return Error{Failure::invalid, "search.too_many_facets", "An index has at most {most} facets.", {{"most", std::to_string(facets_max)}}};
    return names;
}

Result<std::size_t> facet_place(const std::string& facet, const std::vector<std::string>& facet_names) {
    const auto found = std::find(facet_names.begin(), facet_names.end(), facet);
    if (found == facet_names.end()) return Error{Failure::invalid, "search.facet_unknown", "There is no facet {facet}.", {{"facet", facet}}};
    return static_cast<std::size_t>(found - facet_names.begin());
}

Result<Done> check(const Document& document, const std::vector<std::string>& facet_names) {
    if (!is_token(document.id)) return refused(document, "id", "1 to 200 bytes without control characters.");
    if (!is_token(document.visible)) return refused(document, "visible", "1 to 200 bytes without control characters.");
    std::vector<std::size_t> bytes(facet_names.size());
    const auto add = [&](std::size_t place, const std::string& value) -> Result<Done> {
        if (!is_token(value)) return refused(document, "facets", "a value has 1 to 200 bytes without control characters.");
        if ((bytes[place] += value.size() + 1) > facet_bytes_max) return refused(document, "facets", "one facet has too many values.");
        return Done{};
    };
    if (!document.kind.empty()) TRY(add(0, document.kind));
    for (const auto& [facet, value] : document.facets) TRY(add(TRY(facet_place(facet, facet_names)), value));
    return Done{};
}

Result<Done> check(const Document& document, const Setup& setup) { return check(document, TRY(facet_names(setup))); }

Result<Prepared> prepare(const Document& document, const std::vector<std::string>& facet_names) {
    TRY(check(document, facet_names));
    Prepared out{.id = document.id,
        .kind = document.kind,
        .title = without_marks(document.title),
        .summary = without_marks(document.summary),
        .boost = document.boost,
        .updated_at = document.updated_at,
        .visible = document.visible};
    std::string keywords;
    for (const std::string& keyword : document.keywords) keywords += text_separator + without_marks(keyword), add_phrase(keyword, true, out.phrases);
    for (const Language language : {Language::zh, Language::en, Language::ru}) add_phrase(document.title.in(language), false, out.phrases);
    out.sections = {searchable(joined(out.title)), searchable(joined(out.summary) + keywords), searchable(without_marks(document.body))};

    out.facets.resize(facet_names.size());
    if (!document.kind.empty()) out.facets[0].push_back(document.kind);
    for (const auto& [facet, value] : document.facets) out.facets[TRY(facet_place(facet, facet_names))].push_back(value);
    for (std::vector<std::string>& values : out.facets) {
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    return out;
}

std::string phrase_key(std::string_view text) {
    std::string key;
    for (const char c : fold(first_characters(text, 2 * phrase_characters_max))) {
        const bool space = static_cast<unsigned char>(c) <= ' ';
        if (!space) key += c;
        else if (!key.empty() && key.back() != ' ') key += ' ';
    }
    return std::string(first_characters(key, phrase_characters_max));
}

void sort_counts(std::vector<FacetCount>& counts) {
    std::sort(
        counts.begin(), counts.end(), [](const FacetCount& a, const FacetCount& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
}

void sort_suggestions(std::vector<Suggestion>& suggestions, std::size_t limit) {
    std::sort(suggestions.begin(), suggestions.end(), [](const Suggestion& a, const Suggestion& b) {
        if (a.documents != b.documents) return a.documents > b.documents;
        return a.text.size() != b.text.size() ? a.text.size() < b.text.size() : a.text < b.text;
    });
    if (suggestions.size() > limit) suggestions.resize(limit);
}

} // namespace greenbank::search
