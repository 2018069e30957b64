// assessments.cpp — new projects held against intensity, space and the best technology: green, yellow or red, before they are built and once they run.
#include "cities/carbons/owned.h"
#include "library/library.h"

namespace greenbank::cities {

Record describe(const CarbonKey<CarbonAssessment>*) { return {"carbon_assessment_key", "Names an assessment.", {field<&CarbonKey<CarbonAssessment>::id>("id", "Its id.")}}; }

struct LightView {
    CarbonLight light = CarbonLight::green;
    double intensity_kg = 0;
    std::vector<LightReason> reasons;
};
Record describe(const LightView*) {
    return {"light_view", "A light and why.",
        {field<&LightView::light>("light", "Green, yellow or red."), field<&LightView::intensity_kg>("intensity_kg", "Per unit of output.", {.unit = "kgCO2e"}),
            field<&LightView::reasons>("reasons", "Why it is not green.", {.max = 10})}};
}
struct AssessmentView {
    CarbonAssessment assessment;
    Text territory_title;
    std::optional<Text> project_title, technology_title;
    LightView expected;
    std::optional<LightView> measured;
    bool may_change = false;
};
Record describe(const AssessmentView*) {
    using V = AssessmentView;
    return {"carbon_assessment_view", "An assessment with its light.",
        {field<&V::assessment>("carbon_assessment", "It."), field<&V::territory_title>("territory_title", "Where."), field<&V::project_title>("project_title", "The project."),
            field<&V::technology_title>("technology_title", "The best technology."), field<&V::expected>("expected", "As it was planned."),
            field<&V::measured>("measured", "As it was measured."), field<&V::may_change>("may_change", "It may be changed.")}};
}

namespace {

LightView light_of(const CarbonAssessment& one, double kg, double output) {
    const ProjectLight light = project_light({.kg = kg, .output = output, .ceiling_kg = one.ceiling_kg, .advanced_kg = one.advanced_kg,
        .space_kg = one.space_kg ? std::optional(static_cast<double>(*one.space_kg)) : std::nullopt});
    return {light.light, light.intensity_kg, light.reasons};
}

Result<Done> check_parts(Transaction& transaction, const Caller& caller, const CarbonAssessment& one) {
    if (one.project) TRY(projects::project_seen(transaction, caller, *one.project));
    if (one.best_technology) {
        const auto found = TRY(transaction.find_one<library::Technology>("id = $1", {one.best_technology->text}));
        if (!found || !library::may_see(caller, found->state, found->holder))
            return invalid({{"best_technology", "peak.no_technology", "The library has no such technology."}});
    }
    return Done{};
}

Result<AssessmentView> assessment_get(Transaction& transaction, const Caller& caller, const CarbonKey<CarbonAssessment>& key) {
    AssessmentView view{.assessment = TRY(owned_seen(transaction, caller, key.id))};
    const CarbonAssessment& one = view.assessment;
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {one.territory.text}))) view.territory_title = territory->title;
    if (one.project)
        if (const auto project = projects::project_seen(transaction, caller, *one.project)) view.project_title = project.value().title;
    if (one.best_technology)
        if (const auto found = TRY(transaction.find_one<library::Technology>("id = $1", {one.best_technology->text})); found && library::may_see(caller, found->state, found->holder))
            view.technology_title = found->title;
    view.expected = light_of(one, static_cast<double>(one.kg), one.output);
    if (one.measured_kg) view.measured = light_of(one, static_cast<double>(*one.measured_kg), one.measured_output.value_or(one.output));
    view.may_change = owns(caller, one.owner) && caller.actor.may(write_cities);
    return view;
}

} // namespace

std::vector<Endpoint> assessment_endpoints() {
    const auto check = [](Transaction& transaction, const Caller& caller) {
        return [&transaction, &caller](const CarbonAssessment& one) { return check_parts(transaction, caller, one); };
    };
    return {
        // clang-format off
        {"carbon_assessment_list", Method::get, "/carbon-assessments", "Assessments of new projects.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller, const ListOf<CarbonAssessment>& list) { return owned_page<CarbonAssessment>(transaction, caller, list); })},
        {"carbon_assessment_get", Method::get, "/carbon-assessments/{id}", "One assessment with its light.", Mode::read, open_to_all, call(assessment_get)},
        {"carbon_assessment_create", Method::post, "/carbon-assessments", "Assess a new project.", Mode::write, write_cities, call([check](Transaction& transaction, const Caller& caller, const CarbonAssessment& draft) { return owned_create(transaction, caller, draft, check(transaction, caller)); })},
        {"carbon_assessment_update", Method::patch, "/carbon-assessments/{id}", "Change an assessment, or enter what was measured.", Mode::write, write_cities, call([check](Transaction& transaction, const Caller& caller, const Patch<CarbonAssessment>& patch) { return owned_update(transaction, caller, patch, check(transaction, caller)); })},
        {"carbon_assessment_delete", Method::remove, "/carbon-assessments/{id}", "Delete an assessment.", Mode::write, write_cities, call(owned_delete<CarbonAssessment>)},
        // clang-format on
    };
}

} // namespace greenbank::cities
