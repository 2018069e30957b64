// The head of a request, read strictly: what two servers could read in two ways is refused. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/refusals.h"
#include "http/server.h"

namespace greenbank::http {

struct Head {
    Incoming incoming; // all but body, address and secure; HEAD comes as GET with `without_body`
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool without_body = false; // the answer to HEAD
    bool http_1_0 = false;
    std::string forwarded_for, forwarded_proto;
};

struct HeadScan {
    enum State { more, complete, malformed } state;
    std::size_t size = 0; // of a complete head, its empty line included
};

/// Finds the empty line that ends a head. `scanned` remembers how far earlier calls looked.
HeadScan scan_head(std::string_view bytes, std::size_t& scanned);

/// Reads a complete head. `head` is filled as far as the reading came.
std::optional<Refusal> parse_head(std::string_view bytes, Head& head);

/// "Name: value" without its line end.
bool is_field_line(std::string_view line);

/// True if a comma-separated list of words holds the word, in any case.
bool has_word(std::string_view list, std::string_view word);

constexpr std::string_view methods_allowed = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
constexpr std::size_t target_bytes_max = 8 * 1024;
constexpr int fields_max = 100;

} // namespace greenbank::http
