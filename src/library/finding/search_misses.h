// search_misses.h — searches that found nothing: what the bank lacks, or what the thesaurus does not know. Text, language, how often and
// when; nothing of who asked. Gathered in memory, so that a search stays a read.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "api/api.h"
#include "library/library.h"

namespace greenbank::library {

struct SearchMiss {
    static constexpr std::string_view id_prefix = "miss";
    Id<SearchMiss> id;
    std::string text; // folded: small letters, Simplified Chinese, single blanks
    Language language = Language::en;
    std::int64_t times = 0;
    Time first_at, last_at;
};
Record describe(const SearchMiss*);

constexpr Duration search_miss_life = days(180); // since it was last searched for
constexpr std::int64_t search_misses_max = 10'000;

/// The text as it is counted; nothing for what may say who somebody is (addresses, long numbers) or has no letters.
std::optional<std::string> miss_key(std::string_view text);

/// Any thread.
class MissLog {
public:
    struct Count {
        std::int64_t times = 0;
        Time first_at, last_at;
    };
    using Counts = std::map<std::pair<Language, std::string>, Count>;

    /// The text may be the beginning of another that somebody is typing: take() leaves it out where that came too.
    void note(std::string_view text, Language language, Time now);
    Counts take();
    /// Adds what was gathered to the store, and drops what is old. Gathers it again where the store refuses.
    Result<Done> flush(Store& store, Time now);

private:
    static constexpr std::size_t held_max = 1000;
    std::mutex mutex_;
    Counts counts_;
};

std::vector<Endpoint> search_miss_endpoints();

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<Language> {
    static constexpr std::string_view name = "language";
    static constexpr std::string_view values[] = {"zh", "en", "ru"};
};
} // namespace greenbank
