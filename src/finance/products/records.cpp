// records.cpp — descriptions of loans, movements, pools and claims.
#include "finance/products/records.h"

namespace greenbank::finance {

namespace {

void check_pool(const void* value, Problems& problems) {
    const auto& pool = *static_cast<const RiskPool*>(value);
    std::int64_t sum = 0;
    std::size_t lenders = 0;
    for (std::size_t i = 0; i < pool.parties.size(); ++i) {
        const PoolParty& party = pool.parties[i];
        sum += party.share;
        lenders += !party.account;
        if (!party.account && party.cap) problems.push_back({"parties", "finance.pool_lender_cap", "The lender bears what is left; it has no cap."});
        if (party.cap && party.cap->currency != pool.currency)
            problems.push_back({"parties", "finance.currency", "All amounts of a loan are in its currency."});
    }
    if (sum != 1'000'000) problems.push_back({"parties", "finance.pool_shares", "The shares add up to a million parts."});
    if (lenders != 1) problems.push_back({"parties", "finance.pool_lender", "Exactly one party is without an account: the lender itself."});
    if (pool.fund < 0 || pool.fund >= static_cast<std::int64_t>(pool.parties.size()) || !pool.parties[static_cast<std::size_t>(pool.fund)].account)
        problems.push_back({"fund", "finance.pool_fund", "The fund is one of the parties, with an account."});
    if (pool.resume_at > pool.stop_at)
        problems.push_back({"resume_at", "finance.pool_resume", "Cover goes on at a lower share of bad loans than it stops at."});
}

} // namespace

Record describe(const LoanInstalment*) {
    using Row = LoanInstalment;
    return {"loan_instalment", "A due day of a loan; amounts in minor units.",
        {field<&Row::due>("due", "When."), field<&Row::principal>("principal", "Principal."), field<&Row::interest>("interest", "Interest, once it is due."),
            field<&Row::paid_principal>("paid_principal", "Paid of the principal."), field<&Row::paid_interest>("paid_interest", "Paid of the interest."),
            field<&Row::billed>("billed", "Its day has come."),
            field<&Row::fixing>("fixing", "Above a benchmark: of which day the published rate of its period is."),
            field<&Row::base_ppm>("base_ppm", "That rate, parts of a million a year.", {.defaulted = true})}};
}
Record describe(const WarningReason*) {
    return {"warning_reason", "Why there is a warning.",
        {field<&WarningReason::signal>("signal", "What was looked at."), field<&WarningReason::value>("value", "What it is."),
            field<&WarningReason::level>("level", "The level that calls for.")}};
}

Record describe(const WatchedSignal*) {
    return {"watched_signal", "A signal beside the payments.",
        {field<&WatchedSignal::signal>("signal", "What was looked at."), field<&WatchedSignal::value>("value", "What it was."),
            field<&WatchedSignal::on>("on_day", "When.")}};
}

Record describe(const Loan*) {
    return {"loan", "A loan as it runs.",
        {
            field<&Loan::id>("id", "Id.", {.read_only = true}),
            field<&Loan::number>("number", "Its number.", {.min = 1, .max = 60, .filter = true}),
            field<&Loan::request>("request", "The request that it answers."),
            field<&Loan::project>("project", "The project.", {.filter = true}),
            field<&Loan::lender>("lender", "Who lends.", {.filter = true}),
            field<&Loan::borrower>("borrower", "Who owes.", {.filter = true}),
            field<&Loan::lender_name>("lender_name", "What the lender is called."),
            field<&Loan::borrower_name>("borrower_name", "What the borrower is called."),
            field<&Loan::amount>("amount", "What is promised."),
            field<&Loan::drawn>("drawn", "Paid out so far."),
            field<&Loan::principal>("principal", "Principal owed."),
            field<&Loan::fee>("fee", "Taken at the first draw-down."),
            field<&Loan::benchmark>("benchmark", "The published rate that the rate is above; absent: a fixed rate."),
            field<&Loan::rate>("rate", "Interest a year, before steps; above the published rate where there is one.", {.unit = "%"}),
            field<&Loan::penalty>("penalty", "More on what is late.", {.unit = "%"}),
            field<&Loan::year_days>("year_days", "Days of a year, for interest."),
            field<&Loan::months>("months", "For how long.", {.unit = "month"}),
            field<&Loan::frequency>("frequency", "Payments a year."),
            field<&Loan::grace_periods>("grace_periods", "Periods at the beginning without principal."),
            field<&Loan::repayment>("repayment", "How principal comes back."),
            field<&Loan::custom_schedule>("custom_schedule", "Of custom repayment: which day, how much principal.", {.max = 600}),
            field<&Loan::margin_steps>("margin_steps", "How verified reductions move the rate."),
            field<&Loan::rate_steps>("rate_steps", "Of a fixed rate: from how many payments on it is another one."),
            field<&Loan::verified_tonnes>("verified_tonnes", "Verified so far.", {.unit = "tCO2e"}),
            field<&Loan::starts_on>("starts_on", "The first draw-down."),
            field<&Loan::ends_on>("ends_on", "The last payment is due."),
            field<&Loan::closed_until>("closed_until", "Interest is counted up to this day."),
            field<&Loan::next_due>("next_due", "The next payment is due.", {.sort = true}),
            field<&Loan::late_since>("late_since", "The oldest payment that is late was due."),
            field<&Loan::instalments>("instalments", "Its due days.", {.max = 1500}),
            field<&Loan::accrued_micro>("accrued_micro", "Interest since the last due day, millionths of a minor unit."),
            field<&Loan::late_principal>("late_principal", "Principal that is late, minor units."),
            field<&Loan::late>("late", "Due and not paid."),
            field<&Loan::provision>("provision", "Kept against a loss."),
            field<&Loan::days_late>("days_late", "Days since the oldest payment that is late.", {.unit = "d", .sort = true}),
            field<&Loan::loan_class>("loan_class", "Its class.", {.filter = true}),
            field<&Loan::state>("state", "How far it is.", {.filter = true}),
            field<&Loan::warning>("warning", "Early warning.", {.filter = true}),
            field<&Loan::warning_since>("warning_since", "Since when."),
            field<&Loan::calm_since>("calm_since", "Since when less is called for."),
            field<&Loan::warning_reasons>("warning_reasons", "Why.", {.max = 20}),
            field<&Loan::watched>("watched", "Signals beside the payments, as last seen.", {.max = 20}),
            field<&Loan::pool>("pool", "The pool that shares a loss.", {.filter = true}),
            field<&Loan::loan_account>("loan_account", "Where the ledger keeps what is owed."),
            field<&Loan::funds_account>("funds_account", "Where the ledger keeps whose money that is."),
            field<&Loan::sample>("sample", "Part of the sample bank."),
            field<&Loan::created_at>("created_at", "When it was agreed."),
            field<&Loan::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&Loan::version>("version", "Version."),
        }};
}

Record describe(const LoanMovement*) {
    using Movement = LoanMovement;
    return {"loan_movement", "What happened on a loan.",
        {
            field<&Movement::id>("id", "Id."),
            field<&Movement::loan>("loan", "Which loan.", {.filter = true}),
            field<&Movement::kind>("kind", "What.", {.filter = true}),
            field<&Movement::day>("day", "On which day."),
            field<&Movement::amount>("amount", "How much."),
            field<&Movement::interest>("interest", "Of it interest."),
            field<&Movement::principal>("principal", "Of it principal."),
            field<&Movement::fee>("fee", "Of it fee."),
            field<&Movement::transfers>("transfers", "The ledger's transfers."),
            field<&Movement::tonnes>("tonnes", "Verified.", {.unit = "tCO2e"}),
            field<&Movement::note>("note", "In words."),
            field<&Movement::person_name>("person_name", "Who did it."),
            field<&Movement::sample>("sample", "Part of the sample bank."),
            field<&Movement::created_at>("created_at", "When."),
        }};
}

Record describe(const PoolParty*) {
    using Party = PoolParty;
    return {"pool_party", "Who bears a part of a loss.",
        {field<&Party::name>("name", "Who."), field<&Party::account>("account", "The account that pays; absent: the lender itself, which bears what is left."),
            field<&Party::share>("share", "Parts of a million.", {.min = 0, .max = 1'000'000}),
            field<&Party::cap>("cap", "At most so much in all.", {.min = 0}),
            field<&Party::borne>("borne", "Borne so far, minor units.", {.read_only = true})}};
}

Record describe(const RiskPool*) {
    using Pool = RiskPool;
    return {"risk_pool", "Parties that share the losses of loans, by a dated rule.",
        {
            field<&Pool::id>("id", "Id.", {.read_only = true}),
            field<&Pool::title>("title", "What it is called."),
            field<&Pool::currency>("currency", "Its currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&Pool::parties>("parties", "Who bears which part.", {.min = 2, .max = 12}),
            field<&Pool::fund>("fund", "Which party is the fund, from 0.", {.min = 0, .max = 11, .defaulted = true}),
            field<&Pool::leverage>("leverage", "Covered loans are at most so many times the fund; 0: no rule.", {.min = 0, .max = 1000, .defaulted = true}),
            field<&Pool::stop_at>(
                "stop_at", "Above this share of bad loans no new ones are covered; 0: no rule.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&Pool::resume_at>("resume_at", "At this share cover goes on.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&Pool::claim_after_days>(
                "claim_after_days", "Days late from which a lender may claim.", {.unit = "d", .min = 0, .max = 3650, .defaulted = true}),
            field<&Pool::valid_from>("valid_from", "Since when the rule holds."),
            field<&Pool::source>("source", "Where the rule is from.", {.min = 1, .max = 300}),
            field<&Pool::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&Pool::covered>("covered", "Loans covered.", {.read_only = true}),
            field<&Pool::bad>("bad", "Of these claimed.", {.read_only = true}),
            field<&Pool::lost>("lost", "Shared so far.", {.read_only = true}),
            field<&Pool::suspended>("suspended", "No new loans are covered.", {.read_only = true}),
            field<&Pool::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Pool::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Pool::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Pool::version>("version", "Version.", {.read_only = true}),
        },
        check_pool};
}

Record describe(const ClaimPart*) {
    return {"claim_part", "What a party bears of a claim.",
        {field<&ClaimPart::name>("name", "Who."), field<&ClaimPart::amount>("amount", "How much."),
            field<&ClaimPart::recovered>("recovered", "Of it come back."),
            field<&ClaimPart::transfer>("transfer", "The ledger's transfer; absent: the lender's own part.")}};
}

Record describe(const PoolClaim*) {
    using Claim = PoolClaim;
    return {"pool_claim", "A lender's claim on a pool.",
        {
            field<&Claim::id>("id", "Id."),
            field<&Claim::pool>("pool", "On which pool.", {.filter = true}),
            field<&Claim::loan>("loan", "For which loan.", {.filter = true}),
            field<&Claim::lender>("lender", "Whose claim."),
            field<&Claim::amount>("amount", "The principal that was owed."),
            field<&Claim::recovered>("recovered", "Come back since."),
            field<&Claim::parts>("parts", "Who bears what.", {.max = 12}),
            field<&Claim::state>("state", "How far it is.", {.filter = true}),
            field<&Claim::reason>("reason", "Why it was refused."),
            field<&Claim::made_by>("made_by", "Who claimed."),
            field<&Claim::made_by_name>("made_by_name", "That person's name."),
            field<&Claim::checked_by>("checked_by", "Who decided."),
            field<&Claim::checked_by_name>("checked_by_name", "That person's name."),
            field<&Claim::checked_at>("checked_at", "When."),
            field<&Claim::sample>("sample", "Part of the sample bank."),
            field<&Claim::created_at>("created_at", "When it was made."),
            field<&Claim::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&Claim::version>("version", "Version."),
        }};
}

} // namespace greenbank::finance
