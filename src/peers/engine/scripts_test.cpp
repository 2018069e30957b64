// scripts_test.cpp — languages by letters, and cutting between characters.
#include <doctest/doctest.h>

#include "peers/engine/scripts.h"

using namespace greenbank;
using namespace greenbank::peers;

TEST_CASE("the letters say which language it is") {
    CHECK(language_by_letters("膜生物反应器 MBR") == Language::zh);
    CHECK(language_by_letters("Мембранный биореактор MBR") == Language::ru);
    CHECK(language_by_letters("Membrane bioreactor") == Language::en);
    CHECK(language_by_letters("") == Language::en);
    CHECK(language_by_letters("Photocatalysis, метод") == Language::en);
}

TEST_CASE("a text is cut between characters, with a sign that it was") {
    CHECK(shortened("short", 10) == "short");
    CHECK(shortened("膜生物反应器", 4) == "膜生物…");
    CHECK(shortened("one two three", 9) == "one two…");
    for (std::size_t limit = 1; limit < 30; ++limit) {
        const std::string cut = shortened("Очистка сточных вод 膜 water 💧 and more", limit);
        CHECK(is_utf8(cut));
        CHECK(length_in_characters(cut) <= limit);
    }
}
