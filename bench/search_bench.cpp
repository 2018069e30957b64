// Search at a library's size beside bare Groonga, SQLite's FTS5 and PostgreSQL's full text: the same records, queries, page, facets.
//   search_bench [records [directory]]    from the repository's root. GREENBANK_BENCH_POSTGRES names a database that may be
//   filled, GREENBANK_BENCH_PEERS those compared (all: "groonga sqlite postgres"). Indices in a directory named are kept, and
//   used again by the next run with as many records. On a busy machine look at the second pair of figures: processor time.
#include <algorithm>
#include <ctime>
#include <memory>
#include <unordered_set>

#include "search/groonga.h"
#include "search/vocabulary.h"
#include "search_bare_groonga.h"
#include "search_postgres.h"
#include "search_sqlite.h"

namespace greenbank::bench {

namespace {

double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; } // seconds of this program

/// Half of the two-character queries begin a word of the field, half stand somewhere in the records: some in most of them.
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
    const auto from_text = [&] {
        while (true) {
            const Document document = records.make(random.below(1'000'000));
            const std::string text = document.title.zh + document.body;
            const auto units = search::units(text);
            const std::size_t i = random.below(units.size() - 1);
            if (units[i].ideograph && units[i + 1].glued) return text.substr(units[i].begin, units[i + 1].end - units[i].begin);
        }
    };
    for (std::size_t i = 0; i < of_each; ++i) {
        queries.push_back({Group::two_characters, i % 2 == 0 ? zh(2, 2) : from_text(), ""});
        queries.push_back({Group::phrase, zh(4, 12), ""});
        queries.push_back({Group::english, "", random.pick(random.pick(concepts).en)});
        queries.push_back({Group::russian, "", random.pick(random.pick(concepts).ru)});
        queries.push_back({Group::mixed, zh(2, 4), i % 2 == 0 ? random.pick(random.pick(concepts).en) : zh(2, 2)});
    }
    return queries;
}

struct Cost {
    double wall, processor; // seconds; the processor's of this program only, so not PostgreSQL's
};

struct Times {
    std::vector<Cost> by_group[groups];
    std::vector<Cost> all;

    void add(Group group, Cost cost) {
        by_group[static_cast<std::size_t>(group)].push_back(cost);
        all.push_back(cost);
    }
};

double quantile(const std::vector<Cost>& costs, double Cost::*which, double share) {
    std::vector<double> seconds;
    for (const Cost& cost : costs) seconds.push_back(cost.*which);
    std::sort(seconds.begin(), seconds.end());
    return 1000 * seconds[std::min(seconds.size() - 1, static_cast<std::size_t>(share * static_cast<double>(seconds.size())))];
}

void print(const char* name, const std::vector<Cost>& costs, const std::vector<Cost>& ours) {
    std::printf("    %-22s %8.2f / %8.2f   %8.2f / %8.2f", name, quantile(costs, &Cost::wall, 0.5), quantile(costs, &Cost::wall, 0.95),
        quantile(costs, &Cost::processor, 0.5), quantile(costs, &Cost::processor, 0.95));
    if (&costs != &ours)
        std::printf("   %7.1f x / %6.1f x", quantile(costs, &Cost::wall, 0.5) / quantile(ours, &Cost::wall, 0.5),
            quantile(costs, &Cost::wall, 0.95) / quantile(ours, &Cost::wall, 0.95));
    std::printf("\n");
}

void print(const Times& times, const Times& ours) {
    for (std::size_t group = 0; group < groups; ++group) print(group_names[group], times.by_group[group], ours.by_group[group]);
    print("all", times.all, ours.all);
}

template <class Act> Cost cost_of(Act act) {
    const double begin = now(), worked = processor();
    act();
    return {now() - begin, processor() - worked};
}

template <class Ask> Times measure(const std::vector<Asked>& queries, int rounds, Ask ask) {
    Times times;
    for (int round = 0; round < rounds; ++round)
        for (const Asked& asked : queries) times.add(asked.group, cost_of([&] { ask(asked); }));
    return times;
}

class Ours {
public:
    Ours(const Records& records, std::size_t count, const std::string& directory) : directory_(directory) {
        open();
        if (index_->size() == static_cast<std::int64_t>(count)) return;
        must(index_->clear());
        double slowest = 0, building = 0;
        const double worked = processor();
        double making = 0;
        for (std::size_t i = 0; i < count;) {
            std::vector<Document> batch;
            const double made = processor();
            for (const std::size_t end = std::min(i + 1000, count); i < end; ++i) batch.push_back(records.make(i));
            making += processor() - made;
            const double begin = now();
            must(index_->put(batch));
            building += now() - begin;
            slowest = std::max(slowest, now() - begin);
        }
        std::printf("Greenbank: built in %.0f s, %.0f s of processor (slowest thousand %.2f s)\n", building, processor() - worked - making, slowest);
    }

    double open() { // seconds, without those that closing takes
        index_.reset();
        const double begin = now();
        index_ = must(search::open_groonga_index(directory_, {.facets = {"field", "country", "class", "readiness"}}));
        return now() - begin;
    }
    search::Found ask(const Asked& asked, bool facets) {
        return must(index_->search({.text = asked.text() + " ", .visible = {"public"}, .facets = facets ? facets_ : std::vector<std::string>()}));
    }
    search::Index& index() { return *index_; }

private:
    std::string directory_;
    std::vector<std::string> facets_{std::begin(facet_names), std::end(facet_names)};
    std::unique_ptr<search::Index> index_;
};

constexpr std::size_t scanned_most = 200'000; // records; more take minutes

/// Chinese is substring search: queries that find nothing where the text does stand somewhere, and wrong totals.
void compare_with_scan(const Records& records, std::size_t count, const std::vector<Asked>& queries, Ours& ours, std::vector<std::unique_ptr<Peer>>& peers) {
    struct Truth {
        Asked asked;
        std::string wanted;
        std::int64_t records = 0;
    };
    std::vector<Truth> truths;
    for (const Asked& asked : queries)
        if (truths.size() < 60 && (asked.group == Group::two_characters || asked.group == Group::phrase)) truths.push_back({asked, search::fold(asked.zh)});
    for (std::size_t i = 0; i < count; ++i) {
        const Document d = records.make(i);
        const std::string text = search::fold(d.title.zh + '\n' + d.summary.zh + '\n' + join(d.keywords, "\n") + '\n' + d.body);
        for (Truth& truth : truths) truth.records += text.find(truth.wanted) != std::string::npos;
    }
    std::int64_t most = 0;
    for (const Truth& truth : truths) most = std::max(most, truth.records);
    std::printf(
        "Chinese against a plain scan, %zu queries, up to %lld hits; wrong zero results and wrong totals:", truths.size(), static_cast<long long>(most));
    const auto count_wrong = [&](const char* name, auto ask) {
        int zeros = 0, totals = 0;
        for (const Truth& truth : truths) {
            const std::int64_t total = ask(truth.asked);
            zeros += truth.records > 0 && total == 0;
            totals += truth.records > 0 && total != truth.records;
        }
        std::printf(" %s %d, %d;", name, zeros, totals);
    };
    count_wrong("Greenbank", [&](const Asked& asked) { return ours.ask(asked, true).total; });
    for (auto& peer : peers) count_wrong(peer->name(), [&](const Asked& asked) { return peer->ask(asked, true); });
    std::printf("\n");
}

/// One letter wrong in each English and Russian word that is long enough.
void correct(const std::vector<Asked>& queries, Ours& ours) {
    std::vector<Cost> times;
    int corrected = 0;
    for (const Asked& asked : queries) {
        if (asked.group != Group::english && asked.group != Group::russian) continue;
        std::string text = asked.words;
        const std::size_t at = asked.group == Group::english ? 2 : 4;
        if (text.size() < at + 6 || text.find(' ') < at + 6) continue;
        text[at + 1] = text[at - 1]; // the letter before, once more
        times.push_back(cost_of([&] { corrected += !must(ours.index().search({.text = text + " ", .visible = {"public"}})).corrected.empty(); }));
    }
    std::printf("Searches with a wrong letter, %d of %zu corrected\n", corrected, times.size());
    print("all", times, times);
}

/// The nearest of 300,000 words of syllables.
void correct_among_many() {
    Random random(7);
    const std::string consonants = "bcdfghjklmnpqrstvwxz", vowels = "aeiouy";
    search::Vocabulary vocabulary;
    std::vector<std::string> words;
    std::unordered_set<std::string> known, stems;
    while (words.size() < 300'000) {
        std::string word;
        for (std::uint64_t i = 2 + random.below(3); i > 0; --i) {
            word += random.pick(consonants);
            word += random.pick(vowels);
            if (random.chance(0.4)) word += random.pick(consonants);
        }
        if (!known.insert(word).second) continue;
        words.push_back(word);
        vocabulary.words.add(word, 0);
        if (stems.insert(search::stem(word)).second) vocabulary.stems.add(search::stem(word), 0);
    }
    std::vector<Cost> finished, unfinished;
    for (int i = 0; i < 400; ++i) {
        std::string typed = random.pick(words);
        typed[random.below(typed.size())] = random.pick(vowels);
        std::swap(typed[0], typed[1]);
        (i % 2 == 0 ? finished : unfinished).push_back(cost_of([&] {
            search::Closest closest(typed, i % 2 == 1);
            vocabulary.consider(closest);
            closest.take([](const std::string&) { return true; });
        }));
    }
    std::printf("The nearest of 300,000 words\n");
    print("to a word", finished, finished);
    print("to a beginning", unfinished, unfinished);
}

void suggest(const std::vector<Asked>& queries, Ours& ours) {
    std::vector<Cost> begun, by_sound;
    const auto ask = [&](std::string_view text) {
        return cost_of([&] { must(ours.index().suggest(text, Language::zh, std::vector<std::string>{"public"}, 10)); });
    };
    for (const Asked& asked : queries) begun.push_back(ask(search::first_characters(asked.text(), 2)));
    for (const char* sound : {"reb", "wushuichul", "gfzz", "chuneng", "fs", "taiyangn", "jn", "shengwu", "lvse", "feiqi"}) by_sound.push_back(ask(sound));
    std::printf("Suggestions\n");
    print("two characters", begun, begun);
    print("by sound", by_sound, by_sound);
}

void run(std::size_t count, const std::string& directory) {
    must(search::load_folding());
    const Records records(must(read_concepts("data/reference/thesaurus.csv")), 1);
    const std::vector<Asked> queries = make_queries(records, 40);
    std::printf("%zu records, %zu queries; milliseconds p50 / p95, wall and processor\n", count, queries.size());
    Ours ours(records, count, directory + "/ours");
    std::printf("Greenbank: %zu MB with titles and summaries\n", directory_bytes(directory + "/ours") / 1'000'000);

    std::vector<std::unique_ptr<Peer>> peers;
    const char* const wanted = std::getenv("GREENBANK_BENCH_PEERS");
    const auto compared = [&](const char* name) { return wanted == nullptr || std::string_view(wanted).find(name) != std::string_view::npos; };
    if (compared("groonga")) peers.push_back(std::make_unique<BareGroonga>(directory + "/bare_groonga"));
    if (compared("sqlite")) peers.push_back(std::make_unique<Fts5>(directory + "/fts5.db"));
    if (compared("postgres")) {
        if (const char* connection = std::getenv("GREENBANK_BENCH_POSTGRES")) peers.push_back(std::make_unique<Postgres>(connection));
        else std::printf("PostgreSQL is not compared; set GREENBANK_BENCH_POSTGRES to a connection string\n");
    }
    for (auto& peer : peers) {
        const double begin = now();
        peer->fill(records, count);
        std::printf("%s: built in %.0f s, %s\n", peer->name(), now() - begin, peer->size().c_str());
    }

    measure(queries, 1, [&](const Asked& asked) { ours.ask(asked, true); }); // from the disk into the page cache
    ours.open();
    const Times first = measure(queries, 1, [&](const Asked& asked) { ours.ask(asked, true); });
    std::printf("Best 20, total and five exact facets, each asked for the first time since the index was opened\n  Greenbank\n");
    print(first, first);
    for (const bool facets : {true, false}) {
        std::printf("%s, asked again\n  Greenbank\n", facets ? "Best 20, total and five exact facets" : "Best 20");
        const Times own = measure(queries, 3, [&](const Asked& asked) { ours.ask(asked, facets); });
        print(own, own);
        for (auto& peer : peers) {
            measure(queries, 1, [&](const Asked& asked) { peer->ask(asked, facets); });
            std::printf("  %s, and as a multiple of ours\n", peer->name());
            print(measure(queries, 2, [&](const Asked& asked) { peer->ask(asked, facets); }), own);
        }
        std::fflush(stdout);
    }
    const auto relaxed = std::count_if(queries.begin(), queries.end(), [&](const Asked& asked) { return ours.ask(asked, false).relaxed; });
    std::printf(
        "%d of the queries name words that no record holds together: Greenbank then finds some of them, the others nothing\n", static_cast<int>(relaxed));
    if (count <= scanned_most) compare_with_scan(records, count, queries, ours, peers);
    correct(queries, ours);
    correct_among_many();
    suggest(queries, ours);
    std::printf("Opened again in %.0f ms\n", 1000 * ours.open());
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** arguments) {
    const std::string own = (std::filesystem::temp_directory_path() / ("greenbank_search_bench." + std::to_string(getpid()))).string();
    const std::string directory = count > 2 ? arguments[2] : own;
    std::filesystem::create_directories(directory);
    greenbank::bench::run(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200'000, directory);
    std::filesystem::remove_all(own);
}
