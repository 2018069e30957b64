// imports.cpp — the operations around an import: reading the headings, mapping, checking, running, undoing.
#include "library/imports/imports.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/entries.h"
#include "library/imports/import_kinds.h"
#include "parties/acting.h"
#include "search/folding.h"
#include "sheets/sheets.h"

namespace greenbank::library {

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

bool staff(const Caller& caller) { return caller.actor.may(manage_library); }

Result<Import> own_import(Transaction& transaction, const Caller& caller, const Id<Import>& id) {
    Import found = TRY(transaction.get(id));
    if (found.organisation != caller.actor.organisation && !staff(caller)) return not_found(record_of<Import>(), id.text);
    return found;
}

Result<Done> allow_kind(const Caller& caller, ImportKind kind, bool publish) {
    TRY(allow(caller, import_kind(kind).right()));
    TRY(parties::acting_organisation(caller));
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
    started.job = TRY(start_job(transaction, caller, job, to_json(ImportJobRequest{key.id, std::string(to_text(caller.language))}))).id;
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

} // namespace

std::vector<Endpoint> import_endpoints() {
    return {
        // clang-format off
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

} // namespace greenbank::library
