// text.cpp — languages, UTF-8 and small string tools.
#include "kernel/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "kernel/utf8.h"

namespace greenbank {

std::optional<Language> parse_language(std::string_view tag) {
    const auto is = [&](std::string_view code) {
        return tag.size() >= 2 && (tag[0] | 0x20) == code[0] && (tag[1] | 0x20) == code[1] && (tag.size() == 2 || tag[2] == '-' || tag[2] == '_');
    };
    if (is("zh")) return Language::zh;
    if (is("en")) return Language::en;
    if (is("ru")) return Language::ru;
    return {};
}

Language accept_language(std::string_view header) {
    Language best = Language::en;
    double best_weight = 0;
    for (std::string_view part : split(header, ',')) {
        part = trim(part);
        double weight = 1;
        if (const std::size_t at = part.find(";q="); at != std::string_view::npos) {
            weight = std::atof(std::string(part.substr(at + 3, 6)).c_str());
            part = trim(part.substr(0, at));
        }
        const auto language = parse_language(part);
        if (language && weight > best_weight) {
            best = *language;
            best_weight = weight;
        }
    }
    return best;
}

std::string_view to_text(Language language) { return language == Language::zh ? "zh" : language == Language::ru ? "ru" : "en"; }

const std::string& Text::in(Language language) const { return language == Language::zh ? zh : language == Language::ru ? ru : en; }
std::string& Text::in(Language language) { return const_cast<std::string&>(std::as_const(*this).in(language)); }

const std::string& Text::best(Language language) const {
    if (!in(language).empty()) return in(language);
    if (!en.empty()) return en;
    return zh.empty() ? ru : zh;
}

std::size_t length_in_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = static_cast<unsigned char>(bytes[at]) < 0x80 ? 1 : character_length(bytes, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string_view trim(std::string_view text) {
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && space(text.front())) text.remove_prefix(1);
    while (!text.empty() && space(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != parts.data()) out += separator;
        out += part;
    }
    return out;
}

std::string to_hex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out(2 * bytes.size(), '0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[2 * i] = digits[static_cast<std::uint8_t>(bytes[i]) >> 4];
        out[2 * i + 1] = digits[static_cast<std::uint8_t>(bytes[i]) & 15];
    }
    return out;
}

static constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 4 / 3 + 4); // with room for somebody's padding
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<std::uint8_t>(c);
        bits += 8;
        while (bits >= 6) out += base64_digits[(held >> (bits -= 6)) & 63];
    }
    if (bits > 0) out += base64_digits[(held << (6 - bits)) & 63];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t digit = base64_digits.find(c);
        if (digit == std::string_view::npos) return {};
        held = (held << 6) | static_cast<std::uint32_t>(digit);
        if ((bits += 6) >= 8) out += static_cast<char>((held >> (bits -= 8)) & 255);
    }
    return out;
}

} // namespace greenbank
