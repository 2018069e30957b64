// floor.cpp — one unit of work of a market: judged, dealt, journalled, settled in the ledger, numbered in the registry; all or nothing.
#include "market/exchange/floor.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "market/engine/journal.h"
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

    Answered enter(const Instruction& asked, Account member) {
        Instruction instruction = asked;
        instruction.sequence = ++seat.last_command;
        instruction.account = member;
        if (instruction.op != Op::cancel && instruction.op != Op::replace) instruction.order = instruction.sequence;
        dealt_.clear();
        const Judged judged = seat.desk->execute(instruction, now, wallets, dealt_, movements_);
        journal({instruction, static_cast<std::int64_t>(instruction.op), judged.code, judged.traded, judged.resting});
        DayFigures mean;
        for (const Trade& trade : dealt_) {
            add_trade(trade, "listed");
            mean.add(trade.price, trade.quantity);
        }
        return {instruction.sequence, std::string(judged.code), judged.traded, judged.resting, false, mean.close()};
    }
    void journal(const JournalCommand& command) { append_command(lines_, command); }
    /// `kind` outlives the unit.
    void add_trade(const Trade& trade, std::string_view kind) {
        const JournalTrade& stored = trades_.emplace_back(JournalTrade{++seat.last_trade, kind, trade});
        append_trade(lines_, stored);
        if (kind == "listed") listed_ += 1;
        else if (kind == "block") block_volume_ += trade.quantity;
        else auction_volume_ += trade.quantity;
    }
    /// A client's own name for an order that was entered.
    void name(Account member, const std::string& client, const Answered& answer) {
        const auto integer = [](auto value) { return Value(static_cast<std::int64_t>(value)); };
        clients_.push_back(
            {seat.market.id.text, integer(member), client, integer(answer.number), answer.code, integer(answer.traded), integer(answer.resting)});
    }
    std::vector<Movement>& movements() { return movements_; }

private:
    Unit(Floor& where, Transaction& in, const Caller& who, ledger::Book::Turn& with, Seat& at) :
        floor(where), transaction(in), caller(who), turn(with), seat(at), now(when_at(at, who.now)), wallets([this](Account account) {
            return wallet_of(account);
        }) {
        append_time(lines_, now.at);
        heading_ = lines_.size();
    }

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
        const auto rules = desk_rules(seat.edition_of(now.day), seat.cash_scale, carbon_scale);
        if (!rules) return Error{Failure::conflict, "market.rule_scale_money", "The market's prices are finer than its currency; change the tick."};
        desk.begin_day(now.day, *rules);
        seat.broken = true;
        adopt_holds();
        if (!desk.expire(now.at, wallets, movements_).empty()) journal({{.sequence = ++seat.last_command, .good_until = now.at}, journal_op::expire});
        if (std::none_of(seat.members.begin() + 1, seat.members.end(), [&](const Seat::Member& one) { return is_frozen(one); })) return Done{};
        std::vector<std::pair<OrderNumber, Account>> frozen;
        for (const auto& [order, reserve] : desk.reserves())
            if (is_frozen(seat.members.at(reserve.account))) frozen.push_back({order, reserve.account});
        std::sort(frozen.begin(), frozen.end());
        const When ordinary = now;
        now.trusted = true;
        for (const auto& [order, account] : frozen) enter({.op = Op::cancel, .order = order}, account);
        now = ordinary;
        return Done{};
    }

    /// Before holds were netted each order had its own, numbered by the desk; the first unit since then turns them into one a member.
    void adopt_holds() {
        if (!seat.holds.empty() || seat.desk->reserves().empty()) return;
        std::vector<std::pair<OrderNumber, Reserve>> reserves(seat.desk->reserves().begin(), seat.desk->reserves().end());
        std::sort(reserves.begin(), reserves.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [order, one] : reserves) {
            const Asset asset = one.side == Side::buy ? Asset::cash : Asset::units;
            adopted_.push_back({Movement::Kind::release, asset, one.account, clearing_account, one.amount, 0, one.hold, true});
            movements_.push_back({Movement::Kind::hold, asset, one.account, clearing_account, one.amount, 0, 0, false});
        }
    }

    ledger::AccountNumber account_of(const Movement& movement, Account account) const {
        const bool cash = movement.asset == Asset::cash;
        if (account == clearing_account) return cash ? cash_clearing_ : units_clearing_;
        if (account == fee_account) return fees_;
        const Seat::Member& member = seat.members.at(account);
        return cash ? member.cash : member.units;
    }

    /// In one chain of the ledger, as long as a batch of it holds that many; beyond, in several, of one transaction all the same.
    Result<Done> settle() {
        if (movements_.empty()) return Done{};
        const Holds before = seat.holds;
        std::vector<Movement> asked = std::move(adopted_);
        constexpr std::uint64_t netted = std::uint64_t{1} << 62; // apart from the numbers of holds an order
        const std::uint64_t first = netted | static_cast<std::uint64_t>(seat.unit + 1) << 20;
        for (std::size_t i = 0; i < asked.size(); ++i) asked[i].number = first + i;
        const std::vector<Movement> fewer = net(movements_, seat.holds, first + asked.size());
        asked.insert(asked.end(), fewer.begin(), fewer.end());
        if (asked.empty()) return Done{};
        CarbonProduct product = TRY(transaction.get(seat.market.product));
        cash_clearing_ = turn.account(seat.market.clearing_account.text);
        fees_ = turn.account(seat.market.fee_account.text);
        units_clearing_ = turn.account(TRY(product_account(turn, transaction, caller, product, ProductAccount::clearing)).text);
        const auto key = static_cast<std::uint64_t>(seat.market.transfer_key);
        std::map<Account, std::int64_t> units; // net, by member
        std::vector<ledger::Asked> batch;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const Movement& movement = asked[i];
            ledger::Asked& one = batch.emplace_back();
            one.transfer.id = {key, movement.number};
            one.transfer.linked = i + 1 < asked.size() && batch.size() < ledger::batch_size_max;
            one.transfer.at = caller.now;
            if (movement.kind == Movement::Kind::release) {
                one.transfer.kind = ledger::Kind::void_pending;
                one.transfer.refers_to = {key, movement.hold};
            } else {
                one.transfer.kind = movement.kind == Movement::Kind::hold ? ledger::Kind::pending : ledger::Kind::posted;
                one.transfer.amount = static_cast<ledger::Amount>(movement.amount);
                one.transfer.debit = account_of(movement, movement.from);
                one.transfer.credit = account_of(movement, movement.to);
                if (movement.kind == Movement::Kind::pay && movement.asset == Asset::units)
                    units[movement.from] -= movement.amount, units[movement.to] += movement.amount;
            }
            if (one.transfer.linked) continue;
            for (const ledger::Posted& posted : TRY(turn.post(batch))) TRY(ledger::check_posted(posted));
            batch.clear();
        }
        TRY(save_holds(before));
        return move_numbers(product, units);
    }

    Result<Done> save_holds(const Holds& before) {
        std::vector<std::vector<Value>> rows;
        const auto key_of = [](const auto& key) { return std::pair{static_cast<std::int64_t>(key.first), static_cast<std::int64_t>(key.second)}; };
        for (const auto& [key, held] : before)
            if (const auto now_held = seat.holds.find(key); now_held == seat.holds.end() || now_held->second != held)
                TRY(transaction.execute(
                    "DELETE FROM market_hold WHERE market = $1 AND member = $2 AND asset = $3", {seat.market.id.text, key_of(key).first, key_of(key).second}));
        for (const auto& [key, held] : seat.holds)
            if (const auto was = before.find(key); was == before.end() || was->second != held)
                rows.push_back({seat.market.id.text, key_of(key).first, key_of(key).second, static_cast<std::int64_t>(held.number), held.amount});
        if (!rows.empty()) TRY(bulk(transaction).insert_rows("market_hold", {"market", "member", "asset", "number", "amount"}, rows));
        return Done{};
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

    /// Deals as rows, a thousand at a time out of the same cells.
    Result<Done> save_trades() {
        static const std::vector<std::string> columns = {
            "market", "number", "command", "at", "day", "kind", "price", "quantity", "buy_order", "sell_order", "buyer", "seller"};
        constexpr std::size_t at_once = 1'024;
        std::vector<std::vector<Value>> rows(std::min(at_once, trades_.size()),
            {seat.market.id.text, Value{}, Value{}, now.at, to_text(now.day), Value{}, Value{}, Value{}, Value{}, Value{}, Value{}, Value{}});
        for (std::size_t from = 0; from < trades_.size(); from += rows.size()) {
            rows.resize(std::min(rows.size(), trades_.size() - from));
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const JournalTrade& trade = trades_[from + i];
                std::vector<Value>& row = rows[i];
                row[5] = std::string(trade.kind);
                const Trade& deal = trade.trade;
                std::size_t column = 1;
                for (const std::uint64_t number : {trade.number, deal.sequence}) row[column++] = static_cast<std::int64_t>(number);
                column = 6;
                for (const std::int64_t number : {deal.price, deal.quantity, static_cast<std::int64_t>(deal.buy_order),
                         static_cast<std::int64_t>(deal.sell_order), std::int64_t{deal.buyer}, std::int64_t{deal.seller}})
                    row[column++] = number;
            }
            TRY(bulk(transaction).insert_rows("market_trade", columns, rows));
        }
        return Done{};
    }

    Result<Done> save() {
        TRY(settle());
        if (lines_.size() == heading_) return Done{};
        const bool capture = std::exchange(transaction.capture_changes, false); // the journal is its own record; its seal is in the audit trail
        if (!clients_.empty())
            TRY(bulk(transaction).insert_rows("market_client", {"market", "member", "client", "number", "code", "traded", "resting"}, clients_));
        TRY(save_trades());
        TRY(save_day());
        transaction.capture_changes = capture;
        const std::string_view parts[] = {seat.digest, lines_};
        seat.digest = to_hex(parties::bytes_of(parties::sha256(parts)));
        ++seat.unit;
        const auto last = static_cast<std::int64_t>(seat.last_command);
        TRY(transaction.execute("INSERT INTO market_unit (market, sequence, last_command, at, digest) VALUES ($1, $2, $3, $4, $5)",
            {seat.market.id.text, seat.unit, last, now.at, seat.digest}));
        TRY(transaction.execute(
            "INSERT INTO market_journal (market, last_command, at, lines) VALUES ($1, $2, $3, $4)", {seat.market.id.text, last, now.at, std::move(lines_)}));
        const std::uint64_t commands_max = std::max<std::uint64_t>(snapshot_every, 2 * seat.desk->reserves().size()); // a snapshot costs what rests
        if (seat.last_command >= seat.snapshot_command + commands_max || (seat.snapshot_day != now.day && seat.snapshot_command != seat.last_command))
            TRY(save_snapshot(seat, transaction));
        transaction.capture({"market_unit", seat.market.id.text, "", fmt::format(R"({{"sequence":{},"digest":"{}"}})", seat.unit, seat.digest)});
        return transaction.announce("market", seat.market.id.text, false);
    }

    std::vector<Movement> movements_, adopted_; // the desk's; holds of orders that end
    std::vector<Trade> dealt_;
    std::vector<JournalTrade> trades_;
    std::vector<std::vector<Value>> clients_;
    std::string lines_;
    std::size_t heading_ = 0; // of lines_ before anything happened
    std::int64_t listed_ = 0, block_volume_ = 0, auction_volume_ = 0;
    ledger::AccountNumber cash_clearing_{}, units_clearing_{}, fees_{};
};

Result<Account> Floor::member(Seat& seat, ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Id<Organisation>& organisation) {
    for (std::size_t i = 1; i < seat.members.size(); ++i)
        if (seat.members[i].organisation == organisation.text) return static_cast<Account>(i);
    TRY(open_registry_account(transaction, organisation));
    const CarbonProduct product = TRY(transaction.get(seat.market.product));
    const auto cash = TRY(cash_account(transaction, seat.market.currency, organisation)).id;
    const auto units = TRY(holding_account(turn, transaction, caller, product, organisation)).id;
    MarketTrader trader{.id = caller.new_id<MarketTrader>(),
        .market = seat.market.id,
        .number = static_cast<std::int64_t>(seat.members.size()),
        .organisation = organisation,
        .cash_account = cash,
        .units_account = units,
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
                answers.push_back({.code = "account_frozen"});
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
                    TRY(transaction.query("SELECT number, code, traded, resting FROM market_client WHERE market = $1 AND member = $2 AND client = $3",
                        {market.text, static_cast<std::int64_t>(at->second), command.client}));
                if (!known.empty()) {
                    const auto& row = known.rows[0];
                    answers.push_back({static_cast<std::uint64_t>(as_integer(row[0])), as_text(row[1]), as_integer(row[2]), as_integer(row[3]), true});
                    continue;
                }
                clients[{at->second, command.client}] = answers.size();
            }
            answers.push_back(unit.enter(command.instruction, at->second));
            if (!command.client.empty()) unit.name(at->second, command.client, answers.back());
        }
        return Done{};
    }));
    return answers;
}

Result<Done> Floor::halt(Transaction& transaction, const Caller& caller, const Id<Market>& market, bool halted) {
    return Unit::run(*this, transaction, caller, market, [&](Unit& unit) -> Result<Done> {
        if (unit.seat.desk->halted() == halted) return Error{Failure::conflict, "market.same_halt", "Trading is already so; load the market again."};
        unit.seat.desk->set_halted(halted);
        unit.journal({{.sequence = ++unit.seat.last_command}, halted ? journal_op::halt : journal_op::resume});
        return Done{};
    });
}

Result<Done> Floor::settle_block(Transaction& transaction, const Caller& caller, const BlockTrade& block) {
    return Unit::run(*this, transaction, caller, block.market, [&](Unit& unit) -> Result<Done> {
        Seat& seat = unit.seat;
        const Account seller = TRY(member(seat, unit.turn, transaction, caller, block.seller)),
                      buyer = TRY(member(seat, unit.turn, transaction, caller, block.buyer));
        const RulesEdition& edition = seat.edition_of(unit.now.day);
        const Price price = seat.price_of(block.price).value_or(0);
        MarketRules limits = seat.desk->rules().market;
        limits.price_limit_basis_points = edition.block_price_limit ? static_cast<int>(*edition.block_price_limit * 100 + 0.5) : 0;
        limits.quantity_min = edition.block_quantity_min;
        limits.quantity_max = quantity_max;
        const Refusal refusal = check(limits, {.price = price, .quantity = block.quantity}, seat.desk->last_close(), unit.now.minute, seat.desk->halted());
        std::string_view code = price <= 0 ? "price_invalid" : refusal == Refusal::none ? "ok" : name_of(refusal);
        const std::uint64_t number = ++seat.last_command;
        const Trade trade{number, price, block.quantity, number, number, buyer, seller};
        if (code == "ok") code = seat.desk->settle_block(trade, unit.now, unit.wallets, unit.movements()).code;
        if (code != "ok") return Error{Failure::conflict, "market." + std::string(code), "The block cannot be settled: {code}.", {{"code", std::string(code)}}};
        unit.journal({{.sequence = number, .account = buyer, .order = number, .price = price, .quantity = block.quantity, .quote = seller}, journal_op::block,
            "ok", block.quantity});
        unit.add_trade(trade, "block");
        return Done{};
    });
}

Result<Done> Floor::record_auction(Transaction& transaction, const Caller& caller, const Id<Market>& market, const std::vector<Trade>& trades) {
    return Unit::run(*this, transaction, caller, market, [&](Unit& unit) -> Result<Done> {
        const std::uint64_t number = ++unit.seat.last_command;
        unit.journal({{.sequence = number}, journal_op::auction});
        for (Trade trade : trades) {
            trade.sequence = number;
            trade.buyer = trade.seller = 0; // whose bids they were stands with the auction
            unit.add_trade(trade, "auction");
        }
        return Done{};
    });
}

} // namespace greenbank::market
