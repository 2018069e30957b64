// record_csv_test.cpp — a record of every kind through CSV and back; junk is named, cell by cell.
#include <doctest/doctest.h>

#include "json/record_csv.h"

namespace greenbank {

enum class CsvColour { green, blue };
template <> struct Choices<CsvColour> {
    static constexpr std::string_view name = "csv_colour";
    static constexpr std::string_view values[] = {"green", "blue"};
};
struct CsvPart {
    std::string name;
    double size = 0;
};
Record describe(const CsvPart*) {
    return {"csv_part", "A part.", {field<&CsvPart::name>("name", "Its name.", {.min = 1}), field<&CsvPart::size>("size", "Its size.")}};
}

struct CsvThing {
    static constexpr std::string_view id_prefix = "thing";
    Id<CsvThing> id;
    std::string note;
    Text title;
    std::optional<Text> remark;
    CsvColour colour = CsvColour::green;
    std::int64_t count = 0;
    bool useful = false;
    std::optional<double> share;
    std::optional<Money> cost;
    std::optional<Quantity> size;
    std::optional<Date> day;
    std::vector<std::string> tags;
    std::vector<CsvPart> parts;
    CsvPart best;
    std::string secret;
};
Record describe(const CsvThing*) {
    return {"csv_thing", "Something of every kind.",
        {field<&CsvThing::id>("id", "Id.", {.read_only = true}), field<&CsvThing::note>("note", "A note."),
            field<&CsvThing::title>("title", "A title.", {.min = 1}), field<&CsvThing::remark>("remark", "A remark."),
            field<&CsvThing::colour>("colour", "A colour."), field<&CsvThing::count>("count", "A count.", {.min = 0, .max = 1000}),
            field<&CsvThing::useful>("useful", "Is it?"), field<&CsvThing::share>("share", "A share."), field<&CsvThing::cost>("cost", "A cost."),
            field<&CsvThing::size>("size", "A size."), field<&CsvThing::day>("day", "A day."), field<&CsvThing::tags>("tags", "Tags."),
            field<&CsvThing::parts>("parts", "Parts."), field<&CsvThing::best>("best", "The best part."),
            field<&CsvThing::secret>("secret", "A secret.", {.read_only = true, .secret = true})}};
}

namespace {

/// "line 2: count number.too_high; line 2: …"
std::string faults(std::string_view text) {
    const auto read = list_from_csv<CsvThing>(text);
    if (read) return "none";
    if (read.error().problems.empty()) return read.error().code;
    std::string all;
    for (const Problem& problem : read.error().problems) (all += all.empty() ? "" : "; ") += problem.field + " " + problem.code;
    return all;
}

constexpr const char* sound = "title.en,colour,count,useful,best\nA,blue,7,true,\"{\"\"name\"\":\"\"b\"\",\"\"size\"\":1}\"\n";

} // namespace

TEST_CASE("a record comes back from CSV as it went") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        std::vector<CsvThing> list(random.below(4) + 1);
        for (CsvThing& thing : list) {
            randomize(record_of<CsvThing>(), &thing, random);
            if (thing.remark && thing.remark->empty()) thing.remark.reset();
            thing.secret.clear();
        }
        if (random.chance(0.3)) list[0].note = "=1+1\nsecond line, \"quoted\"";
        const std::string csv = to_csv(list);
        const auto read = list_from_csv<CsvThing>(csv, {.accept_read_only = true});
        INFO(csv);
        REQUIRE(read);
        REQUIRE(read.value().size() == list.size());
        for (std::size_t i = 0; i < list.size(); ++i) CHECK(to_json(read.value()[i]) == to_json(list[i]));
    }
}

TEST_CASE("columns may be few and in any order") {
    const auto read = list_from_csv<CsvThing>(sound);
    REQUIRE(read);
    CHECK(read.value()[0].title.en == "A");
    CHECK(read.value()[0].colour == CsvColour::blue);
    CHECK(read.value()[0].count == 7);
    CHECK(read.value()[0].best.name == "b");
    CHECK(!read.value()[0].cost);
}

TEST_CASE("what is wrong is named by line and column") {
    CHECK(faults("") == "csv.empty");
    CHECK(faults("\xff\xfe junk") == "csv.not_text");
    CHECK(faults("title.en,colour,count,useful,best\nA,red,1001,perhaps,{\n") ==
          "line 2: colour choice.unknown; line 2: useful field.type_boolean; line 2: best field.type_record; line 2: count number.too_high");
    CHECK(faults("title.en,colour,count,useful,best,cost.amount,cost.currency,size.value,size.unit,secret,id,wrong,title.en\n") ==
          "line 1: secret field.read_only; line 1: id field.read_only; line 1: wrong field.unknown; line 1: title.en field.repeated");
    CHECK(faults("title.en,colour,count,useful,best,cost.amount,cost.currency,size.value,size.unit\n"
                 "A,blue,1,true,\"{\"\"name\"\":\"\"b\"\",\"\"size\"\":1}\",1.234,CNY,many,kW\n"
                 "A,blue,1,true,\"{\"\"name\"\":\"\"b\"\",\"\"size\"\":1}\",1,XXX,1,\n") ==
          "line 2: cost.amount money.amount; line 2: size.value field.type_real; line 3: cost.currency money.currency; line 3: size.unit field.missing");
    CHECK(faults("colour\nblue\n") == "line 2: count field.missing; line 2: useful field.missing; line 2: best field.missing; line 2: title text.missing");
    CHECK(faults("title.en,colour,count,useful,best,parts\nA,blue,1,true,\"{\"\"name\"\":\"\"b\"\",\"\"size\"\":1}\",\"[{\"\"name\"\":\"\"b\"\"},7]\"\n") ==
          "line 2: parts[0].size field.missing; line 2: parts[1] field.type_record");
}

} // namespace greenbank
