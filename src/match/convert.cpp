// convert.cpp — field by field; texts become concepts.
#include "match/convert.h"

namespace greenbank::match {

namespace {

std::vector<ThesaurusEntry> entries_of(const library::Thesaurus& thesaurus) {
    std::vector<ThesaurusEntry> entries;
    for (const library::Concept& one : thesaurus) {
        ThesaurusEntry entry{one.code, one.broader, {}};
        for (const auto* words : {&one.zh, &one.en, &one.ru}) entry.words.insert(entry.words.end(), words->begin(), words->end());
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<int> ways(const std::vector<library::Cooperation>& list) {
    std::vector<int> made;
    for (const library::Cooperation one : list) made.push_back(static_cast<int>(one));
    return made;
}

} // namespace

Level to_level(const library::Readiness& readiness) { return {static_cast<int>(readiness.scale), readiness.level}; }

Converter::Converter(const library::Thesaurus& thesaurus, TextWeights text, Fold fold, Stem stem) :
    text_(text), finder_(entries_of(thesaurus), std::move(fold), std::move(stem)) {
    for (const library::Concept& one : thesaurus) names_.push_back(library::preferred_name(one));
}

std::vector<ConceptWeight> Converter::weigh(std::initializer_list<std::pair<const Text*, std::int64_t>> texts, const library::Keywords& keywords) const {
    std::vector<Passage> passages;
    const auto add = [&](const std::string& text, std::int64_t weight) {
        if (!text.empty() && weight > 0) passages.push_back({text, static_cast<std::uint32_t>(weight)});
    };
    for (const auto& [text, weight] : texts)
        for (const std::string* one : {&text->zh, &text->en, &text->ru}) add(*one, weight);
    for (const auto* words : {&keywords.zh, &keywords.en, &keywords.ru})
        for (const std::string& word : *words) add(word, text_.keywords);
    return finder_.weigh(passages);
}

template <class Entry> std::vector<ConceptWeight> Converter::concepts_of(const Entry& entry) const {
    return weigh({{&entry.title, text_.title}, {&entry.summary, text_.summary}, {&entry.description, text_.description}}, entry.keywords);
}

Candidate Converter::candidate(const library::Technology& technology) const {
    Candidate made{
        .id = technology.id.text,
        .field = static_cast<int>(technology.field),
        .classes = technology.classes,
        .readiness = to_level(technology.readiness),
        .promises = {},
        .capacity_min = technology.capacity_min,
        .capacity_max = technology.capacity_max,
        .capital_cost = technology.capital_cost,
        .capital_cost_per = technology.capital_cost_per.value_or(""),
        .territories = technology.territories,
        .traits = technology.traits,
        .proofs = {},
        .origin = technology.origin,
        .concepts = concepts_of(technology),
        .cooperation = ways(technology.cooperation),
        .contract_min = technology.contract_min,
    };
    for (const library::Figure& figure : technology.figures) made.promises.push_back({figure.indicator, figure.low, figure.high, figure.unit});
    for (const library::Evidence& evidence : technology.evidence) made.proofs.push_back({static_cast<int>(evidence.kind), evidence.country});
    return made;
}

Wish Converter::wish(const library::Need& need) const {
    Wish made{
        .field = static_cast<int>(need.field),
        .classes = need.classes,
        .requirements = {},
        .capacity = need.capacity,
        .budget = need.budget,
        .readiness_min = {},
        .country = need.country,
        .required_traits = need.required_traits,
        .excluded_traits = need.excluded_traits,
        .cases_min = need.evidence_min.value_or(0),
        .concepts = concepts_of(need),
        .cooperation = ways(need.cooperation),
        .deadline = need.deadline,
    };
    if (need.readiness_min) made.readiness_min = to_level(*need.readiness_min);
    for (const library::Requirement& one : need.requirements)
        made.requirements.push_back({one.indicator, one.comparison == library::Comparison::at_most, one.value, one.unit, one.hard});
    return made;
}

ExpertCandidate Converter::expert(const library::Expert& expert) const {
    ExpertCandidate made{.id = expert.id.text,
        .fields = {},
        .classes = expert.classes,
        .languages = expert.languages,
        .country = expert.country,
        .available_from = expert.available_from,
        .available_until = expert.available_until,
        .concepts = weigh({{&expert.post, text_.title}, {&expert.about, text_.title}}, expert.keywords)};
    for (const library::TechnologyField field : expert.fields) made.fields.push_back(static_cast<int>(field));
    return made;
}

} // namespace greenbank::match
