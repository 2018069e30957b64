// catalogue.h — many candidates, prepared by column, so that one wish is judged against all of them in a few milliseconds.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>

#include "match/engine/bits.h"
#include "match/engine/match.h"

namespace greenbank::match {

/// Does not change once built, so many threads may ask it. It keeps no pointer to the candidates.
class Catalogue {
public:
    /// `weights` must have passed check(); null candidates are not allowed, ids are unique.
    Catalogue(std::span<const Candidate* const> candidates, Weights weights);

    /// The `top` best that no rule excludes, and how many each rule excludes. Equal to rank_naively() to the last point.
    Ranking rank(const Wish& wish, std::size_t top) const;
    /// Every exclusion, by id and then by rule; only those of one rule where it is given.
    std::vector<Excluded> excluded(const Wish& wish, std::optional<Rule> only = {}) const;

    std::size_t size() const { return order_.size(); }
    std::size_t bytes() const;

private:
    using Index = std::uint32_t;
    using Names = std::unordered_map<std::string, Index>;

    struct Posting { // of a concept
        Index row;
        std::uint32_t weight;
    };
    struct PromisePosting { // of an indicator, in base units
        Index row;
        Index dimension;
        double low, high;
    };
    struct Lists { // many short lists in one piece: that of row r is values[starts[r]] to values[starts[r + 1]]
        std::vector<Index> starts{0}, values;
        std::span<const Index> of(std::size_t row) const { return {values.data() + starts[row], values.data() + starts[row + 1]}; }
        void close() { starts.push_back(static_cast<Index>(values.size())); }
    };
    struct Bound { // a capacity in base units
        std::vector<double> value;
        std::vector<Index> dimension;
    };
    using Failures = std::array<Bits, rule_count>;
    struct Text {
        std::vector<std::uint64_t> sums;
        std::uint64_t full = 0;
    };

    struct Builder;

    Index dimension_of(const Dimension& dimension) const; // or none
    Failures failures(const Wish& wish, const std::vector<double>& shares) const;
    Bits having(const std::unordered_map<std::string, Bits>& sets, const std::string& code) const;
    Bits unpromised(const Requirement& requirement) const;
    void fail_capacity(const Wish& wish, Bits& fails) const;
    std::vector<double> budget_shares(const Wish& wish) const;
    Text text_sums(const Wish& wish) const;
    std::vector<std::int64_t> promise_sums(const Wish& wish) const;

    static constexpr Index none = 0xFFFF'FFFF;

    Weights weights_;
    std::vector<std::size_t> order_; // row → place in the list given; rows are in order of id
    std::vector<Dimension> dimensions_;
    std::unordered_map<int, Bits> fields_;
    std::unordered_map<std::string, Bits> territories_, traits_;
    std::vector<std::int32_t> grades_, readiness_points_, evidence_points_;
    std::vector<std::int32_t> cases_;
    Bound least_, most_;
    std::vector<double> cost_per_base_; // NaN: cannot be compared
    std::vector<Index> cost_dimension_, cost_currency_;
    std::vector<std::string> currencies_, countries_, class_codes_;
    Lists classes_, case_countries_;
    std::vector<Index> origins_;
    std::unordered_map<std::uint32_t, std::vector<Posting>> concepts_;
    std::unordered_map<std::string, std::vector<PromisePosting>> promises_;
};

} // namespace greenbank::match
