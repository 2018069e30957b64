// One need against 100,000 made-up technologies: the catalogue, explanation of the top 20 included, beside the naive double loop.
//   match_bench [technologies]
#include <fmt/format.h>

#include <ctime>
#include <fstream>

#include "match/engine/catalogue.h"
#include "match/engine/judge.h"
#include "match/engine/naive.h"
#include "match/engine/random_library.h"

namespace greenbank::match {
namespace {

double cpu_milliseconds() { return static_cast<double>(std::clock()) * 1000.0 / CLOCKS_PER_SEC; }

std::size_t resident_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return static_cast<std::size_t>(std::stoul(line.substr(6)));
    return 0;
}

template <class Work> double timed(Work work) {
    const double before = cpu_milliseconds();
    work();
    return cpu_milliseconds() - before;
}

double at(std::vector<double>& times, std::size_t hundredths) {
    std::sort(times.begin(), times.end());
    return times[std::min(times.size() - 1, times.size() * hundredths / 100)];
}

int run(std::size_t size) {
    RandomLibrary source(Random(20261120), {});
    const Weights weights = weights_for_tests();
    const std::size_t empty = resident_kilobytes();
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < size; ++i) candidates.push_back(source.candidate(i));
    const auto list = pointers(candidates);
    const std::size_t with_candidates = resident_kilobytes();

    std::optional<Catalogue> catalogue;
    const double build = timed([&] { catalogue.emplace(list, weights); });
    fmt::print("{} technologies: {:.0f} MB as structs; catalogue built in {:.0f} ms CPU, {:.1f} MB of columns\n", size,
        static_cast<double>(with_candidates - empty) / 1024, build, static_cast<double>(catalogue->bytes()) / 1e6);

    std::vector<Wish> wishes;
    for (int i = 0; i < 100; ++i) wishes.push_back(source.wish());
    // The hardest need: no rule excludes anything, every concept is common.
    Wish open = source.wish();
    open = {.field = 1, .classes = {"1.1.1.0"}, .requirements = {}, .capacity = Quantity{500, "kW"}, .budget = Money{10'000'000'000, "CNY"}, .country = "C1"};
    for (std::uint32_t i = 0; i < 60; ++i) open.concepts.push_back({i, 1000});
    for (int i = 0; i < 3; ++i) {
        const Promise like = source.promise();
        open.requirements.push_back({like.indicator, i == 0, like.low, like.unit});
    }

    const auto answer = [&](const Wish& wish) {
        const Ranking ranking = catalogue->rank(wish, 20);
        std::int64_t sum = 0;
        for (const Ranked& one : ranking.best) sum += explain(candidates[one.candidate], wish, weights).score - one.score;
        require(sum == 0, "an explanation must sum to its score");
        return ranking;
    };
    std::vector<double> times;
    std::size_t passed = 0;
    for (const Wish& wish : wishes) {
        times.push_back(timed([&] { passed += size - answer(wish).excluded; }));
    }
    fmt::print("one of {} random needs, top 20 explained: median {:.2f} ms CPU, p95 {:.2f}, longest {:.2f}; {} technologies pass on average\n", wishes.size(),
        at(times, 50), at(times, 95), times.back(), passed / wishes.size());

    std::vector<double> open_times, naive_times, open_naive_times;
    std::size_t open_passed = 0;
    for (int i = 0; i < 21; ++i) open_times.push_back(timed([&] { open_passed = size - answer(open).excluded; }));
    for (std::size_t i = 0; i < 5; ++i) {
        Ranking naive;
        naive_times.push_back(timed([&] { naive = rank_naively(list, wishes[i], weights, 20); }));
        require(naive == answer(wishes[i]), "the twins must agree");
    }
    for (int i = 0; i < 3; ++i)
        open_naive_times.push_back(timed([&] { require(rank_naively(list, open, weights, 20) == answer(open), "the twins must agree"); }));
    fmt::print("naive double loop, the same answers: median {:.0f} ms CPU, {:.0f} times as long\n", at(naive_times, 50), at(naive_times, 50) / at(times, 50));
    fmt::print("a need with 60 common concepts that {} technologies pass: {:.2f} ms CPU; naive {:.0f} ms, {:.0f} times as long\n", open_passed,
        at(open_times, 50), at(open_naive_times, 50), at(open_naive_times, 50) / at(open_times, 50));
    return 0;
}

} // namespace
} // namespace greenbank::match

int main(int argc, char** argv) { return greenbank::match::run(argc > 1 ? std::stoul(argv[1]) : 100'000); }
