// records.h — a warning about a loan as a record: how grave, why, how much time it left, and what was done about it.
#pragma once

#include "finance/products/records.h"

namespace greenbank::finance {

enum class WarningActionKind { call, visit, papers, collateral, covenant, restructure, reserve, other };

struct WarningAction {
    WarningActionKind kind = WarningActionKind::call;
    std::string text;
    std::optional<Date> due_on;
    std::string person_name;
    Time at;
    std::optional<Time> done_at;
};
Record describe(const WarningAction*);

/// A level that was reached, and when.
struct WarningStep {
    Date day;
    WarningLevel level = WarningLevel::none;
};
Record describe(const WarningStep*);

/// At most one of a loan is open.
struct LoanWarning {
    static constexpr std::string_view id_prefix = "warning";
    Id<LoanWarning> id;
    Id<Loan> loan;
    std::string number; // of the loan
    Id<Organisation> lender, borrower;
    Text borrower_name;
    Money principal;
    WarningLevel level = WarningLevel::none, level_worst = WarningLevel::none;
    std::vector<WarningReason> reasons;
    std::vector<WarningStep> steps;
    Date opened_on;
    std::optional<Date> act_by, missed_on, closed_on; // act_by: the next payment is due
    std::optional<std::int64_t> lead_days;            // from the first warning to the first payment that was missed, or as it stands to the next one
    bool open = true;
    std::vector<WarningAction> actions;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const LoanWarning*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::WarningActionKind> {
    static constexpr std::string_view name = "warning_action_kind";
    static constexpr std::string_view values[] = {"call", "visit", "papers", "collateral", "covenant", "restructure", "reserve", "other"};
};
} // namespace greenbank
