// sounds_table.cpp — writes, when the program is built, how ICU pronounces each Chinese character: asking ICU at run time
// takes 0.2 s to begin with and 0.3 ms a title.
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <unicode/translit.h>
#include <unicode/uclean.h>
#include <unicode/unistr.h>

namespace {

constexpr UChar32 first = 0x4e00, last = 0x9fff;

/// "lǜ" to "lv": no tone, ü as it is typed.
std::string as_typed(const icu::UnicodeString& syllable) {
    std::string out;
    for (int32_t i = 0; i < syllable.length(); i = syllable.moveIndex32(i, 1)) {
        const UChar32 c = syllable.char32At(i);
        const auto any_of = [&](const char16_t* letters) { return icu::UnicodeString(letters).indexOf(c) >= 0; };
        if (c >= 'a' && c <= 'z') out += static_cast<char>(c);
        else if (any_of(u"āáǎà")) out += 'a';
        else if (any_of(u"ēéěèê")) out += 'e';
        else if (any_of(u"īíǐì")) out += 'i';
        else if (any_of(u"ōóǒò")) out += 'o';
        else if (any_of(u"ūúǔù")) out += 'u';
        else if (any_of(u"ǖǘǚǜü")) out += 'v';
        else if (any_of(u"ńňǹ")) out += 'n';
        else if (any_of(u"ḿ")) out += 'm';
        else return "";
    }
    return out;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) return std::fprintf(stderr, "sounds_table FILE\n"), 2;
    UErrorCode status = U_ZERO_ERROR;
    icu::Transliterator* const pinyin = icu::Transliterator::createInstance("Han-Latin; NFC", UTRANS_FORWARD, status);
    if (U_FAILURE(status)) return std::fprintf(stderr, "ICU has no Han-Latin\n"), 1;
    icu::UnicodeString lines;
    for (UChar32 c = first; c <= last; ++c) lines.append(c).append(static_cast<UChar32>('\n'));
    pinyin->transliterate(lines);
    delete pinyin;

    std::map<std::string, int> numbers{{"", 0}};
    std::vector<std::string> syllables{""}, of_character;
    for (int32_t begin = 0; begin < lines.length();) {
        const int32_t end = lines.indexOf(static_cast<char16_t>('\n'), begin);
        of_character.push_back(as_typed(icu::UnicodeString(lines, begin, end - begin).trim()));
        if (numbers.try_emplace(of_character.back(), static_cast<int>(syllables.size())).second) syllables.push_back(of_character.back());
        begin = end + 1;
    }
    if (of_character.size() != last - first + 1) return std::fprintf(stderr, "ICU changed the number of lines\n"), 1;

    std::FILE* const out = std::fopen(arguments[1], "w");
    if (out == nullptr) return std::perror(arguments[1]), 1;
    std::fprintf(out, "// Made by cmake/sounds_table.cpp with ICU %s.\n#include <cstdint>\nnamespace greenbank::search {\n", U_ICU_VERSION);
    std::fprintf(
        out, "extern const char* const sound_syllables[];\nextern const unsigned sound_syllables_count;\nextern const std::uint16_t sound_of_character[];\n");
    std::fprintf(out, "const char* const sound_syllables[] = {");
    for (const std::string& syllable : syllables) std::fprintf(out, "\"%s\",", syllable.c_str());
    std::fprintf(out, "};\nconst unsigned sound_syllables_count = %zu;\nconst std::uint16_t sound_of_character[] = {", syllables.size());
    for (const std::string& syllable : of_character) std::fprintf(out, "%d,", numbers[syllable]);
    std::fprintf(out, "};\n}\n");
    u_cleanup();
    return std::fclose(out) == 0 ? 0 : 1;
}
