// speech.cpp — how values are written.
#include "match/speech.h"

#include <fmt/format.h>

#include "api/words.h"

namespace greenbank::match {

std::string Speech::say(std::string_view key, const std::vector<Parameter>& parameters) const {
    return fill_in(word(fmt::format("match.{}", key), language), parameters);
}

std::string Speech::choice(std::string_view choices, std::string_view value) const {
    const Text* label = find_word(fmt::format("choice.{}.{}", choices, value));
    return label ? label->best(language) : std::string(value);
}

std::string Speech::readiness(const library::Readiness& readiness) const {
    return say("value.readiness", {{"scale", say(fmt::format("scale.{}", name_of(readiness.scale)))}, {"level", std::to_string(readiness.level)}});
}

std::string Speech::name(const library::Vocabulary& vocabulary, const std::string& code) const {
    const library::Term* term = vocabulary.find(code);
    return term && !term->name.empty() ? term->name.best(language) : code;
}

std::string Speech::technology_class(const std::string& code) const { return fmt::format("{} {}", code, name(reference_.classes, code)); }

std::string Speech::list(std::vector<std::string> names, std::size_t most) const {
    if (names.size() > most) {
        names.resize(most);
        names.emplace_back("…");
    }
    return join(names, language == Language::zh ? "、" : ", ");
}

std::string Speech::countries(const std::vector<std::string>& codes) const {
    std::vector<std::string> names;
    for (const std::string& code : codes) names.push_back(country(code));
    return list(std::move(names));
}

std::string Speech::traits(const std::vector<std::string>& codes) const {
    std::vector<std::string> names;
    for (const std::string& code : codes) names.push_back(name(reference_.traits, code));
    return list(std::move(names));
}

} // namespace greenbank::match
