// normalise.cpp — one function a method.
#include "cities/engine/normalise.h"

#include <algorithm>

namespace greenbank::cities {

namespace {

struct Range {
    double least, greatest;
};

bool needs_spread(Normalisation method) {
    using enum Normalisation;
    return method == min_max || method == z_score || method == distance_to_max || method == distance_to_reference || method == distance_to_target;
}

/// Through Borda's points: how many are worse.
Column by_rank(const Column& column, Normalisation method) {
    Column ranks = ranks_of(column);
    const double count = static_cast<double>(std::count_if(column.begin(), column.end(), known));
    for (double& rank : ranks)
        if (method == Normalisation::borda) rank -= 1;
        else if (method == Normalisation::percentile_rank) rank = (rank - 1) / (count - 1);
    return ranks;
}

class Normaliser {
public:
    Normaliser(const Context& context, const Normalise& how, Table& table, Problems& problems) :
        context_(context), how_(how), table_(table), problems_(problems) {}

    void run() {
        for (std::size_t k = 0; k < table_.columns.size(); ++k) {
            Normalisation method = how_.method;
            for (const NormaliseException& one : how_.exceptions)
                if (one.indicator == context_.code(k)) method = one.method;
            if (method != Normalisation::none) indicator(k, method);
        }
    }

private:
    void indicator(std::size_t k, Normalisation method) {
        Column& column = table_.columns[k];
        for (double& number : column) number *= context_.framework.nodes[k].direction;
        Range range = {missing, missing};
        for (const double number : column) {
            if (!known(number)) continue;
            if (!(number >= range.least)) range.least = number;
            if (!(number <= range.greatest)) range.greatest = number;
        }
        if (!known(range.least)) return fault(k, "cities.index_all_missing", "The indicator has no number at all; take it out of the table of indicators.");
        if (range.least == range.greatest && needs_spread(method))
            return fault(k, "cities.index_zero_variance",
                "At normalise: all units have the same number, so nothing tells them apart; take the indicator out, or use goalposts or ranks.");
        switch (method) {
        case Normalisation::none: return;
        case Normalisation::min_max:
            return each(column, [&](double x) { return (x - range.least) / (range.greatest - range.least) * (how_.to - how_.from) + how_.from; });
        case Normalisation::z_score: {
            const Distribution now = distribution_of(column);
            return each(column, [&](double x) { return (x - now.mean) / now.deviation * how_.deviation + how_.mean; });
        }
        case Normalisation::scaled: return each(column, [&](double x) { return (x - how_.low) / (how_.high - how_.low) * 100; });
        case Normalisation::rank:
        case Normalisation::borda:
        case Normalisation::percentile_rank: column = by_rank(column, method); return;
        case Normalisation::distance_to_max: return each(column, [&](double x) { return 1 - (range.greatest - x) / (range.greatest - range.least); });
        case Normalisation::distance_to_reference: return to_reference(k, range);
        case Normalisation::distance_to_target: return to_target(k, range);
        case Normalisation::goalposts: return between_goalposts(k);
        case Normalisation::fraction_of_max: // 0 / 0 is no number; -1 / -0 is infinite
            return each(column, [&](double x) { return x / range.greatest; });
        }
    }

    template <class Change> void each(Column& column, Change change) {
        for (double& number : column)
            if (known(number)) number = change(number);
    }

    /// 1 at the reference unit, above 1 beyond it.
    void to_reference(std::size_t k, const Range& range) {
        Column& column = table_.columns[k];
        double reference = missing;
        for (std::size_t i = 0; i < table_.rows.size(); ++i)
            if (context_.data.units[table_.rows[i]].code == how_.reference) reference = column[i]; // of several periods the last
        if (!known(reference))
            return fault(
                k, "cities.index_reference_missing", "At normalise: the reference unit {unit} is not there or has no number here.", {{"unit", how_.reference}});
        if (reference == range.least)
            return fault(k, "cities.index_reference_least",
                "At normalise: the reference unit {unit} is the worst of all here, so no distance to it can be told.", {{"unit", how_.reference}});
        each(column, [&](double x) { return 1 - (reference - x) / (reference - range.least); });
    }

    /// 1 from the target on.
    void to_target(std::size_t k, const Range& range) {
        const Node& node = context_.framework.nodes[k];
        if (!node.target) return fault(k, "cities.index_target_missing", "At normalise: the indicator has no Target in the table of indicators.");
        const double target = *node.target * node.direction;
        if (target <= range.least)
            return fault(k, "cities.index_target_least", "At normalise: every unit has reached the target, so no distance to it can be told.");
        each(table_.columns[k], [&](double x) { return std::min(1.0, 1 - (target - x) / (target - range.least)); });
    }

    void between_goalposts(std::size_t k) {
        const auto post = std::find_if(how_.goalposts.begin(), how_.goalposts.end(), [&](const Goalpost& one) { return one.indicator == context_.code(k); });
        if (post == how_.goalposts.end()) return fault(k, "cities.index_goalpost_missing", "At normalise: give goalposts, low and high, for this indicator.");
        double low = post->low, high = post->high;
        if (context_.framework.nodes[k].direction < 0) std::tie(low, high) = std::pair(-high, -low);
        each(table_.columns[k], [&](double x) { return std::clamp((x - low) / (high - low), 0.0, 1.0) * (how_.to - how_.from) + how_.from; });
    }

    void fault(std::size_t k, std::string code, std::string sentence, std::vector<Parameter> parameters = {}) {
        problems_.push_back({context_.code(k), std::move(code), std::move(sentence), std::move(parameters)});
    }

    const Context& context_;
    const Normalise& how_;
    Table& table_;
    Problems& problems_;
};

} // namespace

void normalise(const Context& context, const Normalise& how, Table& table, Problems& problems) { Normaliser(context, how, table, problems).run(); }

void check_finite(const Context& context, const Table& table, Problems& problems) {
    for (std::size_t k = 0; k < table.columns.size(); ++k)
        if (std::any_of(table.columns[k].begin(), table.columns[k].end(), [](double x) { return std::isinf(x); }))
            problems.push_back({context.code(k), "cities.index_infinite",
                "At normalise: its greatest number, signs turned where less is better, is 0, and nothing is a fraction of 0; use another method here."});
}

} // namespace greenbank::cities
