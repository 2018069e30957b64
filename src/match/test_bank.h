// test_bank.h — reference data, words and the sample bank from the source tree, for tests of the slice.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/words.h"
#include "match/match.h"
#include "match/toy_words.h"
#include "json/json.h"

namespace greenbank::match {

inline std::string read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Loads words and reference data once; tests run at the top of the source tree.
inline void load_bank_data() {
    static const bool loaded = [] {
        static std::map<std::string, std::string> texts;
        std::map<std::string, std::string_view> files;
        for (const auto& file : std::filesystem::directory_iterator("data/reference"))
            files[file.path().filename()] = texts[file.path().filename()] = read_whole(file.path());
        static const auto reference = library::read_reference(files);
        if (!reference) MESSAGE(fill_in(reference.error().message, reference.error().parameters));
        REQUIRE(reference);
        library::set_reference(&reference.value());
        for (const char* path : {"src/match/words.csv", "src/library/words.csv"}) {
            const std::string& text = texts[path] = read_whole(path);
            const EmbeddedFile file{path, text.data(), text.data() + text.size()};
            load_words({&file, 1});
        }
        return true;
    }();
    REQUIRE(loaded);
}

inline std::unique_ptr<Matcher> empty_matcher() {
    load_bank_data();
    return std::make_unique<Matcher>(compiled_in_weights(), toy_fold, toy_stem);
}

template <class T> std::vector<T> sample_of(const std::filesystem::path& folder) {
    load_bank_data();
    std::vector<T> all;
    for (const auto& file : std::filesystem::directory_iterator("data/sample" / folder)) {
        INFO(file.path().string());
        auto read = list_from_json<T>(read_whole(file.path()), {.accept_read_only = true});
        if (!read)
            for (const Problem& problem : read.error().problems) MESSAGE(problem.field << ": " << fill_in(problem.message, problem.parameters));
        REQUIRE(read);
        for (T& one : read.value()) all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const T& a, const T& b) { return a.id < b.id; });
    return all;
}

inline const std::vector<library::Technology>& sample_technologies() {
    static const auto all = sample_of<library::Technology>("technologies");
    return all;
}
inline const std::vector<library::Need>& sample_needs() {
    static const auto all = sample_of<library::Need>("needs");
    return all;
}
inline library::Need sample_need(std::string_view id) {
    for (const library::Need& need : sample_needs())
        if (need.id.text == id) return need;
    FAIL("no such need: " << id);
    return {};
}
inline std::unique_ptr<Matcher> sample_matcher() {
    auto matcher = empty_matcher();
    for (const library::Technology& technology : sample_technologies()) matcher->put(technology);
    return matcher;
}
/// The needs, too.
inline std::unique_ptr<Matcher> sample_bank() {
    auto matcher = sample_matcher();
    for (const library::Need& need : sample_needs()) matcher->put(need);
    return matcher;
}

constexpr Language all_languages[] = {Language::zh, Language::en, Language::ru};
/// A sentence is whole: words found, parameters filled in.
inline bool is_whole(const std::string& sentence) {
    return !sentence.empty() && sentence.find('{') == std::string::npos && sentence.find("match.") == std::string::npos;
}

} // namespace greenbank::match
