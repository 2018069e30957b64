// names.h — texts of files to numbers and back: accounts and transfers may be called anything.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace greenbank::ledger {

/// Each text once, numbered from 0 in the order of arrival.
class Names {
public:
    std::uint32_t number(std::string_view text) {
        if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
        const auto next = static_cast<std::uint32_t>(texts_.size());
        texts_.emplace_back(text);
        numbers_.emplace(texts_.back(), next);
        return next;
    }
    std::optional<std::uint32_t> find(std::string_view text) const {
        const auto found = numbers_.find(text);
        if (found == numbers_.end()) return {};
        return found->second;
    }
    const std::string& operator[](std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

private:
    std::deque<std::string> texts_; // stay where they are: the keys below look at them
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

} // namespace greenbank::ledger
