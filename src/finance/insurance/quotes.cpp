// quotes.cpp — premiums by the engines, on what was measured and on the market's history.
#include <cmath>

#include "energy/reports/readings.h"
#include "finance/insurance/insurance.h"

namespace greenbank::finance {

namespace {

// Loadings are the bank's own sample values; no official ones were found.
constexpr double deviation_loading = 0.3, cost_part = 0.2, interest = 0.02;
constexpr std::size_t values_min = 5;
constexpr int history_days = 366, periods_max = 24;
constexpr double closes_a_year = 243;
constexpr std::uint32_t paths = 20'000;

Time midnight(Date day) { return {days(day.days).microseconds}; }

std::int64_t up(double amount) { return static_cast<std::int64_t>(std::ceil(amount - 1e-6)); }

Result<CoverQuote> by_measured(Transaction& transaction, energy::Archive& archive, const InsuranceCover& cover, Date day) {
    const PerformanceTerms& terms = *cover.performance;
    std::vector<double> measured = terms.measured;
    for (int period = periods_max; terms.channel && measured.size() < 1000 && period > 0; --period) {
        const auto length = static_cast<std::int32_t>(terms.period_days);
        const Date from{day.days - period * length}, until{day.days - (period - 1) * length - 1};
        const auto one = TRY(measured_between(transaction, archive, *terms.channel, terms.unit, from, until));
        if (one) measured.push_back(*one);
    }
    if (measured.size() < values_min)
        return invalid({{"performance.measured", "insurance.no_history",
            "Give at least {number} measured values, or a channel that has measured so many periods.", {{"number", std::to_string(values_min)}}}});
    const PerformancePrice price = price_performance(cover_of(cover, terms), measured, deviation_loading, cost_part);
    const std::string& currency = cover.limit.currency;
    return CoverQuote{.expected = {std::llround(price.expected), currency},
        .premium = {up(price.premium), currency},
        .chance = std::round(price.chance * 10'000) / 100,
        .deviation = std::round(price.deviation) / 100,
        .price = {0, currency},
        .basis = "measured",
        .values = static_cast<std::int64_t>(measured.size())};
}

Result<CoverQuote> by_market(Transaction& transaction, const InsuranceCover& cover, Date day) {
    const CarbonTerms& terms = *cover.carbon;
    const std::string& currency = cover.limit.currency;
    std::vector<double> prices;
    for (const std::int64_t close : TRY(closes_of(transaction, terms.priced_on.value_or(terms.product), currency, Date{day.days - history_days}, day)))
        prices.push_back(static_cast<double>(close));
    const auto volatility = volatility_of(prices, closes_a_year);
    const auto own = TRY(closes_of(transaction, terms.product, currency, Date{day.days - history_days}, day));
    if (!volatility || own.empty())
        return Error{Failure::conflict, "insurance.no_prices", "The market has too few closes of these tonnes in {currency} to price a cover.",
            {{"currency", currency}}};
    const CarbonMarket market{.forward = static_cast<double>(own.back()),
        .volatility = *volatility,
        .rate = interest,
        .years = std::max(1, cover.ends_on.days - day.days) / 365.0,
        .fixings = static_cast<std::uint32_t>(std::clamp((cover.ends_on.days - day.days) / 30, 1, 120))};
    CoverQuote quote{.expected = {0, currency},
        .premium = {0, currency},
        .volatility = std::round(*volatility * 10'000) / 100,
        .price = {own.back(), currency},
        .basis = "formula",
        .values = static_cast<std::int64_t>(prices.size())};
    CarbonCover engine = cover_of(cover, terms);
    if (*engine.limit >= (engine.strike - engine.deductible) * engine.tonnes * engine.share) engine.limit.reset(); // it never binds
    double expected = 0;
    if (const auto formula = price_by_formula(engine, market)) expected = *formula;
    else {
        const DrawnPrice drawn = price_by_paths(engine, market, paths, 1);
        expected = drawn.price;
        quote.error = std::round(drawn.error) / 100;
        quote.basis = "paths";
    }
    quote.expected.minor = std::llround(expected);
    quote.premium.minor = up(std::max(0.0, expected) / (1 - cost_part));
    return quote;
}

} // namespace

Result<std::vector<std::int64_t>> closes_of(
    Transaction& transaction, const Id<market::CarbonProduct>& product, const std::string& currency, Date from, Date until) {
    std::vector<std::int64_t> closes;
    for (const market::MarketDay& day : TRY(transaction.find<market::MarketDay>(
             "market IN (SELECT id FROM market WHERE product = $1 AND currency = $2) AND day >= $3 AND day <= $4 AND close > 0 AND doubt IS NULL ORDER BY day",
             {product.text, currency, to_text(from), to_text(until)})))
        closes.push_back(static_cast<std::int64_t>(day.close * 100 + 0.5));
    return closes;
}

Result<std::optional<double>> measured_between(
    Transaction& transaction, energy::Archive& archive, const Id<energy::Channel>& id, const std::string& unit, Date from, Date until) {
    const auto channel = TRY(transaction.find_one<energy::Channel>("id = $1", {id.text}));
    const auto total = channel ? energy::total_unit(*channel) : std::nullopt;
    if (!total) return std::optional<double>{};
    const auto site = TRY(transaction.find_one<energy::Site>("id = $1", {channel->site.text}));
    const Duration ahead = minutes(site ? site->utc_offset_minutes : 0);
    const auto values = TRY(energy::step_values(transaction, archive, *channel, midnight(from) - ahead, midnight(Date{until.days + 1}) - ahead, hours(1)));
    if (values.empty()) return std::optional<double>{};
    double sum = 0;
    for (const energy::StepValue& one : values) sum += total->per_hour_of_mean > 0 ? one.value * total->per_hour_of_mean : one.value;
    return convert({sum, total->unit}, unit);
}

Result<CoverQuote> quote_of(Transaction& transaction, energy::Archive& archive, const InsuranceCover& cover, Date day) {
    return cover.kind == CoverKind::performance ? by_measured(transaction, archive, cover, day) : by_market(transaction, cover, day);
}

} // namespace greenbank::finance
