// records.h — markets as dated data, who trades there, days, blocks, auctions and alerts. Orders and deals are plain tables: see migrations/.
#pragma once

#include "market/registry/records.h"
#include "market/rules_records.h"

namespace greenbank::market {

/// One product against one currency. Each edition of the rules holds from its first day.
struct Market {
    static constexpr std::string_view id_prefix = "market";
    Id<Market> id;
    std::string code;
    Text name;
    Id<CarbonProduct> product;
    std::string currency;
    std::vector<RulesEdition> rules;
    std::string first_close;                                 // decimal: what the first day's limits count from
    Id<ledger::LedgerAccount> clearing_account, fee_account; // of the currency
    std::int64_t transfer_key = 0;                           // the first half of the ids of its transfers
    bool simulation = false;                                 // nobody's rules are in force here
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Market*);

/// An organisation that trades in a market.
struct MarketTrader {
    static constexpr std::string_view id_prefix = "trader";
    Id<MarketTrader> id;
    Id<Market> market;
    std::int64_t number = 1; // in the market, from 1
    Id<Organisation> organisation;
    Id<ledger::LedgerAccount> cash_account, units_account;
    bool sample = false;
    Time created_at;
};
Record describe(const MarketTrader*);

/// A day's figures: of the listed deals, and beside them of blocks and auctions.
struct MarketDay {
    static constexpr std::string_view id_prefix = "marketday";
    Id<MarketDay> id;
    Id<Market> market;
    Date day;
    double open = 0, high = 0, low = 0, close = 0;
    std::int64_t volume = 0, trades = 0, block_volume = 0, auction_volume = 0;
    double turnover = 0;
    std::optional<std::string> doubt; // why an imported row cannot be right
    std::string source;
    DataStatus status = DataStatus::official;
    bool sample = false;
};
Record describe(const MarketDay*);

enum class BlockTradeState { proposed, settled, refused };
/// A deal agreed on between two, beside the book.
struct BlockTrade {
    static constexpr std::string_view id_prefix = "blocktrade";
    Id<BlockTrade> id;
    Id<Market> market;
    Id<Organisation> seller, buyer, proposer;
    std::string price; // decimal
    std::int64_t quantity = 0;
    BlockTradeState state = BlockTradeState::proposed;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BlockTrade*);

enum class AuctionKind {
    sale,     // the organiser sells, the others bid to buy
    purchase, // the organiser buys, the others bid to sell
    call,     // both sides bid, all trade at one price
};
enum class AuctionState { open, closed, failed };
/// Many bids, one moment.
struct CarbonAuction {
    static constexpr std::string_view id_prefix = "auction";
    Id<CarbonAuction> id;
    Id<Market> market;
    AuctionKind kind = AuctionKind::sale;
    Id<Organisation> organiser;
    Text title;
    std::int64_t quantity = 0; // of a call 0
    std::string reserve;       // decimal; a seller takes no less, a buyer pays no more
    bool pay_bid = false;
    Time closes_at;
    AuctionState state = AuctionState::open;
    std::string hold;
    std::optional<std::string> price; // the last one that was needed; of a call the one of all
    std::int64_t sold = 0;
    std::optional<std::int64_t> surplus; // of a call, at its price: above 0 buyers were left over, below 0 sellers
    std::optional<std::string> pledge;   // whose tonnes are sold to pay the pledgee
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonAuction*);

struct AuctionBid {
    static constexpr std::string_view id_prefix = "bid";
    Id<AuctionBid> id;
    Id<CarbonAuction> auction;
    Id<Organisation> bidder;
    Side side = Side::buy;
    std::string price;
    std::int64_t quantity = 0;
    /// Another currency to pay in, at the ledger's stored rate: a simulation of settlement across a border.
    std::optional<std::string> pay_in;
    std::optional<std::string> rate;
    Id<ledger::LedgerAccount> account; // of what is held
    std::string hold, held;            // transfer; decimal, or tonnes
    std::int64_t won = 0;
    std::optional<std::string> paid; // decimal, in the currency of the account; received by who sells
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const AuctionBid*);

enum class AlertKind { wash_trade, layering, marking_the_close, concentration, circular_trade };
struct MarketAlert {
    static constexpr std::string_view id_prefix = "alert";
    Id<MarketAlert> id;
    Id<Market> market;
    Date day;
    AlertKind kind = AlertKind::wash_trade;
    Id<Organisation> organisation;
    std::string evidence; // numbers of commands and deals
    bool sample = false;
    Time created_at;
};
Record describe(const MarketAlert*);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::AuctionKind> { static constexpr std::string_view name = "auction_kind", values[] = {"sale", "purchase", "call"}; };
template <> struct Choices<market::BlockTradeState> {
    static constexpr std::string_view name = "block_trade_state", values[] = {"proposed", "settled", "refused"};
};
template <> struct Choices<market::AuctionState> { static constexpr std::string_view name = "auction_state", values[] = {"open", "closed", "failed"}; };
template <> struct Choices<market::AlertKind> {
    static constexpr std::string_view name = "alert_kind", values[] = {"wash_trade", "layering", "marking_the_close", "concentration", "circular_trade"};
};
} // namespace greenbank
