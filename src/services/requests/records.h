// records.h — requests for help, their response plans, and the hours worked on them.
#pragma once

#include "library/assessment/experts.h"
#include "projects/projects.h"
#include "services/catalogue/rules.h"
#include "services/engine/request_states.h"

namespace greenbank::services {

enum class Urgency { normal, soon, urgent };
enum class WorkKind { advice, research, drafting, travel, training, laboratory, administration };

struct RequestDocument {
    std::string title, link;
};
Record describe(const RequestDocument*);

/// What the desk found about one criterion of eligibility, with the reason.
struct EligibilityFinding {
    std::string criterion;
    bool met = false;
    Text reason;
};
Record describe(const EligibilityFinding*);
struct PriorityFinding {
    std::string criterion;
    Grade grade = Grade::no;
    Text reason;
};
Record describe(const PriorityFinding*);

/// One part of a score: a criterion of priority, or an axis of the balance.
struct ScoreLine {
    std::string part; // code of a criterion; "region", "field", "kind"
    std::int64_t points = 0, points_max = 0;
};
Record describe(const ScoreLine*);

struct PlanStep {
    Text title;
    PlanPart responsible = PlanPart::desk;
    std::int64_t hours = 0;
    Date due;
    std::optional<Date> done_on;
};
Record describe(const PlanStep*);

struct ServiceRequest {
    static constexpr std::string_view id_prefix = "request";
    Id<ServiceRequest> id;
    Id<Organisation> asker;
    std::optional<Id<Service>> service; // absent: an open question
    ServiceKind kind = ServiceKind::consulting;
    Text title, description;
    TechnologyField field = TechnologyField::energy_carbon;
    std::string country; // where help is wanted
    Urgency urgency = Urgency::normal;
    std::optional<Date> wanted_by;
    std::optional<Id<library::Technology>> technology;
    std::optional<Id<library::Need>> need;
    std::optional<Id<projects::Project>> project;
    std::vector<RequestDocument> documents;
    RequestState state = RequestState::submitted;
    Time submitted_at, since;
    // what the desk found
    std::string rules_edition;
    std::vector<EligibilityFinding> eligibility;
    std::vector<PriorityFinding> priority;
    std::optional<std::int64_t> rank, score_points;
    std::vector<ScoreLine> score;
    // the response plan
    std::optional<Id<Organisation>> provider;
    std::optional<Id<library::Expert>> expert;
    std::optional<Date> starts_on;
    std::vector<PlanStep> plan;
    std::optional<Money> budget;
    // the end
    Text result;
    std::optional<std::int64_t> satisfaction; // 1 to 5
    Text satisfaction_text;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ServiceRequest*);

/// Hours that somebody worked on a request on one day.
struct WorkEntry {
    static constexpr std::string_view id_prefix = "work";
    Id<WorkEntry> id;
    Id<ServiceRequest> request;
    Date day;
    double hours = 0; // in quarters
    WorkKind kind = WorkKind::advice;
    Text text;
    std::string person, person_name;
    std::string organisation;
    std::optional<Id<library::Expert>> expert;
    bool sample = false;
    Time created_at;
};
Record describe(const WorkEntry*);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::Urgency> {
    static constexpr std::string_view name = "urgency";
    static constexpr std::string_view values[] = {"normal", "soon", "urgent"};
};
template <> struct Choices<services::WorkKind> {
    static constexpr std::string_view name = "work_kind";
    static constexpr std::string_view values[] = {"advice", "research", "drafting", "travel", "training", "laboratory", "administration"};
};
} // namespace greenbank
