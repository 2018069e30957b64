// records.h — what a project asks for, and what institutions offer.
#pragma once

#include "finance/pricing_records.h"
#include "projects/records.h"

namespace greenbank::finance {

using parties::Organisation;

enum class RequestState { open, chosen, withdrawn };
enum class OfferState { queued, talking, accepted, declined, withdrawn };
/// Published rates that others are above.
enum class BenchmarkName { lpr_1y, lpr_5y, sofr };

struct Loan;
struct RiskPool;

struct FinancingRequest {
    static constexpr std::string_view id_prefix = "financing";
    Id<FinancingRequest> id;
    Text title, purpose;
    std::optional<Id<projects::Project>> project;
    Id<Organisation> organisation; // who asks
    Text organisation_name;
    Money amount;
    std::int64_t months = 60;
    std::int64_t talks_max = 3; // so many offers may be talked about at once; the others wait their turn
    std::optional<Date> wanted_by;
    RequestState state = RequestState::open;
    std::optional<Id<Loan>> loan; // once an offer is accepted
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FinancingRequest*);

/// From so many verified tonnes on the rate is another one.
struct MarginStepRow {
    std::int64_t tonnes = 0;
    double change = 0; // percentage points a year; less than zero: cheaper
};
Record describe(const MarginStepRow*);

/// From so many payments on the rate is another one, as agreed beforehand.
struct AgreedRate {
    std::int64_t after_payments = 0;
    double rate = 0; // % a year
};
Record describe(const AgreedRate*);

/// Principal of a due day that was agreed upon; nothing: only interest is due.
struct PlannedPrincipal {
    Date due;
    Money amount;
};
Record describe(const PlannedPrincipal*);
/// Days in order, amounts that come to what is owed, principal on the last day; `from`: where it is known, all days lie after it. Faults stand at their rows.
void check_schedule(const std::vector<PlannedPrincipal>& rows, const Money& owed, std::optional<Date> from, Problems& problems);

struct FinancingOffer {
    static constexpr std::string_view id_prefix = "offer";
    Id<FinancingOffer> id;
    Id<FinancingRequest> request;
    Id<Organisation> organisation; // who offers
    Text organisation_name;
    Id<Organisation> applicant;
    Money amount;
    std::optional<BenchmarkName> benchmark;
    double rate = 0; // % a year; above the benchmark where there is one
    std::int64_t months = 60, frequency = 12, grace_periods = 0;
    Repayment repayment = Repayment::level;
    std::vector<PlannedPrincipal> custom_schedule; // of custom repayment, in order of days
    Money fee;                                     // kept back at the first draw-down
    Text collateral, conditions;
    std::vector<MarginStepRow> margin_steps;
    std::vector<AgreedRate> rate_steps; // of a fixed rate
    std::optional<Id<RiskPool>> pool;   // that shares a loss
    std::optional<double> all_in_rate;  // % a year, the fee included
    OfferState state = OfferState::queued;
    std::optional<std::string> reason; // why it was declined
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FinancingOffer*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::RequestState> {
    static constexpr std::string_view name = "financing_state";
    static constexpr std::string_view values[] = {"open", "chosen", "withdrawn"};
};
template <> struct Choices<finance::BenchmarkName> {
    static constexpr std::string_view name = "benchmark";
    static constexpr std::string_view values[] = {"lpr_1y", "lpr_5y", "sofr"};
};
template <> struct Choices<finance::OfferState> {
    static constexpr std::string_view name = "offer_state";
    static constexpr std::string_view values[] = {"queued", "talking", "accepted", "declined", "withdrawn"};
};
} // namespace greenbank
