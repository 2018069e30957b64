// contract.cpp — reading the contract, and bodies by field.
#include "contract.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "bank_process.h"

namespace greenbank::testing {

namespace {

namespace dom = simdjson::dom;

std::string text_of(dom::element element, const char* key) {
    std::string_view text;
    return element[key].get(text) ? std::string() : std::string(text);
}
std::optional<double> number_of(dom::element element, const char* key) {
    double number = 0;
    return element[key].get(number) ? std::nullopt : std::optional(number);
}
bool flag_of(dom::element element, const char* key) {
    bool flag = false;
    return !element[key].get(flag) && flag;
}
std::string after_slash(std::string text) { return text.substr(text.rfind('/') + 1); }

Schema read_schema(std::string name, dom::element element) {
    Schema schema{.name = std::move(name),
        .kind = text_of(element, "x-kind"),
        .unit = text_of(element, "x-unit"),
        .reference = text_of(element, "x-reference"),
        .record = after_slash(text_of(element, "$ref"))};
    schema.minimum = number_of(element, "minimum");
    schema.maximum = number_of(element, "maximum");
    schema.length_min = number_of(element, "minLength");
    schema.length_max = number_of(element, "maxLength");
    schema.items_max = number_of(element, "maxItems");
    schema.read_only = flag_of(element, "readOnly");
    schema.optional = flag_of(element, "x-optional");
    schema.needed = flag_of(element, "x-needed");
    dom::array choices;
    if (!element["enum"].get(choices))
        for (const dom::element choice : choices) schema.choices.emplace_back(choice.get_string().value());
    dom::element item;
    if (!element["items"].get(item)) schema.item.push_back(read_schema("", item));
    return schema;
}

Operation read_operation(std::string_view path, std::string_view method, dom::element element) {
    Operation operation{.id = text_of(element, "operationId"),
        .method = std::string(method),
        .path = std::string(path),
        .right = text_of(element, "x-right"),
        .mode = text_of(element, "x-mode")};
    for (char& c : operation.method) c = static_cast<char>(std::toupper(c));
    if (operation.path.starts_with("/api/v1")) operation.path.erase(0, 7);
    else operation.path.insert(0, "/"); // outside the API, as visitors say it
    for (const dom::element parameter : element["parameters"].get_array())
        if (text_of(parameter, "in") == "query") {
            operation.query.push_back(read_schema(text_of(parameter, "name"), parameter["schema"]));
            operation.query.back().required = flag_of(parameter, "required");
        }
    dom::object content;
    if (!element["requestBody"]["content"].get(content))
        for (const auto& [type, media] : content) {
            operation.patch = type == "application/merge-patch+json";
            operation.body = after_slash(text_of(media["schema"], "$ref"));
        }
    for (const auto& [status, response] : element["responses"].get_object()) operation.statuses.emplace_back(status);
    return operation;
}

Contract read_contract() {
    static dom::parser parser;
    const std::string text = read_whole("tests/openapi.json");
    dom::element root = parser.parse(text);
    Contract contract;
    for (const auto& [path, methods] : root["paths"].get_object())
        for (const auto& [method, operation] : methods.get_object()) contract.operations.push_back(read_operation(path, method, operation));
    for (const auto& [name, schema] : root["components"]["schemas"].get_object()) {
        std::vector<Schema>& fields = contract.schemas[std::string(name)];
        dom::object properties;
        if (schema["properties"].get(properties)) continue;
        for (const auto& [field, property] : properties) fields.push_back(read_schema(std::string(field), property));
        dom::array required;
        if (schema["required"].get(required)) continue;
        for (const dom::element one : required)
            for (Schema& field : fields)
                if (field.name == one.get_string().value()) field.required = true;
    }
    return contract;
}

Json object(std::vector<std::pair<std::string, Json>> members) {
    Json json;
    json.shape = 'o';
    json.members = std::move(members);
    return json;
}

/// Fields whose value is more than its kind: codes of the reference data, units that belong together.
std::optional<Json> known_value(const Schema& schema) {
    static const std::map<std::string, std::string> known = {{"indicator", R"("effluent_cod")"}, {"unit", R"("mg/L")"}, {"country", R"("CN")"},
        {"origin", R"("CN")"}, {"classes", R"(["1.1.1.1"])"}, {"territories", R"(["WORLD"])"}, {"countries", R"(["CN"])"}, {"traits", R"(["low_noise"])"},
        {"required_traits", R"(["off_grid"])"}, {"excluded_traits", R"(["combustion"])"}, {"capital_cost_per", R"("m3/d")"}, {"operating_cost_per", R"("m3")"},
        {"email", R"("somebody@else.test")"}, {"language", R"("en")"}, {"credit_code", R"("91350100M000100Y43")"}, {"level", "7"}, {"high", "70"},
        {"low", "50"}, {"rights", R"(["library.write"])"}, {"code", R"("123456")"}, {"year", "2027"}, {"link", R"("https://else.test/report")"},
        {"report_link", R"("https://else.test/report")"}, {"languages", R"(["zh"])"}, {"system", R"("catalogue_selection")"}};
    const auto found = known.find(schema.name);
    return found == known.end() ? std::nullopt : std::optional(plain(found->second));
}

} // namespace

const Contract& contract() {
    static const Contract read = read_contract();
    return read;
}

std::string Json::to_text() const {
    if (shape == 'v') return text;
    std::string out(1, shape == 'o' ? '{' : '[');
    for (const auto& [name, member] : members) out += fmt::format("{}\"{}\":{}", out.size() > 1 ? "," : "", name, member.to_text());
    for (const Json& item : items) out += (out.size() > 1 ? "," : "") + item.to_text();
    return out + (shape == 'o' ? '}' : ']');
}

Json& Json::operator[](const std::string& name) {
    for (auto& [key, member] : members)
        if (key == name) return member;
    return members.emplace_back(name, Json{}).second;
}

void Json::erase(const std::string& name) {
    std::erase_if(members, [&](const auto& member) { return member.first == name; });
}

Json plain(std::string json) {
    Json value;
    value.text = std::move(json);
    return value;
}

Json sound_record(const std::string& schema) {
    Json record = object({});
    for (const Schema& field : contract().schemas.at(schema))
        if (!field.read_only) record.members.emplace_back(field.name, sound_value(field));
    return record;
}

Json sound_value(const Schema& schema) {
    if (auto known = known_value(schema)) return std::move(*known);
    if (schema.kind == "boolean") return plain("true");
    if (schema.kind == "integer" || schema.kind == "real") return plain(fmt::format("{}", std::max(schema.minimum.value_or(1), 1.0)));
    if (schema.kind == "text")
        return plain(
            '"' +
            std::string(
                static_cast<std::size_t>(std::max(schema.length_min.value_or(1), 12.0) > schema.length_max.value_or(100) ? *schema.length_max : 12), 't') +
            '"');
    if (schema.kind == "choice") return plain('"' + schema.choices[0] + '"');
    if (schema.kind == "id") return plain('"' + schema.reference + "_nobody\"");
    if (schema.kind == "time") return plain(R"("2027-06-30T08:00:00Z")");
    if (schema.kind == "date") return plain(R"("2027-06-30")");
    if (schema.kind == "money") return object({{"amount", plain(R"("1250.00")")}, {"currency", plain(R"("CNY")")}});
    if (schema.kind == "quantity") return object({{"value", plain("50")}, {"unit", plain(R"("m3/d")")}});
    if (schema.kind == "localized") return object({{"zh", plain(R"("水")")}, {"en", plain(R"("water")")}, {"ru", plain(R"("вода")")}});
    if (schema.kind == "record") return sound_record(schema.record);
    Json list;
    list.shape = 'l';
    list.items.push_back(sound_value(schema.item.at(0)));
    return list;
}

} // namespace greenbank::testing
