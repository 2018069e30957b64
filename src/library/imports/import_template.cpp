// import_template.cpp — where columns may go, as a list for machines and as an empty table to be filled in.
#include <filesystem>

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/entries.h"
#include "library/imports/import_kinds.h"
#include "sheets/sheets.h"

namespace greenbank::library {

namespace {

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

Result<Page<PlaceRow>> import_place_list(Transaction&, const Caller& caller, const PlaceRequest& request) {
    Page<PlaceRow> page;
    for (const TablePlace& place : import_places(request.kind, caller.actor.may(manage_library)))
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
    for (TablePlace& place : import_places(request.kind, caller.actor.may(manage_library))) {
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

} // namespace

std::vector<Endpoint> import_place_endpoints() {
    return {
        // clang-format off
        {"import_place_list", Method::get, "/import-places", "Where columns of an import may go.", Mode::read, write_entries, call(import_place_list)},
        {"import_template", Method::get, "/import-template", "An empty table with the right headings.", Mode::compute, write_entries, as_file("application/octet-stream", call(import_template))},
        // clang-format on
    };
}

} // namespace greenbank::library
