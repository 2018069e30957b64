// weights.cpp — the description of an edition, and the edition into the engine's weights.
#include "match/weights.h"

#include <algorithm>

#include "kernel/embedded.h"
#include "json/json.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile match_weights[];
extern const std::size_t match_weights_count;
} // namespace embedded

namespace match {

namespace {
constexpr Traits points{.min = 0, .max = points_full};
constexpr Traits thousandths{.min = 0, .max = 1000};
constexpr Traits code{.min = 1, .max = 60};
} // namespace

Record describe(const CriterionWeight*) {
    return {"criterion_weight", "The weight of one criterion.",
        {field<&CriterionWeight::criterion>("criterion", "Which criterion."),
            field<&CriterionWeight::weight_points>("weight_points", "Its weight; all sum to 1000000.", points)}};
}
Record describe(const TextWeights*) {
    return {"text_weights", "How texts are compared.",
        {field<&TextWeights::share_full>("share_full", "The share of a need's concepts that earns full points.", points),
            field<&TextWeights::not_recognised>("not_recognised", "Where a need has no word that the thesaurus knows.", points),
            field<&TextWeights::title>("title", "A concept in the title, in thousandths.", thousandths),
            field<&TextWeights::keywords>("keywords", "Among the keywords.", thousandths),
            field<&TextWeights::summary>("summary", "In the summary.", thousandths),
            field<&TextWeights::description>("description", "In the description.", thousandths)}};
}
Record describe(const PromisePoints*) {
    return {"promise_points", "Points of a requirement that is not met.",
        {field<&PromisePoints::missing>("missing", "No figure is given; also the least that a bad figure scores.", points),
            field<&PromisePoints::near>("near", "Just missed.", points)}};
}
Record describe(const CostPoints*) {
    return {"cost_points", "Points by the share of the budget.",
        {field<&CostPoints::share_full>("share_full", "Up to this share of the budget: full points.", points),
            field<&CostPoints::at_budget>("at_budget", "The whole budget.", points),
            field<&CostPoints::unknown>("unknown", "No comparison is possible.", points)}};
}
Record describe(const ReadinessGrades*) {
    return {"readiness_grades", "A scale's levels on one common scale.",
        {field<&ReadinessGrades::scale>("scale", "Which scale."),
            field<&ReadinessGrades::grades>("grades", "Of level 1, 2, …: hundredths of a common level from 1 to 9.", {.min = 1, .max = 20})}};
}
Record describe(const EvidencePoints*) {
    return {"evidence_points", "Points of one proof; together at most 1000000.",
        {field<&EvidencePoints::kind>("kind", "Which kind."), field<&EvidencePoints::points>("points", "Its points.", points)}};
}
Record describe(const PlacePoints*) {
    return {"place_points", "Points by distance; the same country is full.",
        {field<&PlacePoints::running_case>("running_case", "A case runs in the country.", points),
            field<&PlacePoints::region>("region", "It comes from, or runs in, the same region.", points), field<&PlacePoints::far>("far", "Neither.", points)}};
}
Record describe(const HolderWeight*) {
    return {"holder_weight", "The weight of one criterion of the holder's half.",
        {field<&HolderWeight::criterion>("criterion", "Which criterion."),
            field<&HolderWeight::weight_points>("weight_points", "Its weight; all sum to 1000000.", points)}};
}
Record describe(const HolderPoints*) {
    return {"holder_points", "How the holder of a technology grades a need.",
        {field<&HolderPoints::criteria>("criteria", "One weight a criterion.", {.min = holder_criterion_count, .max = holder_criterion_count}),
            field<&HolderPoints::unknown>("unknown", "The need says nothing that could be compared.", points),
            field<&HolderPoints::smallest>("smallest", "A contract just large enough; full at twice that.", points),
            field<&HolderPoints::elsewhere>("elsewhere", "Neither at home there nor nearby.", points)}};
}
Record describe(const CapitalWeight*) {
    return {"capital_weight", "The weight of one criterion of money for a project.",
        {field<&CapitalWeight::criterion>("criterion", "Which criterion."),
            field<&CapitalWeight::weight_points>("weight_points", "Its weight; all sum to 1000000.", points)}};
}
Record describe(const CapitalPoints*) {
    return {"capital_points", "How an offer of money is graded.",
        {field<&CapitalPoints::criteria>("criteria", "One weight a criterion.", {.min = capital_criterion_count, .max = capital_criterion_count}),
            field<&CapitalPoints::unsaid>("unsaid", "The project does not say, or nothing can be compared.", points),
            field<&CapitalPoints::any>("any", "The offer is for all, and so not made for this one.", points),
            field<&CapitalPoints::other_currency>("other_currency", "The offer is in another currency.", points)}};
}
Record describe(const ExpertWeight*) {
    return {"expert_weight", "The weight of one criterion of experts for a need.",
        {field<&ExpertWeight::criterion>("criterion", "Which criterion."),
            field<&ExpertWeight::weight_points>("weight_points", "Its weight; all sum to 1000000.", points)}};
}
Record describe(const Region*) {
    return {"region", "Countries that count as neighbours; one may be in several.",
        {field<&Region::code>("code", "Its code.", code), field<&Region::countries>("countries", "ISO 3166-1 alpha-2.", {.max = 250})}};
}
Record describe(const Rate*) {
    return {"currency_rate", "What a currency is worth.",
        {field<&Rate::currency>("currency", "ISO 4217.", {.min = 3, .max = 3}),
            field<&Rate::worth>("worth", "Of one unit, in the table's currency.", {.min = 0})}};
}
Record describe(const Rates*) {
    return {"exchange_rates", "Rates for comparing costs with budgets; never for booking.",
        {field<&Rates::edition>("edition", "Which edition.", code), field<&Rates::source>("source", "Where they are from.", {.max = 500}),
            field<&Rates::status>("status", "official, unconfirmed or sample.", code),
            field<&Rates::currency>("currency", "In what they are counted.", {.min = 3, .max = 3}), field<&Rates::values>("values", "The rates.")}};
}
Record describe(const WeightsEdition*) {
    return {"match_weights", "The weights of the match, as an edition.",
        {field<&WeightsEdition::edition>("edition", "Which edition.", code),
            field<&WeightsEdition::source>("source", "Where the weights are from.", {.min = 1, .max = 1000}),
            field<&WeightsEdition::status>("status", "official, unconfirmed or sample.", code),
            field<&WeightsEdition::criteria>("criteria", "One weight a criterion.", {.min = criterion_count, .max = criterion_count}),
            field<&WeightsEdition::holder>("holder", "How the holder grades a need."),
            field<&WeightsEdition::capital>("capital", "How money for a project is graded."),
            field<&WeightsEdition::experts>("experts", "How experts for a need are graded.", {.min = expert_criterion_count, .max = expert_criterion_count}),
            field<&WeightsEdition::text>("text", "How texts are compared."),
            field<&WeightsEdition::class_points>("class_points", "For none, one, two, three levels shared of four; all shared is full.", {.min = 4, .max = 4}),
            field<&WeightsEdition::promise>("promise", "A requirement that is not met."), field<&WeightsEdition::cost>("cost", "Cost against budget."),
            field<&WeightsEdition::readiness>("readiness", "Scales of readiness.", {.min = scale_count, .max = scale_count}),
            field<&WeightsEdition::evidence>("evidence", "What proofs are worth.", {.min = proof_kinds, .max = proof_kinds}),
            field<&WeightsEdition::place>("place", "Distance."), field<&WeightsEdition::regions>("regions", "Neighbours."),
            field<&WeightsEdition::rates>("rates", "Rates for comparing.")}};
}

namespace {

std::int32_t narrow(std::int64_t value) { return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, -points_full, 10 * std::int64_t{points_full})); }

/// Places each row by its choice; a choice that is missing or twice there is a problem.
template <class Rows, class Place> void place_rows(const Rows& rows, std::string_view name, std::size_t count, Problems& problems, Place place) {
    std::vector<bool> seen(count);
    for (const auto& row : rows) seen[place(row)] = true;
    if (rows.size() != count || !std::all_of(seen.begin(), seen.end(), [](bool one) { return one; }))
        problems.push_back({std::string(name), "weights.rows", "Every choice must stand here once."});
}

} // namespace

Result<Weights> to_weights(const WeightsEdition& edition) {
    TRY(validate(edition));
    Weights weights;
    Problems problems;
    place_rows(edition.criteria, "criteria", criterion_count, problems, [&](const CriterionWeight& row) {
        const auto at = static_cast<std::size_t>(row.criterion);
        weights.weight[at] = narrow(row.weight_points);
        return at;
    });
    place_rows(edition.readiness, "readiness", scale_count, problems, [&](const ReadinessGrades& row) {
        const auto at = static_cast<std::size_t>(row.scale);
        weights.readiness[at].clear();
        for (const std::int64_t grade : row.grades) weights.readiness[at].push_back(narrow(grade));
        return at;
    });
    place_rows(edition.evidence, "evidence", proof_kinds, problems, [&](const EvidencePoints& row) {
        const auto at = static_cast<std::size_t>(row.kind);
        weights.evidence[at] = narrow(row.points);
        return at;
    });
    place_rows(edition.holder.criteria, "holder.criteria", holder_criterion_count, problems, [&](const HolderWeight& row) {
        const auto at = static_cast<std::size_t>(row.criterion);
        weights.holder[at] = narrow(row.weight_points);
        return at;
    });
    if (!problems.empty()) return invalid(std::move(problems));
    weights.holder_unknown = narrow(edition.holder.unknown);
    weights.holder_smallest = narrow(edition.holder.smallest);
    weights.holder_elsewhere = narrow(edition.holder.elsewhere);
    std::transform(edition.class_points.begin(), edition.class_points.end(), weights.classes.begin(), narrow);
    weights.text_share_full = narrow(edition.text.share_full);
    weights.text_not_recognised = narrow(edition.text.not_recognised);
    weights.promise_missing = narrow(edition.promise.missing);
    weights.promise_near = narrow(edition.promise.near);
    weights.cost_share_full = narrow(edition.cost.share_full);
    weights.cost_at_budget = narrow(edition.cost.at_budget);
    weights.cost_unknown = narrow(edition.cost.unknown);
    weights.place_case = narrow(edition.place.running_case);
    weights.place_region = narrow(edition.place.region);
    weights.place_far = narrow(edition.place.far);
    for (const Region& region : edition.regions) weights.regions.push_back(region.countries);
    weights.rates[edition.rates.currency] = 1;
    for (const Rate& rate : edition.rates.values) weights.rates[rate.currency] = rate.worth;
    TRY(check(weights));
    return weights;
}

Result<CapitalWeights> to_capital_weights(const WeightsEdition& edition) {
    CapitalWeights weights;
    Problems problems;
    place_rows(edition.capital.criteria, "capital.criteria", capital_criterion_count, problems, [&](const CapitalWeight& row) {
        const auto at = static_cast<std::size_t>(row.criterion);
        weights.weight[at] = narrow(row.weight_points);
        return at;
    });
    if (!problems.empty()) return invalid(std::move(problems));
    weights.unsaid = narrow(edition.capital.unsaid);
    weights.any = narrow(edition.capital.any);
    weights.other_currency = narrow(edition.capital.other_currency);
    weights.unsecured = static_cast<int>(library::Collateral::none);
    TRY(check(weights));
    return weights;
}

Result<ExpertWeights> to_expert_weights(const WeightsEdition& edition) {
    ExpertWeights weights = {};
    Problems problems;
    std::int64_t sum = 0;
    place_rows(edition.experts, "experts", expert_criterion_count, problems, [&](const ExpertWeight& row) {
        const auto at = static_cast<std::size_t>(row.criterion);
        weights[at] = narrow(row.weight_points);
        sum += row.weight_points;
        return at;
    });
    if (problems.empty() && sum != points_full)
        problems.push_back(
            {"experts", "weights.invalid", "These weights would break a promise of the match: {reason}", {{"reason", "The weights must sum to 1000000."}}});
    if (!problems.empty()) return invalid(std::move(problems));
    return weights;
}

Result<WeightsEdition> read_weights(std::string_view json) {
    WeightsEdition edition = TRY(from_json<WeightsEdition>(json));
    TRY(to_weights(edition));
    TRY(to_capital_weights(edition));
    TRY(to_expert_weights(edition));
    return edition;
}

const WeightsEdition& compiled_in_weights() {
    static const WeightsEdition edition = [] {
        require(embedded::match_weights_count == 1, "the weights of the match are not in the program");
        auto read = read_weights(embedded::match_weights[0].bytes());
        require(static_cast<bool>(read), "data/reference/weights.json is not sound");
        return std::move(read).value();
    }();
    return edition;
}

} // namespace match
} // namespace greenbank
