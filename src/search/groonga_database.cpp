// groonga_database.cpp — making, opening and distrusting the files; the schema in one place.
#include "search/groonga_database.h"

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <malloc.h>
#include <sys/file.h>
#include <unistd.h>

#include "kernel/log.h"

namespace greenbank::search {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view schema_version = "3";

void log_engine(grn_ctx*, grn_log_level level, const char*, const char*, const char* message, const char*, void*) {
    if (message[0] == '/') return; // a line of a back trace
    log(level <= GRN_LOG_ERROR ? Level::error : Level::warning, "search_engine", message);
}

/// Groonga's own start, once for the program.
Result<Done> start_engine() {
    static std::once_flag once;
    static grn_rc status = GRN_SUCCESS;
    static grn_logger logger = {GRN_LOG_WARNING, GRN_LOG_MESSAGE, nullptr, log_engine, nullptr, nullptr};
    std::call_once(once, [] {
        grn_default_logger_set_max_level(GRN_LOG_WARNING);
        status = grn_init();
        if (status != GRN_SUCCESS) return;
        grn_logger_set(nullptr, &logger);
        std::atexit([] { grn_fin(); });
    });
    if (status == GRN_SUCCESS) return Done{};
    return Error{Failure::unavailable, "search.engine", "The search engine Groonga could not start."};
}

std::string first_line(const fs::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

/// Changes when the machine restarts: what had not reached the disk by then is lost.
std::string boot_identity() { return first_line("/proc/sys/kernel/random/boot_id"); }

std::string set_table(std::size_t facet) { return "facet_sets_" + std::to_string(facet); }

constexpr grn_table_flags hash_table = GRN_OBJ_TABLE_HASH_KEY | GRN_OBJ_PERSISTENT;
constexpr grn_table_flags sorted_table = GRN_OBJ_TABLE_PAT_KEY | GRN_OBJ_PERSISTENT;
constexpr grn_column_flags one_value = GRN_OBJ_COLUMN_SCALAR | GRN_OBJ_PERSISTENT;
constexpr grn_column_flags list = GRN_OBJ_COLUMN_VECTOR | GRN_OBJ_PERSISTENT;
constexpr grn_column_flags index = GRN_OBJ_COLUMN_INDEX | GRN_OBJ_PERSISTENT;

grn_obj* make_table(grn_ctx* context, std::string_view name, grn_table_flags flags) {
    return grn_table_create(context, name.data(), static_cast<unsigned>(name.size()), nullptr, flags, grn_ctx_at(context, GRN_DB_SHORT_TEXT), nullptr);
}

grn_obj* make_column(grn_ctx* context, grn_obj* table, std::string_view name, grn_column_flags flags, grn_obj* type) {
    if (table == nullptr || type == nullptr) return nullptr;
    return grn_column_create(context, table, name.data(), static_cast<unsigned>(name.size()), nullptr, flags, type);
}

bool index_column(grn_ctx* context, grn_obj* index_column, grn_obj* source) {
    if (index_column == nullptr || source == nullptr) return false;
    grn_obj ids;
    GRN_UINT32_INIT(&ids, GRN_OBJ_VECTOR);
    GRN_UINT32_PUT(context, &ids, grn_obj_id(context, source));
    const grn_rc status = grn_obj_set_info(context, index_column, GRN_INFO_SOURCE, &ids);
    grn_obj_unlink(context, &ids);
    return status == GRN_SUCCESS;
}

/// How a long text is kept: compressed where this Groonga can.
grn_column_flags text_flags(grn_ctx* context) {
    grn_obj has_lz4;
    GRN_BOOL_INIT(&has_lz4, 0);
    grn_obj_get_info(context, nullptr, GRN_INFO_SUPPORT_LZ4, &has_lz4);
    const bool compressed = GRN_BOOL_VALUE(&has_lz4);
    grn_obj_unlink(context, &has_lz4);
    return one_value | (compressed ? GRN_OBJ_COMPRESS_LZ4 : 0);
}

grn_obj* find(grn_ctx* context, std::string_view name) { return grn_ctx_get(context, name.data(), static_cast<int>(name.size())); }

} // namespace

Result<Done> engine_done(grn_ctx* context, std::string_view doing) {
    if (context->rc == GRN_SUCCESS) return Done{};
    const bool full = context->rc == GRN_NO_SPACE_LEFT_ON_DEVICE;
    return Error{full ? Failure::storage_full : Failure::internal, full ? "search.disk_full" : "search.engine", "The search index could not {doing}: {reason}",
        {{"doing", std::string(doing)}, {"reason", context->errbuf}}};
}

Value::Value(grn_ctx* context, Kind kind, grn_id domain) : context_(context) {
    switch (kind) {
    case Kind::text: GRN_TEXT_INIT(&object_, 0); break;
    case Kind::records: GRN_RECORD_INIT(&object_, GRN_OBJ_VECTOR, domain); break;
    }
}

void Value::assign(std::string_view bytes) {
    GRN_BULK_REWIND(&object_);
    grn_bulk_write(context_, &object_, bytes.data(), bytes.size());
}

void Value::append(grn_id record) { GRN_RECORD_PUT(context_, &object_, record); }

std::string_view Value::bytes() const { return {GRN_BULK_HEAD(&object_), static_cast<std::size_t>(GRN_BULK_VSIZE(&object_))}; }

Database::Database(std::string directory, std::size_t facets, std::string version) :
    directory_(std::move(directory)), version_(std::string(schema_version) + " " + std::move(version)), facets_(facets), rows_(facets) {}

Result<std::unique_ptr<Database>> Database::open(const std::string& directory, std::size_t facets, std::string version) {
    TRY(start_engine());
    std::unique_ptr<Database> database(new Database(directory, facets, std::move(version)));
    std::error_code problem;
    fs::create_directories(directory, problem);
    TRY(database->lock());
    database->owner_ = grn_ctx_open(0);
    if (database->owner_ == nullptr) return Error{Failure::unavailable, "search.engine", "The search engine has no memory."};
    if (!database->trusted() || !database->open_existing()) {
        TRY(database->recreate());
    } else {
        // Before anything is written the disk must have forgotten "clean": pages may reach it in any order, and the machine may stop.
        database->write_state("open", true);
    }
    return database;
}

Database::~Database() {
    const bool whole = database_ != nullptr && grn_obj_flush_recursive(owner_, database_) == GRN_SUCCESS && rows_.flush() && frequent_.flush();
    close();
    if (owner_ != nullptr) grn_ctx_close(owner_);
    if (whole && !spoiled_) write_state("clean");
    if (lock_ >= 0) ::close(lock_);
}

Result<Done> Database::lock() {
    const std::string path = directory_ + "/lock";
    lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (lock_ < 0) return Error{Failure::unavailable, "search.directory", "The search index needs a directory it may write to: {path}", {{"path", directory_}}};
    if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) return Done{};
    return Error{Failure::unavailable, "search.in_use", "Another program uses the search index in {path}.", {{"path", directory_}}};
}

/// A state that is cut short or cannot be written is no state, and the index is not trusted.
void Database::write_state(std::string_view state, bool durable) const {
    const std::string text = std::string(state) + '\n' + boot_identity() + '\n' + version_ + '\n';
    const int file = ::open((directory_ + "/state").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (file < 0) return;
    if (::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && durable) ::fsync(file);
    ::close(file);
}

bool Database::trusted() const {
    std::ifstream in(directory_ + "/state");
    std::string state, boot, version;
    std::getline(in, state);
    std::getline(in, boot);
    std::getline(in, version);
    const std::string now = boot_identity();
    return version == version_ && (state == "clean" || (state == "open" && boot == now && !now.empty()));
}

bool Database::open_existing() {
    database_ = grn_db_open(owner_, (directory_ + "/index").c_str());
    if (database_ != nullptr && find_tables() && rows_.open(directory_ + "/index.") && frequent_.open(directory_ + "/index.often.")) return true;
    close();
    return false;
}

Result<Done> Database::recreate() {
    if (fresh_) return Done{};
    if (database_ != nullptr) log(Level::info, "search_index_recreated", directory_);
    write_state("writing", true);
    close();
    remove_files();
    TRY(create());
    write_state("open");
    return Done{};
}

Result<Done> Database::settle() {
    grn_db_unmap(owner_, database_); // closes all tables, which are opened again where they are used
    TRY(engine_done(owner_, "be unmapped"));
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    if (find_tables()) return Done{};
    return Error{
        Failure::internal, "search.engine", "The search index could not {doing}: {reason}", {{"doing", "be opened again"}, {"reason", owner_->errbuf}}};
}

void Database::close() {
    for (grn_ctx* context : pool_) grn_ctx_close(context);
    pool_.clear();
    if (database_ != nullptr) grn_obj_close(owner_, database_);
    database_ = nullptr;
    rows_.close();
    frequent_.close();
}

/// Only what was made here: "index", "index.0000100", "index.rows", …
void Database::remove_files() const {
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory_, problem)) {
        const std::string name = entry.path().filename().string();
        if (name == "index" || name.starts_with("index.")) fs::remove(entry.path(), problem);
    }
}

Result<Done> Database::create() {
    database_ = grn_db_create(owner_, (directory_ + "/index").c_str(), nullptr);
    TRY(engine_done(owner_, "be made"));
    Tables& t = tables_;
    t.documents = make_table(owner_, "documents", hash_table);
    t.units = make_table(owner_, "units", sorted_table);
    t.phrases = make_table(owner_, "phrases", sorted_table);
    make_table(owner_, "sounds", sorted_table);
    make_table(owner_, "visibilities", hash_table);
    for (std::size_t i = 0; i < facets_; ++i) make_table(owner_, set_table(i), hash_table);

    grn_obj* const text = grn_ctx_at(owner_, GRN_DB_TEXT);
    make_column(owner_, t.documents, "stored", text_flags(owner_), text);
    make_column(owner_, t.documents, "folded", text_flags(owner_), text);
    t.document_phrases = make_column(owner_, t.documents, "phrases", list, t.phrases);
    make_column(owner_, t.phrases, "text", one_value, text);
    make_column(owner_, t.units, "occurrences", index | GRN_OBJ_WITH_SECTION | GRN_OBJ_WITH_POSITION, t.documents);
    t.phrase_documents = make_column(owner_, t.phrases, "documents", index, t.documents);
    const bool indexed = index_column(owner_, t.phrase_documents, t.document_phrases);
    TRY(engine_done(owner_, "make its tables"));
    TRY(rows_.open(directory_ + "/index."));
    TRY(frequent_.open(directory_ + "/index.often."));
    fresh_ = true;
    spoiled_ = false;
    if (indexed && find_tables()) return Done{};
    return Error{Failure::internal, "search.engine", "The search index could not make its tables."};
}

bool Database::find_tables() {
    Tables& t = tables_;
    const std::pair<grn_obj**, std::string_view> wanted[] = {{&t.documents, "documents"}, {&t.units, "units"}, {&t.phrases, "phrases"}, {&t.sounds, "sounds"},
        {&t.visibilities, "visibilities"}, {&t.stored, "documents.stored"}, {&t.folded, "documents.folded"}, {&t.document_phrases, "documents.phrases"},
        {&t.phrase_text, "phrases.text"}, {&t.unit_occurrences, "units.occurrences"}, {&t.phrase_documents, "phrases.documents"}};
    for (const auto& [place, name] : wanted)
        if ((*place = find(owner_, name)) == nullptr) return false;
    t.facet_sets.clear();
    for (std::size_t i = 0; i < facets_; ++i) {
        t.facet_sets.push_back(find(owner_, set_table(i)));
        if (t.facet_sets.back() == nullptr) return false;
    }
    return true;
}

Database::Context::Context(Database& database) : database_(database), context_(nullptr) {
    {
        const std::lock_guard lock(database.pool_mutex_);
        if (!database.pool_.empty()) context_ = database.pool_.back(), database.pool_.pop_back();
    }
    if (context_ != nullptr) return;
    context_ = grn_ctx_open(0);
    require(context_ != nullptr, "the search engine has no memory for a context");
    grn_ctx_use(context_, database.database_);
}

Database::Context::~Context() {
    const std::lock_guard lock(database_.pool_mutex_);
    database_.pool_.push_back(context_);
}

} // namespace greenbank::search
