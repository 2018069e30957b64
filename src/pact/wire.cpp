// wire.cpp — the small texts around footprints and events.
#include "pact/wire.h"

#include <charconv>

#include <fmt/format.h>

#include "pact/tree.h"

namespace greenbank::pact {

std::optional<Route> route(std::string_view path) {
    if (path == "/.well-known/openid-configuration") return Route{.action = Action::discovery};
    if (path == "/auth/token") return Route{.action = Action::token};
    if (!path.starts_with("/2/") && !path.starts_with("/3/")) return {};
    Route route{.protocol = path[1] == '2' ? Protocol::v2 : Protocol::v3};
    std::string_view rest = path.substr(3);
    if (rest == "events") {
        route.action = Action::events;
        return route;
    }
    if (rest == "footprints" || rest == "footprints/") return route;
    if (!rest.starts_with("footprints/")) return {};
    rest.remove_prefix(11);
    if (rest.find('/') != std::string_view::npos) return {};
    route.action = Action::get;
    route.id = small_letters(rest);
    return route;
}

std::string_view method_of(Action action) { return action == Action::token || action == Action::events ? "POST" : "GET"; }

std::string write_refusal(const Refusal& refusal, Protocol protocol) {
    const bool renamed = protocol == Protocol::v2 && refusal.code == "NotFound";
    return JsonWriter().begin_object().member("code", renamed ? "NoSuchFootprint" : refusal.code).member("message", refusal.message).end_object().take();
}

int status_of(std::string_view code) {
    if (code == "TokenExpired") return 401;
    if (code == "AccessDenied") return 403;
    if (code == "NotFound") return 404;
    if (code == "InternalError") return 500;
    if (code == "NotImplemented") return 501;
    return 400;
}

std::string write_token(std::string_view token, int seconds) {
    return JsonWriter()
        .begin_object()
        .member("access_token", token)
        .member("token_type", "bearer")
        .member("expires_in", std::int64_t{seconds})
        .end_object()
        .take();
}
std::string write_token_refusal(std::string_view error, std::string_view description) {
    return JsonWriter().begin_object().member("error", error).member("error_description", description).end_object().take();
}

std::optional<TokenAnswer> read_token(std::string_view body) {
    const auto tree = read_value_tree(body);
    if (!tree || !is_object(&tree.value())) return {};
    const auto token = text_of(tree.value().find("access_token"));
    if (!token || token->empty() || token->size() > 8000) return {};
    for (const char c : *token)
        if (c <= ' ' || c > '~') return {}; // it goes into a header
    TokenAnswer answer{*token, 0};
    if (const ValueTree* seconds = tree.value().find("expires_in")) {
        const std::string number = text_of(seconds).value_or(seconds->plain);
        std::from_chars(number.data(), number.data() + number.size(), answer.seconds);
    }
    return answer;
}

std::string write_discovery(std::string_view base) {
    JsonWriter json;
    json.begin_object().member("issuer", base).member("token_endpoint", std::string(base) + "/auth/token");
    json.key("grant_types_supported").begin_list().text("client_credentials").end_list();
    json.key("token_endpoint_auth_methods_supported").begin_list().text("client_secret_basic").end_list();
    return json.end_object().take();
}
std::optional<std::string> read_token_endpoint(std::string_view body) {
    const auto tree = read_value_tree(body);
    if (!tree || !is_object(&tree.value())) return {};
    return text_of(tree.value().find("token_endpoint"));
}

std::string write_one(const std::string& footprint) { return R"({"data":)" + footprint + "}"; }
std::string write_list(const std::vector<std::string>& footprints) {
    std::string body = R"({"data":[)";
    for (const std::string& one : footprints) (body += body.back() == '[' ? "" : ",") += one;
    return body + "]}";
}
std::string write_link(std::string_view target) { return fmt::format("<{}>; rel=\"next\"", target); }

Result<ReadFootprint> read_one(std::string_view body, Protocol protocol) {
    const auto tree = read_value_tree(body);
    const ValueTree* data = tree ? tree.value().find("data") : nullptr;
    if (!is_object(data)) return bad_request("The answer holds no product footprint.");
    ProductFootprint footprint = TRY(read_footprint(*data, protocol));
    return ReadFootprint(std::move(footprint), to_json(*data));
}

Result<std::vector<ReadFootprint>> read_many(std::string_view body, Protocol protocol) {
    const auto tree = read_value_tree(body);
    const ValueTree* data = tree ? tree.value().find("data") : nullptr;
    if (!is_list(data)) return bad_request("The answer holds no list of product footprints.");
    std::vector<ReadFootprint> all;
    for (const ValueTree& item : data->items) {
        ProductFootprint footprint = TRY(read_footprint(item, protocol));
        all.emplace_back(std::move(footprint), to_json(item));
    }
    return all;
}

} // namespace greenbank::pact
