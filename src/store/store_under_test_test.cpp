// The databases and records of the store's tests.
#include <libpq-fe.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>

#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "store/store_under_test.h"

namespace greenbank {

Record describe(const Part*) {
    return {.name = "part",
        .doc = "A part of a sample.",
        .fields = {
            field<&Part::name>("name", "What it is called."),
            field<&Part::weight>("weight", "Its mass.", {.unit = "kg"}),
            field<&Part::size>("size", "Its length.", {.unit = "m"}),
            field<&Part::marks>("marks", "Words on it."),
            field<&Part::pin>("pin", "Opens it.", {.secret = true}),
        }};
}

Record describe(const Sample*) {
    return {.name = "sample",
        .doc = "Every kind of field.",
        .fields =
            {
                field<&Sample::id>("id", "Its key.", {.read_only = true}),
                field<&Sample::version>("version", "Goes up with each change.", {.min = 1, .max = 1000, .read_only = true}),
                field<&Sample::code>("code", "Unique.", {.unique = true}),
                field<&Sample::ready>("ready", "A yes or no."),
                field<&Sample::order>("order", "A reserved word."),
                field<&Sample::ratio>("ratio", "A number."),
                field<&Sample::colour>("colour", "A choice."),
                field<&Sample::parent>("parent", "Another sample."),
                field<&Sample::made_at>("made_at", "A time."),
                field<&Sample::due_on>("due_on", "A day."),
                field<&Sample::price>("price", "An amount."),
                field<&Sample::flow>("flow", "A quantity."),
                field<&Sample::title>("title", "A text by language."),
                field<&Sample::part>("part", "A record within."),
                field<&Sample::parts>("parts", "A list of records."),
                field<&Sample::readings>("readings", "A list of numbers."),
                field<&Sample::words>("words", "A list of texts."),
                field<&Sample::password>("password", "Never sent.", {.secret = true}),
                field<&Sample::maybe_ready>("maybe_ready", "Optional."),
                field<&Sample::maybe_order>("maybe_order", "Optional."),
                field<&Sample::maybe_ratio>("maybe_ratio", "Optional."),
                field<&Sample::maybe_code>("maybe_code", "Optional."),
                field<&Sample::maybe_colour>("maybe_colour", "Optional."),
                field<&Sample::maybe_parent>("maybe_parent", "Optional."),
                field<&Sample::maybe_made_at>("maybe_made_at", "Optional."),
                field<&Sample::maybe_due_on>("maybe_due_on", "Optional."),
                field<&Sample::maybe_price>("maybe_price", "Optional."),
                field<&Sample::maybe_flow>("maybe_flow", "Optional."),
                field<&Sample::maybe_title>("maybe_title", "Optional."),
                field<&Sample::maybe_part>("maybe_part", "Optional."),
            },
        .announced = true};
}

Record describe(const Note*) {
    return {.name = "note",
        .doc = "A numbered note.",
        .fields =
            {
                field<&Note::id>("id", "Its key."),
                field<&Note::number>("number", "Its number."),
            },
        .announced = true};
}

std::span<const Migration> sample_migrations() {
    static constexpr Migration migrations[] = {
        {"sample", "2026_11_20_02_note", "CREATE TABLE note (id text NOT NULL PRIMARY KEY, number bigint NOT NULL);"},
        {"sample", "2026_11_20_01_sample", R"(
            CREATE TABLE sample (
                id text NOT NULL PRIMARY KEY, version bigint NOT NULL, code text NOT NULL, ready boolean NOT NULL, "order" bigint NOT NULL,
                ratio double precision NOT NULL, colour text NOT NULL, parent text NOT NULL, made_at bigint NOT NULL, due_on text NOT NULL,
                price_amount bigint NOT NULL, price_currency text NOT NULL, flow_value double precision NOT NULL, flow_unit text NOT NULL,
                title jsonb NOT NULL, part jsonb NOT NULL, parts jsonb NOT NULL, readings jsonb NOT NULL, words jsonb NOT NULL,
                password text NOT NULL, maybe_ready boolean, maybe_order bigint, maybe_ratio double precision, maybe_code text,
                maybe_colour text, maybe_parent text, maybe_made_at bigint, maybe_due_on text, maybe_price_amount bigint,
                maybe_price_currency text, maybe_flow_value double precision, maybe_flow_unit text, maybe_title jsonb, maybe_part jsonb);
            CREATE UNIQUE INDEX sample_code ON sample (code);
            -- a sentence with a ; inside
            CREATE INDEX sample_parent ON sample (parent);
        )"},
    };
    return migrations;
}

namespace {

std::unique_ptr<Store> opened(Result<std::unique_ptr<Store>> store) {
    REQUIRE_MESSAGE(store, failure_of(store));
    return std::move(store).value();
}

void on_sqlite(const std::function<void(const Database&)>& test) {
    std::string folder = (std::filesystem::temp_directory_path() / "greenbank-test-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()));
    const std::string path = folder + "/bank.sqlite";
    test({.engine = "sqlite", .open = [path] { return opened(open_sqlite(path)); }, .cut_sessions = {}});
    std::filesystem::remove_all(folder);
}

void administer(const std::string& connection, const std::string& sql) {
    PGconn* handle = PQconnectdb(connection.c_str());
    PQsetNoticeProcessor(
        handle, [](void*, const char*) {}, nullptr);
    PGresult* result = PQexec(handle, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    CHECK_MESSAGE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK), PQerrorMessage(handle));
    PQclear(result);
    PQfinish(handle);
}

// Each test has a schema of its own.
void on_postgres(const std::string& address, const std::function<void(const Database&)>& test) {
    const std::string schema = "test_" + std::to_string(getpid()) + "_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
    const std::string option = "options=-csearch_path%3D" + schema;
    const std::string connection = address.find("://") == std::string::npos ? address + " options=-csearch_path=" + schema
                                                                            : address + (address.find('?') == std::string::npos ? "?" : "&") + option;
    administer(address, "CREATE SCHEMA " + schema);
    const std::string cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'greenbank'";
    test({.engine = "postgres",
        .open = [connection] { return opened(open_postgres(connection, 8)); },
        .cut_sessions = [address, cut] { administer(address, cut); },
        .address = connection});
    administer(address, "DROP SCHEMA " + schema + " CASCADE");
}

} // namespace

void on_each_engine(const std::function<void(const Database&)>& test) {
    on_sqlite(test);
    if (const char* address = std::getenv("GREENBANK_TEST_POSTGRES")) return on_postgres(address, test);
    static const bool said = (std::puts("PostgreSQL is skipped: GREENBANK_TEST_POSTGRES holds no connection string."), true);
    (void)said;
}

std::unique_ptr<Store> open_migrated(const Database& database) {
    std::unique_ptr<Store> store = database.open();
    const auto migrated = store->migrate(sample_migrations());
    REQUIRE_MESSAGE(migrated, failure_of(migrated));
    return store;
}

Sample random_sample(Random& random) {
    Sample sample;
    randomize(record_of<Sample>(), &sample, random);
    sample.code = sample.id.text;
    return sample;
}

Note make_note(Random& random, std::int64_t number) { return {.id = make_id<Note>(Time{number * 1000}, random), .number = number}; }

} // namespace greenbank
