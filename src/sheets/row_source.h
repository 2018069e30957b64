// row_source.h — rows of any table as they stand in the file, the ones above the header too.
#pragma once

#include "sheets/sheets.h"

namespace greenbank::sheets {

struct SourceRow : Row {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t filled = 0;    // cells that are not empty
    std::size_t count = 0;     // cells that the row has in the file, empty ones counted
    std::size_t beyond = none; // the first column at or behind the width that is not empty
};

class RowSource {
public:
    virtual ~RowSource() = default;

    /// False after the last row. Views of `row` hold until the next call.
    virtual Result<bool> next(SourceRow& row) = 0;
    /// From now on rows have so many cells: shorter ones are filled up, what stands behind is only told as `beyond`.
    virtual void set_width(std::size_t columns) = 0;
    virtual Progress progress() const = 0;
};

/// Rows name no more problems than this; the last then says so.
constexpr std::size_t row_problems_max = 50;
void add_problem(Problems& problems, Problem problem);

std::string row_name(std::uint32_t row); // "row 12"

} // namespace greenbank::sheets
