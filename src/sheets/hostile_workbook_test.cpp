// hostile_workbook_test.cpp — workbooks that were damaged on the way, or made to do harm.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include <pugixml.hpp>

#include "sheets/sheets_under_test.h"

namespace greenbank::sheets {
namespace {

constexpr std::string_view head = R"(<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>)";
const std::string one_row = std::string(head) + R"(<row r="2"><c><v>1</v></c><c><v>2</v></c></row>)";

std::string first_line(const std::string& content, const ReadOptions& options = {}) {
    const std::string all = shown(content, options);
    return all.substr(0, all.find('\n'));
}
/// What ends the table: the code of the error, or "" where all rows could be read.
std::string end_of(const std::string& content, const ReadOptions& options = {}) {
    const std::string all = shown(content, options);
    const std::size_t at = all.rfind("!! ");
    return at == std::string::npos ? "" : all.substr(at + 3, all.size() - at - 4);
}

std::string with_part(const std::string& name, const std::string& text) {
    Parts parts = workbook_parts(one_row);
    parts[name] = text;
    return zip_of(parts);
}

void put_32(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
}
/// Where the central directory speaks of that part.
std::size_t directory_entry(const std::string& zip, const std::string& name) {
    std::size_t at = zip.rfind(name);
    require(at != std::string::npos && zip.substr(at - 46, 4) == "PK\x01\x02", "no such part");
    return at - 46;
}

} // namespace

TEST_CASE("damaged on the way") {
    const std::string whole = zip_of(workbook_parts(one_row));
    REQUIRE(end_of(whole).empty());
    for (std::size_t length = 4; length < whole.size(); length += 7) {
        const std::string cut = whole.substr(0, length);
        CHECK(end_of(cut) == "sheets.damaged");
    }
    std::string wrong_checksum = whole;
    wrong_checksum[directory_entry(whole, "xl/worksheets/sheet1.xml") + 16] ^= 1;
    CHECK(first_line(wrong_checksum) == "!! sheets.damaged"); // before any row is given out
    for (std::size_t at = 0; at < whole.size(); ++at) {       // any byte: an error or a table, never a crash
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
        shown(flipped);
    }
    CHECK(end_of("PK\x03\x04") == "sheets.damaged");
}

TEST_CASE("parts that are missing or lead nowhere") {
    for (const std::string name : {"_rels/.rels", "xl/workbook.xml"}) {
        Parts parts = workbook_parts(one_row);
        parts.erase(name);
        CHECK(end_of(zip_of(parts)) == "sheets.not_a_workbook");
    }
    Parts parts = workbook_parts(one_row);
    parts.erase("xl/worksheets/sheet1.xml");
    CHECK(end_of(zip_of(parts)) == "sheets.part_missing");
    parts = workbook_parts(one_row);
    parts.erase("xl/_rels/workbook.xml.rels");
    CHECK(end_of(zip_of(parts)) == "sheets.empty");
    CHECK(end_of(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})) == "sheets.not_a_workbook");
}

TEST_CASE("relationships that go round in circles end") {
    Parts parts = workbook_parts(one_row);
    parts["xl/_rels/workbook.xml.rels"] =
        relationships_part({{"worksheet", "../xl/workbook.xml"}, {"sharedStrings", "workbook.xml"}, {"styles", "workbook.xml"}});
    CHECK(end_of(zip_of(parts)) == "sheets.damaged");
    parts["_rels/.rels"] = relationships_part({{"officeDocument", "_rels/.rels"}});
    CHECK(end_of(zip_of(parts)) == "sheets.not_a_workbook");
    parts["_rels/.rels"] = relationships_part({{"officeDocument", "../../../../../xl/./workbook.xml"}}); // cannot leave the package
    CHECK(end_of(zip_of(parts)) == "sheets.damaged");
}

TEST_CASE("a document type is refused in every part: billion laughs, external entities") {
    const std::string laughs = R"(<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>)";
    const std::string outside = R"(<!DOCTYPE x SYSTEM "file:///etc/passwd">)";
    for (const std::string& declaration : {laughs, outside})
        for (const std::string name : {"xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"})
            CHECK(end_of(with_part(name, declaration + "<x>&c;</x>")) == "sheets.dtd");
}

TEST_CASE("entities that no DTD declared are no text") {
    CHECK(end_of(with_part("xl/worksheets/sheet1.xml", sheet_part(std::string(head) + R"(<row r="2"><c t="inlineStr"><is><t>&c;</t></is></c></row>)"))) ==
          "sheets.malformed_xml");
    CHECK(end_of(with_part("xl/sharedStrings.xml", "<sst><si><t>&nbsp;</t></si></sst>")) == "sheets.malformed_xml");
}

TEST_CASE("pugixml itself opens no file and expands no entity") {
    const std::filesystem::path secret = std::filesystem::temp_directory_path() / "greenbank_sheets_secret.txt";
    std::ofstream(secret) << "secret";
    const std::string xml = "<!DOCTYPE x [<!ENTITY s SYSTEM \"file://" + secret.string() + "\"><!ENTITY t \"expanded\">]><x>&s;&t;</x>";
    pugi::xml_document document;
    REQUIRE(document.load_buffer(xml.data(), xml.size(), pugi::parse_full));
    CHECK(std::string(document.document_element().text().get()) == "&s;&t;");
    std::filesystem::remove(secret);
}

TEST_CASE("zip bombs") {
    Parts parts = workbook_parts(one_row + "<!--" + std::string(40 << 20, ' ') + "-->");
    const std::string bomb = zip_of(parts);
    REQUIRE(bomb.size() < 200'000);
    CHECK(end_of(bomb) == "sheets.compression");
    CHECK(end_of(bomb, {.limits = {.part_bytes = 1 << 20}}) == "sheets.unpacked_size");
    CHECK(end_of(bomb, {.limits = {.bytes = 1 << 20}}) == "sheets.unpacked_size");
    CHECK(end_of(bomb, {.limits = {.compression_ratio = 2'000}}).empty());
    CHECK(end_of(bomb, {.limits = {.parts = 3}}) == "sheets.parts");

    std::string declares_a_gibibyte = zip_of(workbook_parts(one_row));
    put_32(declares_a_gibibyte, directory_entry(declares_a_gibibyte, "xl/worksheets/sheet1.xml") + 24, 1u << 30);
    CHECK(end_of(declares_a_gibibyte) == "sheets.unpacked_size");

    Parts larger = workbook_parts(one_row + "<!--" + std::string(1 << 20, ' ') + "-->");
    std::string declares_little = zip_of(larger);
    put_32(declares_little, directory_entry(declares_little, "xl/worksheets/sheet1.xml") + 24, 500);
    CHECK(end_of(declares_little) == "sheets.damaged");
}

TEST_CASE("two parts of one name, however it is written, are refused") {
    Parts parts = workbook_parts(one_row);
    parts["XL\\WorkSheets\\sheet1.xml"] = sheet_part(head);
    CHECK(end_of(zip_of(parts)) == "sheets.damaged");
}

TEST_CASE("rows and columns past the end of a sheet") {
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="1048577"><c><v>1</v></c></row>)"))) == "sheets.rows");
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="1048576"><c><v>1</v></c></row>)"))).empty());
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="1048576"/><row><c><v>1</v></c></row>)"))) == "sheets.rows");
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="2"><c r="XFE2"><v>1</v></c></row>)"))) == "sheets.columns");
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="2"><c r="XFD2"><v>1</v></c></row>)"))).empty());
    CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="2"><c r="XFD2"/><c><v>1</v></c></row>)"))) == "sheets.columns");
    CHECK(end_of(zip_of(workbook_parts(one_row)), {.limits = {.rows = 1}}) == "sheets.rows");
    CHECK(end_of(zip_of(workbook_parts(one_row)), {.limits = {.columns = 1}}) == "sheets.columns");
}

TEST_CASE("rows and cells out of place") {
    for (const std::string rows :
        {R"(<row r="3"/><row r="2"/>)", R"(<row r="2"/><row r="2"/>)", R"(<row r="0"/>)", R"(<row r="-1"/>)", R"(<row r="99999999999"/>)", R"(<row r="x"/>)"})
        CHECK(end_of(zip_of(workbook_parts(std::string(head) + rows))) == "sheets.row_order");
    for (const std::string name : {"B3", "1", "ABCDEFG2", "B2x", "B99999999999"})
        CHECK(end_of(zip_of(workbook_parts(std::string(head) + R"(<row r="2"><c r=")" + name + R"("><v>1</v></c></row>)"))) == "sheets.cell_name");
    CHECK(shown(zip_of(workbook_parts(std::string(head) + R"(<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c><c r="A2"><v>3</v></c></row>)"))) ==
          "header 1: a | b\n2: #3 | #1\n2! A2 sheets.cell_twice\n");
}

TEST_CASE("characters that no text may have are replaced and told") {
    const auto row = [](std::string_view text) {
        return shown(
            zip_of(workbook_parts(std::string(head) + fmt::format(R"(<row r="2"><c t="inlineStr"><is><t>{}</t></is></c><c><v>1</v></c></row>)", text))))
            .substr(16);
    };
    const std::string told = "2: x�y | #1\n2! A2 sheets.character\n";
    CHECK(row("x&#0;y") == told);
    CHECK(row("x&#xD800;y") == told);
    CHECK(row("x&#xFFFF;y") == told);
    CHECK(row("x&#x110000;y") == told);
    CHECK(row("x&#99999999999999999;y") == "!! sheets.malformed_xml\n"); // longer than any reference
    CHECK(row("x_xD800_y") == told);
    CHECK(row("x_xDC00_y") == told);
    CHECK(row("x_x0000_y") == told);
    CHECK(row(std::string("x\0y", 3)) == told);
    CHECK(row("x\x01y") == told);
    CHECK(row("x\xEDy") == told);
    CHECK(row("x_x0001_y") == "2: x\x01y | #1\n");
}

TEST_CASE("cells, rows and shared strings longer than allowed") {
    const auto rows = [](const std::string& text) {
        return std::string(head) + fmt::format(R"(<row r="2"><c t="inlineStr"><is><t>{}</t></is></c></row>)", text);
    };
    const std::string longest(32'767, 'x');
    CHECK(shown(zip_of(workbook_parts(rows(longest)))).find("sheets.") == std::string::npos);
    CHECK(shown(zip_of(workbook_parts(rows(longest + "x")))).ends_with("2! A2 sheets.cell_length\n"));
    CHECK(shown(zip_of(workbook_parts(rows(std::string(3 << 20, 'y'))))).ends_with("2! A2 sheets.cell_length\n"));
    std::string wide_row = std::string(head) + "<row r=\"2\">";
    for (int i = 0; i < 40; ++i) wide_row += "<c t=\"inlineStr\"><is><t>" + longest + "</t></is></c>";
    CHECK(end_of(zip_of(workbook_parts(wide_row + "</row>")), {.limits = {.row_bytes = 1 << 20}}) == "sheets.row_size");
    Parts parts = workbook_parts(one_row);
    parts["xl/sharedStrings.xml"] = shared_strings_part({"a", "b", "c"});
    CHECK(end_of(zip_of(parts), {.limits = {.shared_strings = 2}}) == "sheets.shared_strings");
    CHECK(end_of(zip_of(parts), {.limits = {.shared_string_bytes = 2}}) == "sheets.shared_strings");
}

TEST_CASE("XML that is none") {
    for (const std::string sheet : {"", "text", "<worksheet>", "<worksheet><sheetData></worksheet>", "<worksheet><sheetData><row></sheetData></worksheet>",
             "<worksheet/><worksheet/>", "<worksheet a=b/>", "<worksheet a='1' b/>", "<worksheet></worksheet>tail", "<1/>", "<worksheet", "<worksheet a='",
             "<worksheet><!-- ", "<worksheet><![CDATA[ x", "<?xml version='1.0' encoding='GB2312'?><worksheet/>", "\xFF\xFE<\0w\0",
             "<worksheet><a></b></worksheet>", "</worksheet>", "< worksheet/>"})
        CHECK(end_of(with_part("xl/worksheets/sheet1.xml", sheet)) == "sheets.malformed_xml");
    std::string deep;
    for (int i = 0; i < 200; ++i) deep += "<x>";
    CHECK(end_of(with_part("xl/worksheets/sheet1.xml", "<worksheet>" + deep)) == "sheets.malformed_xml");
    CHECK(end_of(with_part("xl/workbook.xml", "<workbook><sheets>")) == "sheets.malformed_xml");
    CHECK(end_of(with_part("xl/worksheets/sheet1.xml", "<chartsheet/>")) == "sheets.damaged");
    std::string deep_dom = "<workbook>";
    for (int i = 0; i < 200'000; ++i) deep_dom += "<x>";
    CHECK(end_of(with_part("xl/workbook.xml", deep_dom)) == "sheets.malformed_xml");
    CHECK(end_of(with_part("xl/worksheets/sheet1.xml", "<worksheet " + std::string(300'000, 'a') + "='1'/>")) == "sheets.malformed_xml");
}

TEST_CASE("merged cells by the thousand, on top of each other, over everything") {
    const std::string rows = one_row + R"(<row r="3"><c><v>5</v></c></row><row r="1048576"><c><v>6</v></c></row>)";
    const auto with = [&](const std::string& merges, const ReadOptions& options) {
        return shown(zip_of(workbook_parts(rows, "<mergeCells>" + merges + "</mergeCells>")), options);
    };
    CHECK(with(R"(<mergeCell ref="A2:XFD1048576"/><mergeCell ref="B2:B3"/>)", {.repeat_merged = true}) ==
          "~ sheets.merged_repeated\nheader 1: a | b\n2: #1 | #1\n3: #1 | #1\n1048576: #1 | #1\n");
    CHECK(with(R"(<mergeCell ref="A2:A1"/><mergeCell ref="x"/><mergeCell ref="A0:B0"/><mergeCell ref=""/><mergeCell ref="A2:"/>)", {}) ==
          "header 1: a | b\n2: #1 | #2\n3: #5 | \n1048576: #6 | \n");
    std::string many;
    for (int i = 0; i < 100'001; ++i) many += R"(<mergeCell ref="A2:B3"/>)";
    CHECK(with(many, {}) == "!! sheets.merged\n");
    CHECK(with(R"(<mergeCell ref="A2:B1048576"/>)", {.repeat_merged = true, .limits = {.repeated_cells = 2}}).ends_with("!! sheets.merged\n"));
}

TEST_CASE("rows that are wide, empty and many cost what they hold") {
    std::string rows = R"(<row r="1">)";
    for (int i = 0; i < 16'384; ++i) rows += R"(<c t="inlineStr"><is><t>h)" + std::to_string(i) + "</t></is></c>";
    rows += "</row>";
    for (int i = 2; i < 20'000; ++i) rows += fmt::format(R"(<row r="{0}"><c r="XFD{0}"><v>1</v></c></row>)", i);
    const auto table = open_table(Bytes{zip_of(workbook_parts(rows))});
    REQUIRE(table);
    int count = 0;
    while (const Row* row = table.value()->next().value()) count += row->cells.size() == 16'384 && row->cells.back().text == "1";
    CHECK(count == 19'998);
}

TEST_CASE("other files are told what they are") {
    const auto code = [](std::string_view begin) { return end_of(std::string(begin) + std::string(100, 'x')); };
    CHECK(code("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") == "sheets.old_workbook");
    CHECK(code("\xEF\xBB\xBF  <HTML><table>") == "sheets.web_page");
    CHECK(code("<?xml version=\"1.0\"?><Workbook") == "sheets.web_page");
    CHECK(code("%PDF-1.7") == "sheets.not_a_table");
    CHECK(code(std::string_view("\x7F"
                                "ELF\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
              20)) == "sheets.not_a_table");
    CHECK(end_of(std::string(500, '\0')) == "sheets.not_a_table");
    CHECK(end_of("") == "sheets.empty");
    const auto missing = open_table(std::filesystem::path("/no/such/file.xlsx"));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "sheets.unreadable");
    CHECK(open_table(std::filesystem::path("/dev/zero")).error().code == "sheets.unreadable");
}

} // namespace greenbank::sheets
