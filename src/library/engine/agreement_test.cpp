// agreement_test.cpp — the life of an agreement as scenarios, and what holds on any path through it.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "library/engine/agreement.h"

namespace greenbank::library {

/// Lines "owner offer -> offered" or "recipient sign -> agreement.state", from the beginning.
static void check(std::string_view what, std::string_view lines) {
    INFO(std::string(what));
    std::optional<AgreementState> state;
    for (std::string_view line : split(lines, '\n')) {
        line = trim(line);
        if (line.empty()) continue;
        INFO(std::string(line));
        const auto words = split(line, ' ');
        REQUIRE(words.size() == 4);
        const auto step = agreement_step(state, *parse_choice<AgreementAction>(words[1]), *parse_choice<AgreementPart>(words[0]));
        CHECK((step ? name_of(step.value()) : std::string_view(step.error().code)) == words[3]);
        if (step) state = step.value();
    }
}

TEST_CASE("an agreement is signed by both in either order, and ends by either") {
    check("asked for, offered, signed", R"(
        recipient request -> requested
        recipient offer -> agreement.part
        recipient sign -> agreement.state
        owner offer -> offered
        recipient sign -> signed_by_recipient
        recipient sign -> agreement.signed_already
        owner offer -> agreement.state
        owner sign -> signed
        owner refuse -> agreement.state
        recipient end -> ended
        owner sign -> agreement.state)");
    check("offered unasked, the owner signs first", R"(
        owner offer -> offered
        owner offer -> offered
        owner sign -> signed_by_owner
        recipient sign -> signed
        owner end -> ended)");
    check("refused", R"(
        owner request -> agreement.part
        recipient request -> requested
        owner refuse -> refused
        owner offer -> agreement.state)");
}

TEST_CASE("no path leads to an agreement that one side alone has signed") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO(seed);
        Random random(seed);
        std::optional<AgreementState> state;
        bool owner = false, recipient = false;
        for (int i = 0; i < 20; ++i) {
            const auto action = static_cast<AgreementAction>(random.below(5));
            const auto part = static_cast<AgreementPart>(random.below(2));
            const auto step = agreement_step(state, action, part);
            if (!step) continue;
            if (action == AgreementAction::sign) (part == AgreementPart::owner ? owner : recipient) = true;
            if (action == AgreementAction::offer) CHECK_FALSE((owner || recipient));
            state = step.value();
            if (state == AgreementState::signed_) CHECK((owner && recipient));
        }
    }
}

TEST_CASE("an agreement opens from its first to its last day, both included") {
    const Date first = *parse_date("2026-01-01"), last = *parse_date("2026-12-31");
    CHECK(in_force(AgreementState::signed_, first, last, first));
    CHECK(in_force(AgreementState::signed_, first, last, last));
    CHECK_FALSE(in_force(AgreementState::signed_, first, last, *parse_date("2027-01-01")));
    CHECK_FALSE(in_force(AgreementState::signed_, first, last, *parse_date("2025-12-31")));
    CHECK(in_force(AgreementState::signed_, {}, {}, first));
    CHECK_FALSE(in_force(AgreementState::signed_by_owner, {}, {}, first));
    CHECK_FALSE(in_force(AgreementState::ended, {}, {}, first));
}

} // namespace greenbank::library
