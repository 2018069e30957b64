// import_test.cpp — a table goes into the library: guessed, looked at, written, corrected, merged, and taken back.
#include "cast.h"
#include "sheets/sheets.h"

namespace greenbank::testing {

namespace {

std::string send_file(Visitor& visitor, const std::string& name, const std::string& bytes) {
    const Answer made = visitor.post("/files", fmt::format(R"({{"name":"{}","bytes":{}}})", name, bytes.size()));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    visitor.content_type = "application/octet-stream";
    constexpr std::size_t part = 512 * 1024;
    for (std::size_t number = 0; number * part < bytes.size(); ++number) {
        const Answer sent = visitor.post(fmt::format("/files/{}/parts/{}", made.at("/id"), number), bytes.substr(number * part, part));
        REQUIRE_MESSAGE(sent.status == 200, sent.body);
    }
    visitor.content_type = "application/json";
    return made.at("/id");
}

Answer wait_for_import(Visitor& visitor, const std::string& import) {
    for (int i = 0; i < 1200; ++i) {
        const Answer answer = visitor.get("/imports/" + import);
        const std::string state = answer.at("/state");
        if (state != "checking" && state != "running" && state != "undoing") return answer;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL("the job does not end");
    return {};
}

Answer begin(Visitor& visitor, const std::string& file, const std::string& more = "") {
    const Answer made = visitor.post("/imports", fmt::format(R"({{"kind":"technology","file":"{}"{}}})", file, more));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return made;
}

Answer act(Visitor& visitor, const Answer& import, const std::string& verb) {
    const Answer started = visitor.post(fmt::format("/imports/{}/{}", import.at("/id"), verb));
    REQUIRE_MESSAGE(started.status == 200, started.body);
    return wait_for_import(visitor, import.at("/id"));
}

std::string path_of(const Answer& import, const std::string& heading) {
    for (std::size_t i = 0; i < import.size("/columns"); ++i)
        if (import.at(fmt::format("/columns/{}/heading", i)) == heading) return import.at(fmt::format("/columns/{}/path", i));
    return "no such column";
}

Visitor& all_editor() { return cast().editor; }

const std::string head = "序号,技术名称,Title,简介,技术领域,成熟度等级,标准,可授权地域,来源国家或地区,单位投资,投资计量单位,专利号\n";
std::string row(const std::string& number, const std::string& zh, const std::string& en, const std::string& field = "水污染治理",
    const std::string& level = "8", const std::string& cost = "1.2万元", const std::string& patent = "") {
    return fmt::format("{},{},{},去除废水中的污染物,{},{},GB/T 22900,全球,中国,{},m3/d,{}\n", number, zh, en, field, level, cost, patent);
}

} // namespace

TEST_CASE("an import explains itself: guessed columns, faulty rows back, corrected and dropped again, undone") {
    Cast& all = cast();
    Visitor& editor = all.editor;
    editor.language = "zh";
    const std::string csv =
        "\xEF\xBB\xBF" + head + row("1", "蓝藻浓缩脱水一体机", "Cyanobacteria thickening unit", "水污染治理", "8", "1.2万元", "ZL201910123456.7") +
        row("2", "河道底泥原位固化设备", "In-situ sediment solidification", "木材") + row("3", "磁混凝澄清装置", "Magnetic coagulation", "water", "12") +
        row("4", "", "", "water") + row("5", "移动床生物膜装置", "Moving bed biofilm unit");
    const Answer import = begin(editor, send_file(editor, "目录.csv", csv));
    CHECK(path_of(import, "技术名称") == "title.zh");
    CHECK(path_of(import, "Title") == "title.en");
    CHECK(path_of(import, "简介") == "summary.zh");
    CHECK(path_of(import, "技术领域") == "field");
    CHECK(path_of(import, "成熟度等级") == "readiness.level");
    CHECK(path_of(import, "可授权地域") == "territories");
    CHECK(path_of(import, "单位投资") == "capital_cost");
    CHECK(path_of(import, "专利号") == "patents");
    CHECK(path_of(import, "序号") == "");
    CHECK(import.at("/encoding") == "UTF-8");
    // What computes outside of a transaction is audited when it writes, like everything else.
    CHECK(all.manager.get("/audit?record=import&operation=import_create&record_id=" + import.at("/id")).size("/items") == 1);

    // The rest is said by a person.
    std::string columns;
    for (std::size_t i = 0; i < import.size("/columns"); ++i) {
        const std::string heading = import.at(fmt::format("/columns/{}/heading", i));
        const std::string path = heading == "标准" ? "readiness.scale" : heading == "来源国家或地区" ? "origin" : path_of(import, heading);
        columns += fmt::format("{}{{\"heading\":\"{}\"{}}}", i ? "," : "", heading, path.empty() ? "" : fmt::format(",\"path\":\"{}\"", path));
    }
    const Answer mapped = editor.patch("/imports/" + import.at("/id"), "{\"columns\":[" + columns + "]}");
    REQUIRE_MESSAGE(mapped.status == 200, mapped.body);

    const Answer checked = act(editor, import, "check");
    CHECK(checked.at("/state") == "checked");
    CHECK(checked.number("/counts/rows") == 5);
    CHECK_MESSAGE(checked.number("/counts/good") == 2, checked.at("/problems"));
    CHECK(checked.number("/counts/faulty") == 3);
    CHECK(editor.get("/technologies?state=draft&limit=500").body.find("蓝藻浓缩") == std::string::npos); // a look writes nothing
    bool named = false;
    for (std::size_t i = 0; i < checked.size("/problems"); ++i)
        named = named || (checked.at(fmt::format("/problems/{}/heading", i)) == "技术领域" && checked.at(fmt::format("/problems/{}/cell", i)) == "木材" &&
                             checked.number(fmt::format("/problems/{}/row", i)) == 3);
    CHECK_MESSAGE(named, checked.at("/problems"));

    const Answer done = act(editor, import, "run");
    CHECK(done.at("/state") == "done");
    CHECK(done.number("/counts/created") == 2);
    const Answer found = editor.get("/technologies?state=draft&limit=500");
    CHECK(found.body.find("蓝藻浓缩脱水一体机") != std::string::npos);
    CHECK(found.body.find("ZL201910123456.7") != std::string::npos);
    CHECK(found.body.find("\"amount\":\"12000.00\"") != std::string::npos);

    // The faulty rows come back with what to do, are corrected, and dropped again.
    const Answer faulty = editor.get("/files/" + done.at("/faulty_file") + "/content");
    REQUIRE(faulty.status == 200);
    auto table = sheets::open_table(sheets::Bytes{faulty.body});
    REQUIRE(table);
    std::string corrected;
    const std::vector<std::string> headings = table.value()->header();
    CHECK(headings.back() == "问题");
    for (std::size_t i = 0; i + 1 < headings.size(); ++i) corrected += (i ? "," : "") + headings[i];
    corrected += "\n";
    int rows = 0;
    while (true) {
        auto next = table.value()->next();
        REQUIRE(next);
        if (!next.value()) break;
        ++rows;
        CHECK(!next.value()->cells[headings.size() - 1].text.empty());
        for (std::size_t i = 0; i + 1 < headings.size(); ++i) {
            std::string text(next.value()->cells[i].text);
            if (text == "木材") text = "大气污染治理";
            if (text == "12") text = "9";
            if (headings[i] == "技术名称" && text.empty()) text = "补上名称的设备";
            corrected += (i ? "," : "") + text;
        }
        corrected += "\n";
    }
    CHECK(rows == 3);
    const Answer second = begin(editor, send_file(editor, "again.csv", corrected));
    REQUIRE(editor.patch("/imports/" + second.at("/id"), "{\"columns\":[" + columns + "]}").status == 200);
    const Answer again = act(editor, second, "run");
    CHECK_MESSAGE(again.number("/counts/created") == 3, again.body);
    CHECK(again.number("/counts/faulty") == 0);

    // The same table once more: everything is there already; merging fills gaps, undoing sets back.
    const Answer third = begin(editor,
        send_file(editor, "third.csv",
            head + row("1", "蓝藻浓缩脱水一体机（改进型）", "Cyanobacteria thickening unit", "水污染治理", "8", "1.2万元", "CN201910123456.7 (2019)")),
        R"(,"duplicates":"merge")");
    REQUIRE(editor.patch("/imports/" + third.at("/id"), "{\"columns\":[" + columns + "]}").status == 200);
    const Answer merged = act(editor, third, "run");
    CHECK_MESSAGE(merged.number("/counts/merged") == 1, merged.body);
    CHECK(merged.at("/alike/0/likeness") == "same_patent");
    const std::string into = "/technologies/" + merged.at("/alike/0/entry");
    CHECK(editor.get(into + "/versions").all("/items", "/action") == std::vector<std::string>{"import", "found"});
    CHECK(act(editor, third, "undo").number("/counts/restored") == 1);
    CHECK(editor.get(into + "/versions").at("/items/0/action") == "undo");
    CHECK(editor.get(into + "/difference?from=1&to=3").size("/changes") == 0);
    CHECK(editor.post(fmt::format("/imports/{}/undo", third.at("/id"))).code() == "import.busy");

    // What somebody has changed since is left alone.
    const std::string first = "/technologies/" + editor.get("/technologies?state=draft&sort=-created_at&limit=1").at("/items/0/id");
    CHECK(editor.patch(first, R"({"origin":"KZ"})").status == 200);
    const Answer undone = act(editor, second, "undo");
    CHECK(undone.number("/counts/removed") + undone.number("/counts/left_alone") == 3);
    CHECK(undone.number("/counts/left_alone") == 1);
    CHECK(act(editor, import, "undo").number("/counts/removed") + 0 >= 1);
    editor.language.clear();
}

TEST_CASE("facts of a list stand in numbered columns, in any kind; the faulty row names its cell and comes in corrected") {
    Visitor& editor = all_editor();
    const std::string head =
        "title_en,summary_en,field,readiness_scale,readiness_level,territories,origin,figure_1_indicator,figure_1_low,figure_1_unit,figure_1_source,"
        "Figures 3 Indicator,Figures 3 Value,Figures 3 Unit,Figures 3 Source,evidence_1_kind,evidence_1_title_en,evidence_1_year,evidence_1_country\n";
    const auto row = [](const std::string& title, const std::string& unit) {
        return title + ",Cleans water,water,gbt22900,8,WORLD,CN,effluent_cod,40,mg/L,test report,出水化学需氧量（COD）,35," + unit +
               ",second report,运行案例,A plant,2021,中国\n";
    };
    const Answer import =
        begin(editor, send_file(editor, "figures.csv", head + row("Sound figures", "毫克/升") + row("Odd unit", "parrots") + row("Wrong unit", "kWh")));
    CHECK(path_of(import, "figure_1_indicator") == "figures.1.indicator");
    CHECK(path_of(import, "Figures 3 Unit") == "figures.3.unit");
    CHECK(path_of(import, "evidence_1_title_en") == "evidence.1.title.en");
    CHECK(path_of(import, "evidence_1_country") == "evidence.1.country");
    std::string columns;
    const std::vector<std::string> paths = {"title.en", "summary.en", "field", "readiness.scale", "readiness.level", "territories", "origin",
        "figures.1.indicator", "figures.1.low", "figures.1.unit", "figures.1.source", "figures.3.indicator", "figures.3.low", "figures.3.unit",
        "figures.3.source", "evidence.1.kind", "evidence.1.title.en", "evidence.1.year", "evidence.1.country"};
    for (const std::string& path : paths) columns += fmt::format("{}{{\"heading\":\"x\",\"path\":\"{}\"}}", columns.empty() ? "" : ",", path);
    REQUIRE(editor.patch("/imports/" + import.at("/id"), "{\"columns\":[" + columns + "]}").status == 200);
    const Answer done = act(editor, import, "run");
    CHECK_MESSAGE(done.number("/counts/created") == 1, done.body);
    CHECK(done.number("/counts/faulty") == 2);
    CHECK(done.at("/problems/0/heading") == "Figures 3 Unit"); // the third, though it is the second that is filled
    CHECK(done.at("/problems/0/cell") == "parrots");
    CHECK(done.at("/problems/1/heading") == "Figures 3 Unit");
    const Answer made = editor.get("/technologies?state=draft&sort=-created_at&limit=1");
    CHECK(made.at("/items/0/title/en") == "Sound figures");
    CHECK(made.size("/items/0/figures") == 2);
    CHECK(made.at("/items/0/figures/1/indicator") == "effluent_cod");
    CHECK(made.at("/items/0/figures/1/unit") == "mg/L");
    CHECK(made.at("/items/0/evidence/0/kind") == "case");
    CHECK(made.at("/items/0/evidence/0/country") == "CN");

    // The file that comes back, corrected, guesses its own columns.
    auto table = sheets::open_table(sheets::Bytes{editor.get("/files/" + done.at("/faulty_file") + "/content").body});
    REQUIRE(table);
    std::string corrected = head;
    while (const sheets::Row* faulty = table.value()->next().value()) {
        for (std::size_t i = 0; i < paths.size(); ++i) {
            const std::string text(faulty->cells[i].text);
            corrected += (i ? "," : "") + (text == "parrots" || text == "kWh" ? "mg/L" : text);
        }
        corrected += "\n";
    }
    const Answer second = begin(editor, send_file(editor, "again.csv", corrected));
    REQUIRE(editor.patch("/imports/" + second.at("/id"), "{\"columns\":[" + columns + "]}").status == 200);
    const Answer again = act(editor, second, "run");
    CHECK_MESSAGE(again.number("/counts/created") == 2, again.body);
    for (const Answer& one : {second, import}) CHECK(act(editor, one, "undo").at("/state") == "undone");

    // A row without what is needed is faulty, whatever the default of the field is.
    const Answer bare = begin(editor, send_file(editor, "bare.csv", "title_en,summary_en\nBare,Nothing else\n"));
    const Answer looked = act(editor, bare, "check");
    CHECK(looked.number("/counts/faulty") == 1);
    CHECK(looked.at("/problems").find("This field is needed.") != std::string::npos);
}

TEST_CASE("a template is in the reader's language, says what each column means and may hold, and its headings are guessed without doubt") {
    for (const auto& [kind, language] :
        {std::pair<std::string, std::string>("technology", "zh"), {"need", "ru"}, {"capital_offer", "en"}, {"organisation", "zh"}, {"technology", "ru"}}) {
        Visitor& staff = cast().officer;
        staff.language = language;
        const Answer file = staff.get("/import-template?kind=" + kind);
        REQUIRE(file.status == 200);
        auto first = sheets::open_table(sheets::Bytes{file.body});
        REQUIRE(first);
        REQUIRE(first.value()->sheets().size() == 2);
        auto notes = sheets::open_table(sheets::Bytes{file.body}, {.sheet = first.value()->sheets()[1].name});
        REQUIRE(notes);
        CHECK(notes.value()->header().size() == 4);
        std::size_t rows = 0, explained = 0;
        while (const sheets::Row* row = notes.value()->next().value()) ++rows, explained += row->cells.size() > 3 && !row->cells[3].text.empty();
        CHECK(rows == first.value()->header().size());
        CHECK(explained > 0);
        const Answer import = staff.post("/imports", fmt::format(R"({{"kind":"{}","file":"{}"}})", kind, send_file(staff, "template.xlsx", file.body)));
        REQUIRE_MESSAGE(import.status == 201, import.body);
        for (std::size_t i = 0; i < import.size("/columns"); ++i)
            CHECK_MESSAGE(!import.at(fmt::format("/columns/{}/path", i)).empty(), kind, " ", language, " ", import.at(fmt::format("/columns/{}/heading", i)));
        staff.language.clear();
    }
}

TEST_CASE("GB 18030 is read, formulas come back as text, and hostile files are refused with a sentence") {
    Cast& all = cast();
    // 技术名称,Title\n热泵,"=cmd()" in GB 18030
    const std::string gb = "\xBC\xBC\xCA\xF5\xC3\xFB\xB3\xC6,Title\n\xC8\xC8\xB1\xC3,\"=cmd()\"\n";
    const Answer import = begin(all.editor, send_file(all.editor, "gb.csv", gb));
    CHECK(import.at("/encoding") == "GB 18030");
    CHECK(import.at("/columns/0/path") == "title.zh");
    CHECK(import.at("/columns/0/samples/0") == "热泵");
    for (const std::string& junk : {std::string("PK\x03\x04 this is no workbook at all, only its first letters"),
             std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), std::string("\0\0\0\0\0\0", 6)}) {
        const Answer refused = all.editor.post("/imports", fmt::format(R"({{"kind":"technology","file":"{}"}})", send_file(all.editor, "junk.xlsx", junk)));
        CHECK_MESSAGE((refused.status >= 400 && refused.status < 500), refused.status, " ", junk.size(), " ", refused.body.substr(0, 500));
        CHECK(refused.is_problem());
    }
    CHECK(all.manager.post("/imports", fmt::format(R"({{"kind":"technology","file":"{}"}})", send_file(all.editor, "x.csv", "a,b\n1,2\n"))).status ==
          404); // another person's file
    CHECK(all.editor.post("/imports", fmt::format(R"({{"kind":"organisation","file":"{}"}})", send_file(all.editor, "x.csv", "a,b\n1,2\n"))).status == 403);
}

TEST_CASE("a running import can be cancelled, and leaves nothing behind") {
    Cast& all = cast();
    std::string csv = "技术名称,简介,技术领域,成熟度等级,技术成熟度 scale,可授权地域,origin\n";
    for (int i = 0; i < 30'000; ++i) csv += fmt::format("取消试验设备 {},x,water,8,gbt22900,WORLD,CN\n", i);
    const Answer import = begin(all.editor, send_file(all.editor, "many.csv", csv));
    std::string columns;
    for (const char* path : {"title.zh", "summary.zh", "field", "readiness.level", "readiness.scale", "territories", "origin"})
        columns += fmt::format("{}{{\"heading\":\"x\",\"path\":\"{}\"}}", columns.empty() ? "" : ",", path);
    REQUIRE(all.editor.patch("/imports/" + import.at("/id"), "{\"columns\":[" + columns + "]}").status == 200);
    const std::int64_t before = all.editor.get("/technologies?limit=1").number("/total");
    const Answer started = all.editor.post("/imports/" + import.at("/id") + "/run");
    REQUIRE(started.status == 200);
    for (int i = 0; i < 200 && all.editor.get("/technologies?limit=1").number("/total") == before; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(all.editor.post("/jobs/" + started.at("/job") + "/cancel").status == 200);
    const Answer ended = wait_for_import(all.editor, import.at("/id"));
    CHECK(ended.at("/state") == "mapped");
    CHECK(all.editor.get("/technologies?limit=1").number("/total") == before);
}

} // namespace greenbank::testing
