// appraisal_test.cpp — the engine beside its definitions: flows line by line, rates by trying, the levelised cost as the price that pays.
#include <cmath>

#include <doctest/doctest.h>

#include "kernel/random.h"
#include "projects/appraisal_records.h"
#include "json/json.h"

namespace greenbank::projects {

namespace {

/// Discounting by the definition, every year by itself.
long double worth_by_definition(const std::vector<YearFlow>& years, std::int64_t YearFlow::*flow, long double rate) {
    long double sum = 0;
    for (std::size_t year = 0; year < years.size(); ++year)
        sum += static_cast<long double>(years[year].*flow) / std::pow(1 + rate, static_cast<long double>(year));
    return sum;
}

double between(Random& random, double low, double high) { return low + (high - low) * static_cast<double>(random.below(1'000'001)) / 1e6; }

Plan random_plan(Random& random) {
    Plan plan;
    plan.years = static_cast<int>(1 + random.below(30));
    plan.discount_rate = between(random, 0, 0.2);
    plan.tax_rate = random.below(2) ? 0.25 : 0;
    plan.depreciation_years = static_cast<int>(random.below(12));
    const auto year = [&] { return static_cast<int>(1 + random.below(static_cast<std::uint64_t>(plan.years))); };
    for (std::uint64_t i = 1 + random.below(3); i > 0; --i)
        plan.capital.push_back({static_cast<std::int64_t>(random.below(1'000'000'000)), i == 1 ? 0 : year() - 1, random.below(4) > 0});
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        const int first = year();
        plan.operating.push_back({static_cast<std::int64_t>(random.below(50'000'000)), between(random, -0.02, 0.05), first, std::max(first, year())});
    }
    for (std::uint64_t i = 1 + random.below(2); i > 0; --i) {
        const int first = year();
        plan.outputs.push_back(
            {between(random, 1, 1e6), between(random, 0, 0.02), between(random, 0, 500), between(random, 0, 0.03), first, std::max(first, year()), i == 1});
    }
    plan.avoided.push_back({between(random, 0, 10'000), 0.005, 1, plan.years});
    if (random.below(2)) plan.residual = static_cast<std::int64_t>(random.below(10'000'000));
    return plan;
}

Plan simple(std::int64_t capital, std::int64_t yearly, int years, double rate) {
    Plan plan;
    plan.years = years;
    plan.discount_rate = rate;
    plan.capital = {{capital, 0, true}};
    plan.outputs = {{1, 0, static_cast<double>(yearly), 0, 1, years, true}};
    return plan;
}

} // namespace

TEST_CASE("appraisal: textbook cases") {
    // 1,000 now, 500 in each of three years at 10 %: NPV 243.43, IRR 23.38 %, back after 2 years, discounted 2.35.
    const Appraisal three = appraise(simple(1000'00, 500'00, 3, 0.10));
    CHECK(three.after_tax.net_present_value / 100 == doctest::Approx(243.4260).epsilon(1e-6));
    REQUIRE(three.after_tax.internal_rates.size() == 1);
    CHECK(three.after_tax.internal_rates[0] == doctest::Approx(0.2337512).epsilon(1e-6));
    CHECK(three.after_tax.payback_years.value() == doctest::Approx(2));
    CHECK(three.after_tax.discounted_payback_years.value() == doctest::Approx(2.3520).epsilon(1e-4));
    CHECK(three.levelised_cost.value() / 100 == doctest::Approx(402.1148).epsilon(1e-6)); // the annuity of 1,000
    CHECK(three.equivalent_annual / 100 == doctest::Approx(97.8852).epsilon(1e-6));

    CHECK_FALSE(appraise(simple(1000'00, 100'00, 3, 0.10)).after_tax.payback_years);
    CHECK(appraise(simple(1000'00, 100'00, 3, 0.10)).after_tax.internal_rates.size() == 1); // below zero, but it is one
    CHECK(appraise(simple(1000'00, 0, 3, 0.10)).after_tax.internal_rates.empty());

    // Two rates: -1,600, +10,000, -10,000 has 25 % and 400 % (Lorie and Savage, 1955).
    Plan pump = simple(1600'00, 0, 2, 0.10);
    pump.capital.push_back({10'000'00, 2, true});
    pump.outputs = {{1, 0, 10'000'00, 0, 1, 1, true}};
    const auto rates = appraise(pump).after_tax.internal_rates;
    REQUIRE(rates.size() == 2);
    CHECK(rates[0] == doctest::Approx(0.25));
    CHECK(rates[1] == doctest::Approx(4.0));

    // A loss of the first year is set against the next profits: 25 % of what is left.
    Plan taxed = simple(900'00, 0, 3, 0);
    taxed.tax_rate = 0.25;
    taxed.outputs = {{1, 0, 600'00, 0, 2, 3, true}};
    const auto flows = appraise(taxed).years;
    CHECK(flows[1].tax == 0);
    CHECK(flows[2].tax == 0);     // 600 - 300 - the loss of 300
    CHECK(flows[3].tax == 75'00); // (600 - 300) x 25 %
    taxed.loss_years = 0;
    CHECK(appraise(taxed).years[2].tax == 75'00);
}

TEST_CASE("appraisal: what must hold for any plan") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const Plan plan = random_plan(random);
        const Appraisal appraisal = appraise(plan);
        std::int64_t cumulative = 0, written = 0, base = -plan.residual;
        for (const YearFlow& flow : appraisal.years) {
            CHECK(flow.net == flow.revenue + flow.residual - flow.capital - flow.operating - flow.tax);
            CHECK(flow.cumulative == (cumulative += flow.net));
            written += flow.depreciation;
        }
        for (const CapitalLine& line : plan.capital)
            if (line.depreciates) base += line.amount;
        CHECK(written == std::max<std::int64_t>(base, 0));
        const double scale = static_cast<double>(1 + std::abs(worth_by_definition(appraisal.years, &YearFlow::capital, 0)));
        CHECK(std::abs(appraisal.after_tax.net_present_value - static_cast<double>(worth_by_definition(appraisal.years, &YearFlow::net, plan.discount_rate))) <
              1e-9 * scale);
        for (const double rate : appraisal.after_tax.internal_rates)
            if (rate > -0.5) CHECK(std::abs(static_cast<double>(worth_by_definition(appraisal.years, &YearFlow::net, rate))) < 1e-6 * scale);
        if (appraisal.before_tax.payback_years) CHECK(worth_by_definition(appraisal.years, &YearFlow::before_tax, 0) >= 0);

        // The levelised cost is the constant price at which all other sales left out pay for everything.
        if (appraisal.levelised_cost) {
            Plan paid = plan;
            paid.tax_rate = 0;
            for (OutputLine& line : paid.outputs) line.price = line.is_main ? *appraisal.levelised_cost : 0, line.escalation = 0;
            CHECK(std::abs(appraise(paid).before_tax.net_present_value) < 40.0 + 1e-9 * scale); // each year is rounded to the fen
        }
        for (const Sensitivity& one : sensitivities(plan, 0.2)) {
            CHECK(one.npv_low == appraise(varied(plan, one.driver, 0.8)).after_tax.net_present_value);
            if (one.break_even) CHECK(std::abs(appraise(varied(plan, one.driver, *one.break_even)).after_tax.net_present_value) < 100.0 + 1e-6 * scale);
        }
    }
}

TEST_CASE("appraisal: a plan that does not fit is told line by line") {
    const auto faults = [](std::string_view json) {
        std::string all;
        const auto read = from_json<AppraisalPlan>(json);
        if (read) return std::string("none");
        for (const Problem& problem : read.error().problems) all += problem.field + " " + problem.code + "\n";
        return all;
    };
    CHECK(faults(R"({"years":20,"discount_rate":8,"capital":[{"name":"PV","amount":{"amount":"10.00","currency":"CNY"}}]})") == "none");
    CHECK(faults(R"({"years":2,"discount_rate":8,"capital":[{"name":"PV","amount":{"amount":"10.00","currency":"USD"},"year":3}],
        "operating":[{"name":"O","amount":{"amount":"1.00","currency":"CNY"},"first_year":2,"last_year":1}],
        "outputs":[{"name":"a","quantity":{"value":-1,"unit":"kWh"},"main":true},{"name":"b","quantity":{"value":1,"unit":"kWh"},"main":true,"last_year":9}]})") ==
          "capital[0].amount appraisal.currency\ncapital[0].year appraisal.after_end\noperating[0].last_year appraisal.years_crossed\n"
          "outputs[0].quantity appraisal.quantity\noutputs[1].last_year appraisal.after_end\noutputs[1].main appraisal.two_mains\n");
    CHECK(faults(R"({"years":100,"discount_rate":8,"capital":[{"name":"PV","amount":{"amount":"90000000000000000.00","currency":"CNY"}}]})") != "none");
    // Discounting below zero would multiply until nothing is counted exactly; nor is a cost spread over next to no tonnes.
    CHECK(faults(R"({"years":100,"discount_rate":-50,"capital":[{"name":"PV","amount":{"amount":"1000000000.00","currency":"CNY"}}]})") ==
          "discount_rate number.too_low\n");
    CHECK_FALSE(
        report_of(from_json<AppraisalPlan>(R"({"years":5,"discount_rate":8,"capital":[{"name":"PV","amount":{"amount":"1000000000.00","currency":"CNY"}}],
        "avoided":[{"name":"a","tonnes":1e-9}]})")
                      .value())
            .cost_per_tonne);
    CHECK(faults(R"({"years":0,"discount_rate":8,"capital":[]})") != "none");
    CHECK(faults(R"({"years":5,"discount_rate":8,"currency":"XXQ","capital":[{"name":"PV","amount":{"amount":"10","currency":"CNY"}}]})") != "none");
}

} // namespace greenbank::projects
