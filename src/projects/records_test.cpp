// records_test.cpp — the law of disclosure names every field of a project, and no field of it is forgotten.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "library/reference.h"
#include "projects/operations.h"

namespace greenbank::projects {

static library::Reference read_all() {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::string_view> files;
    for (const auto& file : std::filesystem::directory_iterator("data/reference")) {
        std::ostringstream text;
        text << std::ifstream(file.path(), std::ios::binary).rdbuf();
        files[file.path().filename()] = texts[file.path().filename()] = text.str();
    }
    auto reference = library::read_reference(files);
    REQUIRE(reference);
    return std::move(reference).value();
}

TEST_CASE("each field of a project has its row in the law of disclosure, and each row its field") {
    const library::DisclosureLaw law = read_all().disclosure;
    const std::set<std::string_view> bookkeeping = {"disclosure", "state", "sample", "created_at", "updated_at", "version"};
    for (const Field& field : record_of<Project>().fields)
        if (!bookkeeping.contains(field.name)) CHECK_MESSAGE(law.find("project", field.name), field.name, " has no row in disclosure.csv");
    for (const library::FieldRule& rule : law.of("project"))
        CHECK_MESSAGE((rule.field == "documents" || record_of<Project>().find(rule.field)), rule.field, " is no field");
}

TEST_CASE("each effect has a unit that can be read, and a plan made of a project adds up to its budget") {
    for (std::size_t i = 0; i < std::size(Choices<EffectKind>::values); ++i) CHECK(parse_unit(unit_like(static_cast<EffectKind>(i))));
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        Project project;
        project.title = {"", "A plant", ""};
        project.life = 1 + static_cast<std::int64_t>(random.below(40));
        project.budget = Money{static_cast<std::int64_t>(random.below(1'000'000)), "CNY"};
        std::int64_t left = project.budget->minor;
        for (std::uint64_t line = random.below(4); line > 0; --line) {
            const std::int64_t part = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(left) + 1));
            left -= part;
            project.budget_lines.push_back({.kind = BudgetKind::capital, .name = {"", "part", ""}, .amount = {part, "CNY"}, .source = {}});
        }
        const double sold = static_cast<double>(random.below(1000));
        if (random.below(2)) project.effects.push_back({.kind = EffectKind::emissions_avoided, .value = sold, .unit = "kgCO2e", .price = Money{6800, "CNY"}});
        if (random.below(2)) project.effects.push_back({.kind = EffectKind::electricity_generated, .value = 12, .unit = "MWh", .price = Money{9000, "CNY"}});
        const AppraisalPlan plan = plan_of(project, Language::en);
        std::int64_t capital = 0;
        for (const CapitalRow& row : plan.capital) capital += row.amount.minor;
        CHECK(capital == project.budget->minor);
        CHECK(plan.years == project.life);
        CHECK(plan.outputs.size() == project.effects.size());
        CHECK(std::ranges::count_if(plan.outputs, [](const OutputRow& row) { return row.main; }) == (plan.outputs.empty() ? 0 : 1));
        for (const AvoidedRow& row : plan.avoided) CHECK(row.tonnes == doctest::Approx(sold / 1000));
        if (!plan.capital.empty()) CHECK(validate(plan));
    }
}

} // namespace greenbank::projects
