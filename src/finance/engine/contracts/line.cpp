// line.cpp — days that are alike at once, a bill on its day.
#include "finance/engine/contracts/line.h"

#include <algorithm>

#include "finance/engine/loan_life.h"
#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

constexpr std::int64_t million = 1'000'000;

std::int64_t a_day(std::int64_t amount, std::int64_t rate_ppm, std::int64_t year_days) {
    return static_cast<std::int64_t>(static_cast<Wide>(amount) * rate_ppm / year_days);
}

/// Whole units become due; the rest stays.
void bill_one(std::int64_t& accrued_micro, std::int64_t& billed) {
    const std::int64_t whole = std::max<std::int64_t>(0, (accrued_micro + million / 2) / million);
    billed += whole;
    accrued_micro -= whole * million;
}

void bill(RunningLine& line) {
    bill_one(line.accrued_interest_micro, line.billed_interest);
    bill_one(line.accrued_fee_micro, line.billed_fee);
    if (line.billed_interest + line.billed_fee > 0 && !line.late_since) line.late_since = line.closed_until;
}

} // namespace

Date next_bill(const RunningLine& line) { return std::min(line.ends_on, months_after(line.starts_on, (line.bills + 1) * 12 / line.frequency)); }

void close_days(RunningLine& line, Date until) {
    while (line.closed_until < until) {
        const Date first{line.closed_until.days + 1};
        Date stop = until;
        if (line.closed_until < line.ends_on) stop = std::min(stop, std::max(first, next_bill(line)));
        for (const RateFrom& one : line.rates) // the day before a rate begins is the last one of the rate before
            if (first < one.from) stop = std::min(stop, Date{one.from.days - 1});
        const std::int32_t days = stop.days - line.closed_until.days;
        line.accrued_interest_micro += a_day(line.drawn, rate_on(line.rates, first), line.year_days) * days;
        if (stop <= line.ends_on) line.accrued_fee_micro += a_day(line.limit - line.drawn, line.fee_ppm, line.year_days) * days;
        const bool due = line.closed_until < line.ends_on && next_bill(line) <= stop;
        line.closed_until = stop;
        if (!due) continue;
        bill(line);
        ++line.bills;
    }
}

void close_days_naive(RunningLine& line, Date until) {
    for (Date day{line.closed_until.days + 1}; day <= until; ++day.days) {
        line.accrued_interest_micro += a_day(line.drawn, rate_on(line.rates, day), line.year_days);
        if (day <= line.ends_on) line.accrued_fee_micro += a_day(line.limit - line.drawn, line.fee_ppm, line.year_days);
        line.closed_until = day;
        if (day != next_bill(line) || day > line.ends_on) continue;
        bill(line);
        ++line.bills;
    }
}

std::int64_t call_in(RunningLine& line) {
    bill(line);
    return line.drawn + line.billed_interest + line.billed_fee;
}

LineParts pay(RunningLine& line, std::int64_t amount) {
    LineParts parts{.over = amount};
    const auto take = [&](std::int64_t& owed, std::int64_t& part) {
        part = std::min(parts.over, owed);
        owed -= part;
        parts.over -= part;
    };
    take(line.billed_fee, parts.fee);
    take(line.billed_interest, parts.interest);
    take(line.drawn, parts.principal);
    if (line.billed_interest + line.billed_fee == 0 && (line.drawn == 0 || line.closed_until < line.ends_on)) line.late_since.reset();
    return parts;
}

} // namespace greenbank::finance
