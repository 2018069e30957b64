// written_file.cpp — names by process and number: nobody else makes the same.
#include "sheets/written_file.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "sheets/byte_source.h"

namespace greenbank::sheets {

Error unwritable(const std::filesystem::path& path) {
    return {Failure::internal, "sheets.unwritable", "The file {name} could not be written.", {{"name", path.filename().string()}}};
}

Error disk_full() { return {Failure::storage_full, "sheets.disk_full", "The table could not be written completely; the disk may be full."}; }

Result<WrittenFile> WrittenFile::create(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& path) {
    static std::atomic<unsigned> count = 0;
    for (int attempt = 0; attempt < 100; ++attempt) { // leftovers of a process of the same number are passed over
        const std::filesystem::path temporary = folder / fmt::format(".{}.{}-{}.part", name, getpid(), count++);
        const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            return WrittenFile(temporary, path);
        }
        if (errno != EEXIST) break;
    }
    return errno == ENOSPC ? disk_full() : unwritable(path.empty() ? folder : path);
}

Result<WrittenFile> WrittenFile::beside(const std::filesystem::path& path) { return create(path.parent_path(), path.filename().string(), path); }
Result<WrittenFile> WrittenFile::in(const std::filesystem::path& folder) { return create(folder, "table", {}); }

WrittenFile::WrittenFile(WrittenFile&& other) noexcept : temporary_(std::move(other.temporary_)), path_(std::move(other.path_)) { other.temporary_.clear(); }

WrittenFile::~WrittenFile() {
    std::error_code ignored;
    if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
}

Result<Done> WrittenFile::place() {
    std::error_code problem;
    std::filesystem::rename(temporary_, path_, problem);
    if (problem) return unwritable(path_);
    temporary_.clear();
    return Done{};
}

Result<Done> WrittenFile::hand_out(const Sink& sink) const {
    ByteSource source = TRY(ByteSource::open(temporary_));
    std::string chunk(64 << 10, '\0');
    while (const std::size_t got = TRY(source.read(chunk.data(), chunk.size()))) TRY(sink(std::string_view(chunk).substr(0, got)));
    return Done{};
}

} // namespace greenbank::sheets
