// roles.h — what the test of roles must know of each operation beyond the contract; every room brings its rows in roles_<room>.cpp.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "cast.h"

namespace greenbank::testing {

/// A harmless request, and the status of it for those who may.
struct Probe {
    int allowed;
    std::function<std::string(bool own)> path; // own: what belongs to the island, else to the harbour
    std::string body = {};
    std::string across = {}; // the right to act on what belongs to other organisations; "everybody", "nobody"
    int stranger = 404;      // for those who have the operation's right but not that
    std::vector<Header> headers = {};
    bool owned = true; // belonging to the own organisation is enough; else only `across` counts
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
        enter_assessment();
        job = all.administrator.post("/search/rebuild").at("/id");
        wait_for_job(all.administrator, job);
        const Answer rows = all.reader.get("/rights");
        for (std::size_t i = 0; i < rows.size("/items"); ++i)
            for (const std::string& role : rows.all(fmt::format("/items/{}/roles", i), "")) rights[role].insert(rows.at(fmt::format("/items/{}/right", i)));
    }

    /// An open edition, an admission and a verification of each side, experts and a panel.
    void enter_assessment() {
        const std::string assessor = enter_organisation(all.administrator, "Verifier of the test", "assessor");
        edition = create(all.officer, "/editions", R"({"number":9001,"year":2026,"title":{"en":"edition of roles"}})");
        REQUIRE(all.officer.post("/editions/" + edition + "/open").status == 200);
        for (const bool own : {true, false}) {
            Visitor& manager = own ? all.manager : all.other_manager;
            const std::string technology = published["/technologies"][own].substr(std::string("/technologies/").size());
            const Answer declared =
                manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition, technology));
            REQUIRE_MESSAGE(declared.status == 200, declared.body);
            admissions[own] = "/admissions/" + declared.at("/id");
            const Answer applied = manager.post("/verifications",
                fmt::format(
                    R"({{"technology":"{}","verifier":"{}","claims":[{{"indicator":"effluent_cod","min":0,"max":50,"unit":"mg/L","conditions":{{"en":"x"}}}}]}})",
                    technology, assessor));
            REQUIRE_MESSAGE(applied.status == 200, applied.body);
            verifications[own] = "/verifications/" + applied.at("/id");
        }
        REQUIRE(all.officer.post(admissions[false] + "/review").status == 200);
        REQUIRE(all.administrator.post(admissions[false] + "/recommend").status == 200);
        const Answer opened = all.officer.post("/panels", fmt::format(R"({{"admission":"{}"}})", admissions[false].substr(std::string("/admissions/").size())));
        REQUIRE_MESSAGE(opened.status == 201, opened.body);
        panel = "/panels/" + opened.at("/panel/id");
        for (const bool is_published : {true, false})
            experts[is_published] = "/experts/" + create(all.officer, "/experts", R"({"name":{"en":"An expert"},"country":"CN"})");
        REQUIRE(all.officer.post(experts[true] + "/publish").status == 200);
    }

    const std::string& organisation(bool own) const { return own ? all.organisation : all.other_organisation; }
    std::string new_invitation(bool own) {
        const Answer invited =
            (own ? all.manager : all.other_manager).post("/invitations", fmt::format(R"({{"email":"guest{}@nowhere.test","role":"reader"}})", ++guests));
        return "/invitations/" + invited.at("/id");
    }
    bool has(const std::string& role, const std::string& right) const {
        if (right == "open") return true;
        if (role == "nobody") return false;
        const auto found = rights.find(role);
        return right == "signed_in" || (found != rights.end() && found->second.contains(right));
    }

    Cast all;
    std::map<std::string, std::map<bool, std::string>> drafts, published;
    std::map<bool, std::string> managers, admissions, verifications, experts; // experts: by being published
    std::string edition, panel;
    std::string job;
    std::map<std::string, std::set<std::string>> rights;
    int guests = 0;
};

using Probes = std::map<std::string, Probe>; // by operation

/// The rows of a room: `const RoleRows rows(add_ledger);` at the end of its file.
struct RoleRows {
    using Add = void (*)(Stage&, Probes&);
    explicit RoleRows(Add add) { all().push_back(add); }
    static std::vector<Add>& all() {
        static std::vector<Add> adds;
        return adds;
    }
};

/// Always this path.
inline auto at(std::string path) {
    return [path = std::move(path)](bool) { return path; };
}

} // namespace greenbank::testing
