// rules_bench.cpp — alarm rules: readings evaluated as they come, beside evaluating all history anew at every reading, which must agree.
#include <cstdio>
#include <ctime>

#include "energy/engine/rules/naive_rule.h"
#include "energy/engine/rules/watcher.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::energy;

namespace {

constexpr Moment second = 1'000'000;

CompiledRule rule() {
    const Condition hot{.name = "hot", .kind = ConditionKind::threshold, .channels = {"a"}, .raise = 18, .clear = 14};
    const Condition leak{.name = "leak", .kind = ConditionKind::balance, .channels = {"a"}, .outgoing = {"b"}, .raise = 80, .clear = 60};
    const Condition silent{.name = "silent", .kind = ConditionKind::missing, .channels = {"b"}, .seconds = 30};
    const Condition both{.name = "both", .kind = ConditionKind::any, .of = {"hot", "leak", "silent"}};
    return compile({{hot, leak, silent, both}, {{Severity::warning, "both", 2, 5}, {Severity::critical, "hot", 4, 5}}}).value();
}

std::vector<Reading> readings(std::size_t count, Moment displaced) {
    Random random(1);
    std::vector<std::pair<Moment, Reading>> arriving;
    for (std::size_t i = 0; i < count; ++i) {
        const Moment at = static_cast<Moment>(i / 2 + 1) * second;
        arriving.push_back({at + random.between(0, displaced), {static_cast<std::uint16_t>(i % 2), at, static_cast<double>(random.between(0, 20))}});
    }
    std::stable_sort(arriving.begin(), arriving.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<Reading> all;
    for (const auto& [at, reading] : arriving) all.push_back(reading);
    return all;
}

/// Of the processor: others may work beside.
template <class Work> double seconds_of(Work work) {
    const std::clock_t began = std::clock();
    work();
    return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

double streamed(const CompiledRule& rule, const std::vector<Reading>& all, std::vector<std::optional<Severity>>* said = nullptr) {
    return seconds_of([&] {
        Watcher watcher(rule, 60 * second, 0);
        std::size_t fired = 0;
        for (const Reading& reading : all) {
            watcher.add({&reading, 1});
            watcher.pass(reading.at);
            const auto severity = watcher.latest_severity();
            fired += severity.has_value();
            if (said) said->push_back(severity);
        }
        if (fired == 0) std::puts("nothing fired");
    });
}

} // namespace

int main() {
    const CompiledRule compiled = rule();
    constexpr std::size_t few = 400, many = 1'000'000;
    const auto some = readings(few, 0);
    std::vector<std::optional<Severity>> said;
    streamed(compiled, some, &said);
    bool agree = true;
    const double naive = seconds_of([&] {
        NaiveRule twin(compiled, 0);
        for (std::size_t i = 0; i < some.size(); ++i) {
            twin.add(some[i]);
            agree = agree && twin.severities(some[i].at / second).back() == said[i];
        }
    });
    const double in_order = streamed(compiled, readings(many, 0)), displaced = streamed(compiled, readings(100'000, 20 * second));
    std::printf("streamed, in order      %10.0f evaluations per CPU-second\n", many / in_order);
    std::printf("streamed, up to 20 s late %8.0f evaluations per CPU-second\n", 100'000 / displaced);
    std::printf("all history anew (%zu)  %10.0f evaluations per CPU-second, %s\n", few, few / naive, agree ? "agrees" : "DISAGREES");
    std::printf("ratio                   %10.0f\n", many / in_order / (few / naive));
    return agree ? 0 : 1;
}
