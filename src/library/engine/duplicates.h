// duplicates.h — which entries of a library may be the same thing: one holder and the same or nearly the same title in any
// language, the same patent, or the same concepts named in another language. Pure.
// Near titles are found by set-similarity join with prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo et al. 2007).
#pragma once

#include <cstdint>
#include <string>
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

/// Numbers by key, the latest first. Flat: 8 bytes a number and at most 32 a key, where a map of lists takes ten times that.
class NumbersByKey {
public:
    void add(std::uint64_t key, std::uint32_t number);
    std::size_t count(std::uint64_t key) const;
    template <class Visit> void each(std::uint64_t key, Visit visit) const {
        if (slots_.empty()) return;
        for (std::uint32_t at = slots_[place(slots_, key)].latest; at != 0; at = numbers_[at - 1].before) visit(numbers_[at - 1].number);
    }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t latest = 0, count = 0; // latest: 1 + place in numbers_; 0: the slot is free
    };
    struct Number {
        std::uint32_t number, before;
    };
    static std::size_t place(const std::vector<Slot>& slots, std::uint64_t key);

    std::vector<Slot> slots_; // open addressing; a power of two, at most three quarters full
    std::size_t used_ = 0;
    std::vector<Number> numbers_;
};

/// Titles, patents and pairs of characters are known by hashes only, so that a million titles fit into some 250 MB.
class DuplicateIndex {
public:
    /// Entries are numbered by whoever adds them, below 2^32.
    void add(std::size_t entry, const Likely& likely);
    /// Everything alike, surest first (in the order of Likeness, then similarity, then number); each entry once.
    std::vector<Alike> find(const Likely& likely) const;

private:
    struct Title {
        std::uint32_t entry, pairs_begin, pairs_count;
        std::uint32_t digits; // a hash of its numbers
    };
    std::vector<Title> titles_;
    std::vector<std::uint32_t> pairs_; // of all titles, each sorted
    NumbersByKey by_key_;              // what must be equal, to entries
    NumbersByKey by_prefix_;           // owner and pair to titles_
};

/// "ZL 2019 1 0123456.7" and "CN201910123456.7A" name one patent: country, digits; empty where there are fewer than five digits.
std::string patent_key(std::string_view number);

} // namespace greenbank::library
