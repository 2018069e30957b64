// send.h — how a room speaks with a partner's server by name: an interface, so that rooms know no socket; http implements it.
#pragma once

#include <string>

#include "kernel/result.h"

namespace greenbank {

struct SendRequest {
    std::string method = "GET"; // or "POST"
    std::string url;            // http or https
    std::string body = {}, content_type = {}, accept = "application/json", authorization = {};
    std::size_t bytes_max = 8 << 20; // of the answer's body
    int seconds_max = 10;            // for everything
};

struct Sent {
    int status = 0; // whatever it is
    std::string content_type, body;
    std::string link; // the Link field
};

class Send {
public:
    virtual ~Send() = default;
    /// From any thread. Follows no redirect: what is said to one address is said to no other, a secret least of all.
    virtual Result<Sent> send(const SendRequest& request) = 0;
};

} // namespace greenbank
