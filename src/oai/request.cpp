// request.cpp — which verb takes which arguments, and how each must look.
#include "oai/request.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace greenbank::oai {

namespace {

enum class Need { no, may, must };

struct VerbRow {
    std::string_view name;
    Need identifier, metadata_prefix, selection, resumption_token;
};

/// Clauses 4.1 to 4.6, in the order of `Verb`.
constexpr std::array<VerbRow, 6> verbs = {{
    {"Identify", Need::no, Need::no, Need::no, Need::no},
    {"ListMetadataFormats", Need::may, Need::no, Need::no, Need::no},
    {"ListSets", Need::no, Need::no, Need::no, Need::may},
    {"GetRecord", Need::must, Need::must, Need::no, Need::no},
    {"ListIdentifiers", Need::no, Need::must, Need::may, Need::may},
    {"ListRecords", Need::no, Need::must, Need::may, Need::may},
}};

Need need_of(const VerbRow& row, std::string_view argument) {
    if (argument == "identifier") return row.identifier;
    if (argument == "metadataPrefix") return row.metadata_prefix;
    if (argument == "from" || argument == "until" || argument == "set") return row.selection;
    return argument == "resumptionToken" ? row.resumption_token : Need::no;
}

void bad_argument(ProtocolErrors& errors, std::string message) { errors.push_back({"badArgument", std::move(message)}); }

void check_dates(const std::string* from, const std::string* until, Selection& selection, ProtocolErrors& errors) {
    const auto read = [&](const std::string* text, std::string_view name) {
        const auto datestamp = text ? parse_datestamp(*text) : std::nullopt;
        if (text && !datestamp) bad_argument(errors, fmt::format("{} must look like 2026-11-20 or 2026-11-20T08:00:00Z.", name));
        return datestamp;
    };
    const auto first = read(from, "from"), last = read(until, "until");
    if (first && last && first->granularity != last->granularity) return bad_argument(errors, "from and until must have the same granularity.");
    if (first && last && first->time > last->time) return bad_argument(errors, "from must not be later than until.");
    if (first) selection.from = first->time;
    if (last) selection.before = last->end();
}

} // namespace

std::string_view name_of(Verb verb) { return verbs[static_cast<std::size_t>(verb)].name; }

std::optional<Verb> parse_verb(std::string_view name) {
    for (std::size_t i = 0; i < verbs.size(); ++i)
        if (verbs[i].name == name) return static_cast<Verb>(i);
    return {};
}

void check_arguments(const Arguments& arguments, Request& request, ProtocolErrors& errors) {
    const auto find = [&](std::string_view name) -> const std::string* {
        for (const auto& [one, value] : arguments)
            if (one == name) return &value;
        return nullptr;
    };
    const auto times = [&](std::string_view name) {
        return std::count_if(arguments.begin(), arguments.end(), [&](const auto& one) { return one.first == name; });
    };

    const std::string* verb_name = find("verb");
    const auto verb = verb_name ? parse_verb(*verb_name) : std::nullopt;
    if (!verb || times("verb") > 1) {
        errors.push_back({"badVerb", !verb_name ? "The argument verb is missing." : verb ? "The argument verb is repeated." : "There is no such verb."});
        return;
    }
    request.verb = *verb;
    const VerbRow& row = verbs[static_cast<std::size_t>(*verb)];

    std::vector<std::string_view> seen;
    for (const auto& [name, value] : arguments) {
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        seen.push_back(name);
        if (times(name) > 1) bad_argument(errors, fmt::format("The argument {} is repeated.", name));
        if (name != "verb" && need_of(row, name) == Need::no) bad_argument(errors, fmt::format("{} takes no argument {}.", row.name, name));
        if (value.empty() && name != "resumptionToken") bad_argument(errors, fmt::format("The argument {} is empty.", name));
    }
    if (!errors.empty()) return;

    if (const std::string* token = find("resumptionToken")) {
        if (arguments.size() > 2) bad_argument(errors, "resumptionToken stands alone beside verb.");
        request.token = *token;
        // An empty token is no token that we gave.
        if (token->empty()) errors.push_back({"badResumptionToken", "The resumption token is empty."});
        return;
    }
    for (const std::string_view name : {"identifier", "metadataPrefix"})
        if (need_of(row, name) == Need::must && !find(name)) bad_argument(errors, fmt::format("{} needs the argument {}.", row.name, name));
    if (const std::string* identifier = find("identifier")) request.identifier = *identifier;
    if (const std::string* prefix = find("metadataPrefix")) {
        if (!is_metadata_prefix(*prefix)) bad_argument(errors, "metadataPrefix has characters that no prefix has.");
        request.format = *prefix;
    }
    if (const std::string* set = find("set")) {
        if (!is_set_spec(*set)) bad_argument(errors, "set has characters that no set has.");
        request.selection.set = *set;
    }
    check_dates(find("from"), find("until"), request.selection, errors);
}

} // namespace greenbank::oai
