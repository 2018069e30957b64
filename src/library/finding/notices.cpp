// notices.cpp — from the feed to notices: exactly once for a group of servers.
#include <set>

#include <fmt/format.h>

#include "kernel/log.h"
#include "library/finding/finding.h"
#include "library/finding/saved_searches.h"
#include "library/finding/search_documents.h"

namespace greenbank::library {

namespace {

constexpr std::size_t batch = 500;
constexpr std::size_t passed_max = 2000; // so many may be looked at twice after a restart; their notices are there already

template <class T> constexpr bool is_for_all(const T& entry) {
    if constexpr (requires { entry.state; }) return seen_by_all(entry.state);
    else return true;
}

search::Query query_of(const SavedSearch& saved) {
    search::Query query{.text = saved.text, .visible = {"public"}};
    for (const auto& [name, values] : {std::pair("kind", &saved.kind), {"field", &saved.field}, {"country", &saved.country}, {"class", &saved.class_},
             {"readiness", &saved.readiness}, {"capital_kind", &saved.capital_kind}, {"organisation_kind", &saved.organisation_kind}})
        if (!values->empty()) query.filters[name] = *values;
    return query;
}

} // namespace

Result<Done> NoticeDesk::begin(Store& store, Time now) {
    const std::string until = TRY(store.announced_until());
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        TRY(transaction.execute(
            "INSERT INTO notice_cursor (name, cursor, at) VALUES ('search', $1, $2) ON CONFLICT (name) DO NOTHING", {until, now.microseconds}));
        TRY(transaction.execute("DELETE FROM search_notice WHERE at < $1", {(now - notices_life).microseconds}));
        return Done{};
    }));
    begun_ = true;
    return Done{};
}

Result<Done> NoticeDesk::reload(Store& store) {
    std::vector<SavedSearch> searches;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return searches = TRY(transaction.find<SavedSearch>("notify = true")), Done{}; }));
    concepts_ = thesaurus();
    search::Percolator made = TRY(search::Percolator::make(search_setup(*concepts_)));
    since_.clear();
    for (const SavedSearch& one : searches) {
        TRY(made.put(one.id.text, query_of(one)));
        since_[one.id.text] = one.since;
    }
    percolator_ = std::move(made);
    return Done{};
}

Result<std::vector<NoticeDesk::Found>> NoticeDesk::find(Store& store, const std::vector<Announcement>& changes) {
    std::vector<Found> found;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        found.clear();
        std::set<std::string> seen;
        const auto look = [&]<class T>(const Announcement& change, const T*) -> Result<Done> {
            if (change.record != record_of<T>().name || change.erased || !seen.insert(change.id).second) return Done{};
            const auto entry = TRY(transaction.find_one<T>("id = $1", {change.id}));
            if (!entry || !is_for_all(*entry)) return Done{};
            const search::Document document = document_of(*entry);
            if (document.visible != "public") return Done{};
            for (const std::string& id : TRY(percolator_->matches(document))) {
                const Time since = since_[id];
                if (entry->updated_at <= since) continue;
                const Value published =
                    TRY(transaction.query("SELECT MIN(at) FROM entry_version WHERE entry = $1 AND action = 'publish'", {change.id})).single();
                const Time first = is_null(published) ? entry->created_at : Time{as_integer(published)};
                found.push_back({id, document.kind, change.id, document.title, entry->version, first > since ? NoticeChange::fresh : NoticeChange::changed});
            }
            return Done{};
        };
        for (const Announcement& change : changes) {
            TRY(look(change, static_cast<const Technology*>(nullptr)));
            TRY(look(change, static_cast<const Need*>(nullptr)));
            TRY(look(change, static_cast<const CapitalOffer*>(nullptr)));
            TRY(look(change, static_cast<const Expert*>(nullptr)));
            TRY(look(change, static_cast<const Policy*>(nullptr)));
            TRY(look(change, static_cast<const Organisation*>(nullptr)));
        }
        return Done{};
    }));
    return found;
}

Result<bool> NoticeDesk::write(Store& store, const std::vector<Found>& found, const std::string& cursor, Time now) {
    bool ours = false;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        // Two servers that have read the same place both try to move it on; one of them finds it moved.
        ours = TRY(transaction.execute(
                   "UPDATE notice_cursor SET cursor = $1, at = $2 WHERE name = 'search' AND cursor = $3", {cursor, now.microseconds, stored_cursor_})) == 1;
        if (!ours) return Done{};
        Random random(static_cast<std::uint64_t>(now.microseconds) ^ std::hash<std::string>{}(cursor));
        std::set<std::string> searches;
        for (const Found& one : found) {
            std::string title;
            write_json_value(title, TypeOf<Text>::type, &one.title);
            // Where a notice is there already, the entry changed again; where it is of this very version, it was made before a restart.
            TRY(transaction.execute("INSERT INTO search_notice (id, saved_search, kind, entry, title, entry_version, change, at) SELECT $1, id, $3, $4, $5, "
                                    "$6, $7, $8 FROM saved_search "
                                    "WHERE id = $2 AND notify = true ON CONFLICT (saved_search, entry) DO UPDATE SET entry_version = excluded.entry_version, "
                                    "title = excluded.title, "
                                    "change = 'changed', at = excluded.at WHERE search_notice.entry_version < excluded.entry_version",
                {make_id<SearchNotice>(now, random).text, one.search, one.kind, one.entry, title, one.version, std::string(name_of(one.change)),
                    now.microseconds}));
            searches.insert(one.search);
        }
        for (const std::string& one : searches)
            TRY(transaction.execute(
                fmt::format("DELETE FROM search_notice WHERE saved_search = $1 AND id NOT IN (SELECT id FROM search_notice WHERE saved_search = "
                            "$1 ORDER BY at DESC, id DESC LIMIT {})",
                    notices_of_search_max),
                {one}));
        return Done{};
    }));
    return ours;
}

Result<Done> NoticeDesk::follow(Store& store, Time now) {
    const std::lock_guard lock(mutex_);
    if (!begun_) TRY(begin(store, now));
    while (true) {
        if (cursor_.empty()) {
            TRY(store.read([&](Transaction& transaction) -> Result<Done> {
                stored_cursor_ = as_text(TRY(transaction.query("SELECT cursor FROM notice_cursor WHERE name = 'search'")).single());
                return Done{};
            }));
            cursor_ = stored_cursor_;
            passed_ = 0;
        }
        const Announcements feed = TRY(store.announcements(cursor_, batch));
        if (feed.changes.empty()) return Done{};
        const bool searches_changed =
            std::any_of(feed.changes.begin(), feed.changes.end(), [](const Announcement& one) { return one.record == record_of<SavedSearch>().name; });
        if (searches_changed || !percolator_ || concepts_ != thesaurus()) TRY(reload(store));
        std::vector<Found> found;
        if (percolator_->size() > 0) found = TRY(find(store, feed.changes));
        passed_ += feed.changes.size();
        if (!found.empty() || passed_ >= passed_max) {
            if (!TRY(write(store, found, feed.cursor, now))) {
                cursor_.clear(); // from where the other one is
                continue;
            }
            stored_cursor_ = feed.cursor;
            passed_ = 0;
        }
        cursor_ = feed.cursor;
    }
}

} // namespace greenbank::library
