// dublin_core.h — oai_dc, the format every repository speaks: fifteen elements, each any number of times.
#pragma once

#include <string>
#include <vector>

#include "oai/repository.h"
#include "xml/read.h"

namespace greenbank::oai {

constexpr std::string_view dublin_core_prefix = "oai_dc";
constexpr std::string_view dublin_core_space = "http://www.openarchives.org/OAI/2.0/oai_dc/";
constexpr std::string_view dublin_core_schema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";

struct DublinText {
    std::string text;
    std::string language = {}; // of the text, as xml:lang has it; empty where unknown

    bool operator==(const DublinText&) const = default;
};
using DublinTexts = std::vector<DublinText>;

struct DublinCore {
    DublinTexts titles, creators, subjects, descriptions, publishers, contributors;
    DublinTexts dates; // ISO 8601: 2026, 2026-11, 2026-11-20 or with the time
    DublinTexts types, formats, identifiers, sources;
    DublinTexts languages; // ISO 639: zho, en, ru
    DublinTexts relations, coverages, rights;

    bool operator==(const DublinCore&) const = default;
};

/// The row of ListMetadataFormats.
Format dublin_core_format();
/// One element with its namespaces. Empty texts, and dates and languages that are none, are left out: harvesters (BASE) count
/// them as faults.
std::string write_dublin_core(const DublinCore& record);
/// `element` must be the dc element of oai_dc. Texts are trimmed, empty ones and foreign elements are passed over; dates and
/// languages stay as they were sent.
DublinCore read_dublin_core(const xml::Element& element);

bool is_iso_8601(std::string_view text);
bool is_iso_639(std::string_view text); // two or three letters, and what BCP 47 may add to them

} // namespace greenbank::oai
