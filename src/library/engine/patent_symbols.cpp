// patent_symbols.cpp — reading symbols, comparing them by keys, choosing rules.
#include "library/engine/patent_symbols.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace greenbank::library {

namespace {

constexpr std::size_t length_max = 60;
constexpr std::size_t main_group_digits = 4, subgroup_digits = 6;
constexpr char after_all = '~'; // sorts behind every letter and digit

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// What was written, fit to be shown.
std::string shown(std::string_view text) {
    std::string out(text.substr(0, length_max));
    return is_utf8(out) ? out : "?";
}

Error unreadable(std::string_view text) {
    return {Failure::invalid, "patent.symbol", "{symbol} is not a symbol of the patent classification; write it like Y02E 10/50.", {{"symbol", shown(text)}}};
}

/// The written symbol without blanks and version, in capital letters; empty where it is too long.
std::string bare(std::string_view text) {
    if (text.size() > length_max) return {};
    if (const std::size_t open = text.find('('); open != std::string_view::npos && text.ends_with(')')) {
        for (const char c : text.substr(open + 1, text.size() - open - 2))
            if (!is_digit(c) && c != '.') return {};
        text = text.substr(0, open);
    }
    std::string out;
    for (const char c : text)
        if (!is_space(c)) out += upper(c);
    return out;
}

std::string_view digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
}

/// ST.8 fills up to six digits; a subgroup has at least two, and 00 is the main group itself.
void drop_filling(std::string& digits) {
    while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// The symbol at the beginning of `text`, which holds neither blanks nor small letters; how far it reaches in `end`.
bool read_symbol(std::string_view text, PatentSymbol& symbol, std::size_t& end) {
    if (text.empty() || !((text[0] >= 'A' && text[0] <= 'H') || text[0] == 'Y')) return false;
    end = 1;
    if (text.size() >= 3 && is_digit(text[1]) && is_digit(text[2])) {
        end = 3;
        if (text.size() > 3 && text[3] >= 'A' && text[3] <= 'Z') end = 4;
    }
    symbol.subclass = std::string(text.substr(0, end));
    if (end < 4) return true;
    const std::string_view group = digits_at(text, end);
    if (group.empty()) return true;
    if (group.size() == main_group_digits + subgroup_digits) { // ST.8
        symbol.main_group = number(group.substr(0, main_group_digits));
        symbol.subgroup = std::string(group.substr(main_group_digits));
        drop_filling(symbol.subgroup);
        end += group.size();
    } else {
        if (group.size() > main_group_digits) return false;
        symbol.main_group = number(group);
        end += group.size();
        if (end < text.size() && text[end] == '/') {
            const std::string_view fine = digits_at(text, end + 1);
            if (fine.size() < 2 || fine.size() > subgroup_digits) return false;
            symbol.subgroup = std::string(fine);
            end += 1 + fine.size();
        }
    }
    if (symbol.subgroup.find_first_not_of('0') == std::string::npos) symbol.subgroup.clear();
    return symbol.main_group > 0;
}

/// "25/00-65/00": the second end may leave out what it has in common with the first.
bool read_last(const std::string& text, const PatentSymbol& first, PatentSymbol& last) {
    std::size_t end = 0;
    const bool short_form = !text.empty() && is_digit(text[0]) && first.subclass.size() == 4;
    const std::string whole = short_form ? first.subclass + text : text;
    return read_symbol(whole, last, end) && end == whole.size();
}

} // namespace

std::string PatentSymbol::text() const {
    if (main_group == 0) return subclass;
    return fmt::format("{}{}/{}", subclass, main_group, subgroup.empty() ? "00" : subgroup);
}

std::string PatentSymbol::key() const { return main_group == 0 ? subclass : fmt::format("{}{:04}{}", subclass, main_group, subgroup); }

std::string PatentRange::text() const {
    if (first == last) return first.text();
    const std::string end = last.text();
    return first.text() + "-" + (last.main_group > 0 && last.subclass == first.subclass ? end.substr(last.subclass.size()) : end);
}

bool PatentRange::contains(const PatentSymbol& symbol) const {
    const std::string key = symbol.key();
    return first.key() <= key && key <= last.key() + after_all;
}
bool PatentRange::contains(const PatentRange& other) const {
    return first.key() <= other.first.key() && other.last.key() + after_all <= last.key() + after_all;
}

Result<PatentSymbol> parse_patent_symbol(std::string_view text) {
    PatentSymbol symbol;
    std::size_t end = 0;
    const std::string written = bare(trim(text));
    if (!read_symbol(written, symbol, end) || end != written.size()) return unreadable(text);
    return symbol;
}

Result<PatentRange> parse_patent_range(std::string_view text) {
    PatentRange range;
    std::size_t end = 0;
    std::string written = bare(trim(text));
    for (const std::string_view dash : {"–", "—", "..."}) // as people type ranges
        if (const std::size_t at = written.find(dash); at != std::string::npos) written.replace(at, dash.size(), "-");
    if (!read_symbol(written, range.first, end)) return unreadable(text);
    range.last = range.first;
    if (end == written.size()) return range;
    PatentSymbol last;
    if (written[end] != '-' || !read_last(written.substr(end + 1), range.first, last)) return unreadable(text);
    range.last = std::move(last);
    if (range.last.key() + after_all < range.first.key())
        return Error{Failure::invalid, "patent.range", "The range {range} ends before it begins.", {{"range", shown(text)}}};
    return range;
}

std::vector<PatentClass> classes_of(const PatentRange& asked, std::span<const PatentRule> rules) {
    const bool one_symbol = asked.first == asked.last;
    std::vector<const PatentRule*> around, within;
    for (const PatentRule& rule : rules) {
        if (one_symbol ? rule.range.contains(asked.first) : rule.range.contains(asked)) around.push_back(&rule);
        else if (!one_symbol && asked.contains(rule.range)) within.push_back(&rule);
    }
    const auto strictly_within = [](const PatentRule& inner, const PatentRule& outer) {
        return inner.to.tree == outer.to.tree && inner.to.edition == outer.to.edition && outer.range.contains(inner.range) &&
               !inner.range.contains(outer.range);
    };
    std::vector<PatentClass> all;
    std::set<std::pair<ClassCode, std::string>> seen;
    const auto give = [&](const PatentRule& rule, bool partly) {
        if (seen.emplace(rule.to, rule.range.text()).second) all.push_back({rule.to, rule.range, partly, rule.source, rule.standing});
    };
    for (const PatentRule* rule : around)
        if (std::none_of(around.begin(), around.end(), [&](const PatentRule* other) { return strictly_within(*other, *rule); })) give(*rule, false);
    for (const PatentRule* rule : within) give(*rule, true);
    std::stable_sort(all.begin(), all.end(), [](const PatentClass& a, const PatentClass& b) { return std::tie(a.to, a.partly) < std::tie(b.to, b.partly); });
    return all;
}

} // namespace greenbank::library
