// hazard.cpp — Newton's steps on the penalised likelihood.
#include "finance/engine/hazard.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "finance/engine/scoring/measures.h"

namespace greenbank::finance {

namespace {

double curve(double odds) { return odds >= 0 ? 1 / (1 + std::exp(-odds)) : std::exp(odds) / (1 + std::exp(odds)); }

double scaled(const HazardColumn& column, double value) { return std::isfinite(value) ? (value - column.mean) / column.deviation : 0; }

/// Rows as the fit sees them: the logarithm of the month, then each column scaled.
struct Design {
    std::size_t width = 0;
    std::vector<double> numbers;
    const double* row(std::size_t i) const { return numbers.data() + i * width; }
};

/// Means and deviations of what is there; columns that do not differ are left out, by their places.
std::vector<std::size_t> scale_columns(const HazardPanel& panel, HazardModel& model, std::vector<std::string>& left_out) {
    std::vector<std::size_t> places;
    for (std::size_t j = 0; j < panel.names.size(); ++j) {
        double sum = 0, squares = 0, count = 0;
        for (std::size_t i = 0; i < panel.rows(); ++i)
            if (const double value = panel.value(i, j); std::isfinite(value)) {
                sum += value;
                ++count;
            }
        const double mean = count > 0 ? sum / count : 0;
        for (std::size_t i = 0; i < panel.rows(); ++i)
            if (const double value = panel.value(i, j); std::isfinite(value)) squares += (value - mean) * (value - mean);
        const double deviation = count > 1 ? std::sqrt(squares / count) : 0;
        if (!(deviation > 1e-12 * (1 + std::abs(mean)))) {
            left_out.push_back(panel.names[j]);
            continue;
        }
        model.columns.push_back({panel.names[j], mean, deviation, 0});
        places.push_back(j);
    }
    return places;
}

Design design_of(const HazardPanel& panel, const HazardModel& model, const std::vector<std::size_t>& places) {
    Design design{.width = places.size() + 1, .numbers = {}};
    design.numbers.reserve(panel.rows() * design.width);
    for (std::size_t i = 0; i < panel.rows(); ++i) {
        design.numbers.push_back(std::log(static_cast<double>(std::max<std::int64_t>(1, panel.months[i]))));
        for (std::size_t j = 0; j < places.size(); ++j) design.numbers.push_back(scaled(model.columns[j], panel.value(i, places[j])));
    }
    return design;
}

/// Solves a symmetric positive system in place (Cholesky); the last unknown is the intercept.
std::vector<double> solve(std::vector<double> matrix, std::vector<double> right) {
    const std::size_t n = right.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k) matrix[j * n + j] -= matrix[j * n + k] * matrix[j * n + k];
        matrix[j * n + j] = std::sqrt(std::max(matrix[j * n + j], 1e-12));
        for (std::size_t i = j + 1; i < n; ++i) {
            for (std::size_t k = 0; k < j; ++k) matrix[i * n + j] -= matrix[i * n + k] * matrix[j * n + k];
            matrix[i * n + j] /= matrix[j * n + j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i * n + k] * right[k];
        right[i] /= matrix[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) right[i] -= matrix[k * n + i] * right[k];
        right[i] /= matrix[i * n + i];
    }
    return right;
}

double loss_of(const Design& design, const std::vector<std::uint8_t>& bad, double ridge, const std::vector<double>& fit) {
    double loss = 0;
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const double odds = std::inner_product(design.row(i), design.row(i) + design.width, fit.begin(), fit[design.width]), wrong = bad[i] != 0 ? -odds : odds;
        loss += wrong > 30 ? wrong : std::log1p(std::exp(wrong));
    }
    for (std::size_t j = 0; j < design.width; ++j) loss += ridge * fit[j] * fit[j] / 2;
    return loss;
}

struct Slopes {
    std::vector<double> gradient, hessian;
};
Slopes slopes_of(const Design& design, const std::vector<std::uint8_t>& bad, double ridge, const std::vector<double>& fit, bool second) {
    const std::size_t width = design.width, n = width + 1;
    Slopes slopes{std::vector<double>(n, 0), std::vector<double>(second ? n * n : 0, 0)};
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const double* row = design.row(i);
        const double p = curve(std::inner_product(row, row + width, fit.begin(), fit[width])), weight = std::max(p * (1 - p), 1e-12), error = p - bad[i];
        for (std::size_t j = 0; j < n; ++j) {
            const double left = j < width ? row[j] : 1;
            slopes.gradient[j] += error * left;
            if (second)
                for (std::size_t k = 0; k <= j; ++k) slopes.hessian[j * n + k] += weight * left * (k < width ? row[k] : 1);
        }
    }
    for (std::size_t j = 0; j < width; ++j) {
        slopes.gradient[j] += ridge * fit[j];
        if (second) slopes.hessian[j * n + j] += ridge;
    }
    if (second)
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t k = 0; k < j; ++k) slopes.hessian[k * n + j] = slopes.hessian[j * n + k];
    return slopes;
}

void take_over(HazardModel& model, const std::vector<double>& fit) {
    model.duration = fit.front();
    for (std::size_t j = 0; j < model.columns.size(); ++j) model.columns[j].effect = fit[j + 1];
    model.intercept = fit.back();
}

/// Of each column of the model its place in the panel.
std::vector<std::size_t> places_of(const HazardModel& model, const HazardPanel& panel) {
    std::vector<std::size_t> places;
    for (const HazardColumn& column : model.columns)
        places.push_back(static_cast<std::size_t>(std::find(panel.names.begin(), panel.names.end(), column.name) - panel.names.begin()));
    return places;
}
std::vector<double> values_of(const HazardPanel& panel, const std::vector<std::size_t>& places, std::size_t row) {
    std::vector<double> values;
    for (const std::size_t place : places) values.push_back(place < panel.names.size() ? panel.value(row, place) : std::nan(""));
    return values;
}

HazardFlaw flaw_of(const HazardPanel& panel, const HazardSettings& settings) {
    if (panel.rows() == 0) return HazardFlaw::empty;
    const auto events = static_cast<std::size_t>(std::count(panel.bad.begin(), panel.bad.end(), 1));
    if (events == 0 || events == panel.rows()) return HazardFlaw::one_class;
    if (events < settings.events_min) return HazardFlaw::too_few;
    std::map<std::uint32_t, std::int64_t> defaulted;
    for (std::size_t i = 0; i < panel.rows(); ++i)
        if (panel.bad[i] != 0 && !defaulted.emplace(panel.borrowers[i], panel.months[i]).second) return HazardFlaw::after_default;
    for (std::size_t i = 0; i < panel.rows(); ++i)
        if (const auto found = defaulted.find(panel.borrowers[i]); found != defaulted.end() && panel.months[i] > found->second)
            return HazardFlaw::after_default;
    return HazardFlaw::none;
}

} // namespace

HazardTraining train_hazard(const HazardPanel& panel, const HazardSettings& settings) {
    HazardTraining training{.flaw = flaw_of(panel, settings), .model = {}, .left_out = {}, .rows = panel.rows()};
    training.events = static_cast<std::size_t>(std::count(panel.bad.begin(), panel.bad.end(), 1));
    training.borrowers = std::set<std::uint32_t>(panel.borrowers.begin(), panel.borrowers.end()).size();
    if (training.flaw != HazardFlaw::none) return training;
    const std::vector<std::size_t> places = scale_columns(panel, training.model, training.left_out);
    if (places.empty()) {
        training.flaw = HazardFlaw::constant;
        return training;
    }
    const Design design = design_of(panel, training.model, places);
    std::vector<double> fit(design.width + 1, 0);
    fit.back() = std::log(static_cast<double>(training.events) / static_cast<double>(panel.rows() - training.events));
    for (int step = 0; step < 50; ++step) {
        const Slopes slopes = slopes_of(design, panel.bad, settings.ridge, fit, true);
        const std::vector<double> move = solve(slopes.hessian, slopes.gradient);
        const double before = loss_of(design, panel.bad, settings.ridge, fit);
        double part = 1, largest = 0;
        std::vector<double> next = fit;
        for (int half = 0; half < 30; ++half, part /= 2) { // far from the answer the quadratic may promise too much
            for (std::size_t j = 0; j < fit.size(); ++j) next[j] = fit[j] - part * move[j];
            if (loss_of(design, panel.bad, settings.ridge, next) <= before) break;
        }
        for (std::size_t j = 0; j < fit.size(); ++j) largest = std::max(largest, std::abs(next[j] - fit[j]));
        fit = next;
        if (largest < 1e-9) break;
    }
    take_over(training.model, fit);
    std::vector<double> chances;
    for (std::size_t i = 0; i < panel.rows(); ++i) {
        chances.push_back(hazard_of(training.model, panel.months[i], values_of(panel, places, i)));
        training.expected += chances.back();
    }
    training.area = area_under_curve(chances, panel.bad);
    training.brier = brier_score(chances, panel.bad);
    return training;
}

HazardModel train_hazard_naive(const HazardPanel& panel, const HazardSettings& settings, int steps) {
    HazardModel model;
    std::vector<std::string> left_out;
    const std::vector<std::size_t> places = scale_columns(panel, model, left_out);
    const Design design = design_of(panel, model, places);
    std::vector<double> fit(design.width + 1, 0);
    double rate = 4.0 / static_cast<double>(panel.rows());
    double loss = loss_of(design, panel.bad, settings.ridge, fit);
    for (int step = 0; step < steps; ++step) {
        const Slopes slopes = slopes_of(design, panel.bad, settings.ridge, fit, false);
        std::vector<double> next = fit;
        for (std::size_t j = 0; j < fit.size(); ++j) next[j] -= rate * slopes.gradient[j];
        const double now = loss_of(design, panel.bad, settings.ridge, next);
        if (now > loss) {
            rate /= 2;
            continue;
        }
        rate *= 1.1;
        loss = now;
        fit = std::move(next);
    }
    take_over(model, fit);
    return model;
}

double hazard_of(const HazardModel& model, std::int64_t month, const std::vector<double>& values) {
    double odds = model.intercept + model.duration * std::log(static_cast<double>(std::max<std::int64_t>(1, month)));
    for (std::size_t j = 0; j < model.columns.size() && j < values.size(); ++j) odds += model.columns[j].effect * scaled(model.columns[j], values[j]);
    return curve(odds);
}

double default_chance(const HazardModel& model, std::int64_t month, const std::vector<double>& values, std::int64_t horizon) {
    double good = 1;
    for (std::int64_t i = 0; i < horizon; ++i) good *= 1 - hazard_of(model, month + i, values);
    return 1 - good;
}

std::vector<HazardReason> reasons_of(const HazardModel& model, const std::vector<double>& values) {
    std::vector<HazardReason> reasons;
    for (std::size_t j = 0; j < model.columns.size() && j < values.size(); ++j)
        if (std::isfinite(values[j])) reasons.push_back({model.columns[j].name, values[j], model.columns[j].effect * scaled(model.columns[j], values[j])});
    std::stable_sort(reasons.begin(), reasons.end(), [](const HazardReason& a, const HazardReason& b) { return std::abs(a.effect) > std::abs(b.effect); });
    return reasons;
}

LeadTimes lead_times(const HazardModel& model, const HazardPanel& panel, double threshold, std::int64_t horizon) {
    struct Seen {
        std::int64_t warned = 0, defaulted = 0; // months; 0: never
    };
    std::map<std::uint32_t, Seen> borrowers;
    const std::vector<std::size_t> places = places_of(model, panel);
    for (std::size_t i = 0; i < panel.rows(); ++i) {
        Seen& seen = borrowers[panel.borrowers[i]];
        if (panel.bad[i] != 0) seen.defaulted = panel.months[i];
        if (default_chance(model, panel.months[i], values_of(panel, places, i), horizon) >= threshold && (seen.warned == 0 || panel.months[i] < seen.warned))
            seen.warned = panel.months[i];
    }
    LeadTimes times;
    std::vector<double> leads;
    for (const auto& [borrower, seen] : borrowers) {
        if (seen.defaulted == 0) {
            ++times.good;
            times.false_alarms += seen.warned != 0;
            continue;
        }
        ++times.defaults;
        if (seen.warned == 0 || seen.warned >= seen.defaulted) continue;
        ++times.warned;
        leads.push_back(static_cast<double>(seen.defaulted - seen.warned));
    }
    if (leads.empty()) return times;
    std::sort(leads.begin(), leads.end());
    times.mean = std::accumulate(leads.begin(), leads.end(), 0.0) / static_cast<double>(leads.size());
    times.median = leads.size() % 2 == 1 ? leads[leads.size() / 2] : (leads[leads.size() / 2 - 1] + leads[leads.size() / 2]) / 2;
    return times;
}

const std::vector<std::string>& loan_features() {
    static const std::vector<std::string> names = {"days_late", "late_share", "paid_share", "rate"};
    return names;
}

namespace {

/// The oldest due day that payments up to `day` have not reached, and how much is late.
struct Late {
    std::int64_t days = 0, amount = 0, paid = 0;
};
Late late_on(const LoanPast& past, Date day) {
    Late late;
    for (const LoanPast::Due& one : past.payments)
        if (one.day <= day) late.paid += one.amount;
    std::int64_t left = late.paid;
    for (const LoanPast::Due& one : past.dues) {
        if (one.day > day) break;
        const std::int64_t open = one.amount - std::min(left, one.amount);
        left -= one.amount - open;
        if (open > 0 && late.amount == 0) late.days = day.days - one.day.days;
        late.amount += open;
    }
    return late;
}

} // namespace

std::vector<double> loan_features_on(const LoanPast& past, Date day) {
    const Late late = late_on(past, day);
    const auto share = [&](std::int64_t amount) { return past.drawn > 0 ? static_cast<double>(amount) / static_cast<double>(past.drawn) * 100 : 0; };
    return {static_cast<double>(late.days), share(late.amount), share(late.paid), past.rate};
}

void add_months(HazardPanel& panel, const LoanPast& past, std::uint32_t borrower, std::int64_t default_days) {
    if (panel.names.empty()) panel.names = loan_features();
    for (std::int64_t month = 1;; ++month) {
        const Date begin = months_after(past.start, month - 1), end = months_after(past.start, month);
        if (past.until < end) return;
        bool bad = false;
        for (Date day{begin.days + 1}; day <= end && !bad; ++day.days) bad = late_on(past, day).days >= default_days;
        const std::vector<double> values = loan_features_on(past, begin);
        panel.values.insert(panel.values.end(), values.begin(), values.end());
        panel.borrowers.push_back(borrower);
        panel.months.push_back(month);
        panel.bad.push_back(bad ? 1 : 0);
        if (bad) return;
    }
}

} // namespace greenbank::finance
