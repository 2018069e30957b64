// appraisal.cpp — whole amounts in every year, then worth by discounting them.
#include "projects/engine/appraisal.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace greenbank::projects {

namespace {

constexpr double rate_min = -0.99, rate_max = 100; // beyond 10,000 % a year nobody asks

/// A root of `f` between two points where its signs differ.
double root_between(const std::function<double(double)>& f, double low, double high) {
    double at_low = f(low);
    for (int i = 0; i < 200 && std::abs(high - low) > 1e-13 * std::max(1.0, std::abs(low)); ++i) {
        const double middle = (low + high) / 2, value = f(middle);
        if (value == 0) return middle;
        if ((value < 0) == (at_low < 0)) low = middle, at_low = value;
        else high = middle;
    }
    return (low + high) / 2;
}

std::vector<double> internal_rates(const std::vector<double>& flows) {
    std::vector<double> rates;
    const auto is_paid = [](double flow) { return flow < 0; };
    const auto is_earned = [](double flow) { return flow > 0; };
    if (std::none_of(flows.begin(), flows.end(), is_paid) || std::none_of(flows.begin(), flows.end(), is_earned)) return rates; // no rate turns its sign
    const auto worth = [&](double rate) { return net_present_value(flows, rate); };
    // Even steps of log(1 + rate): dense where rates are, sparse where they are absurd.
    constexpr int steps = 2000;
    const double from = std::log1p(rate_min), to = std::log1p(rate_max);
    double before = rate_min, value_before = worth(before);
    for (int i = 1; i <= steps; ++i) {
        const double rate = std::expm1(from + (to - from) * i / steps), value = worth(rate);
        if (value == 0) rates.push_back(rate);
        else if (value_before != 0 && (value < 0) != (value_before < 0)) rates.push_back(root_between(worth, before, rate));
        before = rate;
        value_before = value;
    }
    return rates;
}

/// When the sum of flows turns positive for good, within its year in proportion.
std::optional<double> payback(const std::vector<double>& flows) {
    double sum = 0;
    std::optional<double> years;
    for (std::size_t year = 0; year < flows.size(); ++year) {
        const double before = sum;
        sum += flows[year];
        if (sum < 0) years.reset();
        else if (!years) years = year == 0 || before >= 0 ? 0.0 : static_cast<double>(year - 1) + -before / flows[year];
    }
    return years;
}

Worth worth_of(const std::vector<double>& flows, double rate) {
    std::vector<double> discounted = flows;
    for (std::size_t year = 0; year < flows.size(); ++year) discounted[year] /= std::pow(1 + rate, static_cast<double>(year));
    return {net_present_value(flows, rate), internal_rates(flows), payback(flows), payback(discounted)};
}

std::int64_t whole(double amount) { return static_cast<std::int64_t>(std::llround(amount)); }

bool runs(int year, int first, int last) { return year >= first && year <= last; }

double grown(double start, double rate, int years) { return start * std::pow(1 + rate, years); }

/// Straight line; the last year takes what rounding left.
void depreciate(const Plan& plan, std::vector<YearFlow>& years) {
    std::int64_t base = -plan.residual;
    for (const CapitalLine& line : plan.capital)
        if (line.depreciates) base += line.amount;
    const int over = std::min(plan.depreciation_years > 0 ? plan.depreciation_years : plan.years, plan.years);
    if (base <= 0) return;
    std::int64_t written = 0;
    for (int year = 1; year <= over; ++year) {
        const std::int64_t until = whole(static_cast<double>(base) * year / over);
        years[static_cast<std::size_t>(year)].depreciation = until - written;
        written = until;
    }
}

/// Losses are set against profits of the next years, the oldest first, before they lapse.
void tax(const Plan& plan, std::vector<YearFlow>& years) {
    std::vector<std::int64_t> losses(years.size(), 0);
    for (std::size_t year = 1; year < years.size(); ++year) {
        YearFlow& flow = years[year];
        std::int64_t profit = flow.revenue + flow.residual - flow.operating - flow.depreciation;
        if (year + 1 == years.size()) profit -= plan.residual; // its book worth
        if (profit < 0) losses[year] = -profit;
        const std::size_t oldest = year > static_cast<std::size_t>(plan.loss_years) ? year - static_cast<std::size_t>(plan.loss_years) : 0;
        for (std::size_t earlier = oldest; earlier < year && profit > 0; ++earlier) {
            const std::int64_t used = std::min(profit, losses[earlier]);
            losses[earlier] -= used;
            profit -= used;
        }
        flow.tax = profit > 0 ? whole(static_cast<double>(profit) * plan.tax_rate) : 0;
    }
}

std::vector<YearFlow> flows_of(const Plan& plan) {
    std::vector<YearFlow> years(static_cast<std::size_t>(plan.years) + 1);
    for (const CapitalLine& line : plan.capital) years[static_cast<std::size_t>(line.year)].capital += line.amount;
    for (int year = 1; year <= plan.years; ++year) {
        YearFlow& flow = years[static_cast<std::size_t>(year)];
        for (const OperatingLine& line : plan.operating)
            if (runs(year, line.first_year, line.last_year)) flow.operating += whole(grown(static_cast<double>(line.amount), line.escalation, year - 1));
        for (const OutputLine& line : plan.outputs) {
            if (!runs(year, line.first_year, line.last_year)) continue;
            const double quantity = grown(line.quantity, -line.degradation, year - line.first_year);
            flow.revenue += whole(quantity * grown(line.price, line.escalation, year - 1));
            if (line.is_main) flow.output += quantity;
        }
        for (const AvoidedLine& line : plan.avoided)
            if (runs(year, line.first_year, line.last_year)) flow.tonnes += grown(line.tonnes, -line.degradation, year - line.first_year);
    }
    years.back().residual = plan.residual;
    depreciate(plan, years);
    tax(plan, years);
    std::int64_t cumulative = 0;
    for (YearFlow& flow : years) {
        flow.before_tax = flow.revenue + flow.residual - flow.capital - flow.operating;
        flow.net = flow.before_tax - flow.tax;
        flow.cumulative = cumulative += flow.net;
    }
    return years;
}

template <class Get> std::vector<double> row(const std::vector<YearFlow>& years, Get get) {
    std::vector<double> values;
    for (const YearFlow& year : years) values.push_back(static_cast<double>(get(year)));
    return values;
}

double net_present_value_of(const Plan& plan) {
    return net_present_value(row(flows_of(plan), [](const YearFlow& year) { return year.net; }), plan.discount_rate);
}

/// The factor within 0 and 10 nearest to 1 at which `worth` is 0.
std::optional<double> break_even_factor(const std::function<double(double)>& worth) {
    if (worth(1) == 0) return 1;
    constexpr int steps = 100;
    std::optional<double> nearest;
    double low = 0, worth_low = worth(low);
    for (int i = 1; i <= steps; ++i) {
        const double high = 10.0 * i / steps, worth_high = worth(high);
        if ((worth_low < 0) != (worth_high < 0)) {
            const double found = root_between(worth, low, high);
            if (!nearest || std::abs(found - 1) < std::abs(*nearest - 1)) nearest = found;
        }
        low = high;
        worth_low = worth_high;
    }
    return nearest;
}

} // namespace

double net_present_value(const std::vector<double>& flows, double rate) {
    double worth = 0;
    for (std::size_t year = flows.size(); year-- > 0;) worth = worth / (1 + rate) + flows[year];
    return worth;
}

Appraisal appraise(const Plan& plan) {
    Appraisal appraisal;
    appraisal.years = flows_of(plan);
    const std::vector<YearFlow>& years = appraisal.years;
    appraisal.before_tax = worth_of(row(years, [](const YearFlow& year) { return year.before_tax; }), plan.discount_rate);
    appraisal.after_tax = worth_of(row(years, [](const YearFlow& year) { return year.net; }), plan.discount_rate);

    double annuity = 0; // what 1 a year is worth
    for (int year = 1; year <= plan.years; ++year) annuity += std::pow(1 + plan.discount_rate, -year);
    appraisal.equivalent_annual = appraisal.after_tax.net_present_value / annuity;

    const double output = net_present_value(row(years, [](const YearFlow& year) { return year.output; }), plan.discount_rate);
    const double costs = net_present_value(row(years, [](const YearFlow& year) { return year.capital + year.operating - year.residual; }), plan.discount_rate);
    if (output > 0) appraisal.levelised_cost = costs / output;

    const std::vector<double> tonnes = row(years, [](const YearFlow& year) { return year.tonnes; });
    for (const double each : tonnes) appraisal.tonnes += each;
    const double tonnes_discounted = net_present_value(tonnes, plan.discount_rate);
    if (tonnes_discounted > 0) appraisal.cost_per_tonne = -appraisal.before_tax.net_present_value / tonnes_discounted;
    return appraisal;
}

Plan varied(Plan plan, Driver driver, double factor) {
    const auto scale = [factor](std::int64_t& amount) { amount = whole(static_cast<double>(amount) * factor); };
    switch (driver) {
    case Driver::capital:
        for (CapitalLine& line : plan.capital) scale(line.amount);
        scale(plan.residual);
        break;
    case Driver::operating:
        for (OperatingLine& line : plan.operating) scale(line.amount);
        break;
    case Driver::price:
        for (OutputLine& line : plan.outputs) line.price *= factor;
        break;
    case Driver::output:
        for (OutputLine& line : plan.outputs) line.quantity *= factor;
        for (AvoidedLine& line : plan.avoided) line.tonnes *= factor;
        break;
    case Driver::discount_rate: plan.discount_rate *= factor; break;
    }
    return plan;
}

std::vector<Sensitivity> sensitivities(const Plan& plan, double change) {
    std::vector<Sensitivity> all;
    for (const Driver driver : {Driver::capital, Driver::operating, Driver::price, Driver::output, Driver::discount_rate}) {
        const auto worth = [&](double factor) { return net_present_value_of(varied(plan, driver, factor)); };
        Sensitivity one{driver, worth(1 - change), worth(1 + change), {}};
        if (one.npv_low == one.npv_high && change > 0) continue; // the plan has nothing that it moves
        one.break_even = break_even_factor(worth);
        all.push_back(one);
    }
    std::stable_sort(all.begin(), all.end(),
        [](const Sensitivity& one, const Sensitivity& other) { return std::abs(one.npv_high - one.npv_low) > std::abs(other.npv_high - other.npv_low); });
    return all;
}

} // namespace greenbank::projects
