// cross_border_settlement_test.cpp — zones that belong to organisations: who publishes what; what an emergency makes them owe, accepted by both, paid by the ledger.
#include <cmath>

#include "ledger_cast.h"

namespace greenbank::testing {

namespace {

/// North can spare 60 MW, but the tie carries 10 normally and 40 in an emergency; South needs 90 and has 50. Nothing is protected, so that sums are plain.
std::string north(int capacity, const std::string& more = "") {
    return fmt::format(
        R"({{"name":"North","demand":[100],"protected_share":1,"offers":[{{"name":"coal","capacity":[{}],"price":30,"carbon":0.9}}]{}}})", capacity, more);
}
const std::string published = R"(,"source":"Operator's own meters","standing":"official","period_from":"2026-01-01","period_to":"2026-01-31")";
std::string case_of(const std::string& first) {
    return R"({"name":"two","hours":2,"compensation_price":120.5,"zones":[)" + first +
           R"(,{"name":"South","demand":[90],"protected_share":0.1,"offers":[{"name":"water","capacity":[50],"price":5}]}],
"ties":[{"name":"line","from":"North","to":"South","forward":10,"backward":10,"emergency_forward":40}]})";
}
std::string body(const std::string& sharing) {
    return R"({"title":{"en":"Two zones"},"currency":"CNY","starts_at":"2026-01-01T00:00:00Z","sharing":)" + sharing + "}";
}

Answer computed(Visitor& visitor, const std::string& path) {
    for (int turn = 0; turn < 200; ++turn) {
        Answer asked = visitor.get(path);
        REQUIRE_MESSAGE(asked.status == 200, asked.body);
        if (asked.at("/state") != "queued") return asked;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    FAIL("the case is not computed");
    return {};
}

bool says(const Answer& answer, int status, const std::string& code) { return answer.status == status && answer.body.find(code) != std::string::npos; }

} // namespace

TEST_CASE("a zone belongs to an organisation: it alone publishes; an emergency's obligations are accepted by both sides and paid by the ledger") {
    LedgerCast bank;
    Cast& all = bank.all;
    bank.batch.push_back(bank.transfer(bank.id(), "bank", "ana", "20000.00"));
    bank.send_batch();
    const std::string study = create(all.editor, "/cross-border-studies", body(case_of(north(160)))), path = "/cross-border-studies/" + study;
    computed(all.editor, path);
    CHECK(all.other_manager.get(path).status == 404);

    // South is the case's own organisation's, North the other one's
    const auto give = [&](const std::string& zone, const std::string& organisation) {
        return all.editor.post("/zone-members", fmt::format(R"({{"study":"{}","zone":"{}","organisation":"{}"}})", study, zone, organisation));
    };
    CHECK(says(give("Nowhere", all.organisation), 422, "planning.sharing_zone"));
    CHECK(says(all.editor.post(path + "/obligations"), 409, "planning.zone_without"));
    REQUIRE(give("South", all.organisation).status == 201);
    const Answer held = give("North", all.other_organisation);
    REQUIRE_MESSAGE(held.status == 201, held.body);
    CHECK(says(give("North", all.organisation), 409, "planning.zone_taken"));
    CHECK(says(all.editor.remove("/zone-members/" + held.at("/id")), 403, "planning.zone_held"));

    // the other organisation sees the case now, but it changes nothing of it except by publishing
    CHECK(all.other_manager.get(path).status == 200);
    CHECK(all.other_manager.get("/zone-members?study=" + study).size("/items") == 2);
    CHECK(says(all.other_manager.patch(path, R"({"currency":"EUR"})"), 403, "planning.not_yours"));
    CHECK(says(all.editor.patch(path, R"({"sharing":)" + case_of(north(500)) + "}"), 422, "planning.zone_not_yours"));
    const auto publish = [&](Visitor& who, const std::string& figures) {
        return who.post("/zone-releases", fmt::format(R"({{"study":"{}","figures":{}}})", study, figures));
    };
    CHECK(says(publish(all.manager, north(150, published)), 403, "planning.not_your_zone"));
    const Answer bare = publish(all.other_manager, north(150));
    CHECK(says(bare, 422, "planning.source_needed"));
    CHECK(says(bare, 422, "figures.period_from"));
    CHECK(says(publish(all.other_manager, north(150, published + R"(,"outages":[{"element":"nothing","power":5}])")), 422, "figures.outages[0].element"));
    const Answer release = publish(all.other_manager,
        north(170, published + R"(,"outages":[{"element":"coal","first_hour":2,"hours":1,"power":50}],"limits":[{"tie":"line","send":0,"emergency_send":35}],
"gaps":[{"series":"demand","first_hour":2,"filled_by":"the hour before"}])"));
    REQUIRE_MESSAGE(release.status == 201, release.body);
    CHECK(release.at("/number") == "1");
    const Answer now = computed(all.editor, path);
    CHECK(now.at("/sharing/zones/0/source") == "Operator's own meters");
    CHECK(now.at("/result/exchange/zones/0/gap_hours") == "1");
    CHECK(std::abs(std::stod(now.at("/result/unserved")) - 80) < 1e-6); // North sends nothing normally: 40 and 40
    // 35 in the first hour, 20 in the second, in which 50 MW are out
    CHECK(std::abs(std::stod(now.at("/result/emergency/obligations/0/energy")) - 55) < 1e-4);

    const Answer logged = all.editor.post(path + "/obligations");
    REQUIRE_MESSAGE(logged.status == 201, logged.body);
    REQUIRE(logged.size("/items") == 1);
    CHECK(logged.at("/items/0/amount/amount") == "6627.50"); // 55 × 120.50
    CHECK(says(all.editor.post(path + "/obligations"), 409, "planning.obligations_logged"));
    const std::string debt = "/energy-obligations/" + logged.at("/items/0/id");
    CHECK(says(all.manager.post(debt + "/pay"), 409, "planning.obligation_state"));
    CHECK(all.editor.post(debt + "/accept").status == 403); // an editor does not bind the organisation
    CHECK(says(all.officer.post(debt + "/accept"), 403, "planning.not_a_side"));
    CHECK(all.manager.post(debt + "/accept").at("/state") == "logged");
    CHECK(says(all.manager.post(debt + "/accept"), 409, "planning.accepted_already"));
    CHECK(all.other_manager.post(debt + "/accept").at("/state") == "accepted");
    CHECK(says(all.editor.post(debt + "/withdraw"), 409, "planning.obligation_state"));
    CHECK(says(all.editor.remove(path), 409, "planning.obligations_stand"));

    CHECK(says(all.manager.post(debt + "/pay"), 403, "planning.four_eyes"));
    CHECK(says(all.other_manager.post(debt + "/pay"), 403, "planning.not_the_taker"));
    Visitor second = all.newcomer("second@island.test", "manager", all.organisation);
    const Answer paid = second.post(debt + "/pay");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(paid.at("/state") == "paid");
    CHECK(bank.balance("ana") == "13372.50");
    CHECK(bank.balance("ben") == "6627.50");
    const Answer line = all.other_manager.get("/ledger/transfers/" + paid.at("/transfer"));
    CHECK(line.at("/amount") == "6627.50");
    CHECK(line.at("/note").find(paid.at("/id")) != std::string::npos);
    CHECK(says(second.post(debt + "/pay"), 409, "planning.obligation_state"));
}

TEST_CASE("an obligation is refused with a reason, or withdrawn and logged anew; without money nothing is paid") {
    LedgerCast bank;
    Cast& all = bank.all;
    const std::string study = create(all.editor, "/cross-border-studies", body(case_of(north(160)))), path = "/cross-border-studies/" + study;
    computed(all.editor, path);
    for (const auto& [zone, who] : {std::pair<std::string, std::string>("South", all.organisation), {"North", all.other_organisation}})
        create(all.editor, "/zone-members", fmt::format(R"({{"study":"{}","zone":"{}","organisation":"{}"}})", study, zone, who));
    const auto log = [&] { return "/energy-obligations/" + all.editor.post(path + "/obligations").at("/items/0/id"); };
    std::string debt = log();
    CHECK(all.other_manager.post(debt + "/refuse", R"({"reason":"Our meters say 50 MWh."})").at("/state") == "refused");
    debt = log();
    CHECK(all.editor.post(debt + "/withdraw").at("/state") == "withdrawn");
    debt = log();
    all.manager.post(debt + "/accept"), all.other_manager.post(debt + "/accept");
    Visitor second = all.newcomer("third@island.test", "manager", all.organisation);
    CHECK(says(second.post(debt + "/pay"), 409, "ledger."));
    CHECK(second.get(debt).at("/state") == "accepted");
    CHECK(bank.balance("ben") == "0.00");
}

} // namespace greenbank::testing
