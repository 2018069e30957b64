// Units that stand in very many documents: besides Groonga's lists, one byte a document says how often. A list of half a
// million is read ten times faster so, and whether one document has the unit costs one look.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <groonga.h>

#include "search/mapped_rows.h"

namespace greenbank::search {

/// One unit's occurrences by number of document, weighted by section, in a file.
class FrequentUnit {
public:
    FrequentUnit() : bytes_(1) {}

    Result<Done> open(const std::string& path) { return bytes_.open(path); }
    bool flush() const { return bytes_.flush(); }

    std::size_t documents() const { return count(); }
    std::uint8_t of(grn_id document) const { return document + header < bytes_.size() ? at(document) : 0; }
    /// False where the number would not fit: the unit is then frequent no more.
    Result<bool> add(grn_id document, int occurrences);

    template <class Visit> void each(grn_id last_document, Visit visit) const {
        if (bytes_.size() <= header) return;
        const grn_id end = static_cast<grn_id>(std::min<std::size_t>(last_document + std::size_t{1}, bytes_.size() - header));
        for (grn_id document = 1; document < end; ++document)
            if (const std::uint8_t occurrences = at(document); occurrences != 0) visit(document, occurrences);
    }

private:
    static constexpr std::size_t header = sizeof(std::uint64_t); // the number of documents

    std::uint64_t& count() const { return *reinterpret_cast<std::uint64_t*>(bytes_.at(0)); }
    std::uint8_t& at(grn_id document) const { return *reinterpret_cast<std::uint8_t*>(bytes_.at(document + header)); }

    MappedRows bytes_;
};

class FrequentUnits {
public:
    /// Of the files that are there, or of none.
    Result<Done> open(const std::string& path_beginning);
    void close() { units_.clear(); }
    bool flush() const;

    const FrequentUnit* of(grn_id unit) const {
        const auto found = units_.find(unit);
        return found == units_.end() ? nullptr : found->second.get();
    }
    std::size_t size() const { return units_.size(); }

    /// A file for one more unit, to be filled and then published by `keep`: nobody may read meanwhile.
    Result<std::unique_ptr<FrequentUnit>> make(grn_id unit) const;
    void keep(grn_id unit, std::unique_ptr<FrequentUnit> made) { units_[unit] = std::move(made); }
    /// The unit is frequent no more. Nobody may read meanwhile, if it was.
    Result<Done> remove(grn_id unit);
    /// Nobody may read meanwhile.
    Result<Done> add(grn_id unit, grn_id document, int occurrences);

private:
    std::string path(grn_id unit) const { return path_beginning_ + std::to_string(unit); }

    std::string path_beginning_;
    std::unordered_map<grn_id, std::unique_ptr<FrequentUnit>> units_;
};

} // namespace greenbank::search
