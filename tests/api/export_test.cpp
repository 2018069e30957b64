// export_test.cpp — lists and searches as files, and a table that comes back as it went.
#include "cast.h"
#include "sheets/sheets.h"

namespace greenbank::testing {

namespace {

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

Table read_table(const std::string& bytes, bool strip = false) {
    auto opened = sheets::open_table(sheets::Bytes{bytes}, {.strip_apostrophe = strip});
    REQUIRE(opened);
    Table table{opened.value()->header(), {}};
    while (true) {
        auto row = opened.value()->next();
        REQUIRE(row);
        if (!row.value()) return table;
        table.rows.emplace_back();
        for (const sheets::Cell& cell : row.value()->cells) table.rows.back().emplace_back(cell.text);
    }
}

} // namespace

TEST_CASE("a list goes out as xlsx, CSV and JSON, with its filters, in the caller's language") {
    Visitor visitor = cast().visitor();
    const std::int64_t water = visitor.get("/technologies?field=water&state=published&limit=1").number("/total");
    REQUIRE(water > 0);
    for (const std::string language : {"zh", "en", "ru"}) {
        visitor.language = language;
        const Answer xlsx = visitor.get("/technologies/export?field=water&state=published&sort=title");
        REQUIRE(xlsx.status == 200);
        CHECK(xlsx.header("Content-Disposition").find("attachment") == 0);
        const Table table = read_table(xlsx.body);
        CHECK(static_cast<std::int64_t>(table.rows.size()) == water);
        const std::string expected = language == "zh" ? "技术名称（中文）" : language == "en" ? "Title (Chinese)" : "Название (китайский)";
        CHECK_MESSAGE(std::find(table.header.begin(), table.header.end(), expected) != table.header.end(), table.header[3]);
        const Table csv = read_table(visitor.get("/technologies/export?field=water&state=published&sort=title&format=csv").body, true);
        CHECK(csv.header == table.header);
        CHECK(csv.rows.size() == table.rows.size());
    }
    const Answer json = visitor.get("/technologies/export?field=water&format=json&state=published");
    CHECK(static_cast<std::int64_t>(json.size("")) == water);
    CHECK(visitor.get("/technologies/export?format=pdf").status == 422);
    CHECK(visitor.get("/technologies/export?wrong=1").status == 422);
    CHECK(read_table(visitor.get("/search/export?text=heat%20pump").body).rows.size() ==
          static_cast<std::size_t>(visitor.get("/search?text=heat%20pump").number("/total")));
    CHECK(visitor.get("/organisations/export?kind=bank&format=csv").status == 200);
    CHECK(read_table(visitor.get("/needs/export").body).rows.size() >= 40);
}

TEST_CASE("strangers' exports hold no drafts, and no cell runs as a formula") {
    Cast& all = cast();
    const std::string title = "=HYPERLINK(\\\"http://evil.test\\\")";
    const std::string id = create(all.editor, "/needs", need_body(title));
    CHECK(all.nobody.get("/needs/export?format=csv").body.find("HYPERLINK") == std::string::npos);
    const std::string csv = all.editor.get("/needs/export?format=csv").body;
    CHECK(csv.find("'=HYPERLINK") != std::string::npos);
    const Table xlsx = read_table(all.editor.get("/needs/export").body);
    bool found = false;
    for (const auto& row : xlsx.rows)
        for (const std::string& cell : row) found = found || cell.starts_with("=HYPERLINK"); // a text, never a formula: the reader would say so
    CHECK(found);
}

} // namespace greenbank::testing
