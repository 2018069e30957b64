// following.cpp — in pages, so that no snapshot of the store is held for long.
#include "match/following.h"

#include "library/library.h"
#include "library/reference.h"

namespace greenbank::match {

using library::Technology;

namespace {

/// Puts every published technology.
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

/// Puts or erases the technologies that were announced; the same announcement may come twice.
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

} // namespace

Following following(Matcher& matcher) {
    const auto learned = std::make_shared<std::shared_ptr<const library::Thesaurus>>();
    return {
        .fill = [&matcher, learned](Store& store, Time) -> Result<std::optional<std::string>> {
            *learned = library::thesaurus();
            TRY(fill(store, matcher));
            return std::optional<std::string>{};
        },
        .follow = [&matcher, learned](Store& store, const std::vector<Announcement>& changes, const std::string&, Time) -> Result<Done> {
            if (const auto now = library::thesaurus(); now != *learned) {
                TRY(matcher.relearn([&] { return fill(store, matcher); }));
                *learned = now;
            }
            return follow(store, matcher, changes);
        },
    };
}

} // namespace greenbank::match
