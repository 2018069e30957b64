// archive.h — files of strangers that belong together: a folder, a zip, or one file; read one at a time, within limits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::carbon {

struct ArchiveLimits {
    std::size_t files = 300'000;
    std::uint64_t file_bytes = 64ULL << 20, whole_bytes = 4ULL << 30;
    std::uint64_t compression_ratio = 250; // of files above 1 MiB
};

/// Only one file is in memory at a time. Links out of a folder are not followed; names in a zip that lead out of it are refused.
class Archive {
public:
    struct File {
        std::string path; // with '/', within the archive
        std::uint64_t size = 0;
    };
    /// A folder, a zip or a file of its own.
    static Result<Archive> open(const std::filesystem::path& path, const ArchiveLimits& limits = {});
    /// The same of bytes that came by HTTP; a zip is told by its beginning. `name` names a single file.
    static Result<Archive> of_bytes(std::string bytes, std::string name, const ArchiveLimits& limits = {});

    const std::vector<File>& files() const { return files_; } // in the order of their names
    Result<std::string> read(std::size_t number) const;

    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

private:
    struct Source;
    Archive();
    Result<Done> list_zip(const ArchiveLimits& limits);

    std::vector<File> files_;
    std::unique_ptr<Source> source_;
};

struct WrittenItem {
    std::string path, bytes;
};
/// A zip of them, the same bytes for the same files.
Result<std::string> zip_of(const std::vector<WrittenItem>& files);
/// Into a folder that is made, or a zip where `path` ends so; one file alone under its own name. What is there is replaced file by file.
Result<Done> write_items(const std::vector<WrittenItem>& files, const std::filesystem::path& path);

/// "a/b.json": nothing but parts that stay inside.
bool stays_inside(std::string_view path);

} // namespace greenbank::carbon
