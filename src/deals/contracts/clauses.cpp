// clauses.cpp — the templates, what a contract puts into them, and what it still owes them.
#include <fmt/format.h>

#include "api/words.h"
#include "deals/contracts/access.h"
#include "deals/contracts/clause_texts.h"

namespace greenbank::deals {

struct ContractNamed {
    Id<Contract> id;
};
Record describe(const ContractNamed*) { return {"contract_named", "Names a contract.", {field<&ContractNamed::id>("id", "Its id.")}}; }

Record describe(const ClauseText*) {
    return {"clause_text", "A clause of a contract, filled.",
        {field<&ClauseText::key>("key", "Which clause."), field<&ClauseText::title>("title", "Its title."), field<&ClauseText::body>("body", "Its text."),
            field<&ClauseText::missing>("missing", "Places that are not filled yet.")}};
}

struct ClauseTemplate {
    std::string key, edition, status;
    Text title, body;
    std::vector<ContractKind> kinds;
    std::vector<std::string> places;
};
Record describe(const ClauseTemplate*) {
    return {"clause_template", "A clause with places to fill. A sample: no legal advice.",
        {field<&ClauseTemplate::key>("key", "Its name."), field<&ClauseTemplate::edition>("edition", "Which edition."),
            field<&ClauseTemplate::status>("status", "What it is: a sample."), field<&ClauseTemplate::title>("title", "Its title."),
            field<&ClauseTemplate::body>("body", "Its text."), field<&ClauseTemplate::kinds>("kinds", "For which kinds of contract."),
            field<&ClauseTemplate::places>("places", "Places that the contract fills.")}};
}

const std::vector<Clause>& clause_templates() {
    static const std::vector<Clause> templates = [] {
        auto read = read_clauses(reference_file("contract_clauses.csv"));
        require(static_cast<bool>(read), "data/reference/contract_clauses.csv is not sound");
        return std::move(read).value();
    }();
    return templates;
}

std::vector<const Clause*> clauses_of(const Contract& contract) {
    std::vector<const Clause*> chosen;
    for (const Clause& clause : clause_templates()) {
        if (!(clause.kinds & bit_of(contract.kind))) continue;
        if (contract.amount.minor == 0 && (clause.key == "price" || clause.key == "payment" || clause.key == "escrow" || clause.key == "liability")) continue;
        if (std::find(contract.clauses_left_out.begin(), contract.clauses_left_out.end(), clause.key) == contract.clauses_left_out.end())
            chosen.push_back(&clause);
    }
    return chosen;
}

std::string day_text(Date day, Language language) {
    const std::string iso = to_text(day); // 2026-11-20
    const int year = std::stoi(iso.substr(0, 4)), month = std::stoi(iso.substr(5, 2)), number = std::stoi(iso.substr(8, 2));
    if (language == Language::zh) return fmt::format("{}年{}月{}日", year, month, number);
    if (language == Language::ru) return fmt::format("{:02}.{:02}.{}", number, month, year);
    constexpr const char* months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    return fmt::format("{} {} {}", number, months[month - 1], year);
}

std::string money_text(const Money& money) {
    std::string text = amount_text(money);
    const std::size_t point = text.find('.');
    for (std::size_t at = point == std::string::npos ? text.size() : point; at > 3; at -= 3) text.insert(at - 3, ",");
    return text + " " + money.currency;
}

Result<ClauseParameters> parameters_of(Transaction& transaction, const Contract& contract, Language language) {
    ClauseParameters all;
    for (const ClauseValue& value : contract.parameters) all[std::string(name_of(value.name))] = value.value.best(language);
    const std::string comma = language == Language::zh ? "；" : "; ";
    std::string parties, milestones;
    std::map<std::string, std::string> names;
    for (const ContractParty& party : contract.parties) {
        const Organisation organisation = TRY(transaction.get(party.organisation));
        names[party.organisation.text] = organisation.name.best(language);
        parties += fmt::format("{}{} ({}, {})", parties.empty() ? "" : comma, organisation.name.best(language),
            word(fmt::format("choice.party_role.{}", name_of(party.role)), language), organisation.country);
    }
    for (const ContractMilestone& milestone : contract.milestones) {
        milestones +=
            fmt::format("{}{}. {}, {}: ", milestones.empty() ? "" : comma, milestone.number, milestone.title.best(language), day_text(milestone.due, language));
        for (std::size_t i = 0; i < milestone.parts.size(); ++i)
            milestones += fmt::format("{}{} {}", i ? ", " : "", names[milestone.parts[i].organisation.text], money_text(milestone.parts[i].amount));
    }
    const auto language_name = [&](TextLanguage one) { return word(fmt::format("choice.text_language.{}", name_of(one)), language); };
    all["parties"] = parties;
    all["milestones"] = milestones;
    all["subject"] = contract.subject.best(language);
    all["title"] = contract.title.best(language);
    all["amount"] = money_text(contract.amount);
    all["starts_on"] = contract.starts_on ? day_text(*contract.starts_on, language) : "";
    all["ends_on"] = contract.ends_on ? day_text(*contract.ends_on, language) : "";
    all["governing_language"] = language_name(contract.governing_language);
    all["languages"] = language_name(contract.governing_language) + (contract.second_language ? ", " + language_name(*contract.second_language) : "");
    return all;
}

std::string place_name(std::string_view place, Language language) {
    const std::string key = fmt::format("choice.clause_place.{}", place);
    return find_word(key) ? word(key, language) : word(fmt::format("field.contract.{}", place), language);
}

Result<Problems> text_problems(Transaction& transaction, const Contract& contract, Language language) {
    Problems problems;
    const ClauseParameters parameters = TRY(parameters_of(transaction, contract, Language::en));
    std::vector<std::string> named;
    for (const Clause* clause : clauses_of(contract))
        for (const std::string& place : filled(*clause, Language::en, parameters).missing) {
            if (std::find(named.begin(), named.end(), place) != named.end()) continue;
            named.push_back(place);
            const bool own = place == "starts_on" || place == "ends_on" || place == "milestones";
            problems.push_back({own ? place : "parameters", "contract.parameter_missing", "The clause “{clause}” needs a value for {place}.",
                {{"clause", clause->title.best(language)}, {"place", place_name(place, language)}}});
        }
    std::int64_t sum = 0;
    for (const ContractMilestone& milestone : contract.milestones)
        for (const MilestonePart& part : milestone.parts) sum += part.amount.minor;
    if (sum != contract.amount.minor)
        problems.push_back({"milestones", "contract.sum", "The milestones come to {sum}, the contract to {amount}.",
            {{"sum", money_text({sum, contract.amount.currency})}, {"amount", money_text(contract.amount)}}});
    return problems;
}

Result<std::vector<ClauseText>> clause_texts(Transaction& transaction, const Contract& contract) {
    std::vector<ClauseText> texts;
    ClauseParameters parameters[3];
    for (const Language language : {Language::zh, Language::en, Language::ru})
        parameters[static_cast<int>(language)] = TRY(parameters_of(transaction, contract, language));
    for (const Clause* clause : clauses_of(contract)) {
        ClauseText text{.key = clause->key, .title = clause->title, .body = {}, .missing = {}};
        for (const Language language : {Language::zh, Language::en, Language::ru}) {
            FilledClause one = filled(*clause, language, parameters[static_cast<int>(language)]);
            text.body.in(language) = std::move(one.body);
            text.missing = std::move(one.missing);
        }
        texts.push_back(std::move(text));
    }
    if (!contract.special_terms.empty()) {
        Text title;
        for (const Language language : {Language::zh, Language::en, Language::ru}) title.in(language) = word("deals.special_terms", language);
        texts.push_back({.key = "special_terms", .title = std::move(title), .body = contract.special_terms, .missing = {}});
    }
    return texts;
}

namespace {

Result<Page<ClauseText>> contract_clauses(Transaction& transaction, const Caller& caller, const ContractNamed& key) {
    const auto contract = TRY(own_contract(transaction, caller, key.id));
    Page<ClauseText> page{.items = TRY(clause_texts(transaction, contract)), .next = {}};
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Page<ClauseTemplate>> clause_list(Transaction&, const Caller&) {
    Page<ClauseTemplate> page;
    for (const Clause& clause : clause_templates()) {
        ClauseTemplate row{clause.key, clause.edition, clause.status, clause.title, clause.body, {}, places_of(clause.body.en)};
        for (std::size_t kind = 0; kind < std::size(Choices<ContractKind>::values); ++kind)
            if (clause.kinds & 1U << kind) row.kinds.push_back(static_cast<ContractKind>(kind));
        page.items.push_back(std::move(row));
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

std::vector<Endpoint> clause_endpoints() {
    return {
        // clang-format off
        {"clause_list", Method::get, "/contract-clauses", "Templates of clauses: samples, no legal advice.", Mode::read, open_to_all, call(clause_list)},
        {"contract_clause_list", Method::get, "/contracts/{id}/clauses", "The clauses of a contract, filled, in three languages.", Mode::read, signed_in, call(contract_clauses)},
        // clang-format on
    };
}

} // namespace greenbank::deals
