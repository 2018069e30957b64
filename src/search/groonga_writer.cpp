// groonga_writer.cpp — columns filled from prepared documents, and the knowledge kept in step.
#include "search/groonga_writer.h"

#include "search/groonga_rows.h"
#include "search/sorting.h"

namespace greenbank::search {

namespace {

/// Units in order: words, and ideographs with the one that is glued to them; then the stems of the words, in order.
std::vector<std::string> unit_keys(const Searchable& text) {
    std::vector<std::string> keys;
    keys.reserve(text.units.size() + text.stems.size());
    for (std::size_t i = 0; i < text.units.size(); ++i) {
        const bool pair = i + 1 < text.units.size() && text.units[i + 1].glued;
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

Result<Knowledge> learn(grn_ctx* context, const Tables& tables, std::vector<std::string> facet_names) {
    Knowledge known{.facet_names = std::move(facet_names), .facets = std::vector<FacetSets>(tables.facet_sets.size())};
    for (std::size_t i = 0; i < tables.facet_sets.size(); ++i) learn_sets(context, tables.facet_sets[i], known.facets[i]);
    Rows rows(context, tables);
    grn_table_cursor* cursor = grn_table_cursor_open(context, tables.documents, nullptr, 0, nullptr, 0, 0, -1, GRN_CURSOR_BY_ID);
    if (cursor == nullptr) return Error{Failure::internal, "search.engine", "The search index cannot be read."};
    while (const grn_id document = grn_table_cursor_next(context, cursor)) {
        known.last_document = std::max(known.last_document, document);
        ++known.documents;
        if (const Row* row = rows.of(document)) known.units += row->length;
    }
    grn_table_cursor_close(context, cursor);
    return known;
}

Writable writable(Prepared prepared) {
    Writable out{.prepared = std::move(prepared)};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto language = static_cast<Language>(i);
        out.unit_keys[i] = unit_keys(out.prepared.sections[i]);
        out.title_keys[i] = short_sort_key(out.prepared.title.best(language), language);
    }
    return out;
}

grn_id Writer::unit(const std::string& key) {
    const auto [place, fresh] = units_.try_emplace(key, GRN_ID_NIL);
    if (fresh) place->second = add_key(context_, tables_.units, key);
    return place->second;
}

Result<grn_id> Writer::facet_set(std::size_t place, const std::vector<std::string>& values) {
    if (values.empty()) return grn_id{GRN_ID_NIL};
    const std::string joined = join(values, std::string(1, value_separator));
    const grn_id set = add_key(context_, tables_.facet_sets[place], joined);
    TRY(engine_done(context_, "keep a facet"));
    knowledge_.facets[place].add(set, joined, value_separator);
    return set;
}

Result<Done> Writer::put_phrases(grn_id document, const std::vector<Phrase>& phrases) {
    Value ids(context_, Value::Kind::records, grn_obj_id(context_, tables_.phrases));
    for (const Phrase& phrase : phrases) {
        int added = 0;
        const grn_id id = add_key(context_, tables_.phrases, (phrase.keyword ? keyword_key : title_key) + phrase.key, &added);
        ids.append(id);
        if (added == 0) continue;
        Value text(context_, Value::Kind::text);
        text.assign(phrase.text);
        grn_obj_set_value(context_, tables_.phrase_text, id, text.get(), GRN_OBJ_SET);
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
    else if (Rows rows(context_, tables_); const Row* old = rows.of(id)) knowledge_.units -= old->length;

    for (std::size_t i = 0; i < 3; ++i) {
        Value ids(context_, Value::Kind::records, grn_obj_id(context_, tables_.units));
        for (const std::string& key : document.unit_keys[i]) ids.append(unit(key));
        grn_obj_set_value(context_, tables_.sections[i], id, ids.get(), GRN_OBJ_SET);
        TRY(engine_done(context_, "index a document"));
    }
    Value stored(context_, Value::Kind::text);
    stored.assign(to_stored({prepared.kind, prepared.title, prepared.summary}));
    grn_obj_set_value(context_, tables_.stored, id, stored.get(), GRN_OBJ_SET);
    TRY(engine_done(context_, "keep a document"));
    TRY(put_phrases(id, prepared.phrases));

    Row row{.updated_at = prepared.updated_at,
        .title_keys = document.title_keys,
        .boost = static_cast<float>(prepared.boost),
        .length = static_cast<std::uint32_t>(prepared.length()),
        .visible = add_key(context_, tables_.visibilities, prepared.visible),
        .facets = {}};
    TRY(engine_done(context_, "keep a document's visibility"));
    for (std::size_t i = 0; i < prepared.facets.size(); ++i) row.facets[i] = TRY(facet_set(i, prepared.facets[i]));
    Rows(context_, tables_).set(id, row);
    knowledge_.units += row.length;
    return engine_done(context_, "keep a document's row");
}

Result<Done> Writer::erase(const std::string& id) {
    const grn_id document = grn_table_get(context_, tables_.documents, id.data(), static_cast<unsigned>(id.size()));
    if (document == GRN_ID_NIL) return Done{};
    Rows rows(context_, tables_);
    if (const Row* old = rows.of(document)) knowledge_.units -= old->length;
    rows.set(document, {}); // its number may be given again
    --knowledge_.documents;
    grn_table_delete_by_id(context_, tables_.documents, document);
    return engine_done(context_, "forget a document");
}

} // namespace greenbank::search
