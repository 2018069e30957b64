// log_under_test.h — for tests: a bank's tables on each engine, with a log that has begun and audit entries to put into it.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "parties/log/bundle.h"
#include "parties/parties.h"
#include "parties/secrets.h"
#include "store/store_under_test.h"

namespace greenbank::parties {

constexpr Time log_test_start{1'795'900'000'000'000};

struct LogUnderTest {
    explicit LogUnderTest(const Database& database, std::string_view hash = "sha256", bool begin = true) : store(database.open()), access(*store, {}) {
        const auto migrated = store->migrate(slice(access).migrations);
        REQUIRE_MESSAGE(migrated, failure_of(migrated));
        if (begin) open(hash);
    }
    void open(std::string_view hash = "sha256") {
        const auto opened = log().open(*store, seed, hash, log_test_start);
        REQUIRE_MESSAGE(opened, failure_of(opened));
    }

    TransparencyLog& log() { return access.transparency(); }

    template <class WorkOf> void write(WorkOf work) {
        const auto written = store->write([&](Transaction& transaction) -> Result<Done> { return TRY(work(transaction)), Done{}; });
        REQUIRE_MESSAGE(written, failure_of(written));
    }
    template <class WorkOf> void read(WorkOf work) {
        const auto seen = store->read([&](Transaction& transaction) -> Result<Done> { return TRY(work(transaction)), Done{}; });
        REQUIRE_MESSAGE(seen, failure_of(seen));
    }
    void sql(std::string_view statement) {
        write([&](Transaction& transaction) { return transaction.execute(statement); });
    }

    /// One audited write of a made-up kind.
    void audit(const std::string& after = R"({"name":"水 вода"})") {
        Caller caller;
        caller.now = log_test_start + seconds(++count);
        caller.random = Random(static_cast<std::uint64_t>(count));
        caller.address = "10.0.0.7";
        caller.agent = "a \"browser\"\t7";
        const std::vector<Change> changes = {{"need", "need_" + std::to_string(count), "", after}};
        write([&](Transaction& transaction) { return access.audit(transaction, caller, "need_create", "ok", changes); });
    }
    std::uint64_t sign() {
        std::uint64_t taken = 0;
        write([&](Transaction& transaction) -> Result<Done> {
            taken = TRY(log().sign_next(transaction, log_test_start + seconds(++count), 1'000));
            return Done{};
        });
        return taken;
    }

    /// "place code" of each problem, in order.
    std::vector<std::string> verify() {
        std::vector<std::string> found;
        CheckRun run{.found = [&](Problem problem) { found.push_back(problem.field + " " + problem.code); }};
        read([&](Transaction& transaction) { return verify_database_log(transaction, run); });
        return found;
    }
    std::string bundle(bool contents = true) {
        std::string text;
        read([&](Transaction& transaction) {
            return export_log(
                transaction, {.contents = contents}, [&](std::string_view bytes) -> Result<Done> { return text += bytes, Done{}; },
                [](std::int64_t, std::int64_t) {});
        });
        return text;
    }

    const std::string seed = std::string(31, 'k') + "7";
    std::unique_ptr<Store> store;
    Access access;
    std::int64_t count = 0;
};

/// What a bundle's verification says; the error's code where it is no bundle.
inline std::vector<std::string> verify_text(std::string_view text, std::string_view key = "") {
    std::vector<std::string> found;
    CheckRun run{.found = [&](Problem problem) { found.push_back(problem.field + " " + problem.code); }};
    const auto summary = verify_bundle(
        [&](std::span<char> buffer) -> Result<std::size_t> {
            const std::size_t length = std::min(buffer.size(), text.size());
            std::copy_n(text.begin(), length, buffer.begin());
            text.remove_prefix(length);
            return length;
        },
        key, run);
    if (!summary) found.push_back(summary.error().code);
    return found;
}

} // namespace greenbank::parties
