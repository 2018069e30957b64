// merged_cells.h — which cells are covered by a merged one, asked row by row from the top.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/cells.h"

namespace greenbank::sheets {

struct CellPosition {
    std::uint32_t column = 0; // from 0
    std::uint32_t row = 0;    // from 1; 0 where the text names none
};

/// "AB12", also with $; nothing for what is none. Columns may lie beyond what a sheet has: at most 99,999.
std::optional<CellPosition> parse_cell_name(std::string_view name);

class MergedCells {
public:
    struct Range {
        std::uint32_t row_first, row_last, column_first, column_last;
        Cell cell = {}; // at the top left, once met; its texts are below or of the workbook
        std::string text = {};

        bool is_top_left(std::uint32_t row, std::uint32_t column) const { return row == row_first && column == column_first; }
    };

    void add(std::string_view reference); // "A1:C3"; what is none is not added
    void sort();
    std::size_t size() const { return ranges_.size(); }

    /// Rows come in ascending order.
    void enter(std::uint32_t row);
    /// The range that covers a cell of the row entered, or nullptr.
    Range* covering(std::uint32_t column);
    /// Those that cover the row entered, from left to right.
    const std::map<std::uint32_t, Range>& active() const { return active_; }
    /// Merged cells may not overlap; those that did were passed over.
    bool overlapped() const { return overlapped_; }

private:
    void activate(const Range& range);

    std::vector<Range> ranges_;
    std::size_t next_ = 0;
    std::map<std::uint32_t, Range> active_;            // by first column
    std::multimap<std::uint32_t, std::uint32_t> ends_; // last row to first column, of the active ones
    bool overlapped_ = false;
};

} // namespace greenbank::sheets
