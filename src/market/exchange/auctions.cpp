// auctions.cpp — auctions announced and bid in: a seller's tonnes, a buyer's wish, or both sides at one uniform price. Tonnes and money are held.
// A buyer across a border may pay in another currency at the ledger's stored rate: two legs through the bank's exchange accounts, a simulation.
#include "market/exchange/auctions.h"

#include <fmt/format.h>

#include "ledger/decimals.h"

namespace greenbank::market {

Record describe(const KeyOf<CarbonAuction>*) { return {"auction_key", "Names an auction.", {field<&KeyOf<CarbonAuction>::id>("id", "Its id.")}}; }

struct BidRequest {
    Id<CarbonAuction> id;
    std::string price;
    std::int64_t quantity = 0;
    std::optional<Side> side;
    std::optional<std::string> pay_in;
};
Record describe(const BidRequest*) {
    using One = BidRequest;
    return {"auction_bid_request", "Bids in an auction.",
        {field<&One::id>("id", "Which auction."), field<&One::price>("price", "For a tonne.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::side>("side", "Buy or sell; needed where both sides bid."),
            field<&One::pay_in>("pay_in", "Another currency to pay in, at the stored rate; a simulation.", {.min = 3, .max = 3})}};
}

struct PledgeSale {
    Id<CarbonPledge> id;
    Id<Market> market;
    std::string reserve, reason;
    Time closes_at;
};
Record describe(const PledgeSale*) {
    using One = PledgeSale;
    return {"pledge_sale", "Pledged tonnes go to an auction.",
        {field<&One::id>("id", "Which pledge."), field<&One::market>("market", "In which market."),
            field<&One::reserve>("reserve", "No less for a tonne.", {.min = 1, .max = 20}),
            field<&One::reason>("reason", "Why: both sides read it, and bidders.", {.min = 3, .max = 120}),
            field<&One::closes_at>("closes_at", "Until when bids are taken.")}};
}

namespace {

using ledger::Asked;
using ledger::LedgerAccount;

constexpr std::size_t bids_max = 1'000;

Error bad_price(const char* field) {
    return invalid({{field, "market.price_text", "Write a price above zero with at most two digits after the point, such as 68.50."}});
}

Result<Page<CarbonAuction>> auction_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonAuction>& list) {
    return list_page<CarbonAuction>(transaction, caller, list);
}
Result<CarbonAuction> auction_get(Transaction& transaction, const Caller&, const KeyOf<CarbonAuction>& key) { return transaction.get(key.id); }

/// Until it is over everybody sees his own bids only.
Result<Page<AuctionBid>> bid_list(Transaction& transaction, const Caller& caller, const ListOf<AuctionBid>& list) {
    if (caller.actor.may(run_exchange)) return list_page<AuctionBid>(transaction, caller, list);
    return list_page<AuctionBid>(transaction, caller, list, "$1 <> '' AND bidder = $1", {caller.actor.organisation});
}

Asked hold(const ledger::Book::Turn& turn, const Caller& caller, const std::string& id, const std::string& from, const std::string& to, std::int64_t amount) {
    return {.transfer = {.id = *ledger::parse_transfer_id(id),
                .amount = static_cast<ledger::Amount>(amount),
                .debit = turn.account(from),
                .credit = turn.account(to),
                .kind = ledger::Kind::pending,
                .at = caller.now},
        .note = "auction"};
}

/// The organisation's tonnes are held until the auction closes; the account they lie in.
Result<LedgerAccount> hold_tonnes(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Market& market,
    const Id<Organisation>& organisation, std::int64_t tonnes, const std::string& id) {
    CarbonProduct product = TRY(transaction.get(market.product));
    LedgerAccount from = TRY(holding_account(turn, transaction, caller, product, organisation));
    const std::int64_t free = std::max<std::int64_t>(0, available_tonnes(turn, from) - TRY(bought_today(transaction, caller, product.id, organisation)));
    if (free < tonnes)
        return Error{Failure::conflict, "registry.tonnes_short", "Only {tonnes} t are free: less than asked for. Pledged and offered tonnes do not count.",
            {{"tonnes", std::to_string(free)}}};
    const Id<LedgerAccount> clearing = TRY(product_account(turn, transaction, caller, product, ProductAccount::clearing));
    TRY(ledger::post_one(turn, hold(turn, caller, id, from.id.text, clearing.text, tonnes * per_tonne)));
    return from;
}

/// What the organiser gives is held: tonnes of a sale, money of a purchase; of an auction of both sides nothing.
Result<CarbonAuction> announce(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonAuction auction) {
    auction.id = caller.new_id<CarbonAuction>();
    auction.created_at = auction.updated_at = caller.now;
    if (auction.closes_at <= caller.now) return invalid({{"closes_at", "market.auction_past", "An auction closes after now."}});
    const Market market = TRY(transaction.get(auction.market));
    if (auction.kind != AuctionKind::call) {
        const int places = read_rules(market.rules.front()).price_places;
        const auto reserve = parse_scaled(auction.reserve, places);
        if (!reserve || *reserve <= 0 || *reserve > price_max) return bad_price("reserve");
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        auction.hold = new_transfer(caller);
        if (auction.kind == AuctionKind::sale) {
            TRY(hold_tonnes(turn, transaction, caller, market, auction.organiser, auction.quantity, auction.hold));
        } else {
            int scale = 2;
            const std::int64_t cash = TRY(cash_of(transaction, market, places, *reserve, auction.quantity, scale));
            const LedgerAccount from = TRY(cash_account(transaction, market.currency, auction.organiser));
            TRY(ledger::post_one(turn, hold(turn, caller, auction.hold, from.id.text, market.clearing_account.text, cash)));
        }
    }
    TRY(transaction.insert(auction));
    return auction;
}

Result<Reply<CarbonAuction>> auction_announce(ledger::Book& book, Transaction& transaction, const Caller& caller, const CarbonAuction& draft) {
    CarbonAuction auction = draft;
    auction.organiser = TRY(acting_organisation(caller));
    if (auction.kind != AuctionKind::call) TRY(open_registry_account(transaction, auction.organiser));
    else if (!caller.actor.may(run_exchange))
        return Error{Failure::forbidden, "market.call_exchange", "Auctions of both sides are called by the exchange; announce a sale or a purchase."};
    return Reply<CarbonAuction>{.body = TRY(announce(book, transaction, caller, std::move(auction))), .status = 201};
}

/// The pledge's hold becomes the auction's, in one transaction; what is not sold is pledged again when the auction closes.
Result<Reply<CarbonAuction>> pledge_sell(ledger::Book& book, Transaction& transaction, const Caller& caller, const PledgeSale& sale) {
    CarbonPledge pledge = TRY(transaction.get(sale.id));
    if (caller.actor.organisation.empty() || (pledge.pledgor.text != caller.actor.organisation && pledge.pledgee.text != caller.actor.organisation))
        return not_found(record_of<CarbonPledge>(), sale.id.text);
    if (pledge.pledgee.text != caller.actor.organisation)
        return Error{Failure::forbidden, "pledge.not_pledgee", "Only in whose favour the pledge is releases it."};
    const Market market = TRY(transaction.get(sale.market));
    if (market.product != pledge.product || market.currency != pledge.secured.currency)
        return invalid({{"market", "pledge.other_market", "Choose a market of the pledged product in the currency of the debt."}});
    TRY(cash_account(transaction, market.currency, pledge.pledgee));
    const std::int64_t tonnes = pledge.tonnes;
    TRY(begin_pledge_sale(book, transaction, caller, pledge));
    CarbonAuction auction{.market = market.id,
        .organiser = pledge.pledgor,
        .title = {"质押碳资产处置：" + sale.reason, "Sale of pledged tonnes: " + sale.reason, "Продажа заложенных единиц: " + sale.reason},
        .quantity = tonnes,
        .reserve = sale.reserve,
        .closes_at = sale.closes_at,
        .hold = "",
        .price = {},
        .pledge = pledge.id.text,
        .sample = pledge.sample};
    auction = TRY(announce(book, transaction, caller, std::move(auction)));
    pledge.auction = auction.id.text;
    TRY(transaction.update(pledge));
    return Reply<CarbonAuction>{.body = std::move(auction), .status = 201};
}

/// The account that is paid from, and the rate of another currency.
Result<PayIn> pay_in(
    Transaction& transaction, const Caller& caller, const Market& market, const std::optional<std::string>& currency, const Id<Organisation>& bidder) {
    PayIn pays{.account = TRY(cash_account(transaction, currency.value_or(market.currency), bidder)), .rate = ""};
    const ledger::LedgerAsset asset = TRY(transaction.get(pays.account.asset));
    pays.scale = static_cast<int>(asset.scale);
    if (!currency || *currency == market.currency) return pays;
    const Rows rows =
        TRY(transaction.query("SELECT r.rate FROM exchange_rate r JOIN asset s ON s.id = r.into_asset WHERE r.asset = $1 AND s.code = $2 AND r.day <= $3 "
                              "ORDER BY r.day DESC LIMIT 1",
            {asset.id.text, market.currency, to_text(date_of(caller.now))}));
    if (rows.empty())
        return Error{
            Failure::conflict, "market.no_rate", "The ledger has no rate of {currency} yet; an administrator enters one first.", {{"currency", *currency}}};
    pays.rate = as_text(rows.rows[0][0]);
    return pays;
}
/// Which side a bid is on: the other one of the organiser's, or what the bidder says.
Result<Side> side_of(const CarbonAuction& auction, const BidRequest& request) {
    if (auction.kind == AuctionKind::call) {
        if (request.side) return *request.side;
        return invalid({{"side", "market.auction_side", "Both sides bid in this auction: say whether you buy or sell."}});
    }
    const Side side = auction.kind == AuctionKind::sale ? Side::buy : Side::sell;
    if (request.side.value_or(side) != side) return Error{Failure::conflict, "market.auction_one_side", "In this auction only the other side bids."};
    return side;
}

Result<Done> check_price(Transaction& transaction, const CarbonAuction& auction, const Market& market, int places, Price price, Quantity quantity) {
    if (auction.kind == AuctionKind::call) {
        const Refusal refusal =
            check(read_rules(market.rules.back()).rules, {.price = price, .quantity = quantity}, TRY(reference_price(transaction, market, places)), -1, false);
        if (refusal == Refusal::none) return Done{};
        return Error{Failure::conflict, "market." + std::string(name_of(refusal)), "The market does not take this bid: {code}.",
            {{"code", std::string(name_of(refusal))}}};
    }
    const Price reserve = parse_scaled(auction.reserve, places).value_or(0);
    if (auction.kind == AuctionKind::sale && price < reserve)
        return Error{Failure::conflict, "market.below_reserve", "The seller takes no less than {price}.", {{"price", auction.reserve}}};
    if (auction.kind == AuctionKind::purchase && price > reserve)
        return Error{Failure::conflict, "market.above_reserve", "The buyer pays no more than {price}.", {{"price", auction.reserve}}};
    return Done{};
}

/// The money of a purchase is held.
Result<Done> hold_money(ledger::Book& book, Transaction& transaction, const Caller& caller, const BidRequest& request, const Market& market, int places,
    Price price, AuctionBid& bid) {
    const PayIn pays = TRY(pay_in(transaction, caller, market, request.pay_in, bid.bidder));
    if (!pays.rate.empty()) bid.rate = pays.rate;
    bid.account = pays.account.id;
    int scale = 2;
    const std::int64_t cash = TRY(cash_of(transaction, market, places, price, bid.quantity, scale)), amount = TRY(amount_in(pays, cash, scale));
    bid.held = ledger::decimal_text(ledger::SignedAmount{amount}, pays.scale);
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    std::string to = market.clearing_account.text;
    if (!pays.rate.empty()) {
        const auto exchange = TRY(exchange_account(transaction, pays.account.asset));
        if (!exchange)
            return Error{Failure::conflict, "market.no_exchange", "The bank has no account to exchange this currency; the treasurer opens one first."};
        to = exchange->id.text;
    }
    TRY(ledger::post_one(turn, hold(turn, caller, bid.hold, pays.account.id.text, to, amount)));
    return Done{};
}

Result<Reply<AuctionBid>> auction_bid(ledger::Book& book, Transaction& transaction, const Caller& caller, const BidRequest& request) {
    const CarbonAuction auction = TRY(transaction.get(request.id));
    auto bidder = TRY(acting_organisation(caller));
    AuctionBid bid{.id = caller.new_id<AuctionBid>(),
        .auction = auction.id,
        .bidder = std::move(bidder),
        .price = request.price,
        .quantity = request.quantity,
        .pay_in = request.pay_in,
        .rate = {},
        .hold = new_transfer(caller),
        .held = "",
        .paid = {},
        .sample = auction.sample,
        .created_at = caller.now};
    if (auction.state != AuctionState::open || auction.closes_at <= caller.now)
        return Error{Failure::conflict, "market.auction_over", "This auction takes no more bids."};
    bid.side = TRY(side_of(auction, request));
    if (auction.kind != AuctionKind::call && bid.bidder == auction.organiser)
        return Error{Failure::conflict, "market.auction_own", "Nobody bids in his own auction."};
    TRY(open_registry_account(transaction, bid.bidder));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM auction_bid WHERE auction = $1", {auction.id.text})).single()) >=
        static_cast<std::int64_t>(bids_max))
        return Error{Failure::conflict, "market.auction_full", "This auction has as many bids as can be settled at once."};
    if (TRY(transaction.find_one<AuctionBid>(
            "auction = $1 AND bidder = $2 AND side <> $3", {auction.id.text, bid.bidder.text, std::string(greenbank::name_of(bid.side))})))
        return Error{
            Failure::conflict, "market.auction_both_sides", "Your organisation bids on the other side of this auction already; nobody trades with himself."};
    const Market market = TRY(transaction.get(auction.market));
    const int places = read_rules(market.rules.front()).price_places;
    const auto price = parse_scaled(request.price, places);
    if (!price || *price <= 0 || *price > price_max) return bad_price("price");
    TRY(check_price(transaction, auction, market, places, *price, bid.quantity));
    if (auction.kind != AuctionKind::call && bid.quantity > auction.quantity) bid.quantity = auction.quantity;
    if (bid.side == Side::buy) {
        TRY(hold_money(book, transaction, caller, request, market, places, *price, bid));
    } else {
        if (request.pay_in) return invalid({{"pay_in", "market.pay_in_seller", "Who sells is paid in the market's currency."}});
        TRY(cash_account(transaction, market.currency, bid.bidder)); // where the money will go
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        bid.account = TRY(hold_tonnes(turn, transaction, caller, market, bid.bidder, bid.quantity, bid.hold)).id;
        bid.held = std::to_string(bid.quantity);
    }
    TRY(transaction.insert(bid));
    return Reply<AuctionBid>{.body = std::move(bid), .status = 201};
}

} // namespace

Result<std::int64_t> amount_in(const PayIn& pays, std::int64_t cash, int cash_scale) {
    if (pays.rate.empty()) return cash;
    const auto rate = ledger::parse_decimal(pays.rate, ledger::rate_scale);
    if (!rate || *rate <= 0) return Error{Failure::internal, "market.rate_broken", "The stored rate cannot be read; an administrator corrects it."};
    // cash / rate, up to the next smallest unit: the bank is not short.
    __extension__ typedef __int128 Wide;
    Wide top = static_cast<Wide>(cash), bottom = static_cast<Wide>(*rate);
    for (int i = 0; i < ledger::rate_scale + pays.scale - cash_scale; ++i) top *= 10;
    return static_cast<std::int64_t>((top + bottom - 1) / bottom);
}

Result<std::int64_t> cash_of(Transaction& transaction, const Market& market, int places, Price price, Quantity quantity, int& scale) {
    scale = static_cast<int>(as_integer(
        TRY(transaction.query("SELECT s.scale FROM account a JOIN asset s ON s.id = a.asset WHERE a.id = $1", {market.clearing_account.text})).single()));
    std::int64_t cash = price * quantity;
    for (int i = places; i < scale; ++i) cash *= 10;
    return cash;
}

Result<std::optional<LedgerAccount>> exchange_account(Transaction& transaction, const Id<ledger::LedgerAsset>& asset) {
    return transaction.find_one<LedgerAccount>("purpose = 'exchange' AND asset = $1 AND state = 'open' ORDER BY number LIMIT 1", {asset.text});
}

Result<Price> reference_price(Transaction& transaction, const Market& market, int places) {
    const auto day = TRY(transaction.find_one<MarketDay>("market = $1 AND close > 0 AND doubt IS NULL ORDER BY day DESC LIMIT 1", {market.id.text}));
    if (!day) return parse_scaled(market.first_close, places).value_or(0);
    double scaled = day->close;
    for (int i = 0; i < places; ++i) scaled *= 10;
    return static_cast<Price>(scaled + 0.5);
}

std::string new_transfer(const Caller& caller) { return make_id(ledger::TransferName::id_prefix, caller.now, caller.random); }

std::vector<Endpoint> auction_endpoints(ledger::Book& book, Floor& floor) {
    const auto close = [&book, &floor](Transaction& transaction, const Caller& caller, const KeyOf<CarbonAuction>& key) -> Result<CarbonAuction> {
        return close_auction(book, floor, transaction, caller, key.id);
    };
    return {
        // clang-format off
        {"carbon_auction_list", Method::get, "/carbon-auctions", "Auctions.", Mode::read, open_to_all, call(auction_list)},
        {"carbon_auction_get", Method::get, "/carbon-auctions/{id}", "One auction.", Mode::read, open_to_all, call(auction_get)},
        {"carbon_auction_announce", Method::post, "/carbon-auctions", "Announce an auction: of one's own tonnes, of what one buys, or by the exchange of both sides at one price.", Mode::write, trade_carbon, call(book, auction_announce)},
        {"auction_bid_list", Method::get, "/auction-bids", "Bids: one's own, or all.", Mode::read, signed_in, call(bid_list)},
        {"auction_bid_make", Method::post, "/carbon-auctions/{id}/bid", "Bid in an auction; money or tonnes are held.", Mode::write, trade_carbon, call(book, auction_bid)},
        {"carbon_pledge_sell", Method::post, "/carbon-pledges/{id}/sell", "Sell pledged tonnes by auction: the pledgee is paid first, the rest goes to the pledgor.", Mode::write, trade_carbon, call(book, pledge_sell)},
        {"carbon_auction_close", Method::post, "/carbon-auctions/{id}/close", "Close an auction and settle it, all or nothing.", Mode::write, trade_carbon, call(close)},
        // clang-format on
    };
}

} // namespace greenbank::market
