// files.cpp — lists in, one list out, a chunk of needs at a time.
#include "match/batch/files.h"

#include <fstream>

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "match/batch/batch.h"
#include "match/files.h"
#include "json/record_csv.h"

namespace greenbank::match {

Result<std::size_t> match_batch_files(Matcher& matcher, std::string_view needs, std::string_view library, std::size_t top, unsigned threads, bool as_json,
    Language language, const std::function<void(std::string_view)>& write, const std::function<void(std::size_t done, std::size_t total)>& progress) {
    const auto wanted = TRY(read_needs(needs));
    for (const library::Technology& technology : TRY(read_technologies(library))) matcher.put(technology);
    for (const library::Need& need : wanted) matcher.put(need);
    const auto moment = matcher.moment();
    constexpr std::size_t chunk = 200;
    constexpr Date any_day{}; // a file knows no deadline that has passed
    write(as_json ? "[" : csv_header(record_of<MatchLine>()));
    std::size_t done = 0;
    for (std::string after;;) {
        const auto some = open_needs_after(*moment, after, chunk, any_day);
        if (some.empty()) break;
        std::string text;
        if (as_json) {
            for (const MatchList& list : explain_all(*moment, some, top, threads, any_day, language)) text += (done++ ? ",\n" : "\n") + to_json(list);
        } else {
            for (const MatchResult& result : match_all(*moment, some, top, threads))
                for (const MatchLine& line : lines_of(result)) append_csv_row(text, record_of<MatchLine>(), &line);
            done += some.size();
        }
        write(text);
        after = some.back()->need.id.text;
        progress(done, wanted.size());
    }
    if (as_json) write("\n]\n");
    return done;
}

struct BatchOptions {
    std::string needs, library;
    std::string out = "-";
    std::int64_t top = 20, threads = 2;
};
Record describe(const BatchOptions*) {
    return {"match_batch_options", "What is matched.",
        {field<&BatchOptions::needs>("needs", "Needs: CSV or a JSON list.", {.min = 1}),
            field<&BatchOptions::library>("library", "Technologies: CSV or a JSON list.", {.min = 1}),
            field<&BatchOptions::out>("out", "Where to write: CSV, with --json every sentence; - is standard output.", {.min = 1, .defaulted = true}),
            field<&BatchOptions::top>("top", "How many for each need.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&BatchOptions::threads>("threads", "How many threads.", {.min = 1, .max = 64, .defaulted = true})}};
}

static Result<int> run_batch(const BatchOptions& options, Console& console) {
    const std::string needs = TRY(read_file(options.needs)), library = TRY(read_file(options.library));
    Matcher matcher(compiled_in_weights());
    std::ofstream file;
    if (options.out != "-") {
        file.open(options.out, std::ios::binary);
        if (!file) return Error{Failure::unavailable, "file.unwritable", "The file {path} cannot be written.", {{"path", options.out}}};
    }
    const auto write = [&](std::string_view text) {
        if (file.is_open()) file << text;
        else console.out(text);
    };
    const std::size_t done = TRY(match_batch_files(matcher, needs, library, static_cast<std::size_t>(options.top), static_cast<unsigned>(options.threads),
        console.json, console.language, write, [](std::size_t, std::size_t) {}));
    if (!file.is_open()) return 0;
    file.close();
    if (!file) return Error{Failure::unavailable, "file.unwritable", "The file {path} cannot be written.", {{"path", options.out}}};
    console.aside(fill_in(word("match.batch_done", console.language), {{"needs", std::to_string(done)}, {"path", options.out}}) + "\n");
    return 0;
}

Command match_batch_command() { return command("match", "batch", "Match many needs to technologies, from files only.", run_batch); }

} // namespace greenbank::match
