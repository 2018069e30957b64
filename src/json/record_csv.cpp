// record_csv.cpp — cells to values and back, by description.
#include "json/record_csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "kernel/csv.h"

namespace greenbank {

namespace {

constexpr std::size_t problems_max = 500; // a junk file need not be told every one of its faults

/// The parts that a field's value takes a column each for; one empty part where it takes a single column.
std::span<const std::string_view> parts_of(const Type& type) {
    static constexpr std::string_view languages[] = {"zh", "en", "ru"}, money[] = {"amount", "currency"}, quantity[] = {"value", "unit"}, whole[] = {""};
    switch (type.kind) {
    case Kind::localized: return languages;
    case Kind::money: return money;
    case Kind::quantity: return quantity;
    default: return whole;
    }
}

std::string column_name(const Field& field, std::string_view part) { return part.empty() ? std::string(field.name) : fmt::format("{}.{}", field.name, part); }

template <class Number> bool parse_number(std::string_view text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(static_cast<double>(value));
}

/// A cell that writing led by an apostrophe, so that no spreadsheet runs it.
std::string_view without_guard(std::string_view cell) {
    return cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@\t\r").find(cell[1]) != std::string_view::npos ? cell.substr(1) : cell;
}

class RowReader {
public:
    RowReader(std::string where, Problems& problems) : where_(std::move(where)), problems_(problems) {}

    /// `cells` are those of the field's parts; at least one is not empty.
    void read(const Field& field, void* record, const std::vector<std::string_view>& cells) {
        field_ = &field;
        void* value = field.make(record);
        const Type& type = *field.type;
        const std::string_view cell = cells[0];
        switch (type.kind) {
        case Kind::text: *static_cast<std::string*>(value) = without_guard(cell); return;
        case Kind::id: static_cast<AnyId*>(value)->text = trim(cell); return;
        case Kind::localized:
            for (std::size_t i = 0; i < cells.size(); ++i) static_cast<Text*>(value)->in(static_cast<Language>(i)) = without_guard(cells[i]);
            return;
        case Kind::money: return money(cells, *static_cast<Money*>(value));
        case Kind::quantity: {
            double number = 0;
            if (!parse_number(trim(cells[0]), number)) return must_be(Kind::real, "a number", "value");
            if (trim(cells[1]).empty()) return wrong("field.missing", "This field is needed.", "unit");
            *static_cast<Quantity*>(value) = {number, std::string(trim(cells[1]))};
            return;
        }
        case Kind::choice:
        case Kind::time:
        case Kind::date: {
            std::string quoted_text;
            append_json_text(quoted_text, trim(cell));
            return json(type, value, quoted_text);
        }
        case Kind::boolean:
            if (trim(cell) != "true" && trim(cell) != "false") return must_be(Kind::boolean, "true or false");
            *static_cast<bool*>(value) = trim(cell) == "true";
            return;
        case Kind::integer:
            if (!parse_number(trim(cell), *static_cast<std::int64_t*>(value))) must_be(Kind::integer, "a whole number");
            return;
        case Kind::real:
            if (!parse_number(trim(cell), *static_cast<double*>(value))) must_be(Kind::real, "a number");
            return;
        case Kind::record:
        case Kind::list: return json(type, value, trim(cell));
        }
    }

    void wrong(std::string code, std::string message, std::string_view part = {}, std::vector<Parameter> parameters = {}) {
        if (problems_.size() < problems_max)
            problems_.push_back({fmt::format("{}: {}", where_, column_name(*field_, part)), std::move(code), std::move(message), std::move(parameters)});
    }
    void missing(const Field& field) {
        field_ = &field;
        wrong("field.missing", "This field is needed.");
    }

private:
    void money(const std::vector<std::string_view>& cells, Money& value) {
        const std::string_view currency = trim(cells[1]);
        if (const auto parsed = parse_money(trim(cells[0]), currency)) value = *parsed;
        else if (const auto places = decimals_of(currency))
            wrong("money.amount", "Write the amount as a decimal text such as \"1250.00\", with at most {places} places.", "amount",
                {{"places", std::to_string(*places)}});
        else wrong("money.currency", "The currency must be an ISO 4217 code such as CNY.", "currency");
    }

    void must_be(Kind kind, std::string_view expected, std::string_view part = {}) {
        wrong(fmt::format("field.type_{}", to_text(kind)), fmt::format("This must be {}.", expected), part);
    }

    void json(const Type& type, void* value, std::string_view text) {
        auto read = read_json_value(text, type, value, {.accept_read_only = true});
        if (read) return;
        const Error& error = read.error();
        if (error.problems.empty())
            return must_be(type.kind, type.kind == Kind::list     ? "a list, written as JSON"
                                      : type.kind == Kind::record ? "an object, written as JSON"
                                                                  : "a value of its kind");
        for (const Problem& problem : error.problems) {
            // its path begins with "value", which stands for this column
            std::string_view inside = std::string_view(problem.field).substr(std::min<std::size_t>(5, problem.field.size()));
            if (problems_.size() < problems_max)
                problems_.push_back({fmt::format("{}: {}{}", where_, field_->name, inside), problem.code, problem.message, problem.parameters});
        }
    }

    std::string where_;
    Problems& problems_;
    const Field* field_ = nullptr;
};

struct Columns {
    const Field* field;
    std::vector<int> of_parts; // -1: the file has no such column
};

bool is_required(const Field& field) {
    return !field.optional && !field.traits.read_only && !field.traits.defaulted && field.type->kind != Kind::list && field.type->kind != Kind::localized &&
           field.type->kind != Kind::text;
}

void find_columns(const Csv& csv, const Record& record, const JsonOptions& options, std::vector<Columns>& columns, Problems& problems) {
    std::map<std::string, bool> known; // and whether it may be set
    for (const Field& field : record.fields) {
        const bool settable = !field.traits.secret && (!field.traits.read_only || options.accept_read_only);
        Columns one{&field, {}};
        for (const std::string_view part : parts_of(*field.type)) {
            const std::string name = column_name(field, part);
            known[name] = settable;
            one.of_parts.push_back(settable ? csv.column(name) : -1);
        }
        columns.push_back(std::move(one));
    }
    for (std::size_t i = 0; i < csv.header.size() && problems.size() < problems_max; ++i) {
        const std::string& name = csv.header[i];
        const auto found = known.find(name);
        const std::string where = fmt::format("line 1: {}", name.substr(0, 60));
        if (found == known.end())
            problems.push_back({where, "field.unknown", "There is no field {field} here; check its spelling.", {{"field", name.substr(0, 60)}}});
        else if (!found->second) problems.push_back({where, "field.read_only", "The bank sets this field itself; leave it out."});
        else if (csv.column(name) != static_cast<int>(i)) problems.push_back({where, "field.repeated", "The field stands here twice."});
    }
}

void read_row(const Csv& csv, std::size_t index, const std::vector<Columns>& columns, const Record& record, void* value, Problems& problems) {
    const std::string where = fmt::format("line {}", csv.lines[index]);
    Problems own;
    RowReader reader(where, own);
    for (const Columns& column : columns) {
        std::vector<std::string_view> cells;
        for (const int at : column.of_parts) cells.push_back(at < 0 ? std::string_view{} : std::string_view(csv.rows[index][static_cast<std::size_t>(at)]));
        if (std::any_of(cells.begin(), cells.end(), [](std::string_view cell) { return !trim(cell).empty(); })) reader.read(*column.field, value, cells);
        else if (is_required(*column.field)) reader.missing(*column.field);
    }
    Problems found;
    validate(record, value, found);
    for (Problem& problem : found) {
        problem.field = fmt::format("{}: {}", where, problem.field);
        const bool told = std::any_of(
            own.begin(), own.end(), [&](const Problem& other) { return problem.field.starts_with(other.field) || other.field.starts_with(problem.field); });
        if (!told) own.push_back(std::move(problem));
    }
    for (Problem& problem : own)
        if (problems.size() < problems_max) problems.push_back(std::move(problem));
}

} // namespace

std::vector<std::string> csv_columns(const Record& record) {
    std::vector<std::string> names;
    for (const Field& field : record.fields)
        if (!field.traits.secret)
            for (const std::string_view part : parts_of(*field.type)) names.push_back(column_name(field, part));
    return names;
}

std::string csv_header(const Record& record) { return join(csv_columns(record), ",") + "\r\n"; }

void append_csv_row(std::string& out, const Record& record, const void* value) {
    bool first = true;
    const auto cell = [&](std::string_view text) {
        if (!std::exchange(first, false)) out += ',';
        append_csv_cell(out, text);
    };
    for (const Field& field : record.fields) {
        if (field.traits.secret) continue;
        const void* held = field.get(value);
        std::vector<std::string> cells(parts_of(*field.type).size());
        if (held) {
            switch (field.type->kind) {
            case Kind::text: cells[0] = *static_cast<const std::string*>(held); break;
            case Kind::id: cells[0] = static_cast<const AnyId*>(held)->text; break;
            case Kind::localized:
                for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<const Text*>(held)->in(static_cast<Language>(i));
                break;
            case Kind::money: cells = {amount_text(*static_cast<const Money*>(held)), static_cast<const Money*>(held)->currency}; break;
            case Kind::quantity: cells = {fmt::format("{}", static_cast<const Quantity*>(held)->value), static_cast<const Quantity*>(held)->unit}; break;
            case Kind::choice: cells[0] = field.type->choices[static_cast<std::size_t>(field.type->choice(held))]; break;
            case Kind::time: cells[0] = to_text(*static_cast<const Time*>(held)); break;
            case Kind::date: cells[0] = to_text(*static_cast<const Date*>(held)); break;
            default: write_json_value(cells[0], *field.type, held); break;
            }
        }
        for (const std::string& text : cells) cell(text);
    }
    out += "\r\n";
}

Result<Done> read_csv_list(std::string_view text, const Record& record, void* (*append)(void*), void* list, JsonOptions options) {
    const Csv csv = TRY(parse_csv(text));
    Problems problems;
    std::vector<Columns> columns;
    find_columns(csv, record, options, columns, problems);
    for (std::size_t i = 0; i < csv.rows.size() && problems.size() < problems_max; ++i) read_row(csv, i, columns, record, append(list), problems);
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

} // namespace greenbank
