// records.h — insurance as records: what is covered and at what price, and claims that measurements or settlement prices call for.
#pragma once

#include "energy/sites/records.h"
#include "finance/engine/insurance.h"
#include "finance/products/records.h"
#include "market/exchange/records.h"

namespace greenbank::finance {

enum class CoverKind { performance, carbon_price };
enum class CoverState { offered, active, withdrawn };

/// An indicator that somebody promises, and what is paid for each hundredth that is missing below the trigger.
struct PerformanceTerms {
    std::string indicator, unit;
    double promised = 0, trigger = 95; // trigger: % of what is promised
    std::int64_t period_days = 30;
    Money pay_a_point, unit_value; // unit_value: what one unit is worth to the insured
    std::optional<Money> repair_cost;
    bool weather = false; // the indicator hangs on the weather
    std::vector<double> measured;
    std::optional<Id<energy::Channel>> channel;
};
Record describe(const PerformanceTerms*);

struct CarbonTerms {
    CarbonCoverKind structure = CarbonCoverKind::put;
    Id<market::CarbonProduct> product;
    std::optional<Id<market::CarbonProduct>> priced_on; // whose closes say how prices move, where its own are too few
    Money strike, deductible;                           // a tonne
    std::optional<Money> cap;                           // of a collar
    std::int64_t tonnes = 0;
    double share = 100; // %
};
Record describe(const CarbonTerms*);

/// What the engines say it should cost.
struct CoverQuote {
    Money expected, premium;
    double chance = 0;     // of a claim, %; of prices: not said
    double deviation = 0;  // of what is paid, in whole units of the currency
    double error = 0;      // of drawn prices, one standard deviation
    double volatility = 0; // % a year
    Money price;           // of a tonne, at the last close
    std::string basis;     // measured, formula, paths
    std::int64_t values = 0;
};
Record describe(const CoverQuote*);

struct InsuranceCover {
    static constexpr std::string_view id_prefix = "cover";
    Id<InsuranceCover> id;
    std::string number;
    Text title;
    CoverKind kind = CoverKind::performance;
    Id<Organisation> insurer, insured;
    Text insurer_name, insured_name;
    std::optional<Id<projects::Project>> project;
    std::optional<PerformanceTerms> performance;
    std::optional<CarbonTerms> carbon;
    Money limit;
    Date begins_on, ends_on;
    std::optional<CoverQuote> quote;
    Money premium, paid; // paid: on claims so far
    CoverState state = CoverState::offered;
    std::optional<std::string> premium_transfer; // of the ledger
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const InsuranceCover*);

struct InsuranceClaim {
    static constexpr std::string_view id_prefix = "insuranceclaim";
    Id<InsuranceClaim> id;
    Id<InsuranceCover> cover;
    Id<Organisation> insurer, insured;
    Date from, until; // both days belong to it
    std::optional<double> measured;
    std::optional<Money> settlement; // of carbon: what the cover looks at
    Money amount;
    std::string source;
    ClaimState state = ClaimState::waiting;
    std::optional<std::string> reason, transfer;
    std::string made_by, made_by_name, checked_by_name;
    std::optional<Time> checked_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const InsuranceClaim*);

/// As the engine sees it; money in minor units.
PerformanceCover cover_of(const InsuranceCover& cover, const PerformanceTerms& terms);
CarbonCover cover_of(const InsuranceCover& cover, const CarbonTerms& terms);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::CoverKind> {
    static constexpr std::string_view name = "cover_kind";
    static constexpr std::string_view values[] = {"performance", "carbon_price"};
};
template <> struct Choices<finance::CoverState> {
    static constexpr std::string_view name = "cover_state";
    static constexpr std::string_view values[] = {"offered", "active", "withdrawn"};
};
template <> struct Choices<finance::CarbonCoverKind> {
    static constexpr std::string_view name = "carbon_cover_kind";
    static constexpr std::string_view values[] = {"put", "average_put", "collar"};
};
} // namespace greenbank
