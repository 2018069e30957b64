// All open needs against the whole library: 10,000 needs and 100,000 technologies made of the sample bank's by changing figures, sizes, costs,
// places and proofs; the best 20 of each need, as a run keeps them (what each criterion adds) and with every sentence.
//   match_batch_bench [needs] [technologies] [threads]      at the top of the source tree
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/words.h"
#include "match/batch/batch.h"
#include "json/json.h"

namespace greenbank::match {
namespace {

std::string read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void load_bank_data() {
    static std::map<std::string, std::string> texts;
    std::map<std::string, std::string_view> files;
    for (const auto& file : std::filesystem::directory_iterator("data/reference"))
        files[file.path().filename()] = texts[file.path().filename()] = read_whole(file.path());
    static const auto reference = library::read_reference(files);
    require(static_cast<bool>(reference), "run this at the top of the source tree");
    library::set_reference(&reference.value());
    std::vector<EmbeddedFile> words;
    for (const char* path : {"src/match/words.csv", "src/library/words.csv"}) {
        const std::string& text = texts[path] = read_whole(path);
        words.push_back({path, text.data(), text.data() + text.size()});
    }
    load_words(words);
}

template <class T> std::vector<T> sample_of(const char* folder) {
    std::vector<T> all;
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path("data/sample") / folder)) {
        auto read = list_from_json<T>(read_whole(file.path()), {.accept_read_only = true});
        require(static_cast<bool>(read), "the sample bank must be sound");
        for (T& one : read.value()) all.push_back(std::move(one));
    }
    return all;
}

constexpr std::string_view countries[] = {"CN", "DE", "DK", "JP", "KZ", "RU", "SG", "AU", "FJ", "MV", "KH", "UZ", "KG", "TJ", "WS", "NL", "US", "FR"};
std::string some_country(Random& random) { return std::string(countries[random.below(std::size(countries))]); }

library::Technology varied(library::Technology made, std::size_t number, Random& random) {
    made.id = Id<library::Technology>(fmt::format("tech_bench_{:06}", number));
    const double size = 0.2 + 3 * random.uniform(), better = 0.7 + 0.6 * random.uniform();
    if (made.capacity_min) made.capacity_min->value *= size;
    if (made.capacity_max) made.capacity_max->value *= size;
    if (made.capital_cost) made.capital_cost->minor = static_cast<std::int64_t>(static_cast<double>(made.capital_cost->minor) * (0.5 + random.uniform()));
    for (library::Figure& figure : made.figures) {
        figure.low *= better;
        if (figure.high) *figure.high *= better;
    }
    made.origin = some_country(random);
    made.territories =
        random.chance(0.3) ? std::vector<std::string>{"WORLD"} : std::vector<std::string>{some_country(random), some_country(random), some_country(random)};
    while (made.evidence.size() > 1 && random.chance(0.4)) made.evidence.pop_back();
    return made;
}

library::Need varied(library::Need made, std::size_t number, Random& random) {
    made.id = Id<library::Need>(fmt::format("need_bench_{:06}", number));
    if (made.capacity) made.capacity->value *= 0.3 + 2 * random.uniform();
    if (made.budget) made.budget->minor = static_cast<std::int64_t>(static_cast<double>(made.budget->minor) * (0.5 + 1.5 * random.uniform()));
    for (library::Requirement& one : made.requirements) one.value *= 0.8 + 0.4 * random.uniform();
    made.country = some_country(random);
    return made;
}

std::size_t peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return static_cast<std::size_t>(std::stoul(line.substr(6))) / 1024;
    return 0;
}

struct Clock {
    std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
    std::clock_t processor = std::clock();
    std::string told() const {
        return fmt::format("{:.1f} s wall, {:.1f} s CPU", std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(),
            static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC);
    }
};

int run(std::size_t need_count, std::size_t technology_count, unsigned threads) {
    load_bank_data();
    Random random(20261129);
    Matcher matcher(compiled_in_weights());
    const Clock filling;
    {
        const auto technologies = sample_of<library::Technology>("technologies");
        const auto needs = sample_of<library::Need>("needs");
        for (std::size_t i = 0; i < technology_count; ++i) matcher.put(varied(technologies[i % technologies.size()], i, random));
        for (std::size_t i = 0; i < need_count; ++i) matcher.put(varied(needs[i % needs.size()], i, random));
    }
    const auto moment = matcher.moment();
    fmt::print("{} technologies and {} needs prepared: {}; peak {} MiB\n", technology_count, need_count, filling.told(), peak_megabytes());
    const Date today = make_date(2026, 11, 29);
    const auto in_chunks = [&](auto answer) {
        std::size_t done = 0;
        for (std::string after;;) {
            const auto some = open_needs_after(*moment, after, 250, today);
            if (some.empty()) return done;
            answer(some);
            done += some.size();
            after = some.back()->need.id.text;
        }
    };
    std::size_t found = 0, bytes = 0;
    std::int64_t passed = 0;
    const Clock numbers;
    const std::size_t done = in_chunks([&](const auto& some) {
        for (const MatchResult& result : match_all(*moment, some, 20, threads)) {
            found += result.items.size();
            passed += result.considered - result.excluded;
        }
    });
    fmt::print("as a run keeps them, {} threads: {}; {:.1f} technologies named a need, {} pass on average; peak {} MiB\n", threads, numbers.told(),
        static_cast<double>(found) / static_cast<double>(done), passed / static_cast<std::int64_t>(done), peak_megabytes());
    const Clock sentences;
    in_chunks([&](const auto& some) {
        std::vector<std::size_t> sizes(some.size());
        const auto lists = explain_all(*moment, some, 20, threads, today, Language::zh);
        in_parallel(some.size(), threads, [&](std::size_t i) { sizes[i] = to_json(lists[i]).size(); });
        for (const std::size_t size : sizes) bytes += size;
    });
    fmt::print("with every sentence, as JSON ({} MB), {} threads: {}; peak {} MiB\n", bytes / 1'000'000, threads, sentences.told(), peak_megabytes());
    return 0;
}

} // namespace
} // namespace greenbank::match

int main(int argc, char** argv) {
    return greenbank::match::run(
        argc > 1 ? std::stoul(argv[1]) : 10'000, argc > 2 ? std::stoul(argv[2]) : 100'000, argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : 2);
}
