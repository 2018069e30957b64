// What only an index on disk can do wrong: survive, refuse, distrust, and serve many threads.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "search/try_index.h"

namespace greenbank::search {

namespace {

const Setup setup = {.facets = {"field"}};

Document titled(std::string id, std::string title) { return {.id = std::move(id), .kind = "k", .title = {std::move(title), "", ""}, .summary = {}}; }

std::int64_t found(Index& index, std::string text) { return must(index.search({.text = std::move(text), .visible = {"public"}})).total; }

} // namespace

TEST_CASE("an index is found again with its memory") {
    TemporaryDirectory directory;
    const Document document = titled("a", "热泵");
    {
        const auto index = must(open_groonga_index(directory / "index", setup));
        CHECK(must(index->remembered("cursor")).empty());
        must(index->put({&document, 1}));
        must(index->remember("cursor", "42"));
        const auto second = open_groonga_index(directory / "index", setup);
        REQUIRE(!second);
        CHECK(second.error().code == "search.in_use");
    }
    {
        const auto index = must(open_groonga_index(directory / "index", setup));
        CHECK(index->size() == 1);
        CHECK(found(*index, "泵") == 1);
        CHECK(must(index->remembered("cursor")) == "42");
    }
    const auto other = must(open_groonga_index(directory / "index", {.facets = {"field", "country"}}));
    CHECK(other->size() == 0);
    CHECK(must(other->remembered("cursor")).empty());
    must(other->put({&document, 1}));
    must(other->clear());
    CHECK(other->size() == 0);
    must(other->put({&document, 1}));
    CHECK(found(*other, "热泵") == 1);
}

TEST_CASE("an index that cannot be trusted starts empty") {
    TemporaryDirectory directory;
    const std::string path = directory / "index";
    const Document document = titled("a", "热泵");
    const auto spoil = [&](const std::string& file, const std::string& text) { std::ofstream(path + "/" + file, std::ios::trunc) << text; };
    std::vector<std::pair<std::string, std::string>> damages = {{"state", "writing\n"}, {"state", ""}};
#ifndef __SANITIZE_ADDRESS__ // Groonga loses memory where it fails to open a file
    damages.insert(damages.end(), {{"index", "rubbish"}, {"index.0000000", "rubbish"}});
#endif
    for (const auto& damage : damages) {
        CAPTURE(damage.first);
        {
            const auto index = must(open_groonga_index(path, setup));
            CHECK(index->size() == 0);
            must(index->put({&document, 1}));
        }
        spoil(damage.first, damage.second);
    }
    const auto index = must(open_groonga_index(path, setup));
    CHECK(index->size() == 0);
    must(index->put({&document, 1}));
    CHECK(found(*index, "热泵") == 1);
}

TEST_CASE("a directory that cannot be written is a clear error") {
    const auto index = open_groonga_index("/proc/greenbank/index", setup);
    REQUIRE(!index);
    CHECK(index.error().code == "search.directory");
}

TEST_CASE("searches go on while documents change") {
    TemporaryDirectory directory;
    const auto index = must(open_groonga_index(directory / "index", setup));
    std::vector<Document> documents;
    for (int i = 0; i < 200; ++i) documents.push_back(titled("d" + std::to_string(i), "热泵供暖 heat pump " + std::to_string(i)));
    must(index->put(documents));
    std::atomic<bool> stop = false;
    std::atomic<int> searches = 0, wrong = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                wrong += found(*index, "热泵") != 200 || found(*index, "供暖 pumps") != 200;
                ++searches;
            }
        });
    for (int round = 0; round < 10; ++round) must(index->put(documents));
    stop = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(searches > 0);
    CHECK(wrong == 0);
}

} // namespace greenbank::search
