// weights.h — the weights of the match as data: an edition with source and status, described, read and checked.
#pragma once

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
Record describe(const Region*);
Record describe(const Rate*);
Record describe(const Rates*);
Record describe(const WeightsEdition*);

/// What the engine weighs with; every fault of the edition is named.
Result<Weights> to_weights(const WeightsEdition& edition);
/// An edition from its JSON, checked.
Result<WeightsEdition> read_weights(std::string_view json);
/// data/reference/weights.json as it lies in the program.
const WeightsEdition& compiled_in_weights();

} // namespace greenbank::match
