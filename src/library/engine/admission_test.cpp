// admission_test.cpp — scenarios by name, and what holds for every way through the table.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "kernel/random.h"
#include "kernel/text.h"
#include "library/engine/admission.h"

namespace greenbank::library {
namespace {

/// By the first letter of the name: h acts for the holder, b decides at the bank, m does so but is a member of the holder, s is a stranger.
AdmissionPerson person_of(const std::string& name) {
    return {.person = name, .for_holder = name[0] == 'h', .in_holder = name[0] == 'h' || name[0] == 'm', .may_decide = name[0] == 'b' || name[0] == 'm'};
}

struct Course {
    std::optional<AdmissionState> state;
    std::vector<AdmissionPast> past;

    std::string go(const std::string& name, AdmissionAction action, bool commented) {
        const auto next = admission_step(state, action, person_of(name), past, commented);
        if (!next) return next.error().code == "request.invalid" || !next.error().problems.empty() ? next.error().problems.front().code : next.error().code;
        state = next.value();
        past.push_back({action, name});
        return std::string(name_of(next.value()));
    }
};

/// Lines of "person action [why] -> state or code".
void check(std::string_view sentence, std::string_view scenario) {
    INFO(sentence);
    Course course;
    for (const std::string_view line : split(scenario, '\n')) {
        if (trim(line).empty()) continue;
        const std::size_t arrow = line.find("->");
        std::vector<std::string> words;
        for (const std::string_view word : split(trim(line.substr(0, arrow)), ' '))
            if (!word.empty()) words.emplace_back(word);
        const auto action = parse_choice<AdmissionAction>(words.at(1));
        REQUIRE(action);
        CHECK_MESSAGE(course.go(words[0], *action, words.size() > 2) == trim(line.substr(arrow + 2)), line);
    }
}

Date day(std::string_view text) { return *parse_date(text); }

} // namespace

TEST_CASE("the whole life") {
    check("declared, reviewed, recommended, selected, published, renewed, withdrawn", R"(
        h1 declare       -> declared
        b1 review        -> reviewed
        b2 recommend     -> recommended
        b1 select        -> selected
        b2 publish       -> published
        b1 renew         -> published
        h1 withdraw      -> withdrawn
        b1 renew         -> admission.step
        h1 correct       -> admission.step
    )");
    check("returned for correction, and rejected in the end", R"(
        h1 declare       -> declared
        b1 return        -> admission.comment
        b1 return why    -> returned
        b1 review        -> admission.step
        h2 correct       -> declared
        b1 review        -> reviewed
        b1 return why    -> returned
        h1 correct       -> declared
        b1 review        -> reviewed
        b2 recommend     -> recommended
        b3 reject        -> admission.comment
        b3 reject why    -> rejected
        h1 correct       -> admission.step
        h1 withdraw      -> admission.step
    )");
    check("no step may be left out", R"(
        b1 review        -> admission.step
        h1 declare       -> declared
        b1 recommend     -> admission.step
        b1 select        -> admission.step
        b1 publish       -> admission.step
        b1 review        -> reviewed
        b2 select        -> admission.step
        b2 publish       -> admission.step
        b2 recommend     -> recommended
        b2 publish       -> admission.step
    )");
}

TEST_CASE("four eyes") {
    check("whoever declared or corrected may not review", R"(
        b1 declare       -> declared
        b1 review        -> admission.declared_by_you
        b2 return why    -> returned
        b3 correct       -> declared
        b1 review        -> admission.declared_by_you
        b3 review        -> admission.declared_by_you
        b2 review        -> reviewed
    )");
    check("a reviewer of any round may not recommend, nor a selector publish, nor a publisher renew", R"(
        h1 declare       -> declared
        b1 review        -> reviewed
        b2 return why    -> returned
        h1 correct       -> declared
        b2 review        -> reviewed
        b1 recommend     -> admission.reviewed_by_you
        b2 recommend     -> admission.reviewed_by_you
        b3 recommend     -> recommended
        b1 select        -> selected
        b1 publish       -> admission.selected_by_you
        b2 publish       -> published
        b2 renew         -> admission.published_by_you
        b1 renew         -> published
        b1 renew         -> admission.published_by_you
        b2 renew         -> published
    )");
    check("a member of the holder never decides, whatever else it may", R"(
        h1 declare       -> declared
        h1 review        -> admission.not_yours
        m1 review        -> admission.holder_decides
        m1 return why    -> admission.holder_decides
        m1 reject why    -> admission.holder_decides
        b1 review        -> reviewed
        m1 recommend     -> admission.holder_decides
        b2 recommend     -> recommended
        m1 select        -> admission.holder_decides
        b2 select        -> selected
        m1 publish       -> admission.holder_decides
        b1 publish       -> published
        m1 renew         -> admission.holder_decides
    )");
    check("strangers do nothing", R"(
        s1 declare       -> admission.not_holder
        h1 declare       -> declared
        s1 review        -> admission.not_yours
        s1 withdraw why  -> admission.not_yours
        b1 withdraw      -> admission.comment
        b1 withdraw why  -> withdrawn
    )");
}

TEST_CASE("no way from declared to published leaves out one of four steps") {
    for (const AdmissionAction left_out : {AdmissionAction::review, AdmissionAction::recommend, AdmissionAction::select, AdmissionAction::publish}) {
        std::set<AdmissionState> reached{AdmissionState::declared};
        for (bool grows = true; grows;) {
            grows = false;
            for (const AdmissionTransition& one : admission_transitions())
                if (one.from && reached.contains(*one.from) && one.action != left_out) grows = reached.insert(one.to).second || grows;
        }
        CHECK_MESSAGE(!reached.contains(AdmissionState::published), name_of(left_out));
    }
}

TEST_CASE("every state is reached, and final ones have no way out") {
    std::set<AdmissionState> reached;
    for (bool grows = true; grows;) {
        grows = false;
        for (const AdmissionTransition& one : admission_transitions())
            if (!one.from || reached.contains(*one.from)) grows = reached.insert(one.to).second || grows;
    }
    CHECK(reached.size() == std::size(Choices<AdmissionState>::values));
    for (const AdmissionState state : reached) {
        CHECK(is_final(state) == (state == AdmissionState::rejected || state == AdmissionState::withdrawn));
        CHECK((!is_final(state) || !admission_next(state)));
    }
    std::set<std::pair<int, int>> rows; // from and action name one row
    for (const AdmissionTransition& one : admission_transitions())
        CHECK(rows.insert({one.from ? static_cast<int>(*one.from) : -1, static_cast<int>(one.action)}).second);
}

TEST_CASE("whatever people try, what was published went through enough hands") {
    const std::vector<std::string> people = {"h1", "h2", "b1", "b2", "b3", "m1", "s1"};
    int published = 0;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        Course course;
        for (int i = 0; i < 60; ++i) {
            const auto action = static_cast<AdmissionAction>(random.below(std::size(Choices<AdmissionAction>::values)));
            const bool ends = action == AdmissionAction::reject || action == AdmissionAction::withdraw;
            if (ends && random.chance(0.95)) continue; // else most courses end early
            const auto before = course.state;
            course.go(people[random.below(people.size())], action, random.chance(0.7));
            if (before && is_final(*before)) CHECK(course.state == before);
        }
        std::map<AdmissionAction, std::set<std::string>> who;
        for (const AdmissionPast& one : course.past) who[one.action].insert(one.person);
        if (!who.contains(AdmissionAction::publish)) continue;
        ++published;
        const auto apart = [&](AdmissionAction a, AdmissionAction b) {
            return std::none_of(who[a].begin(), who[a].end(), [&](const std::string& one) { return who[b].contains(one); });
        };
        CHECK((apart(AdmissionAction::declare, AdmissionAction::review) && apart(AdmissionAction::correct, AdmissionAction::review)));
        CHECK((apart(AdmissionAction::review, AdmissionAction::recommend) && apart(AdmissionAction::select, AdmissionAction::publish)));
        for (const AdmissionAction decision : {AdmissionAction::review, AdmissionAction::recommend, AdmissionAction::select, AdmissionAction::publish})
            for (const std::string& one : who[decision]) CHECK(one[0] == 'b');
    }
    CHECK(published > 100);
}

TEST_CASE("a case counts from its day, or from the last day of its year") {
    const auto running = [](std::vector<RunningCase> cases, std::string_view on) { return cases_running(cases, 1, day(on)); };
    CHECK(running({{day("2025-03-01"), 2025}}, "2026-02-28") == 0);
    CHECK(running({{day("2025-03-01"), 2025}}, "2026-03-01") == 1);
    CHECK(running({{{}, 2024}}, "2025-12-30") == 0);
    CHECK(running({{{}, 2024}}, "2025-12-31") == 1);
    CHECK(running({{day("2024-02-29"), 2024}}, "2025-02-28") == 1);
    CHECK(running({{{}, 2018}, {{}, 2021}, {{}, 2030}}, "2026-01-01") == 2);
    CHECK(running({}, "2026-01-01") == 0);
}

TEST_CASE("the promotion class asks for three cases that have run for a year") {
    const AdmissionRule promotion{AdmissionClass::promotion, 3, 1, 5}, demonstration{AdmissionClass::demonstration, 0, 0, 3};
    const std::vector<RunningCase> three = {{{}, 2018}, {{}, 2021}, {day("2025-03-01"), 2025}};
    CHECK(check_class(promotion, three, day("2026-03-01")));
    const auto refused = check_class(promotion, three, day("2026-02-28"));
    REQUIRE(!refused);
    CHECK(refused.error().code == "admission.cases");
    CHECK(check_class(demonstration, {}, day("2026-03-01")));
}

TEST_CASE("validity ends years later; an early renewal loses nothing, a late one gains nothing") {
    const AdmissionRule rule{AdmissionClass::promotion, 3, 1, 5};
    CHECK(to_text(valid_until(rule, day("2026-09-15"), {})) == "2031-09-15");
    CHECK(to_text(valid_until(rule, day("2024-02-29"), {})) == "2029-02-28");
    CHECK(to_text(valid_until(rule, day("2031-01-01"), day("2031-09-15"))) == "2036-09-15");
    CHECK(to_text(valid_until(rule, day("2032-01-01"), day("2031-09-15"))) == "2037-01-01");
    CHECK(!check_renewal(day("2030-09-14"), day("2031-09-15")));
    CHECK(check_renewal(day("2030-09-15"), day("2031-09-15")));
    CHECK(check_renewal(day("2040-01-01"), day("2031-09-15")));
}

TEST_CASE("experts select, where the edition asks them") {
    const auto code = [](bool needed, std::optional<PanelOutcome> panel) {
        const auto checked = check_selection(needed, panel);
        return checked ? std::string("ok") : checked.error().code;
    };
    CHECK(code(true, {}) == "admission.no_panel");
    CHECK(code(false, {}) == "ok");
    CHECK(code(true, PanelOutcome{false, false, 0, 60}) == "admission.panel_open");
    CHECK(code(true, PanelOutcome{true, false, 80, 60}) == "admission.quorum");
    CHECK(code(true, PanelOutcome{true, true, 59.9, 60}) == "admission.below_minimum");
    CHECK(code(true, PanelOutcome{true, true, 60, 60}) == "ok");
    CHECK(code(false, PanelOutcome{true, true, 10, 60}) == "admission.below_minimum");
}

} // namespace greenbank::library
