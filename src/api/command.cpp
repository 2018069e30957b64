// command.cpp — flags into a described struct.
#include "api/command.h"

#include <fmt/format.h>

#include "api/from_text.h"

namespace greenbank {

namespace {

std::string flag_of(std::string_view field) {
    std::string flag = fmt::format("--{}", field);
    for (char& c : flag)
        if (c == '_') c = '-';
    return flag;
}

std::string field_of(std::string_view flag) {
    std::string field(flag.substr(2));
    for (char& c : field)
        if (c == '-') c = '_';
    return field;
}

bool is_needed(const Field& field) { return !field.optional && !field.traits.defaulted && field.type->kind != Kind::list && field.type->kind != Kind::boolean; }

bool set_flag(const Field& field, void* value, std::string_view text) {
    if (field.type->kind != Kind::list) return set_from_text(*field.type, field.make(value), text);
    for (const std::string_view part : split(text, ','))
        if (!part.empty() && !set_from_text(*field.type->element, field.type->append(field.make(value)), part)) return false;
    return true;
}

} // namespace

Result<Done> bind_flags(std::span<const std::string> words, const Record& record, void* value) {
    Problems problems;
    std::vector<const Field*> given;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const Field* field = name.starts_with("--") ? record.find(field_of(name)) : nullptr;
        if (!field) {
            problems.push_back({name.substr(0, 60), "flag.unknown", "This is not expected here; see --help."});
            continue;
        }
        given.push_back(field);
        std::string text = "true";
        if (equals != std::string::npos) text = word.substr(equals + 1);
        else if (field->type->kind != Kind::boolean) {
            if (i + 1 == words.size()) {
                problems.push_back({name, "flag.without_value", "The flag {flag} is without a value.", {{"flag", name}}});
                continue;
            }
            text = words[++i];
        }
        if (!set_flag(*field, value, text)) problems.push_back(not_readable(name, field->type->kind == Kind::list ? *field->type->element : *field->type));
    }
    for (const Field& field : record.fields)
        if (is_needed(field) && std::find(given.begin(), given.end(), &field) == given.end())
            problems.push_back({flag_of(field.name), "field.missing", "This field is needed."});
    if (problems.empty()) {
        validate(record, value, problems);
        for (Problem& problem : problems) problem.field = flag_of(problem.field);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

std::string command_help(const Command& command) {
    std::string help = fmt::format("greenbank {}{}{}\n    {}\n", command.room, command.verb.empty() ? "" : " ", command.verb, command.doc);
    for (const Field& field : command.options().fields)
        help += fmt::format("    {:<24} {}{}\n", flag_of(field.name), field.doc, is_needed(field) ? " (needed)" : "");
    return help;
}

} // namespace greenbank
