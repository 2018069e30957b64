// tree_test.cpp — full records and Dublin Core: written to XML and read again, they say the same.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "oai/dublin_core.h"
#include "oai/tree.h"
#include "json/json.h"

namespace greenbank::oai {
namespace {

enum class Phase { laboratory, pilot, market };

struct Measure {
    std::string indicator;
    Quantity reached;
    std::string internal_note;
};

struct Pump {
    static constexpr std::string_view id_prefix = "pump";
    Text title;
    std::optional<Id<Pump>> replaces;
    std::optional<Phase> phase;
    std::vector<Measure> measures;
    std::optional<Measure> best;
    std::optional<Money> cost;
    std::optional<std::int64_t> units_sold;
    std::optional<double> share;
    std::optional<bool> patented;
    std::optional<Date> since;
    std::optional<Time> seen_at;
    std::vector<std::string> keywords;
};

Record describe(const Measure*) {
    return {"measure", "What a pump reaches.",
        {field<&Measure::indicator>("indicator", "Which figure."), field<&Measure::reached>("reached", "How much.", {.unit = "kWh"}),
            field<&Measure::internal_note>("internal_note", "For us only.", {.secret = true})}};
}
Record describe(const Pump*);

} // namespace
} // namespace greenbank::oai

template <> struct greenbank::Choices<greenbank::oai::Phase> {
    static constexpr std::string_view name = "phase";
    static constexpr std::string_view values[] = {"laboratory", "pilot", "market"};
};

namespace greenbank::oai {
namespace {

Record describe(const Pump*) {
    return {"pump", "A pump, with a field of every kind.",
        {field<&Pump::title>("title", "Title."), field<&Pump::replaces>("replaces", "Which pump it replaces."), field<&Pump::phase>("phase", "How ripe."),
            field<&Pump::measures>("measures", "Figures."), field<&Pump::best>("best", "The best figure."), field<&Pump::cost>("cost", "Cost."),
            field<&Pump::units_sold>("units_sold", "Sold."), field<&Pump::share>("share", "Share."), field<&Pump::patented>("patented", "Patented."),
            field<&Pump::since>("since", "Since when."), field<&Pump::seen_at>("seen_at", "Last seen."), field<&Pump::keywords>("keywords", "Keywords.")}};
}

Tree random_tree(Random& random, int depth) {
    static const std::vector<std::string> texts = {"", " ", "a", "水 <b> & \"c\"", "\n", "a\r\nb", " a\t", "true", "null", "12"};
    static const std::vector<std::string> numbers = {"0", "-1", "1.5", "1e9", "-0.25E-3", "12345678901234567890"};
    switch (random.below(depth > 0 ? 6 : 4)) {
    case 0: return {Tree::Kind::null};
    case 1: return Tree::boolean("", random.chance(0.5));
    case 2: return Tree::number("", random.pick(numbers));
    case 3: return Tree::text("", random.pick(texts));
    default: break;
    }
    static const std::vector<std::string> names = {"a", "b", "item", "member", "xmlish", "XML", "type", "name", "1st", "with blank", "", "水", "a:b"};
    Tree tree{random.chance(0.5) ? Tree::Kind::list : Tree::Kind::object};
    for (std::uint64_t i = random.below(5); i > 0; --i) {
        Tree child = random_tree(random, depth - 1);
        if (tree.kind == Tree::Kind::object) child.name = random.pick(names);
        if (tree.kind == Tree::Kind::list || !tree.find(child.name)) tree.children.push_back(std::move(child));
    }
    return tree;
}

Result<Tree> read_back(const std::string& written) {
    const auto document = xml::read(written);
    REQUIRE_MESSAGE(document, written);
    return read_tree(document.value().root);
}

void check_wrong(std::string_view content, std::size_t line) {
    INFO(content);
    const auto tree = read_back("<r xmlns='u'>" + std::string(content) + "</r>");
    REQUIRE(!tree);
    CHECK(tree.error().code == "oai.tree");
    CHECK(fill_in("{line}", tree.error().parameters) == std::to_string(line));
}

} // namespace

TEST_CASE("any tree comes back as it was") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Tree tree = random_tree(random, 4);
        if (tree.kind != Tree::Kind::object) tree = Tree::object("", {Tree::list("only", {tree})});
        const std::string written = write_tree(tree, "technology", "urn:full");
        CAPTURE(written);
        const auto back = read_back(written);
        REQUIRE(back);
        CHECK(back.value() == tree);
    }
}

TEST_CASE("a described record as a tree says what its JSON says") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Pump pump;
        randomize(record_of<Pump>(), &pump, random);
        const Tree tree = tree_of(pump);
        CHECK(json_of(tree) == to_json(pump));
        const auto back = read_back(write_tree(tree, "pump", "urn:full"));
        REQUIRE(back);
        CHECK(to_json(from_json<Pump>(json_of(back.value()), {.stored = true}).value()) == to_json(pump));
    }
}

TEST_CASE("how a full record looks") {
    const Tree tree =
        Tree::object("", {Tree::object("title", {Tree::text("zh", "热泵"), Tree::text("en", "Heat pump")}), Tree::number("level", "7"),
                             Tree::list("figures", {Tree::object("", {Tree::text("name", "COP"), Tree::number("value", "3.8")}), Tree::text("", "x")}),
                             Tree::list("none"), Tree::object("empty"), Tree::boolean("sample", true), Tree::text("a b", "c")});
    CHECK(write_tree(tree, "technology", "urn:full") == R"(<technology xmlns="urn:full">
  <title>
    <zh>热泵</zh>
    <en>Heat pump</en>
  </title>
  <level type="number">7</level>
  <figures type="list">
    <item>
      <name>COP</name>
      <value type="number">3.8</value>
    </item>
    <item>x</item>
  </figures>
  <none type="list"/>
  <empty type="object"/>
  <sample type="boolean">true</sample>
  <member name="a b">c</member>
</technology>)");
    CHECK(xml::read(write_tree_schema("technology", "urn:full")));
    CHECK(tree.find("level")->value == "7");
    CHECK(tree.find("nothing") == nullptr);
}

TEST_CASE("what is no tree is refused with its line") {
    check_wrong("\n<a/><a/>", 2);
    check_wrong("<a>\n<b/>text</a>", 1);
    check_wrong("<a type='number'>seven</a>", 1);
    for (const char* number : {"", "+1", "01", ".5", "1.", "1e", "0x1", "NaN", "1 2"}) check_wrong("<a type='number'>" + std::string(number) + "</a>", 1);
    check_wrong("<a type='boolean'>yes</a>", 1);
    check_wrong("<a type='null'>0</a>", 1);
    check_wrong("<a type='list'>0</a>", 1);
    check_wrong("<a type='text'><b/></a>", 1);
    check_wrong("<a type='thing'/>", 1);
    check_wrong("<a>\n<b xmlns='v'/></a>", 2);
    check_wrong("text", 1);
    CHECK(!read_back("<r type='list'/>"));
    CHECK(read_back("<r/>").value() == Tree::object(""));
    CHECK(read_back("<r><!-- a --><a> b </a></r>").value() == Tree::object("", {Tree::text("a", " b ")}));
}

TEST_CASE("Dublin Core") {
    DublinCore record;
    record.titles = {{"热泵", "zh-Hans"}, {"Heat pump", "en"}, {"", "ru"}, {"plain"}, {"odd", "not a language"}};
    record.creators = {{"示范企业"}};
    record.dates = {{"2026-11-20"}, {"2026"}, {"2026-11"}, {"2026-11-20T08:00:00Z"}, {"last year"}, {"2026-13"}, {"20-11-2026"}};
    record.languages = {{"zho"}, {"en"}, {"zh-Hant"}, {"Chinese"}, {"x"}, {"e1"}};
    record.rights = {{"https://creativecommons.org/licenses/by/4.0/"}};
    const std::string written = write_dublin_core(record);
    const auto document = xml::read(written);
    REQUIRE(document);
    CHECK(document.value().root.is(dublin_core_space, "dc"));
    DublinCore expected = record;
    expected.titles = {{"热泵", "zh-Hans"}, {"Heat pump", "en"}, {"plain"}, {"odd"}};
    expected.dates.resize(4);
    expected.languages.resize(3);
    CHECK(read_dublin_core(document.value().root) == expected);

    // Somebody else's: other prefixes, blanks, elements of other vocabularies, dates as they please.
    const auto foreign = xml::read(R"(<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns="http://purl.org/dc/elements/1.1/">
        <title xml:lang="ru"> Тепловой насос </title><date>c. 1999</date><subject/><x:title xmlns:x="u">no</x:title><abstract>no</abstract></o:dc>)");
    REQUIRE(foreign);
    DublinCore read;
    read.titles = {{"Тепловой насос", "ru"}};
    read.dates = {{"c. 1999"}};
    CHECK(read_dublin_core(foreign.value().root) == read);
}

} // namespace greenbank::oai
