// imports.h — people's tables into the library: which column goes where, a look before anything is written, the writing as a
// job, the faulty rows back as a file to correct, duplicates, and taking it all back.
#pragma once

#include "api/api.h"
#include "api/jobs.h"
#include "api/kept_files.h"
#include "library/library.h"

namespace greenbank::library {

enum class ImportKind { technology, need, capital_offer, organisation, expert, policy };
/// What to do with a row that is alike to an entry: pass it over, fill the entry's gaps from it, or enter it all the same.
enum class DuplicateRule { skip, merge, create };
enum class ImportState { mapped, checking, checked, running, done, undoing, undone };
enum class ImportLikeness { same_patent, same_title, near_title, same_concepts };

/// A column of the table: its heading, where it goes, and how sure the guess was.
struct ImportColumn {
    std::string heading;
    std::optional<std::string> path; // absent: left out
    std::optional<double> confidence;
    std::vector<std::string> samples; // its first cells
};
Record describe(const ImportColumn*);

struct ImportProblem {
    std::int64_t row = 0;
    std::string heading, cell, sentence;
};
Record describe(const ImportProblem*);

struct ImportAlike {
    std::int64_t row = 0;
    std::string title;
    std::optional<std::string> entry;   // of the library; absent: an earlier row
    std::optional<std::int64_t> to_row; // of the same table
    ImportLikeness likeness = ImportLikeness::same_title;
    double similarity = 1;
};
Record describe(const ImportAlike*);

struct ImportCounts {
    std::int64_t rows = 0, good = 0, faulty = 0, alike = 0; // of the table
    std::int64_t created = 0, merged = 0, skipped = 0;      // done
    std::int64_t removed = 0, restored = 0, left_alone = 0; // undone; left alone: changed by somebody since
};
Record describe(const ImportCounts*);

struct Import {
    static constexpr std::string_view id_prefix = "import";
    Id<Import> id;
    ImportKind kind = ImportKind::technology;
    Id<KeptFile> file;
    std::string file_name, encoding;
    std::vector<std::string> sheets;
    std::string sheet;
    std::int64_t header_row = 0;
    std::vector<ImportColumn> columns;
    std::vector<std::string> remarks;
    DuplicateRule duplicates = DuplicateRule::skip;
    bool publish = false;
    ImportState state = ImportState::mapped;
    ImportCounts counts;
    std::vector<ImportProblem> problems; // the first ones
    std::vector<ImportAlike> alike;      // the first ones
    std::optional<Id<KeptFile>> faulty_file;
    std::optional<Id<Job>> job;
    std::string created_by, organisation;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Import*);

/// What a job of an import is asked.
struct ImportJobRequest {
    Id<Import> id;
    std::string language; // in which faults are told
};
Record describe(const ImportJobRequest*);

std::vector<Endpoint> import_endpoints();
std::vector<Endpoint> import_place_endpoints();
std::vector<JobKind> import_jobs();

/// Reads the table, and writes what is good unless `dry`. The outcome is in the returned Import, which the caller stores.
Result<Import> run_import(JobRun& run, Import asked, bool dry, Language language);
/// Takes back what an import did, where nobody has changed it since. `to_the_end`: also of a job that was told to stop.
Result<ImportCounts> undo_import(JobRun& run, const Import& done, bool to_the_end = false);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::ImportKind> {
    static constexpr std::string_view name = "import_kind";
    static constexpr std::string_view values[] = {"technology", "need", "capital_offer", "organisation", "expert", "policy"};
};
template <> struct Choices<library::DuplicateRule> {
    static constexpr std::string_view name = "duplicate_rule";
    static constexpr std::string_view values[] = {"skip", "merge", "create"};
};
template <> struct Choices<library::ImportState> {
    static constexpr std::string_view name = "import_state";
    static constexpr std::string_view values[] = {"mapped", "checking", "checked", "running", "done", "undoing", "undone"};
};
template <> struct Choices<library::ImportLikeness> {
    static constexpr std::string_view name = "import_likeness";
    static constexpr std::string_view values[] = {"same_patent", "same_title", "near_title", "same_concepts"};
};
} // namespace greenbank
