// one_commit.h — the peer of our durable writes: a plain sqlite3 program that inserts the same row and the same line of the
// audit trail and commits, once for each request, with WAL and synchronous=FULL as we have. It parses and answers nothing.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "load.h"

namespace greenbank::bench {

class PlainDatabase {
public:
    explicit PlainDatabase(const std::string& path) {
        if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) give_up("no database at " + path);
        run("PRAGMA busy_timeout = 20000");
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA foreign_keys = ON");
    }
    ~PlainDatabase() {
        for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }
    PlainDatabase(const PlainDatabase&) = delete;

    void run(const std::string& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sql + ": " + sqlite3_errmsg(handle_));
    }

    /// A prepared insert of the newest row of `table` that fits `where`, its values bound but for the id.
    sqlite3_stmt* insert_like(const std::string& table, const std::string& where) {
        sqlite3_stmt* row = prepare("SELECT * FROM " + table + " WHERE " + where + " ORDER BY id DESC LIMIT 1");
        if (sqlite3_step(row) != SQLITE_ROW) give_up("no row in " + table);
        std::string sql = "INSERT INTO " + table + " VALUES (?";
        const int columns = sqlite3_column_count(row);
        for (int i = 1; i < columns; ++i) sql += ",?";
        sqlite3_stmt* insert = prepare(sql + ")");
        for (int i = 1; i < columns; ++i) sqlite3_bind_value(insert, i + 1, sqlite3_column_value(row, i));
        sqlite3_reset(row);
        return insert;
    }

    void insert(sqlite3_stmt* statement, const std::string& id) {
        sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
        if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(handle_));
        sqlite3_reset(statement);
    }

private:
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) give_up(sql + ": " + sqlite3_errmsg(handle_));
        return statements_.emplace_back(statement);
    }

    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

/// Commits per second of `threads`, each with a connection of its own.
inline double one_commit_a_request(const std::string& path, int threads, double seconds) {
    static std::atomic<int> series = 0;
    std::atomic<std::int64_t> commits = 0;
    const auto start = Clock::now();
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i)
        callers.emplace_back([&, name = ++series] {
            PlainDatabase database(path);
            sqlite3_stmt* need = database.insert_like("need", "NOT sample");
            sqlite3_stmt* audit = database.insert_like("audit_entry", "record = 'need'");
            for (std::int64_t count = 0; seconds_since(start) < seconds; ++count, ++commits) {
                const std::string id = fmt::format("{:016x}{:04x}", std::chrono::system_clock::now().time_since_epoch().count(), name);
                database.run("BEGIN IMMEDIATE");
                database.insert(need, "need_" + id);
                database.insert(audit, "audit_" + id);
                database.run("COMMIT");
            }
        });
    for (std::thread& caller : callers) caller.join();
    return static_cast<double>(commits) / seconds_since(start);
}

} // namespace greenbank::bench
