// written_text.cpp — checks and widths.
#include "sheets/written_text.h"

#include "sheets/utf8.h"

namespace greenbank::sheets {

Result<Done> check_text(std::string_view text, std::size_t column, std::uint32_t row) {
    if (sound_length(text) == text.size() && text.find('\0') == std::string_view::npos) return Done{};
    return Error{
        Failure::invalid, "sheets.not_text", "The cell {cell} holds bytes that are no text; it cannot be written.", {{"cell", cell_name(column, row)}}};
}

std::size_t shown_width(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text.substr(0, text.find('\n'))) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0) != 0x80) width += byte < 0xe1 ? 1 : 2; // from U+1000
    }
    return width;
}

Result<Done> check_width(std::size_t cells, std::size_t columns, std::uint32_t row) {
    if (cells <= columns) return Done{};
    return Error{Failure::invalid, "sheets.too_many_cells", "Row {row} has {found} cells, the table has {expected} columns.",
        {{"row", std::to_string(row)}, {"found", std::to_string(cells)}, {"expected", std::to_string(columns)}}};
}

} // namespace greenbank::sheets
