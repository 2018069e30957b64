// A small blocking HTTP/1.1 client for the command line and for tests: plain http, one connection kept alive.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"

namespace greenbank::http {

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
    /// "http://127.0.0.1:8080"; the scheme may be left out.
    explicit Client(std::string server);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Result<ClientResponse> send(const ClientRequest& request);

private:
    Result<Done> connect();
    void disconnect();
    Result<ClientResponse> exchange(const ClientRequest& request, const std::string& bytes);
    Result<Done> read_body(const ClientRequest& request, ClientResponse& response);
    bool fill(int silence_seconds_max); // false: the connection ended, failed or stayed silent

    std::string server_, host_, port_;
    std::string unsupported_; // scheme
    int socket_ = -1;
    std::string in_;
    bool silent_ = false;
};

} // namespace greenbank::http
