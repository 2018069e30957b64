// stress.h — one shock through the whole chain: prices, pledges, insurance, cash, warnings, pools. Pure; whole minor units; every loss has a bearer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "finance/engine/insurance.h"
#include "finance/engine/sharing.h"
#include "finance/engine/warning.h"

namespace greenbank::finance {

struct StressScenario {
    std::vector<std::int64_t> price_path; // of carbon, step by step: changes against today in basis points; −3,000 is −30 %
    std::int64_t days_without_output = 0; // of plants that hang on the weather
    std::string sector;                   // one that is struck; empty: none
    std::int64_t sector_levels = 0;       // warnings of its borrowers rise by so many levels
    std::int64_t loss_given_default = 0;  // parts of a million
    std::vector<std::int64_t> defaults;   // of a year by level of warning from none to red, parts of a million
    std::vector<WarningRule> rules;       // signals: pledge_short, output_fall, cash_short, each in percent
};

struct StressPledge {
    std::string id;
    std::int64_t tonnes = 0, price = 0, secured = 0, call_basis_points = 0;
};
struct StressHolding {
    std::int64_t tonnes = 0, price = 0; // not insured in itself: covers are
};
struct StressCarbonCover {
    std::string id, insurer;
    std::int64_t price = 0; // of today
    CarbonCover terms;      // amounts in minor units
};
/// Output that somebody has promised, insured or not.
struct StressPlant {
    std::string id, insurer; // insurer empty: nobody
    double period_days = 30;
    std::int64_t unit_value = 0; // what a unit of output is worth to its owner
    PerformanceCover terms;      // `promised` units a period; amounts in minor units
};
struct StressLoan {
    std::string id, lender;
    std::int64_t principal = 0, next_payment = 0;
    std::int64_t pool = -1; // its place in the book; -1: none
    WarningLevel level = WarningLevel::none;
};
struct StressBorrower {
    std::string id, sector;
    std::int64_t cash = 0;
    std::vector<StressHolding> holdings; // pledged tonnes included
    std::vector<StressPledge> pledges;
    std::vector<StressCarbonCover> carbon_covers;
    std::vector<StressPlant> plants;
    std::vector<StressLoan> loans;
};
struct StressPool {
    std::vector<std::string> parties; // the residual one is the lender itself
    SharingRules rules;
    SharingState state;
};
struct StressBook {
    std::vector<StressBorrower> borrowers;
    std::vector<StressPool> pools;
};

struct StressPart {
    std::string party;
    std::int64_t amount = 0;
};
struct StressCall {
    std::string pledge;
    std::int64_t step = 0;                                                                    // of the path, from 1: when more is first called
    std::int64_t price = 0, value = 0, cover_basis_points = 0, tonnes_wanted = 0, amount = 0; // amount: what these tonnes are worth
};
struct StressPayout {
    std::string cover, insurer;
    std::int64_t lost = 0, paid = 0; // lost: before the cover, of a plant
};
struct StressLoanLoss {
    std::string loan;
    WarningLevel before = WarningLevel::none, after = WarningLevel::none;
    std::vector<WarningReason> reasons;
    std::int64_t expected_before = 0, expected_after = 0; // of a year
    std::vector<StressPart> parts;                        // of expected_after
};
struct StressResult {
    std::vector<StressCall> calls;
    std::vector<StressPayout> payouts;
    std::vector<StressLoanLoss> loans;
    std::vector<StressPart> losses; // by party: borrowers, insurers, lenders, pools' parties
    std::int64_t carbon_loss = 0, output_loss = 0, credit_loss = 0;
    std::int64_t total() const { return carbon_loss + output_loss + credit_loss; }
};

/// Names what cannot be: a pool that is not in the book, shares that do not add up, other than five probabilities.
enum class StressFlaw { none, defaults, pool_unknown, pool_rules };
StressFlaw check(const StressBook& book, const StressScenario& scenario);
/// What the scenario does to the book. The losses by party add up to the total.
StressResult stress(const StressBook& book, const StressScenario& scenario);

} // namespace greenbank::finance
