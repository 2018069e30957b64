// assessment_reference.h — readiness scales, rules of admission and scoring systems: data with edition, source and status.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"
#include "library/engine/admission.h"
#include "library/engine/panel.h"

namespace greenbank::library {

struct ScaleLevel {
    std::int64_t level = 1;
    std::string group; // levels that belong together, such as "demonstration"
    Text name, definition;
};
Record describe(const ScaleLevel*);

struct Scale {
    std::string code, edition, source, status; // status: official, unconfirmed, sample
    Text name;
    std::vector<ScaleLevel> levels; // rising from 1
};
Record describe(const Scale*);

/// What a class of admission asks for and gives.
struct ClassRule {
    AdmissionClass class_ = AdmissionClass::demonstration;
    std::int64_t cases_min = 0, running_years_min = 0, validity_years = 0;
    std::string edition, source, status;
    Text name;

    AdmissionRule rule() const { return {class_, cases_min, running_years_min, validity_years}; }
};
Record describe(const ClassRule*);

struct ScoringIndicator {
    std::string code;
    double weight = 0; // a share; all of a system sum to one
    Text name, definition;
};
Record describe(const ScoringIndicator*);

struct ScoringSystem {
    std::string code, edition, source, status;
    Text name;
    double scale_min = 0, scale_max = 100, minimum = 0;
    std::vector<ScoringIndicator> indicators;
};
Record describe(const ScoringSystem*);
ScoringScale scoring_scale(const std::vector<ScoringIndicator>& indicators, double scale_min, double scale_max);

struct AssessmentReference {
    std::vector<Scale> scales;
    std::vector<ClassRule> rules;
    std::vector<ScoringSystem> systems;

    const Scale* scale(std::string_view code) const;
    const ClassRule& rule(AdmissionClass class_) const;
    const ScoringSystem* system(std::string_view code) const;
};

/// Reads readiness_scales, readiness_levels, admission_rules, scoring_systems and scoring_indicators (.csv, path → text).
/// Levels must rise from 1 without gaps, every class must have its rule, weights must sum to one; a faulty file names its line.
Result<AssessmentReference> read_assessment_reference(const std::map<std::string, std::string_view>& files);

} // namespace greenbank::library
