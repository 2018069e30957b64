// floor.h — the desks of all markets in memory, in step with their journals in the store.
// Every unit of work journals its commands and deals, asks the ledger for what they come to on balance (engine/netting.h) and moves serial numbers, in one
// transaction. Units are sealed: each digest covers the unit's text and the digest before. Before each unit the desk compares itself with the journal: a
// unit of another server is replayed, one of its own that the store did not keep makes it begin anew from the last snapshot and the journal after it,
// which gives the same desk.
#pragma once

#include <atomic>
#include <limits>
#include <mutex>
#include <set>
#include <unordered_map>

#include "api/api.h"
#include "ledger/book.h"
#include "market/engine/netting.h"
#include "market/exchange/records.h"
#include "market/registry/registry.h"

namespace greenbank::market {

/// What a member asks of a market; prices and quantities in the market's smallest units.
struct MarketCommand {
    Instruction instruction; // sequence and order are filled in; of cancel and replace `order` is the order
    Id<Organisation> organisation;
    std::string client; // the sender's own name for it, once a member; empty: none
};
struct Answered {
    std::uint64_t number = 0; // of the command, and of the order it entered
    std::string code = "ok";
    Quantity traded = 0, resting = 0;
    bool repeated = false; // the answer of the first time
    Price mean = 0;        // of the deals; 0: none
};

/// One market's desk and what it knows besides.
struct Seat {
    Market market;
    std::vector<RulesEdition> editions; // by first day
    int price_places = 2, cash_scale = 2;
    std::optional<Desk> desk;
    struct Member {
        std::string organisation;
        ledger::AccountNumber cash{}, units{};
    };
    std::vector<Member> members; // by number, from 1; 0 is nobody
    Holds holds;                 // in the ledger, as of the last unit
    std::uint64_t last_command = 0, last_trade = 0;
    std::uint64_t snapshot_command = 0; // of the last snapshot
    Date snapshot_day;
    std::int64_t unit = 0;
    std::string digest;  // of the unit
    bool broken = false; // a unit ended in the middle
    std::string text_of(Price price) const;
    std::optional<Price> price_of(std::string_view text) const;
    const RulesEdition& edition_of(Date day) const;
};

/// The seat of `seat.market.id` anew: out of the last snapshot that is whole and the journal after it, or of the journal alone.
enum class LoadFrom { snapshot, beginning };
constexpr std::uint64_t to_the_end = std::numeric_limits<std::uint64_t>::max();
Result<Done> load_seat(Seat& seat, Transaction& transaction, LoadFrom from = LoadFrom::snapshot, std::uint64_t until = to_the_end);
/// What the journal has after the seat's last command, up to command `until`: then the seat only shows, and takes no unit.
Result<Done> replay_seat(Seat& seat, Transaction& transaction, std::uint64_t until = to_the_end);
/// Keeps the desk as it is after the unit; the one before the last goes.
Result<Done> save_snapshot(Seat& seat, Transaction& transaction);
/// Snapshots are made after so many commands, or twice as many as orders rest, and when a day ends.
constexpr std::uint64_t snapshot_every = 20'000;
When when_at(const Seat& seat, Time now);

class Floor {
public:
    explicit Floor(ledger::Book& book) : book_(book) {}
    Floor(const Floor&) = delete;

    Result<std::vector<Answered>> execute(Transaction& transaction, const Caller& caller, const Id<Market>& market, std::vector<MarketCommand> commands);
    /// Stops new orders or lets them in again.
    Result<Done> halt(Transaction& transaction, const Caller& caller, const Id<Market>& market, bool halted);
    /// A block that both sides agreed to; Failure::conflict "market.<code>" where it cannot be settled.
    Result<Done> settle_block(Transaction& transaction, const Caller& caller, const BlockTrade& block);
    /// Deals of an auction, which the caller settles: journalled, and counted in the day's figures of auctions.
    Result<Done> record_auction(Transaction& transaction, const Caller& caller, const Id<Market>& market, const std::vector<Trade>& trades);
    /// The organisation's number in the market; a first order makes it a member.
    Result<Account> member(Seat& seat, ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Id<Organisation>& organisation);

    /// What was committed, for readers: `look` runs while nobody changes the seat.
    Result<Done> look(Transaction& transaction, const Id<Market>& market, const std::function<Result<Done>(const Seat&)>& look);

    /// The feed's news for listeners of the stream: a line of JSON a change of a market. It says all there is, so a listener gets the newest only.
    void publish(const std::string& market, const std::string& line);
    std::uint64_t published() const { return published_.load(std::memory_order_relaxed); }
    /// The market's newest line as an event, made once for all listeners; empty where it is not newer than `number`, which goes on.
    std::string event_since(std::uint64_t& number, const std::string& market) const;

private:
    friend class Unit;
    using Seats = std::unordered_map<std::string, std::unique_ptr<Seat>>;
    Result<Seat*> in_step(Seats& seats, Transaction& transaction, const Id<Market>& market, bool committed_only);

    ledger::Book& book_;
    std::mutex writing_mutex_, shown_mutex_;
    Seats writing_, shown_; // as the writer's transaction sees it; as committed
    mutable std::mutex tape_mutex_;
    std::unordered_map<std::string, std::pair<std::uint64_t, std::string>> newest_; // by market: its number, the event
    std::atomic<std::uint64_t> published_ = 0;
};

/// How commands stand in the journal beside the operations of order.h.
namespace journal_op {
constexpr std::int64_t expire = 100, halt = 101, resume = 102, block = 103, auction = 104;
}

} // namespace greenbank::market
