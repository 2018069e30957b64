// records.cpp — descriptions of territories and their inventories, and what must fit together in them.
#include "cities/territories/records.h"
#include "library/rules.h"

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

void check_line(const void* value, Problems& problems) {
    const auto& line = *static_cast<const TerritoryLine*>(value);
    if (!parse_unit(line.unit))
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", line.unit.substr(0, 40)}}});
    if (!gpc_cell(line.sector, line.scope))
        problems.push_back({"scope", "balance.no_cell", "The protocol has no such scope in this sector; choose another scope or another sector."});
    if (line.kind.has_value() != line.subject.has_value() || line.kind.has_value() == line.stated_kg.has_value())
        problems.push_back({"kind", "balance.factor", "Name a factor of the bank by kind and subject, or state one yourself; one of the two, not both."});
    if (line.stated_kg && !line.stated_source) problems.push_back({"stated_source", "balance.factor_source", "Say where the stated factor is from."});
}

void check_note(const void* value, Problems& problems) {
    const auto& note = *static_cast<const TerritoryNote*>(value);
    if (note.scope && !gpc_cell(note.sector, *note.scope))
        problems.push_back({"scope", "balance.no_cell", "The protocol has no such scope in this sector; choose another scope or another sector."});
    if (note.key != NotationKey::no && (!note.reason || note.reason->empty()))
        problems.push_back({"reason", "balance.note_reason", "Say why; only what does not occur explains itself."});
}

void check_territory(const void* value, Problems& problems) {
    const auto& territory = *static_cast<const Territory*>(value);
    if (!territory.country.empty()) library::check_country(territory.country, "country", problems);
    if (territory.latitude.has_value() != territory.longitude.has_value())
        problems.push_back({territory.latitude ? "longitude" : "latitude", "territory.place", "A place has a latitude and a longitude."});
    if (territory.part_of && territory.part_of->text == territory.id.text && !territory.id.text.empty())
        problems.push_back({"part_of", "territory.part_of_itself", "A territory is no part of itself."});
}

} // namespace

Record describe(const Territory*) {
    using T = Territory;
    return {"territory", "A city, district, park or island whose greenhouse gases are counted.",
        {
            field<&T::id>("id", "Id.", {.read_only = true}),
            field<&T::owner>("owner", "Whose figures these are.", {.max = 60, .read_only = true, .filter = true}),
            field<&T::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&T::kind>("kind", "City, district, park or island.", {.filter = true}),
            field<&T::summary>("summary", "What one should know of it.", {.max = 2000}),
            field<&T::part_of>("part_of", "The territory that it belongs to.", {.filter = true}),
            field<&T::country>("country", "Country, two letters.", {.min = 2, .max = 2, .defaulted = true, .filter = true}),
            field<&T::area>("area", "Where its factors hold: CN, CN-SD.", {.min = 2, .max = 20, .defaulted = true}),
            field<&T::latitude>("latitude", "Of its middle.", {.min = -90, .max = 90}),
            field<&T::longitude>("longitude", "Of its middle.", {.min = -180, .max = 180}),
            field<&T::square_kilometres>("square_kilometres", "How large it is.", {.unit = "km2", .min = 0, .max = 2e7}),
            field<&T::population>("population", "Residents.", {.min = 0, .max = 2e9}),
            field<&T::visitors>("visitors", "Visitors a year.", {.min = 0, .max = 1e10}),
            field<&T::boundary>("boundary", "What belongs to it and what does not.", {.max = 2000}),
            field<&T::base_year>("base_year", "The year that others are compared with.", {.min = 1990, .max = 2100, .defaulted = true}),
            field<&T::alliance>("alliance", "Takes part in the alliance of zero-carbon islands.", {.defaulted = true, .filter = true}),
            field<&T::state>("state", "Draft or published.", {.read_only = true, .filter = true}),
            field<&T::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&T::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&T::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&T::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_territory};
}

Record describe(const TerritoryLine*) {
    using L = TerritoryLine;
    return {"territory_line", "A source or a sink in the year.",
        {
            field<&L::name>("name", "What it is called.", {.min = 1, .max = 200}),
            field<&L::sector>("sector", "Its sector in the protocol; sinks stand last."),
            field<&L::scope>("scope", "Within the boundary, by the grid, or outside."),
            field<&L::amount>("amount", "How much was burned, bought, driven, kept, grown.", {.min = 0, .max = 1e15}),
            field<&L::unit>("unit", "In which unit.", {.min = 1, .max = 40}),
            field<&L::uncertainty_percent>("uncertainty_percent", "Of the amount: half the width of the 95 % interval.", {.unit = "%", .min = 0, .max = 500}),
            field<&L::kind>("kind", "The kind of factor of the bank."),
            field<&L::subject>("subject", "What that factor is of: diesel, electricity.", {.min = 1, .max = 100}),
            field<&L::area>("area", "Another area than the territory's.", {.min = 2, .max = 20}),
            field<&L::stated_kg>("stated_kg", "Or: this much per unit.", {.unit = "kgCO2e", .min = 0, .max = 1e9}),
            field<&L::stated_percent>("stated_percent", "Of that: half the width of its 95 % interval.", {.unit = "%", .min = 0, .max = 500}),
            field<&L::stated_source>("stated_source", "Where that is from.", {.min = 1, .max = 500}),
            field<&L::stated_status>("stated_status", "Official, unconfirmed or sample."),
            field<&L::tier>("tier", "1 default, 2 national, 3 own measurement or model.", {.min = 1, .max = 3, .defaulted = true}),
            field<&L::data>("data", "Where the amount is from.", {.defaulted = true}),
            field<&L::evidence>("evidence", "Which meter, book, table.", {.max = 1000}),
            field<&L::channel>("channel", "The channel of the energy room that counts the amount."),
            field<&L::confidential>("confidential", "Counted, but not shown to others by itself.", {.defaulted = true}),
        },
        check_line};
}
Record describe(const ChannelReading*) {
    using R = ChannelReading;
    return {"channel_reading", "What a channel counted in the year, as it was fetched last.",
        {field<&R::channel>("channel", "Which channel."), field<&R::unit>("unit", "In which unit."), field<&R::amount>("amount", "How much."),
            field<&R::heard_percent>("heard_percent", "In how many of the year's hours it sent.", {.unit = "%"}),
            field<&R::longest_gap_hours>("longest_gap_hours", "Its longest silence.", {.unit = "h"}),
            field<&R::fetched_at>("fetched_at", "When it was fetched.")}};
}
Record describe(const TerritoryNote*) {
    using N = TerritoryNote;
    return {"territory_note", "A notation key: why a sector has no figure.",
        {field<&N::sector>("sector", "Which sector."), field<&N::scope>("scope", "Which scope; absent: all of them."),
            field<&N::key>("key", "IE included elsewhere, NE not estimated, NO not occurring, C confidential."),
            field<&N::reason>("reason", "Why.", {.max = 1000})},
        check_note};
}
Record describe(const TerritoryInventory*) {
    using I = TerritoryInventory;
    return {"territory_inventory", "Greenhouse gases of a territory in a year, with its sinks.",
        {
            field<&I::id>("id", "Id.", {.read_only = true}),
            field<&I::territory>("territory", "Of which territory.", {.filter = true}),
            field<&I::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&I::title>("title", "Its name.", {.min = 1, .max = 300, .sort = true}),
            field<&I::year>("year", "The year it is of.", {.min = 1990, .max = 2100, .filter = true, .sort = true}),
            field<&I::level>("level", "BASIC or BASIC+.", {.defaulted = true, .filter = true}),
            field<&I::gwp>("gwp", "Whose warming potentials.", {.defaulted = true}),
            field<&I::lines>("lines", "Sources and sinks.", {.max = 1000}),
            field<&I::notes>("notes", "Notation keys of what has no figure.", {.max = 100}),
            field<&I::boundary>("boundary", "Its boundary, where it is not the territory's of today.", {.max = 2000}),
            field<&I::population>("population", "Residents of the year.", {.min = 1, .max = 2e9}),
            field<&I::output>("output", "Gross domestic product of the year, at constant prices.", {.min = 0}),
            field<&I::energy_tj>("energy_tj", "Energy used in the year.", {.unit = "TJ", .min = 0, .max = 1e9}),
            field<&I::retirements>("retirements", "Certificates of credits retired for the year.", {.max = 50, .defaulted = true}),
            field<&I::source>("source", "Where it was published.", {.max = 1000}),
            field<&I::readings>("readings", "What channels counted.", {.max = 1000, .read_only = true}),
            field<&I::state>("state", "Draft or final.", {.read_only = true, .filter = true}),
            field<&I::finished_by>("finished_by", "Who finished it.", {.max = 60, .read_only = true, .secret = true}),
            field<&I::finished_at>("finished_at", "When; factors published later do not change it.", {.read_only = true}),
            field<&I::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&I::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&I::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&I::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const BalanceRow*) {
    using R = BalanceRow;
    return {"balance_row", "A line and what it comes to.",
        {field<&R::name>("name", "What it is called."), field<&R::sector>("sector", "Its sector."), field<&R::number>("number", "Its number in the protocol."),
            field<&R::ipcc>("ipcc", "Category of the 2006 IPCC Guidelines."), field<&R::scope>("scope", "Its scope."),
            field<&R::amount>("amount", "How much; not where it is confidential."), field<&R::unit>("unit", "In which unit."),
            field<&R::kg>("kg", "What it comes to; below 0 for a sink.", {.unit = "kgCO2e"}),
            field<&R::uncertainty_percent>("uncertainty_percent", "Of amount and factors together; absent where nothing is known of it.", {.unit = "%"}),
            field<&R::factors>("factors", "Factors used.", {.max = 20}), field<&R::stated_kg>("stated_kg", "Or the stated one.", {.unit = "kgCO2e"}),
            field<&R::stated_source>("stated_source", "Where that is from."), field<&R::tier>("tier", "Tier."),
            field<&R::data>("data", "Where the amount is from."), field<&R::status>("status", "The weakest of its factors."),
            field<&R::heard_percent>("heard_percent", "In how many of the year's hours its channel sent.", {.unit = "%"}),
            field<&R::longest_gap_hours>("longest_gap_hours", "The channel's longest silence.", {.unit = "h"}),
            field<&R::confidential>("confidential", "Not shown by itself, or a confidential line could be worked out from it.")}};
}
Record describe(const BalanceCell*) {
    using C = BalanceCell;
    return {"balance_cell", "A sector in a scope.",
        {field<&C::sector>("sector", "Which sector."), field<&C::scope>("scope", "Which scope."), field<&C::number>("number", "Its number in the protocol."),
            field<&C::kg>("kg", "What it comes to; absent where a confidential line could be worked out from it.", {.unit = "kgCO2e"})}};
}
Record describe(const IpccRow*) {
    return {"ipcc_row", "A sector of the IPCC's guidelines.",
        {field<&IpccRow::sector>("sector", "Which."), field<&IpccRow::kg>("kg", "Given off within the boundary, less what is bound.", {.unit = "kgCO2e"})}};
}
Record describe(const BalanceReport*) {
    using R = BalanceReport;
    return {"balance_report", "What the lines of a year come to; a total is absent where a confidential line could be worked out from it.",
        {
            field<&R::year>("year", "The year."),
            field<&R::level>("level", "BASIC or BASIC+."),
            field<&R::rows>("rows", "By line.", {.max = 1000}),
            field<&R::cells>("cells", "By sector and scope.", {.max = 81}),
            field<&R::ipcc>("ipcc", "By sector of the 2006 IPCC Guidelines, within the boundary; absent where lines are hidden.", {.max = 4}),
            field<&R::scope_1_kg>("scope_1_kg", "Scope 1 without sinks.", {.unit = "kgCO2e"}),
            field<&R::scope_2_kg>("scope_2_kg", "Scope 2.", {.unit = "kgCO2e"}),
            field<&R::scope_3_kg>("scope_3_kg", "Scope 3.", {.unit = "kgCO2e"}),
            field<&R::basic_kg>("basic_kg", "BASIC.", {.unit = "kgCO2e"}),
            field<&R::basic_plus_kg>("basic_plus_kg", "BASIC+.", {.unit = "kgCO2e"}),
            field<&R::territorial_kg>("territorial_kg", "Given off within the boundary.", {.unit = "kgCO2e"}),
            field<&R::energy_kg>("energy_kg", "Of energy and transport.", {.unit = "kgCO2e"}),
            field<&R::emissions_kg>("emissions_kg", "All sources.", {.unit = "kgCO2e"}),
            field<&R::removals_kg>("removals_kg", "All sinks.", {.unit = "kgCO2e"}),
            field<&R::net_kg>("net_kg", "Sources less sinks.", {.unit = "kgCO2e"}),
            field<&R::half_width_kg>("half_width_kg", "Half the width of its 95 % interval, by error propagation.", {.unit = "kgCO2e"}),
            field<&R::low_kg>("low_kg", "Lower end by drawing.", {.unit = "kgCO2e"}),
            field<&R::high_kg>("high_kg", "Upper end by drawing.", {.unit = "kgCO2e"}),
            field<&R::at_most_zero>("at_most_zero", "Share of the draws at or below 0."),
            field<&R::unstated>("unstated", "Lines of whose spread nothing is known."),
            field<&R::confidential>("confidential", "Lines that are not shown to others."),
            field<&R::hidden_beside>("hidden_beside", "Lines that are hidden only so that nobody works out the confidential ones."),
            field<&R::retired_kg>("retired_kg", "Credits retired for the year.", {.unit = "kgCO2e"}),
            field<&R::per_head_kg>("per_head_kg", "All sources by resident.", {.unit = "kgCO2e"}),
            field<&R::missing>("missing", "What the level asks for and nobody entered or explained.", {.max = 81}),
            field<&R::status>("status", "The weakest of the factors."),
        }};
}

} // namespace greenbank::cities
