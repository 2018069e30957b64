// tree.h — a whole record as XML: a JSON-like tree that keeps its types on the way to another bank and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"
#include "xml/read.h"

namespace greenbank::oai {

struct Tree {
    enum class Kind { null, boolean, number, text, list, object };

    Kind kind = Kind::null;
    std::string name = {};  // of a member of an object; empty elsewhere
    std::string value = {}; // of a text, a number as it was written, "true" or "false"
    std::vector<Tree> children = {};

    bool operator==(const Tree&) const = default;

    static Tree text(std::string name, std::string value) { return {Kind::text, std::move(name), std::move(value)}; }
    static Tree number(std::string name, std::string value) { return {Kind::number, std::move(name), std::move(value)}; }
    static Tree boolean(std::string name, bool value) { return {Kind::boolean, std::move(name), value ? "true" : "false"}; }
    static Tree list(std::string name, std::vector<Tree> items = {}) { return {Kind::list, std::move(name), {}, std::move(items)}; }
    static Tree object(std::string name, std::vector<Tree> members = {}) { return {Kind::object, std::move(name), {}, std::move(members)}; }

    /// The member of that name, or nullptr.
    const Tree* find(std::string_view member) const;
};

/// A described record, named as JSON names it on the wire (ARCHITECTURE.md); absent and secret fields are left out.
Tree tree_of(const Record& record, const void* value);
template <class T> Tree tree_of(const T& value) { return tree_of(record_of<T>(), &value); }
/// What a reader of described records takes (json's read_json).
std::string json_of(const Tree& tree);

/// `<root xmlns="space">` around the members of an object. A member is an element of its name (or `<member name="…">` where XML
/// allows no such name), an item `<item>`; an attribute `type` says what is no text and no object with members.
/// Texts lose what XML cannot hold (control characters).
std::string write_tree(const Tree& object, std::string_view root, std::string_view space);
/// An XML schema for that format: the root, and any members of the namespace inside. Serve it where Format::schema points.
std::string write_tree_schema(std::string_view root, std::string_view space);
/// The inverse of write_tree(). Members that stand twice, unknown types, numbers that JSON does not know and text beside elements are an Error
/// that names the line; foreign namespaces inside too.
Result<Tree> read_tree(const xml::Element& element);

} // namespace greenbank::oai
