// chapter_11_test.cpp — the island's credits: issued by serial block, part pledged, part sold by auction, part retired for the ferries.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("chapter 11: issued = held + retired + sold, the same in registry, ledger, auction, certificate and command") {
    Cast& all = cast();
    const Answer issuance = all.officer.get("/issuances/issuance_sample_island_2026");
    REQUIRE_MESSAGE(issuance.status == 200, issuance.body);
    CHECK(issuance.number("/tonnes") == 9'600);
    const Answer transfer = all.administrator.get("/ledger/transfers/" + issuance.at("/transfer"));
    CHECK(transfer.at("/amount") == "9600.000");
    std::map<std::string, std::int64_t> tonnes; // by state and holder
    const Answer blocks = all.officer.get("/serial-blocks?product=carbonproduct_sample_ccer_island");
    for (std::size_t i = 0; i < blocks.size("/items"); ++i) {
        const std::string one = fmt::format("/items/{}", i);
        tonnes[blocks.at(one + "/state") + " " + blocks.at(one + "/holder")] += blocks.number(one + "/last") - blocks.number(one + "/first") + 1;
    }
    CHECK(tonnes["held org_sample_island_power"] == 6'000);
    CHECK(tonnes["held org_sample_chemical_park"] == 3'000);
    CHECK(tonnes["retired org_sample_island_power"] == 600);
    const Answer auction = all.nobody.get("/carbon-auctions/auction_sample_island");
    CHECK(auction.number("/sold") == 3'000);
    CHECK(auction.at("/price") == "68.00"); // 3,000 × 68.00 = what the ledger says was paid
    CHECK(all.administrator.get("/ledger/transfers/transfer_00000000000000000000110003").at("/amount") == "204000.00");
    const Answer pledge = all.officer.get("/carbon-pledges/pledge_sample_island");
    CHECK(pledge.number("/tonnes") == 2'000);
    CHECK(all.administrator.get("/ledger/transfers/" + pledge.at("/hold")).at("/amount") == "2000.000");
    const Answer value = all.officer.get("/carbon-pledges/pledge_sample_island/value");
    CHECK(value.at("/value/amount") == "136000.00");
    CHECK(value.number("/cover_basis_points") == 20'000);
    const Answer certificate = all.nobody.get("/retirements/retirement_sample_ferries");
    CHECK(certificate.number("/retirement/tonnes") == 600);
    CHECK(certificate.at("/numbers_rest") == "true");
    CHECK(readable(all.nobody.get("/retirements/retirement_sample_ferries/pdf").body).find("600") != std::string::npos);
    const Answer days = all.nobody.get("/markets/market_sample_cea/days");
    CHECK(days.size("/items") > 400);
    for (const std::string& status : days.all("/items", "/status")) REQUIRE(status == "sample");
    // Across the border: agreed between two currencies, and said to be a simulation wherever it shows.
    const Answer arrangement = all.nobody.get("/border-arrangements/arrangement_sample_steppe");
    CHECK(arrangement.at("/simulation") == "true");
    const Answer deal = all.officer.get("/border-deals?arrangement=arrangement_sample_steppe");
    CHECK(deal.at("/items/0/state") == "agreed");
    CHECK(deal.number("/items/0/tonnes") == 100);
    const Ran verified = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace greenbank::testing
