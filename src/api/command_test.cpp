// command_test.cpp — flags into a described struct, and every wrong one named.
#include "api/command.h"

#include <doctest/doctest.h>

namespace greenbank {
namespace {

struct PumpOptions {
    std::string in;
    std::int64_t top = 20;
    bool dry_run = false;
    std::vector<std::string> codes;
    std::optional<double> price_max;
};
Record describe(const PumpOptions*) {
    return {"pump_options", "What to do.",
        {field<&PumpOptions::in>("in", "A file.", {.min = 1}), field<&PumpOptions::top>("top", "How many.", {.min = 1, .max = 100, .defaulted = true}),
            field<&PumpOptions::dry_run>("dry_run", "Only look.", {.defaulted = true}), field<&PumpOptions::codes>("codes", "Codes."),
            field<&PumpOptions::price_max>("price_max", "At most.")}};
}

Result<int> pump(const PumpOptions& options, Console& console) {
    console.out(options.in);
    return static_cast<int>(options.top) + (options.dry_run ? 1000 : 0) + 100 * static_cast<int>(options.codes.size());
}

/// "" or the exit status and output; else every problem as "field code".
std::string check(std::vector<std::string> words) {
    const Command row = command("water", "pump", "Pump it.", pump);
    auto prepared = row.prepare(words);
    if (!prepared) {
        std::string problems;
        for (const Problem& problem : prepared.error().problems) problems += (problems.empty() ? "" : "; ") + problem.field + " " + problem.code;
        return problems;
    }
    std::string out;
    Console console{.out = [&](std::string_view text) { out += text; }, .aside = {}};
    return std::to_string(prepared.value()(console).value()) + " " + out;
}

} // namespace

TEST_CASE("flags are set by name, and all that is wrong is said at once") {
    CHECK(check({"--in", "a.csv"}) == "20 a.csv");
    CHECK(check({"--in=a=b.csv", "--top", "5", "--dry-run"}) == "1005 a=b.csv");
    CHECK(check({"--in", "-", "--codes", "a,b", "--codes", "c"}) == "320 -");
    CHECK(check({}) == "--in field.missing");
    CHECK(check({"--in"}) == "--in flag.without_value");
    CHECK(check({"--top", "x", "more", "--price-max", "much", "--wrong"}) ==
          "--top field.type_integer; more flag.unknown; --price-max field.type_real; --wrong flag.unknown; --in field.missing");
    CHECK(check({"--in", "a", "--top", "101"}) == "--top number.too_high");
    CHECK(command_help(command("water", "pump", "Pump it.", pump)).find("--price-max") != std::string::npos);
}

} // namespace greenbank
