// From method and path to an endpoint.
#pragma once

#include <map>
#include <memory>

#include "api/api.h"

namespace greenbank {

class Router {
public:
    /// Under `prefix`, unless its path begins with "//". `endpoint` must outlive the router. Two endpoints of one method and path are a broken promise.
    void add(std::string_view prefix, const Endpoint& endpoint);

    struct Found {
        const Endpoint* endpoint = nullptr;
        std::vector<std::pair<std::string_view, std::string>> path_values;
        std::string allowed; // "GET, POST": what the path does take, where the method does not fit
    };
    /// Failure::not_found where no path matches, ::malformed where it cannot be decoded. A path that exists but does
    /// not take `method` comes back without an endpoint.
    Result<Found> find(std::string_view method, std::string_view path) const;

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
        std::unique_ptr<Node> value;
        std::map<Method, const Endpoint*> endpoints;
    };
    Node root_;
};

/// Decodes %xx (and, in queries, '+'); nothing where it is broken, not UTF-8 or holds NUL.
std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space);
Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

} // namespace greenbank
