// graph.cpp — triples as numbers of terms, in two orders.
#include "rdf/graph.h"

#include <algorithm>

#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace greenbank::rdf {

Term iri(std::string text) {
    require(is_iri(text), "a term needs an absolute IRI");
    return {Term::Kind::iri, std::move(text)};
}

std::optional<Term> checked_iri(const std::string& text, std::string_view field, Problems& problems) {
    if (is_iri(text)) return iri(text);
    problems.push_back({std::string(field), "rdf.iri", "\"{iri}\" is no absolute IRI such as https://bank.example/x.", {{"iri", text.substr(0, 200)}}});
    return {};
}

namespace {

bool is_language_tag(std::string_view text) {
    for (const std::string_view part : split(text, '-')) {
        const bool primary = part.data() == text.data();
        if (part.empty() || part.size() > 8) return false;
        for (const char c : part)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!primary && c >= '0' && c <= '9'))) return false;
    }
    return true;
}

} // namespace

Term literal(std::string text, std::string_view language) {
    if (!is_language_tag(language)) language = {};
    Term term{Term::Kind::literal, std::move(text), std::string(language)};
    for (char& c : term.language)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return term;
}

Term typed(std::string text, std::string datatype) {
    if (datatype == xsd("string")) datatype.clear();
    return {Term::Kind::literal, std::move(text), {}, std::move(datatype)};
}

Term typed(Time time) { return typed(to_text(time), xsd("dateTime")); }
Term typed(Date date) { return typed(to_text(date), xsd("date")); }

std::size_t Graph::Hash::operator()(const Term& term) const {
    const std::hash<std::string_view> hash;
    return hash(term.value) ^ (hash(term.language) * 3 + hash(term.datatype) * 5 + static_cast<std::size_t>(term.kind));
}

Graph::Number Graph::number_of(const Term& term) {
    const auto [at, fresh] = numbers_.emplace(term, static_cast<Number>(terms_.size()));
    if (fresh) {
        terms_.push_back(&at->first);
        bytes_ += term.value.size() + term.language.size() + term.datatype.size();
    }
    return at->second;
}

std::optional<Graph::Number> Graph::find(const Term& term) const {
    const auto found = numbers_.find(term);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

bool Graph::add(const Term& subject, const Term& predicate, const Term& object) {
    require(subject.kind != Term::Kind::literal && predicate.kind == Term::Kind::iri, "a literal is no subject and only an IRI is a predicate");
    const Number s = number_of(subject), p = number_of(predicate), o = number_of(object);
    by_predicate_.insert({p, o, s});
    return triples_.insert({s, p, o}).second;
}

void Graph::add(const Term& subject, const Term& predicate, const Text& text) {
    for (const Language language : {Language::zh, Language::en, Language::ru})
        if (!text.in(language).empty()) add(subject, predicate, literal(text.in(language), to_text(language)));
}

Term Graph::blank() {
    while (true) {
        const Term term{Term::Kind::blank, "b" + std::to_string(blanks_++)};
        if (!numbers_.contains(term)) return term;
    }
}

bool Graph::contains(const Term& subject, const Term& predicate, const Term& object) const {
    const auto s = find(subject), p = find(predicate), o = find(object);
    return s && p && o && triples_.contains({*s, *p, *o});
}

std::vector<Term> Graph::third(const std::set<Numbers>& order, const Term& first, const Term& second) const {
    std::vector<Term> found;
    const auto a = find(first), b = find(second);
    if (!a || !b) return found;
    for (auto at = order.lower_bound({*a, *b, 0}); at != order.end() && (*at)[0] == *a && (*at)[1] == *b; ++at) found.push_back(*terms_[(*at)[2]]);
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Term> Graph::objects(const Term& subject, const Term& predicate) const { return third(triples_, subject, predicate); }
std::vector<Term> Graph::subjects(const Term& predicate, const Term& object) const { return third(by_predicate_, predicate, object); }

std::vector<Statement> Graph::statements() const {
    // Each term is compared once with others, then triples by the places of their terms.
    std::vector<Number> order(terms_.size()), place(terms_.size());
    for (Number i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](Number a, Number b) { return *terms_[a] < *terms_[b]; });
    for (Number i = 0; i < order.size(); ++i) place[order[i]] = i;
    std::vector<Numbers> sorted;
    sorted.reserve(triples_.size());
    for (const auto& [s, p, o] : triples_) sorted.push_back({place[s], place[p], place[o]});
    std::sort(sorted.begin(), sorted.end());
    std::vector<Statement> all;
    all.reserve(sorted.size());
    for (const auto& [s, p, o] : sorted) all.push_back({terms_[order[s]], terms_[order[p]], terms_[order[o]]});
    return all;
}

std::vector<Triple> Graph::triples() const {
    std::vector<Triple> all;
    for (const Statement& one : statements()) all.push_back({*one.subject, *one.predicate, *one.object});
    return all;
}

} // namespace greenbank::rdf
