// schema_org.h — what a search engine reads in a page: schema.org as JSON-LD, texts in the language of the page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/money.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::rdf::schema_org {

// Empty texts and absent values are left out. Addresses are written as they are.

struct Organization {
    std::string id; // an IRI that is this organisation's on all pages
    std::string name;
    std::string url = {}, description = {};
    std::string country = {}; // ISO 3166 alpha-2
};

struct Download {
    std::string url;
    std::string media_type; // "text/csv"
};

struct Dataset {
    std::string id, url, name, description;
    std::optional<Language> language = {};
    std::string licence = {}; // its address
    std::vector<std::string> keywords = {};
    std::optional<Organization> creator = {};
    std::string catalogue_url = {}; // of the catalogue that includes it
    std::optional<Time> published = {}, modified = {};
    std::vector<Download> downloads = {};
};

/// A figure of a product: "COP", 3.8, "1".
struct Property {
    std::string name;
    double value = 0;
    std::string unit = {};
};

struct Price {
    std::optional<Money> from, to; // one price where both are the same
};

/// What somebody offers; inside a product, or alone with what it is about in `item`.
struct Offer {
    std::string id = {}, url = {}, name = {}, description = {};
    std::optional<Organization> seller = {};
    std::string item = {}; // the id of the product
    std::optional<Price> price = {};
    std::vector<std::string> countries = {}; // where it holds, ISO 3166 alpha-2
    std::optional<Date> valid_through = {};
};

/// A technology, say.
struct Product {
    std::string id, url, name, description;
    std::string image = {}, category = {};
    std::optional<Organization> maker = {};
    std::vector<Property> properties = {};
    std::vector<Offer> offers = {};
};

/// What somebody seeks; schema.org says it from the seeker's side ("seeks"), so it is written the other way round.
struct Demand {
    std::string id, url, name, description;
    std::optional<Organization> seeker = {};
    std::optional<Price> budget = {};
    std::vector<std::string> countries = {};
    std::optional<Date> valid_through = {};
};

// JSON to stand between <script type="application/ld+json"> and </script>: no text can end the script.
std::string script_of(const Organization& organization);
std::string script_of(const Dataset& dataset);
std::string script_of(const Product& product);
std::string script_of(const Offer& offer);
std::string script_of(const Demand& demand);

} // namespace greenbank::rdf::schema_org
