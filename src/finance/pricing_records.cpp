// pricing_records.cpp — the descriptions, the market's names, and what is wrong in words.
#include "finance/pricing_records.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace greenbank::finance {

namespace {

std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    }
    return letters;
}

constexpr std::pair<std::string_view, DayCount> day_count_names[] = {{"actual365", DayCount::actual_365}, {"actual365fixed", DayCount::actual_365},
    {"act365", DayCount::actual_365}, {"act365f", DayCount::actual_365}, {"act365fixed", DayCount::actual_365}, {"actual360", DayCount::actual_360},
    {"act360", DayCount::actual_360}, {"30360", DayCount::thirty_360}, {"thirty360", DayCount::thirty_360}, {"bondbasis", DayCount::thirty_360},
    {"30360bondbasis", DayCount::thirty_360}, {"thirty360bondbasis", DayCount::thirty_360}, {"30e360", DayCount::thirty_e_360},
    {"thirtye360", DayCount::thirty_e_360}, {"30360european", DayCount::thirty_e_360}, {"thirty360european", DayCount::thirty_e_360},
    {"30e360eurobondbasis", DayCount::thirty_e_360}, {"eurobondbasis", DayCount::thirty_e_360}, {"30360us", DayCount::thirty_360_us},
    {"30360usa", DayCount::thirty_360_us}, {"thirty360us", DayCount::thirty_360_us}, {"thirty360usa", DayCount::thirty_360_us},
    {"actualactual", DayCount::actual_actual_isda}, {"actact", DayCount::actual_actual_isda}, {"actualactualisda", DayCount::actual_actual_isda},
    {"actactisda", DayCount::actual_actual_isda}, {"actualactualisma", DayCount::actual_actual_isma}, {"actactisma", DayCount::actual_actual_isma},
    {"actualactualicma", DayCount::actual_actual_isma}, {"actacticma", DayCount::actual_actual_isma}, {"actualactualbond", DayCount::actual_actual_isma},
    {"actactbond", DayCount::actual_actual_isma}, {"actualactualafb", DayCount::actual_actual_afb}, {"actactafb", DayCount::actual_actual_afb},
    {"actualactualeuro", DayCount::actual_actual_afb}};

constexpr std::pair<std::string_view, int> frequency_names[] = {{"0", 0}, {"once", 0}, {"1", 1}, {"annual", 1}, {"yearly", 1}, {"2", 2}, {"semiannual", 2},
    {"halfyearly", 2}, {"3", 3}, {"4", 4}, {"quarterly", 4}, {"6", 6}, {"bimonthly", 6}, {"12", 12}, {"monthly", 12}};

template <class Value, std::size_t count> std::optional<Value> find(const std::pair<std::string_view, Value> (&names)[count], std::string_view text) {
    const std::string letters = letters_of(text);
    for (const auto& [name, value] : names)
        if (name == letters) return value;
    return {};
}

void check_loan(const void* value, Problems& problems) {
    const auto& loan = *static_cast<const LoanFile*>(value);
    if (!parse_frequency(std::to_string(loan.frequency)))
        problems.push_back({"frequency", "finance.frequency", "Payments a year are 1, 2, 3, 4, 6 or 12, or 0 for one at the end."});
    if (loan.custom.empty() == (loan.repayment == Repayment::custom))
        problems.push_back({"custom", "finance.custom_needed", "List principal payments if, and only if, the repayment is custom."});
    if (loan.repayment == Repayment::custom && (loan.grace_periods > 0 || loan.balloon > 0))
        problems.push_back({"grace_periods", "finance.custom_alone", "A custom repayment has neither grace nor balloon; its list says when what is paid."});
    if (loan.fee >= loan.principal && loan.principal > 0) problems.push_back({"fee", "finance.fee_too_large", "The fee is less than the principal."});
}

} // namespace

Record describe(const RateStep*) {
    return {"rate_step", "A rate that holds from a day on.",
        {field<&RateStep::from>("from", "The first day of the new rate."),
            field<&RateStep::rate>("rate", "A part of one a year: 0.04 for 4 %.", {.min = -0.5, .max = 1})}};
}
Record describe(const PrincipalPayment*) {
    return {"principal_payment", "Principal that is due on an interest date.",
        {field<&PrincipalPayment::due>("due", "An interest date of the loan."),
            field<&PrincipalPayment::amount>("amount", "How much.", {.min = 0, .max = 1e15})}};
}
Record describe(const LoanFile*) {
    return {"loan_terms", "A loan whose payments are asked for.",
        {field<&LoanFile::principal>("principal", "What is lent.", {.min = 0, .max = 1e15}),
            field<&LoanFile::rate>("rate", "A part of one a year: 0.04 for 4 %.", {.min = -0.5, .max = 1}),
            field<&LoanFile::start>("start", "The first day of interest."), field<&LoanFile::end>("end", "The last payment is due."),
            field<&LoanFile::frequency>("frequency", "Payments a year: 1, 2, 3, 4, 6 or 12; 0: one at the end.", {.min = 0, .max = 12, .defaulted = true}),
            field<&LoanFile::day_count>("day_count", "How days become parts of a year.", {.defaulted = true}),
            field<&LoanFile::repayment>("repayment", "How principal comes back.", {.defaulted = true}),
            field<&LoanFile::calendar>("calendar", "Whose business days.", {.defaulted = true}),
            field<&LoanFile::convention>("convention", "Where an interest date goes that is no business day.", {.defaulted = true}),
            field<&LoanFile::payment_convention>("payment_convention", "Where a payment goes that is due on no business day.", {.defaulted = true}),
            field<&LoanFile::rule>("rule", "From which end the dates are counted; the odd period is at the other.", {.defaulted = true}),
            field<&LoanFile::end_of_month>("end_of_month", "Dates stay at the end of months if the first counted one is there.", {.defaulted = true}),
            field<&LoanFile::first>("first", "The end of the first period, where it is an odd one."),
            field<&LoanFile::next_to_last>("next_to_last", "The beginning of the last period, where it is an odd one."),
            field<&LoanFile::grace_periods>("grace_periods", "Periods at the beginning without principal.", {.min = 0, .max = 1500, .defaulted = true}),
            field<&LoanFile::capitalise_grace>("capitalise_grace", "Interest of the grace is added to what is owed.", {.defaulted = true}),
            field<&LoanFile::balloon>("balloon", "Principal left for the last day beside the regular payment.", {.min = 0, .max = 1e15, .defaulted = true}),
            field<&LoanFile::fee>("fee", "Kept back on the first day; part of the effective rate.", {.min = 0, .max = 1e15, .defaulted = true}),
            field<&LoanFile::steps>("steps", "Later rates, in order.", {.max = 200, .defaulted = true}),
            field<&LoanFile::custom>("custom", "Principal by interest date, in order.", {.max = 1500, .defaulted = true}),
            field<&LoanFile::decimals>("decimals", "Payments are rounded to so many places; absent: exact.", {.min = 0, .max = 6})},
        check_loan};
}

LoanTerms terms_of(const LoanFile& file) {
    return {.dates = {file.start, file.end, static_cast<int>(file.frequency), file.calendar, file.convention, file.rule, file.end_of_month, file.first,
                file.next_to_last},
        .principal = file.principal,
        .rate = file.rate,
        .day_count = file.day_count,
        .payment_convention = file.payment_convention,
        .repayment = file.repayment,
        .grace_periods = static_cast<int>(file.grace_periods),
        .capitalise_grace = file.capitalise_grace,
        .balloon = file.balloon,
        .steps = file.steps,
        .custom = file.custom,
        .decimals = file.decimals ? std::optional(static_cast<int>(*file.decimals)) : std::nullopt};
}

std::optional<DayCount> parse_day_count(std::string_view text) {
    if (const auto named = parse_choice<DayCount>(text)) return named;
    return find(day_count_names, text);
}
std::optional<int> parse_frequency(std::string_view text) { return find(frequency_names, text); }

PricingProblem problem_of(const PricingFault& fault) {
    switch (fault.flaw) {
    case PricingFlaw::dates_order: return {"end", "finance.dates_order", "The end comes after the start."};
    case PricingFlaw::settled_late: return {"settle", "finance.settled_late", "Settlement comes before the end."};
    case PricingFlaw::odd_period:
        return {"first", "finance.odd_period", "Odd first and last periods lie within the start and the end, on days that make a schedule."};
    case PricingFlaw::frequency_unknown: return {"frequency", "finance.frequency", "Payments a year are 1, 2, 3, 4, 6 or 12, or 0 for one at the end."};
    case PricingFlaw::too_long: return {"end", "finance.too_long", "Days lie from 1901 to 2199, and there are at most 1500 payments."};
    case PricingFlaw::rate_range: return {"yield", "finance.rate_range", "At this yield a payment to come would be worth more than without end."};
    case PricingFlaw::steps_order:
        return {fmt::format("steps[{}].from", fault.index), "finance.steps_order", "Steps are in order, after the start and before the end."};
    case PricingFlaw::grace_too_long: return {"grace_periods", "finance.grace_too_long", "The grace leaves no period to repay in."};
    case PricingFlaw::custom_date:
        return {fmt::format("custom[{}].due", fault.index), "finance.custom_date", "Principal falls on interest dates of the loan, in order."};
    case PricingFlaw::custom_sum: return {"custom", "finance.custom_sum", "The payments of principal add up to the principal."};
    case PricingFlaw::nothing_owed: return {"principal", "finance.nothing_owed", "The principal is more than zero, and the balloon no more than it."};
    case PricingFlaw::not_a_number:
    case PricingFlaw::none: break;
    }
    return {"rate", "finance.no_number", "With these numbers no payment can be computed."};
}

} // namespace greenbank::finance
