// openapi.cpp — rows and descriptions as JSON; every description is reachable from an endpoint.
#include "api/openapi.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "api/dispatch.h"
#include "api/list_words.h"
#include "json/json.h"

namespace greenbank {

namespace {

class Document {
public:
    explicit Document(JsonWriter& out) : out_(out) {}

    void operation(const Slice& slice, const Endpoint& endpoint) {
        const Handler& handler = endpoint.handler;
        out_.begin_object().member("operationId", endpoint.name).member("summary", endpoint.doc);
        out_.key("tags").begin_list().text(slice.name).end_list();
        out_.member("x-right", endpoint.right.name);
        out_.member("x-mode", endpoint.mode == Mode::read ? "read" : endpoint.mode == Mode::write ? "write" : "compute");
        if (endpoint.right == open_to_all) out_.key("security").begin_list().end_list();
        parameters(endpoint);
        if (endpoint.method == Method::post || endpoint.method == Method::patch) body(endpoint);
        out_.key("responses").begin_object();
        if (!handler.file_types.empty()) {
            out_.key("200").begin_object().member("description", "The file.");
            content("application/octet-stream");
            out_.begin_object().end_object();
            end_content();
            out_.end_object();
        } else if (handler.listed) {
            out_.key("200").begin_object().member("description", "A page of the list.");
            content("application/json");
            out_.begin_object().member("type", "object").key("required").begin_list().text("items").text("total").end_list();
            out_.key("properties").begin_object().key("items").begin_object().member("type", "array").key("items");
            reference(handler.listed());
            out_.end_object().key("next").begin_object().member("type", "string").end_object();
            out_.key("total").begin_object().member("type", "integer").end_object().end_object().end_object();
            end_content();
            out_.end_object();
        } else if (handler.reply) {
            out_.key(endpoint.name.ends_with("_create") ? "201" : "200").begin_object().member("description", "Done.");
            content("application/json");
            reference(handler.reply());
            end_content();
            out_.end_object();
        } else if (!handler.raw_type.empty()) {
            out_.key("200").begin_object().member("description", "Done.");
            content(handler.raw_type);
            out_.begin_object().end_object();
            end_content();
            out_.end_object();
        } else {
            out_.key("204").begin_object().member("description", "Done; there is nothing to send.").end_object();
        }
        out_.key("default").begin_object().member("description", "A problem (RFC 9457).");
        content("application/problem+json");
        out_.begin_object().member("$ref", "#/components/schemas/problem").end_object();
        end_content();
        out_.end_object().end_object().end_object();
    }

    /// Writes all schemas that were referred to, until none is new.
    void schemas() {
        std::map<std::string, bool> written;
        while (true) {
            const Record* next = nullptr;
            for (const auto& [name, record] : referred_)
                if (!written[name]) {
                    next = record;
                    written[name] = true;
                    break;
                }
            if (!next) return;
            out_.key(next->name);
            schema(*next);
        }
    }

private:
    void content(std::string_view type) { out_.key("content").begin_object().key(type).begin_object().key("schema"); }
    void end_content() { out_.end_object().end_object(); }

    /// Two structs of one name would be one schema to everybody outside.
    void refer_to(const Record& record) {
        const auto [known, is_new] = referred_.emplace(std::string(record.name), &record);
        const auto same_names = [](const Field& a, const Field& b) { return a.name == b.name; };
        require(is_new || std::ranges::equal(known->second->fields, record.fields, same_names), "two different records have one name");
    }

    void reference(const Record& record) {
        refer_to(record);
        out_.begin_object().member("$ref", fmt::format("#/components/schemas/{}", record.name)).end_object();
    }

    void parameter(std::string_view name, std::string_view doc, bool in_path, bool required, const Type& type, const Traits& traits) {
        out_.begin_object().member("name", name).member("in", in_path ? "path" : "query").member("description", doc).member("required", required).key("schema");
        value(type, traits, {});
        out_.end_object();
    }

    void parameters(const Endpoint& endpoint) {
        const Handler& handler = endpoint.handler;
        out_.key("parameters").begin_list();
        const auto in_path = [&](std::string_view name) { return endpoint.path.find(fmt::format("{{{}}}", name)) != std::string_view::npos; };
        const bool lists_record = handler.paged;
        const Record* record = lists_record ? &handler.listed() : handler.request ? &handler.request() : nullptr;
        const bool has_body = endpoint.method == Method::post || endpoint.method == Method::patch;
        if (lists_record) {
            parameter("limit", "How many at most.", false, false, TypeOf<std::int64_t>::type, {.min = 1, .max = 500});
            parameter("cursor", "`next` of the page before.", false, false, TypeOf<std::string>::type, {});
            parameter("sort", sort_orders(*record), false, false, TypeOf<std::string>::type, {});
            if (has_words(*record)) parameter(words_field().name, words_field().doc, false, false, *words_field().type, {.max = list_text_characters_max});
            if (!handler.file_types.empty()) parameter("format", "One of: " + std::string(handler.file_types), false, false, TypeOf<std::string>::type, {});
        }
        if (record)
            for (const Field& field : record->fields) {
                if (in_path(field.name)) parameter(field.name, field.doc, true, true, *field.type, field.traits);
                else if (lists_record && field.traits.filter)
                    parameter(field.name, field.doc, false, false, field.type->kind == Kind::list ? *field.type->element : *field.type, {});
                else if (!lists_record && (!has_body || handler.raw_body))
                    parameter(
                        field.name, field.doc, false, !field.optional && !field.traits.defaulted && field.type->kind != Kind::list, *field.type, field.traits);
            }
        if (endpoint.method == Method::post && endpoint.mode == Mode::write)
            out_.begin_object()
                .member("name", "Idempotency-Key")
                .member("in", "header")
                .member("description", "The same key with the same body is carried out once.")
                .key("schema")
                .begin_object()
                .member("type", "string")
                .end_object()
                .end_object();
        if (handler.patch)
            out_.begin_object()
                .member("name", "If-Match")
                .member("in", "header")
                .member("description", "The ETag of the version you saw.")
                .key("schema")
                .begin_object()
                .member("type", "string")
                .end_object()
                .end_object();
        out_.end_list();
    }

    static std::string sort_orders(const Record& record) {
        std::string orders = "Sort order; '-' first means descending. One of:";
        for (const Field& field : record.fields)
            if (field.traits.sort) (orders += ' ') += field.name;
        return orders;
    }

    void body(const Endpoint& endpoint) {
        const Handler& handler = endpoint.handler;
        if (handler.raw_body) {
            out_.key("requestBody").begin_object().member("required", true);
            content("application/octet-stream");
            out_.begin_object().end_object();
            end_content();
            out_.end_object();
            return;
        }
        if (!handler.request) return;
        bool any = handler.patch, needed = handler.patch;
        for (const Field& field : handler.request().fields) {
            if (endpoint.path.find(fmt::format("{{{}}}", field.name)) != std::string_view::npos) continue;
            any = true;
            needed = needed || !(field.optional || field.traits.defaulted);
        }
        if (!any) return;
        out_.key("requestBody").begin_object().member("required", needed);
        content(handler.patch ? "application/merge-patch+json" : "application/json");
        reference(handler.request());
        end_content();
        out_.end_object();
    }

    void schema(const Record& record) {
        out_.begin_object().member("type", "object").member("description", record.doc);
        out_.key("required").begin_list();
        for (const Field& field : record.fields)
            if (!field.optional && !field.traits.read_only && !field.traits.defaulted && field.type->kind != Kind::list && field.type->kind != Kind::localized)
                out_.text(field.name);
        out_.end_list().key("properties").begin_object();
        for (const Field& field : record.fields) {
            if (field.traits.secret && field.traits.read_only) continue;
            out_.key(field.name);
            value(*field.type, field.traits, field.doc, field.optional);
        }
        out_.end_object().member("additionalProperties", false).end_object();
    }

    void value(const Type& type, const Traits& traits, std::string_view doc, bool optional = false) {
        if (type.kind == Kind::record) refer_to(type.record());
        out_.begin_object();
        if (!doc.empty()) out_.member("description", doc);
        switch (type.kind) {
        case Kind::boolean: out_.member("type", "boolean"); break;
        case Kind::integer: out_.member("type", "integer"); break;
        case Kind::real: out_.member("type", "number"); break;
        case Kind::text: out_.member("type", "string"); break;
        case Kind::id: out_.member("type", "string").member("pattern", fmt::format("^{}_[a-z0-9_]{{1,60}}$", type.name)); break;
        case Kind::time: out_.member("type", "string").member("format", "date-time"); break;
        case Kind::date: out_.member("type", "string").member("format", "date"); break;
        case Kind::choice:
            out_.member("type", "string").key("enum").begin_list();
            for (const std::string_view choice : type.choices) out_.text(choice);
            out_.end_list();
            break;
        case Kind::money: out_.member("$ref", "#/components/schemas/money"); break;
        case Kind::quantity: out_.member("$ref", "#/components/schemas/quantity"); break;
        case Kind::localized: out_.member("$ref", "#/components/schemas/text"); break;
        case Kind::record: out_.member("$ref", fmt::format("#/components/schemas/{}", type.record().name)); break;
        case Kind::list:
            out_.member("type", "array").key("items");
            value(*type.element, {.unit = traits.unit}, {});
            break;
        }
        const bool number = type.kind == Kind::integer || type.kind == Kind::real;
        if (number && traits.min) out_.member("minimum", *traits.min);
        if (number && traits.max) out_.member("maximum", *traits.max);
        if (type.kind == Kind::text && traits.min) out_.member("minLength", *traits.min);
        if (type.kind == Kind::text && traits.max) out_.member("maxLength", *traits.max);
        if (type.kind == Kind::list && traits.min) out_.member("minItems", *traits.min);
        if (type.kind == Kind::list && traits.max) out_.member("maxItems", *traits.max);
        if (traits.read_only) out_.member("readOnly", true);
        if (traits.secret) out_.member("writeOnly", true);
        out_.member("x-kind", to_text(type.kind));
        if (type.kind == Kind::choice) out_.member("x-choice", type.name);
        if (type.kind == Kind::id) out_.member("x-reference", type.name);
        if (type.kind == Kind::localized && traits.min.value_or(0) > 0) out_.member("x-needed", true);
        if (!traits.unit.empty()) out_.member("x-unit", traits.unit);
        if (traits.filter) out_.member("x-filter", true);
        if (traits.sort) out_.member("x-sort", true);
        if (optional) out_.member("x-optional", true);
        out_.end_object();
    }

    JsonWriter& out_;
    std::map<std::string, const Record*> referred_;
};

constexpr std::string_view fixed_schemas =
    R"("money":{"type":"object","description":"An exact amount.","required":["amount","currency"],"properties":{"amount":{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]+)?$"},"currency":{"type":"string","pattern":"^[A-Z]{3}$"}}},"quantity":{"type":"object","description":"A number with its unit.","required":["value","unit"],"properties":{"value":{"type":"number"},"unit":{"type":"string"}}},"text":{"type":"object","description":"One text in up to three languages.","properties":{"zh":{"type":"string"},"en":{"type":"string"},"ru":{"type":"string"}}},"problem":{"type":"object","description":"RFC 9457.","required":["type","title","status","code","detail"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"code":{"type":"string"},"detail":{"type":"string"},"tombstone":{"type":"object","description":"Of what is gone (410): title, date, and perhaps reason.","additionalProperties":{"type":"string"}},"problems":{"type":"array","items":{"type":"object","required":["field","code","detail"],"properties":{"field":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}}}}}})";

} // namespace

std::string openapi(const std::vector<Slice>& slices, std::string_view version) {
    JsonWriter out;
    Document document(out);
    out.begin_object().member("openapi", "3.1.0");
    out.key("info").begin_object().member("title", "Greenbank").member("version", version).member("description", "An open Green Technology Bank.");
    out.key("license").begin_object().member("name", "Apache-2.0").member("identifier", "Apache-2.0").end_object().end_object();
    out.key("security")
        .begin_list()
        .begin_object()
        .key("session")
        .begin_list()
        .end_list()
        .end_object()
        .begin_object()
        .key("token")
        .begin_list()
        .end_list()
        .end_object()
        .end_list();

    std::map<std::string, std::map<std::string, std::pair<const Slice*, const Endpoint*>>> paths;
    for (const Slice& slice : slices)
        for (const Endpoint& endpoint : slice.endpoints) {
            std::string method(to_text(endpoint.method));
            for (char& c : method) c = static_cast<char>(c | 0x20);
            paths[endpoint.path.starts_with("//") ? std::string(endpoint.path.substr(1)) : std::string(api_prefix) + std::string(endpoint.path)][method] = {
                &slice, &endpoint};
        }
    out.key("paths").begin_object();
    for (const auto& [path, methods] : paths) {
        out.key(path).begin_object();
        for (const auto& [method, row] : methods) {
            out.key(method);
            document.operation(*row.first, *row.second);
        }
        out.end_object();
    }
    out.end_object().key("components").begin_object();
    out.key("securitySchemes").begin_object();
    out.key("session").begin_object().member("type", "apiKey").member("in", "cookie").member("name", session_cookie).end_object();
    out.key("token").begin_object().member("type", "http").member("scheme", "bearer").end_object().end_object();
    out.key("schemas").begin_object().raw(fixed_schemas);
    document.schemas();
    out.end_object().end_object().end_object();
    return out.take();
}

} // namespace greenbank
