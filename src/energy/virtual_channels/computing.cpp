// computing.cpp — names to channels and factors, steps to values, rounds of the routine.
#include "energy/virtual_channels/computing.h"

#include <cmath>

#include "energy/engine/formula/balances.h"
#include "energy/engine/formula/channel_order.h"
#include "energy/reports/readings.h"

namespace greenbank::energy {

namespace {

/// Ten digits: nobody measures more, and the archive packs decimals well.
double rounded(double value) {
    if (value == 0) return 0;
    const double scale = std::pow(10.0, 9 - std::floor(std::log10(std::abs(value))));
    const double scaled = std::round(value * scale) / scale;
    return std::isfinite(scaled) ? scaled : value;
}

} // namespace

std::vector<std::int64_t> BoundFormula::numbers() const {
    std::vector<std::int64_t> all;
    for (const auto& [name, channel] : channels) all.push_back(channel.number);
    return all;
}

Result<BoundFormula> bind_formula(Transaction& transaction, const Id<Organisation>& organisation, const Id<Site>& site, const std::string& formula,
    const std::string& unit, const std::vector<FormulaInput>& inputs) {
    BoundFormula bound{.formula = TRY(parse_formula(formula))};
    for (const std::string& name : bound.formula.names) {
        if (name == "step") {
            bound.units["step"] = "s";
            bound.accumulates = true;
            continue;
        }
        std::vector<Channel> found;
        for (const FormulaInput& input : inputs)
            if (input.name == name) found = TRY(transaction.find<Channel>("id = $1 AND organisation = $2", {input.channel.text, organisation.text}));
        if (found.empty()) found = TRY(transaction.find<Channel>("site = $1 AND key = $2 LIMIT 2", {site.text, name}));
        if (found.size() > 1)
            return invalid({{"formula", "formula.name_several", "Several channels of this site are called {name}; say with an input which one is meant.",
                {{"name", name}}}});
        if (found.size() == 1) {
            bound.units[name] = found[0].unit;
            bound.accumulates = bound.accumulates || found[0].quantity == QuantityKind::counter || found[0].quantity == QuantityKind::interval;
            bound.channels.emplace(name, std::move(found[0]));
            continue;
        }
        auto factors = TRY(transaction.find<HourlyFactor>("organisation = $1 AND key = $2 ORDER BY valid_from", {organisation.text, name}));
        if (factors.empty()) continue; // said by the check of units
        bound.units[name] = factors[0].unit;
        bound.factors.emplace(name, std::move(factors));
    }
    TRY(check_formula(bound.formula, bound.units, unit));
    return bound;
}

Result<std::vector<std::pair<Time, double>>> compute_steps(
    Transaction& transaction, Archive& archive, const BoundFormula& bound, const std::string& unit, Time from, Time to, Duration step) {
    const Evaluator evaluator(bound.formula, bound.units, unit);
    const std::size_t steps = static_cast<std::size_t>(std::max<std::int64_t>(0, (to - from).microseconds / step.microseconds));
    std::vector<std::vector<double>> columns;
    for (const std::string& name : evaluator.names()) {
        std::vector<double> column(steps, std::nan(""));
        if (name == "step") column.assign(steps, static_cast<double>(step.microseconds) / 1e6);
        else if (const auto channel = bound.channels.find(name); channel != bound.channels.end()) {
            for (const StepValue& value : TRY(step_values(transaction, archive, channel->second, from, to, step)))
                column[static_cast<std::size_t>((value.at - from).microseconds / step.microseconds)] = value.value;
        } else if (const auto factors = bound.factors.find(name); factors != bound.factors.end()) {
            std::vector<FactorStep> in_force;
            const std::string& first_unit = factors->second.front().unit;
            for (const HourlyFactor& factor : factors->second)
                if (const auto value = convert({factor.value, factor.unit}, first_unit)) in_force.push_back({factor.valid_from.microseconds, *value});
            for (std::size_t i = 0; i < steps; ++i)
                if (const auto value = factor_at(in_force, from.microseconds + static_cast<Moment>(i) * step.microseconds)) column[i] = *value;
        }
        columns.push_back(std::move(column));
    }
    std::vector<std::pair<Time, double>> computed;
    std::vector<double> values(columns.size());
    for (std::size_t i = 0; i < steps; ++i) {
        for (std::size_t name = 0; name < columns.size(); ++name) values[name] = columns[name][i];
        const double value = evaluator.at(values);
        if (std::isfinite(value)) computed.emplace_back(from + Duration{static_cast<std::int64_t>(i) * step.microseconds}, rounded(value));
    }
    return computed;
}

void ComputedChannels::take(std::span<const TakenPoint> points) {
    const std::lock_guard lock(mutex_);
    for (const TakenPoint& point : points) {
        const Time at{point.at_milliseconds * 1000};
        const auto [known, fresh] = late_.emplace(point.channel->number, at);
        if (!fresh) known->second = std::min(known->second, at);
    }
}

Result<Done> ComputedChannels::tick(Store& store, Time now) {
    constexpr std::int64_t steps_max = 2000; // of one channel in one round
    std::map<std::int64_t, Time> late;
    {
        const std::lock_guard lock(mutex_);
        late.swap(late_);
    }
    const bool first = !std::exchange(begun_, true);
    std::vector<VirtualChannel> all;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        all = TRY(transaction.find<VirtualChannel>("sample = false ORDER BY id LIMIT 20000"));
        return Done{};
    }));
    std::map<std::string, std::vector<std::string>> uses; // by channel id
    std::map<std::string, const VirtualChannel*> by_channel;
    for (const VirtualChannel& one : all) by_channel[one.channel.text] = &one;
    std::map<std::string, BoundFormula> bound;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        for (const VirtualChannel& one : all) {
            auto formula = bind_formula(transaction, one.organisation, one.site, one.formula, one.unit, one.inputs);
            if (!formula) continue; // a channel of it is gone; the page says so
            for (const auto& [name, channel] : formula.value().channels) uses[one.channel.text].push_back(channel.id.text);
            uses.try_emplace(one.channel.text);
            bound.emplace(one.channel.text, std::move(formula).value());
        }
        return Done{};
    }));
    for (const std::string& id : TRY(channel_order(uses))) {
        const VirtualChannel& one = *by_channel.at(id);
        const BoundFormula& formula = bound.at(id);
        const Duration step = seconds(one.step_seconds);
        const Time until{step_of((now - seconds(60)).microseconds, step.microseconds)};
        Time from = first ? std::min(one.computed_until, until - hours(24)) : one.computed_until;
        for (const std::int64_t number : formula.numbers())
            if (const auto came = late.find(number); came != late.end()) from = std::min(from, came->second);
        from = std::max(Time{step_of(from.microseconds, step.microseconds)}, until - days(400));
        const Time to = std::min(until, from + Duration{step.microseconds * steps_max});
        if (from >= to) continue;
        std::vector<std::pair<Time, double>> values;
        std::int64_t number = 0;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            values = TRY(compute_steps(transaction, intake_.archive(), formula, one.unit, from, to, step));
            number = TRY(transaction.get(one.channel)).number;
            return Done{};
        }));
        std::vector<NumberedPoint> points;
        for (const auto& [at, value] : values) points.push_back({number, at.microseconds / 1000, value});
        if (!points.empty()) TRY(intake_.accept(points, now));
        // Those that use this channel come later in this round and must see it anew.
        if (const auto [known, fresh] = late.emplace(number, from); !fresh) known->second = std::min(known->second, from);
        if (to > one.computed_until)
            TRY(store.write([&](Transaction& transaction) -> Result<Done> {
                transaction.capture_changes = false;
                TRY(transaction.execute("UPDATE virtual_channel SET computed_until = $1 WHERE id = $2", {to.microseconds, one.id.text}));
                return Done{};
            }));
        if (to < until) { // the rest comes with the next round
            const std::lock_guard lock(mutex_);
            for (const std::int64_t used : formula.numbers())
                if (late.contains(used)) late_.emplace(used, to);
        }
    }
    return Done{};
}

} // namespace greenbank::energy
