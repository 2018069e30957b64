// records.h — loans as they run, what moved on them, pools that share losses, and claims on these.
#pragma once

#include "finance/brokerage/records.h"
#include "finance/engine/loan_life.h"
#include "finance/engine/warning.h"
#include "ledger/records.h"

namespace greenbank::finance {

enum class LoanState { agreed, active, repaid, written_off };
/// The five classes of loans.
enum class LoanClass { normal, special_mention, substandard, doubtful, loss };
enum class MovementKind { draw, repay, prepay, write_off, verify, claim, recovery, pledge, disposal, restructure };
enum class ClaimState { waiting, paid, refused };

Record describe(const LoanInstalment*);
Record describe(const WarningReason*);

/// What was last seen beside the payments.
struct WatchedSignal {
    std::string signal;
    double value = 0;
    Date on;
};
Record describe(const WatchedSignal*);

struct Loan {
    static constexpr std::string_view id_prefix = "loan";
    Id<Loan> id;
    std::string number;
    std::optional<Id<FinancingRequest>> request;
    std::optional<Id<projects::Project>> project;
    Id<Organisation> lender, borrower;
    Text lender_name, borrower_name;
    Money amount, drawn, principal; // promised, paid out so far, owed
    Money fee;
    std::optional<BenchmarkName> benchmark;
    double rate = 0, penalty = 0; // % a year, above the benchmark where there is one; the penalty on top, on what is late
    std::int64_t year_days = 365, months = 60, frequency = 12, grace_periods = 0;
    Repayment repayment = Repayment::level;
    std::vector<PlannedPrincipal> custom_schedule;
    std::vector<MarginStepRow> margin_steps;
    std::vector<AgreedRate> rate_steps;
    std::int64_t verified_tonnes = 0;
    std::optional<Date> starts_on, ends_on, closed_until, next_due, late_since;
    std::vector<LoanInstalment> instalments;
    std::int64_t accrued_micro = 0;  // interest since the last bill, millionths of a minor unit
    std::int64_t late_principal = 0; // minor units
    Money late, provision;
    std::int64_t days_late = 0;
    LoanClass loan_class = LoanClass::normal;
    LoanState state = LoanState::agreed;
    WarningLevel warning = WarningLevel::none;
    std::optional<Date> warning_since, calm_since;
    std::vector<WarningReason> warning_reasons;
    std::vector<WatchedSignal> watched;
    std::optional<Id<RiskPool>> pool;
    std::optional<Id<ledger::LedgerAccount>> loan_account, funds_account;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Loan*);

struct LoanMovement {
    static constexpr std::string_view id_prefix = "movement";
    Id<LoanMovement> id;
    Id<Loan> loan;
    MovementKind kind = MovementKind::draw;
    Date day;
    Money amount, interest, principal, fee;
    std::vector<std::string> transfers; // of the ledger
    std::optional<std::int64_t> tonnes; // verified
    std::optional<std::string> note;
    std::string person_name;
    bool sample = false;
    Time created_at;
};
Record describe(const LoanMovement*);

/// Who bears a part of a loss; a party without an account is the lender itself, who bears what is left.
struct PoolParty {
    Text name;
    std::optional<Id<ledger::LedgerAccount>> account;
    std::int64_t share = 0;   // parts of a million
    std::optional<Money> cap; // borne in all
    std::int64_t borne = 0;   // minor units
};
Record describe(const PoolParty*);

struct RiskPool {
    static constexpr std::string_view id_prefix = "pool";
    Id<RiskPool> id;
    Text title;
    std::string currency = "CNY";
    std::vector<PoolParty> parties;
    std::int64_t fund = 0;             // the party that is the fund, from 0
    std::int64_t leverage = 0;         // covered loans are at most so many times the fund; 0: no rule
    double stop_at = 0, resume_at = 0; // % bad of what is covered; 0: no rule
    std::int64_t claim_after_days = 90;
    Date valid_from;
    std::string source;
    ledger::RateStatus status = ledger::RateStatus::sample;
    Money covered, bad, lost;
    bool suspended = false;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const RiskPool*);

struct ClaimPart {
    Text name;
    Money amount, recovered;
    std::optional<std::string> transfer;
};
Record describe(const ClaimPart*);

struct PoolClaim {
    static constexpr std::string_view id_prefix = "claim";
    Id<PoolClaim> id;
    Id<RiskPool> pool;
    Id<Loan> loan;
    Id<Organisation> lender;
    Money amount, recovered;
    std::vector<ClaimPart> parts;
    ClaimState state = ClaimState::waiting;
    std::optional<std::string> reason; // of a refusal
    std::string made_by, made_by_name, checked_by, checked_by_name;
    std::optional<Time> checked_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const PoolClaim*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::LoanState> {
    static constexpr std::string_view name = "loan_state";
    static constexpr std::string_view values[] = {"agreed", "active", "repaid", "written_off"};
};
template <> struct Choices<finance::LoanClass> {
    static constexpr std::string_view name = "loan_class";
    static constexpr std::string_view values[] = {"normal", "special_mention", "substandard", "doubtful", "loss"};
};
template <> struct Choices<finance::MovementKind> {
    static constexpr std::string_view name = "loan_movement_kind";
    static constexpr std::string_view values[] = {"draw", "repay", "prepay", "write_off", "verify", "claim", "recovery", "pledge", "disposal", "restructure"};
};
template <> struct Choices<finance::ClaimState> {
    static constexpr std::string_view name = "claim_state";
    static constexpr std::string_view values[] = {"waiting", "paid", "refused"};
};
template <> struct Choices<finance::WarningLevel> {
    static constexpr std::string_view name = "warning_level";
    static constexpr std::string_view values[] = {"none", "blue", "yellow", "orange", "red"};
};
} // namespace greenbank
