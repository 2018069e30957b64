// targets_footprints.cpp — one factor and one product system.
#include "targets.h"

namespace greenbank::testing {

namespace {

void add_footprints(Visitor& person, std::map<std::string, std::string>& places) {
    const auto add = [&](const std::string& name, const std::string& path, const std::string& body) { places[name] = path + "/" + create(person, path, body); };
    add("emission_factor_update", "/emission-factors",
        R"({"kind":"fuel","subject":"x","title":{"en":"target"},"area":"CN","valid_from":"2022-01-01","valid_until":"2022-12-31","edition":"1","published":"2023-01-01","value":1,"per":"kg","status":"unconfirmed","source":"x"})");
    add("product_system_update", "/product-systems",
        R"({"title":{"en":"target"},"product":"x","activity_on":"2022-01-01","processes":[{"name":"p","exchanges":[{"direction":"reference","flow":"x","amount":1}]}]})");
}

const TargetRows footprints(add_footprints);

} // namespace

} // namespace greenbank::testing
