// thesaurus_test.cpp — the librarian edits the thesaurus, and search, matching and suggestions follow; SKOS in and out.
#include "cast.h"

namespace greenbank::testing {

namespace {

bool finds(Visitor& visitor, const std::string& text, const std::string& id) {
    const std::vector<std::string> ids = visitor.get("/search?limit=50&text=" + text).all("/items", "/id");
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string concept_body(const std::string& en, const std::string& more = "") { return R"({"name":{"en":")" + en + "\"}" + more + "}"; }

/// Sends a file in parts; returns its id.
std::string send_file(Visitor& visitor, const std::string& name, const std::string& bytes) {
    const std::string id = visitor.post("/files", fmt::format(R"({{"name":"{}","content_type":"text/plain","bytes":{}}})", name, bytes.size())).at("/id");
    constexpr std::size_t part = 512 * 1024;
    visitor.content_type = "application/octet-stream";
    for (std::size_t i = 0; i * part < bytes.size(); ++i)
        REQUIRE(visitor.post(fmt::format("/files/{}/parts/{}", id, i), bytes.substr(i * part, part)).status / 100 == 2);
    visitor.content_type = "application/json";
    return id;
}

Answer compare(Visitor& visitor, const std::string& name, const std::string& bytes) {
    return visitor.post("/thesaurus-check", fmt::format(R"({{"file":"{}"}})", send_file(visitor, name, bytes)));
}

const std::string skos_prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <http://x.example/> .\n";

} // namespace

TEST_CASE("search and matching follow a concept within a second of its coming into force") {
    Cast& all = cast();
    const std::string technology =
        create(all.manager, "/technologies", technology_body("Quibblotron for kelp", R"(,"keywords":{"zh":[],"en":["quibblotron"],"ru":[]})"));
    REQUIRE(all.manager.post("/technologies/" + technology + "/publish").status == 200);
    REQUIRE(wait_for([&] { return finds(all.nobody, "quibblotron", technology); }, 2));
    CHECK(!finds(all.nobody, "%E8%83%A1%E8%AF%8C%E6%9C%BA", technology)); // 胡诌机
    const std::string made = create(all.officer, "/concepts",
        concept_body("quibblotron", R"(,"alternative":{"zh":["胡诌机"],"en":[],"ru":[]},"hidden":{"zh":[],"en":["kwiblotron"],"ru":[]})"));
    CHECK(all.officer.get("/concepts/" + made).at("/code") == "quibblotron");
    CHECK(all.nobody.get("/concepts/" + made).status == 404); // a draft
    CHECK(!finds(all.nobody, "%E8%83%A1%E8%AF%8C%E6%9C%BA", technology));
    CHECK(all.officer.post("/concepts/" + made + "/publish").status == 200);
    CHECK(wait_for([&] { return finds(all.nobody, "%E8%83%A1%E8%AF%8C%E6%9C%BA", technology); }, 1));
    CHECK(finds(all.nobody, "kwiblotron", technology)); // a hidden label
    CHECK(all.nobody.get("/concepts/" + made).status == 200);

    const std::string need = create(all.editor, "/needs", need_body("胡诌机"));
    const auto concepts_of_match = [&] {
        const Answer matches = all.editor.get("/needs/" + need + "/matches?top=20");
        return matches.body.find(technology) != std::string::npos && matches.body.find("quibblotron") != std::string::npos;
    };
    CHECK(wait_for(concepts_of_match, 2));

    const Answer usage = all.officer.get("/concepts/" + made + "/usage");
    CHECK(usage.number("/entries") == 1);
    CHECK(usage.all("/labels", "/label") == std::vector<std::string>{"胡诌机", "quibblotron", "kwiblotron"});
    CHECK(usage.all("/labels", "/entries") == std::vector<std::string>{"0", "1", "0"});

    CHECK(all.officer.post("/concepts/" + made + "/withdraw", R"({"reason":"nobody says so"})").status == 200);
    CHECK(wait_for([&] { return !finds(all.nobody, "%E8%83%A1%E8%AF%8C%E6%9C%BA", technology); }, 1));
    CHECK(all.nobody.get("/concepts/" + made).status == 410);
    const Answer versions = all.officer.get("/concepts/" + made + "/versions");
    CHECK(versions.all("/items", "/action") == std::vector<std::string>{"withdraw", "publish", "create"});
    CHECK(versions.at("/items/0/reason") == "nobody says so");
    CHECK(all.officer.get("/concepts/" + made + "/difference?from=1&to=2").at("/changes/0/path") == "/state");
    CHECK(all.manager.remove("/technologies/" + technology).status == 409);
    all.manager.post("/technologies/" + technology + "/withdraw");
}

TEST_CASE("what contradicts the thesaurus is refused at its field") {
    Visitor& officer = cast().officer;
    const std::string a = create(officer, "/concepts", concept_body("refusal a")),
                      b = create(officer, "/concepts", concept_body("refusal b", R"(,"broader":[")" + a + "\"]"));
    CHECK(officer.patch("/concepts/" + a, R"({"broader":[")" + b + "\"]}").faulty_fields() == std::vector<std::string>{"broader"});
    CHECK(officer.patch("/concepts/" + a, R"({"broader":[")" + a + "\"]}").faulty_fields() == std::vector<std::string>{"broader[0]"});
    CHECK(officer.patch("/concepts/" + a, R"({"code":"other"})").faulty_fields() == std::vector<std::string>{"code"});
    CHECK(officer.post("/concepts", concept_body("x", R"(,"code":"Not A Code")")).faulty_fields() == std::vector<std::string>{"code"});
    CHECK(officer.post("/concepts", concept_body("x", R"(,"code":"refusal_a")")).faulty_fields() == std::vector<std::string>{"code"});
    CHECK(officer.post("/concepts", concept_body("Refusal A")).faulty_fields() == std::vector<std::string>{"name.en"});
    CHECK(officer.post("/concepts", concept_body("x", R"(,"related":["concept_nobody"])")).faulty_fields() == std::vector<std::string>{"related[0]"});
    CHECK(
        officer.post("/concepts", concept_body("x", R"(,"hidden":{"zh":[],"en":["x"],"ru":[]})")).faulty_fields() == std::vector<std::string>{"hidden.en[0]"});
    CHECK(officer.post("/concepts", R"({"name":{}})").faulty_fields() == std::vector<std::string>{"name"});
    CHECK(officer.remove("/concepts/" + a).code() == "concept.linked");
    CHECK(officer.remove("/concepts/" + b).status == 204);
    CHECK(officer.remove("/concepts/" + a).status == 204);
    CHECK(officer.remove("/concepts/concept_water_field").code() == "concept.not_deleted");
    CHECK(officer.post("/concepts/concept_water_field/resolve", R"({"take_reference":true})").code() == "concept.no_conflict");
}

TEST_CASE("two concepts become one: labels, what stands below, and the versions of all") {
    Cast& all = cast();
    Visitor& officer = all.officer;
    const auto make = [&](const std::string& body) {
        const std::string id = create(officer, "/concepts", body);
        REQUIRE(officer.post("/concepts/" + id + "/publish").status == 200);
        return id;
    };
    const std::string from = make(concept_body("merge from", R"(,"alternative":{"zh":["合并来源"],"en":["merge too"],"ru":[]})"));
    const std::string into = make(concept_body("merge into", R"(,"alternative":{"zh":[],"en":["Merge Too"],"ru":[]},"broader":[")" + from + "\"]"));
    const std::string below = make(concept_body("merge below", R"(,"broader":[")" + from + R"("],"related":[")" + into + "\"]"));
    const Answer merged = officer.post("/concepts/" + from + "/merge", R"({"into":")" + into + "\"}");
    REQUIRE_MESSAGE(merged.status == 200, merged.body);
    CHECK(merged.all("/alternative/en", "") == std::vector<std::string>{"Merge Too", "merge from"});
    CHECK(merged.at("/name/zh") == "");
    CHECK(merged.all("/alternative/zh", "") == std::vector<std::string>{"合并来源"});
    CHECK(merged.size("/broader") == 0);
    CHECK(officer.get("/concepts/" + below).all("/broader", "") == std::vector<std::string>{into});
    CHECK(officer.get("/concepts/" + from).at("/merged_into") == into);
    CHECK(officer.get("/concepts/" + from).at("/state") == "withdrawn");
    for (const std::string& id : {from, into, below}) CHECK(officer.get("/concepts/" + id + "/versions").at("/items/0/action") == "merge");
    CHECK(officer.post("/concepts/" + from + "/merge", R"({"into":")" + into + "\"}").code() == "concept.not_in_force");
    CHECK(officer.post("/concepts/" + into + "/merge", R"({"into":")" + into + "\"}").faulty_fields() == std::vector<std::string>{"into"});
    for (const std::string& id : {below, into}) officer.post("/concepts/" + id + "/withdraw");
}

TEST_CASE("the tree shows levels, and a text finds labels of any language") {
    Cast& all = cast();
    const Answer top = all.nobody.get("/concept-tree");
    CHECK(top.number("/total") >= 5);
    const Answer water = all.nobody.get("/concept-tree?below=concept_water_field");
    CHECK(water.number("/total") >= 3);
    const Answer pump = all.nobody.get("/concept-tree?text=%E7%83%AD%E6%B3%B5"); // 热泵
    CHECK(pump.number("/total") >= 1);
    CHECK(pump.size("/items/0/way") >= 1);
    CHECK(all.nobody.get("/concepts?state=draft").number("/total") == 0);
    CHECK(all.nobody.get("/concepts?limit=500").number("/total") > 500);
}

TEST_CASE("SKOS comes out as the store is, and a file that came out changes nothing") {
    Cast& all = cast();
    for (const auto& [name, path] : {std::pair("t.ttl", "//thesaurus.ttl"), {"t.rdf", "//thesaurus.rdf"}, {"t.jsonld", "//thesaurus.jsonld"}}) {
        CAPTURE(name);
        const Answer file = all.nobody.get(path);
        REQUIRE(file.status == 200);
        const Answer same = compare(all.officer, name, file.body);
        REQUIRE_MESSAGE(same.status == 200, same.body);
        CHECK(same.number("/added") == 0);
        CHECK_MESSAGE(same.number("/changed") == 0, same.at("/items"));
        CHECK(same.number("/faulty") == 0);
        CHECK(same.number("/unchanged") > 500);
    }
}

TEST_CASE("a SKOS file is compared, taken as it was shown, and its faulty concepts are left out by name") {
    Cast& all = cast();
    const std::string file = skos_prefix + R"(
        x:1 a skos:Concept ; skos:notation "tidal_lagoon" ; skos:prefLabel "tidal lagoon"@en, "潮汐潟湖"@zh-Hans ; skos:altLabel "Gezeitenlagune"@de, "lagoon power"@en ;
            skos:hiddenLabel "tidal lagune"@en ; skos:scopeNote "Power from the tide behind a wall."@en ; skos:related x:2 .
        x:2 a skos:Concept ; skos:prefLabel "tidal turbine"@en ; skos:broader x:1 .
        x:3 a skos:Concept ; skos:altLabel "no preferred label"@en .
        x:4 a skos:Concept ; skos:prefLabel "lonely"@en ; skos:broader x:nowhere .
        x:5 a skos:Concept ; skos:prefLabel "heat pump"@en ; skos:notation "another_pump" .)";
    const Answer shown = compare(all.officer, "lagoon.ttl", file);
    REQUIRE_MESSAGE(shown.status == 200, shown.body);
    CHECK(shown.number("/added") == 2);
    CHECK(shown.number("/changed") == 0);
    CHECK(shown.number("/faulty") == 3);
    CHECK(shown.number("/labels_passed_over") == 1);
    CHECK(shown.all("/items", "/code") == std::vector<std::string>{"tidal_lagoon", "tidal_turbine"});
    std::vector<std::string> faulty = shown.all("/problems", "/entry");
    std::sort(faulty.begin(), faulty.end());
    CHECK(faulty == std::vector<std::string>{"http://x.example/3", "http://x.example/4", "http://x.example/5"});
    CHECK(all.officer.get("/concept-tree?text=lagoon").number("/total") == 0); // nothing is written yet

    const std::string id = send_file(all.officer, "lagoon.ttl", file);
    const auto take = [&](const std::string& fingerprint) {
        const Answer job = all.officer.post("/thesaurus-import", fmt::format(R"({{"file":"{}","fingerprint":"{}"}})", id, fingerprint));
        REQUIRE_MESSAGE(job.status / 100 == 2, job.body);
        return wait_for_job(all.officer, job.at("/id"));
    };
    const Answer stale = take("something else");
    CHECK(stale.at("/state") == "failed");
    const Answer taken = take(shown.at("/fingerprint"));
    CHECK_MESSAGE(taken.at("/state") == "done", taken.body);
    CHECK(all.nobody.get("/concepts/concept_tidal_lagoon").at("/name/zh") == "潮汐潟湖");
    CHECK(all.nobody.get("/concepts/concept_tidal_turbine").all("/broader", "") == std::vector<std::string>{"concept_tidal_lagoon"});
    CHECK(all.officer.get("/concepts/concept_tidal_lagoon/versions").at("/items/0/action") == "import");
    CHECK(take(shown.at("/fingerprint")).at("/state") == "failed"); // the thesaurus is another one now

    const Answer again = compare(all.officer, "lagoon.ttl", file);
    CHECK(again.number("/unchanged") == 2);
    const Answer more = compare(all.officer, "more.ttl",
        skos_prefix + R"(x:1 a skos:Concept ; skos:notation "tidal_lagoon" ; skos:prefLabel "tidal lagoon"@en, "приливная лагуна"@ru .)");
    CHECK(more.number("/changed") == 1);
    const std::vector<std::string> paths = more.all("/items/0/changes", "/path");
    CHECK(std::find(paths.begin(), paths.end(), "/alternative/en/0") != paths.end()); // English is said whole; Chinese stays as it was
}

TEST_CASE("files that are no thesaurus are refused where they are wrong") {
    Visitor& officer = cast().officer;
    CHECK(compare(officer, "a.ttl", skos_prefix + "x:1 a skos:Concept\nx:2").code() == "rdf.turtle");
    CHECK(compare(officer, "a.rdf", "<rdf:RDF").code() == "xml.syntax");
    CHECK(compare(officer, "a.jsonld", R"({"@context":"https://schema.org/"})").code() == "rdf.json_ld");
    CHECK(compare(officer, "a.ttl", skos_prefix).code() == "skos.empty");
    CHECK(compare(officer, "a.bin", "\xff\xfe").code() == "rdf.encoding");
    CHECK(officer.post("/thesaurus-check", R"({"file":"file_nobody"})").status == 404);
    std::string circle = skos_prefix;
    for (int i = 0; i < 3; ++i) circle += fmt::format("x:{} a skos:Concept ; skos:prefLabel \"circle {}\"@en ; skos:broader x:{} .\n", i, i, (i + 1) % 3);
    CHECK(compare(officer, "circle.ttl", circle).number("/faulty") >= 1);
    const std::string deep = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>";
    CHECK(compare(officer, "a.rdf", deep).status / 100 == 4);
}

} // namespace greenbank::testing
