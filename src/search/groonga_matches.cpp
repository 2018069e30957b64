// groonga_matches.cpp — reading, joining and uniting lists of occurrences.
#include "search/groonga_matches.h"

#include <algorithm>

#include "search/matching.h"
#include "search/ranking.h"

namespace greenbank::search {

namespace {

using Kind = Condition::Kind;

/// One unit's occurrences, by document, section, and (where asked for) position.
class Occurrences {
public:
    Occurrences(grn_ctx* context, grn_obj* index, grn_id unit, bool positions) : context_(context) {
        auto* const lists = reinterpret_cast<grn_ii*>(index);
        const int elements = static_cast<int>(grn_ii_get_n_elements(context, lists));
        cursor_ = grn_ii_cursor_open(context, lists, unit, GRN_ID_NIL, GRN_ID_MAX, positions ? elements : elements - 1, 0);
    }
    ~Occurrences() {
        if (cursor_ != nullptr) grn_ii_cursor_close(context_, cursor_);
    }
    Occurrences(const Occurrences&) = delete;
    Occurrences& operator=(const Occurrences&) = delete;

    const grn_posting* next() { return cursor_ == nullptr ? nullptr : grn_ii_cursor_next(context_, cursor_); }
    const grn_posting* next_position() { return grn_ii_cursor_next_pos(context_, cursor_); }

private:
    grn_ctx* context_;
    grn_ii_cursor* cursor_;
};

float weight_of(std::uint64_t section) { return section_weights[std::min<std::size_t>(section - 1, 2)]; }

/// Where a sequence may begin, as one number that sorts by document, section and the position of its first piece.
using Start = std::uint64_t;
constexpr std::uint64_t position_bias = 1024; // a sequence's first piece may seem to stand before its section

Start section_start(grn_id document, std::uint32_t section) { return std::uint64_t{document} << 32 | std::uint64_t{section & 3U} << 30; }
Start start_at(Start section, std::uint32_t position, std::int64_t offset) { return section + position_bias + position - static_cast<std::uint64_t>(offset); }
constexpr Start in_section = (Start{1} << 30) - 1;

/// Kept from one sequence to the next: for lists of a million, new memory costs as much as reading them.
struct Scratch {
    static constexpr std::size_t kept_most = 1U << 21;
    std::vector<Start> starts, confirmed;

    void finish() {
        for (std::vector<Start>* list : {&starts, &confirmed}) {
            list->clear();
            if (list->capacity() > kept_most) list->shrink_to_fit();
        }
    }
};

} // namespace

struct Matcher::Required {
    std::int64_t offset; // from the beginning of the sequence
    std::vector<grn_id> units;
    bool pair = false;    // of ideographs, the second one glued
    std::size_t size = 0; // an upper bound of their occurrences
};

std::vector<grn_id> Matcher::units_beginning(std::string_view beginning) const {
    std::vector<grn_id> units;
    grn_table_cursor* cursor =
        grn_table_cursor_open(context_, tables_.units, beginning.data(), static_cast<unsigned>(beginning.size()), nullptr, 0, 0, -1, GRN_CURSOR_PREFIX);
    if (cursor == nullptr) return units;
    while (const grn_id id = grn_table_cursor_next(context_, cursor)) units.push_back(id);
    grn_table_cursor_close(context_, cursor);
    return units;
}

std::vector<grn_id> Matcher::unit(const std::string& key) const {
    const grn_id id = grn_table_get(context_, tables_.units, key.data(), static_cast<unsigned>(key.size()));
    return id == GRN_ID_NIL ? std::vector<grn_id>() : std::vector{id};
}

void Matcher::measure(std::vector<Required>& places) const {
    for (Required& place : places)
        for (const grn_id id : place.units) place.size += grn_ii_estimate_size(context_, reinterpret_cast<grn_ii*>(tables_.unit_occurrences), id);
}

std::vector<Matcher::Required> Matcher::required(const Condition& condition) const {
    if (condition.kind == Kind::literal) return required_by_literal(condition);
    const std::vector<Piece>& pieces = condition.pieces;
    std::vector<Required> places;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i, ++offset) {
        const bool pair = pieces[i].ideograph && i + 1 < pieces.size() && pieces[i + 1].glued;
        if (i > 0 && leaves_gap(pieces[i - 1].ideograph, pieces[i].ideograph, pieces[i].glued)) ++offset;
        if (condition.kind == Kind::prefix) places.push_back({offset, units_beginning(pieces[i].text)});
        else if (condition.kind != Kind::sequence) places.push_back({offset, unit('~' + pieces[i].text)});
        else if (!pieces[i].ideograph) places.push_back({offset, unit(pieces[i].text)});
        else if (pair) places.push_back({offset, unit(pieces[i].text + pieces[i + 1].text), true});
        else if (!pieces[i].glued || i == 0) places.push_back({offset, units_beginning(pieces[i].text)});
        // otherwise it is the second half of the pair before
    }
    measure(places);
    return places;
}

/// The first word may be the end of one and the last word the beginning of one, unless punctuation is quoted before or
/// behind it; the point and marks may belong to the word.
std::vector<Matcher::Required> Matcher::required_by_literal(const Condition& condition) const {
    const std::string& text = condition.text;
    const std::vector<Unit> all = units(text);
    const auto open = [](std::string_view edge) { return std::none_of(edge.begin(), edge.end(), [](char c) { return c > 0 && c != '.'; }); };
    std::vector<Required> places;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < all.size(); ++i, ++offset) {
        if (i > 0 && leaves_gap(all[i - 1].ideograph, all[i].ideograph, all[i].glued)) ++offset;
        const std::string part(all[i].of(text));
        const bool open_begin = i == 0 && open(std::string_view(text).substr(0, all[i].begin));
        const bool open_end = i + 1 == all.size() && open(std::string_view(text).substr(all[i].end));
        const bool pair = i + 1 < all.size() && all[i + 1].glued;
        Required place{offset, {}};
        if (all[i].ideograph) {
            if (all[i].glued && !pair) continue; // the second half of the pair before
            place.pair = pair;
            place.units = pair ? unit(part + std::string(all[i + 1].of(text))) : units_beginning(part);
        } else if (open_begin || open_end) {
            words_.get(context_, tables_).words.each_holding(part, !open_begin, !open_end, [&](std::string_view, grn_id id) { place.units.push_back(id); });
        } else {
            place.units = unit(part);
        }
        places.push_back(std::move(place));
    }
    measure(places);
    return places;
}

/// A part of words and nothing else: no text need be read.
Matches Matcher::within_words(const std::string& part) const {
    std::vector<Matches> lists;
    words_.get(context_, tables_).words.each_holding(part, false, false, [&](std::string_view word, grn_id id) {
        std::size_t times = 0;
        each_literal(part, word, [&](std::size_t, std::size_t) { ++times; });
        lists.push_back(occurrences({&id, 1}));
        for (float& count : lists.back().occurrences) count *= static_cast<float>(times);
    });
    return unite(std::move(lists));
}

Matches Matcher::literal(const Condition& condition) const {
    if (condition.pieces.size() == 1 && condition.pieces.front().text == condition.text) return within_words(condition.text);
    std::vector<Required> places = required_by_literal(condition);
    for (const Required& place : places)
        if (place.units.empty()) return {};
    const Matches candidates = places.size() == 1 ? occurrences(places.front().units) : sequence(std::move(places));
    Matches matches;
    Value text(context_, Value::Kind::text);
    for (const grn_id document : candidates.documents) {
        text.assign("");
        grn_obj_get_value(context_, tables_.folded, document, text.get());
        float sum = 0;
        std::size_t section = 0;
        for (const std::string_view part : split(text.bytes(), value_separator)) {
            each_literal(condition.text, part, [&](std::size_t, std::size_t) { sum += section_weights[std::min<std::size_t>(section, 2)]; });
            ++section;
        }
        if (sum > 0) matches.push_back(document, sum);
    }
    return matches;
}

std::size_t Matcher::estimate(const Condition& condition) const {
    std::size_t size = 0;
    if (condition.kind == Kind::any) {
        for (const Condition& part : condition.parts) size += estimate(part);
        return size;
    }
    size = SIZE_MAX;
    for (const Condition& part : condition.parts) size = std::min(size, estimate(part));
    if (condition.kind != Kind::all)
        for (const Required& place : required(condition)) size = std::min(size, place.size);
    return size;
}

Matches Matcher::occurrences(std::span<const grn_id> units) const {
    std::vector<Matches> lists;
    for (const grn_id unit : units) {
        Matches& matches = lists.emplace_back();
        if (const FrequentUnit* frequent = frequent_.of(unit)) {
            matches.reserve(frequent->documents());
            frequent->each(last_document_, [&](grn_id document, std::uint8_t count) { matches.push_back(document, count); });
        } else {
            matches.reserve(grn_ii_estimate_size(context_, reinterpret_cast<grn_ii*>(tables_.unit_occurrences), unit));
            Occurrences found(context_, tables_.unit_occurrences, unit, false);
            while (const grn_posting* posting = found.next()) matches.add(posting->rid, weight_of(posting->sid) * static_cast<float>(posting->tf));
        }
    }
    return unite(std::move(lists));
}

const FrequentUnit* Matcher::frequent(const Condition& condition) const {
    if (frequent_.size() == 0 || condition.kind == Kind::any || condition.kind == Kind::all || condition.kind == Kind::literal || condition.pieces.size() > 2)
        return nullptr;
    const std::vector<Required> places = required(condition);
    return places.size() == 1 && places.front().units.size() == 1 ? frequent_.of(places.front().units.front()) : nullptr;
}

/// A pair whose two neighbours are looked for says nothing more, since what is not glued leaves a gap between positions:
/// of the pairs AB, BC, CD of ABCD the two outer ones. The cheapest choice.
std::vector<Matcher::Required> Matcher::covering(std::vector<Required> places) const {
    const auto needed = [&](std::size_t i) {
        if (i == 0 || i + 1 == places.size()) return true;
        const Required &before = places[i - 1], &here = places[i], &after = places[i + 1];
        return !(before.pair && here.pair && after.pair && before.offset + 1 == here.offset && here.offset + 1 == after.offset);
    };
    std::vector<std::size_t> least(places.size()), from(places.size()); // of choices that end with this place; the one chosen before it
    for (std::size_t i = 0; i < places.size(); ++i) {
        from[i] = i == 0 ? 0 : i - 1;
        if (i >= 2 && !needed(i - 1) && least[i - 2] < least[i - 1]) from[i] = i - 2;
        least[i] = places[i].size + (i == 0 ? 0 : least[from[i]]);
    }
    std::vector<Required> chosen;
    for (std::size_t i = places.size() - 1;; i = from[i]) {
        chosen.push_back(std::move(places[i]));
        if (i == 0) return chosen;
    }
}

/// Starts from the rarest unit and keeps what the others confirm.
Matches Matcher::sequence(std::vector<Required> places) const {
    places = covering(std::move(places));
    std::sort(places.begin(), places.end(), [](const Required& a, const Required& b) { return a.size < b.size; });
    static thread_local Scratch scratch;
    std::vector<Start>&starts = scratch.starts, &confirmed = scratch.confirmed;
    for (const grn_id unit : places.front().units) {
        Occurrences found(context_, tables_.unit_occurrences, unit, true);
        while (const grn_posting* posting = found.next()) {
            const bool elsewhere = std::all_of(places.begin() + 1, places.end(), [&](const Required& place) { return may_hold(place, posting->rid); });
            if (!elsewhere) continue;
            const Start here = section_start(posting->rid, posting->sid);
            while (const grn_posting* position = found.next_position()) starts.push_back(start_at(here, position->pos, places.front().offset));
        }
    }
    if (places.front().units.size() > 1) std::sort(starts.begin(), starts.end());

    for (std::size_t i = 1; i < places.size() && !starts.empty(); ++i) {
        confirmed.clear();
        for (const grn_id unit : places[i].units) {
            Occurrences found(context_, tables_.unit_occurrences, unit, true);
            std::size_t at = 0;
            while (const grn_posting* posting = found.next()) {
                const Start here = section_start(posting->rid, posting->sid);
                while (at < starts.size() && starts[at] < here) ++at;
                if (at == starts.size()) break;
                if ((starts[at] & ~in_section) != here) continue;
                while (const grn_posting* position = found.next_position()) {
                    const Start wanted = start_at(here, position->pos, places[i].offset);
                    while (at < starts.size() && starts[at] < wanted) ++at;
                    if (at < starts.size() && starts[at] == wanted) confirmed.push_back(wanted);
                }
            }
        }
        if (places[i].units.size() > 1) std::sort(confirmed.begin(), confirmed.end());
        std::swap(starts, confirmed);
    }
    Matches matches;
    matches.reserve(std::min<std::size_t>(starts.size(), last_document_));
    for (const Start start : starts) matches.add(static_cast<grn_id>(start >> 32), weight_of(start >> 30 & 3U));
    scratch.finish();
    return matches;
}

bool Matcher::may_hold(const Required& place, grn_id document) const {
    if (place.units.size() != 1) return true;
    const FrequentUnit* frequent = frequent_.of(place.units.front());
    return frequent == nullptr || frequent->of(document) != 0;
}

Matches Matcher::unite(std::vector<Matches> lists) const {
    std::erase_if(lists, [](const Matches& list) { return list.empty(); });
    if (lists.empty()) return {};
    if (lists.size() == 1) return std::move(lists.front());
    std::size_t total = 0;
    for (const Matches& list : lists) total += list.size();

    Matches united;
    if (total < last_document_ / 16) {
        std::vector<std::pair<grn_id, float>> all;
        all.reserve(total);
        for (const Matches& list : lists)
            for (std::size_t i = 0; i < list.size(); ++i) all.emplace_back(list.documents[i], list.occurrences[i]);
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [document, count] : all) united.add(document, count);
        return united;
    }
    std::vector<float> by_document(last_document_ + 1);
    for (const Matches& list : lists)
        for (std::size_t i = 0; i < list.size(); ++i) by_document[list.documents[i]] += list.occurrences[i];
    united.reserve(std::min<std::size_t>(total, last_document_));
    for (grn_id document = 1; document <= last_document_; ++document)
        if (by_document[document] > 0) united.push_back(document, by_document[document]);
    return united;
}

Matches Matcher::find(const Condition& condition) const {
    if (condition.kind == Kind::any) {
        std::vector<Matches> lists;
        for (const Condition& part : condition.parts) {
            lists.push_back(find(part));
            if (part.weight != 1)
                for (float& count : lists.back().occurrences) count *= part.weight;
        }
        return unite(std::move(lists));
    }
    if (condition.kind == Kind::all) {
        Matches matches = find(condition.parts.front());
        for (std::size_t i = 1; i < condition.parts.size() && !matches.empty(); ++i) matches = intersect(matches, find(condition.parts[i]));
        return matches;
    }
    if (condition.kind == Kind::literal) return literal(condition);
    std::vector<Required> places = required(condition);
    for (const Required& place : places)
        if (place.units.empty()) return {};
    return places.size() == 1 ? occurrences(places.front().units) : sequence(std::move(places));
}

bool Matcher::any(const Condition& condition, const std::function<bool(grn_id)>& passes) const {
    if (condition.kind == Kind::any)
        return std::any_of(condition.parts.begin(), condition.parts.end(), [&](const Condition& part) { return any(part, passes); });
    if (condition.kind != Kind::all && condition.kind != Kind::literal && condition.pieces.size() == 1) {
        for (const Required& place : required(condition))
            for (const grn_id id : place.units) {
                Occurrences found(context_, tables_.unit_occurrences, id, false);
                while (const grn_posting* posting = found.next())
                    if (passes(posting->rid)) return true;
            }
        return false;
    }
    const Matches matches = find(condition);
    return std::any_of(matches.documents.begin(), matches.documents.end(), passes);
}

Matches intersect(const Matches& a, const Matches& b) {
    Matches both;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a.documents[i] < b.documents[j]) ++i;
        else if (b.documents[j] < a.documents[i]) ++j;
        else both.push_back(a.documents[i], std::min(a.occurrences[i], b.occurrences[j])), ++i, ++j;
    }
    return both;
}

} // namespace greenbank::search
