// deals_test.cpp — interest, contract and escrow from outside: their life by four roles, what is refused and why, and that nothing leaks.
#include "ledger_cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

constexpr const char* questions =
    R"("cooperation":"engineering","cooperation_wish":"We seek supply and installation.","missing_information":"Running cost and delivery time.","presentation":"We run public utilities.")";

/// The island buys, the harbour has; an officer advises, the administrator is the second pair of eyes.
struct Deals {
    Deals() {
        bank.batch.push_back(bank.transfer(bank.id(), "bank", "ana", "5000.00"));
        bank.send_batch();
    }
    Cast& all = bank_cast();
    Visitor &buyer = all.manager, &holder = all.other_manager, &adviser = all.officer, &treasurer = all.administrator;

    Cast& bank_cast() { return bank.all; }
    /// A published technology of the harbour; hidden: whose it is.
    std::string technology(bool hidden = false) {
        const std::string id =
            create(holder, "/technologies", technology_body("Membrane works", hidden ? R"(,"disclosure":[{"field":"holder","stage":"agreement"}])" : ""));
        REQUIRE(holder.post("/technologies/" + id + "/publish").status == 200);
        return id;
    }
    std::string express(const std::string& entry) {
        const Answer made = buyer.post("/interests", fmt::format(R"({{"entry":"{}",{}}})", entry, questions));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return "/interests/" + made.at("/interest/id");
    }
    void good(const Answer& answer) { REQUIRE_MESSAGE(answer.status < 300, answer.body); }
    /// An accepted interest; the id of its deal.
    std::string deal() {
        const std::string interest = express(technology());
        good(adviser.post(interest + "/take"));
        good(adviser.post(interest + "/forward", "{}"));
        const Answer accepted = holder.post(interest + "/accept");
        good(accepted);
        return accepted.at("/interest/deal");
    }
    std::string contract_body(const std::string& deal, const std::string& amount = "1000.00", const std::string& more = "") {
        return fmt::format(
            R"({{"number":"T-1","title":{{"en":"Works"}},"subject":{{"en":"Works of the test."}},"kind":"engineering","deal":"{0}",
"parties":[{{"organisation":"{1}","role":"client"}},{{"organisation":"{2}","role":"supplier"}}],"amount":{{"amount":"{3}","currency":"CNY"}},
"governing_language":"en","second_language":"zh","starts_on":"2026-12-01","ends_on":"2027-12-31",
"milestones":[{{"number":1,"title":{{"en":"Delivered"}},"due":"2027-03-31","parts":[{{"organisation":"{2}","amount":{{"amount":"400.00","currency":"CNY"}}}}]}},
{{"number":2,"title":{{"en":"Running"}},"due":"2027-09-30","parts":[{{"organisation":"{2}","amount":{{"amount":"600.00","currency":"CNY"}}}}]}}],
"parameters":[{4}]{5}}})",
            deal, all.organisation, all.other_organisation, amount, parameters, more);
    }
    static constexpr const char* parameters =
        R"({"name":"results_owner","value":{"en":"the client"}},{"name":"confidentiality_years","value":{"en":"5"}},{"name":"performance","value":{"en":"as specified"}},
{"name":"warranty_months","value":{"en":"24"}},{"name":"acceptance_days","value":{"en":"10"}},{"name":"delay_percent","value":{"en":"0.5"}},
{"name":"liability_percent","value":{"en":"100"}},{"name":"force_majeure_days","value":{"en":"10"}},{"name":"notice_days","value":{"en":"30"}},
{"name":"governing_law","value":{"en":"China"}},{"name":"dispute_place","value":{"en":"Shanghai"}})";
    std::string drafted() {
        const Answer made = buyer.post("/contracts", contract_body(deal()));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return "/contracts/" + made.at("/contract/id");
    }
    std::string signed_contract() {
        const std::string path = drafted();
        good(buyer.post(path + "/submit", "{}"));
        good(buyer.post(path + "/agree", "{}"));
        good(holder.post(path + "/agree", "{}"));
        good(holder.post(path + "/sign", "{}"));
        const Answer done = buyer.post(path + "/sign", "{}");
        good(done);
        CHECK(done.at("/contract/state") == "signed");
        return path;
    }
    std::string in_force() {
        const std::string path = signed_contract();
        const Answer order = buyer.post(path + "/fund", "{}");
        REQUIRE_MESSAGE(order.status == 201, order.body);
        good(treasurer.post("/escrow-orders/" + order.at("/id") + "/approve"));
        return path;
    }
    std::string state(const std::string& path) { return adviser.get(path).at("/contract/state"); }
    std::string waiting_order(const std::string& path, std::size_t at = 0) {
        const Answer view = adviser.get(path);
        std::size_t found = 0;
        for (std::size_t i = 0; i < view.size("/orders"); ++i)
            if (view.at(fmt::format("/orders/{}/state", i)) == "waiting" && found++ == at) return "/escrow-orders/" + view.at(fmt::format("/orders/{}/id", i));
        return "";
    }

    LedgerCast bank;
};

bool holds(const std::string& body, const std::string& what) { return body.find(what) != std::string::npos; }

} // namespace

TEST_CASE("four roles: interest, contract, escrow, milestones; the money goes where the contract says") {
    Deals all;
    const std::string path = all.signed_contract();
    CHECK(all.buyer.get(path).at("/next") == "start");
    const Answer asked = all.buyer.post(path + "/fund", "{}");
    REQUIRE(asked.status == 201);
    CHECK(asked.at("/amount/amount") == "1000.00");
    const std::string order = "/escrow-orders/" + asked.at("/id");
    CHECK(all.buyer.post(path + "/fund", "{}").code() == "escrow.not_positive"); // all of it is on its way
    CHECK(all.buyer.post(order + "/approve").status == 403);
    CHECK(all.bank.balance("ana") == "5000.00");
    all.good(all.treasurer.post(order + "/approve"));
    CHECK(all.treasurer.post(order + "/approve").code() == "escrow.not_waiting"); // nothing is paid twice
    CHECK(all.bank.balance("ana") == "4000.00");
    CHECK(all.state(path) == "in_force");
    const Answer view = all.buyer.get(path);
    CHECK(view.at("/escrow/ledger_balance/amount") == "1000.00");
    CHECK(view.at("/escrow/left/amount") == "1000.00");

    CHECK(all.buyer.post(path + "/milestones/1/accept").code() == "contract.milestone_state");
    CHECK(all.buyer.post(path + "/milestones/1/submit", R"({"note":"x"})").code() == "contract.not_its_supplier");
    all.good(all.holder.post(path + "/milestones/1/submit", R"({"note":"Delivery note"})"));
    CHECK(all.holder.post(path + "/milestones/1/accept").code() == "contract.not_payer");
    all.good(all.buyer.post(path + "/milestones/1/reject", R"({"reason":"No signature on it."})"));
    all.good(all.holder.post(path + "/milestones/1/submit", R"({"note":"Signed delivery note"})"));
    all.good(all.buyer.post(path + "/milestones/1/accept"));
    CHECK(all.bank.balance("ben") == "0.00"); // one pair of eyes is not enough
    CHECK(all.buyer.post(path + "/complete", "{}").code() == "contract.guard");
    all.good(all.treasurer.post(all.waiting_order(path) + "/approve"));
    CHECK(all.bank.balance("ben") == "400.00");
    all.good(all.holder.post(path + "/milestones/2/submit", R"({"note":"Runs"})"));
    all.good(all.buyer.post(path + "/milestones/2/accept"));
    all.good(all.treasurer.post(all.waiting_order(path) + "/approve"));
    CHECK(all.bank.balance("ben") == "1000.00");
    const Answer done = all.buyer.post(path + "/complete", "{}");
    CHECK(done.at("/contract/state") == "completed");
    CHECK(done.at("/escrow/ledger_balance/amount") == "0.00");
    CHECK(all.buyer.get("/deals/" + done.at("/contract/deal")).at("/deal/outcome") == "won");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
    const Answer funnel = all.adviser.get("/deals/funnel");
    CHECK(funnel.number("/completed") == 1);
    CHECK(funnel.all("/stages", "/reached")[3] == "1"); // left out on the way, but passed
    const std::string paper = readable(all.buyer.get(path + "/pdf?first=en").body);
    CHECK(holds(paper, "1,000.00"));
    CHECK(all.buyer.get(path + "/pdf?first=zh&second=ru&layout=after").body.starts_with("%PDF"));
}

TEST_CASE("moves out of order say what is possible now and for whom; nothing is half done") {
    Deals all;
    const std::string path = all.drafted();
    const Answer early = all.buyer.post(path + "/sign", "{}");
    CHECK(early.status == 409);
    CHECK(early.code() == "contract.state");
    CHECK(holds(early.at("/detail"), "Put to the parties"));
    all.buyer.language = "ru";
    CHECK(holds(all.buyer.post(path + "/sign", "{}").at("/detail"), "Передать на согласование"));
    all.buyer.language = "";
    all.good(all.buyer.post(path + "/submit", "{}"));
    CHECK(all.buyer.patch(path, R"({"number":"T-2"})").code() == "contract.state"); // the text is with the parties
    all.good(all.buyer.post(path + "/agree", "{}"));
    CHECK(all.buyer.post(path + "/agree", "{}").code() == "contract.guard");
    CHECK(all.adviser.post(path + "/agree", "{}").code() == "contract.part");
    all.good(all.holder.post(path + "/change", R"({"comment":"Longer warranty."})"));
    CHECK(all.adviser.get(path).number("/contract/revision") == 2);
    all.good(all.holder.patch(path, R"({"ends_on":"2028-01-31"})"));
    all.good(all.holder.post(path + "/submit", "{}"));
    const Answer difference = all.buyer.get(path + "/difference?from=1&to=2");
    REQUIRE(difference.status == 200);
    CHECK(difference.at("/changes/0/path") == "/ends_on");
    CHECK(all.buyer.get(path + "/versions").size("/items") == 2);
    CHECK(all.buyer.post(path + "/fund", "{}").code() == "contract.state");
    CHECK(all.buyer.post(path + "/milestones/1/accept").code() == "contract.state");
    CHECK(all.bank.balance("ana") == "5000.00");
    Visitor stranger = all.all.newcomer("stranger@else.test", "manager", enter_organisation(all.treasurer, "Elsewhere of the test"));
    for (const std::string way : {"", "/pdf", "/clauses", "/versions"}) CHECK(stranger.get(path + way).status == 404);
    CHECK(stranger.post(path + "/sign", "{}").status == 404);
    CHECK(stranger.get("/contracts").number("/total") == 0);
    CHECK(stranger.get("/escrow-orders").number("/total") == 0);
}

TEST_CASE("a contract whose text is not whole, or contradicts itself, names every fault") {
    Deals all;
    const std::string deal = all.deal();
    const Answer wrong = all.buyer.post("/contracts",
        fmt::format(
            R"({{"number":"T","title":{{}},"subject":{{"en":"x"}},"kind":"memorandum","deal":"{}","parties":[{{"organisation":"{}","role":"client"}},{{"organisation":"{}","role":"partner"}}],
"amount":{{"amount":"5.00","currency":"CNY"}},"governing_language":"en","second_language":"en","starts_on":"2027-01-02","ends_on":"2027-01-01",
"milestones":[{{"number":1,"title":{{"en":"x"}},"due":"2027-02-01","parts":[{{"organisation":"{}","amount":{{"amount":"1.00","currency":"USD"}}}}]}}]}})",
            deal, all.all.organisation, all.all.other_organisation, all.all.organisation));
    CHECK(wrong.status == 422);
    const std::vector<std::string> fields = wrong.faulty_fields();
    for (const std::string field : {"title", "amount", "ends_on", "second_language", "parties", "milestones[0].due", "milestones[0].parts[0].organisation"})
        CHECK_MESSAGE(std::find(fields.begin(), fields.end(), field) != fields.end(), field, " in ", wrong.body);
    const Answer poor = all.buyer.post("/contracts",
        fmt::format(
            R"({{"number":"T","title":{{"en":"x"}},"subject":{{"en":"x"}},"kind":"engineering","deal":"{}","parties":[{{"organisation":"{}","role":"client"}},{{"organisation":"{}","role":"supplier"}}],
"amount":{{"amount":"5.00","currency":"CNY"}},"governing_language":"en"}})",
            deal, all.all.organisation, all.all.other_organisation));
    REQUIRE_MESSAGE(poor.status == 201, poor.body);
    const Answer refused = all.buyer.post("/contracts/" + poor.at("/contract/id") + "/submit", "{}");
    CHECK(refused.status == 422);
    CHECK(holds(refused.body, "Warranty in months"));
    CHECK(holds(refused.body, "contract.sum"));
    CHECK(all.buyer.get("/contracts/" + poor.at("/contract/id")).at("/contract/state") == "drafted");
    CHECK(all.buyer.post("/contracts", all.contract_body("deal_nobody")).faulty_fields() == std::vector<std::string>{"deal"});
}

TEST_CASE("escrow pays no more than it holds, and only what two pairs of eyes have seen") {
    Deals all;
    const std::string path = all.signed_contract();
    CHECK(all.buyer.post(path + "/fund", R"({"amount":{"amount":"1000.01","currency":"CNY"}})").code() == "escrow.above_contract");
    const Answer part = all.buyer.post(path + "/fund", R"({"amount":{"amount":"300.00","currency":"CNY"}})");
    REQUIRE(part.status == 201);
    all.good(all.treasurer.post("/escrow-orders/" + part.at("/id") + "/approve"));
    CHECK(all.state(path) == "signed"); // not all of it is there
    const Answer rest = all.buyer.post(path + "/fund", "{}");
    CHECK(rest.at("/amount/amount") == "700.00");
    all.good(all.treasurer.post("/escrow-orders/" + rest.at("/id") + "/refuse", R"({"reason":"Not today."})"));
    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "ana", "bank", "4500.00")); // the client spends its money elsewhere
    all.bank.send_batch();
    const Answer late = all.buyer.post(path + "/fund", "{}");
    REQUIRE(late.status == 201);
    const Answer refused = all.treasurer.post("/escrow-orders/" + late.at("/id") + "/approve");
    CHECK(refused.status == 409);
    CHECK(refused.code() == "ledger.debits_exceed_credits");
    CHECK(all.state(path) == "signed");
    CHECK(all.adviser.get(path).at("/escrow/ledger_balance/amount") == "300.00");
    // The end before the beginning: what was paid in goes back.
    all.good(all.buyer.post("/escrow-orders/" + late.at("/id") + "/withdraw"));
    all.good(all.buyer.post(path + "/notice", R"({"reason":"not_financed","comment":"The budget was cut."})"));
    CHECK(all.buyer.post(path + "/consent", "{}").code() == "contract.part");
    const Answer ending = all.holder.post(path + "/consent", "{}");
    CHECK(ending.at("/contract/state") == "winding_up");
    all.good(all.treasurer.post(all.waiting_order(path) + "/approve"));
    CHECK(all.state(path) == "terminated");
    CHECK(all.bank.balance("ana") == "500.00");
    CHECK(all.adviser.get(path).at("/escrow/ledger_balance/amount") == "0.00");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a dispute freezes escrow; its settlement pays what was decided and no more") {
    Deals all;
    const std::string path = all.in_force();
    const std::string account = all.adviser.get(path).at("/escrow/account");
    all.good(all.holder.post(path + "/dispute", R"({"reason":"breach","comment":"The site is not ready.","amount":{"amount":"100.00","currency":"CNY"}})"));
    CHECK(all.adviser.get(path).at("/escrow/frozen") == "true");
    CHECK(all.treasurer.get("/ledger/accounts/" + account).at("/state") == "debits_frozen");
    CHECK(all.holder.post(path + "/milestones/1/submit", R"({"note":"x"})").code() == "contract.state");
    CHECK(all.buyer.post(path + "/resume", "{}").code() == "contract.part");
    all.good(all.holder.post(path + "/resume", "{}"));
    CHECK(all.adviser.get(path).at("/escrow/frozen") == "false");
    all.good(all.buyer.post(path + "/dispute", R"({"reason":"delay","comment":"Late."})"));
    const auto settle = [&](const std::string& amount) {
        return all.adviser.post(path + "/settle",
            fmt::format(R"({{"comment":"A quarter of the work was done.","suppliers":[{{"organisation":"{}","amount":{{"amount":"{}","currency":"CNY"}}}}]}})",
                all.all.other_organisation, amount));
    };
    CHECK(settle("1000.01").status == 422);
    CHECK(all.buyer.post(path + "/settle", R"({"comment":"Mine."})").status == 403);
    const Answer settling = settle("250.00");
    REQUIRE_MESSAGE(settling.status == 200, settling.body);
    CHECK(settling.at("/contract/state") == "settling");
    CHECK(all.adviser.post(all.waiting_order(path) + "/approve").code() == "escrow.own_order");
    all.good(all.treasurer.post(all.waiting_order(path) + "/approve"));
    CHECK(all.state(path) == "settling");
    all.good(all.treasurer.post(all.waiting_order(path) + "/approve"));
    CHECK(all.state(path) == "settled");
    CHECK(all.bank.balance("ana") == "4750.00");
    CHECK(all.bank.balance("ben") == "250.00");
    CHECK(all.adviser.get(path).at("/contract/claims/1/outcome") == "A quarter of the work was done.");
}

TEST_CASE("nothing leaks: neither side learns the other's hidden name before the owner says yes") {
    Deals all;
    const std::string entry = all.technology(true);
    const std::string island = "Island power company of the test", harbour = "Harbour water works of the test";
    const std::string interest = all.express(entry);
    const auto reads = [&](Visitor& visitor, const std::string& path) { return readable(visitor.get(path).body); };
    const auto knows = [&](Visitor& visitor, const std::string& name, const std::string& id) {
        std::string found;
        for (const std::string& path : {interest, std::string("/interests"), std::string("/interests?limit=500&sort=-created_at"), std::string("/deals"),
                 std::string("/deals/funnel"), std::string("/contracts"), std::string("/audit?limit=500"), "/audit?record_id=" + interest.substr(11),
                 std::string("/disclosure-reads"), std::string("/agreements")}) {
            const std::string body = reads(visitor, path);
            if (path.starts_with("/audit") ? false : holds(body, name)) found += path + " ";
            // Of the audit: what others' records say; one's own organisation stands in every line of it.
            if (holds(body, id)) found += path + "# ";
        }
        return found;
    };
    const auto nobody_knows = [&] {
        CHECK(knows(all.holder, island, all.all.organisation) == "");
        CHECK(knows(all.buyer, harbour, all.all.other_organisation) == "");
    };
    nobody_knows();
    CHECK(all.holder.get(interest).status == 404); // not forwarded yet
    all.good(all.adviser.post(interest + "/take"));
    CHECK(all.adviser.post(interest + "/forward", R"({"note":"It is the ISLAND power company of the test"})").status == 422);
    all.good(all.adviser.post(interest + "/forward", R"({"note":"A utility, well known to the bank."})"));
    nobody_knows();
    const Answer seen = all.holder.get(interest);
    REQUIRE(seen.status == 200);
    CHECK(seen.at("/interest/organisation").empty());
    CHECK(seen.at("/interest/person_name").empty());
    CHECK(seen.at("/interest/country") == "CN");
    CHECK(seen.at("/interest/organisation_kind") == "enterprise");
    CHECK(seen.at("/interest/size") == "medium");
    // The conversation: held until read by the adviser, nameless, and searched for traces.
    CHECK(all.buyer.post(interest + "/messages", R"({"text":"Call us: +86 21 5555 0000"})").faulty_fields() == std::vector<std::string>{"text"});
    all.good(all.buyer.post(interest + "/messages", R"({"text":"We need it by May."})"));
    CHECK(all.holder.get(interest).size("/messages") == 0);
    all.good(all.adviser.post("/interest-messages/" + all.adviser.get(interest).at("/messages/0/id") + "/pass"));
    CHECK(all.holder.get(interest).at("/messages/0/text") == "We need it by May.");
    CHECK(all.holder.get(interest).at("/messages/0/person_name").empty());
    CHECK(all.holder.post(interest + "/messages", R"({"text":"Harbour Water Works of the test greets you"})").status == 422);
    nobody_knows();
    // A filter or an order tells no name either.
    CHECK(all.holder.get("/interests?organisation=" + all.all.organisation).status != 200);
    CHECK(all.buyer.get("/interests?owner=" + all.all.other_organisation).status != 200);
    CHECK(all.holder.get("/interests?sort=organisation").status != 200);
    all.good(all.holder.post(interest + "/accept"));
    CHECK(all.holder.get(interest).at("/interest/organisation") == all.all.organisation);
    CHECK(all.buyer.get(interest).at("/interest/owner") == all.all.other_organisation);
}

TEST_CASE("answers that name the sender are refused, all at once; an interest is expressed once, in others' entries only") {
    Deals all;
    const std::string entry = all.technology();
    const Answer named = all.buyer.post("/interests",
        fmt::format(
            R"({{"entry":"{}","cooperation":"licence","cooperation_wish":"Write to ana@island.example please","missing_information":"See www.island.example","presentation":"We are the island power company of the test."}})",
            entry));
    CHECK(named.status == 422);
    CHECK(named.faulty_fields() == std::vector<std::string>{"cooperation_wish", "missing_information", "presentation"});
    CHECK(all.holder.post("/interests", fmt::format(R"({{"entry":"{}",{}}})", entry, questions)).code() == "interest.own");
    const std::string interest = all.express(entry);
    CHECK(all.buyer.post("/interests", fmt::format(R"({{"entry":"{}",{}}})", entry, questions)).code() == "interest.twice");
    CHECK(all.buyer.post("/interests", fmt::format(R"({{"entry":"tech_nobody",{}}})", questions)).status == 404);
    const Answer early = all.adviser.post(interest + "/forward", "{}");
    CHECK(early.code() == "interest.state");
    CHECK(holds(early.at("/detail"), "Take on"));
    all.good(all.adviser.post(interest + "/take"));
    CHECK(all.adviser.post(interest + "/return", "{}").faulty_fields() == std::vector<std::string>{"note"});
    all.good(all.adviser.post(interest + "/return", R"({"note":"Say more of the site."})"));
    CHECK(all.adviser.post(interest + "/forward", "{}").code() == "interest.state");
    all.good(all.buyer.post(interest + "/amend",
        R"({"cooperation_wish":"Supply for one plant.","missing_information":"The running cost.","presentation":"A utility on an island."})"));
    all.good(all.adviser.post(interest + "/forward", "{}"));
    CHECK(all.buyer.post(interest + "/accept").status == 403);
    all.good(all.holder.post(interest + "/decline", R"({"reason":"capacity","comment":"Sold out."})"));
    CHECK(all.buyer.get(interest).at("/interest/decline_reason") == "capacity");
    CHECK(all.holder.get(interest).at("/interest/organisation").empty()); // nor afterwards
    CHECK(all.adviser.get("/deals/funnel").number("/lost") == 1);
}

TEST_CASE("valuations are ranges with their assumptions; a wrong one names every fault; others do not see them") {
    Deals all;
    const std::string
        range = R"({"low":1,"base":2,"high":3})",
        money = R"({"low":{"amount":"100.00","currency":"CNY"},"base":{"amount":"200.00","currency":"CNY"},"high":{"amount":"300.00","currency":"CNY"}})";
    const std::string income = fmt::format(
        R"("income":{{"revenue":{0},"growth":{1},"royalty":{1},"tax":{1},"discount":{1},"first_year":1,"life":{1},"readiness_level":8}})", money, range);
    const Answer made = all.holder.post("/valuations", fmt::format(R"({{"title":{{"en":"A membrane"}},"day":"2026-11-01",{}}})", income));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string path = "/valuations/" + made.at("/id");
    const Answer report = all.holder.get(path + "/report");
    REQUIRE_MESSAGE(report.status == 200, report.body);
    CHECK(report.at("/report/approaches/0/approach") == "income");
    CHECK(!report.at("/report/approaches/0/low/amount").empty());
    CHECK(report.at("/report/assumptions/6/sample") == "true");
    CHECK(report.body == all.holder.get(path + "/report").body); // the same seed, the same draws
    CHECK(all.buyer.get(path + "/report").status == 404);
    CHECK(all.adviser.get(path + "/report").status == 200);
    CHECK(all.adviser.patch(path, R"({"seed":2})").status == 403);
    CHECK(all.holder.post("/valuations", R"({"title":{"en":"x"},"day":"2026-11-01"})").faulty_fields() == std::vector<std::string>{"income"});
    CHECK(all.holder.patch(path, R"({"income":{"royalty":{"low":5,"base":2,"high":101}}})").status == 422);
    all.good(all.holder.remove(path));
}

} // namespace greenbank::testing
