// records.cpp — the descriptions of what is kept of a case, its zones and what came to be owed.
#include "planning/sharing/records.h"

namespace greenbank::planning {

namespace {

constexpr std::int64_t hours_max = 744; // a month: what the bank keeps; more by the command line

void check(const void* value, Problems& problems) {
    const auto& study = *static_cast<const CrossBorderStudy*>(value);
    if (study.title.empty()) problems.push_back({"title", "planning.title", "Say in a few words what is planned."});
    if (!decimals_of(study.currency))
        problems.push_back({"currency", "planning.currency", "There is no currency {currency}.", {{"currency", study.currency.substr(0, 10)}}});
    if (study.sharing.hours > hours_max)
        problems.push_back({"sharing.hours", "planning.sharing_hours", "The bank keeps at most {most} hours; greenbank plan cross-border takes more.",
            {{"most", std::to_string(hours_max)}}});
}

} // namespace

Record describe(const CrossBorderStudy*) {
    using One = CrossBorderStudy;
    return {"cross_border_study", "Zones that share energy across borders, and what came of it.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What is looked at.", {.sort = true}),
            field<&One::about>("about", "Where the figures come from, and what is left open.", {.defaulted = true}),
            field<&One::currency>("currency", "Of all prices.", {.min = 3, .max = 3, .defaulted = true}),
            field<&One::starts_at>("starts_at", "When the first hour begins."),
            field<&One::sharing>("sharing", "Zones, ties, contracts and rules; power in MW, prices of a MWh."),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::job>("job", "The job that computes it.", {.max = 60, .read_only = true}),
            field<&One::result>("result", "What came out.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check};
}

Record describe(const ZoneMember*) {
    using One = ZoneMember;
    return {"zone_member", "Whose zone it is in a case.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::study>("study", "In which case.", {.filter = true}),
            field<&One::zone>("zone", "Which zone.", {.min = 1, .max = 80, .filter = true}),
            field<&One::organisation>("organisation", "Who alone publishes its figures.", {.filter = true}),
            field<&One::organisation_name>("organisation_name", "Its name.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true})}};
}

Record describe(const ZoneRelease*) {
    using One = ZoneRelease;
    return {"zone_release", "What a zone published of itself.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::study>("study", "In which case.", {.filter = true}),
            field<&One::zone>("zone", "Which zone.", {.read_only = true, .filter = true}), field<&One::number>("number", "From 1.", {.read_only = true}),
            field<&One::organisation>("organisation", "Who published it.", {.read_only = true, .filter = true}),
            field<&One::organisation_name>("organisation_name", "Its name.", {.read_only = true}),
            field<&One::figures>("figures", "Demand, offers, stock, limits and outages, with their source, period and gaps."),
            field<&One::made_by_name>("made_by_name", "By whom.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When.", {.read_only = true, .sort = true})}};
}

Record describe(const EnergyObligation*) {
    using One = EnergyObligation;
    return {"energy_obligation", "What is owed for energy given in an emergency.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::study>("study", "Of which case.", {.read_only = true, .filter = true}),
            field<&One::study_title>("study_title", "Its title.", {.read_only = true}),
            field<&One::study_version>("study_version", "The version of the case that it was computed from.", {.read_only = true}),
            field<&One::giver_zone>("giver_zone", "Which zone gave.", {.read_only = true}),
            field<&One::taker_zone>("taker_zone", "Which zone took.", {.read_only = true}),
            field<&One::giver>("giver", "Who is owed.", {.read_only = true, .filter = true}),
            field<&One::taker>("taker", "Who owes.", {.read_only = true, .filter = true}),
            field<&One::giver_name>("giver_name", "Name of who is owed.", {.read_only = true}),
            field<&One::taker_name>("taker_name", "Name of who owes.", {.read_only = true}),
            field<&One::energy>("energy", "Given beyond what the market gave.", {.unit = "MWh", .read_only = true}),
            field<&One::price>("price", "Of compensation, for a MWh.", {.read_only = true}), field<&One::amount>("amount", "Owed.", {.read_only = true}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::giver_accepted_by>("giver_accepted_by", "Who accepted for the giver.", {.read_only = true}),
            field<&One::giver_accepted_name>("giver_accepted_name", "Their name.", {.read_only = true}),
            field<&One::giver_accepted_at>("giver_accepted_at", "When.", {.read_only = true}),
            field<&One::taker_accepted_by>("taker_accepted_by", "Who accepted for the taker.", {.read_only = true}),
            field<&One::taker_accepted_name>("taker_accepted_name", "Their name.", {.read_only = true}),
            field<&One::taker_accepted_at>("taker_accepted_at", "When.", {.read_only = true}),
            field<&One::reason>("reason", "Why it was refused.", {.max = 1000, .read_only = true}),
            field<&One::paid_by_name>("paid_by_name", "Who had it paid.", {.read_only = true}), field<&One::paid_at>("paid_at", "When.", {.read_only = true}),
            field<&One::transfer>("transfer", "The ledger's transfer.", {.read_only = true}),
            field<&One::made_by_name>("made_by_name", "Who logged it.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was logged.", {.read_only = true, .sort = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true})}};
}

} // namespace greenbank::planning
