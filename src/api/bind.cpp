// bind.cpp — path, query and body into a described struct; a described struct into a response.
#include <charconv>

#include <fmt/format.h>

#include "api/call.h"

namespace greenbank {

namespace {

/// One value out of text, as it stands in a path or a query.
bool set_from_text(const Type& type, void* value, std::string_view text) {
    const auto number = [&](auto& out) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
        return error == std::errc{} && end == text.data() + text.size();
    };
    switch (type.kind) {
    case Kind::text: *static_cast<std::string*>(value) = text; return true;
    case Kind::id: static_cast<AnyId*>(value)->text = text; return true;
    case Kind::integer: return number(*static_cast<std::int64_t*>(value));
    case Kind::real: return number(*static_cast<double*>(value));
    case Kind::boolean: *static_cast<bool*>(value) = text == "true"; return text == "true" || text == "false";
    case Kind::choice:
        for (std::size_t i = 0; i < type.choices.size(); ++i)
            if (type.choices[i] == text) {
                type.choose(value, static_cast<int>(i));
                return true;
            }
        return false;
    case Kind::date:
        if (const auto date = parse_date(text)) return *static_cast<Date*>(value) = *date, true;
        return false;
    case Kind::time:
        if (const auto time = parse_time(text)) return *static_cast<Time*>(value) = *time, true;
        return false;
    default: return false;
    }
}

Problem unreadable(std::string_view name, const Type& type) {
    const std::string field(name);
    switch (type.kind) {
    case Kind::boolean: return {field, "field.type_boolean", "This must be true or false."};
    case Kind::integer: return {field, "field.type_integer", "This must be a whole number."};
    case Kind::date: return {field, "field.type_date", "This must be a date such as 2026-11-20."};
    case Kind::time: return {field, "field.type_time", "This must be a time such as 2026-11-20T08:00:00Z."};
    case Kind::choice: {
        std::string all;
        for (const std::string_view choice : type.choices) (all += all.empty() ? "" : ", ") += choice;
        return {field, "choice.unknown", "This must be one of {choices}.", {{"choices", all}}};
    }
    default: return {field, "field.type_real", "This must be a number."};
    }
}

} // namespace

Result<Done> bind_request(const Request& request, const Record& record, void* value) {
    Problems problems;
    std::vector<std::string_view> given;
    for (const auto& [name, text] : request.path_values) {
        const Field* field = record.find(name);
        require(field != nullptr, "a path names a field that its request struct does not have");
        given.push_back(field->name);
        if (!set_from_text(*field->type, field->make(value), text)) problems.push_back(unreadable(name, *field->type));
    }
    if (request.has_body) {
        if (!problems.empty()) return invalid(std::move(problems));
        const bool empty = request.body.empty() && given.size() == record.fields.size();
        return read_json(empty ? std::string_view("{}") : request.body, record, value, {.given = &given});
    }
    for (const auto& [name, text] : request.query) {
        const Field* field = record.find(name);
        if (!field) {
            problems.push_back({name.substr(0, 60), "query.unknown", "There is no parameter {name} here.", {{"name", name.substr(0, 60)}}});
            continue;
        }
        if (field->type->kind == Kind::list) {
            for (const std::string_view part : split(text, ','))
                if (!part.empty() && !set_from_text(*field->type->element, field->type->append(field->make(value)), part))
                    problems.push_back(unreadable(name, *field->type->element));
        } else if (std::find(given.begin(), given.end(), field->name) != given.end() || !set_from_text(*field->type, field->make(value), text)) {
            problems.push_back(unreadable(name, *field->type));
        }
        given.push_back(field->name);
    }
    for (const Field& field : record.fields)
        if (!field.optional && !field.traits.defaulted && field.type->kind != Kind::list && std::find(given.begin(), given.end(), field.name) == given.end())
            problems.push_back({std::string(field.name), "field.missing", "This field is needed."});
    if (problems.empty()) validate(record, value, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Response json_response(const Record& record, const void* value) {
    Response response;
    write_json(response.body, record, value);
    if (const Field* version = record.find("version"); version && version->type->kind == Kind::integer)
        response.headers.push_back({"ETag", fmt::format("\"{}\"", *static_cast<const std::int64_t*>(version->get(value)))});
    return response;
}

Response page_response(const Record& item, const std::vector<const void*>& items, const std::optional<std::string>& next, std::int64_t total) {
    Response response;
    std::string& out = response.body;
    out = "{\"items\":[";
    for (const void* value : items) {
        if (out.back() != '[') out += ',';
        write_json(out, item, value);
    }
    out += ']';
    if (next) {
        out += ",\"next\":";
        append_json_text(out, *next);
    }
    fmt::format_to(std::back_inserter(out), ",\"total\":{}}}", total);
    return response;
}

} // namespace greenbank
