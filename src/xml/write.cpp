// write.cpp — escaping and the writer of elements.
#include "xml/write.h"

#include "kernel/result.h"
#include "xml/characters.h"

namespace greenbank::xml {

namespace {

void append_escaped(std::string& out, std::string_view text, bool attribute) {
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t c = next_character(text);
        if (!is_character(c)) continue;
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#13;"; break;
        case '"': out += attribute ? "&quot;" : "\""; break;
        case '\n': out += attribute ? "&#10;" : "\n"; break;
        case '\t': out += attribute ? "&#9;" : "\t"; break;
        default: out += before.substr(0, before.size() - text.size());
        }
    }
}

} // namespace

void append_text(std::string& out, std::string_view text) { append_escaped(out, text, false); }
void append_attribute_value(std::string& out, std::string_view value) { append_escaped(out, value, true); }

Writer Writer::document() {
    Writer writer;
    writer.out_ = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    return writer;
}

void Writer::close_tag() {
    if (in_tag_) out_ += '>';
    in_tag_ = false;
}

void Writer::line() {
    if (!out_.empty()) out_ += '\n';
    out_.append(2 * open_.size(), ' ');
}

Writer& Writer::begin(std::string_view name) {
    close_tag();
    if (open_.empty() || !open_.back().has_text) line();
    if (!open_.empty()) open_.back().children = true;
    (out_ += '<') += name;
    open_.push_back({std::string(name)});
    in_tag_ = true;
    return *this;
}

Writer& Writer::attribute(std::string_view name, std::string_view value) {
    require(in_tag_, "an attribute belongs directly after begin()");
    ((out_ += ' ') += name) += "=\"";
    append_attribute_value(out_, value);
    out_ += '"';
    return *this;
}

Writer& Writer::text(std::string_view value) {
    if (value.empty()) return *this;
    close_tag();
    require(!open_.empty(), "text belongs into an element");
    open_.back().has_text = true;
    append_text(out_, value);
    return *this;
}

Writer& Writer::end() {
    require(!open_.empty(), "end() without begin()");
    const Open last = std::move(open_.back());
    open_.pop_back();
    if (in_tag_) {
        out_ += "/>";
        in_tag_ = false;
        return *this;
    }
    if (last.children && !last.has_text) line();
    ((out_ += "</") += last.name) += '>';
    return *this;
}

Writer& Writer::raw(std::string_view xml) {
    close_tag();
    if (open_.empty() || !open_.back().has_text) line();
    if (!open_.empty()) open_.back().children = true;
    out_ += xml;
    return *this;
}

std::string Writer::take() {
    require(open_.empty(), "an element was not ended");
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
}

} // namespace greenbank::xml
