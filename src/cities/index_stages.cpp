// index_stages.cpp — one table a stage, in the columns that COINr made usual; weights and results.
#include <algorithm>
#include <numeric>

#include "cities/index_reporting.h"
#include "cities/recipe_records.h"

namespace greenbank::cities {

void Reporting::unit_cells(CsvText& csv, const Table& table, std::size_t row) const {
    csv.cell(unit(table, row).code);
    if (periods) csv.cell(unit(table, row).time);
}

std::vector<std::size_t> Reporting::by_rank() const {
    std::vector<std::size_t> rows(last().rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const std::vector<std::string> times = data.times();
    const auto place = [&](std::size_t row) { return std::find(times.begin(), times.end(), unit(last(), row).time) - times.begin(); };
    const auto rank = [&](std::size_t row) { return known(computed.ranks[row]) ? computed.ranks[row] : 1e300; };
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return place(a) != place(b) ? place(a) < place(b) : rank(a) < rank(b); });
    return rows;
}

void Reporting::stage(const std::string& name, const Table& table) {
    std::string header = unit_columns();
    for (std::size_t k = 0; k < table.columns.size(); ++k) sheets::append_cell(header += ',', code(k));
    CsvText csv(header);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        unit_cells(csv, table, row);
        for (const Column& column : table.columns) csv.cell(column[row]);
        csv.end();
    }
    files[name] = csv.take();
}

namespace {

void statistics(Reporting& r) {
    CsvText csv("iCode,Min,Max,Mean,Median,Std,Skew,Kurt,N.Avail,N.NonZero,N.Unique,N.Same,Frc.Avail,Frc.NonZero,Frc.Unique,Frc.Same,Flag.Avail,Flag.NonZero,"
                "Flag.Unique,Flag.SkewKurt");
    const Table& raw = *r.computed.at(Stage::raw);
    for (std::size_t k = 0; k < raw.columns.size(); ++k) {
        const Distribution now = distribution_of(raw.columns[k]);
        const double available = static_cast<double>(now.available), share = available / static_cast<double>(raw.rows.size());
        const double nonzero = static_cast<double>(now.nonzero) / available, unique = static_cast<double>(now.unique) / available;
        csv.cell(r.code(k)).cell(now.least).cell(now.greatest).cell(now.mean).cell(now.median).cell(now.deviation).cell(now.skewness).cell(now.kurtosis);
        csv.cell(now.available).cell(now.nonzero).cell(now.unique).cell(now.same);
        csv.cell(share).cell(nonzero).cell(unique).cell(static_cast<double>(now.same) / available);
        csv.cell(share < 0.65 ? "LOW" : "ok").cell(nonzero < 0.5 ? "LOW" : "ok").cell(unique < 0.5 ? "LOW" : "ok");
        csv.cell(std::abs(now.skewness) > 2 && now.kurtosis > 3.5 ? "OUT" : "ok").end();
    }
    r.files["raw_stats.csv"] = csv.take();
}

void treatments(Reporting& r) {
    CsvText csv("iCode,SkewBefore,KurtBefore,Winsorised,Transform,SkewAfter,KurtAfter,Settled");
    for (const Treatment& one : r.computed.treatments)
        csv.cell(r.code(one.indicator))
            .cell(one.skewness_before)
            .cell(one.kurtosis_before)
            .cell(one.winsorised)
            .cell(name_of(one.transform))
            .cell(one.skewness_after)
            .cell(one.kurtosis_after)
            .cell(one.settled ? "yes" : "no")
            .end();
    r.files["treatments.csv"] = csv.take();
}

void weights(Reporting& r) {
    CsvText csv("iCode,Level,Weight"), effective("iCode,Level,EffectiveWeight");
    const std::vector<double> shares = effective_weights(r.framework, r.computed.weights);
    for (std::size_t node = 0; node < r.framework.nodes.size(); ++node) {
        const double level = static_cast<double>(r.framework.nodes[node].level);
        csv.cell(r.code(node)).cell(level).cell(r.computed.weights.of_node[node]).end();
        effective.cell(r.code(node)).cell(level).cell(shares[node]).end();
    }
    r.files["weights.csv"] = csv.take();
    r.files["effective_weights.csv"] = effective.take();
    for (const auto& [group, own] : r.computed.own_weights) {
        std::string header = r.unit_columns();
        for (const std::size_t part : r.framework.children[group]) sheets::append_cell(header += ',', r.code(part));
        CsvText table(header);
        for (std::size_t row = 0; row < r.last().rows.size(); ++row) {
            r.unit_cells(table, r.last(), row);
            for (const Column& column : own.weights) table.cell(column[row]);
            table.end();
        }
        r.files["own_weights_" + in_file_name(r.code(group)) + ".csv"] = table.take();
    }
}

/// Best first; from the index down to the indicators.
void results(Reporting& r) {
    std::vector<std::size_t> nodes(r.framework.nodes.size()), rows = r.by_rank();
    std::iota(nodes.begin(), nodes.end(), std::size_t{0});
    std::stable_sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) { return r.framework.nodes[a].level > r.framework.nodes[b].level; });
    std::string header = r.unit_columns() + ",Rank";
    for (const std::size_t node : nodes) sheets::append_cell(header += ',', r.code(node));
    CsvText csv(header);
    for (const std::size_t row : rows) {
        r.unit_cells(csv, r.last(), row);
        csv.cell(r.computed.ranks[row]);
        for (const std::size_t node : nodes) csv.cell(r.last().columns[node][row]);
        csv.end();
    }
    r.files["results_full.csv"] = csv.take();
}

void over_time(Reporting& r) {
    CsvText csv("uCode,Time,Rank,Score,RankChange,ScoreChange"); // since the period before
    const Column& scores = r.last().columns[r.framework.root()];
    for (std::size_t row = 0; row < r.last().rows.size(); ++row) { // units, and within them periods, are in order
        const bool follows = row > 0 && r.unit(r.last(), row - 1).code == r.unit(r.last(), row).code;
        r.unit_cells(csv, r.last(), row);
        csv.cell(r.computed.ranks[row]).cell(scores[row]);
        csv.cell(follows ? r.computed.ranks[row] - r.computed.ranks[row - 1] : missing).cell(follows ? scores[row] - scores[row - 1] : missing).end();
    }
    r.files["results_over_time.csv"] = csv.take();
}

} // namespace

void report_stages(Reporting& r) {
    for (const StageTable& one : r.computed.stages) r.stage(std::string(name_of(one.stage)) + ".csv", one.table);
    statistics(r);
    treatments(r);
    weights(r);
    results(r);
    if (r.periods) over_time(r);
}

} // namespace greenbank::cities
