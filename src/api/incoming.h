// One request as it came from a wire: complete, within the limits, and not yet understood.
#pragma once

#include <string>

namespace greenbank {

struct Incoming {
    std::string method; // "GET"
    std::string target; // "/api/v1/technologies?limit=5"
    std::string body;
    std::string content_type, cookie, authorization, origin, accept, accept_language, accept_encoding, if_match, if_none_match, idempotency_key, user_agent,
        csrf; // csrf: X-Greenbank-Request
    std::string host;
    std::string address; // the peer, or what a configured proxy says it is
    bool secure = false; // https at this server or at a configured proxy
};

} // namespace greenbank
