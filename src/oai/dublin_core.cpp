// dublin_core.cpp — the fifteen elements as a table, written and read by it.
#include "oai/dublin_core.h"

#include <algorithm>

#include "kernel/text.h"
#include "xml/write.h"

namespace greenbank::oai {

namespace {

constexpr std::string_view elements_space = "http://purl.org/dc/elements/1.1/";

struct ElementRow {
    std::string_view name;
    DublinTexts DublinCore::*texts;
    bool (*allowed)(std::string_view text) = nullptr;
};

constexpr ElementRow elements[] = {{"title", &DublinCore::titles}, {"creator", &DublinCore::creators}, {"subject", &DublinCore::subjects},
    {"description", &DublinCore::descriptions}, {"publisher", &DublinCore::publishers}, {"contributor", &DublinCore::contributors},
    {"date", &DublinCore::dates, is_iso_8601}, {"type", &DublinCore::types}, {"format", &DublinCore::formats}, {"identifier", &DublinCore::identifiers},
    {"source", &DublinCore::sources}, {"language", &DublinCore::languages, is_iso_639}, {"relation", &DublinCore::relations},
    {"coverage", &DublinCore::coverages}, {"rights", &DublinCore::rights}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

} // namespace

Format dublin_core_format() { return {std::string(dublin_core_prefix), std::string(dublin_core_schema), std::string(dublin_core_space)}; }

std::string write_dublin_core(const DublinCore& record) {
    xml::Writer out;
    out.begin("oai_dc:dc").attribute("xmlns:oai_dc", dublin_core_space).attribute("xmlns:dc", elements_space).attribute("xmlns:xsi", schema_instance_space);
    out.attribute("xsi:schemaLocation", std::string(dublin_core_space) + " " + std::string(dublin_core_schema));
    for (const ElementRow& row : elements)
        for (const DublinText& one : record.*row.texts) {
            if (one.text.empty() || (row.allowed && !row.allowed(one.text))) continue;
            out.begin("dc:" + std::string(row.name));
            if (is_iso_639(one.language)) out.attribute("xml:lang", one.language);
            out.text(one.text).end();
        }
    std::string text = out.end().take();
    text.pop_back(); // the line end: it stands inside another element
    return text;
}

DublinCore read_dublin_core(const xml::Element& element) {
    DublinCore record;
    for (const xml::Element& child : element.children) {
        if (child.space != elements_space || trim(child.text).empty()) continue;
        for (const ElementRow& row : elements)
            if (row.name == child.name) {
                const std::string* language = child.attribute("lang", xml::xml_space);
                (record.*row.texts).push_back({std::string(trim(child.text)), language && is_iso_639(*language) ? *language : ""});
            }
    }
    return record;
}

bool is_iso_8601(std::string_view text) {
    switch (text.size()) {
    case 4: return parse_date(std::string(text) + "-01-01").has_value();
    case 7: return parse_date(std::string(text) + "-01").has_value();
    case 10: return parse_date(text).has_value();
    default: return parse_time(text).has_value();
    }
}

bool is_iso_639(std::string_view text) {
    const auto parts = split(text, '-');
    if (text.size() > 35 || parts[0].size() < 2 || parts[0].size() > 3 || !std::all_of(parts[0].begin(), parts[0].end(), is_letter)) return false;
    return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
        return !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
    });
}

} // namespace greenbank::oai
