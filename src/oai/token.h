// token.h — a resumption token carries all that its list needs, so nothing is kept here between two requests.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "oai/repository.h"

namespace greenbank::oai {

/// A keyed checksum (such as HMAC-SHA-256 with a secret of the bank) of any bytes; at least 16 bytes long.
using Checksum = std::function<std::string(std::string_view bytes)>;

enum class Verb { identify, list_metadata_formats, list_sets, get_record, list_identifiers, list_records };

struct Token {
    Verb verb = Verb::list_records; // or list_identifiers
    std::string format;
    Selection selection;
    Position last;                  // the next page begins behind it
    std::int64_t cursor = 0;        // records given before the next page
    std::int64_t complete_size = 0; // counted when the list began

    bool operator==(const Token&) const = default;
};

constexpr std::size_t token_bytes_max = 4096;

/// The same token always gives the same text. Letters, digits, - and _ only.
std::string write_token(const Token& token, const Checksum& checksum);
/// Nothing for a text that write_token() did not make with the same checksum.
std::optional<Token> read_token(std::string_view text, const Checksum& checksum);

} // namespace greenbank::oai
