// problem.cpp — failures to statuses, errors to application/problem+json.
#include "api/api.h"
#include "api/words.h"
#include "json/json.h"

namespace greenbank {

std::string_view to_text(Method method) {
    static constexpr std::string_view names[] = {"GET", "POST", "PATCH", "DELETE"};
    return names[static_cast<int>(method)];
}

int status_of(Failure kind) {
    switch (kind) {
    case Failure::malformed: return 400;
    case Failure::unauthenticated: return 401;
    case Failure::forbidden: return 403;
    case Failure::not_found: return 404;
    case Failure::method_refused: return 405;
    case Failure::conflict: return 409;
    case Failure::gone: return 410;
    case Failure::precondition: return 412;
    case Failure::too_large: return 413;
    case Failure::unsupported: return 415;
    case Failure::invalid: return 422;
    case Failure::too_many: return 429;
    case Failure::internal: return 500;
    case Failure::not_implemented: return 501;
    case Failure::unavailable: return 503;
    case Failure::storage_full: return 507;
    }
    return 500;
}

Response problem_response(const Error& error, Language language) {
    const int status = status_of(error.kind);
    JsonWriter out;
    out.begin_object().member("type", "about:blank").member("title", error.code).member("status", std::int64_t{status}).member("code", error.code);
    out.member("detail", sentence(error.code, error.message, error.parameters, language));
    if (error.kind == Failure::gone && !error.parameters.empty()) { // a tombstone, for a page to show
        out.key("tombstone").begin_object();
        for (const Parameter& parameter : error.parameters) out.member(parameter.name, parameter.value);
        out.end_object();
    }
    if (!error.problems.empty()) {
        out.key("problems").begin_list();
        std::size_t listed = 0;
        for (const Problem& problem : error.problems) {
            if (++listed > 200) break; // more would hide the first ones
            out.begin_object().member("field", problem.field).member("code", problem.code);
            out.member("detail", sentence(problem.code, problem.message, problem.parameters, language)).end_object();
        }
        out.end_list();
        if (error.problems.size() > 200) out.member("problems_total", static_cast<std::int64_t>(error.problems.size()));
    }
    out.end_object();
    Response response{.status = status, .content_type = "application/problem+json", .body = out.take()};
    if (status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    if (status == 429 || status == 503) response.headers.push_back({"Retry-After", "2"});
    return response;
}

} // namespace greenbank
