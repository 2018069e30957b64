// meetings_bench.cpp — the public instances at their published optimum; a large fair beside first-come booking and the bound of the
// relaxation; repair after cancellations. CPU seconds of this process.
//   meetings_bench [FOLDER with .dzn and optima.csv] [NAME, fair, relaxation (slow) or repair]
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "events/engine/meetings_check.h"
#include "events/engine/meetings_random.h"
#include "events/engine/meetings_value.h"
#include "events/meetings/dzn.h"
#include "kernel/csv.h"

using namespace greenbank;
using namespace greenbank::events::meetings;

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Budget budget_of(double seconds) {
    const double start = cpu_seconds();
    return {seconds, [start] { return cpu_seconds() - start; }};
}

std::string text_of(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::string percent(double part, double whole) { return fmt::format("{:.3f} %", 100 * part / whole); }

void judge(const Instance& instance, const Scheduled& scheduled) {
    const auto faults = faults_of(instance, scheduled.slots);
    require(faults.empty(), faults.empty() ? "" : faults[0].c_str());
    require(worth_counted(instance, scheduled.slots) == scheduled.worth, "the schedule is not worth what it says");
}

void public_instance(const std::filesystem::path& folder, const std::string& name, const std::string& optimum) {
    auto instance = read_dzn(text_of(folder / (name + ".original.dzn")));
    if (!instance) return fmt::print("{}: {}\n", name, instance.error().problems[0].message), void();
    const Budget budget = budget_of(60);
    const Scheduled scheduled = schedule(instance.value(), budget);
    const double seconds = budget.elapsed();
    judge(instance.value(), scheduled);
    fmt::print("{:<16} {}/{} placed, idle breaks {} (bound {}, published {}), spread {}, {:.2f} CPU-s\n", name, scheduled.value.reached,
        instance.value().requests.size(), scheduled.breaks.reached, scheduled.breaks.bound, optimum, scheduled.worth.spread, seconds);
    std::fflush(stdout);
}

void fair(std::uint64_t seed, bool with_relaxation) {
    const Instance instance = fair_instance(seed, 500, 2'000, 12, 140);
    const Slots naive = book_first_come(instance);
    const Budget budget = budget_of(10);
    const Scheduled scheduled = schedule(instance, budget);
    const double seconds = budget.elapsed();
    judge(instance, scheduled);
    const auto value = static_cast<double>(scheduled.value.reached), first = static_cast<double>(worth_of(instance, naive).value),
               bound = static_cast<double>(scheduled.value.bound);
    std::int64_t all = 0;
    for (const Request& request : instance.requests) all += request.value;
    fmt::print("fair, seed {}: {} of 2000 placed, value {} of {} wished, bound {} (gap {}); breaks {} (bound {}), spread {}; {:.2f} CPU-s\n", seed,
        std::count_if(scheduled.slots.begin(), scheduled.slots.end(), [](int slot) { return slot != unplaced; }), scheduled.value.reached, all,
        scheduled.value.bound, percent(bound - value, bound), scheduled.breaks.reached, scheduled.breaks.bound, scheduled.worth.spread, seconds);
    fmt::print("    first come, first served: value {}, loses {}; breaks {}, spread {}\n", worth_of(instance, naive).value, percent(value - first, value),
        worth_of(instance, naive).breaks, worth_of(instance, naive).spread);
    std::fflush(stdout);
    if (!with_relaxation) return;
    const Budget for_bound = budget_of(600);
    const std::int64_t relaxation = relaxation_bound(instance, allowed_slots(instance), for_bound.stop());
    fmt::print("    the relaxation with a column a request and slot: {} (gap {}), {:.2f} CPU-s\n", relaxation,
        percent(static_cast<double>(relaxation) - value, static_cast<double>(relaxation)), for_bound.elapsed());
    std::fflush(stdout);
}

void repairs(std::uint64_t seed) {
    Instance instance = fair_instance(seed, 300, 1'000, 12, 90);
    const Scheduled before = schedule(instance, budget_of(6));
    Random random(seed);
    for (int i = 0; i < 15; ++i) { // 5 % of the participants lose a third of the day
        auto& day = instance.forbidden[random.below(instance.forbidden.size())];
        const auto from = random.below(9);
        for (int slot = 0; slot < 4; ++slot) day[from + slot] = true;
    }
    const Budget budget = budget_of(2);
    const Scheduled after = repair(instance, before.slots, 0, budget);
    const double seconds = budget.elapsed();
    judge(instance, after);
    fmt::print("repair, seed {}: value {} → {} (bound {}), moved {} (bound {}{}), breaks {} → {}, spread {}, {:.2f} CPU-s\n", seed, before.value.reached,
        after.value.reached, after.value.bound, after.moves.reached, after.moves.bound, after.this_choice_only ? ", this choice of requests" : "",
        before.worth.breaks, after.worth.breaks, after.worth.spread, seconds);
    std::fflush(stdout);
}

} // namespace

int main(int count, char** words) {
    const std::filesystem::path folder = count > 1 ? words[1] : "../shared/data/meetings";
    const std::string only = count > 2 ? words[2] : "";
    const auto optima = parse_csv(text_of(folder / "optima.csv"));
    if (optima) {
        for (const auto& row : optima.value().rows)
            if (only.empty() || row[0] == only) public_instance(folder, row[0], row[1]);
    } else fmt::print("the public instances are not in {}\n", folder.string());
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        if (only.empty() || only == "fair" || only == "relaxation") fair(seed, only == "relaxation");
        if (only.empty() || only == "repair") repairs(seed);
    }
}
