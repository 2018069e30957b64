// sample.cpp — made by the same engines that watch real sites, so that the figures of the story follow from them.
#include "energy/watch/sample.h"

#include <cmath>
#include <map>

#include "api/nobody.h"
#include "energy/engine/rules/watcher.h"
#include "energy/engine/simulator/simulator.h"
#include "energy/reports/plans.h"
#include "energy/watch/records.h"

namespace greenbank::energy {

namespace {

constexpr std::string_view site_id = "site_sample_island", device_id = "device_sample_island_controller";
constexpr std::uint64_t seed_measured = 8, seed_planned = 9;
constexpr std::int64_t step_seconds = 900;
const Time begins = *parse_time("2026-11-01T00:00:00Z"), ends = *parse_time("2026-11-28T16:00:00Z"); // midnight of the island

/// The turbines trip on the 27th at 13:00 of the island for five hours; the anemometer is silent on the 20th for three.
std::vector<SimulatedFault> faults() {
    return {{FaultKind::outage, "wind_power", parse_time("2026-11-27T05:00:00Z")->microseconds, parse_time("2026-11-27T10:00:00Z")->microseconds, 0},
        {FaultKind::silence, "wind_speed", parse_time("2026-11-20T02:00:00Z")->microseconds, parse_time("2026-11-20T05:00:00Z")->microseconds, 0}};
}

std::map<std::string, Points> simulated(std::uint64_t seed, std::vector<SimulatedFault> spoilt) {
    const Moment step = step_seconds * 1'000'000;
    Simulator simulator(SimulatedKind::island, seed, begins.microseconds - step, std::move(spoilt));
    std::map<std::string, Points> series;
    for (Moment at = begins.microseconds; at < ends.microseconds; at += step) {
        const std::vector<double> values = simulator.step(at);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (std::isfinite(values[i])) series[std::string(simulator.channels()[i].key)].add(at, values[i]);
    }
    return series;
}

SitePlan plan_of(const std::string& key, const Points& points, const Id<Organisation>& organisation, Time now) {
    SitePlan plan{.id = Id<SitePlan>("siteplan_sample_island_" + key),
        .organisation = organisation,
        .site = Id<Site>(std::string(site_id)),
        .channel = key,
        .unit = "kW",
        .starts_at = begins,
        .source = "Day-ahead plan (sample)",
        .sample = true,
        .created_at = now,
        .updated_at = now};
    constexpr std::size_t steps_an_hour = 3600 / step_seconds;
    for (std::size_t i = 0; i + steps_an_hour <= points.size(); i += steps_an_hour) {
        double sum = 0;
        for (std::size_t step = i; step < i + steps_an_hour; ++step) sum += points.values[step];
        plan.values.push_back(std::round(sum / steps_an_hour * 10) / 10);
    }
    return plan;
}

/// The rule over the whole month: an alarm for each time that it was raised.
Result<std::int64_t> raise_alarms(Transaction& transaction, const AlarmRule& rule, const Device& device, const std::map<std::string, Points>& series) {
    const CompiledRule compiled = TRY(compile(definition_of(rule)));
    std::map<Moment, std::vector<Reading>> readings;
    for (std::size_t i = 0; i < compiled.channels.size(); ++i)
        if (const auto found = series.find(compiled.channels[i]); found != series.end())
            for (std::size_t at = 0; at < found->second.size(); ++at)
                readings[found->second.times[at]].push_back({static_cast<std::uint16_t>(i), found->second.times[at], found->second.values[at]});
    RuleState state = begin_rule(compiled, begins.microseconds);
    std::vector<Transition> transitions;
    for (const auto& [at, moment] : readings) apply(compiled, state, at, moment, &transitions);
    std::int64_t alarms = 0, made = 0;
    std::optional<Alarm> open;
    const auto note = [&](AlarmEventKind kind, const Transition& transition) -> Result<Done> {
        ++made;
        const std::string id = "alarmevent_" + open->id.text.substr(6) + "_" + std::to_string(transition.at / 1'000'000);
        return transaction.insert(AlarmEvent{.id = Id<AlarmEvent>(id),
            .alarm = open->id,
            .organisation = rule.organisation,
            .kind = kind,
            .state = open->state,
            .severity = open->severity,
            .at = {transition.at},
            .sample = true});
    };
    for (const Transition& transition : transitions) {
        if (!transition.from) {
            open = Alarm{.id = Id<Alarm>("alarm_" + rule.id.text.substr(5) + "_" + std::to_string(++alarms)),
                .organisation = rule.organisation,
                .rule = rule.id,
                .site = *device.site,
                .device = device.id,
                .subject = device.id.text,
                .name = rule.name,
                .subject_name = device.name,
                .severity = *transition.to,
                .severity_worst = *transition.to,
                .channel = compiled.channels[0],
                .raised_at = {transition.at},
                .severity_since = {transition.at},
                .noticed_at = {transition.at},
                .sample = true};
            TRY(transaction.insert(*open));
            TRY(note(AlarmEventKind::raise, transition));
        } else if (transition.to) {
            open->severity = *transition.to;
            open->severity_worst = std::max(open->severity_worst, open->severity);
            open->severity_since = {transition.at};
            TRY(transaction.update(*open));
            TRY(note(AlarmEventKind::severity, transition));
        } else {
            open->state = AlarmState::cleared;
            open->cleared_at = Time{transition.at};
            TRY(transaction.update(*open));
            TRY(note(AlarmEventKind::clear, transition));
        }
    }
    return alarms + made;
}

Result<std::int64_t> load(Archive& archive, Transaction& transaction, Time now) {
    const auto device = TRY(transaction.find_one<Device>("id = $1", {std::string(device_id)}));
    if (!device || !TRY(transaction.query("SELECT 1 FROM site_plan WHERE id = 'siteplan_sample_island_load_power'")).empty()) return 0;
    const auto measured = simulated(seed_measured, faults());
    for (const Channel& channel : TRY(transaction.find<Channel>("device = $1 ORDER BY number", {device->id.text})))
        if (const auto found = measured.find(channel.key); found != measured.end())
            TRY(archive.write(transaction, {series_of(channel.number, SeriesKind::values), found->second}));
    auto planned = simulated(seed_planned, {});
    std::int64_t made = 0;
    for (const std::string key : {"load_power", "pv_power", "wind_power"}) {
        TRY(transaction.insert(plan_of(key, planned[key], device->organisation, now)));
        ++made;
    }
    for (const AlarmRule& rule : TRY(transaction.find<AlarmRule>("sample = true AND device = $1 ORDER BY id", {device->id.text})))
        made += TRY(raise_alarms(transaction, rule, *device, measured));
    return made;
}

} // namespace

SampleStep island_sample(Archive& archive) {
    return {[&archive](Transaction& transaction, const SampleFiles&, Time now) { return load(archive, transaction, now); },
        [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> {
            return 0;
        }}; // points go with those of all sample channels, records with their sets
}

} // namespace greenbank::energy
