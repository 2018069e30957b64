// words.cpp — the compiled-in table, read once.
#include "paper/words.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "kernel/csv.h"
#include "kernel/embedded.h"

namespace greenbank::embedded {
extern const EmbeddedFile paper_words[];
} // namespace greenbank::embedded

namespace greenbank::paper {

namespace {

const std::map<std::string, Text, std::less<>>& table() {
    static const std::map<std::string, Text, std::less<>> words = [] {
        std::map<std::string, Text, std::less<>> read;
        auto csv = parse_csv(embedded::paper_words[0].bytes());
        require(static_cast<bool>(csv), "paper/words.csv cannot be read");
        for (auto& row : csv.value().rows) read.emplace(row[0], Text{row[1], row[2], row[3]});
        return read;
    }();
    return words;
}

} // namespace

std::string say(std::string_view key, Language language, const std::vector<Parameter>& parameters) {
    const auto found = table().find(key);
    require(found != table().end(), "a word of paper/words.csv is missing");
    return fill_in(found->second.in(language), parameters);
}

std::string day_text(Date date, Language language) {
    const std::string iso = to_text(date);
    const std::string year = iso.substr(0, iso.size() - 6), month = fmt::format("{}", std::stoi(iso.substr(iso.size() - 5, 2))),
                      day = fmt::format("{}", std::stoi(iso.substr(iso.size() - 2)));
    return say("paper.day", language, {{"year", year}, {"month", say("paper.month." + month, language)}, {"day", day}});
}

std::string figure_text(double value, int decimals, Language language) {
    const std::string plain = fmt::format("{:.{}f}", std::abs(value), decimals);
    const std::size_t point = std::min(plain.find('.'), plain.size());
    const bool zero = plain.find_first_not_of("0.") == std::string::npos;
    std::string text = value < 0 && !zero ? "\u2212" : "";
    for (std::size_t i = 0; i < point; ++i) {
        text += plain[i];
        if (i + 1 < point && (point - i - 1) % 3 == 0) text += language == Language::ru ? "\u00a0" : ",";
    }
    if (point < plain.size()) text += (language == Language::ru ? "," : ".") + plain.substr(point + 1);
    return text;
}

} // namespace greenbank::paper
