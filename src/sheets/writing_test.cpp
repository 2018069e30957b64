// writing_test.cpp — what is written is read again as it was, and is safe to open.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include <sys/resource.h>

#include "kernel/random.h"
#include "sheets/number_format.h"
#include "sheets/package.h"
#include "sheets/sheets_under_test.h"
#include "sheets/xlsx_formats.h"

namespace greenbank::sheets {
namespace {

namespace fs = std::filesystem;

/// A folder of our own that is gone afterwards.
struct Folder {
    fs::path path;
    Folder() : path(fs::temp_directory_path() / fmt::format("greenbank_sheets_{}", getpid())) { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator())); }
};

Sink into(std::string& bytes) {
    return [&bytes](std::string_view chunk) -> Result<Done> {
        bytes += chunk;
        return Done{};
    };
}

template <class T> T good(Result<T> result) {
    REQUIRE_MESSAGE(bool(result), (result ? "" : result.error().code));
    return std::move(result).value();
}

std::string written(Format format, const std::vector<Column>& columns, const std::vector<std::span<const Cell>>& rows, const WriteOptions& options = {}) {
    std::string bytes;
    const auto writer = good(make_table(into(bytes), format, options));
    good(writer->sheet("数据", columns));
    for (const auto& row : rows) good(writer->row(row));
    good(writer->finish());
    return bytes;
}

std::string part_of(const std::string& workbook, std::string_view part) {
    const ByteSource source = ByteSource::of(workbook);
    return good(good(Package::open(source, {}))->read(part));
}

const std::vector<Column> two = {{"名称"}, {"值"}};

} // namespace

TEST_CASE("every kind of cell, in a workbook and in CSV") {
    CellRow numbers, others, times;
    numbers.number(0.1 + 0.2).number(12.5, {.format = "0.00", .unit = "kWh"}).decimal("1250.50", {.format = "#,##0.00"}).integer(1234567890123456789);
    others.boolean(true).empty().link("官网", "https://example.org/?a=1&b=2").text("=SUM(A1)");
    times.date(make_date(2026, 11, 20)).date_time(Time{1'763'627'400'250'000}).date(make_date(1899, 12, 31)).date(make_date(1900, 2, 28));
    const Cell clock[] = {{CellKind::time, "08:30:00"}, {CellKind::duration, "36:30:00.500"}, {CellKind::date, "soon"}, {CellKind::number, "0.125", "0.0%"}};
    const std::vector<Column> columns = {{"a"}, {"b"}, {"c"}, {"d"}};
    CHECK(shown(written(Format::xlsx, columns, {numbers, others, times, clock}), {}, true) == unindented(R"(
        header 1: a | b | c | d
        2: #0.3 | #12.5 {0.00" kWh"} [kWh] | #1250.5 {#,##0.00} | 1234567890123456789
        3: ?true |  | 官网 | =SUM(A1)
        4: @2026-11-20 {yyyy-mm-dd} | @2025-11-20T08:30:00.250 {yyyy-mm-dd hh:mm:ss.000} | 1899-12-31 | @1900-02-28 {yyyy-mm-dd}
        5: @08:30:00 {hh:mm:ss} | @36:30:00.500 {[h]:mm:ss.000} | soon | #0.125 {0.0%}
    )"));
    CHECK(written(Format::csv, columns, {numbers, others, times, clock}) ==
          "\xEF\xBB\xBF"
          "a,b,c,d\r\n0.3,12.5 kWh,1250.50,1234567890123456789\r\ntrue,,官网,\"'=SUM(A1)\"\r\n"
          "2026-11-20,2025-11-20T08:30:00.250,1899-12-31,1900-02-28\r\n08:30:00,36:30:00.500,soon,0.125\r\n");
}

TEST_CASE("CSV: quotes, line ends, units of columns, GB 18030, no byte-order mark") {
    CellRow row;
    row.text("a \"b\", c").text("two\nlines");
    CHECK(written(Format::csv, two, {row}, {.byte_order_mark = false}) == "名称,值\r\n\"a \"\"b\"\", c\",\"two\nlines\"\r\n");
    CHECK(written(Format::csv, two, {row}, {.byte_order_mark = false, .separator = ';'}) == "名称;值\r\n\"a \"\"b\"\", c\";\"two\nlines\"\r\n");
    CellRow number;
    number.text(" x").number(5, {.unit = "kW"});
    CHECK(written(Format::csv, {{"名称"}, {.title = "容量", .unit = "kW"}}, {number}, {.encoding = Encoding::gb_18030}) ==
          "\xC3\xFB\xB3\xC6,\xC8\xDD\xC1\xBF\r\n\" x\",5\r\n");
    std::string bytes;
    CHECK(make_table(into(bytes), Format::csv, {.encoding = Encoding::utf_16_le}).error().code == "sheets.write_encoding");
}

TEST_CASE("what a spreadsheet would run stays text") {
    for (const std::string_view formula : {"=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-1+1", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"}) {
        CellRow row;
        row.text(formula).text("-5");
        const std::string workbook = written(Format::xlsx, two, {row});
        CHECK(part_of(workbook, "xl/worksheets/sheet1.xml").find("<f>") == std::string::npos);
        const std::string csv = written(Format::csv, two, {row});
        const std::size_t cell = csv.find("\r\n") + 2;
        CHECK(csv.substr(cell, 2) == "\"'");
        CHECK(csv.find(",-5\r\n") != std::string::npos);
        for (const std::string& content : {workbook, csv}) {
            const auto table = good(open_table(Bytes{content}, {.strip_apostrophe = true}));
            CHECK(good(table->next())->cells[0].text == formula);
        }
    }
    CellRow link;
    link.link("click", "javascript:alert(1)").link("share", "file://server/share");
    CHECK(part_of(written(Format::xlsx, two, {link}), "xl/worksheets/sheet1.xml").find("hyperlink") == std::string::npos);
}

TEST_CASE("a file for the user to mend: red cells, comments, a column of problems") {
    std::string bytes;
    const auto writer = good(make_table(into(bytes), Format::xlsx, {.problems_title = "问题"}));
    const std::vector<Column> columns = {{.title = "名称", .note = "全称"}, {.title = "容量", .unit = "kW"}};
    good(writer->sheet("问题行", columns));
    const Cell faulty[] = {{CellKind::text, "甲"}, {CellKind::text, "很多"}};
    const CellProblem problems[] = {{1, "容量应为数字。"}, {CellProblem::whole_row, "与第3行重复。"}};
    good(writer->row(faulty, problems));
    const Cell blank[] = {{CellKind::text, "乙"}, {}};
    const CellProblem missing[] = {{1, "缺少容量。"}};
    good(writer->row(blank, missing));
    good(writer->finish());
    CHECK(shown(bytes) == "header 1: 名称 | 容量 | 问题\n2: 甲 | 很多 | 容量应为数字。\n与第3行重复。\n3: 乙 |  | 缺少容量。\n");
    const std::string comments = part_of(bytes, "xl/comments1.xml");
    for (const std::string_view text : {"全称", "容量应为数字。", "缺少容量。", "ref=\"B2\"", "ref=\"B3\""}) CHECK(comments.find(text) != std::string::npos);
    CHECK(comments.find("重复") == std::string::npos);
    CHECK(part_of(bytes, "xl/styles.xml").find("FFFFC7CE") != std::string::npos);
    const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
    for (const std::string_view mark : {"<c r=\"B3\" s=", "state=\"frozen\"", "<autoFilter ref=\"A1:C3\"/>", "<cols>"})
        CHECK(sheet.find(mark) != std::string::npos);
}

TEST_CASE("several sheets, and names that cannot be") {
    std::string bytes;
    const auto writer = good(make_table(into(bytes), Format::xlsx));
    for (const std::string_view name : {"一", "二"}) {
        good(writer->sheet(name, two));
        CellRow row;
        row.text(name).number(1);
        good(writer->row(row));
    }
    for (const std::string_view name : {"", "a/b", "一", "[x]", "'x", "12345678901234567890123456789012", "a\nb"})
        CHECK(writer->sheet(name, two).error().code == "sheets.sheet_name");
    good(writer->sheet("三", two));
    good(writer->finish());
    CHECK(shown(bytes, {.sheet = "二"}) == "header 1: 名称 | 值\n2: 二 | #1\n");
    CHECK(good(open_table(Bytes{bytes}))->sheets().size() == 3);
    std::string csv;
    const auto one = good(make_table(into(csv), Format::csv));
    good(one->sheet("一", two));
    CHECK(one->sheet("二", two).error().code == "sheets.one_sheet");
}

TEST_CASE("what cannot be written is refused by the cell") {
    for (const Format format : {Format::xlsx, Format::csv}) {
        std::string bytes;
        const auto writer = good(make_table(into(bytes), format));
        good(writer->sheet("x", two));
        const Cell broken[] = {{CellKind::text, "\xff"}}, nul[] = {{CellKind::text, std::string_view("a\0b", 3)}}, three[] = {{}, {}, {}};
        CHECK(writer->row(broken).error().code == "sheets.not_text");
        CHECK(writer->row(nul).error().code == "sheets.not_text");
        CHECK(writer->row(three).error().code == "sheets.too_many_cells");
    }
    std::string bytes;
    const auto writer = good(make_table(into(bytes), Format::xlsx, {.limits = {.rows = 2}}));
    good(writer->sheet("x", two));
    const std::string longest(32'767, 'x'), longer(32'768, 'x'), escaped_longer = "_x0041_" + std::string(32'760, 'x');
    const Cell fits[] = {{CellKind::text, longest}}, over[] = {{CellKind::text, longer}}, over_escaped[] = {{CellKind::text, escaped_longer}};
    CHECK(bool(writer->row(fits)));
    CHECK(writer->row(fits).error().code == "sheets.rows");
    const auto other = good(make_table(into(bytes), Format::xlsx));
    good(other->sheet("x", two));
    CHECK(other->row(over).error().code == "sheets.text_length");
    CHECK(other->row(over_escaped).error().code == "sheets.text_length");
}

TEST_CASE("a file appears when it is complete, and what was not finished leaves nothing behind") {
    const Folder folder;
    for (const Format format : {Format::xlsx, Format::csv}) {
        const fs::path path = folder.path / (format == Format::xlsx ? "出口.xlsx" : "出口.csv");
        std::ofstream(path) << "old";
        {
            const auto abandoned = good(make_table(path, format));
            good(abandoned->sheet("x", two));
            CellRow row;
            row.text("y").number(1);
            good(abandoned->row(row));
        }
        std::stringstream kept;
        kept << std::ifstream(path).rdbuf();
        CHECK(kept.str() == "old");
        const auto writer = good(make_table(path, format));
        good(writer->sheet("x", two));
        good(writer->finish());
        CHECK(shown(open_table(path)) == "header 1: 名称 | 值\n");
    }
    CHECK(folder.files() == 2);
    CHECK(make_table(folder.path / "none" / "x.csv", Format::csv).error().code == "sheets.unwritable");
    CHECK(make_table(folder.path / "none" / "x.xlsx", Format::xlsx).error().code == "sheets.unwritable");
}

TEST_CASE("a disk that is full is no file") {
    const Folder folder;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    for (const Format format : {Format::xlsx, Format::csv})
        for (const std::size_t allowed : {100u, 5'000u, 60'000u}) {
            const rlimit small{allowed, before.rlim_max};
            setrlimit(RLIMIT_FSIZE, &small);
            std::string code;
            const auto write = [&]() -> Result<Done> {
                const auto writer = TRY(make_table(folder.path / "x", format));
                TRY(writer->sheet("x", two));
                Random random(7);
                for (int i = 0; i < 20'000; ++i) {
                    const std::string text = std::to_string(random.next());
                    const Cell row[] = {{CellKind::text, text}};
                    TRY(writer->row(row));
                }
                return writer->finish();
            };
            const auto done = write();
            setrlimit(RLIMIT_FSIZE, &before);
            REQUIRE_FALSE(done);
            CHECK(done.error().code == "sheets.disk_full");
            CHECK(folder.files() == 0);
        }
    std::signal(SIGXFSZ, SIG_DFL);
}

TEST_CASE("number formats that are written mean what is read") {
    CHECK(written_format(CellKind::number, "0.0", "kWh", false) == "0.0\" kWh\"");
    CHECK(meaning_of(written_format(CellKind::number, "", "m3/d", false)).unit == "m3/d");
    CHECK(written_format(CellKind::number, "0.0\" kWh\"", "kWh", false) == "0.0\" kWh\"");
    CHECK(written_format(CellKind::number, "yyyy", "", false) == "");
    CHECK(written_format(CellKind::date, "0.00", "", false) == "yyyy-mm-dd");
    CHECK(written_format(CellKind::date, "yyyy\"年\"", "", false) == "yyyy\"年\"");
    CHECK(is_percent("0.0%"));
    CHECK_FALSE(is_percent("0.0\"%\""));
}

TEST_CASE("the same table, the same bytes: no clock is asked") {
    CellRow row;
    row.text("甲").number(1);
    CHECK(written(Format::xlsx, two, {row}) == written(Format::xlsx, two, {row}));
}

namespace {

std::string random_text(Random& random, bool any_control) {
    const std::vector<std::string_view> pieces = {"a", "Z9", " ", "\n", "\r\n", "\r", "\t", "\"", "'", ",", ";", "=", "+", "-", "@", "<b>", "&amp;", "]]>",
        "_x0041_", "_x", "_", "热泵", "Ё", "㐀", "🌱", "é", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xBF\xBD", "\xEE\x97\xA5", "\xE2\x80\xA8", "12", "0", "\x01",
        "\x1f", "\x7f", "\xC2\x85"};
    std::string text;
    for (std::uint64_t count = random.below(8); count > 0; --count) {
        const std::string_view piece = random.pick(pieces);
        if (any_control || piece.size() != 1 || static_cast<unsigned char>(piece[0]) >= 0x20) text += piece;
    }
    return text;
}

struct RandomTable {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> texts;
    std::vector<std::vector<CellKind>> kinds;

    explicit RandomTable(Random random, bool typed) {
        const std::size_t width = 2 + random.below(6);
        for (std::size_t i = 0; i < width; ++i) columns.push_back({"column " + std::to_string(i)});
        for (std::uint64_t row = random.below(20); row > 0; --row) {
            std::vector<std::string> line;
            std::vector<CellKind> line_kinds;
            for (std::size_t i = 0; i < width; ++i) {
                std::string text = random_text(random, true);
                CellKind kind = text.empty() ? CellKind::empty : CellKind::text;
                switch (typed ? random.below(8) : 7) {
                case 0:
                    kind = CellKind::number, text = number_text((random.uniform() - 0.5) * std::pow(10.0, static_cast<double>(random.between(-12, 25))));
                    break;
                case 1: kind = CellKind::number, text = std::to_string(random.between(-9007199254740992, 9007199254740992)); break;
                case 2: kind = CellKind::boolean, text = random.chance(0.5) ? "true" : "false"; break;
                case 3: kind = CellKind::date, text = to_text(Date{static_cast<std::int32_t>(random.between(-25566, 2932896))}); break;
                case 4:
                    kind = CellKind::date_time,
                    text = fmt::format("{}T{:02}:{:02}:{:02}", to_text(Date{static_cast<std::int32_t>(random.between(-25500, 2932896))}), random.below(24),
                        random.below(60), random.below(60));
                    break;
                case 5:
                    kind = CellKind::time,
                    text = fmt::format("{:02}:{:02}:{:02}.{:03}", random.below(24), random.below(60), random.below(60), 1 + random.below(999));
                    break;
                case 6: kind = CellKind::duration, text = fmt::format("{:02}:{:02}:{:02}", random.below(5000), random.below(60), random.below(60)); break;
                default: break;
                }
                line.push_back(std::move(text));
                line_kinds.push_back(kind);
            }
            if (std::all_of(line.begin(), line.end(), [](const std::string& text) { return text.empty(); })) line[0] = "x", line_kinds[0] = CellKind::text;
            texts.push_back(std::move(line));
            kinds.push_back(std::move(line_kinds));
        }
    }

    std::string write(Format format, const WriteOptions& options) const {
        std::string bytes;
        const auto writer = good(make_table(into(bytes), format, options));
        good(writer->sheet("x", columns));
        for (std::size_t row = 0; row < texts.size(); ++row) {
            std::vector<Cell> cells;
            for (std::size_t i = 0; i < columns.size(); ++i) cells.push_back({kinds[row][i], texts[row][i]});
            good(writer->row(cells));
        }
        good(writer->finish());
        return bytes;
    }

    void check(const std::string& bytes, const ReadOptions& options, bool typed) const {
        const auto table = good(open_table(Bytes{bytes}, options));
        for (std::size_t row = 0; row < texts.size(); ++row) {
            const Row* const read = good(table->next());
            REQUIRE(read);
            REQUIRE(read->problems.empty());
            REQUIRE(read->cells.size() == columns.size());
            for (std::size_t i = 0; i < columns.size(); ++i) {
                REQUIRE(read->cells[i].text == texts[row][i]);
                if (typed) REQUIRE(read->cells[i].kind == kinds[row][i]);
            }
        }
        REQUIRE(good(table->next()) == nullptr);
    }
};

} // namespace

TEST_CASE("written and read again, every cell is what it was: xlsx") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        CAPTURE(seed);
        const RandomTable table{Random(seed), true};
        table.check(table.write(Format::xlsx, {}), {}, true);
    }
}

TEST_CASE("written and read again, every cell is what it was: CSV in both encodings and with all separators") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const RandomTable table{Random(seed), false};
        const char separator = ",;\t|"[seed % 4];
        table.check(table.write(Format::csv, {.separator = separator}), {.strip_apostrophe = true, .separator = separator}, false);
        table.check(table.write(Format::csv, {.encoding = Encoding::gb_18030, .separator = separator}),
            {.strip_apostrophe = true, .encoding = Encoding::gb_18030, .separator = separator}, false);
    }
}

} // namespace greenbank::sheets
