// record.cpp — validation and random content by description.
#include "kernel/record.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace greenbank {

std::string_view to_text(Kind kind) {
    static constexpr std::string_view names[] = {
        "boolean", "integer", "real", "text", "choice", "id", "time", "date", "money", "quantity", "localized", "record", "list"};
    return names[static_cast<int>(kind)];
}

const Field* Record::find(std::string_view field) const {
    for (const Field& candidate : fields)
        if (candidate.name == field) return &candidate;
    return nullptr;
}

namespace {

constexpr double text_length_max = 4'000; // where a description says nothing else
constexpr double list_length_max = 200;
constexpr double localized_length_max = 20'000;

std::string number(double value) { return value == std::floor(value) && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value) : fmt::format("{}", value); }

void check_bounds(
    const Traits& traits, double value, std::string_view code, std::string_view noun, Problems& problems, const std::string& path, double max_else) {
    const double min = traits.min.value_or(-INFINITY), max = traits.max.value_or(max_else);
    if (value >= min && value <= max) return;
    const bool low = value < min;
    problems.push_back({path, std::string(code) + (low ? "_low" : "_high"),
        low ? fmt::format("{} at least {{limit}}.", noun) : fmt::format("{} at most {{limit}}.", noun), {{"limit", number(low ? min : max)}}});
}

void check_text(const std::string& text, const std::string& path, Problems& problems) {
    if (!is_utf8(text) || text.find('\0') != std::string::npos)
        problems.push_back({path, "text.encoding", "The text must be valid UTF-8 without NUL characters."});
}

void validate_value(const Type& type, const Traits& traits, const void* value, Problems& problems, const std::string& path) {
    switch (type.kind) {
    case Kind::boolean:
    case Kind::time:
    case Kind::date:
    case Kind::choice: return;
    case Kind::integer:
        return check_bounds(
            traits, static_cast<double>(*static_cast<const std::int64_t*>(value)), "number.too", "The number must be", problems, path, INFINITY);
    case Kind::real: {
        const double number = *static_cast<const double*>(value);
        if (!std::isfinite(number)) {
            problems.push_back({path, "number.not_finite", "The number must be finite."});
            return;
        }
        return check_bounds(traits, number, "number.too", "The number must be", problems, path, INFINITY);
    }
    case Kind::text: {
        const std::string& text = *static_cast<const std::string*>(value);
        check_text(text, path, problems);
        return check_bounds(
            traits, static_cast<double>(length_in_characters(text)), "text.too", "The number of characters must be", problems, path, text_length_max);
    }
    case Kind::localized: {
        const Text& text = *static_cast<const Text*>(value);
        for (const Language language : {Language::zh, Language::en, Language::ru}) {
            const std::string& one = text.in(language);
            const std::string at = fmt::format("{}.{}", path, to_text(language));
            check_text(one, at, problems);
            check_bounds({.max = traits.max}, static_cast<double>(length_in_characters(one)), "text.too", "The number of characters must be", problems, at,
                localized_length_max);
        }
        if (traits.min.value_or(0) > 0 && text.empty()) problems.push_back({path, "text.missing", "Write the text in at least one language."});
        return;
    }
    case Kind::id: {
        const std::string& id = static_cast<const AnyId*>(value)->text;
        if (!is_id(id, type.name)) problems.push_back({path, "id.invalid", "The id must begin with {prefix}_.", {{"prefix", std::string(type.name)}}});
        return;
    }
    case Kind::money: {
        const Money& money = *static_cast<const Money*>(value);
        if (!decimals_of(money.currency)) {
            problems.push_back({path, "money.currency", "The currency must be an ISO 4217 code such as CNY."});
            return;
        }
        if (traits.min && static_cast<double>(money.minor) < *traits.min) problems.push_back({path, "money.too_low", "The amount must not be negative."});
        return;
    }
    case Kind::quantity: {
        const Quantity& quantity = *static_cast<const Quantity*>(value);
        if (!std::isfinite(quantity.value)) {
            problems.push_back({path, "number.not_finite", "The number must be finite."});
            return;
        }
        if (!parse_unit(quantity.unit)) {
            problems.push_back({path, "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", quantity.unit}}});
            return;
        }
        if (!traits.unit.empty() && !same_dimension(traits.unit, quantity.unit)) {
            problems.push_back({path, "unit.dimension", "The unit {unit} does not measure this; use one like {like}.",
                {{"unit", quantity.unit}, {"like", std::string(traits.unit)}}});
            return;
        }
        return check_bounds(traits, quantity.value, "number.too", "The number must be", problems, path, INFINITY);
    }
    case Kind::record: return validate(type.record(), value, problems, path);
    case Kind::list: {
        const std::size_t size = type.size(value);
        check_bounds(traits, static_cast<double>(size), "list.too", "The number of entries must be", problems, path, list_length_max);
        const Traits of_items{.unit = traits.unit};
        for (std::size_t i = 0; i < size; ++i) validate_value(*type.element, of_items, type.item(value, i), problems, fmt::format("{}[{}]", path, i));
        return;
    }
    }
}

void randomize_value(const Type& type, const Traits& traits, void* value, Random& random) {
    const auto words = [&](std::size_t most) {
        static constexpr std::string_view pool[] = {
            "热泵", "水处理", "тепловой", "насос", "membrane", "solar", "ёмкость", "碳", "\"quoted\"", "a,b", "<b>", "€", "🌱", "O'Neil", "%_", "\\n"};
        std::string text;
        for (std::size_t i = 0, n = random.below(5) + 1; i < n; ++i) {
            const std::string_view word = pool[random.below(std::size(pool))];
            if (length_in_characters(text) + length_in_characters(word) + 1 > most) break;
            if (i) text += ' ';
            text += word;
        }
        while (static_cast<double>(length_in_characters(text)) < traits.min.value_or(0)) text += 'x';
        return text;
    };
    const auto real = [&] {
        const double low = traits.min.value_or(-1e6), high = traits.max.value_or(std::max(low, 0.0) + 1e6);
        return low + random.uniform() * (high - low);
    };
    switch (type.kind) {
    case Kind::boolean: *static_cast<bool*>(value) = random.chance(0.5); return;
    case Kind::integer: *static_cast<std::int64_t*>(value) = static_cast<std::int64_t>(std::floor(real())); return;
    case Kind::real: *static_cast<double*>(value) = real(); return;
    case Kind::text: *static_cast<std::string*>(value) = words(static_cast<std::size_t>(traits.max.value_or(200))); return;
    case Kind::choice: type.choose(value, static_cast<int>(random.below(type.choices.size()))); return;
    case Kind::id: static_cast<AnyId*>(value)->text = make_id(type.name, Time{random.between(0, 4'000'000'000'000'000)}, random); return;
    case Kind::time: static_cast<Time*>(value)->microseconds = random.between(0, 4'000'000'000'000'000); return;
    case Kind::date: static_cast<Date*>(value)->days = static_cast<std::int32_t>(random.between(-100'000, 100'000)); return;
    case Kind::money: {
        static constexpr std::string_view currencies[] = {"CNY", "USD", "KZT", "JPY", "KWD"};
        *static_cast<Money*>(value) = {random.between(traits.min ? 0 : -1'000'000'000, 1'000'000'000'000), std::string(currencies[random.below(5)])};
        return;
    }
    case Kind::quantity: {
        static constexpr std::string_view units[] = {"kWh/m3", "mg/L", "%", "t/d", "degC", "1"};
        *static_cast<Quantity*>(value) = {real(), std::string(traits.unit.empty() ? units[random.below(6)] : traits.unit)};
        return;
    }
    case Kind::localized: {
        Text& text = *static_cast<Text*>(value);
        text = {};
        text.in(static_cast<Language>(random.below(3))) = words(40) + "x";
        if (random.chance(0.5)) text.en = words(60);
        return;
    }
    case Kind::record: return randomize(type.record(), value, random);
    case Kind::list: {
        type.clear(value);
        const auto least = static_cast<std::size_t>(traits.min.value_or(0));
        for (std::size_t i = 0, n = least + random.below(4); i < n; ++i)
            randomize_value(*type.element, Traits{.unit = traits.unit}, type.append(value), random);
        return;
    }
    }
}

} // namespace

void add_unsaid(Problems& problems, Problems more) {
    const auto is_within = [](std::string_view place, std::string_view whole) {
        return whole.empty() || (place.starts_with(whole) && (place.size() == whole.size() || place[whole.size()] == '.' || place[whole.size()] == '['));
    };
    for (Problem& one : more) {
        const bool said = std::any_of(
            problems.begin(), problems.end(), [&](const Problem& other) { return is_within(one.field, other.field) || is_within(other.field, one.field); });
        if (!said) problems.push_back(std::move(one));
    }
}

void validate(const Record& record, const void* value, Problems& problems, const std::string& path) {
    const std::size_t before = problems.size();
    for (const Field& field : record.fields) {
        const void* held = field.get(value);
        if (!held) continue;
        // An id that the bank fills in later may still be empty.
        if (field.traits.read_only && field.type->kind == Kind::id && static_cast<const AnyId*>(held)->empty()) continue;
        validate_value(*field.type, field.traits, held, problems, path.empty() ? std::string(field.name) : fmt::format("{}.{}", path, field.name));
    }
    if (!record.check) return;
    Problems own;
    record.check(value, own);
    const std::size_t known = problems.size();
    for (Problem& problem : own) {
        if (!path.empty()) problem.field = problem.field.empty() ? path : path + "." + problem.field;
        const auto same = [&](const Problem& other) { return other.field.starts_with(problem.field) || problem.field.starts_with(other.field); };
        if (std::none_of(problems.begin() + static_cast<std::ptrdiff_t>(before), problems.begin() + static_cast<std::ptrdiff_t>(known), same))
            problems.push_back(std::move(problem));
    }
}

void randomize(const Record& record, void* value, Random& random) {
    for (const Field& field : record.fields) {
        if (field.optional && random.chance(0.4)) {
            field.reset(value);
            continue;
        }
        randomize_value(*field.type, field.traits, field.make(value), random);
    }
}

} // namespace greenbank
