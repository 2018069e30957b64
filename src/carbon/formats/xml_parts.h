// xml_parts.h — parts of an XML document by their names without namespaces, as the exchange formats of this field use them; numbers as their text.
#pragma once

#include <charconv>
#include <limits>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "kernel/text.h"
#include "xml/read.h"

namespace greenbank::carbon {

inline const xml::Element* part(const xml::Element* from, std::string_view name) {
    if (!from) return nullptr;
    for (const xml::Element& child : from->children)
        if (child.name == name) return &child;
    return nullptr;
}
inline const xml::Element* part(const xml::Element* from, std::string_view name, std::string_view then) { return part(part(from, name), then); }
inline const xml::Element* part(const xml::Element* from, std::string_view name, std::string_view then, std::string_view last) {
    return part(part(from, name, then), last);
}
inline std::string text_of(const xml::Element* element) { return element ? std::string(trim(element->text)) : std::string(); }
inline std::string attribute_of(const xml::Element* element, std::string_view name) {
    if (element)
        for (const xml::Attribute& one : element->attributes)
            if (one.name == name) return one.value;
    return {};
}
inline std::optional<double> real_of(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || text.empty()) return {};
    return value;
}
inline double real_attribute(const xml::Element* element, std::string_view name, double otherwise = 0) {
    return real_of(attribute_of(element, name)).value_or(otherwise);
}
/// An amount that is written must be one: what cannot be read is no number, which is refused later with its place.
inline double amount_of(std::string_view text, double otherwise = 0) {
    return trim(text).empty() ? otherwise : real_of(text).value_or(std::numeric_limits<double>::quiet_NaN());
}
/// Shortest that reads back the same.
inline std::string real_text(double value) { return fmt::format("{}", value); }

/// Big data sets of this field have some hundred thousand nodes; a mark of the byte order is passed over.
inline Result<xml::Document> read_data_set(std::string_view bytes, const std::string& path) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    auto document = xml::read(bytes, {.bytes_max = 64 << 20, .depth_max = 64, .nodes_max = 3'000'000});
    if (!document)
        return Error{document.error().kind, "inventory.xml", "{path} cannot be read: {reason}",
            {{"path", path}, {"reason", fill_in(document.error().message, document.error().parameters)}}};
    return document;
}

} // namespace greenbank::carbon
