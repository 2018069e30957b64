// Files compiled into the program (migrations, words, the page, the sample bank); made by embed() in cmake/rooms.cmake.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace greenbank {

struct EmbeddedFile {
    const char* path = nullptr; // from the top of the repository
    const char* begin = nullptr;
    const char* end = nullptr;

    std::string_view bytes() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

} // namespace greenbank
