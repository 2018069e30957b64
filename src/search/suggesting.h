// Ways to go on typing: titles and keywords by what they begin with, by their sound, by synonyms, or as if corrected.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/reading.h"

namespace greenbank::search {

/// A title or keyword that some documents carry.
struct Carried {
    std::string key, text; // folded; as written
    bool keyword = false;
    std::vector<std::uint32_t> documents; // those the asker may see
};

/// What suggesting asks of an index, on behalf of one asker.
class Phrases : public Lexicon {
public:
    /// Of very many only some thousands.
    virtual std::vector<Carried> beginning(const std::string& key) = 0;
    virtual std::vector<Carried> exactly(const std::string& key) = 0;
    /// Phrases whose sound key begins so and that `sounds_so`, as keys; of very many only some.
    virtual std::vector<std::string> sounding(const std::string& sound_key_beginning, std::string_view typed_sound) = 0;
    virtual std::string title(std::uint32_t document, Language language) = 0;
};

std::vector<Suggestion> suggestions(std::string_view text, Language language, std::size_t limit, const Thesaurus& thesaurus, Phrases& phrases);

} // namespace greenbank::search
