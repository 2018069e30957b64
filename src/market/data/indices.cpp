// indices.cpp — a programme's markets as one series, a currency at a time, as figures and as CSV.
#include <fmt/format.h>

#include "market/data/notices.h"
#include "market/engine/price_index.h"

namespace greenbank::market {

struct IndexRequest {
    Id<CarbonProgramme> id;
    std::string currency = "CNY";
    std::optional<Date> from, to;
};
Record describe(const IndexRequest*) {
    using One = IndexRequest;
    return {"carbon_index_request", "Which series.",
        {field<&One::id>("id", "Which programme."),
            field<&One::currency>("currency", "Of its markets in which currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&One::from>("from", "The first day that is shown."), field<&One::to>("to", "The last day.")}};
}
struct CarbonIndexDay {
    Date day;
    double value = 0, price = 0;
    std::optional<double> change;
    std::int64_t volume = 0, markets = 0;
    double turnover = 0;
};
Record describe(const CarbonIndexDay*) {
    using One = CarbonIndexDay;
    return {"carbon_index_day", "A day of an index.",
        {field<&One::day>("day", "The day."), field<&One::value>("value", "1,000 on the first day; chained, so that a new vintage moves nothing by itself."),
            field<&One::price>("price", "The mean price of all tonnes of the day."),
            field<&One::change>("change", "Of the index to the day before.", {.unit = "%"}),
            field<&One::volume>("volume", "Listed deals of all these markets.", {.unit = "t"}), field<&One::turnover>("turnover", "Their money."),
            field<&One::markets>("markets", "How many markets had deals.")}};
}
struct CarbonIndex {
    Id<CarbonProgramme> programme;
    Text name;
    std::string currency;
    std::int64_t markets = 0;
    CarbonIndexDay last;
    bool sample = false;
};
Record describe(const CarbonIndex*) {
    using One = CarbonIndex;
    return {"carbon_index", "A series over all markets of a programme in one currency.",
        {field<&One::programme>("programme", "Which programme."), field<&One::name>("name", "Its name."),
            field<&One::currency>("currency", "In which currency."), field<&One::markets>("markets", "How many markets."),
            field<&One::last>("last", "Its last day."), field<&One::sample>("sample", "Part of the sample bank.")}};
}

namespace {

Result<std::vector<CarbonIndexDay>> days_of(Transaction& transaction, const IndexRequest& request) {
    TRY(transaction.get(request.id));
    const Rows rows =
        TRY(transaction.query("SELECT d.market, d.day, d.close, d.volume FROM market_day d JOIN market m ON m.id = d.market JOIN carbon_product p "
                              "ON p.id = m.product WHERE p.programme = $1 AND m.currency = $2 AND d.volume > 0 AND d.doubt IS NULL "
                              "ORDER BY d.day, d.market LIMIT 200000",
            {request.id.text, request.currency}));
    std::map<std::string, std::size_t> numbers;
    std::vector<MarketClose> closes;
    for (const auto& row : rows.rows)
        if (const auto day = parse_date(as_text(row[1])))
            closes.push_back({numbers.try_emplace(as_text(row[0]), numbers.size()).first->second, *day, as_real(row[2]), as_integer(row[3])});
    std::vector<CarbonIndexDay> days;
    double before = 0;
    for (const IndexDay& one : chained_index(closes)) {
        if ((!request.from || *request.from <= one.day) && (!request.to || one.day <= *request.to)) {
            CarbonIndexDay& day = days.emplace_back(CarbonIndexDay{
                .day = one.day, .value = one.value, .price = one.price, .change = {}, .volume = one.volume, .markets = one.markets, .turnover = one.turnover});
            if (before > 0) day.change = (one.value / before - 1) * 100;
        }
        before = one.value;
    }
    return days;
}

Result<Page<CarbonIndexDay>> index_days(Transaction& transaction, const Caller&, const IndexRequest& request) {
    Page<CarbonIndexDay> page;
    page.items = TRY(days_of(transaction, request));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Raw> index_file(Transaction& transaction, const Caller&, const IndexRequest& request) {
    std::string text = "day,value,change_percent,price,volume,turnover,markets\n";
    for (const CarbonIndexDay& day : TRY(days_of(transaction, request)))
        fmt::format_to(std::back_inserter(text), "{},{:.10g},{},{:.10g},{},{:.10g},{}\n", to_text(day.day), day.value,
            day.change ? fmt::format("{:.10g}", *day.change) : "", day.price, day.volume, day.turnover, day.markets);
    return Raw{"text/csv; charset=utf-8", std::move(text), {{"Content-Disposition", "attachment; filename=\"index.csv\""}}};
}

Result<Page<CarbonIndex>> index_list(Transaction& transaction, const Caller&) {
    Page<CarbonIndex> page;
    const Rows rows =
        TRY(transaction.query("SELECT p.programme, m.currency, COUNT(*) FROM market m JOIN carbon_product p ON p.id = m.product GROUP BY p.programme, "
                              "m.currency ORDER BY 1, 2 LIMIT 100"));
    for (const auto& row : rows.rows) {
        const CarbonProgramme programme = TRY(transaction.get(Id<CarbonProgramme>(as_text(row[0]))));
        const auto days = TRY(days_of(transaction, {.id = programme.id, .currency = as_text(row[1])}));
        if (days.empty()) continue;
        page.items.push_back({programme.id, programme.name, as_text(row[1]), as_integer(row[2]), days.back(), programme.sample});
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

std::vector<Endpoint> index_endpoints() {
    return {
        // clang-format off
        {"carbon_index_list", Method::get, "/carbon-indices", "Index series: a programme's markets together.", Mode::read, open_to_all, call(index_list)},
        {"carbon_index_days", Method::get, "/carbon-programmes/{id}/index", "An index by day.", Mode::read, open_to_all, call(index_days)},
        {"carbon_index_file", Method::get, "/carbon-programmes/{id}/index/file", "The same as CSV.", Mode::read, open_to_all, as_file("text/csv", call(index_file))},
        // clang-format on
    };
}

} // namespace greenbank::market
