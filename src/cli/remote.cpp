// remote.cpp — flags from the request's description, the answer as a table or as JSON.
#include "cli/remote.h"

#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "api/files.h"
#include "cli/table.h"
#include "http/client.h"
#include "json/json.h"

namespace greenbank::cli {

namespace {

bool has_body(const Endpoint& endpoint) { return endpoint.method == Method::post || endpoint.method == Method::patch; }
bool in_path(const Endpoint& endpoint, std::string_view name) { return endpoint.path.find(fmt::format("{{{}}}", name)) != std::string_view::npos; }

std::string encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~') out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

struct Flag {
    std::string name, doc;
    const Field* field = nullptr; // null: limit, cursor, sort, in
};

std::vector<Flag> flags_of(const Endpoint& endpoint) {
    std::vector<Flag> flags;
    const Handler& handler = endpoint.handler;
    const bool lists = handler.paged;
    if (lists) flags = {{"limit", "How many at most."}, {"cursor", "`next` of the page before."}, {"sort", "Sort order, such as -updated_at."}};
    const Record* record = lists ? &handler.listed() : handler.request ? &handler.request() : nullptr;
    if (record)
        for (const Field& field : record->fields) {
            const bool wanted = in_path(endpoint, field.name) || (lists ? field.traits.filter : !field.traits.read_only);
            if (wanted) flags.push_back({std::string(field.name), std::string(field.doc), &field});
        }
    if (has_body(endpoint) && record) flags.push_back({"in", "A JSON file with the body; - reads standard input."});
    return flags;
}

/// One flag's text as a JSON value of the field's kind.
std::string as_json(const Field& field, const std::string& text) {
    switch (field.type->kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::real: return text;
    case Kind::text:
    case Kind::choice:
    case Kind::id:
    case Kind::date:
    case Kind::time: {
        std::string out;
        append_json_text(out, text);
        return out;
    }
    case Kind::localized:
        if (!text.starts_with('{')) {
            std::string out = "{\"en\":";
            append_json_text(out, text);
            return out + "}";
        }
        return text;
    default: return text; // JSON as it is
    }
}

int wrong_words(const std::string& sentence) {
    fmt::print(stderr, "{}\n", sentence);
    return 2;
}

void print_problem(const http::ClientResponse& response) { fmt::print(stderr, "{}\n", problem_text(response.body)); }

} // namespace

CommandName command_name(std::string_view endpoint) {
    std::string noun(endpoint), verb;
    if (const std::size_t cut = noun.rfind('_'); cut != std::string::npos) {
        verb = noun.substr(cut + 1);
        noun.resize(cut);
    }
    for (char& c : noun)
        if (c == '_') c = '-';
    return {noun, verb};
}

std::string remote_help(const std::vector<Endpoint>& endpoints, const std::string& noun) {
    std::string help;
    std::map<std::string, std::string> verbs;
    for (const Endpoint& endpoint : endpoints) {
        const CommandName name = command_name(endpoint.name);
        if (noun.empty()) {
            (verbs[name.noun] += verbs[name.noun].empty() ? "" : ", ") += name.verb;
        } else if (name.noun == noun) {
            help += fmt::format("greenbank {} {}\n    {}\n", name.noun, name.verb, endpoint.doc);
            for (const Flag& flag : flags_of(endpoint)) help += fmt::format("    --{:<22} {}\n", flag.name, flag.doc);
        }
    }
    for (const auto& [each, list] : verbs) help += fmt::format("  {:<18} {}\n", each, list);
    return help;
}

int run_remote(const std::vector<Endpoint>& endpoints, const std::vector<std::string>& arguments, const Remote& remote) {
    const std::string noun = arguments.empty() ? "" : arguments[0];
    std::size_t next = 1;
    const Endpoint* endpoint = nullptr;
    bool noun_known = false;
    for (const Endpoint& candidate : endpoints) {
        const CommandName name = command_name(candidate.name);
        if (name.noun != noun) continue;
        noun_known = true;
        if (name.verb.empty() || (arguments.size() > 1 && arguments[1] == name.verb)) {
            endpoint = &candidate;
            next = name.verb.empty() ? 1 : 2;
        }
    }
    if (!noun_known) return wrong_words(fmt::format("There is no command “{}”. `greenbank --help` lists them.", noun));
    if (!endpoint) return wrong_words(remote_help(endpoints, noun));

    std::map<std::string, std::string> given;
    const std::vector<Flag> flags = flags_of(*endpoint);
    for (; next < arguments.size(); ++next) {
        std::string name = arguments[next];
        if (name == "--help") return fmt::print("{}", remote_help(endpoints, noun)), 0;
        if (!name.starts_with("--")) { // the first bare word is the path's value
            if (endpoint->path.find('{') == std::string_view::npos) return wrong_words(fmt::format("“{}” is not expected here.", name));
            const std::size_t open = endpoint->path.find('{');
            given[std::string(endpoint->path.substr(open + 1, endpoint->path.find('}') - open - 1))] = name;
            continue;
        }
        name = name.substr(2);
        std::optional<std::string> value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (next + 1 < arguments.size()) {
            value = arguments[++next];
        }
        for (char& c : name)
            if (c == '-') c = '_';
        const bool known = std::any_of(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.name == name; });
        if (!known || !value)
            return wrong_words(fmt::format("The flag --{} is {}.\n\n{}", name, known ? "without a value" : "not known", remote_help(endpoints, noun)));
        given[name] = *value;
    }

    std::string path = "/api/v1" + std::string(endpoint->path), query, body;
    for (const Flag& flag : flags) {
        const auto found = given.find(flag.name);
        if (in_path(*endpoint, flag.name)) {
            if (found == given.end()) return wrong_words(fmt::format("Say which one: --{} …", flag.name));
            const std::string place = "{" + flag.name + "}";
            path.replace(path.find(place), place.size(), encode(found->second));
        } else if (found != given.end() && flag.name == "in" && !flag.field) {
            const auto text = read_file(found->second);
            if (!text) return wrong_words(fill_in(text.error().message, text.error().parameters));
            body = text.value();
        } else if (found != given.end() && has_body(*endpoint)) {
            body += fmt::format("{}\"{}\":{}", body.empty() ? "{" : ",", flag.name, as_json(*flag.field, found->second));
        } else if (found != given.end()) {
            query += fmt::format("{}{}={}", query.empty() ? "?" : "&", flag.name, encode(found->second));
        }
    }
    if (has_body(*endpoint) && !body.empty() && !given.contains("in")) body += '}';

    http::Client client(remote.server);
    http::ClientRequest request{.method = std::string(to_text(endpoint->method)), .target = path + query, .body = body};
    request.headers.push_back({"Accept-Language", std::string(to_text(remote.language))});
    if (!remote.token.empty()) request.headers.push_back({"Authorization", "Bearer " + remote.token});
    auto response = client.send(request);
    if (!response) return fmt::print(stderr, "{}\n", fill_in(response.error().message, response.error().parameters)), 1;
    if (response.value().status >= 400) return print_problem(response.value()), 1;
    if (remote.json) fmt::print("{}\n", response.value().body);
    else fmt::print("{}", answer_text(response.value().body, remote.language));
    return 0;
}

} // namespace greenbank::cli
