// Search at a library's size beside PostgreSQL's full text: the same records, queries, page and facets.
//   search_bench [records]      from the repository's root; GREENBANK_BENCH_POSTGRES names a database that may be filled
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/stat.h>

#include "records.h"
#include "search/folding.h"
#include "search/groonga.h"
#include "search/units.h"

namespace greenbank::bench {

namespace {

using search::Document;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; } // seconds of this program

template <class T> T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", fill_in(result.error().message, result.error().parameters).c_str()), std::exit(1);
    return std::move(result).value();
}

enum class Group { two_characters, phrase, english, russian, mixed };
constexpr const char* group_names[] = {"two-character Chinese", "longer Chinese", "English", "Russian", "mixed"};
constexpr std::size_t groups = std::size(group_names);

struct Asked {
    Group group;
    std::string zh, words; // words: English or Russian
    std::string text() const { return zh + (zh.empty() || words.empty() ? "" : " ") + words; }
};

std::vector<Asked> make_queries(const Records& records, std::size_t of_each) {
    Random random(4242);
    std::vector<Asked> queries;
    const auto& concepts = records.concepts();
    const auto zh = [&](std::size_t least, std::size_t most) {
        while (true) {
            const std::string& word = random.pick(random.pick(concepts).zh);
            const std::size_t length = length_in_characters(word);
            if (length >= least && search::units(word).back().glued) return std::string(search::first_characters(word, std::min(length, most)));
        }
    };
    for (std::size_t i = 0; i < of_each; ++i) {
        queries.push_back({Group::two_characters, zh(2, 2), ""});
        queries.push_back({Group::phrase, zh(4, 12), ""});
        queries.push_back({Group::english, "", random.pick(random.pick(concepts).en)});
        queries.push_back({Group::russian, "", random.pick(random.pick(concepts).ru)});
        queries.push_back({Group::mixed, zh(2, 4), i % 2 == 0 ? random.pick(random.pick(concepts).en) : zh(2, 2)});
    }
    return queries;
}

/// The pairs of every run of ideographs, with a space between; single ones alone.
std::string pairs(std::string_view text) {
    const std::string folded = search::fold(text);
    std::string out;
    const auto units = search::units(folded);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!units[i].ideograph) continue;
        const bool pair = i + 1 < units.size() && units[i + 1].glued;
        if (!pair && units[i].glued) continue;
        out += std::string(folded, units[i].begin, (pair ? units[i + 1].end : units[i].end) - units[i].begin) + ' ';
    }
    return out;
}

class Postgres {
public:
    explicit Postgres(const char* connection) : link_(PQconnectdb(connection)) {
        if (PQstatus(link_) != CONNECTION_OK) std::fprintf(stderr, "%s", PQerrorMessage(link_)), std::exit(1);
    }
    ~Postgres() { PQfinish(link_); }
    Postgres(const Postgres&) = delete;
    Postgres& operator=(const Postgres&) = delete;

    void run(const std::string& sql) { PQclear(check(PQexec(link_, sql.c_str()))); }

    void fill(const Records& records, std::size_t count) {
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
            const std::string summary = d.summary.zh + ' ' + join(d.keywords, " ") + ' ' + d.summary.en + ' ' + d.summary.ru;
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

    /// The best twenty, and with facets five counts in the same statement; returns how many there are.
    std::int64_t ask(const Asked& asked, bool facets) {
        const std::string asked_pairs = pairs(asked.zh);
        std::string zh;
        for (const std::string_view pair : split(trim(asked_pairs), ' '))
            if (!pair.empty()) zh += (zh.empty() ? "'" : " <-> '") + std::string(pair) + "'";
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

    std::string size() {
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

struct Times {
    std::vector<double> by_group[groups];
    std::vector<double> all;

    void add(Group group, double seconds) {
        by_group[static_cast<std::size_t>(group)].push_back(seconds);
        all.push_back(seconds);
    }
};

double quantile(std::vector<double> seconds, double share) {
    std::sort(seconds.begin(), seconds.end());
    return 1000 * seconds[std::min(seconds.size() - 1, static_cast<std::size_t>(share * static_cast<double>(seconds.size())))];
}

void print(const char* name, const std::vector<double>& ours, const std::vector<double>& theirs) {
    std::printf("  %-22s %7.2f / %7.2f", name, quantile(ours, 0.5), quantile(ours, 0.95));
    if (!theirs.empty())
        std::printf("   %7.2f / %8.2f   %6.1f x / %6.1f x", quantile(theirs, 0.5), quantile(theirs, 0.95), quantile(theirs, 0.5) / quantile(ours, 0.5),
            quantile(theirs, 0.95) / quantile(ours, 0.95));
    std::printf("\n");
}

template <class Ask> Times measure(const std::vector<Asked>& queries, Ask ask) {
    for (const Asked& asked : queries) ask(asked); // everything warm, for both
    Times times;
    for (int round = 0; round < 3; ++round)
        for (const Asked& asked : queries) {
            const double begin = now();
            ask(asked);
            times.add(asked.group, now() - begin);
        }
    return times;
}

std::size_t directory_bytes(const std::string& path) {
    std::size_t bytes = 0;
    struct stat status = {};
    for (const auto& entry : std::filesystem::directory_iterator(path)) // files have holes: count blocks
        if (stat(entry.path().c_str(), &status) == 0) bytes += 512 * static_cast<std::size_t>(status.st_blocks);
    return bytes;
}

/// Chinese is substring search: queries that find nothing where the text does stand somewhere, and wrong totals.
struct Wrong {
    int zeros = 0, totals = 0, checked = 0;
};

template <class Ask> Wrong compare(const std::vector<Asked>& queries, const std::vector<std::string>& texts, Ask ask) {
    Wrong wrong;
    for (const Asked& asked : queries) {
        if (asked.group != Group::two_characters && asked.group != Group::phrase) continue;
        if (++wrong.checked > 60) break;
        const std::string wanted = search::fold(asked.zh);
        const auto truth = std::count_if(texts.begin(), texts.end(), [&](const std::string& text) { return text.find(wanted) != std::string::npos; });
        const std::int64_t total = ask(asked);
        wrong.zeros += truth > 0 && total == 0;
        wrong.totals += truth > 0 && total != truth;
    }
    wrong.checked = std::min(wrong.checked, 60);
    return wrong;
}

void run(std::size_t count) {
    must(search::load_folding());
    const Records records(must(read_concepts("data/reference/thesaurus.csv")), 1);
    const std::vector<Asked> queries = make_queries(records, 40);
    const std::string directory = std::filesystem::temp_directory_path() / "greenbank_search_bench";
    std::filesystem::remove_all(directory);

    const std::vector<std::string> facets = {"kind", "field", "country", "class", "readiness"};
    std::vector<std::string> texts;
    double building = 0, computing = 0, slowest = 0;
    std::unique_ptr<search::Index> index = must(search::open_groonga_index(directory, {.facets = facets}));
    for (std::size_t i = 0; i < count;) {
        std::vector<Document> batch;
        for (const std::size_t end = std::min(i + 1000, count); i < end; ++i) {
            batch.push_back(records.make(i));
            const Document& d = batch.back();
            texts.push_back(search::fold(d.title.zh + '\n' + d.summary.zh + '\n' + join(d.keywords, "\n") + '\n' + d.body));
        }
        const double begin = now(), worked = processor();
        must(index->put(batch));
        computing += processor() - worked;
        building += now() - begin;
        slowest = std::max(slowest, now() - begin);
    }
    std::printf("%zu records; Groonga: built in %.1f s, %.1f s of processor (slowest thousand %.2f s), %zu MB on disk with titles and summaries\n", count,
        building, computing, slowest, directory_bytes(directory) / 1'000'000);

    const auto ours = [&](bool counted) {
        return [&index, &facets, counted](const Asked& asked) {
            return must(index->search({.text = asked.text() + " ", .visible = {"public"}, .facets = counted ? facets : std::vector<std::string>()})).total;
        };
    };
    std::unique_ptr<Postgres> postgres;
    if (const char* connection = std::getenv("GREENBANK_BENCH_POSTGRES")) {
        postgres = std::make_unique<Postgres>(connection);
        const double begin = now();
        postgres->fill(records, count);
        std::printf("PostgreSQL: built in %.1f s, %s\n", now() - begin, postgres->size().c_str());
    } else {
        std::printf("PostgreSQL: not compared; set GREENBANK_BENCH_POSTGRES to a connection string\n");
    }
    for (const bool counted : {false, true}) {
        const Times a = measure(queries, ours(counted));
        const Times b = postgres ? measure(queries, [&](const Asked& asked) { return postgres->ask(asked, counted); }) : Times();
        std::printf("%s; milliseconds p50 / p95%s\n", counted ? "Best 20 of all, total, five exact facets" : "Best 20 of all",
            postgres ? ": Greenbank, PostgreSQL, ratio" : "");
        for (std::size_t group = 0; group < groups; ++group) print(group_names[group], a.by_group[group], b.by_group[group]);
        print("all", a.all, b.all);
    }
    const Wrong wrong = compare(queries, texts, ours(false));
    std::printf("Chinese against a plain scan, %d queries: %d wrong zero results, %d wrong totals", wrong.checked, wrong.zeros, wrong.totals);
    if (postgres) {
        const Wrong theirs = compare(queries, texts, [&](const Asked& asked) { return postgres->ask(asked, true); });
        std::printf("; PostgreSQL %d and %d", theirs.zeros, theirs.totals);
    }
    std::printf("\n");

    const auto relaxed = std::count_if(
        queries.begin(), queries.end(), [&](const Asked& asked) { return must(index->search({.text = asked.text() + " ", .visible = {"public"}})).relaxed; });
    std::printf("%d of %zu queries name words that no record holds together: Greenbank then finds some of them, PostgreSQL nothing\n",
        static_cast<int>(relaxed), queries.size());

    std::vector<double> typing;
    for (const Asked& asked : queries) {
        const double begin = now();
        must(index->suggest(search::first_characters(asked.text(), 2), std::vector<std::string>{"public"}, 10));
        typing.push_back(now() - begin);
    }
    print("Suggestions", typing, {});

    index.reset();
    const double begin = now();
    index = must(search::open_groonga_index(directory, {.facets = facets}));
    std::printf("Opened again in %.0f ms\n", 1000 * (now() - begin));
    index.reset();
    std::filesystem::remove_all(directory);
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** arguments) { greenbank::bench::run(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200'000); }
