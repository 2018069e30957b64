// graph.h — terms, triples and a graph of them (RDF 1.1 Concepts).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/result.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::rdf {

struct Term {
    enum class Kind { iri, blank, literal };

    Kind kind = Kind::iri;
    std::string value;         // the IRI; the label of a blank node; the text of a literal
    std::string language = {}; // of a literal, lower case; empty for none
    std::string datatype = {}; // of a literal, an IRI; empty for plain text (xsd:string) and text in a language

    auto operator<=>(const Term&) const = default;
};

/// `text` must be an absolute IRI; is_iri() tells.
Term iri(std::string text);
/// The same for what people typed: a problem at `field` and nothing where it is none.
std::optional<Term> checked_iri(const std::string& text, std::string_view field, Problems& problems);
/// A language that is no tag of BCP 47 is left out.
Term literal(std::string text, std::string_view language = {});
/// A literal of a datatype; xsd:string is plain text.
Term typed(std::string text, std::string datatype);
Term typed(Time time); // xsd:dateTime
Term typed(Date date); // xsd:date

struct Triple {
    Term subject, predicate, object;

    auto operator<=>(const Triple&) const = default;
};

/// A triple whose terms stay in their graph: the same term has the same address.
struct Statement {
    const Term *subject, *predicate, *object;
};

/// Prefix to namespace: "dct" to "http://purl.org/dc/terms/".
using Prefixes = std::map<std::string, std::string, std::less<>>;

/// A set of triples. Moves, but does not copy.
class Graph {
public:
    Graph() = default;
    Graph(Graph&&) = default;
    Graph& operator=(Graph&&) = default;

    Prefixes prefixes; // for writers

    /// False where the triple was there already. A literal is no subject, and only an IRI is a predicate.
    bool add(const Term& subject, const Term& predicate, const Term& object);
    /// One triple a language of a text.
    void add(const Term& subject, const Term& predicate, const Text& text);
    /// A blank node of a label that was not yet used here.
    Term blank();

    std::size_t size() const { return triples_.size(); }
    std::size_t bytes() const { return bytes_; } // of all terms, each counted once
    bool contains(const Term& subject, const Term& predicate, const Term& object) const;
    /// In the order of their terms.
    std::vector<Term> objects(const Term& subject, const Term& predicate) const;
    std::vector<Term> subjects(const Term& predicate, const Term& object) const;
    /// All, in the order of their terms: the same set gives the same list.
    std::vector<Statement> statements() const;
    std::vector<Triple> triples() const; // as copies

private:
    using Number = std::uint32_t;
    using Numbers = std::array<Number, 3>;

    Number number_of(const Term& term);
    std::optional<Number> find(const Term& term) const;
    std::vector<Term> third(const std::set<Numbers>& order, const Term& first, const Term& second) const;

    struct Hash {
        std::size_t operator()(const Term& term) const;
    };

    std::unordered_map<Term, Number, Hash> numbers_;
    std::vector<const Term*> terms_;           // keys of numbers_
    std::set<Numbers> triples_, by_predicate_; // subject-predicate-object; predicate-object-subject
    std::uint64_t blanks_ = 0;
    std::size_t bytes_ = 0;
};

/// What a reader of a graph takes at most.
struct ReadLimits {
    std::size_t bytes_max = 32 << 20;
    std::size_t triples_max = 1'000'000;
    std::size_t terms_bytes_max = 256 << 20; // prefixes make long names out of short ones
    std::size_t depth_max = 64;
};

} // namespace greenbank::rdf
