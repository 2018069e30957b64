// regional_test.cpp — regions and living nature: worked by hand, and against twins.
#include <doctest/doctest.h>

#include "finance/engine/biodiversity.h"
#include "finance/engine/regional.h"
#include "kernel/random.h"

namespace greenbank::finance {

TEST_CASE("two projects, a loan, a shelf: who is served, what is missing, how far the money is") {
    const auto cells = regional_view({{"a", 1}, {"b", 1}, {"c", 3}},
        {{"a", RegionalInstrument::credit, 100, 80, 30}, {"a", RegionalInstrument::credit, 50, 0, 0}, {"elsewhere", RegionalInstrument::credit, 9, 9, 9}},
        {{RegionalInstrument::venture, 1}, {RegionalInstrument::credit, 3}});
    const RegionalCell& credit = cells[static_cast<std::size_t>(RegionalInstrument::credit)][1];
    CHECK(credit.projects == 2);
    CHECK(credit.served == 1);
    CHECK(credit.promised == 150);
    CHECK(credit.contracted == 80);
    CHECK(credit.drawn == 30);
    CHECK(!credit.missing);
    CHECK(!cells[static_cast<std::size_t>(RegionalInstrument::venture)][1].missing); // on the shelf
    CHECK(cells[static_cast<std::size_t>(RegionalInstrument::leasing)][1].missing);
    CHECK(!cells[static_cast<std::size_t>(RegionalInstrument::leasing)][0].missing); // no projects there
}

TEST_CASE("of all cells the money is the money of the region's projects") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::vector<RegionalProject> projects;
        for (std::uint64_t i = 0; i < random.below(20); ++i) projects.push_back({std::to_string(i), random.below(regional_stages)});
        std::vector<RegionalMoney> money;
        std::int64_t inside = 0;
        for (std::uint64_t i = 0; i < random.below(60); ++i) {
            const std::uint64_t project = random.below(30);
            money.push_back({std::to_string(project), static_cast<RegionalInstrument>(random.below(regional_instruments)), random.between(0, 1000), 0, 0});
            if (project < projects.size()) inside += money.back().promised;
        }
        std::int64_t sum = 0, served = 0;
        for (const auto& row : regional_view(projects, money, {}))
            for (const RegionalCell& cell : row) {
                sum += cell.promised;
                served += cell.served;
                CHECK_MESSAGE(cell.served <= cell.projects, "seed ", seed);
            }
        CHECK_MESSAGE(sum == inside, "seed ", seed);
        CHECK_MESSAGE(served <= static_cast<std::int64_t>(money.size()), "seed ", seed);
    }
}

TEST_CASE("the review of two years, a need of five, a plan: the gap and what is left of it") {
    const BiodiversityYears years{2024, 2025, 2026, 2030};
    const auto gaps =
        biodiversity_gaps({{BiodiversityPart::spent, 0, 2023, 2025, 100, 500'000}, {BiodiversityPart::needed, 0, 2026, 2030, 200, 1'000'000},
                              {BiodiversityPart::planned, 0, 2028, 2031, 100, 1'000'000}, {BiodiversityPart::spent, 1, 2025, 2025, 70, 1'000'000}},
            years, 2);
    CHECK(gaps[0].spent == 100); // two years of a half of 100
    CHECK(gaps[0].expected == 250);
    CHECK(gaps[0].needed == 1000);
    CHECK(gaps[0].gap == 750);
    CHECK(gaps[0].planned == 300);
    CHECK(gaps[0].left == 450);
    CHECK(gaps[1].gap == 0); // what is spent there helps nobody else
}

TEST_CASE("gaps are the twin's; progress runs from baseline to target, also downwards") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        std::vector<BiodiversityFlow> flows;
        for (std::uint64_t i = 0; i < random.below(30); ++i) {
            const std::int64_t from = random.between(2018, 2035);
            flows.push_back({static_cast<BiodiversityPart>(random.below(3)), random.below(4), from, from + random.between(0, 12), random.between(0, 1'000'000),
                random.between(0, 1'000'000)});
        }
        const std::int64_t review = random.between(2018, 2024), plan = random.between(2025, 2030);
        const BiodiversityYears years{review, review + random.between(0, 3), plan, plan + random.between(0, 8)};
        const auto fast = biodiversity_gaps(flows, years, 4), twin = biodiversity_gaps_naive(flows, years, 4);
        for (std::size_t tag = 0; tag < 4; ++tag) {
            CHECK_MESSAGE(fast[tag].spent == twin[tag].spent, "seed ", seed);
            CHECK_MESSAGE(fast[tag].gap == twin[tag].gap, "seed ", seed);
            CHECK_MESSAGE(fast[tag].left == twin[tag].left, "seed ", seed);
            CHECK_MESSAGE(fast[tag].left <= fast[tag].gap, "seed ", seed);
        }
    }
    CHECK(outcome_progress_ppm(10, 20, 15) == 500'000);
    CHECK(outcome_progress_ppm(20, 10, 12) == 800'000);
    CHECK(outcome_progress_ppm(10, 20, 5) == -500'000);
    CHECK(outcome_progress_ppm(5, 5, 5) == 1'000'000);
}

} // namespace greenbank::finance
