// workbook.cpp — relationships lead from part to part; pugixml reads them, after its text was found to have no DTD.
#include "sheets/workbook.h"

#include <map>

#include <pugixml.hpp>

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t styles_max = 65'536; // Excel knows 65,490

/// Without the namespace's prefix: strict and transitional workbooks, and writers that prefix everything, become alike.
std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
    return parent.find_child([&](const pugi::xml_node& node) { return local_name(node) == name; });
}

/// An attribute of that name, with any prefix.
std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_attribute& one : node.attributes()) {
        const std::string_view key = one.name();
        if (key.substr(key.find(':') + 1) == name) return one.value();
    }
    return {};
}

/// A DOM of a small part; `text` is its memory.
struct Document {
    std::string text;
    pugi::xml_document dom;
};

Result<std::unique_ptr<Document>> parse_part(const Package& package, std::string_view part) {
    auto document = std::make_unique<Document>();
    document->text = TRY(package.read(part));
    const pugi::xml_parse_result parsed =
        document->dom.load_buffer_inplace(document->text.data(), document->text.size(), pugi::parse_default | pugi::parse_doctype);
    if (!parsed)
        return Error{Failure::malformed, "sheets.malformed_xml",
            "The part {part} of the workbook is not well-formed; open the file in a spreadsheet and save it again.", {{"part", std::string(part)}}};
    for (const pugi::xml_node& node : document->dom)
        if (node.type() == pugi::node_doctype)
            return Error{Failure::malformed, "sheets.dtd",
                "The part {part} of the workbook declares a document type, which no workbook needs; the file is refused.", {{"part", std::string(part)}}};
    return document;
}

/// "../worksheets/sheet1.xml" seen from "xl/workbook.xml", as a name in the package.
std::string resolve(std::string_view base, std::string_view target) {
    std::string whole(target);
    if (!target.starts_with('/')) whole = std::string(base.substr(0, base.rfind('/') == std::string_view::npos ? 0 : base.rfind('/') + 1)) + whole;
    for (char& c : whole)
        if (c == '\\') c = '/';
    std::vector<std::string> steps;
    for (const std::string_view step : split(whole, '/')) {
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.emplace_back(step);
        }
    }
    return join(steps, "/");
}

struct Relationship {
    std::string id, type, target; // type: the last word of its address, the same in strict and transitional workbooks
    bool external = false;
};

Result<std::vector<Relationship>> read_relationships(const Package& package, const std::string& part) {
    const std::size_t slash = part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1;
    const std::string name = part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
    std::vector<Relationship> list;
    if (!package.has(name)) return list;
    const auto document = TRY(parse_part(package, name));
    for (const pugi::xml_node& node : document->dom.document_element().children()) {
        if (local_name(node) != "Relationship") continue;
        const std::string_view type = attribute(node, "Type");
        const bool external = attribute(node, "TargetMode") == "External";
        list.push_back({std::string(attribute(node, "Id")), std::string(type.substr(type.rfind('/') + 1)),
            external ? std::string() : resolve(part, attribute(node, "Target")), external});
    }
    return list;
}

/// The target of the first relationship of that type, or "".
std::string target_of(const std::vector<Relationship>& relationships, std::string_view type) {
    for (const Relationship& one : relationships)
        if (one.type == type && !one.external) return one.target;
    return {};
}

Result<Done> read_sheet_list(const pugi::xml_node& root, const std::vector<Relationship>& relationships, const Limits& limits, Workbook& workbook) {
    for (const pugi::xml_node& node : child(root, "sheets").children()) {
        if (local_name(node) != "sheet") continue;
        // "id" is the relationship; "sheetId" only counts. A sheet of charts or of old macros is no table.
        const std::string_view id = attribute(node, "id");
        for (const Relationship& one : relationships) {
            if (one.id != id || one.type != "worksheet" || one.external) continue;
            const std::string_view state = attribute(node, "state");
            workbook.sheets.push_back({std::string(attribute(node, "name")), state.empty() || state == "visible"});
            workbook.sheet_parts.push_back(one.target);
            break;
        }
        if (workbook.sheets.size() > limits.sheets)
            return Error{Failure::too_large, "sheets.sheet_count", "The workbook has more than {limit} sheets.", {{"limit", std::to_string(limits.sheets)}}};
    }
    return Done{};
}

std::uint32_t number_of(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char c : digits.substr(0, 9)) {
        if (c < '0' || c > '9') return 0;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

Result<Done> read_styles(const Package& package, const std::string& part, Workbook& workbook) {
    const auto document = TRY(parse_part(package, part));
    const pugi::xml_node root = document->dom.document_element();
    std::map<std::uint32_t, std::string> codes;
    for (const pugi::xml_node& node : child(root, "numFmts").children())
        if (local_name(node) == "numFmt") codes[number_of(attribute(node, "numFmtId"))] = attribute(node, "formatCode");
    std::map<std::uint32_t, std::uint32_t> formats; // by numFmtId
    for (const pugi::xml_node& node : child(root, "cellXfs").children()) {
        if (local_name(node) != "xf" || workbook.styles.size() >= styles_max) continue;
        const std::uint32_t id = number_of(attribute(node, "numFmtId"));
        const auto known = formats.find(id);
        if (known != formats.end()) {
            workbook.styles.push_back(known->second);
            continue;
        }
        const auto own = codes.find(id);
        std::string code = own != codes.end() ? own->second : std::string(built_in_format(id));
        std::uint32_t index = 0;
        if (!code.empty() && code != "General") {
            index = static_cast<std::uint32_t>(workbook.formats.size());
            FormatMeaning meaning = meaning_of(code);
            workbook.formats.push_back({std::move(code), std::move(meaning)});
        }
        formats.emplace(id, index);
        workbook.styles.push_back(index);
    }
    return Done{};
}

} // namespace

Result<Workbook> read_workbook(const Package& package, const Limits& limits) {
    Workbook workbook;
    workbook.formats.push_back({});
    const std::string part = target_of(TRY(read_relationships(package, "")), "officeDocument");
    if (part.empty() || !package.has(part))
        return Error{Failure::unsupported, "sheets.not_a_workbook", "This archive is not an xlsx workbook; open it in a spreadsheet and save it as .xlsx."};
    const auto document = TRY(parse_part(package, part));
    const pugi::xml_node root = document->dom.document_element();
    if (local_name(root) != "workbook")
        return Error{Failure::unsupported, "sheets.not_a_workbook", "This archive is not an xlsx workbook; open it in a spreadsheet and save it as .xlsx."};
    const std::vector<Relationship> relationships = TRY(read_relationships(package, part));
    const std::string_view since_1904 = attribute(child(root, "workbookPr"), "date1904");
    if (since_1904 == "1" || since_1904 == "true") workbook.dates = DateSystem::from_1904;
    TRY(read_sheet_list(root, relationships, limits, workbook));
    if (const std::string styles = target_of(relationships, "styles"); package.has(styles)) TRY(read_styles(package, styles, workbook));
    if (const std::string strings = target_of(relationships, "sharedStrings"); package.has(strings))
        workbook.strings = TRY(SharedStrings::read(package, strings, limits));
    bool macros = false, outside = false;
    for (const Relationship& one : relationships) {
        macros = macros || one.type == "vbaProject" || one.type == "xlMacrosheet";
        outside = outside || one.external || one.type == "externalLink";
    }
    if (macros) workbook.notes.push_back({{}, "sheets.macros", "The workbook has macros; they are left alone, only the values count."});
    if (outside)
        workbook.notes.push_back({{}, "sheets.external_links", "The workbook refers to other files; they are not opened, the values saved in it count."});
    return workbook;
}

} // namespace greenbank::sheets
