// network_files.cpp — `greenbank plan network`: a folder as PyPSA writes it in; cost, sizes, dispatch, flows and prices out.
#include <chrono>
#include <cmath>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>

#include "api/files.h"
#include "planning/engine/network/plan.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"
#include "solver/staged_simplex.h"
#include "json/json.h"

namespace greenbank::planning {

struct NetworkFlags {
    std::string in;
    std::optional<std::string> out, schedule, write_mps;
    double seconds = 0;
    bool commitment = false, simplex = false;
};
Record describe(const NetworkFlags*) {
    return {"network_options", "Which network, and how it is planned.",
        {field<&NetworkFlags::in>("in", "A folder of CSV files as PyPSA exports them; columns that are missing have its defaults.", {.min = 1}),
            field<&NetworkFlags::out>("out", "The result, JSON; - writes standard output.", {.min = 1}),
            field<&NetworkFlags::schedule>("schedule", "What every component does at each snapshot, CSV.", {.min = 1}),
            field<&NetworkFlags::write_mps>("write_mps", "The program itself for any other solver, MPS.", {.min = 1}),
            field<&NetworkFlags::commitment>("commitment", "Generators that are committable run whole or not at all.", {.defaulted = true}),
            field<&NetworkFlags::seconds>(
                "seconds", "Stop after so long with the best plan so far and its gap; 0: when done.", {.unit = "s", .min = 0, .max = 1e6, .defaulted = true}),
            field<&NetworkFlags::simplex>("simplex", "CLP's dual simplex instead of the interior point.", {.defaulted = true})}};
}

namespace {

using network::Network;
using network::NetworkPlan;

constexpr std::uintmax_t folder_bytes_max = std::uintmax_t{512} << 20;

Result<std::map<std::string, std::string>> read_folder(const std::string& path) {
    std::error_code failed;
    if (!std::filesystem::is_directory(path, failed))
        return Error{Failure::not_found, "planning.network_folder", "{path} is no folder; give the one that PyPSA wrote its CSV files to.", {{"path", path}}};
    std::map<std::string, std::string> files;
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path, failed)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".csv") continue;
        bytes += entry.file_size();
        if (bytes > folder_bytes_max || files.size() > 500)
            return Error{
                Failure::too_large, "planning.network_folder_large", "The folder {path} holds more than 512 MB or 500 files of CSV.", {{"path", path}}};
        files[entry.path().filename().string()] = TRY(read_file(entry.path().string()));
    }
    return files;
}

std::string_view name_of(NetworkPlan::Outcome outcome) {
    static constexpr std::string_view names[] = {"optimal", "best_so_far", "infeasible", "unbounded", "stopped"};
    return names[static_cast<int>(outcome)];
}

std::string write_result(const Network& network, const NetworkPlan& plan) {
    JsonWriter json;
    json.begin_object().member("network", network.name).member("snapshots", static_cast<std::int64_t>(network.snapshots.size()));
    json.member("outcome", name_of(plan.outcome)).member("method", plan.method).member("iterations", static_cast<std::int64_t>(plan.iterations));
    json.member("objective", plan.objective).member("objective_constant", plan.constant).member("total_cost", plan.total());
    json.member("bound", plan.bound).member("gap", plan.gap).member("emissions", plan.emissions).member("balance_error", plan.balance_error);
    json.key("sizes").begin_list();
    for (const auto& one : plan.sizes)
        json.begin_object()
            .member("component", one.component)
            .member("name", one.name)
            .member("size", one.size)
            .member("capital_cost", one.capital)
            .end_object();
    json.end_list().key("limits").begin_list();
    for (const auto& one : plan.limits) json.begin_object().member("name", one.name).member("limit", one.limit).member("price", one.price).end_object();
    json.end_list().key("ignored_files").begin_list();
    for (const std::string& file : network.ignored) json.text(file);
    json.end_list().key("energy").begin_list();
    for (const auto& one : plan.series) {
        if (one.attribute != "p" && one.attribute != "p0") continue;
        double energy = 0;
        for (std::size_t t = 0; t < one.values.size(); ++t) energy += one.values[t] * network.generator_hours[t];
        json.begin_object().member("component", one.component).member("name", one.name).member("energy", energy).end_object();
    }
    json.end_list().key("series").begin_list();
    for (const auto& one : plan.series) {
        json.begin_object().member("component", one.component).member("name", one.name).member("attribute", one.attribute).key("values").begin_list();
        for (const double value : one.values) json.real(std::abs(value) < 1e-9 ? 0.0 : value);
        json.end_list().end_object();
    }
    return json.end_list().end_object().take();
}

Error error_of(const NetworkPlan& plan) {
    if (plan.outcome == NetworkPlan::Outcome::stopped)
        return {Failure::invalid, "planning.stopped", "No plan was found in the time given; allow more with --seconds."};
    if (plan.short_.empty())
        return {Failure::invalid, "planning.network_infeasible", "No plan keeps all limits: those on emissions or on energy cannot be met by what is there."};
    std::string buses;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, plan.short_.size()); ++i)
        buses += fmt::format("{}{} {:.6g} MWh", i ? ", " : "", plan.short_[i].first, plan.short_[i].second);
    if (!plan.unkept.empty()) {
        std::string limits;
        for (const std::string& name : plan.unkept) limits += (limits.empty() ? "" : ", ") + name;
        return {Failure::invalid, "planning.network_cap", "The limit {limits} cannot be kept; with it this is missing or left over: {buses}.",
            {{"limits", limits}, {"buses", buses}}};
    }
    return {Failure::invalid, "planning.network_short", "What is there cannot balance every bus; the least that is missing or left over: {buses}.",
        {{"buses", buses}}};
}

Result<int> run_network(const NetworkFlags& flags, Console& console) {
    auto read = network::read_network(TRY(read_folder(flags.in)));
    if (!read) {
        Error& error = read.error();
        return Error{
            error.kind, "planning.network_files", "The network in {path} is not right; every fault is named.", {{"path", flags.in}}, std::move(error.problems)};
    }
    const Network& network = read.value();
    if (flags.write_mps) TRY(write_file(*flags.write_mps, solver::to_mps(network::network_program(network), "network")));
    network::NetworkOptions how{.simplex = flags.simplex, .commitment = flags.commitment};
    if (flags.seconds > 0)
        how.stop = [until = std::chrono::steady_clock::now() + std::chrono::duration<double>(flags.seconds)] {
            return std::chrono::steady_clock::now() > until;
        };
    const NetworkPlan plan = network::plan_network(network, how);
    if (plan.outcome == NetworkPlan::Outcome::unbounded)
        return Error{Failure::invalid, "planning.unbounded", "The more is built, the more is earned, without end; give the sizes a largest value."};
    if (plan.series.empty()) return error_of(plan);
    const std::string result = write_result(network, plan);
    if (flags.out) TRY(write_file(*flags.out, indented(result)));
    if (flags.schedule) {
        std::vector<std::string> names;
        std::vector<std::vector<double>> columns;
        for (const auto& one : plan.series) names.push_back(one.component + "-" + one.attribute + ":" + one.name), columns.push_back(one.values);
        TRY(write_file(*flags.schedule, schedule_csv(names, columns)));
    }
    std::string text = fmt::format("{} ({}): objective {:.4f}, constant {:.4f}, proven bound {:.4f}, gap {:.1e}\n", name_of(plan.outcome), plan.method,
        plan.objective, plan.constant, plan.bound, plan.gap);
    for (const auto& one : plan.sizes) fmt::format_to(std::back_inserter(text), "  {:<14} {:<28} {:14.3f}\n", one.component, one.name, one.size);
    for (const auto& one : plan.limits) fmt::format_to(std::back_inserter(text), "  {}: {:.6g}, price {:.6g}\n", one.name, one.limit, one.price);
    if (!network.ignored.empty()) fmt::format_to(std::back_inserter(text), "  not read: {}\n", fmt::join(network.ignored, ", "));
    console.out(console.json ? result + "\n" : text);
    return 0;
}

} // namespace

Command network_command() {
    return command("plan", "network", "Plan a network of buses, lines, links, generators and stores from a folder of PyPSA's CSV files.", run_network);
}

} // namespace greenbank::planning
