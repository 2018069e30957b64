// patent_symbols_fuzz.cpp — any bytes as a symbol or a range: read or refused, and what was read reads the same again.
#include <cstdint>

#include "library/engine/patent_symbols.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto range = library::parse_patent_range(text);
    if (!range) {
        require(is_utf8(fill_in(range.error().message, range.error().parameters)), "an error must be UTF-8");
        return 0;
    }
    const auto again = library::parse_patent_range(range.value().text());
    require(again && again.value().first == range.value().first && again.value().last == range.value().last, "a range does not read back");
    require(range.value().contains(range.value()), "a range does not contain itself");
    require(range.value().contains(range.value().first), "a range does not contain its beginning");
    return 0;
}
