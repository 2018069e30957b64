// shared_strings.h — the texts that cells of a workbook refer to by number (ECMA-376 part 1, 18.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/package.h"
#include "sheets/xml_pull.h"

namespace greenbank::sheets {

/// What a text's XML may hold that no text should; the text has U+FFFD there.
enum class TextFlaw : std::uint8_t { none, character };

class SharedStrings {
public:
    static Result<SharedStrings> read(const Package& package, std::string_view part, const Limits& limits);

    std::size_t size() const { return ends_.size(); }
    std::string_view operator[](std::size_t index) const {
        const std::uint32_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(texts_).substr(begin, ends_[index] - begin);
    }
    TextFlaw flaw(std::size_t index) const;

private:
    std::string texts_; // all of them, one behind another
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint32_t> flawed_; // few, in order
};

/// A string item, `<is>` or `<si>`, just started: runs are joined, what helps to pronounce is left out. Goes on to its end, adding to `text`,
/// of which no more than `most` bytes and one piece are kept. False where the XML failed.
bool read_string_item(XmlPull& xml, std::size_t most, std::string& text, TextFlaw& flaw);

/// "_x000D_" stands for a character that XML cannot hold (18.18.93, ST_Xstring).
void decode_escapes(std::string& text, TextFlaw& flaw);

} // namespace greenbank::sheets
