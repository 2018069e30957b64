// scorecard.cpp — Newton's steps with a ridge and no coefficient below 0; then points.
#include "finance/engine/scoring/scorecard.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace greenbank::finance {

namespace {

double loss_of(double odds, std::uint8_t bad) {
    const double wrong = bad != 0 ? -odds : odds;
    return wrong > 30 ? wrong : std::log1p(std::exp(wrong));
}
double loss_of(const std::vector<double>& rows, std::size_t width, const std::vector<std::uint8_t>& bad, double ridge, const std::vector<double>& fit) {
    double loss = 0;
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const double* row = rows.data() + i * width;
        loss += loss_of(std::inner_product(row, row + width, fit.begin(), fit[width]), bad[i]);
    }
    for (std::size_t j = 0; j < width; ++j) loss += ridge * fit[j] * fit[j] / 2;
    return loss;
}

/// Coefficients (the last is the intercept) of rows of `width` numbers, none but the intercept below 0: Newton's quadratic, minimised one coefficient at a time.
std::vector<double> fit_logistic(const std::vector<double>& rows, std::size_t width, const std::vector<std::uint8_t>& bad, double ridge, double prior) {
    const std::size_t n = width + 1;
    std::vector<double> fit(n, 0);
    fit[width] = prior;
    for (int step = 0; step < 30; ++step) {
        std::vector<double> hessian(n * n, 0), gradient(n, 0);
        for (std::size_t i = 0; i < bad.size(); ++i) {
            const double* row = rows.data() + i * width;
            const double odds = std::inner_product(row, row + width, fit.begin(), fit[width]);
            const double p = 1 / (1 + std::exp(-odds)), weight = std::max(p * (1 - p), 1e-9), error = p - bad[i];
            for (std::size_t j = 0; j < width; ++j) {
                gradient[j] += error * row[j];
                const double weighted = weight * row[j];
                double* line = hessian.data() + j * n;
                for (std::size_t k = 0; k <= j; ++k) line[k] += weighted * row[k];
                hessian[width * n + j] += weighted;
            }
            gradient[width] += error;
            hessian[width * n + width] += weight;
        }
        for (std::size_t j = 0; j < width; ++j) {
            gradient[j] += ridge * fit[j];
            hessian[j * n + j] += ridge;
            for (std::size_t k = 0; k < j; ++k) hessian[k * n + j] = hessian[j * n + k];
            hessian[j * n + width] = hessian[width * n + j];
        }
        const std::vector<double> from = fit; // the gradient follows each move
        for (int sweep = 0; sweep < 500; ++sweep) {
            double moved = 0;
            for (std::size_t j = 0; j < n; ++j) {
                double to = fit[j] - gradient[j] / std::max(hessian[j * n + j], 1e-12);
                if (j < width) to = std::max(to, 0.0);
                const double move = to - fit[j];
                if (move == 0) continue;
                fit[j] = to;
                const double* line = hessian.data() + j * n;
                for (std::size_t k = 0; k < n; ++k) gradient[k] += line[k] * move;
                moved = std::max(moved, std::abs(move));
            }
            if (moved < 1e-10) break;
        }
        // Far from the answer the quadratic may promise too much: half the way, until the loss falls.
        const double before = loss_of(rows, width, bad, ridge, from);
        for (int half = 0; half < 20 && !(loss_of(rows, width, bad, ridge, fit) <= before); ++half)
            for (std::size_t j = 0; j < n; ++j) fit[j] = (fit[j] + from[j]) / 2;
        double moved = 0;
        for (std::size_t j = 0; j < n; ++j) moved = std::max(moved, std::abs(fit[j] - from[j]));
        if (moved < 1e-7) break;
    }
    return fit;
}

/// The nearest numbers that only rise, by weight.
void make_rise(double* values, const double* weights, std::size_t count) {
    struct Block {
        double mean, weight;
        std::size_t size;
    };
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < count; ++i) {
        blocks.push_back({values[i], std::max(weights[i], 1e-9), 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
            const Block last = blocks.back();
            blocks.pop_back();
            Block& block = blocks.back();
            block.mean = (block.mean * block.weight + last.mean * last.weight) / (block.weight + last.weight);
            block.weight += last.weight;
            block.size += last.size;
        }
    }
    for (const Block& block : blocks)
        for (std::size_t i = 0; i < block.size; ++i) *values++ = block.mean;
}
void make_fall(double* values, const double* weights, std::size_t count) {
    std::reverse(values, values + count);
    std::vector<double> reversed(weights, weights + count);
    std::reverse(reversed.begin(), reversed.end());
    make_rise(values, reversed.data(), count);
    std::reverse(values, values + count);
}

void keep_trend(const BinnedColumn& column, std::vector<double>& effects, const std::vector<double>& rows) {
    const std::size_t count = column.bins.size();
    if (column.trend == Trend::rising) make_rise(effects.data(), rows.data(), count);
    if (column.trend == Trend::falling) make_fall(effects.data(), rows.data(), count);
    if (column.trend != Trend::peak && column.trend != Trend::valley) return;
    const auto by_weight = [](const Bin& a, const Bin& b) { return a.weight < b.weight; };
    const bool peak = column.trend == Trend::peak;
    const auto turn = static_cast<std::size_t>(
        (peak ? std::max_element(column.bins.begin(), column.bins.end(), by_weight) : std::min_element(column.bins.begin(), column.bins.end(), by_weight)) -
        column.bins.begin());
    const std::size_t before = peak ? turn + 1 : turn; // the turning bin is on the side where it is the highest
    (peak ? make_rise : make_fall)(effects.data(), rows.data(), before);
    (peak ? make_fall : make_rise)(effects.data() + before, rows.data() + before, count - before);
}

using Places = std::vector<std::vector<std::uint16_t>>; // of each column and row

Places places_of(const std::vector<ScorecardColumn>& columns, const ScoringTable& table) {
    Places places;
    for (const ScorecardColumn& column : columns) {
        const ScoringColumn& values = table.columns[static_cast<std::size_t>(column.binned.feature)];
        std::vector<std::uint16_t>& own = places.emplace_back();
        for (std::size_t row = 0; row < table.rows; ++row) own.push_back(static_cast<std::uint16_t>(place_of(column.binned, values, row)));
    }
    return places;
}

std::vector<double> odds_at(const Scorecard& card, const Places& places, std::size_t rows) {
    std::vector<double> odds(rows, card.intercept);
    for (std::size_t c = 0; c < card.columns.size(); ++c)
        for (std::size_t i = 0; i < rows; ++i) odds[i] += card.columns[c].effects[places[c][i]];
    return odds;
}

/// One step: of all columns the one whose bins gain most, each by a part of a Newton step given all the rest, then the trend.
class Refiner {
public:
    Refiner(Scorecard& card, const ScoringTable& table, const ScorecardSettings& settings) :
        card_(card), settings_(settings), bad_(table.bad), places_(places_of(card.columns, table)), odds_(odds_at(card, places_, table.rows)) {}

    struct Move {
        std::size_t column = 0;
        double shift = 0;             // of the intercept
        std::vector<double> by_place; // of the column
    };
    std::optional<Move> step() {
        std::vector<double> gradients(bad_.size()), hessians(bad_.size());
        double gradient = 0, hessian = 1e-9;
        for (std::size_t i = 0; i < bad_.size(); ++i) {
            const double p = 1 / (1 + std::exp(-odds_[i]));
            gradient += gradients[i] = p - bad_[i];
            hessian += hessians[i] = p * (1 - p);
        }
        Move best;
        double best_gain = 1e-9;
        for (std::size_t c = 0; c < card_.columns.size(); ++c) {
            const std::vector<double>& now = card_.columns[c].effects;
            std::vector<double> sums(now.size(), 0), weights(now.size(), 0), effects = now;
            for (std::size_t i = 0; i < bad_.size(); ++i) {
                sums[places_[c][i]] += gradients[i];
                weights[places_[c][i]] += hessians[i];
            }
            for (std::size_t k = 0; k < now.size(); ++k) effects[k] -= settings_.refinement_rate * sums[k] / (weights[k] + settings_.refinement_ridge);
            keep_trend(card_.columns[c].binned, effects, weights);
            double gain = 0;
            for (std::size_t k = 0; k < now.size(); ++k) {
                effects[k] -= now[k];
                gain -= sums[k] * effects[k] + weights[k] * effects[k] * effects[k] / 2;
            }
            if (gain > best_gain) {
                best_gain = gain;
                best = {c, 0, std::move(effects)};
            }
        }
        if (best.by_place.empty()) return {};
        best.shift = -settings_.refinement_rate * gradient / hessian;
        card_.intercept += best.shift;
        for (std::size_t k = 0; k < best.by_place.size(); ++k) card_.columns[best.column].effects[k] += best.by_place[k];
        move(odds_, places_, best);
        return best;
    }
    static void move(std::vector<double>& odds, const Places& places, const Move& by) {
        for (std::size_t i = 0; i < odds.size(); ++i) odds[i] += by.shift + by.by_place[places[by.column][i]];
    }

private:
    Scorecard& card_;
    const ScorecardSettings& settings_;
    const std::vector<std::uint8_t>& bad_;
    Places places_;
    std::vector<double> odds_;
};

double likeness(const ScoringTable& table, const ScorecardColumn& one, const ScorecardColumn& other) {
    double both = 0, first = 0, second = 0;
    const ScoringColumn& values = table.columns[static_cast<std::size_t>(one.binned.feature)];
    const ScoringColumn& others = table.columns[static_cast<std::size_t>(other.binned.feature)];
    for (std::size_t row = 0; row < table.rows; ++row) {
        const double a = bin_at(one.binned, place_of(one.binned, values, row)).weight, b = bin_at(other.binned, place_of(other.binned, others, row)).weight;
        both += a * b;
        first += a * a;
        second += b * b;
    }
    return first > 0 && second > 0 ? both / std::sqrt(first * second) : 1;
}

/// Of columns that say nearly the same the one that says most stays.
void leave_alike_out(std::vector<ScorecardColumn>& columns, const ScoringTable& table, double likeness_max) {
    std::stable_sort(
        columns.begin(), columns.end(), [](const ScorecardColumn& a, const ScorecardColumn& b) { return a.binned.information > b.binned.information; });
    std::vector<ScorecardColumn> kept;
    for (ScorecardColumn& column : columns)
        if (std::none_of(kept.begin(), kept.end(), [&](const ScorecardColumn& one) { return likeness(table, one, column) > likeness_max; }))
            kept.push_back(std::move(column));
    columns = std::move(kept);
}

/// Bins and regression.
Scorecard begin(const ScoringTable& table, const ScorecardSettings& settings) {
    Scorecard card{.points_at = settings.points_at, .odds_at = settings.odds_at, .points_to_double = settings.points_to_double, .columns = {}};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        BinnedColumn binned = bin_column(table, i, settings.bins);
        if (binned.information >= settings.information_min) card.columns.push_back({std::move(binned), {}, {}});
    }
    leave_alike_out(card.columns, table, settings.likeness_max);
    const std::size_t width = card.columns.size();
    const Places places = places_of(card.columns, table);
    std::vector<double> rows(width * table.rows), deviations;
    for (std::size_t j = 0; j < width; ++j) {
        double square = 0;
        for (std::size_t row = 0; row < table.rows; ++row) {
            const double weight = rows[row * width + j] = bin_at(card.columns[j].binned, places[j][row]).weight;
            square += weight * weight;
        }
        deviations.push_back(std::sqrt(std::max(square / static_cast<double>(table.rows), 1e-12)));
        for (std::size_t row = 0; row < table.rows; ++row) rows[row * width + j] /= deviations[j];
    }
    const double bads = std::accumulate(table.bad.begin(), table.bad.end(), 0.0);
    const std::vector<double> fit = fit_logistic(rows, width, table.bad, settings.ridge, std::log(bads / (static_cast<double>(table.rows) - bads)));
    card.intercept = fit.back();
    for (std::size_t j = 0; j < width; ++j)
        for (std::size_t place = 0; place < place_count(card.columns[j].binned); ++place)
            card.columns[j].effects.push_back(fit[j] / deviations[j] * bin_at(card.columns[j].binned, place).weight);
    return card;
}

/// How many steps lose least on rows that were not learnt from; looked at every so many.
std::uint32_t steps_that_help(const ScoringTable& table, const ScorecardSettings& settings) {
    constexpr std::uint32_t folds = 3, stride = 20;
    const std::vector<std::uint8_t> fold = folds_of(table.bad, folds, settings.seed);
    std::vector<double> losses(settings.refinements / stride + 1, 0);
    for (std::uint8_t held = 0; held < folds; ++held) {
        std::vector<std::uint32_t> in, out;
        for (std::uint32_t row = 0; row < table.rows; ++row) (fold[row] == held ? out : in).push_back(row);
        const ScoringTable learnt = rows_of(table, in), asked = rows_of(table, out);
        Scorecard card = begin(learnt, settings);
        const Places places = places_of(card.columns, asked);
        std::vector<double> odds = odds_at(card, places, asked.rows);
        Refiner refiner(card, learnt, settings);
        bool ended = false;
        for (std::uint32_t step = 0; step <= settings.refinements; ++step) {
            if (step % stride == 0)
                for (std::size_t i = 0; i < asked.rows; ++i) losses[step / stride] += loss_of(odds[i], asked.bad[i]);
            if (ended) continue;
            const auto move = refiner.step();
            if (move) Refiner::move(odds, places, *move);
            else ended = true;
        }
    }
    // Points that are one column's own are easier to defend: they give way only to a clear gain.
    constexpr double gain_min = 0.01;
    const auto best = std::min_element(losses.begin(), losses.end());
    return *best < (1 - gain_min) * losses.front() ? static_cast<std::uint32_t>(best - losses.begin()) * stride : 0;
}

} // namespace

Scorecard fit_scorecard(const ScoringTable& table, const ScorecardSettings& settings) {
    Scorecard card = begin(table, settings);
    const std::uint32_t steps = settings.refinements == 0 ? 0 : steps_that_help(table, settings);
    {
        Refiner refiner(card, table, settings);
        for (std::uint32_t step = 0; step < steps && refiner.step(); ++step) {}
    }
    std::erase_if(card.columns,
        [](const ScorecardColumn& column) { return std::all_of(column.effects.begin(), column.effects.end(), [](double effect) { return effect == 0; }); });
    // Points: the intercept is shared out evenly, so that a row's points are the sum of its bins'.
    const double factor = card.points_to_double / std::log(2.0), offset = card.points_at - factor * std::log(card.odds_at);
    const double each = card.columns.empty() ? 0 : (offset - factor * card.intercept) / static_cast<double>(card.columns.size());
    for (ScorecardColumn& column : card.columns)
        for (std::size_t place = 0; place < place_count(column.binned); ++place) column.points.push_back(each - factor * column.effects[place]);
    return card;
}

std::vector<double> log_odds(const Scorecard& card, const ScoringTable& table) {
    std::vector<double> odds(table.rows, card.intercept);
    for (const ScorecardColumn& column : card.columns) {
        const ScoringColumn& values = table.columns[static_cast<std::size_t>(column.binned.feature)];
        for (std::size_t row = 0; row < table.rows; ++row) odds[row] += column.effects[place_of(column.binned, values, row)];
    }
    return odds;
}

double points_of(const Scorecard& card, const ScoringTable& table, std::size_t row) {
    double sum = 0;
    for (const ScorecardColumn& column : card.columns)
        sum += column.points[place_of(column.binned, table.columns[static_cast<std::size_t>(column.binned.feature)], row)];
    return sum;
}

} // namespace greenbank::finance
