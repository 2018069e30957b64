// iri.h — names of the web: RFC 3987 IRIs, and RFC 3986 clause 5 to resolve the relative ones.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::rdf {

constexpr std::size_t iri_bytes_max = 4096;

/// A scheme, a colon, and no character that Turtle forbids in an IRI (blanks, controls and <>"{}|^`\).
bool is_iri(std::string_view text);
/// The same text with forbidden characters percent-encoded: "https://a.example/水 泵" may be written as an address.
std::string escape_iri(std::string_view text);
/// RFC 3986, 5.2. An empty base leaves the reference as it is.
std::string resolve(std::string_view base, std::string_view reference);

} // namespace greenbank::rdf
