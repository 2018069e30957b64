// records.cpp — descriptions of what the library stores, and the rules across their fields.
#include "library/records.h"

#include <cmath>

#include <fmt/format.h>

#include "library/reference.h"
#include "library/rules.h"

namespace greenbank::library {

namespace {

std::int64_t highest_level(ReadinessScale scale) {
    const Scale* found = reference().assessment.scale(name_of(scale));
    return found ? static_cast<std::int64_t>(found->levels.size()) : 0;
}

void check_readiness(const void* value, Problems& problems) {
    const auto& readiness = *static_cast<const Readiness*>(value);
    const std::int64_t highest = highest_level(readiness.scale);
    if (readiness.level > highest)
        problems.push_back({"level", "number.too_high", "The number must be at most {limit}.", {{"limit", std::to_string(highest)}}});
}

void check_readiness_evidence(const void* value, Problems& problems) {
    const auto& evidence = *static_cast<const ReadinessEvidence*>(value);
    if (evidence.link) check_link(*evidence.link, "link", problems);
}

void check_figure(const void* value, Problems& problems) {
    const auto& figure = *static_cast<const Figure*>(value);
    check_figure_unit(figure.indicator, figure.unit, "", problems);
    if (figure.high && *figure.high < figure.low) problems.push_back({"high", "figure.order", "The upper figure must not be below the lower one."});
}

void check_requirement(const void* value, Problems& problems) {
    const auto& requirement = *static_cast<const Requirement*>(value);
    check_figure_unit(requirement.indicator, requirement.unit, "", problems);
}

void check_evidence(const void* value, Problems& problems) {
    const auto& evidence = *static_cast<const Evidence*>(value);
    check_country(evidence.country, "country", problems);
    if (evidence.since && to_text(*evidence.since).substr(0, 4) != fmt::format("{:04}", evidence.year))
        problems.push_back({"since", "evidence.since", "The day since when it runs must lie in the year given."});
}

void check_technology(const void* value, Problems& problems) {
    const auto& technology = *static_cast<const Technology*>(value);
    reference().disclosure.check(record_of<Technology>(), technology.disclosure, "disclosure", problems);
    check_codes(reference().classes, technology.classes, "classes", problems);
    check_codes(reference().countries, technology.territories, "territories", problems);
    check_codes(reference().traits, technology.traits, "traits", problems);
    check_country(technology.origin, "origin", problems);
    const std::int64_t highest = highest_level(technology.readiness.scale);
    for (std::size_t i = 0; i < technology.readiness_evidence.size(); ++i)
        if (technology.readiness_evidence[i].level > highest)
            problems.push_back({fmt::format("readiness_evidence[{}].level", i), "readiness.level", "The scale chosen has the levels 1 to {limit}.",
                {{"limit", std::to_string(highest)}}});
    if (technology.capacity_min && technology.capacity_max) {
        const auto min = convert(*technology.capacity_min, technology.capacity_max->unit);
        if (!min) problems.push_back({"capacity_max", "capacity.units", "Both capacities must be measured in the same kind of unit."});
        else if (*min > technology.capacity_max->value)
            problems.push_back({"capacity_max", "capacity.order", "The largest capacity must not be below the smallest."});
    }
    for (const auto& [cost, per, name] : {std::tuple(&technology.capital_cost, &technology.capital_cost_per, "capital_cost_per"),
             std::tuple(&technology.operating_cost, &technology.operating_cost_per, "operating_cost_per")}) {
        if (cost->has_value() != per->has_value()) problems.push_back({name, "cost.unit", "A cost needs the unit it is counted by, such as m3/d."});
        else if (*per && !parse_unit(**per))
            problems.push_back({name, "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", per->value().substr(0, 40)}}});
    }
}

void check_need(const void* value, Problems& problems) {
    const auto& need = *static_cast<const Need*>(value);
    reference().disclosure.check(record_of<Need>(), need.disclosure, "disclosure", problems);
    check_codes(reference().classes, need.classes, "classes", problems);
    check_codes(reference().traits, need.required_traits, "required_traits", problems);
    check_codes(reference().traits, need.excluded_traits, "excluded_traits", problems);
    check_country(need.country, "country", problems);
    for (std::size_t i = 0; i < need.excluded_traits.size(); ++i)
        if (std::find(need.required_traits.begin(), need.required_traits.end(), need.excluded_traits[i]) != need.required_traits.end())
            problems.push_back({fmt::format("excluded_traits[{}]", i), "need.contradiction", "The same trait is both required and excluded."});
}

void check_capital(const void* value, Problems& problems) {
    const auto& offer = *static_cast<const CapitalOffer*>(value);
    reference().disclosure.check(record_of<CapitalOffer>(), offer.disclosure, "disclosure", problems);
    check_codes(reference().classes, offer.classes, "classes", problems);
    check_codes(reference().countries, offer.countries, "countries", problems);
    if (offer.amount_min && offer.amount_max) {
        if (offer.amount_min->currency != offer.amount_max->currency)
            problems.push_back({"amount_max", "money.currencies", "Both amounts must be in the same currency."});
        else if (offer.amount_min->minor > offer.amount_max->minor)
            problems.push_back({"amount_max", "money.order", "The largest amount must not be below the smallest."});
    }
    if (offer.tenor_min && offer.tenor_max && *offer.tenor_min > *offer.tenor_max)
        problems.push_back({"tenor_max", "tenor.order", "The longest tenor must not be below the shortest."});
}

} // namespace

Record describe(const Provenance*) {
    return {"provenance", "Where an entry came from that has its home elsewhere.",
        {
            field<&Provenance::peer>("peer", "The peer's record here.", {.max = 60}),
            field<&Provenance::peer_name>("peer_name", "The bank or repository it came from.", {.max = 300}),
            field<&Provenance::country>("country", "Its country.", {.max = 2}),
            field<&Provenance::identifier>("identifier", "The identifier that names it at its home.", {.max = 1000}),
            field<&Provenance::page>("page", "Where it can be read at home.", {.max = 2000}),
            field<&Provenance::holder_name>("holder_name", "Whose it is there.", {.max = 300, .defaulted = true}),
            field<&Provenance::number>("number", "Its version there.", {.min = 1}),
            field<&Provenance::changed_at>("changed_at", "When it last changed there."),
            field<&Provenance::harvested_at>("harvested_at", "When it was harvested."),
            field<&Provenance::poor>("poor", "Made from Dublin Core, which has only title, text and words.", {.defaulted = true}),
        }};
}

Record describe(const Readiness*) {
    return {"readiness", "A readiness level on a named scale.",
        {field<&Readiness::scale>("scale", "GB/T 22900 (1–9), ISO 16290 (1–9) or IEA (1–11)."),
            field<&Readiness::level>("level", "The level on that scale.", {.min = 1, .max = 11})},
        check_readiness};
}

Record describe(const Figure*) {
    return {"figure", "A measured or promised figure with its source.",
        {
            field<&Figure::indicator>("indicator", "What is measured: a code of /reference/indicators.", {.min = 1, .max = 60}),
            field<&Figure::low>("low", "The value, or the lower end of a range."),
            field<&Figure::high>("high", "The upper end of a range."),
            field<&Figure::unit>("unit", "Unit, written like kWh/m3.", {.min = 1, .max = 40}),
            field<&Figure::conditions>("conditions", "Under which conditions it holds.", {.max = 1000}),
            field<&Figure::source>("source", "Where the figure is from.", {.min = 1, .max = 500}),
            field<&Figure::status>("status", "Public knowledge, a sample, or the holder's own word.", {.defaulted = true}),
        },
        check_figure};
}

Record describe(const Evidence*) {
    return {"evidence", "What shows that it works.",
        {field<&Evidence::kind>("kind", "A running case, a verification, a patent, a test report, a standard."),
            field<&Evidence::title>("title", "What it is.", {.min = 1, .max = 500}),
            field<&Evidence::number>("number", "The number of a patent, a standard or a report.", {.min = 1, .max = 80}),
            field<&Evidence::year>("year", "Year.", {.min = 1950, .max = 2100}), field<&Evidence::country>("country", "Where.", {.min = 2, .max = 2}),
            field<&Evidence::since>("since", "A running case: since which day; without it, it counts from the end of the year.")},
        check_evidence};
}

Record describe(const ReadinessEvidence*) {
    return {"readiness_evidence", "What shows a level of readiness.",
        {field<&ReadinessEvidence::level>("level", "Which level of the scale chosen.", {.min = 1, .max = 11}),
            field<&ReadinessEvidence::shows>("shows", "What it shows.", {.min = 1, .max = 1000}),
            field<&ReadinessEvidence::kind>("kind", "What kind of evidence it is."),
            field<&ReadinessEvidence::year>("year", "Year.", {.min = 1950, .max = 2100}),
            field<&ReadinessEvidence::link>("link", "Where it can be read.", {.min = 1, .max = 500}),
            field<&ReadinessEvidence::document>("document", "Number or title of the document.", {.min = 1, .max = 300})},
        check_readiness_evidence};
}

Record describe(const Keywords*) {
    return {"keywords", "Words a person would search for, by language.",
        {field<&Keywords::zh>("zh", "In Chinese.", {.max = 30}), field<&Keywords::en>("en", "In English.", {.max = 30}),
            field<&Keywords::ru>("ru", "In Russian.", {.max = 30})}};
}

Record describe(const Technology*) {
    return {"technology", "A green technology that somebody holds and others may use.",
        {
            field<&Technology::id>("id", "Id.", {.read_only = true}),
            field<&Technology::title>("title", "What the technology is called.", {.min = 1, .max = 300, .sort = true}),
            field<&Technology::summary>("summary", "What it does, in one or two sentences.", {.min = 1, .max = 1000}),
            field<&Technology::description>("description", "How it works, where it fits, what it needs.", {.max = 10'000}),
            field<&Technology::holder>("holder", "The organisation that holds it.", {.read_only = true, .filter = true}),
            field<&Technology::field>("field", "One of the six fields.", {.filter = true, .sort = true}),
            field<&Technology::classes>("classes", "Codes of the Green Bond Endorsed Projects Catalogue 2021.", {.max = 10, .filter = true}),
            field<&Technology::readiness>("readiness", "How mature it is."),
            field<&Technology::readiness_evidence>("readiness_evidence", "What shows the levels of readiness.", {.max = 40}),
            field<&Technology::figures>("figures", "What it achieves and uses.", {.max = 60}),
            field<&Technology::capacity_min>("capacity_min", "The smallest size one installation is built for.", {.min = 0}),
            field<&Technology::capacity_max>("capacity_max", "The largest size.", {.min = 0}),
            field<&Technology::capital_cost>("capital_cost", "Investment for one unit of capacity.", {.min = 0, .sort = true}),
            field<&Technology::capital_cost_per>("capital_cost_per", "That unit, such as m3/d.", {.min = 1, .max = 40}),
            field<&Technology::operating_cost>("operating_cost", "Running cost for one unit.", {.min = 0}),
            field<&Technology::operating_cost_per>("operating_cost_per", "That unit, such as m3.", {.min = 1, .max = 40}),
            field<&Technology::territories>(
                "territories", "Countries where rights may be granted; WORLD means everywhere.", {.min = 1, .max = 250, .filter = true}),
            field<&Technology::cooperation>("cooperation", "How others may come to use it.", {.max = 6}),
            field<&Technology::contract_min>("contract_min", "The smallest contract that the holder takes on.", {.min = 0}),
            field<&Technology::traits>("traits", "What must be known to choose it.", {.max = 30, .filter = true}),
            field<&Technology::evidence>("evidence", "What shows that it works.", {.max = 60}),
            field<&Technology::keywords>("keywords", "Words a person would search for.", {.defaulted = true}),
            field<&Technology::origin>("origin", "The country it comes from.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Technology::disclosure>("disclosure", "Fields that are not for everybody, and from which stage on they are shown.", {.max = 60}),
            field<&Technology::peer>("peer", "The peer it came from; absent: its home is here.", {.max = 60, .read_only = true, .filter = true}),
            field<&Technology::provenance>("provenance", "Where it came from.", {.read_only = true}),
            field<&Technology::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Technology::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Technology::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Technology::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Technology::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_technology, true};
}

Record describe(const Requirement*) {
    return {"requirement", "What a solution must achieve.",
        {field<&Requirement::indicator>("indicator", "What is measured: a code of /reference/indicators.", {.min = 1, .max = 60}),
            field<&Requirement::comparison>("comparison", "At most or at least."), field<&Requirement::value>("value", "The limit."),
            field<&Requirement::unit>("unit", "Unit, written like mg/m3.", {.min = 1, .max = 40}),
            field<&Requirement::hard>("hard", "What does not meet it is excluded.", {.defaulted = true})},
        check_requirement};
}

Record describe(const Need*) {
    return {"need", "What somebody is looking for.",
        {
            field<&Need::id>("id", "Id.", {.read_only = true}),
            field<&Need::title>("title", "What is needed.", {.min = 1, .max = 300, .sort = true}),
            field<&Need::summary>("summary", "The need in one or two sentences.", {.max = 1000}),
            field<&Need::description>("description", "The situation, the site, what was tried.", {.max = 10'000}),
            field<&Need::owner>("owner", "The organisation that needs it.", {.read_only = true, .filter = true}),
            field<&Need::field>("field", "One of the six fields.", {.filter = true, .sort = true}),
            field<&Need::classes>("classes", "Codes of the Green Bond Endorsed Projects Catalogue 2021.", {.max = 10, .filter = true}),
            field<&Need::requirements>("requirements", "What a solution must achieve.", {.max = 30}),
            field<&Need::capacity>("capacity", "How large the installation must be.", {.min = 0}),
            field<&Need::budget>("budget", "For the whole investment.", {.min = 0, .sort = true}),
            field<&Need::readiness_min>("readiness_min", "The least maturity accepted."),
            field<&Need::country>("country", "Where it will stand.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Need::place>("place", "The place in words.", {.max = 300}),
            field<&Need::required_traits>("required_traits", "Traits a solution must have.", {.max = 30}),
            field<&Need::excluded_traits>("excluded_traits", "Traits it must not have.", {.max = 30}),
            field<&Need::evidence_min>("evidence_min", "How many running cases it must show.", {.min = 0, .max = 100}),
            field<&Need::cooperation>("cooperation", "Ways of working together that are welcome; none: any.", {.max = 6}),
            field<&Need::keywords>("keywords", "Words that describe it.", {.defaulted = true}),
            field<&Need::deadline>("deadline", "Until when answers are welcome.", {.sort = true}),
            field<&Need::disclosure>("disclosure", "Fields that are not for everybody, and from which stage on they are shown.", {.max = 60}),
            field<&Need::peer>("peer", "The peer it came from; absent: its home is here.", {.max = 60, .read_only = true, .filter = true}),
            field<&Need::provenance>("provenance", "Where it came from.", {.read_only = true}),
            field<&Need::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Need::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Need::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Need::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Need::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_need, true};
}

Record describe(const CapitalOffer*) {
    return {"capital_offer", "Money that looks for green projects.",
        {
            field<&CapitalOffer::id>("id", "Id.", {.read_only = true}),
            field<&CapitalOffer::title>("title", "What the offer is called.", {.min = 1, .max = 300, .sort = true}),
            field<&CapitalOffer::summary>("summary", "The offer in one or two sentences.", {.min = 1, .max = 1000}),
            field<&CapitalOffer::provider>("provider", "The organisation that provides it.", {.read_only = true, .filter = true}),
            field<&CapitalOffer::kind>("kind", "Loan, lease, equity, guarantee, grant, insurance, bond or carbon loan.", {.filter = true, .sort = true}),
            field<&CapitalOffer::amount_min>("amount_min", "The smallest amount.", {.min = 0}),
            field<&CapitalOffer::amount_max>("amount_max", "The largest amount.", {.min = 0, .sort = true}),
            field<&CapitalOffer::tenor_min>("tenor_min", "The shortest tenor.", {.unit = "month", .min = 0, .max = 1200}),
            field<&CapitalOffer::tenor_max>("tenor_max", "The longest tenor.", {.unit = "month", .min = 0, .max = 1200}),
            field<&CapitalOffer::rate>("rate", "How it is priced.", {.max = 1000}),
            field<&CapitalOffer::countries>("countries", "Countries it may go to; WORLD means everywhere.", {.min = 1, .max = 250, .filter = true}),
            field<&CapitalOffer::fields>("fields", "Fields it may go to.", {.max = 6, .filter = true}),
            field<&CapitalOffer::classes>("classes", "Codes of the Green Bond Endorsed Projects Catalogue 2021.", {.max = 60, .filter = true}),
            field<&CapitalOffer::stages>("stages", "Stages of a project it may go to.", {.max = 4}),
            field<&CapitalOffer::collateral>("collateral", "What it takes as security.", {.max = 7}),
            field<&CapitalOffer::conditions>("conditions", "Further conditions.", {.max = 3000}),
            field<&CapitalOffer::disclosure>("disclosure", "Fields that are not for everybody, and from which stage on they are shown.", {.max = 60}),
            field<&CapitalOffer::peer>("peer", "The peer it came from; absent: its home is here.", {.max = 60, .read_only = true, .filter = true}),
            field<&CapitalOffer::provenance>("provenance", "Where it came from.", {.read_only = true}),
            field<&CapitalOffer::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&CapitalOffer::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&CapitalOffer::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&CapitalOffer::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&CapitalOffer::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_capital, true};
}

} // namespace greenbank::library
