// targets.cpp — accountability: targets set, months reported with evidence, the year's end forecast, a red light early, appeals answered by who set the target.
#include <algorithm>
#include <cmath>

#include "cities/carbons/owned.h"

namespace greenbank::cities {

Record describe(const CarbonKey<CarbonTarget>*) { return {"carbon_target_key", "Names a target.", {field<&CarbonKey<CarbonTarget>::id>("id", "Its id.")}}; }
Record describe(const TargetStanding*) {
    using S = TargetStanding;
    return {"target_standing", "Where a target stands.",
        {field<&S::limit_kg>("limit_kg", "The limit.", {.unit = "kgCO2e"}), field<&S::observed_kg>("observed_kg", "Reported so far.", {.unit = "kgCO2e"}),
            field<&S::forecast_kg>("forecast_kg", "Forecast of the year's end.", {.unit = "kgCO2e"}),
            field<&S::low_kg>("low_kg", "Lower end of 95 %.", {.unit = "kgCO2e"}), field<&S::high_kg>("high_kg", "Upper end.", {.unit = "kgCO2e"}),
            field<&S::months>("months", "Months reported."), field<&S::light>("light", "Green, yellow or red."),
            field<&S::score>("score", "100 at the limit or below, two less for each percent above."), field<&S::known>("known", "A month is reported.")}};
}
struct TargetView {
    CarbonTarget target;
    TargetStanding standing;
    Text responsible_name, territory_title;
    bool may_change = false, may_report = false, may_appeal = false, may_answer = false;
    std::optional<TargetWarning> warning;
};
Record describe(const TargetView*) {
    using V = TargetView;
    return {"carbon_target_view", "A target with its forecast, and what the caller may do.",
        {field<&V::target>("carbon_target", "It."), field<&V::standing>("standing", "Where it stands."),
            field<&V::responsible_name>("responsible_name", "Who answers for it."), field<&V::territory_title>("territory_title", "For which territory."),
            field<&V::may_change>("may_change", "It may be changed."), field<&V::may_report>("may_report", "A month may be reported."),
            field<&V::may_appeal>("may_appeal", "An appeal may be made."), field<&V::may_answer>("may_answer", "An appeal waits for an answer."),
            field<&V::warning>("warning", "Its red light, for those whom it concerns.")}};
}
struct MonthReport {
    Id<CarbonTarget> id;
    std::int64_t month = 1, kg = 0;
    std::string evidence;
};
Record describe(const MonthReport*) {
    using M = MonthReport;
    return {"month_report", "A month's emissions with their evidence; one more for the same month replaces it.",
        {field<&M::id>("id", "Which target."), field<&M::month>("month", "1 to 12.", {.min = 1, .max = 12}),
            field<&M::kg>("kg", "How much.", {.unit = "kgCO2e", .min = 0, .max = 9e14}),
            field<&M::evidence>("evidence", "By which meters and books.", {.min = 1, .max = 1000})}};
}
struct AppealAsk {
    Id<CarbonTarget> id;
    std::string text;
};
Record describe(const AppealAsk*) {
    return {"target_appeal_ask", "An appeal.",
        {field<&AppealAsk::id>("id", "Which target."), field<&AppealAsk::text>("text", "What is asked and why.", {.min = 1, .max = 4000})}};
}
struct AppealAnswer {
    Id<CarbonTarget> id;
    bool granted = false;
    std::string answer;
    std::optional<std::int64_t> limit_kg;
};
Record describe(const AppealAnswer*) {
    using A = AppealAnswer;
    return {"target_appeal_answer", "The answer to the appeal that is open.",
        {field<&A::id>("id", "Which target."), field<&A::granted>("granted", "It is granted."), field<&A::answer>("answer", "Why.", {.min = 1, .max = 4000}),
            field<&A::limit_kg>("limit_kg", "The limit from now on, where it is granted.", {.unit = "kgCO2e", .min = 0, .max = 9e15})}};
}

TargetStanding standing_of(const CarbonTarget& target) {
    TargetStanding standing;
    standing.limit_kg =
        target.kind == TargetKind::absolute ? target.limit_kg.value_or(0) : std::llround(target.limit_per_output.value_or(0) * target.output.value_or(0));
    std::vector<double> months, last;
    for (std::int64_t month = 1; month <= 12; ++month) { // a gap ends what is known
        const auto found = std::find_if(target.months.begin(), target.months.end(), [&](const TargetMonth& one) { return one.month == month; });
        if (found == target.months.end()) break;
        months.push_back(static_cast<double>(found->kg));
    }
    for (const std::int64_t kg : target.last_year_kg) last.push_back(static_cast<double>(kg));
    const auto forecast = year_end(months, last);
    if (!forecast) return standing;
    standing.known = true;
    standing.months = static_cast<std::int64_t>(forecast->months);
    standing.observed_kg = std::llround(forecast->observed_kg);
    standing.forecast_kg = std::llround(forecast->kg);
    standing.low_kg = std::llround(forecast->low_kg);
    standing.high_kg = std::llround(forecast->high_kg);
    standing.light = target_light(*forecast, static_cast<double>(standing.limit_kg));
    standing.score = target_score(forecast->kg, static_cast<double>(standing.limit_kg));
    return standing;
}

namespace {

bool answers(const Caller& caller, const CarbonTarget& target) {
    return !caller.actor.organisation.empty() && target.responsible.text == caller.actor.organisation;
}
bool has_open_appeal(const CarbonTarget& target) { return !target.appeals.empty() && target.appeals.back().state == AppealState::open; }

Result<std::string> name_of_person(Transaction& transaction, const Caller& caller) {
    return as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
}

Result<TargetView> view_of(Transaction& transaction, const Caller& caller, CarbonTarget target) {
    TargetView view{.target = std::move(target)};
    const CarbonTarget& one = view.target;
    view.standing = standing_of(one);
    view.responsible_name = TRY(organisation_name(transaction, one.responsible.text));
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {one.territory.text}))) view.territory_title = territory->title;
    const bool mine = owns(caller, one.owner), answering = answers(caller, one);
    view.may_change = mine && caller.actor.may(write_cities);
    view.may_report = (answering || mine) && caller.actor.may(write_cities);
    view.may_appeal = answering && caller.actor.may(submit_cities) && !has_open_appeal(one) && one.appeals.size() < 20;
    view.may_answer = mine && has_open_appeal(one) && caller.actor.may(submit_cities);
    view.warning = TRY(open_warning(transaction, caller, one.id));
    if (!mine && !answering) // what was argued is between them
        for (TargetAppeal& appeal : view.target.appeals)
            appeal.text.clear(), appeal.person_name.clear(), appeal.answer.reset(), appeal.answered_by_name.reset();
    return view;
}
Result<TargetView> target_get(Transaction& transaction, const Caller& caller, const CarbonKey<CarbonTarget>& key) {
    return view_of(transaction, caller, TRY(owned_seen(transaction, caller, key.id)));
}
Result<Page<CarbonTarget>> target_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonTarget>& list) {
    Page<CarbonTarget> page = TRY(owned_page<CarbonTarget>(transaction, caller, list, "responsible = $1"));
    for (CarbonTarget& one : page.items) one.appeals.clear();
    return page;
}

Result<TargetView> keep(Transaction& transaction, const Caller& caller, CarbonTarget target) {
    target.updated_at = caller.now;
    TRY(transaction.update(target));
    TRY(follow_target(transaction, caller, target));
    return view_of(transaction, caller, std::move(target));
}

auto responsible_there(Transaction& transaction) {
    return [&transaction](const CarbonTarget& one) -> Result<Done> {
        TRY(transaction.get(one.responsible));
        return Done{};
    };
}
Result<Reply<CarbonTarget>> target_create(Transaction& transaction, const Caller& caller, const CarbonTarget& draft) {
    return owned_create(transaction, caller, draft, responsible_there(transaction));
}
Result<CarbonTarget> target_update(Transaction& transaction, const Caller& caller, const Patch<CarbonTarget>& patch) {
    CarbonTarget target = TRY(owned_update(transaction, caller, patch, responsible_there(transaction)));
    TRY(follow_target(transaction, caller, target));
    return target;
}
Result<Done> target_delete(Transaction& transaction, const Caller& caller, const CarbonKey<CarbonTarget>& key) {
    TRY(owned_delete<CarbonTarget>(transaction, caller, key));
    return forget_target(transaction, key.id);
}

Result<TargetView> target_report(Transaction& transaction, const Caller& caller, const MonthReport& report) {
    CarbonTarget target = TRY(owned_seen(transaction, caller, report.id));
    if (!answers(caller, target) && !owns(caller, target.owner))
        return Error{Failure::forbidden, "target.not_yours", "Months are reported by who answers for the target or who set it."};
    TRY(check_expected(caller, target));
    std::erase_if(target.months, [&](const TargetMonth& one) { return one.month == report.month; });
    target.months.push_back({report.month, report.kg, report.evidence});
    std::sort(target.months.begin(), target.months.end(), [](const TargetMonth& a, const TargetMonth& b) { return a.month < b.month; });
    return keep(transaction, caller, std::move(target));
}
Result<TargetView> target_appeal(Transaction& transaction, const Caller& caller, const AppealAsk& ask) {
    CarbonTarget target = TRY(owned_seen(transaction, caller, ask.id));
    if (!answers(caller, target)) return Error{Failure::forbidden, "target.not_responsible", "Only who answers for the target appeals."};
    if (has_open_appeal(target)) return Error{Failure::conflict, "target.appeal_open", "An appeal is open already; wait for its answer."};
    if (target.appeals.size() >= 20) return Error{Failure::too_large, "target.appeals", "A target has at most {limit} appeals.", {{"limit", "20"}}};
    auto name = TRY(name_of_person(transaction, caller));
    target.appeals.push_back({ask.text, std::move(name), caller.now, AppealState::open, {}, {}, {}});
    return keep(transaction, caller, std::move(target));
}
Result<TargetView> target_answer(Transaction& transaction, const Caller& caller, const AppealAnswer& answer) {
    CarbonTarget target = TRY(owned_to_change(transaction, caller, answer.id));
    if (answers(caller, target) && !caller.actor.may(run_cities))
        return Error{Failure::forbidden, "target.own_appeal", "Who appealed does not answer; the bank does, where both are one organisation."};
    if (!has_open_appeal(target)) return Error{Failure::conflict, "target.no_appeal", "No appeal is open."};
    TargetAppeal& appeal = target.appeals.back();
    appeal.state = answer.granted ? AppealState::granted : AppealState::refused;
    appeal.answer = answer.answer;
    appeal.answered_by_name = TRY(name_of_person(transaction, caller));
    appeal.answered_at = caller.now;
    if (answer.granted && answer.limit_kg && target.kind == TargetKind::absolute) target.limit_kg = answer.limit_kg;
    return keep(transaction, caller, std::move(target));
}

} // namespace

std::vector<Endpoint> target_endpoints() {
    return {
        // clang-format off
        {"carbon_target_list", Method::get, "/carbon-targets", "Targets of districts and firms.", Mode::read, open_to_all, call(target_list)},
        {"carbon_target_get", Method::get, "/carbon-targets/{id}", "One target with the forecast of the year's end.", Mode::read, open_to_all, call(target_get)},
        {"carbon_target_create", Method::post, "/carbon-targets", "Set a target.", Mode::write, write_cities, call(target_create)},
        {"carbon_target_update", Method::patch, "/carbon-targets/{id}", "Change a target.", Mode::write, write_cities, call(target_update)},
        {"carbon_target_delete", Method::remove, "/carbon-targets/{id}", "Delete a target.", Mode::write, write_cities, call(target_delete)},
        {"carbon_target_report", Method::post, "/carbon-targets/{id}/months", "Report a month with its evidence.", Mode::write, write_cities, call(target_report)},
        {"carbon_target_appeal", Method::post, "/carbon-targets/{id}/appeals", "Appeal against a target.", Mode::write, submit_cities, call(target_appeal)},
        {"carbon_target_answer", Method::post, "/carbon-targets/{id}/answer", "Answer the appeal that is open.", Mode::write, submit_cities, call(target_answer)},
        // clang-format on
    };
}

} // namespace greenbank::cities
