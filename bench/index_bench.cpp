// A composite index of 51 units and 49 indicators under other choices: Monte Carlo and Sobol's indices, beside computing the whole index anew for each sample.
//   index_bench [FOLDER of the ASEM data] [threads]      without the folder: random numbers in the same shape
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "cities/engine/uncertainty.h"
#include "cities/index_tables.h"
#include "kernel/random.h"

namespace greenbank::cities {
namespace {

template <class Work> double seconds_of(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Forty-nine indicators in eight pillars in two sub-indices.
IndexTables random_tables() {
    constexpr int sizes[] = {8, 5, 3, 6, 8, 5, 9, 5};
    std::vector<Node> nodes;
    const auto add = [&](std::string code, std::string parent, std::int64_t level) {
        Node& node = nodes.emplace_back();
        node.code = std::move(code);
        node.parent = std::move(parent);
        node.level = level;
    };
    for (int pillar = 0, k = 0; pillar < 8; ++pillar) {
        add(fmt::format("pillar{}", pillar), pillar < 5 ? "left" : "right", 2);
        for (int i = 0; i < sizes[pillar]; ++i, ++k) add(fmt::format("indicator{}", k), fmt::format("pillar{}", pillar), 1);
    }
    add("left", "index", 3);
    add("right", "index", 3);
    add("index", "", 4);
    IndexTables tables{make_framework(std::move(nodes)).value(), {}};
    Random random(1);
    for (int i = 0; i < 51; ++i) {
        tables.data.units.push_back({fmt::format("u{}", i), "", ""});
        tables.data.groups["EurAsia_group"].push_back(i % 2 == 0 ? "Europe" : "Asia");
    }
    tables.data.indicators.assign(49, Column(51));
    for (Column& column : tables.data.indicators)
        for (double& number : column) number = std::exp(3 * random.uniform());
    return tables;
}

Recipe uncertain_recipe() {
    Recipe recipe;
    recipe.steps = {
        {.denominate = Denominate{}}, {.impute = Impute{Imputation::group_mean, "EurAsia_group"}}, {.treat = Treat{}}, {.normalise = Normalise{.from = 1}}};
    recipe.uncertainty = Uncertainty{.impute = {{Imputation::group_mean, "EurAsia_group"}, {Imputation::median, ""}, {Imputation::em, ""}},
        .treat = {{}, {.winsorise_most = 0, .then = Transform::none}},
        .normalise = {{.from = 1}, {.method = Normalisation::rank}},
        .aggregate = {{}, {.method = Aggregation::geometric}},
        .weights = {{1, 0.25}, {2, 0.25}, {3, 0.25}},
        .leave_one_out = true};
    return recipe;
}

int run(const std::string& folder, unsigned threads) {
    IndexTables tables;
    if (std::filesystem::exists(folder + "/asem_iData.csv")) {
        auto read = read_index_tables(folder + "/asem_iMeta.csv", folder + "/asem_iData.csv");
        if (!read) return fmt::print(stderr, "{}\n", read.error().message), 1;
        tables = std::move(read).value();
    } else {
        tables = random_tables();
    }
    const Recipe recipe = uncertain_recipe();
    const Computed computed = compute(tables.framework, tables.data, recipe).value();
    auto prepared = ChoiceSpace::prepare(tables.framework, tables.data, recipe, computed);
    require(static_cast<bool>(prepared), "the choices of the benchmark can be computed");
    const ChoiceSpace& choices = prepared.value();
    const double preparing = seconds_of([&] { (void)ChoiceSpace::prepare(tables.framework, tables.data, recipe, computed); });
    Columns alone, together;
    const double one = seconds_of([&] { alone = draw_ranks(choices, 1, 1000, 1); });
    const double several = seconds_of([&] { together = draw_ranks(choices, 1, 1000, threads); });
    require(alone == together, "the number of threads changes nothing");
    const double anew = seconds_of([&] {
        for (int i = 0; i < 100; ++i) (void)compute(tables.framework, tables.data, recipe);
    }) * 10;
    std::vector<Sensitivity> found;
    const double sensitivity = seconds_of([&] { found = sensitivity_of(choices, 1, 1000, threads); });
    fmt::print(
        "{} units, {} indicators, {} factors, {} threads\n", computed.last().rows.size(), tables.framework.indicators, choices.factors().size(), threads);
    fmt::print("all combinations prepared                        {:8.1f} ms\n", 1e3 * preparing);
    fmt::print("1,000 recomputations, one thread                 {:8.1f} ms\n", 1e3 * one);
    fmt::print("1,000 recomputations, {} threads                  {:8.1f} ms   aim <= 1000\n", threads, 1e3 * several);
    fmt::print("the whole index anew 1,000 times, one thread     {:8.1f} ms   {:.1f} times\n", 1e3 * anew, anew / one);
    fmt::print("Sobol, {} factors x 1,000 base samples            {:8.1f} ms   aim <= 10000\n", choices.factors().size(), 1e3 * sensitivity);
    for (std::size_t f = 0; f < choices.factors().size(); ++f)
        fmt::print("    {:20} first {:6.3f} +- {:.3f}   total {:6.3f} +- {:.3f}\n", choices.factors()[f], found[0].first[f], found[0].first_error[f],
            found[0].total[f], found[0].total_error[f]);
    return 0;
}

} // namespace
} // namespace greenbank::cities

int main(int count, char** arguments) {
    const unsigned threads = count > 2 ? static_cast<unsigned>(std::atoi(arguments[2])) : std::thread::hardware_concurrency();
    return greenbank::cities::run(count > 1 ? arguments[1] : "", threads);
}
