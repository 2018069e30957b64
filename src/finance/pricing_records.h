// pricing_records.h — loans as people write them, and the names of calendars, day counts and rules.
#pragma once

#include "finance/engine/pricing.h"
#include "kernel/record.h"

namespace greenbank {

template <> struct Choices<finance::DayCount> {
    static constexpr std::string_view name = "day_count";
    static constexpr std::string_view values[] = {
        "actual_365", "actual_360", "thirty_360", "thirty_e_360", "thirty_360_us", "actual_actual_isda", "actual_actual_isma", "actual_actual_afb"};
};
template <> struct Choices<finance::BusinessCalendar> {
    static constexpr std::string_view name = "business_calendar";
    static constexpr std::string_view values[] = {"none", "weekends", "target", "china", "china_interbank", "hong_kong", "kazakhstan", "russia", "turkey",
        "japan", "singapore", "india", "indonesia", "germany", "united_kingdom", "united_states"};
};
template <> struct Choices<finance::BusinessDay> {
    static constexpr std::string_view name = "business_day";
    static constexpr std::string_view values[] = {"unadjusted", "following", "modified_following", "preceding", "modified_preceding", "nearest"};
};
template <> struct Choices<finance::DateRule> {
    static constexpr std::string_view name = "date_rule";
    static constexpr std::string_view values[] = {"backward", "forward"};
};
template <> struct Choices<finance::Compounding> {
    static constexpr std::string_view name = "compounding";
    static constexpr std::string_view values[] = {"simple", "compounded", "continuous"};
};
template <> struct Choices<finance::Repayment> {
    static constexpr std::string_view name = "repayment";
    static constexpr std::string_view values[] = {"level", "equal_principal", "bullet", "custom"};
};

namespace finance {

Record describe(const RateStep*);
Record describe(const PrincipalPayment*);

struct LoanFile {
    double principal = 0, rate = 0;
    Date start, end;
    std::int64_t frequency = 12;
    DayCount day_count = DayCount::actual_365;
    Repayment repayment = Repayment::level;
    BusinessCalendar calendar = BusinessCalendar::none;
    BusinessDay convention = BusinessDay::unadjusted, payment_convention = BusinessDay::following;
    DateRule rule = DateRule::backward;
    bool end_of_month = false, capitalise_grace = false;
    std::optional<Date> first, next_to_last;
    std::int64_t grace_periods = 0;
    double balloon = 0, fee = 0;
    std::vector<RateStep> steps;
    std::vector<PrincipalPayment> custom;
    std::optional<std::int64_t> decimals;
};
Record describe(const LoanFile*);
LoanTerms terms_of(const LoanFile& file);

/// A name as above or as the market writes it: "Actual/365 (Fixed)", "30/360", "ACT/ACT ICMA".
std::optional<DayCount> parse_day_count(std::string_view text);
/// 1, 2, 3, 4, 6, 12, or annual, semiannual …; 0 and once: one payment, at the end.
std::optional<int> parse_frequency(std::string_view text);

/// The sentence of what cannot be priced, and the field it is about.
struct PricingProblem {
    std::string field, code, sentence;
};
PricingProblem problem_of(const PricingFault& fault);

} // namespace finance
} // namespace greenbank
