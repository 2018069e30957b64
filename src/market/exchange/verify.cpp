// verify.cpp — the exchange's books, journal and holds against each other: what `greenbank verify` asks.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "market/engine/journal.h"
#include "market/exchange/exchange.h"
#include "parties/secrets.h"

namespace greenbank::market {

namespace {

std::string state_of(const Seat& seat) {
    std::string text;
    seat.desk->write_state(text);
    return text;
}

/// Every unit's digest covers its text and the digest before; every listed deal of the journal stands in the table of deals.
Result<std::int64_t> check_units(Transaction& transaction, const Market& market, CheckRun& run) {
    const std::string place = "market/" + market.id.text;
    std::int64_t examined = 0, deals = 0, unit = 0;
    std::string before;
    constexpr std::int64_t page = 50;
    while (true) {
        const Rows rows = TRY(transaction.query("SELECT u.sequence, u.digest, j.lines FROM market_unit u LEFT JOIN market_journal j ON j.market = u.market AND "
                                                "j.last_command = u.last_command WHERE u.market = $1 AND u.sequence > $2 ORDER BY u.sequence LIMIT $3",
            {market.id.text, unit, page}));
        for (const auto& row : rows.rows) {
            ++examined;
            if (as_integer(row[0]) != unit + 1) run.found({place, "market.unit_missing", "A unit of the journal is missing: restore a backup that verifies."});
            unit = as_integer(row[0]);
            const std::string& lines = as_text(row[2]);
            const std::string_view parts[] = {before, lines};
            const bool sealed = to_hex(parties::bytes_of(parties::sha256(parts))) == as_text(row[1]);
            before = as_text(row[1]);
            if (lines.starts_with("@ ") && !sealed)
                run.found({fmt::format("{}/{}", place, unit), "market.unit_changed", "A unit of the journal was changed: restore a backup that verifies."});
            JournalReader reader(lines);
            for (auto line = reader.next(); line != JournalReader::Line::none; line = reader.next()) deals += line == JournalReader::Line::trade;
        }
        if (rows.size() < static_cast<std::size_t>(page)) break;
    }
    const std::int64_t stored =
        as_integer(TRY(transaction.query("SELECT COUNT(*) FROM market_trade t WHERE t.market = $1 AND t.command > COALESCE((SELECT MAX(last_command) FROM "
                                         "market_journal WHERE market = $1 AND lines LIKE '~%'), 0)",
                           {market.id.text}))
                       .single());
    if (deals != stored) run.found({place, "market.deals_differ", "The deals in the table are not those of the journal."});
    return examined;
}

/// What orders need is what the ledger holds, one hold a member and asset.
Result<Done> check_holds(Transaction& transaction, const Seat& seat, CheckRun& run) {
    std::map<std::pair<Account, Asset>, std::int64_t> needed;
    for (const auto& [order, reserve] : seat.desk->reserves())
        needed[{reserve.account, reserve.side == Side::buy ? Asset::cash : Asset::units}] += reserve.amount;
    std::erase_if(needed, [](const auto& one) { return one.second == 0; });
    if (seat.holds.empty()) return Done{}; // the journal is from before holds were netted
    std::map<std::pair<Account, Asset>, std::int64_t> held;
    for (const auto& [key, one] : seat.holds) {
        const std::string id = ledger::to_text(ledger::TransferId{static_cast<std::uint64_t>(seat.market.transfer_key), one.number});
        const Rows rows = TRY(transaction.query("SELECT amount FROM hold WHERE id = $1", {id}));
        if (rows.empty() || as_text(rows.rows[0][0]) != ledger::amount_text(static_cast<ledger::Amount>(one.amount)))
            run.found({"market/" + seat.market.id.text, "market.hold_missing", "The ledger does not hold what the exchange says that it holds."});
        held[key] = one.amount;
    }
    if (held != needed) run.found({"market/" + seat.market.id.text, "market.holds_differ", "What is held is not what the orders in the book need."});
    return Done{};
}

Result<std::int64_t> check_exchange(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (const Market& market : TRY(transaction.find<Market>("ORDER BY id"))) {
        examined += TRY(check_units(transaction, market, run));
        Seat whole, quick;
        whole.market.id = quick.market.id = market.id;
        const auto replayed = load_seat(whole, transaction, LoadFrom::beginning), loaded = load_seat(quick, transaction);
        for (const auto& one : {&replayed, &loaded})
            if (!*one) run.found({"market/" + market.id.text, one->error().code, fill_in(one->error().message, one->error().parameters)});
        if (!replayed || !loaded) continue;
        if (state_of(whole) != state_of(quick))
            run.found(
                {"market/" + market.id.text, "market.snapshot_differs", "The last snapshot and the journal after it are not what the whole journal gives."});
        TRY(check_holds(transaction, whole, run));
    }
    return examined;
}

} // namespace

Check exchange_check() {
    return {"exchange", "Units of the exchange's journal are sealed without a gap; its replay is its last snapshot and the rest; what orders need is held.",
        check_exchange};
}

} // namespace greenbank::market
