// write_test.cpp — what is written can be read, and says the same.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "xml/characters.h"
#include "xml/read.h"
#include "xml/write.h"

namespace greenbank::xml {
namespace {

std::string random_text(Random& random) {
    static const std::vector<std::string> pieces = {"a", "<", ">", "&", "\"", "'", "]]>", " ", "\n", "\r", "\t", "水", "ж", "\U0001F33F", "&amp;",
        std::string(1, '\0'), "\x1b", "\xff", "\xE6\xB0", "\xEF\xBF\xBE"};
    std::string text;
    for (std::uint64_t i = random.below(8); i > 0; --i) text += random.pick(pieces);
    return text;
}

/// What is left of a text in XML.
std::string allowed(std::string_view text) {
    std::string out;
    while (!text.empty())
        if (const char32_t c = next_character(text); is_character(c)) append_utf8(out, c);
    return out;
}

struct Expected {
    std::string name, attribute, text;
    std::vector<Expected> children;
};

Expected write_random(Writer& writer, Random& random, int depth) {
    Expected made{random.chance(0.5) ? "a" : "p.б-1", random_text(random), random_text(random), {}};
    writer.begin(made.name).attribute("x", made.attribute);
    if (random.chance(0.5) || depth == 0) {
        writer.text(made.text);
    } else {
        made.text.clear();
        for (std::uint64_t i = random.below(4); i > 0; --i) made.children.push_back(write_random(writer, random, depth - 1));
    }
    writer.end();
    return made;
}

void compare(const Element& found, const Expected& expected) {
    CHECK(found.name == expected.name);
    REQUIRE(found.attributes.size() == 1);
    CHECK(found.attributes[0].value == allowed(expected.attribute));
    REQUIRE(found.children.size() == expected.children.size());
    if (found.children.empty()) CHECK(found.text == allowed(expected.text));
    for (std::size_t i = 0; i < found.children.size(); ++i) compare(found.children[i], expected.children[i]);
}

} // namespace

TEST_CASE("written and read again") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Writer writer = Writer::document();
        const Expected expected = write_random(writer, random, 4);
        const std::string written = writer.take();
        CAPTURE(written);
        const auto document = read(written);
        REQUIRE(document);
        compare(document.value().root, expected);
    }
}

TEST_CASE("how it looks") {
    Writer writer;
    writer.begin("a").attribute("b", "\"<\n>").element("c", "1 < 2 & \"3\"").begin("d").raw("<e/>").begin("f").end().end().end();
    CHECK(writer.take() == "<a b=\"&quot;&lt;&#10;&gt;\">\n  <c>1 &lt; 2 &amp; \"3\"</c>\n  <d>\n    <e/>\n    <f/>\n  </d>\n</a>\n");
}

TEST_CASE("names and characters") {
    for (const char* name : {"a", "_", "a-1.b", "水", "ж", "a·"}) CHECK_MESSAGE(is_name(name), name);
    for (const char* name : {"", "1", "-a", "a:b", "a b", "·a", "a\xff", "a/", "×"}) CHECK_MESSAGE(!is_name(name), name);
    for (const std::string_view bytes : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE0\x80\x80", "\x80", "\xF8", "\xE6\xB0"}) {
        std::string_view rest = bytes;
        CHECK(next_character(rest) == no_character);
        CHECK(rest.size() == bytes.size() - 1);
    }
    for (const char32_t c : {0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
        std::string text;
        append_utf8(text, c);
        std::string_view rest = text;
        CHECK(next_character(rest) == c);
        CHECK(rest.empty());
    }
}

} // namespace greenbank::xml
