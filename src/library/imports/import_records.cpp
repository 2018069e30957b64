// import_records.cpp — what is stored of an import, described.
#include "library/imports/imports.h"

namespace greenbank::library {

Record describe(const ImportColumn*) {
    return {"import_column", "A column of somebody's table.",
        {field<&ImportColumn::heading>("heading", "What stands above it.", {.max = 2000}),
            field<&ImportColumn::path>("path", "Where it goes: a path of import_place_list; absent: left out.", {.max = 100}),
            field<&ImportColumn::confidence>("confidence", "How sure the guess is.", {.min = 0, .max = 1}),
            field<&ImportColumn::samples>("samples", "Its first cells.", {.max = 10})}};
}
Record describe(const ImportProblem*) {
    return {"import_problem", "What is wrong with a cell or a row.",
        {field<&ImportProblem::row>("row", "The row as the spreadsheet numbers it."),
            field<&ImportProblem::heading>("heading", "The column, or the field that is missing."), field<&ImportProblem::cell>("cell", "What stands there."),
            field<&ImportProblem::sentence>("sentence", "What to do.")}};
}
Record describe(const ImportAlike*) {
    return {"import_alike", "A row that may be there already.",
        {field<&ImportAlike::row>("row", "The row."), field<&ImportAlike::title>("title", "Its title."),
            field<&ImportAlike::entry>("entry", "The entry of the library it is like."), field<&ImportAlike::to_row>("to_row", "The earlier row it is like."),
            field<&ImportAlike::likeness>("likeness", "In what."), field<&ImportAlike::similarity>("similarity", "How much of the titles is the same.")}};
}
Record describe(const ImportCounts*) {
    return {"import_counts", "What an import came to.",
        {field<&ImportCounts::rows>("rows", "Rows read."), field<&ImportCounts::good>("good", "Without faults."),
            field<&ImportCounts::faulty>("faulty", "With faults; in the file that comes back."),
            field<&ImportCounts::alike>("alike", "Like something that is there."), field<&ImportCounts::created>("created", "Entered, or to be entered."),
            field<&ImportCounts::merged>("merged", "Merged into what is there."), field<&ImportCounts::skipped>("skipped", "Passed over as duplicates."),
            field<&ImportCounts::removed>("removed", "Removed again."), field<&ImportCounts::restored>("restored", "Set back."),
            field<&ImportCounts::left_alone>("left_alone", "Not undone: changed by somebody since.")}};
}
Record describe(const Import*) {
    return {"import", "A table on its way into the library.",
        {
            field<&Import::id>("id", "Id.", {.read_only = true}),
            field<&Import::kind>("kind", "What its rows are.", {.filter = true}),
            field<&Import::file>("file", "The file."),
            field<&Import::file_name>("file_name", "What it is called.", {.read_only = true}),
            field<&Import::encoding>("encoding", "How its texts are written.", {.read_only = true}),
            field<&Import::sheets>("sheets", "Its sheets.", {.max = 1000, .read_only = true}),
            field<&Import::sheet>("sheet", "The sheet that is read; empty: the first one with content.", {.max = 255, .defaulted = true}),
            field<&Import::header_row>("header_row", "The row of the headings; 0: find it.", {.min = 0, .max = 1'048'576, .defaulted = true}),
            field<&Import::columns>("columns", "Where each column goes.", {.max = 400, .read_only = true}),
            field<&Import::remarks>("remarks", "What was noticed: macros, links.", {.read_only = true}),
            field<&Import::duplicates>("duplicates", "What happens to rows that are there already.", {.defaulted = true}),
            field<&Import::publish>("publish", "Publish at once; else they are drafts.", {.defaulted = true}),
            field<&Import::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Import::counts>("counts", "What it came to.", {.read_only = true}),
            field<&Import::problems>("problems", "The first faults.", {.max = 1000, .read_only = true}),
            field<&Import::alike>("alike", "The first duplicates.", {.max = 1000, .read_only = true}),
            field<&Import::faulty_file>("faulty_file", "The faulty rows, to be corrected and sent again.", {.read_only = true}),
            field<&Import::job>("job", "The job at work on it.", {.read_only = true}),
            field<&Import::created_by>("created_by", "Whose it is.", {.read_only = true}),
            field<&Import::organisation>("organisation", "For which organisation.", {.read_only = true, .filter = true}),
            field<&Import::created_at>("created_at", "Since when.", {.read_only = true, .sort = true}),
            field<&Import::updated_at>("updated_at", "When it last went on.", {.read_only = true, .sort = true}),
            field<&Import::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::library
