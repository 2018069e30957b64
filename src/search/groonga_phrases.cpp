// groonga_phrases.cpp — cursors over the tables of phrases and of their sounds.
#include "search/groonga_phrases.h"

#include "search/sounds.h"

namespace greenbank::search {

namespace {

constexpr int keywords_most = 4000, titles_most = 1000; // looked at for one beginning
constexpr int sounds_most = 4000;

/// Visits the keys of a sorted table that begin so, `most` of them.
template <class Visit> void each_key(grn_ctx* context, grn_obj* table, std::string_view beginning, int most, Visit visit) {
    grn_table_cursor* cursor =
        grn_table_cursor_open(context, table, beginning.data(), static_cast<unsigned>(beginning.size()), nullptr, 0, 0, most, GRN_CURSOR_PREFIX);
    if (cursor == nullptr) return;
    while (const grn_id id = grn_table_cursor_next(context, cursor)) {
        void* key = nullptr;
        const int length = grn_table_cursor_get_key(context, cursor, &key);
        visit(id, std::string_view(static_cast<const char*>(key), static_cast<std::size_t>(length)));
    }
    grn_table_cursor_close(context, cursor);
}

} // namespace

Allowed::Allowed(const Opened& opened, std::span<const std::string> visible) : rows_(opened.rows), allowed_(1) {
    for (const std::string& token : visible) {
        const grn_id id = grn_table_get(opened.context, opened.tables.visibilities, token.data(), static_cast<unsigned>(token.size()));
        if (id == GRN_ID_NIL) continue;
        if (id >= allowed_.size()) allowed_.resize(id + 1);
        allowed_[id] = 1;
    }
}

bool GroongaPhrases::holds(const Condition& condition) {
    return matcher_.any(condition, [&](grn_id document) { return allowed_(document); });
}

void GroongaPhrases::consider(Closest& closest) { opened_.knowledge.words->get(opened_.context, opened_.tables).consider(closest); }

std::vector<std::uint32_t> GroongaPhrases::documents(grn_id phrase) const {
    std::vector<std::uint32_t> out;
    auto* const lists = reinterpret_cast<grn_ii*>(opened_.tables.phrase_documents);
    const int elements = static_cast<int>(grn_ii_get_n_elements(opened_.context, lists));
    grn_ii_cursor* cursor = grn_ii_cursor_open(opened_.context, lists, phrase, GRN_ID_NIL, GRN_ID_MAX, elements, 0);
    if (cursor == nullptr) return out;
    while (const grn_posting* posting = grn_ii_cursor_next(opened_.context, cursor))
        if (allowed_(posting->rid)) out.push_back(posting->rid);
    grn_ii_cursor_close(opened_.context, cursor);
    return out;
}

Carried GroongaPhrases::carried(grn_id phrase, std::string_view key) const {
    Carried out{.key = std::string(key.substr(1)), .text = {}, .keyword = key[0] == keyword_key, .documents = documents(phrase)};
    if (out.documents.empty()) return out;
    Value shown(opened_.context, Value::Kind::text);
    grn_obj_get_value(opened_.context, opened_.tables.phrase_text, phrase, shown.get());
    out.text = shown.bytes();
    return out;
}

std::vector<Carried> GroongaPhrases::beginning(const std::string& key) {
    std::vector<Carried> out;
    for (const auto& [kind, most] : {std::pair{keyword_key, keywords_most}, std::pair{title_key, titles_most}})
        each_key(
            opened_.context, opened_.tables.phrases, kind + key, most, [&](grn_id phrase, std::string_view found) { out.push_back(carried(phrase, found)); });
    return out;
}

std::vector<Carried> GroongaPhrases::exactly(const std::string& key) {
    std::vector<Carried> out;
    for (const char kind : {keyword_key, title_key}) {
        const std::string wanted = kind + key;
        const grn_id phrase = grn_table_get(opened_.context, opened_.tables.phrases, wanted.data(), static_cast<unsigned>(wanted.size()));
        if (phrase != GRN_ID_NIL) out.push_back(carried(phrase, wanted));
    }
    return out;
}

std::vector<std::string> GroongaPhrases::sounding(const std::string& sound_key_beginning, std::string_view typed_sound) {
    std::vector<std::string> keys;
    each_key(opened_.context, opened_.tables.sounds, sound_key_beginning, sounds_most, [&](grn_id, std::string_view found) {
        const SoundKey sound = parse_sound_key(found);
        if (sounds_so(typed_sound, sound.syllables)) keys.emplace_back(sound.phrase);
    });
    return keys;
}

std::string GroongaPhrases::title(std::uint32_t document, Language language) {
    Value value(opened_.context, Value::Kind::text);
    grn_obj_get_value(opened_.context, opened_.tables.stored, document, value.get());
    return parse_stored(value.bytes()).title.in(language);
}

} // namespace greenbank::search
