// wire.h — addresses, answers and errors of a host of PACT, as texts.
#pragma once

#include <string>
#include <string_view>

#include "kernel/result.h"
#include "pact/footprint.h"

namespace greenbank::pact {

enum class Action { discovery, token, list, get, events };

/// What a path asks for; nothing where it is not PACT's.
struct Route {
    Action action = Action::list;
    Protocol protocol = Protocol::v3;
    std::string id; // of one footprint
};
std::optional<Route> route(std::string_view path);
/// "GET" or "POST".
std::string_view method_of(Action action);

struct Refusal {
    int status = 400;
    std::string code = "BadRequest", message;
};
/// A body for it in the words of a version: 2 says NoSuchFootprint where 3 says NotFound.
std::string write_refusal(const Refusal& refusal, Protocol protocol);
/// BadRequest 400, TokenExpired 401, AccessDenied 403, NotFound 404, InternalError 500, NotImplemented 501.
int status_of(std::string_view code);

/// RFC 6749, 5.1 and 5.2.
std::string write_token(std::string_view token, int seconds);
std::string write_token_refusal(std::string_view error, std::string_view description);
/// Token and time it lives, out of a partner's answer; 0: not said.
struct TokenAnswer {
    std::string token;
    std::int64_t seconds = 0;
};
std::optional<TokenAnswer> read_token(std::string_view body);
/// OpenID Connect discovery: where tokens are given.
std::string write_discovery(std::string_view base);
std::optional<std::string> read_token_endpoint(std::string_view body);

/// {"data": …}
std::string write_one(const std::string& footprint);
std::string write_list(const std::vector<std::string>& footprints);
/// The value of a Link header; `target` is absolute.
std::string write_link(std::string_view target);
/// `data` of an answer to GET /3/footprints/{id}, or of version 2: the footprint and its JSON.
using ReadFootprint = std::pair<ProductFootprint, std::string>;
Result<ReadFootprint> read_one(std::string_view body, Protocol protocol = Protocol::v3);
/// The same of a list.
Result<std::vector<ReadFootprint>> read_many(std::string_view body, Protocol protocol = Protocol::v3);

} // namespace greenbank::pact
