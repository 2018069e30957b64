// targets_carbon_reductions.cpp — an inventory and a reduction project that broken changes are sent to.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_reductions(Visitor& person, std::map<std::string, std::string>& places) {
    places["inventory_update"] =
        "/inventories/" +
        create(person, "/inventories",
            R"({"title":{"en":"target"},"year":2024,"sources":[{"name":"Grid","category":"electricity","amount":1,"unit":"kWh","kind":"grid_average","subject":"electricity"}],"explained":[],"base_events":[]})");
    const std::string project = create(person, "/projects", project_body("target"));
    places["reduction_update"] =
        "/reduction-projects/" +
        create(person, "/reduction-projects",
            fmt::format(
                R"({{"project":"{}","title":{{"en":"target"}},"summary":{{}},"methodology":"island_diesel","starts_on":"2026-01-01","ends_on":"2027-12-31","stated":[{{"parameter":"SFC","value":0.3,"source":"x"}}],"meters":[{{"code":"M","parameter":"FC","class_percent":1,"calibrations":[]}}],"channels":[]}})",
                project));
}

const TargetRows rows(add_reductions);

} // namespace

} // namespace greenbank::testing
