// records.cpp — descriptions of what the exchange keeps.
#include "market/exchange/records.h"

#include <fmt/format.h>

namespace greenbank::market {

namespace {

void check_market(const void* value, Problems& problems) {
    const auto& market = *static_cast<const Market*>(value);
    if (!market.first_close.empty() && (!parse_scaled(market.first_close, 2) || *parse_scaled(market.first_close, 2) <= 0))
        problems.push_back({"first_close", "market.price_text", "Write a price above zero with at most two digits after the point, such as 68.50."});
    for (std::size_t i = 0; i < market.rules.size(); ++i) {
        const RulesEdition& edition = market.rules[i];
        if (edition.tick >= 0.01 && edition.lot >= 1 && edition.quantity_min >= 1) continue;
        problems.push_back({fmt::format("rules[{}].tick", i), "market.rule_scale", "The tick is at least 0.01 and the lot at least one tonne."});
    }
}

void check_auction(const void* value, Problems& problems) {
    const auto& auction = *static_cast<const CarbonAuction*>(value);
    const bool call = auction.kind == AuctionKind::call;
    if (call != (auction.quantity == 0))
        problems.push_back({"quantity", "market.auction_quantity", "Say how many tonnes are sold or bought; leave it empty where both sides bid."});
    if (call != auction.reserve.empty())
        problems.push_back({"reserve", "market.auction_reserve", "Say what is taken or paid at the most; leave it empty where both sides bid."});
}

} // namespace

Record describe(const Market*) {
    using One = Market;
    return {"market", "One product against one currency.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::code>("code", "What it is called in short.", {.min = 1, .max = 30, .unique = true, .sort = true}),
            field<&One::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&One::product>("product", "What is traded.", {.filter = true}),
            field<&One::currency>("currency", "In which currency.", {.min = 3, .max = 3, .filter = true}),
            field<&One::rules>("rules", "Editions of its rules; each holds from its first day.", {.min = 1, .max = 20}),
            field<&One::first_close>("first_close", "What the limits of the first day count from; empty: no limits then.", {.max = 20, .defaulted = true}),
            field<&One::clearing_account>("clearing_account", "Where money of deals passes through.", {.read_only = true}),
            field<&One::fee_account>("fee_account", "Where fees go.", {.read_only = true}),
            field<&One::transfer_key>("transfer_key", "The first half of the ids of its transfers.", {.read_only = true}),
            field<&One::simulation>("simulation", "A simulation: nobody's rules are in force here.", {.defaulted = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_market, true};
}

Record describe(const MarketTrader*) {
    using One = MarketTrader;
    return {"market_trader", "An organisation that trades in a market.",
        {field<&One::id>("id", "Id."), field<&One::market>("market", "Where.", {.filter = true}), field<&One::number>("number", "Its number there."),
            field<&One::organisation>("organisation", "Who.", {.filter = true}), field<&One::cash_account>("cash_account", "What it pays from."),
            field<&One::units_account>("units_account", "Where its tonnes lie."), field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "Since when.")}};
}

Record describe(const MarketDay*) {
    using One = MarketDay;
    return {"market_day", "A day's prices and volumes: opening is the first listed deal, close the mean of the day's by volume.",
        {field<&One::id>("id", "Id."), field<&One::market>("market", "Which market.", {.filter = true}),
            field<&One::day>("day", "The day.", {.filter = true, .sort = true}), field<&One::open>("open", "The first deal."),
            field<&One::high>("high", "The highest."), field<&One::low>("low", "The lowest."),
            field<&One::close>("close", "The mean by volume, else the close before."), field<&One::volume>("volume", "Listed deals.", {.unit = "t"}),
            field<&One::trades>("trades", "How many deals."), field<&One::block_volume>("block_volume", "Blocks.", {.unit = "t"}),
            field<&One::auction_volume>("auction_volume", "Auctions.", {.unit = "t"}), field<&One::turnover>("turnover", "Money of the listed deals."),
            field<&One::doubt>("doubt", "Why an imported row cannot be right."), field<&One::source>("source", "Where it is from."),
            field<&One::status>("status", "Official, unconfirmed or sample."), field<&One::sample>("sample", "Part of the sample bank.")}};
}

Record describe(const BlockTrade*) {
    using One = BlockTrade;
    return {"block_trade", "A deal agreed on between two, beside the book.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::market>("market", "In which market.", {.filter = true}),
            field<&One::seller>("seller", "Who gives the tonnes.", {.filter = true}),
            field<&One::buyer>("buyer", "Who pays.", {.filter = true}),
            field<&One::proposer>("proposer", "Who proposed it.", {.read_only = true}),
            field<&One::price>("price", "For a tonne.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::state>("state", "Proposed, settled or refused.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was proposed.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const CarbonAuction*) {
    using One = CarbonAuction;
    return {"carbon_auction", "Many bids, one moment: a seller's tonnes, a buyer's wish, or both sides at one price.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::market>("market", "In which market.", {.filter = true}),
            field<&One::kind>("kind", "The organiser sells, or buys, or both sides bid.", {.defaulted = true, .filter = true}),
            field<&One::organiser>("organiser", "Who announced it.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What it is called.", {.min = 1, .max = 200}),
            field<&One::quantity>(
                "quantity", "How many tonnes the organiser sells or buys; none where both sides bid.", {.unit = "t", .min = 0, .max = 1e10, .defaulted = true}),
            field<&One::reserve>(
                "reserve", "A seller takes no less for a tonne, a buyer pays no more; empty where both sides bid.", {.max = 20, .defaulted = true}),
            field<&One::pay_bid>("pay_bid", "Each pays what he bid; else all pay the last price that is needed.", {.defaulted = true}),
            field<&One::closes_at>("closes_at", "Until when bids are taken.", {.sort = true}),
            field<&One::state>("state", "Open, closed, or nobody bid enough.", {.read_only = true, .filter = true}),
            field<&One::hold>("hold", "The ledger's hold on what the organiser gives.", {.read_only = true}),
            field<&One::price>("price", "The last price that was needed, or the one of all.", {.read_only = true}),
            field<&One::sold>("sold", "How many tonnes changed hands.", {.unit = "t", .read_only = true}),
            field<&One::surplus>("surplus", "What was left over at that price: above 0 buyers, below 0 sellers.", {.unit = "t", .read_only = true}),
            field<&One::pledge>("pledge", "The pledge that is sold: its pledgee is paid first.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was announced.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_auction};
}

Record describe(const AuctionBid*) {
    using One = AuctionBid;
    return {"auction_bid", "What somebody offers in an auction; money or tonnes are held.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::auction>("auction", "Which auction.", {.filter = true}),
            field<&One::bidder>("bidder", "Who bids.", {.read_only = true, .filter = true}),
            field<&One::side>("side", "Buys or sells.", {.read_only = true, .filter = true}),
            field<&One::price>("price", "For a tonne.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::pay_in>("pay_in", "Another currency to pay in, at the stored rate; a simulation.", {.min = 3, .max = 3}),
            field<&One::rate>("rate", "That rate.", {.read_only = true}),
            field<&One::account>("account", "Where what is held lies.", {.read_only = true}),
            field<&One::hold>("hold", "The ledger's hold.", {.read_only = true}),
            field<&One::held>("held", "How much is held: money, or tonnes.", {.read_only = true}),
            field<&One::won>("won", "How many tonnes it won.", {.unit = "t", .read_only = true}),
            field<&One::paid>("paid", "What was paid, or received by who sells.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was made.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const MarketAlert*) {
    using One = MarketAlert;
    return {"market_alert", "Something that surveillance asks somebody to look at.",
        {field<&One::id>("id", "Id."), field<&One::market>("market", "Where.", {.filter = true}),
            field<&One::day>("day", "When.", {.filter = true, .sort = true}), field<&One::kind>("kind", "What it looks like.", {.filter = true}),
            field<&One::organisation>("organisation", "Who.", {.filter = true}), field<&One::evidence>("evidence", "Numbers of the commands and deals."),
            field<&One::sample>("sample", "Part of the sample bank."), field<&One::created_at>("created_at", "When it was found.")}};
}

} // namespace greenbank::market
