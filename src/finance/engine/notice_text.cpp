// notice_text.cpp — one name and one value a line.
#include "finance/engine/notice_text.h"

#include <algorithm>
#include <charconv>

namespace greenbank::finance {

namespace {

constexpr std::string_view first_line = "greenbank notice 1";
constexpr std::string_view kinds[] = {"warning", "credit", "revocation"};
constexpr std::size_t value_max = 300, reasons_max = 20;

/// Takes "name: value\n" from the front.
std::optional<std::string> take(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name) || !text.substr(name.size()).starts_with(": ")) return {};
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    std::string value(text.substr(name.size() + 2, end - name.size() - 2));
    if (value.empty() || value.size() > value_max) return {};
    text.remove_prefix(end + 1);
    return value;
}
std::optional<std::int64_t> number_of(const std::optional<std::string>& text) {
    if (!text || text->size() > 9 || (text->size() > 1 && text->front() == '0')) return {};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < 0) return {};
    return number;
}
bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}
bool is_digest(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

std::string to_text(const NoticeText& notice) {
    std::string text(first_line);
    const auto line = [&](std::string_view name, std::string_view value) { text.append("\n").append(name).append(": ").append(value); };
    line("number", notice.number);
    line("kind", kinds[static_cast<std::size_t>(notice.kind)]);
    line("from", notice.from);
    line("to", notice.to);
    line("subject", notice.subject);
    if (notice.kind == NoticeKind::warning) {
        line("level", notice.level);
        std::string reasons;
        for (const std::string& one : notice.reasons) reasons += (reasons.empty() ? "" : " ") + one;
        line("reasons", reasons.empty() ? "none" : reasons);
    }
    if (notice.kind == NoticeKind::credit) {
        line("loans", std::to_string(notice.loans));
        line("late", std::to_string(notice.late));
        line("written off", std::to_string(notice.written_off));
        line("penalties", std::to_string(notice.penalties));
    }
    line("day", greenbank::to_text(notice.day));
    line("valid until", greenbank::to_text(notice.valid_until));
    return text + "\n";
}

std::optional<NoticeText> parse_notice_text(std::string_view text) {
    if (!text.starts_with(first_line) || !text.substr(first_line.size()).starts_with("\n")) return {};
    text.remove_prefix(first_line.size() + 1);
    NoticeText notice;
    const auto put = [&](std::string& into, std::string_view name) {
        auto value = take(text, name);
        if (value) into = std::move(*value);
        return value.has_value();
    };
    std::string kind;
    if (!put(notice.number, "number") || !put(kind, "kind")) return {};
    const auto found = std::find(std::begin(kinds), std::end(kinds), kind);
    if (found == std::end(kinds)) return {};
    notice.kind = static_cast<NoticeKind>(found - std::begin(kinds));
    if (!put(notice.from, "from") || !put(notice.to, "to") || !put(notice.subject, "subject") || !is_digest(notice.subject)) return {};
    if (notice.kind == NoticeKind::warning) {
        std::string reasons;
        if (!put(notice.level, "level") || !is_name(notice.level) || !put(reasons, "reasons")) return {};
        for (std::string_view rest = reasons; reasons != "none";) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            if (!is_name(rest.substr(0, end)) || notice.reasons.size() == reasons_max) return {};
            notice.reasons.emplace_back(rest.substr(0, end));
            if (end == rest.size()) break;
            rest.remove_prefix(end + 1);
        }
    }
    if (notice.kind == NoticeKind::credit)
        for (const auto& [name, into] : {std::pair<std::string_view, std::int64_t*>("loans", &notice.loans), {"late", &notice.late},
                 {"written off", &notice.written_off}, {"penalties", &notice.penalties}}) {
            const auto number = number_of(take(text, name));
            if (!number) return {};
            *into = *number;
        }
    for (const auto& [name, into] : {std::pair<std::string_view, Date*>("day", &notice.day), {"valid until", &notice.valid_until}}) {
        const auto value = take(text, name);
        const auto day = value ? parse_date(*value) : std::nullopt;
        if (!day) return {};
        *into = *day;
    }
    if (!text.empty()) return {};
    return notice;
}

} // namespace greenbank::finance
