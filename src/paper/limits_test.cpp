// limits_test.cpp — what cannot be set on paper is refused with its place, and what is large but allowed is set.
#include <cmath>
#include <limits>

#include "paper/pdf_under_test.h"

namespace greenbank::paper {

namespace {

/// The first problem of a document of one block: "code place".
std::string problem(Block block, const Limits& limits = {}) {
    const auto made = to_pdf({.front = {.title = "T", .language = Language::en}, .blocks = {std::move(block)}}, {.fonts = {}, .limits = limits});
    if (made) return "none";
    if (made.error().problems.empty()) return made.error().code;
    return made.error().problems[0].code + " " + made.error().problems[0].field;
}

std::string front_problem(Front front) {
    const auto made = to_pdf({.front = std::move(front), .blocks = {}});
    return made ? "none" : made.error().problems.empty() ? made.error().code : made.error().problems[0].code + " " + made.error().problems[0].field;
}

} // namespace

TEST_CASE("faults are named by place") {
    CHECK(problem(Paragraph{"fine"}) == "none");
    CHECK(problem(Paragraph{"\xff"}) == "paper.not_utf8 blocks[0].text");
    CHECK(problem(Paragraph{{Span{.text = "a"}, Span{.text = "\xc3"}}}) == "paper.not_utf8 blocks[0].text.spans[1]");
    CHECK(problem(Heading{0, "h"}) == "paper.level blocks[0].level");
    CHECK(problem(Heading{4, "h"}) == "paper.level blocks[0].level");
    CHECK(problem(Heading{1, " "}) == "paper.text_missing blocks[0].text");
    CHECK(problem(Heading{1, std::string(1001, 'x')}) == "paper.text_too_long blocks[0].text");
    CHECK(problem(List{{{"x", 3}}}) == "paper.level blocks[0].items[0].depth");
    CHECK(problem(List{{{"x", -1}}}) == "paper.level blocks[0].items[0].depth");
    CHECK(problem(Table{{}, {{"a"}, {"b"}}, {{{Cell("1"), Cell("2")}}, {{Cell("1")}}}}) == "paper.row_width blocks[0].rows[1]");
    CHECK(problem(Table{{}, {{"a", Align::left, 2}}, {}}) == "paper.share blocks[0].columns[0]");
    CHECK(problem(Table{{}, {{"a", Align::left, std::nan("")}}, {}}) == "paper.share blocks[0].columns[0]");
    CHECK(problem(Table{{}, {{"a"}}, {{{Cell("\xe4\xb8")}}}}) == "paper.not_utf8 blocks[0].rows[0].cells[0]");
    CHECK(problem(Table{{}, std::vector<Column>(25), {}}) == "paper.too_many blocks[0].columns");
    CHECK(problem(BarChart{"t", "u", {{"a", std::nan("")}}}) == "paper.not_finite blocks[0].bars[0].value");
    CHECK(problem(BarChart{"t", "u", {{"a", 1e300}}}) == "paper.not_finite blocks[0].bars[0].value");
    CHECK(problem(BarChart{"t", "u", std::vector<Bar>(501)}) == "paper.too_many blocks[0].bars");
    CHECK(problem(BarChart{"t", "u", {{"a", 1}}, 10}) == "paper.decimals blocks[0].decimals");
    CHECK(problem(LineChart{"t", "u", {"1"}, {{"s", {1, 2}}}}) == "paper.row_width blocks[0].series[0]");
    CHECK(problem(LineChart{"t", "u", {"1"}, {{"s", {std::numeric_limits<double>::infinity()}}}}) == "paper.not_finite blocks[0].series[0].values[0]");
    CHECK(problem(LineChart{"t", "u", {"1"}, std::vector<Series>(8)}) == "paper.too_many blocks[0].series");
    CHECK(problem(Proof{"c", "javascript:alert(1)"}) == "paper.link blocks[0].link");
    CHECK(problem(Proof{"c", ""}) == "paper.link blocks[0].link");
    CHECK(problem(Proof{"c", "https://x/ y"}) == "paper.link blocks[0].link");
    CHECK(problem(Proof{"c", "https://x/'y"}) == "paper.link blocks[0].link");
    CHECK(problem(Paragraph{{Span{.text = "a", .link = "ftp://x"}}}) == "paper.link blocks[0].text.link");
    CHECK(front_problem({.title = ""}) == "paper.text_missing front.title");
    CHECK(front_problem({.title = "\x80"}) == "paper.not_utf8 front.title");
    CHECK(front_problem({.title = "T", .contents_levels = 4}) == "paper.level front.contents_levels");
    CHECK(front_problem({.title = "T", .marks = std::vector<Badge>(7)}) == "paper.too_many front.marks");
}

TEST_CASE("all faults are named at once, up to twenty") {
    Document document{.front = {.title = "T", .language = Language::en}, .blocks = {}};
    for (int i = 0; i < 50; ++i) document.blocks.push_back(Heading{9, "h"});
    const auto made = to_pdf(document);
    REQUIRE(!made);
    CHECK(made.error().problems.size() == 20);
    CHECK(made.error().kind == Failure::invalid);
}

TEST_CASE("too many pages are refused early") {
    Limits limits;
    limits.pages = 3;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "word ";
    CHECK(problem(Paragraph{text}, limits) == "paper.too_many_pages");
    CHECK(problem(Paragraph{"short"}, limits) == "none");
}

TEST_CASE("a paragraph of 1 MiB is split over pages, with and without places to end a line") {
    std::string words;
    while (words.size() + 12 < (1u << 20)) words += "绿色技术";
    for (const std::string& text : {words, std::string(1u << 20, 'x')}) {
        Pdf pdf(must_make({.front = {.title = "T", .language = Language::zh, .title_page = false}, .blocks = {Paragraph{text}}}));
        CHECK(pdf.pages() > 100);
        std::size_t read = 0;
        for (int page = 1; page <= pdf.pages(); page += 1) read += without_spaces(pdf.text(page)).size();
        CHECK(read == text.size() + 1); // and the title
    }
    CHECK(problem(Paragraph{std::string((1u << 20) + 1, 'x')}) == "paper.text_too_long blocks[0].text");
}

TEST_CASE("fonts that are not there are named") {
    const auto made = to_pdf({.front = {.title = "T"}, .blocks = {}}, {.fonts = {.latin = "/nowhere/font.ttf"}, .limits = {}});
    REQUIRE(!made);
    CHECK(made.error().code == "paper.font_missing");
    const auto swapped =
        to_pdf({.front = {.title = "T"}, .blocks = {}}, {.fonts = {.latin = FontFiles{}.symbols, .latin_bold = FontFiles{}.symbols}, .limits = {}});
    REQUIRE(!swapped);
    CHECK(swapped.error().code == "paper.font_other");
}

TEST_CASE("empty blocks draw nothing and break nothing") {
    Pdf pdf(must_make({.front = {.title = "T", .language = Language::en, .title_page = false},
        .blocks = {Paragraph{""}, Paragraph{}, List{}, Facts{}, Table{}, Table{"t", {{"a"}}, {}}, BarChart{}, LineChart{}, Badges{}, PageBreak{}, PageBreak{},
            Paragraph{"end"}, PageBreak{}}}));
    CHECK(pdf.pages() == 2);
    CHECK(without_spaces(pdf.text(2)) == "end");
}

} // namespace greenbank::paper
