// endpoints.h — the table of pledges.
#pragma once

#include "market/registry/registry.h"

namespace greenbank::market {

std::vector<Endpoint> pledge_endpoints(ledger::Book& book);

} // namespace greenbank::market
