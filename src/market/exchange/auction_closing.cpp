// auction_closing.cpp — an auction closes: the engine says who trades, holds end, money, tonnes and numbers move in one chain; by hand or by the clock.
#include "market/exchange/auctions.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/engine/call_auction.h"
#include "parties/audit_trail.h"

namespace greenbank::market {

namespace {

using ledger::Asked;
using ledger::LedgerAccount;

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

/// Who stands behind an order of the engine: the organiser, or a bid.
struct DealSide {
    Id<Organisation> organisation;
    LedgerAccount cash, units;
    PayIn pays; // who buys
};

class Closing {
public:
    Closing(ledger::Book& book, Floor& floor, Transaction& transaction, const Caller& caller, CarbonAuction auction) :
        book_(book), floor_(floor), transaction_(transaction), caller_(caller), auction_(std::move(auction)) {}

    Result<CarbonAuction> run() {
        market_ = TRY(transaction_.get(auction_.market));
        places_ = read_rules(market_.rules.front()).price_places;
        product_ = TRY(transaction_.get(market_.product));
        bids_ = TRY(transaction_.find<AuctionBid>("auction = $1 ORDER BY id", {auction_.id.text}));
        proceeds_ = TRY(proceeds_of(transaction_, auction_, market_));
        AuctionResult result;
        {
            ledger::Book::Turn turn = TRY(book_.turn(transaction_, caller_));
            TRY(gather(turn));
            result = TRY(decide());
            TRY(settle(turn, result));
        }
        for (const Trade& trade : result.trades)
            TRY(move_serials(transaction_, caller_, product_,
                {.from = sides_.at(trade.sell_order).organisation, .to = sides_.at(trade.buy_order).organisation, .tonnes = trade.quantity}));
        for (AuctionBid& bid : bids_) TRY(transaction_.update(bid));
        if (!result.trades.empty()) TRY(floor_.record_auction(transaction_, caller_, auction_.market, result.trades));
        if (proceeds_.pledge) TRY(auctioned_pledge(book_, transaction_, caller_, *proceeds_.pledge, auction_.sold, proceeds_.debt));
        auction_.state = result.trades.empty() ? AuctionState::failed : AuctionState::closed;
        if (auction_.kind == AuctionKind::call) auction_.surplus = result.surplus;
        auction_.updated_at = caller_.now;
        TRY(transaction_.update(auction_));
        return auction_;
    }

private:
    OrderNumber organiser() const { return bids_.size() + 1; }

    /// Nothing where an account is frozen or closed meanwhile: then nothing of that side can move.
    Result<std::optional<DealSide>> side_of(ledger::Book::Turn& turn, const Id<Organisation>& organisation, const AuctionBid* bid) {
        const std::optional<DealSide> none;
        if (!open_registry_account(transaction_, organisation)) return none;
        const auto cash = cash_account(transaction_, market_.currency, organisation);
        if (!cash && !(bid != nullptr && bid->rate)) return none;
        LedgerAccount units = TRY(holding_account(turn, transaction_, caller_, product_, organisation));
        DealSide side{organisation, cash ? cash.value() : LedgerAccount{}, std::move(units), {}};
        side.pays = {.account = side.cash, .rate = ""};
        if (bid != nullptr && bid->side == Side::buy) side.pays = {.account = TRY(transaction_.get(bid->account)), .rate = bid->rate.value_or("")};
        if (side.units.state != ledger::AccountStanding::open || side.pays.account.state != ledger::AccountStanding::open) return none;
        side.pays.scale = static_cast<int>(TRY(transaction_.get(side.pays.account.asset)).scale);
        return std::optional(std::move(side));
    }

    Result<Done> gather(ledger::Book::Turn& turn) {
        for (std::size_t i = 0; i < bids_.size(); ++i)
            if (auto side = TRY(side_of(turn, bids_[i].bidder, &bids_[i]))) sides_.emplace(i + 1, std::move(*side));
        if (auction_.kind == AuctionKind::call) return Done{};
        if (auto side = TRY(side_of(turn, auction_.organiser, nullptr))) sides_.emplace(organiser(), std::move(*side));
        return Done{};
    }

    Result<AuctionResult> decide() {
        std::vector<AuctionOrder> orders;
        for (std::size_t i = 0; i < bids_.size(); ++i)
            if (sides_.contains(i + 1))
                orders.push_back({i + 1, bids_[i].side, static_cast<Account>(i + 2), parse_scaled(bids_[i].price, places_).value_or(0), bids_[i].quantity});
        if (auction_.kind == AuctionKind::call) return uniform_price_auction(orders, TRY(reference_price(transaction_, market_, places_)));
        if (!sides_.contains(organiser())) return AuctionResult{};
        const Side given = auction_.kind == AuctionKind::sale ? Side::sell : Side::buy;
        return one_way_auction({given, organiser(), 1, auction_.quantity, parse_scaled(auction_.reserve, places_).value_or(0), auction_.pay_bid}, orders);
    }

    void release(const std::string& held) {
        if (held.empty()) return;
        batch_.push_back({.transfer = {.id = *ledger::parse_transfer_id(new_transfer(caller_)),
                              .refers_to = *ledger::parse_transfer_id(held),
                              .kind = ledger::Kind::void_pending,
                              .linked = true,
                              .at = caller_.now},
            .note = "auction"});
    }
    void pay(const ledger::Book::Turn& turn, const std::string& from, const std::string& to, std::int64_t amount) {
        batch_.push_back({.transfer = {.id = *ledger::parse_transfer_id(new_transfer(caller_)),
                              .amount = static_cast<ledger::Amount>(amount),
                              .debit = turn.account(from),
                              .credit = turn.account(to),
                              .linked = true,
                              .at = caller_.now},
            .note = "auction · " + auction_.id.text});
    }

    Result<Done> settle(ledger::Book::Turn& turn, const AuctionResult& result) {
        release(auction_.hold);
        for (const AuctionBid& bid : bids_) release(bid.hold);
        for (const Trade& trade : result.trades) TRY(deal(turn, trade));
        if (result.price) auction_.price = ledger::decimal_text(ledger::SignedAmount{*result.price}, places_);
        if (batch_.empty()) return Done{};
        batch_.back().transfer.linked = false;
        for (const ledger::Posted& posted : TRY(turn.post(batch_))) TRY(ledger::check_posted(posted));
        return Done{};
    }

    Result<Done> deal(const ledger::Book::Turn& turn, const Trade& trade) {
        const DealSide &buyer = sides_.at(trade.buy_order), &seller = sides_.at(trade.sell_order);
        int scale = 2;
        const std::int64_t cash = TRY(cash_of(transaction_, market_, places_, trade.price, trade.quantity, scale));
        const std::int64_t paid = TRY(amount_in(buyer.pays, cash, scale)), to_pledgee = std::min(proceeds_.debt, cash);
        proceeds_.debt -= to_pledgee;
        const auto pay_out = [&](const std::string& from) {
            if (to_pledgee > 0) pay(turn, from, proceeds_.pledgee_cash->id.text, to_pledgee);
            if (cash > to_pledgee) pay(turn, from, seller.cash.id.text, cash - to_pledgee);
        };
        if (buyer.pays.rate.empty()) {
            pay_out(buyer.pays.account.id.text);
        } else {
            const auto theirs = TRY(exchange_account(transaction_, buyer.pays.account.asset)), ours = TRY(exchange_account(transaction_, seller.cash.asset));
            if (!theirs || !ours)
                return Error{Failure::conflict, "market.no_exchange", "The bank has no account to exchange this currency; the treasurer opens one first."};
            pay(turn, buyer.pays.account.id.text, theirs->id.text, paid);
            pay_out(ours->id.text);
        }
        pay(turn, seller.units.id.text, buyer.units.id.text, trade.quantity * per_tonne);
        won(trade.buy_order, trade.quantity, paid, buyer.pays.scale);
        won(trade.sell_order, trade.quantity, cash, scale);
        auction_.sold += trade.quantity;
        return Done{};
    }

    void won(OrderNumber order, Quantity quantity, std::int64_t money, int scale) {
        if (order == organiser()) return;
        AuctionBid& bid = bids_.at(order - 1);
        bid.won += quantity;
        const auto before = bid.paid ? ledger::parse_decimal(*bid.paid, scale).value_or(0) : 0;
        bid.paid = ledger::decimal_text(before + ledger::SignedAmount{money}, scale);
    }

    ledger::Book& book_;
    Floor& floor_;
    Transaction& transaction_;
    const Caller& caller_;
    CarbonAuction auction_;
    Market market_;
    CarbonProduct product_;
    std::vector<AuctionBid> bids_;
    Proceeds proceeds_;
    std::map<OrderNumber, DealSide> sides_;
    std::vector<Asked> batch_;
    int places_ = 2;
};

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
        Result<Done> closed = store.write([&, i](Transaction& transaction) -> Result<Done> {
            if (TRY(transaction.get(due[i].id)).state != AuctionState::open) return Done{};
            Caller nobody;
            nobody.now = now;
            nobody.random = Random(seed + i);
            return note_closing(log, transaction, nobody, TRY(close_auction(book, floor, transaction, nobody, due[i].id)));
        });
        if (!closed && first_fault) first_fault = std::move(closed);
    }
    return first_fault;
}

} // namespace

Result<CarbonAuction> close_auction(ledger::Book& book, Floor& floor, Transaction& transaction, const Caller& caller, const Id<CarbonAuction>& id) {
    CarbonAuction auction = TRY(transaction.get(id));
    if (auction.state != AuctionState::open) return Error{Failure::conflict, "market.auction_over", "This auction takes no more bids."};
    if (auction.closes_at > caller.now && auction.organiser.text != caller.actor.organisation && !caller.actor.may(run_exchange))
        return Error{Failure::forbidden, "market.auction_not_yours", "Before its time only its organiser or the exchange closes an auction."};
    return Closing(book, floor, transaction, caller, std::move(auction)).run();
}

Routine auction_routine(ledger::Book& book, Floor& floor, const parties::TransparencyLog& log) {
    return {
        "auctions_close", [&book, &floor, &log](Store& store, Time now, std::uint64_t seed) { return close_due_auctions(book, floor, log, store, now, seed); }};
}

} // namespace greenbank::market
