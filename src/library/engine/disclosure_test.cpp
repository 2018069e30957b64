// disclosure_test.cpp — stages on a described record: the stricter word holds, nothing above the viewer's stage is left.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "library/engine/disclosure.h"

namespace greenbank::library {

namespace {

struct Measure {
    std::string indicator, value;
};
Record describe(const Measure*) {
    return {"measure", "For the test.", {field<&Measure::indicator>("indicator", "What."), field<&Measure::value>("value", "How much.")}};
}
struct Thing {
    std::string title, secret, unit;
    std::optional<std::string> owner;
    std::vector<Measure> figures;
};
Record describe(const Thing*) {
    return {"thing", "For the test.",
        {field<&Thing::title>("title", "Name."), field<&Thing::secret>("secret", "Kept."), field<&Thing::unit>("unit", "Of the secret."),
            field<&Thing::owner>("owner", "Whose."), field<&Thing::figures>("figures", "Measured.")}};
}

const DisclosureLaw& law() {
    static const DisclosureLaw made({{"thing", "title", Disclosure::public_, false, ""}, {"thing", "secret", Disclosure::public_, true, ""},
        {"thing", "unit", Disclosure::public_, false, "secret"}, {"thing", "owner", Disclosure::adviser, true, ""},
        {"thing", "figures", Disclosure::public_, true, ""}});
    return made;
}

Thing full_thing() { return {"title", "secret", "unit", "owner", {{"cost", "1"}, {"size", "2"}, {"cost", "3"}}}; }

std::string seen(const std::vector<FieldStage>& raised, Disclosure viewer) {
    Thing thing = full_thing();
    mask(law(), record_of<Thing>(), &thing, raised, viewer);
    std::string text = thing.title + "|" + thing.secret + "|" + thing.unit + "|" + thing.owner.value_or("") + "|";
    for (const Measure& one : thing.figures) text += one.indicator + one.value;
    return text;
}

std::string faults(const std::vector<FieldStage>& raised) {
    Problems problems;
    law().check(record_of<Thing>(), raised, "disclosure", problems);
    std::string text;
    for (const Problem& one : problems) text += one.field + " " + one.code + ";";
    return text;
}

} // namespace

TEST_CASE("a viewer sees up to its stage and nothing after") {
    CHECK(seen({}, Disclosure::public_) == "title|secret|unit||cost1size2cost3");
    CHECK(seen({}, Disclosure::adviser) == "title|secret|unit|owner|cost1size2cost3");
    const std::vector<FieldStage> raised = {{"secret", {}, Disclosure::agreement}, {"figures", "cost", Disclosure::full}};
    CHECK(seen(raised, Disclosure::public_) == "title||||size2"); // the unit follows its value
    CHECK(seen(raised, Disclosure::adviser) == "title|||owner|size2");
    CHECK(seen(raised, Disclosure::agreement) == "title|secret|unit|owner|size2");
    CHECK(seen(raised, Disclosure::full) == "title|secret|unit|owner|cost1size2cost3");
}

TEST_CASE("what the catalogue shows to everybody stays, and a stage is never lowered") {
    CHECK(faults({{"secret", {}, Disclosure::full}}).empty());
    CHECK(faults({{"title", {}, Disclosure::full}}) == "disclosure[0].field disclosure.fixed;");
    CHECK(faults({{"nothing", {}, Disclosure::full}}) == "disclosure[0].field disclosure.field;");
    CHECK(faults({{"owner", {}, Disclosure::public_}}) == "disclosure[0].stage disclosure.lower;");
    CHECK(faults({{"secret", "cost", Disclosure::full}}) == "disclosure[0].item disclosure.item;");
    CHECK(faults({{"secret", {}, Disclosure::full}, {"secret", {}, Disclosure::adviser}}) == "disclosure[1].field disclosure.twice;");
    // Even if it were stored, the law holds.
    CHECK(seen({{"title", {}, Disclosure::full}, {"owner", {}, Disclosure::public_}}, Disclosure::public_) == "title|secret|unit||cost1size2cost3");
}

TEST_CASE("what was opened is named, and what is not there is not") {
    const std::vector<FieldStage> raised = {{"secret", {}, Disclosure::agreement}, {"figures", "cost", Disclosure::full}};
    Thing thing = full_thing();
    CHECK(opened(law(), record_of<Thing>(), &thing, raised, Disclosure::public_).empty());
    CHECK(opened(law(), record_of<Thing>(), &thing, raised, Disclosure::agreement) == std::vector<std::string>{"secret", "unit", "owner"});
    CHECK(opened(law(), record_of<Thing>(), &thing, raised, Disclosure::full) == std::vector<std::string>{"secret", "unit", "owner", "figures:cost"});
    thing.owner.reset();
    thing.secret.clear();
    CHECK(opened(law(), record_of<Thing>(), &thing, raised, Disclosure::agreement) == std::vector<std::string>{"unit"});
}

TEST_CASE("raising a stage never shows more, and a later stage never shows less") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        INFO(seed);
        Random random(seed);
        std::vector<FieldStage> raised;
        for (const char* name : {"title", "secret", "unit", "owner", "figures"})
            if (random.below(2)) raised.push_back({name, {}, static_cast<Disclosure>(random.below(4))});
        for (const char* item : {"cost", "size"})
            if (random.below(2)) raised.push_back({"figures", item, static_cast<Disclosure>(random.below(4))});
        std::vector<FieldStage> more = stricter(raised, std::vector<FieldStage>{{"secret", {}, static_cast<Disclosure>(random.below(4))}});
        std::size_t last = 0;
        for (int stage = 0; stage < 4; ++stage) {
            const auto viewer = static_cast<Disclosure>(stage);
            const std::string now = seen(raised, viewer);
            CHECK(now.size() >= last);
            CHECK(seen(more, viewer).size() <= now.size());
            CHECK(now.starts_with("title|"));
            last = now.size();
        }
        CHECK(seen(raised, Disclosure::full) == "title|secret|unit|owner|cost1size2cost3");
        CHECK(stricter(raised, raised).size() == raised.size());
    }
}

} // namespace greenbank::library
