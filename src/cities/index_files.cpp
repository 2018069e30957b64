// index_files.cpp — two tables and a recipe in, one table a stage out.
#include "cities/index_files.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "api/files.h"
#include "cities/index_report.h"
#include "cities/index_tables.h"
#include "cities/recipe_records.h"
#include "kernel/csv.h"
#include "sheets/named_rows.h"
#include "json/json.h"

namespace greenbank::cities {

namespace {

/// A period becomes the name of a folder.
Result<std::string> folder_of(const std::string& time) {
    if (!time.empty() && time[0] != '.' && time.find_first_of("/\\") == std::string::npos) return time;
    return Error{
        Failure::invalid, "cities.index_period_name", "The period {time} cannot be the name of a folder; call it otherwise, such as 2026.", {{"time", time}}};
}

Result<Done> write_all(const std::string& folder, const Files& files) {
    namespace fs = std::filesystem;
    for (const auto& [name, text] : files) {
        std::error_code failed;
        const fs::path path = fs::path(folder) / name;
        fs::create_directories(path.parent_path(), failed);
        if (failed || !fs::is_directory(path.parent_path(), failed))
            return Error{Failure::invalid, "cities.index_folder", "{path} is no folder and cannot be made one; name another.", {{"path", folder}}};
        TRY(write_file(path.string(), text));
    }
    return Done{};
}

Result<int> run(const IndexOptions& options, Console& console) {
    const Files files = TRY(compute_texts(options));
    TRY(write_all(options.out, files));
    if (console.json) return console.out(files.at("summary.json")), 0;
    const auto results = files.find("results_full.csv");
    if (results != files.end()) {
        const Csv table = TRY(parse_csv(results->second));
        const auto rank = static_cast<std::size_t>(table.column("Rank")); // before it the unit and its period, after it the score
        for (std::size_t row = 0; row < std::min<std::size_t>(10, table.rows.size()); ++row)
            console.out(fmt::format("{:>4}  {}  {}\n", table.rows[row][rank],
                join({table.rows[row].begin(), table.rows[row].begin() + static_cast<std::ptrdiff_t>(rank)}, " "), table.rows[row][rank + 1]));
    }
    console.out(fmt::format("{} files in {}\n", files.size(), options.out));
    return 0;
}

} // namespace

Record describe(const IndexOptions*) {
    return {"index_options", "Which data, by which recipe.",
        {field<&IndexOptions::data>(
             "data", "The units: a table uCode, an indicator a column, and, if wanted, uName, Time, groups and denominators.", {.min = 1}),
            field<&IndexOptions::meta>(
                "meta", "The indicators: a table iCode,Level,Direction,Weight,Parent,Type and, if wanted, iName,Unit,Target,Denominator.", {.min = 1}),
            field<&IndexOptions::recipe>("recipe", "How the index is made, JSON; docs/index-recipes.md says how it is written.", {.min = 1}),
            field<&IndexOptions::out>("out", "The folder to write: one CSV a stage, and summary.json.", {.min = 1}),
            field<&IndexOptions::threads>("threads", "How many threads draw; 0: as many as there are processors. The numbers do not depend on it.",
                {.min = 0, .max = 256, .defaulted = true})}};
}

Result<Recipe> read_recipe(const std::string& path) {
    return sheets::in_file(from_json<Recipe>(TRY(read_file(path))), "cities.recipe_file", "The recipe in {path} is not right; every fault is named.", path);
}

Result<Files> compute_texts(const IndexOptions& options) {
    const Recipe recipe = TRY(read_recipe(options.recipe));
    const IndexTables tables = TRY(read_index_tables(options.meta, options.data));
    const unsigned threads = options.threads > 0 ? static_cast<unsigned>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
    const std::vector<std::string> times = tables.data.times();
    if (times.size() == 1 || recipe.periods_together) return report(tables.framework, tables.data, recipe, threads);
    Files all; // each period by itself, in a folder of its own
    for (const std::string& time : times) {
        const std::string folder = TRY(folder_of(time));
        for (auto& [name, text] : TRY(report(tables.framework, tables.data.at(time), recipe, threads))) all[folder + "/" + name] = std::move(text);
    }
    std::string together = "{\"periods\":[";
    for (const std::string& time : times) together += (together.back() == '[' ? "" : ",") + all.at(time + "/summary.json");
    all["summary.json"] = indented(together + "]}") + "\n";
    return all;
}

Command compute_command() {
    return command("index", "compute", "Compute a composite indicator by a recipe: every stage, ranks, their uncertainty and what they hang on.", run);
}

} // namespace greenbank::cities
