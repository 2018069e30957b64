// paper.cpp — a site's report as PDF and as a workbook: the figures of the page, no others.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "energy/reports/site_report.h"
#include "paper/paper.h"
#include "sheets/sheets.h"

namespace greenbank::energy {

namespace {

std::string label(std::string_view record, std::string_view field, Language language) { return word(fmt::format("field.{}.{}", record, field), language); }

std::string title_of(const SiteReport& report, Language language) {
    return fill_in(word(report.period == ReportPeriod::daily ? "energy.report.day" : "energy.report.month", language),
        {{"site", report.name.best(language)}, {"on", report.period == ReportPeriod::daily ? to_text(report.on) : to_text(report.on).substr(0, 7)}});
}

std::string figure(const std::optional<double>& value, const std::string& unit, const Figures& figures) {
    return value ? figures.quantity(*value, unit) : std::string("—");
}

paper::Block lines_table(const SiteReport& report, const Figures& figures) {
    const Language language = figures.language;
    using paper::Align;
    paper::Table table{.title = word("energy.report.lines", language),
        .columns = {{label("report_line", "name", language)}, {label("report_line", "least", language), Align::right},
            {label("report_line", "mean", language), Align::right}, {label("report_line", "greatest", language), Align::right},
            {label("report_line", "total", language), Align::right}, {label("report_line", "planned", language), Align::right},
            {label("report_line", "deviation_percent", language), Align::right}, {label("report_line", "hours_missing", language), Align::right}},
        .rows = {}};
    for (const ReportLine& line : report.lines)
        table.rows.push_back({{std::string(line.name.best(language)), figure(line.least, line.unit, figures), figure(line.mean, line.unit, figures),
            figure(line.greatest, line.unit, figures), figure(line.total, line.total_unit, figures), figure(line.planned, line.total_unit, figures),
            figure(line.deviation_percent, "%", figures), line.hours_missing ? std::to_string(line.hours_missing) : ""}});
    return table;
}

/// Measured beside planned, a chart for each channel with a plan.
void add_charts(const SiteReport& report, Language language, std::vector<paper::Block>& blocks) {
    std::map<std::string, std::vector<const ReportStep*>> by_key;
    for (const ReportStep& step : report.steps) by_key[step.key].push_back(&step);
    for (const auto& [key, steps] : by_key) {
        const ReportLine* line = nullptr;
        for (const ReportLine& one : report.lines)
            if (one.key == key) line = &one;
        if (!line) continue;
        paper::LineChart chart{.title = std::string(line->name.best(language)),
            .unit = line->total_unit,
            .places = {},
            .series = {{word("energy.report.measured", language), {}}, {word("energy.report.planned", language), {}}}};
        for (const ReportStep* step : steps) {
            // The site's own hour or day, counted from the period's beginning.
            const auto place = (step->at - report.from).microseconds / (report.period == ReportPeriod::daily ? hours(1) : days(1)).microseconds;
            chart.places.push_back(std::to_string(report.period == ReportPeriod::daily ? place : place + 1));
            chart.series[0].values.push_back(step->measured);
            chart.series[1].values.push_back(step->planned);
        }
        blocks.push_back(std::move(chart));
    }
}

} // namespace

Result<std::string> report_pdf(const SiteReport& report, Language language, Time now) {
    const Figures figures(language);
    paper::Document document{.front = {.title = title_of(report, language),
                                 .date = date_of(now),
                                 .language = language,
                                 .orientation = paper::Orientation::landscape,
                                 .title_page = false,
                                 .numbered = false,
                                 .created_at = now}};
    if (report.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    auto& blocks = document.blocks;
    blocks.push_back(lines_table(report, figures));
    add_charts(report, language, blocks);
    if (report.waste) {
        const WasteLine& waste = *report.waste;
        blocks.push_back(paper::Facts{.title = word("energy.report.waste", language),
            .facts = {{label("waste_line", "collected", language), figures.quantity(waste.collected, waste.unit)},
                {label("waste_line", "recycled", language),
                    figures.quantity(waste.recycled, waste.unit) + " · " + figures.quantity(waste.recycled_percent, "%")},
                {label("waste_line", "rejected", language), figures.quantity(waste.rejected, waste.unit)},
                {label("waste_line", "missing", language),
                    figures.quantity(waste.missing, waste.unit) + " · " + figures.quantity(waste.missing_percent, "%")}}});
    }
    if (report.alarms.empty()) blocks.push_back(paper::Paragraph{word("energy.report.no_alarms", language)});
    else {
        paper::Table table{.title = word("energy.report.alarms", language),
            .columns = {{label("alarm", "severity", language)}, {label("alarm", "name", language)}, {label("alarm", "subject_name", language)},
                {label("alarm", "raised_at", language)}, {label("alarm", "cleared_at", language)}, {label("alarm", "state", language)}},
            .rows = {}};
        for (const Alarm& alarm : report.alarms)
            table.rows.push_back({{word(fmt::format("choice.alarm_severity.{}", greenbank::name_of(alarm.severity_worst)), language),
                std::string(alarm.name.best(language)), std::string(alarm.subject_name.best(language)), Figures::moment(alarm.raised_at),
                alarm.cleared_at ? to_text(*alarm.cleared_at) : "", word(fmt::format("choice.alarm_state.{}", greenbank::name_of(alarm.state)), language)}});
        blocks.push_back(std::move(table));
    }
    for (const std::string& device : report.calibrations_expired)
        blocks.push_back(paper::Paragraph{fill_in(word("energy.report.calibration", language), {{"device", device}})});
    return paper::to_pdf(document);
}

Result<std::string> report_xlsx(const SiteReport& report, Language language, Time now) {
    std::string bytes;
    const auto table =
        TRY(sheets::make_table([&bytes](std::string_view piece) -> Result<Done> { return bytes += piece, Done{}; }, sheets::Format::xlsx, {.created = now}));
    std::vector<sheets::Column> columns;
    for (const std::string_view field :
        {"key", "name", "unit", "least", "mean", "greatest", "total", "total_unit", "planned", "deviation_percent", "readings", "hours_missing"})
        columns.push_back({.title = label("report_line", field, language)});
    TRY(table->sheet(word("energy.report.lines", language), columns));
    const auto number = [](sheets::CellRow& row, const std::optional<double>& value) { value ? row.number(*value) : row.empty(); };
    for (const ReportLine& line : report.lines) {
        sheets::CellRow row;
        row.text(line.key).text(line.name.best(language)).text(line.unit);
        for (const auto& value : {line.least, line.mean, line.greatest, line.total}) number(row, value);
        row.text(line.total_unit);
        number(row, line.planned);
        number(row, line.deviation_percent);
        row.integer(line.readings).integer(line.hours_missing);
        TRY(table->row(row));
    }
    if (!report.steps.empty()) {
        columns.clear();
        for (const std::string_view field : {"at", "key", "measured", "planned"}) columns.push_back({.title = label("report_step", field, language)});
        TRY(table->sheet(word("energy.report.steps", language), columns));
        for (const ReportStep& step : report.steps) {
            sheets::CellRow row;
            row.date_time(step.at).text(step.key);
            number(row, step.measured);
            number(row, step.planned);
            TRY(table->row(row));
        }
    }
    TRY(table->finish());
    return bytes;
}

} // namespace greenbank::energy
