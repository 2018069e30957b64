// targets_cities.cpp — a territory, an inventory, an index and an application that broken changes are sent to.
#include "targets.h"

namespace greenbank::testing {

namespace {

void add_cities(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string territory = create(person, "/territories", R"({"title":{"en":"target"},"kind":"island","boundary":{"en":"all of it"}})");
    places["territory_update"] = "/territories/" + territory;
    const std::string lines =
        R"([{"name":"Grid","sector":"residential_buildings","scope":"scope_2","amount":1,"unit":"kWh","kind":"grid_average","subject":"electricity"}])";
    const auto inventory = [&](const std::string& notes) {
        return create(person, "/territory-inventories",
            fmt::format(R"({{"territory":"{}","title":{{"en":"target"}},"year":2024,"level":"basic","lines":{},"notes":{}}})", territory, lines, notes));
    };
    places["territory_inventory_update"] = "/territory-inventories/" + inventory("[]");
    places["city_index_update"] =
        "/city-indices/" + create(person, "/city-indices", R"({"title":{"en":"target"},"year":2025,"source":"x","indicators":[],"cities":[]})");
    std::string notes;
    for (const char* sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy", "other_stationary",
             "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill", "biological_treatment",
             "incineration", "wastewater"})
        notes += fmt::format(R"({}{{"sector":"{}","key":"no"}})", notes.empty() ? "[" : ",", sector);
    const std::string final_one = inventory(notes + "]");
    REQUIRE(person.post("/territory-inventories/" + final_one + "/finish").status == 200);
    const std::string assessor = enter_organisation(person, "Assessor of the target", "assessor");
    places["island_certificate_update"] =
        "/island-certificates/" +
        create(person, "/island-certificates", fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":[]}})", final_one, assessor));
}

const TargetRows rows(add_cities);

} // namespace

} // namespace greenbank::testing
