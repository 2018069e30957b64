// Rows of one size by number, in a file that is memory: read without a call, grown by the one who writes.
#pragma once

#include <cstdint>
#include <string>

#include "kernel/result.h"

namespace greenbank::search {

class MappedRows {
public:
    explicit MappedRows(std::size_t row_bytes) : row_bytes_(row_bytes) {}
    ~MappedRows() { close(); }
    MappedRows(const MappedRows&) = delete;
    MappedRows& operator=(const MappedRows&) = delete;

    /// Makes the file if it is missing; rows that were never written are zero.
    Result<Done> open(const std::string& path);
    void close();
    /// Room for a row of this number. Moves all rows: nobody may read meanwhile.
    Result<Done> reserve(std::uint32_t number);
    bool flush() const;

    /// One more than the largest number there is room for.
    std::size_t size() const { return bytes_ / row_bytes_; }
    std::byte* at(std::uint32_t number) const { return begin_ + number * row_bytes_; }

private:
    Result<Done> map(std::size_t bytes);

    std::size_t row_bytes_;
    std::string path_;
    std::byte* begin_ = nullptr;
    std::size_t bytes_ = 0;
};

} // namespace greenbank::search
