// thesaurus.cpp — what a concept is, and the thesaurus in force out of the store.
#include "library/thesaurus/thesaurus.h"

#include <fmt/format.h>

#include "search/folding.h"

namespace greenbank::library {

namespace {

constexpr std::size_t label_characters_max = 100;

/// Labels of one language, in the order that people gave them.
struct LanguageLabels {
    std::string_view language;
    const std::string& preferred;
    const std::vector<std::string>&alternative, &hidden;
};
std::vector<LanguageLabels> labels_of(const ThesaurusConcept& entry) {
    return {{"zh", entry.name.zh, entry.alternative.zh, entry.hidden.zh}, {"en", entry.name.en, entry.alternative.en, entry.hidden.en},
        {"ru", entry.name.ru, entry.alternative.ru, entry.hidden.ru}};
}

bool is_code(std::string_view code) {
    return !code.empty() && code.size() <= 51 && // an id is made of it
           std::all_of(code.begin(), code.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void check_labels(const ThesaurusConcept& entry, Problems& problems) {
    for (const auto& [language, preferred, alternative, hidden] : labels_of(entry)) {
        std::vector<std::string> seen;
        const auto check = [&](const std::string& label, const std::string& place) {
            if (trim(label).empty()) problems.push_back({place, "concept.label_empty", "A label must say something."});
            else if (length_in_characters(label) > label_characters_max)
                problems.push_back(
                    {place, "text.too_long", "The text must have at most {limit} characters.", {{"limit", std::to_string(label_characters_max)}}});
            const std::string said(trim(label)); // 二恶英 and 二噁英 are one to search, but two spellings
            if (std::find(seen.begin(), seen.end(), said) != seen.end())
                problems.push_back({place, "concept.label_twice", "The concept has the label {label} already.", {{"label", label}}});
            seen.push_back(said);
        };
        if (!preferred.empty()) check(preferred, fmt::format("name.{}", language));
        for (const auto& [list, name] : {std::pair(&alternative, "alternative"), {&hidden, "hidden"}})
            for (std::size_t i = 0; i < list->size(); ++i) check((*list)[i], fmt::format("{}.{}[{}]", name, language, i));
    }
}

void check_entry(const void* value, Problems& problems) {
    const auto& entry = *static_cast<const ThesaurusConcept*>(value);
    if (!entry.code.empty() && !is_code(entry.code))
        problems.push_back({"code", "concept.code", "A code is made of a to z, 0 to 9 and underscores, at most 51 of them."});
    check_labels(entry, problems);
    for (const auto& [list, name] : {std::pair(&entry.broader, "broader"), {&entry.related, "related"}})
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string place = fmt::format("{}[{}]", name, i);
            if (!entry.id.empty() && (*list)[i] == entry.id) problems.push_back({place, "concept.itself", "A concept cannot be linked to itself."});
            if (std::find(list->begin(), list->begin() + static_cast<std::ptrdiff_t>(i), (*list)[i]) != list->begin() + static_cast<std::ptrdiff_t>(i))
                problems.push_back({place, "concept.link_twice", "This concept is named already."});
        }
}

} // namespace

Record describe(const ReferenceConcept*) {
    return {"reference_concept", "A concept as an edition of the reference data has it.",
        {field<&ReferenceConcept::broader>("broader", "Code of the broader concept; empty at the top."),
            field<&ReferenceConcept::words>("words", "Its labels, the preferred one first."),
            field<&ReferenceConcept::gone>("gone", "The edition no longer has it.", {.defaulted = true})}};
}

Record describe(const ThesaurusConcept*) {
    return {"concept", "A concept of the thesaurus: what it is called, and what stands above and beside it.",
        {
            field<&ThesaurusConcept::id>("id", "Id.", {.read_only = true}),
            field<&ThesaurusConcept::code>(
                "code", "Its code, for ever; made from the English label where it is left out.", {.max = 51, .unique = true, .defaulted = true, .sort = true}),
            field<&ThesaurusConcept::name>("name", "The preferred label: what it is called on pages.", {.min = 1, .max = 100, .sort = true}),
            field<&ThesaurusConcept::alternative>("alternative", "Other labels; who searches for one finds all of them.", {.defaulted = true}),
            field<&ThesaurusConcept::hidden>("hidden", "Labels that are found but never shown: misspellings, old spellings.", {.defaulted = true}),
            field<&ThesaurusConcept::scope_note>("scope_note", "What is meant by it, and what is not.", {.max = 1000, .defaulted = true}),
            field<&ThesaurusConcept::broader>("broader", "Concepts above it, the main one first.", {.max = 5, .defaulted = true, .filter = true}),
            field<&ThesaurusConcept::related>("related", "Concepts beside it.", {.max = 20, .defaulted = true}),
            field<&ThesaurusConcept::state>("state", "Draft, published (in force) or withdrawn.", {.read_only = true, .filter = true}),
            field<&ThesaurusConcept::merged_into>("merged_into", "The concept that took its labels over.", {.read_only = true}),
            field<&ThesaurusConcept::reference>("reference", "What the reference data said when it was last taken or declined.", {.read_only = true}),
            field<&ThesaurusConcept::conflict>("conflict", "What a newer edition of the reference data says where the bank had edited.", {.read_only = true}),
            field<&ThesaurusConcept::conflicting>(
                "conflicting", "A newer edition of the reference data differs from what the bank edited.", {.read_only = true, .filter = true}),
            field<&ThesaurusConcept::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&ThesaurusConcept::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&ThesaurusConcept::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&ThesaurusConcept::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_entry};
}

ReferenceConcept reference_form(const ThesaurusConcept& entry, const std::string& broader_code) {
    const auto joined = [](const std::string& preferred, const std::vector<std::string>& alternative) {
        std::vector<std::string> words;
        if (!preferred.empty()) words.push_back(preferred);
        words.insert(words.end(), alternative.begin(), alternative.end());
        return words;
    };
    return {broader_code,
        {joined(entry.name.zh, entry.alternative.zh), joined(entry.name.en, entry.alternative.en), joined(entry.name.ru, entry.alternative.ru)}, false};
}

ReferenceConcept reference_form(const Concept& entry) { return {entry.broader, {entry.zh, entry.en, entry.ru}, false}; }

void take_reference(ThesaurusConcept& entry, const ReferenceConcept& from, const std::optional<Id<ThesaurusConcept>>& broader) {
    for (const auto& [words, preferred, alternative] : {std::tuple(&from.words.zh, &entry.name.zh, &entry.alternative.zh),
             {&from.words.en, &entry.name.en, &entry.alternative.en}, {&from.words.ru, &entry.name.ru, &entry.alternative.ru}}) {
        *preferred = words->empty() ? "" : words->front();
        alternative->assign(words->empty() ? words->begin() : words->begin() + 1, words->end());
    }
    entry.broader.clear();
    if (broader) entry.broader.push_back(*broader);
}

/// Those of the reference in its order, the others behind them as they come.
template <class T> static void put_in_order(std::vector<T>& concepts) {
    std::map<std::string, std::size_t, std::less<>> places; // of the reference
    for (const Concept& one : reference().thesaurus) places.emplace(one.code, places.size());
    const auto place = [&](const T& one) {
        const auto found = places.find(one.code);
        return found == places.end() ? places.size() : found->second;
    };
    std::stable_sort(concepts.begin(), concepts.end(), [&](const T& a, const T& b) { return place(a) < place(b); });
}

Result<std::vector<ThesaurusConcept>> all_concepts(Transaction& transaction) {
    auto concepts = TRY(transaction.find<ThesaurusConcept>(fmt::format("ORDER BY created_at, id LIMIT {}", concepts_max)));
    put_in_order(concepts);
    return concepts;
}

Record describe(const ConceptWords*) {
    return {"concept_words", "What a concept is called and where it stands.",
        {field<&ConceptWords::id>("id", "Id."), field<&ConceptWords::code>("code", "Its code."), field<&ConceptWords::name>("name", "The preferred label."),
            field<&ConceptWords::alternative>("alternative", "Other labels."), field<&ConceptWords::hidden>("hidden", "Labels that are never shown."),
            field<&ConceptWords::broader>("broader", "Concepts above it."), field<&ConceptWords::state>("state", "Whether it is in force.")}};
}

Result<std::vector<ConceptWords>> all_words(Transaction& transaction) {
    const Rows rows = TRY(transaction.query(
        fmt::format("SELECT id, code, name, alternative, hidden, broader, state FROM concept ORDER BY created_at, id LIMIT {}", concepts_max)));
    std::vector<ConceptWords> concepts(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) TRY(from_row(record_of<ConceptWords>(), &concepts[i], rows.columns, rows.rows[i]));
    put_in_order(concepts);
    return concepts;
}

std::vector<Concept> in_force(const std::vector<ConceptWords>& concepts) {
    std::map<std::string, std::string> codes; // by id
    for (const ConceptWords& one : concepts)
        if (one.state == State::published) codes.emplace(one.id.text, one.code);
    std::vector<Concept> made;
    for (const ConceptWords& one : concepts) {
        if (one.state != State::published) continue;
        Concept entry{one.code, "", {}, {}, {}};
        for (const Id<ThesaurusConcept>& above : one.broader)
            if (const auto found = codes.find(above.text); found != codes.end() && entry.broader.empty()) entry.broader = found->second;
        for (const auto& [words, name, alternative, hidden] : {std::tuple(&entry.zh, &one.name.zh, &one.alternative.zh, &one.hidden.zh),
                 {&entry.en, &one.name.en, &one.alternative.en, &one.hidden.en}, {&entry.ru, &one.name.ru, &one.alternative.ru, &one.hidden.ru}}) {
            if (!name->empty()) words->push_back(*name);
            words->insert(words->end(), alternative->begin(), alternative->end());
            words->insert(words->end(), hidden->begin(), hidden->end());
        }
        made.push_back(std::move(entry));
    }
    return made;
}

Result<bool> load_thesaurus(Store& store) {
    std::vector<Concept> concepts;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        concepts = in_force(TRY(all_words(transaction)));
        return Done{};
    }));
    if (concepts == *thesaurus()) return false;
    set_thesaurus(std::move(concepts));
    return true;
}

bool names_concepts(const std::vector<Announcement>& changes) {
    return std::any_of(changes.begin(), changes.end(), [](const Announcement& one) { return one.record == concept_record; });
}

Result<Done> check_concept(Transaction& transaction, const ThesaurusConcept& entry) {
    const auto concepts = TRY(all_words(transaction));
    if (concepts.size() >= concepts_max)
        return Error{Failure::conflict, "concept.too_many", "A thesaurus has at most {limit} concepts.", {{"limit", std::to_string(concepts_max)}}};
    std::map<std::string, const ConceptWords*> by_id;
    for (const ConceptWords& one : concepts) by_id.emplace(one.id.text, &one);
    Problems problems;
    for (const auto& [list, name] : {std::pair(&entry.broader, "broader"), {&entry.related, "related"}})
        for (std::size_t i = 0; i < list->size(); ++i)
            if (!by_id.contains((*list)[i].text))
                problems.push_back({fmt::format("{}[{}]", name, i), "concept.unknown", "There is no concept {concept}.", {{"concept", (*list)[i].text}}});
    for (const auto& [language, mine] : {std::pair(Language::zh, "name.zh"), {Language::en, "name.en"}, {Language::ru, "name.ru"}}) {
        const std::string label = search::fold(trim(entry.name.in(language)));
        if (label.empty()) continue;
        for (const ConceptWords& one : concepts)
            if (one.id != entry.id && one.state != State::withdrawn && search::fold(trim(one.name.in(language))) == label)
                problems.push_back({mine, "concept.label_taken", "The concept {code} has this preferred label.", {{"code", one.code}}});
    }
    // Upwards from what stands above: whoever comes back to the entry has found a circle.
    std::vector<std::string> way, seen;
    for (const Id<ThesaurusConcept>& above : entry.broader) way.push_back(above.text);
    while (!way.empty() && !entry.id.empty()) {
        const std::string at = std::move(way.back());
        way.pop_back();
        if (at == entry.id.text) {
            problems.push_back({"broader", "concept.circle", "A concept cannot stand above itself; one of these stands below it."});
            break;
        }
        const auto found = by_id.find(at);
        if (found == by_id.end() || std::find(seen.begin(), seen.end(), at) != seen.end()) continue;
        seen.push_back(at);
        for (const Id<ThesaurusConcept>& above : found->second->broader) way.push_back(above.text);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Done> concept_changed(
    Transaction& transaction, const Caller& caller, const ThesaurusConcept& entry, std::string_view action, const std::optional<std::string>& reason) {
    TRY(keep_version(transaction, caller, face_of(entry), action, reason));
    return transaction.announce(std::string(concept_record), entry.id.text, false);
}

std::string code_from(std::string_view name) {
    std::string code;
    for (const char c : search::fold(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) code += c;
        else if (!code.empty() && code.back() != '_') code += '_';
    }
    code = code.substr(0, 48);
    while (!code.empty() && code.back() == '_') code.pop_back();
    return code;
}

} // namespace greenbank::library
