// The Groonga database in a directory: its tables and columns, its lock, and whether it can be trusted.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <groonga.h>

#include "kernel/result.h"
#include "search/groonga_frequent.h"
#include "search/groonga_rows.h"

namespace greenbank::search {

/// Turns the context's last failure into an error.
Result<Done> engine_done(grn_ctx* context, std::string_view doing);

/// A value on its way in or out of Groonga.
class Value {
public:
    enum class Kind { text, records };
    Value(grn_ctx* context, Kind kind, grn_id domain = GRN_DB_TEXT);
    ~Value() { grn_obj_unlink(context_, &object_); }
    Value(const Value&) = delete;
    Value& operator=(const Value&) = delete;

    grn_obj* get() { return &object_; }
    void assign(std::string_view bytes);
    void append(grn_id record);
    std::string_view bytes() const;

private:
    grn_ctx* context_;
    grn_obj object_;
};

/// Between the values of a set, and between the parts of "stored" and of "folded".
inline constexpr char value_separator = '\x1f';
/// What keys of phrases begin with: suggestions look at all keywords before any title.
inline constexpr char keyword_key = 'k', title_key = 't';

struct Tables {
    grn_obj* documents; // key: id
    grn_obj* units;     // words, pairs of ideographs, "~" and stems
    grn_obj* phrases;   // keywords and titles, folded
    grn_obj* sounds;    // sound keys of phrases
    grn_obj* visibilities;
    std::vector<grn_obj*> facet_sets;
    // columns of documents
    grn_obj* stored; // kind, titles, summaries, separated
    grn_obj* folded; // the sections, separated: to look for literals, and to know what was indexed when it changes
    grn_obj* document_phrases;
    // other columns
    grn_obj* phrase_text;
    grn_obj* unit_occurrences; // by section, the units in order, then the stems in order; has no source column
    grn_obj* phrase_documents; // index of document_phrases
};

class Database {
public:
    /// Opens or makes it; see `open_groonga_index`.
    static Result<std::unique_ptr<Database>> open(const std::string& directory, std::size_t facets, std::string version);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const Tables& tables() const { return tables_; }
    Rows& rows() { return rows_; }
    FrequentUnits& frequent() { return frequent_; }
    /// Throws everything away and starts empty, if it is not. Nobody else may use the database meanwhile.
    Result<Done> recreate();

    /// Gives back the memory that writing many documents took. Nobody else may use the database meanwhile.
    Result<Done> settle();

    /// While one lives, a stop of the program means that the index cannot be trusted; nor is it, until it is made anew, after
    /// one that did not come to `done` (a full disk, say): what was half written is found by nobody.
    class Writing {
    public:
        explicit Writing(Database& database) : database_(database) {
            database_.fresh_ = false;
            database_.write_state("writing");
        }
        ~Writing() {
            if (!done_) database_.spoiled_ = true;
            if (!database_.spoiled_) database_.write_state("open");
        }
        Result<Done> done() {
            done_ = true;
            return Done{};
        }
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;

    private:
        Database& database_;
        bool done_ = false;
    };

    /// A context for one thread at a time, taken from a pool.
    class Context {
    public:
        explicit Context(Database& database);
        ~Context();
        Context(const Context&) = delete;
        Context& operator=(const Context&) = delete;
        operator grn_ctx*() const { return context_; }

    private:
        Database& database_;
        grn_ctx* context_;
    };

private:
    Database(std::string directory, std::size_t facets, std::string version);
    Result<Done> lock();
    bool trusted() const;
    bool open_existing();
    Result<Done> create();
    void close();
    void remove_files() const;
    void write_state(std::string_view state, bool durable = false) const;
    bool find_tables();

    std::string directory_, version_;
    std::size_t facets_;
    int lock_ = -1;
    grn_ctx* owner_ = nullptr; // opens and closes the database
    grn_obj* database_ = nullptr;
    Tables tables_ = {};
    Rows rows_;
    FrequentUnits frequent_;
    bool fresh_ = false;   // nothing was written since it was made
    bool spoiled_ = false; // a write has failed since
    std::mutex pool_mutex_;
    std::vector<grn_ctx*> pool_;
};

} // namespace greenbank::search
