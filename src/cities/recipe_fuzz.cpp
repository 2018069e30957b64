// recipe_fuzz.cpp — any recipe over a small sound index, and any tables: answers or a refusal, never a crash.
#include <cstdint>
#include <fstream>
#include <unistd.h>

#include "cities/index_files.h"
#include "cities/index_tables.h"
#include "cities/recipe_records.h"
#include "json/json.h"

using namespace greenbank;
using namespace greenbank::cities;

namespace {

IndexTables small_index() {
    IndexTables tables;
    std::vector<Node> nodes(5);
    for (const auto& [i, code, parent, level] :
        {std::tuple{0, "a", "left", 1}, {1, "b", "left", 1}, {2, "c", "all", 1}, {3, "left", "all", 2}, {4, "all", "", 3}}) {
        nodes[static_cast<std::size_t>(i)].code = code;
        nodes[static_cast<std::size_t>(i)].parent = parent;
        nodes[static_cast<std::size_t>(i)].level = level;
    }
    nodes[1].direction = -1;
    nodes[2].denominator = "people";
    tables.framework = make_framework(std::move(nodes)).value();
    tables.data.units = {{"A", "", "1"}, {"A", "", "2"}, {"B", "", "1"}, {"B", "", "2"}, {"C", "", "1"}};
    tables.data.indicators = {{1, 2, 3, missing, 5}, {0, -1, 7, 7, 1e9}, {1, 1, 2, missing, missing}};
    tables.data.denominators["people"] = {1, 2, 3, 4, missing};
    tables.data.groups["g"] = {"x", "y", "x", "y", "x"};
    return tables;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 1) return 0;
    const std::string text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    static const IndexTables tables = small_index();
    if (bytes[0] % 2 == 0) {
        auto recipe = from_json<Recipe>(text);
        if (!recipe) return 0;
        if (auto& uncertain = recipe.value().uncertainty) {
            uncertain->samples = std::min<std::int64_t>(uncertain->samples, 20);
            uncertain->sensitivity_samples = std::min<std::int64_t>(uncertain->sensitivity_samples, 5);
            uncertain->impute.resize(std::min<std::size_t>(uncertain->impute.size(), 3));
            uncertain->treat.resize(std::min<std::size_t>(uncertain->treat.size(), 3));
            uncertain->normalise.resize(std::min<std::size_t>(uncertain->normalise.size(), 3));
        }
        (void)report(tables.framework, tables.data, recipe.value(), 1);
        return 0;
    }
    static const std::string folder = "/tmp/greenbank-recipe-fuzz-" + std::to_string(getpid());
    const std::size_t cut = std::min(text.find('\f'), text.size()); // iMeta, form feed, iData
    std::ofstream(folder + ".meta") << text.substr(0, cut);
    std::ofstream(folder + ".data") << text.substr(std::min(cut + 1, text.size()));
    const auto read = read_index_tables(folder + ".meta", folder + ".data");
    Recipe plain;
    plain.steps.resize(2);
    plain.steps[0].impute = Impute{};
    plain.steps[1].normalise = Normalise{};
    if (read) (void)report(read.value().framework, read.value().data, plain, 1);
    return 0;
}
