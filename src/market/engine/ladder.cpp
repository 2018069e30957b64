// ladder.cpp — pages in order: found, made, and dropped when many are empty.
#include "market/engine/ladder.h"

namespace greenbank::market {

LadderPage* Ladder::beyond(const LadderPage& page, Side side) const {
    const std::size_t at = position(page.number);
    if (side == Side::sell) {
        for (std::size_t i = at + 1; i < pages_.size(); ++i)
            if (pages_[i]->used[index(side)] != 0) return pages_[i].get();
    } else {
        for (std::size_t i = at; i-- > 0;)
            if (pages_[i]->used[index(side)] != 0) return pages_[i].get();
    }
    return nullptr;
}

LadderPage& Ladder::find_or_make(std::int64_t number) {
    std::size_t at = position(number);
    if (at < pages_.size() && pages_[at]->number == number) return *pages_[at];
    if (pages_.size() >= drop_at_) {
        drop_empty_pages();
        at = position(number);
    }
    auto made = std::make_unique<LadderPage>();
    made->number = number;
    return **pages_.insert(pages_.begin() + static_cast<std::ptrdiff_t>(at), std::move(made));
}

void Ladder::drop_empty_pages() {
    std::erase_if(pages_, [](const auto& page) { return page->used[0] == 0 && page->used[1] == 0; });
    recent_.fill(nullptr);
    drop_at_ = std::max<std::size_t>(1024, 2 * pages_.size());
}

} // namespace greenbank::market
