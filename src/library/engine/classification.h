// classification.h — which classes of a tree a text speaks for, how sure that is, and by which words.
//
// Every class has two sources of words: its names (and names near it) and the examples that people confirmed. A word
// speaks for a class by how much more often it stands there than in general text. The evidence of a text t with terms w of
// weight f(w) for class c is, per source with counts n and smoothing mass μ (Dirichlet smoothing: Zhai and Lafferty, ACM
// TOIS 22, 2004),
//
//     z(c) = Σ f(w) · ln(1 + n(c,w) / (μ p(w)))  −  κ · Σ f(w) · ln(1 + n(c) / μ)
//
// with p from a fixed background. κ = 1 would be the log-likelihood ratio of multinomial naive Bayes, κ = 0 counts only what
// speaks for a class; half-way is best on both of our collections (bench/README.md). The score is a softmax of z / √Σf(w)
// against "none of these" (z = 0): evidence of dependent words grows with the length, its error with the square root.
//
// Always true: scores and the score of "none" sum to one; an example of a class never lowers that class's score for the same
// text nor raises another's; the order of examples changes nothing; forgetting undoes learning exactly.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "library/engine/text_terms.h"

namespace greenbank::library {

struct SuggesterWeights {
    double smoothing_names = 200, smoothing_examples = 500; // μ
    double size_penalty = 0.5;                              // κ, 0 to 1
    double examples = 0.5;                                  // an example's evidence beside a name's
    double example_mass = 20;                               // what one example weighs in all, however long
    double temperature = 0.8;                               // times √Σf(w); higher is less sure
};

/// General text: how often terms are, whatever their class.
class Background {
public:
    void add(const TermBag& bag, double share = 1);
    double probability(std::string_view term) const;

private:
    std::unordered_map<std::string, double> weights_;
    double total_ = 0;
};

struct ClassProfile {
    std::string code;
    TermBag names;
};

struct Reason {
    std::string term; // its key
    std::string said; // the words in the text
    double share = 0; // of all that spoke for the class, 0 to 1
    bool by_name = false, by_examples = false;
};

struct Suggestion {
    std::string code;
    double score = 0;            // 0 to 1; calibrated so that about four in five suggestions at 0.8 are right
    std::vector<Reason> reasons; // the strongest first, at most five
    std::int64_t examples = 0;   // how many confirmed ones the class has
};

/// Reading is safe from many threads while nobody learns.
class Suggester {
public:
    /// Codes are unique. The background does not change afterwards: what was learned may be learned in any order.
    Suggester(const std::vector<ClassProfile>& classes, std::shared_ptr<const Background> background, SuggesterWeights weights = {});

    /// False where there is no such class.
    bool learn(std::string_view code, const TermBag& example);
    /// Takes back one learn() of the same example.
    bool forget(std::string_view code, const TermBag& example);

    /// Classes for which anything speaks, best first, equal ones by code.
    std::vector<Suggestion> suggest(const TermBag& text, std::size_t limit) const;
    std::size_t size() const { return codes_.size(); }

private:
    using Count = std::int64_t; // millionths: whole numbers add up the same in any order
    struct Posting {
        std::uint32_t class_index;
        Count names = 0, examples = 0;
    };
    struct Size {
        Count names = 0, examples = 0;
        std::int64_t confirmed = 0;
    };
    Posting& posting(const std::string& term, std::uint32_t class_index);
    bool count(std::string_view code, const TermBag& example, int sign);
    std::vector<Reason> reasons_of(std::uint32_t class_index, const TermBag& text) const;
    double spoken(double weight, double probability, const Posting& posting) const;

    SuggesterWeights weights_;
    std::shared_ptr<const Background> background_;
    std::vector<std::string> codes_;
    std::unordered_map<std::string, std::uint32_t> by_code_;
    std::vector<Size> sizes_;
    std::unordered_map<std::string, std::vector<Posting>> postings_; // by term, in order of class
};

} // namespace greenbank::library
