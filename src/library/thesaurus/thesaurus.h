// thesaurus.h — the thesaurus that the bank edits: concepts with labels in three languages, kept in the store and in versions.
// Search, matching and suggestions read what is in force from memory; every server makes it anew when the feed names a concept.
#pragma once

#include "api/api.h"
#include "library/entries.h"
#include "library/library.h"

namespace greenbank::library {

inline constexpr Right edit_thesaurus{"bank.thesaurus"};

/// A concept as an edition of the reference data has it.
struct ReferenceConcept {
    std::string broader; // code; empty at the top
    Keywords words;      // the preferred label first
    bool gone = false;   // an edition that no longer has it

    bool operator==(const ReferenceConcept&) const = default;
};
Record describe(const ReferenceConcept*);

struct ThesaurusConcept {
    static constexpr std::string_view id_prefix = "concept";
    Id<ThesaurusConcept> id;
    std::string code; // stays for ever: the end of its IRI
    Text name;        // preferred labels
    Keywords alternative, hidden;
    Text scope_note;
    std::vector<Id<ThesaurusConcept>> broader, related; // the first broader one is what matching counts upwards
    State state = State::draft;                         // published: in force
    std::optional<Id<ThesaurusConcept>> merged_into;
    std::optional<ReferenceConcept> reference; // as last taken or declined; absent: entered by the bank
    std::optional<ReferenceConcept> conflict;  // what a newer edition says where the bank had edited
    bool conflicting = false;                  // whether there is one, to list them
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ThesaurusConcept*);

/// What stands in the reference's form: the preferred label and the alternative ones; nothing of what a reference has not.
ReferenceConcept reference_form(const ThesaurusConcept& entry, const std::string& broader_code);
ReferenceConcept reference_form(const Concept& entry);
/// Takes labels and the broader concept over.
void take_reference(ThesaurusConcept& entry, const ReferenceConcept& from, const std::optional<Id<ThesaurusConcept>>& broader);

constexpr std::size_t concepts_max = 20'000;
constexpr std::string_view concept_record = "concept"; // in the feed

/// All concepts in their order: those of the reference first, then by birth.
Result<std::vector<ThesaurusConcept>> all_concepts(Transaction& transaction);

/// What engines and checks need of a concept: a third of what a concept costs to read.
struct ConceptWords {
    Id<ThesaurusConcept> id;
    std::string code;
    Text name;
    Keywords alternative, hidden;
    std::vector<Id<ThesaurusConcept>> broader;
    State state = State::draft;
};
Record describe(const ConceptWords*);
/// The same concepts in the same order.
Result<std::vector<ConceptWords>> all_words(Transaction& transaction);
/// Those in force, as engines read them; hidden labels come last.
std::vector<Concept> in_force(const std::vector<ConceptWords>& concepts);
/// Reads what is in force from the store and lets everybody in this program use it. False where that is nothing new: a draft.
Result<bool> load_thesaurus(Store& store);
bool names_concepts(const std::vector<Announcement>& changes);

/// Fills an empty store from the reference data, and brings a newer edition of it in: what the bank left alone follows, what it
/// edited is kept and shown as a conflict. Once an edition, also where several servers start together.
Result<Done> bring_in_reference(Store& store, Time now);

/// Labels with a place among the concepts, for a check before saving: none twice in a concept, no preferred label taken, no circle.
Result<Done> check_concept(Transaction& transaction, const ThesaurusConcept& entry);
/// After a change: its version, and the feed.
Result<Done> concept_changed(
    Transaction& transaction, const Caller& caller, const ThesaurusConcept& entry, std::string_view action, const std::optional<std::string>& reason = {});
/// "heat_pump" from "Heat pump"; empty where there is nothing to make it from.
std::string code_from(std::string_view name);

std::vector<Endpoint> thesaurus_endpoints(search::Index& index);

} // namespace greenbank::library
