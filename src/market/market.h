// The face of market: registry, exchange and pledges of carbon.
#pragma once

#include "market/exchange/floor.h"
#include "market/pledges/pledges.h" // what finance secures loans with

namespace greenbank::market {

/// `book` moves money and tonnes, `floor` holds the order books, `log` proves certificates, `address` is how the bank is called from outside;
/// all of them must outlive the rows.
Slice slice(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log, const std::string& address);

} // namespace greenbank::market
