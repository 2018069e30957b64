// A small blocking HTTP/1.1 client for the command line, for fetching and for tests: http and https, one connection kept alive.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "http/web_address.h"
#include "http/wire.h"

namespace greenbank::http {

struct ClientSettings {
    std::string authorities_file = {}; // PEM: whom to trust besides the system's authorities
    std::string proxy = {};            // "http://proxy.example:3128"; empty: none
    bool public_only = false;          // refuse addresses that are not of the public Internet
    int connect_seconds_max = 10;
    std::size_t body_bytes_max = std::numeric_limits<std::size_t>::max();
    std::optional<Deadline> until = {}; // the end of everything
};

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/"; // "/api/v1/technologies?limit=5"
    std::string body = {};
    std::string content_type = "application/json"; // of the body
    std::vector<Header> headers = {};
    int silence_seconds_max = 60; // longest wait for the next byte
    /// Gets a body with a 2xx status piece by piece (a stream of events); false ends the connection and the request.
    std::function<bool(std::string_view)> take = {};
};

struct ClientResponse {
    int status = 0;
    std::vector<Header> headers = {};
    std::string body = {};

    /// Value of the first field of that name in any case; empty if there is none.
    std::string_view header(std::string_view name) const;
};

class Client {
public:
    /// "http://127.0.0.1:8080", "https://bank.example"; http may be left out.
    explicit Client(std::string server, ClientSettings settings = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Result<ClientResponse> send(const ClientRequest& request);

private:
    Result<Done> connect();
    Result<Done> connect_through_proxy(const WebAddress& proxy, Deadline until);
    void disconnect();
    Result<ClientResponse> exchange(const ClientRequest& request, const std::string& bytes);
    Result<Done> read_body(const ClientRequest& request, ClientResponse& response);
    bool fill(int silence_seconds_max); // false: the connection ended, failed or stayed silent
    Deadline within(int seconds) const;
    bool through_proxy() const { return !settings_.proxy.empty() && !address_.tls; }

    std::string server_;
    ClientSettings settings_;
    WebAddress address_;
    bool understood_ = false; // the server's address
    std::unique_ptr<Wire> wire_;
    std::string in_;
    bool silent_ = false;
};

} // namespace greenbank::http
