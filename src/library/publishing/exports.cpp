// exports.cpp — records to rows of files.
#include "library/publishing/exports.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "api/kept_files.h"
#include "api/words.h"
#include "library/assessment/experts.h"
#include "library/entries.h"
#include "library/finding/finding.h"
#include "library/imports/import_kinds.h"
#include "library/policies/policies.h"
#include "sheets/sheets.h"

namespace greenbank::library {

namespace {

std::string new_path(const Caller& caller, std::string_view ending) {
    return (std::filesystem::temp_directory_path() / fmt::format("greenbank-export-{:016x}.{}", caller.random.next(), ending)).string();
}

std::string file_name(const Record& record, const Caller& caller, std::string_view ending) {
    return fmt::format("{}-{}.{}", word(fmt::format("record.{}", record.name), caller.language), to_text(date_of(caller.now)), ending);
}

class TableFile final : public ExportFile {
public:
    TableFile(const Record& record, sheets::Format format, const Caller& caller, std::string path, std::unique_ptr<sheets::TableWriter> table) :
        record_(record), format_(format), caller_(caller), path_(std::move(path)), table_(std::move(table)) {
        for (TablePlace& place : table_places(record)) {
            if (place.item > 0) continue; // a list stands in one cell
            const Kind kind = place.field->type->kind;
            const bool in_parts = kind == Kind::money || kind == Kind::quantity;
            if (place.part.empty() ? !in_parts : in_parts || kind == Kind::localized) places_.push_back(std::move(place));
        }
    }

    Result<Done> begin() {
        std::vector<sheets::Column> columns;
        for (const std::string_view name : fixed)
            if (is_fixed(record_.find(name))) columns.push_back({.title = word(fmt::format("field.{}.{}", record_.name, name), caller_.language)});
        if (provenance_)
            for (const Field& field : provenance_->type->record().fields)
                if (told(field)) columns.push_back({.title = word(fmt::format("field.provenance.{}", field.name), caller_.language)});
        for (const TablePlace& place : places_) columns.push_back({.title = place_label(place, caller_.language), .note = std::string(place.field->doc)});
        return table_->sheet(word(fmt::format("record.{}", record_.name), caller_.language), columns);
    }

    Result<Done> row(const void* value) override {
        cells_.clear();
        for (const std::string_view name : fixed) {
            const Field* field = record_.find(name);
            if (!is_fixed(field)) continue;
            const void* held = field->get(value);
            if (!held) cells_.empty();
            else if (field->type->kind == Kind::time) cells_.date_time(*static_cast<const Time*>(held));
            else if (field->type->kind == Kind::id) cells_.text(static_cast<const AnyId*>(held)->text);
            else if (field->type->kind == Kind::choice) cells_.text(word_of(*field->type, held));
            else cells_.text(*static_cast<const std::string*>(held));
        }
        if (provenance_) add_provenance(provenance_->get(value));
        for (const TablePlace& place : places_) add(place, value);
        return table_->row(cells_);
    }

    Result<Response> finish() override {
        TRY(table_->finish());
        const bool xlsx = format_ == sheets::Format::xlsx;
        return file_response(path_, file_name(record_, caller_, xlsx ? "xlsx" : "csv"),
            xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8");
    }

private:
    static constexpr std::string_view fixed[] = {"id", "holder", "owner", "provider", "state", "updated_at"};

    /// Of where an entry came from: its bank, its name and version there, and when.
    static bool told(const Field& field) { return field.name != "peer" && field.name != "country" && field.type->kind != Kind::boolean; }

    void add_provenance(const void* provenance) {
        for (const Field& field : provenance_->type->record().fields) {
            if (!told(field)) continue;
            const void* held = provenance ? field.get(provenance) : nullptr;
            if (!held) cells_.empty();
            else if (field.type->kind == Kind::time) cells_.date_time(*static_cast<const Time*>(held));
            else if (field.type->kind == Kind::integer) cells_.decimal(std::to_string(*static_cast<const std::int64_t*>(held)));
            else if (field.type->kind == Kind::localized) cells_.text(static_cast<const Text*>(held)->best(caller_.language));
            else cells_.text(*static_cast<const std::string*>(held));
        }
    }

    /// What the bank sets itself; a place that people fill has its own column.
    static bool is_fixed(const Field* field) { return field && field->traits.read_only; }

    std::string word_of(const Type& type, const void* held) const {
        const std::string_view code = type.choices[static_cast<std::size_t>(type.choice(held))];
        return word(fmt::format("choice.{}.{}", type.name, code), caller_.language);
    }

    void add(const TablePlace& place, const void* value) {
        const std::string text = table_cell(place, record_, value);
        const Kind kind = place.field->type->kind;
        const bool number = kind == Kind::integer || kind == Kind::real || place.part == "amount" || place.part == "value";
        if (text.empty()) cells_.empty();
        else if (number) cells_.decimal(text);
        else if (kind == Kind::choice) cells_.text(word(fmt::format("choice.{}.{}", place.field->type->name, text), caller_.language));
        else cells_.text(std::string_view(text).substr(0, 32'000));
    }

    const Record& record_;
    sheets::Format format_;
    const Caller& caller_;
    std::string path_;
    std::unique_ptr<sheets::TableWriter> table_;
    std::vector<TablePlace> places_;
    const Field* provenance_ = record_.find("provenance");
    sheets::CellRow cells_;
};

class JsonFile final : public ExportFile {
public:
    JsonFile(const Record& record, const Caller& caller, std::string path) :
        record_(record), caller_(caller), path_(std::move(path)), out_(path_, std::ios::binary) {
        out_ << '[';
    }
    Result<Done> row(const void* value) override {
        std::string json = first_ ? "\n" : ",\n";
        first_ = false;
        write_json(json, record_, value);
        out_ << json;
        return Done{};
    }
    Result<Response> finish() override {
        out_ << "\n]\n";
        out_.close();
        if (!out_) return Error{Failure::storage_full, "file.unwritable", "The file {path} cannot be written.", {{"path", path_}}};
        return file_response(path_, file_name(record_, caller_, "json"), "application/json");
    }

private:
    const Record& record_;
    const Caller& caller_;
    std::string path_;
    std::ofstream out_;
    bool first_ = true;
};

template <class T> Result<Response> entry_export(Store& store, const Caller& caller, const ExportOf<T>& asked) {
    return export_list<T>(store, caller, asked, entry_list<T>);
}

Result<Response> organisation_export(Store& store, const Caller& caller, const ExportOf<Organisation>& asked) {
    return export_list<Organisation>(store, caller, asked,
        [](Transaction& transaction, const Caller& who, const ListOf<Organisation>& list) { return list_page<Organisation>(transaction, who, list); });
}

Result<Response> policy_export(Store& store, const Caller& caller, const ExportOf<Policy>& asked) {
    return export_list<Policy>(store, caller, asked, policies_seen);
}
Result<Response> expert_export(Store& store, const Caller& caller, const ExportOf<Expert>& asked) {
    return export_list<Expert>(store, caller, asked, experts_seen);
}

} // namespace

Result<ExportFormat> take_format(Request& request) {
    ExportFormat format = ExportFormat::xlsx;
    Problems problems;
    std::erase_if(request.query, [&](const auto& pair) {
        if (pair.first != "format") return false;
        if (const auto known = parse_choice<ExportFormat>(pair.second)) format = *known;
        else problems.push_back({"format", "choice.unknown", "This must be one of {choices}.", {{"choices", "xlsx, csv, json"}}});
        return true;
    });
    if (!problems.empty()) return invalid(std::move(problems));
    return format;
}

Result<std::unique_ptr<ExportFile>> make_export(const Record& record, ExportFormat format, const Caller& caller) {
    if (format == ExportFormat::json) return std::unique_ptr<ExportFile>(std::make_unique<JsonFile>(record, caller, new_path(caller, "json")));
    const sheets::Format kind = format == ExportFormat::xlsx ? sheets::Format::xlsx : sheets::Format::csv;
    const std::string path = new_path(caller, name_of(format));
    auto table = TRY(sheets::make_table(path, kind, {.created = caller.now}));
    auto file = std::make_unique<TableFile>(record, kind, caller, path, std::move(table));
    TRY(file->begin());
    return std::unique_ptr<ExportFile>(std::move(file));
}

std::vector<Endpoint> export_endpoints(search::Index& index) {
    return {
        // clang-format off
        {"technology_export", Method::get, "/technologies/export", "A list of technologies as a file.", Mode::compute, open_to_all, call(entry_export<Technology>)},
        {"need_export", Method::get, "/needs/export", "A list of needs as a file.", Mode::compute, open_to_all, call(entry_export<Need>)},
        {"capital_offer_export", Method::get, "/capital-offers/export", "A list of capital offers as a file.", Mode::compute, open_to_all, call(entry_export<CapitalOffer>)},
        {"organisation_export", Method::get, "/organisations/export", "A list of organisations as a file.", Mode::compute, open_to_all, call(organisation_export)},
        {"policy_export", Method::get, "/policies/export", "A list of policies as a file.", Mode::compute, open_to_all, call(policy_export)},
        {"expert_export", Method::get, "/experts/export", "A list of experts as a file, without what is private.", Mode::compute, open_to_all, call(expert_export)},
        {"search_export", Method::get, "/search/export", "What a search found, as a file; at most 10,000 rows.", Mode::compute, open_to_all,
         call(index, search_export)},
        // clang-format on
    };
}

} // namespace greenbank::library
