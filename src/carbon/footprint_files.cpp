// footprint_files.cpp — four tables in, scores with their parts and their uncertainty out.
#include "carbon/footprint_files.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "api/files.h"
#include "carbon/triplets.h"
#include "json/json.h"

namespace greenbank::carbon {

struct SolveOptions {
    std::string technosphere, biosphere, characterisation, demand;
    std::optional<std::string> out;
    std::int64_t monte_carlo = 0, seed = 1, threads = 0, parts = 10;
};
Record describe(const SolveOptions*) {
    return {"footprint_options", "Which product system, and what is asked of it.",
        {field<&SolveOptions::technosphere>("technosphere",
             "Products by processes: what is made above 0, what is used below: a table row,col,value and, if wanted, distribution,p1,p2.", {.min = 1}),
            field<&SolveOptions::biosphere>("biosphere", "Flows by processes, the same columns.", {.min = 1}),
            field<&SolveOptions::characterisation>("characterisation", "Methods by flows, the same columns.", {.min = 1}),
            field<&SolveOptions::demand>("demand", "Products by demands: row,col,value.", {.min = 1}),
            field<&SolveOptions::out>("out", "The answer to write, JSON; - writes standard output.", {.min = 1}),
            field<&SolveOptions::monte_carlo>("monte_carlo", "How many samples to draw; 0: none.", {.min = 0, .max = 10'000'000, .defaulted = true}),
            field<&SolveOptions::seed>("seed", "What the draws begin from.", {.min = 0, .defaulted = true}),
            field<&SolveOptions::threads>("threads", "How many threads draw; 0: as many as there are processors. The numbers do not depend on it.",
                {.min = 0, .max = 256, .defaulted = true}),
            field<&SolveOptions::parts>("parts", "How many of the largest parts of each score to tell.", {.min = 0, .max = 100'000, .defaulted = true})}};
}

namespace {

Error error_of(const Fault& fault, const NamedModel& named) {
    const auto product = [&] { return Parameter{"product", named.products[fault.product]}; };
    switch (fault.flaw) {
    case Flaw::product_unmade:
        return {Failure::invalid, "carbon.product_unmade",
            "No process is left to make {product}, while {process} makes nothing that another one does not make; the technosphere needs one process a product.",
            {product(), {"process", named.processes[fault.process]}}};
    case Flaw::singular:
        return {Failure::invalid, "carbon.singular", "The system has no answer: somewhere a loop uses up all that it makes. Check the amounts of the loops."};
    case Flaw::not_finite: return {Failure::invalid, "carbon.not_finite", "An amount is infinite or no number."};
    case Flaw::not_square:
    case Flaw::none: break;
    }
    return {Failure::invalid, "carbon.not_square",
        "There are {products} products and {processes} processes; there must be as many of one as of the other. Join what makes the same product, or divide "
        "what makes several.",
        {{"products", std::to_string(named.model.products)}, {"processes", std::to_string(named.model.processes)}}};
}

void write_parts(JsonWriter& json, std::string_view key, const std::vector<Part>& parts, const NameList& names, std::size_t most) {
    json.key(key).begin_list();
    for (std::size_t i = 0; i < std::min(most, parts.size()); ++i)
        json.begin_object().member("name", names[parts[i].of]).member("amount", parts[i].amount).end_object();
    json.end_list();
}

/// "technosphere cement, kiln"
std::string exchange_name(const NamedModel& named, std::uint32_t number) {
    const auto& technosphere = named.model.technosphere;
    const auto& biosphere = named.model.biosphere;
    if (number < technosphere.size())
        return fmt::format("technosphere {}, {}", named.products[technosphere[number].row], named.processes[technosphere[number].column]);
    number -= static_cast<std::uint32_t>(technosphere.size());
    if (number < biosphere.size()) return fmt::format("biosphere {}, {}", named.flows[biosphere[number].row], named.processes[biosphere[number].column]);
    number -= static_cast<std::uint32_t>(biosphere.size());
    const Exchange& one = named.model.characterisation[number];
    return fmt::format("characterisation {}, {}", named.methods[one.row], named.flows[one.column]);
}

void write_details(JsonWriter& json, const NamedModel& named, const Solution& solution, std::size_t most) {
    json.key("parts").begin_list();
    for (std::uint32_t demand = 0; demand < named.demands.size(); ++demand)
        for (std::uint32_t method = 0; method < named.model.methods; ++method) {
            json.begin_object().member("demand", named.demand_names[demand]).member("method", named.methods[method]);
            write_parts(json, "by_process", by_process(named.model, solution, demand, method), named.processes, most);
            write_parts(json, "by_flow", by_flow(named.model, solution, demand, method), named.flows, most);
            const VarianceParts variance = variance_parts(named.model, solution, demand, method);
            if (variance.variance > 0) {
                json.member("first_order_deviation", std::sqrt(variance.variance)).key("variance_shares").begin_list();
                for (std::size_t i = 0; i < std::min(most, variance.shares.size()); ++i)
                    json.begin_object().member("exchange", exchange_name(named, variance.shares[i].of)).member("share", variance.shares[i].amount).end_object();
                json.end_list();
            }
            json.end_object();
        }
    json.end_list();
}

std::vector<double> column_of(const Sampled& sampled, std::size_t demand, std::size_t method) {
    std::vector<double> numbers;
    for (const Scores& scores : sampled.scores) numbers.push_back(scores.at(demand, method));
    return numbers;
}

void write_sampled(JsonWriter& json, const NamedModel& named, const Sampled& sampled, std::int64_t seed) {
    json.key("monte_carlo").begin_object().member("samples", static_cast<std::int64_t>(sampled.scores.size())).member("seed", seed);
    json.member("sweeps", static_cast<std::int64_t>(sampled.sweeps)).member("solved_by_krylov", static_cast<std::int64_t>(sampled.krylov));
    json.member("solved_by_factorisation", static_cast<std::int64_t>(sampled.refactored)).member("not_solved", static_cast<std::int64_t>(sampled.failed));
    json.key("scores").begin_list();
    for (std::uint32_t demand = 0; demand < named.demands.size(); ++demand)
        for (std::uint32_t method = 0; method < named.model.methods; ++method) {
            const Summary summary = summary_of(column_of(sampled, demand, method));
            json.begin_object().member("demand", named.demand_names[demand]).member("method", named.methods[method]);
            json.member("mean", summary.mean).member("deviation", summary.deviation).member("median", summary.median);
            json.member("low_2_5", summary.low).member("high_97_5", summary.high).end_object();
        }
    json.end_list();
    if (named.demands.size() > 1 && named.demands.size() <= 50) {
        json.key("chance_below").begin_list(); // of the first demand of a pair, draws shared
        for (std::uint32_t method = 0; method < named.model.methods; ++method)
            for (std::uint32_t one = 0; one < named.demands.size(); ++one)
                for (std::uint32_t other = one + 1; other < named.demands.size(); ++other)
                    json.begin_object()
                        .member("method", named.methods[method])
                        .member("first", named.demand_names[one])
                        .member("second", named.demand_names[other])
                        .member("chance", chance_below(column_of(sampled, one, method), column_of(sampled, other, method)))
                        .end_object();
        json.end_list();
    }
    json.end_object();
}

Result<int> solve_files(const SolveOptions& options, Console& console) {
    const NamedModel named = TRY(read_triplets({options.technosphere, options.biosphere, options.characterisation, options.demand}));
    Fault fault;
    const auto solution = solve(named.model, named.demands, fault);
    if (!solution) return error_of(fault, named);
    std::optional<Sampled> sampled;
    if (options.monte_carlo > 0) {
        const unsigned threads = options.threads > 0 ? static_cast<unsigned>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
        sampled = monte_carlo(named.model, named.demands,
            {.seed = static_cast<std::uint64_t>(options.seed), .samples = static_cast<std::uint32_t>(options.monte_carlo), .threads = threads}, fault);
        if (!sampled) return error_of(fault, named);
    }
    JsonWriter json;
    const auto list = [&](std::string_view key, const NameList& names) {
        json.key(key).begin_list();
        for (std::uint32_t i = 0; i < names.size(); ++i) json.text(names[i]);
        json.end_list();
    };
    json.begin_object();
    list("demands", named.demand_names);
    list("methods", named.methods);
    json.key("scores").begin_list();
    for (std::size_t demand = 0; demand < named.demands.size(); ++demand) {
        json.begin_list();
        for (std::size_t method = 0; method < named.model.methods; ++method) json.real(solution->scores.at(demand, method));
        json.end_list();
    }
    json.end_list()
        .key("solved")
        .begin_object()
        .member("by", solution->direct ? "factorisation" : "sweeps")
        .member("sweeps", static_cast<std::int64_t>(solution->sweeps));
    json.member("processes", static_cast<std::int64_t>(named.model.processes))
        .member("links", static_cast<std::int64_t>(named.model.technosphere.size()))
        .end_object();
    if (options.parts > 0 && named.demands.size() * named.model.methods <= 1000) write_details(json, named, *solution, static_cast<std::size_t>(options.parts));
    if (sampled) write_sampled(json, named, *sampled, options.seed);
    json.end_object();
    const std::string text = json.take() + "\n";
    if (options.out) TRY(write_file(*options.out, text));
    if (options.out == "-") return 0;
    if (console.json) return console.out(text), 0;
    for (std::uint32_t demand = 0; demand < named.demands.size(); ++demand)
        for (std::uint32_t method = 0; method < named.model.methods; ++method) {
            std::string line = fmt::format("{}  {}  {:.10g}", named.demand_names[demand], named.methods[method], solution->scores.at(demand, method));
            if (sampled) {
                const Summary summary = summary_of(column_of(*sampled, demand, method));
                line += fmt::format("  [{:.4g}, {:.4g}]", summary.low, summary.high);
            }
            console.out(line + "\n");
            const auto parts = by_process(named.model, *solution, demand, method);
            for (std::size_t i = 0; i < std::min<std::size_t>(5, parts.size()) && options.parts > 0; ++i)
                console.out(fmt::format("    {:6.1f} %  {}\n", 100 * parts[i].amount / solution->scores.at(demand, method), named.processes[parts[i].of]));
        }
    return 0;
}

} // namespace

Command solve_command() { return command("footprint", "solve", "Solve a product system: scores of demands, their parts, and their uncertainty.", solve_files); }

} // namespace greenbank::carbon
