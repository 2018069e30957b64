// What waits on a connection: bytes read but not understood, and bytes answered but not taken. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenbank::http {

class Inbox {
public:
    static constexpr std::size_t small = 4 * 1024, large = 64 * 1024;

    std::string_view bytes() const { return {bytes_.data() + begin_, end_ - begin_}; }
    void drop(std::size_t count) { begin_ += count; }
    void clear() { begin_ = end_ = 0; }

    /// Room to read into; `received` says how much of it was used. Nothing else may be asked of the inbox in between
    /// but bytes(), drop() and clear().
    std::span<char> room(bool much) {
        if (begin_ == end_) begin_ = end_ = 0;
        std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_), bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
        end_ -= begin_;
        begin_ = 0;
        if (much && bytes_.size() < large) bytes_.resize(large);
        else if (!much && end_ == 0 && bytes_.size() > small) std::vector<char>(small).swap(bytes_);
        if (end_ == bytes_.size()) bytes_.resize(bytes_.size() * 2); // bounded by who reads: heads and streams refuse to grow
        return {bytes_.data() + end_, bytes_.size() - end_};
    }
    void received(std::size_t count) { end_ += count; }

private:
    std::vector<char> bytes_ = std::vector<char>(small);
    std::size_t begin_ = 0, end_ = 0;
};

class Outbox {
public:
    static constexpr std::size_t gathered_max = 64 * 1024; // pipelined answers are gathered up to here
    static constexpr std::size_t copied_max = 16 * 1024;   // larger bodies are sent from where they are
    static constexpr std::size_t written_max = 256 * 1024; // at once

    /// To append to.
    std::string& text() {
        if (!large_.empty()) { // keeps the order; callers flush a full outbox first, so it hardly happens
            text_.append(large_, large_sent_);
            large_ = {};
            large_sent_ = 0;
        }
        return text_;
    }
    void append_body(std::string body) {
        if (body.size() > copied_max && large_.empty()) large_ = std::move(body);
        else text() += body;
    }
    bool is_empty() const { return text_sent_ == text_.size() && large_sent_ == large_.size(); }
    bool is_full() const { return !large_.empty() || text_.size() - text_sent_ >= gathered_max; }

    std::string_view first() const { return std::string_view(text_).substr(text_sent_); }
    std::string_view second() const { return std::string_view(large_).substr(large_sent_, written_max); }
    void sent(std::size_t count) {
        const std::size_t of_text = std::min(count, text_.size() - text_sent_);
        text_sent_ += of_text;
        large_sent_ += count - of_text;
        if (!is_empty()) return;
        if (text_.capacity() > 2 * gathered_max) text_ = {};
        text_.clear();
        large_ = {};
        text_sent_ = large_sent_ = 0;
    }

private:
    std::string text_, large_; // large_ follows text_
    std::size_t text_sent_ = 0, large_sent_ = 0;
};

} // namespace greenbank::http
