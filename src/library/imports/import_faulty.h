// import_faulty.h — rows with faults, each with a sentence at the cell it is about, as a table to be corrected and dropped again.
#pragma once

#include "library/imports/import_kinds.h"
#include "sheets/sheets.h"

namespace greenbank::library {

inline constexpr std::size_t import_told_max = 200; // problems and likenesses kept in the record; all faulty rows are in the file

/// A file of its own that goes with the object.
struct ScratchFile {
    std::string path;
    explicit ScratchFile(const std::string& name);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
};

class FaultyRows {
public:
    /// All three outlive it; counts and problems go into `import`.
    FaultyRows(Import& import, const ImportStamp& stamp, Language language) :
        import_(import), stamp_(stamp), language_(language), file_("faulty-" + import.id.text + ".xlsx") {}

    Result<Done> add(const sheets::Row& row, const Problems& problems);
    /// Keeps the file, if there is any faulty row, and says in the import where.
    Result<Done> keep(JobRun& run);

private:
    /// The column of a problem: the one that goes to its field, or the beginning or the end of it.
    std::size_t column_of(const Problem& problem) const;
    /// Choices are named by their words, as people write them in a table.
    std::vector<Parameter> in_words(const Problem& problem) const;
    std::string place_name(const std::string& path) const;

    Import& import_;
    const ImportStamp& stamp_;
    const Language language_;
    ScratchFile file_;
    std::unique_ptr<sheets::TableWriter> table_;
};

} // namespace greenbank::library
