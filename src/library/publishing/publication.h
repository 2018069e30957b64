// publication.h — the library for other machines: OAI-PMH for harvesters, DCAT-AP for data portals, SKOS for vocabularies, a
// sitemap and schema.org for search engines. All of it is public, and shows published entries only.
#pragma once

#include "api/api.h"
#include "library/library.h"

namespace greenbank::library {

/// How the bank is called from outside: "https://bank.example"; without a slash at its end.
struct PublicAddress {
    std::string base;
    std::string contact; // an e-mail address that somebody reads; empty: the postmaster's

    /// The host for identifiers; a name that nobody owns where the address has none with a dot.
    std::string host() const;
};

/// `address` may become known later, and must outlive the rows.
std::vector<Endpoint> publication_endpoints(const PublicAddress& address);

/// schema.org of an entry's page as a <script> element for its head; nothing where the path is no published entry's.
Result<std::optional<std::string>> landing_script(Store& store, const PublicAddress& address, std::string_view path, Language language);

} // namespace greenbank::library
