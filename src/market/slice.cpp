// slice.cpp — what market brings to the bank.
#include "api/migrations.h"
#include "market/borders/records.h"
#include "market/data/notices.h"
#include "market/exchange/exchange.h"
#include "market/market.h"
#include "market/pledges/endpoints.h"
#include "market/replay_files.h"
#include "market/sample.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile market_migrations[];
extern const std::size_t market_migrations_count;
} // namespace embedded

namespace market {

Slice slice(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log, const std::string& address) {
    Slice slice{
        .name = "market",
        .migrations = migrations_of("market", embedded::market_migrations, embedded::market_migrations_count),
        .records = {&record_of<CarbonProgramme>(), &record_of<CarbonProduct>(), &record_of<RegistryAccount>(), &record_of<Issuance>(),
            &record_of<SerialBlock>(), &record_of<UnitEnd>(), &record_of<ComplianceObligation>(), &record_of<ListedElsewhere>(), &record_of<CarryOver>(),
            &record_of<Market>(), &record_of<MarketTrader>(), &record_of<MarketDay>(), &record_of<BlockTrade>(), &record_of<CarbonAuction>(),
            &record_of<AuctionBid>(), &record_of<MarketAlert>(), &record_of<CarbonPledge>(), &record_of<BorderArrangement>(), &record_of<BorderTrade>(),
            &record_of<BorderSettlement>(), &record_of<MarketNews>(), &record_of<MarketEvent>()},
        .rights =
            {
                {trade_carbon, "Trade, transfer, retire, surrender and pledge carbon of one's own organisation.", {"manager", "officer", "administrator"}},
                {keep_registry, "Keep the carbon registry: programmes, products, accounts, obligations; see all of it.", {"officer", "administrator"}},
                {issue_carbon, "Issue tonnes that another person asked for.", {"officer", "administrator"}},
                {run_exchange, "Open markets, halt trading, take in days, watch.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {replay_command()},
    };
    for (const auto& endpoints : {programme_endpoints(book), issuance_endpoints(book), holding_endpoints(book), retirement_endpoints(book, log, address),
             compliance_endpoints(book, log), carry_over_endpoints(book, log), market_endpoints(book, floor), order_endpoints(floor), block_endpoints(floor),
             auction_endpoints(book, floor), public_data_endpoints(floor), holder_endpoints(floor), past_endpoints(), pledge_endpoints(book),
             border_deal_endpoints(), border_settlement_endpoints(book, log), border_paper_endpoints(address), notice_endpoints(), calendar_endpoints(),
             index_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    slice.checks = {registry_check(), exchange_check()};
    slice.samples = {sample_set<CarbonProgramme>("market/programmes"), sample_set<CarbonProduct>("market/products"),
        sample_set<RegistryAccount>("market/accounts"), sample_set<Issuance>("market/issuances"), sample_set<SerialBlock>("market/blocks"),
        sample_set<UnitEnd>("market/retirements"), sample_set<ComplianceObligation>("market/obligations"), sample_set<ListedElsewhere>("market/listed"),
        sample_set<Market>("market/markets"), sample_set<MarketTrader>("market/traders"), sample_set<MarketDay>("market/days"),
        sample_set<BlockTrade>("market/blocktrades"), sample_set<CarbonAuction>("market/auctions"), sample_set<AuctionBid>("market/bids"),
        sample_set<MarketAlert>("market/alerts"), sample_set<CarbonPledge>("market/pledges"), sample_set<MarketNews>("market/news"),
        sample_set<MarketEvent>("market/calendar"), sample_set<BorderArrangement>("market/borders"), sample_set<BorderTrade>("market/border_deals")};
    slice.sample_steps = {sample_step()};
    slice.followings = {market_following(floor)};
    slice.routines = {auction_routine(book, floor, log)};
    return slice;
}

} // namespace market
} // namespace greenbank
