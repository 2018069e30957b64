// bind.cpp — path, query and body into a described struct; a described struct into a response.
#include <fmt/format.h>

#include "api/call.h"
#include "api/from_text.h"

namespace greenbank {

namespace {

Problem unknown_parameter(const std::string& name) {
    return {name.substr(0, 60), "query.unknown", "There is no parameter {name} here.", {{"name", name.substr(0, 60)}}};
}

} // namespace

Result<Done> bind_nothing(const Request& request) {
    Problems problems;
    for (const auto& [name, text] : request.query) problems.push_back(unknown_parameter(name));
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Done> bind_request(const Request& request, const Record& record, void* value) {
    Problems problems;
    std::vector<std::string_view> given;
    for (const auto& [name, text] : request.path_values) {
        const Field* field = record.find(name);
        require(field != nullptr, "a path names a field that its request struct does not have");
        given.push_back(field->name);
        if (!set_from_text(*field->type, field->make(value), text)) problems.push_back(not_readable(name, *field->type));
    }
    if (request.has_body) {
        for (const auto& [name, text] : request.query) problems.push_back(unknown_parameter(name));
        if (!problems.empty()) return invalid(std::move(problems));
        // Where the address says which one and nothing more must be said, nothing need be sent.
        const bool nothing = request.body.empty() && !given.empty() && std::all_of(record.fields.begin(), record.fields.end(), [&](const Field& field) {
            const bool written = field.type->kind == Kind::list || field.type->kind == Kind::localized; // what may be empty need not be there
            return field.optional || field.traits.defaulted || (written && field.traits.min.value_or(0) == 0) ||
                   std::find(given.begin(), given.end(), field.name) != given.end();
        });
        return read_json(nothing ? std::string_view("{}") : request.body, record, value, {.given = &given});
    }
    for (const auto& [name, text] : request.query) {
        const Field* field = record.find(name);
        if (!field) {
            problems.push_back(unknown_parameter(name));
            continue;
        }
        if (field->type->kind == Kind::list) {
            for (const std::string_view part : split(text, ','))
                if (!part.empty() && !set_from_text(*field->type->element, field->type->append(field->make(value)), part))
                    problems.push_back(not_readable(name, *field->type->element));
        } else if (std::find(given.begin(), given.end(), field->name) != given.end() || !set_from_text(*field->type, field->make(value), text)) {
            problems.push_back(not_readable(name, *field->type));
        }
        given.push_back(field->name);
    }
    for (const Field& field : record.fields)
        if (!field.optional && !field.traits.defaulted && field.type->kind != Kind::list && std::find(given.begin(), given.end(), field.name) == given.end())
            problems.push_back({std::string(field.name), "field.missing", "This field is needed."});
    Problems more; // all faults at once: also the limits of what is there when something else is not
    validate(record, value, more);
    add_unsaid(problems, std::move(more));
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
