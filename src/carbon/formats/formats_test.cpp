// formats_test.cpp — inventories of others come in, go out and come in again as the same model; hostile archives are refused. Fixtures are read where
// they are (../shared), else their case is left out.
#include "carbon/formats/formats.h"

#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "carbon/engine/matrix.h"
#include "carbon/engine/views.h"

using namespace greenbank;
using namespace greenbank::carbon;

namespace {

std::filesystem::path fixtures() {
    for (const char* at :
        {"/work/shared/data/lca/jsonld/tests/fixtures", "../shared/data/lca/jsonld/tests/fixtures", "../../shared/data/lca/jsonld/tests/fixtures"})
        if (std::filesystem::is_directory(at)) return at;
    return {};
}

std::string said(const Error& error) {
    std::string text = error.code + " " + fill_in(error.message, error.parameters);
    for (const Problem& one : error.problems) text += fmt::format("\n{} {} {}", one.field, one.code, fill_in(one.message, one.parameters));
    return text;
}

ReadInventory read(const Archive& archive) {
    auto inventory = read_inventory(archive);
    REQUIRE_MESSAGE(static_cast<bool>(inventory), (inventory ? "" : said(inventory.error())));
    return std::move(inventory).value();
}
ReadInventory again(const Inventory& inventory, InventoryFormat format) {
    auto files = write_inventory(inventory, format);
    REQUIRE(files);
    const bool alone = format == InventoryFormat::csv || format == InventoryFormat::xlsx;
    auto archive = Archive::of_bytes(alone ? files.value()[0].bytes : zip_of(files.value()).value(), alone ? files.value()[0].path : "all.zip");
    REQUIRE_MESSAGE(static_cast<bool>(archive), (archive ? "" : said(archive.error())));
    return read(archive.value());
}

void check_round_trip(const std::filesystem::path& path) {
    CAPTURE(path.string());
    auto archive = Archive::open(path);
    REQUIRE(archive);
    const ReadInventory first = read(archive.value());
    CHECK(first.inventory.processes.size() + first.inventory.impacts.size() > 0);
    CHECK(first_difference(first.inventory, again(first.inventory, first.format).inventory) == "");
    // JSON-LD holds all that any of them says.
    CHECK(first_difference(first.inventory, again(first.inventory, InventoryFormat::json_ld).inventory) == "");
}

Inventory small() {
    Inventory all;
    all.flows = {{"f1", "dried kelp, \"best\" <A&B>", FlowKind::product, "food/sea", "kg", "", "", "CN"},
        {"f2", "electricity", FlowKind::product, "", "kWh", "", "", ""}, {"f3", "carbon dioxide", FlowKind::elementary, "air/low", "kg", "124-38-9", "CO2", ""},
        {"f4", "sludge", FlowKind::waste, "", "kg", "", "", ""}};
    ProcessItem kelp{
        .id = "p1", .name = "drying", .category = "food", .location = "CN", .description = "by heat pump", .valid_from = "2025", .valid_until = "2026"};
    kelp.parameters = {{"use", 1.5, "", {}, ""}};
    kelp.exchanges = {{.number = 1, .flow = 0, .reference = true, .amount = 1, .unit = "kg"},
        {.number = 2, .flow = 1, .input = true, .amount = 1.5, .unit = "kWh", .provider = "p2"},
        {.number = 3, .flow = 2, .amount = 0.1, .unit = "kg", .uncertainty = {Spread::lognormal, -2.3025850929940455, 0.25}},
        {.number = 4, .flow = 3, .amount = 0.2, .unit = "kg", .note = "to the field"}};
    ProcessItem power{.id = "p2", .name = "power", .location = "CN"};
    power.exchanges = {{.number = 1, .flow = 1, .reference = true, .amount = 1, .unit = "kWh"},
        {.number = 2, .flow = 2, .amount = 0.5, .unit = "kg", .uncertainty = {Spread::uniform, 0.4, 0.6}}};
    all.processes = {kelp, power};
    all.impacts = {{"m1", "GWP", "kg", "GWP set", {{2, 1, "kg", {}}}}};
    put_in_order(all);
    return all;
}

} // namespace

TEST_CASE("every fixture comes in, goes out and comes in again as the same model") {
    const auto at = fixtures();
    if (at.empty()) {
        MESSAGE("fixtures are not here");
        return;
    }
    for (const char* folder : {"json-ld/AWARE", "json-ld/US-FPL", "json-ld/beef-cattle-finishing", "ecospold1", "ecospold2"}) check_round_trip(at / folder);
    for (const auto& entry : std::filesystem::directory_iterator(at / "ecospold1")) check_round_trip(entry.path());
    for (const auto& entry : std::filesystem::directory_iterator(at / "ecospold2")) check_round_trip(entry.path());
    // What they say can be looked at: the beef system is linked by its providers.
    const ReadInventory beef = read(Archive::open(at / "json-ld/beef-cattle-finishing").value());
    CHECK(beef.inventory.processes.size() == 8);
    REQUIRE(beef.inventory.systems.size() == 1);
    CHECK(beef.inventory.systems[0].amount == doctest::Approx(2914841.44));
    const auto matrix = build_matrix(beef.inventory);
    REQUIRE_MESSAGE(static_cast<bool>(matrix), (matrix ? "" : said(matrix.error())));
    std::size_t given = 0;
    for (const LinkOf& link : matrix.value().links) given += link.state == LinkState::given;
    CHECK(given > 0);
    CHECK(cut_off_of(beef.inventory, matrix.value()).missing.size() > 0);
}

TEST_CASE("a small inventory through every format") {
    const Inventory inventory = small();
    CHECK(first_difference(inventory, again(inventory, InventoryFormat::json_ld).inventory) == "");
    for (const InventoryFormat format :
        {InventoryFormat::ecospold1, InventoryFormat::ecospold2, InventoryFormat::ilcd, InventoryFormat::csv, InventoryFormat::xlsx}) {
        CAPTURE(static_cast<int>(format));
        const ReadInventory once = again(inventory, format);
        CHECK(once.format == format);
        CHECK(once.inventory.processes.size() == 2);
        // What a format has no place for is gone after the first time, and nothing more after the second.
        CHECK(first_difference(once.inventory, again(once.inventory, format).inventory) == "");
        const auto matrix = build_matrix(once.inventory);
        REQUIRE_MESSAGE(static_cast<bool>(matrix), (matrix ? "" : said(matrix.error())));
        CHECK(matrix.value().columns.size() == 2);
        CHECK(matrix.value().model.biosphere.size() == 2);
        std::size_t linked = 0;
        for (const LinkOf& link : matrix.value().links) linked += link.state != LinkState::missing;
        CHECK(linked == 1);
    }
}

TEST_CASE("parameters of a whole model still rule its amounts after EcoSpold 2, which knows only those of an activity") {
    Inventory inventory = small();
    inventory.parameters = {{"efficiency", 0.5, "", {}, ""}, {"use", 9, "", {}, ""}}; // the process's own `use` of 1.5 goes before it
    for (ProcessItem& process : inventory.processes)
        for (ExchangeItem& one : process.exchanges)
            if (one.input) one.formula = "use / efficiency";
    const auto supplied = [](const Inventory& from) {
        const auto matrix = build_matrix(from);
        REQUIRE_MESSAGE(static_cast<bool>(matrix), (matrix ? "" : said(matrix.error())));
        double least = 0;
        for (const Exchange& one : matrix.value().model.technosphere) least = std::min(least, one.amount);
        return least;
    };
    CHECK(supplied(inventory) == doctest::Approx(-3));
    CHECK(supplied(again(inventory, InventoryFormat::ecospold2).inventory) == doctest::Approx(-3));
}

TEST_CASE("archives that would do harm are refused whole") {
    const auto code = [](std::string bytes, const std::string& name = "x.zip") {
        auto archive = Archive::of_bytes(std::move(bytes), name);
        if (!archive) return archive.error().code;
        auto inventory = read_inventory(archive.value());
        return inventory ? std::string() : inventory.error().code;
    };
    for (const char* path : {"../evil.json", "/etc/evil.json", "a/../../evil.json", "a\\..\\evil.json", "c:/evil.json"}) {
        CHECK_FALSE(stays_inside(path));
        CHECK(code(zip_of({{path, "{}"}}).value()) == "archive.path");
    }
    CHECK(stays_inside("processes/a..b.json"));
    CHECK(code(zip_of({{"big.json", std::string(60 << 20, ' ')}}).value()) == "archive.too_large"); // packed a thousand times
    std::string torn = zip_of({{"processes/a.json", R"({"@type":"Process","@id":"a","name":"a"})"}}).value();
    CHECK(code(torn.substr(0, torn.size() / 2)) == "archive.unreadable");
    CHECK(code(zip_of({{"a.txt", "hello"}}).value()) == "inventory.format");
    CHECK(code(zip_of({{"processes/a.json", R"({"@type":"Process",)"}}).value()) == "inventory.json");
    CHECK(code("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold02\">&a;</ecoSpold>", "x.spold") == "inventory.xml");
    CHECK(code("<ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold01\"><dataset>", "x.xml") == "inventory.xml");
    CHECK(code("process,flow,direction,amount\na,b,sideways,1\n", "x.csv") != "");
    CHECK(code("process,flow\na,b\n", "x.csv") == "inventory.column");
}

TEST_CASE("hostile XML is refused in every format, before any of it is believed") {
    std::string laughs = "<!DOCTYPE lolz [<!ENTITY l0 \"ha\">";
    for (int i = 1; i < 30; ++i) laughs += fmt::format("<!ENTITY l{} \"&l{};&l{};\">", i, i - 1, i - 1);
    const std::vector<std::string> beginnings = {laughs + "]>", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE x [<!ENTITY % a SYSTEM \"http://127.0.0.1:1/evil.dtd\"> %a;]>", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/evil.dtd\">"};
    const std::vector<std::pair<std::string, std::string>> formats = {
        {"a.spold", "<ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold02\"><x>&l29;&a;</x></ecoSpold>"},
        {"a.xml", "<ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold01\"><x>&l29;&a;</x></ecoSpold>"},
        {"processes/a.xml", "<processDataSet xmlns=\"http://lca.jrc.it/ILCD/Process\"><x>&l29;&a;</x></processDataSet>"}};
    for (const std::string& beginning : beginnings)
        for (const auto& [path, rest] : formats) {
            // What a reader looks at to tell the format stands first.
            const std::string text = "<!-- " + rest.substr(rest.find("http"), 40) + " -->" + beginning + rest;
            const auto read = read_inventory(Archive::of_bytes(zip_of({{path, text}}).value(), "x.zip").value());
            REQUIRE_FALSE(read);
            CHECK_MESSAGE(read.error().code == "inventory.xml", path, " ", read.error().code);
        }
    std::string deep = "<ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold02\">";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    const auto read = read_inventory(Archive::of_bytes(deep, "x.spold").value());
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "inventory.xml");
}

TEST_CASE("amounts that are none are named by process and flow; a limit and who waits no longer end the reading") {
    const auto activity = [](const std::string& name, const std::string& amount) {
        return fmt::format(
            R"(<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription><activity id="{0}"><activityName>{0}</activityName></activity></activityDescription><flowData><intermediateExchange intermediateExchangeId="f-{0}" amount="1"><name>good</name><unitName>kg</unitName><outputGroup>0</outputGroup></intermediateExchange><elementaryExchange elementaryExchangeId="co2" amount="{1}"><name>CO2</name><unitName>kg</unitName><outputGroup>4</outputGroup></elementaryExchange></flowData></activityDataset></ecoSpold>)",
            name, amount);
    };
    for (const char* bad : {"NaN", "inf", "-inf", "1e999", "a lot"}) {
        CAPTURE(bad);
        const auto read = read_inventory(Archive::of_bytes(activity("kiln", bad), "x.spold").value());
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "inventory.amounts");
        CHECK(read.error().problems.at(0).field == "kiln");
    }
    std::vector<WrittenItem> many;
    for (int i = 0; i < 200; ++i) many.push_back({fmt::format("{:03}.spold", i), activity(fmt::format("kiln{}", i), "1")});
    const Archive archive = Archive::of_bytes(zip_of(many).value(), "x.zip").value();
    std::uint64_t told = 0, whole = 0;
    CHECK(read_inventory(archive, {.going = [&](std::uint64_t done, std::uint64_t bytes) { return told = done, whole = bytes, true; }}));
    CHECK(told == whole);
    CHECK(whole > 200 * 400);
    std::size_t files = 0;
    const auto stopped = read_inventory(archive, {.going = [&](std::uint64_t, std::uint64_t) { return ++files < 5; }});
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == "job.stopped");
    CHECK(files == 5);
    files = 0;
    const auto limited = read_inventory(archive, {.exchanges_max = 20, .going = [&](std::uint64_t, std::uint64_t) { return ++files, true; }});
    REQUIRE_FALSE(limited);
    CHECK(limited.error().code == "inventory.too_large");
    CHECK(files == 10); // as soon as it is met
}
