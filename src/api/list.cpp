// list.cpp — keyset paging: the cursor holds the sort value and the id of the last row seen.
#include "api/list.h"

#include <charconv>

#include <fmt/format.h>

#include "api/from_text.h"
#include "api/list_words.h"

namespace greenbank {

namespace {

/// The SQL expression a list is sorted by. Texts by language sort by the caller's own, else by any that is there.
std::string sort_expression(const Field* sort, Language language) {
    if (!sort) return "id";
    const std::string name(sort->name);
    switch (sort->type->kind) {
    case Kind::localized: return fmt::format("COALESCE({0} ->> '{1}', {0} ->> 'en', {0} ->> 'zh', {0} ->> 'ru', '')", name, to_text(language));
    case Kind::money: return fmt::format("COALESCE({}_amount, 0)", name);
    case Kind::quantity: return fmt::format("COALESCE({}_value, 0)", name);
    case Kind::integer:
    case Kind::time:
    case Kind::real: return fmt::format("COALESCE({}, 0)", name);
    default: return fmt::format("COALESCE({}, '')", name);
    }
}

bool sorts_as_text(const Field* sort) {
    if (!sort) return true;
    const Kind kind = sort->type->kind;
    return kind == Kind::localized || kind == Kind::text || kind == Kind::choice || kind == Kind::id || kind == Kind::date;
}

/// A filter by a value that cannot be is a slip of the pen, not an empty list.
void check_choices(const Field& field, std::string_view text, Problems& problems) {
    if (field.type->kind == Kind::integer) {
        std::int64_t number = 0;
        if (!set_from_text(*field.type, &number, text)) return problems.push_back(not_readable(field.name, *field.type));
        if (field.traits.min && static_cast<double>(number) < *field.traits.min)
            problems.push_back(
                {std::string(field.name), "number.too_low", "The number must be at least {limit}.", {{"limit", fmt::format("{}", *field.traits.min)}}});
        return;
    }
    const Type& type = field.type->kind == Kind::list ? *field.type->element : *field.type;
    if (type.kind != Kind::choice) return;
    for (const std::string_view value : split(text, ','))
        if (std::find(type.choices.begin(), type.choices.end(), value) == type.choices.end())
            return problems.push_back({std::string(field.name), "choice.unknown", "This must be one of {choices}.",
                {{"choices", join({type.choices.begin(), type.choices.end()}, ", ")}}});
}

Error bad_cursor() { return {Failure::invalid, "list.cursor", "The cursor does not belong to this list; begin again without it."}; }

} // namespace

Result<Done> bind_list(const Request& request, const Record& record, ListRequest& list) {
    Problems problems;
    for (const auto& [name, text] : request.path_values) {
        const Field* field = record.find(name);
        require(field != nullptr, "a list's path names a field that its record does not have");
        list.filters.push_back({field, text});
    }
    for (const auto& [name, text] : request.query) {
        if (name == "limit") {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), list.limit);
            if (error != std::errc{} || end != text.data() + text.size() || list.limit < 1 || list.limit > list_limit_max)
                problems.push_back({name, "list.limit", "The limit must be a whole number from 1 to {limit}.", {{"limit", std::to_string(list_limit_max)}}});
        } else if (name == "cursor") {
            list.cursor = text;
        } else if (name == "sort") {
            list.descending = text.starts_with('-');
            list.sort = record.find(std::string_view(text).substr(list.descending ? 1 : 0));
            if (!list.sort || !list.sort->traits.sort) {
                std::string all;
                for (const Field& field : record.fields)
                    if (field.traits.sort) (all += all.empty() ? "" : ", ") += field.name;
                problems.push_back({name, "list.sort", "This list can be sorted by: {fields}.", {{"fields", all}}});
            }
        } else if (const Field* field = record.find(name); field && field->traits.filter) {
            check_choices(*field, text, problems);
            list.filters.push_back({field, text});
        } else if (name == words_field().name && has_words(record)) {
            if (length_in_characters(text) > list_text_characters_max)
                problems.push_back(
                    {name, "text.too_high", "The number of characters must be at most {limit}.", {{"limit", std::to_string(list_text_characters_max)}}});
            list.filters.push_back({&words_field(), text});
        } else {
            problems.push_back({name.substr(0, 60), "query.unknown", "There is no parameter {name} here.", {{"name", name.substr(0, 60)}}});
        }
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<ListQuery> list_query(const Record& record, const ListRequest& list, Language language, std::string_view where, std::vector<Value> parameters) {
    std::string condition = where.empty() ? "1 = 1" : fmt::format("({})", where);
    const auto bind = [&](Value value) {
        parameters.push_back(std::move(value));
        return fmt::format("${}", parameters.size());
    };
    for (const ListRequest::Filter& filter : list.filters) {
        const Kind kind = filter.field->type->kind;
        if (filter.field == &words_field()) {
            condition += fmt::format(" AND ({})", words_condition(record, filter.value, bind));
        } else if (kind == Kind::boolean) {
            if (filter.value != "true" && filter.value != "false")
                return invalid({{std::string(filter.field->name), "field.type_boolean", "This must be true or false."}});
            condition += fmt::format(" AND {} = {}", filter.field->name, filter.value);
        } else if (kind == Kind::integer) {
            condition += fmt::format(" AND {} = {}", filter.field->name, bind(std::int64_t{std::atoll(filter.value.c_str())}));
        } else if (kind == Kind::list) { // a list of texts holds it
            condition += fmt::format(" AND CAST({} AS TEXT) LIKE {} ESCAPE '~'", filter.field->name, bind("%\"" + like_text(filter.value) + "\"%"));
        } else { // several values separated by commas: any of them
            std::string any;
            for (const std::string_view value : split(filter.value, ',')) (any += any.empty() ? "" : ", ") += bind(std::string(value));
            condition += fmt::format(" AND {} IN ({})", filter.field->name, any);
        }
    }
    ListQuery query;
    query.total_sql = fmt::format("SELECT COUNT(*) FROM {} WHERE {}", record.name, condition);
    query.total_parameters = parameters;

    const std::string expression = sort_expression(list.sort, language);
    const std::string collate = sorts_as_text(list.sort) ? " COLLATE \"C\"" : "";
    if (!list.cursor.empty()) {
        const auto text = from_base64url(list.cursor);
        const std::size_t cut = text ? text->rfind('\x1f') : std::string::npos;
        if (cut == std::string::npos || !is_utf8(*text) || text->find('\0') != std::string::npos) return bad_cursor();
        const std::string sorted = text->substr(0, cut);
        Value value = sorted;
        if (!sorts_as_text(list.sort)) {
            double number = 0;
            const auto [end, error] = std::from_chars(sorted.data(), sorted.data() + sorted.size(), number);
            if (error != std::errc{} || end != sorted.data() + sorted.size()) return bad_cursor();
            if (list.sort->type->kind == Kind::real || list.sort->type->kind == Kind::quantity) value = number;
            else value = std::int64_t{std::atoll(sorted.c_str())};
        }
        const char compare = list.descending ? '<' : '>';
        const std::string last = bind(std::move(value)), id = bind(text->substr(cut + 1));
        condition += fmt::format(" AND ({0}{1} {2} {3} OR ({0} = {3} AND id COLLATE \"C\" {2} {4}))", expression, collate, compare, last, id);
    }
    const char* direction = list.descending ? "DESC" : "ASC";
    query.page_sql = fmt::format("SELECT * FROM {} WHERE {} ORDER BY {}{} {}, id COLLATE \"C\" {} LIMIT {}", record.name, condition, expression, collate,
        direction, direction, list.limit + 1);
    query.page_parameters = std::move(parameters);
    return query;
}

std::string next_cursor(const Record& record, const ListRequest& list, Language language, const void* last) {
    const std::string id = static_cast<const AnyId*>(record.find("id")->get(last))->text;
    std::string sorted = id;
    if (list.sort) {
        const void* held = list.sort->get(last);
        switch (list.sort->type->kind) {
        case Kind::localized:
            sorted = held ? [&] {
                const Text& text = *static_cast<const Text*>(held);
                if (!text.in(language).empty()) return text.in(language);
                return !text.en.empty() ? text.en : !text.zh.empty() ? text.zh : text.ru;
            }() : std::string();
            break;
        case Kind::integer: sorted = std::to_string(held ? *static_cast<const std::int64_t*>(held) : 0); break;
        case Kind::time: sorted = std::to_string(held ? static_cast<const Time*>(held)->microseconds : 0); break;
        case Kind::money: sorted = std::to_string(held ? static_cast<const Money*>(held)->minor : 0); break;
        case Kind::real: sorted = fmt::format("{}", held ? *static_cast<const double*>(held) : 0.0); break;
        case Kind::quantity: sorted = fmt::format("{}", held ? static_cast<const Quantity*>(held)->value : 0.0); break;
        case Kind::choice: sorted = held ? std::string(list.sort->type->choices[static_cast<std::size_t>(list.sort->type->choice(held))]) : ""; break;
        case Kind::id: sorted = held ? static_cast<const AnyId*>(held)->text : ""; break;
        case Kind::date: sorted = held ? to_text(*static_cast<const Date*>(held)) : ""; break;
        default: sorted = held ? *static_cast<const std::string*>(held) : ""; break;
        }
    }
    return to_base64url(sorted + '\x1f' + id);
}

} // namespace greenbank
