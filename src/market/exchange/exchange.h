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
/// Tells the listeners of the stream what was committed, on every server.
Following market_following(Floor& floor);

} // namespace greenbank::market
