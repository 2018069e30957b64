// files_fuzz.cpp — libFuzzer over match_files: the first byte chooses CSV or JSON and the language, a NUL parts need and library.
//   clang++ -fsanitize=fuzzer,address,undefined …; run at the top of the source tree, with words and reference data in place.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/words.h"
#include "match/files.h"
#include "match/toy_words.h"

using namespace greenbank;

namespace {

const std::string& text_of(const std::filesystem::path& path) {
    static std::map<std::string, std::string> texts;
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return texts[path.string()] = text.str();
}

void load_once() {
    static const library::Reference reference = [] {
        std::map<std::string, std::string_view> files;
        for (const auto& file : std::filesystem::directory_iterator("data/reference")) files[file.path().filename().string()] = text_of(file.path());
        auto read = library::read_reference(files);
        require(static_cast<bool>(read), "run at the top of the source tree");
        const std::string& words = text_of("src/match/words.csv");
        const EmbeddedFile file{"src/match/words.csv", words.data(), words.data() + words.size()};
        load_words({&file, 1});
        return std::move(read).value();
    }();
    library::set_reference(&reference);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    load_once();
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t gap = std::min(text.find('\0'), text.size());
    const std::string_view library = gap < text.size() ? text.substr(gap + 1) : std::string_view{};
    // Preparing the thesaurus is slow, so a matcher serves many runs; what it keeps from earlier ones does no harm.
    static std::unique_ptr<match::Matcher> matcher;
    if (!matcher || matcher->size() > 200) matcher = std::make_unique<match::Matcher>(match::compiled_in_weights(), match::toy_fold, match::toy_stem);
    const auto answer =
        match::match_files(*matcher, text.substr(0, gap), library, data[0] & 1, 1 + (data[0] >> 4), data[0] & 2, static_cast<Language>((data[0] >> 2 & 3) % 3));
    if (answer) require(is_utf8(answer.value()), "an answer must be UTF-8");
    else require(!answer.error().message.empty(), "an error must say what is wrong");
    return 0;
}
