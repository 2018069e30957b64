// auctions.cpp — one-way auctions: tonnes and money are held, the best bids win, all is settled in one chain of the ledger.
// A bidder across a border may pay in another currency at the ledger's stored rate: two legs through the bank's exchange accounts, a simulation.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "market/engine/call_auction.h"
#include "market/exchange/exchange.h"
#include "market/pledges/pledges.h"
#include "parties/audit_trail.h"

namespace greenbank::market {

Record describe(const KeyOf<CarbonAuction>*) { return {"auction_key", "Names an auction.", {field<&KeyOf<CarbonAuction>::id>("id", "Its id.")}}; }

struct BidRequest {
    Id<CarbonAuction> id;
    std::string price;
    std::int64_t quantity = 0;
    std::optional<std::string> pay_in;
};
Record describe(const BidRequest*) {
    using One = BidRequest;
    return {"auction_bid_request", "Bids in an auction.",
        {field<&One::id>("id", "Which auction."), field<&One::price>("price", "For a tonne.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 1, .max = 1e10}),
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

std::string new_transfer(const Caller& caller) { return make_id(ledger::TransferName::id_prefix, caller.now, caller.random); }

Asked hold(const ledger::Book::Turn& turn, const Caller& caller, const std::string& id, const std::string& from, const std::string& to, std::int64_t amount) {
    return {.transfer = {.id = *ledger::parse_transfer_id(id),
                .amount = static_cast<ledger::Amount>(amount),
                .debit = turn.account(from),
                .credit = turn.account(to),
                .kind = ledger::Kind::pending,
                .at = caller.now},
        .note = "auction"};
}

/// Announced for its seller, whose tonnes are held.
Result<CarbonAuction> announce(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonAuction auction) {
    auction.id = caller.new_id<CarbonAuction>();
    auction.created_at = auction.updated_at = caller.now;
    if (auction.closes_at <= caller.now) return invalid({{"closes_at", "market.auction_past", "An auction closes after now."}});
    const Market market = TRY(transaction.get(auction.market));
    const auto reserve = parse_scaled(auction.reserve, read_rules(market.rules.front()).price_places);
    if (!reserve || *reserve <= 0) return bad_price("reserve");
    CarbonProduct product = TRY(transaction.get(market.product));
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    const LedgerAccount from = TRY(holding_account(turn, transaction, caller, product, auction.seller));
    if (available_tonnes(turn, from) < auction.quantity)
        return Error{Failure::conflict, "registry.tonnes_short", "Only {tonnes} t are free: less than asked for. Pledged and offered tonnes do not count.",
            {{"tonnes", std::to_string(available_tonnes(turn, from))}}};
    const Id<LedgerAccount> clearing = TRY(product_account(turn, transaction, caller, product, ProductAccount::clearing));
    auction.hold = new_transfer(caller);
    TRY(ledger::post_one(turn, hold(turn, caller, auction.hold, from.id.text, clearing.text, auction.quantity * per_tonne)));
    TRY(transaction.insert(auction));
    return auction;
}

Result<Reply<CarbonAuction>> auction_announce(ledger::Book& book, Transaction& transaction, const Caller& caller, const CarbonAuction& draft) {
    CarbonAuction auction = draft;
    auction.seller = TRY(acting_organisation(caller));
    TRY(open_registry_account(transaction, auction.seller));
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
        .seller = pledge.pledgor,
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

/// What a price times a quantity is in the money that is paid; of another currency by the stored rate, half to even.
struct PayIn {
    LedgerAccount account;
    int scale = 2;
    std::string rate; // into the market's currency; empty: the same
};
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

/// Smallest units of the market's money in a price times a quantity.
Result<std::int64_t> cash_of(Transaction& transaction, const Market& market, int places, Price price, Quantity quantity, int& scale) {
    scale = static_cast<int>(as_integer(
        TRY(transaction.query("SELECT s.scale FROM account a JOIN asset s ON s.id = a.asset WHERE a.id = $1", {market.clearing_account.text})).single()));
    std::int64_t cash = price * quantity;
    for (int i = places; i < scale; ++i) cash *= 10;
    return cash;
}

Result<Reply<AuctionBid>> auction_bid(ledger::Book& book, Transaction& transaction, const Caller& caller, const BidRequest& request) {
    const CarbonAuction auction = TRY(transaction.get(request.id));
    AuctionBid bid{.id = caller.new_id<AuctionBid>(),
        .auction = auction.id,
        .bidder = TRY(acting_organisation(caller)),
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
    if (bid.bidder == auction.seller) return Error{Failure::conflict, "market.auction_own", "Nobody bids for his own tonnes."};
    TRY(open_registry_account(transaction, bid.bidder));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM auction_bid WHERE auction = $1", {auction.id.text})).single()) >=
        static_cast<std::int64_t>(bids_max))
        return Error{Failure::conflict, "market.auction_full", "This auction has as many bids as can be settled at once."};
    const Market market = TRY(transaction.get(auction.market));
    const int places = read_rules(market.rules.front()).price_places;
    const auto price = parse_scaled(request.price, places), reserve = parse_scaled(auction.reserve, places);
    if (!price || *price <= 0 || *price > price_max) return bad_price("price");
    if (*price < reserve.value_or(0))
        return Error{Failure::conflict, "market.below_reserve", "The seller takes no less than {price}.", {{"price", auction.reserve}}};
    if (bid.quantity > auction.quantity) bid.quantity = auction.quantity;
    const PayIn pays = TRY(pay_in(transaction, caller, market, request.pay_in, bid.bidder));
    if (!pays.rate.empty()) bid.rate = pays.rate;
    bid.account = pays.account.id;
    int scale = 2;
    const std::int64_t cash = TRY(cash_of(transaction, market, places, *price, bid.quantity, scale)), amount = TRY(amount_in(pays, cash, scale));
    bid.held = ledger::decimal_text(ledger::SignedAmount{amount}, pays.scale);
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    std::string to = market.clearing_account.text;
    if (!pays.rate.empty()) {
        const auto exchange = TRY(
            transaction.find_one<LedgerAccount>("purpose = 'exchange' AND asset = $1 AND state = 'open' ORDER BY number LIMIT 1", {pays.account.asset.text}));
        if (!exchange)
            return Error{Failure::conflict, "market.no_exchange", "The bank has no account to exchange this currency; the treasurer opens one first."};
        to = exchange->id.text;
    }
    TRY(ledger::post_one(turn, hold(turn, caller, bid.hold, pays.account.id.text, to, amount)));
    TRY(transaction.insert(bid));
    return Reply<AuctionBid>{.body = std::move(bid), .status = 201};
}

/// Of an auction that sells a pledge: what each deal brings goes to the pledgee until the debt is paid, the rest to the pledgor.
struct Proceeds {
    std::optional<CarbonPledge> pledge;
    std::optional<LedgerAccount> pledgee_cash;
    std::int64_t debt = 0; // still unpaid, in the market's smallest units of money
};
Result<Proceeds> proceeds_of(Transaction& transaction, const CarbonAuction& auction, const Market& market) {
    Proceeds proceeds;
    if (!auction.pledge) return proceeds;
    proceeds.pledge = TRY(transaction.get(Id<CarbonPledge>(*auction.pledge)));
    proceeds.pledgee_cash = TRY(cash_account(transaction, market.currency, proceeds.pledge->pledgee));
    proceeds.debt = proceeds.pledge->secured.minor;
    return proceeds;
}

Result<CarbonAuction> auction_close(ledger::Book& book, Floor& floor, Transaction& transaction, const Caller& caller, const Id<CarbonAuction>& id) {
    CarbonAuction auction = TRY(transaction.get(id));
    if (auction.state != AuctionState::open) return Error{Failure::conflict, "market.auction_over", "This auction takes no more bids."};
    if (auction.closes_at > caller.now && auction.seller.text != caller.actor.organisation && !caller.actor.may(run_exchange))
        return Error{Failure::forbidden, "market.auction_not_yours", "Before its time only its seller or the exchange closes an auction."};
    const Market market = TRY(transaction.get(auction.market));
    const int places = read_rules(market.rules.front()).price_places;
    CarbonProduct product = TRY(transaction.get(market.product));
    std::vector<AuctionBid> bids = TRY(transaction.find<AuctionBid>("auction = $1 ORDER BY id", {auction.id.text}));
    std::vector<AuctionOrder> orders;
    for (std::size_t i = 0; i < bids.size(); ++i)
        orders.push_back({i + 1, Side::buy, static_cast<Account>(i + 2), parse_scaled(bids[i].price, places).value_or(0), bids[i].quantity});
    const AuctionResult result =
        one_way_auction({Side::sell, bids.size() + 1, 1, auction.quantity, parse_scaled(auction.reserve, places).value_or(0), auction.pay_bid}, orders);
    Proceeds proceeds = TRY(proceeds_of(transaction, auction, market));
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const LedgerAccount seller_units = TRY(holding_account(turn, transaction, caller, product, auction.seller));
        const LedgerAccount seller_cash = TRY(cash_account(transaction, market.currency, auction.seller));
        std::vector<Asked> batch;
        const auto release = [&](const std::string& held) {
            batch.push_back({.transfer = {.id = *ledger::parse_transfer_id(new_transfer(caller)),
                                 .refers_to = *ledger::parse_transfer_id(held),
                                 .kind = ledger::Kind::void_pending,
                                 .linked = true,
                                 .at = caller.now},
                .note = "auction"});
        };
        const auto pay = [&](const std::string& from, const std::string& to, std::int64_t amount) {
            batch.push_back({.transfer = {.id = *ledger::parse_transfer_id(new_transfer(caller)),
                                 .amount = static_cast<ledger::Amount>(amount),
                                 .debit = turn.account(from),
                                 .credit = turn.account(to),
                                 .linked = true,
                                 .at = caller.now},
                .note = "auction · " + auction.id.text});
        };
        release(auction.hold);
        for (const AuctionBid& bid : bids) release(bid.hold);
        for (const Trade& trade : result.trades) {
            AuctionBid& bid = bids.at(trade.buy_order - 1);
            int scale = 2;
            const std::int64_t cash = TRY(cash_of(transaction, market, places, trade.price, trade.quantity, scale));
            PayIn pays{.account = TRY(transaction.get(bid.account)), .rate = bid.rate.value_or("")};
            pays.scale = static_cast<int>(TRY(transaction.get(pays.account.asset)).scale);
            const std::int64_t paid = TRY(amount_in(pays, cash, scale));
            const std::int64_t to_pledgee = std::min(proceeds.debt, cash);
            proceeds.debt -= to_pledgee;
            const auto pay_out = [&](const std::string& from) {
                if (to_pledgee > 0) pay(from, proceeds.pledgee_cash->id.text, to_pledgee);
                if (cash > to_pledgee) pay(from, seller_cash.id.text, cash - to_pledgee);
            };
            if (pays.rate.empty()) {
                pay_out(bid.account.text);
            } else {
                const auto exchange = [&](const Id<ledger::LedgerAsset>& asset) {
                    return transaction.find_one<LedgerAccount>("purpose = 'exchange' AND asset = $1 AND state = 'open' ORDER BY number LIMIT 1", {asset.text});
                };
                const auto theirs = TRY(exchange(pays.account.asset)), ours = TRY(exchange(seller_cash.asset));
                if (!theirs || !ours)
                    return Error{Failure::conflict, "market.no_exchange", "The bank has no account to exchange this currency; the treasurer opens one first."};
                pay(bid.account.text, theirs->id.text, paid);
                pay_out(ours->id.text);
            }
            pay(seller_units.id.text, TRY(holding_account(turn, transaction, caller, product, bid.bidder)).id.text, trade.quantity * per_tonne);
            bid.won += trade.quantity;
            bid.paid = ledger::decimal_text(ledger::SignedAmount{paid}, pays.scale);
            auction.sold += trade.quantity;
            auction.price = ledger::decimal_text(ledger::SignedAmount{trade.price}, places);
        }
        batch.back().transfer.linked = false;
        for (const ledger::Posted& posted : TRY(turn.post(batch))) TRY(ledger::check_posted(posted));
    }
    for (AuctionBid& bid : bids) {
        if (bid.won > 0) TRY(move_serials(transaction, caller, product, {.from = auction.seller, .to = bid.bidder, .tonnes = bid.won}));
        TRY(transaction.update(bid));
    }
    if (!result.trades.empty()) TRY(floor.record_auction(transaction, caller, auction.market, result.trades));
    if (proceeds.pledge) TRY(auctioned_pledge(book, transaction, caller, *proceeds.pledge, auction.sold, proceeds.debt));
    auction.state = result.trades.empty() ? AuctionState::failed : AuctionState::closed;
    auction.updated_at = caller.now;
    TRY(transaction.update(auction));
    return auction;
}

/// The audit line of what nobody asked for: it happened by the clock.
Result<Done> note_closing(const parties::TransparencyLog& log, Transaction& transaction, const Caller& nobody, const CarbonAuction& auction) {
    parties::AuditEntry entry{.id = nobody.new_id<parties::AuditEntry>(),
        .at = nobody.now,
        .operation = "carbon_auction_close",
        .record = "carbon_auction",
        .record_id = auction.id.text,
        .outcome = "ok"};
    return parties::keep_audit_entry(transaction, log, std::move(entry), transaction.changes());
}

/// Every server tries; whoever is first in the store's queue closes.
Result<Done> close_due_auctions(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log, Store& store, Time now, std::uint64_t seed) {
    std::vector<CarbonAuction> due;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        due = TRY(transaction.find<CarbonAuction>("state = 'open' AND closes_at <= $1 ORDER BY closes_at LIMIT 20", {now.microseconds}));
        return Done{};
    }));
    Result<Done> first_fault = Done{};
    for (std::size_t i = 0; i < due.size(); ++i) {
        const Result<Done> closed = store.write([&, i](Transaction& transaction) -> Result<Done> {
            if (TRY(transaction.get(due[i].id)).state != AuctionState::open) return Done{};
            Caller nobody;
            nobody.now = now;
            nobody.random = Random(seed + i);
            return note_closing(log, transaction, nobody, TRY(auction_close(book, floor, transaction, nobody, due[i].id)));
        });
        if (!closed && first_fault) first_fault = closed;
    }
    return first_fault;
}

} // namespace

Routine auction_routine(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log) {
    return {
        "auctions_close", [&book, &floor, &log](Store& store, Time now, std::uint64_t seed) { return close_due_auctions(book, floor, log, store, now, seed); }};
}

std::vector<Endpoint> auction_endpoints(ledger::Book& book, Floor& floor) {
    const auto announce = [&book](Transaction& transaction, const Caller& caller, const CarbonAuction& draft) -> Result<Reply<CarbonAuction>> {
        return auction_announce(book, transaction, caller, draft);
    };
    const auto bid = [&book](Transaction& transaction, const Caller& caller, const BidRequest& request) -> Result<Reply<AuctionBid>> {
        return auction_bid(book, transaction, caller, request);
    };
    const auto close = [&book, &floor](Transaction& transaction, const Caller& caller, const KeyOf<CarbonAuction>& key) -> Result<CarbonAuction> {
        return auction_close(book, floor, transaction, caller, key.id);
    };
    const auto sell = [&book](Transaction& transaction, const Caller& caller, const PledgeSale& sale) -> Result<Reply<CarbonAuction>> {
        return pledge_sell(book, transaction, caller, sale);
    };
    return {
        // clang-format off
        {"carbon_auction_list", Method::get, "/carbon-auctions", "Auctions.", Mode::read, open_to_all, call(auction_list)},
        {"carbon_auction_get", Method::get, "/carbon-auctions/{id}", "One auction.", Mode::read, open_to_all, call(auction_get)},
        {"carbon_auction_announce", Method::post, "/carbon-auctions", "Offer one's own tonnes by auction; they are held.", Mode::write, trade_carbon, call(announce)},
        {"auction_bid_list", Method::get, "/auction-bids", "Bids: one's own, or all.", Mode::read, signed_in, call(bid_list)},
        {"auction_bid_make", Method::post, "/carbon-auctions/{id}/bid", "Bid in an auction; the money is held.", Mode::write, trade_carbon, call(bid)},
        {"carbon_pledge_sell", Method::post, "/carbon-pledges/{id}/sell", "Sell pledged tonnes by auction: the pledgee is paid first, the rest goes to the pledgor.", Mode::write, trade_carbon, call(sell)},
        {"carbon_auction_close", Method::post, "/carbon-auctions/{id}/close", "Close an auction and settle it, all or nothing.", Mode::write, trade_carbon, call(close)},
        // clang-format on
    };
}

} // namespace greenbank::market
