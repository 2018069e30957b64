// wishes.h — what a wish for a meeting is worth to the schedule: interest of both sides weighs more than that of one. Pure.
#pragma once

#include <cstdint>

#include "kernel/record.h"

namespace greenbank::events {

enum class WishAnswer { open, accepted, declined };

constexpr std::int64_t wish_value_max = 10;

struct WishWorth {
    std::int64_t to_asking = 0, to_asked = 0;
    bool plannable = false;
};

/// Accepted: both values count, twice each, so that any meeting that both want comes before any that one of them wants as much. Not answered yet: the
/// asking side's value alone, if the organiser plans such wishes at all. Declined: never planned.
constexpr WishWorth worth_of_wish(WishAnswer answer, std::int64_t value_asking, std::int64_t value_asked, bool plan_unanswered) {
    switch (answer) {
    case WishAnswer::accepted: return {2 * value_asking, 2 * value_asked, true};
    case WishAnswer::open: return {value_asking, 0, plan_unanswered};
    case WishAnswer::declined: break;
    }
    return {};
}

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::WishAnswer> {
    static constexpr std::string_view name = "wish_answer";
    static constexpr std::string_view values[] = {"open", "accepted", "declined"};
};
} // namespace greenbank
