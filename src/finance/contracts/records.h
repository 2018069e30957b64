// records.h — contracts beside loans: revolving lines, finance leases, guarantees and their calls; what moved on them; fixings that rates refer to.
#pragma once

#include "finance/engine/contracts/lease.h"
#include "finance/products/records.h"

namespace greenbank::finance {

enum class ContractState { offered, active, over, withdrawn };
enum class ContractMovementKind { draw, repay, begin, rent, buy, hand_back, fee, call, recovery, paid_in, invest, proceeds, distribute, unused, clawback };

/// A published rate of a day; contracts refer to the last one on or before theirs.
struct BenchmarkFixing {
    static constexpr std::string_view id_prefix = "fixing";
    Id<BenchmarkFixing> id;
    BenchmarkName benchmark = BenchmarkName::lpr_1y;
    Date day;
    double rate = 0; // % a year
    std::string source;
    ledger::RateStatus status = ledger::RateStatus::unconfirmed;
    bool sample = false;
    Time created_at;
};
Record describe(const BenchmarkFixing*);

/// What moved on a contract or a fund, from whom to whom, by which transfers of the ledger.
struct ContractMovement {
    static constexpr std::string_view id_prefix = "contractmovement";
    Id<ContractMovement> id;
    std::string contract; // its id
    ContractMovementKind kind = ContractMovementKind::draw;
    Date day;
    Id<Organisation> payer, payee;
    Text payer_name, payee_name;
    std::optional<Id<projects::Project>> project; // of a fund: into which, out of which
    Money amount, interest, principal, fee;
    std::vector<std::string> transfers;
    std::optional<std::string> note;
    std::string person_name;
    bool sample = false;
    Time created_at;
};
Record describe(const ContractMovement*);

struct RevolvingLine {
    static constexpr std::string_view id_prefix = "revolvingline";
    Id<RevolvingLine> id;
    std::string number;
    Text title;
    Id<Organisation> lender, borrower;
    Text lender_name, borrower_name;
    Money limit, drawn;
    std::optional<BenchmarkName> benchmark;
    double rate = 0;           // % a year; over the benchmark where there is one
    double commitment_fee = 0; // % a year of what is not drawn
    std::int64_t year_days = 360, months = 12, frequency = 4;
    std::optional<Date> starts_on, ends_on, closed_until, next_bill, late_since;
    double rate_now = 0; // % a year, with the fixing of the day
    std::int64_t accrued_interest_micro = 0, accrued_fee_micro = 0, bills = 0;
    Money billed_interest, billed_fee;
    std::int64_t days_late = 0;
    ContractState state = ContractState::offered;
    std::optional<Id<ledger::LedgerAccount>> owed_account, funds_account;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const RevolvingLine*);
Record describe(const LeaseRent*);

struct FinanceLease {
    static constexpr std::string_view id_prefix = "lease";
    Id<FinanceLease> id;
    std::string number;
    Text title; // the thing
    Id<Organisation> lessor, lessee, supplier;
    Text lessor_name, lessee_name, supplier_name;
    std::optional<Id<projects::Project>> project;
    Money cost, residual, option_price;
    double rate = 0;    // % a year, within the rents
    double penalty = 0; // % a year more on what is late
    std::int64_t months = 36, frequency = 12;
    bool in_advance = false; // rents at the beginning of each period
    std::optional<Date> starts_on, next_due;
    std::vector<LeaseRent> rents;
    Money owed, late;    // owed: of what was financed; late: with what late rents bore
    Money late_interest; // of it what they bore
    std::int64_t late_accrued_micro = 0;
    std::optional<Date> closed_until;
    std::int64_t days_late = 0;
    bool bought = false;
    ContractState state = ContractState::offered;
    std::optional<Id<ledger::LedgerAccount>> owed_account, funds_account;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FinanceLease*);

/// A guarantee of a debt, or of another guarantee: then its beneficiary is that one's guarantor.
struct Guarantee {
    static constexpr std::string_view id_prefix = "guarantee";
    Id<Guarantee> id;
    std::string number;
    Text title;
    std::optional<Id<Loan>> loan;
    std::optional<Id<Guarantee>> primary;
    Id<Organisation> guarantor, beneficiary, payer; // payer: of the fee
    Text guarantor_name, beneficiary_name, payer_name;
    Money limit, called, recovered, fees;
    double share = 100, fee_rate = 0; // % of a loss; % of the limit a year
    std::int64_t call_after_days = 90;
    Date begins_on, ends_on;
    std::optional<Date> fee_until; // paid up to that day
    ContractState state = ContractState::offered;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Guarantee*);

struct GuaranteeCall {
    static constexpr std::string_view id_prefix = "guaranteecall";
    Id<GuaranteeCall> id;
    Id<Guarantee> guarantee;
    std::string number;                  // of the guarantee
    std::optional<Id<GuaranteeCall>> of; // on a re-guarantee: the call behind it
    Id<Organisation> guarantor, beneficiary;
    Money loss, amount, recovered; // amount: what the guarantor pays
    std::string reason;
    ClaimState state = ClaimState::waiting;
    std::optional<std::string> refusal, transfer;
    std::string made_by_name, checked_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GuaranteeCall*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::ContractState> {
    static constexpr std::string_view name = "financing_contract_state";
    static constexpr std::string_view values[] = {"offered", "active", "over", "withdrawn"};
};
template <> struct Choices<finance::ContractMovementKind> {
    static constexpr std::string_view name = "contract_movement_kind";
    static constexpr std::string_view values[] = {
        "draw", "repay", "begin", "rent", "buy", "hand_back", "fee", "call", "recovery", "paid_in", "invest", "proceeds", "distribute", "unused", "clawback"};
};
} // namespace greenbank
