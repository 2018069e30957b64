// verification_test.cpp — the course of a verification, independence, verdicts; every state is reached, final ones stay.
#include <doctest/doctest.h>

#include <set>

#include "kernel/random.h"
#include "kernel/text.h"
#include "library/engine/verification.h"

namespace greenbank::library {
namespace {

/// a acts for the applicant, v for the verifier, b for the bank; x verifies but belongs to the holder, y is of the bank and the holder, s a stranger.
VerificationPerson person_of(char name) {
    return {.for_applicant = name == 'a',
        .for_verifier = name == 'v' || name == 'x',
        .in_applicant = name == 'a' || name == 'x' || name == 'y',
        .of_the_bank = name == 'b' || name == 'y'};
}

std::string go(std::optional<VerificationState>& state, char name, VerificationAction action, bool commented) {
    const auto next = verification_step(state, action, person_of(name), commented);
    if (!next) return next.error().problems.empty() ? next.error().code : next.error().problems.front().code;
    state = next.value();
    return std::string(name_of(next.value()));
}

void check(std::string_view sentence, std::string_view scenario) {
    INFO(sentence);
    std::optional<VerificationState> state;
    for (const std::string_view line : split(scenario, '\n')) {
        if (trim(line).empty()) continue;
        const std::size_t arrow = line.find("->");
        std::vector<std::string> words;
        for (const std::string_view word : split(trim(line.substr(0, arrow)), ' '))
            if (!word.empty()) words.emplace_back(word);
        const auto action = parse_choice<VerificationAction>(words.at(1));
        REQUIRE(action);
        CHECK_MESSAGE(go(state, words[0][0], *action, words.size() > 2) == trim(line.substr(arrow + 2)), line);
    }
}

Date day(std::string_view text) { return *parse_date(text); }

} // namespace

TEST_CASE("the course of a verification") {
    check("from application to a published statement that is withdrawn", R"(
        a apply         -> applied
        v return        -> verification.comment
        v return why    -> returned
        a amend         -> applied
        v accept        -> pre_verification
        v plan          -> verification
        v confirm       -> reporting
        v issue         -> issued
        v publish       -> verification.not_bank
        b publish       -> published
        a withdraw why  -> verification.not_verifier
        v withdraw      -> verification.comment
        v withdraw why  -> withdrawn
        a apply         -> verification.step
    )");
    check("nobody skips a step", R"(
        v accept        -> verification.step
        a apply         -> applied
        v plan          -> verification.step
        v confirm       -> verification.step
        v issue         -> verification.step
        b publish       -> verification.step
    )");
    check("the applicant does not do the verifier's work, nor the verifier the applicant's", R"(
        v apply         -> verification.not_applicant
        s apply         -> verification.not_applicant
        b apply         -> applied
        a accept        -> verification.not_verifier
        b accept        -> verification.not_verifier
        x accept        -> verification.own
        v return why    -> returned
        v amend         -> verification.not_applicant
        a amend         -> applied
        v refuse        -> verification.comment
        v refuse why    -> refused
        a amend         -> verification.step
    )");
    check("a member of the holder publishes nothing of its own", R"(
        a apply         -> applied
        v accept        -> pre_verification
        v plan          -> verification
        v confirm       -> reporting
        v issue         -> issued
        y publish       -> verification.own
        b publish       -> published
        y withdraw why  -> verification.own
        b withdraw why  -> withdrawn
    )");
}

TEST_CASE("an applicant may withdraw at any time before publication") {
    using Action = VerificationAction;
    const std::vector<std::pair<char, Action>> course = {
        {'a', Action::apply}, {'v', Action::accept}, {'v', Action::plan}, {'v', Action::confirm}, {'v', Action::issue}, {'b', Action::publish}};
    for (std::size_t steps = 1; steps <= course.size(); ++steps) {
        std::optional<VerificationState> state;
        for (std::size_t i = 0; i < steps; ++i) REQUIRE(go(state, course[i].first, course[i].second, false) != "");
        CHECK((go(state, 'a', Action::withdraw, true) == "withdrawn") == (steps < course.size()));
    }
}

TEST_CASE("a verifier is independent") {
    const auto code = [](Independence independence) {
        const auto checked = check_independence(independence);
        return checked ? std::string("ok") : checked.error().code;
    };
    CHECK(code({.is_assessor = true}) == "ok");
    CHECK(code({}) == "verification.not_assessor");
    CHECK(code({.is_assessor = true, .is_applicant = true}) == "verification.same_organisation");
    CHECK(code({.is_assessor = true, .is_holder = true}) == "verification.same_organisation");
    CHECK(code({.is_assessor = true, .shares_people = true}) == "verification.shared_people");
}

TEST_CASE("verdicts on claims") {
    const auto verdict = [](ClaimedRange claim, VerifiedResult result) { return std::string(name_of(judge_claim(claim, result))); };
    CHECK(verdict({0, 50}, {40, 5}) == "confirmed");
    CHECK(verdict({0, 50}, {45, 5}) == "confirmed");
    CHECK(verdict({0, 50}, {46, 5}) == "within_uncertainty");
    CHECK(verdict({0, 50}, {51, 5}) == "not_confirmed");
    CHECK(verdict({85, 100}, {86, 2}) == "within_uncertainty");
    CHECK(verdict({85, 100}, {50, 40}) == "not_confirmed");
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const ClaimedRange claim{random.uniform() * 10, 10 + random.uniform() * 10};
        const VerifiedResult result{random.uniform() * 25, random.uniform() * 4};
        const ClaimVerdict exact = judge_claim(claim, result), sharper = judge_claim(claim, {result.value, result.uncertainty / 2}),
                           wider = judge_claim({claim.min - 1, claim.max + 1}, result);
        CHECK(static_cast<int>(sharper) <= static_cast<int>(exact)); // less uncertainty never makes it worse
        CHECK(static_cast<int>(wider) <= static_cast<int>(exact));   // nor does a wider claim
    }
}

TEST_CASE("validity is seen on the day of reading") {
    const auto standing = [](VerificationState state, std::string_view until, std::string_view today) {
        return std::string(name_of(standing_of(state, until.empty() ? std::nullopt : std::optional(day(until)), day(today))));
    };
    CHECK(standing(VerificationState::published, "2029-06-30", "2029-06-30") == "valid");
    CHECK(standing(VerificationState::published, "2029-06-30", "2029-07-01") == "expired");
    CHECK(standing(VerificationState::published, "", "2029-07-01") == "valid");
    CHECK(standing(VerificationState::issued, "2029-06-30", "2030-01-01") == "pending");
    CHECK(standing(VerificationState::withdrawn, "2029-06-30", "2028-01-01") == "withdrawn");
    CHECK(standing(VerificationState::refused, "", "2028-01-01") == "refused");
}

TEST_CASE("every state is reached, final ones have no way out, and a statement needs every part of the standard") {
    const auto reached_without = [](std::optional<VerificationAction> left_out) {
        std::set<VerificationState> reached;
        for (bool grows = true; grows;) {
            grows = false;
            for (const VerificationTransition& one : verification_transitions())
                if ((!one.from || reached.contains(*one.from)) && one.action != left_out) grows = reached.insert(one.to).second || grows;
        }
        return reached;
    };
    const auto all = reached_without({});
    CHECK(all.size() == std::size(Choices<VerificationState>::values));
    for (const VerificationState state : all) {
        CHECK(is_final(state) == (state == VerificationState::refused || state == VerificationState::withdrawn));
        CHECK((!is_final(state) || !verification_next(state)));
    }
    using Action = VerificationAction;
    for (const Action action : {Action::apply, Action::accept, Action::plan, Action::confirm, Action::issue, Action::publish})
        CHECK_MESSAGE(!reached_without(action).contains(VerificationState::published), name_of(action));
}

} // namespace greenbank::library
