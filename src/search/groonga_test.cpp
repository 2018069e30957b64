// What only an index on disk can do wrong: survive, refuse, distrust, and serve many threads.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/random.h"
#include "search/try_index.h"

namespace greenbank::search {

namespace {

const Setup setup = {.facets = {"field"}};

Document titled(std::string id, std::string title) { return {.id = std::move(id), .kind = "k", .title = {std::move(title), "", ""}, .summary = {}}; }

std::int64_t found(Index& index, std::string text) { return must(index.search({.text = std::move(text), .visible = {"public"}})).total; }

/// What the document of this number holds once `done` documents were put: every fifth is erased again.
bool erased(std::size_t number) { return number % 5 == 4; }

/// Puts documents and remembers how many, until it is killed; says when it has remembered.
[[noreturn]] void write_until_killed(const std::string& path, Random random, int said) {
    const auto index = must(open_groonga_index(path, setup));
    std::size_t done = static_cast<std::size_t>(std::atoll(must(index->remembered("done")).c_str()));
    while (true) {
        std::vector<Document> documents;
        std::vector<std::string> gone;
        for (std::uint64_t i = 1 + random.below(12); i > 0; --i, ++done) {
            documents.push_back(titled("d" + std::to_string(done), "热泵 number" + std::to_string(done)));
            documents.back().body = std::string(random.below(200), 'x') + " filler";
            if (erased(done)) gone.push_back(documents.back().id);
        }
        must(index->put(documents));
        must(index->erase(gone));
        must(index->remember("done", std::to_string(done)));
        if (write(said, "!", 1) != 1) _exit(1);
        usleep(static_cast<useconds_t>(random.below(3000))); // so that some are killed while they do not write
    }
}

} // namespace

TEST_CASE("a program killed at any moment leaves an index that is right or known to be worthless") {
    TemporaryDirectory directory;
    const std::string path = directory / "index";
    int right = 0, worthless = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) write_until_killed(path, random, ends[1]);
        close(ends[1]);
        char heard = 0;
        for (std::uint64_t i = random.below(6); i > 0; --i) REQUIRE(read(ends[0], &heard, 1) == 1);
        usleep(static_cast<useconds_t>(random.below(4000)));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        close(ends[0]);

        const auto index = must(open_groonga_index(path, setup));
        const auto done = static_cast<std::size_t>(std::atoll(must(index->remembered("done")).c_str()));
        done > 0 ? ++right : ++worthless;
        CHECK((done > 0 || index->size() < 13)); // without a memory of it there is at most the first put
        CHECK(found(*index, "热泵") == index->size());
        for (std::size_t i = done > 60 ? done - 60 : 0; i < done; ++i) CHECK(found(*index, "number" + std::to_string(i) + " ") == (erased(i) ? 0 : 1));
        const Document another = titled("another", "热泵 number");
        must(index->put({&another, 1})); // and it works
        CHECK(found(*index, "热泵") == index->size());
        must(index->erase(std::vector<std::string>{"another"}));
        if (seed % 20 == 0) must(index->clear());
    }
    CHECK(right > 0);
    MESSAGE("of 60 killed programs " << right << " left a right index, " << worthless << " a worthless one");
}

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
