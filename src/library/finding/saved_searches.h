// saved_searches.h — searches that people keep, and the notices of entries that came to meet them since.
// Notices are made from the change feed, an entry at a time against all searches; the feed's place is kept in the store, so that
// a group of servers makes each notice once, and none is lost with a server.
#pragma once

#include <mutex>
#include <optional>

#include "api/api.h"
#include "library/library.h"
#include "library/publishing/publication.h"
#include "search/percolating.h"

namespace greenbank::library {

struct SavedSearch {
    static constexpr std::string_view id_prefix = "search";
    Id<SavedSearch> id;
    std::string name, text;
    std::vector<std::string> kind, field, country, class_, readiness, capital_kind, organisation_kind;
    std::string language = "en";
    bool shared = false, notify = true;
    std::string person;
    std::optional<std::string> organisation;
    std::optional<std::string> feed_key_hash;
    bool has_feed = false;
    Time since; // entries that changed later make notices
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const SavedSearch*);

enum class NoticeChange { fresh, changed };

/// One entry that meets one search: at its latest change.
struct SearchNotice {
    static constexpr std::string_view id_prefix = "notice";
    Id<SearchNotice> id;
    Id<SavedSearch> saved_search;
    std::string kind, entry;
    Text title;
    std::int64_t entry_version = 1;
    NoticeChange change = NoticeChange::fresh;
    Time at;
};
Record describe(const SearchNotice*);

constexpr std::int64_t saved_searches_max = 50;     // of a person
constexpr std::int64_t notices_of_search_max = 500; // older ones go
constexpr Duration notices_life = days(90);

/// Makes notices out of the feed. One in a server; any thread.
class NoticeDesk {
public:
    /// Everything announced so far. An error leaves the place in the feed, so that the next call goes on from there.
    Result<Done> follow(Store& store, Time now);

private:
    struct Found {
        std::string search, kind, entry;
        Text title;
        std::int64_t version;
        NoticeChange change;
    };
    Result<Done> begin(Store& store, Time now);
    Result<Done> reload(Store& store);
    Result<std::vector<Found>> find(Store& store, const std::vector<Announcement>& changes);
    /// Writes notices and the new place; false where another server was there first.
    Result<bool> write(Store& store, const std::vector<Found>& found, const std::string& cursor, Time now);

    std::mutex mutex_;
    std::optional<search::Percolator> percolator_; // absent: to be made
    std::map<std::string, Time> since_;            // of each search
    std::shared_ptr<const Thesaurus> concepts_;
    std::string identity_, stored_cursor_, cursor_;
    std::size_t passed_ = 0; // announcements since the stored cursor
    bool begun_ = false;
};

std::vector<Endpoint> saved_search_endpoints(const PublicAddress& address);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::NoticeChange> {
    static constexpr std::string_view name = "notice_change";
    static constexpr std::string_view values[] = {"new", "changed"};
};
} // namespace greenbank
