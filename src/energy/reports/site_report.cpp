// site_report.cpp — the figures of a period, out of the archive, plans and alarms.
#include "energy/reports/site_report.h"

#include <cmath>
#include <map>
#include <set>

#include "energy/engine/formula/balances.h"
#include "energy/reports/periods.h"
#include "energy/reports/plans.h"
#include "energy/reports/readings.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

namespace {

constexpr double waste_tolerance_percent = 5;

Result<ReportLine> line_of(Transaction& transaction, Archive& archive, const Channel& channel, Time from, Time to, Time now) {
    ReportLine line{.channel = channel.id, .key = channel.key, .name = channel.name, .unit = channel.unit, .decimals = channel.decimals};
    const auto hours_read = TRY(steps_between(transaction, archive, channel.number, from, to, hours(1)));
    Aggregate all;
    for (const Step& one : hours_read) {
        all.count += one.values.count;
        all.sum += one.values.sum;
        all.least = std::min(all.least, one.values.least);
        all.greatest = std::max(all.greatest, one.values.greatest);
    }
    line.readings = static_cast<std::int64_t>(all.count);
    line.hours_missing =
        std::max<std::int64_t>(0, (std::min(to, now) - from).microseconds / hours(1).microseconds - static_cast<std::int64_t>(hours_read.size()));
    if (all.count > 0 && channel.quantity == QuantityKind::instant) {
        line.least = all.least;
        line.mean = all.mean();
        line.greatest = all.greatest;
    }
    if (const auto unit = total_unit(channel)) {
        line.total_unit = unit->unit;
        for (const StepValue& value : TRY(step_values(transaction, archive, channel, from, to, hours(1))))
            line.total = line.total.value_or(0) + value.value * (unit->per_hour_of_mean > 0 ? unit->per_hour_of_mean : 1);
    }
    return line;
}

/// The plan in the unit of the line's total.
std::optional<double> planned_total(const PlanSeries& plan, const std::string& unit, Time from, Time to) {
    const auto sum = planned_sum(plan, from, to); // unit times hours
    if (!sum) return {};
    if (same_dimension(plan.unit + ".h", unit)) return convert({*sum, plan.unit + ".h"}, unit);
    return {};
}

} // namespace

Result<SiteReport> report_of(Transaction& transaction, Archive& archive, const Site& site, ReportPeriod period, std::optional<Date> on, Time now) {
    const PeriodSteps steps = steps_of_period(site, period, on, now);
    const Duration step = steps.step;
    SiteReport report{.site = site.id, .name = site.name, .period = period, .on = steps.on, .from = steps.from, .to = steps.to, .sample = site.sample};
    std::map<std::string, double> totals;
    std::string waste_unit;
    for (const Channel& channel : TRY(transaction.find<Channel>("site = $1 ORDER BY key, id LIMIT 1000", {site.id.text}))) {
        ReportLine line = TRY(line_of(transaction, archive, channel, report.from, report.to, now));
        if (line.total) totals[channel.key] += *line.total;
        if (channel.key == "waste_collected") waste_unit = line.total_unit;
        if (const auto plan = TRY(read_plan(transaction, site.id, channel.key)); plan && !line.total_unit.empty()) {
            line.planned = planned_total(*plan, line.total_unit, report.from, report.to);
            if (line.planned && line.total && *line.planned != 0) line.deviation_percent = (*line.total - *line.planned) / std::abs(*line.planned) * 100;
            const auto unit = total_unit(channel);
            std::map<Time, double> measured;
            // Days are those of the site: whole hours summed.
            for (const StepValue& value : TRY(step_values(transaction, archive, channel, report.from, report.to, hours(1))))
                measured[report.from + Duration{(value.at - report.from).microseconds / step.microseconds * step.microseconds}] +=
                    value.value * (unit && unit->per_hour_of_mean > 0 ? unit->per_hour_of_mean : 1);
            for (Time at = report.from; at < report.to && report.steps.size() < 9'000; at = at + step) {
                ReportStep one{.at = at, .key = channel.key, .planned = planned_total(*plan, line.total_unit, at, at + step)};
                if (const auto found = measured.find(at); found != measured.end()) one.measured = found->second;
                if (one.measured || one.planned) report.steps.push_back(std::move(one));
            }
        }
        report.lines.push_back(std::move(line));
    }
    if (totals.contains("waste_collected")) {
        const auto total = [&](const char* key) { return totals.contains(key) ? std::max(0.0, totals[key]) : 0; };
        WasteStream stream{.collected = total("waste_collected"), .recycled = total("waste_recycled"), .rejected = total("waste_rejected")};
        const MassBalance balance = TRY(mass_balance(stream, waste_tolerance_percent));
        report.waste = WasteLine{
            stream.collected, stream.recycled, stream.rejected, balance.missing, balance.missing_percent, balance.recycled_percent, balance.closed, waste_unit};
    }
    const std::string within = "site = $1 AND raised_at < $2 AND (cleared_at IS NULL OR cleared_at >= $3)";
    report.alarms =
        TRY(transaction.find<Alarm>(within + " ORDER BY raised_at DESC, id LIMIT 200", {site.id.text, report.to.microseconds, report.from.microseconds}));
    report.alarms_in_all = as_integer(
        TRY(transaction.query("SELECT count(*) FROM alarm WHERE " + within, {site.id.text, report.to.microseconds, report.from.microseconds})).single());
    for (const Device& device : TRY(transaction.find<Device>("site = $1 ORDER BY id LIMIT 1000", {site.id.text})))
        if (device.calibration_valid_to && *device.calibration_valid_to < date_of(steps.to + minutes(site.utc_offset_minutes) - seconds(1)))
            report.calibrations_expired.push_back(device.name.best(Language::en));
    return report;
}

std::vector<Endpoint> report_endpoints(Intake& intake) {
    const auto site_report_get = [&intake](Transaction& transaction, const Caller& caller, const ReportAsked& asked) -> Result<SiteReport> {
        return report_of(transaction, intake.archive(), TRY(seen(transaction, caller, asked.id)), asked.period, asked.on, caller.now);
    };
    const auto file = [&intake](bool pdf) {
        return [&intake, pdf](Store& store, const Caller& caller, const ReportAsked& asked) -> Result<Response> {
            SiteReport report;
            TRY(store.read([&](Transaction& transaction) -> Result<Done> {
                report = TRY(report_of(transaction, intake.archive(), TRY(seen(transaction, caller, asked.id)), asked.period, asked.on, caller.now));
                return Done{};
            }));
            const std::string name = asked.id.text + "-" + to_text(report.on) + (pdf ? ".pdf" : ".xlsx");
            std::string bytes = pdf ? TRY(report_pdf(report, caller.language, caller.now)) : TRY(report_xlsx(report, caller.language, caller.now));
            return Response{.content_type = pdf ? "application/pdf" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .body = std::move(bytes),
                .headers = {{"Content-Disposition", (pdf ? "inline; filename=\"" : "attachment; filename=\"") + name + "\""}}};
        };
    };
    return {
        // clang-format off
        {"site_report_get", Method::get, "/sites/{id}/report", "A day or month of a site.", Mode::read, signed_in, call(site_report_get)},
        {"site_report_pdf", Method::get, "/sites/{id}/report.pdf", "The same as PDF.", Mode::compute, signed_in, as_file("application/pdf", call(file(true)))},
        {"site_report_xlsx", Method::get, "/sites/{id}/report.xlsx", "The same as a workbook.", Mode::compute, signed_in, as_file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", call(file(false)))},
        // clang-format on
    };
}

} // namespace greenbank::energy
