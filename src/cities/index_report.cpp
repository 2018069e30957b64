// index_report.cpp — one table a stage, in the columns that COINr made usual; then analyses, alternatives, uncertainty; then what matters, as JSON.
#include "cities/index_report.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "cities/engine/association.h"
#include "cities/engine/uncertainty.h"
#include "cities/recipe_records.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::cities {

namespace {

/// Rows of a CSV file; a number is the shortest text that reads back the same.
class Csv {
public:
    explicit Csv(std::string header) : text_(std::move(header)) { text_ += '\n'; }

    Csv& cell(std::string_view text) {
        comma();
        sheets::append_cell(text_, text);
        return *this;
    }
    Csv& cell(double number) {
        comma();
        if (std::isinf(number)) text_ += number > 0 ? "Inf" : "-Inf";
        else if (known(number)) fmt::format_to(std::back_inserter(text_), "{}", number == 0 ? 0 : number);
        return *this;
    }
    Csv& cell(std::size_t number) { return cell(static_cast<double>(number)); }
    void end() {
        text_ += '\n';
        first_ = true;
    }
    std::string take() { return std::move(text_); }

private:
    void comma() {
        if (!first_) text_ += ',';
        first_ = false;
    }
    std::string text_;
    bool first_ = true;
};

/// A code within a file's name.
std::string in_file_name(std::string_view code) {
    std::string name;
    for (const char c : code) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
        else name += byte <= 0x20 || c == '/' || c == '\\' || c == '.' ? '_' : c;
    }
    return name;
}

std::string capital(std::string_view word) {
    std::string text(word);
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

class Reporter {
public:
    Reporter(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed, unsigned threads) :
        framework_(framework), data_(data), recipe_(recipe), computed_(computed), threads_(threads), periods_(data.times().size() > 1) {}

    Result<Files> run() {
        for (const StageTable& one : computed_.stages) stage(std::string(name_of(one.stage)) + ".csv", one.table);
        statistics();
        treatments();
        weights();
        results();
        summary_.begin_object().member("name", recipe_.name).member("edition", recipe_.edition).member("status", name_of(recipe_.status));
        ranking();
        if (periods_) over_time();
        TRY(analyses());
        alternatives();
        TRY(what_if());
        if (recipe_.remove_one) remove_one();
        if (recipe_.uncertainty) TRY(uncertainty());
        summary_.key("notes").begin_list();
        for (const std::string& note : notes_) summary_.text(note);
        summary_.end_list().end_object();
        files_["summary.json"] = indented(summary_.take()) + "\n";
        return std::move(files_);
    }

private:
    const std::string& code(std::size_t node) const { return framework_.nodes[node].code; }
    const Unit& unit(const Table& table, std::size_t row) const { return data_.units[table.rows[row]]; }
    std::string unit_columns() const { return periods_ ? "uCode,Time" : "uCode"; }
    void unit_cells(Csv& csv, const Table& table, std::size_t row) const {
        csv.cell(unit(table, row).code);
        if (periods_) csv.cell(unit(table, row).time);
    }
    const Table& last() const { return computed_.last(); }

    void stage(const std::string& name, const Table& table) {
        std::string header = unit_columns();
        for (std::size_t k = 0; k < table.columns.size(); ++k) sheets::append_cell(header += ',', code(k));
        Csv csv(header);
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            unit_cells(csv, table, row);
            for (const Column& column : table.columns) csv.cell(column[row]);
            csv.end();
        }
        files_[name] = csv.take();
    }

    void statistics() {
        Csv csv("iCode,Min,Max,Mean,Median,Std,Skew,Kurt,N.Avail,N.NonZero,N.Unique,N.Same,Frc.Avail,Frc.NonZero,Frc.Unique,Frc.Same,Flag.Avail,Flag.NonZero,"
                "Flag.Unique,Flag.SkewKurt");
        const Table& raw = *computed_.at(Stage::raw);
        for (std::size_t k = 0; k < raw.columns.size(); ++k) {
            const Distribution now = distribution_of(raw.columns[k]);
            const double available = static_cast<double>(now.available), share = available / static_cast<double>(raw.rows.size());
            const double nonzero = static_cast<double>(now.nonzero) / available, unique = static_cast<double>(now.unique) / available;
            csv.cell(code(k)).cell(now.least).cell(now.greatest).cell(now.mean).cell(now.median).cell(now.deviation).cell(now.skewness).cell(now.kurtosis);
            csv.cell(now.available).cell(now.nonzero).cell(now.unique).cell(now.same);
            csv.cell(share).cell(nonzero).cell(unique).cell(static_cast<double>(now.same) / available);
            csv.cell(share < 0.65 ? "LOW" : "ok").cell(nonzero < 0.5 ? "LOW" : "ok").cell(unique < 0.5 ? "LOW" : "ok");
            csv.cell(std::abs(now.skewness) > 2 && now.kurtosis > 3.5 ? "OUT" : "ok").end();
        }
        files_["raw_stats.csv"] = csv.take();
    }

    void treatments() {
        Csv csv("iCode,SkewBefore,KurtBefore,Winsorised,Transform,SkewAfter,KurtAfter,Settled");
        for (const Treatment& one : computed_.treatments)
            csv.cell(code(one.indicator))
                .cell(one.skewness_before)
                .cell(one.kurtosis_before)
                .cell(one.winsorised)
                .cell(name_of(one.transform))
                .cell(one.skewness_after)
                .cell(one.kurtosis_after)
                .cell(one.settled ? "yes" : "no")
                .end();
        files_["treatments.csv"] = csv.take();
    }

    void weights() {
        Csv csv("iCode,Level,Weight"), effective("iCode,Level,EffectiveWeight");
        const std::vector<double> shares = effective_weights(framework_, computed_.weights);
        for (std::size_t node = 0; node < framework_.nodes.size(); ++node) {
            const double level = static_cast<double>(framework_.nodes[node].level);
            csv.cell(code(node)).cell(level).cell(computed_.weights.of_node[node]).end();
            effective.cell(code(node)).cell(level).cell(shares[node]).end();
        }
        files_["weights.csv"] = csv.take();
        files_["effective_weights.csv"] = effective.take();
        for (const auto& [group, own] : computed_.own_weights) {
            std::string header = unit_columns();
            for (const std::size_t part : framework_.children[group]) sheets::append_cell(header += ',', code(part));
            Csv table(header);
            for (std::size_t row = 0; row < last().rows.size(); ++row) {
                unit_cells(table, last(), row);
                for (const Column& column : own.weights) table.cell(column[row]);
                table.end();
            }
            files_["own_weights_" + in_file_name(code(group)) + ".csv"] = table.take();
        }
    }

    /// Best first; from the index down to the indicators.
    void results() {
        std::vector<std::size_t> nodes(framework_.nodes.size()), rows = by_rank();
        std::iota(nodes.begin(), nodes.end(), std::size_t{0});
        std::stable_sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) { return framework_.nodes[a].level > framework_.nodes[b].level; });
        std::string header = unit_columns() + ",Rank";
        for (const std::size_t node : nodes) sheets::append_cell(header += ',', code(node));
        Csv csv(header);
        for (const std::size_t row : rows) {
            unit_cells(csv, last(), row);
            csv.cell(computed_.ranks[row]);
            for (const std::size_t node : nodes) csv.cell(last().columns[node][row]);
            csv.end();
        }
        files_["results_full.csv"] = csv.take();
    }

    std::vector<std::size_t> by_rank() const {
        std::vector<std::size_t> rows(last().rows.size());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        const std::vector<std::string> times = data_.times();
        const auto place = [&](std::size_t row) { return std::find(times.begin(), times.end(), unit(last(), row).time) - times.begin(); };
        const auto rank = [&](std::size_t row) { return known(computed_.ranks[row]) ? computed_.ranks[row] : 1e300; };
        std::stable_sort(
            rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return place(a) != place(b) ? place(a) < place(b) : rank(a) < rank(b); });
        return rows;
    }

    void ranking() {
        summary_.member("units", static_cast<std::int64_t>(last().rows.size())).member("indicators", static_cast<std::int64_t>(framework_.indicators));
        summary_.key("treated").begin_list();
        for (const Treatment& one : computed_.treatments) summary_.text(code(one.indicator));
        summary_.end_list().key("consistency_ratios").begin_object();
        for (const Consistency& one : computed_.weights.consistency) summary_.member(code(one.group), one.ratio);
        summary_.end_object().key("ranking").begin_list();
        for (const std::size_t row : by_rank()) {
            summary_.begin_object().member("unit", unit(last(), row).code);
            if (periods_) summary_.member("time", unit(last(), row).time);
            summary_.key("rank").real(computed_.ranks[row]).member("score", last().columns[framework_.root()][row]).end_object();
        }
        summary_.end_list();
    }

    void over_time() {
        Csv csv("uCode,Time,Rank,Score,RankChange,ScoreChange"); // since the period before
        const Column& scores = last().columns[framework_.root()];
        for (std::size_t row = 0; row < last().rows.size(); ++row) { // units, and within them periods, are in order
            const bool follows = row > 0 && unit(last(), row - 1).code == unit(last(), row).code;
            unit_cells(csv, last(), row);
            csv.cell(computed_.ranks[row]).cell(scores[row]);
            csv.cell(follows ? computed_.ranks[row] - computed_.ranks[row - 1] : missing).cell(follows ? scores[row] - scores[row - 1] : missing).end();
        }
        files_["results_over_time.csv"] = csv.take();
    }

    struct Parts {
        std::string group;
        std::vector<std::string> codes; // in the order of the alphabet
        Columns columns;
    };
    Result<Parts> parts_of(const GroupAtStage& what) const {
        const auto group = framework_.find(what.group);
        if (!group || *group < framework_.indicators)
            return Error{Failure::invalid, "cities.index_aggregate_unknown", "To analyse {group}: there is no such aggregate in the table of indicators.",
                {{"group", what.group}}};
        const Table* table = computed_.at(what.stage);
        std::vector<std::size_t> nodes = framework_.children[*group];
        std::sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) { return code(a) < code(b); });
        if (!table || std::any_of(nodes.begin(), nodes.end(), [&](std::size_t node) { return node >= table->columns.size(); }))
            return Error{Failure::invalid, "cities.index_stage_missing",
                "To analyse {group}: the stage {stage} is not in the recipe, or does not have its parts.",
                {{"group", what.group}, {"stage", std::string(name_of(what.stage))}}};
        Parts parts{what.group, {}, {}};
        for (const std::size_t node : nodes) {
            parts.codes.push_back(code(node));
            parts.columns.push_back(table->columns[node]);
        }
        return parts;
    }

    Result<Done> analyses() {
        for (const GroupAtStage& what : recipe_.analyse.correlations) {
            const Parts parts = TRY(parts_of(what));
            for (const auto& [method, name] :
                {std::pair{Correlation::pearson, "pearson"}, {Correlation::spearman, "spearman"}, {Correlation::kendall, "kendall"}}) {
                Csv csv("Var1,Var2,Correlation");
                for (std::size_t j = 0; j < parts.codes.size(); ++j)
                    for (std::size_t i = 0; i < parts.codes.size(); ++i)
                        csv.cell(parts.codes[i]).cell(parts.codes[j]).cell(i == j ? 1 : correlation_of(parts.columns[i], parts.columns[j], method)).end();
                files_[fmt::format("corr_{}_{}.csv", in_file_name(what.group), name)] = csv.take();
            }
        }
        for (const GroupAtStage& what : recipe_.analyse.components) TRY(components(what));
        if (recipe_.analyse.reliability.empty()) return Done{};
        Csv csv("what,alpha");
        for (const GroupAtStage& what : recipe_.analyse.reliability)
            csv.cell(capital(name_of(what.stage)) + "." + what.group).cell(cronbach_of(TRY(parts_of(what)).columns)).end();
        files_["cronbach.csv"] = csv.take();
        return Done{};
    }

    Result<Done> components(const GroupAtStage& what) {
        const Parts parts = TRY(parts_of(what));
        const auto found = components_of(parts.columns, parts.codes);
        if (!found) {
            notes_.push_back(fmt::format("{} has no principal components: a part does not vary, or fewer than three units have all.", what.group));
            return Done{};
        }
        std::string header = "ind";
        Csv deviations("sdev");
        for (std::size_t k = 0; k < found->deviations.size(); ++k) {
            header += fmt::format(",PC{}", k + 1);
            deviations.cell(found->deviations[k]).end();
        }
        Csv rotation(header);
        for (std::size_t i = 0; i < parts.codes.size(); ++i) {
            rotation.cell(parts.codes[i]);
            for (const auto& loadings : found->loadings) rotation.cell(loadings[i]);
            rotation.end();
        }
        files_[fmt::format("pca_{}_sdev.csv", in_file_name(what.group))] = deviations.take();
        files_[fmt::format("pca_{}_rotation.csv", in_file_name(what.group))] = rotation.take();
        return Done{};
    }

    /// Ranks by the rows of the last stage.
    Column placed(const Computed& other) const {
        Column ranks(last().rows.size(), missing);
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            const auto found = std::find(other.last().rows.begin(), other.last().rows.end(), last().rows[i]);
            if (found != other.last().rows.end()) ranks[i] = other.ranks[static_cast<std::size_t>(found - other.last().rows.begin())];
        }
        return ranks;
    }

    void rank_table(const std::string& name, const std::vector<std::string>& titles, const Columns& ranks) {
        std::string header = unit_columns() + ",Rank";
        for (const std::string& title : titles) sheets::append_cell(header += ',', title);
        Csv csv(header);
        for (const std::size_t row : by_rank()) {
            unit_cells(csv, last(), row);
            csv.cell(computed_.ranks[row]);
            for (const Column& column : ranks) csv.cell(column[row]);
            csv.end();
        }
        files_[name] = csv.take();
    }

    void alternatives() {
        std::vector<std::string> titles;
        Columns ranks;
        for (const Alternative& one : recipe_.alternatives) {
            Recipe other = recipe_;
            if (one.normalise) other.steps.back().normalise = one.normalise;
            if (one.aggregate) other.aggregate = *one.aggregate;
            const auto steps = compute_steps(framework_, data_, other);
            if (steps && one.normalise) stage("norm_" + one.name + ".csv", steps.value().last());
            const auto computed = compute(framework_, data_, other);
            if (!computed) { // one that cannot be is told and hinders no other
                for (const Problem& problem : computed.error().problems)
                    notes_.push_back(fmt::format("{}: {}: {}", one.name, problem.field, fill_in(problem.message, problem.parameters)));
                continue;
            }
            stage("agg_" + one.name + ".csv", computed.value().last());
            titles.push_back(one.name);
            ranks.push_back(placed(computed.value()));
        }
        if (!titles.empty()) rank_table("alternatives.csv", titles, ranks);
    }

    Result<Done> what_if() {
        std::vector<std::string> titles;
        Columns ranks;
        for (const WhatIf& one : recipe_.what_if) {
            const Dataset data = TRY(changed(framework_, data_, one));
            titles.push_back(one.name);
            ranks.push_back(placed(TRY(compute(framework_, data, recipe_))));
        }
        if (!titles.empty()) rank_table("what_if.csv", titles, ranks);
        return Done{};
    }

    void remove_one() {
        Csv csv("iCode,Level,MeanRankShift,GreatestRankShift,MovedMost");
        for (const RankShift& one : remove_each(framework_, data_, recipe_, computed_))
            csv.cell(code(one.node))
                .cell(static_cast<double>(framework_.nodes[one.node].level))
                .cell(one.mean)
                .cell(one.greatest)
                .cell(one.greatest > 0 ? unit(last(), one.moved_most).code : "")
                .end();
        files_["remove_one.csv"] = csv.take();
    }

    Result<Done> uncertainty() {
        const Uncertainty& how = *recipe_.uncertainty;
        const auto seed = static_cast<std::uint64_t>(how.seed);
        const ChoiceSpace choices = TRY(ChoiceSpace::prepare(framework_, data_, recipe_, computed_));
        const Columns ranks = draw_ranks(choices, seed, static_cast<std::size_t>(how.samples), threads_);
        Csv csv(unit_columns() + ",Rank,Mean,Median,Low5,High95,Best,Worst,ShareAsComputed");
        for (const std::size_t row : by_rank()) {
            const RankSummary one = summary_of(ranks, row, computed_.ranks[row]);
            unit_cells(csv, last(), row);
            csv.cell(computed_.ranks[row]).cell(one.mean).cell(one.median).cell(one.low_5).cell(one.high_95).cell(one.best).cell(one.worst);
            csv.cell(one.as_computed).end();
        }
        files_["uncertainty.csv"] = csv.take();
        summary_.key("uncertainty").begin_object().member("samples", how.samples).member("seed", how.seed).key("factors").begin_list();
        for (const std::string& factor : choices.factors()) summary_.text(factor);
        summary_.end_list().end_object();
        if (how.sensitivity_samples == 0) return Done{};
        const auto found = sensitivity_of(choices, seed, static_cast<std::size_t>(how.sensitivity_samples), threads_);
        Csv table((periods_ ? "Output,Time" : "Output") + std::string(",Factor,First,FirstError,Total,TotalError"));
        for (std::size_t output = 0; output < found.size(); ++output)
            for (std::size_t factor = 0; factor < choices.factors().size(); ++factor) {
                if (output > 0) unit_cells(table, last(), output - 1);
                else table.cell("mean rank shift");
                if (output == 0 && periods_) table.cell("");
                table.cell(choices.factors()[factor]).cell(found[output].first[factor]).cell(found[output].first_error[factor]);
                table.cell(found[output].total[factor]).cell(found[output].total_error[factor]).end();
            }
        files_["sensitivity.csv"] = table.take();
        return Done{};
    }

    const Framework& framework_;
    const Dataset& data_;
    const Recipe& recipe_;
    const Computed& computed_;
    const unsigned threads_;
    const bool periods_;
    Files files_;
    JsonWriter summary_;
    std::vector<std::string> notes_;
};

} // namespace

Result<Files> report(const Framework& framework, const Dataset& data, const Recipe& recipe, unsigned threads) {
    const Computed computed = TRY(compute(framework, data, recipe));
    return Reporter(framework, data, recipe, computed, threads).run();
}

} // namespace greenbank::cities
