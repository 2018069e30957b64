// Putting prepared documents into the Groonga database and taking them out. One writer at a time.
#pragma once

#include <span>

#include "search/groonga_database.h"
#include "search/groonga_search.h"
#include "search/prepared.h"

namespace greenbank::search {

/// Learns what is in the tables, after opening.
Result<Knowledge> learn(grn_ctx* context, const Tables& tables, const Rows& rows, std::vector<std::string> facet_names);

/// What is costly to make and needs no lock: the keys of a document's units, of its phrases' sounds, of its titles.
struct Writable {
    Prepared prepared;
    std::array<std::vector<std::string>, 3> unit_keys; // by Section
    std::vector<std::string> sound_keys;               // by phrase
    std::array<std::uint64_t, 3> title_keys;
};
Writable writable(Prepared prepared);

class Writer {
public:
    Writer(grn_ctx* context, Database& database, Knowledge& knowledge) :
        context_(context), tables_(database.tables()), rows_(database.rows()), frequent_(database.frequent()), knowledge_(knowledge) {}

    Result<Done> put(const Writable& document);
    Result<Done> erase(const std::string& id);
    /// Units that stand in very many documents by now, with their bytes, to be kept.
    Result<std::vector<std::pair<grn_id, std::unique_ptr<FrequentUnit>>>> newly_frequent() const;

private:
    grn_id unit(const std::string& key);
    Result<Done> index_section(grn_id document, std::size_t section, const std::vector<std::string>& old_keys, const std::vector<std::string>& new_keys);
    std::vector<std::string> old_sections(grn_id document);
    Result<grn_id> facet_set(std::size_t place, const std::vector<std::string>& values);
    Result<Done> put_phrases(grn_id document, const Writable& writable);
    void set_text(grn_obj* column, grn_id document, std::string_view text);

    grn_ctx* context_;
    const Tables& tables_;
    Rows& rows_;
    FrequentUnits& frequent_;
    Knowledge& knowledge_;
    std::unordered_map<std::string, grn_id> units_; // met so far
};

} // namespace greenbank::search
