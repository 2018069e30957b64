// tables.cpp — cells of a folder's CSV files, and what is wrong with them.
#include "planning/engine/network/tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::planning::network {

std::optional<double> parse_number(std::string_view text) {
    text = trim(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    if (text == "inf" || text == "Infinity") return endless;
    if (text == "-inf" || text == "-Infinity") return -endless;
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

void FolderTables::problem(std::string place, std::string code, std::string sentence, std::vector<Parameter> parameters) {
    if (problems_.size() < 200) problems_.push_back({std::move(place), std::move(code), std::move(sentence), std::move(parameters)});
}

std::string FolderTables::place(const Table& table, std::size_t row, std::string_view column) {
    return fmt::format("{} line {}: {}", table.file, table.csv.lines[row], column);
}

std::optional<Csv> FolderTables::csv_of(const std::string& file) {
    const auto found = files_.find(file);
    if (found == files_.end()) return {};
    used_.insert(file);
    auto csv = parse_csv(found->second);
    if (csv) return std::move(csv).value();
    Error& error = csv.error();
    if (error.problems.empty()) problem(file, error.code, error.message, error.parameters);
    for (Problem& one : error.problems) problem(file + " " + one.field, one.code, one.message, one.parameters);
    return {};
}

std::optional<FolderTables::Table> FolderTables::table_of(const std::string& file) {
    auto csv = csv_of(file);
    if (!csv) return {};
    Table table{file, std::move(*csv), {}, {}};
    std::set<std::string> columns;
    for (const std::string& column : table.csv.header)
        if (!column.empty() && !columns.insert(column).second)
            problem(file, "planning.column_twice", "The column {column} stands twice.", {{"column", column.substr(0, 60)}});
    if (table.csv.rows.size() > components_max) {
        problem(file, "planning.network_large", "There are more than {count} rows.", {{"count", std::to_string(components_max)}});
        return {};
    }
    for (std::size_t row = 0; row < table.csv.rows.size(); ++row) {
        const std::string& name = table.csv.rows[row].at(0);
        if (trim(name).empty()) problem(place(table, row, "name"), "planning.name_missing", "A component needs a name.");
        else if (!table.rows.emplace(name, row).second)
            problem(place(table, row, "name"), "planning.name_twice", "The name {name} stands twice; each part needs its own.", {{"name", name.substr(0, 80)}});
        table.names.push_back(name);
    }
    return table;
}

std::string_view FolderTables::cell(const Table& table, std::size_t row, std::string_view column) {
    const int at = table.csv.column(column);
    return at < 0 ? std::string_view() : trim(table.csv.rows[row][static_cast<std::size_t>(at)]);
}

double FolderTables::number(const Table& table, std::size_t row, std::string_view column, double otherwise, double low, double high) {
    const std::string_view text = cell(table, row, column);
    if (text.empty()) return otherwise;
    const auto value = parse_number(text);
    if (!value) {
        problem(place(table, row, column), "planning.network_number", "{cell} is not a number.", {{"cell", std::string(text.substr(0, 40))}});
        return otherwise;
    }
    if (*value < low || *value > high) {
        problem(place(table, row, column), "planning.network_range", "{cell} lies outside {low} to {high}.",
            {{"cell", std::string(text.substr(0, 40))}, {"low", fmt::format("{}", low)}, {"high", fmt::format("{}", high)}});
        return otherwise;
    }
    return *value;
}

double FolderTables::finite(const Table& table, std::size_t row, std::string_view column, double otherwise, double low, double high) {
    return number(table, row, column, otherwise, low, high);
}

bool FolderTables::flag(const Table& table, std::size_t row, std::string_view column, bool otherwise) {
    const std::string_view text = cell(table, row, column);
    if (text.empty()) return otherwise;
    for (const std::string_view yes : {"True", "true", "TRUE", "1", "1.0"})
        if (text == yes) return true;
    for (const std::string_view no : {"False", "false", "FALSE", "0", "0.0"})
        if (text == no) return false;
    problem(place(table, row, column), "planning.network_flag", "{cell} is neither True nor False.", {{"cell", std::string(text.substr(0, 40))}});
    return otherwise;
}

std::size_t FolderTables::first_of_another(const Csv& csv) const {
    const auto plain = [](std::string_view label) { // 2026-01-01T00:00:00 is 2026-01-01
        std::string text(trim(label));
        std::replace(text.begin(), text.end(), 'T', ' ');
        if (text.size() == 19 && text.ends_with(":00")) text.resize(16);
        if (text.size() == 16 && text.ends_with(" 00:00")) text.resize(10);
        return text;
    };
    const auto is_of = [&](std::string_view label, std::size_t row) {
        const auto& [snapshot, key] = snapshots_[row];
        return label == snapshot || label == key || label == std::to_string(row) || plain(label) == plain(snapshot);
    };
    std::size_t row = 0;
    while (row < snapshots_.size() && is_of(trim(csv.rows[row][0]), row)) ++row;
    return row;
}

void FolderTables::read_series(const std::string& component, const Table& table) {
    series_.clear();
    for (const auto& [file, text] : files_) {
        if (!file.starts_with(component + "-") || !file.ends_with(".csv")) continue;
        const std::string attribute = file.substr(component.size() + 1, file.size() - component.size() - 5);
        auto csv = csv_of(file);
        if (!csv) continue;
        if (csv->rows.size() != snapshots_.size()) {
            problem(file, "planning.network_length", "There are {rows} rows for {snapshots} snapshots.",
                {{"rows", std::to_string(csv->rows.size())}, {"snapshots", std::to_string(snapshots_.size())}});
            continue;
        }
        if (const std::size_t row = first_of_another(*csv); row < snapshots_.size()) {
            problem(fmt::format("{} line {}", file, csv->lines[row]), "planning.network_snapshot",
                "Here stands {label}; the snapshot of this row is {snapshot}.",
                {{"label", csv->rows[row][0].substr(0, 60)}, {"snapshot", snapshots_[row].first.substr(0, 60)}});
            continue;
        }
        auto& columns = series_[attribute];
        for (std::size_t c = 1; c < csv->header.size(); ++c) {
            const std::string& name = csv->header[c];
            if (!table.rows.contains(name)) {
                problem(file, "planning.network_series_unknown", "{name} is not in {table}.", {{"name", name.substr(0, 80)}, {"table", table.file}});
                continue;
            }
            if (columns.contains(name)) {
                problem(file, "planning.column_twice", "The column {column} stands twice.", {{"column", name.substr(0, 60)}});
                continue;
            }
            cells_ += csv->rows.size();
            if (cells_ > cells_max) {
                problem(file, "planning.network_large", "There are more than {count} rows.", {{"count", std::to_string(cells_max)}});
                return;
            }
            std::vector<double>& values = columns[name];
            for (std::size_t row = 0; row < csv->rows.size(); ++row) {
                const auto value = parse_number(csv->rows[row][c]);
                if (trim(csv->rows[row][c]).empty())
                    problem(fmt::format("{} line {}: {}", file, csv->lines[row], name), "planning.series_gap",
                        "Nothing is written here; a plan needs a number at every step, so fill the gap.");
                else if (!value || !std::isfinite(*value))
                    problem(fmt::format("{} line {}: {}", file, csv->lines[row], name), "planning.network_number", "{cell} is not a number.",
                        {{"cell", csv->rows[row][c].substr(0, 40)}});
                values.push_back(value && std::isfinite(*value) ? *value : 0);
            }
        }
    }
}

Varying FolderTables::varying(const Table& table, std::size_t row, const std::string& attribute, double otherwise, double low, double high) {
    Varying varying{finite(table, row, attribute, otherwise, low, high)};
    const auto attributes = series_.find(attribute);
    if (attributes == series_.end()) return varying;
    const auto values = attributes->second.find(table.names[row]);
    if (values == attributes->second.end()) return varying;
    varying.series = std::move(values->second);
    for (std::size_t t = 0; t < varying.series.size(); ++t)
        if (varying.series[t] < low || varying.series[t] > high) {
            problem(fmt::format("{}: {}", table.file, table.names[row]), "planning.network_step_range",
                "{attribute} is {value} at snapshot {snapshot}, outside {low} to {high}.",
                {{"attribute", attribute}, {"value", fmt::format("{}", varying.series[t])}, {"snapshot", std::to_string(t + 1)},
                    {"low", fmt::format("{}", low)}, {"high", fmt::format("{}", high)}});
            break;
        }
    return varying;
}

} // namespace greenbank::planning::network
