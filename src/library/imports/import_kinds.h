// import_kinds.h — what differs between the records that can be imported; one row a kind.
#pragma once

#include <memory>

#include "api/table_rows.h"
#include "library/engine/column_guess.h"
#include "library/engine/duplicates.h"
#include "library/imports/imports.h"

namespace greenbank::library {

/// Whose entries an import makes, and when.
struct ImportStamp {
    std::string organisation;
    bool publish = false;
    bool for_others = false; // staff of the bank may name the owner in a column
    Time now;
};

class ImportKindRow {
public:
    virtual ~ImportKindRow() = default;

    virtual const Record& record() const = 0;
    virtual Right right() const = 0;
    virtual bool has_state() const = 0;              // drafts that can be published
    virtual std::string_view owner_path() const = 0; // "holder"; empty: nobody owns these
    virtual std::shared_ptr<void> make() const = 0;
    /// Sets what the bank sets itself.
    virtual void stamp(void* value, const std::string& id, const ImportStamp& stamp, const std::optional<std::string>& owner) const = 0;
    /// When it is written, which may be long after the import began.
    virtual void date(void* value, Time now) const = 0;
    virtual Likely likely(const void* value) const = 0;
    /// The same of what is stored, without what its owner hides from that organisation.
    virtual Likely likely_stored(const void* value, const std::string& organisation) const = 0;
    virtual const Text& title(const void* value) const = 0;
    virtual const std::string& id(const void* value) const = 0;
    virtual std::int64_t version(const void* value) const = 0;
    /// Calls `each` with every record of the kind that an import may be alike to.
    virtual Result<Done> for_all(Store& store, const std::function<Result<Done>(const void*)>& each) const = 0;
};

const ImportKindRow& import_kind(ImportKind kind);

/// Where columns of that kind may go: the record's own places, its owner for staff of the bank, patents of a technology.
std::vector<TablePlace> import_places(ImportKind kind, bool for_others);
/// The same as targets for guess_columns(), with what people call them in three languages.
std::vector<ColumnTarget> import_targets(ImportKind kind, bool for_others);
/// What a column is called in an export or a template: "技术名称（中文）".
std::string place_label(const TablePlace& place, Language language);

inline constexpr std::string_view patents_path = "patents";

/// Codes for names: countries, classes, traits in any language.
CodeOf library_codes();

} // namespace greenbank::library
