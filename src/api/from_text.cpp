// from_text.cpp — values out of plain text.
#include "api/from_text.h"

#include <charconv>

namespace greenbank {

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

Problem not_readable(std::string_view name, const Type& type) {
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

} // namespace greenbank
