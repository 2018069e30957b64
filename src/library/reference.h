// Shared vocabularies as data, each with edition, source and status: classes, indicators, countries, traits, units, thesaurus.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/csv.h"
#include "kernel/record.h"
#include "kernel/result.h"
#include "library/assessment/assessment_reference.h"
#include "library/classes/classes.h"
#include "library/engine/disclosure.h"

namespace greenbank::library {

struct Term {
    std::string code;
    std::optional<std::string> parent;
    Text name;
    std::optional<std::string> unit;   // indicators: the usual unit
    std::optional<std::string> better; // indicators: "lower" or "higher"
    std::optional<std::string> status; // "public", "unconfirmed"
};
Record describe(const Term*);

struct Concept {
    std::string code;
    std::string broader;                 // empty at the top
    std::vector<std::string> zh, en, ru; // the preferred word first

    bool operator==(const Concept&) const = default;
};
using Thesaurus = std::vector<Concept>;

class Vocabulary {
public:
    Vocabulary() = default;
    Vocabulary(std::string name_, std::string edition_, std::string source_) :
        name(std::move(name_)), edition(std::move(edition_)), source(std::move(source_)) {}

    std::string name, edition, source;
    std::vector<Term> terms;

    const Term* find(std::string_view code) const;
    void add(Term term);

private:
    std::map<std::string, std::size_t, std::less<>> by_code_;
};

struct Reference {
    Vocabulary classes, indicators, countries, traits, units;
    Thesaurus thesaurus;    // as it came; thesaurus() is what holds
    Classes classification; // class trees beside the one that entries carry, cross-walks, patent prefixes
    AssessmentReference assessment;
    DisclosureLaw disclosure; // which fields of an entry are for everybody

    const Vocabulary* find(std::string_view name) const;
};

/// Reads the CSV files (path → text) of data/reference; a faulty file names its line.
Result<Reference> read_reference(const std::map<std::string, std::string_view>& files);
/// One of these files; a missing or faulty one is named.
Result<Csv> read_reference_csv(const std::map<std::string, std::string_view>& files, const std::string& name);

/// The reference that the descriptions' checks use (class codes, indicators, countries, traits); set once at start.
void set_reference(const Reference* reference);
const Reference& reference();

/// The thesaurus in force: that of the reference data until the bank's own is set, which may happen at any time. The same
/// pointer is the same thesaurus. Any thread.
std::shared_ptr<const Thesaurus> thesaurus();
void set_thesaurus(Thesaurus concepts);
/// The preferred word of a concept in each language.
Text preferred_name(const Concept& entry);

} // namespace greenbank::library
