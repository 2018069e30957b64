// sharing_files.cpp — `greenbank plan cross-border`: zones and ties in; exchange, prices, carbon of imports, adequacy, alert levels and the emergency plan out.
#include <fmt/format.h>

#include "api/files.h"
#include "planning/engine/sharing/result.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"
#include "json/json.h"

namespace greenbank::planning {

struct SharingFlags {
    std::string in;
    std::optional<std::string> out, schedule;
};
Record describe(const SharingFlags*) {
    return {"cross_border_options", "Which zones, and where the result goes.",
        {field<&SharingFlags::in>("in", "Zones, ties, contracts and rules, JSON.", {.min = 1}),
            field<&SharingFlags::out>("out", "The result to write, JSON; - writes standard output.", {.min = 1}),
            field<&SharingFlags::schedule>("schedule", "Prices, shortage and flows by hour, CSV.", {.min = 1})}};
}

namespace {

using namespace sharing;

Result<int> run_sharing(const SharingFlags& flags, Console& console) {
    const std::string text = TRY(read_file(flags.in));
    if (text.size() > (std::size_t{64} << 20))
        return Error{Failure::too_large, "planning.sharing_large", "The case in {path} is larger than 64 MB.", {{"path", flags.in}}};
    const auto sharing = TRY(from_json<SharingCase>(text));
    const SharingResult result = sharing_result(sharing);
    const std::string json = to_json(result);
    std::string summary;
    for (const ZoneAdequacy& one : result.adequacy.zones)
        fmt::format_to(std::back_inserter(summary), "{:<24} {:<14} margin {:6.1f} %, worst single loss {:10.1f} MW, {:.1f} days of cover\n", one.zone,
            greenbank::name_of(one.level), 100 * one.margin, one.worst_outage, one.days_of_cover);
    fmt::format_to(std::back_inserter(summary), "not served by the market: {:.3f} MWh\n", result.unserved);
    if (result.emergency) {
        for (const Obligation& one : result.emergency->obligations)
            fmt::format_to(std::back_inserter(summary), "{} gives {} {:.1f} MWh for {:.2f}\n", one.giver, one.taker, one.energy, one.amount);
        fmt::format_to(std::back_inserter(summary), "not served by the emergency plan: {:.3f} MWh\n", result.emergency->unserved);
    }
    if (flags.out) TRY(write_file(*flags.out, indented(json)));
    if (flags.schedule) {
        const auto [names, columns] = hours_of(result.exchange);
        TRY(write_file(*flags.schedule, schedule_csv(names, columns)));
    }
    console.out(console.json ? json + "\n" : summary);
    return 0;
}

} // namespace

Command sharing_command() {
    return command(
        "plan", "cross-border", "Share energy across borders: exchange, prices, carbon of imports, adequacy, alert levels, emergency plan.", run_sharing);
}

} // namespace greenbank::planning
