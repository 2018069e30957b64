// index_tables.cpp — iMeta says which columns iData has and what each of them is.
#include "cities/index_tables.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "sheets/named_rows.h"

namespace greenbank::cities {

namespace {

constexpr std::array<std::string_view, 10> meta_columns = {"iCode", "Level", "Direction", "Weight", "Parent", "Type", "iName", "Unit", "Target", "Denominator"};
enum MetaColumn { code, level, direction, weight, parent, type, name, unit, target, denominator };
constexpr std::size_t meta_needed = 6;

struct Meta {
    Framework framework;
    std::vector<std::string> groups, denominators, others; // columns of iData that are no indicators
};

/// What R and spreadsheets write where there is no number.
bool no_number(std::string_view text) { return text.empty() || text == "NA"; }

std::optional<double> number_in(std::string_view text) {
    const auto number = sheets::parse_number<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

void read_meta_row(sheets::NamedRows& rows, Meta& meta, std::vector<Node>& nodes) {
    const std::string own(rows[code]);
    if (own.empty()) return rows.fault(code, "cities.index_file_code", "A code is missing.");
    if (rows[type] == "Group") return meta.groups.push_back(own);
    if (rows[type] == "Denominator") return meta.denominators.push_back(own);
    if (rows[type] == "Other") return meta.others.push_back(own);
    Node& node = nodes.emplace_back();
    node.code = own;
    node.name = rows[name];
    node.unit = rows[unit];
    const auto number = sheets::parse_number<std::int64_t>(rows[level]);
    if (rows[type] != "Indicator" && rows[type] != "Aggregate")
        rows.fault(type, "cities.index_file_type", "The type is Indicator, Aggregate, Group, Denominator or Other.");
    if (!number || *number < 1 || *number > 20) rows.fault(level, "cities.index_file_level", "The level is a whole number from 1 (indicators) to 20.");
    else if ((*number == 1) == (rows[type] == "Aggregate") || (*number > 1) == (rows[type] == "Indicator"))
        rows.fault(level, "cities.index_file_level_type", "Indicators are at level 1, aggregates above it.");
    node.level = number.value_or(1);
    if (rows[direction] == "-1") node.direction = -1;
    else if (rows[direction] != "1") rows.fault(direction, "cities.index_file_direction", "The direction is 1 where more is better and -1 where less is.");
    if (const auto given = number_in(rows[weight]); given && *given >= 0) node.weight = *given;
    else rows.fault(weight, "cities.index_file_weight", "A weight is a number from 0 on.");
    if (!no_number(rows[target])) {
        node.target = number_in(rows[target]);
        if (!node.target)
            rows.fault(target, "cities.index_file_number", "This is no number: {text}. Leave the cell empty where there is none.",
                {{"text", std::string(rows[target])}});
    }
    if (!no_number(rows[denominator])) node.denominator = rows[denominator];
    if (!no_number(rows[parent])) node.parent = rows[parent];
}

Result<Meta> read_meta(const std::string& path) {
    const std::string heading = "The table of indicators {path} is not right; every fault is named.";
    sheets::NamedRows rows = TRY(sheets::in_file(sheets::NamedRows::open(path, meta_columns, meta_needed), "cities.index_meta_file", heading, path));
    Meta meta;
    std::vector<Node> nodes;
    while (!rows.too_many() && TRY(rows.next())) read_meta_row(rows, meta, nodes);
    if (!rows.problems().empty()) return Error{Failure::invalid, "cities.index_meta_file", heading, {{"path", path}}, std::move(rows.problems())};
    meta.framework = TRY(sheets::in_file(make_framework(std::move(nodes)), "cities.index_meta_file", heading, path));
    return meta;
}

/// Where each column of the data goes.
struct Places {
    std::vector<Column*> numbers;                  // by column from 1 on, nullptr where it is text
    std::vector<std::vector<std::string>*> groups; // likewise
};

/// By unit and period; the same again for each column.
void sort_rows(Dataset& data) {
    std::vector<std::size_t> order(data.units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::vector<std::string> times = data.times();
    const auto place = [&](std::size_t row) { return std::find(times.begin(), times.end(), data.units[row].time) - times.begin(); };
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return data.units[a].code != data.units[b].code ? data.units[a].code < data.units[b].code : place(a) < place(b); });
    const auto sort = [&](auto& column) {
        auto sorted = column;
        for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = column[order[i]];
        column = std::move(sorted);
    };
    sort(data.units);
    for (Column& column : data.indicators) sort(column);
    for (auto& [code_, column] : data.denominators) sort(column);
    for (auto& [code_, column] : data.groups) sort(column);
}

Result<Dataset> read_data(const std::string& path, const Meta& meta) {
    const std::string heading = "The data in {path} are not right; every fault is named.";
    Dataset data;
    std::vector<std::string_view> columns = {"uCode"};
    Places places{{nullptr}, {nullptr}};
    data.indicators.resize(meta.framework.indicators);
    const auto add = [&](std::string_view column, Column* numbers, std::vector<std::string>* texts) {
        columns.push_back(column);
        places.numbers.push_back(numbers);
        places.groups.push_back(texts);
    };
    for (std::size_t k = 0; k < meta.framework.indicators; ++k) add(meta.framework.nodes[k].code, &data.indicators[k], nullptr);
    for (const std::string& one : meta.denominators) add(one, &data.denominators[one], nullptr);
    for (const std::string& one : meta.groups) add(one, nullptr, &data.groups[one]);
    const std::size_t needed = columns.size(), time = needed, unit_name = needed + 1;
    columns.insert(columns.end(), {"Time", "uName"});
    for (const std::string& one : meta.others) columns.push_back(one);
    sheets::NamedRows rows = TRY(sheets::in_file(sheets::NamedRows::open(path, columns, needed), "cities.index_data_file", heading, path));
    std::set<std::pair<std::string, std::string>> seen;
    while (!rows.too_many() && TRY(rows.next())) {
        Unit& unit_ = data.units.emplace_back(Unit{std::string(rows[0]), std::string(rows[unit_name]), std::string(rows[time])});
        if (unit_.code.empty()) rows.fault(0, "cities.index_file_code", "A code is missing.");
        else if (!seen.emplace(unit_.code, unit_.time).second)
            rows.fault(0, "cities.index_unit_twice", "The unit {unit} stands here twice for one period.", {{"unit", unit_.code}});
        for (std::size_t k = 1; k < needed; ++k) {
            if (places.groups[k]) places.groups[k]->emplace_back(rows[k]);
            if (!places.numbers[k]) continue;
            const std::string_view text = rows[k];
            places.numbers[k]->push_back(no_number(text) ? missing : number_in(text).value_or(missing));
            if (!no_number(text) && !number_in(text))
                rows.fault(
                    k, "cities.index_file_number", "This is no number: {text}. Leave the cell empty where there is none.", {{"text", std::string(text)}});
        }
    }
    if (rows.problems().empty())
        for (std::size_t k = 0; k < data.indicators.size(); ++k)
            if (std::none_of(data.indicators[k].begin(), data.indicators[k].end(), known))
                rows.problems().push_back(
                    {meta.framework.nodes[k].code, "cities.index_all_missing", "The indicator has no number at all; take it out of the table of indicators."});
    if (!rows.problems().empty()) return Error{Failure::invalid, "cities.index_data_file", heading, {{"path", path}}, std::move(rows.problems())};
    sort_rows(data);
    return data;
}

} // namespace

Result<IndexTables> read_index_tables(const std::string& meta_path, const std::string& data_path) {
    Meta meta = TRY(read_meta(meta_path));
    Dataset data = TRY(read_data(data_path, meta));
    return IndexTables{std::move(meta.framework), std::move(data)};
}

} // namespace greenbank::cities
