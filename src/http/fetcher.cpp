// fetcher.cpp — one GET from address to address; one POST, one mail or one whole request to one.
#include "http/fetcher.h"

#include <charconv>

#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr int redirects_max = 5, connect_seconds_max = 10, silence_seconds_max = 30;

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

std::optional<int> seconds_in(std::string_view text) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size() || value < 0) return {};
    return value;
}

/// Words for whoever entered the address, who did not start any server.
Error of_the_address(Error error, const WebAddress& address) {
    if (error.code != "client.no_server") return error;
    return {Failure::unavailable, "fetch.no_answer", "Nobody answers at {address}; check name and port, or try again later.", {{"address", address.origin()}}};
}

} // namespace

Result<Fetched> Fetcher::get(const FetchRequest& request) {
    const Deadline until = std::chrono::steady_clock::now() + std::chrono::seconds(request.seconds_max);
    WebAddress address = TRY(parse_web_address(request.url));
    for (int redirects = 0;; ++redirects) {
        Client client(address.origin(), {.authorities_file = settings_.authorities_file,
                                            .proxy = settings_.proxy,
                                            .public_only = !settings_.private_allowed,
                                            .connect_seconds_max = connect_seconds_max,
                                            .body_bytes_max = request.bytes_max,
                                            .until = until});
        auto answered = client.send(
            {.target = address.target, .headers = {{"Accept", request.accept}, {"Connection", "close"}}, .silence_seconds_max = silence_seconds_max});
        if (!answered) return of_the_address(std::move(answered.error()), address);
        ClientResponse& response = answered.value();
        const std::string_view location = response.header("Location");
        if (!is_redirect(response.status) || location.empty())
            return Fetched{response.status, std::string(response.header("Content-Type")), std::move(response.body), address.origin() + address.target,
                seconds_in(response.header("Retry-After"))};
        if (redirects == redirects_max)
            return Error{Failure::unavailable, "fetch.redirects", "{address} sends on from address to address without end.", {{"address", request.url}}};
        const WebAddress next = TRY(resolve_location(address, location));
        if (address.tls && !next.tls)
            return Error{Failure::unavailable, "fetch.downgrade", "{address} sends on to an address without TLS; that is not followed.",
                {{"address", address.origin()}}};
        address = next;
    }
}

Result<int> Fetcher::tell(const std::string& url, const std::string& body) {
    constexpr int seconds_max = 10;
    constexpr std::string_view mail = "mailto:";
    if (url.starts_with(mail)) {
        const std::size_t line = body.find('\n');
        return send_mail(settings_.mail, {url.substr(mail.size()), body.substr(0, line), line == std::string::npos ? std::string() : body.substr(line + 1)},
            std::chrono::steady_clock::now() + std::chrono::seconds(seconds_max));
    }
    const WebAddress address = TRY(parse_web_address(url));
    Client client(address.origin(), {.authorities_file = settings_.authorities_file,
                                        .proxy = settings_.proxy,
                                        .public_only = !settings_.private_allowed,
                                        .connect_seconds_max = connect_seconds_max,
                                        .body_bytes_max = 64 << 10,
                                        .until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds_max)});
    auto answered =
        client.send({.method = "POST", .target = address.target, .body = body, .headers = {{"Connection", "close"}}, .silence_seconds_max = seconds_max});
    if (!answered) return of_the_address(std::move(answered.error()), address);
    return answered.value().status;
}

Result<Sent> Fetcher::send(const SendRequest& request) {
    const WebAddress address = TRY(parse_web_address(request.url));
    Client client(address.origin(), {.authorities_file = settings_.authorities_file,
                                        .proxy = settings_.proxy,
                                        .public_only = !settings_.private_allowed,
                                        .connect_seconds_max = connect_seconds_max,
                                        .body_bytes_max = request.bytes_max,
                                        .until = std::chrono::steady_clock::now() + std::chrono::seconds(request.seconds_max)});
    std::vector<Header> headers = {{"Accept", request.accept}, {"Connection", "close"}};
    if (!request.authorization.empty()) headers.push_back({"Authorization", request.authorization});
    auto answered = client.send({.method = request.method,
        .target = address.target,
        .body = request.body,
        .content_type = request.content_type,
        .headers = std::move(headers),
        .silence_seconds_max = request.seconds_max});
    if (!answered) return of_the_address(std::move(answered.error()), address);
    ClientResponse& response = answered.value();
    return Sent{response.status, std::string(response.header("Content-Type")), std::move(response.body), std::string(response.header("Link"))};
}

} // namespace greenbank::http
