// thesaurus_plan.h — what a SKOS file would make of the thesaurus: each concept compared with the store, none written. Pure.
#pragma once

#include "library/thesaurus/thesaurus_exchange.h"

namespace greenbank::library {

inline constexpr std::size_t thesaurus_items_max = 500; // changes and problems that are told

inline std::string scheme_iri(const PublicAddress& address) { return address.base + "/thesaurus"; }

inline constexpr Language thesaurus_languages[] = {Language::zh, Language::en, Language::ru};
inline constexpr std::string_view thesaurus_language_codes[] = {"zh", "en", "ru"};
inline std::vector<std::string>& list_in(Keywords& words, Language language) {
    return language == Language::zh ? words.zh : language == Language::en ? words.en : words.ru;
}
inline const std::vector<std::string>& list_in(const Keywords& words, Language language) { return list_in(const_cast<Keywords&>(words), language); }

struct ThesaurusPlan {
    struct Step {
        std::optional<ThesaurusConcept> before;
        ThesaurusConcept after;
    };
    std::vector<Step> steps;
    ThesaurusDifference difference;
};

/// Concepts that are faulty or clash are left out and named, in `language`; the others stand. An error: the file is no thesaurus.
Result<ThesaurusPlan> plan_thesaurus(const rdf::Graph& graph, std::vector<ThesaurusConcept> stored, const PublicAddress& address, Language language);

} // namespace greenbank::library
