// scoring_table.cpp — headings, kinds of columns, missing values, the target; whatever is wrong by its row.
#include "finance/scoring_table.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "kernel/text.h"
#include "sheets/named_rows.h"

namespace greenbank::finance {

namespace {

constexpr std::size_t columns_max = 2000, cells_max = 100'000'000, problems_max = 100;

bool is_absent(std::string_view text) {
    constexpr std::array<std::string_view, 9> absent = {"", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", "."};
    return std::find(absent.begin(), absent.end(), text) != absent.end();
}

/// Texts of a column until it is known whether they are numbers.
struct RawColumn {
    std::string name;
    std::size_t place = 0; // in the file
    std::vector<double> values;
    std::vector<std::string> names;
    std::map<std::string, double, std::less<>> by_name;
    bool named = false, numbers_only = true;
    std::size_t numbers = 0, first_text_row = 0; // of what is a number where nothing said that it is one; the first that is none
    std::string first_text;
};

double place_of_name(RawColumn& column, std::string_view text) {
    const auto found = column.by_name.find(text);
    if (found != column.by_name.end()) return found->second;
    column.names.emplace_back(text);
    return column.by_name.emplace(column.names.back(), static_cast<double>(column.names.size() - 1)).first->second;
}

std::optional<double> number_of(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto number = sheets::parse_number<double>(text);
    if (!number || !std::isfinite(*number)) return {};
    return number;
}

class Reader {
public:
    explicit Reader(const TableQuestion& question) : question_(question) {}

    Result<BorrowerTable> read() {
        const auto table = TRY(sheets::in_file(
            sheets::open_table(question_.path), "finance.borrowers_file", "The borrowers in {path} are not right; every fault is named.", question_.path));
        TRY(find_columns(table->header()));
        while (const sheets::Row* row = TRY(table->next())) {
            if (problems_.size() >= problems_max) break;
            if (!row->problems.empty()) {
                problems_.insert(problems_.end(), row->problems.begin(), row->problems.end());
                continue;
            }
            add(*row);
            if (count_ * std::max<std::size_t>(1, columns_.size()) > cells_max)
                return Error{
                    Failure::too_large, "finance.table_too_large", "A table for scoring has at most {cells} cells.", {{"cells", fmt::format("{}", cells_max)}}};
        }
        finish_target();
        finish_columns();
        if (!problems_.empty())
            return Error{Failure::invalid, "finance.borrowers_file", "The borrowers in {path} are not right; every fault is named.", {{"path", question_.path}},
                std::move(problems_)};
        return std::move(result_);
    }

private:
    Result<Done> find_columns(const std::vector<std::string>& header) {
        if (header.size() > columns_max)
            return Error{Failure::too_large, "finance.table_too_wide", "A table for scoring has at most {columns} columns.",
                {{"columns", fmt::format("{}", columns_max)}}};
        std::map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < header.size(); ++i)
            if (!places.emplace(trim(header[i]), i).second)
                problems_.push_back({std::string(trim(header[i])), "finance.column_twice", "This column stands in the table twice."});
        const auto need = [&](const std::string& name) -> std::optional<std::size_t> {
            const auto found = places.find(name);
            if (found != places.end()) return found->second;
            problems_.push_back({name, "finance.column_absent", "The table has no column of this name."});
            return {};
        };
        if (question_.target) target_ = need(*question_.target);
        for (const std::string& name : question_.ignored)
            if (const auto place = need(name); place && !id_) id_ = place;
        if (question_.model != nullptr) {
            for (const TrainedColumn& column : question_.model->columns) {
                RawColumn raw{.name = column.name, .place = need(column.name).value_or(0), .values = {}, .names = {}, .by_name = {}};
                raw.named = column.named;
                columns_.push_back(std::move(raw));
            }
        } else {
            for (std::size_t i = 0; i < header.size(); ++i) {
                const std::string name(trim(header[i]));
                if (i == target_ || std::find(question_.ignored.begin(), question_.ignored.end(), name) != question_.ignored.end()) continue;
                columns_.push_back({.name = name, .place = i, .values = {}, .names = {}, .by_name = {}});
            }
        }
        if (!problems_.empty())
            return Error{Failure::invalid, "finance.borrowers_file", "The borrowers in {path} are not right; every fault is named.", {{"path", question_.path}},
                std::move(problems_)};
        return Done{};
    }

    void add(const sheets::Row& row) {
        ++count_;
        where_.push_back(row.line != 0 ? fmt::format("line {}", row.line) : fmt::format("row {}", row.number));
        const auto text_at = [&](std::size_t place) { return place < row.cells.size() ? trim(row.cells[place].text) : std::string_view(); };
        if (target_) targets_.emplace_back(text_at(*target_));
        if (id_) result_.ids.emplace_back(text_at(*id_));
        for (RawColumn& column : columns_) {
            const std::string_view text = text_at(column.place);
            if (is_absent(text)) {
                column.values.push_back(missing);
                continue;
            }
            const auto number = column.named && question_.model != nullptr ? std::nullopt : number_of(text);
            if (number) ++column.numbers;
            else if (column.first_text.empty()) column.first_text = text, column.first_text_row = count_ - 1;
            if (number && column.numbers_only && !column.named) {
                column.values.push_back(*number);
            } else if (question_.model != nullptr && !column.named) {
                problems_.push_back(
                    {fmt::format("{}, {}", where_.back(), column.name), "finance.cell_number", "The model was trained on numbers in this column."});
                column.values.push_back(missing);
            } else {
                if (column.numbers_only && !column.named) become_names(column);
                column.values.push_back(place_of_name(column, text));
            }
        }
    }
    /// A name among numbers: all of them are names.
    static void become_names(RawColumn& column) {
        column.numbers_only = false;
        for (double& value : column.values)
            if (!is_missing(value)) value = place_of_name(column, fmt::format("{}", value));
        column.named = true;
    }

    void finish_target() {
        if (!target_) return;
        std::map<std::string, std::size_t> kinds;
        for (const std::string& text : targets_) ++kinds[text];
        const std::string bad = question_.bad.value_or("1");
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const std::string& text = targets_[i];
            if (is_absent(text))
                problems_.push_back({fmt::format("{}, {}", where_[i], *question_.target), "finance.target_absent", "Whether this one went bad is not said."});
            else if (!question_.bad && text != "0" && text != "1")
                problems_.push_back({fmt::format("{}, {}", where_[i], *question_.target), "finance.target_value",
                    "The target is 0 or 1; for other values say which one is bad by --bad."});
            if (problems_.size() >= problems_max) return;
            result_.table.bad.push_back(text == bad ? 1 : 0);
        }
        if (question_.bad && !kinds.contains(bad))
            problems_.push_back({*question_.target, "finance.target_never", "No row has the value {value}, which is to say bad.", {{"value", bad}}});
    }
    void finish_columns() {
        result_.table.rows = count_;
        for (const RawColumn& raw : columns_) // many different numbers and a few texts: a mistyped number, not the names of kinds
            if (raw.named && question_.model == nullptr && raw.names.size() > 50 && 10 * raw.numbers >= 9 * count_)
                problems_.push_back({fmt::format("{}, {}", where_[raw.first_text_row], raw.name), "finance.cell_mixed",
                    "Nearly all of this column are numbers, and here stands {text}; write a number, or nothing where it is not known.",
                    {{"text", raw.first_text.substr(0, 40)}}});
        for (RawColumn& raw : columns_) result_.table.columns.push_back({raw.name, raw.named, std::move(raw.values), std::move(raw.names)});
    }

    const TableQuestion& question_;
    std::vector<RawColumn> columns_;
    std::optional<std::size_t> target_, id_;
    std::size_t count_ = 0;
    std::vector<std::string> targets_, where_;
    Problems problems_;
    BorrowerTable result_;
};

} // namespace

Result<BorrowerTable> read_borrowers(const TableQuestion& question) { return Reader(question).read(); }

} // namespace greenbank::finance
