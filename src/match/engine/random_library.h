// random_library.h — made-up technologies and needs for property tests and the benchmark; the same seed, the same library.
#pragma once

#include <fmt/format.h>

#include <limits>

#include "kernel/random.h"
#include "match/engine/match.h"

namespace greenbank::match {

struct Shape {
    std::uint64_t fields = 6, classes = 200, indicators = 60, countries = 30, traits = 18, concepts = 600;
    std::size_t concepts_per_text = 25;
    bool odd_numbers = false; // not-a-number, infinities, negative sizes, unknown units
};

class RandomLibrary {
public:
    RandomLibrary(Random random, Shape shape) : random_(random), shape_(shape) {}

    Candidate candidate(std::size_t number) {
        Candidate made{.id = fmt::format("tech_{:08}", number * 7919 % 100'000'007), .field = static_cast<int>(random_.below(shape_.fields))};
        for (std::uint64_t i = 0, n = random_.below(3); i < n; ++i) made.classes.push_back(class_code());
        made.readiness = level();
        for (std::uint64_t i = 0, n = random_.below(7); i < n; ++i) made.promises.push_back(promise());
        const std::string unit = capacity_unit();
        if (random_.chance(0.9)) made.capacity_min = Quantity{number_near(10), unit};
        if (random_.chance(0.9)) made.capacity_max = Quantity{number_near(50'000), random_.chance(0.9) ? unit : capacity_unit()};
        if (random_.chance(0.8)) {
            made.capital_cost = Money{random_.between(shape_.odd_numbers ? -1000 : 100, 2'000'000), currency()};
            made.capital_cost_per = random_.chance(0.9) ? unit : capacity_unit();
        }
        if (random_.chance(0.3)) made.territories = {"WORLD"};
        for (std::uint64_t i = 0, n = random_.below(6); i < n; ++i) made.territories.push_back(country());
        for (std::uint64_t i = 0, n = random_.below(5); i < n; ++i) made.traits.push_back(trait());
        for (std::uint64_t i = 0, n = random_.below(6); i < n; ++i) made.proofs.push_back({static_cast<int>(random_.below(proof_kinds)), country()});
        made.origin = country();
        made.concepts = concepts();
        return made;
    }

    Wish wish() {
        Wish made{.field = static_cast<int>(random_.below(shape_.fields))};
        for (std::uint64_t i = 0, n = random_.below(4); i < n; ++i) made.classes.push_back(class_code());
        for (std::uint64_t i = 0, n = random_.below(4); i < n; ++i) {
            const Promise like = promise();
            made.requirements.push_back({like.indicator, random_.chance(0.5), like.low, like.unit, random_.chance(0.2)});
        }
        if (random_.chance(0.8)) made.capacity = Quantity{number_near(1'000), capacity_unit()};
        if (random_.chance(0.8)) made.budget = Money{random_.between(0, 10'000'000'000), currency()};
        if (random_.chance(0.6)) made.readiness_min = level();
        made.country = country();
        if (random_.chance(0.2)) made.required_traits = {trait()};
        if (random_.chance(0.3)) made.excluded_traits = {trait()};
        made.cases_min = random_.chance(0.3) ? 1 : 0;
        made.concepts = concepts();
        return made;
    }

    Promise promise() {
        static constexpr std::string_view units[] = {"mg/m3", "g/m3", "%", "1", "kWh/m3", "MJ/m3", "degC"};
        // most holders write an indicator in its usual unit or in another of the same dimension
        const std::uint64_t indicator = random_.below(shape_.indicators);
        const std::size_t family = indicator % 3 * 2;
        std::string unit(random_.chance(0.95) ? units[family + random_.below(2)] : units[random_.below(std::size(units))]);
        if (shape_.odd_numbers && random_.chance(0.05)) unit = random_.chance(0.5) ? "" : "furlong";
        Promise made{fmt::format("indicator_{}", indicator), number_near(50), {}, std::move(unit)};
        if (random_.chance(0.5)) made.high = shape_.odd_numbers ? number_near(60) : made.low * (1 + random_.uniform());
        return made;
    }

    Level level() {
        return {static_cast<int>(random_.below(shape_.odd_numbers ? 4 : 3)), random_.between(shape_.odd_numbers ? -1 : 1, shape_.odd_numbers ? 14 : 9)};
    }
    std::string country() { return fmt::format("C{}", random_.below(shape_.countries)); }
    std::string trait() { return fmt::format("trait_{}", random_.below(shape_.traits)); }
    std::string class_code() {
        const std::uint64_t number = random_.below(shape_.classes);
        return fmt::format("{}.{}.{}.{}", number % 6, number / 6 % 4, number / 24 % 5, number / 120);
    }
    std::string currency() {
        static constexpr std::string_view codes[] = {"CNY", "USD", "JPY", "XXX"};
        return std::string(codes[random_.below(shape_.odd_numbers ? 4 : 3)]);
    }
    Random& random() { return random_; }

private:
    std::string capacity_unit() {
        static constexpr std::string_view units[] = {"m3/d", "m3/h", "kW", "MW", "t/d"};
        return std::string(shape_.odd_numbers && random_.chance(0.05) ? "cubit" : units[random_.below(std::size(units))]);
    }
    double number_near(double middle) {
        if (shape_.odd_numbers && random_.chance(0.08)) {
            static constexpr double odd[] = {0.0, -1.0, 1e308, -1e308, 5e-324, std::numeric_limits<double>::infinity(),
                -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
            return odd[random_.below(std::size(odd))];
        }
        // a few round values, so that limits and promises meet exactly now and then
        return random_.chance(0.3) ? middle : middle * static_cast<double>(random_.between(1, 400)) / 100;
    }
    std::vector<ConceptWeight> concepts() {
        std::vector<ConceptWeight> made;
        const double spread = static_cast<double>(shape_.concepts);
        for (std::uint64_t i = 0, n = random_.below(2 * shape_.concepts_per_text + 1); i < n; ++i) {
            const double skewed = random_.uniform() * random_.uniform(); // some concepts are far more common
            made.push_back({static_cast<std::uint32_t>(skewed * spread), static_cast<std::uint32_t>(random_.below(5) * 250)});
        }
        return made;
    }

    Random random_;
    Shape shape_;
};

inline Weights weights_for_tests() {
    Weights weights;
    weights.regions = {{"C1", "C2", "C3", "CN", "KZ"}, {"C3", "C4"}};
    weights.rates = {{"CNY", 1.0}, {"USD", 7.0}};
    return weights;
}

inline std::vector<const Candidate*> pointers(const std::vector<Candidate>& candidates) {
    std::vector<const Candidate*> list;
    for (const Candidate& candidate : candidates) list.push_back(&candidate);
    return list;
}

} // namespace greenbank::match
