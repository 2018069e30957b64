// records.h — what projects store: projects, their milestones, the evidence of these, and appraisals with what went into them.
#pragma once

#include "api/kept_files.h"
#include "library/records.h"
#include "projects/appraisal_records.h"
#include "projects/engine/milestone_life.h"
#include "projects/engine/progress.h"

namespace greenbank::projects {

using library::FieldStage;
using library::Keywords;
using library::Need;
using library::Stage;
using library::State;
using library::Technology;
using library::TechnologyField;
using parties::Organisation;

/// What an organisation does in a project.
enum class PartnerRole { contractor, supplier, operator_, designer, researcher, financier, insurer, verifier, buyer, other };
enum class BudgetKind { capital, operating };
enum class FundSource { own, loan, grant, equity, lease, bond, revenue, other };
/// What a project brings about in a year, each in its own kind of unit: unit_like().
enum class EffectKind {
    emissions_avoided,
    carbon_stored,
    electricity_generated,
    electricity_saved,
    heat_delivered,
    fuel_saved,
    water_treated,
    water_saved,
    water_supplied,
    waste_treated,
    material_recovered,
    pollutant_avoided,
    land_restored,
    people_served,
    jobs
};
/// Ordered as they usually come.
enum class ProofKind { permit, contract, invoice, delivery_note, photograph, test_report, supervision_report, acceptance_certificate, measured_data, other };

struct Partner {
    Id<Organisation> organisation;
    PartnerRole role = PartnerRole::other;
    std::optional<Text> part; // in words
};
Record describe(const Partner*);

/// A technology of the library and how much of it is built.
struct TechnologyUse {
    Id<Technology> technology;
    std::optional<Quantity> amount;
    std::optional<Text> note;
};
Record describe(const TechnologyUse*);

/// Capital lines together make up the budget; operating lines are paid every year of running.
struct BudgetLine {
    BudgetKind kind = BudgetKind::capital;
    Text name;
    Money amount;
    std::int64_t year = 0; // 0: while it is built; of an operating line: its first year of running
    std::optional<FundSource> source;
    bool depreciates = true; // land does not
};
Record describe(const BudgetLine*);

/// What is expected in a year of full running.
struct Effect {
    EffectKind kind = EffectKind::emissions_avoided;
    double value = 0;
    std::string unit;
    std::optional<Text> what;          // what exactly is generated, saved, recovered
    std::optional<Money> price;        // what one unit is sold for
    std::string source;                // where the figure is from
    std::optional<Text> assumption;    // under which it holds
    std::optional<double> degradation; // % less each year
};
Record describe(const Effect*);
/// A unit of the kind that measures this effect: "MWh".
std::string_view unit_like(EffectKind kind);

/// Since when a project is at a stage, and why it was moved.
struct StageStep {
    Stage stage = Stage::research;
    Date reached_on;
    std::optional<std::string> note;
};
Record describe(const StageStep*);

struct Project {
    static constexpr std::string_view id_prefix = "project";
    Id<Project> id;
    Text title, summary, description;
    std::optional<Id<Organisation>> owner;
    TechnologyField field = TechnologyField::water;
    std::vector<std::string> classes;
    Stage stage = Stage::research;
    std::vector<StageStep> stages;           // oldest first; the last is `stage`
    Progress progress = Progress::preparing; // of the plant itself
    std::optional<Id<Need>> need;
    std::vector<TechnologyUse> technologies;
    std::vector<Partner> partners;
    std::string country;
    Text place;
    std::optional<double> latitude, longitude;
    std::optional<Date> starts_on, runs_from; // building begins; running begins
    std::int64_t life = 20;                   // years of running
    std::optional<Money> budget;              // the whole investment
    std::vector<BudgetLine> budget_lines;
    std::vector<Effect> effects;
    Keywords keywords;
    std::vector<FieldStage> disclosure; // what is not for everybody
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Project*);

/// A step that is proved by evidence and paid for. Who submits never accepts.
struct Milestone {
    static constexpr std::string_view id_prefix = "milestone";
    Id<Milestone> id;
    Id<Project> project;
    std::int64_t number = 1; // its place in the project
    Text title;
    std::optional<Text> description;
    std::optional<Id<Organisation>> responsible; // a partner; absent: the owner
    Date due_on;
    std::int64_t weight = 0;     // % of the project
    std::optional<Money> amount; // paid on acceptance
    std::vector<ProofKind> proofs;
    MilestoneState state = MilestoneState::planned;
    std::string submitted_by, submitted_by_name, decided_by, decided_by_name; // people
    std::optional<Time> submitted_at, decided_at;
    std::optional<std::string> reason; // why it was returned
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Milestone*);

/// What shows that a milestone is reached.
struct MilestoneEvidence {
    static constexpr std::string_view id_prefix = "proof";
    Id<MilestoneEvidence> id;
    Id<Project> project;
    Id<Milestone> milestone;
    ProofKind kind = ProofKind::other;
    Text note; // what it shows
    std::optional<Id<KeptFile>> file;
    std::optional<std::string> name; // of the file
    std::int64_t bytes = 0;
    std::string organisation, person, person_name;
    Time at;
    bool sample = false;
};
Record describe(const MilestoneEvidence*);

/// An appraisal that was kept: what went in and what came out. Never changed, so that it can be repeated.
struct ProjectAppraisal {
    static constexpr std::string_view id_prefix = "appraisal";
    Id<ProjectAppraisal> id;
    Id<Project> project;
    std::int64_t project_version = 1;
    Text title;
    AppraisalPlan plan;
    AppraisalReport report;
    std::string organisation, person, person_name;
    Time at;
    bool sample = false;
};
Record describe(const ProjectAppraisal*);

} // namespace greenbank::projects

namespace greenbank {
template <> struct Choices<projects::PartnerRole> {
    static constexpr std::string_view name = "partner_role";
    static constexpr std::string_view values[] = {
        "contractor", "supplier", "operator", "designer", "researcher", "financier", "insurer", "verifier", "buyer", "other"};
};
template <> struct Choices<projects::BudgetKind> {
    static constexpr std::string_view name = "budget_kind";
    static constexpr std::string_view values[] = {"capital", "operating"};
};
template <> struct Choices<projects::FundSource> {
    static constexpr std::string_view name = "fund_source";
    static constexpr std::string_view values[] = {"own", "loan", "grant", "equity", "lease", "bond", "revenue", "other"};
};
template <> struct Choices<projects::EffectKind> {
    static constexpr std::string_view name = "effect_kind";
    static constexpr std::string_view values[] = {"emissions_avoided", "carbon_stored", "electricity_generated", "electricity_saved", "heat_delivered",
        "fuel_saved", "water_treated", "water_saved", "water_supplied", "waste_treated", "material_recovered", "pollutant_avoided", "land_restored",
        "people_served", "jobs"};
};
template <> struct Choices<projects::ProofKind> {
    static constexpr std::string_view name = "proof_kind";
    static constexpr std::string_view values[] = {"permit", "contract", "invoice", "delivery_note", "photograph", "test_report", "supervision_report",
        "acceptance_certificate", "measured_data", "other"};
};
} // namespace greenbank
