// search_sqlite.h — SQLite's FTS5: pairs of characters as words, BM25, facets from a table of what was found.
#pragma once

#include <sqlite3.h>

#include "search_peers.h"

namespace greenbank::bench {

class Fts5 final : public Peer {
public:
    explicit Fts5(const std::string& path) : path_(path) {
        check(sqlite3_open(path.c_str(), &link_));
        run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000; PRAGMA mmap_size=8000000000; PRAGMA temp_store=MEMORY");
    }
    ~Fts5() override { sqlite3_close(link_); }
    Fts5(const Fts5&) = delete;

    const char* name() const override { return "SQLite FTS5"; }

    void fill(const Records& records, std::size_t count) override {
        run("CREATE TABLE record(number INTEGER PRIMARY KEY, id, kind, field, country, class, readiness, title, summary);"
            "CREATE VIRTUAL TABLE words USING fts5(title, summary, body, content='', tokenize='porter unicode61'); BEGIN");
        sqlite3_stmt *row = prepare("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                     *text = prepare("INSERT INTO words(rowid, title, summary, body) VALUES (?, ?, ?, ?)");
        for (std::size_t i = 0; i < count; ++i) {
            const Document d = records.make(i);
            std::vector<std::string> cells = {d.id, d.kind};
            for (const auto& [facet, value] : d.facets) cells.push_back(value);
            const std::string title = all_titles(d), summary = all_summaries(d);
            cells.push_back(title), cells.push_back(summary);
            insert(row, i + 1, cells);
            insert(text, i + 1,
                {pairs(title) + d.title.en + ' ' + d.title.ru, pairs(summary) + d.summary.en + ' ' + d.summary.ru + ' ' + d.keywords[2] + ' ' + d.keywords[3],
                    pairs(d.body) + d.body});
        }
        sqlite3_finalize(row), sqlite3_finalize(text);
        run("COMMIT; INSERT INTO words(words) VALUES ('optimize'); ANALYZE");
    }

    std::int64_t ask(const Asked& asked, bool facets) override {
        std::string query;
        const auto add = [&](const std::string& part) { query += (query.empty() ? "" : " AND ") + part; };
        for (const std::string& text : {asked.zh, asked.words}) {
            const std::vector<std::string> cut = pairs_of(text);
            if (!cut.empty()) add("\"" + join(cut, " ") + "\"");
            else
                for (const std::string_view word : split(text, ' '))
                    if (!word.empty()) add("\"" + std::string(word) + "\"");
        }
        const std::string found = "FROM words WHERE words MATCH '" + doubled(query) + "'";
        if (!facets)
            return rows("SELECT r.id, r.title, r.summary, w.rank FROM (SELECT rowid, bm25(words, 4, 2, 1) AS rank " + found +
                        " ORDER BY rank LIMIT 20) w JOIN record r ON r.number = w.rowid ORDER BY w.rank");
        run("DROP TABLE IF EXISTS temp.found; CREATE TEMP TABLE found AS SELECT rowid AS number, bm25(words, 4, 2, 1) AS rank " + found);
        rows("SELECT r.id, r.title, r.summary FROM (SELECT number, rank FROM found ORDER BY rank LIMIT 20) w JOIN record r USING (number) ORDER BY w.rank");
        for (const char* facet : facet_names)
            rows(std::string("SELECT ") + facet + ", count(*) FROM found JOIN record USING (number) GROUP BY 1 ORDER BY 2 DESC");
        return number("SELECT count(*) FROM found");
    }

    std::string size() override { return std::to_string(std::filesystem::file_size(path_) / 1'000'000) + " MB with records"; }

private:
    void check(int status) {
        if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW) return;
        std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(link_)), std::exit(1);
    }
    void run(const std::string& sql) { check(sqlite3_exec(link_, sql.c_str(), nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(link_, sql.c_str(), -1, &statement, nullptr));
        return statement;
    }
    void insert(sqlite3_stmt* statement, std::size_t number, const std::vector<std::string>& cells) {
        sqlite3_bind_int64(statement, 1, static_cast<sqlite3_int64>(number));
        for (std::size_t i = 0; i < cells.size(); ++i)
            sqlite3_bind_text(statement, static_cast<int>(i + 2), cells[i].data(), static_cast<int>(cells[i].size()), SQLITE_STATIC);
        check(sqlite3_step(statement));
        sqlite3_reset(statement);
    }
    std::int64_t rows(const std::string& sql) {
        sqlite3_stmt* statement = prepare(sql);
        std::int64_t count = 0;
        while (sqlite3_step(statement) == SQLITE_ROW) ++count;
        sqlite3_finalize(statement);
        return count;
    }
    std::int64_t number(const std::string& sql) {
        sqlite3_stmt* statement = prepare(sql);
        check(sqlite3_step(statement));
        const std::int64_t value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return value;
    }
    static std::string doubled(const std::string& text) {
        std::string out;
        for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
        return out;
    }

    std::string path_;
    sqlite3* link_ = nullptr;
};

} // namespace greenbank::bench
