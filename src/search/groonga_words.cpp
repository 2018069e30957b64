// groonga_words.cpp — one pass over the table of units.
#include "search/groonga_words.h"

#include "kernel/utf8.h"

namespace greenbank::search {

namespace {

void add_unit(std::string_view key, grn_id unit, Vocabulary& words) {
    if (key.starts_with('~')) {
        const std::string_view stem = key.substr(1);
        if (script_of(stem) != Script::other) words.stems.add(stem, unit);
        return;
    }
    std::size_t at = 0;
    if (!is_ideograph(next_character(key, at))) words.words.add(key, unit);
}

} // namespace

const Vocabulary& GroongaWords::get(grn_ctx* context, const Tables& tables) {
    const std::lock_guard lock(mutex_);
    if (words_ != nullptr) return *words_;
    auto words = std::make_unique<Vocabulary>();
    grn_table_cursor* cursor = grn_table_cursor_open(context, tables.units, nullptr, 0, nullptr, 0, 0, -1, GRN_CURSOR_BY_ID);
    require(cursor != nullptr, "the search index cannot be read");
    while (const grn_id id = grn_table_cursor_next(context, cursor)) {
        void* key = nullptr;
        const int length = grn_table_cursor_get_key(context, cursor, &key);
        add_unit({static_cast<const char*>(key), static_cast<std::size_t>(length)}, id, *words);
    }
    grn_table_cursor_close(context, cursor);
    words_ = std::move(words);
    return *words_;
}

void GroongaWords::learn(std::string_view key, grn_id unit) {
    if (words_ != nullptr) add_unit(key, unit, *words_);
}

} // namespace greenbank::search
