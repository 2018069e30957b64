// records.cpp — the description of what is kept of a case.
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

} // namespace greenbank::planning
