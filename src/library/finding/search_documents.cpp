// search_documents.cpp — entries as search documents.
#include "library/finding/search_documents.h"

#include "library/library.h"
#include "library/reference.h"
#include "library/visibility.h"

namespace greenbank::library {

namespace {

void add(std::string& body, const Text& text) {
    for (const std::string* part : {&text.zh, &text.en, &text.ru})
        if (!part->empty()) (body += *part) += '\n';
}

/// The names of codes, so that a class or a country is found by its name in any language.
void add_names(std::string& body, const Vocabulary& vocabulary, const std::vector<std::string>& codes) {
    for (const std::string& code : codes)
        if (const Term* term = vocabulary.find(code)) add(body, term->name);
}

void add_facet(search::Document& document, std::string_view facet, std::string_view value) {
    if (!value.empty()) document.facets.emplace_back(facet, value);
}

/// A class counts for all classes above it: 1.3.2.1 also for 1.3.2, 1.3 and 1.
void add_classes(search::Document& document, const std::vector<std::string>& classes) {
    std::vector<std::string> all;
    for (const std::string& code : classes)
        for (std::size_t end = code.find('.');; end = code.find('.', end + 1)) {
            all.push_back(code.substr(0, end));
            if (end == std::string::npos) break;
        }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const std::string& code : all) add_facet(document, "class", code);
}

std::vector<std::string> all_keywords(const Keywords& keywords) {
    std::vector<std::string> all;
    for (const auto* list : {&keywords.zh, &keywords.en, &keywords.ru}) all.insert(all.end(), list->begin(), list->end());
    return all;
}

/// Entries whose home is here carry no such value.
template <class T> void add_provenance(search::Document& document, const T& entry) {
    if (!entry.provenance) return;
    add(document.body, entry.provenance->holder_name);
    add_facet(document, "peer", entry.provenance->peer_name);
}

/// What technologies and needs share.
template <class T>
search::Document entry_document(const T& entry, std::string_view kind, const std::optional<Id<Organisation>>& owner, std::string_view country) {
    search::Document document{.id = entry.id.text, .kind = std::string(kind), .title = entry.title, .summary = entry.summary};
    add(document.body, entry.description);
    add_names(document.body, reference().classes, entry.classes);
    add_names(document.body, reference().countries, {std::string(country)});
    document.keywords = all_keywords(entry.keywords);
    add_facet(document, "field", name_of(entry.field));
    add_facet(document, "country", country);
    add_facet(document, "state", name_of(entry.state));
    add_classes(document, entry.classes);
    add_provenance(document, entry);
    document.updated_at = entry.updated_at.microseconds;
    document.visible = token_of(entry.state, owner);
    return document;
}

} // namespace

std::int64_t common_level(const Readiness& readiness) { return readiness.scale == ReadinessScale::iea ? (readiness.level * 9 + 5) / 11 : readiness.level; }

search::Document document_of(const Technology& stored) {
    const Technology technology = teaser(stored); // what is hidden is not searchable at all
    search::Document document = entry_document(technology, "technology", stored.holder, technology.origin);
    add_names(document.body, reference().traits, technology.traits);
    for (const Figure& figure : technology.figures) add_names(document.body, reference().indicators, {figure.indicator});
    for (const Evidence& evidence : technology.evidence) add(document.body, evidence.title);
    add_facet(document, "readiness", std::to_string(common_level(technology.readiness)));
    return document;
}

search::Document document_of(const Need& stored) {
    const Need need = teaser(stored); // what is hidden is not searchable at all
    search::Document document = entry_document(need, "need", stored.owner, need.country);
    add(document.body, need.place);
    add_names(document.body, reference().traits, need.required_traits);
    for (const Requirement& requirement : need.requirements) add_names(document.body, reference().indicators, {requirement.indicator});
    return document;
}

search::Document document_of(const CapitalOffer& stored) {
    const CapitalOffer offer = teaser(stored); // what is hidden is not searchable at all
    search::Document document{.id = offer.id.text, .kind = "capital_offer", .title = offer.title, .summary = offer.summary};
    add(document.body, offer.rate);
    add(document.body, offer.conditions);
    add_names(document.body, reference().classes, offer.classes);
    for (const TechnologyField field : offer.fields) add_facet(document, "field", name_of(field));
    for (const std::string& country : offer.countries) add_facet(document, "country", country);
    add_facet(document, "state", name_of(offer.state));
    add_facet(document, "capital_kind", name_of(offer.kind));
    add_classes(document, offer.classes);
    add_provenance(document, offer);
    document.updated_at = offer.updated_at.microseconds;
    document.visible = token_of(offer.state, stored.provider);
    return document;
}

search::Document document_of(const Organisation& organisation) {
    search::Document document{.id = organisation.id.text, .kind = "organisation", .title = organisation.name, .summary = organisation.about};
    add(document.body, organisation.city);
    add_names(document.body, reference().countries, {organisation.country});
    add_facet(document, "country", organisation.country);
    add_facet(document, "organisation_kind", name_of(organisation.kind));
    document.updated_at = organisation.updated_at.microseconds;
    return document;
}

search::Document document_of(const Expert& expert) {
    search::Document document{.id = expert.id.text, .kind = "expert", .title = expert.name, .summary = expert.post};
    add(document.body, expert.about);
    add(document.body, expert.affiliation);
    add_names(document.body, reference().classes, expert.classes);
    add_names(document.body, reference().countries, {expert.country});
    document.keywords = all_keywords(expert.keywords);
    for (const TechnologyField field : expert.fields) add_facet(document, "field", name_of(field));
    add_facet(document, "country", expert.country);
    add_facet(document, "state", name_of(expert.state));
    add_classes(document, expert.classes);
    document.updated_at = expert.updated_at.microseconds;
    document.visible = token_of(expert.state, std::nullopt); // a draft is the bank's
    return document;
}

search::Document document_of(const Policy& policy) {
    search::Document document{.id = policy.id.text, .kind = "policy", .title = policy.title, .summary = policy.summary};
    add(document.body, policy.text);
    add(document.body, policy.issuer);
    if (policy.number) document.body += *policy.number + '\n';
    for (const PolicyBenefit& benefit : policy.benefits) add(document.body, benefit.what);
    add_names(document.body, reference().classes, policy.classes);
    document.keywords = all_keywords(policy.keywords);
    for (const TechnologyField field : policy.fields) add_facet(document, "field", name_of(field));
    std::vector<std::string> countries;
    for (const std::string& territory : policy.territories) countries.push_back(territory == "WORLD" ? territory : territory.substr(0, 2));
    std::sort(countries.begin(), countries.end());
    countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
    for (const std::string& country : countries) add_facet(document, "country", country);
    add_names(document.body, reference().countries, countries);
    add_facet(document, "state", name_of(policy.state));
    add_classes(document, policy.classes);
    document.updated_at = policy.updated_at.microseconds;
    document.visible = token_of(policy.state, std::nullopt); // a draft is the bank's
    return document;
}

} // namespace greenbank::library
