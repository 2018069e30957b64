// import_faulty.cpp — the file of faulty rows, and what is told of them in the import itself.
#include "library/imports/import_faulty.h"

#include <filesystem>

#include <fmt/format.h>

#include "api/words.h"

namespace greenbank::library {

ScratchFile::ScratchFile(const std::string& name) : path((std::filesystem::temp_directory_path() / ("greenbank-" + name)).string()) {}
ScratchFile::~ScratchFile() {
    std::error_code none;
    std::filesystem::remove(path, none);
}

std::size_t FaultyRows::column_of(const Problem& problem) const {
    for (std::size_t i = 0; i < import_.columns.size(); ++i) {
        const auto& path = import_.columns[i].path;
        if (path && (problem.field == *path || problem.field.starts_with(*path + ".") || problem.field.starts_with(*path + "[") ||
                        path->starts_with(problem.field + ".")))
            return i;
    }
    return sheets::CellProblem::whole_row;
}

Result<Done> FaultyRows::add(const sheets::Row& row, const Problems& problems) {
    ++import_.counts.faulty;
    std::vector<sheets::CellProblem> marks;
    for (const Problem& problem : problems) {
        const std::size_t column = column_of(problem);
        std::string said = sentence(problem.code, problem.message, in_words(problem), language_);
        const bool known = column != sheets::CellProblem::whole_row;
        if (import_.problems.size() < import_told_max)
            import_.problems.push_back({row.number, known ? import_.columns[column].heading : place_name(problem.field),
                known && column < row.cells.size() ? std::string(row.cells[column].text.substr(0, 200)) : "", said});
        if (!known) said = fmt::format("{}: {}", place_name(problem.field), said);
        marks.push_back({column, std::move(said)});
    }
    if (!table_) {
        table_ = TRY(sheets::make_table(file_.path, sheets::Format::xlsx, {.problems_title = word("import.problems", language_), .created = stamp_.now}));
        std::vector<sheets::Column> columns;
        for (const ImportColumn& column : import_.columns) columns.push_back({.title = column.heading});
        TRY(table_->sheet(word("import.faulty", language_), columns));
    }
    return table_->row(row.cells.first(std::min(row.cells.size(), import_.columns.size())), marks);
}

std::vector<Parameter> FaultyRows::in_words(const Problem& problem) const {
    if (problem.code != "choice.unknown") return problem.parameters;
    for (const TablePlace& place : import_places(import_.kind, stamp_.for_others)) {
        const Type& type = place.field->type->kind == Kind::list ? *place.field->type->element : *place.field->type;
        if (place.path != problem.field || type.kind != Kind::choice) continue;
        std::string all;
        for (const std::string_view code : type.choices)
            (all += all.empty() ? "" : language_ == Language::zh ? "、" : ", ") += word(fmt::format("choice.{}.{}", type.name, code), language_);
        return {{"choices", all}};
    }
    return problem.parameters;
}

std::string FaultyRows::place_name(const std::string& path) const {
    for (const TablePlace& place : import_places(import_.kind, stamp_.for_others))
        if (place.path == path || place.path.starts_with(path + ".")) return place_label(place, language_);
    return path.starts_with("row ") ? word("import.whole_row", language_) : path; // its number stands beside it
}

Result<Done> FaultyRows::keep(JobRun& run) {
    if (!table_) return Done{};
    TRY(table_->finish());
    import_.faulty_file = TRY(keep_file(run.store(), run.caller(), file_.path, word("import.faulty_file", language_) + ".xlsx",
                                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
                              .id;
    return Done{};
}

} // namespace greenbank::library
