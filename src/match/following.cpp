// following.cpp — in pages, so that no snapshot of the store is held for long.
#include "match/following.h"

#include "library/library.h"
#include "library/reference.h"
#include "match/feedback/feedback.h"

namespace greenbank::match {

using library::Need;
using library::Technology;

namespace {

/// Puts every published entry of a kind.
template <class T> Result<Done> fill(Store& store, Matcher& matcher) {
    constexpr std::size_t page_size = 500;
    for (std::string last;;) {
        std::vector<T> page;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            page = TRY(transaction.find<T>("state = 'published' AND id > $1 ORDER BY id LIMIT 500", {last}));
            return Done{};
        }));
        for (const T& entry : page) matcher.put(library::teaser(entry));
        if (page.size() < page_size) return Done{};
        last = page.back().id.text;
    }
}
Result<Done> fill_all(Store& store, Matcher& matcher) {
    TRY(fill<Technology>(store, matcher));
    return fill<Need>(store, matcher);
}

/// Takes the edition of the weights that a person has put into force.
Result<Done> take_weights(Store& store, Matcher& matcher) {
    WeightsEdition edition;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return edition = TRY(edition_in_force(transaction, compiled_in_weights())), Done{}; }));
    if (edition.edition != matcher.edition().edition) matcher.use(std::move(edition));
    return Done{};
}

template <class T> Result<Done> follow(Store& store, Matcher& matcher, const std::string& id) {
    std::optional<T> found;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        found = TRY(transaction.find_one<T>("id = $1", {id}));
        return Done{};
    }));
    if (found) matcher.put(library::teaser(std::move(*found)));
    else matcher.erase(id);
    return Done{};
}

/// Puts or erases what was announced; the same announcement may come twice.
Result<Done> follow(Store& store, Matcher& matcher, const std::vector<Announcement>& changes) {
    bool weights = false;
    for (const Announcement& change : changes) {
        if (change.record == record_of<Technology>().name) TRY(follow<Technology>(store, matcher, change.id));
        else if (change.record == record_of<Need>().name) TRY(follow<Need>(store, matcher, change.id));
        else weights = weights || change.record == record_of<WeightsProposal>().name;
    }
    if (weights) TRY(take_weights(store, matcher));
    return Done{};
}

} // namespace

Following following(Matcher& matcher) {
    const auto learned = std::make_shared<std::shared_ptr<const library::Thesaurus>>();
    return {
        .fill = [&matcher, learned](Store& store, Time) -> Result<std::optional<std::string>> {
            *learned = library::thesaurus();
            TRY(take_weights(store, matcher));
            TRY(fill_all(store, matcher));
            return std::optional<std::string>{};
        },
        .follow = [&matcher, learned](Store& store, const std::vector<Announcement>& changes, const std::string&, Time) -> Result<Done> {
            if (const auto now = library::thesaurus(); now != *learned) {
                TRY(matcher.relearn([&] { return fill_all(store, matcher); }));
                *learned = now;
            }
            return follow(store, matcher, changes);
        },
    };
}

} // namespace greenbank::match
