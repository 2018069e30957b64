// names.h — short names for writers: prefixed names, and new labels for blank nodes.
#pragma once

#include "rdf/graph.h"

namespace greenbank::rdf {

class Namer {
public:
    /// Prefixes that are not plain words (a letter, then letters, digits and - _) are passed over.
    explicit Namer(const Prefixes& prefixes);

    /// "dct:title" where the rest behind a namespace is plain: letters, digits and _ with - and . inside.
    std::optional<std::string> shorten(std::string_view iri);
    /// "_:b0", by the order in which they are asked for.
    std::string blank(const Term& node);

    Prefixes& prefixes() { return prefixes_; }
    const Prefixes& used() const { return used_; }

private:
    Prefixes prefixes_, used_;
    std::map<std::string, std::string> blanks_;
};

} // namespace greenbank::rdf
