// fetch.h — how a room asks an address of the web for a document: an interface, so that rooms know no socket; http implements it.
#pragma once

#include <optional>
#include <string>

#include "kernel/result.h"

namespace greenbank {

struct FetchRequest {
    std::string url; // http or https
    std::string accept = "*/*";
    std::size_t bytes_max = 32 << 20; // of the body
    int seconds_max = 60;             // for everything, redirects included
};

struct Fetched {
    int status = 0; // whatever it is: a refusal is for the caller to understand
    std::string content_type, body;
    std::string url;                      // where it came from in the end, after redirects
    std::optional<int> wait_seconds = {}; // Retry-After, where the answer has one
};

class Fetch {
public:
    virtual ~Fetch() = default;
    /// From any thread. What cannot be reached, proves no identity or is too large is an Error that says so.
    virtual Result<Fetched> get(const FetchRequest& request) = 0;
};

} // namespace greenbank
