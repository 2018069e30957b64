// reading.cpp — from a text to terms, from terms to readings: all of them, then their pairs, then some of them.
#include "search/reading.h"

#include <algorithm>
#include <set>

#include "kernel/utf8.h"
#include "search/folding.h"
#include "search/prepared.h"

namespace greenbank::search {

namespace {

using Kind = Condition::Kind;

constexpr std::size_t characters_max = 400; // of a query; the rest is not read
constexpr std::size_t terms_max = 64;       // of a reading
constexpr std::size_t run_exact = 4;        // longer runs of ideographs may also be found by their pairs
constexpr std::size_t synonyms_max = 24;    // of one word
constexpr std::size_t suggested_synonyms_max = 200;
constexpr float synonym_weight = 0.7F;
constexpr float prefix_weight = 0.5F;

/// A stretch between spaces and quotation marks, as the query's writer divided it.
struct Stretch {
    std::string_view text;
    bool quoted = false, excluded = false;
    bool last = false; // the writer may still be typing it
};

/// A word or a run of ideographs, or a quoted text.
struct Term {
    std::vector<Piece> pieces;
    std::string text = {}; // where it is quoted
    bool quoted = false;
    bool last = false;
    std::vector<std::string> also = {}; // other words that it may be read as

    bool run() const { return !quoted && pieces.front().ideograph; }
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> options, std::size_t& length) {
    for (const std::string_view option : options)
        if (text.starts_with(option)) return length = option.size(), true;
    return false;
}

bool opens_quote(std::string_view text, std::size_t& length) { return starts_with_any(text, {"\"", "“", "„", "«", "「", "『"}, length); }
bool closes_quote(std::string_view text, std::size_t& length) { return starts_with_any(text, {"\"", "”", "“", "»", "」", "』"}, length); }
bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::size_t end_of_quote(std::string_view text, std::size_t from, std::size_t& length) {
    for (std::size_t at = from; at < text.size(); ++at)
        if (closes_quote(text.substr(at), length)) return at;
    return std::string_view::npos;
}

std::vector<Stretch> stretches(std::string_view text) {
    std::vector<Stretch> out;
    bool fresh = true, excluded = false; // fresh: at the start or after a space
    std::size_t begin = 0, at = 0, length = 0;
    const auto close = [&] {
        if (at > begin) out.push_back({text.substr(begin, at - begin), false, excluded});
        excluded = false;
    };
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        if (is_space(text[at])) {
            close();
            begin = ++at;
            fresh = true;
        } else if (fresh && rest.size() > 1 && rest[0] == '-' && !is_space(rest[1])) {
            excluded = true;
            fresh = false;
            begin = ++at;
        } else if (opens_quote(rest, length)) {
            const std::size_t inside = at + length;
            const std::size_t end = end_of_quote(text, inside, length);
            const bool whole = end != std::string_view::npos; // a quotation mark alone is punctuation
            const bool without = excluded && begin == at;
            close();
            if (whole) out.push_back({text.substr(inside, end - inside), true, without});
            begin = at = whole ? end + length : inside;
            excluded = without && !whole;
            fresh = false;
        } else {
            ++at;
            fresh = false;
        }
    }
    close();
    if (!out.empty() && !out.back().quoted && begin < text.size()) out.back().last = true;
    return out;
}

std::vector<Piece> pieces_of(std::string_view folded) {
    std::vector<Piece> pieces;
    for (const Unit& unit : units(folded)) pieces.push_back({std::string(unit.of(folded)), unit.ideograph, unit.glued});
    return pieces;
}

std::string one_blank_each(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (!is_space(c)) out += c;
        else if (out.empty() || out.back() != ' ') out += ' ';
    return out;
}

/// Words one by one, runs of ideographs together, a phrase whole.
void add_terms(const Stretch& stretch, std::vector<Term>& terms) {
    std::vector<Piece> pieces = pieces_of(stretch.text);
    if (pieces.empty()) return;
    if (stretch.quoted) {
        terms.push_back({std::move(pieces), one_blank_each(trim(stretch.text)), true});
        return;
    }
    const std::size_t first = terms.size();
    for (Piece& piece : pieces) {
        if (!piece.glued) terms.emplace_back();
        terms.back().pieces.push_back(std::move(piece));
    }
    require(terms.size() > first, "the first ideograph of a text cannot be glued");
    const bool ends_in_word = !stretch.text.empty() && units(stretch.text).back().end == stretch.text.size();
    terms.back().last = stretch.last && ends_in_word;
}

Condition sequence(std::vector<Piece> pieces) { return {Kind::sequence, std::move(pieces)}; }
Condition stem_condition(const std::string& word) { return {Kind::stem, {{stem(word)}}}; }

/// Chinese characters alone, and single letters, are found as units without a look at the text.
Condition literal(const Term& term) {
    std::string all;
    for (const Piece& piece : term.pieces) all += piece.text;
    const bool ideographs = std::all_of(term.pieces.begin(), term.pieces.end(), [](const Piece& piece) { return piece.ideograph; });
    const bool letter = term.pieces.size() == 1 && first_characters(all, 1).size() == all.size();
    if (all == term.text && (ideographs || letter)) return sequence(term.pieces);
    return {Kind::literal, term.pieces, term.text};
}

Condition word_or_beginning(const std::string& word, bool last) {
    Condition by_stem = stem_condition(word);
    if (!last || first_characters(word, 1).size() == word.size()) return by_stem; // a letter begins too much
    return {Kind::any, {}, {}, {std::move(by_stem), {Kind::prefix, {{word}}, {}, {}, prefix_weight}}};
}

Condition plain(const Term& term) {
    if (term.quoted) return literal(term);
    if (term.pieces.front().ideograph) return sequence(term.pieces);
    Condition first = word_or_beginning(term.pieces.front().text, term.last);
    if (term.also.empty()) return first;
    Condition either{Kind::any, {}, {}, {std::move(first)}};
    for (const std::string& word : term.also) either.parts.push_back(word_or_beginning(word, term.last));
    return either;
}

std::string key_of(const Term& term) {
    std::string key;
    for (const Piece& piece : term.pieces) key += piece.ideograph ? piece.text : stem(piece.text);
    return key;
}

void add_once(std::vector<Condition>& conditions, Condition condition) {
    if (conditions.size() < terms_max && std::find(conditions.begin(), conditions.end(), condition) == conditions.end())
        conditions.push_back(std::move(condition));
}

void add_pairs(const Term& term, std::vector<Condition>& conditions) {
    for (std::size_t i = 0; i + 1 < term.pieces.size(); ++i)
        add_once(conditions, sequence({{term.pieces[i].text, true, false}, {term.pieces[i + 1].text, true, true}}));
}

/// How many terms from `first` on name a word of the thesaurus, the longest such; `others`: what else it is called.
std::size_t known_word(const std::vector<Term>& terms, std::size_t first, const Thesaurus& thesaurus, std::vector<Condition>& others) {
    std::size_t known = 0;
    std::string key;
    for (std::size_t n = 1; n <= thesaurus.longest() && first + n <= terms.size(); ++n) {
        const Term& term = terms[first + n - 1];
        if (term.quoted) break;
        key += (n > 1 ? " " : "") + key_of(term);
        if (auto found = thesaurus.others(key); !found.empty()) others = std::move(found), known = n;
    }
    return known;
}

void correct(Term& term, const Thesaurus& thesaurus, Lexicon& lexicon, std::vector<Correction>& corrected) {
    if (term.quoted || term.pieces.front().ideograph) return;
    std::string& word = term.pieces.front().text;
    std::vector<std::string> read_as = corrections(word, term.last, thesaurus, lexicon);
    if (read_as.empty()) return;
    for (const std::string& each : read_as)
        if (const Correction made{word, each}; std::find(corrected.begin(), corrected.end(), made) == corrected.end()) corrected.push_back(made);
    word = std::move(read_as.front());
    term.also.assign(read_as.begin() + 1, read_as.end());
}

Condition with_synonyms(const std::vector<Term>& terms, std::size_t first, std::size_t count, std::vector<Condition> others) {
    Condition said{Kind::all};
    for (std::size_t i = first; i < first + count; ++i) said.parts.push_back(plain(terms[i]));
    Condition either{Kind::any, {}, {}, {count == 1 ? std::move(said.parts.front()) : std::move(said)}};
    either.parts.insert(either.parts.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    return either;
}

} // namespace

Thesaurus::Thesaurus(const Synonyms& synonyms) : groups_(synonyms.groups) {
    struct Word {
        std::string key;
        std::uint32_t synonym;
    };
    std::unordered_map<std::string, std::uint32_t> met; // a condition as text, and where it stands in synonyms_
    const auto kept = [&](Condition condition) {
        std::string text{static_cast<char>('0' + static_cast<int>(condition.kind))};
        for (const Piece& piece : condition.pieces) ((text += piece.ideograph ? 'i' : 'w') += piece.glued ? '+' : ' ') += piece.text;
        const auto [at, is_new] = met.try_emplace(std::move(text), static_cast<std::uint32_t>(synonyms_.size()));
        if (is_new) synonyms_.push_back(std::move(condition));
        return at->second;
    };
    for (const std::vector<std::string>& group : synonyms.groups) {
        std::vector<Word> words;
        for (const std::string& text : group) {
            const std::string folded = fold(text);
            const std::vector<Piece> pieces = pieces_of(folded);
            if (pieces.empty()) continue;
            const bool ideographs = std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.ideograph; });
            Condition condition{ideographs ? Kind::sequence : pieces.size() == 1 ? Kind::stem : Kind::stems, pieces, {}, {}, synonym_weight};
            if (!ideographs)
                for (Piece& piece : condition.pieces) piece.text = stem(piece.text);
            words.push_back({key(folded), kept(std::move(condition))});
            longest_ = std::max(longest_, pieces.size());
        }
        for (const Word& word : words)
            for (const Word& other : words) {
                std::vector<std::uint32_t>& others = others_[word.key];
                if (other.key != word.key && others.size() < synonyms_max && std::find(others.begin(), others.end(), other.synonym) == others.end())
                    others.push_back(other.synonym);
            }
    }
    longest_ = std::min<std::size_t>(longest_, 8);
    for (const std::vector<std::string>& group : groups_) learn_group(group);
    std::sort(beginnings_.begin(), beginnings_.end());
}

void Thesaurus::learn_group(const std::vector<std::string>& group) {
    const auto number = static_cast<std::size_t>(&group - groups_.data());
    for (const std::string& text : group) {
        const std::string folded = fold(text);
        group_of_.try_emplace(key(folded), number);
        beginnings_.emplace_back(phrase_key(text), number);
        for (const Unit& unit : units(folded)) {
            if (unit.ideograph) continue;
            const std::string word(unit.of(folded)), word_stem = stem(word);
            if (words_.insert(word).second) vocabulary_.words.add(word, 0);
            if (stems_.insert(word_stem).second) vocabulary_.stems.add(word_stem, 0);
        }
    }
}

std::vector<std::string> Thesaurus::others_beginning(const std::string& key) const {
    std::set<std::string> out;
    auto at = std::lower_bound(beginnings_.begin(), beginnings_.end(), std::pair{key, std::size_t{0}});
    for (; at != beginnings_.end() && at->first.starts_with(key) && out.size() < suggested_synonyms_max; ++at)
        for (const std::string& other : groups_[at->second])
            if (std::string other_key = phrase_key(other); !other_key.starts_with(key)) out.insert(std::move(other_key));
    return {out.begin(), out.end()};
}

std::string Thesaurus::in(Language language, std::string_view phrase) const {
    const auto found = group_of_.find(key(fold(phrase)));
    if (found == group_of_.end()) return "";
    for (const std::string& word : groups_[found->second])
        if (language_of(word) == language) return word;
    return "";
}

Language language_of(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        if (is_ideograph(c)) return Language::zh;
        if (c >= 0x400 && c < 0x530) return Language::ru;
    }
    return Language::en;
}

std::vector<std::string> corrections(const std::string& word, bool unfinished, const Thesaurus& thesaurus, Lexicon& lexicon) {
    if (!is_correctable(word) || thesaurus.knows(word) || lexicon.holds(word_or_beginning(word, unfinished))) return {};
    for (const bool beginning : {false, true}) {
        if (beginning && !unfinished) break;
        Closest closest(word, beginning);
        lexicon.consider(closest);
        thesaurus.consider(closest);
        std::vector<std::string> words = closest.take([&](const std::string& near) {
            return thesaurus.has(near) || lexicon.holds({Kind::sequence, {{near}}});
        });
        if (!words.empty()) return words;
    }
    return {};
}

std::string Thesaurus::key(std::string_view folded) {
    std::string key;
    for (const Unit& unit : units(folded)) {
        if (!key.empty() && !unit.glued) key += ' ';
        key += unit.ideograph ? std::string(unit.of(folded)) : stem(unit.of(folded));
    }
    return key;
}

std::vector<Condition> Thesaurus::others(const std::string& key) const {
    std::vector<Condition> others;
    if (const auto found = others_.find(key); found != others_.end())
        for (const std::uint32_t synonym : found->second) others.push_back(synonyms_[synonym]);
    return others;
}

const Reading* Understood::completing(const Reading& held) const {
    return quoted || held.relaxed || readings.empty() || !readings.back().relaxed ? nullptr : &readings.back();
}

Understood understand(std::string_view text, const Thesaurus& thesaurus, Lexicon& lexicon) {
    Understood out;
    // A long text is cut before it is folded, too: folding may change the number of characters, never hugely.
    const std::string folded = fold(first_characters(text, 2 * characters_max));
    std::vector<Term> terms;
    for (const Stretch& stretch : stretches(first_characters(folded, characters_max))) {
        if (!stretch.excluded) {
            add_terms(stretch, terms);
        } else if (std::vector<Term> unwanted; add_terms(stretch, unwanted), !unwanted.empty()) {
            Condition all{Kind::all}; // -pm10-filter excludes what has both words
            for (Term& term : unwanted) term.last = false, all.parts.push_back(plain(term));
            out.excluded.push_back(all.parts.size() == 1 ? std::move(all.parts.front()) : std::move(all));
        }
    }
    if (terms.empty() && out.excluded.empty()) return out;
    out.quoted = std::any_of(terms.begin(), terms.end(), [](const Term& term) { return term.quoted; });
    for (Term& term : terms) correct(term, thesaurus, lexicon, out.corrected);

    Reading exact, pairs, some;
    some.relaxed = true;
    bool has_long_run = false;
    for (std::size_t i = 0; i < terms.size();) {
        std::vector<Condition> others;
        const std::size_t known = known_word(terms, i, thesaurus, others);
        if (known > 0) {
            const Condition either = with_synonyms(terms, i, known, std::move(others));
            for (Reading* reading : {&exact, &pairs, &some}) add_once(reading->terms, either);
        } else {
            const Term& term = terms[i];
            const bool long_run = term.run() && term.pieces.size() > run_exact;
            add_once(exact.terms, plain(term));
            long_run ? add_pairs(term, pairs.terms) : add_once(pairs.terms, plain(term));
            term.run() && term.pieces.size() > 2 ? add_pairs(term, some.terms) : add_once(some.terms, plain(term));
            has_long_run = has_long_run || long_run;
        }
        i += std::max<std::size_t>(known, 1);
    }
    out.readings.push_back(exact);
    if (has_long_run) out.readings.push_back(std::move(pairs));
    if (some.terms.size() > 1) out.readings.push_back(std::move(some));
    return out;
}

} // namespace greenbank::search
