// sample.cpp — chapter 4 of the story: a year of the sample island out of its simulator, and the plans that are computed of it.
#include <algorithm>
#include <cmath>

#include "api/jobs.h"
#include "energy/engine/simulator/simulator.h"
#include "planning/studies/operations.h"

namespace greenbank::planning {

namespace {

constexpr double year_mwh = 12'000, peak_mw = 2.5; // as the need of chapter 1 has them

/// Load (MW), sun and wind (shares of what is installed) at every hour of a year. Invented by a seed; nothing was measured.
Series island_year(Time starts_at) {
    constexpr std::uint64_t seed = 4;
    const auto plant = energy::plant_of(energy::SimulatedKind::island);
    energy::Simulator simulator(energy::SimulatedKind::island, seed, starts_at.microseconds);
    const auto place = [&](std::string_view key) {
        return static_cast<std::size_t>(
            std::ranges::find_if(simulator.channels(), [&](const auto& channel) { return channel.key == key; }) - simulator.channels().begin());
    };
    const std::size_t load = place("load_power"), pv = place("pv_power"), wind = place("wind_power"), steps = 8760;
    Series series{{"load", "pv", "wind"}, {{}, {}, {}}};
    for (std::size_t t = 0; t < steps; ++t) {
        const auto values = simulator.step(starts_at.microseconds + static_cast<std::int64_t>(t) * hours(1).microseconds);
        series.columns[0].push_back(values[load] / 1000);
        series.columns[1].push_back(std::clamp(values[pv] / plant.pv, 0.0, 1.0));
        series.columns[2].push_back(std::clamp(values[wind] / plant.wind, 0.0, 1.0));
    }
    // stretched so that the year and its peak are those of the need
    auto& loads = series.columns[0];
    double sum = 0;
    for (const double one : loads) sum += one;
    const double most = *std::ranges::max_element(loads), mean = sum / static_cast<double>(steps), wanted = year_mwh / static_cast<double>(steps);
    const double stretch = (peak_mw - wanted) / (most - mean);
    for (double& one : loads) one = wanted + stretch * (one - mean);
    for (auto& column : series.columns)
        for (double& value : column) value = std::round(value * 1e6) / 1e6;
    return series;
}

Result<std::int64_t> load(Transaction& transaction, const SampleFiles&, Time now) {
    Caller bank;
    bank.now = now;
    bank.random = Random(4);
    for (Study& study : TRY(transaction.find<Study>("sample = true AND steps = 0"))) {
        const Series series = island_year(study.starts_at);
        bank.actor.organisation = study.organisation.text;
        TRY(keep_series(transaction, bank, study.id, series));
        study.steps = static_cast<std::int64_t>(series.steps());
        study.series_source = "greenbank simulate site --kind island --seed 4";
        TRY(transaction.update(study));
    }
    for (EnergyPlan& plan : TRY(transaction.find<EnergyPlan>("sample = true AND state = 'queued' AND job = '' ORDER BY id"))) {
        bank.actor.organisation = plan.organisation.text;
        plan.job = TRY(start_job(transaction, bank, "plan_compute", to_json(PlanKey{plan.id}))).id.text;
        TRY(transaction.update(plan));
    }
    return std::int64_t{0}; // the sets have counted them
}

Result<std::int64_t> remove(Transaction& transaction, const SampleFiles&, Time) {
    constexpr std::string_view of_samples = "(SELECT id FROM study WHERE sample = true)";
    TRY(transaction.execute("DELETE FROM job WHERE state = 'queued' AND id IN (SELECT job FROM energy_plan WHERE sample = true)"));
    TRY(transaction.execute("DELETE FROM plan_column WHERE plan IN (SELECT id FROM energy_plan WHERE study IN " + std::string(of_samples) + ")"));
    TRY(transaction.execute("DELETE FROM plan_exploration WHERE study IN " + std::string(of_samples)));
    const std::int64_t plans = TRY(transaction.execute("DELETE FROM energy_plan WHERE study IN " + std::string(of_samples)));
    TRY(transaction.execute("DELETE FROM study_column WHERE study IN " + std::string(of_samples)));
    return plans;
}

} // namespace

SampleStep sample_plans() { return {load, remove}; }

} // namespace greenbank::planning
