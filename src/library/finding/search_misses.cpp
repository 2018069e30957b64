// search_misses.cpp — gathering, writing and reading searches that found nothing.
#include "library/finding/search_misses.h"

#include "api/call.h"
#include "library/thesaurus/thesaurus.h"
#include "search/folding.h"
#include "search/units.h"

namespace greenbank::library {

Record describe(const SearchMiss*) {
    return {"search_miss", "A search that found nothing, however often it was asked; nobody knows by whom.",
        {
            field<&SearchMiss::id>("id", "Id.", {.read_only = true}),
            field<&SearchMiss::text>("text", "What was searched for, in small letters.", {.read_only = true, .sort = true}),
            field<&SearchMiss::language>("language", "In which language of the page.", {.read_only = true, .filter = true}),
            field<&SearchMiss::times>("times", "How often.", {.read_only = true, .sort = true}),
            field<&SearchMiss::first_at>("first_at", "When first.", {.read_only = true, .sort = true}),
            field<&SearchMiss::last_at>("last_at", "When last.", {.read_only = true, .sort = true}),
        }};
}

std::optional<std::string> miss_key(std::string_view text) {
    constexpr std::size_t characters_max = 100, digits_max = 5; // a telephone number, a passport have more
    std::string key;
    std::size_t digits = 0, letters = 0;
    const std::string folded = search::fold(trim(text));
    if (length_in_characters(folded) > characters_max || folded.find('@') != std::string::npos || folded.find("://") != std::string::npos) return {};
    for (const search::Unit& unit : search::units(folded)) {
        const std::string_view word = unit.of(folded);
        for (const char c : word) (c >= '0' && c <= '9' ? digits : letters) += 1;
        if (!key.empty() && !unit.glued) key += ' ';
        key += word;
    }
    if (letters == 0 || digits > digits_max) return {};
    return key;
}

void MissLog::note(std::string_view text, Language language, Time now) {
    auto key = miss_key(text);
    if (!key) return;
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= held_max && !counts_.contains({language, *key})) return;
    Count& count = counts_[{language, std::move(*key)}];
    if (count.times++ == 0) count.first_at = now;
    count.last_at = now;
}

MissLog::Counts MissLog::take() {
    Counts taken;
    {
        const std::lock_guard lock(mutex_);
        taken.swap(counts_);
    }
    // In order of their texts: what another begins with stands before it, with only such in between.
    for (auto one = taken.begin(); one != taken.end();) {
        const auto next = std::next(one);
        const bool typed_on = next != taken.end() && next->first.first == one->first.first && next->first.second.starts_with(one->first.second);
        one = typed_on ? taken.erase(one) : next;
    }
    return taken;
}

Result<Done> MissLog::flush(Store& store, Time now) {
    const Counts taken = take();
    if (taken.empty()) return Done{};
    auto written = store.write([&](Transaction& transaction) -> Result<Done> {
        Random random(static_cast<std::uint64_t>(now.microseconds));
        for (const auto& [key, count] : taken)
            TRY(transaction.execute("INSERT INTO search_miss (id, text, language, times, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (text, "
                                    "language) DO UPDATE SET times = search_miss.times + excluded.times, last_at = excluded.last_at",
                {make_id<SearchMiss>(now, random).text, key.second, std::string(name_of(key.first)), count.times, count.first_at.microseconds,
                    count.last_at.microseconds}));
        TRY(transaction.execute("DELETE FROM search_miss WHERE last_at < $1", {(now - search_miss_life).microseconds}));
        const std::int64_t rows = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM search_miss")).single());
        if (rows > search_misses_max) // those of least weight go
            TRY(transaction.execute(
                "DELETE FROM search_miss WHERE id IN (SELECT id FROM search_miss ORDER BY times, last_at LIMIT $1)", {rows - search_misses_max}));
        return Done{};
    });
    if (written) return written;
    const std::lock_guard lock(mutex_);
    for (const auto& [key, count] : taken) {
        if (counts_.size() >= held_max) break;
        Count& held = counts_[key];
        held.first_at = count.first_at;
        held.last_at = std::max(held.last_at, count.last_at);
        held.times += count.times;
    }
    return written;
}

struct MissKey {
    Id<SearchMiss> id;
};
Record describe(const MissKey*) { return {"search_miss_key", "Names a search that found nothing.", {field<&MissKey::id>("id", "Its id.")}}; }

namespace {

Result<Page<SearchMiss>> search_miss_list(Transaction& transaction, const Caller& caller, const ListOf<SearchMiss>& asked) {
    ListOf<SearchMiss> list = asked;
    if (!list.sort) list.sort = record_of<SearchMiss>().find("times"), list.descending = true;
    return list_page<SearchMiss>(transaction, caller, list);
}

Result<Done> search_miss_delete(Transaction& transaction, const Caller&, const MissKey& key) { return transaction.erase(key.id); }

} // namespace

std::vector<Endpoint> search_miss_endpoints() {
    return {
        // clang-format off
        {"search_miss_list", Method::get, "/search-misses", "Searches that found nothing, the most frequent first.", Mode::read, edit_thesaurus, call(search_miss_list)},
        {"search_miss_delete", Method::remove, "/search-misses/{id}", "Take a search off the list: it is dealt with.", Mode::write, edit_thesaurus, call(search_miss_delete)},
        // clang-format on
    };
}

} // namespace greenbank::library
