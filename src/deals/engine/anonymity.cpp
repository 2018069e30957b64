// anonymity.cpp — looking for traces.
#include "deals/engine/anonymity.h"

#include <algorithm>
#include <cctype>

namespace greenbank::deals {

namespace {

bool is_plain(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Letters and digits only, in lower case: Latin and Cyrillic; everything else above ASCII as it is, but for general and Chinese punctuation.
std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        if (i + length > text.size()) break;
        const std::string_view one = text.substr(i, length);
        i += length;
        if (length == 1) {
            if (is_plain(one[0])) out += static_cast<char>(std::tolower(byte));
        } else if (length == 2 && byte == 0xD0) { // А–Я are D0 90 – D0 AF
            const auto second = static_cast<unsigned char>(one[1]);
            if (second >= 0x90 && second <= 0x9F) out += {'\xD0', static_cast<char>(second + 0x20)};
            else if (second >= 0xA0 && second <= 0xAF) out += {'\xD1', static_cast<char>(second - 0x20)};
            else if (second == 0x81) out += "\xD1\x91"; // Ё
            else out += one;
        } else if (one == "\xC2\xA0" || one.starts_with("\xE2\x80") || one.starts_with("\xE3\x80") || one.starts_with("\xEF\xBC")) continue;
        else out += one;
    }
    return out;
}

/// What is left of a name without the form of the firm: short enough to be found where somebody leaves it out.
std::string core(std::string_view name) {
    std::string text = folded(name);
    for (const std::string_view form :
        {"有限责任公司", "股份有限公司", "有限公司", "公司", "limited", "ltd", "llc", "inc", "gmbh", "company", "corporation", "ооо", "оао", "пао"}) {
        if (text.size() > form.size() && text.ends_with(form)) text.resize(text.size() - form.size());
        if (text.size() > form.size() && text.starts_with(form)) text.erase(0, form.size());
    }
    return text;
}

bool has_mail(std::string_view text) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (at == 0 || !is_plain(text[at - 1])) continue;
        std::size_t end = at + 1;
        while (end < text.size() && (is_plain(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
        if (text.substr(at + 1, end - at - 1).find('.') != std::string_view::npos) return true;
    }
    return false;
}

bool has_link(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos) return true;
    for (const std::string_view end : {".com", ".cn", ".ru", ".org", ".net", ".kz", ".uz", ".io"})
        for (std::size_t at = lower.find(end); at != std::string::npos; at = lower.find(end, at + 1)) {
            const bool ends = at + end.size() == lower.size() || !is_plain(lower[at + end.size()]);
            if (at > 1 && ends && is_plain(lower[at - 1]) && is_plain(lower[at - 2])) return true;
        }
    return false;
}

/// +86 21 5555 0000, 13800000000; sums of money are not meant.
bool has_telephone(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            std::size_t digits = 0, end = i + 1;
            for (; end < text.size() &&
                   (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == ' ' || text[end] == '-' || text[end] == '(' || text[end] == ')');
                 ++end)
                digits += std::isdigit(static_cast<unsigned char>(text[end])) ? 1 : 0;
            if (digits >= 8) return true;
        }
        if (!std::isdigit(static_cast<unsigned char>(text[i])) || (i > 0 && is_plain(text[i - 1]))) continue;
        std::size_t end = i;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
        const bool decimal = (end < text.size() && text[end] == '.') || (i > 0 && text[i - 1] == '.');
        if (end - i == 11 && !decimal && (text[i] == '1' || text[i] == '7' || text[i] == '8')) return true;
    }
    return false;
}

} // namespace

std::vector<Trace> traces_in(std::string_view text, std::span<const std::string> names) {
    std::vector<Trace> found;
    const std::string plain = folded(text);
    constexpr std::size_t shortest = 4; // bytes: two Chinese characters are six
    if (std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            const std::string short_name = core(name);
            return short_name.size() >= shortest && plain.find(short_name) != std::string::npos;
        }))
        found.push_back(Trace::name);
    if (has_mail(text)) found.push_back(Trace::mail);
    if (has_link(text)) found.push_back(Trace::link);
    if (has_telephone(text)) found.push_back(Trace::telephone);
    return found;
}

} // namespace greenbank::deals
