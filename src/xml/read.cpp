// read.cpp — pugixml's tree, checked for what pugixml lets pass, as our own.
#include "xml/read.h"

#include <algorithm>
#include <map>

#include <pugixml.hpp>

#include "xml/characters.h"

namespace greenbank::xml {

namespace {

Error at_line(std::string code, std::string sentence, std::size_t line, std::vector<Parameter> parameters = {}) {
    parameters.push_back({"line", std::to_string(line)});
    return {Failure::malformed, std::move(code), std::move(sentence), std::move(parameters)};
}

Error not_utf8() { return {Failure::malformed, "xml.encoding", "The XML is not in UTF-8."}; }
Error wrong_character(std::size_t line) { return at_line("xml.character", "Line {line} holds a character that XML does not allow.", line); }

/// Turns pugixml's nodes into elements.
class Walk {
public:
    Walk(std::string_view bytes, const Limits& limits, Document& document) : limits_(limits), document_(document) {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            if (bytes[i] == '\n') line_ends_.push_back(i);
        prefixes_[""].push_back(space(""));
        prefixes_["xml"].push_back(space(xml_space));
    }

    Result<Done> read(const pugi::xml_node& node, Element& element, std::size_t depth) {
        element.line = line_of(node);
        if (depth > limits_.depth_max)
            return at_line("xml.depth", "Elements are nested too deeply at line {line}; {limit} levels are allowed.", element.line,
                {{"limit", std::to_string(limits_.depth_max)}});
        std::vector<std::string> declared;
        auto names = read_names(node, element, declared);
        auto content = names ? read_content(node, element, depth) : std::move(names);
        for (const std::string& prefix : declared) prefixes_[prefix].pop_back();
        return content;
    }

    std::size_t line_of(const pugi::xml_node& node) const { return line_at(node.offset_debug()); }
    std::size_t line_at(std::ptrdiff_t offset) const {
        const auto found = std::lower_bound(line_ends_.begin(), line_ends_.end(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
        return static_cast<std::size_t>(found - line_ends_.begin()) + 1;
    }

private:
    std::string_view space(std::string_view iri) { return *document_.spaces.emplace(iri).first; }

    Result<Done> count(std::size_t line) {
        if (++nodes_ <= limits_.nodes_max) return Done{};
        return at_line("xml.too_many", "The XML has too many elements and attributes at line {line}; {limit} are allowed.", line,
            {{"limit", std::to_string(limits_.nodes_max)}});
    }

    Result<Done> read_names(const pugi::xml_node& node, Element& element, std::vector<std::string>& declared) {
        TRY(count(element.line));
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
            const std::string prefix(name == "xmlns" ? "" : name.substr(6));
            if (std::find(declared.begin(), declared.end(), prefix) != declared.end()) return repeated(name, element.line);
            if (!is_text(attribute.value())) return wrong_character(element.line);
            TRY(count(element.line));
            if (prefix == "xmlns" || (prefix == "xml") != (attribute.value() == xml_space))
                return at_line("xml.reserved", "The namespaces of xml and xmlns cannot be declared anew, as line {line} does.", element.line);
            prefixes_[prefix].push_back(space(attribute.value()));
            declared.push_back(prefix);
        }
        TRY(resolve(node.name(), true, element.line, element.space, element.name));
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name == "xmlns" || name.starts_with("xmlns:")) continue;
            TRY(count(element.line));
            Attribute read{.value = attribute.value()};
            TRY(resolve(name, false, element.line, read.space, read.name));
            if (element.attribute(read.name, read.space)) return repeated(name, element.line);
            if (!is_text(read.value)) return wrong_character(element.line);
            if (element.attributes.size() == attributes_max) return repeated(name, element.line);
            element.attributes.push_back(std::move(read));
        }
        return Done{};
    }

    Result<Done> read_content(const pugi::xml_node& node, Element& element, std::size_t depth) {
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element) TRY(read(child, element.children.emplace_back(), depth + 1));
            else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) element.text += child.value();
        }
        // A reference such as &#0; is only seen once it has been resolved.
        if (!is_text(element.text)) return wrong_character(element.line);
        return Done{};
    }

    Result<Done> resolve(std::string_view name, bool is_element, std::size_t line, std::string_view& in_space, std::string& local) {
        const std::size_t colon = name.find(':');
        const std::string_view prefix = colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
        local = colon == std::string_view::npos ? name : name.substr(colon + 1);
        if (!is_name(local) || (colon != std::string_view::npos && !is_name(prefix)))
            return at_line("xml.name", "\"{name}\" at line {line} is no name.", line, {{"name", std::string(is_text(name) ? name : "?")}});
        if (!is_element && prefix.empty()) return Done{}; // the default namespace is for elements only
        const auto found = prefixes_.find(prefix);
        if (found == prefixes_.end() || found->second.empty() || (found->second.back().empty() && !prefix.empty()))
            return at_line("xml.prefix", "The prefix {prefix} at line {line} is not declared.", line, {{"prefix", std::string(prefix)}});
        in_space = found->second.back();
        return Done{};
    }

    static Error repeated(std::string_view name, std::size_t line) {
        return at_line("xml.attribute", "The attribute {name} stands twice, or with too many others, at line {line}.", line, {{"name", std::string(name)}});
    }

    static constexpr std::size_t attributes_max = 200; // of one element: looking for repeated ones is quadratic

    const Limits& limits_;
    Document& document_;
    std::size_t nodes_ = 0;
    std::vector<std::size_t> line_ends_;
    std::map<std::string, std::vector<std::string_view>, std::less<>> prefixes_;
};

/// Where "&#0;" stands, in any spelling: pugixml's texts would end there without a word.
std::size_t find_reference_to_nul(std::string_view bytes) {
    for (std::size_t at = bytes.find("&#"); at != std::string_view::npos; at = bytes.find("&#", at + 2)) {
        const std::size_t digits = at + 2 + (bytes.substr(at + 2, 1) == "x");
        const std::size_t end = bytes.find_first_not_of('0', digits);
        if (end != std::string_view::npos && end > digits && bytes[end] == ';') return at;
    }
    return std::string_view::npos;
}

bool says_another_encoding(const pugi::xml_node& declaration) {
    std::string encoding = declaration.attribute("encoding").value();
    for (char& c : encoding)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return !encoding.empty() && encoding != "utf-8" && encoding != "utf8" && encoding != "us-ascii";
}

} // namespace

const Element* Element::child(std::string_view in_space, std::string_view called) const {
    for (const Element& one : children)
        if (one.is(in_space, called)) return &one;
    return nullptr;
}

const std::string* Element::attribute(std::string_view called, std::string_view in_space) const {
    for (const Attribute& one : attributes)
        if (one.name == called && one.space == in_space) return &one.value;
    return nullptr;
}

Result<Document> read(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > limits.bytes_max)
        return Error{Failure::too_large, "xml.too_large", "The XML is larger than {limit} bytes.", {{"limit", std::to_string(limits.bytes_max)}}};
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::size_t line = 1;
    for (std::string_view rest = bytes; !rest.empty();) {
        const char32_t character = next_character(rest);
        if (character == no_character) return not_utf8();
        if (!is_character(character)) return wrong_character(line);
        line += character == '\n';
    }
    if (const std::size_t at = find_reference_to_nul(bytes); at != std::string_view::npos)
        return wrong_character(static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1);
    // Before pugixml spends memory on them: an element has two of these at most.
    if (static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '<')) > 2 * limits.nodes_max + 1000)
        return Error{Failure::too_large, "xml.too_many_tags", "The XML has more than {limit} elements.", {{"limit", std::to_string(limits.nodes_max)}}};

    pugi::xml_document parsed;
    constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration | pugi::parse_doctype;
    const pugi::xml_parse_result result = parsed.load_buffer(bytes.data(), bytes.size(), flags, pugi::encoding_utf8);

    Document document;
    Walk walk(bytes, limits, document);
    const pugi::xml_node doctype = parsed.find_child([](const pugi::xml_node& node) { return node.type() == pugi::node_doctype; });
    if (doctype || result.status == pugi::status_bad_doctype)
        return Error{Failure::malformed, "xml.doctype", "The XML has a document type declaration; such XML is refused."};
    if (!result)
        return at_line("xml.syntax", "The XML cannot be read at line {line}: {reason}.", walk.line_at(result.offset), {{"reason", result.description()}});
    pugi::xml_node root;
    for (const pugi::xml_node& node : parsed.children()) {
        if (node.type() == pugi::node_declaration && says_another_encoding(node) && !std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; }))
            return not_utf8();
        if (node.type() != pugi::node_element) continue;
        if (root) return at_line("xml.roots", "A second element stands beside the first at line {line}.", walk.line_of(node));
        root = node;
    }
    TRY(walk.read(root, document.root, 1));
    return document;
}

} // namespace greenbank::xml
