// roles_test.cpp — every operation for every role, on what belongs to its own and to another organisation.
#include <algorithm>

#include "contract.h"
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Player {
    std::string role;
    Visitor* visitor;
    bool of_island;
};

Probes probes(Stage& stage) {
    Probes rows;
    for (const RoleRows::Add add : RoleRows::all()) add(stage, rows);
    return rows;
}

/// What must come out, by the right of the operation, the table of rights and the probe.
int expected(const Stage& stage, const Operation& operation, const Probe& probe, const Player& player, bool own) {
    if (!stage.has(player.role, operation.right)) return player.role == "nobody" ? 401 : 403;
    if (probe.across.empty() || probe.across == "everybody" || (own && player.of_island && probe.owned && probe.across != "bank.jobs")) return probe.allowed;
    return stage.has(player.role, probe.across) && player.role != "nobody" ? probe.allowed : probe.stranger;
}

} // namespace

TEST_CASE("every operation is allowed to whom its right says, and to nobody else") {
    Stage stage;
    Cast& all = stage.all;
    Probes rows = probes(stage);
    std::vector<Player> players = {{"nobody", &all.nobody, false}, {"reader", &all.reader, true}, {"editor", &all.editor, true},
        {"manager", &all.manager, true}, {"officer", &all.officer, false}, {"administrator", &all.administrator, false}};
    // Tokens without restriction must come to the same; what only a browser may do is said here.
    const std::set<std::string> browser_only = {"second_factor_begin", "second_factor_confirm", "token_create", "session_end", "token_delete"};
    std::map<std::string, Visitor> machines;
    for (const Player& player : players) {
        Visitor machine = all.visitor();
        if (player.role != "nobody") machine.bearer = player.visitor->post("/tokens", R"({"name":"all"})").at("/token");
        machines.emplace(player.role, std::move(machine));
    }
    int asked = 0, wrong = 0;
    for (const Operation& operation : contract().operations) {
        const auto row = rows.find(operation.id);
        CHECK_MESSAGE(row != rows.end(), operation.id, " has no row in the table of probes: say here what a harmless request is");
        if (row == rows.end()) continue;
        const Probe& probe = row->second;
        for (const Player& player : players)
            for (const bool own : {true, false})
                for (const bool by_token : {false, true}) {
                    if (operation.id == "sign_out" && !by_token) continue; // not harmless; sign_in_test does it
                    if (player.role == "nobody" && by_token) continue;
                    int want = expected(stage, operation, probe, player, own);
                    // Prepared requests are read before anything is looked up, so a body that is never sound says 422.
                    if (by_token && browser_only.contains(operation.id)) want = probe.allowed == 422 ? 422 : 403;
                    Visitor& visitor = by_token ? machines.at(player.role) : *player.visitor;
                    const Answer answer = visitor.send(operation.method, probe.path(own), probe.body, probe.headers);
                    ++asked;
                    if (answer.status == want && (answer.status < 400 || answer.is_problem())) continue;
                    ++wrong;
                    MESSAGE(operation.id, " ", operation.method, " ", probe.path(own), " by ", player.role, std::string(by_token ? " with a token" : ""),
                        std::string(own ? " on the own" : " on another's"), ": ", answer.status, " instead of ", want, " ", answer.body.substr(0, 200));
                }
        if (operation.id == "sample_remove") // what is asked after it is asked of a bank without samples
            CHECK(wait_for([&] { return all.administrator.get("/jobs?state=queued,running&limit=1").number("/total") == 0; }, 120));
    }
    for (const auto& [id, probe] : rows)
        CHECK_MESSAGE(std::any_of(contract().operations.begin(), contract().operations.end(), [&](const Operation& one) { return one.id == id; }), id,
            " is in the table of probes but not in the contract");
    CHECK(wrong == 0);
    MESSAGE(asked, " requests of ", contract().operations.size(), " operations, ", wrong, " wrong");
}

TEST_CASE("forged tokens open nothing that is not open to all") {
    Stage stage;
    const Probes rows = probes(stage);
    int wrong = 0;
    for (const std::string forged : {"gb_", "gb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "admin", "eyJhbGciOiJub25lIn0.e30.", "x' OR '1'='1"}) {
        Visitor forger = stage.all.visitor();
        forger.bearer = forged;
        for (const Operation& operation : contract().operations) {
            const auto row = rows.find(operation.id);
            if (operation.right == "open" || row == rows.end()) continue;
            const Answer answer = forger.send(operation.method, row->second.path(true), row->second.body, row->second.headers);
            wrong += answer.status != 401;
        }
        forger.bearer.clear();
        forger.cookie = forged == "x' OR '1'='1" ? "x' OR 1" : forged;
        for (const Operation& operation : contract().operations)
            if (const auto row = rows.find(operation.id); operation.right != "open" && row != rows.end())
                wrong += forger.send(operation.method, row->second.path(false), row->second.body, row->second.headers).status != 401;
    }
    CHECK(wrong == 0);
}

TEST_CASE("every status that comes is a documented one") {
    // `default` stands for every problem; what succeeds must be named by its own status.
    Stage stage;
    Cast& all = stage.all;
    const auto documented = [](const std::string& id, int status) {
        for (const Operation& operation : contract().operations)
            if (operation.id == id) return std::find(operation.statuses.begin(), operation.statuses.end(), std::to_string(status)) != operation.statuses.end();
        return false;
    };
    const auto check = [&](const std::string& id, const Answer& answer) {
        CHECK_MESSAGE(documented(id, answer.status), id, " answers ", answer.status, ", which the contract does not name");
    };
    check("need_create", all.editor.post("/needs", need_body("x")));
    check("technology_create", all.editor.post("/technologies", technology_body("x")));
    check("capital_offer_create", all.editor.post("/capital-offers", capital_offer_body("x")));
    check("organisation_create", all.officer.post("/organisations", R"({"name":{"en":"x"},"kind":"bank","country":"CN"})"));
    check("invitation_create", all.manager.post("/invitations", R"({"email":"x@x.test","role":"reader"})"));
    check("token_create", all.manager.post("/tokens", R"({"name":"x"})"));
    check("need_delete", all.editor.remove(stage.drafts["/needs"][true]));
    check("need_list", all.editor.get("/needs"));
}

} // namespace greenbank::testing
