// zones.cpp — the descriptions of what zones publish, and what contradicts itself in them.
#include "planning/engine/sharing/zones.h"

#include <cmath>
#include <set>

#include <fmt/format.h>

namespace greenbank::planning::sharing {

double at(const std::vector<double>& series, std::size_t hour) { return series.empty() ? 0 : series.size() == 1 ? series[0] : series[hour]; }

Record describe(const Offer*) {
    return {"sharing_offer", "What a zone can generate.",
        {field<&Offer::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Offer::capacity>("capacity", "What is there, an hour or one for all.", {.unit = "MW", .min = 1, .max = 8784}),
            field<&Offer::price>("price", "Of a MWh.", {.min = -1e6, .max = 1e6, .defaulted = true}),
            field<&Offer::carbon>("carbon", "CO2e of a MWh.", {.unit = "t", .min = 0, .max = 10, .defaulted = true})}};
}

Record describe(const Zone*) {
    return {"sharing_zone", "A country or zone with what it needs and offers.",
        {field<&Zone::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Zone::demand>("demand", "What it needs, an hour or one for all.", {.unit = "MW", .min = 1, .max = 8784}),
            field<&Zone::protected_share>("protected_share", "Of the demand: who is served first.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Zone::unserved_price>("unserved_price", "The harm of a MWh not served.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&Zone::import_share_max>("import_share_max", "Net imports at most, of the demand.", {.min = 0, .max = 10, .defaulted = true}),
            field<&Zone::stock_mwh>("stock_mwh", "Fuel and water at hand.", {.unit = "MWh", .min = 0, .max = 1e12, .defaulted = true}),
            field<&Zone::offers>("offers", "What it can generate.", {.min = 0, .max = 200, .defaulted = true}),
            field<&Zone::source>("source", "Where the figures come from.", {.max = 500, .defaulted = true}),
            field<&Zone::standing>("standing", "How sure they are.", {.defaulted = true}),
            field<&Zone::latitude>("latitude", "Degrees north, for maps.", {.min = -90, .max = 90}),
            field<&Zone::longitude>("longitude", "Degrees east, for maps.", {.min = -180, .max = 180})},
        [](const void* value, Problems& problems) {
            const auto& zone = *static_cast<const Zone*>(value);
            if (zone.latitude.has_value() != zone.longitude.has_value())
                problems.push_back({zone.latitude ? "longitude" : "latitude", "site.half_a_place", "A place has a latitude and a longitude, or neither."});
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
            field<&Contract::priority>("priority", "1 is served first.", {.min = 1, .max = 1000, .defaulted = true})}};
}

Record describe(const SharingCase*) {
    return {"sharing_case", "Zones that share energy across borders.",
        {field<&SharingCase::name>("name", "Its name.", {.min = 1, .max = 200}),
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
            for (std::size_t i = 0; i < sharing.contracts.size(); ++i)
                known(sharing.contracts[i].seller, fmt::format("contracts[{}].seller", i)),
                    known(sharing.contracts[i].buyer, fmt::format("contracts[{}].buyer", i));
        }};
}

} // namespace greenbank::planning::sharing
