// desk.h — a market's book together with what stands behind its orders: nothing rests that is not held, nothing trades that is not settled.
// Method: each order that rests has one hold in the ledger; a deal releases the hold of who rested, pays both sides (through the clearing account
// where the market novates), and holds anew what is left. Bought units rest for the rules' days before they are sold again (T+1).
// Pure: time, rules and what accounts hold are arguments; movements say what the ledger must do, in order, and number themselves, so that the
// same commands ask for the same transfers again.
// Always true: the holds are those of the orders in the book; a movement never asks for more than the wallet had; cash and units add up.
#pragma once

#include <functional>
#include <unordered_map>

#include "kernel/time.h"
#include "market/engine/book.h"
#include "market/engine/rules.h"

namespace greenbank::market {

enum class Clearing : std::uint8_t {
    novation, // both sides deal with the clearing account
    bilateral // they pay each other
};

struct DeskRules {
    MarketRules market = {};
    Clearing clearing = Clearing::novation;
    int resale_days = 0;            // 1: what is bought today is sold tomorrow at the earliest
    int fee_basis_points = 0;       // of each side's turnover, down to the smallest unit of money
    Quantity holding_max = 0;       // what an account may have, orders to buy included; 0: no limit
    std::int64_t orders_max = 0;    // that one account may have in the book; 0: no limit
    std::int64_t cash_per = 1;      // smallest units of money in one unit of price times one of quantity
    std::int64_t units_per = 1'000; // the ledger's units in one of quantity
};

enum class Asset : std::uint8_t { cash, units };

/// What the ledger is asked for.
struct Movement {
    enum class Kind : std::uint8_t { hold, release, pay };
    Kind kind = Kind::pay;
    Asset asset = Asset::cash;
    Account from = 0, to = 0;
    std::int64_t amount = 0;
    std::uint64_t number = 0; // its own
    std::uint64_t hold = 0;   // release: which
    bool linked = false;      // with the next one: all or none
    bool operator==(const Movement&) const = default;
};
/// Parties of movements that are no members.
constexpr Account clearing_account = 0xFFFF'FFFF, fee_account = 0xFFFF'FFFE;

/// What an account may give now, in the ledger's units.
struct Wallet {
    std::int64_t cash = 0, units = 0, units_owned = 0; // owned: with what is held
    bool frozen = false;
};
class Wallets {
public:
    explicit Wallets(std::function<Wallet(Account)> load) : load_(std::move(load)) {}
    Wallet& of(Account account) {
        const auto [at, is_new] = known_.try_emplace(account);
        if (is_new) at->second = load_(account);
        return at->second;
    }

private:
    std::function<Wallet(Account)> load_;
    std::unordered_map<Account, Wallet> known_;
};

struct When {
    Moment at = 0;
    Date day;             // on the market's clock
    int minute = -1;      // of that day
    bool trusted = false; // a command that was accepted before: rules and wallets are not asked again
};

struct Judged {
    std::string_view code = "ok"; // else of order.h, rules.h or this file: `error.market.<code>`
    Quantity traded = 0, resting = 0;
    /// Nothing has happened. Who met his own order may have lost that one.
    bool refused() const { return code != "ok" && code != "self_trade"; }
};

/// What an order in the book has in the ledger.
struct Reserve {
    std::uint64_t hold = 0;
    Account account = 0;
    Side side = Side::buy;
    Price price = 0; // of a purchase: what was reckoned with
    Quantity quantity = 0;
    std::int64_t amount = 0;
};

class Desk {
public:
    Desk(DeskRules rules, Price last_close) : rules_(std::move(rules)), book_(rules_.market.book), day_figures_(last_close), last_close_(last_close) {}

    /// A new day on the market's clock: yesterday's close becomes the last one, purchases may be sold. Earlier or the same: nothing.
    /// The book keeps its rules of allocation; everything else may be another edition's.
    void begin_day(Date day, const DeskRules& rules);
    Judged execute(const Instruction& instruction, const When& when, Wallets& wallets, std::vector<Trade>& trades, std::vector<Movement>& movements);
    /// What an order of these terms would need and whether it would be taken, without touching anything.
    Judged preview(const Instruction& instruction, const When& when, Wallets& wallets, std::int64_t& needed) const;
    /// Orders whose time has come leave the book.
    std::vector<OrderNumber> expire(Moment now, Wallets& wallets, std::vector<Movement>& movements);
    void set_halted(bool halted) { halted_ = halted; }

    /// A deal agreed on beside the book: both sides settle at once. Units bought today may not be sold here either.
    Judged settle_block(const Trade& trade, const When& when, Wallets& wallets, std::vector<Movement>& movements);

    const Book& book() const { return book_; }
    const DeskRules& rules() const { return rules_; }
    const DayFigures& day_figures() const { return day_figures_; }
    Price last_close() const { return last_close_; }
    Date day() const { return day_; }
    bool halted() const { return halted_; }
    std::uint64_t movements() const { return movement_; }
    Quantity bought_today(Account account) const;
    const std::unordered_map<OrderNumber, Reserve>& reserves() const { return reserves_; }

    /// Everything but the rules, as text: desks of the same rules that say the same behave the same.
    void write_state(std::string& out) const;
    /// Into a desk on which nothing has happened yet, with the rules of the state's day; false where it is no such text.
    bool read_state(std::string_view text);

private:
    std::int64_t cash_of(Price price, Quantity quantity) const { return price * quantity * rules_.cash_per; }
    std::int64_t fee_of(std::int64_t cash) const {
        return static_cast<std::int64_t>(static_cast<DayFigures::Turnover>(cash) * rules_.fee_basis_points / 10'000);
    }
    std::int64_t needed_for(Side side, Price price, Quantity quantity) const {
        return side == Side::buy ? cash_of(price, quantity) + fee_of(cash_of(price, quantity)) : quantity * rules_.units_per;
    }
    std::string_view judge(const Instruction& instruction, const When& when, Wallets& wallets, Price& reckoned, std::int64_t& needed) const;
    void settle(const Trade& trade, Wallets& wallets, std::vector<Movement>& movements);
    void hold(OrderNumber order, Account account, Side side, Price price, Quantity quantity, Wallets& wallets, std::vector<Movement>& movements, bool linked);
    void release(std::unordered_map<OrderNumber, Reserve>::iterator reserve, Wallets& wallets, std::vector<Movement>& movements, bool linked);
    void pay(Asset asset, Account from, Account to, std::int64_t amount, Wallets& wallets, std::vector<Movement>& movements);
    /// Orders that left the book without a deal give their holds back.
    void release_missing(Wallets& wallets, std::vector<Movement>& movements);

    DeskRules rules_;
    Book book_;
    DayFigures day_figures_;
    Price last_close_ = 0;
    Date day_;
    bool halted_ = false;
    std::uint64_t movement_ = 0;
    std::unordered_map<OrderNumber, Reserve> reserves_;
    std::unordered_map<Account, std::int64_t> resting_; // how many of them, by account
    std::unordered_map<Account, Quantity> bought_;      // today, where the rules want to know
};

} // namespace greenbank::market
