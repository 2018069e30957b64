// tables.h — the CSV files of a folder that describes a network: components by their name, cells as numbers and flags, series of snapshots. What is
// wrong is told by file, line and column, all of it at once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/csv.h"
#include "kernel/record.h"
#include "planning/engine/network/network.h"

namespace greenbank::planning::network {

/// "inf", "-inf" and what is a number; nothing for anything else.
std::optional<double> parse_number(std::string_view text);

class FolderTables {
protected:
    explicit FolderTables(const std::map<std::string, std::string>& files) : files_(files) {}

    struct Table {
        std::string file;
        Csv csv;
        std::map<std::string, std::size_t, std::less<>> rows; // by name
        std::vector<std::string> names;
    };

    void problem(std::string place, std::string code, std::string sentence, std::vector<Parameter> parameters = {});
    /// Where a fault is: "generators.csv line 3: bus".
    static std::string place(const Table& table, std::size_t row, std::string_view column);

    std::optional<Csv> csv_of(const std::string& file);
    /// A table of components: the first column is the name.
    std::optional<Table> table_of(const std::string& file);

    static std::string_view cell(const Table& table, std::size_t row, std::string_view column);
    double number(const Table& table, std::size_t row, std::string_view column, double otherwise, double low = -endless, double high = endless);
    double finite(const Table& table, std::size_t row, std::string_view column, double otherwise, double low = -1e15, double high = 1e15);
    bool flag(const Table& table, std::size_t row, std::string_view column, bool otherwise);

    /// The series of a component's table, which varying() then takes. Every column that is no component is told once.
    void read_series(const std::string& component, const Table& table);
    Varying varying(const Table& table, std::size_t row, const std::string& attribute, double otherwise, double low = -1e15, double high = 1e15);

    const std::map<std::string, std::string>& files_;
    std::set<std::string> used_;
    std::vector<std::pair<std::string, std::string>> snapshots_; // what the rows of each series are of, and what their own rows begin with
    Problems problems_;

private:
    /// The first row that is of another snapshot than its place says; as many as there are: none.
    std::size_t first_of_another(const Csv& csv) const;

    std::map<std::string, std::map<std::string, std::vector<double>>> series_; // of the table at hand: attribute, name
    std::size_t cells_ = 0;
};

} // namespace greenbank::planning::network
