// catalogue_build.cpp — candidates into columns: units converted once, codes numbered, postings by concept and indicator.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "match/engine/catalogue.h"
#include "match/engine/judge.h"

namespace greenbank::match {

/// What is only needed while building: numbers of codes, and units already parsed.
struct Catalogue::Builder {
    Catalogue& catalogue;
    Names currencies, countries, classes;
    std::unordered_map<std::string, std::pair<std::optional<Unit>, Index>> units;

    static Index number(Names& names, std::vector<std::string>& list, const std::string& code) {
        const auto [at, fresh] = names.emplace(code, static_cast<Index>(list.size()));
        if (fresh) list.push_back(code);
        return at->second;
    }

    Index number(const Dimension& dimension) {
        auto& known = catalogue.dimensions_;
        const auto found = std::find(known.begin(), known.end(), dimension);
        if (found != known.end()) return static_cast<Index>(found - known.begin());
        known.push_back(dimension);
        return static_cast<Index>(known.size() - 1);
    }

    /// The unit and its dimension's number; the same refusals as to_base().
    const std::pair<std::optional<Unit>, Index>& unit(const std::string& text) {
        const auto found = units.find(text);
        if (found != units.end()) return found->second;
        const auto base = to_base(1, text);
        return units.emplace(text, base ? std::pair{std::optional(base->unit), number(base->unit.dimension)} : std::pair{std::optional<Unit>(), none})
            .first->second;
    }

    /// In base units and the dimension's number, or none.
    std::pair<double, Index> base(double value, const std::string& text) {
        const auto& [known, dimension] = unit(text);
        if (!known || !std::isfinite(value)) return {0, none};
        const double converted = value * known->factor + known->offset;
        return std::isfinite(converted) ? std::pair{converted, dimension} : std::pair{0.0, none};
    }

    void add(const Candidate& candidate, Index row) {
        const std::size_t size = catalogue.order_.size();
        const auto set = [&](auto& sets, const auto& code) { sets.try_emplace(code, size).first->second.set(row); };
        set(catalogue.fields_, candidate.field);
        for (const std::string& country : candidate.territories) set(catalogue.territories_, country);
        for (const std::string& trait : candidate.traits) set(catalogue.traits_, trait);

        catalogue.grades_.push_back(grade_of(candidate.readiness, catalogue.weights_));
        catalogue.readiness_points_.push_back(readiness_points(catalogue.grades_.back()));
        catalogue.evidence_points_.push_back(evidence_points(candidate.proofs, catalogue.weights_));
        std::int32_t cases = 0;
        for (const Proof& proof : candidate.proofs)
            if (proof.kind == 0) {
                ++cases;
                catalogue.case_countries_.values.push_back(number(countries, catalogue.countries_, proof.country));
            }
        catalogue.case_countries_.close();
        catalogue.cases_.push_back(cases);
        catalogue.origins_.push_back(number(countries, catalogue.countries_, candidate.origin));
        for (const std::string& code : candidate.classes) catalogue.classes_.values.push_back(number(classes, catalogue.class_codes_, code));
        catalogue.classes_.close();

        add_capacity(candidate.capacity_min, catalogue.least_);
        add_capacity(candidate.capacity_max, catalogue.most_);
        add_cost(candidate);
        for (const ConceptWeight& one : sorted(candidate.concepts)) catalogue.concepts_[one.concept_index].push_back({row, one.weight});
        for (const Promise& promise : candidate.promises) {
            const auto [low, dimension] = base(promise.low, promise.unit);
            const auto [high, same] = base(promise.high.value_or(promise.low), promise.unit);
            if (dimension != none && same != none) catalogue.promises_[promise.indicator].push_back({row, dimension, low, high});
        }
    }

    void add_capacity(const std::optional<Quantity>& capacity, Bound& bound) {
        const auto [value, dimension] = capacity ? base(capacity->value, capacity->unit) : std::pair{0.0, none};
        bound.value.push_back(value);
        bound.dimension.push_back(dimension);
    }

    void add_cost(const Candidate& candidate) {
        double per_base = std::numeric_limits<double>::quiet_NaN();
        Index dimension = none, currency = none;
        if (candidate.capital_cost) {
            const auto cost = in_major_units(*candidate.capital_cost);
            const auto& [per, number_of_dimension] = unit(candidate.capital_cost_per);
            if (cost && per) {
                per_base = *cost / per->factor;
                dimension = number_of_dimension;
                currency = number(currencies, catalogue.currencies_, candidate.capital_cost->currency);
            }
        }
        catalogue.cost_per_base_.push_back(per_base);
        catalogue.cost_dimension_.push_back(dimension);
        catalogue.cost_currency_.push_back(currency);
    }
};

Catalogue::Catalogue(std::span<const Candidate* const> candidates, Weights weights) : weights_(std::move(weights)), order_(candidates.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(),
        [&](std::size_t a, std::size_t b) { return candidates[a]->id != candidates[b]->id ? candidates[a]->id < candidates[b]->id : a < b; });
    Builder builder{*this, {}, {}, {}, {}};
    for (std::size_t row = 0; row < order_.size(); ++row) builder.add(*candidates[order_[row]], static_cast<Index>(row));
}

std::size_t Catalogue::bytes() const {
    std::size_t sum = order_.size() * sizeof(std::size_t);
    for (const auto& [code, bits] : fields_) sum += bits.bytes();
    for (const auto* sets : {&territories_, &traits_})
        for (const auto& [code, bits] : *sets) sum += bits.bytes();
    const auto add = [&](const auto& column) { sum += column.capacity() * sizeof(column[0]); };
    for (const auto* column : {&grades_, &readiness_points_, &evidence_points_, &cases_}) add(*column);
    for (const Bound* bound : {&least_, &most_}) add(bound->value), add(bound->dimension);
    add(cost_per_base_);
    for (const auto* column :
        {&cost_dimension_, &cost_currency_, &origins_, &classes_.starts, &classes_.values, &case_countries_.starts, &case_countries_.values})
        add(*column);
    for (const auto& [code, list] : concepts_) add(list);
    for (const auto& [code, list] : promises_) add(list);
    return sum;
}

} // namespace greenbank::match
