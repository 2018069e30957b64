// kernel_test.cpp — units, time, money, text and CSV by tables; properties with printed seeds.
#include <cmath>

#include <doctest/doctest.h>

#include "kernel/csv.h"
#include "kernel/id.h"
#include "kernel/record.h"
#include "kernel/utf8.h"

using namespace greenbank;

TEST_CASE("units convert between ways of writing the same thing") {
    struct Row {
        double value;
        const char *from, *to;
        double expected;
    };
    for (const Row& row : {Row{50, "mg/m3", "g/m3", 0.05}, Row{1, "kWh/m3", "Wh/L", 1}, Row{25, "m3/h", "m3/d", 600}, Row{85, "%", "1", 0.85},
             Row{120, "degC", "K", 393.15}, Row{1, "MWh/t", "kWh/kg", 1}, Row{3.6, "MJ", "kWh", 1}, Row{1, "t/(ha.a)", "kg/(m2.a)", 0.1},
             Row{15, "mu", "ha", 1}, Row{100, "ug/L", "mg/L", 0.1}, Row{5, "kgCO2e/kWh", "tCO2e/MWh", 5}, Row{1200, "Pa", "kPa", 1.2},
             Row{2, "USD/kW", "USD/MW", 2000}, Row{1, "m³/d", "m3/d", 1}, Row{30, "min", "h", 0.5}}) {
        const auto converted = convert({row.value, row.from}, row.to);
        INFO(row.from, " to ", row.to);
        REQUIRE(converted);
        CHECK(std::fabs(*converted - row.expected) < 1e-9 * std::max(1.0, std::fabs(row.expected)));
    }
    for (const auto& [from, to] : {std::pair{"kg", "kgCO2e"}, {"USD/kW", "CNY/kW"}, {"mg/m3", "mg/m2"}, {"USD", "1"}, {"t/d", "t"}})
        CHECK_FALSE(convert({1, from}, to));
    for (const char* text : {"", "bananas", "kWh/", "/m3", "m3//d", "(m", "m)", "kWh/(m2.a", "mm99", "((((((((((m))))))))))", "m^", "1e9", "kg kg"})
        CHECK_FALSE(parse_unit(text));
}

TEST_CASE("converting there and back gives the same number") {
    constexpr const char* groups[][3] = {{"mg/L", "g/m3", "ug/L"}, {"kWh", "MJ", "tce"}, {"m3/h", "L/s", "m3/d"}, {"degC", "K", "degF"}, {"kW", "MW", "J/s"}};
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const auto& group = groups[random.below(5)];
        const char *a = group[random.below(3)], *b = group[random.below(3)];
        const double value = random.uniform() * 1e4;
        const auto there = convert({value, a}, b);
        REQUIRE(there);
        CHECK(std::fabs(*convert({*there, b}, a) - value) < 1e-6 * std::max(1.0, value));
    }
}

TEST_CASE("times and dates read and write RFC 3339") {
    CHECK(to_text(*parse_time("2026-11-20T22:21:23Z")) == "2026-11-20T22:21:23Z");
    CHECK(to_text(*parse_time("2026-11-20T22:21:23.5+08:00")) == "2026-11-20T14:21:23.500000Z");
    CHECK(to_text(*parse_time("1969-12-31T23:59:59.999999Z")) == "1969-12-31T23:59:59.999999Z");
    for (const char* text : {"", "2026-11-20", "2026-02-29T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T22:21:23", "2026-11-20T22:21:23.Z",
             "2026-11-20T22:21:23+25:00", "2026-1-20T22:21:23Z"})
        CHECK_FALSE(parse_time(text));
    CHECK(parse_date("2024-02-29"));
    CHECK_FALSE(parse_date("2023-02-29"));
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const Time time{random.between(-60'000'000'000'000'000, 250'000'000'000'000'000)};
        CHECK(parse_time(to_text(time)) == time);
        const Date date{static_cast<std::int32_t>(random.between(-700'000, 2'900'000))};
        CHECK(parse_date(to_text(date)) == date);
    }
}

TEST_CASE("money is exact") {
    CHECK(parse_money("1250.00", "CNY")->minor == 125000);
    CHECK(parse_money("1250", "CNY")->minor == 125000);
    CHECK(parse_money("-0.05", "USD")->minor == -5);
    CHECK(parse_money("100", "JPY")->minor == 100);
    CHECK(parse_money("1.234", "KWD")->minor == 1234);
    CHECK(amount_text({-5, "USD"}) == "-0.05");
    CHECK(amount_text({INT64_MIN, "CNY"}) == "-92233720368547758.08");
    for (const auto& [amount, currency] : {std::pair{"1.234", "CNY"}, {"", "CNY"}, {".5", "CNY"}, {"1.", "CNY"}, {"1e3", "CNY"}, {"NaN", "CNY"},
             {"1,000", "CNY"}, {"92233720368547758.08", "CNY"}, {"1", "XXX"}, {"+1", "CNY"}, {"1.5", "JPY"}})
        CHECK_FALSE(parse_money(amount, currency));
}

TEST_CASE("languages are recognised in every spelling, and the header's weights hold") {
    for (const char* tag : {"zh", "zh-CN", "zh_CN", "zh-Hans", "ZH-hant"}) CHECK(parse_language(tag) == Language::zh);
    CHECK_FALSE(parse_language("zhu"));
    CHECK(accept_language("de, ru;q=0.8, zh;q=0.9") == Language::zh);
    CHECK(accept_language("fr") == Language::en);
    CHECK(accept_language("") == Language::en);
}

TEST_CASE("UTF-8 is checked") {
    CHECK(is_utf8("热泵 тепловой насос 🌱"));
    for (const char* bytes : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\x80", "\xFE"}) CHECK_FALSE(is_utf8(bytes));
    CHECK(length_in_characters("热泵🌱") == 3);
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::string bytes(random.below(40), '\0');
        for (char& c : bytes) c = static_cast<char>(random.below(256));
        CHECK(from_base64url(to_base64url(bytes)) == bytes);
    }
}

TEST_CASE("ids sort by birth and keep their shape") {
    Random random(1);
    std::string last;
    for (std::int64_t second = 1; second < 200; ++second) {
        const std::string id = make_id("tech", Time{second * 1'000'000'000}, random);
        CHECK(is_id(id, "tech"));
        CHECK(id.size() == 31);
        CHECK(last < id);
        last = id;
    }
    for (const char* id : {"tech_", "tech", "need_1", "tech_A", "tech_1-2", "tech_ü", ""}) CHECK_FALSE(is_id(id, "tech"));
}

TEST_CASE("CSV: rows and quotes, and every faulty row is named") {
    const Csv csv = parse_csv("\xEF\xBB\xBF"
                              "a,b\r\n1,\"x, \"\"y\"\"\"\n\n\"two\nlines\",热泵\n")
                        .value();
    CHECK(csv.header == std::vector<std::string>{"a", "b"});
    REQUIRE(csv.rows.size() == 2);
    CHECK(csv.rows[0][1] == "x, \"y\"");
    CHECK(csv.rows[1][0] == "two\nlines");
    CHECK(csv.lines == std::vector<std::size_t>{2, 4});

    const auto faulty = parse_csv("a,b\n1\n1,2\n1,2,3\n");
    REQUIRE_FALSE(faulty);
    REQUIRE(faulty.error().problems.size() == 2);
    CHECK(faulty.error().problems[0].field == "line 2");
    CHECK(faulty.error().problems[1].field == "line 4");
    CHECK(parse_csv("").error().code == "csv.empty");
    CHECK(parse_csv(std::string("PK\x03\x04\0\xFF", 6)).error().code == "csv.not_text");

    std::string out;
    for (const char* cell : {"=cmd()", "-5.2", "+7", "@x", "plain"}) append_csv_cell(out, cell), out += '|';
    CHECK(out == "\"'=cmd()\"|-5.2|+7|\"'@x\"|plain|");
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<std::string> cells(3);
        for (std::string& cell : cells)
            for (std::uint64_t i = random.below(6) + (cell = "x", 0u); i > 0; --i) cell += ",\"\n\rx 泵"[random.below(6)] & 0x7F;
        std::string text = "a,b,c\n";
        for (std::size_t i = 0; i < 3; ++i) (i ? text += ',' : text), append_csv_cell(text, cells[i]);
        const auto back = parse_csv(text + "\n");
        REQUIRE(back);
        if (cells != std::vector<std::string>(3)) CHECK(back.value().rows.at(0) == cells);
    }
}

TEST_CASE("sentences are filled in") {
    CHECK(fill_in("at most {limit}, {unknown}", {{"limit", "5"}}) == "at most 5, {unknown}");
    CHECK(fill_in("{", {}) == "{");
}

TEST_CASE("UTF-8: every character there and back, broken bytes one by one") {
    std::string all;
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 || c > 0x10fff0 ? 1 : 97)
        if (c < 0xd800 || c > 0xdfff) {
            std::string one;
            append_utf8(one, c);
            std::size_t at = 0;
            REQUIRE(next_character(one, at) == c);
            REQUIRE(at == one.size());
            REQUIRE(is_utf8(one));
        }
    for (const std::string_view broken : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe6\xb3", "\x80", "\xff", "\xe0\x80\x80"}) {
        INFO(broken.size());
        std::size_t at = 0;
        CHECK(next_character(broken, at) == replacement_character);
        CHECK(at == 1);
        CHECK(character_length(broken, 0) == 0);
        CHECK_FALSE(is_utf8(broken));
    }
}

TEST_CASE("what is found later is not said of a place, its parts or its whole twice") {
    const auto said = [](std::vector<std::string> known, std::vector<std::string> more) {
        Problems problems, others;
        for (const std::string& field : known) problems.push_back({field, "known", ""});
        for (const std::string& field : more) others.push_back({field, "new", ""});
        add_unsaid(problems, std::move(others));
        std::string all;
        for (const Problem& problem : problems) all += problem.field + " ";
        return all;
    };
    CHECK(said({"from"}, {"from_root", "from", "from.amount"}) == "from from_root ");
    CHECK(said({"figures[1].unit"}, {"figures", "figures[1]", "figures[10]"}) == "figures[1].unit figures[10] ");
    CHECK(said({""}, {"anything"}) == " ");
    CHECK(said({}, {"a", "a"}) == "a ");
}
