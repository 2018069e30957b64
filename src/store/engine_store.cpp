// engine_store.cpp — what both engines do alike.
#include "store/engine_store.h"

#include <fmt/format.h>

#include <charconv>
#include <future>
#include <random>

namespace greenbank {

EngineStore::EngineStore(Connect connect, WriterSettings settings, std::size_t readers) :
    connect_(connect), readers_(connect, readers), writer_(std::move(connect), settings) {}

Result<Done> Store::write(const Work& work) {
    require(!Writer::is_this_thread(), "a write waits for another one on the writer's thread");
    // Shared, because the writer may still be inside set_value() when the caller has its answer.
    const auto answer = std::make_shared<std::promise<Result<Done>>>();
    std::future<Result<Done>> committed = answer->get_future();
    write(work, [answer](Result<Done> result) { answer->set_value(std::move(result)); });
    return committed.get();
}

Result<Rows> EngineStore::rows(std::string_view sql, std::vector<Value> parameters) {
    Rows found;
    const Work ask = [&](Transaction& transaction) -> Result<Done> {
        found = TRY(transaction.query(sql, parameters));
        return Done{};
    };
    TRY(read(ask));
    return found;
}

Result<std::string> EngineStore::identity() {
    const Rows found = TRY(rows("SELECT id FROM store_identity", {}));
    return as_text(found.single());
}

Result<Done> in_write(Connection& connection, const std::function<Result<Done>()>& step) {
    TRY(connection.begin_write());
    Result<Done> done = step();
    if (done) return connection.commit();
    (void)connection.roll_back(); // a connection that cannot is lost, and its transaction with it
    return done;
}

Result<Done> prepare_store(Connection& connection, const std::string& tables) {
    return in_write(connection, [&]() -> Result<Done> {
        TRY(connection.script(tables));
        const Answer identity = TRY(connection.run("SELECT id FROM store_identity"));
        if (!identity.rows.empty()) return Done{};
        const Value id[] = {random_uuid()};
        TRY(connection.run("INSERT INTO store_identity (id) VALUES ($1)", id));
        return Done{};
    });
}

Result<std::int64_t> next_fence(Connection& connection, const std::string& name) {
    std::int64_t fence = 0;
    const auto take = [&]() -> Result<Done> {
        const Value parameters[] = {name};
        const Answer given = TRY(connection.run("INSERT INTO store_lock (name, fence) VALUES ($1, 1) "
                                                "ON CONFLICT (name) DO UPDATE SET fence = store_lock.fence + 1 RETURNING fence",
            parameters));
        fence = as_integer(given.rows.single());
        return Done{};
    };
    TRY(in_write(connection, take));
    return fence;
}

std::string random_uuid() {
    std::random_device device;
    std::array<std::uint32_t, 4> words;
    for (std::uint32_t& word : words) word = device();
    words[1] = (words[1] & 0xffff0fffU) | 0x4000U; // version 4
    words[2] = (words[2] & 0x3fffffffU) | 0x80000000U;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", words[0], words[1] >> 16, words[1] & 0xffffU, words[2] >> 16, words[2] & 0xffffU, words[3]);
}

Error bad_cursor() { return {Failure::invalid, "store.cursor", "This cursor does not come from this feed; begin again with an empty one."}; }

// Cursors are whole numbers joined by ':', the weightier first; as texts, "10" would come before "9".
std::string earlier_cursor(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return {};
    const auto numbers = [](const std::string& cursor) {
        std::vector<std::uint64_t> parts;
        for (const std::string_view part : split(cursor, ':')) std::from_chars(part.data(), part.data() + part.size(), parts.emplace_back());
        return parts;
    };
    return numbers(b) < numbers(a) ? b : a;
}

} // namespace greenbank
