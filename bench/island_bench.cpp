// The least-cost island: our staged interior point beside Debian's clp program on the MPS that we write, in one run. Several cost sets and caps, not two only.
//   island_bench series.csv [cases]      series: demand_el (kW), pv, wind; clp from the package coinor-clp, or CLP=/path
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>

#include "cpu.h"
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
    const int cases = count > 2 ? std::atoi(words[2]) : 4;
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
    return 0;
}
