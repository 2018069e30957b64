// schedules.cpp — reports that are made by themselves an hour after their period has ended, and kept.
#include "api/nobody.h"
#include "energy/reports/site_report.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

namespace {

constexpr std::int64_t schedules_of_organisation_max = 200, reports_kept_max = 400;

/// An hour after the end of the period that runs at `now`: late readings have come by then.
Time next_time(const Site& site, ReportPeriod period, Time now) {
    const Duration offset = minutes(site.utc_offset_minutes);
    Date midnight = date_of(now + offset);
    do midnight = {midnight.days + 1};
    while (period == ReportPeriod::monthly && !to_text(midnight).ends_with("-01"));
    return Time{midnight.days * days(1).microseconds} - offset + hours(1);
}

Result<Reply<ReportSchedule>> report_schedule_create(Transaction& transaction, const Caller& caller, const ReportSchedule& draft) {
    ReportSchedule schedule = draft;
    const Site site = TRY(to_change(transaction, caller, schedule.site));
    schedule.id = caller.new_id<ReportSchedule>();
    schedule.organisation = site.organisation;
    schedule.created_at = schedule.updated_at = caller.now;
    schedule.next_at = next_time(site, schedule.period, caller.now);
    if (as_integer(TRY(transaction.query("SELECT count(*) FROM report_schedule WHERE organisation = $1", {site.organisation.text})).single()) >=
        schedules_of_organisation_max)
        return Error{Failure::conflict, "report.many", "An organisation has at most 200 scheduled reports."};
    TRY(transaction.insert(schedule));
    return Reply<ReportSchedule>{.body = std::move(schedule), .status = 201};
}
Result<Done> report_schedule_delete(Transaction& transaction, const Caller& caller, const KeyOf<ReportSchedule>& key) {
    const ReportSchedule schedule = TRY(to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM kept_report WHERE schedule = $1", {schedule.id.text}));
    return transaction.erase(schedule.id);
}
Result<ReportSchedule> report_schedule_get(Transaction& transaction, const Caller& caller, const KeyOf<ReportSchedule>& key) {
    return seen(transaction, caller, key.id);
}
Result<Page<ReportSchedule>> report_schedule_list(Transaction& transaction, const Caller& caller, const ListOf<ReportSchedule>& list) {
    return listed(transaction, caller, list);
}
Result<Page<KeptReport>> kept_report_list(Transaction& transaction, const Caller& caller, const ListOf<KeptReport>& list) {
    return listed(transaction, caller, list);
}
Result<Response> kept_report_file(Transaction& transaction, const Caller& caller, const KeyOf<KeptReport>& key) {
    const KeptReport report = TRY(seen(transaction, caller, key.id));
    const bool pdf = report.format == ReportFormat::pdf;
    return Response{.content_type = pdf ? "application/pdf" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        .body = from_base64url(report.bytes_base64).value_or(""),
        .headers = {{"Content-Disposition", "attachment; filename=\"" + report.site.text + "-" + to_text(report.on) + (pdf ? ".pdf\"" : ".xlsx\"")}}};
}

} // namespace

Result<Done> make_due_reports(Store& store, Archive& archive, Time now, std::uint64_t seed) {
    std::vector<std::pair<ReportSchedule, SiteReport>> due;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        for (ReportSchedule& schedule :
            TRY(transaction.find<ReportSchedule>("enabled = true AND sample = false AND next_at <= $1 ORDER BY next_at LIMIT 5", {now.microseconds}))) {
            const Site site = TRY(transaction.get(schedule.site));
            SiteReport report = TRY(report_of(transaction, archive, site, schedule.period, std::nullopt, now));
            due.emplace_back(std::move(schedule), std::move(report));
        }
        return Done{};
    }));
    const Caller bank = nobody(now, seed);
    for (auto& [schedule, report] : due) {
        const Language language = parse_language(schedule.language).value_or(Language::zh);
        const std::string bytes = schedule.format == ReportFormat::pdf ? TRY(report_pdf(report, language, now)) : TRY(report_xlsx(report, language, now));
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            ReportSchedule stored = TRY(transaction.get(schedule.id));
            if (stored.next_at > now) return Done{}; // another server was there first
            stored.next_at = next_time(TRY(transaction.get(stored.site)), stored.period, now);
            TRY(transaction.update(stored));
            TRY(transaction.execute(
                "DELETE FROM kept_report WHERE schedule = $1 AND id NOT IN (SELECT id FROM kept_report WHERE schedule = $1 ORDER BY id DESC LIMIT $2)",
                {stored.id.text, reports_kept_max - 1}));
            transaction.capture_changes = false;
            return transaction.insert(KeptReport{.id = bank.new_id<KeptReport>(),
                .organisation = stored.organisation,
                .schedule = stored.id,
                .site = stored.site,
                .period = stored.period,
                .on = report.on,
                .format = stored.format,
                .language = stored.language,
                .bytes_base64 = to_base64url(bytes),
                .bytes = static_cast<std::int64_t>(bytes.size()),
                .created_at = now});
        }));
    }
    return Done{};
}

std::vector<Endpoint> report_schedule_endpoints() {
    return {
        // clang-format off
        {"report_schedule_list", Method::get, "/report-schedules", "Reports that are made by themselves.", Mode::read, signed_in, call(report_schedule_list)},
        {"report_schedule_get", Method::get, "/report-schedules/{id}", "One of them.", Mode::read, signed_in, call(report_schedule_get)},
        {"report_schedule_create", Method::post, "/report-schedules", "Have a report made every day or month.", Mode::write, write_watch, call(report_schedule_create)},
        {"report_schedule_delete", Method::remove, "/report-schedules/{id}", "Have it made no more; those kept go too.", Mode::write, write_watch, call(report_schedule_delete)},
        {"kept_report_list", Method::get, "/kept-reports", "Reports that were made.", Mode::read, signed_in, call(kept_report_list)},
        {"kept_report_file", Method::get, "/kept-reports/{id}/file", "The file of a report.", Mode::read, signed_in, as_file("application/octet-stream", call(kept_report_file))},
        // clang-format on
    };
}

} // namespace greenbank::energy
