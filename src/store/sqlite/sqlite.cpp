// sqlite.cpp — opening the embedded engine, its feed, its locks.
#include "store/sqlite/sqlite.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "store/engine_store.h"
#include "store/sqlite/connection.h"

namespace greenbank {

namespace {

constexpr const char* tables = R"(
    CREATE TABLE IF NOT EXISTS migration (
        slice TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (slice, name));
    CREATE TABLE IF NOT EXISTS store_identity (id TEXT NOT NULL PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS store_lock (name TEXT NOT NULL PRIMARY KEY, fence BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS store_announcement (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, id TEXT NOT NULL, erased BOOLEAN NOT NULL);
)";

/// A lock file beside the database: free again when its holder ends, however it ends.
class FileLease final : public Lease {
public:
    explicit FileLease(int file) : file_(file) {}
    ~FileLease() override { close(file_); }

    std::int64_t fence() const override { return fence_; }
    bool held() override { return true; }
    void hold(std::int64_t fence) { fence_ = fence; }

private:
    int file_;
    std::int64_t fence_ = 0;
};

/// Removed with all that is in it; no path, no folder.
struct TemporaryFolder {
    std::filesystem::path folder;

    explicit TemporaryFolder(std::filesystem::path made) : folder(std::move(made)) {}
    TemporaryFolder(TemporaryFolder&& other) noexcept : folder(std::exchange(other.folder, {})) {}
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
    }
};

// The folder is a base, and the first one, so that it goes after the last connection.
class SqliteStore final : TemporaryFolder, public EngineStore {
public:
    SqliteStore(const std::string& path, TemporaryFolder temporary, WriterSettings settings) :
        TemporaryFolder(std::move(temporary)),
        EngineStore([path](Access access) { return SqliteConnection::open(path, access); }, settings, readers_max),
        path_(path) {}

    std::string_view engine() const override { return "sqlite"; }

    Result<Announcements> announcements(const std::string& cursor, std::size_t limit) override {
        std::int64_t after = 0;
        const char* end = cursor.data() + cursor.size();
        const auto read = std::from_chars(cursor.data(), end, after);
        if (!cursor.empty() && (read.ptr != end || read.ec != std::errc() || after < 0)) return bad_cursor();
        const Rows found = TRY(rows("SELECT record, id, erased, sequence FROM store_announcement WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            {after, static_cast<std::int64_t>(limit)}));
        Announcements announcements{.cursor = std::to_string(after)};
        for (const auto& row : found.rows) {
            announcements.changes.push_back({as_text(row[0]), as_text(row[1]), as_integer(row[2]) != 0});
            announcements.cursor = std::to_string(as_integer(row[3]));
        }
        return announcements;
    }

    Result<std::string> announced_until() override {
        const Rows found = TRY(rows("SELECT max(sequence) FROM store_announcement", {}));
        return std::to_string(as_integer(found.single()));
    }

    Result<std::unique_ptr<Lease>> try_lock(const std::string& name) override {
        const std::string path = path_ + "-lock-" + to_hex(name);
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) return unavailable("the lock file " + path + " cannot be opened");
        if (flock(file, LOCK_EX | LOCK_NB) != 0) {
            close(file);
            return std::unique_ptr<Lease>();
        }
        auto lease = std::make_unique<FileLease>(file);
        const std::unique_ptr<Connection> connection = TRY(SqliteConnection::open(path_, Access::write));
        lease->hold(TRY(next_fence(*connection, name)));
        return std::unique_ptr<Lease>(std::move(lease));
    }

    Result<std::vector<Column>> columns(const std::string& table) override {
        const Rows found = TRY(rows("SELECT name, lower(type), \"notnull\" OR pk > 0 FROM pragma_table_info($1)", {table}));
        std::vector<Column> columns;
        for (const auto& row : found.rows) columns.push_back({as_text(row[0]), as_text(row[1]), as_integer(row[2]) != 0});
        return columns;
    }

private:
    static constexpr std::size_t readers_max = 16;

    std::string path_;
};

Result<TemporaryFolder> make_temporary_folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code none;
    const bool has_memory = std::filesystem::is_directory(memory, none) && access(memory.c_str(), W_OK) == 0;
    std::string path = ((has_memory ? memory : std::filesystem::temp_directory_path()) / "greenbank-XXXXXX").string();
    if (!mkdtemp(path.data())) return unavailable("no temporary folder can be made at " + path);
    return TemporaryFolder(path);
}

} // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, WriterSettings settings) {
    TemporaryFolder temporary({});
    std::string file = path;
    if (path == ":memory:") {
        TemporaryFolder made = TRY(make_temporary_folder());
        std::swap(temporary.folder, made.folder);
        file = (temporary.folder / "greenbank.sqlite").string();
    }
    std::unique_ptr<Connection> first = TRY(SqliteConnection::open(file, Access::write));
    TRY(prepare_store(*first, tables));
    first.reset();
    return std::unique_ptr<Store>(std::make_unique<SqliteStore>(file, std::move(temporary), settings));
}

} // namespace greenbank
