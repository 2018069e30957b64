// cities_cast.h — an island with its verifiers, and inventories of it.
#pragma once

#include <set>

#include "cast.h"

namespace greenbank::testing {

/// Notation keys of everything that BASIC+ asks for and a small island does not have.
inline std::string notes(const std::set<std::string>& without = {}) {
    std::string list;
    for (const std::string sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy",
             "other_stationary", "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill",
             "biological_treatment", "incineration", "wastewater", "industrial_processes", "product_use", "livestock", "land", "other_land_use"})
        if (!without.contains(sector)) list += fmt::format(R"({}{{"sector":"{}","key":"no"}})", list.empty() ? "" : ",", sector);
    return "[" + list + "]";
}

struct Scene {
    Cast all{std::vector<std::string>{"--sample"}};
    Visitor first = all.visitor(), second = all.visitor();
    Visitor& owner = all.manager;
    std::string assessor, territory;

    Scene() {
        assessor = enter_organisation(all.administrator, "Island verifiers of the test", "assessor");
        join(all.administrator, first, "first@island-verifiers.test", "editor", assessor);
        join(all.administrator, second, "second@island-verifiers.test", "editor", assessor);
        territory = create(owner, "/territories",
            R"({"title":{"en":"Test Island"},"kind":"island","country":"CN","area":"CN-ZJ","population":100,"boundary":{"en":"all of it"},"alliance":true})");
    }
    std::string inventory(std::int64_t year, double litres, bool confidential = true, const std::string& more = "") {
        return "/territory-inventories/" +
               create(owner, "/territory-inventories",
                   fmt::format(
                       R"({{"territory":"{}","title":{{"en":"Balance of {}"}},"year":{},"population":100,"output":{{"amount":"{}.00","currency":"CNY"}},"energy_tj":{},)"
                       R"("lines":[{{"name":"Diesel","sector":"energy_industries","scope":"scope_1","amount":{},"unit":"L","uncertainty_percent":5,"kind":"fuel","subject":"diesel"}},)"
                       R"({{"name":"Secret works","sector":"industrial_processes","scope":"scope_1","amount":10,"unit":"t","uncertainty_percent":3,"stated_kg":1000,"stated_source":"test","stated_status":"sample","confidential":{}}},)"
                       R"({{"name":"Forest","sector":"forest_sink","scope":"scope_1","amount":20,"unit":"ha","uncertainty_percent":10,"stated_kg":9000,"stated_percent":20,"stated_source":"test","stated_status":"sample"}}],)"
                       R"("notes":{}{}}})",
                       territory, year, year, year == 2024 ? 1'000'000 : 1'100'000, year == 2024 ? 5 : 4, litres, confidential, notes(), more));
    }
};

} // namespace greenbank::testing
