// answer.cpp — an answer as bytes, with the headers every answer carries.
#include "http/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "api/words.h"
#include "json/json.h"

namespace greenbank::http {

namespace {

std::string_view reason_of(int status) {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Status";
    }
}

constexpr std::string_view guards = "X-Content-Type-Options: nosniff\r\n"
                                    "Referrer-Policy: same-origin\r\n"
                                    "X-Frame-Options: DENY\r\n"
                                    "Cross-Origin-Opener-Policy: same-origin\r\n"
                                    "Cross-Origin-Resource-Policy: same-origin\r\n"
                                    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
constexpr std::string_view other_policy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view only_https = "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view other) { return has_word(name, other); });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    const std::size_t start = out.size();
    out += value;
    // A line end inside a value would start a header of some caller's choice.
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    out += "\r\n";
}

} // namespace

void write_head(std::string& out, const Response& response, const AnswerFrame& frame) {
    out += "HTTP/1.1 ";
    out += fmt::format_int(response.status).c_str();
    out += ' ';
    out += reason_of(response.status);
    out += "\r\n";
    append_field(out, "Date", frame.date);
    if (has_body(response.status)) {
        if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
        if (!response.stream) append_field(out, "Content-Length", fmt::format_int(response.body.size()).c_str());
        else if (!frame.http_1_0) out += "Transfer-Encoding: chunked\r\n";
    }
    if (!frame.keep_alive) out += "Connection: close\r\n";
    else if (frame.http_1_0) out += "Connection: keep-alive\r\n";

    out += guards;
    if (frame.secure) out += only_https;
    bool has_cache = false, has_policy = false;
    for (const Header& header : response.headers) {
        if (is_one_of(header.name, {"content-length", "transfer-encoding", "connection", "date"})) continue; // ours to say
        if (has_word(header.name, "cache-control")) has_cache = true;
        if (has_word(header.name, "content-security-policy")) has_policy = true;
        append_field(out, header.name, header.value);
    }
    if (!has_cache) out += "Cache-Control: no-store\r\n";
    if (!has_policy) out += response.content_type.starts_with("text/html") ? page_policy : other_policy;
    out += "\r\n";
}

void write_chunk(std::string& out, std::string_view text, bool http_1_0) {
    if (!http_1_0) out += fmt::format("{:x}\r\n", text.size());
    out += text;
    if (!http_1_0) out += "\r\n";
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

Response problem_of(const Refusal& refusal, Language language) {
    JsonWriter json;
    json.begin_object()
        .member("type", "about:blank")
        .member("title", refusal.code)
        .member("status", static_cast<std::int64_t>(refusal.status))
        .member("code", refusal.code)
        .member("detail", sentence(refusal.code, refusal.sentence, {}, language))
        .end_object();
    Response response{.status = refusal.status, .content_type = "application/problem+json", .body = json.take()};
    if (refusal.status == 405) response.headers.push_back({"Allow", std::string(methods_allowed)});
    if (refusal.status == 415) response.headers.push_back({"Accept-Encoding", "identity"});
    if (refusal.status == 503) response.headers.push_back({"Retry-After", "2"});
    return response;
}

std::string http_date(std::int64_t seconds_since_1970) {
    constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = seconds_since_1970;
    std::tm utc = {};
    gmtime_r(&time, &utc);
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

} // namespace greenbank::http
