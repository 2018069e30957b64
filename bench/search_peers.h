// search_peers.h — what is asked of every search engine that is compared, and how Chinese is cut for those that cannot.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "records.h"
#include "search/folding.h"
#include "search/units.h"

namespace greenbank::bench {

using search::Document;

enum class Group { two_characters, phrase, english, russian, mixed };
constexpr const char* group_names[] = {"two-character Chinese", "longer Chinese", "English", "Russian", "mixed"};
constexpr std::size_t groups = std::size(group_names);

struct Asked {
    Group group;
    std::string zh, words; // words: English, Russian, or a second Chinese one
    std::string text() const { return zh + (zh.empty() || words.empty() ? "" : " ") + words; }
};

constexpr const char* facet_names[] = {"kind", "field", "country", "class", "readiness"};

class Peer {
public:
    virtual ~Peer() = default;
    virtual const char* name() const = 0;
    virtual void fill(const Records& records, std::size_t count) = 0;
    /// The best twenty with their titles and summaries, and with facets the total and five counts.
    virtual std::int64_t ask(const Asked& asked, bool facets) = 0;
    virtual std::string size() = 0;
};

inline double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <class T> T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", fill_in(result.error().message, result.error().parameters).c_str()), std::exit(1);
    return std::move(result).value();
}

/// The pairs of every run of ideographs, with a space between; single ones alone.
inline std::string pairs(std::string_view text) {
    const std::string folded = search::fold(text);
    std::string out;
    const auto units = search::units(folded);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!units[i].ideograph) continue;
        const bool pair = i + 1 < units.size() && units[i + 1].glued;
        if (!pair && units[i].glued) continue;
        out += std::string(folded, units[i].begin, (pair ? units[i + 1].end : units[i].end) - units[i].begin) + ' ';
    }
    return out;
}

inline std::vector<std::string> pairs_of(std::string_view text) {
    std::vector<std::string> out;
    const std::string all = pairs(text);
    for (const std::string_view pair : split(trim(all), ' '))
        if (!pair.empty()) out.emplace_back(pair);
    return out;
}

inline std::string all_titles(const Document& d) { return d.title.zh + ' ' + d.title.en + ' ' + d.title.ru; }
inline std::string all_summaries(const Document& d) { return d.summary.zh + ' ' + join(d.keywords, " ") + ' ' + d.summary.en + ' ' + d.summary.ru; }

inline std::size_t directory_bytes(const std::string& path) {
    std::size_t bytes = 0;
    struct stat status = {};
    for (const auto& entry : std::filesystem::directory_iterator(path)) // files have holes: count blocks
        if (stat(entry.path().c_str(), &status) == 0) bytes += 512 * static_cast<std::size_t>(status.st_blocks);
    return bytes;
}

} // namespace greenbank::bench
