// records.cpp — descriptions of funds.
#include "finance/funds/records.h"

#include <cmath>

#include "finance/engine/contracts/waterfall.h"
#include "finance/products/running.h"

namespace greenbank::finance {

namespace {

void check_fund(const void* value, Problems& problems) {
    const auto& fund = *static_cast<const GreenFund*>(value);
    if (fund.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (fund.target.minor <= 0) problems.push_back({"target", "finance.amount", "An amount is more than zero."});
    if (fund.ends_on <= fund.begins_on) problems.push_back({"ends_on", "finance.dates_order", "The end comes after the start."});
    const auto ppm = [](double percent) { return std::isfinite(percent) && std::abs(percent) < 1000 ? ppm_of(percent) : 0; };
    if (check(FundTerms{ppm(fund.hurdle), ppm(fund.carry_share), ppm(fund.catch_up)}) == FundFlaw::catch_up)
        problems.push_back({"catch_up", "fund.catch_up", "The catch-up is more than the manager's part of the profit, or nothing."});
}

} // namespace

Record describe(const GreenFund*) {
    using One = GreenFund;
    return {"green_fund", "A fund that invests in green projects.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::number>("number", "Its number.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What it is called."),
            field<&One::kind>("kind", "What it invests in: young firms, shares, an industry.", {.defaulted = true, .filter = true}),
            field<&One::manager>("manager", "Who manages it.", {.read_only = true, .filter = true}),
            field<&One::manager_name>("manager_name", "What the manager is called.", {.read_only = true}),
            field<&One::target>("target", "What it wants to raise.", {.min = 0}),
            field<&One::committed>("committed", "Promised by investors.", {.read_only = true}),
            field<&One::paid_in>("paid_in", "Paid in.", {.read_only = true}),
            field<&One::invested>("invested", "Put into projects.", {.read_only = true}),
            field<&One::proceeds>("proceeds", "Come back from projects.", {.read_only = true}),
            field<&One::capital_back>("capital_back", "Of what was paid in given back.", {.read_only = true}),
            field<&One::profit>("profit", "Given back beyond that, the manager's part with it.", {.read_only = true}),
            field<&One::carry>("carry", "Of it the manager's.", {.read_only = true}),
            field<&One::waterfall>("waterfall",
                "Before the manager has a part of the profit: all that was paid in comes back with its preferred return, or that of the deal alone; at the end "
                "the "
                "whole fund counts.",
                {.defaulted = true, .filter = true}),
            field<&One::hurdle>("hurdle", "Preferred return a year, compounded.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&One::carry_share>("carry_share", "The manager's part of the profit.", {.unit = "%", .min = 0, .max = 99, .defaulted = true}),
            field<&One::catch_up>("catch_up", "The manager's part after the preferred return, until it has its part of all profit; 0: none.",
                {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&One::begins_on>("begins_on", "Its first day."),
            field<&One::ends_on>("ends_on", "Its last day.", {.sort = true}),
            field<&One::terms>("terms", "Where its terms stand.", {.min = 1, .max = 500}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::account>("account", "Where the ledger keeps its money.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_fund};
}

Record describe(const FundCommitment*) {
    using One = FundCommitment;
    return {"fund_commitment", "What an investor has promised to a fund.",
        {
            field<&One::id>("id", "Id."),
            field<&One::fund>("fund", "Which fund.", {.filter = true}),
            field<&One::investor>("investor", "Who.", {.filter = true}),
            field<&One::investor_name>("investor_name", "What the investor is called."),
            field<&One::amount>("amount", "How much."),
            field<&One::paid_in>("paid_in", "Of it paid in."),
            field<&One::capital_back>("capital_back", "Of that given back."),
            field<&One::profit>("profit", "Given back beyond that."),
            field<&One::recallable>("recallable", "Given back unused; it may be called again."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was promised."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

Record describe(const CapitalCall*) {
    using One = CapitalCall;
    return {"capital_call", "What one investor is to pay in.",
        {
            field<&One::id>("id", "Id."),
            field<&One::fund>("fund", "To which fund.", {.filter = true}),
            field<&One::commitment>("commitment", "On which promise."),
            field<&One::investor>("investor", "Who.", {.filter = true}),
            field<&One::investor_name>("investor_name", "What the investor is called."),
            field<&One::round>("round", "The fund's call."),
            field<&One::amount>("amount", "How much."),
            field<&One::due_on>("due_on", "Until when.", {.sort = true}),
            field<&One::purpose>("purpose", "What for."),
            field<&One::state>("state", "Paid or not.", {.filter = true}),
            field<&One::transfer>("transfer", "The ledger's transfer."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was called."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

Record describe(const FundHolding*) {
    using One = FundHolding;
    return {"fund_holding", "What a fund has put into a project.",
        {
            field<&One::id>("id", "Id."),
            field<&One::fund>("fund", "Which fund.", {.filter = true}),
            field<&One::project>("project", "Which project.", {.filter = true}),
            field<&One::project_title>("project_title", "What it is called."),
            field<&One::owner>("owner", "Who owns it.", {.filter = true}),
            field<&One::invested>("invested", "How much."),
            field<&One::proceeds>("proceeds", "Come back from it."),
            field<&One::capital_back>("capital_back", "Deal by deal: of what was put into it given back."),
            field<&One::profit>("profit", "Deal by deal: given back beyond that, the manager's part with it."),
            field<&One::carry>("carry", "Of it the manager's."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it began."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

Record describe(const DistributionPart*) {
    using One = DistributionPart;
    return {"distribution_part", "Who got what.",
        {field<&One::name>("name", "Who."), field<&One::amount>("amount", "How much."), field<&One::transfer>("transfer", "The ledger's transfer.")}};
}

Record describe(const FundDistribution*) {
    using One = FundDistribution;
    return {"fund_distribution", "What a fund gave back, tier by tier.",
        {
            field<&One::id>("id", "Id."),
            field<&One::fund>("fund", "Which fund.", {.filter = true}),
            field<&One::kind>("kind", "By the waterfall, of what was not needed, or carry that the manager gave back.", {.filter = true}),
            field<&One::project>("project", "Deal by deal: out of which."),
            field<&One::project_title>("project_title", "What that is called."),
            field<&One::day>("day", "When.", {.sort = true}),
            field<&One::amount>("amount", "How much."),
            field<&One::capital>("capital", "Capital given back."),
            field<&One::preferred>("preferred", "Preferred return."),
            field<&One::catch_up>("catch_up", "Catch-up."),
            field<&One::split_investors>("split_investors", "Of the rest, the investors'."),
            field<&One::split_manager>("split_manager", "Of the rest, the manager's."),
            field<&One::to_investors>("to_investors", "To investors in all."),
            field<&One::to_manager>("to_manager", "To the manager in all."),
            field<&One::parts>("parts", "Who got what; the manager last.", {.max = 501}),
            field<&One::person_name>("person_name", "Who did it."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was made."),
        }};
}

} // namespace greenbank::finance
