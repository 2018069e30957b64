// portfolio.cpp — tables over each sector's factor, then scenarios.
#include "finance/engine/portfolio.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <thread>

#include "finance/engine/normal.h"
#include "kernel/philox.h"

namespace greenbank::finance {

namespace {

/// Raw moments of the part that is lost when an obligor defaults.
struct LossMoments {
    double first = 1, second = 1, third = 1;
};

/// A beta distribution of that mean and deviation; alpha 0: always the mean.
struct BetaShape {
    double alpha = 0, beta = 0;
};
BetaShape shape_of(const Obligor& obligor) {
    const double mean = obligor.loss_given_default, variance = obligor.loss_given_default_deviation * obligor.loss_given_default_deviation;
    if (variance <= 0 || mean <= 0 || mean >= 1) return {};
    const double size = mean * (1 - mean) / variance - 1;
    return {mean * size, (1 - mean) * size};
}
LossMoments moments_of(const Obligor& obligor) {
    const double mean = obligor.loss_given_default;
    const BetaShape shape = shape_of(obligor);
    if (shape.alpha == 0) return {mean, mean * mean, mean * mean * mean};
    const double size = shape.alpha + shape.beta, second = mean * (shape.alpha + 1) / (size + 1);
    return {mean, second, second * (shape.alpha + 2) / (size + 2)};
}

/// The draws of a scenario, one after another: whoever draws them, and when, they are the same.
class Draws {
public:
    Draws(std::uint64_t seed, std::uint64_t scenario) : seed_(seed), scenario_(scenario) {}

    double uniform() { // in (0, 1)
        if (next_ == pair_.size()) {
            pair_ = uniform_pair(seed_, scenario_, block_++);
            next_ = 0;
        }
        return pair_[next_++];
    }
    double normal() { return normal_quantile(uniform()); }

private:
    std::uint64_t seed_, scenario_, block_ = 0;
    std::array<double, 2> pair_ = {};
    std::size_t next_ = 2;
};

/// Marsaglia and Tsang, ACM TOMS 26:3 (2000).
double gamma_draw(Draws& draws, double alpha) {
    if (alpha < 1) return gamma_draw(draws, alpha + 1) * std::pow(draws.uniform(), 1 / alpha);
    const double d = alpha - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    while (true) {
        const double x = draws.normal(), v = std::pow(1 + c * x, 3);
        if (v > 0 && std::log(draws.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}
double loss_part(Draws& draws, const Obligor& obligor) {
    const BetaShape shape = shape_of(obligor);
    if (shape.alpha == 0) return obligor.loss_given_default;
    const double one = gamma_draw(draws, shape.alpha), other = gamma_draw(draws, shape.beta);
    return one / (one + other);
}

/// Lower triangle whose square is the matrix; empty where it is not positive definite.
std::vector<double> cholesky(const std::vector<double>& matrix, std::size_t size) {
    std::vector<double> lower(size * size, 0);
    for (std::size_t row = 0; row < size; ++row)
        for (std::size_t column = 0; column <= row; ++column) {
            double sum = matrix[row * size + column];
            for (std::size_t k = 0; k < column; ++k) sum -= lower[row * size + k] * lower[column * size + k];
            if (row == column) {
                if (!(sum > 1e-12)) return {};
                lower[row * size + row] = std::sqrt(sum);
            } else {
                lower[row * size + column] = sum / lower[column * size + column];
            }
        }
    return lower;
}

/// Correlated factors. Along the one direction that moves the loss most the draws are spread evenly (stratified), scenario by scenario: what is left to
/// chance is beside it.
class FactorDraws {
public:
    /// `slopes`: how much each sector's factor moves the loss.
    FactorDraws(const FactorModel& model, const std::vector<double>& slopes, std::uint32_t scenarios) :
        size_(model.sectors),
        scenarios_(scenarios),
        lower_(model.sectors == 1 ? std::vector<double>{1} : cholesky(model.correlations, model.sectors)),
        direction_(size_, 0) {
        double length = 0;
        for (std::size_t k = 0; k < size_; ++k) {
            for (std::size_t row = k; row < size_; ++row) direction_[k] += lower_[row * size_ + k] * slopes[row];
            length += direction_[k] * direction_[k];
        }
        for (double& one : direction_) one = length > 0 ? one / std::sqrt(length) : 0;
    }
    void draw(Draws& draws, std::uint32_t scenario, std::vector<double>& factors) const {
        static thread_local std::vector<double> independent;
        independent.resize(size_);
        double along = 0;
        for (std::size_t k = 0; k < size_; ++k) along += direction_[k] * (independent[k] = draws.normal());
        const double even = normal_quantile((scenario + draws.uniform()) / scenarios_);
        for (std::size_t k = 0; k < size_; ++k) independent[k] += (even - along) * direction_[k];
        factors.resize(size_);
        for (std::size_t row = 0; row < size_; ++row) {
            factors[row] = 0;
            for (std::size_t k = 0; k <= row; ++k) factors[row] += lower_[row * size_ + k] * independent[k];
        }
    }

private:
    std::size_t size_;
    double scenarios_;
    std::vector<double> lower_, direction_;
};

/// What an obligor is, once the arithmetic that does not depend on the scenario is done.
struct Prepared {
    double threshold = 0, loading = 0, own = 1; // own: the part of the assets that is its own
    double given(double factor) const { return normal_below((threshold - loading * factor) / own); }
};
Prepared prepare(const Obligor& obligor) {
    return {normal_quantile(obligor.default_probability), obligor.loading, std::sqrt(1 - obligor.loading * obligor.loading)};
}

/// Mean, variance and third central moment of a sector's small exposures, by its factor.
class SectorTable {
public:
    static constexpr double reach = 9, step = 0.05;
    static constexpr int nodes = static_cast<int>(2 * reach / step) + 1;

    SectorTable() : moments_(nodes) {}
    void add(const Obligor& obligor) {
        const Prepared prepared = prepare(obligor);
        const LossMoments loss = moments_of(obligor);
        const double exposure = obligor.exposure;
        for (int node = 0; node < nodes; ++node) {
            const double q = prepared.given(node * step - reach);
            auto& [mean, variance, third] = moments_[static_cast<std::size_t>(node)];
            mean += exposure * q * loss.first;
            variance += exposure * exposure * (q * loss.second - q * q * loss.first * loss.first);
            third +=
                exposure * exposure * exposure * (q * loss.third - 3 * q * q * loss.first * loss.second + 2 * q * q * q * loss.first * loss.first * loss.first);
        }
        empty_ = false;
    }
    bool is_empty() const { return empty_; }
    /// By the cubic through four nodes.
    std::array<double, 3> at(double factor) const {
        const double place = std::clamp((factor + reach) / step, 1.0, nodes - 3.0);
        const auto node = static_cast<std::size_t>(place);
        const double t = place - static_cast<double>(node);
        const double a = -t * (t - 1) * (t - 2) / 6, b = (t + 1) * (t - 1) * (t - 2) / 2, c = -(t + 1) * t * (t - 2) / 2, d = (t + 1) * t * (t - 1) / 6;
        std::array<double, 3> result;
        for (std::size_t i = 0; i < 3; ++i)
            result[i] = a * moments_[node - 1][i] + b * moments_[node][i] + c * moments_[node + 1][i] + d * moments_[node + 2][i];
        return result;
    }

private:
    std::vector<std::array<double, 3>> moments_;
    bool empty_ = true;
};

/// The exposures that are decided one by one: as few as leave none that sticks out of the rest in a bad year, which is what the figures are about.
std::vector<bool> large_ones(const std::vector<Obligor>& obligors, double share) {
    constexpr double bad_year = 2.33; // deviations of the factor, to the worse side
    constexpr std::size_t most = 1000;
    std::vector<std::uint32_t> order(obligors.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto size = [&](std::uint32_t i) { return obligors[i].exposure * obligors[i].loss_given_default; };
    const auto weight = [&](std::uint32_t i) {
        const double given = prepare(obligors[i]).given(obligors[i].loading > 0 ? -bad_year : bad_year);
        return size(i) * size(i) * given * (1 - given);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return size(a) > size(b); });
    double beside = 0;
    for (const std::uint32_t i : order) beside += weight(i);
    std::vector<bool> large(obligors.size(), false);
    for (std::size_t k = 0; k < std::min(most, order.size()) && size(order[k]) * size(order[k]) > share * beside; ++k) {
        large[order[k]] = true;
        beside -= weight(order[k]);
    }
    return large;
}

/// What a bad year of each sector's factor costs.
std::vector<double> slopes_of(const std::vector<Obligor>& obligors, std::uint32_t sectors) {
    std::vector<double> slopes(sectors, 0);
    for (const Obligor& one : obligors) {
        const Prepared prepared = prepare(one);
        slopes[one.sector] += one.exposure * one.loss_given_default * (prepared.given(2.33) - prepared.given(-2.33));
    }
    return slopes;
}

double total_exposure(const std::vector<Obligor>& obligors) {
    double sum = 0;
    for (const Obligor& one : obligors) sum += one.exposure;
    return sum;
}

/// Runs scenarios on threads; `run(scenario)` gives the loss.
template <class Make> std::vector<double> run_all(const RiskSettings& settings, Make make) {
    std::vector<double> losses(settings.scenarios);
    const auto work = [&](unsigned thread) {
        auto run = make();
        for (std::uint32_t scenario = thread; scenario < settings.scenarios; scenario += settings.threads) losses[scenario] = run(scenario);
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < settings.threads; ++i) threads.emplace_back(work, i);
    work(0);
    for (std::thread& thread : threads) thread.join();
    return losses;
}

/// Figures of the scenarios; leaves the losses sorted.
void summarise(RiskReport& report, const std::vector<Obligor>& obligors, const RiskSettings& settings) {
    report.exposure = total_exposure(obligors);
    for (const Obligor& one : obligors) {
        report.expected_loss += one.exposure * one.default_probability * one.loss_given_default;
        report.concentration += report.exposure > 0 ? one.exposure / report.exposure * (one.exposure / report.exposure) : 0;
    }
    std::sort(report.losses.begin(), report.losses.end());
    const double count = static_cast<double>(report.losses.size());
    for (const double loss : report.losses) report.mean += loss / count;
    for (const double loss : report.losses) report.deviation += (loss - report.mean) * (loss - report.mean) / std::max(1.0, count - 1);
    report.deviation = std::sqrt(report.deviation);
    for (const double level : settings.levels) {
        const auto at = [&](double rank) { return report.losses[static_cast<std::size_t>(std::clamp(std::ceil(rank) - 1, 0.0, count - 1))]; };
        RiskLevel row{.level = level, .value_at_risk = at(count * level)};
        const double away = 1.96 * std::sqrt(count * level * (1 - level));
        row.low = at(count * level - away);
        row.high = at(count * level + away);
        double beyond = 0, mass = 0;
        for (std::size_t i = report.losses.size(); i-- > 0 && report.losses[i] > row.value_at_risk;) {
            beyond += report.losses[i] / count;
            mass += 1 / count;
        }
        row.expected_shortfall = (beyond + (1 - level - mass) * row.value_at_risk) / (1 - level);
        report.levels.push_back(row);
    }
}

} // namespace

RiskFault check(const std::vector<Obligor>& obligors, const FactorModel& factors, const RiskSettings& settings) {
    if (obligors.empty()) return {RiskFlaw::no_obligors};
    for (std::size_t i = 0; i < obligors.size(); ++i) {
        const Obligor& one = obligors[i];
        const auto within = [](double number, double low, double high) { return number >= low && number <= high; };
        const double variance = one.loss_given_default_deviation * one.loss_given_default_deviation;
        if (!within(one.exposure, 0, 1e15) || !within(one.default_probability, 0, 1) || !within(one.loss_given_default, 0, 1) ||
            !within(one.loading, -0.9999, 0.9999) || !within(one.loss_given_default_deviation, 0, 0.5) ||
            (variance > 0 && variance >= one.loss_given_default * (1 - one.loss_given_default)))
            return {RiskFlaw::number_out_of_range, i};
        if (one.sector >= factors.sectors) return {RiskFlaw::sector_unknown, i};
    }
    if (factors.sectors > 1 &&
        (factors.correlations.size() != std::size_t{factors.sectors} * factors.sectors || cholesky(factors.correlations, factors.sectors).empty()))
        return {RiskFlaw::not_positive_definite};
    for (const double level : settings.levels)
        if (!(level > 0 && level < 1)) return {RiskFlaw::level_out_of_range};
    return {};
}

RiskReport simulate(const std::vector<Obligor>& obligors, const FactorModel& model, const RiskSettings& settings) {
    const std::vector<bool> large = large_ones(obligors, settings.large_share);
    std::vector<SectorTable> tables(model.sectors);
    std::vector<std::uint32_t> one_by_one;
    for (std::uint32_t i = 0; i < obligors.size(); ++i) {
        if (large[i]) one_by_one.push_back(i);
        else tables[obligors[i].sector].add(obligors[i]);
    }
    std::vector<Prepared> prepared;
    double small_exposure = 0;
    for (const std::uint32_t i : one_by_one) prepared.push_back(prepare(obligors[i]));
    for (std::uint32_t i = 0; i < obligors.size(); ++i) small_exposure += large[i] ? 0 : obligors[i].exposure;
    const FactorDraws factor_draws(model, slopes_of(obligors, model.sectors), settings.scenarios);

    // One scenario: factors, then the noise of the small, then each of the large.
    const auto loss_of = [&](std::uint32_t scenario, std::vector<double>& factors) {
        Draws draws(settings.seed, scenario);
        factor_draws.draw(draws, scenario, factors);
        double mean = 0, variance = 0, third = 0;
        for (std::uint32_t sector = 0; sector < model.sectors; ++sector) {
            if (tables[sector].is_empty()) continue;
            const auto moments = tables[sector].at(factors[sector]);
            mean += moments[0];
            variance += moments[1];
            third += moments[2];
        }
        const double noise = draws.normal();
        double loss = mean;
        if (variance > 0) {
            const double deviation = std::sqrt(variance), skewness = third / (variance * deviation);
            loss += deviation * (noise + (noise * noise - 1) * skewness / 6); // Cornish and Fisher's first term
        }
        loss = std::clamp(loss, 0.0, small_exposure);
        for (std::size_t k = 0; k < one_by_one.size(); ++k) {
            const Obligor& obligor = obligors[one_by_one[k]];
            if (draws.uniform() < prepared[k].given(factors[obligor.sector])) loss += obligor.exposure * loss_part(draws, obligor);
        }
        return loss;
    };
    RiskReport report;
    report.large = one_by_one.size();
    const std::vector<double> by_scenario =
        run_all(settings, [&] { return [&, factors = std::vector<double>()](std::uint32_t scenario) mutable { return loss_of(scenario, factors); }; });
    report.losses = by_scenario;
    summarise(report, obligors, settings);

    // Contributions: the mean of what each loses given the factors of the worst scenarios (a few hundred of them say as much as all), scaled to the shortfall.
    if (!report.levels.empty()) {
        const RiskLevel& last = report.levels.back();
        std::vector<std::uint32_t> worst;
        for (std::uint32_t scenario = 0; scenario < by_scenario.size(); ++scenario)
            if (by_scenario[scenario] >= last.value_at_risk) worst.push_back(scenario);
        constexpr std::size_t enough = 200;
        const std::size_t stride = std::max<std::size_t>(1, worst.size() / enough);
        report.contributions.assign(obligors.size(), 0);
        std::vector<Prepared> all;
        for (const Obligor& one : obligors) all.push_back(prepare(one));
        std::vector<double> factors;
        for (std::size_t k = 0; k < worst.size(); k += stride) {
            Draws draws(settings.seed, worst[k]);
            factor_draws.draw(draws, worst[k], factors);
            for (std::size_t i = 0; i < obligors.size(); ++i)
                report.contributions[i] += obligors[i].exposure * obligors[i].loss_given_default * all[i].given(factors[obligors[i].sector]);
        }
        const double sum = std::accumulate(report.contributions.begin(), report.contributions.end(), 0.0);
        if (sum > 0)
            for (double& one : report.contributions) one *= last.expected_shortfall / sum;
    }
    return report;
}

RiskReport simulate_naive(const std::vector<Obligor>& obligors, const FactorModel& model, const RiskSettings& settings) {
    std::vector<Prepared> prepared;
    for (const Obligor& one : obligors) prepared.push_back(prepare(one));
    const FactorDraws factor_draws(model, slopes_of(obligors, model.sectors), settings.scenarios);
    RiskReport report;
    report.large = obligors.size();
    report.losses = run_all(settings, [&] {
        return [&, factors = std::vector<double>()](std::uint32_t scenario) mutable {
            Draws draws(settings.seed, scenario);
            factor_draws.draw(draws, scenario, factors);
            double loss = 0;
            for (std::size_t i = 0; i < obligors.size(); ++i) {
                const double assets = prepared[i].loading * factors[obligors[i].sector] + prepared[i].own * draws.normal();
                if (assets < prepared[i].threshold) loss += obligors[i].exposure * loss_part(draws, obligors[i]);
            }
            return loss;
        };
    });
    summarise(report, obligors, settings);
    return report;
}

} // namespace greenbank::finance
