// certificate_states_test.cpp — every way through the steps, and what nobody may do.
#include "cities/engine/certificate_states.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::cities {

using enum CertificateState;
using Action = CertificateAction;

TEST_CASE("the usual way: the territory, two people of the assessor, the bank") {
    const CertificatePerson owner{.for_owner = true, .member_of_owner = true}, first{.for_assessor = true}, second{.for_assessor = true}, bank{.for_bank = true};
    CHECK(certificate_step(draft, Action::submit, owner, false).value() == submitted);
    CHECK(certificate_step(submitted, Action::review, first, true).value() == reviewed);
    CHECK(certificate_step(reviewed, Action::verify, second, true).value() == verified);
    CHECK(certificate_step(verified, Action::issue, bank, false).value() == issued);
    CHECK(certificate_step(issued, Action::withdraw, bank, true).value() == withdrawn);
    CHECK(certificate_actions(verified, bank) == std::vector{Action::issue, Action::give_back});
    CHECK(certificate_actions(withdrawn, bank).empty());
}

TEST_CASE("nobody looks twice, nobody judges their own, nothing is skipped") {
    const CertificatePerson again{.for_assessor = true, .reviewed = true}, both{.for_assessor = true, .member_of_owner = true};
    CHECK(certificate_step(reviewed, Action::verify, again, true).error().code == "certificate.four_eyes");
    CHECK(certificate_step(submitted, Action::review, both, true).error().code == "certificate.conflict");
    CHECK(certificate_step(submitted, Action::review, {.for_assessor = true}, false).error().code == "certificate.comment");
    CHECK(certificate_step(verified, Action::issue, {.for_bank = true, .verified = true}, true).error().code == "certificate.four_eyes");
    CHECK(certificate_step(submitted, Action::issue, {.for_bank = true}, true).error().code == "certificate.state");
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto state = static_cast<CertificateState>(random.below(6));
        const auto action = static_cast<Action>(random.below(6));
        const CertificatePerson person{random.chance(0.5), random.chance(0.5), random.chance(0.5), random.chance(0.5), random.chance(0.3), random.chance(0.3),
            random.chance(0.3)};
        const auto next = certificate_step(state, action, person, random.chance(0.5));
        if (!next) continue;
        if (next.value() == reviewed || next.value() == verified) CHECK((person.for_assessor && !person.member_of_owner && !person.submitted));
        if (next.value() == verified) CHECK((state == reviewed && !person.reviewed));
        if (next.value() == issued) CHECK((state == verified && person.for_bank && !person.reviewed && !person.verified && !person.submitted));
    }
}

TEST_CASE("criteria are judged one by one") {
    const std::vector<CriterionTest> criteria = {{"boundary"}, {"complete", CriterionRule::complete}, {"net", CriterionRule::net_at_most, 0},
        {"sure", CriterionRule::share_at_least, 0.95}, {"spread", CriterionRule::unstated_at_most, 0}, {"age", CriterionRule::years_at_most, 2}};
    const auto all = judged(criteria, {true, -5, 0.99, 0, 0, 1, {"boundary"}});
    for (const CriterionJudgement& one : all) CHECK(one.met);
    const auto none = judged(criteria, {true, 5, 0.5, 1, 3, 4, {}});
    for (const CriterionJudgement& one : none) CHECK(!one.met);
    CHECK(none[2].figure == 5);
    CHECK(!judged(criteria, {false, -5, 0.99, 0, 0, 1, {"boundary"}})[1].met); // a draft is not complete
}

} // namespace greenbank::cities
