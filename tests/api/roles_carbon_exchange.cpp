// roles_carbon_exchange.cpp — the rows of the exchange of footprints with partners.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_exchange(Stage& stage, Probes& rows) {
    static std::map<bool, std::string> partners;
    for (const bool own : {true, false})
        partners[own] = "/pact-partners/" + create(own ? stage.all.manager : stage.all.other_manager, "/pact-partners", R"({"name":"Buyer"})");
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const std::string bank = "bank.carbon";
    const auto of = [](std::string verb = "") { return [verb](bool own) { return partners[own] + verb; }; };
    rows["pact_partner_list"] = {200, at("/pact-partners")};
    rows["pact_partner_get"] = {200, of(), "", bank};
    rows["pact_partner_create"] = {422, at("/pact-partners"), "{}"};
    rows["pact_partner_update"] = {412, of(), R"({"name":"x"})", bank, 404, no_version};
    rows["pact_partner_delete"] = {404, at("/pact-partners/pactpartner_nobody")};
    rows["pact_partner_secret"] = {200, of("/secret"), "", bank};
    rows["pact_partner_test"] = {409, of("/test"), "", bank};
    rows["pact_partner_pull"] = {409, of("/pull"), "", bank};
    rows["shared_footprint_list"] = {200, at("/shared-footprints")};
    rows["shared_footprint_get"] = {404, at("/shared-footprints/sharedpcf_nobody")};
    rows["shared_footprint_document"] = {404, at("/shared-footprints/sharedpcf_nobody/document")};
    rows["shared_footprint_create"] = {422, at("/shared-footprints"), "{}"};
    rows["shared_footprint_deprecate"] = {404, at("/shared-footprints/sharedpcf_nobody/deprecate")};
    rows["received_footprint_list"] = {200, at("/received-footprints")};
    rows["received_footprint_get"] = {404, at("/received-footprints/receivedpcf_nobody")};
    rows["pact_request_list"] = {200, at("/pact-requests")};
    rows["pact_request_get"] = {404, at("/pact-requests/pactrequest_nobody")};
    rows["pact_request_create"] = {422, at("/pact-requests"), "{}"};
    rows["pact_request_reject"] = {404, at("/pact-requests/pactrequest_nobody/reject"), R"({"message":"x"})"};
    rows["pact_request_answer"] = {404, at("/pact-requests/pactrequest_nobody/answer")};
    rows["pact_message_list"] = {200, at("/pact-messages")};
    rows["pact_message_again"] = {404, at("/pact-messages/pactmessage_nobody/again")};
}

const RoleRows exchange(add_exchange);

} // namespace

} // namespace greenbank::testing
