// merged_cells.cpp — ranges sorted by their first row; the active ones never overlap, so that one look finds the cover.
#include "sheets/merged_cells.h"

#include <algorithm>

namespace greenbank::sheets {

std::optional<CellPosition> parse_cell_name(std::string_view name) {
    std::size_t at = 0;
    const auto skip_dollar = [&] { at += at < name.size() && name[at] == '$'; };
    std::uint32_t column = 0, row = 0;
    skip_dollar();
    const std::size_t letters = at;
    for (; at < name.size(); ++at) {
        const char c = static_cast<char>(name[at] & ~0x20);
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
        if (column > 100'000) return {};
    }
    if (at == letters) return {};
    skip_dollar();
    for (; at < name.size(); ++at) {
        if (name[at] < '0' || name[at] > '9' || row > 100'000'000) return {};
        row = row * 10 + static_cast<std::uint32_t>(name[at] - '0');
    }
    return CellPosition{column - 1, row};
}

void MergedCells::add(std::string_view reference) {
    const std::size_t colon = reference.find(':');
    if (colon == std::string_view::npos) return;
    const auto first = parse_cell_name(reference.substr(0, colon)), last = parse_cell_name(reference.substr(colon + 1));
    if (!first || !last || first->row == 0 || last->row < first->row || last->column < first->column) return;
    if (first->row == last->row && first->column == last->column) return;
    ranges_.push_back({first->row, last->row, first->column, last->column});
}

void MergedCells::sort() {
    std::sort(ranges_.begin(), ranges_.end(),
        [](const Range& a, const Range& b) { return a.row_first != b.row_first ? a.row_first < b.row_first : a.column_first < b.column_first; });
}

void MergedCells::activate(const Range& range) {
    const auto right = active_.lower_bound(range.column_first);
    const bool free_right = right == active_.end() || right->first > range.column_last;
    const bool free_left = right == active_.begin() || std::prev(right)->second.column_last < range.column_first;
    if (!free_right || !free_left) {
        overlapped_ = true;
        return;
    }
    active_.emplace(range.column_first, range);
    ends_.emplace(range.row_last, range.column_first);
}

void MergedCells::enter(std::uint32_t row) {
    for (; !ends_.empty() && ends_.begin()->first < row; ends_.erase(ends_.begin())) active_.erase(ends_.begin()->second);
    for (; next_ < ranges_.size() && ranges_[next_].row_first <= row; ++next_)
        if (ranges_[next_].row_last >= row) activate(ranges_[next_]);
}

MergedCells::Range* MergedCells::covering(std::uint32_t column) {
    if (active_.empty()) return nullptr;
    const auto after = active_.upper_bound(column);
    if (after == active_.begin()) return nullptr;
    Range& range = std::prev(after)->second;
    return column <= range.column_last ? &range : nullptr;
}

} // namespace greenbank::sheets
