// watching.cpp — rows of the slice: records, rights, endpoints, jobs, routines, samples.
#include "energy/watch/watching.h"

#include "api/nobody.h"
#include "energy/control/control.h"
#include "energy/reports/comparison.h"
#include "energy/reports/load_splits.h"
#include "energy/reports/plans.h"
#include "energy/reports/site_report.h"
#include "energy/simulate_files.h"
#include "energy/telemetry/retention.h"
#include "energy/watch/anomalies.h"
#include "energy/watch/operations.h"
#include "energy/watch/sample.h"

namespace greenbank::energy {

Monitoring::Monitoring(Intake& intake) :
    alarms(std::make_shared<AlarmDesk>(intake.store(), intake.archive())), computed(std::make_shared<ComputedChannels>(intake)), intake_(intake) {}

void Monitoring::open(Time (*clock)(), AuditLine line) {
    audit = line;
    alarms->open(clock, std::move(line));
    intake_.observe([desk = alarms, channels = computed](std::span<const TakenPoint> points, Time received) {
        channels->take(points);
        desk->take(points, received);
    });
}

namespace {

Result<Done> pass_control(Store& store, Monitoring& monitoring, Time now, std::uint64_t seed) {
    bool due = false;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        due = as_integer(TRY(transaction.query(
                                 "SELECT (SELECT count(*) FROM plant_command WHERE sample = false AND state IN ('queued', 'sent') AND due_at <= $1) + (SELECT "
                                 "count(*) FROM set_point WHERE sample = false AND alive_at IS NOT NULL AND alive_at + watchdog_seconds * 1000000 <= $1)",
                                 {now.microseconds}))
                             .single()) > 0;
        return Done{};
    }));
    if (!due) return Done{};
    const Caller bank = nobody(now, seed);
    return store.write([&](Transaction& transaction) -> Result<Done> {
        if (TRY(pass_control_time(transaction, bank, now)) == 0 || !monitoring.audit) return Done{};
        return monitoring.audit(transaction, bank, "control_time_pass");
    });
}

} // namespace

void add_watching(Slice& slice, Intake& intake, Monitoring& monitoring, Tell& tell) {
    for (const Record* record :
        {&record_of<AlarmRule>(), &record_of<Alarm>(), &record_of<AlarmEvent>(), &record_of<RuleMemory>(), &record_of<WebHook>(), &record_of<HookMessage>(),
            &record_of<SetPoint>(), &record_of<PlantCommand>(), &record_of<SitePlan>(), &record_of<VirtualChannel>(), &record_of<HourlyFactor>(),
            &record_of<ReportSchedule>(), &record_of<KeptReport>(), &record_of<ChannelAnomaly>(), &record_of<LoadSplit>(), &record_of<RetentionRun>()})
        slice.records.push_back(record);
    slice.rights.push_back({write_watch, "Rules, plans, formulas and reports of one's own sites; acknowledge and shelve alarms.",
        {"editor", "manager", "officer", "administrator"}});
    slice.rights.push_back({order_plant, "Order values of plants, and approve orders of others.", {"manager", "officer", "administrator"}});
    for (const auto& endpoints :
        {rule_endpoints(), alarm_endpoints(), web_hook_endpoints(), anomaly_endpoints(), set_point_endpoints(), command_endpoints(intake),
            device_command_endpoints(), plan_endpoints(), virtual_channel_endpoints(intake), factor_endpoints(), live_endpoints(intake),
            report_endpoints(intake), report_schedule_endpoints(), comparison_endpoints(intake), load_split_endpoints(intake), retention_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    slice.jobs.push_back(anomaly_job(intake));
    slice.samples.push_back(sample_set<SitePlan>(""));
    slice.samples.push_back(sample_set<AlarmRule>("energy_rules/"));
    slice.samples.push_back(sample_set<Alarm>(""));
    slice.samples.push_back(sample_set<AlarmEvent>(""));
    slice.samples.push_back(sample_set<SetPoint>("energy_set_points/"));
    slice.samples.push_back(sample_set<PlantCommand>("energy_commands/"));
    slice.samples.push_back(sample_set<HourlyFactor>("energy_factors/"));
    slice.samples.push_back(sample_set<LoadSplit>("energy_load_splits/"));
    slice.sample_steps.push_back(island_sample(intake.archive()));
    slice.commands.push_back(simulate_command());
    slice.routines.push_back({"alarms_watch", [&monitoring](Store&, Time now, std::uint64_t seed) { return monitoring.alarms->tick(now, seed); }});
    slice.routines.push_back({"channels_compute", [&monitoring](Store& store, Time now, std::uint64_t) { return monitoring.computed->tick(store, now); }});
    slice.routines.push_back(
        {"control_time_pass", [&monitoring](Store& store, Time now, std::uint64_t seed) { return pass_control(store, monitoring, now, seed); }});
    slice.routines.push_back({"web_hooks_deliver", [&tell](Store& store, Time now, std::uint64_t) { return deliver_hooks(store, tell, now); }});
    slice.routines.push_back({"telemetry_retain",
        [&intake, &monitoring](Store& store, Time now, std::uint64_t seed) { return keep_what_is_said(store, intake, monitoring.audit, now, seed); }});
    slice.routines.push_back(
        {"reports_make", [&intake](Store& store, Time now, std::uint64_t seed) { return make_due_reports(store, intake.archive(), now, seed); }});
}

} // namespace greenbank::energy
