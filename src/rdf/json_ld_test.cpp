// json_ld_test.cpp — a plain reader of the JSON-LD that we write finds the same graph; and what may stand in a page.
#include <doctest/doctest.h>

#include "kernel/result.h"
#include "rdf/graphs_under_test.h"
#include "rdf/json_ld.h"
#include "xml/characters.h"

namespace greenbank::rdf {
namespace {

/// JSON as it comes, sound or not our business.
struct Json {
    std::string text; // of a string
    std::vector<Json> items;
    std::vector<std::pair<std::string, Json>> members;
    enum { string, list, object } kind = string;

    const Json* find(std::string_view key) const {
        for (const auto& [name, value] : members)
            if (name == key) return &value;
        return nullptr;
    }
};

class JsonReader {
public:
    explicit JsonReader(std::string_view text) : text_(text) {}
    Json read() {
        Json json;
        if (take('"')) {
            json.text = string();
        } else if (take('[')) {
            json.kind = Json::list;
            while (!take(']')) json.items.push_back(read()), take(',');
        } else {
            REQUIRE(take('{'));
            json.kind = Json::object;
            while (!take('}')) {
                REQUIRE(take('"'));
                std::string key = string();
                REQUIRE(take(':'));
                json.members.push_back({std::move(key), read()});
                take(',');
            }
        }
        return json;
    }

private:
    bool take(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::string string() {
        std::string out;
        while (!take('"')) {
            REQUIRE(!text_.empty());
            char c = text_.front();
            text_.remove_prefix(1);
            if (c != '\\') {
                out += c;
                continue;
            }
            c = text_.front();
            text_.remove_prefix(1);
            if (c == 'u') append_utf8(out, static_cast<char32_t>(std::stoi(std::string(text_.substr(0, 4)), nullptr, 16))), text_.remove_prefix(4);
            else out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
        return out;
    }
    std::string_view text_;
};

/// JSON-LD expanded and turned into triples, as far as write_json_ld() goes.
Graph read_plainly(std::string_view text) {
    const Json json = JsonReader(text).read();
    const Json* context = json.find("@context");
    Graph graph;
    const auto term = [&](const std::string& name) {
        if (name.starts_with("_:")) return Term{Term::Kind::blank, name.substr(2)};
        const std::size_t colon = name.find(':');
        const Json* space = name.substr(colon + 1).starts_with("//") ? nullptr : context->find(name.substr(0, colon));
        return iri(space ? space->text + name.substr(colon + 1) : name);
    };
    const auto value = [&](const Json& one) {
        if (one.kind == Json::string) return literal(one.text);
        if (const Json* id = one.find("@id")) return term(id->text);
        if (const Json* language = one.find("@language")) return literal(one.find("@value")->text, language->text);
        return typed(one.find("@value")->text, term(one.find("@type")->text).value);
    };
    for (const Json& node : json.find("@graph")->items)
        for (const auto& [key, found] : node.members) {
            if (key == "@id") continue;
            const Term subject = term(node.find("@id")->text);
            for (const Json& one : found.kind == Json::list ? found.items : std::vector<Json>{found})
                if (key == "@type") graph.add(subject, iri(rdf("type")), term(one.text));
                else graph.add(subject, term(key), value(one));
        }
    return graph;
}

} // namespace

TEST_CASE("written and read again, also out of a script") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Graph graph = random_graph(random);
        const std::string written = write_json_ld(graph);
        CAPTURE(written);
        CHECK(isomorphic(graph, read_plainly(written)));
        const std::string safe = safe_in_script(written);
        CHECK(safe.find_first_of("<>&") == std::string::npos);
        CHECK(isomorphic(graph, read_plainly(safe)));
    }
}

TEST_CASE("how it looks") {
    Graph graph;
    graph.prefixes = {{"ex", "http://a.example/"}, {"a", "http://a.example"}, {"no", "http://b.example/"}, {"urn", "http://c.example/"}};
    const Term s = iri("http://a.example/s");
    graph.add(s, iri(rdf("type")), iri("http://a.example/C"));
    graph.add(s, iri("http://a.example/p"), literal("热泵", "zh"));
    graph.add(s, iri("http://a.example/p"), literal("plain"));
    graph.add(s, iri("http://a.example/q"), typed("2026-11-20", "http://a.example/date"));
    graph.add(iri("urn:x"), iri("http://a.example/q"), s);
    CHECK(write_json_ld(graph) ==
          R"({"@context":{"ex":"http://a.example/"},"@graph":[{"@id":"ex:s","@type":"ex:C","ex:p":["plain",{"@language":"zh","@value":"热泵"}],)"
          R"("ex:q":{"@type":"ex:date","@value":"2026-11-20"}},{"@id":"urn:x","ex:q":{"@id":"ex:s"}}]})");
}

TEST_CASE("nothing ends the script") {
    CHECK(safe_in_script(R"({"a":"</script><!-- & \u2028"})") == R"({"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028"})");
    CHECK(safe_in_script("\"a\xE2\x80\xA8"
                         "b\xE2\x80\xA9水\"") == "\"a\\u2028b\\u2029水\"");
}

} // namespace greenbank::rdf
