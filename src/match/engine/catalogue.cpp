// catalogue.cpp — rules as bitsets, text and performance through postings, then the best by a heap with an upper bound.
#include "match/engine/catalogue.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

constexpr std::size_t place(Rule rule) { return static_cast<std::size_t>(rule); }
constexpr std::size_t place(Criterion criterion) { return static_cast<std::size_t>(criterion); }

/// The best so far, worst on top; rows are in order of id, so a smaller row wins a tie.
class Best {
public:
    struct Entry {
        std::int32_t score;
        std::uint32_t row;
    };
    explicit Best(std::size_t size) : size_(size) {}

    /// Could a score of at most `bound`, at a row later than all before, still enter?
    bool may_enter(std::int32_t bound) const { return entries_.size() < size_ || (size_ > 0 && bound > entries_.front().score); }
    void offer(Entry entry) {
        if (!may_enter(entry.score)) return;
        if (entries_.size() == size_) {
            std::pop_heap(entries_.begin(), entries_.end(), better);
            entries_.pop_back();
        }
        entries_.push_back(entry);
        std::push_heap(entries_.begin(), entries_.end(), better);
    }
    std::vector<Entry> take() {
        std::sort(entries_.begin(), entries_.end(), better);
        return std::move(entries_);
    }

private:
    static bool better(const Entry& a, const Entry& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; }
    std::size_t size_;
    std::vector<Entry> entries_;
};

} // namespace

Catalogue::Index Catalogue::dimension_of(const Dimension& dimension) const {
    const auto found = std::find(dimensions_.begin(), dimensions_.end(), dimension);
    return found == dimensions_.end() ? none : static_cast<Index>(found - dimensions_.begin());
}

Bits Catalogue::having(const std::unordered_map<std::string, Bits>& sets, const std::string& code) const {
    const auto found = sets.find(code);
    return found == sets.end() ? Bits(size()) : found->second;
}

// ---- rules ---------------------------------------------------------------------------------------------------------

Catalogue::Failures Catalogue::failures(const Wish& wish, const std::vector<double>& shares) const {
    Failures fails;
    fails.fill(Bits(size()));
    const auto field = fields_.find(wish.field);
    fails[place(Rule::field)] = field == fields_.end() ? Bits(size(), true) : ~field->second;

    Bits granted = having(territories_, wish.country);
    granted |= having(territories_, std::string(everywhere));
    fails[place(Rule::territory)] = ~granted;

    if (wish.readiness_min) {
        const std::int32_t least = grade_of(*wish.readiness_min, weights_);
        fails[place(Rule::readiness)].fill([&](std::size_t row) { return grades_[row] < least; });
    }
    fail_capacity(wish, fails[place(Rule::capacity)]);
    for (const std::string& trait : wish.required_traits) fails[place(Rule::required_traits)] |= ~having(traits_, trait);
    for (const std::string& trait : wish.excluded_traits) fails[place(Rule::excluded_traits)] |= having(traits_, trait);
    for (const Requirement& requirement : wish.requirements)
        if (requirement.hard) fails[place(Rule::requirements)] |= unpromised(requirement);
    if (!shares.empty()) fails[place(Rule::budget)].fill([&](std::size_t row) { return shares[row] > 0 && !within_budget(shares[row]); });
    if (wish.cases_min > 0) fails[place(Rule::evidence)].fill([&](std::size_t row) { return cases_[row] < wish.cases_min; });
    return fails;
}

void Catalogue::fail_capacity(const Wish& wish, Bits& fails) const {
    const auto wished = wish.capacity ? to_base(wish.capacity->value, wish.capacity->unit) : std::nullopt;
    const Index dimension = wished ? dimension_of(wished->unit.dimension) : none;
    if (dimension == none) return;
    fails.fill([&](std::size_t row) {
        return (least_.dimension[row] == dimension && is_too_small(wished->value, least_.value[row])) ||
               (most_.dimension[row] == dimension && is_too_large(wished->value, most_.value[row]));
    });
}

Bits Catalogue::unpromised(const Requirement& requirement) const {
    Bits kept(size());
    const auto limit = to_base(requirement.limit, requirement.unit);
    const auto postings = promises_.find(requirement.indicator);
    if (limit && postings != promises_.end()) {
        const Index dimension = dimension_of(limit->unit.dimension);
        for (const PromisePosting& promise : postings->second) {
            if (promise.dimension != dimension) continue;
            const Ends ends = ends_of(requirement.at_most, from_base(promise.low, limit->unit), from_base(promise.high, limit->unit));
            if (meets(requirement.at_most, requirement.limit, ends.better)) kept.set(promise.row);
        }
    }
    return ~kept;
}

/// The share of the budget by row, NaN where it cannot be told; empty where no budget is named.
std::vector<double> Catalogue::budget_shares(const Wish& wish) const {
    if (!wish.budget) return {};
    constexpr double untold = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> shares(size(), untold);
    const auto budget = in_major_units(*wish.budget);
    const auto capacity = wish.capacity ? to_base(wish.capacity->value, wish.capacity->unit) : std::nullopt;
    if (!budget || !(*budget > 0) || !capacity || !(capacity->value > 0)) return shares;
    const Index dimension = dimension_of(capacity->unit.dimension);
    std::vector<double> rates;
    for (const std::string& currency : currencies_) rates.push_back(exchange(currency, wish.budget->currency, weights_).value_or(untold));
    for (std::size_t row = 0; row < shares.size(); ++row) {
        if (cost_dimension_[row] == none || cost_dimension_[row] != dimension) continue;
        const double share = budget_share(cost_per_base_[row], capacity->value, rates[cost_currency_[row]], *budget);
        if (std::isfinite(share)) shares[row] = share;
    }
    return shares;
}

// ---- criteria ------------------------------------------------------------------------------------------------------

Catalogue::Text Catalogue::text_sums(const Wish& wish) const {
    const auto wished = sorted(wish.concepts);
    Text text{std::vector<std::uint64_t>(size()), text_sum_full(wished, weights_)};
    if (text.full == 0) return text;
    for (const ConceptWeight& asked : wished)
        if (const auto postings = concepts_.find(asked.concept_index); postings != concepts_.end())
            for (const Posting& posting : postings->second) text.sums[posting.row] += std::uint64_t{asked.weight} * posting.weight;
    return text;
}

/// The sum over all requirements of the points of the best promise; silence counts as promise_missing.
std::vector<std::int64_t> Catalogue::promise_sums(const Wish& wish) const {
    std::vector<std::int64_t> sums(size(), std::int64_t{weights_.promise_missing} * static_cast<std::int64_t>(wish.requirements.size()));
    for (const Requirement& requirement : wish.requirements) {
        const auto limit = to_base(requirement.limit, requirement.unit);
        const auto postings = promises_.find(requirement.indicator);
        if (!limit || postings == promises_.end()) continue;
        const Index dimension = dimension_of(limit->unit.dimension);
        Index last = none;
        std::int32_t counted = 0; // what the last row already has for this requirement
        for (const PromisePosting& promise : postings->second) {
            if (promise.dimension != dimension) continue;
            const Ends ends = ends_of(requirement.at_most, from_base(promise.low, limit->unit), from_base(promise.high, limit->unit));
            const std::int32_t points = promise_points(requirement.at_most, requirement.limit, ends, weights_);
            if (promise.row != last) {
                last = promise.row;
                counted = weights_.promise_missing;
            }
            if (points <= counted) continue;
            sums[promise.row] += points - counted;
            counted = points;
        }
    }
    return sums;
}

Ranking Catalogue::rank(const Wish& wish, std::size_t top) const {
    Ranking ranking{.considered = size()};
    const auto shares = budget_shares(wish);
    const Failures fails = failures(wish, shares);
    Bits any(size());
    for (std::size_t rule = 0; rule < rule_count; ++rule) {
        ranking.excluded_by[rule] = fails[rule].count();
        any |= fails[rule];
    }
    ranking.excluded = any.count();
    if (top == 0 || ranking.excluded == size()) return ranking;

    const auto text = text_sums(wish);
    const auto promised = promise_sums(wish);
    std::vector<std::int32_t> by_class(class_codes_.size(), 0), by_origin, by_case;
    for (std::size_t i = 0; i < class_codes_.size(); ++i)
        for (const std::string& asked : wish.classes) by_class[i] = std::max(by_class[i], class_points(asked, class_codes_[i], weights_));
    for (const std::string& country : countries_) {
        by_origin.push_back(place_points(wish.country, country, false, weights_));
        by_case.push_back(place_points(wish.country, country, true, weights_));
    }
    const auto part = [&](Criterion criterion, std::int32_t points) { return contribution(weights_.weight[place(criterion)], points); };
    const auto requirement_count = static_cast<std::int64_t>(wish.requirements.size());
    // What cost, classes and place may add at most to what is known at once.
    const std::int32_t rest = weights_.weight[place(Criterion::classes)] + weights_.weight[place(Criterion::cost)] + weights_.weight[place(Criterion::place)];

    Best best(std::min(top, size()));
    (~any).each([&](std::size_t row) {
        std::int32_t score = part(Criterion::text, text.full ? text_points(text.sums[row], text.full) : weights_.text_not_recognised) +
                             part(Criterion::performance, requirement_count ? static_cast<std::int32_t>(promised[row] / requirement_count) : points_full) +
                             part(Criterion::readiness, readiness_points_[row]) + part(Criterion::evidence, evidence_points_[row]);
        if (!best.may_enter(score + rest)) return;

        std::int32_t classes = wish.classes.empty() ? points_full : classes_.of(row).empty() ? weights_.classes[0] : 0;
        for (const Index code : classes_.of(row)) classes = std::max(classes, by_class[code]);
        std::int32_t nearness = by_origin[origins_[row]];
        for (const Index country : case_countries_.of(row)) nearness = std::max(nearness, by_case[country]);
        const std::int32_t cost = shares.empty() ? points_full : std::isfinite(shares[row]) ? cost_points(shares[row], weights_) : weights_.cost_unknown;
        score += part(Criterion::classes, classes) + part(Criterion::place, nearness) + part(Criterion::cost, cost);
        best.offer({score, static_cast<std::uint32_t>(row)});
    });
    for (const Best::Entry& entry : best.take()) ranking.best.push_back({order_[entry.row], entry.score});
    return ranking;
}

std::vector<Excluded> Catalogue::excluded(const Wish& wish, std::optional<Rule> only) const {
    const Failures fails = failures(wish, budget_shares(wish));
    Bits any(size());
    for (std::size_t rule = 0; rule < rule_count; ++rule)
        if (!only || place(*only) == rule) any |= fails[rule];
    std::vector<Excluded> list;
    any.each([&](std::size_t row) {
        for (std::size_t rule = 0; rule < rule_count; ++rule)
            if ((!only || place(*only) == rule) && fails[rule].test(row)) list.push_back({order_[row], static_cast<Rule>(rule)});
    });
    return list;
}

} // namespace greenbank::match
