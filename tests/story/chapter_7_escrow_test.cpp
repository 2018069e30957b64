// chapter_7_escrow_test.cpp — milestones accepted with evidence release the escrow: contract, orders and ledger name the same transfers.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("chapter 7: three milestones with evidence released the escrow of the contract down to zero, by the ledger's own transfers") {
    Cast& all = cast();
    const Answer view = all.officer.get("/contracts/contract_sample_island_engineering");
    REQUIRE_MESSAGE(view.status == 200, view.body);
    CHECK(view.at("/escrow/funded/amount") == "162000000.00");
    CHECK(view.at("/escrow/released/amount") == "162000000.00");
    CHECK(view.at("/escrow/left/amount") == "0.00");
    CHECK(view.at("/escrow/ledger_balance/amount") == "0.00");
    CHECK(all.administrator.get("/ledger/accounts/" + view.at("/escrow/account")).at("/balance") == "0.00");
    REQUIRE(view.size("/contract/milestones") == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string at = fmt::format("/contract/milestones/{}", i);
        CHECK(view.at(at + "/state") == "released");
        CHECK(view.size(at + "/evidence") >= 1);
    }
    // Each line of each order is a transfer of that amount, between these accounts, booked on the day of the milestone.
    std::map<std::string, std::string> released; // by milestone: the day
    std::size_t transfers = 0;
    REQUIRE(view.size("/orders") == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string order = fmt::format("/orders/{}", i);
        const bool in = view.at(order + "/kind") == "fund";
        for (std::size_t j = 0; j < view.size(order + "/lines"); ++j, ++transfers) {
            const std::string line = fmt::format("{}/lines/{}", order, j);
            const Answer transfer = all.administrator.get("/ledger/transfers/" + view.at(line + "/transfer"));
            REQUIRE_MESSAGE(transfer.status == 200, view.at(line + "/transfer"));
            CHECK(transfer.at("/amount") == view.at(line + "/amount/amount"));
            CHECK(transfer.at(in ? "/debit" : "/credit") == view.at(line + "/account"));
            CHECK(transfer.at(in ? "/credit" : "/debit") == view.at("/escrow/account"));
            CHECK(transfer.at("/booking_date") == view.at(order + "/checked_at").substr(0, 10));
        }
    }
    CHECK(transfers == 6);
    // What the consortium got is what its accounts hold.
    CHECK(all.administrator.get("/ledger/accounts/account_sample_battery_cny").at("/balance") == "105300000.00");
    CHECK(all.administrator.get("/ledger/accounts/account_sample_solar_cny").at("/balance") == "56700000.00");
    const std::string paper = readable(all.officer.get("/contracts/contract_sample_island_engineering/pdf?first=en").body);
    for (const std::string amount : {"48,600,000.00", "32,400,000.00", "24,300,000.00"}) CHECK(paper.find(amount) != std::string::npos);
    const Ran verified = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace greenbank::testing
