// classes.cpp — CSV files into trees, crossings and rules.
#include "library/classes/classes.h"

#include "library/reference.h"

namespace greenbank::library {

namespace {

/// One file row by row, its cells by name.
class Table {
public:
    static Result<Table> open(const std::map<std::string, std::string_view>& files, const std::string& name, const std::vector<std::string>& columns) {
        Table table;
        table.name_ = name;
        table.csv_ = TRY(read_reference_csv(files, name));
        for (const std::string& column : columns)
            if (table.csv_.column(column) < 0)
                return Error{Failure::invalid, "classes.columns", "{file} needs the columns {columns}.", {{"file", name}, {"columns", join(columns, ", ")}}};
        return table;
    }
    std::size_t size() const { return csv_.rows.size(); }
    const std::string& at(std::size_t row, std::string_view column) const { return csv_.rows[row][static_cast<std::size_t>(csv_.column(column))]; }

    Error faulty(std::size_t row, std::string_view column) const {
        return Error{Failure::invalid, "classes.cell", "{file}, line {line}: {value} is no {column}.",
            {{"file", name_}, {"line", std::to_string(csv_.lines[row])}, {"value", at(row, column)}, {"column", std::string(column)}}};
    }
    Result<std::optional<Date>> date(std::size_t row, std::string_view column) const {
        if (at(row, column).empty()) return std::optional<Date>();
        const auto date = parse_date(at(row, column));
        if (!date) return faulty(row, column);
        return std::optional<Date>(date);
    }
    Text name(std::size_t row) const { return {at(row, "zh"), at(row, "en"), at(row, "ru")}; }
    Result<ClassStanding> standing(std::size_t row) const {
        const auto standing = parse_standing(at(row, "status"));
        if (!standing) return faulty(row, "status");
        return *standing;
    }

private:
    std::string name_;
    Csv csv_;
};

Result<std::vector<ClassNode>> read_nodes(const std::map<std::string, std::string_view>& files, const std::string& name) {
    const Table table = TRY(Table::open(files, name, {"code", "parent", "zh", "en", "ru", "status"}));
    std::vector<ClassNode> nodes;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const ClassStanding standing = TRY(table.standing(row));
        nodes.push_back({table.at(row, "code"), table.at(row, "parent"), table.name(row), standing});
    }
    return nodes;
}

Result<std::vector<ClassEdition>> read_editions(const std::map<std::string, std::string_view>& files) {
    const Table table =
        TRY(Table::open(files, "class_editions.csv", {"tree", "edition", "file", "zh", "en", "ru", "valid_from", "valid_until", "source", "status"}));
    std::vector<ClassEdition> editions;
    for (std::size_t row = 0; row < table.size(); ++row) {
        ClassEdition one{.tree = table.at(row, "tree"), .edition = table.at(row, "edition"), .title = table.name(row), .source = table.at(row, "source")};
        one.valid_from = TRY(table.date(row, "valid_from"));
        one.valid_until = TRY(table.date(row, "valid_until"));
        one.standing = TRY(table.standing(row));
        one.classes = TRY(read_nodes(files, table.at(row, "file")));
        editions.push_back(std::move(one));
    }
    return editions;
}

Result<std::vector<Crossing>> read_crossings(const std::map<std::string, std::string_view>& files) {
    const Table table =
        TRY(Table::open(files, "class_crossings.csv", {"tree", "edition", "code", "relation", "to_tree", "to_edition", "to_code", "source", "status"}));
    std::vector<Crossing> crossings;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto relation = parse_relation(table.at(row, "relation"));
        if (!relation) return table.faulty(row, "relation");
        const ClassStanding standing = TRY(table.standing(row));
        crossings.push_back({{table.at(row, "tree"), table.at(row, "edition"), table.at(row, "code")}, *relation,
            {table.at(row, "to_tree"), table.at(row, "to_edition"), table.at(row, "to_code")}, table.at(row, "source"), standing});
    }
    return crossings;
}

Result<std::vector<PatentRule>> read_rules(const std::map<std::string, std::string_view>& files, const ClassTrees& trees) {
    const Table table = TRY(Table::open(files, "patent_prefixes.csv", {"first", "last", "tree", "edition", "code", "source", "status"}));
    std::vector<PatentRule> rules;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const std::string& last = table.at(row, "last");
        const auto range = parse_patent_range(table.at(row, "first") + (last.empty() ? "" : "-" + last));
        if (!range) return table.faulty(row, "first");
        const ClassStanding standing = TRY(table.standing(row));
        PatentRule rule{range.value(), {table.at(row, "tree"), table.at(row, "edition"), table.at(row, "code")}, table.at(row, "source"), standing};
        if (trees.find(rule.to) == nullptr) return table.faulty(row, "code");
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace

Result<Classes> read_classes(const std::map<std::string, std::string_view>& files) {
    Classes classes;
    std::vector<ClassEdition> editions = TRY(read_editions(files));
    std::vector<Crossing> crossings = TRY(read_crossings(files));
    classes.trees = TRY(ClassTrees::build(std::move(editions), std::move(crossings)));
    classes.patent_rules = TRY(read_rules(files, classes.trees));
    return classes;
}

} // namespace greenbank::library
