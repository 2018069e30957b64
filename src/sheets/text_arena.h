// text_arena.h — texts side by side in memory that is used again; a view of one holds until the arena is cleared.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace greenbank::sheets {

class TextArena {
public:
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        if (text.size() > left_) grow(text.size());
        char* const place = next_;
        std::memcpy(place, text.data(), text.size());
        next_ += text.size();
        left_ -= text.size();
        held_ += text.size();
        return {place, text.size()};
    }

    std::size_t size() const { return held_; } // bytes held

    void clear() {
        if (blocks_.size() > 1) blocks_.resize(1); // a long row leaves no memory behind
        next_ = blocks_.empty() ? nullptr : blocks_[0].get();
        left_ = blocks_.empty() ? 0 : block_size;
        held_ = 0;
    }

private:
    static constexpr std::size_t block_size = 64 << 10;

    void grow(std::size_t size) {
        // The first block is always of the usual size, so that `clear` may keep it.
        if (blocks_.empty() && size > block_size) blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
        const std::size_t wanted = size > block_size ? size : block_size;
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(wanted));
        next_ = blocks_.back().get();
        left_ = wanted;
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0, held_ = 0;
};

} // namespace greenbank::sheets
