// value_tree.cpp — any JSON as a tree, and back.
#include "json/value_tree.h"

#include <set>

#include <fmt/format.h>
#include <simdjson.h>

namespace greenbank {

namespace {

namespace dom = simdjson::dom;

Result<ValueTree> tree_of(dom::element element) {
    switch (element.type()) {
    case dom::element_type::OBJECT: {
        ValueTree tree = object_tree({});
        std::set<std::string_view> names;
        for (const auto& [name, member] : dom::object(element)) {
            if (!names.insert(name).second)
                return Error{Failure::malformed, "json.repeated", "The member {name} stands twice.", {{"name", std::string(name.substr(0, 60))}}};
            ValueTree value = TRY(tree_of(member));
            tree.members.push_back({std::string(name), std::move(value)});
        }
        return tree;
    }
    case dom::element_type::ARRAY: {
        ValueTree tree = list_tree({});
        for (const dom::element item : dom::array(element)) tree.items.push_back(TRY(tree_of(item)));
        return tree;
    }
    case dom::element_type::STRING: {
        std::string json;
        append_json_text(json, std::string_view(element));
        return plain_tree(std::move(json));
    }
    case dom::element_type::INT64: return plain_tree(fmt::format("{}", std::int64_t(element)));
    case dom::element_type::UINT64: return plain_tree(fmt::format("{}", std::uint64_t(element)));
    case dom::element_type::DOUBLE: {
        std::string json;
        const double number = element;
        write_json_value(json, TypeOf<double>::type, &number);
        return plain_tree(json == "-0" ? "0" : std::move(json));
    }
    case dom::element_type::BOOL: return plain_tree(bool(element) ? "true" : "false");
    case dom::element_type::NULL_VALUE: break;
    }
    return plain_tree("null");
}

} // namespace

Result<ValueTree> read_value_tree(std::string_view json) {
    dom::parser parser;
    if (parser.allocate(json.size() + 64, json_depth_max)) return Error{Failure::internal, "json.memory", "Out of memory."};
    dom::element root;
    if (const auto error = parser.parse(json.data(), json.size(), true).get(root))
        return Error{Failure::malformed, "json.syntax", "The body is not JSON: {reason}", {{"reason", simdjson::error_message(error)}}};
    return tree_of(root);
}

void write_value_tree(std::string& out, const ValueTree& tree) {
    switch (tree.shape) {
    case ValueTree::Shape::plain: out += tree.plain; return;
    case ValueTree::Shape::list:
        out += '[';
        for (const ValueTree& item : tree.items) {
            if (&item != tree.items.data()) out += ',';
            write_value_tree(out, item);
        }
        out += ']';
        return;
    case ValueTree::Shape::object:
        out += '{';
        for (const auto& member : tree.members) {
            if (&member != tree.members.data()) out += ',';
            append_json_text(out, member.first);
            out += ':';
            write_value_tree(out, member.second);
        }
        out += '}';
        return;
    }
}

std::string to_json(const ValueTree& tree) {
    std::string out;
    write_value_tree(out, tree);
    return out;
}

} // namespace greenbank
