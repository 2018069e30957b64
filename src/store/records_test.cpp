// One contract for both engines: records, values and migrations.
#include <limits>

#include <doctest/doctest.h>

#include "store/store_under_test.h"
#include "json/json.h"

namespace greenbank {

namespace {

constexpr JsonOptions all = {.secrets = true};

std::string stored_json(Store& store, const Id<Sample>& id) {
    std::string json;
    const auto read = store.read([&](Transaction& transaction) -> Result<Done> {
        const Sample sample = TRY(transaction.get(id));
        json = to_json(sample, all);
        return Done{};
    });
    return read ? json : failure_of(read);
}

Result<Done> insert(Store& store, const Sample& sample) {
    return store.write([sample](Transaction& transaction) { return transaction.insert(sample); });
}

} // namespace

TEST_CASE("what is stored is what is read, for every kind of field") {
    on_each_engine([](const Database& database) {
        const auto store = open_migrated(database);
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            CAPTURE(database.engine);
            CAPTURE(seed);
            Random random(seed);
            Sample sample = random_sample(random);
            REQUIRE(failure_of(insert(*store, sample)) == "");
            CHECK(stored_json(*store, sample.id) == to_json(sample, all));

            Sample changed = random_sample(random);
            changed.id = sample.id;
            changed.version = sample.version;
            Sample written;
            const auto updated = store->write([&](Transaction& transaction) -> Result<Done> {
                Sample copy = changed; // a work may run twice
                TRY(transaction.update(copy));
                written = copy;
                return Done{};
            });
            REQUIRE(failure_of(updated) == "");
            CHECK(written.version == sample.version + 1);
            CHECK(stored_json(*store, sample.id) == to_json(written, all));
        }
    });
}

TEST_CASE("extremes survive") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(7);
        Sample sample = random_sample(random);
        sample.order = std::numeric_limits<std::int64_t>::max();
        sample.maybe_order = std::numeric_limits<std::int64_t>::min();
        sample.price = {std::numeric_limits<std::int64_t>::min() + 1, "CNY"};
        sample.ratio = std::numeric_limits<double>::denorm_min();
        sample.maybe_ratio = -std::numeric_limits<double>::max();
        sample.readings = {1e20, -1e300, 1e-300, 0.1, 12345678901234567890.0, 1e19, 3, 9007199254740993.0};
        sample.words = {"a\\b\"c\"", "tab\tline\nreturn\r", "12345678901234567890123", "\\u0000", "", "\x01", "it's $1; DROP TABLE sample; --"};
        sample.password = "\\N";
        sample.maybe_code = "";
        sample.made_at = {-62'135'596'800'000'000};
        sample.due_on = make_date(9999, 12, 31);
        REQUIRE(failure_of(insert(*store, sample)) == "");
        CHECK(stored_json(*store, sample.id) == to_json(sample, all));
    });
}

TEST_CASE("insert_many stores the same as insert, and announces") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(3);
        std::vector<Sample> samples;
        std::vector<const void*> pointers;
        for (int i = 0; i < 333; ++i) samples.push_back(random_sample(random));
        samples[5].password = "\\N";
        samples[6].password = "a\tb\nc\rd\\.\n\\.";
        for (const Sample& sample : samples) pointers.push_back(&sample);
        const auto written = store->write([&](Transaction& transaction) { return transaction.insert_many(record_of<Sample>(), pointers); });
        REQUIRE(failure_of(written) == "");
        for (const Sample& sample : samples) CHECK(stored_json(*store, sample.id) == to_json(sample, all));
        const auto feed = store->announcements("", 1000);
        REQUIRE(feed);
        CHECK(feed.value().changes.size() == 333);

        const auto again = store->write([&](Transaction& transaction) { return transaction.insert_many(record_of<Sample>(), pointers); });
        CHECK(failure_of(again).starts_with("store.duplicate"));
    });
}

TEST_CASE("a change of an older version is refused, and so is what is not there") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(1);
        const Sample sample = random_sample(random);
        REQUIRE(insert(*store, sample));
        for (const bool capture : {true, false}) {
            const auto update = [&](std::int64_t version, const Id<Sample>& id) {
                return store->write([=](Transaction& transaction) {
                    transaction.capture_changes = capture;
                    Sample copy = sample;
                    copy.version = version;
                    copy.id = id;
                    return transaction.update(copy);
                });
            };
            CHECK(failure_of(update(sample.version - 1, sample.id)).starts_with("store.version"));
            CHECK(update(sample.version - 1, sample.id).error().kind == Failure::precondition);
            CHECK(failure_of(update(1, Id<Sample>("sample_none"))).starts_with("sample.not_found"));
        }
        const auto erase = [&](Transaction& transaction) { return transaction.erase(sample.id); };
        CHECK(store->write(erase));
        CHECK(failure_of(store->write(erase)).starts_with("sample.not_found"));
        CHECK(stored_json(*store, sample.id).starts_with("sample.not_found"));
    });
}

TEST_CASE("changes hold before and after, without secrets") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(5);
        Sample sample = random_sample(random);
        sample.password = "swordfish";
        sample.part.pin = "swordfish";
        std::vector<Change> changes;
        Sample after = sample;
        const auto done = store->write([&](Transaction& transaction) -> Result<Done> {
            Sample copy = sample;
            TRY(transaction.insert(copy));
            copy.title.en = "another";
            TRY(transaction.update(copy));
            after = copy;
            TRY(transaction.erase(copy.id));
            changes = transaction.changes();
            return Done{};
        });
        REQUIRE(failure_of(done) == "");
        REQUIRE(changes.size() == 3);
        CHECK(changes[0].before == "");
        CHECK(changes[0].after == to_json(sample));
        CHECK(changes[1].before == to_json(sample));
        CHECK(changes[1].after == to_json(after));
        CHECK(changes[2].before == to_json(after));
        CHECK(changes[2].after == "");
        for (const Change& change : changes) CHECK((change.before + change.after).find("swordfish") == std::string::npos);
    });
}

TEST_CASE("a duplicate names its index, and nothing more runs after it") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(2);
        const Sample first = random_sample(random);
        Sample second = random_sample(random);
        second.code = first.code;
        REQUIRE(insert(*store, first));
        const auto twice = insert(*store, second);
        REQUIRE(!twice);
        CHECK(twice.error().kind == Failure::conflict);
        CHECK(twice.error().code == "store.duplicate");
        CHECK(twice.error().parameters[0].value.find("code") != std::string::npos);

        const auto swallowed = store->write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert(make_note(random, 1)));
            (void)transaction.insert(second);
            CHECK(failure_of(transaction.query("SELECT 1")).starts_with("store.duplicate"));
            return Done{};
        });
        CHECK(failure_of(swallowed).starts_with("store.duplicate"));
        const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
            CHECK(as_integer(TRY(transaction.query("SELECT count(*) FROM note")).single()) == 0);
            return Done{};
        });
        CHECK(failure_of(read) == "");
    });
}

TEST_CASE("text that is not UTF-8 or holds NUL is refused by field") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(4);
        const std::string nul("a\0b", 3), broken = "\xc3(";
        const std::function<void(Sample&)> spoils[] = {
            [&](Sample& sample) { sample.code = nul; },
            [&](Sample& sample) { sample.code = broken; },
            [&](Sample& sample) { sample.title.en = nul; },
            [&](Sample& sample) {
                sample.words = {"\\", nul};
            },
            [&](Sample& sample) { sample.parts.emplace_back().name = broken; },
            [&](Sample& sample) { sample.ratio = std::numeric_limits<double>::infinity(); },
        };
        for (const auto& spoil : spoils) {
            Sample sample = random_sample(random);
            spoil(sample);
            const auto inserted = insert(*store, sample);
            REQUIRE(!inserted);
            CHECK(inserted.error().kind == Failure::invalid);
            CHECK(inserted.error().problems.size() == 1);
            const auto many = store->write([&](Transaction& transaction) {
                const void* pointers[] = {&sample};
                return transaction.insert_many(record_of<Sample>(), pointers);
            });
            REQUIRE(!many);
            CHECK(many.error().kind == Failure::invalid);
        }
        for (const std::string& text : {nul, broken}) {
            const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
                TRY(transaction.get(Id<Sample>(text)));
                return Done{};
            });
            REQUIRE(!read);
            CHECK(read.error().kind == Failure::invalid);
        }
    });
}

TEST_CASE("plain SQL means the same on both engines") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(6);
        Sample sample = random_sample(random);
        sample.ready = true;
        sample.code = "Alpha";
        sample.maybe_code.reset();
        sample.ratio = 2;
        REQUIRE(insert(*store, sample));
        const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
            const Rows row =
                TRY(transaction.query("SELECT ready, ratio, code, maybe_code, \"order\" FROM sample WHERE ready = $1 AND code = $2", {1, "Alpha"}));
            REQUIRE(row.size() == 1);
            CHECK(row.columns == std::vector<std::string>{"ready", "ratio", "code", "maybe_code", "order"});
            CHECK(std::get<std::int64_t>(row.rows[0][0]) == 1);
            CHECK(std::get<double>(row.rows[0][1]) == 2);
            CHECK(std::get<std::string>(row.rows[0][2]) == "Alpha");
            CHECK(is_null(row.rows[0][3]));
            CHECK(TRY(transaction.query("SELECT id FROM sample WHERE code LIKE $1", {"alp%"})).empty());
            CHECK(TRY(transaction.query("SELECT id FROM sample WHERE $1 = code AND code = $1", {"Alpha"})).size() == 1);
            CHECK(std::get<std::int64_t>(TRY(transaction.query("SELECT sum(version) FROM sample")).single()) == sample.version);
            CHECK(TRY(transaction.find<Sample>("ready = $1 ORDER BY id LIMIT $2", {1, 5})).size() == 1);
            CHECK(TRY(transaction.find<Sample>("", {})).size() == 1);
            return Done{};
        });
        CHECK(failure_of(read) == "");
        for (const std::string_view sql : {"SELECT nonsense", "SELECT 1; SELECT 2", "SELECT $2", "SELECT $1, $3"}) {
            const auto failed = store->read([&](Transaction& transaction) -> Result<Done> {
                TRY(transaction.query(sql, {std::int64_t{1}}));
                return Done{};
            });
            CAPTURE(sql);
            CHECK(failure_of(failed).starts_with("store.statement"));
        }
        const auto writing = store->read([&](Transaction& transaction) { return transaction.erase(sample.id); });
        CHECK(!writing);
    });
}

TEST_CASE("the columns that migrations make are the ones that descriptions ask for") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        const auto columns = store->columns("sample");
        REQUIRE(columns);
        const auto rules = column_rules(record_of<Sample>());
        REQUIRE(columns.value().size() == rules.size());
        for (std::size_t i = 0; i < rules.size(); ++i) {
            CHECK(columns.value()[i].name == rules[i].name);
            CHECK(columns.value()[i].type == rules[i].type);
            CHECK(columns.value()[i].required == rules[i].required);
        }
    });
}

TEST_CASE("migrations run once, in order, and a database that knows more is refused") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        CHECK(failure_of(store->migrate(sample_migrations())) == "");
        const auto fewer = store->migrate(sample_migrations().first(1));
        REQUIRE(!fewer);
        CHECK(fewer.error().kind == Failure::conflict);
        CHECK(fewer.error().code == "store.newer_database");

        std::vector<Migration> more(sample_migrations().begin(), sample_migrations().end());
        more.push_back({"sample", "2026_11_20_03_broken", "CREATE TABLE half (id text); CREATE TABLE note (id text);"});
        CHECK(failure_of(store->migrate(more)).starts_with("store.migration"));
        CHECK(store->columns("half").value().empty());
        more.back().sql = "ALTER TABLE note ADD COLUMN extra text;";
        CHECK(failure_of(store->migrate(more)) == "");

        // Statements prepared before go on.
        Random random(1);
        const auto written = store->write([&](Transaction& transaction) { return transaction.insert(make_note(random, 1)); });
        CHECK(failure_of(written) == "");
    });
}

TEST_CASE("an upgrade is all or nothing, and tables that differ from their descriptions are named") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        const Record* records[] = {&record_of<Sample>(), &record_of<Note>()};
        CHECK(failure_of(check_tables(*store, records)) == "");

        std::vector<Migration> two(sample_migrations().begin(), sample_migrations().end());
        two.push_back({"sample", "2026_11_20_03_good", "CREATE TABLE half (id text);"});
        two.push_back({"sample", "2026_11_20_04_broken", "CREATE TABLE note (id text);"});
        CHECK(failure_of(store->migrate(two)).starts_with("store.migration"));
        CHECK(store->columns("half").value().empty()); // the good one before it is gone as well
        CHECK(failure_of(store->migrate(sample_migrations())) == "");

        two.resize(two.size() - 1);
        two.back().sql = "ALTER TABLE note ADD COLUMN extra text;";
        CHECK(failure_of(store->migrate(two)) == "");
        const std::string said = failure_of(check_tables(*store, records));
        CHECK_MESSAGE(said.starts_with("store.tables"), said);
        CHECK_MESSAGE(said.find(" note.extra") != std::string::npos, said);
    });
}

TEST_CASE("cursors are compared as numbers") {
    CHECK(earlier_cursor("9", "10") == "9");
    CHECK(earlier_cursor("10", "9") == "9");
    CHECK(earlier_cursor("", "9") == "");
    CHECK(earlier_cursor("99:5", "100:1") == "99:5");
    CHECK(earlier_cursor("100:20", "100:3") == "100:3");
}

} // namespace greenbank
