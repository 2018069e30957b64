// index_reporting.h — what the parts of a report share: the computed index, and the files as they come.
#pragma once

#include "cities/index_csv.h"
#include "cities/index_report.h"

namespace greenbank::cities {

struct Reporting {
    const Framework& framework;
    const Dataset& data;
    const Recipe& recipe;
    const Computed& computed;
    unsigned threads = 1;
    bool periods = false; // several of them
    Files files = {};
    std::vector<std::string> notes = {};   // in English, for summary.json
    std::vector<std::string> factors = {}; // of the uncertainty

    const std::string& code(std::size_t node) const { return framework.nodes[node].code; }
    const Table& last() const { return computed.last(); }
    const Unit& unit(const Table& table, std::size_t row) const { return data.units[table.rows[row]]; }
    std::string unit_columns() const { return periods ? "uCode,Time" : "uCode"; }
    void unit_cells(CsvText& csv, const Table& table, std::size_t row) const;
    /// Rows of the last stage: by period, the best first.
    std::vector<std::size_t> by_rank() const;
    /// A table with a column for each node that it has.
    void stage(const std::string& name, const Table& table);
};

/// One part of the report each.
void report_stages(Reporting& r);             // index_stages.cpp
Result<Done> report_analyses(Reporting& r);   // index_analyses.cpp
Result<Done> report_robustness(Reporting& r); // index_robustness.cpp

} // namespace greenbank::cities
