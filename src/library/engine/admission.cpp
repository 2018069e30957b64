// admission.cpp — the table of steps, four eyes, and the rules of the classes.
#include "library/engine/admission.h"

#include <algorithm>

namespace greenbank::library {

namespace {

using State = AdmissionState;
using Action = AdmissionAction;
using Part = AdmissionPart;

constexpr AdmissionTransition table[] = {
    {{}, Action::declare, State::declared, Part::holder},
    {State::declared, Action::review, State::reviewed, Part::bank},
    {State::declared, Action::give_back, State::returned, Part::bank},
    {State::declared, Action::reject, State::rejected, Part::bank},
    {State::declared, Action::withdraw, State::withdrawn, Part::either},
    {State::returned, Action::correct, State::declared, Part::holder},
    {State::returned, Action::withdraw, State::withdrawn, Part::either},
    {State::reviewed, Action::recommend, State::recommended, Part::bank},
    {State::reviewed, Action::give_back, State::returned, Part::bank},
    {State::reviewed, Action::reject, State::rejected, Part::bank},
    {State::reviewed, Action::withdraw, State::withdrawn, Part::either},
    {State::recommended, Action::select, State::selected, Part::bank},
    {State::recommended, Action::give_back, State::returned, Part::bank},
    {State::recommended, Action::reject, State::rejected, Part::bank},
    {State::recommended, Action::withdraw, State::withdrawn, Part::either},
    {State::selected, Action::publish, State::published, Part::bank},
    {State::selected, Action::reject, State::rejected, Part::bank},
    {State::selected, Action::withdraw, State::withdrawn, Part::either},
    {State::published, Action::renew, State::published, Part::bank},
    {State::published, Action::withdraw, State::withdrawn, Part::either},
};

bool did(std::span<const AdmissionPast> past, std::initializer_list<Action> actions, const std::string& person) {
    return std::any_of(past.begin(), past.end(),
        [&](const AdmissionPast& one) { return one.person == person && std::find(actions.begin(), actions.end(), one.action) != actions.end(); });
}

Result<Done> check_four_eyes(Action action, const std::string& person, std::span<const AdmissionPast> past) {
    if (action == Action::review && did(past, {Action::declare, Action::correct}, person))
        return Error{Failure::forbidden, "admission.declared_by_you", "You declared this technology; somebody else must review it."};
    if (action == Action::recommend && did(past, {Action::review}, person))
        return Error{Failure::forbidden, "admission.reviewed_by_you", "You did the first review; somebody else must recommend."};
    if (action == Action::publish && did(past, {Action::select}, person))
        return Error{Failure::forbidden, "admission.selected_by_you", "You selected this technology; somebody else must publish it."};
    if (action == Action::renew) {
        const auto last =
            std::find_if(past.rbegin(), past.rend(), [](const AdmissionPast& one) { return one.action == Action::publish || one.action == Action::renew; });
        if ((last != past.rend() && last->person == person) || did(past, {Action::declare, Action::correct}, person))
            return Error{Failure::forbidden, "admission.published_by_you", "You declared this technology or published it last; somebody else must renew it."};
    }
    return Done{};
}

} // namespace

std::span<const AdmissionTransition> admission_transitions() { return table; }

std::vector<Action> admission_actions(std::optional<State> from) {
    std::vector<Action> actions;
    for (const AdmissionTransition& one : table)
        if (one.from == from) actions.push_back(one.action);
    return actions;
}

bool is_final(State state) { return admission_actions(state).empty(); }

std::optional<Part> admission_next(State state) {
    if (state == State::published) return {}; // it may be renewed, but nobody waits for it
    for (const AdmissionTransition& one : table)
        if (one.from == state) return one.part;
    return {};
}

Result<State> admission_step(std::optional<State> from, Action action, const AdmissionPerson& person, std::span<const AdmissionPast> past, bool commented) {
    const auto row = std::find_if(std::begin(table), std::end(table), [&](const AdmissionTransition& one) { return one.from == from && one.action == action; });
    if (row == std::end(table)) return Error{Failure::conflict, "admission.step", "This step does not follow from where the admission stands; load it again."};
    const bool decides = row->part == Part::bank || (row->part == Part::either && !person.for_holder);
    if (decides && !person.may_decide) return Error{Failure::forbidden, "admission.not_yours", "Only the bank decides here."};
    if (row->part == Part::holder && !person.for_holder && !person.may_decide)
        return Error{Failure::forbidden, "admission.not_holder", "Only the holder declares and corrects."};
    if (row->part == Part::bank && (person.in_holder || person.for_holder))
        return Error{Failure::forbidden, "admission.holder_decides", "You belong to the holder; nobody decides on a technology of their own."};
    TRY(check_four_eyes(action, person.person, past));
    const bool needs_comment = action == Action::give_back || action == Action::reject || (action == Action::withdraw && !person.for_holder);
    if (needs_comment && !commented) return invalid({{"comment", "admission.comment", "Say why, so that the holder knows what to do."}});
    return row->to;
}

Date years_after(Date date, std::int64_t years) {
    const std::string text = to_text(date); // 2026-11-20
    const int year = std::stoi(text.substr(0, 4)) + static_cast<int>(years), month = std::stoi(text.substr(5, 2)), day = std::stoi(text.substr(8, 2));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return make_date(year, month, month == 2 && day == 29 && !leap ? 28 : day);
}

std::int64_t cases_running(std::span<const RunningCase> cases, std::int64_t years, Date on) {
    return std::count_if(cases.begin(), cases.end(), [&](const RunningCase& one) {
        const Date since = one.since ? *one.since : make_date(static_cast<int>(one.year), 12, 31);
        return years_after(since, years) <= on;
    });
}

Result<Done> check_class(const AdmissionRule& rule, std::span<const RunningCase> cases, Date on) {
    const std::int64_t running = cases_running(cases, rule.running_years_min, on);
    if (running >= rule.cases_min) return Done{};
    return Error{Failure::conflict, "admission.cases",
        "This class asks for cases that have run for years: {needed} cases, {years} years; {running} are shown. Choose another class, or add cases.",
        {{"needed", std::to_string(rule.cases_min)}, {"years", std::to_string(rule.running_years_min)}, {"running", std::to_string(running)}}};
}

Date valid_until(const AdmissionRule& rule, Date on, std::optional<Date> until_now) {
    return years_after(until_now ? std::max(*until_now, on) : on, rule.validity_years);
}

Result<Done> check_renewal(Date on, Date until_now) {
    if (years_after(on, 1) >= until_now) return Done{};
    return Error{
        Failure::conflict, "admission.too_early", "It is valid until {date}; a renewal is taken in the last year before.", {{"date", to_text(until_now)}}};
}

Result<Done> check_selection(bool panel_needed, const std::optional<PanelOutcome>& panel) {
    if (!panel) {
        if (!panel_needed) return Done{};
        return Error{Failure::conflict, "admission.no_panel", "Experts select in this edition: open a panel, and close it when they have answered."};
    }
    if (!panel->closed) return Error{Failure::conflict, "admission.panel_open", "The panel is still open; close it first."};
    if (!panel->quorate) return Error{Failure::conflict, "admission.quorum", "Too few experts of the panel have answered."};
    if (panel->mean < panel->minimum)
        return Error{Failure::conflict, "admission.below_minimum", "The panel's mean is below the minimum of its scoring system."};
    return Done{};
}

} // namespace greenbank::library
