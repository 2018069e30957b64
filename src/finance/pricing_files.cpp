// pricing_files.cpp — rows of bonds in, prices out; one loan in, its payments out.
#include "finance/pricing_files.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "api/files.h"
#include "finance/holidays.h"
#include "finance/pricing_records.h"
#include "sheets/named_rows.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::finance {

struct BondsOptions {
    std::string in, out;
};
Record describe(const BondsOptions*) {
    return {"finance_bonds_options", "Which bonds.",
        {field<&BondsOptions::in>("in",
             "A table id,issue,maturity,settle,coupon,frequency,day_count,yield and, if wanted, "
             "calendar,convention,payment_convention,rule,end_of_month,first,next_to_last,compounding,redemption.",
             {.min = 1}),
            field<&BondsOptions::out>("out", "A table to write: id,clean,dirty,accrued,mod_duration,mac_duration,convexity.", {.min = 1})}};
}

struct ScheduleOptions {
    std::string in;
    std::optional<std::string> out;
};
Record describe(const ScheduleOptions*) {
    return {"finance_schedule_options", "Which loan.",
        {field<&ScheduleOptions::in>("in", "The loan's terms, JSON.", {.min = 1}),
            field<&ScheduleOptions::out>("out", "A table of its payments to write, CSV.", {.min = 1})}};
}

namespace {

constexpr std::array<std::string_view, 17> bond_columns = {"id", "issue", "maturity", "settle", "coupon", "frequency", "day_count", "yield", "calendar",
    "convention", "payment_convention", "rule", "end_of_month", "first", "next_to_last", "compounding", "redemption"};
enum BondColumn {
    id,
    issue,
    maturity,
    settle,
    coupon,
    frequency,
    day_count,
    yield,
    calendar,
    convention,
    payment_convention,
    rule,
    end_of_month,
    first,
    next_to_last,
    compounding,
    redemption
};

class BondReader {
public:
    explicit BondReader(sheets::NamedRows& rows) : rows_(rows) {}

    Bond read() {
        Bond bond;
        bond.dates.start = day(issue);
        bond.dates.end = day(maturity);
        bond.settle = day(settle);
        bond.coupon = number(coupon, -0.5, 1);
        bond.yield = number(yield, -0.9, 10);
        if (const auto parsed = parse_frequency(rows_[frequency])) bond.dates.frequency = *parsed;
        else rows_.fault(frequency, "finance.frequency", "Payments a year are 1, 2, 3, 4, 6 or 12, or 0 for one at the end.");
        if (const auto parsed = parse_day_count(rows_[day_count])) bond.day_count = *parsed;
        else rows_.fault(day_count, "finance.file_choice", "Write one of: {choices}.", {{"choices", names<DayCount>()}});
        choose(calendar, bond.dates.calendar);
        choose(convention, bond.dates.convention);
        choose(payment_convention, bond.payment_convention);
        choose(rule, bond.dates.rule);
        choose(compounding, bond.compounding);
        if (!rows_[end_of_month].empty()) {
            const std::string_view text = rows_[end_of_month];
            bond.dates.end_of_month = text == "true" || text == "1" || text == "yes";
            if (!bond.dates.end_of_month && text != "false" && text != "0" && text != "no")
                rows_.fault(end_of_month, "finance.file_choice", "Write one of: {choices}.", {{"choices", "true, false"}});
        }
        if (!rows_[first].empty()) bond.dates.first = day(first);
        if (!rows_[next_to_last].empty()) bond.dates.next_to_last = day(next_to_last);
        if (!rows_[redemption].empty()) bond.redemption = number(redemption, 0, 1e6);
        return bond;
    }
    void fault(const PricingFault& fault) {
        if (fault.flaw == PricingFlaw::none) return;
        const PricingProblem problem = problem_of(fault);
        const std::string_view column = problem.field == "end" ? "maturity" : problem.field == "rate" ? "coupon" : std::string_view(problem.field);
        const auto found = std::find(bond_columns.begin(), bond_columns.end(), column);
        rows_.fault(static_cast<std::size_t>(found - bond_columns.begin()), problem.code, problem.sentence);
    }

private:
    Date day(std::size_t column) {
        const auto parsed = parse_date(rows_[column]);
        if (!parsed) rows_.fault(column, "finance.file_day", "Write a day of the calendar as 2026-11-20.");
        return parsed.value_or(Date{});
    }
    double number(std::size_t column, double low, double high) {
        const auto number = sheets::parse_number<double>(rows_[column]);
        if (number && *number >= low && *number <= high) return *number;
        rows_.fault(column, "finance.file_rate", "Write a number from {low} to {high}; rates are parts of one a year, 0.04 for 4 %.",
            {{"low", fmt::format("{:g}", low)}, {"high", fmt::format("{:g}", high)}});
        return 0;
    }
    template <class E> static std::string names() {
        std::string all;
        for (const std::string_view name : Choices<E>::values) all += (all.empty() ? "" : ", ") + std::string(name);
        return all;
    }
    template <class E> void choose(std::size_t column, E& value) {
        if (rows_[column].empty()) return;
        if (const auto parsed = parse_choice<E>(rows_[column])) value = *parsed;
        else rows_.fault(column, "finance.file_choice", "Write one of: {choices}.", {{"choices", names<E>()}});
    }

    sheets::NamedRows& rows_;
};

Result<int> run_bonds(const BondsOptions& options, Console& console) {
    const Pricing pricing(holidays_of("kazakhstan"));
    const std::string heading = "The bonds in {path} are not right; every fault is named.";
    auto rows = TRY(sheets::in_file(sheets::NamedRows::open(options.in, bond_columns, 8), "finance.bonds_file", heading, options.in));
    sheets::TextFile file = TRY(sheets::TextFile::create(options.out));
    file.text() += "id,clean,dirty,accrued,mod_duration,mac_duration,convexity\n";
    BondReader reader(rows);
    std::int64_t count = 0;
    while (!rows.too_many() && TRY(rows.next())) {
        const std::size_t faults = rows.problems().size();
        const Bond bond = reader.read();
        BondPrice price;
        if (rows.problems().size() == faults) reader.fault(pricing.price(bond, price));
        if (!rows.problems().empty()) continue;
        sheets::append_cell(file.text(), rows[id]);
        fmt::format_to(std::back_inserter(file.text()), ",{},{},{},{},{},{}\n", price.clean, price.dirty, price.accrued, price.modified_duration,
            price.macaulay_duration, price.convexity);
        TRY(file.pass_on());
        ++count;
    }
    if (!rows.problems().empty()) return Error{Failure::invalid, "finance.bonds_file", heading, {{"path", options.in}}, std::move(rows.problems())};
    TRY(file.place());
    if (console.json) console.out(JsonWriter().begin_object().member("bonds", count).end_object().take() + "\n");
    else console.aside(fmt::format("{} bonds priced\n", count));
    return 0;
}

std::string table_of(const std::vector<LoanRow>& rows) {
    std::string text = "from,to,paid_on,years,rate,opening,interest,principal,payment,closing\n";
    for (const LoanRow& row : rows)
        text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", to_text(row.from), to_text(row.to), to_text(row.paid_on), row.years, row.rate, row.opening,
            row.interest, row.principal, row.payment, row.closing);
    return text;
}

/// What the borrower bears a year, the fee included.
std::optional<double> effective_rate_of(const LoanFile& loan, const std::vector<LoanRow>& rows) {
    std::vector<Date> days = {loan.start};
    std::vector<double> amounts = {loan.principal - loan.fee};
    for (const LoanRow& row : rows) {
        days.push_back(row.paid_on);
        amounts.push_back(-row.payment);
    }
    return effective_rate(days, amounts);
}

Result<int> run_schedule(const ScheduleOptions& options, Console& console) {
    const std::string heading = "The loan in {path} is not right; every fault is named.";
    const LoanFile loan = TRY(sheets::in_file(from_json<LoanFile>(TRY(read_file(options.in))), "finance.loan_file", heading, options.in));
    const Pricing pricing(holidays_of("kazakhstan"));
    std::vector<LoanRow> rows;
    if (const PricingFault fault = pricing.schedule(terms_of(loan), rows); fault.flaw != PricingFlaw::none) {
        PricingProblem problem = problem_of(fault);
        return Error{Failure::invalid, "finance.loan_file", heading, {{"path", options.in}}, {{problem.field, problem.code, problem.sentence}}};
    }
    if (options.out) TRY(write_file(*options.out, table_of(rows)));
    double interest = 0, paid = 0;
    for (const LoanRow& row : rows) {
        interest += row.interest;
        paid += row.payment;
    }
    const std::optional<double> effective = effective_rate_of(loan, rows);
    if (!console.json) {
        if (!options.out) console.out(table_of(rows));
        console.aside(fmt::format("{} payments, interest {:.2f}, paid {:.2f}{}\n", rows.size(), interest, paid,
            effective ? fmt::format(", effective rate {:.6f}", *effective) : std::string()));
        return 0;
    }
    JsonWriter json;
    json.begin_object().key("payments").begin_list();
    for (const LoanRow& row : rows) {
        json.begin_object().member("from", to_text(row.from)).member("to", to_text(row.to)).member("paid_on", to_text(row.paid_on));
        json.member("years", row.years).member("rate", row.rate).member("opening", row.opening).member("interest", row.interest);
        json.member("principal", row.principal).member("payment", row.payment).member("closing", row.closing).end_object();
    }
    json.end_list().member("interest", interest).member("paid", paid);
    if (effective) json.member("effective_rate", *effective);
    console.out(json.end_object().take() + "\n");
    return 0;
}

} // namespace

Command bonds_command() {
    return command("finance", "bonds", "Price bonds from their yields: clean, dirty, accrued, durations, convexity; for a nominal of 100.", run_bonds);
}
Command schedule_command() { return command("finance", "schedule", "The payments of a loan, and what it costs a year with its fee.", run_schedule); }

} // namespace greenbank::finance
