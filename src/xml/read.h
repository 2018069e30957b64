// read.h — XML that strangers sent, as a tree with its namespaces resolved, within limits.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace greenbank::xml {

constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace"; // of xml:lang and xml:base

struct Limits {
    std::size_t bytes_max = 16 << 20;
    std::size_t depth_max = 64;
    std::size_t nodes_max = 500'000; // elements and attributes
};

struct Attribute {
    std::string_view space; // the namespace; empty for none. Views into the document.
    std::string name;       // without prefix
    std::string value;
};

struct Element {
    std::string_view space;
    std::string name;
    std::vector<Attribute> attributes; // without those that declare namespaces
    std::vector<Element> children;
    std::string text; // the characters directly inside, without those of children
    std::size_t line = 0;

    bool is(std::string_view in_space, std::string_view called) const { return name == called && space == in_space; }
    const Element* child(std::string_view in_space, std::string_view called) const;
    const std::string* attribute(std::string_view called, std::string_view in_space = {}) const;
};

/// Owns what the views of its elements point at; it moves, but does not copy.
struct Document {
    Element root;
    std::set<std::string, std::less<>> spaces;

    Document() = default;
    Document(Document&&) = default;
    Document& operator=(Document&&) = default;
};

/// UTF-8 only. A document type declaration is refused, so there are no entities but the five of XML; comments and processing
/// instructions are passed over. Errors name the line.
Result<Document> read(std::string_view bytes, const Limits& limits = {});

} // namespace greenbank::xml
