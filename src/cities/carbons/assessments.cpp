// assessments.cpp — new projects held against intensity, space and the best technology: green, yellow or red, before they are built and once they run, then by their
// meters.
#include <algorithm>
#include <cmath>

#include "carbon/reductions/telemetry.h"
#include "cities/carbons/owned.h"
#include "cities/engine/accountability.h"
#include "library/library.h"

namespace greenbank::cities {

Record describe(const CarbonKey<CarbonAssessment>*) {
    return {"carbon_assessment_key", "Names an assessment.", {field<&CarbonKey<CarbonAssessment>::id>("id", "Its id.")}};
}

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
    std::optional<Text> project_title, technology_title, target_title;
    std::optional<std::int64_t> space_kg; // as it is judged by: below 0 the cap is broken already
    LightView expected;
    std::optional<LightView> measured;
    bool may_change = false;
};
Record describe(const AssessmentView*) {
    using V = AssessmentView;
    return {"carbon_assessment_view", "An assessment with its light.",
        {field<&V::assessment>("carbon_assessment", "It."), field<&V::territory_title>("territory_title", "Where."),
            field<&V::project_title>("project_title", "The project."), field<&V::technology_title>("technology_title", "The best technology."),
            field<&V::target_title>("target_title", "The target."),
            field<&V::space_kg>("space_kg", "What is left under the cap, by the target's forecast or as it was entered.", {.unit = "kgCO2e"}),
            field<&V::expected>("expected", "As it was planned."), field<&V::measured>("measured", "As it was measured."),
            field<&V::may_change>("may_change", "It may be changed.")}};
}

namespace {

LightView light_of(const CarbonAssessment& one, double kg, double output, std::optional<std::int64_t> space_kg) {
    const ProjectLight light = project_light({.kg = kg,
        .output = output,
        .ceiling_kg = one.ceiling_kg,
        .advanced_kg = one.advanced_kg,
        .space_kg = space_kg ? std::optional(std::max(0.0, static_cast<double>(*space_kg))) : std::nullopt});
    return {light.light, light.intensity_kg, light.reasons};
}

Result<Done> check_parts(Transaction& transaction, const Caller& caller, const CarbonAssessment& one) {
    if (one.project) TRY(projects::project_seen(transaction, caller, *one.project));
    if (one.best_technology) {
        const auto found = TRY(transaction.find_one<library::Technology>("id = $1", {one.best_technology->text}));
        if (!found || !library::may_see(caller, found->state, found->holder))
            return invalid({{"best_technology", "peak.no_technology", "The library has no such technology."}});
    }
    if (one.target) {
        const auto target = TRY(transaction.find_one<CarbonTarget>("id = $1", {one.target->text}));
        if (!target || target->owner != one.owner) return invalid({{"target", "assessment.no_target", "There is no such target of yours."}});
    }
    for (const auto& [field, channel] : {std::pair{"kg_channel", &one.kg_channel}, {"output_channel", &one.output_channel}})
        if (*channel)
            if (auto found = carbon::channel_of(transaction, (*channel)->text, one.owner); !found)
                return invalid({{field, found.error().code, found.error().message, found.error().parameters}});
    return Done{};
}

Result<AssessmentView> view_of(Transaction& transaction, const Caller& caller, CarbonAssessment assessment) {
    AssessmentView view{.assessment = std::move(assessment)};
    const CarbonAssessment& one = view.assessment;
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {one.territory.text}))) view.territory_title = territory->title;
    if (one.project)
        if (const auto project = projects::project_seen(transaction, caller, *one.project)) view.project_title = project.value().title;
    if (one.best_technology)
        if (const auto found = TRY(transaction.find_one<library::Technology>("id = $1", {one.best_technology->text}));
            found && library::may_see(caller, found->state, found->holder))
            view.technology_title = found->title;
    view.space_kg = one.space_kg;
    if (one.target)
        if (const auto target = TRY(transaction.find_one<CarbonTarget>("id = $1", {one.target->text}))) {
            const TargetStanding standing = standing_of(*target);
            view.target_title = target->title;
            view.space_kg = standing.limit_kg - (standing.known ? standing.forecast_kg : 0);
        }
    view.expected = light_of(one, static_cast<double>(one.kg), one.output, view.space_kg);
    if (one.measured_kg) view.measured = light_of(one, static_cast<double>(*one.measured_kg), one.measured_output.value_or(one.output), view.space_kg);
    view.may_change = owns(caller, one.owner) && caller.actor.may(write_cities);
    return view;
}
Result<AssessmentView> assessment_get(Transaction& transaction, const Caller& caller, const CarbonKey<CarbonAssessment>& key) {
    return view_of(transaction, caller, TRY(owned_seen(transaction, caller, key.id)));
}

/// Amounts typed over what meters counted are no longer theirs.
Result<CarbonAssessment> assessment_update(Transaction& transaction, const Caller& caller, const Patch<CarbonAssessment>& patch) {
    const CarbonAssessment before = TRY(owned_to_change(transaction, caller, patch.id));
    return owned_update(transaction, caller, patch, [&](CarbonAssessment& one) {
        if (one.measured_kg != before.measured_kg || one.measured_output != before.measured_output || one.measured_year != before.measured_year)
            one.measured_evidence.reset();
        return check_parts(transaction, caller, one);
    });
}

/// What its meters counted in the measured year takes the place of what was entered.
Result<AssessmentView> assessment_measure(energy::Archive& archive, Store& store, const Caller& caller, const CarbonKey<CarbonAssessment>& key) {
    carbon::CountedAmounts counted;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const CarbonAssessment one = TRY(owned_to_change(transaction, caller, key.id));
        if (!one.kg_channel) return Error{Failure::conflict, "assessment.no_channel", "No channel counts what the plant gives off; choose one first."};
        if (!one.measured_year) return Error{Failure::conflict, "assessment.no_year", "Say first which year was measured."};
        const energy::ArchiveView view = TRY(archive.view(transaction));
        const int year = static_cast<int>(*one.measured_year);
        TRY(counted.ask(transaction, view, one.kg_channel->text, "kgCO2e", one.owner, year));
        if (one.output_channel) TRY(counted.ask(transaction, view, one.output_channel->text, one.output_unit, one.owner, year));
        return Done{};
    }));
    std::optional<AssessmentView> view;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        CarbonAssessment one = TRY(owned_to_change(transaction, caller, key.id));
        const auto* kg = one.kg_channel ? counted.find(one.kg_channel->text, "kgCO2e") : nullptr;
        const auto* output = one.output_channel ? counted.find(one.output_channel->text, one.output_unit) : nullptr;
        if (!kg || (one.output_channel && !output))
            return Error{Failure::conflict, "assessment.changed", "The assessment was changed meanwhile; look at it and fetch again."};
        one.measured_kg = std::llround(kg->amount.amount);
        one.measured_evidence = carbon::evidence_of(*kg, date_of(caller.now));
        if (output) {
            one.measured_output = output->amount.amount;
            *one.measured_evidence += "; " + carbon::evidence_of(*output, date_of(caller.now));
        }
        TRY(validate(one));
        one.updated_at = caller.now;
        TRY(transaction.update(one));
        view = TRY(view_of(transaction, caller, std::move(one)));
        return Done{};
    }));
    return std::move(*view);
}

} // namespace

std::vector<Endpoint> assessment_endpoints(energy::Archive& archive) {
    const auto check = [](Transaction& transaction, const Caller& caller) {
        return [&transaction, &caller](const CarbonAssessment& one) { return check_parts(transaction, caller, one); };
    };
    return {
        // clang-format off
        {"carbon_assessment_list", Method::get, "/carbon-assessments", "Assessments of new projects.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller, const ListOf<CarbonAssessment>& list) { return owned_page<CarbonAssessment>(transaction, caller, list); })},
        {"carbon_assessment_get", Method::get, "/carbon-assessments/{id}", "One assessment with its light.", Mode::read, open_to_all, call(assessment_get)},
        {"carbon_assessment_create", Method::post, "/carbon-assessments", "Assess a new project.", Mode::write, write_cities, call([check](Transaction& transaction, const Caller& caller, const CarbonAssessment& draft) { return owned_create(transaction, caller, draft, check(transaction, caller)); })},
        {"carbon_assessment_update", Method::patch, "/carbon-assessments/{id}", "Change an assessment, or enter what was measured.", Mode::write, write_cities, call(assessment_update)},
        {"carbon_assessment_measure", Method::post, "/carbon-assessments/{id}/measure", "Fetch what the meters of a running plant counted.", Mode::compute, write_cities, call(archive, assessment_measure)},
        {"carbon_assessment_delete", Method::remove, "/carbon-assessments/{id}", "Delete an assessment.", Mode::write, write_cities, call(owned_delete<CarbonAssessment>)},
        // clang-format on
    };
}

} // namespace greenbank::cities
