// The least-cost island: our staged interior point beside Debian's clp program on the MPS that we write, in one run. Several cost sets and caps, not two only.
//   island_bench series.csv [cases]      series: demand_el (kW), pv, wind; clp from the package coinor-clp, or CLP=/path
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "cpu.h"
#include "planning/engine/dispatch.h"
#include "planning/engine/island_under_test.h"
#include "planning/engine/sizing.h"
#include "planning/plan_files.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning {
namespace {

using greenbank::bench::cpu_seconds;

struct Peer {
    double seconds = 0, objective = 0;
    bool solved = false;
};

/// clp as a child: its CPU time, and the objective that it says.
Peer run_clp(const std::string& mps, const std::string& log) {
    rusage before{}, after{};
    getrusage(RUSAGE_CHILDREN, &before);
    const char* program = std::getenv("CLP");
    const pid_t child = fork();
    if (child == 0) {
        if (!std::freopen(log.c_str(), "w", stdout)) _exit(126);
        execlp(program ? program : "clp", "clp", mps.c_str(), "-dualsimplex", "-quit", nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    getrusage(RUSAGE_CHILDREN, &after);
    Peer peer;
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    peer.seconds = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
    std::ifstream lines(log);
    for (std::string line; std::getline(lines, line);)
        if (const auto at = line.find("Optimal objective"); at != std::string::npos)
            peer.objective = std::strtod(line.c_str() + at + 17, nullptr), peer.solved = true;
    return peer;
}

void beside(const std::string& name, const Site& site, const Series& series) {
    const double from = cpu_seconds();
    const Plan plan = plan_site(site, series);
    const double ours = cpu_seconds() - from;
    const std::string mps = "/tmp/island_bench.mps", log = "/tmp/island_bench.log";
    std::ofstream(mps) << solver::to_mps(sizing_program(site, series).program, "site");
    const Peer peer = run_clp(mps, log);
    std::remove(mps.c_str()), std::remove(log.c_str());
    if (!peer.solved) fmt::print("{:<34} {:6.2f} CPU-s, gap {:.1e}; clp gave no optimum (is coinor-clp there?)\n", name, ours, plan.gap);
    else
        fmt::print("{:<34} {:6.2f} CPU-s, gap {:.1e}; clp {:6.2f} CPU-s; ours/clp {:.3f}; costs differ by {:.1e}\n", name, ours, plan.gap, peer.seconds,
            ours / peer.seconds, std::abs(plan.cost_per_year - peer.objective) / peer.objective);
    std::fflush(stdout);
}

/// A year of given sizes, as whoever drags a size waits for it: each time other sizes.
void estimates(const std::string& name, Site site, const Series& series) {
    site = with_sizes(site, plan_site(site, series));
    Random random(1);
    double cpu = 0, clock = 0, longest = 0;
    constexpr int times = 7;
    for (int turn = 0; turn < times; ++turn) {
        Site other = site;
        for (Source& source : other.sources) *source.asset.size *= 0.6 + 0.8 * random.uniform();
        for (Storage& storage : other.storages) *storage.reservoir.size *= 0.6 + 0.8 * random.uniform();
        const double from = cpu_seconds();
        const auto began = std::chrono::steady_clock::now();
        const Plan plan = estimate(other, series);
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        cpu += cpu_seconds() - from, clock += took, longest = std::max(longest, took);
        if (plan.flows.empty()) fmt::print("{}: no estimate\n", name);
    }
    fmt::print("{:<34} {:6.3f} CPU-s, {:.3f} s, the longest of {} {:.3f} s\n", name, cpu / times, clock / times, times, longest);
}

/// A plan whose search is stopped at the first question: what it keeps, how far from the proof, and how long that took.
void stopped(const std::string& name, const Site& site, const Series& series) {
    const double from = cpu_seconds();
    const Plan plan = plan_site(site, series, {.stop = [] { return true; }});
    fmt::print("{:<34} {:6.2f} CPU-s, {}, gap {:.1f} %\n", name, cpu_seconds() - from, plan.assets.empty() ? "nothing kept" : "kept", 100 * plan.gap);
}

/// Sun, wind, battery, hydrogen, and a desalination plant with its tank.
Site several_stores(bool water) {
    Site site = island_site(true, 0.1);
    Storage slow = site.storages[0]; // a slower and cheaper battery
    slow.name = "Flow battery", slow.charger.investment *= 2, slow.reservoir.investment *= 0.4, slow.charge_efficiency = slow.discharge_efficiency = 0.87;
    site.storages.push_back(slow);
    if (!water) return site;
    Converter desalination;
    desalination.name = "Desalination", desalination.from = "electricity", desalination.to = "water", desalination.efficiency = 3;
    desalination.asset.investment = 100'000;
    Storage tank;
    tank.name = "Tank", tank.bus = "water", tank.reservoir.investment = 500, tank.loss_per_hour = 0.0001;
    site.converters.push_back(desalination), site.storages.push_back(tank);
    site.demands.push_back({.name = "Water", .bus = "water", .column = "demand_el", .unit = SeriesUnit::kilowatt, .unserved_price = {}});
    return site;
}

/// As many years, the weather of each a little other.
Series years_of(const Series& series, int years) {
    Series many = series;
    Random random(2);
    for (int year = 1; year < years; ++year)
        for (std::size_t c = 0; c < many.columns.size(); ++c)
            for (const double value : series.columns[c])
                many.columns[c].push_back(c == 0 ? value * (0.97 + 0.06 * random.uniform()) : std::min(1.0, value * (0.9 + 0.2 * random.uniform())));
    return many;
}

} // namespace
} // namespace greenbank::planning

int main(int count, char** words) {
    using namespace greenbank::planning;
    const std::string path = count > 1 ? words[1] : "../shared/data/energy/oemof/storage_investment.csv";
    const auto series = read_series_table(path, {"demand_el", "pv", "wind"});
    if (!series) {
        fmt::print(stderr, "{}: {}\n", path, series.error().message);
        return 1;
    }
    const int cases = count > 2 ? std::atoi(words[2]) : 5;
    beside("diesel 10 %", island_site(false, 0.1), series.value());
    if (cases > 1) beside("no diesel, hydrogen", island_site(true, 0), series.value());
    if (cases > 2) {
        Site site = island_site(false, 0.35);
        site.sources[0].asset.investment *= 1.5, site.storages[0].reservoir.investment *= 0.5, site.requirements.carbon_max = 400'000;
        beside("dear sun, cheap battery, CO2 cap", site, series.value());
    }
    if (cases > 3) {
        Site site = island_site(true, 0.05);
        site.sources[1].asset.investment *= 0.7, site.sources[1].asset.size_max = 600, site.storages[1].reservoir.investment *= 0.3;
        beside("little wind, cheap hydrogen, 5 %", site, series.value());
    }
    if (cases > 4) {
        fmt::print("a year of given sizes:\n");
        estimates("one store", island_site(false, 0.1), series.value());
        estimates("two stores", island_site(true, 0.1), series.value());
        estimates("three stores", several_stores(false), series.value());
        estimates("four stores on two buses", several_stores(true), series.value());
        fmt::print("stopped at once:\n");
        stopped("diesel 10 %", island_site(false, 0.1), series.value());
        stopped("no diesel, hydrogen", island_site(true, 0), series.value());
        stopped("four stores on two buses", several_stores(true), series.value());
        stopped("diesel 10 %, ten years", island_site(false, 0.1), years_of(series.value(), 10));
    }
    return 0;
}
