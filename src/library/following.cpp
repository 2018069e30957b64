// following.cpp — words first, then what is found by them, then who is told.
#include "library/following.h"

#include "kernel/log.h"
#include "library/finding/finding.h"
#include "library/thesaurus/thesaurus.h"

namespace greenbank::library {

namespace {

/// An error waits for the next try: the feed's place is kept.
void make_notices(NoticeDesk& notices, Store& store, Time now) {
    if (const auto made = notices.follow(store, now); !made) log(Level::warning, "notices", fill_in(made.error().message, made.error().parameters));
}

} // namespace

Following following(search::Index& index, NoticeDesk& notices) {
    return {
        .fill = [&index, &notices](Store& store, Time now) -> Result<std::optional<std::string>> {
            TRY(load_thesaurus(store));
            TRY(index.learn_synonyms(synonyms_of(*thesaurus())));
            std::string cursor = TRY(fill_index(store, index));
            make_notices(notices, store, now); // a new bank begins to take note before anybody can write; an old one catches up
            return std::optional(std::move(cursor));
        },
        .follow = [&index, &notices](Store& store, const std::vector<Announcement>& changes, const std::string& cursor, Time now) -> Result<Done> {
            if (names_concepts(changes) && TRY(load_thesaurus(store))) TRY(index.learn_synonyms(synonyms_of(*thesaurus())));
            TRY(follow_index(store, index, changes, cursor));
            make_notices(notices, store, now);
            return Done{};
        },
    };
}

} // namespace greenbank::library
