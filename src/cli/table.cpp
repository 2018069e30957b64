// table.cpp — a simdjson walk over whatever came.
#include "cli/table.h"

#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

namespace greenbank::cli {

namespace {

namespace dom = simdjson::dom;

bool is_localized(dom::object object) {
    for (const auto& member : object)
        if (member.key != "zh" && member.key != "en" && member.key != "ru") return false;
    return object.size() > 0;
}

/// A short form of any value.
std::string brief(dom::element element, Language language) {
    dom::object object;
    dom::array array;
    std::string_view text;
    if (!element.get(text)) return std::string(text);
    if (!element.get(object)) {
        if (is_localized(object)) {
            std::string_view chosen;
            if (!object[to_text(language)].get(chosen) || !object["en"].get(chosen) || !object["zh"].get(chosen) || !object["ru"].get(chosen))
                return std::string(chosen);
        }
        std::string_view amount, currency, unit;
        if (!object["amount"].get(amount) && !object["currency"].get(currency)) return fmt::format("{} {}", amount, currency);
        if (!object["unit"].get(unit) && !object["value"].error()) return fmt::format("{} {}", brief(object["value"].value(), language), unit);
        return simdjson::minify(element);
    }
    if (!element.get(array)) {
        std::string all;
        for (const dom::element item : array) (all += all.empty() ? "" : ", ") += brief(item, language);
        return all;
    }
    return simdjson::minify(element);
}

std::string padded(std::string text, std::size_t width) {
    if (display_width(text) > width) {
        while (display_width(text) > width - 1) {
            do text.pop_back();
            while (!text.empty() && (text.back() & 0xC0) == 0x80);
            if (!text.empty() && (text.back() & 0xC0) == 0xC0) text.pop_back();
        }
        text += "…";
    }
    return text + std::string(width - std::min(width, display_width(text)), ' ');
}

std::string table(dom::array items, Language language) {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    for (const dom::element item : items) {
        dom::object object;
        if (item.get(object)) return {};
        std::vector<std::string> row(columns.size());
        for (const auto& member : object) {
            auto column = std::find(columns.begin(), columns.end(), member.key);
            if (column == columns.end()) {
                if (columns.size() >= 8) continue;
                columns.emplace_back(member.key);
                row.emplace_back();
                column = columns.end() - 1;
            }
            row[static_cast<std::size_t>(column - columns.begin())] = brief(member.value, language);
        }
        rows.push_back(std::move(row));
    }
    std::string out;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::size_t width = columns[i].size();
        for (const auto& row : rows)
            if (i < row.size()) width = std::max(width, display_width(row[i]));
        widths.push_back(std::min<std::size_t>(width, 36));
        out += padded(columns[i], widths[i]) + "  ";
    }
    out += '\n';
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) out += padded(i < row.size() ? row[i] : "", widths[i]) + "  ";
        out += '\n';
    }
    return out;
}

} // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;
        width += byte >= 0xE2 ? (byte == 0xE2 ? 1 : 2) : 1;
    }
    return width;
}

std::string answer_text(std::string_view json, Language language) {
    if (json.empty()) return "Done.\n";
    dom::parser parser;
    dom::element root;
    if (parser.parse(json.data(), json.size()).get(root)) return std::string(json) + "\n";
    dom::object object;
    dom::array items;
    if (root.get(object)) return std::string(json) + "\n";
    if (!object["items"].get(items)) {
        std::string out = table(items, language);
        std::int64_t total = 0;
        if (!object["total"].get(total)) out += fmt::format("{} of {}\n", items.size(), total);
        return out;
    }
    std::string out;
    for (const auto& member : object) out += fmt::format("{:<20} {}\n", member.key, brief(member.value, language));
    return out;
}

std::string problem_text(std::string_view json) {
    dom::parser parser;
    dom::element root;
    std::string_view detail;
    if (parser.parse(json.data(), json.size()).get(root) || root["detail"].get(detail)) return std::string(json);
    std::string out(detail);
    dom::array problems;
    if (!root["problems"].get(problems))
        for (const dom::element problem : problems) {
            std::string_view field, sentence;
            if (!problem["field"].get(field) && !problem["detail"].get(sentence)) out += fmt::format("\n  {}: {}", field, sentence);
        }
    return out;
}

} // namespace greenbank::cli
