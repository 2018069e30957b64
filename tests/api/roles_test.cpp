// roles_test.cpp — every operation for every role, on what belongs to its own and to another organisation.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "cast.h"
#include "contract.h"

namespace greenbank::testing {

namespace {

/// A harmless request, and the status of it for those who may.
struct Probe {
    int allowed;
    std::function<std::string(bool own)> path; // own: what belongs to the island, else to the harbour
    std::string body = {};
    std::string across = {}; // the right to act on what belongs to other organisations; "everybody", "nobody"
    int stranger = 404;      // for those who have the operation's right but not that
    std::vector<Header> headers = {};
};

struct Player {
    std::string role;
    Visitor* visitor;
    bool of_island;
};

class Stage {
public:
    Stage() : all(std::vector<std::string>{}) {
        for (const bool own : {true, false}) {
            Visitor& manager = own ? all.manager : all.other_manager;
            for (const auto& [path, body] :
                {std::pair("/technologies", technology_body("x")), {"/needs", need_body("x")}, {"/capital-offers", capital_offer_body("x")}}) {
                drafts[path][own] = path + ("/" + create(manager, path, body));
                published[path][own] = path + ("/" + create(manager, path, body));
                REQUIRE(manager.post(published[path][own] + "/publish").status == 200);
            }
            const Answer members = manager.get("/organisations/" + organisation(own) + "/members");
            for (std::size_t i = 0; i < members.size("/items"); ++i)
                if (members.at(fmt::format("/items/{}/role", i)) == "manager") managers[own] = members.at(fmt::format("/items/{}/id", i));
        }
        job = all.administrator.post("/search/rebuild").at("/id");
        wait_for_job(all.administrator, job);
        const Answer rows = all.reader.get("/rights");
        for (std::size_t i = 0; i < rows.size("/items"); ++i)
            for (const std::string& role : rows.all(fmt::format("/items/{}/roles", i), "")) rights[role].insert(rows.at(fmt::format("/items/{}/right", i)));
    }

    const std::string& organisation(bool own) const { return own ? all.organisation : all.other_organisation; }
    std::string new_invitation(bool own) {
        const Answer invited =
            (own ? all.manager : all.other_manager).post("/invitations", fmt::format(R"({{"email":"guest{}@nowhere.test","role":"reader"}})", ++guests));
        return "/invitations/" + invited.at("/id");
    }
    bool has(const Player& player, const std::string& right) const {
        if (right == "open") return true;
        if (player.role == "nobody") return false;
        const auto found = rights.find(player.role);
        return right == "signed_in" || (found != rights.end() && found->second.contains(right));
    }

    Cast all;
    std::map<std::string, std::map<bool, std::string>> drafts, published;
    std::map<bool, std::string> managers;
    std::string job;
    std::map<std::string, std::set<std::string>> rights;
    int guests = 0;
};

/// One row an operation: what a test must know beyond the contract.
std::map<std::string, Probe> probes(Stage& stage) {
    const auto at = [](std::string path) { return [path](bool) { return path; }; };
    std::map<std::string, Probe> rows = {
        {"session_get", {200, at("/session")}},
        {"setup_check", {200, at("/setup?token=x")}},
        {"setup", {422, at("/setup"), "{}"}},
        {"sign_in", {422, at("/sign-in"), "{}"}},
        {"sign_out", {404, at("/sign-out")}}, // by a token, which has no session to end
        {"organisation_choose", {422, at("/session/organisation"), "{}"}},
        {"person_update", {422, at("/person"), R"({"language":"de"})"}},
        {"password_change", {422, at("/password"), "{}"}},
        {"second_factor_begin", {200, at("/second-factor")}},
        {"second_factor_confirm", {422, at("/second-factor/confirm"), "{}"}},
        {"second_factor_remove", {422, at("/second-factor/remove"), "{}"}},
        {"session_list", {200, at("/sessions")}},
        {"session_end", {404, at("/sessions/session_nobody")}},
        {"token_list", {200, at("/tokens")}},
        {"token_create", {422, at("/tokens"), "{}"}},
        {"token_delete", {404, at("/tokens/token_nobody")}},
        {"member_list", {200, [&](bool own) { return "/organisations/" + stage.organisation(own) + "/members"; }, "", "bank.organisations"}},
        {"member_update", {409, [&](bool own) { return "/members/" + stage.managers[own]; }, R"({"role":"reader"})", "bank.organisations"}},
        {"member_remove", {409, [&](bool own) { return "/members/" + stage.managers[own]; }, "", "bank.organisations"}},
        {"invitation_list", {200, at("/invitations")}},
        {"invitation_create", {422, at("/invitations"), "{}"}},
        {"invitation_delete", {204, [&](bool own) { return stage.new_invitation(own); }, "", "bank.organisations"}},
        {"invitation_get", {410, at("/invitation?token=x")}},
        {"invitation_accept", {422, at("/invitations/accept"), "{}"}},
        {"organisation_list", {200, at("/organisations")}},
        {"organisation_get", {200, [&](bool own) { return "/organisations/" + stage.organisation(own); }, "", "everybody"}},
        {"organisation_create", {422, at("/organisations"), "{}"}},
        {"organisation_update", {412, [&](bool own) { return "/organisations/" + stage.organisation(own); }, R"({"about":{"en":"x"}})", "bank.organisations",
                                    403, {{"If-Match", "\"999\""}}}},
        {"audit_list", {200, at("/audit")}},
        {"right_list", {200, at("/rights")}},
        {"job_list", {200, at("/jobs")}},
        {"job_get", {200, at("/jobs/" + stage.job), "", "bank.jobs"}},
        {"job_cancel", {409, at("/jobs/" + stage.job + "/cancel"), "", "bank.jobs"}},
        {"job_events", {200, at("/jobs/" + stage.job + "/events"), "", "bank.jobs"}},
        {"file_create", {422, at("/files"), "{}"}},
        {"file_part_put", {404, at("/files/file_nobody/parts/0"), "x"}},
        {"file_get", {404, at("/files/file_nobody")}},
        {"file_content", {404, at("/files/file_nobody/content")}},
        {"file_delete", {404, at("/files/file_nobody")}},
        {"sample_load", {200, at("/sample/load")}},
        {"sample_remove", {200, at("/sample/remove")}},
        {"home_get", {200, at("/home")}},
        {"reference_get", {200, at("/reference/units")}},
        {"search_get", {200, at("/search")}},
        {"search_suggest", {200, at("/search/suggest?text=w")}},
        {"search_rebuild", {200, at("/search/rebuild")}},
        {"match_preview", {422, at("/match"), "{}"}},
        {"match_weights", {200, at("/match/weights")}},
        {"need_matches", {200, [&](bool own) { return stage.drafts["/needs"][own] + "/matches"; }, "", "bank.library"}},
        {"need_exclusions", {200, [&](bool own) { return stage.drafts["/needs"][own] + "/exclusions"; }, "", "bank.library"}},
    };
    for (const auto& [noun, path] :
        {std::pair<std::string, std::string>("technology", "/technologies"), {"need", "/needs"}, {"capital_offer", "/capital-offers"}}) {
        const auto draft = [&stage, path = path](const std::string& verb) { return [&stage, path, verb](bool own) { return stage.drafts[path][own] + verb; }; };
        const auto open = [&stage, path = path](
                              const std::string& verb) { return [&stage, path, verb](bool own) { return stage.published[path][own] + verb; }; };
        rows[noun + "_list"] = {200, at(path)};
        rows[noun + "_get"] = {200, draft(""), "", "bank.library"};
        rows[noun + "_create"] = {422, at(path), "{}"};
        rows[noun + "_update"] = {412, open(""), R"({"title":{"en":"y"}})", "bank.library", 403, {{"If-Match", "\"999\""}}};
        rows[noun + "_publish"] = {409, open("/publish"), "", "bank.library", 403};
        rows[noun + "_withdraw"] = {409, draft("/withdraw"), "", "bank.library", 404};
        rows[noun + "_delete"] = {409, open(""), "", "bank.library", 403};
    }
    return rows;
}

/// What must come out, by the right of the operation, the table of rights and the probe.
int expected(const Stage& stage, const Operation& operation, const Probe& probe, const Player& player, bool own) {
    if (!stage.has(player, operation.right)) return player.role == "nobody" ? 401 : 403;
    if (probe.across.empty() || probe.across == "everybody" || (own && player.of_island && probe.across != "bank.jobs")) return probe.allowed;
    return stage.has(player, probe.across) && player.role != "nobody" ? probe.allowed : probe.stranger;
}

} // namespace

TEST_CASE("every operation is allowed to whom its right says, and to nobody else") {
    Stage stage;
    Cast& all = stage.all;
    std::map<std::string, Probe> rows = probes(stage);
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
                    MESSAGE(operation.id, " by ", player.role, std::string(by_token ? " with a token" : ""), std::string(own ? " on the own" : " on another's"),
                        ": ", answer.status, " instead of ", want, " ", answer.body.substr(0, 200));
                }
    }
    for (const auto& [id, probe] : rows)
        CHECK_MESSAGE(std::any_of(contract().operations.begin(), contract().operations.end(), [&](const Operation& one) { return one.id == id; }), id,
            " is in the table of probes but not in the contract");
    CHECK(wrong == 0);
    MESSAGE(asked, " requests of ", contract().operations.size(), " operations, ", wrong, " wrong");
}

TEST_CASE("forged tokens open nothing that is not open to all") {
    Stage stage;
    const std::map<std::string, Probe> rows = probes(stage);
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
