// uncertainty.cpp — all tables that the choices lead to are made once; a sample then costs weights, the way up and ranks.
#include "cities/engine/uncertainty.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>

#include "kernel/philox.h"

namespace greenbank::cities {

namespace {

/// The recipe with these parts in place of its own; a step that it did not have is not made up.
Recipe with(const Recipe& recipe, const Impute* impute, const Treat* treat, const Normalise* normalise) {
    Recipe other = recipe;
    for (Step& step : other.steps) {
        if (step.impute && impute) step.impute = *impute;
        if (step.treat && treat) step.treat = *treat;
        if (step.normalise && normalise) step.normalise = *normalise;
    }
    return other;
}

template <class Choice> const Choice* choice_at(const std::vector<Choice>& list, std::size_t i) { return list.empty() ? nullptr : &list[i]; }

std::size_t chosen(double point, std::size_t count) { return std::min(static_cast<std::size_t>(point * static_cast<double>(count)), count - 1); }

/// Each number from 0 on is worked on once, by some thread.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    const auto loop = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(loop);
    loop();
    for (std::thread& other : others) other.join();
}

/// A point of the cube; `half` tells the two independent samples of Sobol's design apart.
std::vector<double> point_of(std::uint64_t seed, std::size_t sample, std::size_t factors, std::uint64_t half = 0) {
    std::vector<double> point(factors);
    for (std::size_t f = 0; f < factors; ++f) point[f] = uniform_pair(seed, sample, half << 32 | f >> 1)[f & 1];
    return point;
}

} // namespace

Result<ChoiceSpace> ChoiceSpace::prepare(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed) {
    ChoiceSpace made;
    made.framework_ = &framework;
    made.data_ = &data;
    made.how_ = recipe.uncertainty.value_or(Uncertainty{});
    const Uncertainty& how = made.how_;
    made.rows_ = computed.last().rows;
    made.nominal_ = computed.ranks;
    made.weighs_ = how.weigh.empty() ? std::vector{recipe.weigh} : how.weigh;
    made.aggregates_ = how.aggregate.empty() ? std::vector{recipe.aggregate} : how.aggregate;
    const auto several = [&](const auto& list, const char* name) {
        if (!list.empty()) made.factors_.push_back(name);
        return std::max<std::size_t>(list.size(), 1);
    };
    made.imputes_ = several(how.impute, "impute");
    made.treats_ = several(how.treat, "treat");
    made.normalises_ = several(how.normalise, "normalise");
    several(how.weigh, "weigh");
    several(how.aggregate, "aggregate");
    for (const WeightSpread& one : how.weights) made.factors_.push_back("weights of level " + std::to_string(one.level));
    if (how.leave_one_out) made.factors_.push_back("leave one out");
    Problems problems;
    const auto tell = [&](const std::string& where, Problems found) {
        for (Problem& one : found) {
            one.field = where + ": " + one.field;
            problems.push_back(std::move(one));
        }
    };
    const auto number = [](const char* name, std::size_t i) { return std::string(name) + "[" + std::to_string(i) + "]"; };
    if (made.factors_.empty())
        problems.push_back(
            {"uncertainty", "cities.index_no_factor", "Nothing is uncertain here; give at least one list of choices, a spread of weights or leave_one_out."});
    std::vector<Weights> prepared;
    for (std::size_t w = 0; w < made.weighs_.size(); ++w) {
        Problems found;
        prepared.push_back(prepare_weights(framework, made.weighs_[w], found));
        tell("uncertainty: " + number("weigh", w), std::move(found));
    }
    for (std::size_t i = 0; i < made.imputes_ && problems.empty(); ++i)
        for (std::size_t t = 0; t < made.treats_; ++t)
            for (std::size_t n = 0; n < made.normalises_; ++n) {
                const std::string where = "uncertainty: " + number("impute", i) + ", " + number("treat", t) + ", " + number("normalise", n);
                const auto steps = compute_steps(framework, data, with(recipe, choice_at(how.impute, i), choice_at(how.treat, t), choice_at(how.normalise, n)));
                if (!steps) {
                    tell(where, steps.error().problems);
                    continue;
                }
                const Table& table = steps.value().last();
                Problems infinite;
                check_finite({framework, data}, table, infinite);
                tell(where, std::move(infinite));
                Combination& combination = made.combinations_.emplace_back(Combination{table.columns, table.rows, {}});
                for (std::size_t w = 0; w < made.weighs_.size(); ++w)
                    for (std::size_t a = 0; a < made.aggregates_.size(); ++a) {
                        Columns columns = table.columns;
                        Weights& weights = combination.weights.emplace_back(prepared[w]);
                        Problems found;
                        const auto faults = Aggregating{framework, made.weighs_[w], made.aggregates_[a]}.run(columns, weights, found);
                        if (!faults.empty()) // one is enough to say
                            found.push_back({Context{framework, data}.place(table, faults[0].row, faults[0].part), "cities.index_mean_impossible",
                                "At aggregate: {group} cannot be made this way, for this number is 0 or below; normalise to 1 … 100, or take the arithmetic "
                                "mean.",
                                {{"group", framework.nodes[faults[0].group].code}}});
                        tell(where + ", " + number("weigh", w) + ", " + number("aggregate", a), std::move(found));
                    }
            }
    if (!problems.empty())
        return Error{
            Failure::invalid, "cities.index_not_possible", "The recipe cannot be carried out with these data; each reason is named.", {}, std::move(problems)};
    return made;
}

Column ChoiceSpace::ranks_at(const std::vector<double>& point) const {
    std::size_t factor = 0;
    const auto choose = [&](bool uncertain, std::size_t count) { return uncertain ? chosen(point[factor++], count) : 0; };
    const std::size_t impute = choose(!how_.impute.empty(), imputes_), treat = choose(!how_.treat.empty(), treats_);
    const std::size_t normalise = choose(!how_.normalise.empty(), normalises_), weigh = choose(!how_.weigh.empty(), weighs_.size());
    const std::size_t aggregate = choose(!how_.aggregate.empty(), aggregates_.size());
    const Combination& table = combinations_[(impute * treats_ + treat) * normalises_ + normalise];
    Weights weights = table.weights[weigh * aggregates_.size() + aggregate];
    for (const WeightSpread& one : how_.weights) {
        // One number of the cube stands for a whole set of weights, which it is the key of.
        const auto set = std::bit_cast<std::uint64_t>(point[factor++]);
        for (std::size_t node = 0; node < framework_->root(); ++node)
            if (framework_->nodes[node].level == one.level)
                weights.of_node[node] *= 1 + one.spread * (2 * uniform_pair(static_cast<std::uint64_t>(one.level), set, node)[0] - 1);
    }
    if (how_.leave_one_out) {
        const std::size_t left_out = chosen(point[factor++], framework_->indicators + 1);
        if (left_out < framework_->indicators) weights = without(*framework_, std::move(weights), left_out);
    }
    thread_local Columns columns; // keeps its memory from sample to sample
    columns.resize(framework_->nodes.size());
    for (std::size_t k = 0; k < table.normalised.size(); ++k) columns[k] = table.normalised[k];
    Problems problems;
    Aggregating{*framework_, weighs_[weigh], aggregates_[aggregate], true}.run(columns, weights, problems);
    const Column ranks = ranks_within_periods(*data_, table.rows, columns[framework_->root()]);
    if (table.rows == rows_) return ranks;
    Column placed(rows_.size(), missing);
    for (std::size_t i = 0, j = 0; i < rows_.size(); ++i) { // both are in order
        while (j < table.rows.size() && table.rows[j] < rows_[i]) ++j;
        if (j < table.rows.size() && table.rows[j] == rows_[i]) placed[i] = ranks[j];
    }
    return placed;
}

Columns draw_ranks(const ChoiceSpace& choices, std::uint64_t seed, std::size_t samples, unsigned threads) {
    Columns ranks(samples);
    in_parallel(samples, threads, [&](std::size_t sample) { ranks[sample] = choices.ranks_at(point_of(seed, sample, choices.factors().size())); });
    return ranks;
}

RankSummary summary_of(const Columns& ranks_by_sample, std::size_t row, double nominal) {
    Column sorted;
    for (const Column& ranks : ranks_by_sample)
        if (known(ranks[row])) sorted.push_back(ranks[row]);
    if (sorted.empty()) return {missing, missing, missing, missing, missing, missing, 0};
    std::sort(sorted.begin(), sorted.end());
    const auto as_computed = std::count(sorted.begin(), sorted.end(), nominal);
    return {mean_of(sorted), quantile_of(sorted, 0.5), quantile_of(sorted, 0.05), quantile_of(sorted, 0.95), sorted.front(), sorted.back(),
        static_cast<double>(as_computed) / static_cast<double>(ranks_by_sample.size())};
}

std::vector<Sensitivity> sobol(const std::function<std::vector<double>(const std::vector<double>&)>& outputs_at, std::size_t factors, std::uint64_t seed,
    std::size_t base, unsigned threads) {
    // Of each base sample: a, b, and a with each factor in turn from b.
    std::vector<std::vector<std::vector<double>>> values(base, std::vector<std::vector<double>>(factors + 2));
    in_parallel(base, threads, [&](std::size_t sample) {
        const std::vector<double> a = point_of(seed, sample, factors, 0), b = point_of(seed, sample, factors, 1);
        values[sample][0] = outputs_at(a);
        values[sample][1] = outputs_at(b);
        for (std::size_t f = 0; f < factors; ++f) {
            std::vector<double> mixed = a;
            mixed[f] = b[f];
            values[sample][f + 2] = outputs_at(mixed);
        }
    });
    const std::size_t outputs = base > 0 ? values[0][0].size() : 0;
    const double n = static_cast<double>(base);
    std::vector<Sensitivity> found(outputs);
    for (std::size_t k = 0; k < outputs; ++k) {
        Sensitivity& one = found[k];
        for (const auto& sample : values) one.mean += (sample[0][k] + sample[1][k]) / (2 * n);
        for (const auto& sample : values)
            one.variance += ((sample[0][k] - one.mean) * (sample[0][k] - one.mean) + (sample[1][k] - one.mean) * (sample[1][k] - one.mean)) / (2 * n);
        for (std::size_t f = 0; f < factors; ++f) {
            double first = 0, first_squares = 0, total = 0, total_squares = 0;
            for (const auto& sample : values) {
                const double a = sample[0][k] - one.mean, b = sample[1][k] - one.mean, mixed = sample[f + 2][k] - one.mean;
                const double part = b * (mixed - a) / one.variance, whole = (a - mixed) * (a - mixed) / (2 * one.variance);
                first += part / n;
                first_squares += part * part / n;
                total += whole / n;
                total_squares += whole * whole / n;
            }
            const bool varies = one.variance > 0;
            one.first.push_back(varies ? first : missing);
            one.total.push_back(varies ? total : missing);
            one.first_error.push_back(varies ? std::sqrt(std::max(0.0, first_squares - first * first) / n) : missing);
            one.total_error.push_back(varies ? std::sqrt(std::max(0.0, total_squares - total * total) / n) : missing);
        }
    }
    return found;
}

std::vector<Sensitivity> sensitivity_of(const ChoiceSpace& choices, std::uint64_t seed, std::size_t base, unsigned threads) {
    const auto outputs_at = [&](const std::vector<double>& point) {
        std::vector<double> outputs = choices.ranks_at(point);
        double shift = 0, count = 0;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (known(outputs[i])) shift += std::abs(outputs[i] - choices.nominal()[i]), ++count;
        outputs.insert(outputs.begin(), count > 0 ? shift / count : missing);
        return outputs;
    };
    return sobol(outputs_at, choices.factors().size(), seed, base, threads);
}

} // namespace greenbank::cities
