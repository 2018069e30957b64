// promises.h — what became of what was signed: contracted, invested, running; year by year, in shares, and what is overdue. Pure.
// Amounts are whole minor units of one currency; which day it is is an argument.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "kernel/record.h"
#include "kernel/time.h"

namespace greenbank::events {

/// What follows a signature, in this order.
enum class PromiseStage { contracted, invested, running };
constexpr std::size_t promise_stages = 3;

struct PromiseMark {
    PromiseStage stage;
    std::int64_t amount;
    Date day; // of a step: when it happened; of a plan: until when it was promised
};

struct Promise {
    std::int64_t signed_amount = 0;
    Date signed_on;
    std::vector<PromiseMark> steps, plan;
};

/// Signed, contracted, invested, running.
using PromiseSums = std::array<std::int64_t, 1 + promise_stages>;
constexpr std::size_t sum_of(PromiseStage stage) { return 1 + static_cast<std::size_t>(stage); }

/// Up to and with a day.
PromiseSums sums_until(const Promise& promise, Date day);

struct PromiseYear {
    int year;
    PromiseSums in_year{}; // what was signed, contracted, … in it
    bool operator==(const PromiseYear&) const = default;
};
/// Every year from the first to the last that has anything, up to and with the day.
std::vector<PromiseYear> by_year(const std::vector<Promise>& promises, Date day);

/// A stage of which less was reached on a day that is over than had been promised until then.
struct Overdue {
    std::size_t promise;
    PromiseStage stage;
    Date due_on; // the earliest day whose promise was not kept
    std::int64_t promised, reached;
    std::int64_t days; // since then
    bool operator==(const Overdue&) const = default;
};
/// At most one for each promise and stage: against all that was due before the day.
std::vector<Overdue> overdue(const std::vector<Promise>& promises, Date day);

/// The first stage of which more was entered than of the one before it; `promise_stages` where there is none.
std::size_t out_of_order(const Promise& promise);

int year_of(Date day);

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::PromiseStage> {
    static constexpr std::string_view name = "promise_stage";
    static constexpr std::string_view values[] = {"contracted", "invested", "running"};
};
} // namespace greenbank
