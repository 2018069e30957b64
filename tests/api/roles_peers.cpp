// roles_peers.cpp — the rows of peers.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_peers(Stage&, Probes& rows) {
    rows.insert({
        {"peer_list", {200, at("/peers")}},
        {"peer_get", {404, at("/peers/peer_nobody")}},
        {"peer_create", {422, at("/peers"), "{}"}},
        {"peer_update", {404, at("/peers/peer_nobody"), "{}"}},
        {"peer_delete", {404, at("/peers/peer_nobody")}},
        {"peer_test", {404, at("/peers/peer_nobody/test")}},
        {"peer_harvest", {404, at("/peers/peer_nobody/harvest"), "{}"}},
        {"peer_pause", {404, at("/peers/peer_nobody/pause")}},
        {"peer_resume", {404, at("/peers/peer_nobody/resume")}},
        {"peer_forget", {404, at("/peers/peer_nobody/forget")}},
        {"harvest_list", {200, at("/harvests")}},
        {"harvest_fault_list", {200, at("/harvest-faults")}},
        {"twin_list", {200, at("/twins")}},
        {"twin_decide", {404, at("/twins/twin_nobody/decide"), R"({"state":"same"})"}},
    });
}

const RoleRows peers(add_peers);

} // namespace

} // namespace greenbank::testing
