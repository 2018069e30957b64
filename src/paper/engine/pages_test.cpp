// pages_test.cpp — strips onto pages: scenarios in words, and properties that hold for every document.
#include "paper/engine/pages.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "kernel/random.h"

namespace greenbank::paper {

namespace {

std::vector<Placing> all(Pagination& pagination, const std::vector<StripSize>& strips) {
    std::vector<Placing> placings;
    for (const StripSize& strip : strips)
        for (const Placing& placing : pagination.add(strip)) placings.push_back(placing);
    for (const Placing& placing : pagination.finish()) placings.push_back(placing);
    return placings;
}

/// One word a strip: height, then `+` kept with the next, `!` starts a page, `<n` space before, `rn` repeated head, `nk` a note of height k.
/// The answer: pages divided by '|', strips as index@y, repeats as r, notes as n.
void check(double height, const std::string& words, const std::string& expected) {
    CAPTURE(words);
    std::vector<StripSize> strips;
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        StripSize strip;
        std::size_t used = 0;
        strip.height = std::stod(word, &used);
        while (used < word.size()) {
            const char what = word[used++];
            std::size_t digits = 0;
            const double value = what == '+' || what == '!' ? 0 : std::stod(word.substr(used), &digits);
            used += digits;
            if (what == '+') strip.keep_with_next = true;
            if (what == '!') strip.starts_page = true;
            if (what == '<') strip.space_before = value;
            if (what == 'r') strip.repeated = value;
            if (what == 'n') strip.notes.push_back(value);
        }
        strips.push_back(strip);
    }
    Pagination pagination({height, 1});
    std::string text;
    for (const Placing& placing : all(pagination, strips)) {
        switch (placing.what) {
        case Placing::What::page: text += text.empty() ? "" : "| "; break;
        case Placing::What::repeat: text += "r "; break;
        case Placing::What::strip: text += fmt::format("{}@{} ", placing.index, placing.y); break;
        case Placing::What::note: text += fmt::format("n{} ", placing.index); break;
        }
    }
    if (!text.empty()) text.pop_back();
    CHECK(text == expected);
}

} // namespace

TEST_CASE("strips fill pages") {
    check(10, "4 4 4", "0@0 1@4 | 2@0");
    check(10, "4<3 4<2 4<2", "0@0 1@6 | 2@0"); // no space at the top of a page
    check(10, "4 4!", "0@0 | 1@0");
    check(10, "4! 4", "0@0 1@4"); // the first page is begun anyway
    check(10, "", "");
}

TEST_CASE("a heading is never the last of a page") {
    check(10, "8 1+ 3", "0@0 | 1@0 2@1");
    check(10, "8 1+ 1+ 3", "0@0 | 1@0 2@1 3@2");
    check(10, "8 1+", "0@0 1@8");                       // nothing follows
    check(10, "2 4+ 4+ 4+ 4", "0@0 1@2 2@6 | 3@0 4@4"); // kept strips that fill more than a page are parted
}

TEST_CASE("a table's head is repeated on the next page only") { check(10, "2+ 3r2 3r2 3r2 3r2", "0@0 1@2 2@5 | r 3@2 4@5"); }

TEST_CASE("notes stand on their page and take its room") {
    check(10, "4n2 4", "0@0 n0 | 1@0");
    check(10, "4n2 2", "0@0 n0 1@4");
    check(10, "4 4n3", "0@0 | 1@0 n0");
    check(10, "9n3 2", "0@0 | n0 1@0"); // there is no room at its own page: at the next foot
    check(10, "9n4n4n4", "0@0 | n0 n1 | n2");
}

TEST_CASE("properties of pages") {
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const double height = 100, gap = 5;
        std::vector<StripSize> strips(random.below(120));
        for (StripSize& strip : strips) {
            strip.height = static_cast<double>(random.chance(0.05) ? 40 + random.below(60) : 1 + random.below(20));
            strip.space_before = static_cast<double>(random.below(8));
            strip.keep_with_next = random.chance(0.3);
            strip.starts_page = random.chance(0.03);
            if (random.chance(0.3)) strip.repeated = static_cast<double>(1 + random.below(10));
            strip.height = std::min(strip.height, height - strip.repeated);
            while (random.chance(0.15)) strip.notes.push_back(static_cast<double>(1 + random.below(30)));
        }
        Pagination pagination({height, gap});
        const std::vector<Placing> placings = all(pagination, strips);
        std::size_t strip = 0, note = 0, on_page = 1;
        double y = 0, notes = 0;
        const auto close = [&] {
            CHECK(y + (notes > 0 ? notes + gap : 0) <= height + 1e-6);
            CHECK(on_page > 0); // no page is empty
        };
        std::size_t owned = 0; // notes of strips placed so far
        bool before_any = true;
        for (std::size_t i = 0; i < placings.size(); ++i) {
            const Placing& placing = placings[i];
            switch (placing.what) {
            case Placing::What::page:
                close();
                y = notes = 0, on_page = 0;
                before_any = true;
                break;
            case Placing::What::repeat:
                CHECK(before_any);
                CHECK(placing.index == strip);
                y += strips[strip].repeated;
                break;
            case Placing::What::strip: {
                REQUIRE(placing.index == strip); // all, in order
                CHECK(placing.y == doctest::Approx(y + (before_any ? 0 : strips[strip].space_before)));
                if (strips[strip].starts_page) CHECK(before_any);
                y = placing.y + strips[strip].height;
                owned += strips[strip].notes.size();
                before_any = false;
                ++strip, ++on_page;
                break;
            }
            case Placing::What::note: {
                REQUIRE(placing.index == note); // all, in order, never before its strip
                CHECK(note < owned);
                std::size_t index = note;
                for (const StripSize& each : strips) {
                    if (index < each.notes.size()) {
                        notes += each.notes[index];
                        break;
                    }
                    index -= each.notes.size();
                }
                ++note, ++on_page;
                break;
            }
            }
        }
        close();
        CHECK(strip == strips.size());
        std::size_t total = 0;
        for (const StripSize& each : strips) total += each.notes.size();
        CHECK(note == total);
        // A group that fits a page is parted only by a strip that must begin one, or where notes of earlier pages take the room.
        std::vector<std::size_t> page_of(strips.size());
        std::size_t page = 0;
        bool carried = false;
        for (const Placing& placing : placings) {
            if (placing.what == Placing::What::page) ++page;
            if (placing.what == Placing::What::strip) page_of[placing.index] = page;
        }
        for (const StripSize& each : strips) carried = carried || !each.notes.empty();
        if (carried) continue;
        for (std::size_t begin = 0; begin < strips.size();) {
            std::size_t end = begin;
            double group = strips[begin].repeated;
            bool forced = false;
            do {
                group += strips[end].height + (end > begin ? strips[end].space_before : 0);
                forced = forced || (end > begin && strips[end].starts_page);
            } while (strips[end++].keep_with_next && end < strips.size());
            if (group <= height && !forced) CHECK(page_of[begin] == page_of[end - 1]);
            begin = end;
        }
    }
}

TEST_CASE("where no strip is kept, pages are those of the naive loop") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<StripSize> strips(1 + random.below(200));
        for (StripSize& strip : strips) strip.height = static_cast<double>(1 + random.below(40)), strip.space_before = static_cast<double>(random.below(9));
        Pagination pagination({100, 5});
        std::vector<double> places;
        for (const Placing& placing : all(pagination, strips))
            if (placing.what == Placing::What::strip) places.push_back(placing.y);
        double y = 0;
        for (std::size_t i = 0; i < strips.size(); ++i) {
            double top = i == 0 ? 0 : y + strips[i].space_before;
            if (top + strips[i].height > 100) top = 0;
            CHECK(places[i] == doctest::Approx(top));
            y = top + strips[i].height;
        }
    }
}

} // namespace greenbank::paper
