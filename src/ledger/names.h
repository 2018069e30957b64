// names.h — texts of files to numbers and back: accounts and transfers may be called anything.
// Ten million names in an unordered_map take over a gigabyte; side by side in an arena, with a table of their numbers, a third of it.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sheets/text_arena.h"

namespace greenbank::ledger {

/// Each text once, numbered from 0 in the order of arrival.
class Names {
public:
    std::uint32_t number(std::string_view text) {
        if ((texts_.size() + 1) * 2 > table_.size()) grow();
        std::uint32_t& slot = table_[place(text)];
        if (slot == 0) {
            texts_.push_back(arena_.keep(text));
            slot = static_cast<std::uint32_t>(texts_.size());
        }
        return slot - 1;
    }
    std::optional<std::uint32_t> find(std::string_view text) const {
        const std::uint32_t slot = table_[place(text)];
        if (slot == 0) return {};
        return slot - 1;
    }
    std::string_view operator[](std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

private:
    /// Where the text stands, or would.
    std::size_t place(std::string_view text) const {
        const std::size_t mask = table_.size() - 1;
        std::size_t at = std::hash<std::string_view>{}(text)&mask;
        while (table_[at] != 0 && texts_[table_[at] - 1] != text) at = (at + 1) & mask;
        return at;
    }
    void grow() {
        table_.assign(table_.size() * 2, 0);
        for (std::size_t i = 0; i < texts_.size(); ++i) table_[place(texts_[i])] = static_cast<std::uint32_t>(i + 1);
    }

    sheets::TextArena arena_;
    std::vector<std::string_view> texts_;
    std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(64); // number + 1; 0: free
};

} // namespace greenbank::ledger
