// csv_lines.cpp — one buffer that grows to the longest line allowed.
#include "sheets/csv_lines.h"

#include <algorithm>
#include <cstring>

namespace greenbank::sheets {

namespace {

constexpr std::size_t chunk = 64 << 10;

} // namespace

LineReader::LineReader(ByteSource& source, Encoding encoding, std::size_t line_max, std::size_t skipped) :
    source_(source),
    width_(encoding == Encoding::utf_16_le || encoding == Encoding::utf_16_be ? 2 : 1),
    little_(encoding == Encoding::utf_16_le),
    line_max_(line_max & ~std::size_t{1}),
    skipped_(skipped) {}

char LineReader::unit(std::size_t at) const {
    if (width_ == 1) return buffer_[at];
    return buffer_[at + (little_ ? 1 : 0)] == 0 ? buffer_[at + (little_ ? 0 : 1)] : 'x';
}

Result<bool> LineReader::more() {
    if (ended_) return false;
    if (!begun_) {
        begun_ = true;
        source_.rewind();
        for (std::size_t left = skipped_; left > 0;) {
            char mark[4];
            const std::size_t got = TRY(source_.read(mark, std::min(left, sizeof mark)));
            if (got == 0) break;
            left -= got;
        }
        offset_ = skipped_;
    }
    std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
    end_ -= at_;
    at_ = 0;
    const std::size_t wanted = end_ + static_cast<std::size_t>(std::min<std::uint64_t>(chunk, source_.size() + 1));
    if (buffer_.size() < wanted) buffer_.resize(wanted);
    const std::size_t got = TRY(source_.read(buffer_.data() + end_, buffer_.size() - end_));
    end_ += got;
    ended_ = got == 0;
    return !ended_;
}

Result<bool> LineReader::next(RawLine& line) {
    line = {};
    cut_.clear();
    std::size_t length = 0; // of the line so far, within the buffer
    std::uint64_t passed_over = 0;
    while (true) {
        while (at_ + length + width_ <= end_) {
            const char c = unit(at_ + length);
            if (c == '\n' || c == '\r') break;
            length += width_;
        }
        const std::size_t stop = at_ + length;
        const bool found = stop + width_ <= end_;
        // A carriage return at the end of the buffer may have a line feed behind it.
        if (found && (unit(stop) == '\n' || stop + 2 * width_ <= end_ || ended_)) break;
        if (length > line_max_) {
            if (!line.cut) cut_.assign(buffer_, at_, line_max_);
            line.cut = true;
            passed_over += length;
            at_ += length;
            length = 0;
        }
        if (!TRY(more())) {
            if (found) break;
            length = end_ - at_; // with half a unit, where there is one
            break;
        }
    }
    const std::size_t stop = at_ + length;
    if (stop == end_ && length == 0 && !line.cut) return false;
    std::size_t ending = 0;
    if (stop + width_ <= end_) {
        const bool returned = unit(stop) == '\r';
        const bool both = returned && stop + 2 * width_ <= end_ && unit(stop + width_) == '\n';
        line.ending = both ? "\r\n" : returned ? "\r" : "\n";
        ending = both ? 2 * width_ : width_;
    }
    if (!line.cut && length > line_max_) {
        cut_.assign(buffer_, at_, line_max_);
        line.cut = true;
    }
    line.bytes = line.cut ? std::string_view(cut_) : std::string_view(buffer_).substr(at_, length);
    line.number = ++number_;
    line.offset = offset_;
    offset_ += passed_over + length + ending;
    at_ = stop + ending;
    return true;
}

} // namespace greenbank::sheets
