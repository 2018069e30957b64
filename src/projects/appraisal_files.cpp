// appraisal_files.cpp — a file in, figures out.
#include "projects/appraisal_files.h"

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "projects/appraisal_records.h"
#include "json/json.h"

namespace greenbank::projects {

struct AppraiseOptions {
    std::string in;
    std::optional<std::string> out;
};
Record describe(const AppraiseOptions*) {
    return {"appraise_options", "Which plan.",
        {field<&AppraiseOptions::in>("in", "The plan, JSON; - reads standard input.", {.min = 1}),
            field<&AppraiseOptions::out>("out", "The report to write, JSON; - writes standard output.", {.min = 1})}};
}

namespace {

std::string line(std::string_view key, const std::string& value, Language language) {
    return fmt::format("{}: {}\n", word(fmt::format("appraisal.{}", key), language), value);
}

std::string in_percent(double value) { return fmt::format("{:.2f} %", value); }

std::string summary(const AppraisalReport& report, Language language) {
    const auto money = [&](const Money& amount) { return amount_text(amount) + " " + amount.currency; };
    const auto years = [&](const std::optional<double>& value) { return value ? fmt::format("{:.1f}", *value) : word("appraisal.never", language); };
    std::string out = report.title.empty() ? std::string() : std::string(report.title.best(language)) + "\n";
    for (const auto& [key, worth] : {std::pair{"before_tax", &report.before_tax}, std::pair{"after_tax", &report.after_tax}}) {
        std::string rates = word("appraisal.no_rate", language);
        if (worth->internal_rate) rates = in_percent(*worth->internal_rate);
        else if (!worth->internal_rates.empty()) {
            rates = word("appraisal.several_rates", language) + ":";
            for (const double rate : worth->internal_rates) rates += " " + in_percent(rate);
        }
        out += word(fmt::format("appraisal.{}", key), language) + "\n";
        out += "  " + line("net_present_value", money(worth->net_present_value), language);
        out += "  " + line("internal_rate", rates, language);
        out += "  " + line("payback", years(worth->payback_years), language);
        out += "  " + line("discounted_payback", years(worth->discounted_payback_years), language);
    }
    out += line("equivalent_annual", money(report.equivalent_annual), language);
    if (report.levelised_cost)
        out += line("levelised_cost", fmt::format("{:.4f} {}/{}", *report.levelised_cost, report.equivalent_annual.currency, *report.levelised_per), language);
    if (report.cost_per_tonne) {
        out += line("tonnes_avoided", fmt::format("{:.1f} tCO2e", report.tonnes_avoided), language);
        out += line("cost_per_tonne", money(*report.cost_per_tonne), language);
    }
    if (!report.sensitivities.empty()) out += fill_in(word("appraisal.sensitivity", language), {{"change", fmt::format("{:g}", report.sensitivity)}}) + "\n";
    for (const SensitivityRow& row : report.sensitivities)
        out += fmt::format("  {}: {} … {}{}\n", word(fmt::format("choice.driver.{}", name_of(row.driver)), language), amount_text(row.npv_low),
            money(row.npv_high), row.break_even ? fill_in(word("appraisal.break_even", language), {{"factor", fmt::format("{:.2f}", *row.break_even)}}) : "");
    return out;
}

Result<int> appraise_file(const AppraiseOptions& options, Console& console) {
    auto plan = from_json<AppraisalPlan>(TRY(read_file(options.in)));
    if (!plan) {
        if (plan.error().problems.empty()) return plan.error();
        return Error{plan.error().kind, "appraisal.plan", "The plan in {path} is not right; every fault is named.", {{"path", options.in}},
            std::move(plan.error().problems)};
    }
    const AppraisalReport report = report_of(plan.value());
    const std::string json = indented(to_json(report)) + "\n";
    if (options.out) TRY(write_file(*options.out, json));
    if (options.out != "-") console.out(console.json ? json : summary(report, console.language));
    return 0;
}

} // namespace

Command appraise_command() {
    return command(
        "project", "appraise", "Appraise a project: cash flows, net present value, internal rate, payback, levelised cost, sensitivity.", appraise_file);
}

} // namespace greenbank::projects
