// roles_cities.cpp — the rows of territories, their inventories, indices and certificates.
#include <tuple>

#include "roles.h"

namespace greenbank::testing {

namespace {

struct Entered {
    std::map<bool, std::string> territories, inventories, indices;
};

Entered enter(Stage& stage) {
    Entered entered;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        const std::string territory = create(manager, "/territories", R"({"title":{"en":"A town"},"kind":"city","boundary":{"en":"all of it"}})");
        entered.territories[own] = "/territories/" + territory;
        entered.inventories[own] =
            "/territory-inventories/" +
            create(manager, "/territory-inventories", fmt::format(R"({{"territory":"{}","title":{{"en":"x"}},"year":2024,"lines":[],"notes":[]}})", territory));
        entered.indices[own] =
            "/city-indices/" + create(manager, "/city-indices", R"({"title":{"en":"x"},"year":2025,"source":"x","indicators":[],"cities":[]})");
    }
    return entered;
}

void add_cities(Stage& stage, Probes& rows) {
    static Entered entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string bank = "bank.cities";
    rows["territory_list"] = {200, at("/territories")};
    rows["territory_get"] = {200, of(&Entered::territories), "", bank};
    rows["territory_create"] = {422, at("/territories"), "{}"};
    rows["territory_update"] = {412, of(&Entered::territories), R"({"population":5})", bank, 404, no_version};
    rows["territory_delete"] = {404, at("/territories/territory_nobody")};
    rows["territory_publish"] = {412, of(&Entered::territories, "/publish"), "", bank, 404, no_version};
    rows["territory_withdraw"] = {412, of(&Entered::territories, "/withdraw"), "", bank, 404, no_version};
    rows["territory_inventory_list"] = {200, at("/territory-inventories")};
    rows["territory_inventory_get"] = {200, of(&Entered::inventories), "", bank};
    rows["territory_inventory_create"] = {422, at("/territory-inventories"), "{}"};
    rows["territory_inventory_update"] = {412, of(&Entered::inventories), R"({"year":2023})", bank, 404, no_version};
    rows["territory_inventory_delete"] = {404, at("/territory-inventories/balance_nobody")};
    rows["territory_inventory_import"] = {422, of(&Entered::inventories, "/lines"), "strange\n1\n", bank};
    rows["territory_inventory_fetch"] = {409, of(&Entered::inventories, "/fetch"), "", bank};
    rows["territory_inventory_finish"] = {412, of(&Entered::inventories, "/finish"), "", bank, 404, no_version};
    rows["territory_inventory_reopen"] = {412, of(&Entered::inventories, "/reopen"), "", bank, 404, no_version};
    rows["territory_inventory_change"] = {404, at("/territory-inventories/balance_nobody/change")};
    rows["territory_inventory_pdf"] = {200, of(&Entered::inventories, "/pdf"), "", bank};
    rows["territory_inventory_xlsx"] = {200, of(&Entered::inventories, "/xlsx"), "", bank};
    rows["city_index_list"] = {200, at("/city-indices")};
    rows["city_index_get"] = {200, of(&Entered::indices), "", bank};
    rows["city_index_create"] = {422, at("/city-indices"), "{}"};
    rows["city_index_update"] = {412, of(&Entered::indices), R"({"year":2023})", bank, 404, no_version};
    rows["city_index_delete"] = {404, at("/city-indices/cityindex_nobody")};
    rows["city_index_publish"] = {412, of(&Entered::indices, "/publish"), "", bank, 404, no_version};
    rows["city_index_withdraw"] = {412, of(&Entered::indices, "/withdraw"), "", bank, 404, no_version};
    rows["city_index_try"] = {404, at("/city-indices/cityindex_nobody/try"), "{}"};
    rows["city_index_gains"] = {404, at("/city-indices/cityindex_nobody/gains?city=x")};
    rows["city_index_sensitivity"] = {404, at("/city-indices/cityindex_nobody/sensitivity")};
    rows["city_index_over_time"] = {404, at("/city-indices/cityindex_nobody/over-time")};
    rows["peak_scenario_library_measures"] = {404, at("/peak-scenarios/peak_nobody/library-measures")};
    rows["carbon_assessment_measure"] = {404, at("/carbon-assessments/assessment_nobody/measure")};
    rows["city_index_file"] = {404, at("/city-indices/cityindex_nobody/file?part=data")};
    for (const auto& [name, path, change] :
        {std::tuple<std::string, std::string, std::string>{"peak_scenario", "/peak-scenarios/peak_nobody", R"({"until_year":2035})"},
            {"carbon_target", "/carbon-targets/target_nobody", R"({"year":2027})"},
            {"carbon_assessment", "/carbon-assessments/assessment_nobody", R"({"output":2})"},
            {"zero_plan", "/zero-plans/zeroplan_nobody", R"({"zero_year":2040})"}}) {
        rows[name + "_list"] = {200, at(path.substr(0, path.rfind('/')))};
        rows[name + "_get"] = {404, at(path)};
        rows[name + "_create"] = {422, at(path.substr(0, path.rfind('/'))), "{}"};
        rows[name + "_update"] = {404, at(path), change};
        rows[name + "_delete"] = {404, at(path)};
    }
    rows["carbon_target_report"] = {404, at("/carbon-targets/target_nobody/months"), R"({"month":1,"kg":5,"evidence":"meter"})"};
    rows["carbon_target_appeal"] = {404, at("/carbon-targets/target_nobody/appeals"), R"({"text":"x"})"};
    rows["carbon_target_answer"] = {404, at("/carbon-targets/target_nobody/answer"), R"({"granted":true,"answer":"x"})"};
    rows["target_warning_list"] = {200, at("/target-warnings")};
    rows["target_warning_get"] = {404, at("/target-warnings/targetwarning_nobody")};
    rows["target_warning_answer"] = {404, at("/target-warnings/targetwarning_nobody/answer"), R"({"text":"x"})"};
    rows["carbon_assets_get"] = {200, at("/carbon-assets")};
    rows["territory_dashboard_get"] = {200, of(&Entered::territories, "/dashboard"), "", bank};
    rows["territory_open_data"] = {200, of(&Entered::territories, "/open-data"), "", bank};
    rows["island_criteria_list"] = {200, at("/island-criteria")};
    rows["island_alliance_get"] = {200, at("/island-alliance")};
    rows["island_certificate_list"] = {200, at("/island-certificates")};
    rows["island_certificate_create"] = {422, at("/island-certificates"), "{}"};
    rows["island_certificate_update"] = {404, at("/island-certificates/zerocert_nobody"), R"({"evidence":[]})"};
    const std::string nobody = "/island-certificates/zerocert_nobody";
    rows["island_certificate_get"] = {404, at(nobody)};
    rows["island_certificate_pdf"] = {404, at(nobody + "/pdf")};
    rows["island_certificate_delete"] = {404, at(nobody)};
    for (const std::string name : {"submit", "review", "verify", "return", "issue", "withdraw"})
        rows["island_certificate_" + name] = {404, at(nobody + "/" + name)};
}

const RoleRows rows(add_cities);

} // namespace

} // namespace greenbank::testing
