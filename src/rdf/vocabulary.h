// vocabulary.h — names of the vocabularies we write and read: xsd("date") is the IRI of xsd:date.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::rdf {

constexpr std::string_view rdf_space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view xsd_space = "http://www.w3.org/2001/XMLSchema#";
constexpr std::string_view dct_space = "http://purl.org/dc/terms/";
constexpr std::string_view dcat_space = "http://www.w3.org/ns/dcat#";
constexpr std::string_view dcatap_space = "http://data.europa.eu/r5r/";
constexpr std::string_view foaf_space = "http://xmlns.com/foaf/0.1/";
constexpr std::string_view skos_space = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view vcard_space = "http://www.w3.org/2006/vcard/ns#";

inline std::string name_in(std::string_view space, std::string_view local) { return std::string(space).append(local); }
inline std::string rdf(std::string_view local) { return name_in(rdf_space, local); }
inline std::string xsd(std::string_view local) { return name_in(xsd_space, local); }

} // namespace greenbank::rdf
