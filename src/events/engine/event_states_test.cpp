// event_states_test.cpp — every state is reached, every step but deletion of a draft can be taken back, mutual wishes come first.
#include "events/engine/event_states.h"

#include <set>

#include <doctest/doctest.h>

#include "events/engine/wishes.h"

namespace greenbank::events {

TEST_CASE("an event is led from draft to archive, and what is offered is what is possible") {
    EventState state = EventState::draft;
    for (const EventAction action :
        {EventAction::publish, EventAction::open_registration, EventAction::open_booking, EventAction::start, EventAction::close, EventAction::archive}) {
        const auto next = event_step(state, action);
        REQUIRE(next);
        state = next.value();
    }
    CHECK(state == EventState::archived);
    std::set<EventState> reached{EventState::draft};
    for (std::size_t from = 0; from < std::size(Choices<EventState>::values); ++from)
        for (std::size_t action = 0; action < std::size(Choices<EventAction>::values); ++action) {
            const auto at = static_cast<EventState>(from);
            const std::vector<EventAction> offered = event_actions(at);
            const bool listed = std::find(offered.begin(), offered.end(), static_cast<EventAction>(action)) != offered.end();
            const auto next = event_step(at, static_cast<EventAction>(action));
            CHECK(listed == static_cast<bool>(next));
            if (next) reached.insert(next.value());
            else CHECK(next.error().code == "event.state");
        }
    CHECK(reached.size() == std::size(Choices<EventState>::values));
    CHECK(!registration_is_open(EventState::published));
    CHECK(booking_is_open(EventState::running));
    CHECK(!may_change(EventState::archived));
}

TEST_CASE("any meeting that both want is worth more than one that a single side wants as much") {
    for (std::int64_t asking = 1; asking <= wish_value_max; ++asking)
        for (std::int64_t asked = 1; asked <= wish_value_max; ++asked) {
            const WishWorth both = worth_of_wish(WishAnswer::accepted, asking, asked, true), one = worth_of_wish(WishAnswer::open, asking, asked, true);
            CHECK(both.plannable);
            CHECK(both.to_asking + both.to_asked > one.to_asking + one.to_asked);
            CHECK(!worth_of_wish(WishAnswer::open, asking, asked, false).plannable);
            CHECK(!worth_of_wish(WishAnswer::declined, asking, asked, true).plannable);
        }
}

} // namespace greenbank::events
