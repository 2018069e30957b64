// The head of an answer: status line, framing, security headers. Also the problem the edge itself answers with.
#pragma once

#include <string>
#include <string_view>

#include "http/head.h"

namespace greenbank::http {

/// What the answer must know of its request and connection.
struct AnswerFrame {
    std::string_view date; // "Sun, 06 Nov 1994 08:49:37 GMT"
    bool http_1_0 = false;
    bool keep_alive = true;
    bool secure = false;
};

/// Appends the head, empty line included. The body (or the chunks of a stream) is the caller's to send.
void write_head(std::string& out, const Response& response, const AnswerFrame& frame);

/// Appends one piece of a stream; HTTP/1.0 knows no chunks.
void write_chunk(std::string& out, std::string_view text, bool http_1_0);

/// 1xx, 204 and 304 have neither body nor length.
bool has_body(int status);

/// application/problem+json in the shape of problem_response(), with the statuses and headers only the edge knows.
Response problem_of(const Refusal& refusal, Language language = Language::en);

std::string http_date(std::int64_t seconds_since_1970);

} // namespace greenbank::http
