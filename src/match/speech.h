// speech.h — names and values of the match as people of one language write them.
#pragma once

#include "api/figures.h"
#include "library/records.h"
#include "library/reference.h"
#include "match/engine/match.h"

namespace greenbank::match {

class Speech : public Figures {
public:
    Speech(const library::Reference& reference, Language language_) : Figures(language_), reference_(reference) {}

    /// The word for match.<key>, with parameters filled in.
    std::string say(std::string_view key, const std::vector<Parameter>& parameters = {}) const;
    /// The label of a choice such as choice.technology_field.water, or the bare value where nobody brought one.
    std::string choice(std::string_view choices, std::string_view value) const;

    std::string readiness(const library::Readiness& readiness) const;

    std::string indicator(const std::string& code) const { return name(reference_.indicators, code); }
    std::string country(const std::string& code) const { return name(reference_.countries, code); }
    std::string technology_class(const std::string& code) const;
    std::string list(std::vector<std::string> names, std::size_t most = 8) const;
    std::string countries(const std::vector<std::string>& codes) const;
    std::string traits(const std::vector<std::string>& codes) const;

private:
    std::string name(const library::Vocabulary& vocabulary, const std::string& code) const;
    const library::Reference& reference_;
};

} // namespace greenbank::match
