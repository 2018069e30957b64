// Distances against a plain recursion, and the filter that looks words up against a look at all of them.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "kernel/text.h"
#include "search/vocabulary.h"

namespace greenbank::search {

namespace {

std::size_t plain_distance(std::u32string_view a, std::u32string_view b) {
    if (a.empty() || b.empty()) return a.size() + b.size();
    const auto less = [](std::u32string_view text, std::size_t letters) { return text.substr(0, text.size() - letters); };
    std::size_t distance = std::min(
        {plain_distance(less(a, 1), b) + 1, plain_distance(a, less(b, 1)) + 1, plain_distance(less(a, 1), less(b, 1)) + (a.back() == b.back() ? 0 : 1)});
    if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2])
        distance = std::min(distance, plain_distance(less(a, 2), less(b, 2)) + 1);
    return distance;
}

std::string random_word(Random& random, const std::vector<std::string>& letters, std::uint64_t least, std::uint64_t most) {
    std::string word;
    for (std::uint64_t i = least + random.below(most - least + 1); i > 0; --i) word += random.pick(letters);
    return word;
}

const std::vector<std::string> latin = {"a", "b", "c", "é"}, cyrillic = {"а", "б", "в"};

} // namespace

TEST_CASE("distances are those of a plain recursion") {
    Random random(7);
    for (int i = 0; i < 3000; ++i) {
        const std::string word_b = random_word(random, latin, 0, 6);
        const std::u32string a = characters(random_word(random, latin, 0, 6)), b = characters(word_b);
        const std::size_t truth = plain_distance(a, b);
        std::size_t to_beginning = a.size();
        for (std::size_t end = 0; end <= b.size(); ++end) to_beginning = std::min(to_beginning, plain_distance(a, b.substr(0, end)));
        for (const std::size_t most : {0U, 1U, 2U, 3U}) {
            CHECK(edit_distance(a, b, most) == std::min(truth, most + 1));
            CHECK(edit_distance_to_beginning(a, b, most) == std::min(to_beginning, most + 1));
        }
        if (a.empty()) continue;
        const Measure measure(a);
        CHECK(measure.distance_at_most(word_b, false) == truth);
        CHECK(measure.distance_at_most(word_b, true) == to_beginning);
    }
}

TEST_CASE("a vocabulary considers all words that are near") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Vocabulary vocabulary;
        std::vector<std::string> words, stems;
        for (int i = 0; i < 300; ++i) {
            const std::string word = random_word(random, random.chance(0.7) ? latin : cyrillic, 1, 10);
            if (std::find(words.begin(), words.end(), word) != words.end()) continue;
            words.push_back(word);
            vocabulary.words.add(word, static_cast<std::uint32_t>(i));
            if (std::find(stems.begin(), stems.end(), stem(word)) != stems.end()) continue;
            stems.push_back(stem(word));
            vocabulary.stems.add(stem(word), static_cast<std::uint32_t>(i));
        }
        for (int i = 0; i < 100; ++i) {
            const std::string typed = random_word(random, random.chance(0.7) ? latin : cyrillic, 4, 11);
            CAPTURE(typed);
            Closest all(typed, i % 3 == 0), looked_up(typed, i % 3 == 0);
            for (const std::string& word : words) all.consider(word);
            vocabulary.consider(looked_up);
            const auto everything = [](const std::string&) { return true; };
            CHECK(looked_up.take(everything) == all.take(everything));
        }
    }
}

TEST_CASE("words are found by what they hold") {
    WordList words;
    const std::vector<std::string> all = {"heat", "heater", "preheat", "at", "вода", "подводный", "2.5", "pm2.5"};
    for (std::size_t i = 0; i < all.size(); ++i) words.add(all[i], static_cast<std::uint32_t>(i));
    const auto holding = [&](std::string_view part, bool at_beginning, bool at_end) {
        std::vector<std::string> found;
        words.each_holding(part, at_beginning, at_end, [&](std::string_view word, std::uint32_t number) {
            CHECK(word == all[number]);
            found.emplace_back(word);
        });
        return join(found, " ");
    };
    CHECK(holding("heat", false, false) == "heat heater preheat");
    CHECK(holding("heat", true, false) == "heat heater");
    CHECK(holding("heat", false, true) == "heat preheat");
    CHECK(holding("heat", true, true) == "heat");
    CHECK(holding("вод", false, false) == "вода подводный");
    CHECK(holding("2.", false, false) == "2.5 pm2.5");
    CHECK(holding("xyz", false, false) == "");
}

TEST_CASE("of near words the likelier are taken") {
    const auto nearest = [](std::string_view typed, const std::vector<std::string>& words, bool unfinished = false) {
        Closest closest(typed, unfinished);
        for (const std::string& word : words) closest.consider(word), closest.consider(word);
        return join(closest.take([](const std::string& word) { return word != "unknown"; }), " ");
    };
    CHECK(nearest("heta", {"beta", "heat", "theta"}) == "heat");           // the first letter is seldom wrong
    CHECK(nearest("pump", {"pumpe", "pamp"}) == "pumpe pamp");             // as near: both, the longer common beginning first
    CHECK(nearest("heatr", {"heat", "heats", "heater"}) == "heat heater"); // one of a stem
    CHECK(nearest("unknwon", {"unknown"}) == "");
    CHECK(nearest("filtratoin", {"filtration", "infiltration"}) == "filtration");
    CHECK(nearest("photovltai", {"photovoltaics", "photon"}, true) == "photovoltaics");
    CHECK(nearest("abc", {"abd"}) == "");
    CHECK(nearest("насоссы", {"насос", "насосов", "носы"}) == "насос");
}

} // namespace greenbank::search
