// paper_test.cpp — the face: what goes into a document is what Poppler reads out of the PDF, in three languages.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <regex>
#include <sstream>

#include "paper/clean.h"
#include "paper/colours.h"
#include "paper/example_documents.h"
#include "paper/pdf_under_test.h"
#include "paper/words.h"

#include <fmt/format.h>

// fontconfig and cairo keep what they have read in pointers that the leak checker cannot follow, and cairo 1.16 forgets two arrays for each
// embedded Chinese font. What we hold ourselves is watched by "documents do not pile up" in catalogue_test.cpp.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\nleak:libcairo.so\n"; }

namespace greenbank::paper {

std::string without_spaces(std::string_view text) {
    std::string out(text);
    for (const char* space : {"\u00a0", "\u2009", "\u202f", "\u3000", " ", "\n", "\f", "\r"})
        for (std::size_t at = out.find(space); at != std::string::npos; at = out.find(space, at)) out.erase(at, std::string_view(space).size());
    return out;
}

bool same_but_for_lines(std::string_view given, std::string_view read) {
    while (!read.empty() && (read.back() == '\n' || read.back() == '\f')) read.remove_suffix(1);
    std::size_t i = 0;
    for (const char c : read) {
        if (c == '\n' || c == '\f') {
            if (i < given.size() && (given[i] == ' ' || given[i] == '\n')) ++i;
            continue;
        }
        if (i == given.size() || given[i] != c) return false;
        ++i;
    }
    return i == given.size();
}

namespace {

constexpr Language languages[] = {Language::zh, Language::en, Language::ru};

/// One paragraph on its own pages, read back.
void check_prose(Language language, const std::string& text) {
    CAPTURE(text.substr(0, 300));
    const Document document{.front = {.title = "T", .language = language, .contents_levels = 0}, .blocks = {Paragraph{text}}};
    Pdf pdf(must_make(document));
    std::string read;
    for (int page = 2; page <= pdf.pages(); ++page) read += pdf.text(page);
    CHECK_MESSAGE(same_but_for_lines(clean(text), read), read.substr(0, 600));
}

} // namespace

TEST_CASE("prose comes back letter by letter") {
    check_prose(Language::zh, "绿色技术银行把技术变成有融资、在运行、可测量的项目，再把测得的结果变成可交易的碳资产。");
    check_prose(Language::zh,
        "他说：“先算账，再立项。”——这是‘基本要求’……见《管理办法》（2026 年版）第 3.2 条；效率 ≥95%，温差 ±0.5 °C，CO₂ 减排 9,480 t，投资 ¥1.86 亿。");
    check_prose(Language::zh,
        "采用CO2热泵（R744）与12.5MW光伏，按IEC 61215:2021测试，详见https://bank.example/标准/IEC-61215?edition=2021&lang=zh，或致电021-5555 0000。");
    check_prose(Language::en, "The bank turns a green technology into a financed, running, measured project — and what is measured into tradable carbon; "
                              "“efficient” offices, fluffy affine ligatures.");
    check_prose(
        Language::en, "A range of 1,250.00–1,300.00 kW·h at 95 % (±2 %), CO₂e ≤ 0.62 t/MWh → 9 480 t; Beiyu 北屿 Island, № 7, 20 ₽, 30 €.");
    check_prose(Language::ru,
        "Банк превращает зелёную технологию в профинансированный, работающий, измеренный проект: «объёмы», 9 480 т CO₂-экв., № 7, 12,5 МВт·ч — и так далее.");
    check_prose(Language::ru, "Қазақстан Республикасы: ғылым, өнер, ұлттық банк, үкімет, һәм әлем; Ўзбекистон, Ҳамза.");
    check_prose(Language::zh, "第一行\n第二行\r\n第三行");
}

TEST_CASE("long prose is justified within its measure and still comes back") {
    for (const Language language : languages) {
        std::string text;
        for (std::size_t i = 0; i < 6; ++i) {
            const auto entry = example_entry(i, language);
            for (const Block& block : entry)
                if (const auto* paragraph = std::get_if<Paragraph>(&block)) text += paragraph->text.spans[0].text + (language == Language::zh ? "" : " ");
        }
        check_prose(language, text);
        Pdf pdf(must_make({.front = {.title = "T", .language = language, .title_page = false}, .blocks = {Paragraph{text}}}));
        const Pdf::Extent ink = pdf.ink(1);
        CHECK(ink.right == doctest::Approx(pdf.geometry().left + pdf.geometry().measure).epsilon(0.005)); // flush at the right
    }
}

TEST_CASE("what no typeface has is shown as a box and can still be copied") { check_prose(Language::zh, "生僻字𠮷𠮸、彝文ꀀ、emoji 😀😃，都不会丢。"); }

TEST_CASE("a text cannot bring controls, overrides or loose marks onto the page") {
    const auto becomes = [](std::string_view given, std::string_view expected) { CHECK(clean(given) == expected); };
    becomes("a\x01\x02\x7f z", "a z");
    becomes("\u202Egnp.exe\u202C \u2066x\u2069 \u200Fy\u200E", "gnp.exe x y");
    becomes("soft\u00ADhyphen zero\u200Bwidth \uFEFFmark", "softhyphen zerowidth mark");
    becomes("  many \t spaces  \n  here  ", "many spaces\nhere");
    becomes("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne");
    becomes("\u0301alone, and \u0308 between", "\u25CC\u0301alone, and \u25CC\u0308 between");
    becomes("z\u0335\u0336\u0337\u0338\u0301\u0302\u0303\u0304a", "z\u0335\u0336\u0337\u0338a");
    becomes("1\u00a0000\u202f000", "1\u00a0000\u202f000");
    becomes("e\u0301 é \u0439", "e\u0301 é \u0439");
    becomes("", "");
    becomes("\u202E\u200B", "");
    CHECK(clean_line("two\nlines") == "two lines");
    for (const char* hostile :
        {"\u202Egnp.exe\u202C", "\u0301\u0301\u0301", "a\u0335\u0336\u0337\u0338\u0301\u0302\u0303\u0304\u0305\u0306", "\x01\x1b[31m", "\u2028\u2029"})
        check_prose(Language::en, hostile);
}

TEST_CASE("a report has its title, contents, pages and outline") {
    for (const Language language : languages) {
        CAPTURE(to_text(language));
        const Document document = example_report(language);
        Pdf pdf(must_make(document));
        CHECK(same_but_for_lines(document.front.title,
            pdf.text(1).substr(pdf.text(1).find(document.front.title.substr(0, 9)), document.front.title.size() + 3).substr(0, document.front.title.size())));
        CHECK(without_spaces(pdf.text(1)).find(without_spaces(document.front.subtitle)) != std::string::npos);
        CHECK(pdf.text(1).find(document.front.edition) != std::string::npos);
        CHECK(pdf.text(1).find(day_text(*document.front.date, language)) != std::string::npos);
        CHECK(pdf.text(1).find(document.front.marks[0].text) != std::string::npos);
        CHECK(pdf.header(1).find(document.front.title) == std::string::npos);
        for (int page = 2; page <= pdf.pages(); ++page) {
            CHECK(pdf.header(page).find(document.front.title) != std::string::npos);
            CHECK(pdf.header(page).find(document.front.marks[0].text) != std::string::npos);
            CHECK(pdf.footer(page).find(say("paper.page_of", language, {{"page", std::to_string(page)}, {"pages", std::to_string(pdf.pages())}})) !=
                  std::string::npos);
        }
        const auto outline = pdf.outline();
        std::vector<std::string> titles;
        for (const Pdf::Entry& entry : outline) titles.push_back(fmt::format("{} {}", entry.depth, entry.title));
        const auto title = [&](std::size_t block) { return std::get<Heading>(document.blocks[block]).text; };
        CHECK(titles == std::vector<std::string>{
                            "0 1 " + title(0), "0 2 " + title(4), "1 2.1 " + title(5), "1 2.2 " + title(8), "0 3 " + title(10), "1 3.1.1 " + title(12)});
    }
}

TEST_CASE("contents and outline lead to the pages where the headings stand") {
    Document document{.front = {.title = "T", .language = Language::en, .contents_levels = 3}, .blocks = {}};
    Random random(7);
    for (int i = 0; i < 150; ++i) {
        document.blocks.push_back(Heading{1 + static_cast<int>(random.below(3)), fmt::format("Heading no{}", i)});
        std::string text = "Words";
        for (std::uint64_t k = random.below(400); k > 0; --k) text += " and words";
        document.blocks.push_back(Paragraph{text + "."});
    }
    Pdf pdf(must_make(document));
    std::string contents;
    int first = 2; // of the text
    for (; pdf.text(first).find("Words and") == std::string::npos; ++first) contents += pdf.text(first);
    REQUIRE(first > 3); // several pages of contents
    const auto destinations = pdf.document().create_destination_map();
    for (int i = 0; i < 150; ++i) {
        const std::string title = fmt::format("Heading no{}", i);
        CAPTURE(title);
        std::smatch found;
        REQUIRE(std::regex_search(contents, found, std::regex(title + "\\s+(\\d+)")));
        const int page = std::stoi(found[1]);
        CHECK(std::regex_search(pdf.text(page), std::regex(title + "\\b")));
        const auto destination = destinations.find(fmt::format("heading-{}", i));
        REQUIRE(destination != destinations.end());
        CHECK(destination->second.page_number() == page);
        // The words below a heading begin on its page.
        const std::string text = pdf.text(page);
        CHECK(text.find("Words", text.find(title + "\n")) != std::string::npos);
    }
}

TEST_CASE("fonts are embedded as subsets") {
    for (const Language language : languages) {
        Pdf pdf(must_make(example_report(language)));
        const auto fonts = pdf.document().fonts();
        CHECK(fonts.size() >= 2);
        for (const poppler::font_info& font : fonts) {
            CHECK_MESSAGE(font.is_embedded(), font.name());
            CHECK_MESSAGE(font.is_subset(), font.name());
            CHECK_MESSAGE(font.name().find("Noto") != std::string::npos, font.name());
        }
        const bool chinese =
            std::any_of(fonts.begin(), fonts.end(), [](const poppler::font_info& font) { return font.name().find("CJKsc") != std::string::npos; });
        CHECK(chinese == (language == Language::zh));
    }
}

TEST_CASE("metadata names title, author, language and the day given") {
    const std::string bytes = must_make(example_report(Language::zh));
    Pdf pdf(bytes);
    CHECK(utf8(pdf.document().get_title()) == "北屿岛零碳园区项目评估报告");
    CHECK(utf8(pdf.document().get_author()) == "绿色技术银行");
    CHECK(pdf.document().get_creation_date_t() == 1795161600);
    CHECK(bytes.find("/Lang (zh-Hans)") != std::string::npos);
    CHECK(must_make(example_report(Language::ru)).find("/Lang (ru)") != std::string::npos);
}

TEST_CASE("the same document gives the same bytes") {
    for (const Language language : languages) {
        const std::string first = must_make(example_report(language));
        for (int i = 0; i < 3; ++i) CHECK(must_make(example_report(language)) == first);
        Document later = example_report(language);
        later.front.created_at = later.front.created_at + seconds(1);
        CHECK(must_make(later) != first);
    }
}

TEST_CASE("the head of a long table is repeated, figures stay in their columns") {
    Table table{.title = "Long table", .columns = {{"Name"}, {"Tonnes", Align::right}}, .rows = {}, .source = "Somewhere"};
    for (int i = 0; i < 200; ++i) table.rows.push_back({{Cell(fmt::format("row{}", i)), Cell(std::to_string(i * 1000))}});
    Pdf pdf(must_make({.front = {.title = "T", .language = Language::en, .contents_levels = 0}, .blocks = {table}}));
    REQUIRE(pdf.pages() > 4);
    int rows = 0;
    for (int page = 2; page <= pdf.pages(); ++page) {
        const std::string text = pdf.text(page);
        CHECK(text.find("Name Tonnes") != std::string::npos);
        CHECK((text.find("(continued)") != std::string::npos) == (page > 2));
        for (std::size_t at = text.find("row"); at != std::string::npos; at = text.find("row", at + 1)) ++rows;
    }
    CHECK(rows == 200);
    CHECK(pdf.text(pdf.pages()).find("Source: Somewhere") != std::string::npos);
}

TEST_CASE("a row longer than a page goes on over pages, and nothing of it is lost") {
    std::string words;
    for (int i = 0; i < 3000; ++i) words += fmt::format("w{} ", i);
    Table table{
        .title = {}, .columns = {{"A", Align::left, 0.2}, {"B", Align::left, 0.8}}, .rows = {{{Cell("short"), Cell(words)}}, {{Cell("next"), Cell("row")}}}};
    Settings settings;
    settings.limits.cell_bytes = 100'000;
    Pdf pdf(must_make({.front = {.title = "T", .language = Language::en, .title_page = false}, .blocks = {table}}, settings));
    CHECK(pdf.pages() > 3);
    const std::string text = pdf.text();
    std::size_t at = 0;
    for (int i = 0; i < 3000; ++i) {
        at = text.find(fmt::format("w{}", i), at);
        REQUIRE(at != std::string::npos);
    }
    CHECK(text.find("next row", at) != std::string::npos);
}

TEST_CASE("notes stand at the foot of the page of their mark, in order") {
    Document document{.front = {.title = "T", .language = Language::en, .contents_levels = 0}, .blocks = {}};
    for (int i = 0; i < 120; ++i)
        document.blocks.push_back(Paragraph{{Span{.text = fmt::format("Statement{} is made here and goes on for a line or two, so that pages fill", i),
                                                 .note = fmt::format("Reason{} for it", i)},
            Span{.text = "."}}});
    Pdf pdf(must_make(document));
    int next = 0;
    for (int page = 2; page <= pdf.pages(); ++page) {
        const std::string text = pdf.text(page);
        for (; next < 120; ++next) {
            const std::size_t statement = text.find(fmt::format("Statement{} ", next));
            if (statement == std::string::npos) break;
            CHECK(text.find(fmt::format("[{}]", next + 1), statement) != std::string::npos);
            CHECK(text.find(fmt::format("Reason{} ", next)) != std::string::npos);
        }
    }
    CHECK(next == 120);
}

TEST_CASE("equal sources of a table share one mark") {
    const Facts facts{.title = "F", .facts = {{"a", "1", "Survey"}, {"b", "2", "Study"}, {"c", "3", "Survey"}}};
    Pdf pdf(must_make({.front = {.title = "T", .language = Language::en, .title_page = false}, .blocks = {facts}}));
    const std::string text = without_spaces(pdf.text());
    CHECK(text.find("a1ab2bc3aaSurveybStudy") != std::string::npos);
}

TEST_CASE("charts say their figures") {
    for (const Language language : languages) {
        const BarChart bars{.title = "Bars", .unit = "kW", .bars = {{"up", 1234.5}, {"down", -20}}, .decimals = 1};
        const LineChart lines{
            .title = "Lines", .unit = "t", .places = {"2026", "2027", "2028"}, .series = {{"one", {1, {}, 3000}}, {"two", {2, 2, 2.5}}}, .decimals = 1};
        Pdf pdf(must_make({.front = {.title = "T", .language = language, .title_page = false}, .blocks = {bars, lines, BarChart{}, LineChart{}}}));
        const std::string text = pdf.text();
        for (const std::string& part : {figure_text(1234.5, 1, language), figure_text(-20, 1, language), "one " + figure_text(3000, 1, language),
                 "two " + figure_text(2.5, 1, language), std::string("2027")})
            CHECK_MESSAGE(without_spaces(text).find(without_spaces(part)) != std::string::npos, part, " in ", text);
    }
}

TEST_CASE("figures and days are written as each language writes them") {
    CHECK(figure_text(1234567.891, 2, Language::en) == "1,234,567.89");
    CHECK(figure_text(1234567.891, 2, Language::ru) == "1\u00a0234\u00a0567,89");
    CHECK(figure_text(-0.04, 1, Language::zh) == "0.0");
    CHECK(figure_text(-999.5, 1, Language::zh) == "\u2212999.5");
    CHECK(day_text(make_date(2026, 3, 1), Language::zh) == "2026年3月1日");
    CHECK(day_text(make_date(2026, 3, 1), Language::en) == "1 March 2026");
    CHECK(day_text(make_date(2026, 3, 1), Language::ru) == "1 марта 2026 г.");
}

TEST_CASE("the link of a proof stands in words and can be clicked") {
    const std::string link = "https://bank.example/proof/01JD3X5V7Q8Z9K2M4N6P8R0S1T";
    const std::string bytes = must_make({.front = {.title = "T", .language = Language::en, .title_page = false}, .blocks = {Proof{"Certificate", link}}});
    Pdf pdf(bytes);
    CHECK(without_spaces(pdf.text()).find(link) != std::string::npos);
    CHECK(bytes.find("/URI (" + link + ")") != std::string::npos);
}

TEST_CASE("colours are those of the page") {
    std::ifstream file("web/src/app/base.css");
    REQUIRE(file);
    std::stringstream css;
    css << file.rdbuf();
    const std::string light = css.str().substr(0, css.str().find(":root.dark"));
    const auto has = [&](std::string_view name, Colour colour) {
        const std::string row = fmt::format("--{}: #{:02x}{:02x}{:02x};", name, colour.red, colour.green, colour.blue);
        CHECK_MESSAGE(light.find(row) != std::string::npos, row);
    };
    for (std::size_t i = 0; i < colours::series.size(); ++i) has(fmt::format("series-{}", i + 1), colours::series[i]);
    has("text", colours::text), has("muted", colours::muted), has("accent", colours::accent), has("link", colours::link), has("line", colours::line);
    has("line-strong", colours::line_strong), has("sunken", colours::sunken);
    const char* tones[] = {"", "good", "warn", "bad", "info", "sample"};
    for (std::size_t i = 1; i < colours::tones.size(); ++i)
        has(tones[i], colours::tones[i].ink), has(fmt::format("{}-soft", tones[i]), colours::tones[i].ground);
}

} // namespace greenbank::paper
