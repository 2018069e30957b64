// What one asker may see of the Groonga index: whether a word is there, and titles and keywords to suggest.
#pragma once

#include <vector>

#include "search/groonga_matches.h"
#include "search/groonga_search.h"
#include "search/suggesting.h"

namespace greenbank::search {

/// Which documents an asker may see, by the number of their visibility token.
class Allowed {
public:
    Allowed(const Opened& opened, std::span<const std::string> visible);

    bool operator()(grn_id document) const { return document < rows_.size() && token(rows_.row(document).visible); }
    bool token(grn_id visible) const { return visible < allowed_.size() && allowed_[visible] != 0; }

private:
    const Rows& rows_;
    std::vector<char> allowed_;
};

class GroongaPhrases final : public Phrases {
public:
    GroongaPhrases(const Opened& opened, const Matcher& matcher, const Allowed& allowed) : opened_(opened), matcher_(matcher), allowed_(allowed) {}

    bool holds(const Condition& condition) override;
    void consider(Closest& closest) override;
    std::vector<Carried> beginning(const std::string& key) override;
    std::vector<Carried> exactly(const std::string& key) override;
    std::vector<std::string> sounding(const std::string& sound_key_beginning, std::string_view typed_sound) override;
    std::string title(std::uint32_t document, Language language) override;

private:
    std::vector<std::uint32_t> documents(grn_id phrase) const;
    Carried carried(grn_id phrase, std::string_view key) const;

    const Opened& opened_;
    const Matcher& matcher_;
    const Allowed& allowed_;
};

} // namespace greenbank::search
