// model.cpp — folds, calibration on rows left out, reasons.
#include "finance/engine/scoring/model.h"

#include <algorithm>
#include <map>

namespace greenbank::finance {

namespace {

struct Fitted {
    Scorecard card;
    BoostedTrees trees;
};

Fitted fit(const ScoringTable& table, const ScoringSettings& settings) {
    Fitted fitted;
    if (settings.kind == ModelKind::scorecard) {
        ScorecardSettings own = settings.scorecard;
        own.seed = settings.seed;
        fitted.card = fit_scorecard(table, own);
    } else {
        TreeSettings own = settings.trees;
        own.seed = settings.seed;
        fitted.trees = grow(table, own);
    }
    return fitted;
}
std::vector<double> odds_of(ModelKind kind, const Fitted& fitted, const ScoringTable& table) {
    return kind == ModelKind::scorecard ? log_odds(fitted.card, table) : log_odds(fitted.trees, table);
}

CrossValidation cross_validate(const ScoringTable& table, const ScoringSettings& settings, Calibration& calibration) {
    CrossValidation validation;
    validation.log_odds.resize(table.rows);
    const std::vector<std::uint8_t> fold = folds_of(table.bad, settings.folds, settings.seed);
    for (std::uint32_t held = 0; held < settings.folds; ++held) {
        std::vector<std::uint32_t> in, out;
        for (std::uint32_t row = 0; row < table.rows; ++row) (fold[row] == held ? out : in).push_back(row);
        const ScoringTable learnt = rows_of(table, in), asked = rows_of(table, out);
        const std::vector<double> odds = odds_of(settings.kind, fit(learnt, settings), asked);
        for (std::size_t i = 0; i < out.size(); ++i) validation.log_odds[out[i]] = odds[i];
        validation.areas.push_back(area_under_curve(odds, asked.bad));
        validation.area += validation.areas.back() / settings.folds;
    }
    calibration = calibrate(validation.log_odds, table.bad);
    std::vector<double> probabilities, raw;
    for (const double odds : validation.log_odds) {
        probabilities.push_back(calibration.apply(odds));
        raw.push_back(Calibration{}.apply(odds));
    }
    validation.brier = brier_score(probabilities, table.bad);
    validation.brier_raw = brier_score(raw, table.bad);
    validation.distance = class_distance(validation.log_odds, table.bad);
    return validation;
}

std::vector<double> bounds_of(std::vector<double> values, std::size_t parts) {
    std::erase_if(values, is_missing);
    std::sort(values.begin(), values.end());
    std::vector<double> bounds;
    for (std::size_t i = 1; i < parts && !values.empty(); ++i) {
        const double bound = values[i * values.size() / parts];
        if (bound < values.back() && (bounds.empty() || bound > bounds.back())) bounds.push_back(bound);
    }
    return bounds;
}

/// Rows in each part between the bounds; last: absent.
std::vector<double> counts_of(const std::vector<double>& values, const std::vector<double>& bounds) {
    std::vector<double> counts(bounds.size() + 2, 0);
    for (const double value : values)
        counts[is_missing(value) ? bounds.size() + 1 : static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin())] += 1;
    return counts;
}

std::vector<double> counts_of(const TrainedColumn& trained, const ScoringColumn& column) {
    if (!trained.named) return counts_of(column.values, trained.bounds);
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < trained.names.size(); ++i) places.emplace(trained.names[i], i);
    std::vector<double> counts(trained.names.size() + 1, 0);
    for (const double value : column.values) {
        const auto found = is_missing(value) ? places.end() : places.find(column.names[static_cast<std::size_t>(value)]);
        counts[found == places.end() ? trained.names.size() : found->second] += 1;
    }
    return counts;
}

std::vector<double> effects_of(const ScoringModel& model, const ScoringTable& table, std::size_t row) {
    if (model.kind == ModelKind::trees) {
        double base = 0;
        return contributions(model.trees, table, row, base);
    }
    std::vector<double> effects(table.columns.size(), 0);
    for (const ScorecardColumn& column : model.card.columns) {
        const auto feature = static_cast<std::size_t>(column.binned.feature);
        effects[feature] = column.effects[place_of(column.binned, table.columns[feature], row)];
    }
    return effects;
}

} // namespace

Training train(const ScoringTable& table, const ScoringSettings& settings) {
    Training training;
    if (table.columns.empty()) {
        training.flaw = ScoringFlaw::no_columns;
        return training;
    }
    ScoringTable learnt = without_duplicates(table, training.remarks);
    training.flaw = prepare(learnt, training.remarks);
    training.rows = learnt.rows;
    training.bads = static_cast<std::size_t>(std::count(learnt.bad.begin(), learnt.bad.end(), 1));
    if (training.flaw != ScoringFlaw::none) return training;
    ScoringModel& model = training.model;
    model.kind = settings.kind;
    model.seed = static_cast<std::int64_t>(settings.seed);
    training.validation = cross_validate(learnt, settings, model.calibration);
    Fitted fitted = fit(learnt, settings);
    model.card = std::move(fitted.card);
    model.trees = std::move(fitted.trees);
    for (const ScoringColumn& column : learnt.columns) {
        TrainedColumn trained{column.name, column.named, column.names, {}, {}};
        if (!column.named) trained.bounds = bounds_of(column.values, 10);
        trained.shares = counts_of(trained, column);
        model.columns.push_back(std::move(trained));
    }
    const std::vector<double> odds = log_odds(model, learnt);
    model.score_bounds = bounds_of(odds, 10);
    model.score_shares = counts_of(odds, model.score_bounds);
    return training;
}

std::vector<double> log_odds(const ScoringModel& model, const ScoringTable& table) {
    return model.kind == ModelKind::scorecard ? log_odds(model.card, table) : log_odds(model.trees, table);
}

std::vector<Score> score(const ScoringModel& model, const ScoringTable& table, std::size_t reasons) {
    const std::vector<double> odds = log_odds(model, table);
    const double factor = model.card.points_to_double / std::log(2.0), offset = model.card.points_at - factor * std::log(model.card.odds_at);
    std::vector<Score> scores;
    for (std::size_t row = 0; row < table.rows; ++row) {
        Score one{.log_odds = odds[row], .probability = model.calibration.apply(odds[row]), .reasons = {}};
        one.points = offset - factor * odds[row];
        one.grade = model.scale.grade(one.probability);
        if (reasons > 0) {
            const std::vector<double> effects = effects_of(model, table, row);
            for (std::size_t i = 0; i < effects.size(); ++i)
                if (effects[i] != 0) one.reasons.push_back({i, effects[i]});
            std::stable_sort(one.reasons.begin(), one.reasons.end(), [](const Reason& a, const Reason& b) { return std::abs(a.effect) > std::abs(b.effect); });
            if (one.reasons.size() > reasons) one.reasons.resize(reasons);
        }
        scores.push_back(std::move(one));
    }
    return scores;
}

bool is_sound(const ScoringModel& model) {
    const auto columns = static_cast<std::int64_t>(model.columns.size());
    const auto within = [&](std::int64_t feature) { return feature >= 0 && feature < columns; };
    for (const TrainedColumn& column : model.columns)
        if (column.shares.size() != (column.named ? column.names.size() + 1 : column.bounds.size() + 2)) return false;
    if (model.score_shares.size() != model.score_bounds.size() + 2 || model.scale.grades < 1 || model.scale.grades > 100) return false;
    for (const ScorecardColumn& column : model.card.columns) {
        if (!within(column.binned.feature) || column.effects.size() != place_count(column.binned) || column.points.size() != column.effects.size())
            return false;
        if (model.columns[static_cast<std::size_t>(column.binned.feature)].named != (column.binned.trend == Trend::named)) return false;
    }
    for (const NameOrder& order : model.trees.orders)
        if (!within(order.feature) || order.names.size() != order.values.size()) return false;
    for (const Tree& tree : model.trees.trees) {
        if (tree.empty()) return false;
        for (std::size_t at = 0; at < tree.size(); ++at) {
            if (tree[at].feature < 0) continue;
            if (!within(tree[at].feature)) return false;
            for (const std::int64_t below : {tree[at].left, tree[at].right}) // only further on, so that every walk ends
                if (below <= static_cast<std::int64_t>(at) || below >= static_cast<std::int64_t>(tree.size())) return false;
        }
    }
    return true;
}

std::vector<double> stability(const ScoringModel& model, const ScoringTable& table) {
    std::vector<double> moved;
    for (std::size_t i = 0; i < model.columns.size(); ++i)
        moved.push_back(population_stability(model.columns[i].shares, counts_of(model.columns[i], table.columns[i])));
    moved.push_back(population_stability(model.score_shares, counts_of(log_odds(model, table), model.score_bounds)));
    return moved;
}

} // namespace greenbank::finance
