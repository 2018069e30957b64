// early_return_test.cpp — TRY leaves a function in the middle of an expression. What a braced initialiser has already built is then never destroyed (GCC and
// clang clean up after exceptions only), so a TRY inside braces is the first value there, or stands before the statement. Arguments of calls are safe.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace greenbank {
namespace {

namespace fs = std::filesystem;

/// The same length, with texts and comments blank.
std::string without_texts(const std::string& source) {
    std::string out = source;
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < std::min(to, out.size()); ++i)
            if (out[i] != '\n') out[i] = ' ';
    };
    for (std::size_t i = 0; i < source.size();) {
        std::size_t end = i + 1;
        if (source.compare(i, 2, "//") == 0) end = source.find('\n', i);
        else if (source[i] == 'R' && source.compare(i + 1, 1, "\"") == 0) {
            const std::size_t open = source.find('(', i);
            end = source.find(")" + source.substr(i + 2, open - i - 2) + "\"", open) + open - i;
        } else if (source[i] == '"' || (source[i] == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(source[i - 1]))))) {
            while (end < source.size() && source[end] != source[i]) end += source[end] == '\\' ? 2 : 1;
            ++end;
        } else {
            ++i;
            continue;
        }
        blank(i, end);
        i = end;
    }
    return out;
}

struct Group {
    std::size_t open = 0, close = 0;
    bool statements = false;
};

/// Brackets that enclose `at`, the innermost first.
std::vector<Group> groups_of(const std::string& text) {
    std::vector<Group> open, all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(' || text[i] == '[' || text[i] == '{') open.push_back({i, 0, false});
        else if (text[i] == ';' && !open.empty()) open.back().statements = true;
        else if ((text[i] == ')' || text[i] == ']' || text[i] == '}') && !open.empty()) {
            open.back().close = i;
            all.push_back(open.back());
            open.pop_back();
        }
    }
    static const std::regex statement("^\\s*(if|for|while|do|switch|case)\\b");
    for (Group& one : all)
        if (text[one.open] == '{' && !one.statements)
            one.statements = std::regex_search(text.substr(one.open + 1, std::min<std::size_t>(one.close - one.open - 1, 200)), statement);
    return all;
}

std::vector<std::size_t> lines_with_late_try(const std::string& source) {
    static const std::regex first("^\\s*(\\.\\w+ = ?)?([\\w:<>]+\\()*$"); // the first value, in calls or not
    const std::string text = without_texts(source);
    const std::vector<Group> groups = groups_of(text);
    std::vector<std::size_t> lines;
    for (std::size_t at = text.find("TRY("); at != std::string::npos; at = text.find("TRY(", at + 1)) {
        const Group* initialiser = nullptr;
        std::vector<const Group*> around;
        for (const Group& one : groups)
            if (one.open < at && at < one.close) around.push_back(&one);
        std::sort(around.begin(), around.end(), [](const Group* a, const Group* b) { return a->open > b->open; });
        for (const Group* one : around) {
            if (text[one->open] != '{') continue;
            if (one->statements) break;
            initialiser = one;
        }
        if (initialiser && !std::regex_match(text.substr(initialiser->open + 1, at - initialiser->open - 1), first))
            lines.push_back(static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1);
    }
    return lines;
}

} // namespace

TEST_CASE("the look for late TRYs finds them") {
    CHECK(lines_with_late_try("{\n P p{a(),\n TRY(b())}; }") == std::vector<std::size_t>{3});
    CHECK(lines_with_late_try("{ v.push_back({\"x\", TRY(b())}); }").size() == 1);
    CHECK(lines_with_late_try("{ P p{.a = TRY(b()), .c = d()}; return f(g(), TRY(b())); }").empty());
    CHECK(lines_with_late_try("{ P p{.a = c(), .b = [] { return TRY(b()); }}; }").empty());
    CHECK(lines_with_late_try("{ if (a) { x = 1; y = TRY(b()); } }").empty());
}

TEST_CASE("no TRY stands in braces after something that was built") {
    for (const auto& entry : fs::recursive_directory_iterator("src")) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        for (const std::size_t line : lines_with_late_try(text.str()))
            CHECK_MESSAGE(false, entry.path().generic_string(), ":", line, ": put this TRY before the statement; what the braces hold already would leak");
    }
}

} // namespace greenbank
