// Every reason for which the edge itself refuses a request or a connection. Their words in three languages: words.csv.
#pragma once

#include <string_view>

namespace greenbank::http {

/// It becomes problem+json.
struct Refusal {
    int status;
    std::string_view code;
    std::string_view sentence;
};

namespace refusal {

// The first line.
inline constexpr Refusal not_http{400, "request.not_http", "This is not an HTTP request."};
inline constexpr Refusal tls_spoken{400, "request.tls", "This port speaks http, not https."};
inline constexpr Refusal tls_needed{400, "request.plain", "This port speaks https, not http."};
inline constexpr Refusal line_end{400, "request.line_end", "Every line of a request head must end in CR LF."};
inline constexpr Refusal line{400, "request.line", "The first line must be: method, one space, target, one space, HTTP/1.1."};
inline constexpr Refusal version{505, "request.version", "This server speaks HTTP/1.1 and HTTP/1.0."};
inline constexpr Refusal method_unknown{501, "method.unknown", "This server does not know that method."};
inline constexpr Refusal method_refused{405, "method.refused", "TRACE and CONNECT are not served."};
inline constexpr Refusal target{
    400, "request.target", "The target must be a path of visible ASCII characters with sound percent escapes, or an http(s) address of this server."};
inline constexpr Refusal target_too_long{414, "request.target_too_long", "The address of the request is too long."};

// The fields.
inline constexpr Refusal field{
    400, "header.malformed", "A header field must be a name, a colon and a UTF-8 value on one line, with nothing between name and colon."};
inline constexpr Refusal field_repeated{400, "header.repeated", "A header field that may stand only once was sent twice."};
inline constexpr Refusal host{400, "header.host", "Exactly one sound Host field is needed."};
inline constexpr Refusal length{400, "header.content_length", "Content-Length must be one decimal number."};
inline constexpr Refusal coding{400, "header.transfer_encoding", "Transfer-Encoding must be exactly chunked, in HTTP/1.1, and without Content-Length."};
inline constexpr Refusal expectation{417, "header.expect", "The only expectation served is 100-continue."};
inline constexpr Refusal head_too_large{431, "request.head_too_large", "The request head is too large; send fewer or shorter header fields."};

// The body.
inline constexpr Refusal body_coded{415, "body.encoded", "Send the body without Content-Encoding."};
inline constexpr Refusal body_too_large{413, "body.too_large", "The body is larger than this server accepts."};
inline constexpr Refusal chunks{400, "body.chunks", "The chunked body is malformed; chunk extensions are not accepted."};

// Time and room.
inline constexpr Refusal head_slow{408, "request.slow", "The request head did not arrive in time."};
inline constexpr Refusal body_slow{408, "body.slow", "The body did not arrive in time."};
inline constexpr Refusal cut_off{400, "request.cut_off", "The connection ended in the middle of the request."};
inline constexpr Refusal server_full{503, "server.full", "The server has as much to do as it may take on; try again in a moment."};
inline constexpr Refusal address_full{503, "server.address_full", "Your address holds too many connections; close some or try again in a moment."};
inline constexpr Refusal stopping{503, "server.stopping", "The server is stopping; try again in a moment."};
inline constexpr Refusal no_answer{500, "server.internal", "The server could not answer; the fault is ours and has been logged."};

} // namespace refusal

} // namespace greenbank::http
