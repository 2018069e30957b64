// saved_searches.cpp — keeping searches, reading notices, and a feed for programs that read news.
#include "library/finding/saved_searches.h"

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/rules.h"
#include "parties/secrets.h"
#include "xml/write.h"

namespace greenbank::library {

static void check_saved(const void* value, Problems& problems) {
    const auto& saved = *static_cast<const SavedSearch*>(value);
    const auto filters = {&saved.kind, &saved.field, &saved.country, &saved.class_, &saved.readiness, &saved.capital_kind, &saved.organisation_kind};
    if (trim(saved.text).empty() && std::all_of(filters.begin(), filters.end(), [](const auto* list) { return list->empty(); }))
        problems.push_back({"text", "saved_search.everything", "Say at least one word or choose a filter; else every change would be news."});
    if (saved.language != "zh" && saved.language != "en" && saved.language != "ru")
        problems.push_back({"language", "choice.unknown", "This must be one of {choices}.", {{"choices", "zh, en, ru"}}});
}

Record describe(const SavedSearch*) {
    constexpr Traits list{.max = 50, .defaulted = true};
    return {"saved_search", "A search that somebody keeps.",
        {
            field<&SavedSearch::id>("id", "Id.", {.read_only = true}),
            field<&SavedSearch::name>("name", "What its owner calls it.", {.min = 1, .max = 200, .sort = true}),
            field<&SavedSearch::text>("text", "The words, as in search_get; the last one is whole.", {.max = 500, .defaulted = true}),
            field<&SavedSearch::kind>("kind", "Kinds of entries.", list),
            field<&SavedSearch::field>("field", "Fields.", list),
            field<&SavedSearch::country>("country", "Countries.", list),
            field<&SavedSearch::class_>("class", "Class codes of any level.", list),
            field<&SavedSearch::readiness>("readiness", "Levels on a scale of 1 to 9.", list),
            field<&SavedSearch::capital_kind>("capital_kind", "Kinds of capital.", list),
            field<&SavedSearch::organisation_kind>("organisation_kind", "Kinds of organisation.", list),
            field<&SavedSearch::language>("language", "In which language its feed is written.", {.max = 2, .defaulted = true}),
            field<&SavedSearch::shared>("shared", "Everybody in the organisation has it and its notices.", {.defaulted = true, .filter = true}),
            field<&SavedSearch::notify>("notify", "Tell of entries that come to meet it.", {.defaulted = true, .filter = true}),
            field<&SavedSearch::person>("person", "Whose it is.", {.read_only = true}),
            field<&SavedSearch::organisation>("organisation", "For which organisation that person acted.", {.read_only = true}),
            field<&SavedSearch::feed_key_hash>("feed_key_hash", "Hash of the secret in its feed's address.", {.read_only = true, .secret = true}),
            field<&SavedSearch::has_feed>("has_feed", "There is a feed.", {.read_only = true}),
            field<&SavedSearch::since>("since", "Entries that changed later make notices.", {.read_only = true}),
            field<&SavedSearch::created_at>("created_at", "When it was saved.", {.read_only = true, .sort = true}),
            field<&SavedSearch::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&SavedSearch::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_saved, true};
}

Record describe(const SearchNotice*) {
    return {"search_notice", "An entry that came to meet a saved search, or changed.",
        {
            field<&SearchNotice::id>("id", "Id.", {.read_only = true}),
            field<&SearchNotice::saved_search>("saved_search", "Which search.", {.read_only = true}),
            field<&SearchNotice::kind>("kind", "What the entry is.", {.read_only = true}),
            field<&SearchNotice::entry>("entry", "Its id.", {.read_only = true}),
            field<&SearchNotice::title>("title", "Its title.", {.read_only = true}),
            field<&SearchNotice::entry_version>("entry_version", "Its version.", {.read_only = true}),
            field<&SearchNotice::change>("change", "New to everybody, or changed.", {.read_only = true}),
            field<&SearchNotice::at>("at", "When it was noticed.", {.read_only = true}),
        }};
}

struct SavedSearchKey {
    Id<SavedSearch> id;
};
Record describe(const SavedSearchKey*) { return {"saved_search_key", "Names a saved search.", {field<&SavedSearchKey::id>("id", "Its id.")}}; }

struct NoticeRequest {
    std::optional<Id<SavedSearch>> saved_search;
    std::int64_t limit = 20;
};
Record describe(const NoticeRequest*) {
    return {"notice_request", "Which notices.",
        {field<&NoticeRequest::saved_search>("saved_search", "Of this search only."),
            field<&NoticeRequest::limit>("limit", "How many at most.", {.min = 1, .max = 200, .defaulted = true})}};
}

struct NoticeView {
    Id<SearchNotice> id;
    Id<SavedSearch> saved_search;
    std::string search_name, kind, entry;
    Text title;
    NoticeChange change = NoticeChange::fresh;
    Time at;
    bool unread = false;
};
Record describe(const NoticeView*) {
    return {"notice", "An entry that came to meet a saved search, or changed.",
        {field<&NoticeView::id>("id", "Id."), field<&NoticeView::saved_search>("saved_search", "Which search."),
            field<&NoticeView::search_name>("search_name", "What it is called."), field<&NoticeView::kind>("kind", "What the entry is."),
            field<&NoticeView::entry>("entry", "Its id."), field<&NoticeView::title>("title", "Its title."),
            field<&NoticeView::change>("change", "New to everybody, or changed."), field<&NoticeView::at>("at", "When it was noticed."),
            field<&NoticeView::unread>("unread", "Later than the caller last looked.")}};
}

struct NoticeBox {
    std::int64_t unread = 0;
    std::vector<NoticeView> items;
};
Record describe(const NoticeBox*) {
    return {"notice_box", "Notices of the caller's searches, newest first.",
        {field<&NoticeBox::unread>("unread", "How many are later than the caller last looked."),
            field<&NoticeBox::items>("items", "The newest.", {.max = 200})}};
}

struct SeenRequest {
    Time until;
};
Record describe(const SeenRequest*) {
    return {"notice_seen_request", "Says what was looked at.", {field<&SeenRequest::until>("until", "Notices until then have been seen.")}};
}

struct FeedAddress {
    std::string address;
};
Record describe(const FeedAddress*) {
    return {"saved_search_feed", "Where a program that reads news finds the notices.",
        {field<&FeedAddress::address>("address", "Whoever knows it reads them; it is shown only now.")}};
}

struct FeedKey {
    std::string key;
};
Record describe(const FeedKey*) { return {"feed_key", "Names a feed.", {field<&FeedKey::key>("key", "The secret of its address.", {.max = 100})}}; }

namespace {

constexpr std::string_view mine = "person = $1 OR (shared = true AND organisation = $2)";

std::vector<Value> me(const Caller& caller) { return {caller.actor.person, caller.actor.organisation}; }

Result<SavedSearch> own_search(Transaction& transaction, const Caller& caller, const Id<SavedSearch>& id) {
    SavedSearch saved = TRY(transaction.get(id));
    if (saved.person == caller.actor.person) return saved;
    if (saved.shared && saved.organisation == caller.actor.organisation)
        return Error{Failure::forbidden, "saved_search.not_yours", "A colleague shares this search; only that person changes it."};
    return not_found(record_of<SavedSearch>(), id.text);
}

Result<Page<SavedSearch>> saved_search_list(Transaction& transaction, const Caller& caller, const ListOf<SavedSearch>& list) {
    return list_page<SavedSearch>(transaction, caller, list, mine, me(caller));
}

Result<SavedSearch> saved_search_get(Transaction& transaction, const Caller& caller, const SavedSearchKey& key) {
    const auto saved =
        TRY(transaction.find_one<SavedSearch>(fmt::format("id = $3 AND ({})", mine), {caller.actor.person, caller.actor.organisation, key.id.text}));
    if (!saved) return not_found(record_of<SavedSearch>(), key.id.text);
    return *saved;
}

Result<Reply<SavedSearch>> saved_search_create(Transaction& transaction, const Caller& caller, const SavedSearch& asked) {
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM saved_search WHERE person = $1", {caller.actor.person})).single()) >= saved_searches_max)
        return Error{Failure::conflict, "saved_search.too_many", "You keep {limit} searches, which is the most; delete one first.",
            {{"limit", std::to_string(saved_searches_max)}}};
    SavedSearch saved = asked;
    saved.id = caller.new_id<SavedSearch>();
    saved.person = caller.actor.person;
    if (!caller.actor.organisation.empty()) saved.organisation = caller.actor.organisation;
    saved.since = saved.created_at = saved.updated_at = caller.now;
    TRY(transaction.insert(saved));
    return Reply<SavedSearch>{.body = std::move(saved), .status = 201};
}

Result<SavedSearch> saved_search_update(Transaction& transaction, const Caller& caller, const Patch<SavedSearch>& patch) {
    const SavedSearch before = TRY(own_search(transaction, caller, patch.id));
    SavedSearch saved = TRY(apply_patch(transaction, caller, patch));
    const auto asks = [](const SavedSearch& one) {
        return std::tie(one.text, one.kind, one.field, one.country, one.class_, one.readiness, one.capital_kind, one.organisation_kind);
    };
    if (asks(before) != asks(saved)) { // another search: what was noticed for the old one says nothing
        saved.since = caller.now;
        TRY(transaction.execute("DELETE FROM search_notice WHERE saved_search = $1", {saved.id.text}));
    }
    if (!before.notify && saved.notify) saved.since = caller.now;
    saved.updated_at = caller.now;
    TRY(transaction.update(saved));
    return saved;
}

Result<Done> saved_search_delete(Transaction& transaction, const Caller& caller, const SavedSearchKey& key) {
    TRY(own_search(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM search_notice WHERE saved_search = $1", {key.id.text}));
    return transaction.erase(key.id);
}

Result<NoticeBox> notice_list(Transaction& transaction, const Caller& caller, const NoticeRequest& request) {
    const std::int64_t seen = as_integer(TRY(transaction.query("SELECT seen_until FROM notice_mark WHERE person = $1", {caller.actor.person})).single());
    NoticeBox box;
    box.unread = as_integer(
        TRY(transaction.query(fmt::format("SELECT COUNT(*) FROM search_notice WHERE at > $3 AND saved_search IN (SELECT id FROM saved_search WHERE {})", mine),
                {caller.actor.person, caller.actor.organisation, seen}))
            .single());
    std::map<std::string, std::string> names;
    for (const SavedSearch& one : TRY(transaction.find<SavedSearch>(mine, me(caller)))) names.emplace(one.id.text, one.name);
    const std::string wanted = request.saved_search ? request.saved_search->text : "";
    for (SearchNotice& one : TRY(transaction.find<SearchNotice>(
             fmt::format("saved_search IN (SELECT id FROM saved_search WHERE {}) AND ($3 = '' OR saved_search = $3) ORDER BY at DESC, id DESC LIMIT {}", mine,
                 request.limit),
             {caller.actor.person, caller.actor.organisation, wanted})))
        box.items.push_back({one.id, one.saved_search, names[one.saved_search.text], one.kind, one.entry, std::move(one.title), one.change, one.at,
            one.at.microseconds > seen});
    return box;
}

Result<Done> notice_seen(Transaction& transaction, const Caller& caller, const SeenRequest& request) {
    TRY(transaction.execute("INSERT INTO notice_mark (person, seen_until) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET seen_until = excluded.seen_until "
                            "WHERE notice_mark.seen_until < excluded.seen_until",
        {caller.actor.person, std::min(request.until, caller.now).microseconds}));
    return Done{};
}

// ---- the feed ---------------------------------------------------------------------------------------------------

Result<Reply<FeedAddress>> feed_open(const PublicAddress& address, Transaction& transaction, const Caller& caller, const SavedSearchKey& key) {
    SavedSearch saved = TRY(own_search(transaction, caller, key.id));
    const std::string secret = parties::random_token();
    saved.feed_key_hash = parties::token_hash(secret);
    saved.has_feed = true;
    saved.updated_at = caller.now;
    TRY(transaction.update(saved));
    return Reply<FeedAddress>{.body = {fmt::format("{}/api/v1/feeds/{}", address.base, secret)}, .status = 201, .keep = false};
}

Result<Done> feed_close(Transaction& transaction, const Caller& caller, const SavedSearchKey& key) {
    SavedSearch saved = TRY(own_search(transaction, caller, key.id));
    saved.feed_key_hash.reset();
    saved.has_feed = false;
    saved.updated_at = caller.now;
    return transaction.update(saved);
}

std::string page_of(const PublicAddress& address, const SearchNotice& notice) {
    const std::string_view place = notice.kind == "technology"      ? "/library/technologies/"
                                   : notice.kind == "need"          ? "/needs/"
                                   : notice.kind == "capital_offer" ? "/capital/"
                                   : notice.kind == "expert"        ? "/library/experts/"
                                   : notice.kind == "policy"        ? "/library/policies/"
                                                                    : "/organisations/";
    return fmt::format("{}{}{}", address.base, place, notice.entry);
}

/// Atom, RFC 4287.
Result<Raw> feed_get(const PublicAddress& address, Transaction& transaction, const Caller&, const FeedKey& key) {
    const auto saved = TRY(transaction.find_one<SavedSearch>("feed_key_hash = $1", {parties::token_hash(key.key)}));
    if (!saved) return Error{Failure::not_found, "saved_search.no_feed", "There is no such feed; its owner may have closed it."};
    const Language language = saved->language == "zh" ? Language::zh : saved->language == "ru" ? Language::ru : Language::en;
    const auto notices = TRY(transaction.find<SearchNotice>("saved_search = $1 ORDER BY at DESC, id DESC LIMIT 100", {saved->id.text}));
    xml::Writer out = xml::Writer::document();
    out.begin("feed").attribute("xmlns", "http://www.w3.org/2005/Atom").attribute("xml:lang", saved->language);
    out.element("id", fmt::format("{}/feeds#{}", address.base, saved->id.text)).element("title", saved->name);
    out.element("updated", to_text(notices.empty() ? saved->since : notices.front().at));
    out.begin("author").element("name", "Greenbank").end();
    out.begin("link").attribute("href", address.base + "/library").end();
    for (const SearchNotice& one : notices) {
        const std::string page = page_of(address, one);
        out.begin("entry").element("id", fmt::format("{}#{}", page, one.entry_version)).element("title", one.title.best(language));
        out.element("updated", to_text(one.at));
        out.begin("category").attribute("term", one.kind).attribute("label", word("record." + one.kind, language)).end();
        out.begin("link").attribute("href", page).end();
        out.element("summary", word(fmt::format("choice.notice_change.{}", name_of(one.change)), language)).end();
    }
    out.end();
    return Raw{"application/atom+xml; charset=utf-8", out.take(), {{"Cache-Control", "no-cache"}, {"X-Robots-Tag", "noindex"}}};
}

} // namespace

std::vector<Endpoint> saved_search_endpoints(const PublicAddress& address) {
    return {
        // clang-format off
        {"saved_search_list", Method::get, "/saved-searches", "The caller's saved searches, and those that colleagues share.", Mode::read, signed_in, call(saved_search_list)},
        {"saved_search_get", Method::get, "/saved-searches/{id}", "One saved search.", Mode::read, signed_in, call(saved_search_get)},
        {"saved_search_create", Method::post, "/saved-searches", "Save a search; entries that come to meet it make notices.", Mode::write, signed_in, call(saved_search_create)},
        {"saved_search_update", Method::patch, "/saved-searches/{id}", "Change a saved search, or silence it.", Mode::write, signed_in, call(saved_search_update)},
        {"saved_search_delete", Method::remove, "/saved-searches/{id}", "Forget a saved search and its notices.", Mode::write, signed_in, call(saved_search_delete)},
        {"saved_search_feed_open", Method::post, "/saved-searches/{id}/feed", "A secret address where news readers find the notices; an earlier one stops working.", Mode::write, signed_in,
         call(address, feed_open)},
        {"saved_search_feed_close", Method::remove, "/saved-searches/{id}/feed", "Close the feed.", Mode::write, signed_in, call(feed_close)},
        {"notice_list", Method::get, "/notices", "What came to meet the caller's searches.", Mode::read, signed_in, call(notice_list)},
        {"notice_seen", Method::post, "/notices/seen", "Say that notices have been looked at.", Mode::write, signed_in, call(notice_seen)},
        {"saved_search_feed", Method::get, "/feeds/{key}", "Notices of a saved search as Atom.", Mode::read, open_to_all,
         call(address, feed_get)},
        // clang-format on
    };
}

} // namespace greenbank::library
