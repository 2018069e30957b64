// workbook_test.cpp — workbooks as Excel, WPS and other writers make them, from their XML to rows.
#include <utility>

#include <fmt/format.h>

#include <doctest/doctest.h>

#include "sheets/sheets_under_test.h"

namespace greenbank::sheets {
namespace {

void check(const std::string& content, std::string_view expected, const ReadOptions& options = {}, bool formats = false) {
    CHECK(shown(content, options, formats) == unindented(expected));
}

void check_rows(std::string_view rows, std::string_view expected, const ReadOptions& options = {}) { check(zip_of(workbook_parts(rows)), expected, options); }

std::string text_row(int number, const std::vector<std::string>& texts) {
    std::string row = fmt::format(R"(<row r="{}">)", number);
    for (const std::string& text : texts) row += text.empty() ? "<c/>" : fmt::format(R"(<c t="inlineStr"><is><t>{}</t></is></c>)", escaped(text));
    return row + "</row>";
}

const std::string head = text_row(1, {"名称", "容量"});

} // namespace

TEST_CASE("a workbook of Excel: shared strings, styles, named cells") {
    Parts parts = workbook_parts(R"(
        <row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>
        <row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3" s="1"><v>0.125</v></c><c r="D3" s="2"><v>46346</v></c></row>
        <row r="4" hidden="1"><c r="B4"><v>0.30000000000000004</v></c></row>)");
    parts["xl/sharedStrings.xml"] = shared_strings_part({"名称", "效率", "日期", "海带烘干"});
    parts["xl/styles.xml"] = styles_part({"General", "0.0%", "14"});
    check(zip_of(parts), R"(
        header 1: 名称 | 效率 |  | 日期
        3: 海带烘干 | #0.125 {0.0%} |  | @2026-11-20 {yyyy/m/d}
        4:  | #0.3 |  | 
    )",
        {}, true);
}

TEST_CASE("writers that leave out what may be left out: no names of cells and rows, inline strings, no styles, no shared strings") {
    check_rows(
        R"(<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c><v>1</v></c><c t="str"><v>x</v></c></row>)", R"(
        header 1: a | b
        2: #1 | x
    )");
}

TEST_CASE("WPS and strict writers: prefixes, the strict namespace, absolute targets, sheets under other names") {
    Parts parts = workbook_parts("");
    parts.erase("xl/worksheets/sheet1.xml");
    parts["xl/workbook.xml"] =
        R"(<?xml version="1.0"?><x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:rel="http://purl.oclc.org/ooxml/officeDocument/relationships">
        <x:workbookPr date1904="true"/><x:sheets><x:sheet name="台账" sheetId="7" rel:id="rId9"/></x:sheets></x:workbook>)";
    parts["xl/_rels/workbook.xml.rels"] =
        R"(<Relationships><Relationship Id="rId9" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/Ledger.XML"/></Relationships>)";
    parts["XL/worksheets/ledger.xml"] = R"(<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetPr/><x:sheetData>
        <x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>
        <x:row r="2"><x:c r="B2" t="d"><x:v>2026-11-20T08:30:00</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
    check(zip_of(parts), R"(
        header 1: a | b
        2:  | @2026-11-20T08:30:00
    )");
}

TEST_CASE("cells by type") {
    check_rows(head + R"(
        <row r="2"><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>
        <row r="3"><c t="e"><v>#N/A</v></c><c><v>1E3</v></c></row>
        <row r="4"><c t="str"><f>A1&amp;"x"</f><v>名称x</v></c><c><f>SUM(B3)</f><v>1000</v></c></row>
        <row r="5"><c><f>SUM(B3)</f></c><c><f>1</f><v/></c></row>
        <row r="6"><c><v>twelve</v></c><c t="d"><v>soon</v></c></row>
        <row r="7"><c t="s"><v>0</v></c><c t="b"><v>2</v></c></row>
        <row r="8"><c t="str"><f>""</f><v></v></c><c t="n"><v> 5 </v></c></row>)",
        R"(
        header 1: 名称 | 容量
        2: ?true | ?false
        3: !#N/A | #1000
        3! A3 sheets.error_value
        4: 名称x | #1000
        6: !twelve | !soon
        6! A6 sheets.cell_value
        6! B6 sheets.cell_value
        7: !0 | !2
        7! A7 sheets.shared_string
        7! B7 sheets.cell_value
        8:  | #5
    )");
}

TEST_CASE("a formula without a saved value is told in a note") {
    check_rows(head + R"(<row r="2"><c t="inlineStr"><is><t>x</t></is></c><c><f>SUM(B3)</f></c></row>)", R"(
        header 1: 名称 | 容量
        2: x | 
        2~ B2 sheets.no_saved_value
    )");
}

TEST_CASE("texts: runs are joined, pronunciation is left out, white space and escapes mean what they mean") {
    Parts parts =
        workbook_parts(head + R"(<row r="2"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="3"><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>)"
                              R"(<row r="4"><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row>)");
    parts["xl/sharedStrings.xml"] = R"(<sst><si><r><rPr><b/></rPr><t>热</t></r><r><t>泵</t></r><rPh sb="0" eb="1"><t>rè</t></rPh><phoneticPr fontId="1"/></si>
        <si><t>  dropped  </t></si><si><t xml:space="preserve"> kept </t></si><si><t>a&#10;b_x000D_c_x005F_x0041_ &lt;&#x4E2D;<![CDATA[<&]]></t></si>
        <si><t>_xD83C__xDF31_</t></si><si><t>a<!-- not text -->b<?nor this?>c</t></si></sst>)";
    check(zip_of(parts), "\n"
                         "header 1: 名称 | 容量\n"
                         "2: 热泵 | dropped\n"
                         "3:  kept  | a\nb\rc_x0041_ <中<&\n"
                         "4: 🌱 | abc\n");
}

TEST_CASE("numbers as people type them") {
    const auto number = [](std::string_view raw) {
        const std::string all = shown(zip_of(workbook_parts(head + fmt::format(R"(<row r="2"><c><v>{}</v></c></row>)", raw))));
        return all.substr(all.find("2: ") + 3, all.rfind(" | ") - all.find("2: ") - 3);
    };
    CHECK(number("0.1") == "#0.1");
    CHECK(number("0.10000000000000001") == "#0.1");
    CHECK(number("0.1000000000000001") == "#0.1");
    CHECK(number("1.1000000000000001E-3") == "#0.0011");
    CHECK(number("123456789012345") == "#123456789012345");
    CHECK(number("9007199254740991") == "#9007199254740991");
    CHECK(number("-0") == "#0");
    CHECK(number("007.50") == "#7.5");
    CHECK(number("1E+20") == "#100000000000000000000");
    CHECK(number("1E+21") == "#1e21");
    CHECK(number("1.5E-20") == "#1.5e-20");
    CHECK(number("1E-400") == "#0");
    CHECK(number(".5") == "#0.5");
    for (const std::string_view none : {"1E400", "inf", "nan", "0x10", "1,5", "--1", "1e", "+5", "-"}) CHECK(number(none) == "!" + std::string(none));
}

TEST_CASE("a whole number beyond 2^53 has lost digits and says so; as text it is whole") {
    check_rows(head + R"(<row r="2"><c><v>12345678901234567890</v></c><c t="inlineStr"><is><t>12345678901234567890</t></is></c></row>)", R"(
        header 1: 名称 | 容量
        2: #12345678901234600000 | 12345678901234567890
        2~ A2 sheets.digits_lost
    )");
}

TEST_CASE("dates, times and units by number format") {
    const std::vector<std::string> formats = {"General", "yyyy\"年\"m\"月\"d\"日\"", "h:mm", "yyyy-mm-dd hh:mm:ss", "[h]:mm", "0.0\" kWh\"",
        "[Red]#,##0.00\\ \"t/a\";-0", "31", "mm:ss", "[$-804]aaaa"};
    std::string rows = head;
    const std::vector<std::pair<int, std::string>> cells = {{1, "46346"}, {2, "0.354166666666667"}, {3, "46346.3541666667"}, {4, "1.5208333333"}, {5, "12.5"},
        {6, "1234.5"}, {7, "59"}, {7, "60"}, {7, "61"}, {7, "-1"}, {7, "2958466"}, {2, "46346.5"}, {1, "46346.999"}, {8, "0.0104282407407407"}, {9, "46346"},
        {3, "1.999999999999"}};
    for (std::size_t i = 0; i < cells.size(); ++i) rows += fmt::format(R"(<row r="{}"><c s="{}"><v>{}</v></c></row>)", i + 2, cells[i].first, cells[i].second);
    Parts parts = workbook_parts(rows);
    parts["xl/styles.xml"] = styles_part(formats);
    check(zip_of(parts), R"(
        header 1: 名称 | 容量
        2: @2026-11-20 {yyyy"年"m"月"d"日"} | 
        3: @08:30:00 {h:mm} | 
        4: @2026-11-20T08:30:00 {yyyy-mm-dd hh:mm:ss} | 
        5: @36:30:00 {[h]:mm} | 
        6: #12.5 {0.0" kWh"} [kWh] | 
        7: #1234.5 {[Red]#,##0.00\ "t/a";-0} [t/a] | 
        8: @1900-02-28 {yyyy"年"m"月"d"日"} | 
        9: !60 {yyyy"年"m"月"d"日"} | 
        9! A9 sheets.no_date
        10: @1900-03-01 {yyyy"年"m"月"d"日"} | 
        11: !-1 {yyyy"年"m"月"d"日"} | 
        11! A11 sheets.no_date
        12: !2958466 {yyyy"年"m"月"d"日"} | 
        12! A12 sheets.no_date
        13: @2026-11-20T12:00:00 {h:mm} | 
        14: @2026-11-20 {yyyy"年"m"月"d"日"} | 
        15: @00:15:01 {mm:ss} | 
        16: @2026-11-20 {[$-804]aaaa} | 
        17: @1900-01-02T00:00:00 {yyyy-mm-dd hh:mm:ss} | 
    )",
        {}, true);
    parts["xl/workbook.xml"].insert(parts["xl/workbook.xml"].find("<sheets>"), R"(<workbookPr date1904="1"/>)");
    CHECK(shown(zip_of(parts)).find("2: @2030-11-21") != std::string::npos);
    CHECK(shown(zip_of(parts)).find("9: @1904-03-01") != std::string::npos);
}

TEST_CASE("merged cells: at the top left only, or repeated") {
    const std::string rows = text_row(1, {"报表", "", ""}) + text_row(2, {"区域", "名称", "容量"}) + text_row(3, {"崇明", "甲", "1"}) +
                             text_row(4, {"hidden", "乙", "2"}) + text_row(5, {"", "丙", ""}) + text_row(6, {"横沙", "丁", ""});
    const std::string merges = R"(<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/><mergeCell ref="B6:C6"/></mergeCells>)";
    const std::string book = zip_of(workbook_parts(rows, merges));
    check(book, R"(
        title: 报表
        header 2: 区域 | 名称 | 容量
        3: 崇明 | 甲 | 1
        4:  | 乙 | 2
        5:  | 丙 | 
        6: 横沙 | 丁 | 
    )");
    check(book, R"(
        ~ sheets.merged_repeated
        title: 报表 报表 报表
        header 2: 区域 | 名称 | 容量
        3: 崇明 | 甲 | 1
        4: 崇明 | 乙 | 2
        5: 崇明 | 丙 | 
        6: 横沙 | 丁 | 丁
    )",
        {.repeat_merged = true});
}

TEST_CASE("the header: found under titles, or named; values under no name are told") {
    const std::string rows = text_row(2, {"2026年台账"}) + text_row(4, {"单位：kW", "", "2026"}) + text_row(5, {"名称", "容量", ""}) +
                             text_row(6, {"甲", "1", "超出"}) + text_row(9, {"乙", "2"});
    check_rows(rows, R"(
        title: 2026年台账
        title: 单位：kW 2026
        header 5: 名称 | 容量
        6: 甲 | 1
        6! C6 sheets.beyond_header
        9: 乙 | 2
    )");
    check_rows(rows, R"(
        title: 2026年台账
        title: 单位：kW 2026
        title: 名称 容量
        header 6: 甲 | 1 | 超出
        9: 乙 | 2 | 
    )",
        {.header_row = 6});
    check_rows(rows, R"(
        !! sheets.no_header
    )",
        {.header_row = 7});
    check_rows(text_row(3, {"1", "2"}) + text_row(4, {"3", ""}), R"(
        header 3: 1 | 2
        4: 3 | 
    )");
}

TEST_CASE("sheets: the first visible one that has content, or the one named") {
    Parts parts = workbook_parts("");
    parts["xl/workbook.xml"] = fmt::format(
        R"(<workbook xmlns="{}" xmlns:r="{}"><sheets><sheet name="说明" r:id="rId4" state="veryHidden"/><sheet name="图" r:id="rId5"/><sheet name="空" r:id="rId1"/>
        <sheet name="数据 &amp; 图" r:id="rId4"/></sheets></workbook>)",
        main_namespace, relations);
    parts["xl/_rels/workbook.xml.rels"] = relationships_part(
        {{"worksheet", "worksheets/sheet1.xml"}, {"styles", "styles.xml"}, {"theme", "x"}, {"worksheet", "worksheets/s4.xml"}, {"chartsheet", "c.xml"}});
    parts["xl/worksheets/s4.xml"] = sheet_part(head + text_row(2, {"甲", "1"}));
    const auto table = open_table(Bytes{zip_of(parts)});
    REQUIRE(table);
    CHECK(table.value()->sheet() == "数据 & 图");
    REQUIRE(table.value()->sheets().size() == 3);
    CHECK_FALSE(table.value()->sheets()[0].visible);
    CHECK(table.value()->sheets()[1].name == "空");
    check(zip_of(parts), R"(
        header 1: 名称 | 容量
        2: 甲 | 1
    )",
        {.sheet = "说明"});
    check(zip_of(parts), "\n!! sheets.empty\n", {.sheet = "空"});
    check(zip_of(parts), "\n!! sheets.no_sheet\n", {.sheet = "图"});
}

TEST_CASE("macros and external links are noted and left alone") {
    Parts parts = workbook_parts(head + text_row(2, {"甲", "1"}));
    parts["xl/_rels/workbook.xml.rels"] = fmt::format(R"(<Relationships><Relationship Id="rId1" Type="{0}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>
        <Relationship Id="rId3" Type="{0}/externalLink" Target="externalLinks/externalLink1.xml"/>
        <Relationship Id="rId4" Type="{0}/styles" Target="file:///etc/passwd" TargetMode="External"/></Relationships>)",
        relations);
    check(zip_of(parts), R"(
        ~ sheets.macros
        ~ sheets.external_links
        header 1: 名称 | 容量
        2: 甲 | 1
    )");
}

TEST_CASE("progress goes from nothing to all") {
    std::string rows = head;
    for (int i = 2; i < 20'000; ++i) rows += text_row(i, {"甲", "1"});
    const auto table = open_table(Bytes{zip_of(workbook_parts(rows))});
    REQUIRE(table);
    const Progress begin = table.value()->progress();
    CHECK(begin.done < begin.total / 4);
    int count = 0;
    while (const Row* row = table.value()->next().value()) count += row->problems.empty();
    CHECK(count == 19'998);
    CHECK(table.value()->progress().done == table.value()->progress().total);
}

} // namespace greenbank::sheets
