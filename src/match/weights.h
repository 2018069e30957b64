// weights.h — the weights of the match as data: an edition with source and status, described, read and checked.
#pragma once

#include "match/engine/capital.h"
#include "match/engine/experts.h"
#include "match/records.h"

namespace greenbank::match {

struct CriterionWeight {
    Criterion criterion = Criterion::text;
    std::int64_t weight_points = 0;
};
/// A concept counts by the place where a text names it, in thousandths.
struct TextWeights {
    std::int64_t share_full = 0, not_recognised = 0;
    std::int64_t title = 1000, keywords = 1000, summary = 600, description = 250;
};
struct PromisePoints {
    std::int64_t missing = 0, near = 0;
};
struct CostPoints {
    std::int64_t share_full = 0, at_budget = 0, unknown = 0;
};
struct ReadinessGrades {
    library::ReadinessScale scale = library::ReadinessScale::gbt22900;
    std::vector<std::int64_t> grades; // of level 1, 2, …: hundredths of a common level from 1 to 9
};
struct EvidencePoints {
    library::EvidenceKind kind = library::EvidenceKind::case_;
    std::int64_t points = 0;
};
struct PlacePoints {
    std::int64_t running_case = 0, region = 0, far = 0;
};
/// The other side's half (engine/two_sided.h).
struct HolderWeight {
    HolderCriterion criterion = HolderCriterion::place;
    std::int64_t weight_points = 0;
};
struct HolderPoints {
    std::vector<HolderWeight> criteria;
    std::int64_t unknown = 0, smallest = 0, elsewhere = 0;
};
/// Money for a project (engine/capital.h).
struct CapitalWeight {
    CapitalCriterion criterion = CapitalCriterion::classes;
    std::int64_t weight_points = 0;
};
struct CapitalPoints {
    std::vector<CapitalWeight> criteria;
    std::int64_t unsaid = 0, any = 0, other_currency = 0;
};
/// Experts for a need (engine/experts.h).
struct ExpertWeight {
    ExpertCriterion criterion = ExpertCriterion::text;
    std::int64_t weight_points = 0;
};
struct Region {
    std::string code;
    std::vector<std::string> countries;
};
struct Rate {
    std::string currency;
    double worth = 0; // of one unit, in the table's currency
};
struct Rates {
    std::string edition, source, status, currency;
    std::vector<Rate> values;
};

struct WeightsEdition {
    std::string edition, source, status; // "official", "unconfirmed", "sample"
    std::vector<CriterionWeight> criteria;
    HolderPoints holder;
    CapitalPoints capital;
    std::vector<ExpertWeight> experts;
    TextWeights text;
    std::vector<std::int64_t> class_points; // for none, one, two, three levels shared of four
    PromisePoints promise;
    CostPoints cost;
    std::vector<ReadinessGrades> readiness;
    std::vector<EvidencePoints> evidence;
    PlacePoints place;
    std::vector<Region> regions;
    Rates rates;
};
Record describe(const CriterionWeight*);
Record describe(const TextWeights*);
Record describe(const PromisePoints*);
Record describe(const CostPoints*);
Record describe(const ReadinessGrades*);
Record describe(const EvidencePoints*);
Record describe(const PlacePoints*);
Record describe(const HolderWeight*);
Record describe(const HolderPoints*);
Record describe(const CapitalWeight*);
Record describe(const CapitalPoints*);
Record describe(const ExpertWeight*);
Record describe(const Region*);
Record describe(const Rate*);
Record describe(const Rates*);
Record describe(const WeightsEdition*);

/// What the engine weighs with; every fault of the edition is named.
Result<Weights> to_weights(const WeightsEdition& edition);
Result<CapitalWeights> to_capital_weights(const WeightsEdition& edition);
Result<ExpertWeights> to_expert_weights(const WeightsEdition& edition);
/// An edition from its JSON, checked.
Result<WeightsEdition> read_weights(std::string_view json);
/// data/reference/weights.json as it lies in the program.
const WeightsEdition& compiled_in_weights();

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::CapitalCriterion> {
    static constexpr std::string_view name = "capital_criterion";
    static constexpr std::string_view values[] = {"classes", "amount", "tenor", "collateral", "currency", "stage", "territory"};
};
template <> struct Choices<match::ExpertCriterion> {
    static constexpr std::string_view name = "expert_criterion";
    static constexpr std::string_view values[] = {"text", "classes", "language", "place"};
};
} // namespace greenbank
