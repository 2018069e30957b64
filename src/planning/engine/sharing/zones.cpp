// zones.cpp — the descriptions of what zones publish, and what contradicts itself in them.
#include "planning/engine/sharing/zones.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace greenbank::planning::sharing {

double at(const std::vector<double>& series, std::size_t hour) { return series.empty() ? 0 : series.size() == 1 ? series[0] : series[hour]; }

std::string month_at(const SharingCase& sharing, std::size_t hour) {
    if (!sharing.starts_at) return {};
    return to_text(date_of(*sharing.starts_at + hours(static_cast<std::int64_t>(hour)))).substr(0, 7);
}

bool in_season(const SharingCase& sharing, const std::vector<std::int64_t>& months, std::size_t hour) {
    if (months.empty() || !sharing.starts_at) return true;
    return std::ranges::find(months, std::stoll(month_at(sharing, hour).substr(5))) != months.end();
}

namespace {

double lost(const Zone& zone, const std::string& element, std::size_t hour) {
    double power = 0;
    const auto at = static_cast<std::int64_t>(hour) + 1;
    for (const Unavailability& one : zone.outages)
        if (one.element == element && one.first_hour <= at && at - one.first_hour < one.hours) power += one.power;
    return power;
}

} // namespace

double available(const Zone& zone, const Offer& offer, std::size_t hour) { return std::max(0.0, at(offer.capacity, hour) - lost(zone, offer.name, hour)); }

TieLimits limits_of(const SharingCase& sharing, const Tie& tie, std::size_t hour, bool emergency) {
    TieLimits limits{
        emergency ? tie.emergency_forward.value_or(tie.forward) : tie.forward, emergency ? tie.emergency_backward.value_or(tie.backward) : tie.backward};
    double out = 0; // both sides may tell of the same outage
    for (const Zone& zone : sharing.zones) {
        if (zone.name != tie.from && zone.name != tie.to) continue;
        out = std::max(out, lost(zone, tie.name, hour));
        double& away = zone.name == tie.from ? limits.forward : limits.backward;
        double& here = zone.name == tie.from ? limits.backward : limits.forward;
        for (const BorderLimit& one : zone.limits) {
            if (one.tie != tie.name) continue;
            const auto send = emergency && one.emergency_send ? one.emergency_send : one.send;
            const auto receive = emergency && one.emergency_receive ? one.emergency_receive : one.receive;
            if (send) away = std::min(away, *send);
            if (receive) here = std::min(here, *receive);
        }
    }
    return {std::max(0.0, limits.forward - out), std::max(0.0, limits.backward - out)};
}

Record describe(const BorderLimit*) {
    using One = BorderLimit;
    return {"sharing_border_limit", "What a zone says of a tie at its border.",
        {field<&One::tie>("tie", "Which tie.", {.min = 1, .max = 80}), field<&One::send>("send", "Sent at most.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&One::receive>("receive", "Received at most, as it is sent.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&One::emergency_send>("emergency_send", "Sent in an emergency.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&One::emergency_receive>("emergency_receive", "Received in an emergency.", {.unit = "MW", .min = 0, .max = 1e6})}};
}

Record describe(const Unavailability*) {
    using One = Unavailability;
    return {"sharing_unavailability", "Power that is not there for some hours.",
        {field<&One::element>("element", "An offer of the zone, or a tie at its border.", {.min = 1, .max = 80}),
            field<&One::first_hour>("first_hour", "From this hour on; the first is 1.", {.min = 1, .max = 8784, .defaulted = true}),
            field<&One::hours>("hours", "For so long.", {.unit = "h", .min = 1, .max = 8784, .defaulted = true}),
            field<&One::power>("power", "So much less.", {.unit = "MW", .min = 0, .max = 1e6})}};
}

Record describe(const SeriesGap*) {
    using One = SeriesGap;
    return {"sharing_gap", "Hours that were not measured.",
        {field<&One::series>("series", "The demand, or an offer.", {.min = 1, .max = 80}),
            field<&One::first_hour>("first_hour", "From this hour on; the first is 1.", {.min = 1, .max = 8784, .defaulted = true}),
            field<&One::hours>("hours", "For so long.", {.unit = "h", .min = 1, .max = 8784, .defaulted = true}),
            field<&One::filled_by>("filled_by", "What stands there instead: an estimate, the hour before.", {.max = 200, .defaulted = true})}};
}

Record describe(const Offer*) {
    return {"sharing_offer", "What a zone can generate.",
        {field<&Offer::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Offer::capacity>("capacity", "What is there, an hour or one for all.", {.unit = "MW", .min = 1, .max = 8784}),
            field<&Offer::price>("price", "Of a MWh.", {.min = -1e6, .max = 1e6, .defaulted = true}),
            field<&Offer::carbon>("carbon", "CO2e of a MWh.", {.unit = "t", .min = 0, .max = 10, .defaulted = true}),
            field<&Offer::largest_unit>("largest_unit", "What a single failure takes; without: all of it.", {.unit = "MW", .min = 0, .max = 1e6})}};
}

Record describe(const Zone*) {
    return {"sharing_zone", "A country or zone with what it needs and offers.",
        {field<&Zone::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Zone::demand>("demand", "What it needs, an hour or one for all.", {.unit = "MW", .min = 1, .max = 8784}),
            field<&Zone::protected_share>("protected_share", "Of the demand: who is served first.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Zone::unserved_price>("unserved_price", "The harm of a MWh not served.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&Zone::import_share_max>("import_share_max", "Net imports at most, of the demand.", {.min = 0, .max = 10, .defaulted = true}),
            field<&Zone::import_months>("import_months", "Months in which that holds, 1 to 12; none: all.", {.min = 0, .max = 12, .defaulted = true}),
            field<&Zone::stock_mwh>("stock_mwh", "Fuel and water at hand.", {.unit = "MWh", .min = 0, .max = 1e12, .defaulted = true}),
            field<&Zone::offers>("offers", "What it can generate.", {.min = 0, .max = 200, .defaulted = true}),
            field<&Zone::limits>("limits", "What it lets over its ties.", {.min = 0, .max = 60, .defaulted = true}),
            field<&Zone::outages>("outages", "What is not there for some hours.", {.min = 0, .max = 500, .defaulted = true}),
            field<&Zone::source>("source", "Where the figures come from.", {.max = 500, .defaulted = true}),
            field<&Zone::standing>("standing", "How sure they are.", {.defaulted = true}),
            field<&Zone::period_from>("period_from", "The first day that the figures are of."),
            field<&Zone::period_to>("period_to", "The last day that the figures are of."),
            field<&Zone::gaps>("gaps", "Hours that were not measured.", {.min = 0, .max = 200, .defaulted = true}),
            field<&Zone::latitude>("latitude", "Degrees north, for maps.", {.min = -90, .max = 90}),
            field<&Zone::longitude>("longitude", "Degrees east, for maps.", {.min = -180, .max = 180})},
        [](const void* value, Problems& problems) {
            const auto& zone = *static_cast<const Zone*>(value);
            if (zone.latitude.has_value() != zone.longitude.has_value())
                problems.push_back({zone.latitude ? "longitude" : "latitude", "site.half_a_place", "A place has a latitude and a longitude, or neither."});
            if (zone.period_from && zone.period_to && *zone.period_to < *zone.period_from)
                problems.push_back({"period_to", "planning.sharing_period", "The last day is not before the first one."});
            for (std::size_t i = 0; i < zone.gaps.size(); ++i)
                if (zone.gaps[i].series != "demand" && std::ranges::none_of(zone.offers, [&](const Offer& one) { return one.name == zone.gaps[i].series; }))
                    problems.push_back(
                        {fmt::format("gaps[{}].series", i), "planning.sharing_series", "A gap is one of the demand or of an offer of the zone."});
        }};
}

Record describe(const Tie*) {
    return {"sharing_tie", "What joins two zones.",
        {field<&Tie::name>("name", "Its name.", {.min = 1, .max = 80}), field<&Tie::from>("from", "From zone.", {.min = 1, .max = 80}),
            field<&Tie::to>("to", "To zone.", {.min = 1, .max = 80}),
            field<&Tie::forward>("forward", "Sent there at most.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&Tie::backward>("backward", "Sent back at most.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&Tie::emergency_forward>("emergency_forward", "In an emergency.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&Tie::emergency_backward>("emergency_backward", "Back in an emergency.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&Tie::loss>("loss", "Of what is sent.", {.min = 0, .max = 0.5, .defaulted = true}),
            field<&Tie::price>("price", "For each MWh sent.", {.min = 0, .max = 1e6, .defaulted = true})}};
}

Record describe(const Contract*) {
    return {"sharing_contract", "What a buyer has agreed with a seller.",
        {field<&Contract::name>("name", "Its name.", {.min = 1, .max = 80}), field<&Contract::seller>("seller", "From zone.", {.min = 1, .max = 80}),
            field<&Contract::buyer>("buyer", "To zone.", {.min = 1, .max = 80}),
            field<&Contract::power>("power", "How much.", {.unit = "MW", .min = 0, .max = 1e6}),
            field<&Contract::price>("price", "Of a MWh.", {.min = -1e6, .max = 1e6}),
            field<&Contract::priority>("priority", "1 is served first.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&Contract::kind>("kind", "Whether it must flow.", {.defaulted = true}),
            field<&Contract::months>("months", "The season: months from 1 to 12; none: all.", {.min = 0, .max = 12, .defaulted = true}),
            field<&Contract::energy_max>("energy_max", "At most in each month.", {.unit = "MWh", .min = 0, .max = 1e12}),
            field<&Contract::returned_in>("returned_in", "What comes back in a swap.", {.defaulted = true}),
            field<&Contract::return_months>("return_months", "When it comes back, in a swap.", {.min = 0, .max = 12, .defaulted = true}),
            field<&Contract::return_power>("return_power", "Energy that comes back at most.", {.unit = "MW", .min = 0, .max = 1e6, .defaulted = true}),
            field<&Contract::return_ratio>(
                "return_ratio", "What comes back for each MWh: MWh, or thousand cubic metres.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&Contract::owed_at_start>("owed_at_start", "By the buyer before the first hour.", {.min = 0, .max = 1e12, .defaulted = true})},
        [](const void* value, Problems& problems) {
            const auto& contract = *static_cast<const Contract*>(value);
            if (contract.seller == contract.buyer) problems.push_back({"buyer", "planning.sharing_oneself", "A contract is made with another zone."});
            const auto months = [&](const std::vector<std::int64_t>& list, const char* place) {
                if (std::ranges::any_of(list, [](std::int64_t month) { return month < 1 || month > 12; }))
                    problems.push_back({place, "planning.sharing_month", "Months are numbers from 1 to 12."});
            };
            months(contract.months, "months"), months(contract.return_months, "return_months");
            if (contract.kind != ContractKind::swap) return;
            if (contract.months.empty() || contract.return_months.empty() || std::ranges::any_of(contract.months, [&](std::int64_t month) {
                    return std::ranges::find(contract.return_months, month) != contract.return_months.end();
                }))
                problems.push_back(
                    {"return_months", "planning.sharing_swap", "A swap has months in which it is given and other months in which it comes back."});
        }};
}

Record describe(const SharingCase*) {
    return {"sharing_case", "Zones that share energy across borders.",
        {field<&SharingCase::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&SharingCase::starts_at>("starts_at", "When the first hour begins; seasons need it."),
            field<&SharingCase::hours>("hours", "How many hours.", {.min = 1, .max = 8784, .defaulted = true}),
            field<&SharingCase::zones>("zones", "The zones.", {.min = 1, .max = 60}),
            field<&SharingCase::ties>("ties", "What joins them.", {.min = 0, .max = 300, .defaulted = true}),
            field<&SharingCase::contracts>("contracts", "What they have agreed.", {.min = 0, .max = 300, .defaulted = true}),
            field<&SharingCase::rule>("rule", "How shortage is shared.", {.defaulted = true}),
            field<&SharingCase::compensation_price>("compensation_price", "For each MWh given in an emergency.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&SharingCase::reserve_share>("reserve_share", "Less margin than this is an early warning.", {.min = 0, .max = 10, .defaulted = true})},
        [](const void* value, Problems& problems) {
            const auto& sharing = *static_cast<const SharingCase*>(value);
            std::set<std::string> names, ties;
            const auto hours = static_cast<std::size_t>(std::max<std::int64_t>(0, sharing.hours));
            const auto length = [&](const std::vector<double>& series, const std::string& place) {
                if (series.size() > 1 && series.size() != hours)
                    problems.push_back({place, "planning.sharing_length", "There are {found} values for {hours} hours.",
                        {{"found", std::to_string(series.size())}, {"hours", std::to_string(hours)}}});
                for (std::size_t t = 0; t < series.size(); ++t)
                    if (!std::isfinite(series[t]) || series[t] < 0 || series[t] > 1e7) {
                        problems.push_back({fmt::format("{}[{}]", place, t), "planning.sharing_value", "Power is a number from 0 to 10,000,000 MW."});
                        break;
                    }
            };
            for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
                const Zone& zone = sharing.zones[z];
                if (!names.insert(zone.name).second)
                    problems.push_back({fmt::format("zones[{}].name", z), "planning.name_twice", "The name {name} stands twice; each part needs its own.",
                        {{"name", zone.name}}});
                length(zone.demand, fmt::format("zones[{}].demand", z));
                std::set<std::string> offers;
                for (std::size_t o = 0; o < zone.offers.size(); ++o) {
                    length(zone.offers[o].capacity, fmt::format("zones[{}].offers[{}].capacity", z, o));
                    if (!offers.insert(zone.offers[o].name).second)
                        problems.push_back({fmt::format("zones[{}].offers[{}].name", z, o), "planning.name_twice",
                            "The name {name} stands twice; each part needs its own.", {{"name", zone.offers[o].name}}});
                }
            }
            const auto known = [&](const std::string& zone, const std::string& place) {
                if (!names.contains(zone)) problems.push_back({place, "planning.sharing_zone", "There is no zone {zone}.", {{"zone", zone.substr(0, 80)}}});
            };
            for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
                const Tie& tie = sharing.ties[i];
                known(tie.from, fmt::format("ties[{}].from", i)), known(tie.to, fmt::format("ties[{}].to", i));
                if (tie.from == tie.to) problems.push_back({fmt::format("ties[{}].to", i), "planning.sharing_loop", "A tie joins two zones."});
                if (!ties.insert(tie.name).second)
                    problems.push_back({fmt::format("ties[{}].name", i), "planning.name_twice", "The name {name} stands twice; each part needs its own.",
                        {{"name", tie.name}}});
            }
            std::set<std::string> contracts;
            bool seasons = std::ranges::any_of(sharing.zones, [](const Zone& zone) { return !zone.import_months.empty(); });
            for (const Contract& one : sharing.contracts) seasons |= !one.months.empty();
            if (seasons && !sharing.starts_at)
                problems.push_back({"starts_at", "planning.sharing_when", "Say when the first hour begins: something holds for a season."});
            for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
                const Zone& zone = sharing.zones[z];
                const auto at_border = [&](const std::string& name) {
                    return std::ranges::any_of(
                        sharing.ties, [&](const Tie& tie) { return tie.name == name && (tie.from == zone.name || tie.to == zone.name); });
                };
                for (std::size_t i = 0; i < zone.limits.size(); ++i)
                    if (!at_border(zone.limits[i].tie))
                        problems.push_back({fmt::format("zones[{}].limits[{}].tie", z, i), "planning.sharing_tie", "No tie {tie} ends in this zone.",
                            {{"tie", zone.limits[i].tie.substr(0, 80)}}});
                for (std::size_t i = 0; i < zone.outages.size(); ++i)
                    if (!at_border(zone.outages[i].element) &&
                        std::ranges::none_of(zone.offers, [&](const Offer& one) { return one.name == zone.outages[i].element; }))
                        problems.push_back({fmt::format("zones[{}].outages[{}].element", z, i), "planning.sharing_element",
                            "{element} is neither an offer of this zone nor a tie at its border.", {{"element", zone.outages[i].element.substr(0, 80)}}});
            }
            for (std::size_t i = 0; i < sharing.contracts.size(); ++i)
                if (!contracts.insert(sharing.contracts[i].name).second)
                    problems.push_back({fmt::format("contracts[{}].name", i), "planning.name_twice", "The name {name} stands twice; each part needs its own.",
                        {{"name", sharing.contracts[i].name}}});
            for (std::size_t i = 0; i < sharing.contracts.size(); ++i)
                known(sharing.contracts[i].seller, fmt::format("contracts[{}].seller", i)),
                    known(sharing.contracts[i].buyer, fmt::format("contracts[{}].buyer", i));
        }};
}

} // namespace greenbank::planning::sharing
