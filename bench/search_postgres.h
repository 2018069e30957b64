// search_postgres.h — PostgreSQL's full text: pairs of characters as words, ranked, everything in one statement.
#pragma once

#include <fmt/format.h>
#include <libpq-fe.h>

#include "search_peers.h"

namespace greenbank::bench {

class Postgres final : public Peer {
public:
    explicit Postgres(const char* connection) : link_(PQconnectdb(connection)) {
        if (PQstatus(link_) != CONNECTION_OK) std::fprintf(stderr, "%s", PQerrorMessage(link_)), std::exit(1);
    }
    ~Postgres() { PQfinish(link_); }
    Postgres(const Postgres&) = delete;
    Postgres& operator=(const Postgres&) = delete;

    void run(const std::string& sql) { PQclear(check(PQexec(link_, sql.c_str()))); }

    const char* name() const override { return "PostgreSQL full text"; }

    void fill(const Records& records, std::size_t count) override {
        run("DROP TABLE IF EXISTS record; DROP TABLE IF EXISTS raw;"
            "CREATE UNLOGGED TABLE raw(id text, kind text, field text, country text, class text, readiness text, zh text, en text, ru text,"
            "  summary text, body text, zh1 text, zh2 text, zh3 text)");
        PQclear(PQexec(link_, "COPY raw FROM STDIN"));
        for (std::size_t i = 0; i < count; ++i) {
            const Document d = records.make(i);
            std::string row;
            const auto add = [&](std::string_view cell, char end = '\t') {
                for (const char c : cell) row += c == '\t' || c == '\n' || c == '\\' ? ' ' : c;
                row += end;
            };
            add(d.id), add(d.kind);
            for (const auto& [facet, value] : d.facets) add(value);
            add(d.title.zh), add(d.title.en), add(d.title.ru);
            const std::string summary = all_summaries(d);
            add(summary), add(d.body), add(pairs(d.title.zh)), add(pairs(summary)), add(pairs(d.body), '\n');
            PQputCopyData(link_, row.data(), static_cast<int>(row.size()));
        }
        PQputCopyEnd(link_, nullptr);
        while (PGresult* result = PQgetResult(link_)) PQclear(result);
        const auto part = [](const char* zh, const char* rest, char weight) {
            return fmt::format("setweight(to_tsvector('simple', {0}) || to_tsvector('english', {1}) || to_tsvector('russian', {1}), '{2}')", zh, rest, weight);
        };
        run("CREATE TABLE record AS SELECT id, kind, field, country, class, readiness, zh, en, ru, summary, " + part("zh1", "en || ' ' || ru", 'A') + " || " +
            part("zh2", "summary", 'B') + " || " + part("zh3", "body", 'D') + " AS words FROM raw");
        run("CREATE INDEX record_words ON record USING gin(words)");
        run("DROP TABLE raw");
        run("VACUUM ANALYZE record");
    }

    std::int64_t ask(const Asked& asked, bool facets) override {
        std::string zh;
        for (const std::string& pair : pairs_of(asked.zh)) zh += (zh.empty() ? "'" : " <-> '") + pair + "'";
        const bool chinese_words = !pairs(asked.words).empty();
        if (chinese_words) zh += " & '" + std::string(trim(pairs(asked.words))) + "'";
        std::string query = zh.empty() ? "" : quoted(zh) + "::tsquery";
        if (!asked.words.empty() && !chinese_words) {
            const bool cyrillic = static_cast<unsigned char>(asked.words[0]) >= 0xd0;
            query += (query.empty() ? "" : " && ") + fmt::format("plainto_tsquery('{}', {})", cyrillic ? "russian" : "english", quoted(asked.words));
        }
        const std::string sql =
            facets
                ? "WITH found AS MATERIALIZED (SELECT r.ctid AS at, kind, field, country, class, readiness, ts_rank(words, q) AS rank FROM record r, (SELECT " +
                      query +
                      " AS q) q WHERE words @@ q) SELECT 'hit', r.id, r.zh, r.en, r.ru, r.summary, (SELECT count(*) FROM found) FROM (SELECT at FROM found "
                      "ORDER BY rank DESC "
                      "LIMIT 20) best JOIN record r ON r.ctid = best.at UNION ALL SELECT 'facet', kind, field, country, class, readiness, count(*) FROM found "
                      "GROUP BY GROUPING SETS ((kind), (field), (country), (class), (readiness))"
                : "SELECT id, zh, en, ru, summary, ts_rank(words, q) AS rank FROM record, (SELECT " + query +
                      " AS q) q WHERE words @@ q ORDER BY rank DESC LIMIT 20";
        PGresult* result = check(PQexec(link_, sql.c_str()));
        const int rows = PQntuples(result);
        const std::int64_t total = rows == 0 ? 0 : facets ? std::atoll(PQgetvalue(result, 0, 6)) : rows;
        PQclear(result);
        return total;
    }

    std::string size() override {
        PGresult* result = check(PQexec(link_,
            "SELECT pg_size_pretty(pg_relation_size('record_words')) || ' index, ' || pg_size_pretty(pg_total_relation_size('record')) || ' with records'"));
        std::string text = PQgetvalue(result, 0, 0);
        PQclear(result);
        return text;
    }

private:
    std::string quoted(const std::string& text) {
        char* literal = PQescapeLiteral(link_, text.data(), text.size());
        std::string out = literal;
        PQfreemem(literal);
        return out;
    }

    PGresult* check(PGresult* result) {
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
        std::fprintf(stderr, "%s", PQerrorMessage(link_));
        std::exit(1);
    }

    PGconn* link_;
};

} // namespace greenbank::bench
