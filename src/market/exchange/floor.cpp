// floor.cpp — one unit of work of a market: judged, dealt, journalled, settled in the ledger, numbered in the registry; all or nothing.
#include "market/exchange/floor.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "market/registry/registry.h"
#include "parties/secrets.h"
#include "store/bulk.h"

namespace greenbank::market {

/// The seat is marked as broken until all is stored, so that an error leaves it to be loaded anew.
class Unit {
public:
    static Result<Done> run(
        Floor& floor, Transaction& transaction, const Caller& caller, const Id<Market>& market, const std::function<Result<Done>(Unit&)>& work) {
        const std::lock_guard lock(floor.writing_mutex_);
        ledger::Book::Turn turn = TRY(floor.book_.turn(transaction, caller));
        Seat* seat = TRY(floor.in_step(floor.writing_, transaction, market, false));
        Unit unit(floor, transaction, caller, turn, *seat);
        TRY(unit.begin());
        seat->broken = true;
        TRY(work(unit));
        TRY(unit.save());
        seat->broken = false;
        return Done{};
    }

    Floor& floor;
    Transaction& transaction;
    const Caller& caller;
    ledger::Book::Turn& turn;
    Seat& seat;
    When now;
    Wallets wallets;

    Answered enter(const Instruction& asked, Account member, const std::string& client) {
        Instruction instruction = asked;
        instruction.sequence = ++seat.last_command;
        instruction.account = member;
        if (instruction.op != Op::cancel && instruction.op != Op::replace) instruction.order = instruction.sequence;
        std::vector<Trade> dealt;
        const Judged judged = seat.desk->execute(instruction, now, wallets, dealt, movements_);
        journal(static_cast<std::int64_t>(instruction.op), instruction, client, std::string(judged.code), judged.traded, judged.resting);
        for (const Trade& trade : dealt) add_trade(trade, "listed");
        return {instruction.sequence, std::string(judged.code), judged.traded, judged.resting, false, std::move(dealt)};
    }
    void journal(std::int64_t op, const Instruction& one, const std::string& client, const std::string& code, Quantity traded, Quantity resting) {
        const auto integer = [](auto value) { return Value(static_cast<std::int64_t>(value)); };
        commands_.push_back({seat.market.id.text, integer(one.sequence), integer(op), integer(one.side == Side::buy ? 0 : 1), integer(one.account),
            client.empty() ? Value{} : Value(client), integer(one.order), integer(one.price), integer(one.quantity), integer(one.display), integer(one.trigger),
            integer(one.good_until), integer(one.quote), integer(now.at), code, integer(traded), integer(resting)});
        fmt::format_to(std::back_inserter(sealed_), "{} {} {} {} {} {} {} {} {} {} {} {} {} {}\n", one.sequence, op, index(one.side), one.account, one.order,
            one.price, one.quantity, one.display, one.trigger, one.good_until, one.quote, now.at, code, traded);
    }
    void add_trade(const Trade& trade, const char* kind) {
        const std::uint64_t number = ++seat.last_trade;
        trades_.push_back({seat.market.id.text, static_cast<std::int64_t>(number), static_cast<std::int64_t>(trade.sequence), now.at, to_text(now.day),
            std::string(kind), trade.price, trade.quantity, static_cast<std::int64_t>(trade.buy_order), static_cast<std::int64_t>(trade.sell_order),
            static_cast<std::int64_t>(trade.buyer), static_cast<std::int64_t>(trade.seller)});
        fmt::format_to(std::back_inserter(sealed_), "= {} {} {} {} {} {} {}\n", number, kind, trade.price, trade.quantity, trade.buy_order, trade.sell_order,
            trade.sequence);
        if (std::string_view(kind) == "listed") listed_ += 1;
        else if (std::string_view(kind) == "block") block_volume_ += trade.quantity;
        else auction_volume_ += trade.quantity;
    }
    std::vector<Movement>& movements() { return movements_; }

private:
    Unit(Floor& where, Transaction& in, const Caller& who, ledger::Book::Turn& with, Seat& at) :
        floor(where), transaction(in), caller(who), turn(with), seat(at), now(where.when(at, who.now)), wallets([this](Account account) {
            return wallet_of(account);
        }) {}

    Wallet wallet_of(Account account) const {
        const Seat::Member& member = seat.members.at(account);
        const auto free = [&](ledger::AccountNumber number) {
            const ledger::Balances& has = turn.ledger().balances(number);
            ledger::SignedAmount left = ledger::posted_balance(has) - static_cast<ledger::SignedAmount>(has.debits_pending);
            if (const auto& least = turn.ledger().account(number).balance_min) left -= *least;
            return static_cast<std::int64_t>(std::clamp<ledger::SignedAmount>(left, 0, std::numeric_limits<std::int64_t>::max() / 4));
        };
        Wallet wallet{
            free(member.cash), free(member.units), static_cast<std::int64_t>(ledger::posted_balance(turn.ledger().balances(member.units))), is_frozen(member)};
        return wallet;
    }
    bool is_frozen(const Seat::Member& member) const {
        constexpr auto bits = ledger::flag::frozen | ledger::flag::debits_frozen | ledger::flag::closed;
        return ((turn.ledger().account(member.cash).flags | turn.ledger().account(member.units).flags) & bits) != 0;
    }

    /// A day begins; orders whose time is over and those of frozen accounts leave first, so that no deal can fail in the ledger.
    Result<Done> begin() {
        Desk& desk = *seat.desk;
        const RulesEdition* edition = &seat.editions.front();
        for (const RulesEdition& one : seat.editions)
            if (!one.valid_from || *one.valid_from <= now.day) edition = &one;
        const auto rules = desk_rules(*edition, seat.cash_scale, carbon_scale);
        if (!rules) return Error{Failure::conflict, "market.rule_scale_money", "The market's prices are finer than its currency; change the tick."};
        desk.begin_day(now.day, *rules);
        seat.broken = true;
        if (!desk.expire(now.at, wallets, movements_).empty()) {
            Instruction expiry{.sequence = ++seat.last_command, .good_until = now.at};
            journal(journal_op::expire, expiry, "", "ok", 0, 0);
        }
        std::vector<std::pair<OrderNumber, Account>> frozen;
        for (const auto& [order, reserve] : desk.reserves())
            if (is_frozen(seat.members.at(reserve.account))) frozen.push_back({order, reserve.account});
        std::sort(frozen.begin(), frozen.end());
        const When ordinary = now;
        now.trusted = true;
        for (const auto& [order, account] : frozen) enter({.op = Op::cancel, .order = order}, account, "");
        now = ordinary;
        return Done{};
    }

    ledger::AccountNumber account_of(const Movement& movement, Account account) const {
        const bool cash = movement.asset == Asset::cash;
        if (account == clearing_account) return cash ? cash_clearing_ : units_clearing_;
        if (account == fee_account) return fees_;
        const Seat::Member& member = seat.members.at(account);
        return cash ? member.cash : member.units;
    }

    Result<Done> settle() {
        if (movements_.empty()) return Done{};
        CarbonProduct product = TRY(transaction.get(seat.market.product));
        cash_clearing_ = turn.account(seat.market.clearing_account.text);
        fees_ = turn.account(seat.market.fee_account.text);
        units_clearing_ = turn.account(TRY(product_account(turn, transaction, caller, product, ProductAccount::clearing)).text);
        const auto key = static_cast<std::uint64_t>(seat.market.transfer_key);
        std::vector<ledger::Asked> batch;
        batch.reserve(std::min(movements_.size(), ledger::batch_size_max));
        const auto post = [&]() -> Result<Done> {
            for (const ledger::Posted& posted : TRY(turn.post(batch))) TRY(ledger::check_posted(posted));
            batch.clear();
            return Done{};
        };
        std::map<Account, std::int64_t> units; // net, by member
        std::size_t chain = 0;                 // where the open chain began
        for (const Movement& movement : movements_) {
            if (batch.size() == ledger::batch_size_max) { // never within a chain
                std::vector<ledger::Asked> open(batch.begin() + static_cast<std::ptrdiff_t>(chain), batch.end());
                batch.resize(chain);
                TRY(post());
                batch = std::move(open);
                chain = 0;
            }
            ledger::Asked asked;
            asked.transfer.id = {key, movement.number};
            asked.transfer.linked = movement.linked;
            asked.transfer.at = caller.now;
            if (movement.kind == Movement::Kind::release) {
                asked.transfer.kind = ledger::Kind::void_pending;
                asked.transfer.refers_to = {key, movement.hold};
            } else {
                asked.transfer.kind = movement.kind == Movement::Kind::hold ? ledger::Kind::pending : ledger::Kind::posted;
                asked.transfer.amount = static_cast<ledger::Amount>(movement.amount);
                asked.transfer.debit = account_of(movement, movement.from);
                asked.transfer.credit = account_of(movement, movement.to);
                if (movement.kind == Movement::Kind::pay && movement.asset == Asset::units)
                    units[movement.from] -= movement.amount, units[movement.to] += movement.amount;
            }
            batch.push_back(std::move(asked));
            if (!movement.linked) chain = batch.size();
        }
        if (!batch.empty()) TRY(post());
        return move_numbers(product, units);
    }

    /// From who gave on balance to who took on balance.
    Result<Done> move_numbers(const CarbonProduct& product, std::map<Account, std::int64_t> units) {
        units.erase(clearing_account);
        auto giver = units.begin(), taker = units.begin();
        while (true) {
            while (giver != units.end() && giver->second >= 0) ++giver;
            while (taker != units.end() && taker->second <= 0) ++taker;
            if (giver == units.end() || taker == units.end()) return Done{};
            const std::int64_t moved = std::min(-giver->second, taker->second);
            TRY(move_serials(transaction, caller, product,
                {.from = Id<Organisation>(seat.members.at(giver->first).organisation),
                    .to = Id<Organisation>(seat.members.at(taker->first).organisation),
                    .tonnes = moved / per_tonne}));
            giver->second += moved;
            taker->second -= moved;
        }
    }

    Result<Done> save_day() {
        if (trades_.empty()) return Done{};
        const DayFigures& figures = seat.desk->day_figures();
        double scale = 1;
        for (int i = 0; i < seat.price_places; ++i) scale *= 10;
        const auto real = [scale](auto price) { return static_cast<double>(price) / scale; };
        auto stored = TRY(transaction.find_one<MarketDay>("market = $1 AND day = $2", {seat.market.id.text, to_text(now.day)}));
        MarketDay day = stored ? *stored
                               : MarketDay{.id = caller.new_id<MarketDay>(),
                                     .market = seat.market.id,
                                     .day = now.day,
                                     .doubt = {},
                                     .source = "greenbank",
                                     .status = seat.market.sample ? DataStatus::sample : DataStatus::official,
                                     .sample = seat.market.sample};
        const Price tick = seat.desk->rules().market.tick;
        day.open = real(figures.volume() > 0 ? figures.open() : seat.desk->last_close());
        day.high = real(figures.volume() > 0 ? figures.high() : seat.desk->last_close());
        day.low = real(figures.volume() > 0 ? figures.low() : seat.desk->last_close());
        day.close = real(figures.close(tick));
        day.volume = figures.volume();
        day.trades += listed_;
        day.block_volume += block_volume_;
        day.auction_volume += auction_volume_;
        day.turnover = real(figures.turnover());
        return stored ? transaction.update(day) : transaction.insert(day);
    }

    Result<Done> save() {
        TRY(settle());
        if (commands_.empty() && trades_.empty()) return Done{};
        const bool capture = std::exchange(transaction.capture_changes, false); // the journal is its own record; its seal is in the audit trail
        BulkTransaction& many = bulk(transaction);
        if (!commands_.empty())
            TRY(many.insert_rows("market_command",
                {"market", "number", "op", "side", "member", "client", "order_number", "price", "quantity", "display", "trigger_price", "good_until", "quote",
                    "at", "code", "traded", "resting"},
                commands_));
        if (!trades_.empty())
            TRY(many.insert_rows("market_trade",
                {"market", "number", "command", "at", "day", "kind", "price", "quantity", "buy_order", "sell_order", "buyer", "seller"}, trades_));
        TRY(save_day());
        transaction.capture_changes = capture;
        const std::string_view parts[] = {seat.digest, sealed_};
        seat.digest = to_hex(parties::bytes_of(parties::sha256(parts)));
        ++seat.unit;
        TRY(transaction.execute("INSERT INTO market_unit (market, sequence, last_command, at, digest) VALUES ($1, $2, $3, $4, $5)",
            {seat.market.id.text, seat.unit, static_cast<std::int64_t>(seat.last_command), now.at, seat.digest}));
        transaction.capture({"market_unit", seat.market.id.text, "", fmt::format(R"({{"sequence":{},"digest":"{}"}})", seat.unit, seat.digest)});
        return transaction.announce("market", seat.market.id.text, false);
    }

    std::vector<Movement> movements_;
    std::vector<std::vector<Value>> commands_, trades_;
    std::string sealed_;
    std::int64_t listed_ = 0, block_volume_ = 0, auction_volume_ = 0;
    ledger::AccountNumber cash_clearing_{}, units_clearing_{}, fees_{};
};

Result<Account> Floor::member(Seat& seat, ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Id<Organisation>& organisation) {
    for (std::size_t i = 1; i < seat.members.size(); ++i)
        if (seat.members[i].organisation == organisation.text) return static_cast<Account>(i);
    TRY(open_registry_account(transaction, organisation));
    const CarbonProduct product = TRY(transaction.get(seat.market.product));
    MarketTrader trader{.id = caller.new_id<MarketTrader>(),
        .market = seat.market.id,
        .number = static_cast<std::int64_t>(seat.members.size()),
        .organisation = organisation,
        .cash_account = TRY(cash_account(transaction, seat.market.currency, organisation)).id,
        .units_account = TRY(holding_account(turn, transaction, caller, product, organisation)).id,
        .sample = seat.market.sample,
        .created_at = caller.now};
    TRY(transaction.insert(trader));
    seat.members.push_back({organisation.text, turn.account(trader.cash_account.text), turn.account(trader.units_account.text)});
    return static_cast<Account>(trader.number);
}

Result<std::vector<Answered>> Floor::execute(Transaction& transaction, const Caller& caller, const Id<Market>& market, std::vector<MarketCommand> commands) {
    std::vector<Answered> answers;
    TRY(Unit::run(*this, transaction, caller, market, [&](Unit& unit) -> Result<Done> {
        std::map<std::string, Account> members;
        std::set<std::string> stopped;                                  // whose account at the registry is not open
        std::map<std::pair<Account, std::string>, std::size_t> clients; // of this batch
        for (const MarketCommand& command : commands) {
            const auto [at, is_new] = members.try_emplace(command.organisation.text, 0);
            if (is_new) {
                at->second = TRY(member(unit.seat, unit.turn, transaction, caller, command.organisation));
                const auto account = TRY(transaction.find_one<RegistryAccount>("organisation = $1", {command.organisation.text}));
                if (!account || account->state != RegistryAccountState::open) stopped.insert(command.organisation.text);
            }
            if (command.instruction.op != Op::cancel && stopped.contains(command.organisation.text)) {
                answers.push_back({0, "account_frozen", 0, 0, false, {}});
                continue;
            }
            if (!command.client.empty()) {
                if (const auto before = clients.find({at->second, command.client}); before != clients.end()) {
                    Answered again = answers[before->second];
                    again.repeated = true;
                    answers.push_back(std::move(again));
                    continue;
                }
                const Rows known =
                    TRY(transaction.query("SELECT number, code, traded, resting FROM market_command WHERE market = $1 AND member = $2 AND client = $3",
                        {market.text, static_cast<std::int64_t>(at->second), command.client}));
                if (!known.empty()) {
                    const auto& row = known.rows[0];
                    answers.push_back({static_cast<std::uint64_t>(as_integer(row[0])), as_text(row[1]), as_integer(row[2]), as_integer(row[3]), true, {}});
                    continue;
                }
                clients[{at->second, command.client}] = answers.size();
            }
            answers.push_back(unit.enter(command.instruction, at->second, command.client));
        }
        return Done{};
    }));
    return answers;
}

Result<Done> Floor::halt(Transaction& transaction, const Caller& caller, const Id<Market>& market, bool halted) {
    return Unit::run(*this, transaction, caller, market, [&](Unit& unit) -> Result<Done> {
        if (unit.seat.desk->halted() == halted) return Error{Failure::conflict, "market.same_halt", "Trading is already so; load the market again."};
        unit.seat.desk->set_halted(halted);
        Instruction command{.sequence = ++unit.seat.last_command};
        unit.journal(halted ? journal_op::halt : journal_op::resume, command, "", "ok", 0, 0);
        return Done{};
    });
}

Result<Done> Floor::settle_block(Transaction& transaction, const Caller& caller, const BlockTrade& block) {
    return Unit::run(*this, transaction, caller, block.market, [&](Unit& unit) -> Result<Done> {
        Seat& seat = unit.seat;
        const Account seller = TRY(member(seat, unit.turn, transaction, caller, block.seller)),
                      buyer = TRY(member(seat, unit.turn, transaction, caller, block.buyer));
        const RulesEdition* edition = &seat.editions.front();
        for (const RulesEdition& one : seat.editions)
            if (!one.valid_from || *one.valid_from <= unit.now.day) edition = &one;
        const Price price = seat.price_of(block.price).value_or(0);
        MarketRules limits = seat.desk->rules().market;
        limits.price_limit_basis_points = edition->block_price_limit ? static_cast<int>(*edition->block_price_limit * 100 + 0.5) : 0;
        limits.quantity_min = edition->block_quantity_min;
        limits.quantity_max = quantity_max;
        const Refusal refusal = check(limits, {.price = price, .quantity = block.quantity}, seat.desk->last_close(), unit.now.minute, seat.desk->halted());
        std::string_view code = price <= 0 ? "price_invalid" : refusal == Refusal::none ? "ok" : name_of(refusal);
        const std::uint64_t number = ++seat.last_command;
        const Trade trade{number, price, block.quantity, number, number, buyer, seller};
        if (code == "ok") code = seat.desk->settle_block(trade, unit.now, unit.wallets, unit.movements()).code;
        if (code != "ok") return Error{Failure::conflict, "market." + std::string(code), "The block cannot be settled: {code}.", {{"code", std::string(code)}}};
        unit.journal(journal_op::block, {.sequence = number, .account = buyer, .order = number, .price = price, .quantity = block.quantity, .quote = seller},
            "", "ok", block.quantity, 0);
        unit.add_trade(trade, "block");
        return Done{};
    });
}

Result<Done> Floor::record_auction(Transaction& transaction, const Caller& caller, const Id<Market>& market, const std::vector<Trade>& trades) {
    return Unit::run(*this, transaction, caller, market, [&](Unit& unit) -> Result<Done> {
        const std::uint64_t number = ++unit.seat.last_command;
        unit.journal(journal_op::auction, {.sequence = number}, "", "ok", 0, 0);
        for (Trade trade : trades) {
            trade.sequence = number;
            trade.buyer = trade.seller = 0; // whose bids they were stands with the auction
            unit.add_trade(trade, "auction");
        }
        return Done{};
    });
}

} // namespace greenbank::market
