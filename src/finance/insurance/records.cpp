// records.cpp — descriptions of covers and claims, and what must fit together.
#include "finance/insurance/records.h"

#include "kernel/units.h"

namespace greenbank::finance {

namespace {

void check_currency(const InsuranceCover& cover, const Money& amount, const std::string& place, Problems& problems) {
    if (amount.minor != 0 && amount.currency != cover.limit.currency)
        problems.push_back({place, "insurance.currency", "All amounts of a cover are in the currency of its limit."});
}

void check_performance(const InsuranceCover& cover, Problems& problems) {
    if (!cover.performance) return problems.push_back({"performance", "insurance.terms", "Say what is covered: this kind needs its terms."});
    const PerformanceTerms& terms = *cover.performance;
    for (const auto& [place, amount] : {std::pair("performance.pay_a_point", terms.pay_a_point), {"performance.unit_value", terms.unit_value},
             {"performance.repair_cost", terms.repair_cost.value_or(Money{})}})
        check_currency(cover, amount, place, problems);
    if (terms.pay_a_point.minor <= 0 && !terms.repair_cost)
        problems.push_back({"performance.pay_a_point", "insurance.pays_nothing", "Say what is paid for a missing hundredth, or what a repair costs."});
    if (!parse_unit(terms.unit)) problems.push_back({"performance.unit", "credit.unknown_unit", "Name a unit of measurement, such as MWh or t."});
    for (std::size_t i = 0; i < terms.measured.size(); ++i)
        if (!(terms.measured[i] >= 0))
            problems.push_back({"performance.measured[" + std::to_string(i) + "]", "insurance.measured", "What was measured is zero or more."});
}

void check_carbon(const InsuranceCover& cover, Problems& problems) {
    if (!cover.carbon) return problems.push_back({"carbon", "insurance.terms", "Say what is covered: this kind needs its terms."});
    const CarbonTerms& terms = *cover.carbon;
    check_currency(cover, terms.strike, "carbon.strike", problems);
    check_currency(cover, terms.deductible, "carbon.deductible", problems);
    if (terms.strike.minor <= terms.deductible.minor)
        problems.push_back({"carbon.strike", "insurance.strike", "The price that is promised lies above what the insured bears of each tonne."});
    if ((terms.structure == CarbonCoverKind::collar) != terms.cap.has_value())
        problems.push_back({"carbon.cap", "insurance.cap", "A collar, and only a collar, has a price above which the insured gives back."});
    else if (terms.cap && terms.cap->minor <= terms.strike.minor)
        problems.push_back({"carbon.cap", "insurance.cap_low", "The upper price of a collar lies above the one that is promised."});
}

void check_cover(const void* value, Problems& problems) {
    const auto& cover = *static_cast<const InsuranceCover*>(value);
    if (cover.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (cover.limit.minor <= 0) problems.push_back({"limit", "finance.amount", "An amount is more than zero."});
    if (cover.ends_on < cover.begins_on) problems.push_back({"ends_on", "finance.dates_order", "The end comes after the start."});
    if (cover.kind == CoverKind::performance) check_performance(cover, problems);
    else check_carbon(cover, problems);
}

} // namespace

Record describe(const PerformanceTerms*) {
    using Terms = PerformanceTerms;
    return {"performance_terms", "Cover of an indicator.",
        {
            field<&Terms::indicator>("indicator", "What is measured.", {.min = 1, .max = 200}),
            field<&Terms::unit>("unit", "In which unit.", {.min = 1, .max = 20}),
            field<&Terms::promised>("promised", "How much of it in a period.", {.min = 1e-6, .max = 1e12}),
            field<&Terms::trigger>("trigger", "Below this share of the promise it pays.", {.unit = "%", .min = 1, .max = 100, .defaulted = true}),
            field<&Terms::period_days>("period_days", "How long a period is.", {.unit = "d", .min = 1, .max = 366, .defaulted = true}),
            field<&Terms::pay_a_point>("pay_a_point", "Paid for each hundredth of the promise that is missing below the trigger.", {.min = 0}),
            field<&Terms::unit_value>("unit_value", "What a unit is worth to the insured.", {.min = 0}),
            field<&Terms::repair_cost>("repair_cost", "Or what a repair costs, whatever is missing.", {.min = 0.01}),
            field<&Terms::weather>("weather", "It hangs on the weather.", {.defaulted = true}),
            field<&Terms::measured>("measured", "What periods before have brought: the price follows from it.", {.max = 1000, .defaulted = true}),
            field<&Terms::channel>("channel", "The channel of telemetry that measures it."),
        }};
}
Record describe(const CarbonTerms*) {
    using Terms = CarbonTerms;
    return {"carbon_cover_terms", "Cover of a carbon price.",
        {
            field<&Terms::structure>("structure", "How it pays.", {.defaulted = true}),
            field<&Terms::product>("product", "Which tonnes."),
            field<&Terms::priced_on>("priced_on", "Whose closes say how prices move; absent: its own."),
            field<&Terms::strike>("strike", "The price of a tonne that is promised.", {.min = 0.01}),
            field<&Terms::deductible>("deductible", "Of each tonne borne by the insured.", {.min = 0}),
            field<&Terms::cap>("cap", "Above this price the insured gives back.", {.min = 0.01}),
            field<&Terms::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&Terms::share>("share", "Which part of them.", {.unit = "%", .min = 1, .max = 100, .defaulted = true}),
        }};
}
Record describe(const CoverQuote*) {
    using Quote = CoverQuote;
    return {"cover_quote", "What a cover should cost.",
        {
            field<&Quote::expected>("expected", "What will be paid on average."),
            field<&Quote::premium>("premium", "With a loading for its spread and for costs."),
            field<&Quote::chance>("chance", "Of a claim.", {.unit = "%"}),
            field<&Quote::deviation>("deviation", "Spread of what is paid."),
            field<&Quote::error>("error", "Of drawn prices, one standard deviation."),
            field<&Quote::volatility>("volatility", "Of the price, a year.", {.unit = "%"}),
            field<&Quote::price>("price", "Of a tonne at the last close."),
            field<&Quote::basis>("basis", "measured, formula or paths."),
            field<&Quote::values>("values", "Measured values or closes that it rests on."),
        }};
}
Record describe(const InsuranceCover*) {
    using Cover = InsuranceCover;
    return {"insurance_cover", "Insurance of a promise or of a price.",
        {
            field<&Cover::id>("id", "Id.", {.read_only = true}),
            field<&Cover::number>("number", "Its number.", {.max = 60, .read_only = true}),
            field<&Cover::title>("title", "What it is called."),
            field<&Cover::kind>("kind", "What is covered.", {.filter = true}),
            field<&Cover::insurer>("insurer", "Who covers.", {.read_only = true, .filter = true}),
            field<&Cover::insured>("insured", "Who is covered.", {.filter = true}),
            field<&Cover::insurer_name>("insurer_name", "What the insurer is called.", {.read_only = true}),
            field<&Cover::insured_name>("insured_name", "What the insured is called.", {.read_only = true}),
            field<&Cover::project>("project", "For which project.", {.filter = true}),
            field<&Cover::performance>("performance", "Terms, of an indicator."),
            field<&Cover::carbon>("carbon", "Terms, of a carbon price."),
            field<&Cover::limit>("limit", "Paid in all at most.", {.min = 0.01}),
            field<&Cover::begins_on>("begins_on", "The first day."),
            field<&Cover::ends_on>("ends_on", "The last day."),
            field<&Cover::quote>("quote", "How the premium was found.", {.read_only = true}),
            field<&Cover::premium>("premium", "What it costs.", {.read_only = true}),
            field<&Cover::paid>("paid", "Paid on claims so far.", {.read_only = true}),
            field<&Cover::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&Cover::premium_transfer>("premium_transfer", "The ledger's transfer of the premium.", {.read_only = true}),
            field<&Cover::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Cover::created_at>("created_at", "When it was offered.", {.read_only = true}),
            field<&Cover::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Cover::version>("version", "Version.", {.read_only = true}),
        },
        check_cover};
}
Record describe(const InsuranceClaim*) {
    using Claim = InsuranceClaim;
    return {"insurance_claim", "A claim on a cover.",
        {
            field<&Claim::id>("id", "Id."),
            field<&Claim::cover>("cover", "On which cover.", {.filter = true}),
            field<&Claim::insurer>("insurer", "Who pays."),
            field<&Claim::insured>("insured", "Whose claim."),
            field<&Claim::from>("from_day", "The first day."),
            field<&Claim::until>("until_day", "The last day."),
            field<&Claim::measured>("measured", "What was measured."),
            field<&Claim::settlement>("settlement", "The price that the cover looks at."),
            field<&Claim::amount>("amount", "What the cover pays."),
            field<&Claim::source>("source", "Where that is from."),
            field<&Claim::state>("state", "How far it is.", {.filter = true}),
            field<&Claim::reason>("reason", "Why it was refused."),
            field<&Claim::transfer>("transfer", "The ledger's transfer."),
            field<&Claim::made_by>("made_by", "Who claimed."),
            field<&Claim::made_by_name>("made_by_name", "That person's name."),
            field<&Claim::checked_by_name>("checked_by_name", "Who decided."),
            field<&Claim::checked_at>("checked_at", "When."),
            field<&Claim::sample>("sample", "Part of the sample bank."),
            field<&Claim::created_at>("created_at", "When it was made."),
            field<&Claim::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&Claim::version>("version", "Version."),
        }};
}

PerformanceCover cover_of(const InsuranceCover& cover, const PerformanceTerms& terms) {
    return {.promised = terms.promised,
        .trigger = terms.trigger / 100,
        .pay_a_point = static_cast<double>(terms.pay_a_point.minor),
        .repair_cost = terms.repair_cost ? static_cast<double>(terms.repair_cost->minor) : 0,
        .limit = static_cast<double>(cover.limit.minor - cover.paid.minor)};
}
CarbonCover cover_of(const InsuranceCover& cover, const CarbonTerms& terms) {
    return {.kind = terms.structure,
        .strike = static_cast<double>(terms.strike.minor),
        .cap = terms.cap ? static_cast<double>(terms.cap->minor) : 0,
        .tonnes = static_cast<double>(terms.tonnes),
        .share = terms.share / 100,
        .deductible = static_cast<double>(terms.deductible.minor),
        .limit = static_cast<double>(cover.limit.minor - cover.paid.minor)};
}

} // namespace greenbank::finance
