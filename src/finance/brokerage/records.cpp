// records.cpp — descriptions of requests and offers.
#include "finance/brokerage/records.h"

#include <algorithm>

#include <fmt/format.h>

#include "finance/products/records.h"

namespace greenbank::finance {

namespace {

void check_request(const void* value, Problems& problems) {
    const auto& request = *static_cast<const FinancingRequest*>(value);
    if (request.amount.minor <= 0) problems.push_back({"amount", "finance.amount", "An amount is more than zero."});
    if (request.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
}

void check_rate_steps(const FinancingOffer& offer, Problems& problems) {
    if (offer.rate_steps.empty()) return;
    const bool custom = offer.repayment == Repayment::custom;
    const std::int64_t payments = custom ? static_cast<std::int64_t>(offer.custom_schedule.size()) : offer.months * offer.frequency / 12;
    if (offer.benchmark)
        problems.push_back({"rate_steps", "finance.steps_above", "A rate above a published one moves with it; leave the steps out, or the published rate."});
    for (std::size_t i = 0; i < offer.rate_steps.size(); ++i) {
        const std::string at = fmt::format("rate_steps[{}].after_payments", i);
        if (i > 0 && offer.rate_steps[i].after_payments <= offer.rate_steps[i - 1].after_payments)
            problems.push_back({at, "finance.rate_steps_order", "Steps are in order, each after more payments than the one before."});
        if (offer.rate_steps[i].after_payments >= payments)
            problems.push_back(
                {at, "finance.steps_late", "This loan has {payments} payments; a step comes before the last.", {{"payments", std::to_string(payments)}}});
    }
}

void check_offer(const void* value, Problems& problems) {
    const auto& offer = *static_cast<const FinancingOffer*>(value);
    if (offer.amount.minor <= 0) problems.push_back({"amount", "finance.amount", "An amount is more than zero."});
    if (offer.fee.minor != 0 && offer.fee.currency != offer.amount.currency)
        problems.push_back({"fee", "finance.currency", "All amounts of a loan are in its currency."});
    if (offer.fee.minor >= offer.amount.minor && offer.amount.minor > 0)
        problems.push_back({"fee", "finance.fee_too_large", "The fee is less than the principal."});
    if (offer.repayment == Repayment::custom) {
        check_schedule(offer.custom_schedule, offer.amount, {}, problems);
        if (offer.grace_periods != 0)
            problems.push_back({"grace_periods", "finance.custom_grace", "A schedule of one's own says itself when principal begins."});
    } else if (!offer.custom_schedule.empty())
        problems.push_back({"custom_schedule", "finance.custom_unused", "A schedule of one's own goes with custom repayment; choose that, or leave it out."});
    else if (!parse_frequency(std::to_string(offer.frequency)) || offer.frequency == 0 || offer.months % (12 / std::max<std::int64_t>(1, offer.frequency)) != 0)
        problems.push_back({"frequency", "finance.months", "The months are whole periods: 1, 2, 3, 4, 6 or 12 payments a year."});
    else if (offer.grace_periods >= offer.months * offer.frequency / 12)
        problems.push_back({"grace_periods", "finance.grace_too_long", "The grace leaves no period to repay in."});
    for (std::size_t i = 1; i < offer.margin_steps.size(); ++i)
        if (offer.margin_steps[i].tonnes <= offer.margin_steps[i - 1].tonnes)
            problems.push_back({"margin_steps", "finance.steps_tonnes", "Steps are in order, each from more tonnes on than the one before."});
    check_rate_steps(offer, problems);
    for (const MarginStepRow& step : offer.margin_steps)
        if (offer.rate + step.change < 0) problems.push_back({"margin_steps", "finance.rate_below_zero", "No step brings the rate below zero."});
}

} // namespace

void check_schedule(const std::vector<PlannedPrincipal>& rows, const Money& owed, std::optional<Date> from, Problems& problems) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PlannedPrincipal& one = rows[i];
        const auto at = [&](const char* field) { return fmt::format("custom_schedule[{}].{}", i, field); };
        if (i > 0 && one.due <= rows[i - 1].due) problems.push_back({at("due"), "finance.custom_order", "Due days are in order, each after the one before."});
        if (from && one.due <= *from) problems.push_back({at("due"), "finance.past", "This day has passed; name one that lies ahead."});
        if (one.amount.currency != owed.currency) problems.push_back({at("amount"), "finance.currency", "All amounts of a loan are in its currency."});
        if (one.amount.minor < 0 || (one.amount.minor == 0 && i + 1 == rows.size()))
            problems.push_back({at("amount"), "finance.custom_amount", "Principal is not below zero, and on the last day above it."});
        sum += std::clamp<std::int64_t>(one.amount.minor, 0, owed.minor);
    }
    if (rows.empty()) problems.push_back({"custom_schedule", "finance.custom_empty", "Say on which days how much principal comes back."});
    else if (sum != owed.minor)
        problems.push_back({"custom_schedule", "finance.schedule_sum", "The principal of all due days comes to {sum}; it must come to {amount}.",
            {{"sum", amount_text({sum, owed.currency})}, {"amount", amount_text(owed)}}});
}

Record describe(const FinancingRequest*) {
    using Request = FinancingRequest;
    return {"financing_request", "Money that a project asks institutions for.",
        {
            field<&Request::id>("id", "Id.", {.read_only = true}),
            field<&Request::title>("title", "What it is for, in a few words."),
            field<&Request::purpose>("purpose", "What the money is spent on, and how it comes back.", {.defaulted = true}),
            field<&Request::project>("project", "The project.", {.filter = true}),
            field<&Request::organisation>("organisation", "Who asks.", {.read_only = true, .filter = true}),
            field<&Request::organisation_name>("organisation_name", "What that is called.", {.read_only = true}),
            field<&Request::amount>("amount", "How much."),
            field<&Request::months>("months", "For how long.", {.unit = "month", .min = 1, .max = 480, .defaulted = true}),
            field<&FinancingRequest::talks_max>("talks_max", "So many offers may be talked about at once.", {.min = 1, .max = 20, .defaulted = true}),
            field<&Request::wanted_by>("wanted_by", "Until when offers are wanted."),
            field<&Request::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&Request::loan>("loan", "The loan that came of it.", {.read_only = true}),
            field<&Request::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Request::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Request::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Request::version>("version", "Version.", {.read_only = true}),
        },
        check_request};
}

Record describe(const MarginStepRow*) {
    return {"margin_step", "A margin that moves with verified reductions.",
        {field<&MarginStepRow::tonnes>("tonnes", "From so many verified tonnes on.", {.unit = "tCO2e", .min = 0, .max = 1e12}),
            field<&MarginStepRow::change>("change", "Percentage points a year on the rate.", {.unit = "%", .min = -10, .max = 10})}};
}

Record describe(const AgreedRate*) {
    return {"agreed_rate", "A rate that steps up or down as agreed.",
        {field<&AgreedRate::after_payments>("after_payments", "Once so many payments are over.", {.min = 1, .max = 600}),
            field<&AgreedRate::rate>("rate", "Interest a year from then on.", {.unit = "%", .min = 0, .max = 50})}};
}

Record describe(const PlannedPrincipal*) {
    return {"planned_principal", "Principal of a due day.",
        {field<&PlannedPrincipal::due>("due", "When."), field<&PlannedPrincipal::amount>("amount", "How much; nothing: only interest is due.", {.min = 0})}};
}

Record describe(const FinancingOffer*) {
    using Offer = FinancingOffer;
    return {"financing_offer", "What an institution offers.",
        {
            field<&Offer::id>("id", "Id.", {.read_only = true}),
            field<&Offer::request>("request", "What it answers.", {.filter = true}),
            field<&Offer::organisation>("organisation", "Who offers.", {.read_only = true, .filter = true}),
            field<&Offer::organisation_name>("organisation_name", "What that is called.", {.read_only = true}),
            field<&Offer::applicant>("applicant", "Who asked.", {.read_only = true}),
            field<&Offer::amount>("amount", "How much."),
            field<&Offer::benchmark>("benchmark", "The published rate that the rate is above; absent: a fixed rate."),
            field<&Offer::rate>("rate", "Interest a year; above the published rate where there is one.", {.unit = "%", .min = 0, .max = 50}),
            field<&Offer::months>("months", "For how long.", {.unit = "month", .min = 1, .max = 480, .defaulted = true}),
            field<&Offer::frequency>("frequency", "Payments a year.", {.min = 1, .max = 12, .defaulted = true}),
            field<&Offer::grace_periods>("grace_periods", "Periods at the beginning without principal.", {.min = 0, .max = 480, .defaulted = true}),
            field<&Offer::repayment>("repayment", "How principal comes back.", {.defaulted = true}),
            field<&Offer::custom_schedule>("custom_schedule", "Of custom repayment: which day, how much principal.", {.max = 600, .defaulted = true}),
            field<&Offer::fee>("fee", "Taken at the first draw-down.", {.min = 0, .defaulted = true}),
            field<&Offer::collateral>("collateral", "What secures it.", {.defaulted = true}),
            field<&Offer::conditions>("conditions", "What must hold before and while it runs.", {.defaulted = true}),
            field<&Offer::margin_steps>("margin_steps", "How verified reductions move the rate.", {.max = 20, .defaulted = true}),
            field<&Offer::rate_steps>("rate_steps", "Of a fixed rate: from how many payments on it is another one.", {.max = 20, .defaulted = true}),
            field<&Offer::pool>("pool", "The pool that shares a loss."),
            field<&Offer::all_in_rate>("all_in_rate", "What it costs a year, the fee included.", {.unit = "%", .read_only = true}),
            field<&Offer::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&Offer::reason>("reason", "Why it was declined.", {.max = 1000, .read_only = true}),
            field<&Offer::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Offer::created_at>("created_at", "When it was made.", {.read_only = true}),
            field<&Offer::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Offer::version>("version", "Version.", {.read_only = true}),
        },
        check_offer};
}

} // namespace greenbank::finance
