// dcat.h — a catalogue of data sets as DCAT-AP 2.1.1 (SEMIC, 2021), with what its shapes demand and recommend.
#pragma once

#include <span>

#include "rdf/graph.h"

namespace greenbank::rdf::dcat {

// Codes are those of the authorities that DCAT-AP names; codes() lists the ones we know.

struct Agent {
    std::string iri;
    Text name;
    std::string type; // ADMS publisher type: "NationalAuthority", "Company"
};

struct Licence {
    std::string iri;  // https://creativecommons.org/licenses/by/4.0/
    std::string type; // ADMS licence type: "Attribution"
};

struct Contact {
    Text name;
    std::string email; // empty for none
};

/// A country or a part of it, with its box in degrees.
struct Place {
    std::string iri; // http://publications.europa.eu/resource/authority/country/CHN
    double west = -180, south = -90, east = 180, north = 90;
};

struct Period {
    std::optional<Date> begin, end;
};

struct Distribution {
    std::string iri;
    Text title = {}, description;
    std::string access_url;        // a page or a file
    std::string download_url = {}; // a file; empty for none
    std::string media_type;        // IANA: "text/csv"
    std::string format;            // file type: "CSV", "JSON_LD"
    std::string availability = "AVAILABLE";
    std::optional<Licence> licence;
    std::optional<Time> issued = {}, modified = {};
    std::optional<std::int64_t> size_bytes = {};
};

struct Dataset {
    std::string iri;
    std::string identifier = {}; // ours, for people
    Text title, description;
    std::vector<Text> keywords;
    std::vector<std::string> themes; // data themes: "ENVI", "ENER", "TECH"
    std::optional<Agent> publisher;
    std::optional<Contact> contact;
    std::string landing_page = {};
    std::vector<Language> languages = {};
    std::optional<Place> place;
    std::optional<Period> period;
    std::optional<Time> issued, modified;
    std::vector<Distribution> distributions;
};

struct Catalogue {
    std::string iri;
    Text title, description;
    Agent publisher;
    std::string homepage;
    std::vector<Language> languages;
    Licence licence;
    std::optional<Place> place;
    std::optional<Time> issued, modified;
    std::vector<Dataset> datasets;
};

/// Everything that is named is described as far as the shapes look: languages, themes, formats and places carry their classes, labels
/// and schemes. What DCAT-AP demands and is missing, IRIs that are none and codes we do not know are problems at
/// "datasets[3].distributions[0].access_url".
Result<Graph> graph_of(const Catalogue& catalogue);

enum class Authority { theme, file_type, availability, licence_type, publisher_type };

struct Code {
    std::string_view code, label; // the label in English, as the authority gives it
};
std::span<const Code> codes(Authority authority);

} // namespace greenbank::rdf::dcat
