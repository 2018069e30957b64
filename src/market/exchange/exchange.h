// exchange.h — the endpoints of markets, orders, blocks, auctions and public data.
#pragma once

#include "market/exchange/floor.h"
#include "market/registry/registry.h"

namespace greenbank::market {

std::vector<Endpoint> market_endpoints(ledger::Book& book, Floor& floor);
std::vector<Endpoint> order_endpoints(Floor& floor);
std::vector<Endpoint> block_endpoints(Floor& floor);
std::vector<Endpoint> auction_endpoints(ledger::Book& book, Floor& floor);
std::vector<Endpoint> public_data_endpoints(Floor& floor);
std::vector<Endpoint> holder_endpoints(Floor& floor);
std::vector<Endpoint> past_endpoints();
/// Auctions whose time is over are closed and settled.
Routine auction_routine(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log);
/// Books, journal, snapshots and holds fit each other.
Check exchange_check();
/// Tells the listeners of the stream what was committed, on every server.
Following market_following(Floor& floor);

} // namespace greenbank::market
