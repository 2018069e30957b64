// walk_test.cpp — our harvester walks our provider while records change under its feet: nothing is skipped, deletions persist.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "oai/harvester.h"
#include "oai/memory_under_test.h"
#include "oai/schema_under_test.h"

namespace greenbank::oai {
namespace {

constexpr std::string_view base_url = "https://bank.example/oai";

/// A bank that changes, and somebody who harvests it.
class Scene {
public:
    /// `whole_seconds`: datestamps are cut to seconds, so that many records share one.
    Scene(std::uint64_t seed, bool whole_seconds) : random_(seed), whole_seconds_(whole_seconds) {
        for (std::uint64_t i = random_.below(80); i > 0; --i) change();
    }

    void change() {
        now_ = now_ + Duration{static_cast<std::int64_t>(1 + random_.below(random_.chance(0.5) ? 1000 : 3'000'000))};
        const Time datestamp = whole_seconds_ ? parse_datestamp(write_datestamp(now_))->time : now_;
        const std::string id = "t" + std::to_string(random_.below(60));
        if (bank.records.contains(id) && random_.chance(0.3)) bank.erase(id, datestamp);
        else
            bank.put(id, datestamp, "title " + std::to_string(random_.below(1000)),
                random_.chance(0.5) ? std::vector<std::string>{"water"} : std::vector<std::string>{"energy"});
        changed.insert_or_assign(bank.records.at(id).header.identifier, true);
    }

    /// A whole list, with changes between the pages; what was seen goes into `mirror`, how often into `seen`.
    void harvest(const HarvestRequest& request, bool with_changes) {
        changed.clear();
        seen.clear();
        walk = {};
        std::string address = first_request(request);
        for (bool more = true; more;) {
            now_ = now_ + Duration{1};
            const PageOfRecords page = ask(address);
            for (const HarvestedRecord& record : page.records) {
                ++seen[record.header.identifier];
                Header& known = mirror[record.header.identifier];
                if (record.header.datestamp >= known.datestamp) known = record.header;
                if (record.full) titles[record.header.identifier] = record.full->find("title")->value;
            }
            const auto advanced = advance(walk, page);
            REQUIRE(advanced);
            more = advanced.value();
            if (!more) break;
            address = next_request(base_url, walk.token);
            for (std::uint64_t i = with_changes && walk.pages < 40 ? random_.below(5) : 0; i > 0; --i) change();
        }
    }

    /// What the mirror should say of a record: the bank's header with its datestamp in seconds.
    static Header in_seconds(Header header) {
        header.datestamp = parse_datestamp(write_datestamp(header.datestamp))->time;
        return header;
    }

    MemoryRepository bank;
    std::map<std::string, Header> mirror;
    std::map<std::string, std::string> titles;
    std::map<std::string, int> seen;
    std::map<std::string, bool> changed;
    Walk walk;

private:
    PageOfRecords ask(const std::string& address) {
        REQUIRE(address.starts_with(std::string(base_url) + "?"));
        const std::string_view query = std::string_view(address).substr(base_url.size() + 1);
        const ProviderSettings settings{.base_url = std::string(base_url), .checksum = checksum_under_test(1), .batch_size = random_.between(1, 9)};
        const auto given = answer(bank, settings, query, now_);
        REQUIRE(given);
        CHECK(given.value() == answer(bank, settings, query, now_).value());
        if (given.value().find("noRecordsMatch") == std::string::npos) CHECK(faults_of_answer(given.value()).empty());
        auto page = read_page(given.value(), {.full_space = std::string(full_space_under_test)});
        REQUIRE(page);
        CHECK(page.value().problems.empty());
        return std::move(page).value();
    }

    Random random_;
    bool whole_seconds_;
    Time now_ = *parse_time("2026-11-20T08:00:00Z");
};

} // namespace

TEST_CASE("a harvest ends with all that is there, though records change all the while") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Scene scene(seed, false);
        const bool full = seed % 2 == 0;
        scene.harvest({.base_url = std::string(base_url), .format = full ? "full" : "oai_dc"}, true);
        REQUIRE(scene.mirror.size() == scene.bank.records.size());
        for (const auto& [id, stored] : scene.bank.records) {
            const std::string& identifier = stored.header.identifier;
            CAPTURE(identifier);
            CHECK(scene.mirror[identifier] == Scene::in_seconds(stored.header));
            if (!scene.changed.contains(identifier)) CHECK(scene.seen[identifier] == 1);
            if (full && !stored.header.deleted) CHECK(scene.titles[identifier] == stored.title);
        }
    }
}

TEST_CASE("what did not change is seen exactly once, within any bounds") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Scene scene(seed, seed % 3 == 0);
        Random random(seed + 1000);
        HarvestRequest request{.base_url = std::string(base_url)};
        const Time begin = *parse_time("2026-11-20T08:00:00Z");
        Selection selection;
        request.granularity = random.chance(0.2) ? Granularity::day : Granularity::second;
        if (random.chance(0.5)) request.from = begin + seconds(random.between(0, 60));
        if (random.chance(0.5)) request.until = request.from.value_or(begin) + seconds(random.between(0, 60));
        if (random.chance(0.5)) request.set = selection.set = "water";
        if (request.from) selection.from = parse_datestamp(write_datestamp(*request.from, request.granularity))->time;
        if (request.until) selection.before = parse_datestamp(write_datestamp(*request.until, request.granularity))->end();
        const auto before = scene.bank.records;
        scene.harvest(request, true);
        for (const auto& [id, stored] : before)
            if (const std::string& identifier = stored.header.identifier; !scene.changed.contains(identifier))
                CHECK_MESSAGE(scene.seen[identifier] == MemoryRepository::matches(stored.header, selection), identifier);
    }
}

TEST_CASE("datestamps in whole seconds: the next harvest finds what the last one passed") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Scene scene(seed, true);
        HarvestRequest request{.base_url = std::string(base_url)};
        for (int round = 0; round < 3; ++round) {
            scene.harvest(request, round < 2);
            request.from = scene.walk.response_date;
            for (int i = 0; i < 5 && round < 1; ++i) scene.change();
        }
        REQUIRE(scene.mirror.size() == scene.bank.records.size());
        for (const auto& [id, stored] : scene.bank.records) CHECK_MESSAGE(scene.mirror[stored.header.identifier] == stored.header, id);
    }
}

} // namespace greenbank::oai
