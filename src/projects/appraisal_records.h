// appraisal_records.h — an appraisal as people write and read it: JSON by description, money in full, rates in percent.
#pragma once

#include "kernel/record.h"
#include "projects/engine/appraisal.h"

namespace greenbank::projects {

struct CapitalRow {
    std::string name;
    Money amount;
    std::int64_t year = 0;
    bool depreciates = true;
};
struct OperatingRow {
    std::string name;
    Money amount;
    double escalation = 0;
    std::int64_t first_year = 1;
    std::optional<std::int64_t> last_year; // absent: as long as the project runs
};
struct OutputRow {
    std::string name;
    Quantity quantity;
    double degradation = 0;
    std::optional<double> price;
    double escalation = 0;
    std::int64_t first_year = 1;
    std::optional<std::int64_t> last_year;
    bool main = false;
};
struct AvoidedRow {
    std::string name;
    double tonnes = 0;
    double degradation = 0;
    std::int64_t first_year = 1;
    std::optional<std::int64_t> last_year;
};

/// `greenbank project appraise --in project.json`.
struct AppraisalPlan {
    Text title;
    std::string currency = "CNY";
    std::int64_t years = 20;
    double discount_rate = 8;
    double tax_rate = 0;
    std::optional<std::int64_t> depreciation_years;
    std::int64_t loss_years = 5;
    std::optional<Money> residual;
    double sensitivity = 20;
    std::vector<CapitalRow> capital;
    std::vector<OperatingRow> operating;
    std::vector<OutputRow> outputs;
    std::vector<AvoidedRow> avoided;
};

struct FlowRow {
    std::int64_t year = 0;
    Money capital, operating, revenue, residual, depreciation, tax, net, cumulative;
    double output = 0, tonnes = 0;
};
struct WorthRow {
    Money net_present_value;
    std::optional<double> internal_rate;
    std::vector<double> internal_rates;
    std::optional<double> payback_years, discounted_payback_years;
};
struct SensitivityRow {
    Driver driver = Driver::capital;
    Money npv_low, npv_high;
    std::optional<double> break_even;
};

struct AppraisalReport {
    Text title;
    WorthRow before_tax, after_tax;
    Money equivalent_annual;
    std::optional<double> levelised_cost;
    std::optional<std::string> levelised_per;
    double tonnes_avoided = 0;
    std::optional<Money> cost_per_tonne;
    double sensitivity = 20;
    std::vector<SensitivityRow> sensitivities;
    std::vector<FlowRow> flows;
};

Record describe(const CapitalRow*);
Record describe(const OperatingRow*);
Record describe(const OutputRow*);
Record describe(const AvoidedRow*);
Record describe(const AppraisalPlan*);
Record describe(const FlowRow*);
Record describe(const WorthRow*);
Record describe(const SensitivityRow*);
Record describe(const AppraisalReport*);

/// The engine's plan; the description's check has said everything that could be wrong.
Plan to_plan(const AppraisalPlan& plan);
AppraisalReport report_of(const AppraisalPlan& plan);

} // namespace greenbank::projects

namespace greenbank {
template <> struct Choices<projects::Driver> {
    static constexpr std::string_view name = "driver";
    static constexpr std::string_view values[] = {"capital", "operating", "price", "output", "discount_rate"};
};
} // namespace greenbank
