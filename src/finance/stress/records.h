// records.h — a stress as a record: what was asked, the whole book it was asked of (so that anybody can repeat it from a file), and what came out.
#pragma once

#include "finance/engine/stress.h"
#include "finance/insurance/records.h"

namespace greenbank::finance {

Record describe(const WarningRule*);
Record describe(const CarbonCover*);
Record describe(const PerformanceCover*);
Record describe(const StressScenario*);
Record describe(const StressPledge*);
Record describe(const StressHolding*);
Record describe(const StressCarbonCover*);
Record describe(const StressPlant*);
Record describe(const StressLoan*);
Record describe(const StressBorrower*);
Record describe(const StressPart*);
Record describe(const StressCall*);
Record describe(const StressPayout*);
Record describe(const StressLoanLoss*);

/// A pool as files name it: one layer of shares; the lender's part has no cap.
struct StressPoolParty {
    std::string party;
    std::int64_t share = 0; // parts of a million
    std::optional<std::int64_t> cap;
    std::int64_t borne = 0;
};
Record describe(const StressPoolParty*);
struct StressPoolRow {
    std::string id;
    std::vector<StressPoolParty> parties;
    std::int64_t fund = 0, lender = 0; // places in parties
    std::int64_t fund_holds = 0, lost = 0;
};
Record describe(const StressPoolRow*);

/// Amounts in minor units of one currency: what `greenbank risk stress --in` reads.
struct StressInput {
    std::string currency = "CNY";
    StressScenario scenario;
    std::vector<StressBorrower> borrowers;
    std::vector<StressPoolRow> pools;
};
Record describe(const StressInput*);

struct StressReport {
    std::vector<StressCall> calls;
    std::vector<StressPayout> payouts;
    std::vector<StressLoanLoss> loans;
    std::vector<StressPart> losses;
    std::int64_t carbon_loss = 0, output_loss = 0, credit_loss = 0, total = 0;
};
Record describe(const StressReport*);

/// Failure::invalid where the input cannot be.
Result<StressReport> report_of(const StressInput& input);

/// What an id of the report is called.
struct StressName {
    std::string id;
    Text name;
};
Record describe(const StressName*);

struct StressAsk {
    Text title;
    std::string currency = "CNY";
    std::vector<std::int64_t> price_path;
    std::int64_t days_without_output = 0;
    std::string sector;
    std::int64_t sector_levels = 0;
    double loss_given_default = 45; // %
    std::optional<Id<projects::Project>> project;
};
Record describe(const StressAsk*);

struct StressRun {
    static constexpr std::string_view id_prefix = "stress";
    Id<StressRun> id;
    Text title;
    std::string currency;
    Date on;
    Money total, carbon_loss, output_loss, credit_loss;
    std::int64_t calls = 0, warnings = 0; // warnings: loans whose level rises
    StressInput input;
    StressReport report;
    std::vector<StressName> names;
    std::string made_by_name;
    bool sample = false;
    Time created_at;
};
Record describe(const StressRun*);

} // namespace greenbank::finance
