// appraisal_records.cpp — the descriptions, and from them to the engine and back.
#include "projects/appraisal_records.h"

#include <cmath>

#include <fmt/format.h>

namespace greenbank::projects {

namespace {

constexpr double rate_max_percent = 1000, amount_max = 9e17;

template <class Row> std::vector<Field> running_years() {
    return {field<&Row::first_year>("first_year", "The first year of it; year 1 is the first of running.", {.min = 1, .max = years_max, .defaulted = true}),
        field<&Row::last_year>("last_year", "The last year of it; absent: as long as the project runs.", {.min = 1, .max = years_max})};
}

Record with(Record record, std::vector<Field> fields) {
    record.fields.insert(record.fields.end(), fields.begin(), fields.end());
    return record;
}

/// In one unit of the currency.
double minor_units(const std::string& currency) { return std::pow(10, decimals_of(currency).value_or(2)); }

/// Lines fit the project's years and its currency; sums stay within what is counted exactly.
void check_plan(const void* value, Problems& problems) {
    const auto& plan = *static_cast<const AppraisalPlan*>(value);
    if (!decimals_of(plan.currency)) problems.push_back({"currency", "appraisal.unknown_currency", "There is no currency {code}.", {{"code", plan.currency}}});
    double sum = 0;
    const auto check_money = [&](const std::string& place, const Money& money, double times) {
        if (money.currency != plan.currency)
            problems.push_back({place, "appraisal.currency", "All amounts are in {currency}, the plan's currency.", {{"currency", plan.currency}}});
        sum += std::abs(static_cast<double>(money.minor)) * times;
    };
    const auto check_years = [&](const std::string& place, std::int64_t first, const std::optional<std::int64_t>& last) {
        if (first > plan.years || last.value_or(first) > plan.years)
            problems.push_back({place + (first > plan.years ? ".first_year" : ".last_year"), "appraisal.after_end",
                "The project runs for {years} years; this is later.", {{"years", std::to_string(plan.years)}}});
        else if (last && *last < first) problems.push_back({place + ".last_year", "appraisal.years_crossed", "The last year is before the first."});
    };
    const double years = static_cast<double>(plan.years);
    const auto most = [&](double rate) { return years * std::max(1.0, std::pow(1 + rate / 100, years)); };
    for (std::size_t i = 0; i < plan.capital.size(); ++i) {
        const CapitalRow& row = plan.capital[i];
        const std::string place = fmt::format("capital[{}]", i);
        check_money(place + ".amount", row.amount, 1);
        if (row.year > plan.years)
            problems.push_back(
                {place + ".year", "appraisal.after_end", "The project runs for {years} years; this is later.", {{"years", std::to_string(plan.years)}}});
    }
    for (std::size_t i = 0; i < plan.operating.size(); ++i) {
        const OperatingRow& row = plan.operating[i];
        const std::string place = fmt::format("operating[{}]", i);
        check_money(place + ".amount", row.amount, most(row.escalation));
        check_years(place, row.first_year, row.last_year);
    }
    int mains = 0;
    for (std::size_t i = 0; i < plan.outputs.size(); ++i) {
        const OutputRow& row = plan.outputs[i];
        const std::string place = fmt::format("outputs[{}]", i);
        check_years(place, row.first_year, row.last_year);
        if (!(row.quantity.value >= 0) || row.quantity.value > 1e15)
            problems.push_back({place + ".quantity", "appraisal.quantity", "The quantity of a year is between 0 and 1e15."});
        else sum += row.quantity.value * row.price.value_or(0) * 100 * most(row.escalation);
        if (row.main && ++mains > 1)
            problems.push_back({place + ".main", "appraisal.two_mains", "Only one output can be the main one, of which a unit is costed."});
    }
    for (std::size_t i = 0; i < plan.avoided.size(); ++i) check_years(fmt::format("avoided[{}]", i), plan.avoided[i].first_year, plan.avoided[i].last_year);
    if (plan.residual) check_money("residual", *plan.residual, 1);
    if (!(sum < amount_max)) problems.push_back({"", "appraisal.too_large", "The amounts are too large to be counted exactly; use a larger unit of money."});
}

} // namespace

Record describe(const CapitalRow*) {
    return {"capital_line", "Something that is built or bought.",
        {field<&CapitalRow::name>("name", "What.", {.min = 1, .max = 200}), field<&CapitalRow::amount>("amount", "What it costs."),
            field<&CapitalRow::year>("year", "In which year it is paid; 0 is the year of building.", {.min = 0, .max = years_max, .defaulted = true}),
            field<&CapitalRow::depreciates>("depreciates", "Its cost is written off over the years; land's is not.", {.defaulted = true})}};
}
Record describe(const OperatingRow*) {
    return with(
        {"operating_line", "Something that is paid every year.",
            {field<&OperatingRow::name>("name", "What.", {.min = 1, .max = 200}), field<&OperatingRow::amount>("amount", "A year, at the prices of year 1."),
                field<&OperatingRow::escalation>(
                    "escalation", "How much dearer it becomes each year.", {.unit = "%", .min = -50, .max = 50, .defaulted = true})}},
        running_years<OperatingRow>());
}
Record describe(const OutputRow*) {
    return with(
        {"output_line", "Something that the project gives every year.",
            {field<&OutputRow::name>("name", "What.", {.min = 1, .max = 200}), field<&OutputRow::quantity>("quantity", "In its first year."),
                field<&OutputRow::degradation>("degradation", "How much less each year after.", {.unit = "%", .min = 0, .max = 50, .defaulted = true}),
                field<&OutputRow::price>("price", "Of one unit, in the plan's currency, at the prices of year 1; absent: not sold.", {.min = 0, .max = 1e12}),
                field<&OutputRow::escalation>("escalation", "How much dearer it becomes each year.", {.unit = "%", .min = -50, .max = 50, .defaulted = true}),
                field<&OutputRow::main>("main", "The levelised cost is of a unit of this.", {.defaulted = true})}},
        running_years<OutputRow>());
}
Record describe(const AvoidedRow*) {
    return with(
        {"avoided_line", "Emissions that do not take place because of the project.",
            {field<&AvoidedRow::name>("name", "What.", {.min = 1, .max = 200}),
                field<&AvoidedRow::tonnes>("tonnes", "In its first year.", {.unit = "tCO2e", .min = 0, .max = 1e12}),
                field<&AvoidedRow::degradation>("degradation", "How much less each year after.", {.unit = "%", .min = 0, .max = 50, .defaulted = true})}},
        running_years<AvoidedRow>());
}
Record describe(const AppraisalPlan*) {
    return {"appraisal_plan", "What a project costs and gives, year by year.",
        {field<&AppraisalPlan::title>("title", "Title of the project.", {.max = 300, .defaulted = true}),
            field<&AppraisalPlan::currency>("currency", "Currency of all amounts, ISO 4217.", {.min = 3, .max = 3, .defaulted = true}),
            field<&AppraisalPlan::years>("years", "How many years it runs.", {.unit = "a", .min = 1, .max = years_max}),
            field<&AppraisalPlan::discount_rate>("discount_rate", "Discount rate a year.", {.unit = "%", .min = 0, .max = rate_max_percent}),
            field<&AppraisalPlan::tax_rate>("tax_rate", "Tax on profits.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&AppraisalPlan::depreciation_years>(
                "depreciation_years", "Over how many years cost is written off in a straight line; absent: all.", {.unit = "a", .min = 1, .max = years_max}),
            field<&AppraisalPlan::loss_years>(
                "loss_years", "How many years a loss may be set against later profits.", {.unit = "a", .min = 0, .max = years_max, .defaulted = true}),
            field<&AppraisalPlan::residual>("residual", "Worth of what is left after the last year."),
            field<&AppraisalPlan::sensitivity>("sensitivity", "How far each assumption is varied.", {.unit = "%", .min = 1, .max = 100, .defaulted = true}),
            field<&AppraisalPlan::capital>("capital", "What is built or bought.", {.min = 1, .max = 500}),
            field<&AppraisalPlan::operating>("operating", "What is paid every year.", {.max = 500, .defaulted = true}),
            field<&AppraisalPlan::outputs>("outputs", "What it gives every year.", {.max = 500, .defaulted = true}),
            field<&AppraisalPlan::avoided>("avoided", "Emissions avoided.", {.max = 500, .defaulted = true})},
        check_plan};
}
Record describe(const FlowRow*) {
    return {"appraisal_flow", "One year: net is revenue and residual less capital, operating and tax.",
        {field<&FlowRow::year>("year", "Year; 0 is the year of building."), field<&FlowRow::capital>("capital", "Paid for building."),
            field<&FlowRow::operating>("operating", "Paid for running."), field<&FlowRow::revenue>("revenue", "Sales."),
            field<&FlowRow::residual>("residual", "Worth of what is left."), field<&FlowRow::depreciation>("depreciation", "Written off; no money moves."),
            field<&FlowRow::tax>("tax", "Tax on profits."), field<&FlowRow::net>("net", "Net cash flow."),
            field<&FlowRow::cumulative>("cumulative", "Net cash flow of this and all earlier years."), field<&FlowRow::output>("output", "Main output."),
            field<&FlowRow::tonnes>("tonnes", "Emissions avoided.", {.unit = "tCO2e"})}};
}
Record describe(const WorthRow*) {
    return {"appraisal_worth", "What a row of cash flows is worth.",
        {field<&WorthRow::net_present_value>("net_present_value", "Net present value."),
            field<&WorthRow::internal_rate>("internal_rate", "Internal rate of return, where there is exactly one.", {.unit = "%"}),
            field<&WorthRow::internal_rates>("internal_rates", "All rates at which the net present value is zero."),
            field<&WorthRow::payback_years>("payback_years", "Years until the money is back; absent: never.", {.unit = "a"}),
            field<&WorthRow::discounted_payback_years>("discounted_payback_years", "The same with discounted money.", {.unit = "a"})}};
}
Record describe(const SensitivityRow*) {
    return {"appraisal_sensitivity", "What one assumption does to the net present value after tax.",
        {field<&SensitivityRow::driver>("driver", "The assumption."), field<&SensitivityRow::npv_low>("npv_low", "Where it is lower."),
            field<&SensitivityRow::npv_high>("npv_high", "Where it is higher."),
            field<&SensitivityRow::break_even>("break_even", "Multiplied by this, the net present value is zero.")}};
}
Record describe(const AppraisalReport*) {
    return {"appraisal_report", "What a project is worth.",
        {field<&AppraisalReport::title>("title", "Title of the project."), field<&AppraisalReport::before_tax>("before_tax", "Before tax."),
            field<&AppraisalReport::after_tax>("after_tax", "After tax."),
            field<&AppraisalReport::equivalent_annual>("equivalent_annual", "The net present value after tax, spread evenly over the years."),
            field<&AppraisalReport::levelised_cost>("levelised_cost", "Cost of a unit of the main output over all years, before tax, in the plan's currency."),
            field<&AppraisalReport::levelised_per>("levelised_per", "The unit of the main output."),
            field<&AppraisalReport::tonnes_avoided>("tonnes_avoided", "Emissions avoided in all years.", {.unit = "tCO2e"}),
            field<&AppraisalReport::cost_per_tonne>("cost_per_tonne", "Cost of a tonne avoided, before tax, both discounted; below zero it pays by itself."),
            field<&AppraisalReport::sensitivity>("sensitivity", "How far each assumption was varied.", {.unit = "%"}),
            field<&AppraisalReport::sensitivities>("sensitivities", "The assumptions, the weightiest first."),
            field<&AppraisalReport::flows>("flows", "Year by year.")}};
}

Plan to_plan(const AppraisalPlan& given) {
    const int years = static_cast<int>(given.years);
    const auto last = [years](const std::optional<std::int64_t>& year) { return year ? static_cast<int>(*year) : years; };
    const double minor = minor_units(given.currency);
    Plan plan{.years = years,
        .discount_rate = given.discount_rate / 100,
        .tax_rate = given.tax_rate / 100,
        .depreciation_years = static_cast<int>(given.depreciation_years.value_or(0)),
        .loss_years = static_cast<int>(given.loss_years),
        .residual = given.residual ? given.residual->minor : 0,
        .capital = {},
        .operating = {},
        .outputs = {},
        .avoided = {}};
    for (const CapitalRow& row : given.capital) plan.capital.push_back({row.amount.minor, static_cast<int>(row.year), row.depreciates});
    for (const OperatingRow& row : given.operating)
        plan.operating.push_back({row.amount.minor, row.escalation / 100, static_cast<int>(row.first_year), last(row.last_year)});
    for (const OutputRow& row : given.outputs)
        plan.outputs.push_back({row.quantity.value, row.degradation / 100, row.price.value_or(0) * minor, row.escalation / 100,
            static_cast<int>(row.first_year), last(row.last_year), row.main});
    for (const AvoidedRow& row : given.avoided)
        plan.avoided.push_back({row.tonnes, row.degradation / 100, static_cast<int>(row.first_year), last(row.last_year)});
    if (given.outputs.size() == 1) plan.outputs[0].is_main = true;
    return plan;
}

AppraisalReport report_of(const AppraisalPlan& given) {
    const Plan plan = to_plan(given);
    const Appraisal appraisal = appraise(plan);
    const auto money = [&](double minor) { return Money{static_cast<std::int64_t>(std::llround(minor)), given.currency}; };
    const auto worth = [&](const Worth& one) {
        WorthRow row{money(one.net_present_value), {}, {}, one.payback_years, one.discounted_payback_years};
        for (const double rate : one.internal_rates) row.internal_rates.push_back(100 * rate);
        if (row.internal_rates.size() == 1) row.internal_rate = row.internal_rates[0];
        return row;
    };
    AppraisalReport report;
    report.title = given.title;
    report.before_tax = worth(appraisal.before_tax);
    report.after_tax = worth(appraisal.after_tax);
    report.equivalent_annual = money(appraisal.equivalent_annual);
    for (std::size_t i = 0; i < given.outputs.size(); ++i)
        if (plan.outputs[i].is_main && appraisal.levelised_cost) {
            report.levelised_cost = *appraisal.levelised_cost / minor_units(given.currency);
            report.levelised_per = given.outputs[i].quantity.unit;
        }
    report.tonnes_avoided = appraisal.tonnes;
    if (appraisal.cost_per_tonne && std::abs(*appraisal.cost_per_tonne) < amount_max) report.cost_per_tonne = money(*appraisal.cost_per_tonne);
    report.sensitivity = given.sensitivity;
    for (const Sensitivity& one : sensitivities(plan, given.sensitivity / 100))
        report.sensitivities.push_back({one.driver, money(one.npv_low), money(one.npv_high), one.break_even});
    for (std::size_t year = 0; year < appraisal.years.size(); ++year) {
        const YearFlow& flow = appraisal.years[year];
        const auto exact = [&](std::int64_t minor) { return Money{minor, given.currency}; };
        report.flows.push_back({static_cast<std::int64_t>(year), exact(flow.capital), exact(flow.operating), exact(flow.revenue), exact(flow.residual),
            exact(flow.depreciation), exact(flow.tax), exact(flow.net), exact(flow.cumulative), flow.output, flow.tonnes});
    }
    return report;
}

} // namespace greenbank::projects
