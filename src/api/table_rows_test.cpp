// table_rows_test.cpp — cells as people write them, and records that come back as they went.
#include "api/table_rows.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "json/json.h"

namespace greenbank {
namespace {

enum class Fuel { coal, gas };

struct Height {
    std::string scale;
    std::int64_t level = 0;
};
Record describe(const Height*) {
    return {"height", "A height.", {field<&Height::scale>("scale", "Scale."), field<&Height::level>("level", "Level.", {.min = 1, .max = 9})}};
}

struct Boiler {
    std::string id;
    Text title;
    Fuel fuel = Fuel::coal;
    std::optional<Money> budget;
    std::optional<Quantity> size;
    std::optional<Date> due;
    std::optional<bool> built;
    std::optional<double> share;
    std::vector<std::string> countries;
    std::optional<Height> height;
};

} // namespace
template <> struct Choices<Fuel> {
    static constexpr std::string_view name = "boiler_fuel";
    static constexpr std::string_view values[] = {"coal", "gas"};
};
namespace {
Record describe(const Boiler*) {
    return {"boiler", "A boiler.",
        {field<&Boiler::id>("id", "Id.", {.read_only = true}), field<&Boiler::title>("title", "Title.", {.min = 1, .max = 300}),
            field<&Boiler::fuel>("fuel", "Fuel."), field<&Boiler::budget>("budget", "Budget."), field<&Boiler::size>("size", "Size."),
            field<&Boiler::due>("due", "Due."), field<&Boiler::built>("built", "Built."), field<&Boiler::share>("share", "Share."),
            field<&Boiler::countries>("countries", "Countries."), field<&Boiler::height>("height", "Height.")}};
}

using Cells = std::map<std::string, std::string, std::less<>>;

/// The record as JSON, or the problems as "path code".
std::string check(const Cells& cells) {
    Boiler boiler;
    Problems problems;
    const auto code_of = [](std::string_view path, std::string_view text) {
        return path == "countries" && text == "中国" ? std::optional<std::string>("CN") : std::nullopt;
    };
    read_table_row(record_of<Boiler>(), &boiler, cells, code_of, problems);
    if (problems.empty()) return to_json(boiler);
    std::string said;
    for (const Problem& problem : problems) said += (said.empty() ? "" : "; ") + problem.field + " " + problem.code;
    return said;
}

} // namespace

TEST_CASE("numbers, dates, money and quantities as people write them") {
    const auto number = [](std::string_view text) { return parse_number(text) ? fmt::format("{}", *parse_number(text)) : "-"; };
    CHECK(number("1,250.5") == "1250.5");
    CHECK(number("1 250,5") == "1250.5");
    CHECK(number("1.250,5") == "1250.5");
    CHECK(number("1,250") == "1250");
    CHECK(number("0,5") == "0.5");
    CHECK(number("１２") == "12");
    CHECK(number("12.5%") == "0.125");
    CHECK(number("1e3") == "1000");
    for (const char* bad : {"", "-", "about 5", "1,2,3", "NaN", "inf", "0x10", "1.2.3,4,5"}) CHECK_MESSAGE(number(bad) == "-", bad);
    const auto date = [](std::string_view text) { return parse_any_date(text) ? to_text(*parse_any_date(text)) : "-"; };
    for (const char* good : {"2026-11-20", "2026/11/20", "20.11.2026", "2026年11月20日", "2026-11-20T00:00:00", "2026.11.20"})
        CHECK_MESSAGE(date(good) == "2026-11-20", good);
    for (const char* bad : {"11-12-2026", "2026-02-30", "soon", "20.13.2026"}) CHECK_MESSAGE(date(bad) == "-", bad);
    const auto money = [](std::string_view text) {
        return parse_any_money(text) ? amount_text(*parse_any_money(text)) + parse_any_money(text)->currency : "-";
    };
    CHECK(money("1250.00 CNY") == "1250.00CNY");
    CHECK(money("¥1,250") == "1250.00CNY");
    CHECK(money("125万元") == "1250000.00CNY");
    CHECK(money("1.25 亿元") == "125000000.00CNY");
    CHECK(money("人民币 3.5 万元") == "35000.00CNY");
    CHECK(money("20万美元") == "200000.00USD");
    CHECK(money("300 000 ₽") == "300000.00RUB");
    CHECK(money("1,5 млн тенге") == "1500000.00KZT");
    CHECK(money("USD 12") == "12.00USD");
    for (const char* bad : {"12", "much CNY", "1.234 CNY", "12 XXX"}) CHECK_MESSAGE(money(bad) == "-", bad);
    const auto quantity = [](std::string_view text) {
        return parse_any_quantity(text) ? fmt::format("{} {}", parse_any_quantity(text)->value, parse_any_quantity(text)->unit) : "-";
    };
    CHECK(quantity("500 m3/d") == "500 m3/d");
    CHECK(quantity("500m³/d") == "500 m3/d");
    CHECK(quantity("20 吨/日") == "20 t/d");
    CHECK(quantity("2万吨/年") == "20000 t/a");
    CHECK(quantity("1,5 МВт") == "1.5 MW");
    CHECK(quantity("500 cubits") == "-");
}

TEST_CASE("a row becomes a record, and every cell that does not is named") {
    CHECK(
        check({{"title.zh", "锅炉"}, {"title.en", " Boiler "}, {"fuel", "GAS"}, {"budget", "125万元"}, {"size", "2 MW"}, {"due", "2026/1/5"}, {"built", "是"},
            {"share", "50%"}, {"countries", "中国；KZ、RU"}, {"height.scale", "x"}, {"height.level", "7"}}) ==
        R"({"id":"","title":{"zh":"锅炉","en":"Boiler"},"fuel":"gas","budget":{"amount":"1250000.00","currency":"CNY"},"size":{"value":2,"unit":"MW"},"due":"2026-01-05","built":true,"share":0.5,"countries":["CN","KZ","RU"],"height":{"scale":"x","level":7}})");
    CHECK(check({{"title.zh", "锅炉"}, {"budget.amount", "1,250"}, {"budget.currency", "USD"}, {"size.value", "5"}, {"size.unit", "kW"}}) ==
          R"({"id":"","title":{"zh":"锅炉"},"fuel":"coal","budget":{"amount":"1250.00","currency":"USD"},"size":{"value":5,"unit":"kW"},"countries":[]})");
    CHECK(check({{"fuel", "wood"}, {"budget", "much"}, {"due", "soon"}, {"built", "perhaps"}, {"share", "half"}, {"height.level", "7.5"}}) ==
          "fuel choice.unknown; budget money.cell; due field.type_date; built field.type_boolean; share field.type_real; height.level field.type_integer");
    CHECK(check({{"title.zh", " "}, {"budget", ""}}) == R"({"id":"","title":{},"fuel":"coal","countries":[]})");
}

TEST_CASE("what table_cell writes, read_table_row reads back") {
    const std::vector<TablePlace> places = table_places(record_of<Boiler>());
    CHECK(places.front().path == "title.zh");
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Boiler boiler;
        randomize(record_of<Boiler>(), &boiler, random);
        boiler.id.clear();
        boiler.countries = {"CN", "KZ"}; // entries that hold a separator would not come back
        if (boiler.budget) boiler.budget->minor = std::abs(boiler.budget->minor);
        for (const Language language : {Language::zh, Language::en, Language::ru}) boiler.title.in(language) = std::string(trim(boiler.title.in(language)));
        if (boiler.height) boiler.height->scale = "iea";
        Cells cells;
        for (const TablePlace& place : places)
            if (place.part.empty() || place.field->type->kind == Kind::localized || seed % 2 == 0)
                cells[place.path] = table_cell(place, record_of<Boiler>(), &boiler);
        Boiler back;
        Problems problems;
        read_table_row(record_of<Boiler>(), &back, cells, {}, problems);
        CHECK(problems.empty());
        CHECK(to_json(back) == to_json(boiler));
    }
}

namespace {

struct Fitting {
    Fuel fuel = Fuel::coal;
    double size = 0;
    std::optional<Text> note;
    std::string maker;
};
Record describe(const Fitting*) {
    return {"fitting", "A fitting.",
        {field<&Fitting::fuel>("fuel", "Fuel."), field<&Fitting::size>("size", "Size."), field<&Fitting::note>("note", "Note."),
            field<&Fitting::maker>("maker", "Maker.", {.min = 1})}};
}
struct Plant {
    std::vector<Fitting> fittings;
};
Record describe(const Plant*) { return {"plant", "A plant.", {field<&Plant::fittings>("fittings", "Fittings.", {.max = 9})}}; }

std::string check_plant(const Cells& cells) {
    Plant plant;
    Problems problems;
    read_table_row(record_of<Plant>(), &plant, cells, {}, problems);
    std::string said = to_json(plant);
    for (const Problem& problem : problems) said += "; " + problem.field + " " + problem.code;
    return said;
}

} // namespace

TEST_CASE("a list of records stands in numbered columns, or as JSON in one cell") {
    CHECK(check_plant({{"fittings.1.fuel", "gas"}, {"fittings.1.size", "2,5"}, {"fittings.1.maker", "A"}, {"fittings.3.fuel", "coal"}, {"fittings.3.size", "1"},
              {"fittings.3.note.ru", "да"}, {"fittings.3.maker", "B"}}) ==
          R"({"fittings":[{"fuel":"gas","size":2.5,"maker":"A"},{"fuel":"coal","size":1,"note":{"ru":"да"},"maker":"B"}]})");
    CHECK(check_plant({{"fittings", R"([{"fuel":"gas","size":1,"maker":"A"}])"}}) == R"({"fittings":[{"fuel":"gas","size":1,"maker":"A"}]})");
    // What an item lacks is said at its number; an item of which nothing is filled is none.
    const std::string lacking = check_plant({{"fittings.2.size", "much"}, {"fittings.4.fuel", " "}});
    CHECK(lacking.find("; fittings.2.size ") != std::string::npos);
    CHECK(lacking.find("; fittings.2.fuel field.missing") != std::string::npos);
    CHECK(lacking.find("; fittings.2.maker field.missing") != std::string::npos);
    CHECK(lacking.find("fittings.4") == std::string::npos);
}

TEST_CASE("places of items carry their number, problems find back to theirs, and cells come back as they went") {
    const std::vector<TablePlace> places = table_places(record_of<Plant>());
    CHECK(std::count_if(places.begin(), places.end(), [](const TablePlace& place) { return place.item == 2; }) == 6);
    const Cells cells = {{"fittings.2.maker", "A"}, {"fittings.5.maker", "B"}, {"fittings.3.maker", " "}};
    CHECK(place_of_problem("fittings[0].size", cells) == "fittings.2.size");
    CHECK(place_of_problem("fittings[1].maker", cells) == "fittings.5.maker");
    CHECK(place_of_problem("fittings[1]", cells) == "fittings.5.");
    CHECK(place_of_problem("fittings[7].size", cells) == "fittings[7].size");
    CHECK(place_of_problem("fittings[x", cells) == "fittings[x");
    CHECK(place_of_problem("title", cells) == "title");
    const Plant plant{{{Fuel::gas, 2.5, Text{"注", "", ""}, "A"}, {Fuel::coal, 1, {}, "B"}}};
    Cells written;
    for (const TablePlace& place : places)
        if (place.item > 0) written[place.path] = table_cell(place, record_of<Plant>(), &plant);
    CHECK(check_plant(written) == to_json(plant));
}

} // namespace greenbank
