// groonga_matches.cpp — reading, joining and uniting lists of occurrences.
#include "search/groonga_matches.h"

#include <algorithm>

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

float weight_of(std::uint32_t section) { return section_weights[std::min<std::size_t>(section - 1, 2)]; }

/// Where a sequence may begin: the position of its first piece.
struct Start {
    grn_id document;
    std::uint32_t section;
    std::int64_t position;

    auto operator<=>(const Start&) const = default;
};

void add(Matches& matches, grn_id document, float occurrences) {
    if (!matches.empty() && matches.back().document == document) matches.back().occurrences += occurrences;
    else matches.push_back({document, occurrences});
}

} // namespace

struct Matcher::Required {
    std::int64_t offset; // from the beginning of the sequence
    std::vector<grn_id> units;
    std::size_t size = 0; // an upper bound of their occurrences
};

Matcher::Matcher(grn_ctx* context, const Tables& tables, grn_id last_document) : context_(context), tables_(tables), last_document_(last_document) {}

std::vector<grn_id> Matcher::units_beginning(std::string_view beginning) const {
    std::vector<grn_id> units;
    grn_table_cursor* cursor =
        grn_table_cursor_open(context_, tables_.units, beginning.data(), static_cast<unsigned>(beginning.size()), nullptr, 0, 0, -1, GRN_CURSOR_PREFIX);
    if (cursor == nullptr) return units;
    while (const grn_id id = grn_table_cursor_next(context_, cursor)) units.push_back(id);
    grn_table_cursor_close(context_, cursor);
    return units;
}

std::vector<Matcher::Required> Matcher::required(const Condition& condition) const {
    const std::vector<Piece>& pieces = condition.pieces;
    const auto unit = [&](const std::string& key) -> std::vector<grn_id> {
        const grn_id id = grn_table_get(context_, tables_.units, key.data(), static_cast<unsigned>(key.size()));
        return id == GRN_ID_NIL ? std::vector<grn_id>() : std::vector{id};
    };
    std::vector<Required> places;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto offset = static_cast<std::int64_t>(i);
        const bool pair = pieces[i].ideograph && i + 1 < pieces.size() && pieces[i + 1].glued;
        if (condition.kind == Kind::prefix) places.push_back({offset, units_beginning(pieces[i].text)});
        else if (condition.kind != Kind::sequence) places.push_back({offset, unit('~' + pieces[i].text)});
        else if (!pieces[i].ideograph) places.push_back({offset, unit(pieces[i].text)});
        else if (pair) places.push_back({offset, unit(pieces[i].text + pieces[i + 1].text)});
        else if (!pieces[i].glued || i == 0) places.push_back({offset, units_beginning(pieces[i].text)});
        // otherwise it is the second half of the pair before
    }
    for (Required& place : places)
        for (const grn_id id : place.units) place.size += grn_ii_estimate_size(context_, reinterpret_cast<grn_ii*>(tables_.unit_occurrences), id);
    return places;
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
        Matches matches;
        Occurrences found(context_, tables_.unit_occurrences, unit, false);
        while (const grn_posting* posting = found.next()) add(matches, posting->rid, weight_of(posting->sid) * static_cast<float>(posting->tf));
        lists.push_back(std::move(matches));
    }
    return unite(std::move(lists));
}

/// Starts from the rarest unit and keeps what the others confirm.
Matches Matcher::sequence(std::vector<Required> places) const {
    std::sort(places.begin(), places.end(), [](const Required& a, const Required& b) { return a.size < b.size; });
    std::vector<Start> starts;
    for (const grn_id unit : places.front().units) {
        Occurrences found(context_, tables_.unit_occurrences, unit, true);
        while (const grn_posting* posting = found.next()) {
            const Start here{posting->rid, posting->sid, 0};
            while (const grn_posting* position = found.next_position())
                starts.push_back({here.document, here.section, std::int64_t{position->pos} - places.front().offset});
        }
    }
    if (places.front().units.size() > 1) std::sort(starts.begin(), starts.end());

    for (std::size_t i = 1; i < places.size() && !starts.empty(); ++i) {
        std::vector<Start> kept;
        for (const grn_id unit : places[i].units) {
            Occurrences found(context_, tables_.unit_occurrences, unit, true);
            std::size_t at = 0;
            while (const grn_posting* posting = found.next()) {
                const Start here{posting->rid, posting->sid, INT64_MIN};
                while (at < starts.size() && starts[at] < here) ++at;
                if (at == starts.size()) break;
                if (starts[at].document != here.document || starts[at].section != here.section) continue;
                while (const grn_posting* position = found.next_position()) {
                    const Start wanted{here.document, here.section, std::int64_t{position->pos} - places[i].offset};
                    while (at < starts.size() && starts[at] < wanted) ++at;
                    if (at < starts.size() && starts[at] == wanted) kept.push_back(wanted);
                }
            }
        }
        if (places[i].units.size() > 1) std::sort(kept.begin(), kept.end());
        starts = std::move(kept);
    }
    Matches matches;
    for (const Start& start : starts) add(matches, start.document, weight_of(start.section));
    return matches;
}

Matches Matcher::unite(std::vector<Matches> lists) const {
    std::erase_if(lists, [](const Matches& list) { return list.empty(); });
    if (lists.empty()) return {};
    if (lists.size() == 1) return std::move(lists.front());
    std::size_t total = 0;
    for (const Matches& list : lists) total += list.size();

    Matches united;
    if (total < last_document_ / 16) {
        Matches all;
        all.reserve(total);
        for (const Matches& list : lists) all.insert(all.end(), list.begin(), list.end());
        std::stable_sort(all.begin(), all.end(), [](const Match& a, const Match& b) { return a.document < b.document; });
        for (const Match& match : all) add(united, match.document, match.occurrences);
        return united;
    }
    std::vector<float> by_document(last_document_ + 1);
    for (const Matches& list : lists)
        for (const Match& match : list) by_document[match.document] += match.occurrences;
    united.reserve(std::min<std::size_t>(total, last_document_));
    for (grn_id document = 1; document <= last_document_; ++document)
        if (by_document[document] > 0) united.push_back({document, by_document[document]});
    return united;
}

Matches Matcher::find(const Condition& condition) const {
    if (condition.kind == Kind::any) {
        std::vector<Matches> lists;
        for (const Condition& part : condition.parts) {
            lists.push_back(find(part));
            for (Match& match : lists.back()) match.occurrences *= part.weight;
        }
        return unite(std::move(lists));
    }
    if (condition.kind == Kind::all) {
        Matches matches = find(condition.parts.front());
        for (std::size_t i = 1; i < condition.parts.size() && !matches.empty(); ++i) matches = intersect(matches, find(condition.parts[i]));
        return matches;
    }
    std::vector<Required> places = required(condition);
    for (const Required& place : places)
        if (place.units.empty()) return {};
    return places.size() == 1 ? occurrences(places.front().units) : sequence(std::move(places));
}

Matches intersect(const Matches& a, const Matches& b) {
    Matches both;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (i->document < j->document) ++i;
        else if (j->document < i->document) ++j;
        else both.push_back({i->document, std::min(i->occurrences, j->occurrences)}), ++i, ++j;
    }
    return both;
}

} // namespace greenbank::search
