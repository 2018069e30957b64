// seats.cpp — a desk out of its journal: loaded, replayed, compared.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/exchange/floor.h"

namespace greenbank::market {

namespace {

const RulesEdition& edition_of(const Seat& seat, Date day) {
    const RulesEdition* found = &seat.editions.front();
    for (const RulesEdition& one : seat.editions)
        if (!one.valid_from || *one.valid_from <= day) found = &one;
    return *found;
}

} // namespace

std::string Seat::text_of(Price price) const { return ledger::decimal_text(ledger::SignedAmount{price}, price_places); }
std::optional<Price> Seat::price_of(std::string_view text) const {
    const auto price = parse_scaled(text, price_places);
    if (!price || *price < 0 || *price > price_max) return {};
    return price;
}

When Floor::when(const Seat& seat, Time now) const {
    const Date today = date_of(now);
    const std::int64_t offset = edition_of(seat, today).utc_offset_minutes * 60'000'000;
    const Time local{now.microseconds + offset};
    const Date day = date_of(local);
    return {now.microseconds, day, static_cast<int>((local.microseconds - std::int64_t{day.days} * days(1).microseconds) / 60'000'000)};
}

Result<Done> Floor::load_members(Seat& seat, Transaction& transaction) {
    const Rows rows = TRY(transaction.query("SELECT t.number, t.organisation, c.number, u.number FROM market_trader t JOIN account c ON c.id = t.cash_account "
                                            "JOIN account u ON u.id = t.units_account WHERE t.market = $1 AND t.number >= $2 ORDER BY t.number",
        {seat.market.id.text, static_cast<std::int64_t>(seat.members.size())}));
    for (const auto& row : rows.rows) {
        seat.members.resize(static_cast<std::size_t>(as_integer(row[0])) + 1);
        seat.members.back() = {as_text(row[1]), static_cast<ledger::AccountNumber>(as_integer(row[2])), static_cast<ledger::AccountNumber>(as_integer(row[3]))};
    }
    return Done{};
}

Result<Done> Floor::load(Seat& seat, Transaction& transaction) {
    seat.desk.reset();
    seat.members.clear();
    seat.last_command = seat.last_trade = 0;
    seat.unit = 0;
    seat.digest.clear();
    seat.market = TRY(transaction.get(Id<Market>(seat.market.id)));
    seat.editions = seat.market.rules;
    std::stable_sort(seat.editions.begin(), seat.editions.end(),
        [](const RulesEdition& a, const RulesEdition& b) { return a.valid_from.value_or(Date{-1'000'000}) < b.valid_from.value_or(Date{-1'000'000}); });
    seat.price_places = read_rules(seat.editions.front()).price_places;
    seat.cash_scale = static_cast<int>(as_integer(
        TRY(transaction.query("SELECT s.scale FROM account a JOIN asset s ON s.id = a.asset WHERE a.id = $1", {seat.market.clearing_account.text})).single()));
    const auto rules = desk_rules(seat.editions.front(), seat.cash_scale, carbon_scale);
    if (!rules) return Error{Failure::conflict, "market.rule_scale_money", "The market's prices are finer than its currency; change the tick."};
    seat.desk.emplace(*rules, seat.price_of(seat.market.first_close).value_or(0));
    seat.members.resize(1);
    return replay(seat, transaction);
}

Result<Done> Floor::replay(Seat& seat, Transaction& transaction) {
    TRY(load_members(seat, transaction));
    Wallets nobody([](Account) { return Wallet{}; });
    std::vector<Trade> trades;
    std::vector<Movement> movements;
    constexpr std::int64_t page = 20'000;
    while (true) {
        const Rows rows =
            TRY(transaction.query("SELECT number, op, side, member, order_number, price, quantity, display, trigger_price, good_until, quote, at, code "
                                  "FROM market_command WHERE market = $1 AND number > $2 ORDER BY number LIMIT $3",
                {seat.market.id.text, static_cast<std::int64_t>(seat.last_command), page}));
        for (const auto& row : rows.rows) {
            const auto at = [&](std::size_t column) { return as_integer(row[column]); };
            seat.last_command = static_cast<std::uint64_t>(at(0));
            When then = when(seat, Time{at(11)});
            then.trusted = true;
            Desk& desk = *seat.desk;
            if (const auto rules = desk_rules(edition_of(seat, then.day), seat.cash_scale, carbon_scale)) desk.begin_day(then.day, *rules);
            const std::int64_t op = at(1);
            trades.clear();
            movements.clear();
            if (op == journal_op::expire) desk.expire(at(9), nobody, movements);
            else if (op == journal_op::halt || op == journal_op::resume) desk.set_halted(op == journal_op::halt);
            else if (op == journal_op::block)
                desk.settle_block(
                    {seat.last_command, at(5), at(6), seat.last_command, seat.last_command, static_cast<Account>(at(3)), static_cast<Account>(at(10))}, then,
                    nobody, movements);
            else if (op != journal_op::auction && (as_text(row[12]) == "ok" || as_text(row[12]) == "self_trade"))
                desk.execute({.sequence = seat.last_command,
                                 .op = static_cast<Op>(op),
                                 .side = at(2) == 0 ? Side::buy : Side::sell,
                                 .account = static_cast<Account>(at(3)),
                                 .order = static_cast<OrderNumber>(at(4)),
                                 .price = at(5),
                                 .quantity = at(6),
                                 .display = at(7),
                                 .trigger = at(8),
                                 .good_until = at(9),
                                 .quote = static_cast<OrderNumber>(at(10))},
                    then, nobody, trades, movements);
        }
        if (rows.size() < static_cast<std::size_t>(page)) break;
    }
    seat.last_trade = static_cast<std::uint64_t>(
        as_integer(TRY(transaction.query("SELECT MAX(number) FROM market_trade WHERE market = $1", {seat.market.id.text})).single()));
    const Rows last =
        TRY(transaction.query("SELECT sequence, digest FROM market_unit WHERE market = $1 ORDER BY sequence DESC LIMIT 1", {seat.market.id.text}));
    if (!last.empty()) seat.unit = as_integer(last.rows[0][0]), seat.digest = as_text(last.rows[0][1]);
    return Done{};
}

Result<Seat*> Floor::in_step(Seats& seats, Transaction& transaction, const Id<Market>& market, bool committed_only) {
    std::unique_ptr<Seat>& seat = seats[market.text];
    if (!seat) {
        auto fresh = std::make_unique<Seat>();
        fresh->market.id = market;
        TRY(load(*fresh, transaction));
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
                TRY(replay(*seat, transaction));
                seat->broken = false;
                return seat.get();
            }
        }
    }
    seat->broken = true;
    TRY(load(*seat, transaction));
    seat->broken = false;
    return seat.get();
}

Result<Done> Floor::look(Transaction& transaction, const Id<Market>& market, const std::function<Result<Done>(const Seat&)>& look) {
    const std::lock_guard lock(shown_mutex_);
    Seat* seat = TRY(in_step(shown_, transaction, market, true));
    return look(*seat);
}

void Floor::publish(const std::string& market, std::string line) {
    const std::lock_guard lock(tape_mutex_);
    tape_.push_back({market, std::move(line)});
    ++tape_end_;
    if (tape_.size() > 200) tape_.erase(tape_.begin(), tape_.begin() + 100);
}
std::uint64_t Floor::published() const {
    const std::lock_guard lock(tape_mutex_);
    return tape_end_;
}
std::string Floor::events_since(std::uint64_t& number, const std::string& market) const {
    const std::lock_guard lock(tape_mutex_);
    std::string text;
    const std::uint64_t first = tape_end_ - tape_.size();
    for (std::uint64_t i = std::max({number, first, tape_end_ > 100 ? tape_end_ - 100 : 0}); i < tape_end_; ++i)
        if (tape_[i - first].first == market) text += fmt::format("id: {}\ndata: {}\n\n", i + 1, tape_[i - first].second);
    number = tape_end_;
    return text;
}

} // namespace greenbank::market
