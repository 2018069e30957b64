// chunked.cpp — the chunked coding of bodies, read strictly.
#include "http/chunked.h"

#include <algorithm>

#include "http/head.h"

namespace greenbank::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

std::size_t ChunkedBody::take(std::string_view bytes, std::string& body, std::size_t body_max) {
    std::size_t at = 0;
    while (at < bytes.size() && state_ == more) {
        if (part_ == Part::data) {
            const std::size_t count = std::min(left_, bytes.size() - at);
            body.append(bytes, at, count);
            at += count;
            left_ -= count;
            if (left_ == 0) part_ = Part::data_return;
            continue;
        }
        const char c = bytes[at++];
        switch (part_) {
        case Part::size: take_size(c, body.size(), body_max); break;
        case Part::size_line_feed:
            if (c != '\n') state_ = malformed;
            part_ = left_ == 0 ? Part::trailer : Part::data;
            break;
        case Part::data_return:
            if (c != '\r') state_ = malformed;
            part_ = Part::data_line_feed;
            break;
        case Part::data_line_feed:
            if (c != '\n') state_ = malformed;
            part_ = Part::size;
            digits_ = 0;
            break;
        case Part::trailer: take_trailer(c); break;
        case Part::data: break;
        }
    }
    return at;
}

void ChunkedBody::take_size(char c, std::size_t body_bytes, std::size_t body_max) {
    if (c == '\r' && digits_ > 0) {
        part_ = Part::size_line_feed;
        return;
    }
    const int digit = hex_digit(c);
    if (digit < 0 || ++digits_ > 8) {
        state_ = malformed;
        return;
    }
    left_ = left_ * 16 + static_cast<std::size_t>(digit);
    if (left_ > body_max - std::min(body_bytes, body_max)) state_ = too_large;
}

void ChunkedBody::take_trailer(char c) {
    if (++trailer_bytes_ > trailer_bytes_max) {
        state_ = malformed;
        return;
    }
    trailer_line_ += c;
    if (c != '\n') return;
    if (trailer_line_ == "\r\n") state_ = done;
    else if (!trailer_line_.ends_with("\r\n") || !is_field_line(std::string_view(trailer_line_).substr(0, trailer_line_.size() - 2))) state_ = malformed;
    trailer_line_.clear();
}

} // namespace greenbank::http
