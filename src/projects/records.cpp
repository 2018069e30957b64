// records.cpp — descriptions of what projects store, and the rules across their fields.
#include "projects/records.h"

#include <set>

#include <fmt/format.h>

#include "library/reference.h"
#include "library/rules.h"

namespace greenbank::projects {

namespace {

void check_effect(const void* value, Problems& problems) {
    const auto& effect = *static_cast<const Effect*>(value);
    if (!parse_unit(effect.unit)) {
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", effect.unit.substr(0, 40)}}});
    } else if (!same_dimension(effect.unit, unit_like(effect.kind))) {
        problems.push_back({"unit", "unit.dimension", "The unit {unit} does not measure this; use one like {like}.",
            {{"unit", effect.unit}, {"like", std::string(unit_like(effect.kind))}}});
    }
}

/// All in one currency, the parts within the whole; sums are counted apart from overflow.
void check_budget(const Project& project, Problems& problems) {
    const auto one_currency = [&](std::string place, const Money& money) {
        if (!project.budget || money.currency == project.budget->currency) return true;
        problems.push_back(
            {std::move(place), "project.currency", "All amounts are in {currency}, the budget's currency.", {{"currency", project.budget->currency}}});
        return false;
    };
    long double capital = 0;
    bool counted = true;
    for (std::size_t i = 0; i < project.budget_lines.size(); ++i) {
        const BudgetLine& line = project.budget_lines[i];
        const std::string place = fmt::format("budget_lines[{}]", i);
        counted = one_currency(place + ".amount", line.amount) && counted;
        if (line.kind == BudgetKind::capital) capital += static_cast<long double>(line.amount.minor);
        if (line.year > project.life)
            problems.push_back(
                {place + ".year", "appraisal.after_end", "The project runs for {years} years; this is later.", {{"years", std::to_string(project.life)}}});
    }
    for (std::size_t i = 0; i < project.effects.size(); ++i)
        if (project.effects[i].price) one_currency(fmt::format("effects[{}].price", i), *project.effects[i].price);
    if (!project.budget_lines.empty() && !project.budget)
        problems.push_back({"budget", "project.no_budget", "Say what the whole investment is; its lines are parts of it."});
    if (project.budget && counted && capital > static_cast<long double>(project.budget->minor))
        problems.push_back({"budget_lines", "project.over_budget", "The capital lines come to {sum}, more than the budget of {budget}.",
            {{"sum", capital < 9e17L ? amount_text({static_cast<std::int64_t>(capital), project.budget->currency}) : "> 9e15"},
                {"budget", amount_text(*project.budget)}}});
}

void check_project(const void* value, Problems& problems) {
    const auto& project = *static_cast<const Project*>(value);
    library::reference().disclosure.check(record_of<Project>(), project.disclosure, "disclosure", problems);
    library::check_codes(library::reference().classes, project.classes, "classes", problems);
    library::check_country(project.country, "country", problems);
    if (project.latitude.has_value() != project.longitude.has_value())
        problems.push_back({project.latitude ? "longitude" : "latitude", "project.half_a_place", "A place on the map needs latitude and longitude."});
    if (project.starts_on && project.runs_from && *project.runs_from < *project.starts_on)
        problems.push_back({"runs_from", "project.runs_before_start", "It cannot run before building begins."});
    std::set<std::string> seen;
    for (std::size_t i = 0; i < project.technologies.size(); ++i)
        if (!seen.insert(project.technologies[i].technology.text).second)
            problems.push_back({fmt::format("technologies[{}].technology", i), "project.twice", "This is in the list already."});
    for (std::size_t i = 0; i < project.partners.size(); ++i) {
        const Partner& partner = project.partners[i];
        if (!seen.insert(fmt::format("{} {}", name_of(partner.role), partner.organisation.text)).second)
            problems.push_back({fmt::format("partners[{}].organisation", i), "project.twice", "This is in the list already."});
    }
    check_budget(project, problems);
}

void check_milestone(const void* value, Problems& problems) {
    const auto& milestone = *static_cast<const Milestone*>(value);
    if (milestone.amount && milestone.amount->minor <= 0)
        problems.push_back({"amount", "milestone.amount", "What is paid on acceptance is more than nothing; leave it out otherwise."});
    if (std::set<ProofKind>(milestone.proofs.begin(), milestone.proofs.end()).size() != milestone.proofs.size())
        problems.push_back({"proofs", "milestone.proof_twice", "Name each kind of evidence once."});
}

} // namespace

std::string_view unit_like(EffectKind kind) {
    switch (kind) {
    case EffectKind::emissions_avoided:
    case EffectKind::carbon_stored: return "tCO2e";
    case EffectKind::electricity_generated:
    case EffectKind::electricity_saved: return "MWh";
    case EffectKind::heat_delivered: return "GJ";
    case EffectKind::water_treated:
    case EffectKind::water_saved:
    case EffectKind::water_supplied: return "m3";
    case EffectKind::fuel_saved:
    case EffectKind::waste_treated:
    case EffectKind::material_recovered:
    case EffectKind::pollutant_avoided: return "t";
    case EffectKind::land_restored: return "ha";
    case EffectKind::people_served:
    case EffectKind::jobs: return "1";
    }
    return "1";
}

Record describe(const Partner*) {
    return {"project_partner", "An organisation that takes part; it sees the project and submits evidence for its part.",
        {field<&Partner::organisation>("organisation", "Which organisation."), field<&Partner::role>("role", "What it does."),
            field<&Partner::part>("part", "Its part in words.", {.max = 500})}};
}
Record describe(const TechnologyUse*) {
    return {"technology_use", "A technology of the library and how much of it is built.",
        {field<&TechnologyUse::technology>("technology", "Which technology of the library."),
            field<&TechnologyUse::amount>("amount", "How much of it, as a size or a number.", {.min = 0}),
            field<&TechnologyUse::note>("note", "What it does here.", {.max = 500})}};
}
Record describe(const BudgetLine*) {
    return {"budget_line", "A part of the investment, or what running costs a year.",
        {field<&BudgetLine::kind>("kind", "Capital is paid once, operating every year."), field<&BudgetLine::name>("name", "What for.", {.min = 1, .max = 300}),
            field<&BudgetLine::amount>("amount", "How much; of an operating line, in a year.", {.min = 0}),
            field<&BudgetLine::year>(
                "year", "Capital: in which year it is paid, 0 while building. Operating: from which year on.", {.min = 0, .max = years_max, .defaulted = true}),
            field<&BudgetLine::source>("source", "Where the money comes from."),
            field<&BudgetLine::depreciates>("depreciates", "It is written off over the years; land is not.", {.defaulted = true})}};
}
Record describe(const Effect*) {
    return {"project_effect", "What is expected in a year of full running.",
        {field<&Effect::kind>("kind", "Which effect."), field<&Effect::value>("value", "How much in a year.", {.min = 0, .max = 1e15}),
            field<&Effect::unit>("unit", "Unit, such as tCO2e, MWh or m3.", {.min = 1, .max = 40}), field<&Effect::what>("what", "What exactly.", {.max = 300}),
            field<&Effect::price>("price", "What one unit is sold for; absent: not sold.", {.min = 0}),
            field<&Effect::source>("source", "Where the figure is from.", {.min = 1, .max = 500}),
            field<&Effect::assumption>("assumption", "Under which assumption it holds.", {.max = 1000}),
            field<&Effect::degradation>("degradation", "How much less each year after.", {.unit = "%", .min = 0, .max = 50})},
        check_effect};
}
Record describe(const StageStep*) {
    return {"project_stage_step", "Since when a project is at a stage.",
        {field<&StageStep::stage>("stage", "Which stage."), field<&StageStep::reached_on>("reached_on", "On which day it was reached."),
            field<&StageStep::note>("note", "What was said.", {.max = 1000})}};
}

Record describe(const Project*) {
    return {"project", "A green plant or measure that is planned, built and run.",
        {
            field<&Project::id>("id", "Id.", {.read_only = true}),
            field<&Project::title>("title", "What the project is called.", {.min = 1, .max = 300, .sort = true}),
            field<&Project::summary>("summary", "The project in one or two sentences.", {.min = 1, .max = 1000}),
            field<&Project::description>("description", "What is built, how it works, what was there before.", {.max = 10'000}),
            field<&Project::owner>("owner", "The organisation whose project it is.", {.read_only = true, .filter = true}),
            field<&Project::field>("field", "One of the six fields.", {.filter = true, .sort = true}),
            field<&Project::classes>("classes", "Codes of the Green Bond Endorsed Projects Catalogue 2021.", {.max = 10, .filter = true}),
            field<&Project::stage>(
                "stage", "From research to industry; chosen in a draft, later moved step by step.", {.defaulted = true, .filter = true, .sort = true}),
            field<&Project::stages>("stages", "Since when it is at which stage.", {.max = 40, .read_only = true}),
            field<&Project::progress>("progress", "How far the plant itself has come.", {.read_only = true, .filter = true, .sort = true}),
            field<&Project::need>("need", "The need of the library that it answers.", {.filter = true}),
            field<&Project::technologies>("technologies", "Technologies of the library that it uses.", {.max = 30, .filter = true}),
            field<&Project::partners>("partners", "Who takes part.", {.max = 40, .filter = true}),
            field<&Project::country>("country", "Where it stands.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Project::place>("place", "The place in words.", {.max = 300}),
            field<&Project::latitude>("latitude", "North of the equator; south is below 0.", {.unit = "°", .min = -90, .max = 90}),
            field<&Project::longitude>("longitude", "East of Greenwich; west is below 0.", {.unit = "°", .min = -180, .max = 180}),
            field<&Project::starts_on>("starts_on", "Building begins.", {.sort = true}),
            field<&Project::runs_from>("runs_from", "Running begins.", {.sort = true}),
            field<&Project::life>("life", "How long it runs.", {.unit = "a", .min = 1, .max = years_max, .defaulted = true}),
            field<&Project::budget>("budget", "The whole investment.", {.min = 0, .sort = true}),
            field<&Project::budget_lines>("budget_lines", "The investment in parts, and what running costs.", {.max = 100}),
            field<&Project::effects>("effects", "What it brings about in a year.", {.max = 40}),
            field<&Project::keywords>("keywords", "Words a person would search for.", {.defaulted = true}),
            field<&Project::disclosure>("disclosure", "Fields that are not for everybody, and from which stage on they are shown.", {.max = 60}),
            field<&Project::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Project::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Project::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Project::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Project::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_project, true};
}

Record describe(const Milestone*) {
    return {"milestone", "A step of a project that is proved by evidence and paid for.",
        {
            field<&Milestone::id>("id", "Id.", {.read_only = true}),
            field<&Milestone::project>("project", "Of which project.", {.filter = true}),
            field<&Milestone::number>("number", "Its place among the project's milestones.", {.read_only = true, .sort = true}),
            field<&Milestone::title>("title", "What is reached.", {.min = 1, .max = 300}),
            field<&Milestone::description>("description", "How one sees that it is reached.", {.max = 3000}),
            field<&Milestone::responsible>("responsible", "The partner whose part it is; absent: the owner.", {.filter = true}),
            field<&Milestone::due_on>("due_on", "Until when.", {.sort = true}),
            field<&Milestone::weight>("weight", "Its share of the whole project.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&Milestone::amount>("amount", "What is paid once it is accepted."),
            field<&Milestone::proofs>("proofs", "Kinds of evidence that must be there.", {.max = 10}),
            field<&Milestone::state>("state", "Planned, submitted, returned or accepted.", {.read_only = true, .filter = true}),
            field<&Milestone::submitted_by>("submitted_by", "Who submitted it.", {.read_only = true}),
            field<&Milestone::submitted_by_name>("submitted_by_name", "Who submitted it, by name.", {.read_only = true}),
            field<&Milestone::decided_by>("decided_by", "Who accepted or returned it.", {.read_only = true}),
            field<&Milestone::decided_by_name>("decided_by_name", "Who accepted or returned it, by name.", {.read_only = true}),
            field<&Milestone::submitted_at>("submitted_at", "When it was submitted.", {.read_only = true}),
            field<&Milestone::decided_at>("decided_at", "When it was accepted or returned.", {.read_only = true}),
            field<&Milestone::reason>("reason", "Why it was returned.", {.read_only = true}),
            field<&Milestone::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Milestone::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Milestone::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Milestone::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_milestone, true};
}

Record describe(const MilestoneEvidence*) {
    return {"milestone_evidence", "What shows that a milestone is reached.",
        {
            field<&MilestoneEvidence::id>("id", "Id.", {.read_only = true}),
            field<&MilestoneEvidence::project>("project", "Of which project.", {.read_only = true, .filter = true}),
            field<&MilestoneEvidence::milestone>("milestone", "Of which milestone.", {.filter = true}),
            field<&MilestoneEvidence::kind>("kind", "What kind of evidence it is.", {.filter = true}),
            field<&MilestoneEvidence::note>("note", "What it shows.", {.min = 1, .max = 2000}),
            field<&MilestoneEvidence::file>("file", "The document: a file of your own that has come in whole."),
            field<&MilestoneEvidence::name>("name", "The file's name.", {.max = 300, .read_only = true}),
            field<&MilestoneEvidence::bytes>("bytes", "Its size.", {.read_only = true}),
            field<&MilestoneEvidence::organisation>("organisation", "Whose evidence it is.", {.read_only = true}),
            field<&MilestoneEvidence::person>("person", "Who brought it.", {.read_only = true}),
            field<&MilestoneEvidence::person_name>("person_name", "Who brought it, by name.", {.read_only = true}),
            field<&MilestoneEvidence::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&MilestoneEvidence::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

Record describe(const ProjectAppraisal*) {
    return {"project_appraisal", "An appraisal that was kept: what went in and what came out.",
        {
            field<&ProjectAppraisal::id>("id", "Id.", {.read_only = true}),
            field<&ProjectAppraisal::project>("project", "Of which project.", {.filter = true}),
            field<&ProjectAppraisal::project_version>("project_version", "Which version of it.", {.read_only = true}),
            field<&ProjectAppraisal::title>("title", "What is assumed, in a few words.", {.min = 1, .max = 300}),
            field<&ProjectAppraisal::plan>("plan", "What went in."),
            field<&ProjectAppraisal::report>("report", "What came out.", {.read_only = true}),
            field<&ProjectAppraisal::organisation>("organisation", "Whose appraisal it is.", {.read_only = true}),
            field<&ProjectAppraisal::person>("person", "Who made it.", {.read_only = true}),
            field<&ProjectAppraisal::person_name>("person_name", "Who made it, by name.", {.read_only = true}),
            field<&ProjectAppraisal::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&ProjectAppraisal::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

} // namespace greenbank::projects
