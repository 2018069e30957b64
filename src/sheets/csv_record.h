// csv_record.h — one record of CSV, fed line by line (RFC 4180, with the usual mercy: a quote within an unquoted cell is a character).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greenbank::sheets {

class CsvRecord {
public:
    enum class State { complete, open, broken }; // open: a quoted cell goes on in the next line

    /// Quoted cells longer than `cell_max` bytes are taken for a quote that nobody closed; of a record no more than `cells_max` cells are kept.
    CsvRecord(char separator, std::size_t cell_max, std::size_t cells_max) : separator_(separator), cell_max_(cell_max), cells_max_(cells_max) {}

    void clear();
    State feed(std::string_view line);
    /// The end of a line within a quoted cell is part of it.
    void feed_line_end(std::string_view ending) { text_ += ending; }
    /// A line alone, whatever its quotes are: cells that are quoted well lose their quotes, the others keep them.
    void feed_leniently(std::string_view line);

    std::size_t count() const { return count_; }      // cells in the record
    std::size_t size() const { return ends_.size(); } // cells kept
    std::string_view operator[](std::size_t cell) const {
        const std::size_t begin = cell == 0 ? 0 : ends_[cell - 1];
        return std::string_view(text_).substr(begin, ends_[cell] - begin);
    }

private:
    void end_cell();

    char separator_;
    std::size_t cell_max_, cells_max_;
    std::string text_; // of all cells, one behind another
    std::vector<std::size_t> ends_;
    std::size_t count_ = 0, begin_ = 0; // begin_: of the cell being read
    bool quoted_ = false;
};

} // namespace greenbank::sheets
