// seats.cpp — a desk out of its journal: loaded, replayed, compared.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/engine/journal.h"
#include "market/exchange/floor.h"
#include "parties/secrets.h"

namespace greenbank::market {

std::string Seat::text_of(Price price) const { return ledger::decimal_text(ledger::SignedAmount{price}, price_places); }
std::optional<Price> Seat::price_of(std::string_view text) const {
    const auto price = parse_scaled(text, price_places);
    if (!price || *price < 0 || *price > price_max) return {};
    return price;
}

const RulesEdition& Seat::edition_of(Date day) const {
    const RulesEdition* found = &editions.front();
    for (const RulesEdition& one : editions)
        if (!one.valid_from || *one.valid_from <= day) found = &one;
    return *found;
}

When when_at(const Seat& seat, Time now) {
    const std::int64_t offset = seat.edition_of(date_of(now)).utc_offset_minutes * 60'000'000;
    const Time local{now.microseconds + offset};
    const Date day = date_of(local);
    const auto minute = static_cast<int>((local.microseconds - std::int64_t{day.days} * days(1).microseconds) / 60'000'000);
    return {now.microseconds, day, trades_on(seat.edition_of(day), day) ? minute : no_trading_day};
}

namespace {

Error contradicts(const Seat& seat, std::uint64_t command) {
    return {Failure::internal, "market.journal_contradicts",
        "The journal of market {market} contradicts itself at command {command}. Stop, and run `greenbank verify`.",
        {{"market", seat.market.code}, {"command", std::to_string(command)}}};
}

Result<Done> load_members(Seat& seat, Transaction& transaction) {
    const Rows rows = TRY(transaction.query("SELECT t.number, t.organisation, c.number, u.number FROM market_trader t JOIN account c ON c.id = t.cash_account "
                                            "JOIN account u ON u.id = t.units_account WHERE t.market = $1 AND t.number >= $2 ORDER BY t.number",
        {seat.market.id.text, static_cast<std::int64_t>(seat.members.size())}));
    for (const auto& row : rows.rows) {
        seat.members.resize(static_cast<std::size_t>(as_integer(row[0])) + 1);
        seat.members.back() = {as_text(row[1]), static_cast<ledger::AccountNumber>(as_integer(row[2])), static_cast<ledger::AccountNumber>(as_integer(row[3]))};
    }
    return Done{};
}

Result<Done> load_holds(Seat& seat, Transaction& transaction) {
    seat.holds.clear();
    const Rows rows = TRY(transaction.query("SELECT member, asset, number, amount FROM market_hold WHERE market = $1", {seat.market.id.text}));
    for (const auto& row : rows.rows)
        seat.holds[{static_cast<Account>(as_integer(row[0])), as_integer(row[1]) == 0 ? Asset::cash : Asset::units}] = {
            static_cast<std::uint64_t>(as_integer(row[2])), as_integer(row[3])};
    return Done{};
}

std::string state_digest(std::string_view state) { return to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 1>{state}))); }

/// A fresh desk with the rules of the market's first day.
Result<Done> begin_anew(Seat& seat) {
    const auto rules = desk_rules(seat.editions.front(), seat.cash_scale, carbon_scale);
    if (!rules) return Error{Failure::conflict, "market.rule_scale_money", "The market's prices are finer than its currency; change the tick."};
    seat.desk.emplace(*rules, seat.price_of(seat.market.first_close).value_or(0));
    seat.last_command = seat.last_trade = seat.snapshot_command = 0;
    seat.snapshot_day = {};
    seat.unit = 0;
    seat.digest.clear();
    return Done{};
}

/// The last snapshot that is whole and of a unit that the journal knows; none: the beginning.
Result<Done> load_snapshot(Seat& seat, Transaction& transaction) {
    const Rows rows = TRY(transaction.query(
        "SELECT s.unit, s.last_command, s.digest, s.state, s.state_digest FROM market_snapshot s JOIN market_unit u ON u.market = s.market AND u.sequence = "
        "s.unit AND u.digest = s.digest AND u.last_command = s.last_command WHERE s.market = $1 ORDER BY s.unit DESC LIMIT 2",
        {seat.market.id.text}));
    for (const auto& row : rows.rows) {
        const std::string& state = as_text(row[3]);
        if (state_digest(state) != as_text(row[4])) continue;
        NumberReader in(state);
        in.next(); // the form of the text
        const Date day{static_cast<std::int32_t>(in.next())};
        const auto rules = desk_rules(seat.edition_of(day), seat.cash_scale, carbon_scale);
        if (!in.good || !rules) continue;
        seat.desk->begin_day(day, *rules);
        if (!seat.desk->read_state(state)) {
            TRY(begin_anew(seat));
            continue;
        }
        seat.unit = as_integer(row[0]);
        seat.last_command = seat.snapshot_command = static_cast<std::uint64_t>(as_integer(row[1]));
        seat.digest = as_text(row[2]);
        seat.snapshot_day = day;
        return Done{};
    }
    return Done{};
}

/// One row of the journal up to command `until`; what comes of it must be what stands there.
Result<Done> replay_lines(Seat& seat, std::string_view lines, std::uint64_t until) {
    Wallets nobody([](Account) { return Wallet{}; });
    std::vector<Trade> trades;
    std::vector<Movement> movements;
    std::size_t seen = 0; // of the command's deals
    Desk& desk = *seat.desk;
    JournalReader reader(lines);
    for (auto line = reader.next(); line != JournalReader::Line::none; line = reader.next()) {
        if (line == JournalReader::Line::trade) {
            if (reader.trade.kind != "listed") continue;
            if (seen == trades.size() || trades[seen++] != reader.trade.trade) return contradicts(seat, seat.last_command);
            continue;
        }
        const JournalCommand& command = reader.command;
        const Instruction& one = command.instruction;
        if (reader.whole && seen != trades.size()) return contradicts(seat, seat.last_command);
        trades.clear();
        movements.clear();
        seen = 0;
        if (one.sequence <= seat.last_command) return contradicts(seat, one.sequence);
        if (one.sequence > until) return Done{};
        seat.last_command = one.sequence;
        When then = when_at(seat, Time{command.at});
        then.trusted = true;
        if (then.day > desk.day())
            if (const auto rules = desk_rules(seat.edition_of(then.day), seat.cash_scale, carbon_scale)) desk.begin_day(then.day, *rules);
        if (command.op == journal_op::expire) desk.expire(one.good_until, nobody, movements);
        else if (command.op == journal_op::halt || command.op == journal_op::resume) desk.set_halted(command.op == journal_op::halt);
        else if (command.op == journal_op::block)
            desk.settle_block(
                {one.sequence, one.price, one.quantity, one.sequence, one.sequence, one.account, static_cast<Account>(one.quote)}, then, nobody, movements);
        else if (command.op != journal_op::auction && command.taken()) {
            const Judged judged = desk.execute(one, then, nobody, trades, movements);
            if (judged.code != command.code || judged.traded != command.traded || judged.resting != command.resting) return contradicts(seat, one.sequence);
        }
    }
    if (!reader.good || (reader.whole && seen != trades.size())) return contradicts(seat, seat.last_command);
    return Done{};
}

} // namespace

Result<Done> load_seat(Seat& seat, Transaction& transaction, LoadFrom from, std::uint64_t until) {
    seat.members.clear();
    seat.market = TRY(transaction.get(Id<Market>(seat.market.id)));
    seat.editions = seat.market.rules;
    std::stable_sort(seat.editions.begin(), seat.editions.end(),
        [](const RulesEdition& a, const RulesEdition& b) { return a.valid_from.value_or(Date{-1'000'000}) < b.valid_from.value_or(Date{-1'000'000}); });
    seat.price_places = read_rules(seat.editions.front()).price_places;
    seat.cash_scale = static_cast<int>(as_integer(
        TRY(transaction.query("SELECT s.scale FROM account a JOIN asset s ON s.id = a.asset WHERE a.id = $1", {seat.market.clearing_account.text})).single()));
    TRY(begin_anew(seat));
    seat.members.resize(1);
    if (from == LoadFrom::snapshot) TRY(load_snapshot(seat, transaction));
    return replay_seat(seat, transaction, until);
}

Result<Done> replay_seat(Seat& seat, Transaction& transaction, std::uint64_t until) {
    TRY(load_members(seat, transaction));
    TRY(load_holds(seat, transaction));
    constexpr std::int64_t page = 50; // rows of a batch each
    while (true) {
        const Rows rows = TRY(transaction.query("SELECT lines FROM market_journal WHERE market = $1 AND last_command > $2 ORDER BY last_command LIMIT $3",
            {seat.market.id.text, static_cast<std::int64_t>(seat.last_command), page}));
        for (const auto& row : rows.rows) TRY(replay_lines(seat, as_text(row[0]), until));
        if (rows.size() < static_cast<std::size_t>(page) || seat.last_command >= until) break;
    }
    seat.last_trade = static_cast<std::uint64_t>(
        as_integer(TRY(transaction.query("SELECT MAX(number) FROM market_trade WHERE market = $1", {seat.market.id.text})).single()));
    const Rows last =
        TRY(transaction.query("SELECT sequence, digest FROM market_unit WHERE market = $1 ORDER BY sequence DESC LIMIT 1", {seat.market.id.text}));
    if (!last.empty()) seat.unit = as_integer(last.rows[0][0]), seat.digest = as_text(last.rows[0][1]);
    return Done{};
}

Result<Done> save_snapshot(Seat& seat, Transaction& transaction) {
    std::string state;
    seat.desk->write_state(state);
    TRY(transaction.execute("DELETE FROM market_snapshot WHERE market = $1 AND last_command < $2",
        {seat.market.id.text, static_cast<std::int64_t>(seat.snapshot_command)})); // the last one stays until this one is committed, and after
    const std::string digest = state_digest(state);
    TRY(transaction.execute("INSERT INTO market_snapshot (market, unit, last_command, digest, state, state_digest) VALUES ($1, $2, $3, $4, $5, $6)",
        {seat.market.id.text, seat.unit, static_cast<std::int64_t>(seat.last_command), seat.digest, std::move(state), digest}));
    seat.snapshot_command = seat.last_command;
    seat.snapshot_day = seat.desk->day();
    return Done{};
}

Result<Seat*> Floor::in_step(Seats& seats, Transaction& transaction, const Id<Market>& market, bool committed_only) {
    std::unique_ptr<Seat>& seat = seats[market.text];
    if (!seat) {
        auto fresh = std::make_unique<Seat>();
        fresh->market.id = market;
        TRY(load_seat(*fresh, transaction));
        seat = std::move(fresh);
        return seat.get();
    }
    if (!seat->broken) {
        const Rows last = TRY(transaction.query("SELECT sequence, digest FROM market_unit WHERE market = $1 ORDER BY sequence DESC LIMIT 1", {market.text}));
        const std::int64_t sequence = last.empty() ? 0 : as_integer(last.rows[0][0]);
        if (sequence == seat->unit && (last.empty() || as_text(last.rows[0][1]) == seat->digest)) return seat.get();
        if (sequence < seat->unit && committed_only) return seat.get(); // an older snapshot than what is known
        if (sequence > seat->unit) {
            const std::string mine =
                as_text(TRY(transaction.query("SELECT digest FROM market_unit WHERE market = $1 AND sequence = $2", {market.text, seat->unit})).single());
            if (seat->unit == 0 || mine == seat->digest) {
                seat->broken = true; // until the replay is through
                TRY(replay_seat(*seat, transaction));
                seat->broken = false;
                return seat.get();
            }
        }
    }
    seat->broken = true;
    TRY(load_seat(*seat, transaction));
    seat->broken = false;
    return seat.get();
}

Result<Done> Floor::look(Transaction& transaction, const Id<Market>& market, const std::function<Result<Done>(const Seat&)>& look) {
    const std::lock_guard lock(shown_mutex_);
    Seat* seat = TRY(in_step(shown_, transaction, market, true));
    return look(*seat);
}

void Floor::publish(const std::string& market, const std::string& line) {
    const std::lock_guard lock(tape_mutex_);
    const std::uint64_t number = published_.load(std::memory_order_relaxed) + 1;
    newest_[market] = {number, fmt::format("id: {}\ndata: {}\n\n", number, line)};
    published_.store(number, std::memory_order_relaxed);
}

std::string Floor::event_since(std::uint64_t& number, const std::string& market) const {
    if (published() <= number) return {};
    const std::lock_guard lock(tape_mutex_);
    const auto newest = newest_.find(market);
    std::string event = newest != newest_.end() && newest->second.first > number ? newest->second.second : std::string();
    number = published();
    return event;
}

} // namespace greenbank::market
