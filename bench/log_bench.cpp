// The transparency log in its store at a million records: what a durable write pays for its leaf, taking leaves into the tree, proofs out of
// the stored nodes, and verifying everything.
//   log_bench [records] [folder] [postgres connection string]
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <thread>

#include "parties/log/bundle.h"
#include "parties/parties.h"
#include "parties/secrets.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::parties {
namespace {

using Clock = std::chrono::steady_clock;
constexpr Time start{1'795'900'000'000'000};

[[noreturn]] void stop(const Error& error) {
    fmt::print(stderr, "{}: {}\n", error.code, fill_in(error.message, error.parameters));
    for (const Parameter& parameter : error.parameters) fmt::print(stderr, "  {}: {}\n", parameter.name, parameter.value);
    std::exit(1);
}
template <class T> T must(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(result).value();
}
/// Our CPU: the machine may be shared. PostgreSQL's own work is not in it.
template <class Work> double timed(Work work) {
    const std::clock_t before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}
double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

AuditEntry entry(std::uint64_t number) {
    Random random(number);
    return {.id = make_id<AuditEntry>(start + milliseconds(static_cast<std::int64_t>(number)), random),
        .at = start + milliseconds(static_cast<std::int64_t>(number)),
        .person = "person_01m8j6hwmreajsb2k95qqvghdn",
        .person_name = "Somebody",
        .organisation = "org_01m8j6hwmrfy1t0kq45ffqhh8z",
        .address = "10.0.0.7",
        .agent = "bench",
        .operation = "need_create",
        .record = "need",
        .record_id = "need_01m8j6hwmre9drjjxmwarr5bne",
        .outcome = "ok",
        .changes = {{"need", "need_01m8j6hwmre9drjjxmwarr5bne", "", R"({"title":{"en":"A need of the bench"},"capacity":{"value":2500,"unit":"kW"}})"}}};
}

/// Durable audited writes a second by 64 callers, with and without the leaf, turn by turn.
void cost_of_a_leaf(Store& store, const TransparencyLog& log) {
    std::vector<double> with, without, cpu_with, cpu_without;
    std::atomic<std::uint64_t> number = 1'000'000'000;
    for (int round = 0; round < 10; ++round) {
        const bool leaf = round % 2 == 0;
        std::atomic<std::int64_t> written = 0;
        const std::clock_t before = std::clock();
        const auto end = Clock::now() + std::chrono::milliseconds(1'500);
        std::vector<std::thread> callers;
        for (int i = 0; i < 64; ++i)
            callers.emplace_back([&] {
                while (Clock::now() < end) {
                    const AuditEntry line = entry(++number);
                    must(store.write([&](Transaction& transaction) -> Result<Done> {
                        TRY(transaction.query("SELECT name FROM person WHERE id = $1", {line.person})); // as access.cpp does
                        TRY(transaction.insert(line));
                        if (leaf) TRY(log.append_audit(transaction, line));
                        return Done{};
                    }));
                    ++written;
                }
            });
        for (std::thread& caller : callers) caller.join();
        (leaf ? with : without).push_back(static_cast<double>(written) / 1.5);
        (leaf ? cpu_with : cpu_without).push_back(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC / static_cast<double>(written) * 1e6);
    }
    fmt::print("  durable audited writes by 64 callers: {:.0f}/s with the leaf, {:.0f}/s without, ratio {:.2f}; CPU of one {:.1f} us and {:.1f} us\n",
        median(with), median(without), median(with) / median(without), median(cpu_with), median(cpu_without));
}

/// What a running bank's log is made of: entries whose content is made again from their rows.
void verify_audit_entries(Store& store, const TransparencyLog& log, std::uint64_t size) {
    for (const char* table : {"log_leaf", "log_nodes", "log_head", "audit_entry"})
        must(store.write([&](Transaction& transaction) -> Result<Done> { return TRY(transaction.execute("DELETE FROM " + std::string(table))), Done{}; }));
    constexpr std::uint64_t at_once = 2'000;
    for (std::uint64_t from = 0; from < size; from += at_once) {
        std::vector<AuditEntry> entries;
        std::vector<const void*> rows;
        std::vector<StoredLeaf> leaves;
        for (std::uint64_t i = from; i < std::min(size, from + at_once); ++i) entries.push_back(entry(i));
        for (const AuditEntry& each : entries) {
            const std::string content = audit_content(each);
            const std::string_view bytes = content;
            rows.push_back(&each);
            leaves.push_back({from + leaves.size(), {"audit", each.id.text, each.at, sha256({&bytes, 1})}, true, {}});
        }
        must(store.write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert_many(record_of<AuditEntry>(), rows));
            return append_leaves(transaction, leaves);
        }));
    }
    for (std::uint64_t taken = 1; taken > 0;)
        must(store.write([&](Transaction& transaction) -> Result<Done> { return taken = TRY(log.sign_next(transaction, start, 20'000)), Done{}; }));
    CheckRun check{.found = [](Problem) { require(false, "the log must hold"); }};
    const double verified =
        timed([&] { must(store.read([&](Transaction& transaction) -> Result<Done> { return TRY(verify_database_log(transaction, check)), Done{}; })); });
    fmt::print("  {} audit entries verified in {:.2f} s CPU, {:.1f} us each\n", size, verified, verified / static_cast<double>(size) * 1e6);
}

void run(std::string_view name, std::unique_ptr<Store> store, std::uint64_t size) {
    fmt::print("{}\n", name);
    Access access(*store, {});
    must(store->migrate(slice(access).migrations));
    TransparencyLog& log = access.transparency();
    must(log.open(*store, std::string(32, 's'), "sha256", start));
    cost_of_a_leaf(*store, log);
    must(store->write([](Transaction& transaction) -> Result<Done> { return TRY(transaction.execute("DELETE FROM log_leaf")), Done{}; }));
    must(store->write([](Transaction& transaction) -> Result<Done> { return TRY(transaction.execute("DELETE FROM audit_entry")), Done{}; }));

    // A million records that keep their content, as if a bank had run for long.
    const double inserted = timed([&] {
        constexpr std::uint64_t at_once = 20'000;
        for (std::uint64_t from = 0; from < size; from += at_once) {
            std::vector<StoredLeaf> leaves;
            for (std::uint64_t i = from; i < std::min(size, from + at_once); ++i) {
                const std::string content = fmt::format(R"({{"number":{},"amount":"{}.00"}})", i, i * 7 % 1'000'003);
                const std::string_view bytes = content;
                leaves.push_back(
                    {i, {"figure", fmt::format("figure_{}", i), start + seconds(static_cast<std::int64_t>(i)), sha256({&bytes, 1})}, true, content});
            }
            must(store->write([&](Transaction& transaction) { return append_leaves(transaction, leaves); }));
        }
    });
    const double signed_in = timed([&] {
        for (std::uint64_t taken = 1; taken > 0;)
            must(store->write([&](Transaction& transaction) -> Result<Done> {
                taken = TRY(log.sign_next(transaction, start, 20'000));
                return Done{};
            }));
    });
    fmt::print("  {} leaves inserted in bulk {:.0f}/CPU-s; taken into the stored tree and signed {:.0f}/CPU-s\n", size, static_cast<double>(size) / inserted,
        static_cast<double>(size) / signed_in);

    constexpr std::size_t proofs = 20'000;
    Random random(20261128);
    double each = 0, alone = 0;
    must(store->read([&](Transaction& transaction) -> Result<Done> {
        const ReadNodes read = nodes_in(transaction);
        each = timed([&] {
            for (std::size_t i = 0; i < proofs; ++i) must(inclusion_proof(sha256, read, random.below(size), size));
        });
        return Done{};
    }));
    alone = timed([&] {
        for (std::size_t i = 0; i < proofs / 10; ++i)
            must(store->read([&](Transaction& transaction) -> Result<Done> {
                TRY(inclusion_proof(sha256, nodes_in(transaction), random.below(size), size));
                return Done{};
            }));
    });
    fmt::print("  an inclusion proof of a random record out of the store: {:.1f} us CPU in one snapshot, {:.1f} us with a snapshot of its own\n",
        each / proofs * 1e6, alone / (proofs / 10.0) * 1e6);

    std::int64_t found = 0;
    CheckRun check{.found = [&](Problem) { ++found; }};
    const auto began = Clock::now();
    const double verified =
        timed([&] { must(store->read([&](Transaction& transaction) -> Result<Done> { return TRY(verify_database_log(transaction, check)), Done{}; })); });
    const std::chrono::duration<double> verified_wall = Clock::now() - began;
    require(found == 0, "the log must hold");
    std::string bundle;
    const double exported = timed([&] {
        must(store->read([&](Transaction& transaction) -> Result<Done> {
            TRY(export_log(
                transaction, {}, [&](std::string_view bytes) -> Result<Done> { return bundle += bytes, Done{}; }, [](std::int64_t, std::int64_t) {}));
            return Done{};
        }));
    });
    std::string_view rest = bundle;
    const auto bundle_began = Clock::now();
    const double from_file = timed([&] {
        must(verify_bundle(
            [&](std::span<char> buffer) -> Result<std::size_t> {
                const std::size_t length = std::min(buffer.size(), rest.size());
                std::copy_n(rest.begin(), length, buffer.begin());
                rest.remove_prefix(length);
                return length;
            },
            "", check));
    });
    const std::chrono::duration<double> file_wall = Clock::now() - bundle_began;
    require(found == 0, "the bundle must hold");
    fmt::print("  verified whole, CPU of two threads (wall clock): the database in {:.2f} s ({:.2f}), a bundle of {:.0f} MB in {:.2f} s ({:.2f}), exported in "
               "{:.2f} s\n",
        verified, verified_wall.count(), static_cast<double>(bundle.size()) / 1e6, from_file, file_wall.count(), exported);
    bundle = {};
    verify_audit_entries(*store, log, size / 5);
}

} // namespace
} // namespace greenbank::parties

int main(int argc, char** argv) {
    using namespace greenbank;
    const std::uint64_t size = argc > 1 ? std::stoull(argv[1]) : 1'000'000;
    const std::filesystem::path folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path() / "greenbank-log-bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    parties::run("SQLite", parties::must(open_sqlite((folder / "bench.sqlite").string())), size);
    std::filesystem::remove_all(folder);
    if (argc > 3) parties::run("PostgreSQL", parties::must(open_postgres(argv[3], 4)), size);
}
