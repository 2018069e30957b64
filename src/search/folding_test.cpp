// folding_test.cpp — what folds to the same, and where it came from.
#include "search/folding.h"

#include <doctest/doctest.h>

#include "search/sorting.h"
#include "search/units.h"

namespace greenbank::search {

namespace {

std::string unit_list(std::string_view text) {
    std::string out;
    for (const Unit& unit : units(text)) {
        if (!out.empty()) out += unit.glued ? "" : " ";
        out += unit.of(text);
    }
    return out;
}

std::string from_original(std::string_view original, std::string_view part) {
    const Folded folded = fold_with_origin(original);
    const std::size_t at = folded.text.find(part);
    REQUIRE(at != std::string::npos);
    const Folded::Span span = folded.original(at, at + part.size());
    return std::string(original.substr(span.begin, span.end - span.begin));
}

} // namespace

TEST_CASE("folding makes equal what people hold to be the same") {
    REQUIRE(load_folding());
    const std::pair<const char*, const char*> table[] = {
        {"Heat PUMP", "heat pump"},
        {"熱泵與儲能", "热泵与储能"},
        {"臺灣裡面", "台湾里面"},
        {"１２Ｖ　ＬＥＤ", "12v led"},
        {"ｶﾞｽ", "ガス"},
        {"Ёлка Всё", "елка все"},
        {"CO₂ m³ ㎡", "co2 m3 m2"},
        {"ﬁlter", "filter"},
        {"Straße", "strasse"},
        {"e\u0301", "é"},
        {"soft\u00adhyphen", "softhyphen"},
        {"", ""},
    };
    for (const auto& [text, folded] : table) {
        CHECK(fold(text) == folded);
        CHECK(fold_with_origin(text).text == folded);
        CHECK(fold(folded) == folded);
    }
}

TEST_CASE("broken bytes fold to something sound") {
    for (const std::string text : {"\xff", "a\xc3", "\xe6\xb0", "\xf0\x9f\x92 x", "\xed\xa0\x80"}) {
        CHECK(fold_with_origin(text).text == fold(text));
        CHECK(fold_with_origin(text).origin.size() == fold(text).size() + 1);
    }
}

TEST_CASE("parts of a folded text lead back to the original") {
    CHECK(from_original("使用熱泵技術", "热泵") == "熱泵");
    CHECK(from_original("約２０㎡面積", "m") == "㎡");
    CHECK(from_original("約２０㎡面積", "20m2") == "２０㎡");
    CHECK(from_original("cafe\u0301 noir", "café") == "cafe\u0301");
    CHECK(from_original("Ещё раз", "еще") == "Ещё");
    CHECK(from_original("soft\u00adhyphen", "hyphen") == "hyphen");
}

TEST_CASE("units are words and ideographs") {
    CHECK(unit_list("heat-pump, 12v锂电池") == "heat pump 12v 锂电池");
    CHECK(unit_list("污水,处理 工艺") == "污水 处理 工艺");
    CHECK(unit_list("pm2.5 and 3.") == "pm2.5 and 3");
    CHECK(unit_list("очистка сточных вод") == "очистка сточных вод");
    CHECK(unit_list("%%% \"()\" ---") == "");
    CHECK(units(std::string(1000, 'a')).size() == 16);
}

TEST_CASE("stems by script") {
    CHECK(stem("pumps") == "pump");
    CHECK(stem("recycling") == "recycl");
    CHECK(stem("очистки") == stem("очистка"));
    CHECK(stem("сточными") == stem("сточных"));
    CHECK(stem("pm2.5") == "pm2.5");
    CHECK(stem("热") == "热");
}

TEST_CASE("titles sort by pinyin and by alphabet") {
    CHECK(sort_key("安全", Language::zh) < sort_key("北京", Language::zh));
    CHECK(sort_key("北京", Language::zh) < sort_key("中国", Language::zh));
    CHECK(sort_key("apple", Language::en) < sort_key("Banana", Language::en));
    CHECK(sort_key("ёлка", Language::ru) < sort_key("жук", Language::ru));
    CHECK(short_sort_key("apple", Language::en) < short_sort_key("banana", Language::en));
}

} // namespace greenbank::search
