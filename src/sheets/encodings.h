// encodings.h — which encoding a CSV file is in, and one line of it to UTF-8.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/result.h"
#include "sheets/sheets.h"

struct UConverter;

namespace greenbank::sheets {

/// Bytes before the first that cannot be GB 18030 by its shape: one, two or four bytes (GB 18030-2005, 5).
std::size_t gb_18030_length(std::string_view bytes);

/// What the lines of a file look like; an encoding is chosen when all have been seen.
class EncodingEvidence {
public:
    void add(std::string_view line);
    /// UTF-8 where every line is. Else GB 18030, unless most lines that tell are UTF-8, or the bytes are Russian letters of Windows-1251.
    Encoding decide() const;

private:
    std::uint64_t utf_8_ = 0;    // lines that are UTF-8 and for certain nothing else
    std::uint64_t gb_18030_ = 0; // lines that are no UTF-8 but may be GB 18030
    std::uint64_t neither_ = 0;
    std::uint64_t high_bytes_ = 0, letter_bytes_ = 0, small_letter_bytes_ = 0; // of lines that are no UTF-8: from 0x80, 0xc0, 0xe0
};

struct DecodedLine {
    std::string_view text;                     // UTF-8; holds until the next line is decoded, or as long as the bytes given
    std::optional<Encoding> other = {};        // the line is in this one, not in that of the file
    std::optional<std::size_t> broken_at = {}; // offset of the first byte that is in none; U+FFFD stands for it
    bool nul = false;                          // held the character NUL; U+FFFD stands for it
};

class LineDecoder {
public:
    explicit LineDecoder(Encoding encoding);
    DecodedLine decode(std::string_view line);
    Encoding encoding() const { return encoding_; }

private:
    struct Close {
        void operator()(UConverter* converter) const;
    };
    void decode_utf_8(std::string_view line, DecodedLine& decoded);
    void decode_gb_18030(std::string_view line, DecodedLine& decoded);
    void decode_utf_16(std::string_view line, DecodedLine& decoded);
    /// By ICU; the offset of the first byte that was in none.
    std::optional<std::size_t> convert(UConverter* converter, std::string_view line);
    UConverter* gb_18030();

    Encoding encoding_;
    std::unique_ptr<UConverter, Close> gb_18030_, windows_1251_;
    std::string text_;
};

/// UTF-8 to GB 18030, which has every character of it.
class Gb18030Encoder {
public:
    Gb18030Encoder();
    void append(std::string_view utf_8, std::string& out);

private:
    struct Close {
        void operator()(UConverter* converter) const;
    };
    std::unique_ptr<UConverter, Close> converter_;
};

} // namespace greenbank::sheets
