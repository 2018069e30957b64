// import_job.cpp — one pass over a table: every row read, checked, compared, and written or given back.
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "api/words.h"
#include "kernel/country.h"
#include "library/imports/import_faulty.h"
#include "library/versions.h"
#include "search/folding.h"
#include "sheets/sheets.h"
#include "json/json.h"

namespace greenbank::library {

namespace {

constexpr std::size_t rows_at_once = 500; // of one transaction
constexpr std::size_t rows_told = 16;     // between two words on how far it is, which the runner passes on every 300 ms

/// "ZL201910123456.7 (2021)": number, country and year of a patent.
std::optional<Evidence> patent_of(std::string_view text, Problems& problems) {
    Evidence evidence{.kind = EvidenceKind::patent, .title = {}, .number = std::string(trim(text)), .year = 0, .country = {}};
    const std::string key = patent_key(text);
    const std::string digits = key.size() > 2 ? key.substr(2) : "";
    if (const std::size_t open = text.find_last_of("(（"); open != std::string_view::npos) {
        const std::size_t digit = text.find_first_of("0123456789", open);
        if (digit != std::string_view::npos) std::from_chars(text.data() + digit, text.data() + std::min(text.size(), digit + 4), evidence.year);
        evidence.number = std::string(trim(text.substr(0, text.find_first_of("(（"))));
        while (!evidence.number->empty() && static_cast<unsigned char>(evidence.number->back()) >= 0x80) evidence.number->pop_back();
    } else if (key.starts_with("CN") && digits.size() >= 12) {
        std::from_chars(digits.data(), digits.data() + 4, evidence.year); // the application's year leads the number (since 2003)
    }
    evidence.country = key.substr(0, std::min<std::size_t>(2, key.size()));
    if (key.empty() || !is_country(evidence.country) || evidence.year < 1950 || evidence.year > 2100) {
        problems.push_back(
            {std::string(patents_path), "import.patent", "Write patents as number and year, such as CN112345678B (2021), parted by semicolons."});
        return {};
    }
    evidence.title.zh = "专利 " + *evidence.number;
    evidence.title.en = "Patent " + *evidence.number;
    evidence.title.ru = "Патент " + *evidence.number;
    return evidence;
}

class Pass {
public:
    Pass(JobRun& run, Import& done, bool dry, Language language) :
        run_(run),
        import_(done),
        kind_(import_kind(done.kind)),
        dry_(dry),
        resumed_(!run.last_checkpoint().empty()),
        language_(language),
        codes_(library_codes()),
        faulty_(import_, stamp_, language_) {
        // What a row must hold; any part of a field that has parts will do.
        for (const TablePlace& place : import_places(done.kind, false)) {
            std::string field = place.path.substr(0, place.path.size() - (place.part.empty() ? 0 : place.part.size() + 1));
            if (place.needed && std::find(needed_.begin(), needed_.end(), field) == needed_.end()) needed_.push_back(std::move(field));
        }
        stamp_ = {.organisation = done.organisation, .publish = done.publish, .for_others = false, .now = run.caller().now};
    }

    Result<Done> go() {
        ScratchFile table_file("table-" + import_.id.text);
        TRY(tell(0, "import.opening", "The file is being opened"));
        TRY(spool_file(run_.store(), import_.file, table_file.path));
        const auto table = TRY(sheets::open_table(
            table_file.path, {.sheet = import_.sheet, .header_row = static_cast<std::uint32_t>(import_.header_row), .strip_apostrophe = true}));
        for (const ImportColumn& column : import_.columns) stamp_.for_others = stamp_.for_others || column.path == kind_.owner_path();
        total_ = static_cast<std::int64_t>(std::max<std::uint64_t>(table->progress().total, 1));
        TRY(know_owners());
        TRY(know_entries());
        if (!dry_) TRY(run_.checkpoint("{}"));
        import_.counts = {};
        import_.problems.clear();
        import_.alike.clear();
        while (const sheets::Row* row = TRY(table->next())) {
            TRY(take(*row));
            if (batch_.size() >= rows_at_once) TRY(write_batch());
            if (import_.counts.rows % rows_told == 0)
                TRY(tell(static_cast<std::int64_t>(table->progress().done), "import.progress", "{rows} rows read, {faulty} with faults",
                    {{"rows", std::to_string(import_.counts.rows)}, {"faulty", std::to_string(import_.counts.faulty)}}));
        }
        TRY(write_batch());
        if (import_.counts.faulty > 0)
            TRY(tell(total_ - 1, "import.keeping", "{faulty} rows with faults go into a file", {{"faulty", std::to_string(import_.counts.faulty)}}));
        return faulty_.keep(run_);
    }

private:
    struct Prepared {
        std::int64_t row;
        std::shared_ptr<void> value;
        std::optional<std::string> merge_into;
    };

    Result<Done> tell(std::int64_t done, std::string_view code, std::string_view message, std::vector<Parameter> parameters = {}) {
        if (run_.report(done, total_, sentence(code, message, parameters, language_))) return Done{};
        return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }

    /// Names, codes and ids of organisations, where a column says whose an entry is.
    Result<Done> know_owners() {
        if (!stamp_.for_others) return Done{};
        return import_kind(ImportKind::organisation).for_all(run_.store(), [&](const void* value) -> Result<Done> {
            const auto& organisation = *static_cast<const Organisation*>(value);
            owners_.emplace(search::fold(organisation.id.text), organisation.id.text);
            if (organisation.credit_code) owners_.emplace(search::fold(*organisation.credit_code), organisation.id.text);
            for (const Language language : {Language::zh, Language::en, Language::ru})
                if (!organisation.name.in(language).empty()) owners_.emplace(search::fold(organisation.name.in(language)), organisation.id.text);
            return Done{};
        });
    }

    /// What is there already; not what this very import wrote before its server died.
    Result<Done> know_entries() {
        const std::string own = id_of_row(0).substr(0, id_of_row(0).size() - 1);
        return kind_.for_all(run_.store(), [&](const void* value) -> Result<Done> {
            if (kind_.id(value).starts_with(own)) return Done{};
            known_.push_back({kind_.id(value), 0, kind_.title(value).best(language_)});
            index_.add(known_.size() - 1, kind_.likely_stored(value, import_.organisation));
            if (known_.size() % rows_told != 0) return Done{};
            return tell(0, "import.comparing", "{entries} entries of the library read, to know what is there", {{"entries", std::to_string(known_.size())}});
        });
    }

    std::string id_of_row(std::int64_t row) const {
        const std::string_view prefix = kind_.record().find("id")->type->name;
        return fmt::format("{}_{}_{}", prefix, import_.id.text.substr(Import::id_prefix.size() + 1), row);
    }

    Result<Done> take(const sheets::Row& row) {
        ++import_.counts.rows;
        std::map<std::string, std::string, std::less<>> cells;
        for (std::size_t i = 0; i < import_.columns.size() && i < row.cells.size(); ++i)
            if (import_.columns[i].path && row.cells[i].kind != sheets::CellKind::error) cells[*import_.columns[i].path] = row.cells[i].text;
        Problems problems = row.problems;
        Prepared prepared{row.number, kind_.make(), {}};
        const std::optional<std::string> owner = take_owner(cells, problems);
        const std::string patents = take_cell(cells, patents_path);
        read_table_row(kind_.record(), prepared.value.get(), cells, codes_, problems);
        if (!patents.empty()) {
            auto& technology = *static_cast<Technology*>(prepared.value.get());
            for (const std::string_view each : split(patents, ';'))
                if (!trim(each).empty())
                    if (auto evidence = patent_of(each, problems)) technology.evidence.push_back(std::move(*evidence));
        }
        for (const std::string& field : needed_)
            if (!is_filled(cells, field)) problems.push_back({field, "field.missing", "This field is needed."});
        add_validation(prepared.value.get(), cells, problems);
        if (!problems.empty()) return faulty_.add(row, problems);
        ++import_.counts.good;
        kind_.stamp(prepared.value.get(), id_of_row(row.number), stamp_, owner);
        return compare(std::move(prepared));
    }

    static std::string take_cell(std::map<std::string, std::string, std::less<>>& cells, std::string_view path) {
        const auto found = cells.find(path);
        if (found == cells.end()) return {};
        std::string text = std::move(found->second);
        cells.erase(found);
        for (std::size_t at = text.find("；"); at != std::string::npos; at = text.find("；")) text.replace(at, std::string_view("；").size(), ";");
        return text;
    }

    std::optional<std::string> take_owner(std::map<std::string, std::string, std::less<>>& cells, Problems& problems) {
        if (!stamp_.for_others) return {};
        const std::string name = take_cell(cells, kind_.owner_path());
        if (trim(name).empty()) return {};
        const auto found = owners_.find(search::fold(trim(name)));
        if (found != owners_.end()) return found->second;
        problems.push_back({std::string(kind_.owner_path()), "import.owner",
            "No organisation is called {name}; enter it first, or write its name as it stands in the bank.", {{"name", name.substr(0, 80)}}});
        return {};
    }

    static bool is_filled(const std::map<std::string, std::string, std::less<>>& cells, const std::string& field) {
        for (auto at = cells.lower_bound(field); at != cells.end() && at->first.starts_with(field); ++at)
            if ((at->first.size() == field.size() || at->first[field.size()] == '.') && !trim(at->second).empty()) return true;
        return false;
    }

    void add_validation(const void* value, const std::map<std::string, std::string, std::less<>>& cells, Problems& problems) const {
        Problems found;
        validate(kind_.record(), value, found);
        for (Problem& problem : found) problem.field = place_of_problem(problem.field, cells);
        add_unsaid(problems, std::move(found));
    }

    Result<Done> compare(Prepared prepared) {
        const Likely likely = kind_.likely(prepared.value.get());
        const std::vector<Alike> alike = index_.find(likely);
        const Text& title = kind_.title(prepared.value.get());
        known_.push_back({"", prepared.row, title.best(language_)});
        index_.add(known_.size() - 1, likely);
        if (!alike.empty()) {
            ++import_.counts.alike;
            const Known& other = known_[alike[0].entry];
            if (import_.alike.size() < import_told_max)
                import_.alike.push_back({prepared.row, title.best(language_), other.id.empty() ? std::nullopt : std::optional(other.id),
                    other.id.empty() ? std::optional(other.row) : std::nullopt, static_cast<ImportLikeness>(alike[0].likeness), alike[0].similarity});
            // Named by other words is a hint for people, no ground to leave a row out.
            const bool sure = alike[0].likeness != Likeness::same_concepts;
            if (sure && import_.duplicates == DuplicateRule::skip) return ++import_.counts.skipped, Done{};
            if (sure && import_.duplicates == DuplicateRule::merge) {
                if (other.id.empty()) return ++import_.counts.skipped, Done{}; // its twin stands higher in the same table
                prepared.merge_into = other.id;
            }
        }
        batch_.push_back(std::move(prepared));
        return Done{};
    }

    // ---- writing ------------------------------------------------------------------------------------------------

    Result<Done> write_batch() {
        std::int64_t created = 0, merged = 0;
        if (dry_) {
            for (const Prepared& prepared : batch_) ++(prepared.merge_into ? merged : created);
        } else if (!batch_.empty()) {
            TRY(run_.store().write([&](Transaction& transaction) -> Result<Done> {
                created = merged = 0;
                transaction.capture_changes = false;
                std::vector<const void*> fresh;
                stamp_.now = run_.now();
                for (const Prepared& prepared : batch_) {
                    kind_.date(prepared.value.get(), stamp_.now);
                    if (prepared.merge_into) {
                        TRY(merge(transaction, prepared));
                        ++merged;
                        continue;
                    }
                    ++created;
                    const std::string& id = kind_.id(prepared.value.get());
                    if (resumed_ && !TRY(transaction.query("SELECT entry FROM import_change WHERE import = $1 AND entry = $2", {import_.id.text, id})).empty())
                        continue;
                    fresh.push_back(prepared.value.get());
                    TRY(note(transaction, id, prepared.row, kind_.version(prepared.value.get()), ""));
                }
                return transaction.insert_many(kind_.record(), fresh);
            }));
        }
        import_.counts.created += created;
        import_.counts.merged += merged;
        batch_.clear();
        return Done{};
    }

    Result<Done> note(Transaction& transaction, const std::string& entry, std::int64_t row, std::int64_t version, const std::string& before) const {
        TRY(transaction.execute("INSERT INTO import_change (import, entry, row_number, version, before) VALUES ($1, $2, $3, $4, $5)",
            {import_.id.text, entry, row, version, before}));
        return Done{};
    }

    /// Fills what the stored entry lacks from the row; what is there stays.
    Result<Done> merge(Transaction& transaction, const Prepared& prepared) const {
        if (!TRY(transaction.query("SELECT entry FROM import_change WHERE import = $1 AND entry = $2", {import_.id.text, *prepared.merge_into})).empty())
            return Done{};
        const Record& record = kind_.record();
        const auto stored = kind_.make(), before = kind_.make();
        const Rows rows = TRY(transaction.query(fmt::format("SELECT * FROM {} WHERE id = $1", record.name), {*prepared.merge_into}));
        if (rows.empty()) return Done{}; // deleted a moment ago
        TRY(from_row(record, stored.get(), rows.columns, rows.rows[0]));
        if (const Field* peer = record.find("peer"); peer && peer->get(stored.get())) return Done{}; // changed at its home only
        std::string json;
        write_json(json, record, stored.get(), {.secrets = true});
        if (kind_.has_state()) TRY(keep_found(transaction, run_.caller(), face_of(record, stored.get())));
        fill_gaps(record, stored.get(), prepared.value.get());
        *static_cast<Time*>(record.find("updated_at")->make(stored.get())) = stamp_.now;
        TRY(transaction.update_record(record, stored.get(), before.get()));
        if (kind_.has_state()) TRY(keep_version(transaction, run_.caller(), face_of(record, stored.get()), "import"));
        return note(transaction, *prepared.merge_into, prepared.row, kind_.version(stored.get()), json);
    }

    static bool is_gap(const Field& field, const void* held) {
        if (!held) return true;
        switch (field.type->kind) {
        case Kind::text: return static_cast<const std::string*>(held)->empty();
        case Kind::list: return field.type->size(held) == 0;
        case Kind::localized: return static_cast<const Text*>(held)->empty();
        default: return false;
        }
    }

    static void fill_gaps(const Record& record, void* into, const void* from) {
        for (const Field& field : record.fields) {
            if (field.traits.read_only) continue;
            const void* given = field.get(from);
            if (is_gap(field, given)) continue;
            const void* there = field.get(into);
            if (field.type->kind == Kind::localized && there) {
                Text& text = *static_cast<Text*>(field.make(into));
                for (const Language language : {Language::zh, Language::en, Language::ru})
                    if (text.in(language).empty()) text.in(language) = static_cast<const Text*>(given)->in(language);
            } else if (is_gap(field, there)) {
                std::string json;
                write_json_value(json, *field.type, given);
                (void)read_json_value(json, *field.type, field.make(into), {.accept_read_only = true});
            }
        }
    }

    struct Known {
        std::string id; // empty: a row of this table
        std::int64_t row;
        std::string title;
    };

    JobRun& run_;
    Import& import_;
    const ImportKindRow& kind_;
    bool dry_, resumed_;
    std::int64_t total_ = 1; // bytes of the table
    Language language_;
    CodeOf codes_;
    ImportStamp stamp_;
    std::vector<std::string> needed_;
    std::unordered_map<std::string, std::string> owners_;
    DuplicateIndex index_;
    std::vector<Known> known_;
    std::vector<Prepared> batch_;
    FaultyRows faulty_;
};

} // namespace

Result<Import> run_import(JobRun& run, Import asked, bool dry, Language language) {
    asked.faulty_file.reset();
    TRY(Pass(run, asked, dry, language).go());
    return asked;
}

} // namespace greenbank::library
