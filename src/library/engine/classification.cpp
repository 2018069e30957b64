// classification.cpp — counting and weighing words.
#include "library/engine/classification.h"

#include <algorithm>
#include <cmath>

#include "kernel/result.h"

namespace greenbank::library {

namespace {

constexpr double millionths = 1e6;
constexpr std::size_t reasons_max = 5;
constexpr double unseen = 0.5; // what every term weighs in the background beside what was seen

std::int64_t to_count(double weight) { return std::llround(weight * millionths); }
double to_weight(std::int64_t count) { return count > 0 ? static_cast<double>(count) / millionths : 0; }

} // namespace

void Background::add(const TermBag& bag, double share) {
    for (const auto& [key, term] : bag) {
        weights_[key] += share * term.weight;
        total_ += share * term.weight;
    }
}

double Background::probability(std::string_view term) const {
    const auto found = weights_.find(std::string(term));
    return ((found == weights_.end() ? 0 : found->second) + unseen) / (total_ + unseen * static_cast<double>(weights_.size() + 1));
}

Suggester::Suggester(const std::vector<ClassProfile>& classes, std::shared_ptr<const Background> background, SuggesterWeights weights) :
    weights_(weights), background_(std::move(background)), sizes_(classes.size()) {
    for (std::uint32_t index = 0; index < classes.size(); ++index) {
        require(by_code_.emplace(classes[index].code, index).second, "a class was given twice");
        codes_.push_back(classes[index].code);
        for (const auto& [key, term] : classes[index].names) {
            const Count count = to_count(term.weight);
            posting(key, index).names += count;
            sizes_[index].names += count;
        }
    }
}

Suggester::Posting& Suggester::posting(const std::string& term, std::uint32_t class_index) {
    auto& list = postings_[term];
    const auto place = std::lower_bound(list.begin(), list.end(), class_index, [](const Posting& one, std::uint32_t index) { return one.class_index < index; });
    if (place != list.end() && place->class_index == class_index) return *place;
    return *list.insert(place, Posting{class_index});
}

bool Suggester::count(std::string_view code, const TermBag& example, int sign) {
    const auto found = by_code_.find(std::string(code));
    if (found == by_code_.end()) return false;
    const double total = total_of(example);
    if (total > 0)
        for (const auto& [key, term] : example) {
            const Count count = sign * to_count(term.weight / total * weights_.example_mass);
            posting(key, found->second).examples += count;
            sizes_[found->second].examples += count;
        }
    sizes_[found->second].confirmed += sign;
    return true;
}

bool Suggester::learn(std::string_view code, const TermBag& example) { return count(code, example, 1); }
bool Suggester::forget(std::string_view code, const TermBag& example) { return count(code, example, -1); }

double Suggester::spoken(double weight, double probability, const Posting& posting) const {
    return weight * (std::log1p(to_weight(posting.names) / (weights_.smoothing_names * probability)) +
                        weights_.examples * std::log1p(to_weight(posting.examples) / (weights_.smoothing_examples * probability)));
}

std::vector<Suggestion> Suggester::suggest(const TermBag& text, std::size_t limit) const {
    const double length = total_of(text);
    if (!(length > 0)) return {};
    std::vector<double> spoke(codes_.size(), 0);
    for (const auto& [key, term] : text) {
        const auto list = postings_.find(key);
        if (list == postings_.end()) continue;
        const double probability = background_->probability(key);
        for (const Posting& one : list->second) spoke[one.class_index] += spoken(term.weight, probability, one);
    }
    const double scale = weights_.temperature * std::sqrt(length);
    std::vector<double> evidence(codes_.size());
    double highest = 0; // of "none of these"
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        const double penalty = std::log1p(to_weight(sizes_[i].names) / weights_.smoothing_names) +
                               weights_.examples * std::log1p(to_weight(sizes_[i].examples) / weights_.smoothing_examples);
        evidence[i] = (spoke[i] - weights_.size_penalty * length * penalty) / scale;
        highest = std::max(highest, evidence[i]);
    }
    double sum = std::exp(-highest);
    for (const double one : evidence) sum += std::exp(one - highest);
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < codes_.size(); ++i)
        if (spoke[i] > 0) order.push_back(i);
    const auto better = [&](std::uint32_t a, std::uint32_t b) { return evidence[a] != evidence[b] ? evidence[a] > evidence[b] : codes_[a] < codes_[b]; };
    const std::size_t count = std::min(limit, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), better);
    std::vector<Suggestion> best;
    for (std::size_t i = 0; i < count; ++i)
        best.push_back({codes_[order[i]], std::exp(evidence[order[i]] - highest) / sum, reasons_of(order[i], text), sizes_[order[i]].confirmed});
    return best;
}

std::vector<Reason> Suggester::reasons_of(std::uint32_t class_index, const TermBag& text) const {
    std::vector<Reason> all;
    double sum = 0;
    for (const auto& [key, term] : text) {
        const auto list = postings_.find(key);
        if (list == postings_.end()) continue;
        const auto place = std::lower_bound(
            list->second.begin(), list->second.end(), class_index, [](const Posting& one, std::uint32_t index) { return one.class_index < index; });
        if (place == list->second.end() || place->class_index != class_index) continue;
        const double share = spoken(term.weight, background_->probability(key), *place);
        if (!(share > 0)) continue;
        all.push_back({key, term.said, share, place->names > 0, place->examples > 0});
        sum += share;
    }
    std::stable_sort(all.begin(), all.end(), [](const Reason& a, const Reason& b) { return a.share > b.share; });
    std::vector<Reason> kept;
    for (Reason& one : all) {
        // A pair of ideographs within words already named, or a concept and its own words, say nothing new to a reader.
        const bool named = std::any_of(kept.begin(), kept.end(), [&](const Reason& other) { return other.said.find(one.said) != std::string::npos; });
        if (named || one.said.empty()) continue;
        one.share /= sum;
        kept.push_back(std::move(one));
        if (kept.size() == reasons_max) break;
    }
    return kept;
}

} // namespace greenbank::library
