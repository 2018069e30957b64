// chapter_5_test.cpp — what the island's plant costs and is worth: the same figures in API, command line and paper; milestones pay what the ledger paid.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string path = "/projects/project_sample_island_microgrid";

std::int64_t fen(const std::string& amount) { return std::stoll(amount.substr(0, amount.find('.')) + amount.substr(amount.find('.') + 1)); }

} // namespace

TEST_CASE("chapter 5: the investment is the contract, the grid and the land: the need's budget and what the ledger drew") {
    Cast& all = cast();
    const Answer project = all.officer.get(path);
    REQUIRE(project.status == 200);
    CHECK(project.at("/sample") == "true");
    CHECK(project.at("/need") == "need_sample_island_power");
    CHECK(project.at("/budget") == all.nobody.get("/needs/need_sample_island_power").at("/budget"));
    std::int64_t capital = 0;
    std::vector<std::string> amounts;
    for (std::size_t i = 0; i < project.size("/budget_lines"); ++i) {
        const std::string line = fmt::format("/budget_lines/{}", i);
        if (project.at(line + "/kind") != "capital") continue;
        amounts.push_back(project.at(line + "/amount/amount"));
        capital += fen(amounts.back());
    }
    CHECK(amounts == std::vector<std::string>{"162000000.00", "12000000.00", "6000000.00"});
    CHECK(capital == fen(project.at("/budget/amount")));
    // The contract went into escrow, own funds and loan paid for all of it.
    CHECK(all.administrator.get("/ledger/accounts/account_sample_island_escrow/balance?at=2026-03-31T00:00:00Z").at("/balance") == amounts[0]);
    for (const std::string& technology : project.all("/technologies", "/technology")) CHECK(all.nobody.get("/technologies/" + technology).status == 200);
    // A visitor sees what is built, not the lines.
    CHECK(all.nobody.get(path).size("/budget_lines") == 0);
    CHECK(all.nobody.get(path).at("/budget/amount") == "180000000.00");
}

TEST_CASE("chapter 5 and 7: three accepted milestones are the three releases of the escrow, on their days") {
    Cast& all = cast();
    const Answer milestones = all.officer.get(path + "/milestones");
    REQUIRE(milestones.size("/items") == 3);
    const std::string before[] = {"2026-05-14", "2026-08-19", "2026-10-29"};
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string item = fmt::format("/items/{}", i);
        CHECK(milestones.at(item + "/state") == "accepted");
        const std::string day = milestones.at(item + "/due_on");
        CHECK(milestones.at(item + "/decided_at").substr(0, 10) == day);
        const auto balance = [&](const std::string& on) {
            return fen(all.administrator.get("/ledger/accounts/account_sample_island_escrow/balance?at=" + on + "T23:59:59Z").at("/balance"));
        };
        CHECK(balance(before[i]) - balance(day) == fen(milestones.at(item + "/amount/amount")));
        // What is asked for is there.
        const Answer evidence = all.officer.get("/milestones/" + milestones.at(item + "/id") + "/evidence");
        for (const std::string& kind : milestones.all(item + "/proofs", "")) {
            const std::vector<std::string> kinds = evidence.all("/items", "/kind");
            CHECK(std::find(kinds.begin(), kinds.end(), kind) != kinds.end());
        }
    }
    CHECK(all.officer.get(path + "/standing").at("/accepted_amount/amount") == "162000000.00");
}

TEST_CASE("chapter 5: what the plant is worth is the same from the API, from the exported plan on the command line, and on paper") {
    Cast& all = cast();
    const Answer kept = all.officer.get(path + "/appraisals");
    REQUIRE(kept.size("/items") == 1);
    const std::string report = "/items/0/report";
    std::int64_t built = 0;
    for (std::size_t i = 0; i < kept.size("/items/0/plan/capital"); ++i)
        if (kept.at(fmt::format("/items/0/plan/capital/{}/year", i)) == "0") built += fen(kept.at(fmt::format("/items/0/plan/capital/{}/amount/amount", i)));
    CHECK(built == 180'000'000'00);
    CHECK(kept.at(report + "/flows/0/capital/amount") == "180000000.00");

    const Answer plan = all.officer.get("/appraisals/" + kept.at("/items/0/id") + "/plan");
    const std::string file = all.folder.write("island_plan.json", plan.body);
    const Ran json = run({"project", "appraise", "--in", file, "--json"});
    REQUIRE_MESSAGE(json.status == 0, json.err);
    const Answer offline{200, json.out, "", {}};
    for (const std::string place : {"/after_tax/net_present_value/amount", "/after_tax/internal_rate", "/after_tax/payback_years", "/levelised_cost",
             "/cost_per_tonne/amount", "/tonnes_avoided", "/sensitivities/0/driver", "/sensitivities/0/npv_low/amount", "/flows/20/cumulative/amount"})
        CHECK_MESSAGE(offline.at(place) == kept.at(report + place), place);
    CHECK(offline.at("/flows") == Answer{200, all.officer.post("/appraise", plan.body).body, "", {}}.at("/flows"));

    const Ran people = run({"project", "appraise", "--in", file, "--language", "ru"});
    CHECK(people.out.find(kept.at(report + "/after_tax/net_present_value/amount")) != std::string::npos);
    const double rate = std::stod(kept.at(report + "/after_tax/internal_rate"));
    for (const std::string language : {"zh", "en", "ru"}) {
        INFO(language);
        const std::string words = words_of_pdf(all.officer.get(path + "/pdf", {{"Accept-Language", language}}).body);
        CHECK_MESSAGE(words.find(fmt::format("{:.2f}%", rate)) != std::string::npos, words);
        CHECK(words.find(language == "ru" ? "180000000" : "180,000,000") != std::string::npos);
        CHECK(words.find(without_blanks(all.officer.get(path).at("/title/" + language)).substr(0, 20)) != std::string::npos);
    }
    // Every kept appraisal repeats, and four eyes saw each milestone.
    const Ran verified = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out, verified.err);
}

} // namespace greenbank::testing
