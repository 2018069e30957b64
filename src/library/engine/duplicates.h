// duplicates.h — which entries of a library may be the same thing: one holder and the same or nearly the same title in any
// language, the same patent, or the same concepts named in another language. Pure.
// Near titles are found by set-similarity join with prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo et al. 2007).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace greenbank::library {

struct Likely {
    std::string owner;                   // entries of different owners are alike by patent only
    std::vector<std::string> titles;     // folded, one a language
    std::vector<std::string> patents;    // as patent_key() makes them
    std::vector<std::uint32_t> concepts; // of the title, sorted; at least three say something
};

enum class Likeness { same_patent, same_title, near_title, same_concepts };

struct Alike {
    std::size_t entry;
    Likeness likeness;
    double similarity; // of the titles' character pairs (Jaccard), 1 for the other kinds
};

/// Titles count as near from this share of common character pairs on, if their numbers are the same.
constexpr double near_title_similarity = 0.8;

class DuplicateIndex {
public:
    /// Entries are numbered by whoever adds them.
    void add(std::size_t entry, const Likely& likely);
    /// Everything alike, surest first (in the order of Likeness, then similarity, then number); each entry once.
    std::vector<Alike> find(const Likely& likely) const;

private:
    struct Title {
        std::size_t entry;
        std::vector<std::uint64_t> pairs;
        std::string digits;
    };
    std::vector<Title> titles_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_title_, by_patent_, by_concepts_; // to entries
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_prefix_;                      // owner and pair to titles_
};

/// "ZL 2019 1 0123456.7" and "CN201910123456.7A" name one patent: country, digits; empty where there are fewer than five digits.
std::string patent_key(std::string_view number);

} // namespace greenbank::library
