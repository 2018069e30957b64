// names.cpp — which names can be short.
#include "rdf/names.h"

#include <algorithm>

namespace greenbank::rdf {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

bool is_plain_prefix(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '-'; });
}

bool is_plain_local(std::string_view text) {
    return !text.empty() && is_word(text.front()) && is_word(text.back()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '-' || c == '.'; });
}

} // namespace

Namer::Namer(const Prefixes& prefixes) {
    for (const auto& [prefix, space] : prefixes)
        if (is_plain_prefix(prefix) && !space.empty()) prefixes_.emplace(prefix, space);
}

std::optional<std::string> Namer::shorten(std::string_view iri) {
    const std::pair<const std::string, std::string>* best = nullptr;
    for (const auto& one : prefixes_)
        if (iri.starts_with(one.second) && is_plain_local(iri.substr(one.second.size())) && (!best || one.second.size() > best->second.size())) best = &one;
    if (!best) return {};
    used_.insert(*best);
    return best->first + ":" + std::string(iri.substr(best->second.size()));
}

std::string Namer::blank(const Term& node) { return "_:" + blanks_.emplace(node.value, "b" + std::to_string(blanks_.size())).first->second; }

} // namespace greenbank::rdf
