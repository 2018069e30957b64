// csv_test.cpp — CSV of people: encodings, separators, quotes, and rows that are faulty without spoiling the others.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "sheets/csv_naive.h"
#include "sheets/formula_guard.h"
#include "sheets/sheets_under_test.h"

namespace greenbank::sheets {
namespace {

void check(const std::string& content, std::string_view expected, const ReadOptions& options = {}) { CHECK(shown(content, options) == unindented(expected)); }

std::string utf_16(std::u16string_view text, bool little) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xff), high = static_cast<char>(unit >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

Encoding encoding_of(const std::string& content) {
    const auto table = open_table(Bytes{content});
    REQUIRE(table);
    return table.value()->encoding();
}

// 名称,容量 / 海带烘干,12 in GB 18030, and 名称 alone
const std::string gb_name = "\xC3\xFB\xB3\xC6", gb_capacity = "\xC8\xDD\xC1\xBF", gb_kelp = "\xBA\xA3\xB4\xF8\xBA\xE6\xB8\xC9";

} // namespace

TEST_CASE("quotes, commas and line ends of all kinds") {
    check("a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",5\" pipe\r\n", "\nheader 1: a | b\n2: x,1 | say \"hi\"\n3: two\r\nlines | 5\" pipe\n");
    check("a,b\n1,2\n3,4", R"(
        header 1: a | b
        2: 1 | 2
        3: 3 | 4
    )");
    check("a,b\r1,2\r\r3,4\r", R"(
        header 1: a | b
        2: 1 | 2
        4: 3 | 4
    )");
    check("a,b\n,\n\n\"\",\n", R"(
        header 1: a | b
    )");
}

TEST_CASE("the separator is found out, or said") {
    check("name;power\nОстров, Россия;1,5\nпорт;2,5\n", R"(
        header 1: name | power
        2: Остров, Россия | 1,5
        3: порт | 2,5
    )");
    check("a\tb, c\td\n1\t2\t3\n", R"(
        header 1: a | b, c | d
        2: 1 | 2 | 3
    )");
    check("a|b\n1|2\n", R"(
        header 1: a | b
        2: 1 | 2
    )");
    check("sep=;\na;b,c\n1;2\n", R"(
        header 1: a | b,c
        2: 1 | 2
    )");
    check("a;b,c\n1,2;3\n", R"(
        header 1: a;b | c
        2: 1 | 2;3
    )",
        {.header_row = 1, .separator = ','});
    check("名称\n甲\n乙\n", R"(
        header 1: 名称
        2: 甲
        3: 乙
    )");
}

TEST_CASE("rows that are faulty, among others that are not") {
    check("a,b\n1\n1,2,3\n1,2,\n\"open,2\n5,6\n\"closed\"x,7\n8,9\n", R"(
        header 1: a | b
        2: 1 | 
        2! row 2 sheets.cell_count
        3: 1 | 2
        3! row 3 sheets.cell_count
        4: 1 | 2
        5: "open | 2
        5! row 5 sheets.quote
        6: 5 | 6
        7: "closed"x | 7
        7! row 7 sheets.quote
        8: 8 | 9
    )");
}

TEST_CASE("remarks above the header are titles") {
    check("# units: SI, years: UTC\n#,name\n1,x\n", R"(
        title: # units: SI years: UTC
        header 2: # | name
        3: 1 | x
    )");
}

TEST_CASE("the line of a row is where it begins, its number what Excel shows") {
    const auto table = open_table(Bytes{"a,b\n\"x\ny\",1\n\n2,3\n"});
    REQUIRE(table);
    const Row* row = table.value()->next().value();
    CHECK((row->number == 2 && row->line == 2));
    row = table.value()->next().value();
    CHECK((row->number == 4 && row->line == 5));
}

TEST_CASE("encodings") {
    const std::string expected = "header 1: 名称 | 容量\n2: 海带烘干 | 12\n", utf_8 = "名称,容量\n海带烘干,12\n";
    const std::string gb = gb_name + "," + gb_capacity + "\n" + gb_kelp + ",12\n";
    CHECK(shown(utf_8) == expected);
    CHECK(shown("\xEF\xBB\xBF" + utf_8) == expected);
    CHECK(shown(gb) == expected);
    CHECK(shown(utf_16(u"名称,容量\n海带烘干,12\n", true)) == expected);
    CHECK(shown(utf_16(u"名称,容量\r\n海带烘干,12", false)) == expected);
    CHECK(encoding_of(utf_8) == Encoding::utf_8);
    CHECK(encoding_of(gb) == Encoding::gb_18030);
    CHECK(encoding_of(utf_16(u"a,b\n", false)) == Encoding::utf_16_be);
    CHECK(shown(utf_16(u"a\tb\n🌱\tж\n", true)) == "header 1: a | b\n2: 🌱 | ж\n");
    // the table of four bytes: 㐀, 🌱
    CHECK(shown("a,b\n\x81\x39\xEE\x39,\x94\x39\xB4\x37\n") == "header 1: a | b\n2: 㐀 | 🌱\n");
    // as Russian editions of Excel save it
    CHECK(shown("\xCD\xE0\xE7\xE2\xE0\xED\xE8\xE5;\xCC\xEE\xF9\xED\xEE\xF1\xF2\xFC\n\xCE\xF1\xF2\xF0\xEE\xE2;1,5\n") ==
          "header 1: Название | Мощность\n2: Остров | 1,5\n");
    // said, where it cannot be told: 路 in GB 18030 is · in UTF-8
    CHECK(shown("a,b\n\xC2\xB7,1\n") == "header 1: a | b\n2: · | 1\n");
    CHECK(shown("a,b\n\xC2\xB7,1\n", {.encoding = Encoding::gb_18030}) == "header 1: a | b\n2: 路 | 1\n");
    // | is the second byte of characters, and no separator there
    CHECK(shown("a|b\n\x8A\x7C|\xC3\xFB\n\xB3\xC6|1\n") == "header 1: a | b\n2: 妡 | 名\n3: 称 | 1\n");
}

TEST_CASE("half of a file in another encoding: rows with a problem, readable where they can be") {
    const std::string utf_8 = "海带烘干,12\n", gb = gb_kelp + ",12\n";
    check("名称,容量\n" + utf_8 + utf_8 + gb + utf_8, R"(
        header 1: 名称 | 容量
        2: 海带烘干 | 12
        3: 海带烘干 | 12
        4: 海带烘干 | 12
        4! row 4 sheets.other_encoding
        5: 海带烘干 | 12
    )");
    check(gb_name + "," + gb_capacity + "\n" + gb + utf_8 + gb + gb, R"(
        header 1: 名称 | 容量
        2: 海带烘干 | 12
        3: 海带烘干 | 12
        3! row 3 sheets.other_encoding
        4: 海带烘干 | 12
        5: 海带烘干 | 12
    )");
    check("名称,容量\n海\xFF带,1\n2,3\n", R"(
        header 1: 名称 | 容量
        2: 海�带 | 1
        2! row 2 sheets.bad_bytes
        3: 2 | 3
    )");
}

TEST_CASE("where bytes are broken is told by their place in the file") {
    const auto byte_of = [](const std::string& content) {
        const auto table = open_table(Bytes{content});
        REQUIRE(table);
        while (const Row* row = table.value()->next().value())
            if (!row->problems.empty() && row->problems[0].code == "sheets.bad_bytes") return row->problems[0].parameters[0].value;
        return std::string("none");
    };
    CHECK(byte_of("a,b\n中,\xE4\xBD\n") == "9");
    CHECK(byte_of(gb_name + ",b\n" + gb_name + ",b\nx,\xFF\n") == "17");
    CHECK(byte_of(utf_16(u"a,b\nx,\xD800 \n", true)) == "15");
    CHECK(byte_of(utf_16(u"a,b\nx,y", true) + "z") == "17");
    CHECK(byte_of("a,b\n\"x\ny\xFFz\",1\n中,2\n") == "9");
}

TEST_CASE("NULs, lone surrogates, and an overlong NUL that GB 18030 reads as a character") {
    check(std::string("a,b\nx\0y,1\n", 10), R"(
        header 1: a | b
        2: x�y | 1
        2! row 2 sheets.character
    )");
    check("中,ö\nx\xED\xA0\x80y,1\nx\xC0\x80y,1\nü,2\n", R"(
        header 1: 中 | ö
        2: x���y | 1
        2! row 2 sheets.bad_bytes
        3: x纮y | 1
        3! row 3 sheets.other_encoding
        4: ü | 2
    )");
}

TEST_CASE("limits") {
    const Limits small{.bytes = 1 << 20, .rows = 3, .columns = 4, .csv_cell_bytes = 10, .row_bytes = 40};
    check("a,b\n1,2\n3,4\n", "\nheader 1: a | b\n2: 1 | 2\n3: 3 | 4\n", {.limits = small});
    check("a,b\n1,2\n3,4\n5,6\n", "\nheader 1: a | b\n2: 1 | 2\n3: 3 | 4\n!! sheets.rows\n", {.limits = small});
    check("a,b,c,d,e\n", "\n!! sheets.columns\n", {.limits = small});
    check("a,b\n1,2,3,4,5,6,7\n", "\nheader 1: a | b\n2: 1 | 2\n2! row 2 sheets.cell_count\n", {.limits = small});
    check("a,b\n12345678901,2\n3,4\n", "\nheader 1: a | b\n2: 1234567890 | 2\n2! A2 sheets.cell_length\n3: 3 | 4\n", {.limits = small});
    check("a,b\n123456789热,2\n", "\nheader 1: a | b\n2: 123456789 | 2\n2! A2 sheets.cell_length\n", {.limits = small});
    check("a,b\n\"1234567\n8901\",2\n3,4\n", "\nheader 1: a | b\n2: \"1234567 | \n2! row 2 sheets.quote\n3: 8901\" | 2\n!! sheets.rows\n", {.limits = small});
    check("a,b\n" + std::string(60, ',') + "\n3,4\n", "\nheader 1: a | b\n2:  | \n2! row 2 sheets.line_length\n3: 3 | 4\n", {.limits = small});
    CHECK(shown(std::string((1 << 20) + 1, 'x'), {.limits = small}) == "!! sheets.file_size\n");

    std::string wide = "h";
    for (int i = 1; i < 16'384; ++i) wide += ",h" + std::to_string(i);
    CHECK(shown(wide + "\n").starts_with("header 1: h | h1 | "));
    CHECK(shown(wide + ",more\n") == "!! sheets.columns\n");
    std::string long_table = "a\n";
    for (int i = 0; i < 1'048'576; ++i) long_table += "1\n"; // one more than there is room for
    const auto table = open_table(Bytes{std::move(long_table)});
    REQUIRE(table);
    std::size_t rows = 0;
    auto row = table.value()->next();
    for (; row && row.value(); row = table.value()->next()) ++rows;
    REQUIRE_FALSE(row);
    CHECK(rows == 1'048'575);
    CHECK(row.error().code == "sheets.rows");
}

TEST_CASE("a quote that is never closed costs its own row only, even in a large file") {
    std::string content = "a,b\n1,\"x\n";
    for (int i = 0; i < 30'000; ++i) content += "2,3\n";
    const auto table = open_table(Bytes{content});
    REQUIRE(table);
    int faulty = 0, sound = 0;
    while (const Row* row = table.value()->next().value()) ++(row->problems.empty() ? sound : faulty);
    CHECK(faulty == 1);
    CHECK(sound == 30'000);
}

TEST_CASE("apostrophes before formulas go and come back exactly") {
    for (const std::string_view formula : {"=1+1", "+1", "@x", "-x", "-", "\tx", "\rx", "\nx", "＝1", "－x", "-1-1", "-1e5", "--1", "'=x", "''@y"}) {
        CHECK(needs_apostrophe(formula));
        CHECK(without_apostrophe("'" + std::string(formula)) == formula);
    }
    for (const std::string_view harmless : {"", "x", "'x", "''", "-1", "-12.5", "'-1", "1=1", " =1", "it's"}) {
        CHECK_FALSE(needs_apostrophe(harmless));
        CHECK(without_apostrophe(harmless) == harmless);
    }
    check("a,b\n'=cmd(),'x\n'-5,''=y\n", R"(
        header 1: a | b
        2: =cmd() | 'x
        3: '-5 | '=y
    )",
        {.strip_apostrophe = true});
}

TEST_CASE("the reader agrees with the grammar on random texts") {
    const std::vector<std::string_view> pieces = {"\"", "\"", "\"\"", ",", ",", "\n", "\r\n", "\r", "a", "bc", " ", "热", ";", "\"\n", "\",", ",\"", "'"};
    for (std::uint64_t seed = 1; seed <= 5'000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string text;
        for (std::uint64_t count = random.below(40); count > 0; --count) text += random.pick(pieces);
        const std::size_t cell_max = random.chance(0.3) ? random.below(8) : 1000;
        const std::vector<NaiveRow> expected = NaiveCsv(text, ',', cell_max).rows();
        std::vector<NaiveRow> found = rows_by_engine(text, ',', cell_max);
        for (std::size_t i = 0; i < found.size() && i < expected.size(); ++i) // plain cells over the limit are cut by the reader only
            for (std::size_t column = 0; column < found[i].cells.size() && column < expected[i].cells.size(); ++column)
                if (found[i].cells[column].size() < expected[i].cells[column].size() && expected[i].cells[column].size() > cell_max)
                    found[i].cells[column] = expected[i].cells[column];
        INFO(text);
        REQUIRE(found == expected);
    }
}

TEST_CASE("so they do where buffers end within lines") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string text;
        while (text.size() < 400'000) {
            const std::vector<std::string_view> ends = {"\n", "\r\n", "\r", "\",\"", ","};
            text += '"' + std::string(random.below(random.chance(0.01) ? 200'000 : 200), 'x') + '"' + std::string(random.pick(ends));
        }
        REQUIRE(rows_by_engine(text, ',', 1 << 20) == NaiveCsv(text, ',', 1 << 20).rows());
    }
}

} // namespace greenbank::sheets
