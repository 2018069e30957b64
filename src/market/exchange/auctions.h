// auctions.h — what announcing, bidding and closing share.
#pragma once

#include "ledger/transfers.h"
#include "market/exchange/exchange.h"
#include "market/pledges/pledges.h"

namespace greenbank::market {

/// The money that is paid: the market's, or another currency's at the stored rate.
struct PayIn {
    ledger::LedgerAccount account;
    int scale = 2;
    std::string rate; // into the market's currency; empty: the same
};
/// What `cash` of the market's money comes to there, up to the next smallest unit.
Result<std::int64_t> amount_in(const PayIn& pays, std::int64_t cash, int cash_scale);
/// Smallest units of the market's money in a price times a quantity, and how many places they have.
Result<std::int64_t> cash_of(Transaction& transaction, const Market& market, int places, Price price, Quantity quantity, int& scale);
/// Where a currency is exchanged.
Result<std::optional<ledger::LedgerAccount>> exchange_account(Transaction& transaction, const Id<ledger::LedgerAsset>& asset);
/// What a market's limits count from now: the last close, else the first day's.
Result<Price> reference_price(Transaction& transaction, const Market& market, int places);
std::string new_transfer(const Caller& caller);

/// Settles, all or nothing; bids of accounts that are frozen meanwhile are passed over, and without its organiser's accounts an auction fails.
Result<CarbonAuction> close_auction(ledger::Book& book, Floor& floor, Transaction& transaction, const Caller& caller, const Id<CarbonAuction>& id);

} // namespace greenbank::market
