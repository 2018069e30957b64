// csv_lines.h — the lines of a file, whatever ends them: \n, \r\n or \r, in units of one byte or of two (UTF-16).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sheets/byte_source.h"
#include "sheets/sheets.h"

namespace greenbank::sheets {

struct RawLine {
    std::string_view bytes;   // as in the file, without its end; holds until the next call
    std::string_view ending;  // "\n", "\r\n", "\r", or "" at the end of the file
    std::uint64_t number = 0; // from 1
    std::uint64_t offset = 0; // of its first byte in the file
    bool cut = false;         // longer than allowed; what was over is passed over
};

class LineReader {
public:
    /// Begins behind so many bytes (a byte-order mark).
    LineReader(ByteSource& source, Encoding encoding, std::size_t line_max, std::size_t skipped);

    Result<bool> next(RawLine& line);
    std::uint64_t done() const { return offset_; } // bytes

private:
    Result<bool> more();
    char unit(std::size_t at) const; // an ASCII character at that place, or 'x'

    ByteSource& source_;
    std::size_t width_; // of a unit
    bool little_;
    std::size_t line_max_, skipped_;
    std::string buffer_, cut_;
    std::size_t at_ = 0, end_ = 0;
    std::uint64_t number_ = 0, offset_ = 0;
    bool ended_ = false, begun_ = false;
};

} // namespace greenbank::sheets
