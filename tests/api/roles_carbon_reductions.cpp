// roles_carbon_reductions.cpp — the rows of inventories and verified reductions.
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Entered {
    std::map<bool, std::string> inventories, reductions;
};

Entered enter(Stage& stage) {
    Entered entered;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        entered.inventories[own] =
            "/inventories/" + create(manager, "/inventories", R"({"title":{"en":"Ours"},"year":2024,"sources":[],"explained":[],"base_events":[]})");
        const std::string project = create(manager, "/projects", project_body("Measured"));
        entered.reductions[own] =
            "/reduction-projects/" +
            create(manager, "/reduction-projects",
                fmt::format(
                    R"({{"project":"{}","title":{{"en":"x"}},"summary":{{}},"methodology":"island_diesel","starts_on":"2026-01-01","ends_on":"2027-12-31","stated":[],"meters":[],"channels":[]}})",
                    project));
    }
    return entered;
}

void add_reductions(Stage& stage, Probes& rows) {
    static Entered entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string bank = "bank.carbon", nobody = "/monitoring-periods/monitoring_nobody";

    rows["methodology_list"] = {200, at("/methodologies")};
    rows["methodology_get"] = {200, at("/methodologies/island_diesel")};

    rows["inventory_list"] = {200, at("/inventories")};
    rows["inventory_get"] = {200, of(&Entered::inventories), "", bank};
    rows["inventory_create"] = {422, at("/inventories"), "{}"};
    rows["inventory_update"] = {412, of(&Entered::inventories), R"({"year":2023})", bank, 404, no_version};
    rows["inventory_delete"] = {404, at("/inventories/inventory_nobody")};
    rows["inventory_import"] = {422, of(&Entered::inventories, "/sources"), "strange\n1\n", bank};
    rows["inventory_fetch"] = {409, of(&Entered::inventories, "/fetch"), "", bank};
    rows["inventory_finish"] = {412, of(&Entered::inventories, "/finish"), "", bank, 404, no_version};
    rows["inventory_reopen"] = {409, of(&Entered::inventories, "/reopen"), "", bank};
    rows["inventory_change"] = {404, at("/inventories/inventory_nobody/change")};
    rows["inventory_editions"] = {200, of(&Entered::inventories, "/editions"), "", bank};
    rows["inventory_pdf"] = {200, of(&Entered::inventories, "/pdf"), "", bank};
    rows["inventory_xlsx"] = {200, of(&Entered::inventories, "/xlsx"), "", bank};

    rows["reduction_list"] = {200, at("/reduction-projects")};
    rows["reduction_get"] = {200, of(&Entered::reductions), "", bank};
    rows["reduction_create"] = {422, at("/reduction-projects"), "{}"};
    rows["reduction_update"] = {412, of(&Entered::reductions), R"({"ends_on":"2028-12-31"})", bank, 404, no_version};
    rows["reduction_delete"] = {404, at("/reduction-projects/reduction_nobody")};
    rows["reduction_submit"] = {412, of(&Entered::reductions, "/submit"), "{}", bank, 404, no_version};
    rows["reduction_judge"] = {412, of(&Entered::reductions, "/judge"), R"({"action":"judge"})", bank, 404, no_version};

    rows["monitoring_list"] = {200, at("/monitoring-periods")};
    rows["monitoring_get"] = {404, at(nobody)};
    rows["monitoring_create"] = {422, at("/monitoring-periods"), "{}"};
    rows["monitoring_delete"] = {404, at(nobody)};
    rows["monitoring_import"] = {404, at(nobody + "/readings"), "time,FC\n"};
    rows["monitoring_fetch"] = {404, at(nobody + "/fetch")};
    rows["monitoring_readings"] = {404, at(nobody + "/readings")};
    rows["monitoring_submit"] = {404, at(nobody + "/submit"), "{}"};
    rows["monitoring_judge"] = {404, at(nobody + "/judge"), R"({"action":"judge"})"};
    rows["monitoring_pdf"] = {404, at(nobody + "/pdf")};
    rows["monitoring_xlsx"] = {404, at(nobody + "/xlsx")};

    rows["verified_reduction_list"] = {200, at("/verified-reductions")};
    rows["verified_reduction_get"] = {404, at("/verified-reductions/verified_nobody")};
    rows["verified_reduction_withdraw"] = {404, at("/verified-reductions/verified_nobody/withdraw"), R"({"reason":"x"})"};
}

const RoleRows rows(add_reductions);

} // namespace

} // namespace greenbank::testing
