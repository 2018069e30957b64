// targets_cities.cpp — a territory, an inventory, an index and an application that broken changes are sent to.
#include "targets.h"

namespace greenbank::testing {

namespace {

void add_cities(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string territory = create(person, "/territories", R"({"title":{"en":"target"},"kind":"island","boundary":{"en":"all of it"}})");
    places["territory_update"] = "/territories/" + territory;
    const std::string lines =
        R"([{"name":"Grid","sector":"residential_buildings","scope":"scope_2","amount":1,"unit":"kWh","stated_kg":0.5,"stated_percent":5,"stated_source":"x","stated_status":"sample"}])"; // a bank without samples knows no factor
    const auto inventory = [&](const std::string& notes) {
        return create(person, "/territory-inventories",
            fmt::format(R"({{"territory":"{}","title":{{"en":"target"}},"year":2024,"level":"basic","lines":{},"notes":{}}})", territory, lines, notes));
    };
    places["territory_inventory_update"] = "/territory-inventories/" + inventory("[]");
    places["city_index_update"] =
        "/city-indices/" + create(person, "/city-indices", R"({"title":{"en":"target"},"year":2025,"source":"x","indicators":[],"cities":[]})");
    const std::string organisation = enter_organisation(person, "Responsible of the target");
    places["peak_scenario_update"] =
        "/peak-scenarios/" +
        create(person, "/peak-scenarios",
            fmt::format(
                R"({{"territory":"{}","title":{{"en":"target"}},"base_year":2024,"until_year":2040,"growth_percent":4,"growth_end_percent":1,"sectors":[{{"code":"a","name":{{"en":"all"}},"kg":1000,"share_percent":100,"intensity_change_percent":-2}}],"measures":[],"source":"x"}})",
                territory));
    places["carbon_target_update"] =
        "/carbon-targets/" +
        create(person, "/carbon-targets",
            fmt::format(
                R"({{"territory":"{}","responsible":"{}","title":{{"en":"target"}},"year":2026,"kind":"absolute","limit_kg":1000}})", territory, organisation));
    places["carbon_assessment_update"] =
        "/carbon-assessments/" +
        create(person, "/carbon-assessments",
            fmt::format(R"({{"territory":"{}","title":{{"en":"target"}},"output":10,"output_unit":"t","kg":100,"ceiling_kg":12,"source":"x"}})", territory));
    places["zero_plan_update"] =
        "/zero-plans/" +
        create(person, "/zero-plans",
            fmt::format(
                R"({{"territory":"{}","title":{{"en":"target"}},"base_year":2025,"base_kg":1000,"zero_year":2030,"steps":[{{"year":2027,"kg":1000,"measure":{{"en":"sun"}}}}],"source":"x"}})",
                territory));
    std::string notes;
    for (const char* sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy", "other_stationary",
             "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill", "biological_treatment",
             "incineration", "wastewater"})
        notes += fmt::format(R"({}{{"sector":"{}","key":"no"}})", notes.empty() ? "[" : ",", sector);
    const std::string final_one = inventory(notes + "]");
    const Answer finished = person.post("/territory-inventories/" + final_one + "/finish");
    REQUIRE_MESSAGE(finished.status == 200, finished.body);
    const std::string assessor = enter_organisation(person, "Assessor of the target", "assessor");
    places["island_certificate_update"] =
        "/island-certificates/" +
        create(person, "/island-certificates", fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":[]}})", final_one, assessor));
}

const TargetRows rows(add_cities);

} // namespace

} // namespace greenbank::testing
