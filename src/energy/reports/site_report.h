// site_report.h — a day or a month of a site: what flowed, against the plan, by purpose, as carbon; its waste; its alarms. One set of figures for page, PDF, xlsx.
#pragma once

#include "api/api.h"
#include "energy/telemetry/intake.h"
#include "energy/watch/records.h"

namespace greenbank::energy {

enum class ReportPeriod { daily, monthly };

/// One channel over the period.
struct ReportLine {
    Id<Channel> channel;
    std::string key;
    Text name;
    std::string unit;
    std::optional<double> least, mean, greatest; // of instants
    std::optional<double> total;                 // in total_unit: of meters, intervals, and instants that are powers or flows
    std::string total_unit;
    std::optional<double> planned, deviation_percent; // of the total, where there is a plan
    std::int64_t readings = 0;
    std::int64_t hours_missing = 0; // hours of the period, until now, without a reading
    std::int64_t decimals = 2;
};
Record describe(const ReportLine*);

/// One hour (of a day) or day (of a month): what the lines with a plan did and should have done.
struct ReportStep {
    Time at;
    std::string key;
    std::optional<double> measured, planned;
};
Record describe(const ReportStep*);

struct WasteLine {
    double collected = 0, recycled = 0, rejected = 0, missing = 0, missing_percent = 0, recycled_percent = 0;
    bool closed = false;
    std::string unit;
};
Record describe(const WasteLine*);

struct SiteReport {
    Id<Site> site;
    Text name;
    ReportPeriod period = ReportPeriod::daily;
    Date on;
    Time from, to; // the site's own days
    std::vector<ReportLine> lines;
    std::vector<ReportStep> steps;
    std::optional<WasteLine> waste;
    std::vector<Alarm> alarms; // raised within, or still open then; the newest 200
    std::int64_t alarms_in_all = 0;
    std::vector<std::string> calibrations_expired; // names of devices
    bool sample = false;
};
Record describe(const SiteReport*);

struct ReportAsked {
    Id<Site> id;
    ReportPeriod period = ReportPeriod::daily;
    std::optional<Date> on; // left out: yesterday, or last month
};
Record describe(const ReportAsked*);

Result<SiteReport> report_of(Transaction& transaction, Archive& archive, const Site& site, ReportPeriod period, std::optional<Date> on, Time now);
Result<std::string> report_pdf(const SiteReport& report, Language language, Time now);
Result<std::string> report_xlsx(const SiteReport& report, Language language, Time now);

/// A report that is made by itself when its period has ended, and kept as a file.
enum class ReportFormat { pdf, xlsx };
struct ReportSchedule {
    static constexpr std::string_view id_prefix = "reportschedule";
    Id<ReportSchedule> id;
    Id<Organisation> organisation;
    Id<Site> site;
    ReportPeriod period = ReportPeriod::daily;
    ReportFormat format = ReportFormat::pdf;
    std::string language = "zh";
    bool enabled = true;
    Time next_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ReportSchedule*);

struct KeptReport {
    static constexpr std::string_view id_prefix = "keptreport";
    Id<KeptReport> id;
    Id<Organisation> organisation;
    Id<ReportSchedule> schedule;
    Id<Site> site;
    ReportPeriod period = ReportPeriod::daily;
    Date on;
    ReportFormat format = ReportFormat::pdf;
    std::string language;
    std::string bytes_base64;
    std::int64_t bytes = 0;
    bool sample = false;
    Time created_at;
};
Record describe(const KeptReport*);

std::vector<Endpoint> report_endpoints(Intake& intake);
std::vector<Endpoint> report_schedule_endpoints();
/// Makes what is due.
Result<Done> make_due_reports(Store& store, Archive& archive, Time now, std::uint64_t seed);

std::vector<Endpoint> live_endpoints(Intake& intake);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::ReportPeriod> {
    static constexpr std::string_view name = "report_period";
    static constexpr std::string_view values[] = {"day", "month"};
};
template <> struct Choices<energy::ReportFormat> {
    static constexpr std::string_view name = "report_format";
    static constexpr std::string_view values[] = {"pdf", "xlsx"};
};
} // namespace greenbank
