// table_rows.cpp — places of a record, and a row of cells into them.
#include "api/table_rows.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "api/from_text.h"
#include "api/words.h"
#include "json/json.h"

namespace greenbank {

namespace {

constexpr std::string_view languages[] = {"zh", "en", "ru"};
constexpr std::string_view money_parts[] = {"amount", "currency"};
constexpr std::string_view quantity_parts[] = {"value", "unit"};

std::span<const std::string_view> parts_of(Kind kind) {
    if (kind == Kind::localized) return languages;
    if (kind == Kind::money) return money_parts;
    if (kind == Kind::quantity) return quantity_parts;
    return {};
}

bool is_settable(const Field& field) { return !field.traits.read_only && !field.traits.secret; }
bool is_needed(const Field& field) {
    const bool written = field.type->kind == Kind::localized || field.type->kind == Kind::list;
    return !field.optional && !field.traits.defaulted && (!written || field.traits.min.value_or(0) > 0);
}

bool is_list_of_records(const Field& field) { return field.type->kind == Kind::list && field.type->element->kind == Kind::record; }

void add_places(const Record& record, const std::string& prefix, const std::vector<Text>& outer, bool needed, std::vector<TablePlace>& places);

/// "Figures 1", "Figures 2" and what belongs to each.
void add_item_places(const Field& field, const std::string& path, const std::vector<Text>& names, std::vector<TablePlace>& places) {
    for (int item = 1; item <= list_items_max; ++item) {
        std::vector<Text> numbered = names;
        Text& last = numbered.back();
        last = {fmt::format("{} {} ", last.zh, item), fmt::format("{} {}", last.en, item), fmt::format("{} {}", last.ru, item)};
        const std::size_t first = places.size();
        add_places(field.type->element->record(), fmt::format("{}.{}.", path, item), numbered, false, places);
        for (std::size_t i = first; i < places.size(); ++i) places[i].item = item;
    }
}

void add_places(const Record& record, const std::string& prefix, const std::vector<Text>& outer, bool needed, std::vector<TablePlace>& places) {
    for (const Field& field : record.fields) {
        if (!is_settable(field)) continue;
        const std::string path = prefix + std::string(field.name);
        std::vector<Text> names = outer;
        const Text* label = find_word(fmt::format("field.{}.{}", record.name, field.name));
        names.push_back(label ? *label : Text{"", std::string(field.name), ""});
        const bool place_needed = needed && is_needed(field);
        if (field.type->kind == Kind::record) {
            add_places(field.type->record(), path + ".", names, place_needed, places);
            continue;
        }
        if (field.type->kind != Kind::localized) places.push_back({path, &field, {}, names, place_needed});
        if (is_list_of_records(field)) {
            add_item_places(field, path, names, places);
            continue;
        }
        for (const std::string_view part : parts_of(field.type->kind)) places.push_back({fmt::format("{}.{}", path, part), &field, part, names, place_needed});
    }
}

std::string folded(std::string_view text) {
    std::string out;
    for (const char c : trim(text)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return out;
}

/// Letters, digits and ideographs only: "GB/T 22900" is "gbt22900".
std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : folded(text))
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) letters += c;
    return letters;
}

/// The code of a choice, written as code or as its word in any language, or as the beginning of one word only.
std::optional<std::string> choice_code(const Type& type, std::string_view text) {
    constexpr std::size_t beginning_min = 4;
    const std::string wanted = letters_of(text);
    if (wanted.empty()) return {};
    std::optional<std::string> begun;
    int beginnings = 0;
    for (const std::string_view code : type.choices) {
        const Text* word = find_word(fmt::format("choice.{}.{}", type.name, code));
        bool begins = false;
        for (const std::string_view name :
            {code, word ? std::string_view(word->zh) : "", word ? std::string_view(word->en) : "", word ? std::string_view(word->ru) : ""}) {
            const std::string letters = letters_of(name);
            if (letters == wanted) return std::string(code);
            begins = begins || (wanted.size() >= beginning_min && letters.starts_with(wanted));
        }
        if (begins) begun = std::string(code), ++beginnings;
    }
    return beginnings == 1 ? begun : std::nullopt;
}

std::optional<bool> truth_of(std::string_view text) {
    const std::string word = folded(text);
    for (const std::string_view yes : {"true", "yes", "y", "1", "是", "有", "да", "Да", "ДА"})
        if (word == yes) return true;
    for (const std::string_view no : {"false", "no", "n", "0", "否", "无", "нет", "Нет", "НЕТ"})
        if (word == no) return false;
    return {};
}

std::vector<std::string> entries_of(std::string_view text) {
    std::string even(text);
    for (const std::string_view mark : {"；", "、", "，", "\n", "|", ","})
        for (std::size_t at = even.find(mark); at != std::string::npos; at = even.find(mark, at + 1)) even.replace(at, mark.size(), ";");
    std::vector<std::string> entries;
    for (const std::string_view entry : split(even, ';'))
        if (!trim(entry).empty()) entries.emplace_back(trim(entry));
    return entries;
}

class CellReader {
public:
    CellReader(const std::map<std::string, std::string, std::less<>>& cells, const CodeOf& code_of, Problems& problems) :
        cells_(cells), code_of_(code_of), problems_(problems) {}

    /// True if any cell of the record was filled.
    bool record(const Record& record, void* value, const std::string& prefix) {
        bool any = false;
        for (const Field& field : record.fields) {
            if (!is_settable(field)) continue;
            const std::string path = prefix + std::string(field.name);
            if (field.type->kind == Kind::record) {
                if (!any_under(path + ".")) continue;
                any = this->record(field.type->record(), field.make(value), path + ".") || any;
            } else if (any_under(path)) {
                read(field, field.make(value), path);
                any = true;
            }
        }
        return any;
    }

private:
    std::string_view cell(const std::string& path) const {
        const auto found = cells_.find(path);
        return found == cells_.end() ? std::string_view{} : trim(found->second);
    }
    bool any_under(const std::string& path) const {
        for (auto at = cells_.lower_bound(path); at != cells_.end() && at->first.starts_with(path); ++at)
            if ((at->first.size() == path.size() || path.ends_with('.') || at->first[path.size()] == '.') && !trim(at->second).empty()) return true;
        return false;
    }
    void wrong(const std::string& path, Problem problem) {
        problem.field = path;
        problems_.push_back(std::move(problem));
    }

    void read(const Field& field, void* value, const std::string& path) {
        const Type& type = *field.type;
        switch (type.kind) {
        case Kind::localized:
            for (const std::string_view language : languages)
                if (const std::string_view text = cell(fmt::format("{}.{}", path, language)); !text.empty())
                    static_cast<Text*>(value)->in(*parse_language(language)) = text;
            return;
        case Kind::money: return money(path, *static_cast<Money*>(value));
        case Kind::quantity: return quantity(path, *static_cast<Quantity*>(value));
        case Kind::list:
            if (type.element->kind == Kind::record && cell(path).empty()) return items(type, value, path);
            if (type.element->kind == Kind::record || type.element->kind == Kind::list) return json(type, value, path);
            type.clear(value);
            for (const std::string& entry : entries_of(cell(path))) one(*type.element, type.append(value), path, entry);
            return;
        default: return one(type, value, path, std::string(cell(path)));
        }
    }

    void one(const Type& type, void* value, const std::string& path, const std::string& text) {
        switch (type.kind) {
        case Kind::text:
        case Kind::id:
            if (const auto code = code_of_ ? code_of_(path, text) : std::nullopt) (void)set_from_text(type, value, *code);
            else (void)set_from_text(type, value, text);
            return;
        case Kind::choice:
            if (const auto code = choice_code(type, text)) (void)set_from_text(type, value, *code);
            else wrong(path, not_readable(path, type));
            return;
        case Kind::boolean:
            if (const auto truth = truth_of(text)) *static_cast<bool*>(value) = *truth;
            else wrong(path, not_readable(path, type));
            return;
        case Kind::integer: {
            const auto number = parse_number(text);
            if (number && *number == static_cast<double>(static_cast<std::int64_t>(std::clamp(*number, -9e15, 9e15))))
                *static_cast<std::int64_t*>(value) = static_cast<std::int64_t>(*number);
            else wrong(path, not_readable(path, type));
            return;
        }
        case Kind::real:
            if (const auto number = parse_number(text)) *static_cast<double*>(value) = *number;
            else wrong(path, not_readable(path, type));
            return;
        case Kind::date:
            if (const auto date = parse_any_date(text)) *static_cast<Date*>(value) = *date;
            else wrong(path, not_readable(path, type));
            return;
        default:
            if (!set_from_text(type, value, text)) wrong(path, not_readable(path, type));
        }
    }

    void money(const std::string& path, Money& value) {
        const std::string whole(cell(path)), amount(cell(path + ".amount")), currency(cell(path + ".currency"));
        const std::string text = whole.empty() ? amount : whole;
        auto parsed = parse_any_money(text);
        if (!parsed) parsed = parse_any_money(text + " " + currency);
        if (!parsed && currency.empty()) parsed = parse_any_money(text + " " + value.currency); // an amount alone is in the usual currency
        if (parsed) value = *parsed;
        else
            wrong(whole.empty() ? path + ".amount" : path,
                {path, "money.cell", "Write an amount with its currency, such as 1250.00 CNY, with at most two decimal places."});
    }

    void quantity(const std::string& path, Quantity& value) {
        const std::string whole(cell(path)), number(cell(path + ".value")), unit(cell(path + ".unit"));
        std::optional<Quantity> parsed;
        const std::string& written = whole.empty() ? number : whole;
        const auto alone = written.find('%') == std::string::npos ? parse_number(written) : std::nullopt;
        if (alone && !unit.empty()) {
            if (const auto known = parse_any_unit(unit)) parsed = Quantity{*alone, *known};
        } else {
            parsed = parse_any_quantity(written);
        }
        if (parsed) value = *parsed;
        else wrong(whole.empty() ? path + ".value" : path, {path, "quantity.cell", "Write a number with its unit, such as 500 m3/d."});
    }

    /// Each numbered item of which something is filled; what it lacks is said here, where it still has its number.
    void items(const Type& type, void* value, const std::string& path) {
        type.clear(value);
        for (int item = 1; item <= list_items_max; ++item) {
            const std::string prefix = fmt::format("{}.{}.", path, item);
            if (!any_under(prefix)) continue;
            const Record& element = type.element->record();
            record(element, type.append(value), prefix);
            for (const Field& field : element.fields)
                if (is_settable(field) && is_needed(field) && !any_under(prefix + std::string(field.name)))
                    wrong(prefix + std::string(field.name), {"", "field.missing", "This field is needed."});
        }
    }

    void json(const Type& type, void* value, const std::string& path) {
        auto read = read_json_value(cell(path), type, value);
        if (read) return;
        if (read.error().problems.empty())
            return wrong(path, {path, "list.cell", "A list of several facts must be written as JSON here; leave the column out and add them on the page."});
        for (Problem& problem : read.error().problems) wrong(path, std::move(problem));
    }

    const std::map<std::string, std::string, std::less<>>& cells_;
    const CodeOf& code_of_;
    Problems& problems_;
};

} // namespace

std::vector<TablePlace> table_places(const Record& record) {
    std::vector<TablePlace> places;
    add_places(record, "", {}, true, places);
    return places;
}

void read_table_row(
    const Record& record, void* value, const std::map<std::string, std::string, std::less<>>& cells, const CodeOf& code_of, Problems& problems) {
    CellReader(cells, code_of, problems).record(record, value, "");
}

std::string place_of_problem(std::string_view field, const std::map<std::string, std::string, std::less<>>& cells) {
    const std::size_t open = field.find('['), close = field.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::string(field);
    const std::string list(field.substr(0, open));
    std::size_t index = 0;
    const auto [end, failure] = std::from_chars(field.data() + open + 1, field.data() + close, index);
    if (failure != std::errc{} || end != field.data() + close) return std::string(field);
    for (int item = 1; item <= list_items_max; ++item) {
        const std::string prefix = fmt::format("{}.{}.", list, item);
        bool filled = false;
        for (auto at = cells.lower_bound(prefix); at != cells.end() && at->first.starts_with(prefix); ++at) filled = filled || !trim(at->second).empty();
        if (filled && index-- == 0) return prefix + std::string(field.substr(std::min(close + 2, field.size())));
    }
    return std::string(field);
}

std::string table_cell(const TablePlace& place, const Record& record, const void* value) {
    // Walks down the path; the last step is the place's own field, whose part is in place.part.
    const Record* at = &record;
    const void* held = value;
    std::string_view rest = place.path;
    if (!place.part.empty()) rest.remove_suffix(place.part.size() + 1);
    while (true) {
        const std::size_t dot = rest.find('.');
        const Field* field = at->find(rest.substr(0, dot));
        require(field != nullptr, "a place is not of this record");
        held = field->get(held);
        if (!held) return {};
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
        if (field->type->kind != Kind::list) {
            at = &field->type->record();
            continue;
        }
        const auto number = static_cast<std::size_t>(place.item); // a place in an item of a list
        if (number == 0 || number > field->type->size(held)) return {};
        held = field->type->item(held, number - 1);
        at = &field->type->element->record();
        rest.remove_prefix(std::min(rest.find('.'), rest.size() - 1) + 1);
    }
    const Type& type = *place.field->type;
    switch (type.kind) {
    case Kind::text: return *static_cast<const std::string*>(held);
    case Kind::id: return static_cast<const AnyId*>(held)->text;
    case Kind::localized: return static_cast<const Text*>(held)->in(*parse_language(place.part));
    case Kind::money: {
        const Money& money = *static_cast<const Money*>(held);
        return place.part == "amount" ? amount_text(money) : place.part == "currency" ? money.currency : amount_text(money) + " " + money.currency;
    }
    case Kind::quantity: {
        const Quantity& quantity = *static_cast<const Quantity*>(held);
        return place.part == "value"  ? fmt::format("{}", quantity.value)
               : place.part == "unit" ? quantity.unit
               : quantity.unit == "1" ? fmt::format("{}", quantity.value)
                                      : fmt::format("{} {}", quantity.value, quantity.unit);
    }
    case Kind::choice: return std::string(type.choices[static_cast<std::size_t>(type.choice(held))]);
    case Kind::time: return to_text(*static_cast<const Time*>(held));
    case Kind::date: return to_text(*static_cast<const Date*>(held));
    case Kind::list: {
        if (type.element->kind != Kind::text && type.element->kind != Kind::choice && type.element->kind != Kind::id) break;
        std::string all;
        for (std::size_t i = 0; i < type.size(held); ++i) {
            const void* item = type.item(held, i);
            if (i) all += "; ";
            if (type.element->kind == Kind::text) all += *static_cast<const std::string*>(item);
            else if (type.element->kind == Kind::id) all += static_cast<const AnyId*>(item)->text;
            else all += type.element->choices[static_cast<std::size_t>(type.element->choice(item))];
        }
        return all;
    }
    default: break;
    }
    std::string json;
    write_json_value(json, type, held);
    return json;
}

} // namespace greenbank
