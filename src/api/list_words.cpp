// list_words.cpp — names in small letters against words in each case they may be written in.
#include "api/list_words.h"

#include <fmt/format.h>

#include "kernel/utf8.h"

namespace greenbank {

namespace {

constexpr std::string_view names[] = {"title", "name", "label", "subject", "number", "code", "symbol", "email"};
constexpr std::size_t words_max = 8;

/// The small letter of a Latin or Cyrillic one. SQLite's LOWER knows ASCII only.
char32_t small(char32_t c) {
    const bool first_of_pair = c % 2 == 0;
    if ((c >= U'A' && c <= U'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x410 && c <= 0x42f)) return c + 0x20;
    if (c >= 0x400 && c <= 0x40f) return c + 0x50;
    if (first_of_pair &&
        ((c >= 0x100 && c <= 0x12f) || (c >= 0x14a && c <= 0x177) || (c >= 0x460 && c <= 0x481) || (c >= 0x48a && c <= 0x4bf) || (c >= 0x4d0 && c <= 0x52f)))
        return c + 1;
    return c;
}
char32_t capital(char32_t c) {
    for (const char32_t distance : {0x20, 0x50, 1})
        if (c > distance && c - distance != c && small(c - distance) == c) return c - distance;
    return c;
}

/// `word` in small letters, with a first capital, and in capitals: those that differ.
std::vector<std::string> cases(std::string_view word) {
    std::string lower, title, upper;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = small(next_character(word, at));
        const char32_t big = c < 0x80 ? c : capital(c); // the column's ASCII is in small letters
        append_utf8(title, title.empty() ? big : c);
        append_utf8(lower, c);
        append_utf8(upper, big);
    }
    std::vector<std::string> all = {lower};
    for (std::string* one : {&title, &upper})
        if (std::find(all.begin(), all.end(), *one) == all.end()) all.push_back(std::move(*one));
    return all;
}

} // namespace

std::string like_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '~') escaped += '~';
        escaped += c;
    }
    return escaped;
}

std::vector<const Field*> fields_with_words(const Record& record) {
    std::vector<const Field*> found;
    for (const std::string_view name : names) {
        const Field* field = record.find(name);
        if (field && !field->traits.secret && (field->type->kind == Kind::text || field->type->kind == Kind::localized)) found.push_back(field);
    }
    return found;
}

bool has_words(const Record& record) {
    const Field* own = record.find("text");
    return !(own && own->traits.filter) && !fields_with_words(record).empty();
}

const Field& words_field() {
    static const Field field = {
        "text", "Words of its name or number; all of them must be there.", &TypeOf<std::string>::type, {}, true, nullptr, nullptr, nullptr};
    return field;
}

std::string words_condition(const Record& record, std::string_view text, const std::function<std::string(Value)>& bind) {
    std::string hay;
    for (const Field* field : fields_with_words(record)) {
        const auto add = [&](const std::string& expression) { hay += fmt::format("{}COALESCE({}, '')", hay.empty() ? "" : " || ' ' || ", expression); };
        if (field->type->kind == Kind::text) add(std::string(field->name));
        else
            for (const std::string_view language : {"zh", "en", "ru"}) add(fmt::format("{} ->> '{}'", field->name, language));
    }
    std::string condition;
    std::size_t count = 0;
    for (const std::string_view word : split(text, ' ')) {
        if (word.empty() || count++ == words_max) continue;
        std::string any;
        for (const std::string& one : cases(word))
            any += fmt::format("{}LOWER({}) LIKE {} ESCAPE '~'", any.empty() ? "" : " OR ", hay, bind("%" + like_text(one) + "%"));
        condition += fmt::format("{}({})", condition.empty() ? "" : " AND ", any);
    }
    return condition.empty() ? "1 = 1" : condition;
}

} // namespace greenbank
