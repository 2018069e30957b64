// roles_footprints.cpp — the rows of factors, product systems, footprints and labels.
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Entered {
    std::map<bool, std::string> systems, factors;
};

void add_footprints(Stage& stage, Probes& rows) {
    static Entered entered;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        entered.systems[own] =
            "/product-systems/" +
            create(manager, "/product-systems",
                R"({"title":{"en":"x"},"product":"x","activity_on":"2022-01-01","processes":[{"name":"p","exchanges":[{"direction":"reference","flow":"x","amount":1}]}]})");
        entered.factors[own] =
            "/emission-factors/" +
            create(manager, "/emission-factors",
                R"({"kind":"fuel","subject":"x","title":{"en":"x"},"area":"CN","valid_from":"2022-01-01","valid_until":"2022-12-31","edition":"1","published":"2023-01-01","value":1,"per":"kg","status":"unconfirmed","source":"x"})");
    }
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const std::string bank = "bank.carbon";
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    rows["emission_factor_list"] = {200, at("/emission-factors")};
    rows["emission_factor_find"] = {422, at("/emission-factors-in-force")};
    rows["emission_factor_get"] = {200, of(&Entered::factors)};
    rows["emission_factor_create"] = {422, at("/emission-factors"), "{}"};
    rows["emission_factor_update"] = {412, of(&Entered::factors), R"({"value":2})", bank, 403, no_version};
    rows["emission_factor_delete"] = {404, at("/emission-factors/factor_nobody")};
    rows["emission_factor_import"] = {404, at("/emission-factor-imports"), R"({"file":"file_nobody"})"};
    rows["product_system_list"] = {200, at("/product-systems")};
    rows["product_system_get"] = {200, of(&Entered::systems), "", bank};
    rows["product_system_create"] = {422, at("/product-systems"), "{}"};
    rows["product_system_update"] = {412, of(&Entered::systems), R"({"amount":2})", bank, 404, no_version};
    rows["product_system_delete"] = {404, at("/product-systems/product_nobody")};
    rows["product_system_import"] = {404, at("/product-system-imports"), R"({"file":"file_nobody"})"};
    rows["product_system_export"] = {200, of(&Entered::systems, "/export"), "", bank};
    rows["product_system_check"] = {200, of(&Entered::systems, "/check"), "", bank};
    rows["footprint_list"] = {200, at("/footprints")};
    rows["footprint_get"] = {404, at("/footprints/footprint_nobody")};
    rows["footprint_comparison"] = {404, at("/footprints/footprint_nobody/comparison?with=footprint_nobody")};
    rows["footprint_changes"] = {404, at("/footprints/footprint_nobody/changes")};
    rows["footprint_compute"] = {422, of(&Entered::systems, "/footprints"), R"({"samples":-1})"};
    rows["carbon_label_list"] = {200, at("/carbon-labels")};
    rows["label_class_list"] = {200, at("/label-classes")};
    rows["carbon_label_create"] = {422, at("/carbon-labels"), "{}"};
    for (const std::string name : {"get", "svg", "pdf"})
        rows["carbon_label_" + name] = {404, at("/carbon-labels/label_nobody" + (name == "get" ? std::string() : "/" + name))};
    rows["carbon_label_delete"] = {404, at("/carbon-labels/label_nobody")};
    for (const std::string name : {"submit", "review", "verify", "return", "publish", "withdraw"})
        rows["carbon_label_" + name] = {404, at("/carbon-labels/label_nobody/" + name)};
}

const RoleRows footprints(add_footprints);

} // namespace

} // namespace greenbank::testing
