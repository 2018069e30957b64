// commands.cpp — a log out of a database into a file, and either of them verified.
#include "parties/log/commands.h"

#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "api/words.h"
#include "parties/log/bundle.h"
#include "json/json.h"

namespace greenbank::parties {

namespace {

struct ExportOptions {
    std::string data, database, out;
    bool hashes_only = false;
};
Record describe(const ExportOptions*) {
    return {"log_export_options", "A log to take out.",
        {
            field<&ExportOptions::data>("data", "Folder of the embedded database.", {.defaulted = true}),
            field<&ExportOptions::database>("database", "A PostgreSQL connection instead.", {.defaulted = true}),
            field<&ExportOptions::out>("out", "The file to write, JSON lines; - is standard output.", {.min = 1}),
            field<&ExportOptions::hashes_only>("hashes_only", "Leave out what the records say: for strangers.", {.defaulted = true}),
        }};
}

struct VerifyOptions {
    std::string data, database, in, key;
};
Record describe(const VerifyOptions*) {
    return {"log_verify_options", "A log to verify.",
        {
            field<&VerifyOptions::in>("in", "A bundle from `greenbank log export`; - reads standard input.", {.defaulted = true}),
            field<&VerifyOptions::data>("data", "Or: folder of an embedded database.", {.defaulted = true}),
            field<&VerifyOptions::database>("database", "Or: a PostgreSQL connection.", {.defaulted = true}),
            field<&VerifyOptions::key>("key", "The log's public key as its owner published it; without it the bundle's own is believed.", {.defaulted = true}),
        }};
}

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

File open_file(const std::string& path, const char* mode, FILE* standard) {
    if (path == "-") return {standard, [](FILE* file) { return std::fflush(file); }};
    return {std::fopen(path.c_str(), mode), [](FILE* file) { return std::fclose(file); }};
}

Error unwritable(const std::string& path) { return {Failure::storage_full, "file.unwritable", "The file {path} cannot be written.", {{"path", path}}}; }

/// A line now and then, for people who wait.
auto progress_to(const Console& console) {
    return [&console, told = std::int64_t{0}](std::int64_t done, std::int64_t total) mutable {
        constexpr std::int64_t step = 100'000;
        if (done / step == told) return;
        told = done / step;
        console.aside(total > 0 ? fmt::format("{} / {}\n", done, total) : fmt::format("{}\n", done));
    };
}

Result<int> run_export(const ExportOptions& options, Console& console) {
    const auto store = TRY(console.open_database({options.data, options.database}));
    const File file = open_file(options.out, "wb", stdout);
    if (!file) return unwritable(options.out);
    LogSummary summary;
    TRY(store->read([&](Transaction& transaction) -> Result<Done> {
        summary = TRY(export_log(
            transaction, {.contents = !options.hashes_only},
            [&](std::string_view bytes) -> Result<Done> {
                if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) return unwritable(options.out);
                return Done{};
            },
            progress_to(console)));
        return Done{};
    }));
    if (std::fflush(file.get()) != 0) return unwritable(options.out);
    console.aside(sentence("log.exported", "{records} records and {heads} signed heads written.",
                      {{"records", std::to_string(summary.records)}, {"heads", std::to_string(summary.heads)}}, console.language) +
                  "\n");
    return 0;
}

std::string summary_json(const LogSummary& summary, std::int64_t found, const std::vector<Problem>& problems) {
    JsonWriter json;
    json.begin_object()
        .member("ok", found == 0)
        .member("origin", summary.origin)
        .member("key", summary.key)
        .member("records", static_cast<std::int64_t>(summary.records))
        .member("signed_records", static_cast<std::int64_t>(summary.signed_records))
        .member("heads", summary.heads)
        .member("cosignatures", summary.cosignatures)
        .member("found", found)
        .key("problems")
        .begin_list();
    for (const Problem& problem : problems)
        json.begin_object()
            .member("place", problem.field)
            .member("code", problem.code)
            .member("message", fill_in(problem.message, problem.parameters))
            .end_object();
    json.end_list().end_object();
    return json.take() + "\n";
}

Result<LogSummary> verify_in(const VerifyOptions& options, Console& console, CheckRun& run) {
    if (!options.in.empty()) {
        const File file = open_file(options.in, "rb", stdin);
        if (!file) return Error{Failure::not_found, "file.unreadable", "The file {path} cannot be read.", {{"path", options.in}}};
        return verify_bundle(
            [&](std::span<char> buffer) -> Result<std::size_t> {
                const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get());
                if (got == 0 && std::ferror(file.get()))
                    return Error{Failure::not_found, "file.unreadable", "The file {path} cannot be read.", {{"path", options.in}}};
                return got;
            },
            options.key, run);
    }
    const auto store = TRY(console.open_database({options.data, options.database}));
    LogSummary summary;
    TRY(store->read([&](Transaction& transaction) -> Result<Done> {
        summary = TRY(verify_database_log(transaction, run));
        return Done{};
    }));
    if (!options.key.empty() && summary.key != options.key)
        run.found({"log_key", "log.key_other", "The log is signed with another key than the one given: {key}.", {{"key", summary.key}}});
    return summary;
}

Result<int> run_verify(const VerifyOptions& options, Console& console) {
    if (!options.in.empty() && (!options.data.empty() || !options.database.empty()))
        return Error{Failure::invalid, "log.one_source", "Verify a bundle or a database, not both at once."};
    std::vector<Problem> problems;
    std::int64_t found = 0;
    CheckRun run{.found =
                     [&](Problem problem) {
                         if (++found > static_cast<std::int64_t>(problems_told_max)) return;
                         if (!console.json)
                             console.out(fmt::format("{}: {}\n", problem.field, sentence(problem.code, problem.message, problem.parameters, console.language)));
                         problems.push_back(std::move(problem));
                     },
        .progress = progress_to(console)};
    const LogSummary summary = TRY(verify_in(options, console, run));
    if (console.json) console.out(summary_json(summary, found, problems));
    else {
        const std::vector<Parameter> facts{{"records", std::to_string(summary.records)}, {"signed", std::to_string(summary.signed_records)},
            {"heads", std::to_string(summary.heads)}, {"key", summary.key}, {"found", std::to_string(found)}};
        console.out(
            (found == 0
                    ? sentence("log.holds", "All holds: {records} records, {signed} of them under {heads} signed heads. Key: {key}", facts, console.language)
                    : sentence("log.does_not_hold", "It does not hold: {found} problems in {records} records; the first one above is the first bad one.", facts,
                          console.language)) +
            "\n");
    }
    return found == 0 ? 0 : 1;
}

} // namespace

Command log_export_command() { return command("log", "export", "Write the transparency log of a database to a file, to be verified elsewhere.", run_export); }
Command log_verify_command() { return command("log", "verify", "Verify a transparency log off line: every record, head and signature.", run_verify); }

} // namespace greenbank::parties
