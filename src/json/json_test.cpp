// json_test.cpp — described records through JSON and back; every problem of a body is named.
#include <doctest/doctest.h>

#include "json/json.h"

using namespace greenbank;

namespace {

enum class Colour { red, green };

struct Part {
    std::string name;
    double weight = 0;
};
Record describe(const Part*) {
    return {
        "part", "A part.", {field<&Part::name>("name", "Name.", {.min = 1, .max = 20}), field<&Part::weight>("weight", "Weight.", {.unit = "kg", .min = 0})}};
}

struct Thing {
    static constexpr std::string_view id_prefix = "thing";
    Id<Thing> id;
    Text title;
    bool open = false;
    std::int64_t count = 0;
    Colour colour = Colour::red;
    Money price;
    Quantity size;
    Date day;
    Time at;
    std::optional<std::string> note;
    std::optional<Part> main_part;
    std::vector<Part> parts;
    std::vector<std::string> tags;
    std::string secret_word;
};
Record describe(const Thing*);

} // namespace

template <> struct greenbank::Choices<Colour> {
    static constexpr std::string_view name = "colour";
    static constexpr std::string_view values[] = {"red", "green"};
};

namespace {

Record describe(const Thing*) {
    return {"thing", "A thing.",
        {field<&Thing::id>("id", "Id.", {.read_only = true}), field<&Thing::title>("title", "Title.", {.min = 1, .max = 100}),
            field<&Thing::open>("open", "Open.", {.defaulted = true}), field<&Thing::count>("count", "Count.", {.min = 0, .max = 10}),
            field<&Thing::colour>("colour", "Colour."), field<&Thing::price>("price", "Price.", {.min = 0}),
            field<&Thing::size>("size", "Size.", {.unit = "m2"}), field<&Thing::day>("day", "Day."), field<&Thing::at>("at", "At."),
            field<&Thing::note>("note", "Note."), field<&Thing::main_part>("main_part", "Main part."), field<&Thing::parts>("parts", "Parts.", {.max = 5}),
            field<&Thing::tags>("tags", "Tags."), field<&Thing::secret_word>("secret_word", "Secret.", {.secret = true, .defaulted = true})}};
}

constexpr std::string_view good =
    R"({"title":{"zh":"热泵"},"count":3,"colour":"green","price":{"amount":"12.50","currency":"CNY"},"size":{"value":2,"unit":"ha"},"day":"2026-11-20","at":"2026-11-20T08:00:00+08:00","parts":[{"name":"a","weight":1.5}],"tags":["x"]})";

/// The faulty fields of a body, with their codes, in order.
std::string faults(std::string_view body, JsonOptions options = {}) {
    Thing thing;
    auto read = read_json(body, record_of<Thing>(), &thing, options);
    if (read) return "none";
    std::string all = read.error().problems.empty() ? read.error().code : "";
    for (const Problem& problem : read.error().problems) all += (all.empty() ? "" : " ") + problem.field + ":" + problem.code;
    return all;
}

std::string with(std::string_view change) { // one member put in front; the original one is taken out
    std::string body(good);
    const std::string key(change.substr(0, change.find(':') + 1));
    if (const std::size_t at = body.find(key); at != std::string::npos) {
        std::size_t end = at, depth = 0;
        for (; depth > 0 || (body[end] != ',' && body[end] != '}'); ++end)
            depth += (body[end] == '{' || body[end] == '[') - (body[end] == '}' || body[end] == ']');
        body.erase(at, end - at + (body[end] == ','));
    }
    return "{" + std::string(change) + "," + body.substr(1);
}

} // namespace

TEST_CASE("a good body is read, and written the same way") {
    const Thing thing = from_json<Thing>(good).value();
    CHECK(thing.title.zh == "热泵");
    CHECK(thing.price.minor == 1250);
    CHECK(thing.colour == Colour::green);
    CHECK(to_text(thing.at) == "2026-11-20T00:00:00Z");
    CHECK_FALSE(thing.note);
    CHECK(to_json(thing).find("secret_word") == std::string::npos);
    CHECK(to_json(thing).find("\"note\"") == std::string::npos);
}

TEST_CASE("every faulty field is named") {
    CHECK(faults(good) == "none");
    CHECK(faults(with(R"("count":11)")) == "count:number.too_high");
    CHECK(faults(with(R"("count":"3")")) == "count:field.type_integer");
    CHECK(faults(with(R"("count":3.5)")) == "count:field.type_integer");
    CHECK(faults(with(R"("colour":"blue")")) == "colour:choice.unknown");
    CHECK(faults(with(R"("price":{"amount":12.5,"currency":"CNY"})")) == "price.amount:field.type_money");
    CHECK(faults(with(R"("price":{"amount":"12.505","currency":"CNY"})")) == "price:money.amount");
    CHECK(faults(with(R"("price":{"amount":"-1.00","currency":"CNY"})")) == "price:money.too_low");
    CHECK(faults(with(R"("size":{"value":2,"unit":"kWh"})")) == "size:unit.dimension");
    CHECK(faults(with(R"("size":{"value":2,"unit":"bananas"})")) == "size:unit.unknown");
    CHECK(faults(with(R"("day":"2026-02-30")")) == "day:field.type_date");
    CHECK(faults(with(R"("title":{})")) == "title:text.missing");
    CHECK(faults(with(R"("title":"plain")")) == "title:field.type_localized");
    CHECK(faults(with(R"("title":{"de":"x"})")) == "title.de:field.type_localized");
    CHECK(faults(with(R"("parts":[{"name":"","weight":-1},{"name":"b"}])")) ==
          "parts[1].weight:field.missing parts[0].name:text.too_low parts[0].weight:number.too_low");
    CHECK(faults(with(R"("colour_of_hair":1)")) == "colour_of_hair:field.unknown");
    CHECK(faults(with(R"("id":"thing_1")")) == "id:field.read_only");
    CHECK(faults(with(R"("note":null)")) == "none");
    CHECK(faults(with(R"("count":null)")) == "count:field.type_integer");
    CHECK(faults(R"({"count":1,"count":2})").starts_with("count:field.repeated title:") == false);
    CHECK(faults(R"({})") ==
          "count:field.missing colour:field.missing price:field.missing size:field.missing day:field.missing at:field.missing title:text.missing");
}

TEST_CASE("what is not JSON is refused in one sentence") {
    CHECK(faults("") == "json.empty");
    CHECK(faults("{\"title\":") == "json.syntax");
    CHECK(faults("{\"title\":\"\xff\"}") == "json.encoding");
    CHECK(faults("{\"count\":NaN}") == "json.syntax");
    CHECK(faults("{\"count\":99999999999999999999999}") == "json.number");
    CHECK(faults(std::string(40, '[') + std::string(40, ']')) == "json.depth");
    CHECK(faults("[]") == ":field.type_record");
    CHECK(faults("\"text\"") == ":field.type_record");
}

TEST_CASE("a merge patch changes what it names and nothing else") {
    Thing thing = from_json<Thing>(good).value();
    thing.note = "old";
    REQUIRE(read_json(R"({"title":{"ru":"Тепловой насос"},"note":null,"count":4})", record_of<Thing>(), &thing, {.partial = true}));
    CHECK(thing.title.zh == "热泵");
    CHECK(thing.title.ru == "Тепловой насос");
    CHECK_FALSE(thing.note);
    CHECK(thing.count == 4);
    CHECK(thing.tags == std::vector<std::string>{"x"});
}

TEST_CASE("random records survive the way through JSON") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        Thing thing;
        randomize(record_of<Thing>(), &thing, random);
        const std::string json = to_json(thing, {.secrets = true});
        Thing back;
        const auto read = read_json(json, record_of<Thing>(), &back, {.secrets = true, .accept_read_only = true});
        INFO(json);
        if (!read)
            for (const Problem& problem : read.error().problems) MESSAGE(problem.field, " ", problem.code);
        REQUIRE(read);
        CHECK(to_json(back, {.secrets = true}) == json);
    }
}

TEST_CASE("random damage never crashes the reader") {
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::string body(good);
        for (std::uint64_t i = random.below(6) + 1; i > 0; --i) {
            const std::size_t at = random.below(body.size());
            switch (random.below(3)) {
            case 0: body[at] = static_cast<char>(random.below(256)); break;
            case 1: body.erase(at, random.below(10) + 1); break;
            default: body.insert(at, std::string_view("{}[],:\"0\\u").substr(random.below(9), 1)); break;
            }
            if (body.empty()) body = "x";
        }
        (void)faults(body);
    }
}
