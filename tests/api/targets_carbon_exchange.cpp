// targets_carbon_exchange.cpp — a partner that broken changes are sent to.
#include "targets.h"

namespace greenbank::testing {

namespace {

void add_exchange(Visitor& person, std::map<std::string, std::string>& places) {
    places["pact_partner_update"] = "/pact-partners/" + create(person, "/pact-partners", R"({"name":"target"})");
}

const TargetRows exchange(add_exchange);

} // namespace

} // namespace greenbank::testing
