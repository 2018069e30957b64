// properties_test.cpp — random documents: every text comes back in order, no page is empty, nothing is drawn outside the margins.
#include <fmt/format.h>

#include "kernel/random.h"
#include "paper/clean.h"
#include "paper/pdf_under_test.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

const std::vector<std::string> pieces[] = {
    {"绿色", "技术", "银行", "海水源热泵", "，", "。", "、", "“核证”", "（2026 年）", "——", "……", "CO₂", " 12.5 MW ", "≥95%", "的", "项目", "；", "《办法》",
        "A/B", "北屿岛"},
    {"heat ", "pump ", "financed ", "measured ", "bank, ", "tradable ", "(2026) ", "12.5 MW ", "CO₂e ", "a ", "of ", "— ", "“quoted” ", "well-known ",
        "https://bank.example/a/b?c=d ", "incomprehensibilities "},
    {"тепловой ", "насос ", "банк, ", "измеренный ", "проект ", "и ", "в ", "«кавычки» ", "12,5 МВт·ч ", "№ 7 ", "теплоэнергоснабжение ", "— ", "(2026 г.) ",
        "сокращение выбросов "},
};

std::string random_text(Random& random, Language language, std::uint64_t pieces_max) {
    const auto& list = pieces[static_cast<std::size_t>(language)];
    std::string text = language == Language::zh ? "文" : language == Language::en ? "Text " : "Текст ";
    for (std::uint64_t i = random.below(pieces_max + 1); i > 0; --i) text += random.pick(list);
    // Nowhere to end a line. (In a table such a word makes a row that is split between lines, and cells come back line by line.)
    if (pieces_max >= 8 && random.chance(0.05)) text += std::string(1 + random.below(300), 'W');
    return text;
}

/// A block and the texts that must come back from it, in order.
struct Expected {
    Block block;
    std::vector<std::string> texts;
};

Expected random_block(Random& random, Language language) {
    const auto text = [&](std::uint64_t pieces_max) { return random_text(random, language, pieces_max); };
    switch (random.below(12)) {
    case 0:
    case 1: {
        const Heading heading{1 + static_cast<int>(random.below(3)), text(8)};
        return {heading, {heading.text}};
    }
    case 2: {
        List list{.items = {}, .numbered = random.chance(0.5)};
        std::vector<std::string> texts;
        for (std::uint64_t i = 1 + random.below(6); i > 0; --i) {
            texts.push_back(text(30));
            list.items.push_back({texts.back(), static_cast<int>(random.below(3))});
        }
        return {list, texts};
    }
    case 3: {
        Facts facts{.title = text(5), .facts = {}};
        std::vector<std::string> texts{facts.title};
        for (std::uint64_t i = 1 + random.below(8); i > 0; --i) {
            Fact fact{text(4), text(7)};
            texts.push_back(fact.label), texts.push_back(fact.value);
            if (random.chance(0.3)) fact.source = text(10);
            if (random.chance(0.3)) fact.status = static_cast<Status>(random.below(3));
            facts.facts.push_back(fact);
        }
        return {facts, texts};
    }
    case 4:
    case 5: {
        Table table{.title = random.chance(0.7) ? text(8) : "", .columns = {}, .rows = {}, .source = random.chance(0.5) ? text(8) : ""};
        std::vector<std::string> texts;
        if (!table.title.empty()) texts.push_back(table.title);
        const std::uint64_t columns = 1 + random.below(random.chance(0.1) ? 14 : 6);
        const bool heads = random.chance(0.9);
        for (std::uint64_t i = 0; i < columns; ++i) {
            table.columns.push_back({!heads        ? ""
                                     : columns > 6 ? fmt::format("h{}", i)
                                                   : text(2),
                static_cast<Align>(random.below(3)), random.chance(0.2) ? random.uniform() : 0});
            if (heads) texts.push_back(table.columns.back().title);
        }
        for (std::uint64_t r = random.below(random.chance(0.1) ? 120 : 12); r > 0; --r) {
            Row row{.cells = {}, .strong = random.chance(0.1)};
            for (std::uint64_t i = 0; i < columns; ++i) {
                row.cells.push_back(Cell(random.chance(0.5) ? figure_text(static_cast<double>(random.between(-99999, 99999)), 1, language)
                                         : columns > 6      ? "x"
                                                            : text(columns > 3 ? 2 : 4)));
                texts.push_back(row.cells.back().text);
            }
            table.rows.push_back(row);
        }
        if (!table.source.empty()) texts.push_back(table.source);
        return {table, texts};
    }
    case 6: {
        BarChart chart{.title = text(5), .unit = "MWh", .bars = {}, .decimals = static_cast<int>(random.below(3))};
        std::vector<std::string> texts{chart.title};
        for (std::uint64_t i = 1 + random.below(random.chance(0.1) ? 80 : 9); i > 0; --i) chart.bars.push_back({text(3), (random.uniform() - 0.3) * 10000});
        for (const Bar& bar : chart.bars) texts.push_back(figure_text(bar.value, chart.decimals, language));
        return {chart, texts};
    }
    case 7: {
        LineChart chart{.title = text(5), .unit = "MWh", .places = {}, .series = {}};
        for (std::uint64_t i = 1 + random.below(40); i > 0; --i) chart.places.push_back(std::to_string(2060 - i));
        for (std::uint64_t s = 1 + random.below(7); s > 0; --s) {
            Series series{text(1), {}};
            for (std::size_t i = 0; i < chart.places.size(); ++i)
                series.values.push_back(random.chance(0.1) ? std::nullopt : std::optional(random.uniform() * 1e4 - 2e3));
            chart.series.push_back(series);
        }
        return {chart, {}};
    }
    case 8: {
        const Proof proof{text(6), "https://bank.example/proof/" + std::to_string(random.next())};
        return {proof, {proof.caption, proof.link}};
    }
    case 9:
        if (random.chance(0.5)) return {PageBreak{}, {}};
        return {Badges{{badge(static_cast<Status>(random.below(3)), language), {text(2), Tone::info}}}, {}};
    default: {
        const std::string words = text(random.chance(0.1) ? 400 : 60);
        return {Paragraph{words}, {words}};
    }
    }
}

void check_pages(Pdf& pdf, bool title_page) {
    const Geometry& geometry = pdf.geometry();
    for (int page = 1; page <= pdf.pages(); ++page) {
        CAPTURE(page);
        CHECK(!without_spaces(pdf.text(page)).empty());
        const Pdf::Extent ink = pdf.ink(page);
        REQUIRE(ink.any());
        CHECK(ink.left >= geometry.left - 2);
        CHECK(ink.right <= geometry.left + geometry.width + 2);
        CHECK(ink.top >= geometry.header - 12);
        CHECK(ink.bottom <= geometry.footer + 5);
        if (page > 1 || !title_page) CHECK(pdf.footer(page).find(std::to_string(page)) != std::string::npos);
    }
}

} // namespace

TEST_CASE("random documents come back whole and in order, within their margins") {
    for (std::uint64_t seed = 1; seed <= 36; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto language = static_cast<Language>(seed % 3);
        Document document{.front = {.title = random_text(random, language, 12), .language = language}, .blocks = {}};
        document.front.title_page = random.chance(0.6);
        document.front.contents_levels = static_cast<int>(random.below(4));
        document.front.numbered = random.chance(0.5);
        document.front.orientation = random.chance(0.3) ? Orientation::landscape : Orientation::portrait;
        if (random.chance(0.3)) document.front.marks.push_back({random_text(random, language, 1), Tone::sample});
        std::vector<std::string> texts;
        for (std::uint64_t i = 1 + random.below(25); i > 0; --i) {
            Expected expected = random_block(random, language);
            document.blocks.push_back(std::move(expected.block));
            for (std::string& text : expected.texts) texts.push_back(without_spaces(clean(text)));
        }
        Pdf pdf(must_make(document), document.front.orientation);
        check_pages(pdf, document.front.title_page);
        std::string read;
        for (int page = 1; page <= pdf.pages(); ++page) read += without_spaces(pdf.text(page));
        std::size_t at = without_spaces(document.front.title).size();
        for (const std::string& text : texts) {
            const std::size_t found = read.find(text, at);
            CHECK_MESSAGE(found != std::string::npos, text, " is not behind ", read.substr(at > 60 ? at - 60 : 0, 160));
            if (found == std::string::npos) break;
            at = found + text.size();
        }
    }
}

TEST_CASE("hostile texts break nothing") {
    for (std::uint64_t seed = 1; seed <= 15; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto hostile = [&] {
            std::string text;
            for (std::uint64_t i = random.below(60); i > 0; --i) {
                // Any code point but surrogates, half of them from the corners where trouble lives.
                static const std::vector<char32_t> corners = {0, 1, 9, 10, 13, 27, 127, 0x85, 0xA0, 0xAD, 0x300, 0x301, 0x308, 0x334, 0x338, 0x20DD, 0x5D0,
                    0x627, 0x64B, 0xE31, 0x0E49, 0x1100, 0x1161, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x202A, 0x202E, 0x2066, 0x2069, 0x3000, 0x302A, 0xFE0F,
                    0xFEFF, 0xFFFC, 0xFFFD, 0xFFFF, 0x1F468, 0x1F3FB, 0xE0061, 0x10FFFF, 'W', ' ', U'中'};
                char32_t c = random.chance(0.7) ? random.pick(corners) : static_cast<char32_t>(random.below(0x110000));
                if (c >= 0xD800 && c < 0xE000) c = 'x';
                if (c < 0x80) text += static_cast<char>(c);
                else if (c < 0x800) text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
                else if (c < 0x10000) text += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
                else
                    text += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)), static_cast<char>(0x80 | (c >> 6 & 63)),
                        static_cast<char>(0x80 | (c & 63))};
            }
            return text;
        };
        Document document{.front = {.title = "T" + hostile(),
                              .subtitle = hostile(),
                              .organisation = hostile(),
                              .edition = hostile().substr(0, 0),
                              .language = static_cast<Language>(seed % 3)},
            .blocks = {}};
        for (int i = 0; i < 3; ++i) {
            document.blocks.push_back(Heading{1, "H" + hostile()});
            document.blocks.push_back(Paragraph{{Span{.text = hostile(), .note = hostile()}, Span{.text = hostile(), .strong = true}}});
            document.blocks.push_back(Facts{hostile(), {{hostile(), hostile(), hostile(), Status::official}}});
            document.blocks.push_back(Table{hostile(), {{hostile()}, {hostile(), Align::right}, {hostile(), Align::centre}},
                {{{Cell(hostile(), hostile()), Cell(hostile()), Cell(hostile())}}}, hostile()});
            document.blocks.push_back(BarChart{hostile(), hostile(), {{hostile(), 3}, {hostile(), -3}}});
            document.blocks.push_back(LineChart{hostile(), hostile(), {hostile(), hostile()}, {{hostile(), {1, 2}}}});
            document.blocks.push_back(List{{{hostile(), 0}, {hostile(), 2}}});
            document.blocks.push_back(Badges{{{hostile().substr(0, 0) + "b", Tone::bad}}});
        }
        Pdf pdf(must_make(document));
        for (int page = 1; page <= pdf.pages(); ++page) {
            const Pdf::Extent ink = pdf.ink(page);
            CHECK(ink.left >= pdf.geometry().left - 6); // a mark in another typeface than its letter may stand half over the edge
            CHECK(ink.right <= pdf.geometry().left + pdf.geometry().width + 6);
        }
    }
}

} // namespace greenbank::paper
