// Text for people in three equal languages, and the few string tools that three rooms need.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenbank {

enum class Language { zh, en, ru };

/// "zh", "zh-CN", "zh_Hans", "zh-Hant": all Chinese. Nothing for a language we do not speak.
std::optional<Language> parse_language(std::string_view tag);
/// The best of an Accept-Language header; English where it names none of ours.
Language accept_language(std::string_view header);
std::string_view to_text(Language language);

/// One text in up to three languages; an empty one is missing.
struct Text {
    std::string zh, en, ru;

    const std::string& in(Language language) const;
    std::string& in(Language language);
    /// The text in `language`, else the first of en, zh, ru that is there.
    const std::string& best(Language language) const;
    bool empty() const { return zh.empty() && en.empty() && ru.empty(); }
    bool operator==(const Text&) const = default;
};

/// Code points of a valid UTF-8 text.
std::size_t length_in_characters(std::string_view utf8);
bool is_utf8(std::string_view bytes);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string to_hex(std::string_view bytes);
/// URL-safe base64 without padding.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

} // namespace greenbank
