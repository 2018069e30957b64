// The words that the server itself speaks, in three languages: sentences of errors, labels for exports and explanations.
// They come from the slices' words.csv (key,zh,en,ru), compiled into the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kernel/embedded.h"
#include "kernel/result.h"
#include "kernel/text.h"

namespace greenbank {

/// Reads words.csv files once, before any thread starts; a file that cannot be read stops the program.
void load_words(std::span<const EmbeddedFile> files);

/// The word for `key`, or nothing.
const Text* find_word(std::string_view key);
/// The word in that language, or the key itself.
std::string word(std::string_view key, Language language);
/// An error's sentence: the translation of "error.<code>" where there is one, else the English one given; filled in.
std::string sentence(std::string_view code, std::string_view english, const std::vector<Parameter>& parameters, Language language);

} // namespace greenbank
