// promises.cpp — sums over marks.
#include "events/engine/promises.h"

#include <algorithm>
#include <map>

namespace greenbank::events {

int year_of(Date day) {
    const std::string text = to_text(day); // 2026-11-20
    return (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
}

PromiseSums sums_until(const Promise& promise, Date day) {
    PromiseSums sums{};
    if (promise.signed_on <= day) sums[0] = promise.signed_amount;
    for (const PromiseMark& step : promise.steps)
        if (step.day <= day) sums[sum_of(step.stage)] += step.amount;
    return sums;
}

std::vector<PromiseYear> by_year(const std::vector<Promise>& promises, Date day) {
    std::map<int, PromiseSums> found;
    for (const Promise& promise : promises) {
        if (promise.signed_on <= day) found[year_of(promise.signed_on)][0] += promise.signed_amount;
        for (const PromiseMark& step : promise.steps)
            if (step.day <= day) found[year_of(step.day)][sum_of(step.stage)] += step.amount;
    }
    std::vector<PromiseYear> years;
    if (found.empty()) return years;
    for (int year = found.begin()->first; year <= found.rbegin()->first; ++year) years.push_back({year, found[year]});
    return years;
}

std::vector<Overdue> overdue(const std::vector<Promise>& promises, Date day) {
    std::vector<Overdue> late;
    for (std::size_t i = 0; i < promises.size(); ++i) {
        const PromiseSums reached = sums_until(promises[i], day);
        for (std::size_t stage = 0; stage < promise_stages; ++stage) {
            std::vector<PromiseMark> due;
            for (const PromiseMark& mark : promises[i].plan)
                if (mark.stage == static_cast<PromiseStage>(stage) && mark.day < day) due.push_back(mark);
            std::stable_sort(due.begin(), due.end(), [](const PromiseMark& a, const PromiseMark& b) { return a.day < b.day; });
            const std::int64_t have = reached[1 + stage];
            std::int64_t promised = 0;
            const PromiseMark* first_missed = nullptr;
            for (const PromiseMark& mark : due) {
                promised += mark.amount;
                if (!first_missed && promised > have) first_missed = &mark;
            }
            if (first_missed)
                late.push_back({i, static_cast<PromiseStage>(stage), first_missed->day, promised, have, std::int64_t{day.days} - first_missed->day.days});
        }
    }
    return late;
}

std::size_t out_of_order(const Promise& promise) {
    PromiseSums sums{};
    for (const PromiseMark& step : promise.steps) sums[sum_of(step.stage)] += step.amount;
    for (std::size_t stage = 1; stage < promise_stages; ++stage)
        if (sums[1 + stage] > sums[stage]) return stage;
    return promise_stages;
}

} // namespace greenbank::events
