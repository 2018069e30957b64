// suggesting.cpp — what is found in each way, shown in the asker's language, counted by distinct documents.
#include "search/suggesting.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "search/folding.h"
#include "search/prepared.h"
#include "search/sounds.h"

namespace greenbank::search {

namespace {

constexpr std::size_t translated_titles_max = 16; // of documents of one title; a title of more is shown as it is

class Gathering {
public:
    Gathering(Language language, const Thesaurus& thesaurus, Phrases& phrases) : language_(language), thesaurus_(thesaurus), phrases_(phrases) {}

    bool empty() const { return shown_.empty(); }

    void gather(const std::string& key) {
        add(phrases_.beginning(key));
        for (const std::string& other : thesaurus_.others_beginning(key)) add(phrases_.exactly(other));
    }

    void gather_sounding(const std::string& key) {
        const std::string sound = typed_sound(key);
        if (sound.empty()) return;
        std::set<std::string> keys;
        for (const std::string& beginning : possible_beginnings(sound))
            for (std::string& found : phrases_.sounding(beginning, sound)) keys.insert(std::move(found));
        for (const std::string& found : keys) add(phrases_.exactly(found));
    }

    std::vector<Suggestion> take(std::size_t limit) {
        std::vector<Suggestion> out;
        for (auto& [key, shown] : shown_) {
            std::sort(shown.documents.begin(), shown.documents.end());
            const auto end = std::unique(shown.documents.begin(), shown.documents.end());
            out.push_back({std::move(shown.text), end - shown.documents.begin()});
        }
        sort_suggestions(out, limit);
        return out;
    }

private:
    struct Shown {
        std::string key, text;
        std::vector<std::uint32_t> documents;
    };

    void add(const std::vector<Carried>& list) {
        for (const Carried& carried : list) {
            if (carried.documents.empty() || !added_.insert((carried.keyword ? "k" : "t") + carried.key).second) continue;
            if (language_of(carried.text) == language_) {
                show(carried.text, carried.documents);
            } else if (carried.keyword || carried.documents.size() > translated_titles_max) {
                const std::string translated = thesaurus_.in(language_, carried.text);
                show(translated.empty() ? carried.text : translated, carried.documents);
            } else {
                for (const std::uint32_t document : carried.documents) {
                    const std::string title = phrases_.title(document, language_);
                    show(title.empty() ? carried.text : title, {document});
                }
            }
        }
    }

    void show(const std::string& text, const std::vector<std::uint32_t>& documents) {
        std::string same = Thesaurus::key(fold(text)), key = phrase_key(text); // one of "heat pump" and "Heat pumps"
        Shown& shown = shown_[same.empty() ? key : std::move(same)];
        if (shown.text.empty() || std::tie(key, text) < std::tie(shown.key, shown.text)) shown.key = key, shown.text = text; // always the same one
        shown.documents.insert(shown.documents.end(), documents.begin(), documents.end());
    }

    Language language_;
    const Thesaurus& thesaurus_;
    Phrases& phrases_;
    std::set<std::string> added_;
    std::map<std::string, Shown> shown_; // by stems
};

/// The text with its wrong words replaced: once by the first thing each may have been meant as, then by the second, …
std::vector<std::string> corrected(const std::string& key, const Thesaurus& thesaurus, Phrases& phrases) {
    struct Wrong {
        Unit unit;
        std::vector<std::string> read_as;
    };
    std::vector<Wrong> wrong;
    std::size_t ways = 0;
    for (const Unit& unit : units(key)) {
        if (unit.ideograph) continue;
        std::vector<std::string> read_as = corrections(std::string(unit.of(key)), unit.end == key.size(), thesaurus, phrases);
        ways = std::max(ways, read_as.size());
        if (!read_as.empty()) wrong.push_back({unit, std::move(read_as)});
    }
    std::vector<std::string> out;
    for (std::size_t way = 0; way < ways; ++way) {
        std::string text;
        std::size_t at = 0;
        for (const Wrong& word : wrong) {
            text += key.substr(at, word.unit.begin - at) + word.read_as[std::min(way, word.read_as.size() - 1)];
            at = word.unit.end;
        }
        out.push_back(text + key.substr(at));
    }
    return out;
}

} // namespace

std::vector<Suggestion> suggestions(std::string_view text, Language language, std::size_t limit, const Thesaurus& thesaurus, Phrases& phrases) {
    const std::string key = phrase_key(text);
    if (key.empty() || limit == 0) return {};
    Gathering found(language, thesaurus, phrases);
    found.gather(key);
    found.gather_sounding(key);
    if (found.empty())
        for (const std::string& instead : corrected(key, thesaurus, phrases)) found.gather(instead);
    return found.take(limit);
}

} // namespace greenbank::search
