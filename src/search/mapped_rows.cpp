// mapped_rows.cpp — a file of rows, doubled when it is full.
#include "search/mapped_rows.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace greenbank::search {

namespace {

constexpr std::size_t bytes_least = 1U << 16;

Error failed(const std::string& path) {
    const int reason = errno;
    const bool full = reason == ENOSPC || reason == EDQUOT;
    return Error{full ? Failure::storage_full : Failure::unavailable, full ? "search.disk_full" : "search.engine",
        "The search index could not {doing}: {reason}", {{"doing", "map " + path}, {"reason", std::strerror(reason)}}};
}

} // namespace

Result<Done> MappedRows::open(const std::string& path) {
    close();
    path_ = path;
    struct stat status = {};
    const bool there = ::stat(path.c_str(), &status) == 0;
    return map(std::max(bytes_least, there ? static_cast<std::size_t>(status.st_size) : 0));
}

/// The file is open only meanwhile: an index has hundreds, and a program may have few open.
Result<Done> MappedRows::map(std::size_t bytes) {
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (file < 0) return failed(path_);
    // Room on the disk is promised before it is used: a full disk is an error here and not a signal later.
    const int problem = ::posix_fallocate(file, 0, static_cast<off_t>(bytes));
    void* const begin = problem != 0        ? MAP_FAILED
                        : begin_ == nullptr ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                                            : ::mremap(begin_, bytes_, bytes, MREMAP_MAYMOVE);
    if (problem != 0) errno = problem;
    if (begin == MAP_FAILED) {
        Error error = failed(path_);
        ::close(file);
        return error;
    }
    ::close(file);
    begin_ = static_cast<std::byte*>(begin);
    bytes_ = bytes;
    return Done{};
}

void MappedRows::close() {
    if (begin_ != nullptr) ::munmap(begin_, bytes_);
    begin_ = nullptr;
    bytes_ = 0;
}

Result<Done> MappedRows::reserve(std::uint32_t number) {
    const std::size_t needed = (number + std::size_t{1}) * row_bytes_;
    if (needed <= bytes_) return Done{};
    std::size_t bytes = bytes_;
    while (bytes < needed) bytes *= 2;
    return map(bytes);
}

bool MappedRows::flush() const { return begin_ == nullptr || ::msync(begin_, bytes_, MS_SYNC) == 0; }

} // namespace greenbank::search
