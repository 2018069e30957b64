// appraisal.h — what a project is worth: cash flows year by year, net present value, internal rate of return, payback, levelised cost,
// cost of a tonne avoided, and what each assumption does to them.
// Discounted cash flow at the end of each year, year 0 undiscounted, as in 建设项目经济评价方法与参数 (third edition, NDRC and the Ministry
// of Construction, 2006); levelised cost and paybacks after Short, Packey and Holt, NREL/TP-462-5173 (1995), sections 3.1 to 3.9.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace greenbank::projects {

constexpr int years_max = 100;

/// Amounts are minor units of one currency (fen); rates are fractions a year (0.08); year 0 is the year of building.

struct CapitalLine {
    std::int64_t amount = 0;
    int year = 0;
    bool depreciates = true; // land does not
};
/// Paid every year from `first_year` to `last_year`; `amount` is at the prices of year 1.
struct OperatingLine {
    std::int64_t amount = 0;
    double escalation = 0;
    int first_year = 1, last_year = 1;
};
/// What the project gives every year: quantity of year `first_year`, less by `degradation` each year after.
struct OutputLine {
    double quantity = 0;
    double degradation = 0;
    double price = 0; // minor units a unit of quantity, at the prices of year 1; 0: not sold
    double escalation = 0;
    int first_year = 1, last_year = 1;
    bool is_main = false; // what the levelised cost is of
};
struct AvoidedLine {
    double tonnes = 0; // of CO2 equivalent in `first_year`
    double degradation = 0;
    int first_year = 1, last_year = 1;
};

struct Plan {
    int years = 1; // of running, from year 1
    double discount_rate = 0;
    double tax_rate = 0;
    int depreciation_years = 0; // straight line from year 1 on; 0: over all years of running
    int loss_years = 5;         // how long a loss may be set against later profits
    std::int64_t residual = 0;  // worth of what is left after the last year
    std::vector<CapitalLine> capital;
    std::vector<OperatingLine> operating;
    std::vector<OutputLine> outputs;
    std::vector<AvoidedLine> avoided;
};

/// One year, in whole minor units: net = revenue + residual - capital - operating - tax, exactly.
struct YearFlow {
    std::int64_t capital = 0, operating = 0, revenue = 0, residual = 0, depreciation = 0, tax = 0;
    std::int64_t before_tax = 0, net = 0, cumulative = 0; // cumulative: of net
    double output = 0;                                    // of the main output
    double tonnes = 0;
};

/// The worth of one row of flows.
struct Worth {
    double net_present_value = 0;
    /// Every rate above -99 % at which the net present value is 0. More than one: none of them means anything by itself.
    std::vector<double> internal_rates;
    std::optional<double> payback_years, discounted_payback_years; // from the start of year 1; absent: never
};

struct Appraisal {
    std::vector<YearFlow> years; // from year 0
    Worth before_tax, after_tax;
    double equivalent_annual = 0;         // of the net present value after tax, over the years of running
    std::optional<double> levelised_cost; // minor units a unit of the main output, before tax; absent: there is none
    double tonnes = 0;                    // avoided in all years
    std::optional<double> cost_per_tonne; // -(net present value before tax) / discounted tonnes; negative: it pays by itself
};

/// Precondition (callers check it with words): years within 1 and years_max, lines within the years, rates above -1.
Appraisal appraise(const Plan& plan);

enum class Driver { capital, operating, price, output, discount_rate };

/// What happens to the net present value after tax when one assumption is multiplied by 1 - change and 1 + change.
struct Sensitivity {
    Driver driver = Driver::capital;
    double npv_low = 0, npv_high = 0;
    std::optional<double> break_even; // the factor within 0 and 10 at which the net present value is 0
};
/// The widest first: a tornado.
std::vector<Sensitivity> sensitivities(const Plan& plan, double change);

/// The same plan with one assumption multiplied.
Plan varied(Plan plan, Driver driver, double factor);

double net_present_value(const std::vector<double>& flows, double rate);

} // namespace greenbank::projects
