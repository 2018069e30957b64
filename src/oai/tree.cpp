// tree.cpp — described records to trees, trees to XML and JSON, XML to trees.
#include "oai/tree.h"

#include <algorithm>
#include <set>

#include "kernel/text.h"
#include "xml/characters.h"
#include "xml/write.h"
#include "json/json.h"

namespace greenbank::oai {

namespace {

template <class T> const T& as(const void* value) { return *static_cast<const T*>(value); }

Tree number_of(std::string name, double value) {
    std::string text = JsonWriter().real(value).take();
    return text == "null" ? Tree{Tree::Kind::null, std::move(name)} : Tree::number(std::move(name), std::move(text)); // not finite
}

Tree tree_of_value(std::string name, const Type& type, const void* value) {
    switch (type.kind) {
    case Kind::boolean: return Tree::boolean(std::move(name), as<bool>(value));
    case Kind::integer: return Tree::number(std::move(name), std::to_string(as<std::int64_t>(value)));
    case Kind::real: return number_of(std::move(name), as<double>(value));
    case Kind::text: return Tree::text(std::move(name), as<std::string>(value));
    case Kind::choice: return Tree::text(std::move(name), std::string(type.choices[static_cast<std::size_t>(type.choice(value))]));
    case Kind::id: return Tree::text(std::move(name), as<AnyId>(value).text);
    case Kind::time: return Tree::text(std::move(name), to_text(as<Time>(value)));
    case Kind::date: return Tree::text(std::move(name), to_text(as<Date>(value)));
    case Kind::money: {
        const Money& money = as<Money>(value);
        return Tree::object(std::move(name), {Tree::text("amount", amount_text(money)), Tree::text("currency", money.currency)});
    }
    case Kind::quantity: {
        const Quantity& quantity = as<Quantity>(value);
        return Tree::object(std::move(name), {number_of("value", quantity.value), Tree::text("unit", quantity.unit)});
    }
    case Kind::localized: {
        const Text& text = as<Text>(value);
        Tree tree = Tree::object(std::move(name));
        for (const Language language : {Language::zh, Language::en, Language::ru})
            if (!text.in(language).empty()) tree.children.push_back(Tree::text(std::string(to_text(language)), text.in(language)));
        return tree;
    }
    case Kind::record: {
        Tree tree = tree_of(type.record(), value);
        tree.name = std::move(name);
        return tree;
    }
    case Kind::list: {
        Tree tree = Tree::list(std::move(name));
        for (std::size_t i = 0, size = type.size(value); i < size; ++i) tree.children.push_back(tree_of_value("", *type.element, type.item(value, i)));
        return tree;
    }
    }
    return {};
}

void write_json_of(const Tree& tree, JsonWriter& out) {
    switch (tree.kind) {
    case Tree::Kind::null: out.null(); return;
    case Tree::Kind::text: out.text(tree.value); return;
    case Tree::Kind::boolean:
    case Tree::Kind::number: out.raw(tree.value); return;
    case Tree::Kind::list:
        out.begin_list();
        for (const Tree& item : tree.children) write_json_of(item, out);
        out.end_list();
        return;
    case Tree::Kind::object:
        out.begin_object();
        for (const Tree& member : tree.children) {
            out.key(member.name);
            write_json_of(member, out);
        }
        out.end_object();
        return;
    }
}

constexpr std::string_view kinds[] = {"null", "boolean", "number", "text", "list", "object"}; // in the order of Tree::Kind

/// XML keeps names that begin with these letters to itself.
bool is_element_name(std::string_view name) {
    const auto lower = [&](std::size_t i) { return i < name.size() ? name[i] | 0x20 : 0; };
    return xml::is_name(name) && !(lower(0) == 'x' && lower(1) == 'm' && lower(2) == 'l');
}

void write_element(const Tree& tree, std::string_view name, xml::Writer& out) {
    if (is_element_name(name)) out.begin(name);
    else out.begin("member").attribute("name", name);
    const bool plain = tree.kind == Tree::Kind::text || (tree.kind == Tree::Kind::object && !tree.children.empty());
    if (!plain) out.attribute("type", kinds[static_cast<std::size_t>(tree.kind)]);
    if (tree.kind == Tree::Kind::text || tree.kind == Tree::Kind::boolean || tree.kind == Tree::Kind::number) out.text(tree.value);
    for (const Tree& child : tree.children) write_element(child, tree.kind == Tree::Kind::list ? std::string_view("item") : child.name, out);
    out.end();
}

/// RFC 8259, clause 6.
bool is_number(std::string_view text) {
    const auto digits = [&] {
        const std::size_t begin = text.size();
        while (!text.empty() && text[0] >= '0' && text[0] <= '9') text.remove_prefix(1);
        return begin != text.size();
    };
    const auto take = [&](std::string_view characters) {
        const bool there = !text.empty() && characters.find(text[0]) != std::string_view::npos;
        if (there) text.remove_prefix(1);
        return there;
    };
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (take("eE")) {
        take("+-");
        if (!digits()) return false;
    }
    return text.empty();
}

Error unsound(const xml::Element& element) {
    return {Failure::malformed, "oai.tree", "The element {name} at line {line} of the XML holds no sound value.",
        {{"name", element.name}, {"line", std::to_string(element.line)}}};
}

} // namespace

const Tree* Tree::find(std::string_view member) const {
    for (const Tree& child : children)
        if (kind == Kind::object && child.name == member) return &child;
    return nullptr;
}

Tree tree_of(const Record& record, const void* value) {
    Tree tree = Tree::object("");
    for (const Field& field : record.fields) {
        const void* held = field.traits.secret ? nullptr : field.get(value);
        if (held) tree.children.push_back(tree_of_value(std::string(field.name), *field.type, held));
    }
    return tree;
}

std::string json_of(const Tree& tree) {
    JsonWriter out;
    write_json_of(tree, out);
    return out.take();
}

std::string write_tree(const Tree& object, std::string_view root, std::string_view space) {
    require(object.kind == Tree::Kind::object && is_element_name(root), "a full record is an object under a name");
    xml::Writer out;
    out.begin(root).attribute("xmlns", space);
    for (const Tree& member : object.children) write_element(member, member.name, out);
    std::string text = out.end().take();
    text.pop_back(); // the line end: it stands inside another element
    return text;
}

std::string write_tree_schema(std::string_view root, std::string_view space) {
    xml::Writer out = xml::Writer::document();
    out.begin("xs:schema")
        .attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
        .attribute("targetNamespace", space)
        .attribute("elementFormDefault", "qualified");
    out.begin("xs:element").attribute("name", root).begin("xs:complexType").begin("xs:sequence").begin("xs:any").attribute("namespace", "##targetNamespace");
    out.attribute("processContents", "lax").attribute("minOccurs", "0").attribute("maxOccurs", "unbounded").end().end();
    out.begin("xs:anyAttribute").attribute("namespace", "##any").attribute("processContents", "lax").end();
    return out.end().end().end().take();
}

static Result<Tree> read_value(const xml::Element& element, std::string_view space, bool root) {
    Tree tree;
    const std::string* type = element.attribute("type");
    tree.kind = element.children.empty() && !root ? Tree::Kind::text : Tree::Kind::object;
    if (type) {
        const auto found = std::find(std::begin(kinds), std::end(kinds), *type);
        if (found == std::end(kinds)) return unsound(element);
        tree.kind = static_cast<Tree::Kind>(found - std::begin(kinds));
    }
    if (root && tree.kind != Tree::Kind::object) return unsound(element);
    const std::string_view trimmed = trim(element.text);
    switch (tree.kind) {
    case Tree::Kind::text: tree.value = element.text; return element.children.empty() ? Result<Tree>(std::move(tree)) : unsound(element);
    case Tree::Kind::null: return element.children.empty() && trimmed.empty() ? Result<Tree>(std::move(tree)) : unsound(element);
    case Tree::Kind::boolean:
    case Tree::Kind::number:
        tree.value = trimmed;
        if (!element.children.empty() || !(tree.kind == Tree::Kind::number ? is_number(trimmed) : trimmed == "true" || trimmed == "false"))
            return unsound(element);
        return tree;
    case Tree::Kind::list:
    case Tree::Kind::object: break;
    }
    if (!trimmed.empty()) return unsound(element);
    std::set<std::string, std::less<>> names;
    for (const xml::Element& child : element.children) {
        if (child.space != space) return unsound(child);
        Tree& read = tree.children.emplace_back(TRY(read_value(child, space, false)));
        if (tree.kind == Tree::Kind::list) continue;
        const std::string* name = child.name == "member" ? child.attribute("name") : nullptr;
        read.name = name ? *name : child.name;
        if (!names.insert(read.name).second) return unsound(child);
    }
    return tree;
}

Result<Tree> read_tree(const xml::Element& element) { return read_value(element, element.space, true); }

} // namespace greenbank::oai
