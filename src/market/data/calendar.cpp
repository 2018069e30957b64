// calendar.cpp — a market's days: whether orders are taken and when, deadlines of those who owe its allowances, auctions that close, what was entered.
#include <fmt/format.h>

#include "market/data/notices.h"

namespace greenbank::market {

struct CalendarRequest {
    Id<Market> id;
    std::optional<Date> from, to;
};
Record describe(const CalendarRequest*) {
    using One = CalendarRequest;
    return {"market_calendar_request", "Which days.",
        {field<&One::id>("id", "Which market."), field<&One::from>("from", "The first day; without: today."),
            field<&One::to>("to", "The last day; without: sixty days later; at most 400.")}};
}

struct CalendarEntry {
    MarketEventKind kind = MarketEventKind::notice;
    Text title;
    std::optional<std::string> about; // the auction or the entered day
};
Record describe(const CalendarEntry*) {
    using One = CalendarEntry;
    return {"market_calendar_entry", "Something on a day.",
        {field<&One::kind>("kind", "A deadline, an auction, a holiday or something else."), field<&One::title>("title", "What it is."),
            field<&One::about>("about", "The auction, or the day that was entered.")}};
}
struct CalendarDay {
    Date day;
    bool open = false;
    std::string hours; // "09:30–11:30, 13:00–15:00"; empty: all day
    std::vector<CalendarEntry> entries;
};
Record describe(const CalendarDay*) {
    using One = CalendarDay;
    return {"market_calendar_day", "A day of a market.",
        {field<&One::day>("day", "The day on the market's clock."), field<&One::open>("open", "Orders are taken."),
            field<&One::hours>("hours", "When, on the market's clock; empty: all day."), field<&One::entries>("entries", "What is on that day.")}};
}

namespace {

constexpr std::int32_t days_max = 400;

Result<Page<CalendarDay>> calendar(Transaction& transaction, const Caller& caller, const CalendarRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    const CarbonProduct product = TRY(transaction.get(market.product));
    Seat seat;
    seat.editions = market.rules;
    const Date from = request.from.value_or(when_at(seat, caller.now).day), to = request.to.value_or(Date{from.days + 60});
    if (to < from || to.days - from.days >= days_max)
        return invalid({{"to", "market.calendar_days", "The last day is not before the first one and at most 400 days after it."}});
    Page<CalendarDay> page;
    for (Date day = from; day <= to; ++day.days) {
        const RulesEdition& edition = seat.edition_of(day);
        CalendarDay& one = page.items.emplace_back(CalendarDay{.day = day, .open = trades_on(edition, day), .hours = "", .entries = {}});
        if (!one.open) continue;
        for (const TradingHours& hours : edition.hours) one.hours += fmt::format("{}{}–{}", one.hours.empty() ? "" : ", ", hours.from, hours.to);
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    const auto entries_of = [&](Date day) -> std::vector<CalendarEntry>* {
        return day < from || to < day ? nullptr : &page.items[static_cast<std::size_t>(day.days - from.days)].entries;
    };
    const Rows due =
        TRY(transaction.query("SELECT DISTINCT due_on, year FROM compliance_obligation WHERE programme = $1 AND due_on >= $2 AND due_on <= $3 ORDER BY 1, 2",
            {product.programme.text, to_text(from), to_text(to)}));
    for (const auto& row : due.rows)
        if (auto* entries = entries_of(parse_date(as_text(row[0])).value_or(from)))
            entries->push_back({MarketEventKind::deadline,
                {fmt::format("{} 年度履约清缴截止", as_integer(row[1])), fmt::format("Last day to surrender for {}", as_integer(row[1])),
                    fmt::format("Последний день сдачи за {} год", as_integer(row[1]))},
                {}});
    for (const CarbonAuction& auction : TRY(transaction.find<CarbonAuction>(
             "market = $1 AND closes_at >= $2 ORDER BY closes_at, id LIMIT 1000", {market.id.text, std::int64_t{from.days - 1} * days(1).microseconds})))
        if (auto* entries = entries_of(when_at(seat, auction.closes_at).day)) entries->push_back({MarketEventKind::auction, auction.title, auction.id.text});
    for (const MarketEvent& event : TRY(transaction.find<MarketEvent>(
             "(market = $1 OR market IS NULL) AND day >= $2 AND day <= $3 ORDER BY day, id LIMIT 1000", {market.id.text, to_text(from), to_text(to)})))
        if (auto* entries = entries_of(event.day)) entries->push_back({event.kind, event.title, event.id.text});
    return page;
}

} // namespace

std::vector<Endpoint> calendar_endpoints() {
    return {{"market_calendar", Method::get, "/markets/{id}/calendar", "Trading days with their hours, deadlines, auctions and what the exchange has entered.",
        Mode::read, open_to_all, call(calendar)}};
}

} // namespace greenbank::market
