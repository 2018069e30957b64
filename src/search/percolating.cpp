// percolating.cpp — the units a query cannot do without, and the comparison itself.
#include "search/percolating.h"

#include <algorithm>

namespace greenbank::search {

namespace {

using Kind = Condition::Kind;
using Units = std::vector<std::string>; // "u" and a unit as written, "s" and a stem

/// Whoever asks is told that every word is there: nothing is corrected.
class EveryWord final : public Lexicon {
public:
    bool holds(const Condition&) override { return true; }
    void consider(Closest&) override {}
};

/// Units one of which a text must hold to meet the condition; nothing where that cannot be said.
std::optional<Units> needed(const Condition& condition) {
    switch (condition.kind) {
    case Kind::sequence: {
        const auto longest =
            std::max_element(condition.pieces.begin(), condition.pieces.end(), [](const Piece& a, const Piece& b) { return a.text.size() < b.text.size(); });
        return Units{"u" + longest->text};
    }
    case Kind::stem:
    case Kind::stems: {
        const auto longest =
            std::max_element(condition.pieces.begin(), condition.pieces.end(), [](const Piece& a, const Piece& b) { return a.text.size() < b.text.size(); });
        return Units{"s" + longest->text};
    }
    case Kind::literal: // stands within words too, but ideographs are units wherever they stand
        for (const Piece& piece : condition.pieces)
            if (piece.ideograph) return Units{"u" + piece.text};
        return {};
    case Kind::prefix: return {};
    case Kind::any: {
        Units all;
        for (const Condition& part : condition.parts) {
            const auto units = needed(part);
            if (!units) return {};
            all.insert(all.end(), units->begin(), units->end());
        }
        return all;
    }
    case Kind::all: {
        std::optional<Units> fewest;
        for (const Condition& part : condition.parts)
            if (auto units = needed(part); units && (!fewest || units->size() < fewest->size())) fewest = std::move(units);
        return fewest;
    }
    }
    return {};
}

bool holds(const Condition& condition, const Prepared& document) {
    const auto part_holds = [&](const Condition& part) { return holds(part, document); };
    if (condition.kind == Kind::any) return std::any_of(condition.parts.begin(), condition.parts.end(), part_holds);
    if (condition.kind == Kind::all) return std::all_of(condition.parts.begin(), condition.parts.end(), part_holds);
    std::vector<Span> spans;
    return std::any_of(document.sections.begin(), document.sections.end(), [&](const Searchable& section) {
        find_spans(condition, section, spans);
        return !spans.empty();
    });
}

} // namespace

Result<Percolator> Percolator::make(const Setup& setup) { return Percolator(TRY(search::facet_names(setup)), setup.synonyms); }

Result<Done> Percolator::put(const std::string& id, const Query& query) {
    Standing made{.readings = {}, .excluded = {}, .filters = {}, .visible = query.visible, .filed = {}};
    for (const auto& [facet, values] : query.filters)
        if (const std::size_t place = TRY(facet_place(facet, facet_names_)); !values.empty()) made.filters.emplace_back(place, values);
    EveryWord lexicon;
    Understood understood = understand(query.text + ' ', *thesaurus_, lexicon); // a blank: the last word is whole
    made.excluded = std::move(understood.excluded);
    for (Reading& reading : understood.readings)
        if (!reading.relaxed) made.readings.push_back(std::move(reading));

    bool anywhere = made.readings.empty();
    Units filed;
    for (const Reading& reading : made.readings) {
        const auto units = needed({.kind = Kind::all, .parts = reading.terms});
        if (units) filed.insert(filed.end(), units->begin(), units->end());
        else anywhere = true;
    }
    std::sort(filed.begin(), filed.end());
    filed.erase(std::unique(filed.begin(), filed.end()), filed.end());
    erase(id);
    if (anywhere) always_.insert(id);
    else made.filed = std::move(filed);
    for (const std::string& unit : made.filed) under_[unit].insert(id);
    standing_.emplace(id, std::move(made));
    return Done{};
}

void Percolator::erase(const std::string& id) {
    const auto found = standing_.find(id);
    if (found == standing_.end()) return;
    for (const std::string& unit : found->second.filed)
        if (const auto at = under_.find(unit); at->second.erase(id) > 0 && at->second.empty()) under_.erase(at);
    always_.erase(id);
    standing_.erase(found);
}

bool Percolator::meets(const Prepared& document, const Standing& standing) {
    if (std::find(standing.visible.begin(), standing.visible.end(), document.visible) == standing.visible.end()) return false;
    for (const auto& [place, values] : standing.filters) {
        const std::vector<std::string>& own = document.facets[place];
        if (std::none_of(own.begin(), own.end(),
                [&wanted = values](const std::string& value) { return std::find(wanted.begin(), wanted.end(), value) != wanted.end(); }))
            return false;
    }
    const auto here = [&](const Condition& condition) { return holds(condition, document); };
    if (std::any_of(standing.excluded.begin(), standing.excluded.end(), here)) return false;
    return standing.readings.empty() || std::any_of(standing.readings.begin(), standing.readings.end(),
                                            [&](const Reading& reading) { return std::all_of(reading.terms.begin(), reading.terms.end(), here); });
}

Result<std::vector<std::string>> Percolator::matches(const Document& document, std::size_t* compared) const {
    const Prepared prepared = TRY(prepare(document, facet_names_));
    std::set<std::string> near = always_;
    const auto look = [&](std::string unit) {
        if (const auto found = under_.find(unit); found != under_.end()) near.insert(found->second.begin(), found->second.end());
    };
    for (const Searchable& section : prepared.sections) {
        for (std::size_t i = 0; i < section.units.size(); ++i) look("u" + std::string(section.text(i)));
        for (const std::string& stem : section.stems) look("s" + stem);
    }
    if (compared) *compared = near.size();
    std::vector<std::string> met;
    for (const std::string& id : near)
        if (meets(prepared, standing_.at(id))) met.push_back(id);
    return met;
}

} // namespace greenbank::search
