// router.cpp — a tree of path segments.
#include "api/router.h"

namespace greenbank {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_value(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

} // namespace

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return {};
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    if (!is_utf8(out) || out.find('\0') != std::string::npos) return {};
    return out;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parsed;
    if (query.empty()) return parsed;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        auto name = decode_percent(part.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::optional<std::string>("") : decode_percent(part.substr(equals + 1), true);
        if (!name || !value || parsed.size() == 100) return Error{Failure::malformed, "request.query", "The address after '?' cannot be read."};
        parsed.emplace_back(std::move(*name), std::move(*value));
    }
    return parsed;
}

void Router::add(std::string_view prefix, const Endpoint& endpoint) {
    Node* node = &root_;
    const bool outside = endpoint.path.starts_with("//");
    const std::string path = outside ? std::string(endpoint.path.substr(1)) : std::string(prefix) + std::string(endpoint.path);
    for (const std::string_view segment : split(std::string_view(path).substr(1), '/')) {
        std::unique_ptr<Node>& next = is_value(segment) ? node->value : node->fixed[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    require(node->endpoints.emplace(endpoint.method, &endpoint).second, "two endpoints share a method and a path");
}

Result<Router::Found> Router::find(std::string_view method, std::string_view path) const {
    const Error nothing{Failure::not_found, "request.no_such_path", "There is nothing at this address; the list of addresses is at /openapi.json."};
    if (!path.starts_with('/')) return nothing;
    const Node* node = &root_;
    std::vector<std::string> values;
    for (const std::string_view raw : split(path.substr(1), '/')) {
        auto segment = decode_percent(raw, false);
        if (!segment) return Error{Failure::malformed, "request.path", "The address cannot be read."};
        if (const auto fixed = node->fixed.find(*segment); fixed != node->fixed.end()) {
            node = fixed->second.get();
        } else if (node->value && !segment->empty()) {
            node = node->value.get();
            values.push_back(std::move(*segment));
        } else {
            return nothing;
        }
    }
    if (node->endpoints.empty()) return nothing;
    Found found;
    for (const auto& [allowed, endpoint] : node->endpoints) {
        (found.allowed += found.allowed.empty() ? "" : ", ") += to_text(allowed);
        if (to_text(allowed) == method || (method == "HEAD" && allowed == Method::get)) found.endpoint = endpoint;
    }
    if (found.endpoint) {
        std::size_t i = 0;
        for (const std::string_view segment : split(found.endpoint->path.substr(1), '/'))
            if (is_value(segment)) found.path_values.emplace_back(segment.substr(1, segment.size() - 2), std::move(values.at(i++)));
    }
    return found;
}

} // namespace greenbank
