// records.cpp — descriptions of cooperations, recognitions, facts of countries.
#include "services/cooperation/records.h"

#include <fmt/format.h>

#include "library/rules.h"
#include "services/operations.h"

namespace greenbank::services {

namespace {

void check_named(const std::optional<Id<Organisation>>& organisation, const Text& name, Problems& problems) {
    if (!organisation && name.empty()) problems.push_back({"name", "services.who", "Choose an organisation of the bank, or write a name."});
}
void check_partner(const void* value, Problems& problems) {
    const auto& partner = *static_cast<const CooperationPartner*>(value);
    check_named(partner.organisation, partner.name, problems);
    library::check_country(partner.country, "country", problems);
}
void check_link_of_chain(const void* value, Problems& problems) {
    const auto& link = *static_cast<const ChainLink*>(value);
    check_named(link.organisation, link.name, problems);
    library::check_country(link.country, "country", problems);
}

/// What is called official must say who published it, where and when.
void check_official(FactStatus status, const std::string& source, Problems& problems) {
    if (status == FactStatus::official && source.size() < 12)
        problems.push_back({"source", "services.official", "What is official needs its source: who published it, where and when."});
}
void check_dates(const std::optional<Date>& from, const std::optional<Date>& to, const char* place, Problems& problems) {
    if (from && to && *to < *from) problems.push_back({place, "policy.dates", "The last day must not come before the first."});
}

void check_cooperation(const void* value, Problems& problems) {
    const auto& cooperation = *static_cast<const Cooperation*>(value);
    for (std::size_t i = 0; i < cooperation.countries.size(); ++i) library::check_country(cooperation.countries[i], fmt::format("countries[{}]", i), problems);
    for (std::size_t i = 0; i < cooperation.chain.size(); ++i)
        if (const auto& all = cooperation.countries; std::find(all.begin(), all.end(), cooperation.chain[i].country) == all.end())
            problems.push_back({fmt::format("chain[{}].country", i), "cooperation.country",
                "Add {country} to the countries of the cooperation, or correct it here.", {{"country", cooperation.chain[i].country}}});
    check_dates(cooperation.since, cooperation.until, "until", problems);
    check_official(cooperation.status, cooperation.source, problems);
}
void check_recognition(const void* value, Problems& problems) {
    const auto& row = *static_cast<const Recognition*>(value);
    check_countries({row.our_country}, "our_country", problems);
    check_countries({row.their_country}, "their_country", problems);
    check_dates(row.valid_from, row.valid_to, "valid_to", problems);
    check_official(row.status, row.source, problems);
}
void check_fact(const void* value, Problems& problems) {
    const auto& fact = *static_cast<const CountryFact*>(value);
    library::check_country(fact.country, "country", problems);
    if (fact.unit && !fact.value) problems.push_back({"value", "country_fact.value", "A unit needs its number."});
    if (fact.unit && !parse_unit(*fact.unit))
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", fact.unit->substr(0, 40)}}});
    check_official(fact.status, fact.source, problems);
}

} // namespace

Record describe(const CooperationPartner*) {
    using Partner = CooperationPartner;
    return {"cooperation_partner", "Who takes part in a cooperation.",
        {field<&Partner::organisation>("organisation", "An organisation of the bank."),
            field<&Partner::name>("name", "Or its name, where it is not.", {.max = 200}),
            field<&Partner::country>("country", "Its country.", {.min = 2, .max = 2}), field<&Partner::role>("role", "What it does.", {.max = 300})},
        check_partner};
}
Record describe(const ChainLink*) {
    return {"chain_link", "Who does a step of the chain.",
        {field<&ChainLink::step>("step", "Which step."), field<&ChainLink::organisation>("organisation", "An organisation of the bank."),
            field<&ChainLink::name>("name", "Or its name, where it is not.", {.max = 200}),
            field<&ChainLink::country>("country", "Where it is done.", {.min = 2, .max = 2}),
            field<&ChainLink::planned>("planned", "Not yet done today.", {.defaulted = true}), field<&ChainLink::note>("note", "What exactly.", {.max = 300})},
        check_link_of_chain};
}

Record describe(const Cooperation*) {
    using One = Cooperation;
    return {"cooperation", "Organisations of several countries that work together.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::title>("title", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&One::summary>("summary", "What it is for.", {.min = 1, .max = 2000}),
            field<&One::kind>("kind", "Partner park, joint laboratory, training, technology transfer or platform.", {.filter = true, .sort = true}),
            field<&One::countries>("countries", "Countries that take part.", {.min = 1, .max = 30, .filter = true}),
            field<&One::fields>("fields", "Fields it works in; none: all.", {.max = 6, .filter = true}),
            field<&One::partners>("partners", "Who takes part.", {.max = 40, .defaulted = true}),
            field<&One::agreement>("agreement", "What was signed, with its number.", {.max = 500}),
            field<&One::since>("since", "Since when.", {.sort = true}),
            field<&One::until>("until", "Until when.", {.sort = true}),
            field<&One::chain>("chain", "Who does which step from research to market.", {.max = 100, .defaulted = true}),
            field<&One::project>("project", "The project it serves."),
            field<&One::source>("source", "Where our knowledge of it is from.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&One::stage>("stage", "How far it has come.", {.filter = true, .sort = true}),
            field<&One::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_cooperation};
}

Record describe(const Recognition*) {
    using One = Recognition;
    return {"recognition", "Something of ours beside something of theirs, and whether one holds for the other.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::subject>(
                "subject", "Standard, verification, test report, patent, certificate, label or qualification.", {.filter = true, .sort = true}),
            field<&One::our_code>("our_code", "Number of ours, such as GB/T 24034-2019.", {.max = 80, .defaulted = true, .sort = true}),
            field<&One::our_title>("our_title", "What ours is.", {.min = 1, .max = 300}),
            field<&One::our_country>("our_country", "Where ours holds.", {.min = 2, .max = 8, .filter = true}),
            field<&One::their_code>("their_code", "Number of theirs.", {.max = 80, .defaulted = true, .sort = true}),
            field<&One::their_title>("their_title", "What theirs is.", {.min = 1, .max = 300}),
            field<&One::their_country>("their_country", "Where theirs holds.", {.min = 2, .max = 8, .filter = true}),
            field<&One::kind>("kind", "Identical, mutual, one way, in part, not at all.", {.filter = true}),
            field<&One::scope>("scope", "For what it holds.", {.max = 1000}),
            field<&One::conditions>("conditions", "Under which conditions.", {.max = 1000}),
            field<&One::fields>("fields", "Fields it is for; none: all.", {.max = 6, .filter = true}),
            field<&One::source>("source", "Where our knowledge of it is from.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&One::valid_from>("valid_from", "The first day.", {.sort = true}),
            field<&One::valid_to>("valid_to", "The last day.", {.sort = true}),
            field<&One::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_recognition};
}

Record describe(const CountryFact*) {
    using One = CountryFact;
    return {"country_fact", "A dated fact about trade, investment or policy of a country.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::country>("country", "Of which country.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&One::topic>("topic", "What it is about.", {.filter = true, .sort = true}),
            field<&One::title>("title", "The fact in a few words.", {.min = 1, .max = 200, .sort = true}),
            field<&One::text>("text", "The fact in a sentence or two.", {.max = 2000}),
            field<&One::value>("value", "Its number."),
            field<&One::unit>("unit", "The unit of that.", {.min = 1, .max = 40}),
            field<&One::as_of>("as_of", "On which day it held.", {.sort = true}),
            field<&One::source>("source", "Where our knowledge of it is from.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&One::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_fact};
}

} // namespace greenbank::services
