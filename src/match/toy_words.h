// toy_words.h — the least folding and stemming that tests and the benchmark need; the program uses search's.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::match {

/// ASCII and Russian capitals to small letters, ё to е.
inline std::string toy_fold(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if (byte >= 'A' && byte <= 'Z') out += static_cast<char>(byte + 32);
        else if (byte == 0xD0 && next >= 0x90 && next <= 0x9F) (out += '\xD0') += static_cast<char>(next + 0x20), ++i;
        else if (byte == 0xD0 && next >= 0xA0 && next <= 0xAF) (out += '\xD1') += static_cast<char>(next - 0x20), ++i;
        else if ((byte == 0xD1 && next == 0x91) || (byte == 0xD0 && next == 0x81)) out += "\xD0\xB5", ++i;
        else out += text[i];
    }
    return out;
}

/// Cuts a plural s, or the longest of some Russian endings from a stem of at least three letters.
inline std::string toy_stem(std::string_view word) {
    static constexpr std::string_view endings[] = {"иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "ий", "ый", "ой", "ая", "яя", "ое",
        "ее", "ые", "ие", "ых", "их", "ую", "юю", "ым", "им", "ом", "ем", "ов", "ев", "ей", "ах", "ях", "ам", "ям", "ия", "ии", "ию", "а", "я", "о", "е", "ы",
        "и", "у", "ю", "ь", "й"};
    for (const std::string_view ending : endings)
        if (word.ends_with(ending) && word.size() >= ending.size() + 6) return std::string(word.substr(0, word.size() - ending.size()));
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
    return std::string(word);
}

} // namespace greenbank::match
