// public_data.cpp — deals, days and their files for everybody; days of other sources taken in, doubted where they cannot be right; the stream.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/engine/journal.h"
#include "market/engine/surveillance.h"
#include "market/exchange/exchange.h"
#include "json/json.h"

namespace greenbank::market {

struct DealRequest {
    Id<Market> id;
    std::optional<std::int64_t> before;
    std::int64_t limit = 50;
};
Record describe(const DealRequest*) {
    using One = DealRequest;
    return {"market_deals_request", "Which deals.",
        {field<&One::id>("id", "Which market."), field<&One::before>("before", "Deals before this number.", {.min = 1, .max = 9e15}),
            field<&One::limit>("limit", "How many.", {.min = 1, .max = 500, .defaulted = true})}};
}
struct Deal {
    std::int64_t number = 0;
    Time at;
    std::string kind, price;
    std::int64_t quantity = 0;
};
Record describe(const Deal*) {
    using One = Deal;
    return {"market_deal", "A deal, as everybody sees it.",
        {field<&One::number>("number", "Its number."), field<&One::at>("at", "When."), field<&One::kind>("kind", "listed, block or auction."),
            field<&One::price>("price", "For a tonne."), field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t"})}};
}

struct StreamKey {
    Id<Market> id;
};
Record describe(const StreamKey*) { return {"market_stream_key", "Which market.", {field<&StreamKey::id>("id", "Its id.")}}; }

struct WatchRequest {
    Id<Market> id;
    std::optional<Date> day;
};
Record describe(const WatchRequest*) {
    return {"market_watch_request", "Which day is looked at.",
        {field<&WatchRequest::id>("id", "Which market."), field<&WatchRequest::day>("day", "Which day; absent: today.")}};
}

struct DaysRequest {
    Id<Market> id;
    std::optional<Date> from, to;
};
Record describe(const DaysRequest*) {
    using One = DaysRequest;
    return {"market_days_request", "Which days.",
        {field<&One::id>("id", "Which market."), field<&One::from>("from", "The first day."), field<&One::to>("to", "The last day.")}};
}

struct DayRow {
    Date day;
    double open = 0, high = 0, low = 0, close = 0, turnover = 0;
    std::int64_t volume = 0, block_volume = 0, auction_volume = 0;
};
Record describe(const DayRow*) {
    using One = DayRow;
    return {"market_day_row", "A day of another source.",
        {field<&One::day>("day", "The day."), field<&One::open>("open", "The first deal.", {.min = 0, .max = 1e9}),
            field<&One::high>("high", "The highest.", {.min = 0, .max = 1e9}), field<&One::low>("low", "The lowest.", {.min = 0, .max = 1e9}),
            field<&One::close>("close", "The close.", {.min = 0, .max = 1e9}),
            field<&One::volume>("volume", "Listed deals.", {.unit = "t", .min = 0, .max = 1e12}),
            field<&One::turnover>("turnover", "Money.", {.min = 0, .max = 1e15, .defaulted = true}),
            field<&One::block_volume>("block_volume", "Blocks.", {.unit = "t", .min = 0, .max = 1e12, .defaulted = true}),
            field<&One::auction_volume>("auction_volume", "Auctions.", {.unit = "t", .min = 0, .max = 1e12, .defaulted = true})}};
}
struct DayImport {
    Id<Market> id;
    std::string source;
    DataStatus status = DataStatus::unconfirmed;
    std::vector<DayRow> days;
};
Record describe(const DayImport*) {
    using One = DayImport;
    return {"market_day_import", "Days of another source; rows that cannot be right come in with a doubt.",
        {field<&One::id>("id", "Which market."), field<&One::source>("source", "Where they are from.", {.min = 3, .max = 300}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&One::days>("days", "The days.", {.min = 1, .max = 2000})}};
}
struct DayImported {
    std::int64_t taken = 0, replaced = 0, kept = 0, doubted = 0;
};
Record describe(const DayImported*) {
    using One = DayImported;
    return {"market_day_imported", "What became of them.",
        {field<&One::taken>("taken", "New days."), field<&One::replaced>("replaced", "Days of an earlier import that these replaced."),
            field<&One::kept>("kept", "Days with deals of this market itself; they stay."), field<&One::doubted>("doubted", "Rows that cannot be right.")}};
}

namespace {

Result<Page<Deal>> deal_list(Transaction& transaction, const Caller&, const DealRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    const int places = read_rules(market.rules.front()).price_places;
    Page<Deal> page;
    const Rows rows =
        TRY(transaction.query("SELECT number, at, kind, price, quantity FROM market_trade WHERE market = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
            {market.id.text, request.before.value_or(std::numeric_limits<std::int64_t>::max()), request.limit}));
    for (const auto& row : rows.rows)
        page.items.push_back({as_integer(row[0]), Time{as_integer(row[1])}, as_text(row[2]),
            ledger::decimal_text(ledger::SignedAmount{as_integer(row[3])}, places), as_integer(row[4])});
    page.total = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM market_trade WHERE market = $1", {market.id.text})).single());
    return page;
}

Result<std::vector<MarketDay>> days_of(Transaction& transaction, const DaysRequest& request) {
    TRY(transaction.get(request.id));
    return transaction.find<MarketDay>("market = $1 AND day >= $2 AND day <= $3 ORDER BY day LIMIT 10000",
        {request.id.text, to_text(request.from.value_or(Date{0})), to_text(request.to.value_or(Date{100'000}))});
}

Result<Page<MarketDay>> day_list(Transaction& transaction, const Caller&, const DaysRequest& request) {
    Page<MarketDay> page;
    page.items = TRY(days_of(transaction, request));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Raw> day_file(Transaction& transaction, const Caller&, const DaysRequest& request) {
    std::string text = "day,open,high,low,close,volume,turnover,block_volume,auction_volume,trades,status,source,doubt\n";
    const auto quoted = [](const std::string& cell) {
        std::string out = "\"";
        for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        return out + '"';
    };
    for (const MarketDay& day : TRY(days_of(transaction, request)))
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{},{},{},{}\n", to_text(day.day), day.open, day.high, day.low, day.close,
            day.volume, day.turnover, day.block_volume, day.auction_volume, day.trades, greenbank::name_of(day.status), quoted(day.source),
            quoted(day.doubt.value_or("")));
    return Raw{"text/csv; charset=utf-8", std::move(text), {{"Content-Disposition", "attachment; filename=\"days.csv\""}}};
}

/// Nothing where the row is possible.
std::optional<std::string> doubt_of(const DayRow& row) {
    if (row.high < row.low) return "high < low";
    if (row.open > row.high || row.open < row.low) return "open outside low–high";
    if (row.close > row.high || row.close < row.low) return "close outside low–high";
    if (row.volume > 0 && row.low <= 0) return "price 0";
    if (row.volume > 0 && row.turnover > 0) {
        const double mean = row.turnover / static_cast<double>(row.volume);
        if (mean > row.high * 1.01 || mean < row.low * 0.99) return "turnover / volume outside low–high";
    }
    return {};
}

Result<DayImported> day_import(Transaction& transaction, const Caller& caller, const DayImport& import) {
    const Market market = TRY(transaction.get(import.id));
    DayImported done;
    const bool capture = std::exchange(transaction.capture_changes, false);
    for (const DayRow& row : import.days) {
        auto stored = TRY(transaction.find_one<MarketDay>("market = $1 AND day = $2", {market.id.text, to_text(row.day)}));
        if (stored && stored->source == "greenbank") {
            ++done.kept;
            continue;
        }
        ++(stored ? done.replaced : done.taken);
        MarketDay day{.id = stored ? stored->id : caller.new_id<MarketDay>(),
            .market = market.id,
            .day = row.day,
            .open = row.open,
            .high = row.high,
            .low = row.low,
            .close = row.close,
            .volume = row.volume,
            .block_volume = row.block_volume,
            .auction_volume = row.auction_volume,
            .turnover = row.turnover,
            .doubt = doubt_of(row),
            .source = import.source,
            .status = import.status,
            .sample = market.sample};
        if (day.doubt) ++done.doubted;
        if (stored) TRY(transaction.update(day));
        else TRY(transaction.insert(day));
    }
    transaction.capture_changes = capture;
    return done;
}

constexpr std::size_t watched_max = 1'000'000;

/// The last day with deals, by the market's own clock; today before the first.
Result<Date> newest_day(Transaction& transaction, const Caller& caller, const Market& market) {
    const Rows last = TRY(transaction.query("SELECT day FROM market_trade WHERE market = $1 ORDER BY day DESC LIMIT 1", {market.id.text}));
    return last.empty() ? date_of(caller.now) : parse_date(as_text(last.single())).value_or(date_of(caller.now));
}

/// The day's journal through the engine; what was found before is not said twice.
Result<Page<MarketAlert>> market_watch(Transaction& transaction, const Caller& caller, const WatchRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    const Date day = request.day.value_or(TRY(newest_day(transaction, caller, market)));
    std::vector<WatchedDeal> deals;
    std::vector<WatchedOrder> orders;
    const Rows traded = TRY(transaction.query(
        "SELECT number, at, price, quantity, buyer, seller FROM market_trade WHERE market = $1 AND day = $2 AND kind = 'listed' ORDER BY number LIMIT 1000000",
        {market.id.text, to_text(day)}));
    for (const auto& row : traded.rows)
        deals.push_back({static_cast<std::uint64_t>(as_integer(row[0])), as_integer(row[1]), as_integer(row[2]), as_integer(row[3]),
            static_cast<Account>(as_integer(row[4])), static_cast<Account>(as_integer(row[5]))});
    const std::int64_t from = std::int64_t{day.days} * days(1).microseconds;
    const Rows units = TRY(transaction.query("SELECT lines FROM market_journal WHERE market = $1 AND at >= $2 AND at < $3 ORDER BY last_command",
        {market.id.text, from - hours(14).microseconds, from + hours(38).microseconds}));
    for (const auto& row : units.rows) {
        JournalReader reader(as_text(row[0]));
        for (auto line = reader.next(); line != JournalReader::Line::none; line = reader.next()) {
            const JournalCommand& one = reader.command;
            if (line == JournalReader::Line::command && one.op < 100 && one.code == "ok" && orders.size() < watched_max)
                orders.push_back({one.instruction.sequence, one.instruction.order, one.instruction.account, one.instruction.side, one.instruction.quantity,
                    one.instruction.op == Op::cancel});
        }
    }
    std::map<Account, std::string> members;
    for (const MarketTrader& trader : TRY(transaction.find<MarketTrader>("market = $1", {market.id.text})))
        members[static_cast<Account>(trader.number)] = trader.organisation.text;
    Page<MarketAlert> page;
    for (const Finding& finding : watch_day({}, deals, orders)) {
        MarketAlert alert{.id = caller.new_id<MarketAlert>(),
            .market = market.id,
            .day = day,
            .kind = static_cast<AlertKind>(finding.kind),
            .organisation = Id<Organisation>(members[finding.account]),
            .evidence = finding.evidence,
            .sample = market.sample,
            .created_at = caller.now};
        if (TRY(transaction.find_one<MarketAlert>("market = $1 AND day = $2 AND kind = $3 AND organisation = $4 AND evidence = $5",
                {market.id.text, to_text(day), std::string(greenbank::name_of(alert.kind)), alert.organisation.text, alert.evidence})))
            continue;
        TRY(transaction.insert(alert));
        page.items.push_back(std::move(alert));
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Page<MarketAlert>> alert_list(Transaction& transaction, const Caller& caller, const ListOf<MarketAlert>& list) {
    return list_page<MarketAlert>(transaction, caller, list);
}

} // namespace

Following market_following(Floor& floor) {
    return {.fill = [](Store&, Time) -> Result<std::optional<std::string>> { return std::optional<std::string>{}; },
        .follow = [&floor](Store& store, const std::vector<Announcement>& changes, const std::string&, Time) -> Result<Done> {
            std::set<std::string> markets;
            for (const Announcement& change : changes)
                if (change.record == "market" && !change.erased) markets.insert(change.id);
            for (const std::string& id : markets) {
                JsonWriter line;
                const Result<Done> read = store.read([&](Transaction& transaction) -> Result<Done> {
                    return floor.look(transaction, Id<Market>(id), [&](const Seat& seat) -> Result<Done> {
                        const Desk& desk = *seat.desk;
                        const auto price = [&](const char* key, Price value) {
                            if (value > 0) line.member(key, seat.text_of(value));
                        };
                        line.begin_object().member("market", id);
                        price("last", desk.book().last_price());
                        price("bid", desk.book().best_price(Side::buy).value_or(0));
                        price("ask", desk.book().best_price(Side::sell).value_or(0));
                        line.member("volume", static_cast<std::int64_t>(desk.day_figures().volume())).member("unit", seat.unit).member("halted", desk.halted());
                        line.end_object();
                        return Done{};
                    });
                });
                if (read) floor.publish(id, line.take());
            }
            return Done{};
        }};
}

std::vector<Endpoint> public_data_endpoints(Floor& floor) {
    const auto stream = [&floor](Store& store, const Caller&, const StreamKey& key) -> Result<Response> {
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.get(key.id));
            return Done{};
        }));
        auto number = std::make_shared<std::uint64_t>(floor.published());
        return Response{.content_type = "text/event-stream",
            .headers = {{"Cache-Control", "no-store"}},
            .stream = [&floor, number, market = key.id.text]() -> std::optional<std::string> { return floor.event_since(*number, market); }};
    };
    return {
        // clang-format off
        {"market_deal_list", Method::get, "/markets/{id}/deals", "Deals, newest first.", Mode::read, open_to_all, call(deal_list)},
        {"market_day_list", Method::get, "/markets/{id}/days", "Days: open, high, low, close, volumes by kind of deal.", Mode::read, open_to_all, call(day_list)},
        {"market_day_file", Method::get, "/markets/{id}/days/file", "The same as CSV.", Mode::read, open_to_all, as_file("text/csv", call(day_file))},
        {"market_day_import", Method::post, "/markets/{id}/days/import", "Take in days of another source; impossible rows are doubted, not refused.", Mode::write, run_exchange, call(day_import)},
        {"market_stream", Method::get, "/markets/{id}/stream", "Prices as they change: server-sent events.", Mode::compute, open_to_all, call(stream)},
        {"market_watch", Method::post, "/markets/{id}/watch", "Look at a day for patterns: washing, layering, marking the close, concentration.", Mode::write, run_exchange, call(market_watch)},
        {"market_alert_list", Method::get, "/market-alerts", "What surveillance asks somebody to look at.", Mode::read, run_exchange, call(alert_list)},
        // clang-format on
    };
}

} // namespace greenbank::market
