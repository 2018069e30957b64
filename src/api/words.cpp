// words.cpp — one map for the whole program, filled before threads start and only read afterwards.
#include "api/words.h"

#include <unordered_map>

#include "kernel/csv.h"

namespace greenbank {

namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
std::unordered_map<std::string, Text, Hash, std::equal_to<>> all_words;

} // namespace

void load_words(std::span<const EmbeddedFile> files) {
    for (const EmbeddedFile& file : files) {
        auto csv = parse_csv(file.bytes());
        require(static_cast<bool>(csv), file.path);
        const int key = csv.value().column("key"), zh = csv.value().column("zh"), en = csv.value().column("en"), ru = csv.value().column("ru");
        require(key >= 0 && zh >= 0 && en >= 0 && ru >= 0, file.path);
        for (auto& row : csv.value().rows)
            all_words.emplace(std::move(row[static_cast<std::size_t>(key)]),
                Text{std::move(row[static_cast<std::size_t>(zh)]), std::move(row[static_cast<std::size_t>(en)]), std::move(row[static_cast<std::size_t>(ru)])});
    }
}

const Text* find_word(std::string_view key) {
    const auto found = all_words.find(key);
    return found == all_words.end() ? nullptr : &found->second;
}

std::string word(std::string_view key, Language language) {
    const Text* text = find_word(key);
    return text ? text->best(language) : std::string(key);
}

std::string sentence(std::string_view code, std::string_view english, const std::vector<Parameter>& parameters, Language language) {
    std::vector<Parameter> said = parameters;
    for (Parameter& parameter : said)
        if (parameter.name == "right") parameter.value = word("right." + parameter.value, language);
    if (language != Language::en)
        if (const Text* text = find_word("error." + std::string(code)); text && !text->in(language).empty()) return fill_in(text->in(language), said);
    return fill_in(english, said);
}

} // namespace greenbank
