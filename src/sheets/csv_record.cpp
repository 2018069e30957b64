// csv_record.cpp — jumps from quote to quote and from separator to separator.
#include "sheets/csv_record.h"

#include <algorithm>

namespace greenbank::sheets {

void CsvRecord::clear() {
    text_.clear();
    ends_.clear();
    count_ = begin_ = 0;
    quoted_ = false;
}

void CsvRecord::end_cell() {
    if (++count_ <= cells_max_) ends_.push_back(text_.size());
    else text_.resize(begin_);
    begin_ = text_.size();
    quoted_ = false;
}

CsvRecord::State CsvRecord::feed(std::string_view line) {
    std::size_t at = 0;
    while (true) {
        if (!quoted_ && at < line.size() && line[at] == '"') {
            quoted_ = true;
            ++at;
        }
        if (quoted_) {
            const std::size_t quote = line.find('"', at);
            text_ += line.substr(at, quote == std::string_view::npos ? quote : quote - at);
            if (text_.size() - begin_ > cell_max_) return State::broken;
            if (quote == std::string_view::npos) return State::open;
            at = quote + 1;
            if (at < line.size() && line[at] == '"') {
                text_ += '"';
                ++at;
                continue;
            }
            if (at < line.size() && line[at] != separator_) return State::broken;
        } else {
            const std::size_t end = line.find(separator_, at);
            text_ += line.substr(at, end == std::string_view::npos ? end : end - at);
            at = end == std::string_view::npos ? line.size() : end;
        }
        end_cell();
        if (at == line.size()) return State::complete;
        ++at; // the separator
    }
}

void CsvRecord::feed_leniently(std::string_view line) {
    clear();
    std::size_t at = 0;
    while (true) {
        std::size_t end = std::string_view::npos;
        if (at < line.size() && line[at] == '"') {
            end = at + 1;
            while ((end = line.find('"', end)) != std::string_view::npos && end + 1 < line.size() && line[end + 1] == '"') end += 2;
            if (end != std::string_view::npos && ++end < line.size() && line[end] != separator_) end = std::string_view::npos;
        }
        if (end != std::string_view::npos) {
            for (std::size_t i = at + 1; i + 1 < end; ++i) {
                text_ += line[i];
                i += line[i] == '"';
            }
        } else {
            end = std::min(line.find(separator_, at), line.size());
            text_ += line.substr(at, end - at);
        }
        end_cell();
        if (end == line.size()) return;
        at = end + 1;
    }
}

} // namespace greenbank::sheets
