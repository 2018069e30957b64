// records.cpp — descriptions of lines, leases, guarantees, their movements, and of fixings.
#include "finance/contracts/records.h"

#include <cmath>

#include "finance/products/running.h"

namespace greenbank::finance {

namespace {

void check_line(const void* value, Problems& problems) {
    const auto& line = *static_cast<const RevolvingLine*>(value);
    if (line.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (line.limit.minor <= 0) problems.push_back({"limit", "finance.amount", "An amount is more than zero."});
    if (line.year_days != 360 && line.year_days != 365) problems.push_back({"year_days", "financing.year_days", "A year has 360 or 365 days here."});
    if (line.frequency > 0 && 12 % line.frequency != 0) problems.push_back({"frequency", "financing.frequency", "Payments a year are 1, 2, 3, 4, 6 or 12."});
}

void check_lease(const void* value, Problems& problems) {
    const auto& lease = *static_cast<const FinanceLease*>(value);
    if (lease.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (lease.residual.currency != lease.cost.currency) problems.push_back({"residual", "finance.currency", "All amounts of a loan are in its currency."});
    if (lease.option_price.currency != lease.cost.currency)
        problems.push_back({"option_price", "finance.currency", "All amounts of a loan are in its currency."});
    if (lease.option_price.minor < 0) problems.push_back({"option_price", "financing.below_zero", "This is not less than zero."});
    switch (check(LeaseTerms{.cost = lease.cost.minor,
        .residual = lease.residual.minor,
        .rate_ppm = std::isfinite(lease.rate) && std::abs(lease.rate) <= 100 ? ppm_of(lease.rate) : 0,
        .months = lease.months,
        .frequency = lease.frequency})) {
    case LeaseFlaw::none: break;
    case LeaseFlaw::cost: problems.push_back({"cost", "finance.amount", "An amount is more than zero."}); break;
    case LeaseFlaw::residual: problems.push_back({"residual", "financing.residual", "The residual value is not less than zero and less than the cost."}); break;
    case LeaseFlaw::rate: problems.push_back({"rate", "financing.lease_rate", "The rate lies from 0 to 100 % a year."}); break;
    case LeaseFlaw::months: problems.push_back({"months", "financing.lease_months", "The months make whole periods between rents."}); break;
    }
}

void check_guarantee(const void* value, Problems& problems) {
    const auto& one = *static_cast<const Guarantee*>(value);
    if (one.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (one.limit.minor <= 0) problems.push_back({"limit", "finance.amount", "An amount is more than zero."});
    if (one.ends_on <= one.begins_on) problems.push_back({"ends_on", "finance.dates_order", "The end comes after the start."});
    if (one.loan && one.primary) problems.push_back({"primary_guarantee", "financing.loan_or_guarantee", "Name a loan or a guarantee, not both."});
}

} // namespace

Record describe(const BenchmarkFixing*) {
    using One = BenchmarkFixing;
    return {"benchmark_fixing", "A published rate of a day.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::benchmark>("benchmark", "Which rate.", {.filter = true}),
            field<&One::day>("day", "From which day it holds.", {.sort = true}),
            field<&One::rate>("rate", "What it is a year.", {.unit = "%", .min = -10, .max = 100}),
            field<&One::source>("source", "Who has published it, and where.", {.min = 1, .max = 300}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
        }};
}

Record describe(const ContractMovement*) {
    using One = ContractMovement;
    return {"contract_movement", "What moved on a contract.",
        {
            field<&One::id>("id", "Id."),
            field<&One::contract>("contract", "On which.", {.filter = true}),
            field<&One::kind>("kind", "What.", {.filter = true}),
            field<&One::day>("day", "On which day.", {.sort = true}),
            field<&One::payer>("payer", "Who paid.", {.filter = true}),
            field<&One::payee>("payee", "Who got it.", {.filter = true}),
            field<&One::payer_name>("payer_name", "What the payer is called."),
            field<&One::payee_name>("payee_name", "What the payee is called."),
            field<&One::project>("project", "Of a fund: into which, or out of which.", {.filter = true}),
            field<&One::amount>("amount", "How much."),
            field<&One::interest>("interest", "Of it interest."),
            field<&One::principal>("principal", "Of it principal."),
            field<&One::fee>("fee", "Of it fee."),
            field<&One::transfers>("transfers", "The ledger's transfers."),
            field<&One::note>("note", "In words."),
            field<&One::person_name>("person_name", "Who did it."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When."),
        }};
}

Record describe(const RevolvingLine*) {
    using One = RevolvingLine;
    return {"revolving_line", "A revolving line: drawn, paid back and drawn again.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::number>("number", "Its number.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What it is for."),
            field<&One::lender>("lender", "Who lends.", {.read_only = true, .filter = true}),
            field<&One::borrower>("borrower", "Who may draw.", {.filter = true}),
            field<&One::lender_name>("lender_name", "What the lender is called.", {.read_only = true}),
            field<&One::borrower_name>("borrower_name", "What the borrower is called.", {.read_only = true}),
            field<&One::limit>("limit", "At most so much is drawn at any time.", {.min = 0}),
            field<&One::drawn>("drawn", "Drawn now.", {.read_only = true}),
            field<&One::benchmark>("benchmark", "The published rate that the rate is above; absent: a fixed rate."),
            field<&One::rate>("rate", "Interest a year; above the benchmark where there is one.", {.unit = "%", .min = 0, .max = 100}),
            field<&One::commitment_fee>("commitment_fee", "A year, on what is not drawn.", {.unit = "%", .min = 0, .max = 20, .defaulted = true}),
            field<&One::year_days>("year_days", "Days of a year, for interest.", {.min = 360, .max = 365, .defaulted = true}),
            field<&One::months>("months", "For how long.", {.unit = "month", .min = 1, .max = 120, .defaulted = true}),
            field<&One::frequency>("frequency", "Bills a year.", {.min = 1, .max = 12, .defaulted = true}),
            field<&One::starts_on>("starts_on", "Since when it may be drawn.", {.read_only = true}),
            field<&One::ends_on>("ends_on", "The last day; all is due then.", {.read_only = true, .sort = true}),
            field<&One::closed_until>("closed_until", "Interest is counted up to this day.", {.read_only = true}),
            field<&One::next_bill>("next_bill", "Interest and fee become due.", {.read_only = true, .sort = true}),
            field<&One::late_since>("late_since", "The oldest bill that is unpaid.", {.read_only = true}),
            field<&One::rate_now>("rate_now", "The rate of the day.", {.unit = "%", .read_only = true}),
            field<&One::accrued_interest_micro>("accrued_interest_micro", "Interest since the last bill, millionths of a minor unit.", {.read_only = true}),
            field<&One::accrued_fee_micro>("accrued_fee_micro", "Fee since the last bill, millionths of a minor unit.", {.read_only = true}),
            field<&One::bills>("bills", "Bills so far.", {.read_only = true}),
            field<&One::billed_interest>("billed_interest", "Interest that is due.", {.read_only = true}),
            field<&One::billed_fee>("billed_fee", "Fee that is due.", {.read_only = true}),
            field<&One::days_late>("days_late", "Days since the oldest bill that is unpaid.", {.unit = "d", .read_only = true, .sort = true}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::owed_account>("owed_account", "Where the ledger keeps what is owed.", {.read_only = true}),
            field<&One::funds_account>("funds_account", "Where the ledger keeps whose money that is.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was offered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_line};
}

Record describe(const LeaseRent*) {
    return {"lease_rent", "A rent; amounts in minor units.",
        {field<&LeaseRent::due>("due", "When."), field<&LeaseRent::rent>("rent", "How much."), field<&LeaseRent::interest>("interest", "Of it interest."),
            field<&LeaseRent::left>("left_after", "Of what was financed left after it."), field<&LeaseRent::paid>("paid", "Paid of it.")}};
}

Record describe(const FinanceLease*) {
    using One = FinanceLease;
    return {"finance_lease", "A thing that is used for rents, and may be bought at the end.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::number>("number", "Its number.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "The thing."),
            field<&One::lessor>("lessor", "Who buys it and lets it.", {.read_only = true, .filter = true}),
            field<&One::lessee>("lessee", "Who uses it.", {.filter = true}),
            field<&One::supplier>("supplier", "Who sells it to the lessor.", {}),
            field<&One::lessor_name>("lessor_name", "What the lessor is called.", {.read_only = true}),
            field<&One::lessee_name>("lessee_name", "What the lessee is called.", {.read_only = true}),
            field<&One::supplier_name>("supplier_name", "What the supplier is called.", {.read_only = true}),
            field<&One::project>("project", "The project.", {.filter = true}),
            field<&One::cost>("cost", "What is financed.", {.min = 0}),
            field<&One::residual>("residual", "What it is worth at the end; rents do not pay for that.", {.min = 0}),
            field<&One::option_price>("option_price", "For what the lessee may buy it at the end.", {.min = 0}),
            field<&One::rate>("rate", "Interest a year within the rents.", {.unit = "%", .min = 0, .max = 100}),
            field<&One::penalty>("penalty", "More on what is late: half the rate.", {.unit = "%", .read_only = true}),
            field<&One::months>("months", "For how long.", {.unit = "month", .min = 1, .max = 600, .defaulted = true}),
            field<&One::frequency>("frequency", "Rents a year.", {.min = 1, .max = 12, .defaulted = true}),
            field<&One::in_advance>("in_advance", "Rents are due at the beginning of each period, the first when the lease is taken.", {.defaulted = true}),
            field<&One::starts_on>("starts_on", "When the supplier was paid.", {.read_only = true}),
            field<&One::next_due>("next_due", "The next rent is due.", {.read_only = true, .sort = true}),
            field<&One::rents>("rents", "Its rents.", {.max = 600, .read_only = true}),
            field<&One::owed>("owed", "Left of what was financed.", {.read_only = true}),
            field<&One::late>("late", "Due and not paid.", {.read_only = true}),
            field<&One::late_interest>("late_interest", "Of it interest that late rents bore.", {.read_only = true}),
            field<&One::late_accrued_micro>("late_accrued_micro", "More of it, millionths of a minor unit.", {.read_only = true}),
            field<&One::closed_until>("closed_until", "Late interest is counted up to this day.", {.read_only = true}),
            field<&One::days_late>("days_late", "Days since the oldest rent that is late.", {.unit = "d", .read_only = true, .sort = true}),
            field<&One::bought>("bought", "The lessee has bought it.", {.read_only = true}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::owed_account>("owed_account", "Where the ledger keeps what is owed.", {.read_only = true}),
            field<&One::funds_account>("funds_account", "Where the ledger keeps whose money that is.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was offered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_lease};
}

Record describe(const Guarantee*) {
    using One = Guarantee;
    return {"guarantee", "A promise to pay a part of a loss, of a debt or of another guarantee.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::number>("number", "Its number.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What it is for."),
            field<&One::loan>("loan", "The loan that it stands for.", {.filter = true}),
            field<&One::primary>("primary_guarantee", "Of a re-guarantee: the guarantee that it stands behind.", {.filter = true}),
            field<&One::guarantor>("guarantor", "Who promises.", {.read_only = true, .filter = true}),
            field<&One::beneficiary>("beneficiary", "Who may call.", {.filter = true}),
            field<&One::payer>("payer", "Who pays the fee.", {.filter = true}),
            field<&One::guarantor_name>("guarantor_name", "What the guarantor is called.", {.read_only = true}),
            field<&One::beneficiary_name>("beneficiary_name", "What the beneficiary is called.", {.read_only = true}),
            field<&One::payer_name>("payer_name", "What the payer is called.", {.read_only = true}),
            field<&One::limit>("limit", "At most so much in all.", {.min = 0}),
            field<&One::called>("called", "Paid on calls so far.", {.read_only = true}),
            field<&One::recovered>("recovered", "Come back since.", {.read_only = true}),
            field<&One::fees>("fees", "Fees paid so far.", {.read_only = true}),
            field<&One::share>("share", "Of a loss.", {.unit = "%", .min = 0.0001, .max = 100, .defaulted = true}),
            field<&One::fee_rate>("fee_rate", "Fee a year, of the limit.", {.unit = "%", .min = 0, .max = 50, .defaulted = true}),
            field<&One::call_after_days>(
                "call_after_days", "Days late from which the beneficiary may call.", {.unit = "d", .min = 0, .max = 3650, .defaulted = true}),
            field<&One::begins_on>("begins_on", "Its first day."),
            field<&One::ends_on>("ends_on", "Its last day.", {.sort = true}),
            field<&One::fee_until>("fee_until", "The fee is paid up to this day.", {.read_only = true}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was offered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_guarantee};
}

Record describe(const GuaranteeCall*) {
    using One = GuaranteeCall;
    return {"guarantee_call", "A beneficiary calls a guarantee.",
        {
            field<&One::id>("id", "Id."),
            field<&One::guarantee>("guarantee", "Which guarantee.", {.filter = true}),
            field<&One::number>("number", "Its number."),
            field<&One::of>("of_call", "On a re-guarantee: the call behind it.", {.filter = true}),
            field<&One::guarantor>("guarantor", "Who pays.", {.filter = true}),
            field<&One::beneficiary>("beneficiary", "Who calls.", {.filter = true}),
            field<&One::loss>("loss", "What was lost."),
            field<&One::amount>("amount", "The guarantor's part."),
            field<&One::recovered>("recovered", "Of it come back."),
            field<&One::reason>("reason", "Why it is called."),
            field<&One::state>("state", "How far it is.", {.filter = true}),
            field<&One::refusal>("refusal", "Why it was refused."),
            field<&One::transfer>("transfer", "The ledger's transfer."),
            field<&One::made_by_name>("made_by_name", "Who called."),
            field<&One::checked_by_name>("checked_by_name", "Who decided."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was made."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

} // namespace greenbank::finance
