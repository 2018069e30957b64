// imports.cpp — the operations around an import: reading the headings, mapping, checking, running, undoing.
#include "library/imports.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/import_kinds.h"
#include "library/resources.h"
#include "search/folding.h"
#include "sheets/sheets.h"

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

namespace {

constexpr std::size_t samples_max = 3;

struct ImportKey {
    Id<Import> id;
};
Record describe(const ImportKey*) { return {"import_key", "Names an import.", {field<&ImportKey::id>("id", "Its id.")}}; }

struct ColumnChoice {
    std::string heading;
    std::optional<std::string> path;
};
Record describe(const ColumnChoice*) {
    return {"column_choice", "Where a column goes.",
        {field<&ColumnChoice::heading>("heading", "Its heading.", {.max = 2000}),
            field<&ColumnChoice::path>("path", "The path; absent: left out.", {.max = 100})}};
}

struct ImportChange {
    Id<Import> id;
    std::vector<ColumnChoice> columns;
    std::optional<DuplicateRule> duplicates;
    std::optional<bool> publish;
};
Record describe(const ImportChange*) {
    return {"import_change_request", "A better mapping.",
        {field<&ImportChange::id>("id", "The import."),
            field<&ImportChange::columns>("columns", "All columns in their order; none: as they are.", {.max = 400}),
            field<&ImportChange::duplicates>("duplicates", "What happens to rows that are there already."),
            field<&ImportChange::publish>("publish", "Publish at once.")}};
}

struct PlaceRequest {
    ImportKind kind = ImportKind::technology;
};
Record describe(const PlaceRequest*) { return {"import_place_request", "Places of which kind.", {field<&PlaceRequest::kind>("kind", "The kind.")}}; }

struct PlaceRow {
    std::string path;
    Text label;
    bool needed = false;
};
Record describe(const PlaceRow*) {
    return {"import_place", "A place a column may go to.",
        {field<&PlaceRow::path>("path", "Its path."), field<&PlaceRow::label>("label", "What it is called."),
            field<&PlaceRow::needed>("needed", "Rows without it are faulty, unless another part of the field is there.")}};
}

struct JobRequest {
    Id<Import> id;
    std::string language;
};
Record describe(const JobRequest*) {
    return {"import_job_request", "Which import, and in which language faults are told.",
        {field<&JobRequest::id>("id", "The import."), field<&JobRequest::language>("language", "zh, en or ru.")}};
}

bool staff(const Caller& caller) { return caller.actor.may(manage_library); }

Result<Import> own_import(Transaction& transaction, const Caller& caller, const Id<Import>& id) {
    Import found = TRY(transaction.get(id));
    if (found.organisation != caller.actor.organisation && !staff(caller)) return not_found(record_of<Import>(), id.text);
    return found;
}

Result<Done> allow_kind(const Caller& caller, ImportKind kind, bool publish) {
    TRY(allow(caller, import_kind(kind).right()));
    if (caller.actor.organisation.empty())
        return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    if (publish && import_kind(kind).has_state()) TRY(allow(caller, publish_entries));
    return Done{};
}

/// Reads headings and first cells, and guesses where they go.
Result<Done> read_headings(const std::string& path, Import& into, bool for_others) {
    const auto table =
        TRY(sheets::open_table(path, {.sheet = into.sheet, .header_row = static_cast<std::uint32_t>(into.header_row), .strip_apostrophe = true}));
    into.encoding = to_text(table->encoding());
    for (const sheets::SheetName& sheet : table->sheets()) into.sheets.push_back(sheet.name);
    into.sheet = table->sheet();
    into.header_row = table->header_row();
    std::vector<std::string> folded;
    for (const std::string& heading : table->header()) {
        if (into.columns.size() == 400) break;
        if (heading.find("\uFFFD") != std::string::npos) // bytes that are no text
            return Error{Failure::unsupported, "import.not_a_table", "The file is neither a workbook (xlsx) nor a table in CSV; save it as one of these."};
        into.columns.push_back({heading.substr(0, 2000), {}, {}, {}});
        folded.push_back(search::fold(heading));
    }
    for (std::size_t read = 0; read < samples_max; ++read) {
        const sheets::Row* row = TRY(table->next());
        if (!row) break;
        for (std::size_t i = 0; i < into.columns.size() && i < row->cells.size(); ++i) {
            std::string text(row->cells[i].text.substr(0, 120));
            while (!text.empty() && !is_utf8(text)) text.pop_back();
            into.columns[i].samples.push_back(std::move(text));
        }
    }
    std::map<std::string, int, std::less<>> items;
    for (const TablePlace& place : import_places(into.kind, for_others)) items.emplace(place.path, place.item);
    for (const ColumnGuess& guess : guess_columns(folded, import_targets(into.kind, for_others))) {
        // An item of a list is meant only where its number is written.
        const int item = items.at(guess.path);
        if (item > 0 && folded[guess.column].find(std::to_string(item)) == std::string::npos) continue;
        into.columns[guess.column].path = guess.path;
        into.columns[guess.column].confidence = guess.confidence;
    }
    return Done{};
}

Result<Reply<Import>> import_create(Store& store, const Caller& caller, const Import& asked) {
    TRY(allow_kind(caller, asked.kind, asked.publish));
    Import made = asked;
    made.id = caller.new_id<Import>();
    made.created_by = caller.actor.person;
    made.organisation = caller.actor.organisation;
    made.created_at = made.updated_at = caller.now;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        made.file_name = TRY(own_file(transaction, caller, made.file)).name;
        return Done{};
    }));
    const std::string path = (std::filesystem::temp_directory_path() / ("greenbank-headings-" + made.id.text)).string();
    auto read = spool_file(store, made.file, path);
    if (read) read = read_headings(path, made, staff(caller));
    std::remove(path.c_str());
    if (!read) return read.error();
    TRY(store.write([&](Transaction& transaction) { return transaction.insert(made); }));
    return Reply<Import>{.body = std::move(made), .status = 201};
}

Result<Page<Import>> import_list(Transaction& transaction, const Caller& caller, const ListOf<Import>& list) {
    if (staff(caller)) return list_page<Import>(transaction, caller, list);
    return list_page<Import>(transaction, caller, list, "organisation = $1", {caller.actor.organisation});
}

Result<Import> import_get(Transaction& transaction, const Caller& caller, const ImportKey& key) { return own_import(transaction, caller, key.id); }

Error busy() { return {Failure::conflict, "import.busy", "This import is at work or over; begin a new one with the same file."}; }

Result<Import> import_update(Transaction& transaction, const Caller& caller, const ImportChange& change) {
    Import mapped = TRY(own_import(transaction, caller, change.id));
    if (mapped.state != ImportState::mapped && mapped.state != ImportState::checked) return busy();
    Problems problems;
    const std::vector<TablePlace> places = import_places(mapped.kind, staff(caller));
    if (!change.columns.empty() && change.columns.size() != mapped.columns.size())
        problems.push_back({"columns", "import.columns", "The table has {count} columns; send all of them in their order.",
            {{"count", std::to_string(mapped.columns.size())}}});
    for (std::size_t i = 0; i < change.columns.size() && problems.empty(); ++i) {
        const auto& path = change.columns[i].path;
        const std::string at = fmt::format("columns[{}].path", i);
        if (path && std::none_of(places.begin(), places.end(), [&](const TablePlace& place) { return place.path == *path; }))
            problems.push_back({at, "import.place", "There is no place {path}; import_place_list names all.", {{"path", *path}}});
        for (std::size_t other = 0; other < i && path; ++other)
            if (change.columns[other].path == path) problems.push_back({at, "import.twice", "Another column goes there already."});
        mapped.columns[i].path = path;
        mapped.columns[i].confidence.reset(); // a person has decided
    }
    if (!problems.empty()) return invalid(std::move(problems));
    mapped.duplicates = change.duplicates.value_or(mapped.duplicates);
    mapped.publish = change.publish.value_or(mapped.publish);
    TRY(allow_kind(caller, mapped.kind, mapped.publish));
    mapped.state = ImportState::mapped;
    mapped.updated_at = caller.now;
    TRY(transaction.update(mapped));
    return mapped;
}

Result<Import> start(
    Transaction& transaction, const Caller& caller, const ImportKey& key, std::string_view job, ImportState state, std::initializer_list<ImportState> from) {
    Import started = TRY(own_import(transaction, caller, key.id));
    if (std::find(from.begin(), from.end(), started.state) == from.end()) return busy();
    TRY(allow_kind(caller, started.kind, started.publish));
    started.job = TRY(start_job(transaction, caller, job, to_json(JobRequest{key.id, std::string(to_text(caller.language))}))).id;
    started.state = state;
    started.updated_at = caller.now;
    TRY(transaction.update(started));
    return started;
}

Result<Import> import_check(Transaction& transaction, const Caller& caller, const ImportKey& key) {
    return start(transaction, caller, key, "import_check", ImportState::checking, {ImportState::mapped, ImportState::checked});
}
Result<Import> import_run(Transaction& transaction, const Caller& caller, const ImportKey& key) {
    return start(transaction, caller, key, "import_run", ImportState::running, {ImportState::mapped, ImportState::checked});
}
Result<Import> import_undo(Transaction& transaction, const Caller& caller, const ImportKey& key) {
    return start(transaction, caller, key, "import_undo", ImportState::undoing, {ImportState::done});
}

Result<Page<PlaceRow>> import_place_list(Transaction&, const Caller& caller, const PlaceRequest& request) {
    Page<PlaceRow> page;
    for (const TablePlace& place : import_places(request.kind, staff(caller)))
        page.items.push_back(
            {place.path, {place_label(place, Language::zh), place_label(place, Language::en), place_label(place, Language::ru)}, place.needed});
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

/// What may stand in a column: the words of a choice, or where the list of codes is.
std::string allowed_values(const TablePlace& place, Language language) {
    const Type& type = place.field->type->kind == Kind::list ? *place.field->type->element : *place.field->type;
    std::string all;
    for (const std::string_view code : type.choices) (all += all.empty() ? "" : "; ") += word(fmt::format("choice.{}.{}", type.name, code), language);
    if (!all.empty()) return all;
    const std::string_view name = place.field->name;
    const Vocabulary* vocabulary = name == "origin" || name == "country" || name == "territories" || name == "countries" ? &reference().countries
                                   : name == "indicator"                                                                 ? &reference().indicators
                                   : name == "traits" || name.ends_with("_traits")                                       ? &reference().traits
                                                                                                                         : nullptr;
    if (!vocabulary) return all;
    constexpr std::size_t bytes_max = 20'000; // a cell holds 32,767 characters
    for (const Term& term : vocabulary->terms)
        if (all.size() < bytes_max) (all += all.empty() ? "" : "; ") += fmt::format("{} {}", term.code, term.name.best(language));
    return all;
}

/// The help of a field in the reader's language, behind it the unit.
std::string meaning_of(const TablePlace& place, const Record& record, Language language) {
    const std::string key = fmt::format("field.{}.{}.help", record.name, place.field->name);
    return find_word(key) ? word(key, language) : std::string(language == Language::en ? place.field->doc : "");
}

/// An empty table with the right headings, to be filled in; a second sheet says what each column means and may hold.
Result<Response> import_template(Store&, const Caller& caller, const PlaceRequest& request) {
    constexpr int items_shown = 2; // of a list of facts; up to list_items_max may be added
    Random random = caller.random;
    const std::string path = (std::filesystem::temp_directory_path() / fmt::format("greenbank-template-{:016x}.xlsx", random.next())).string();
    const auto table = TRY(sheets::make_table(path, sheets::Format::xlsx, {.created = caller.now}));
    const Record& record = import_kind(request.kind).record();
    std::vector<TablePlace> places;
    for (TablePlace& place : import_places(request.kind, staff(caller))) {
        const bool has_parts = place.field->type->kind == Kind::money || place.field->type->kind == Kind::quantity;
        const bool whole_list =
            place.item == 0 && place.field->type->kind == Kind::list && place.field->type->element->kind == Kind::record && place.path != patents_path;
        if (!(has_parts && !place.part.empty()) && !whole_list && place.item <= items_shown) places.push_back(std::move(place)); // one cell is simpler than two
    }
    std::vector<sheets::Column> columns;
    for (const TablePlace& place : places)
        columns.push_back({.title = place_label(place, caller.language) + (place.needed ? " *" : ""), .note = meaning_of(place, record, caller.language)});
    TRY(table->sheet(word(fmt::format("record.{}", record.name), caller.language), columns));
    std::vector<sheets::Column> notes;
    for (const char* name : {"column", "needed", "meaning", "allowed"}) notes.push_back({.title = word(fmt::format("import.note_{}", name), caller.language)});
    TRY(table->sheet(word("import.notes", caller.language), notes));
    sheets::CellRow cells;
    for (const TablePlace& place : places) {
        cells.clear();
        cells.text(place_label(place, caller.language));
        cells.text(word(place.needed ? "import.note_yes" : "import.note_no", caller.language));
        cells.text(meaning_of(place, record, caller.language));
        cells.text(allowed_values(place, caller.language));
        TRY(table->row(cells));
    }
    TRY(table->finish());
    return file_response(path, fmt::format("greenbank-{}.xlsx", record.name), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

// ---- jobs -------------------------------------------------------------------------------------------------------

Result<Done> store_import(JobRun& run, const Id<Import>& id, const std::function<void(Import&)>& change) {
    return run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        Import stored = TRY(transaction.get(id));
        change(stored);
        stored.updated_at = run.caller().now;
        return transaction.update(stored);
    });
}

bool was_cancelled(JobRun& run, const Import& asked) {
    bool cancelled = false;
    (void)run.store().read([&](Transaction& transaction) -> Result<Done> {
        if (asked.job) cancelled = TRY(transaction.get(*asked.job)).cancel_requested;
        return Done{};
    });
    return cancelled;
}

Result<std::string> work(JobRun& run, bool dry) {
    const auto request = TRY(from_json<JobRequest>(run.request()));
    const Language language = parse_language(request.language).value_or(Language::en);
    Import asked;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return asked = TRY(transaction.get(request.id)), Done{}; }));
    auto done = run_import(run, asked, dry, language);
    if (!done) {
        // A server that stops goes on later; everything else leaves the library as it was before.
        if (done.error().code == "job.stopped" && !was_cancelled(run, asked)) return done.error();
        if (!dry) TRY(undo_import(run, asked, true));
        TRY(store_import(run, request.id, [](Import& stored) { stored.state = ImportState::mapped; }));
        return done.error();
    }
    TRY(store_import(run, request.id, [&](Import& stored) {
        stored.counts = done.value().counts;
        stored.problems = done.value().problems;
        stored.alike = done.value().alike;
        stored.faulty_file = done.value().faulty_file;
        stored.state = dry ? ImportState::checked : ImportState::done;
    }));
    return to_json(done.value().counts);
}

Result<std::string> undo(JobRun& run) {
    const auto request = TRY(from_json<JobRequest>(run.request()));
    Import asked;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return asked = TRY(transaction.get(request.id)), Done{}; }));
    const ImportCounts counts = TRY(undo_import(run, asked));
    TRY(store_import(run, request.id, [&](Import& stored) {
        stored.counts = counts;
        stored.state = ImportState::undone;
    }));
    return to_json(counts);
}

} // namespace

std::vector<Endpoint> import_endpoints() {
    return {
        // clang-format off
        {"import_place_list", Method::get, "/import-places", "Where columns of an import may go.", Mode::read, write_entries, call(import_place_list)},
        {"import_template", Method::get, "/import-template", "An empty table with the right headings.", Mode::compute, write_entries, as_file("application/octet-stream", call(import_template))},
        {"import_create", Method::post, "/imports", "Read a table's headings and guess where they go.", Mode::compute, write_entries, call(import_create)},
        {"import_list", Method::get, "/imports", "Imports of one's own organisation.", Mode::read, write_entries, call(import_list)},
        {"import_get", Method::get, "/imports/{id}", "One import and what it came to.", Mode::read, write_entries, call(import_get)},
        {"import_update", Method::patch, "/imports/{id}", "Map its columns.", Mode::write, write_entries, call(import_update)},
        {"import_check", Method::post, "/imports/{id}/check", "Look at every row without writing anything.", Mode::write, write_entries, call(import_check)},
        {"import_run", Method::post, "/imports/{id}/run", "Write what is good.", Mode::write, write_entries, call(import_run)},
        {"import_undo", Method::post, "/imports/{id}/undo", "Take back what it wrote.", Mode::write, write_entries, call(import_undo)},
        // clang-format on
    };
}

std::vector<JobKind> import_jobs() {
    return {
        {"import_check", "Look at every row of a table.", write_entries, [](JobRun& run) { return work(run, true); }},
        {"import_run", "Write a table into the library.", write_entries, [](JobRun& run) { return work(run, false); }},
        {"import_undo", "Take an import back.", write_entries, undo},
    };
}

} // namespace greenbank::library
