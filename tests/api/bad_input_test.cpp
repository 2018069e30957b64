// bad_input_test.cpp — thousands of broken requests made from the contract: refused in order, named, and nothing stored.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cast.h"
#include "contract.h"
#include "kernel/random.h"
#include "kernel/text.h"
#include "targets.h"

namespace greenbank::testing {

namespace {

/// A broken body, and the field that an answer must name (empty: the whole body cannot be read).
struct Broken {
    std::string what, body, field;
    std::string content_type = "application/json";
};

const std::string nasty[] = {
    R"("'; DROP TABLE need; --")", R"("<script>alert(1)</script>")", R"("${7*7}{{7*7}}")", R"("../../etc/passwd")", R"("%00%0d%0aSet-Cookie: a=b")"};

/// Values that are wrong for a field of this kind, whatever its name.
std::vector<std::pair<std::string, std::string>> wrong_values(const Schema& schema, bool patch) {
    std::vector<std::pair<std::string, std::string>> wrong;
    const std::string& kind = schema.kind;
    const auto all = [&](std::initializer_list<const char*> values) {
        for (const std::string value : values) wrong.emplace_back(value, value);
    };
    if (!schema.optional) wrong.emplace_back("null", "null");
    if (kind != "boolean") all({"true"});
    if (kind != "integer" && kind != "real") all({"42", "-0.5"});
    if (kind != "list") all({"[]", "[[]]"});
    if (kind == "boolean") all({"0", "\"true\"", "{}"});
    if (kind == "integer" || kind == "real") {
        all({"\"5\"", "\"\"", "{}"});
        if (kind == "integer") all({"1.5", "9223372036854775808", "1e3"});
        if (schema.minimum) wrong.emplace_back("below the least", fmt::format("{}", *schema.minimum - 1));
        if (schema.maximum) wrong.emplace_back("above the most", fmt::format("{}", *schema.maximum + 1));
    }
    if (kind == "text") {
        wrong.emplace_back("a NUL", R"("a\u0000b")");
        wrong.emplace_back("too long", '"' + std::string(static_cast<std::size_t>(schema.length_max.value_or(4000)) + 1, 'x') + '"');
        if (schema.length_min.value_or(0) > 0) all({"\"\""});
        all({"{}"});
    }
    if (kind == "choice" || kind == "id" || kind == "date" || kind == "time") {
        all({"\"\"", "\"nonsense\"", "{}", R"("a\u0000b")"});
        for (const std::string& one : nasty) wrong.emplace_back(one, one);
    }
    if (kind == "id") wrong.emplace_back("capitals", '"' + schema.reference + "_ABC\"");
    if (kind == "date") all({R"("2026-02-30")", R"("2026-13-01")", R"("20261120")", R"("2026-11-20T00:00:00Z")"});
    if (kind == "money")
        all({"\"5\"", "{}", R"({"amount":12.5,"currency":"CNY"})", R"({"amount":"1","currency":"XXX"})", R"({"amount":"1.234","currency":"CNY"})",
            R"({"amount":"1e5","currency":"CNY"})", R"({"amount":"1"})", R"({"currency":"CNY"})", R"({"amount":"99999999999999999999","currency":"CNY"})",
            R"({"amount":"NaN","currency":"CNY"})", R"({"amount":"1","currency":"CNY","tip":"1"})", R"({"amount":"-1","currency":"CNY"})",
            R"({"amount":"1","currency":"cny"})"});
    if (kind == "quantity")
        all({"\"5 kW\"", "{}", R"({"value":"5","unit":"kW"})", R"({"value":5,"unit":"cubit"})", R"({"value":5})", R"({"unit":"kW"})",
            R"({"value":5,"unit":""})", R"({"value":5,"unit":"kW","x":1})", R"({"value":-5,"unit":"kW"})", R"({"value":null,"unit":"kW"})"});
    if (kind == "localized") {
        all({"\"water\"", R"({"de":"Wasser"})", R"({"en":5})", R"({"en":["x"]})", R"({"en":"a\u0000b"})"});
        if (schema.needed && !patch) all({"{}", R"({"en":""})"});
    }
    if (kind == "record") all({"\"x\"", R"({"bogus":1})"});
    if (kind == "list") {
        all({"\"x\"", "{}", "[null]", "[{\"bogus\":1}]"});
        const std::string item = sound_value(schema.item[0]).to_text();
        std::string many = "[" + item;
        for (double i = 0; i < schema.items_max.value_or(200); ++i) many += "," + item;
        wrong.emplace_back("too many", many + "]");
    }
    return wrong;
}

/// Codes that do not exist and units that do not measure it.
std::vector<std::pair<std::string, std::string>> wrong_codes(const std::string& schema, const std::string& name) {
    // Whatever a fact counts, a device measures, a formula gives.
    static const std::set<std::string> of_any_unit = {"country_fact", "equipment", "product_system", "system_exchange", "channel", "formula_trial",
        "hourly_factor", "inventory_source", "credit_entry", "performance_terms", "set_point", "site_plan", "territory_line", "virtual_channel"};
    const bool any_unit = of_any_unit.contains(schema);
    static const std::map<std::string, std::vector<std::string>> known = {{"classes", {R"(["9.9.9.9"])", R"([""])"}}, {"traits", {R"(["tasty"])"}},
        {"required_traits", {R"(["tasty"])"}}, {"excluded_traits", {R"(["off_gird"])"}}, {"territories", {R"(["XX"])", R"(["world"])"}},
        {"countries", {R"(["ZZ"])"}}, {"country", {R"("ZZ")", R"("cn")"}}, {"origin", {R"("ZZ")", R"("WORLD")"}}, {"indicator", {R"("taste")"}},
        {"unit", {R"("kWh")", R"("cubit")"}}, {"capital_cost_per", {R"("cubit")"}}, {"operating_cost_per", {R"("m3/")"}},
        {"credit_code", {R"("91350100M000100Y44")"}}};
    std::vector<std::pair<std::string, std::string>> wrong;
    static const std::set<std::string> of_free_unit = {"index_indicator"}; // per 10,000 people, points: any words
    if (const auto found = known.find(name); found != known.end() && !(name == "unit" && of_free_unit.contains(schema)))
        for (const std::string& value : found->second)
            if (!any_unit || value != R"("kWh")") wrong.emplace_back(value, value);
    return wrong;
}

/// Money that may be below zero: what a measure saves.
bool may_be_negative(const std::string& name) { return name == "cost_per_tonne"; }

/// Breaks one field after the other, in records within records too.
void break_fields(const std::string& schema, const Json& root, const std::function<Json*(Json&)>& place, const std::string& path, bool patch,
    const std::set<std::string>& in_path, std::vector<Broken>& all) {
    const auto add = [&](const std::string& what, const std::string& field, const std::function<void(Json&)>& change) {
        Json copy = root;
        change(*place(copy));
        all.push_back({what, copy.to_text(), field});
    };
    for (const Schema& field : contract().schemas.at(schema)) {
        const std::string at = path.empty() ? field.name : path + "." + field.name;
        if (path.empty() && in_path.contains(field.name)) {
            add("taken from the address", at, [&](Json& record) { record[field.name] = sound_value(field); });
            continue;
        }
        if (field.read_only) {
            add("set by the bank", at, [&](Json& record) { record[field.name] = plain("\"x\""); });
            continue;
        }
        std::vector<std::pair<std::string, std::string>> wrong = wrong_values(field, patch);
        for (const auto& more : wrong_codes(schema, field.name))
            if (schema != "organisation" || more.first != R"("ZZ")") wrong.push_back(more); // parties knows no list of countries
        if (may_be_negative(field.name)) std::erase_if(wrong, [](const auto& one) { return one.second == R"({"amount":"-1","currency":"CNY"})"; });
        for (const auto& [what, value] : wrong) add(what.substr(0, 60), at, [&](Json& record) { record[field.name] = plain(value); });
        add("twice", at, [&](Json& record) { record.members.emplace_back(field.name, record[field.name]); });
        // A merge patch completes what is there; an entry of a list it replaces, so that one must be whole.
        if (field.required && (!patch || path.find('[') != std::string::npos)) add("missing", at, [&](Json& record) { record.erase(field.name); });
        if (field.kind == "record")
            break_fields(
                field.record, root, [&](Json& json) { return &(*place(json))[field.name]; }, at, patch, in_path, all);
        if (field.kind == "list" && field.item[0].kind == "record")
            break_fields(
                field.item[0].record, root, [&](Json& json) { return &(*place(json))[field.name].items[0]; }, at + "[0]", patch, in_path, all);
    }
    for (const std::string name : {"bogus", "<b>x</b>", "__proto__", "owner_id", "'--"})
        add("unknown field", path.empty() ? name : path + "." + name, [&](Json& record) { record.members.emplace_back(name, plain("1")); });
}

/// Bodies that cannot be read at all, or are something else.
std::vector<Broken> break_whole(const std::string& sound) {
    const auto deep = [](int levels, char open, char close) {
        return std::string(static_cast<std::size_t>(levels), open) + std::string(static_cast<std::size_t>(levels), close);
    };
    std::string objects;
    for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
    std::vector<Broken> all = {{"empty", "", ""}, {"spaces", "   ", ""}, {"words", "hello", ""}, {"a list", "[]", ""}, {"null", "null", ""},
        {"a number", "42", ""}, {"a text", "\"x\"", ""}, {"open", "{", ""}, {"half", sound.substr(0, sound.size() / 2), ""}, {"more behind", sound + "}", ""},
        {"two", sound + sound, ""}, {"a comment", "/* */" + sound, ""}, {"single quotes", "{'a':1}", ""}, {"a comma", "{\"a\":1,}", ""},
        {"NaN", R"({"a":NaN})", ""}, {"Infinity", R"({"a":-Infinity})", ""}, {"1e400", R"({"a":1e400})", ""}, {"01", R"({"a":01})", ""},
        {"ten deep", deep(10, '[', ']'), ""}, {"ten thousand deep", deep(10'000, '[', ']'), ""}, {"ten thousand objects deep", objects, ""},
        {"broken UTF-8", "{\"a\":\"\xff\xfe\"}", ""}, {"overlong UTF-8", "{\"a\":\"\xc0\xaf\"}", ""}, {"half a surrogate", R"({"a":"\ud800"})", ""},
        {"NUL", std::string("{\0}", 3), ""}, {"control", "{\"a\":\"\x01\"}", ""},
        {"a text of a mebibyte less a little", "{\"bogus\":\"" + std::string(1'000'000, 'x') + "\"}", "bogus"},
        {"a mebibyte of text", "{\"bogus\":\"" + std::string(1'048'576, 'x') + "\"}", ""}, {"two mebibytes", std::string(2 * 1'048'576, ' '), ""}};
    for (const std::string type :
        {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonp", "", "text/html"})
        all.push_back({std::string("as ") + type, sound, "", type});
    return all;
}

/// Everything that a stored record would change.
std::string counts(Visitor& administrator) {
    std::string all;
    for (const std::string path : {"/technologies?limit=1", "/needs?limit=1", "/capital-offers?limit=1", "/organisations?limit=1", "/invitations?limit=1",
             "/tokens", "/jobs?limit=1", "/audit?limit=1&outcome=ok"})
        all += fmt::format("{} {}  ", path, administrator.get(path).number("/total"));
    return all + administrator.get("/home").at("/counts");
}

/// Memory in KiB and open handles of the server.
std::pair<long, long> burden(pid_t server) {
    const std::string status = read_whole(fmt::format("/proc/{}/status", server));
    const auto value = [&](const char* name) {
        const std::size_t at = status.find(name);
        return at == std::string::npos ? 0 : std::atol(status.c_str() + at + std::string_view(name).size());
    };
    const auto handles = std::filesystem::directory_iterator(fmt::format("/proc/{}/fd", server));
    return {value("VmRSS:"), std::distance(begin(handles), end(handles))};
}

struct Score {
    int cases = 0, wrong = 0;
    void check(const std::string& request, const Answer& answer, bool must_refuse, const std::string& field) {
        ++cases;
        std::string fault;
        if (answer.status >= 500) fault = "5xx";
        else if (must_refuse && answer.status < 400) fault = "was accepted";
        else if (answer.status >= 400 && !answer.is_problem()) fault = "is not refused by a whole problem+json";
        else if (!field.empty() && answer.status == 422) {
            const std::vector<std::string> named = answer.faulty_fields();
            // A fault within a value may be named more closely: requirements[0].unit for requirements.
            if (std::none_of(
                    named.begin(), named.end(), [&](const std::string& one) { return one.starts_with(field) || (!one.empty() && field.starts_with(one)); }))
                fault = "the field " + field + " is not named";
        } else if (!field.empty() && must_refuse && answer.status != 400 && answer.status != 413 && answer.status != 414)
            fault = "is refused by another status than 422";
        for (const std::string leak : {"/work/", "src/", ".cpp", "SQLITE", "sqlite", "std::", "SELECT ", "INSERT "})
            if (answer.body.find(leak) != std::string::npos) fault = std::string("tells of the inside: ") + leak;
        if (fault.empty()) return;
        if (++wrong <= 40) MESSAGE(request, ": ", fault, ": ", answer.status, " ", answer.body.substr(0, 300));
    }
};

/// An account of that organisation in an asset of the test's own.
std::string open_account(Visitor& person, const std::string& owner) {
    const std::string asset = create(person, "/ledger/assets", R"({"code":"XTS","scale":2,"kind":"currency","name":{"en":"target"}})");
    return create(
        person, "/ledger/accounts", fmt::format(R"({{"title":{{"en":"target"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"free"}})", owner, asset));
}

/// A document of a technology of one's own.
std::string attach_document(Visitor& person) {
    const Answer file = person.post("/files", R"({"name":"target.txt","bytes":1})");
    person.content_type = "application/octet-stream";
    REQUIRE(person.post("/files/" + file.at("/id") + "/parts/0", "x").status == 200);
    person.content_type = "application/json";
    const std::string entry = create(person, "/technologies", technology_body("target of a document"));
    return create(person, "/entry-documents", fmt::format(R"({{"entry":"{}","title":{{"en":"target"}},"file":"{}"}})", entry, file.at("/id")));
}

/// A deal and a contract of two organisations, entered by the bank; their answers are views.
std::string draft_deal(Visitor& person, const Cast& all) {
    const Answer made = person.post(
        "/deals", fmt::format(R"({{"title":{{"en":"target"}},"cooperation":"licence","seeker":"{}","owner":"{}"}})", all.organisation, all.other_organisation));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return "/deals/" + made.at("/deal/id");
}
std::string draft_contract(Visitor& person, const Cast& all) {
    const Answer made = person.post("/contracts",
        fmt::format(R"({{"number":"T","title":{{"en":"target"}},"subject":{{"en":"x"}},"kind":"engineering","parties":[{{"organisation":"{}","role":"partner"}},
{{"organisation":"{}","role":"partner"}}],"amount":{{"amount":"0.00","currency":"CNY"}},"governing_language":"en"}})",
            all.organisation, all.other_organisation));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return "/contracts/" + made.at("/contract/id");
}

} // namespace

TEST_CASE("broken bodies are refused, the fault is named, and nothing is stored") {
    Cast all{std::vector<std::string>{}};
    Visitor& person = all.administrator;
    std::map<std::string, std::string> places = {{"technology_update", "/technologies/" + create(person, "/technologies", technology_body("target"))},
        {"need_update", "/needs/" + create(person, "/needs", need_body("target"))},
        {"capital_offer_update", "/capital-offers/" + create(person, "/capital-offers", capital_offer_body("target"))},
        {"edition_update", "/editions/" + create(person, "/editions", R"({"number":9002,"year":2026,"title":{"en":"target"}})")},
        {"entry_document_update", "/entry-documents/" + attach_document(person)},
        {"policy_update",
            "/policies/" +
                create(person, "/policies",
                    R"({"title":{"en":"target"},"summary":{"en":"x"},"issuer":{"en":"x"},"level":"city","territories":["CN"],"source":"x","status":"sample","benefits":[{"kind":"grant","what":{"en":"x"}}]})")},
        {"expert_update", "/experts/" + create(person, "/experts", R"({"name":{"en":"target"},"country":"CN"})")},
        {"peer_update", "/peers/" + create(person, "/peers", R"({"name":"target","country":"KZ","base_url":"https://bank.example/oai"})")},
        {"concept_update", "/concepts/" + create(person, "/concepts", R"({"name":{"en":"target of bad input"}})")},
        {"saved_search_update", "/saved-searches/" + create(person, "/saved-searches", R"({"name":"target","text":"target"})")},
        {"account_update", "/ledger/accounts/" + open_account(person, all.organisation)}, {"organisation_update", "/organisations/" + all.organisation},
        {"project_update", "/projects/" + create(person, "/projects", project_body("target"))},
        {"milestone_update", "/milestones/" + create(person, "/milestones",
                                                  fmt::format(R"({{"project":"{}","title":{{"en":"target"}},"due_on":"2030-01-01"}})",
                                                      create(person, "/projects", project_body("whole"))))},
        {"deal_update", draft_deal(person, all)}, {"contract_update", draft_contract(person, all)}, {"member_update", "/members/member_nobody"}};
    for (const TargetRows::Add add : TargetRows::all()) add(person, places);
    const std::vector<std::string> rights = person.get("/session").all("/rights", "");
    const std::string before = counts(person);
    const std::pair<long, long> burden_before = burden(all.bank.pid());
    Score score;
    for (const Operation& operation : contract().operations) {
        if (operation.body.empty()) continue;
        if (operation.right != "open" && operation.right != "signed_in" && std::find(rights.begin(), rights.end(), operation.right) == rights.end())
            continue; // an administrator may not: assessment_test sends these
        const auto place = places.find(operation.id);
        std::string path = place == places.end() ? operation.path : place->second;
        Json sound = sound_record(operation.body);
        std::set<std::string> in_path; // fields of the record that are taken from the address
        if (operation.id == "member_update") in_path.insert("id");
        for (std::size_t open; (open = path.find('{')) != std::string::npos;) {
            const std::string name = path.substr(open + 1, path.find('}') - open - 1);
            in_path.insert(name);
            std::string known = "nobody";
            for (const Schema& field : contract().schemas.at(operation.body))
                if (field.name == name) known = sound_value(field).to_text();
            std::erase(known, '"');
            path.replace(open, name.size() + 2, known);
        }
        for (const std::string& name : in_path) sound.erase(name);
        std::vector<Broken> broken = break_whole(sound.to_text());
        break_fields(
            operation.body, sound, [](Json& json) { return &json; }, "", operation.patch || operation.method == "PATCH", in_path, broken);
        for (const Broken& one : broken) {
            if (operation.id == "panel_score" && one.field.ends_with(".indicator")) continue; // which there are is the panel's to say
            person.content_type = one.content_type;
            const Answer answer = person.send(operation.method, path, one.body);
            score.check(fmt::format("{} {} {} at {}", operation.method, path, one.what, one.field), answer, true, one.field);
        }
        person.content_type = "application/json";
    }
    CHECK(score.wrong == 0);
    CHECK_MESSAGE(counts(person) == before, "something was stored: ", counts(person), " before: ", before,
        " last: ", greenbank::join(person.get("/audit?limit=5&outcome=ok&sort=-at").all("/items", "/operation"), ", "));
    for (const auto& [id, path] : places)
        if (id != "member_update" && id != "organisation_update") {
            const Answer kept = person.get(path); // a record, or a view with the record in it
            CHECK_MESSAGE(kept.body.find("\"version\":1") != std::string::npos, path, " ", kept.body.substr(0, 200));
        }
    const std::pair<long, long> burden_after = burden(all.bank.pid());
    const long memory = (burden_after.first - burden_before.first) / 1024, handles = burden_after.second - burden_before.second;
    CHECK(memory < 512);
    CHECK(handles < 200);
    MESSAGE(score.cases, " broken bodies, ", score.wrong, " wrong; memory +", memory, " MiB, handles +", handles);
}

TEST_CASE("broken addresses and queries never break the server") {
    Cast& all = cast();
    Visitor& person = all.administrator;
    const std::uint64_t seed = 20261120;
    Random random(seed);
    Score score;
    const std::string before = counts(person);
    static const std::set<std::string> ignores_queries = {"oai_get"}; // answers in the words of its protocol, with status 200
    const std::vector<std::string> values = {"", "%ff", "%00", "%zz", "%", "%c0%af", "'%20OR%201=1%20--", "%3Cscript%3E", "..%2F..", "0", "-1", "1.5", "1e3",
        "NaN", "99999999999999999999", "maybe", "true", std::string(9000, 'x'), "%F0%9F%8C%B1", "a%00b", "%0d%0aX:%20y", "*", "%25", "_", "~", "%22", ",,,,",
        "%5B%5D"};
    for (const Operation& operation : contract().operations) {
        std::string path = operation.path;
        const std::size_t open = path.find('{');
        if (open != std::string::npos) { // the address itself
            for (const std::string id :
                {"x", "%20", "need_", "..", "%2e%2e", "%00", "%ff", "need_%27", "NEED_SAMPLE", "need_sample_island_power%2F", "%3Cb%3E", "0", "null", "{id}"}) {
                std::string broken = path;
                broken.replace(open, path.find('}') - open + 1, id);
                score.check(operation.method + " " + broken, person.send(operation.method, broken, operation.body.empty() ? "" : "{}"), true, "");
            }
            std::string longest = path;
            longest.replace(open, path.find('}') - open + 1, std::string(5000, 'n'));
            score.check(operation.method + " a long id", person.send(operation.method, longest, ""), true, "");
        }
        if (operation.method != "GET" || operation.id == "job_events" || operation.id == "market_stream") continue;
        if (open != std::string::npos)
            path.replace(open, path.find('}') - open + 1,
                operation.id == "reference_get"               ? "units"
                : operation.path.starts_with("/class-trees")  ? "fields"
                : operation.path.starts_with("/needs")        ? "need_sample_island_power"
                : operation.path.starts_with("/technologies") ? "tech_sample_island_pv"
                                                              : all.organisation);
        const std::string needed = operation.id == "search_suggest" ? "text=w&" : operation.id == "class_walk_get" ? "code=water&" : "";
        for (const Schema& field : operation.query) {
            if (needed.starts_with(field.name + "=")) continue;
            for (const std::string& value : values) {
                const bool unreadable =
                    value.find("%ff") != std::string::npos || value.find("%00") != std::string::npos || value == "%zz" || value == "%" || value == "%c0%af";
                const bool number = field.kind == "integer", truth = field.kind == "boolean";
                const bool good_number = (value == "0" && field.minimum.value_or(0) <= 0) || (value == "-1" && field.minimum.value_or(0) <= -1);
                const bool refuse = unreadable || (!ignores_queries.contains(operation.id) && ((number && !good_number) || (truth && value != "true")));
                const Answer answer = person.get(fmt::format("{}?{}{}={}", path, needed, field.name, value));
                score.check(fmt::format("GET {}?{}={}", path, field.name, value.substr(0, 40)), answer, refuse, refuse && !unreadable ? field.name : "");
            }
            score.check("repeated " + field.name, person.get(fmt::format("{}?{}=1&{}=2", path, field.name, field.name)), false, "");
        }
        if (!ignores_queries.contains(operation.id))
            score.check("GET " + path + " unknown", person.get(path + "?bogus=1"), open == std::string::npos || operation.id != "reference_get", "");
        std::string crowd = path + "?";
        for (int i = 0; i < 150; ++i) crowd += "a=1&";
        score.check("GET " + path + " with 150 parameters", person.get(crowd), true, "");
        for (int i = 0; i < 20; ++i) { // noise
            std::string noise;
            for (std::uint64_t k = 0, n = random.below(40); k < n; ++k) noise += static_cast<char>('!' + random.below(94));
            std::erase(noise, '#');
            score.check("GET " + path + "?" + noise, person.get(path + "?" + noise), false, "");
        }
    }
    CHECK(score.wrong == 0);
    CHECK(counts(person) == before);
    MESSAGE(score.cases, " broken addresses and queries (seed ", seed, "), ", score.wrong, " wrong");
}

} // namespace greenbank::testing
