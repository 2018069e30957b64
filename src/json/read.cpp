// read.cpp — JSON text to described records; every problem is found and named, not only the first.
#include "json/json.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace greenbank {

namespace {

namespace dom = simdjson::dom;

/// Where a value stands ("figures[2].unit"), spelled out only for a problem: most texts have none.
class Path {
public:
    explicit Path(std::string_view start) : name_(start) {}
    Path(const Path& above, std::string_view name) : above_(&above), name_(name) {}
    Path(const Path& above, std::size_t index) : above_(&above), index_(index) {}

    bool empty() const { return !above_ && name_.empty(); }
    std::string text() const {
        std::string whole = above_ ? above_->text() : std::string();
        if (index_ != named) return (whole += fmt::format("[{}]", index_));
        if (above_ && !whole.empty()) whole += '.';
        return whole += above_ ? name_.substr(0, 60) : name_;
    }

private:
    static constexpr std::size_t named = static_cast<std::size_t>(-1);
    const Path* above_ = nullptr;
    std::string_view name_;
    std::size_t index_ = named;
};

class Reader {
public:
    Reader(JsonOptions options, Problems& problems) : options_(options), problems_(problems) {}

    void record(dom::element element, const Record& record, void* value, const Path& path) {
        dom::object object;
        if (element.get(object)) return wrong(path, Kind::record);
        std::vector<bool> seen(record.fields.size());
        std::size_t expected = 0; // members mostly stand in the order of the fields
        for (const auto& [key, member] : object) {
            const Path at(path, key);
            const Field* field = expected < seen.size() && record.fields[expected].name == key ? &record.fields[expected] : record.find(key);
            if (!field || (field->traits.secret && !options_.secrets && field->traits.read_only)) {
                if (!options_.stored)
                    problems_.push_back({at.text(), "field.unknown", "There is no field {field} here; check its spelling.", {{"field", std::string(key)}}});
                continue;
            }
            const auto index = static_cast<std::size_t>(field - record.fields.data());
            expected = index + 1;
            if (seen[index]) {
                problems_.push_back({at.text(), "field.repeated", "The field stands here twice."});
                continue;
            }
            seen[index] = true;
            if (path.empty() && is_given(field->name)) {
                problems_.push_back({at.text(), "field.in_path", "This field is taken from the address; leave it out of the body."});
                continue;
            }
            if (field->traits.read_only && !options_.accept_read_only) {
                problems_.push_back({at.text(), "field.read_only", "The bank sets this field itself; leave it out."});
                continue;
            }
            if (member.is_null()) {
                if (field->optional) field->reset(value);
                else wrong(at, field->type->kind);
                continue;
            }
            // A patch of something that is there may be a part of it; what is new must be whole, as entries of a list are.
            const bool outer = std::exchange(whole_, whole_ || !field->get(value));
            read_value(member, *field->type, field->make(value), at);
            whole_ = outer;
        }
        if ((options_.partial && !whole_) || options_.stored) return;
        for (std::size_t i = 0; i < seen.size(); ++i)
            if (const Field& field = record.fields[i]; !seen[i] && is_required(field) && !(path.empty() && is_given(field.name)))
                problems_.push_back({Path(path, field.name).text(), "field.missing", "This field is needed."});
    }

    void read_value(dom::element element, const Type& type, void* value, const Path& path) {
        switch (type.kind) {
        case Kind::boolean:
            if (element.get(*static_cast<bool*>(value))) wrong(path, type.kind);
            return;
        case Kind::integer:
            if (element.get(*static_cast<std::int64_t*>(value))) wrong(path, type.kind);
            return;
        case Kind::real:
            if (!element.is_number() || element.get(*static_cast<double*>(value))) wrong(path, type.kind);
            return;
        case Kind::text:
            if (std::string_view text; element.get(text)) wrong(path, type.kind);
            else *static_cast<std::string*>(value) = text;
            return;
        case Kind::id:
            if (std::string_view text; element.get(text)) wrong(path, type.kind);
            else static_cast<AnyId*>(value)->text = text;
            return;
        case Kind::choice: return choice(element, type, value, path);
        case Kind::time: {
            std::string_view text;
            const auto time = element.get(text) ? std::nullopt : parse_time(text);
            if (!time) return wrong(path, type.kind);
            *static_cast<Time*>(value) = *time;
            return;
        }
        case Kind::date: {
            std::string_view text;
            const auto date = element.get(text) ? std::nullopt : parse_date(text);
            if (!date) return wrong(path, type.kind);
            *static_cast<Date*>(value) = *date;
            return;
        }
        case Kind::money: return money(element, *static_cast<Money*>(value), path);
        case Kind::quantity: return quantity(element, *static_cast<Quantity*>(value), path);
        case Kind::localized: return localized(element, *static_cast<Text*>(value), path);
        case Kind::record: return record(element, type.record(), value, path);
        case Kind::list: {
            dom::array array;
            if (element.get(array)) return wrong(path, type.kind);
            type.clear(value);
            const bool outer = std::exchange(whole_, true); // a patch replaces a list: its items are whole
            std::size_t i = 0;
            for (const dom::element item : array) {
                if (i == 10'000) {
                    problems_.push_back({path.text(), "list.too_high", "The number of entries must be at most {limit}.", {{"limit", "10000"}}});
                    return;
                }
                read_value(item, *type.element, type.append(value), Path(path, i++));
            }
            whole_ = outer;
            return;
        }
        }
    }

private:
    bool is_given(std::string_view name) const {
        return options_.given && std::find(options_.given->begin(), options_.given->end(), name) != options_.given->end();
    }

    static bool is_required(const Field& field) {
        return !field.optional && !field.traits.read_only && !field.traits.defaulted && field.type->kind != Kind::list && field.type->kind != Kind::localized;
    }

    static std::string_view expected(Kind kind) {
        switch (kind) {
        case Kind::boolean: return "This must be true or false.";
        case Kind::integer: return "This must be a whole number.";
        case Kind::real: return "This must be a number.";
        case Kind::text:
        case Kind::id:
        case Kind::choice: return "This must be a text.";
        case Kind::time: return "This must be a time such as 2026-11-20T08:00:00Z.";
        case Kind::date: return "This must be a date such as 2026-11-20.";
        case Kind::money: return R"(This must be an amount such as {"amount": "1250.00", "currency": "CNY"}.)";
        case Kind::quantity: return R"(This must be a quantity such as {"value": 50, "unit": "m3/d"}.)";
        case Kind::localized: return R"(This must be a text by language such as {"zh": "…", "en": "…", "ru": "…"}.)";
        case Kind::record: return "This must be an object.";
        case Kind::list: return "This must be a list.";
        }
        return "This must be another type.";
    }

    void wrong(const Path& path, Kind kind) {
        const bool like_text = kind == Kind::id || kind == Kind::choice;
        problems_.push_back({path.text(), fmt::format("field.type_{}", to_text(like_text ? Kind::text : kind)), std::string(expected(kind))});
    }

    void choice(dom::element element, const Type& type, void* value, const Path& path) {
        std::string_view text;
        if (element.get(text)) return wrong(path, type.kind);
        for (std::size_t i = 0; i < type.choices.size(); ++i)
            if (type.choices[i] == text) return type.choose(value, static_cast<int>(i));
        std::string all;
        for (const std::string_view name : type.choices) (all += all.empty() ? "" : ", ") += name;
        problems_.push_back({path.text(), "choice.unknown", "This must be one of {choices}.", {{"choices", all}}});
    }

    /// Walks an object of named members, refusing strangers; `take` says whether it knows the key.
    template <class Take> bool members(dom::element element, const Type& type, const Path& path, Take take) {
        dom::object object;
        if (element.get(object)) {
            wrong(path, type.kind);
            return false;
        }
        std::size_t before = problems_.size();
        std::vector<std::string_view> seen;
        for (const auto& [key, member] : object) {
            const Path at(path, key);
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) problems_.push_back({at.text(), "field.repeated", "The field stands here twice."});
            else if (!take(key, member)) wrong(at, type.kind);
            seen.push_back(key);
        }
        return problems_.size() == before;
    }

    void money(dom::element element, Money& money, const Path& path) {
        std::string_view amount, currency;
        if (!members(element, TypeOf<Money>::type, path,
                [&](std::string_view key, dom::element member) { return key == "amount" ? !member.get(amount) : key == "currency" && !member.get(currency); }))
            return;
        if (const auto parsed = parse_money(amount, currency)) money = *parsed;
        else if (!decimals_of(currency)) problems_.push_back({path.text(), "money.currency", "The currency must be an ISO 4217 code such as CNY."});
        else
            problems_.push_back({path.text(), "money.amount", R"(Write the amount as a decimal text such as "1250.00", with at most {places} places.)",
                {{"places", std::to_string(*decimals_of(currency))}}});
    }

    void quantity(dom::element element, Quantity& quantity, const Path& path) {
        std::string_view unit;
        double number = NAN;
        if (!members(element, TypeOf<Quantity>::type, path, [&](std::string_view key, dom::element member) {
                return key == "value" ? member.is_number() && !member.get(number) : key == "unit" && !member.get(unit);
            }))
            return;
        if (!std::isfinite(number) || unit.empty()) return wrong(path, Kind::quantity);
        quantity = {number, std::string(unit)};
    }

    void localized(dom::element element, Text& text, const Path& path) {
        Text read = options_.partial && !whole_ ? text : Text{};
        if (members(element, TypeOf<Text>::type, path, [&](std::string_view key, dom::element member) {
                if (key != "zh" && key != "en" && key != "ru") return false;
                std::string& one = read.in(*parse_language(key));
                std::string_view value;
                if (member.is_null()) one.clear();
                else if (member.get(value)) return false;
                else one = value;
                return true;
            }))
            text = std::move(read);
    }

    JsonOptions options_;
    Problems& problems_;
    bool whole_ = false; // nothing of what is read now was there before
};

Result<dom::element> parse(dom::parser& parser, std::string_view text) {
    if (parser.max_depth() != json_depth_max && parser.allocate(4096, json_depth_max)) return Error{Failure::internal, "json.memory", "Out of memory."};
    dom::element root;
    const auto error = parser.parse(text.data(), text.size(), true).get(root);
    if (!error) return root;
    switch (error) {
    case simdjson::UTF8_ERROR: return Error{Failure::malformed, "json.encoding", "The body is not valid UTF-8."};
    case simdjson::DEPTH_ERROR:
        return Error{
            Failure::malformed, "json.depth", "The body is nested too deeply; {limit} levels are allowed.", {{"limit", std::to_string(json_depth_max)}}};
    case simdjson::EMPTY: return Error{Failure::malformed, "json.empty", "The body is empty; send one JSON object."};
    case simdjson::NUMBER_ERROR: return Error{Failure::malformed, "json.number", "The body holds a number that JSON does not allow or that is too large."};
    default: return Error{Failure::malformed, "json.syntax", "The body is not JSON: {reason}", {{"reason", simdjson::error_message(error)}}};
    }
}

/// validate() after reading, without saying twice what is known to be wrong.
void add_validation(const Record& record, const void* value, Problems& problems, const std::string& path) {
    Problems more;
    validate(record, value, more, path);
    add_unsaid(problems, std::move(more));
}

thread_local dom::parser shared_parser;

} // namespace

Result<Done> read_json(std::string_view text, const Record& record, void* value, JsonOptions options) {
    const dom::element root = TRY(parse(shared_parser, text));
    Problems problems;
    Reader(options, problems).record(root, record, value, Path({}));
    add_validation(record, value, problems, {});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Done> read_json_list(std::string_view text, const Record& record, void* (*append)(void*), void* list, JsonOptions options) {
    dom::parser parser;
    const dom::element root = TRY(parse(parser, text));
    dom::array array;
    if (root.get(array)) return Error{Failure::malformed, "json.not_a_list", "The file must be a JSON list of objects."};
    Problems problems;
    std::size_t row = 0;
    for (const dom::element element : array) {
        void* value = append(list);
        const std::string path = fmt::format("[{}]", row++);
        Problems own;
        Reader(options, own).record(element, record, value, Path(path));
        add_validation(record, value, own, path);
        problems.insert(problems.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Done> read_json_value(std::string_view text, const Type& type, void* value, JsonOptions options) {
    const dom::element root = TRY(parse(shared_parser, text));
    Problems problems;
    Reader(options, problems).read_value(root, type, value, Path("value"));
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

} // namespace greenbank
