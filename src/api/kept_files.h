// kept_files.h — files that people send to a job and that jobs make for people: kept in the database in parts, so that any
// server can go on with them, and thrown away after some days.
#pragma once

#include "api/api.h"

namespace greenbank {

struct KeptFile {
    static constexpr std::string_view id_prefix = "file";
    Id<KeptFile> id;
    std::string name, content_type;
    std::int64_t bytes = 0, received = 0;
    std::string created_by, organisation;
    Time created_at, expires_at;

    bool is_complete() const { return received == bytes; }
};
Record describe(const KeptFile*);

constexpr std::int64_t kept_file_bytes_max = 256 * 1024 * 1024;
constexpr std::int64_t kept_file_part_bytes = 512 * 1024; // every part but the last has as many
constexpr Duration kept_file_life = days(7);

/// The file, if it is the caller's own and complete.
Result<KeptFile> own_file(Transaction& transaction, const Caller& caller, const Id<KeptFile>& id);
/// A file that something refers to stays as long as that does.
Result<Done> keep_for_ever(Transaction& transaction, const Id<KeptFile>& id);
/// Writes a complete file's bytes to `path`, for readers that jump about in it.
Result<Done> spool_file(Store& store, const Id<KeptFile>& id, const std::string& path);
/// Keeps the file at `path` for the caller, a part in a transaction of its own.
Result<KeptFile> keep_file(Store& store, const Caller& caller, const std::string& path, std::string name, std::string content_type);
/// Sends a file's bytes as they are read from `path`, and removes it when the answer ends: for exports that nobody keeps.
Response file_response(const std::string& path, std::string_view name, std::string_view content_type);

std::vector<Endpoint> kept_file_endpoints();
/// SQL that throws away what has expired; parameter: now in microseconds.
inline constexpr std::string_view forget_expired_files = "DELETE FROM kept_file WHERE expires_at < $1";

} // namespace greenbank
