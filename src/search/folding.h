// Folding: texts that people hold to be the same become the same bytes. NFKC, lower case, full width to half width,
// Traditional Chinese to Simplified (OpenCC), ё to е. Character by character, so that parts fold like the whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace greenbank::search {

/// Reads OpenCC's t2s.json once for the whole program; `fold` needs it. A missing configuration is a clear error.
Result<Done> load_folding();

std::string fold(std::string_view text);

struct Folded {
    std::string text;
    std::vector<std::uint32_t> origin; // origin[i]: where byte i of `text` comes from; one more for the end

    struct Span {
        std::size_t begin, end;
    };
    /// The bytes of the original that the bytes [begin, end) of `text` came from.
    Span original(std::size_t begin, std::size_t end) const;
};
Folded fold_with_origin(std::string_view text);

} // namespace greenbank::search
