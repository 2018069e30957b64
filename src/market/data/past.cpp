// past.cpp — the book as it was after any command, out of the journal; days by kind of deal as exchanges publish them.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/exchange/exchange.h"

namespace greenbank::market {
enum class DealKind { listing, block, auction, composite };
} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::DealKind> { static constexpr std::string_view name = "deal_kind", values[] = {"listing", "block", "auction", "composite"}; };
} // namespace greenbank

namespace greenbank::market {

struct PastRequest {
    Id<Market> id;
    std::optional<std::int64_t> command, deal;
    std::optional<Time> at;
};
Record describe(const PastRequest*) {
    using One = PastRequest;
    return {"market_past_request", "The book at an instant: after a command, after a deal, or at a time.",
        {field<&One::id>("id", "Which market."), field<&One::command>("command", "The number of a command, as alerts name it: c12.", {.min = 1, .max = 9e15}),
            field<&One::deal>("deal", "The number of a deal, as alerts name it: #3.", {.min = 1, .max = 9e15}), field<&One::at>("at", "A time.")}};
}

struct PastOrder {
    std::int64_t number = 0;
    Side side = Side::buy;
    Id<Organisation> organisation;
    std::string price;
    std::int64_t quantity = 0, shown = 0;
};
Record describe(const PastOrder*) {
    using One = PastOrder;
    return {"market_past_order", "An order that stood in the book then.",
        {field<&One::number>("number", "Its number."), field<&One::side>("side", "Buy or sell."), field<&One::organisation>("organisation", "Whose."),
            field<&One::price>("price", "For a tonne."), field<&One::quantity>("quantity", "What was left.", {.unit = "t"}),
            field<&One::shown>("shown", "What others saw of it.", {.unit = "t"})}};
}

struct PastBook {
    std::int64_t command = 0;
    Date day;
    bool halted = false;
    std::vector<PastOrder> orders;
};
Record describe(const PastBook*) {
    using One = PastBook;
    return {"market_past_book", "The book after a command.",
        {field<&One::command>("command", "After which command."), field<&One::day>("day", "On which day."),
            field<&One::halted>("halted", "Trading was halted."), field<&One::orders>("orders", "What rested, buys best first, then sells; at most 500.")}};
}

struct KindRequest {
    Id<Market> id;
    std::optional<Date> from, to;
    std::optional<DealKind> kind;
};
Record describe(const KindRequest*) {
    using One = KindRequest;
    return {"market_kind_request", "Which days and kinds of deals.",
        {field<&One::id>("id", "Which market."), field<&One::from>("from", "The first day."), field<&One::to>("to", "The last day."),
            field<&One::kind>("kind", "Listed deals (10), blocks (20), auctions (21), or all markets of the programme together.")}};
}

struct KindDay {
    Date day;
    DealKind kind = DealKind::listing;
    std::int64_t code = 10; // as the exchange's own feed numbers them
    std::optional<double> open, high, low, close, change;
    std::int64_t volume = 0;
    std::optional<double> amount;
};
Record describe(const KindDay*) {
    using One = KindDay;
    return {"market_kind_day", "A day of one kind of deal.",
        {field<&One::day>("day", "The day."), field<&One::kind>("kind", "Which kind."),
            field<&One::code>("code", "10 listed, 20 blocks, 21 auctions, 0 composite."), field<&One::open>("open", "The first price."),
            field<&One::high>("high", "The highest."), field<&One::low>("low", "The lowest."), field<&One::close>("close", "The mean by volume."),
            field<&One::change>("change", "Of the close to the one before.", {.unit = "%"}), field<&One::volume>("volume", "Tonnes.", {.unit = "t"}),
            field<&One::amount>("amount", "Money.")}};
}

namespace {

/// The command that the instant comes after; 0: before all.
Result<std::int64_t> command_of(Transaction& transaction, const Market& market, const PastRequest& request) {
    if (request.command.has_value() + request.deal.has_value() + request.at.has_value() != 1)
        return invalid({{"command", "market.past_one", "Name the instant by one of command, deal and at."}});
    if (request.command) return *request.command;
    if (request.deal) {
        const Rows rows = TRY(transaction.query("SELECT command FROM market_trade WHERE market = $1 AND number = $2", {market.id.text, *request.deal}));
        if (rows.empty()) return Error{Failure::not_found, "market.no_deal", "This market has no such deal."};
        return as_integer(rows.single());
    }
    return as_integer(TRY(transaction.query("SELECT CAST(COALESCE(MAX(last_command), 0) AS BIGINT) FROM market_journal WHERE market = $1 AND at <= $2",
                              {market.id.text, request.at->microseconds}))
                          .single());
}

Result<PastBook> market_past(Transaction& transaction, const Caller&, const PastRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    Seat seat;
    seat.market.id = market.id;
    TRY(load_seat(seat, transaction, LoadFrom::beginning, static_cast<std::uint64_t>(TRY(command_of(transaction, market, request)))));
    PastBook past{.command = static_cast<std::int64_t>(seat.last_command), .day = seat.desk->day(), .halted = seat.desk->halted(), .orders = {}};
    for (const Resting& one : seat.desk->book().orders()) {
        if (past.orders.size() == 500) break;
        past.orders.push_back({static_cast<std::int64_t>(one.order), one.side, Id<Organisation>(seat.members.at(one.account).organisation),
            seat.text_of(one.price), one.shown + one.hidden, one.shown});
    }
    return past;
}

constexpr std::int64_t codes[] = {10, 20, 21, 0};

/// Figures of a series of deals in their order.
struct Figures {
    double open = 0, high = 0, low = 0, amount = 0;
    std::int64_t volume = 0;
    void add(double price, std::int64_t quantity) {
        if (volume == 0) open = high = low = price;
        high = std::max(high, price);
        low = std::min(low, price);
        volume += quantity;
        amount += price * static_cast<double>(quantity);
    }
    KindDay as_day(Date date, DealKind kind, const Figures* before) const {
        KindDay made{.day = date,
            .kind = kind,
            .code = codes[static_cast<std::size_t>(kind)],
            .open = open,
            .high = high,
            .low = low,
            .close = mean(),
            .volume = volume,
            .amount = amount};
        if (before != nullptr && before->mean() > 0) made.change = (mean() / before->mean() - 1) * 100;
        return made;
    }
    double mean() const { return volume > 0 ? amount / static_cast<double>(volume) : 0; }
};

/// Own deals by kind, imported days as listed deals, and beside them all markets of the programme in the same currency.
Result<std::vector<KindDay>> kinds_of(Transaction& transaction, const KindRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    const CarbonProduct product = TRY(transaction.get(market.product));
    const std::string from = to_text(request.from.value_or(Date{0})), to = to_text(request.to.value_or(Date{100'000}));
    std::map<std::pair<std::string, std::size_t>, Figures> figures; // by day and kind
    const Rows deals = TRY(transaction.query("SELECT d.market, d.day, d.kind, d.price, d.quantity FROM market_trade d JOIN market m ON m.id = d.market JOIN "
                                             "carbon_product p ON p.id = m.product WHERE p.programme = $1 AND m.currency = $2 AND d.day >= $3 AND d.day <= $4 "
                                             "ORDER BY d.day, d.at, d.number LIMIT 1000000",
        {product.programme.text, market.currency, from, to}));
    double scale = 1;
    for (int i = 0; i < read_rules(market.rules.front()).price_places; ++i) scale *= 10;
    for (const auto& row : deals.rows) {
        const std::string& kind = as_text(row[2]);
        const double price = static_cast<double>(as_integer(row[3])) / scale;
        if (as_text(row[0]) == market.id.text) figures[{as_text(row[1]), kind == "listed" ? 0u : kind == "block" ? 1u : 2u}].add(price, as_integer(row[4]));
        if (kind == "listed") figures[{as_text(row[1]), 3u}].add(price, as_integer(row[4]));
    }
    const Rows imported =
        TRY(transaction.query("SELECT d.market, d.day, d.open, d.high, d.low, d.close, d.volume, d.turnover FROM market_day d JOIN market m ON m.id = d.market "
                              "JOIN carbon_product p ON p.id = m.product WHERE p.programme = $1 AND m.currency = $2 AND d.source <> 'greenbank' "
                              "AND d.doubt IS NULL AND d.volume > 0 AND d.day >= $3 AND d.day <= $4 ORDER BY d.day",
            {product.programme.text, market.currency, from, to}));
    for (const auto& row : imported.rows)
        for (const std::size_t kind : {std::size_t{0}, std::size_t{3}}) {
            if (kind == 0 && as_text(row[0]) != market.id.text) continue;
            Figures& one = figures[{as_text(row[1]), kind}];
            if (one.volume == 0) one.open = as_real(row[2]), one.low = as_real(row[4]);
            one.high = std::max(one.high, as_real(row[3]));
            one.low = std::min(one.low, as_real(row[4]));
            one.volume += as_integer(row[6]);
            one.amount += as_real(row[5]) * static_cast<double>(as_integer(row[6]));
        }
    std::vector<KindDay> all;
    std::array<const Figures*, 4> before = {};
    for (const auto& [key, one] : figures) {
        const auto kind = static_cast<DealKind>(key.second);
        const auto day = parse_date(key.first);
        if (day && (!request.kind || *request.kind == kind)) all.push_back(one.as_day(*day, kind, before[key.second]));
        before[key.second] = &one;
    }
    return all;
}

Result<Page<KindDay>> kind_list(Transaction& transaction, const Caller&, const KindRequest& request) {
    Page<KindDay> page;
    page.items = TRY(kinds_of(transaction, request));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Raw> kind_file(Transaction& transaction, const Caller&, const KindRequest& request) {
    std::string text = "day,kind,code,open,high,low,close,change_percent,volume,amount\n";
    const auto real = [](const std::optional<double>& value) { return value ? fmt::format("{:.10g}", *value) : std::string(); };
    for (const KindDay& day : TRY(kinds_of(transaction, request)))
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{}\n", to_text(day.day), greenbank::name_of(day.kind), day.code, real(day.open),
            real(day.high), real(day.low), real(day.close), real(day.change), day.volume, real(day.amount));
    return Raw{"text/csv; charset=utf-8", std::move(text), {{"Content-Disposition", "attachment; filename=\"kinds.csv\""}}};
}

} // namespace

std::vector<Endpoint> past_endpoints() {
    return {
        // clang-format off
        {"market_past", Method::get, "/markets/{id}/past", "The book as it was at an instant: after a command, a deal, or at a time.", Mode::read, run_exchange, call(market_past)},
        {"market_kind_list", Method::get, "/markets/{id}/kinds", "Days by kind of deal: listed, block, auction, and the composite of the programme's markets.", Mode::read, open_to_all, call(kind_list)},
        {"market_kind_file", Method::get, "/markets/{id}/kinds/file", "The same as CSV.", Mode::read, open_to_all, as_file("text/csv", call(kind_file))},
        // clang-format on
    };
}

} // namespace greenbank::market
