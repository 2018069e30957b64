// groonga_writer.cpp — columns filled from prepared documents, and the knowledge kept in step.
#include "search/groonga_writer.h"

#include "search/ranking.h"
#include "search/sorting.h"
#include "search/sounds.h"

namespace greenbank::search {

namespace {

/// Units in order: words, and ideographs with the one that is glued to them, an empty one where a gap is left; then the
/// stems of the words, in order.
std::vector<std::string> unit_keys(const Searchable& text) {
    std::vector<std::string> keys;
    keys.reserve(text.units.size() + text.stems.size());
    for (std::size_t i = 0; i < text.units.size(); ++i) {
        const bool pair = i + 1 < text.units.size() && text.units[i + 1].glued;
        if (i > 0 && leaves_gap(text.units[i - 1].ideograph, text.units[i].ideograph, text.units[i].glued)) keys.emplace_back();
        keys.emplace_back(text.folded, text.units[i].begin, (pair ? text.units[i + 1].end : text.units[i].end) - text.units[i].begin);
    }
    for (const std::string& stem : text.stems) keys.push_back('~' + stem);
    return keys;
}

grn_id add_key(grn_ctx* context, grn_obj* table, std::string_view key, int* added = nullptr) {
    return grn_table_add(context, table, key.data(), static_cast<unsigned>(key.size()), added);
}

void learn_sets(grn_ctx* context, grn_obj* table, FacetSets& sets) {
    grn_table_cursor* cursor = grn_table_cursor_open(context, table, nullptr, 0, nullptr, 0, 0, -1, GRN_CURSOR_BY_ID);
    if (cursor == nullptr) return;
    while (const grn_id id = grn_table_cursor_next(context, cursor)) {
        void* key = nullptr;
        const int length = grn_table_cursor_get_key(context, cursor, &key);
        sets.add(id, {static_cast<const char*>(key), static_cast<std::size_t>(length)}, value_separator);
    }
    grn_table_cursor_close(context, cursor);
}

} // namespace

Result<Knowledge> learn(grn_ctx* context, const Tables& tables, const Rows& rows, std::vector<std::string> facet_names) {
    Knowledge known{.facet_names = std::move(facet_names), .facets = std::vector<FacetSets>(tables.facet_sets.size())};
    for (std::size_t i = 0; i < tables.facet_sets.size(); ++i) learn_sets(context, tables.facet_sets[i], known.facets[i]);
    known.documents = grn_table_size(context, tables.documents);
    std::size_t seen = 0;
    for (grn_id document = 1; seen < known.documents && document < rows.size(); ++document) {
        if (rows.row(document).visible == GRN_ID_NIL) continue;
        ++seen;
        known.last_document = document;
        known.units += rows.row(document).length;
    }
    if (seen != known.documents)
        return Error{
            Failure::internal, "search.engine", "The search index could not {doing}: {reason}", {{"doing", "be read"}, {"reason", "rows are missing"}}};
    return known;
}

Writable writable(Prepared prepared) {
    Writable out{.prepared = std::move(prepared)};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto language = static_cast<Language>(i);
        out.unit_keys[i] = unit_keys(out.prepared.sections[i]);
        out.title_keys[i] = short_sort_key(out.prepared.title.best(language), language);
    }
    for (const Phrase& phrase : out.prepared.phrases) out.sound_keys.push_back(sound_key(phrase.key));
    return out;
}

grn_id Writer::unit(const std::string& key) {
    if (key.empty()) return GRN_ID_NIL; // Groonga passes over it and counts the position
    const auto [place, fresh] = units_.try_emplace(key, GRN_ID_NIL);
    if (!fresh) return place->second;
    int added = 0;
    place->second = add_key(context_, tables_.units, key, &added);
    if (added != 0) knowledge_.words->learn(key, place->second);
    return place->second;
}

void Writer::set_text(grn_obj* column, grn_id document, std::string_view text) {
    Value value(context_, Value::Kind::text);
    value.assign(text);
    grn_obj_set_value(context_, column, document, value.get(), GRN_OBJ_SET);
}

/// The index has no source column, which would be twice as large as the texts: it is told what was and what is.
Result<Done> Writer::index_section(grn_id document, std::size_t section, const std::vector<std::string>& old_keys, const std::vector<std::string>& new_keys) {
    Value old_ids(context_, Value::Kind::records, grn_obj_id(context_, tables_.units)),
        new_ids(context_, Value::Kind::records, grn_obj_id(context_, tables_.units));
    const auto weight = static_cast<int>(section_weights[section]);
    for (const auto& [keys, ids, times] : {std::tuple{&old_keys, &old_ids, -weight}, {&new_keys, &new_ids, weight}})
        for (const std::string& key : *keys) {
            const grn_id id = unit(key);
            ids->append(id);
            TRY(frequent_.add(id, document, times));
        }
    grn_column_index_update(context_, tables_.unit_occurrences, document, static_cast<unsigned>(section + 1), old_keys.empty() ? nullptr : old_ids.get(),
        new_keys.empty() ? nullptr : new_ids.get());
    return engine_done(context_, "index a document");
}

std::vector<std::string> Writer::old_sections(grn_id document) {
    Value value(context_, Value::Kind::text);
    grn_obj_get_value(context_, tables_.folded, document, value.get());
    std::vector<std::string> sections;
    for (const std::string_view section : split(value.bytes(), value_separator)) sections.emplace_back(section);
    sections.resize(3);
    return sections;
}

Result<grn_id> Writer::facet_set(std::size_t place, const std::vector<std::string>& values) {
    if (values.empty()) return grn_id{GRN_ID_NIL};
    const std::string joined = join(values, std::string(1, value_separator));
    const grn_id set = add_key(context_, tables_.facet_sets[place], joined);
    TRY(engine_done(context_, "keep a facet"));
    knowledge_.facets[place].add(set, joined, value_separator);
    return set;
}

Result<Done> Writer::put_phrases(grn_id document, const Writable& writable) {
    Value ids(context_, Value::Kind::records, grn_obj_id(context_, tables_.phrases));
    for (std::size_t i = 0; i < writable.prepared.phrases.size(); ++i) {
        const Phrase& phrase = writable.prepared.phrases[i];
        int added = 0;
        const grn_id id = add_key(context_, tables_.phrases, (phrase.keyword ? keyword_key : title_key) + phrase.key, &added);
        ids.append(id);
        if (added == 0) continue;
        set_text(tables_.phrase_text, id, phrase.text);
        if (!writable.sound_keys[i].empty()) add_key(context_, tables_.sounds, writable.sound_keys[i]);
    }
    grn_obj_set_value(context_, tables_.document_phrases, document, ids.get(), GRN_OBJ_SET);
    return engine_done(context_, "keep suggestions");
}

Result<Done> Writer::put(const Writable& document) {
    const Prepared& prepared = document.prepared;
    int added = 0;
    const grn_id id = add_key(context_, tables_.documents, prepared.id, &added);
    TRY(engine_done(context_, "add a document"));
    knowledge_.last_document = std::max(knowledge_.last_document, id);
    if (added != 0) ++knowledge_.documents;
    else knowledge_.units -= rows_.row(id).length;

    const std::vector<std::string> old = added != 0 ? std::vector<std::string>(3) : old_sections(id);
    for (std::size_t i = 0; i < 3; ++i)
        if (old[i] != prepared.sections[i].folded) TRY(index_section(id, i, unit_keys(Searchable(old[i])), document.unit_keys[i]));
    set_text(
        tables_.folded, id, join({prepared.sections[0].folded, prepared.sections[1].folded, prepared.sections[2].folded}, std::string(1, value_separator)));
    set_text(tables_.stored, id, to_stored({prepared.kind, prepared.title, prepared.summary}));
    TRY(engine_done(context_, "keep a document"));
    TRY(put_phrases(id, document));

    const Row row{.visible = add_key(context_, tables_.visibilities, prepared.visible),
        .length = static_cast<std::uint32_t>(prepared.length()),
        .boost = static_cast<float>(prepared.boost)};
    TRY(engine_done(context_, "keep a document's visibility"));
    std::vector<grn_id> facets;
    for (std::size_t i = 0; i < prepared.facets.size(); ++i) facets.push_back(TRY(facet_set(i, prepared.facets[i])));
    knowledge_.units += row.length;
    return rows_.set(id, row, facets, {prepared.updated_at, document.title_keys});
}

Result<Done> Writer::erase(const std::string& id) {
    const grn_id document = grn_table_get(context_, tables_.documents, id.data(), static_cast<unsigned>(id.size()));
    if (document == GRN_ID_NIL) return Done{};
    const std::vector<std::string> old = old_sections(document);
    for (std::size_t i = 0; i < 3; ++i)
        if (!old[i].empty()) TRY(index_section(document, i, unit_keys(Searchable(old[i])), {}));
    knowledge_.units -= rows_.row(document).length;
    rows_.clear(document); // its number may be given again
    --knowledge_.documents;
    grn_table_delete_by_id(context_, tables_.documents, document);
    return engine_done(context_, "forget a document");
}

/// Reads while others search; only what it returns changes anything.
Result<std::vector<std::pair<grn_id, std::unique_ptr<FrequentUnit>>>> Writer::newly_frequent() const {
    constexpr std::size_t share = 8;         // in more than one of so many documents
    constexpr std::size_t units_most = 1000; // which are as many mapped files
    auto* const lists = reinterpret_cast<grn_ii*>(tables_.unit_occurrences);
    std::vector<std::pair<grn_id, std::unique_ptr<FrequentUnit>>> out;
    grn_table_cursor* cursor = grn_table_cursor_open(context_, tables_.units, nullptr, 0, nullptr, 0, 0, -1, GRN_CURSOR_BY_ID);
    std::vector<grn_id> candidates;
    while (const grn_id unit = cursor == nullptr ? GRN_ID_NIL : grn_table_cursor_next(context_, cursor))
        if (frequent_.of(unit) == nullptr && grn_ii_estimate_size(context_, lists, unit) > knowledge_.documents / share) candidates.push_back(unit);
    if (cursor != nullptr) grn_table_cursor_close(context_, cursor);

    for (const grn_id unit : candidates) {
        if (frequent_.size() + out.size() >= units_most) break;
        auto made = TRY(frequent_.make(unit));
        bool fits = true;
        grn_ii_cursor* postings =
            grn_ii_cursor_open(context_, lists, unit, GRN_ID_NIL, GRN_ID_MAX, static_cast<int>(grn_ii_get_n_elements(context_, lists)) - 1, 0);
        while (const grn_posting* posting = postings == nullptr || !fits ? nullptr : grn_ii_cursor_next(context_, postings))
            fits =
                TRY(made->add(posting->rid, static_cast<int>(section_weights[posting->sid - 1]) * static_cast<int>(std::min<std::uint32_t>(posting->tf, 256))));
        if (postings != nullptr) grn_ii_cursor_close(context_, postings);
        if (fits && made->documents() > knowledge_.documents / share) out.emplace_back(unit, std::move(made));
        else TRY(frequent_.remove(unit));
    }
    return out;
}

} // namespace greenbank::search
