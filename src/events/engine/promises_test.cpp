// promises_test.cpp — years add up to totals, what is overdue is what its definition says.
#include "events/engine/promises.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::events {

namespace {

using Stage = PromiseStage;
Date day(int year, int month = 6, int of_month = 30) { return make_date(year, month, of_month); }

} // namespace

TEST_CASE("a promise that is kept in part is overdue from the first day that was missed") {
    const Promise promise{100, day(2017), {{Stage::contracted, 100, day(2018)}, {Stage::invested, 30, day(2019)}},
        {{Stage::invested, 20, day(2019, 12, 31)}, {Stage::invested, 50, day(2020, 12, 31)}, {Stage::running, 100, day(2030)}}};
    CHECK(overdue({promise}, day(2020, 12, 31)).empty()); // the day itself is not over
    const std::vector<Overdue> late = overdue({promise}, make_date(2021, 1, 10));
    REQUIRE(late.size() == 1);
    CHECK(late[0] == Overdue{0, Stage::invested, day(2020, 12, 31), 70, 30, 10});
    CHECK(sums_until(promise, day(2018)) == PromiseSums{100, 100, 0, 0});
    CHECK(by_year({promise}, day(2021)) == std::vector<PromiseYear>{{2017, {100, 0, 0, 0}}, {2018, {0, 100, 0, 0}}, {2019, {0, 0, 30, 0}}});
    CHECK(by_year({promise}, day(2016)).empty());
}

TEST_CASE("no stage may hold more than the one before it") {
    CHECK(out_of_order({100, day(2017), {{Stage::invested, 1, day(2018)}}, {}}) == 1);
    CHECK(out_of_order({100, day(2017), {{Stage::contracted, 5, day(2018)}, {Stage::invested, 5, day(2018)}, {Stage::running, 6, day(2018)}}, {}}) == 2);
    CHECK(out_of_order({100, day(2017), {{Stage::contracted, 500, day(2018)}}, {}}) == promise_stages); // more than was signed is no mistake
}

TEST_CASE("years add up to what was reached, and what is overdue is counted from its definition") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<Promise> all;
        const auto some_day = [&] { return Date{static_cast<std::int32_t>(random.between(17'000, 21'000))}; };
        for (auto count = random.below(5); count > 0; --count) {
            Promise& promise = all.emplace_back(Promise{random.between(0, 100), some_day(), {}, {}});
            for (auto steps = random.below(6); steps > 0; --steps)
                promise.steps.push_back({static_cast<Stage>(random.below(3)), random.between(1, 50), some_day()});
            for (auto plan = random.below(6); plan > 0; --plan)
                promise.plan.push_back({static_cast<Stage>(random.below(3)), random.between(1, 50), some_day()});
        }
        const Date today = some_day();
        PromiseSums total{}, by_years{};
        for (const Promise& promise : all) {
            const PromiseSums sums = sums_until(promise, today);
            for (std::size_t i = 0; i < sums.size(); ++i) total[i] += sums[i];
        }
        for (const PromiseYear& year : by_year(all, today))
            for (std::size_t i = 0; i < total.size(); ++i) by_years[i] += year.in_year[i];
        CHECK(by_years == total);

        std::vector<Overdue> expected; // for every day that is over: was as much reached by today as was due by then?
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t stage = 0; stage < promise_stages; ++stage) {
                std::int64_t reached = 0, promised = 0;
                for (const PromiseMark& step : all[i].steps)
                    if (step.stage == static_cast<Stage>(stage) && step.day <= today) reached += step.amount;
                std::optional<Date> missed;
                for (Date at{17'000}; at < today; ++at.days) {
                    promised = 0;
                    for (const PromiseMark& mark : all[i].plan)
                        if (mark.stage == static_cast<Stage>(stage) && mark.day <= at) promised += mark.amount;
                    if (!missed && promised > reached) missed = at;
                }
                if (missed) expected.push_back({i, static_cast<Stage>(stage), *missed, promised, reached, std::int64_t{today.days} - missed->days});
            }
        CHECK(overdue(all, today) == expected);
    }
}

} // namespace greenbank::events
