// following.cpp — in pages, so that no snapshot of the store is held for long.
#include "match/following.h"

#include "library/library.h"

namespace greenbank::match {

using library::Technology;

Result<Done> fill(Store& store, Matcher& matcher) {
    constexpr std::size_t page_size = 500;
    for (std::string last;;) {
        std::vector<Technology> page;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            page = TRY(transaction.find<Technology>("state = 'published' AND id > $1 ORDER BY id LIMIT 500", {last}));
            return Done{};
        }));
        for (const Technology& technology : page) matcher.put(library::teaser(technology));
        if (page.size() < page_size) return Done{};
        last = page.back().id.text;
    }
}

Result<Done> relearn(Store& store, Matcher& matcher) {
    return matcher.relearn([&] { return fill(store, matcher); });
}

Result<Done> follow(Store& store, Matcher& matcher, const std::vector<Announcement>& changes) {
    for (const Announcement& change : changes) {
        if (change.record != record_of<Technology>().name) continue;
        std::optional<Technology> found;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            found = TRY(transaction.find_one<Technology>("id = $1", {change.id}));
            return Done{};
        }));
        if (found) matcher.put(library::teaser(std::move(*found)));
        else matcher.erase(change.id);
    }
    return Done{};
}

} // namespace greenbank::match
