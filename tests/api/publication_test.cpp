// publication_test.cpp — what other machines see: foreign harvesters, shapes and parsers judge what we publish.
#include <cstdio>
#include <filesystem>

#include "cast.h"

namespace greenbank::testing {

namespace {

struct Foreign {
    int status;
    std::string out;
};
Foreign run_foreign(const std::string& command) {
    Foreign done{-1, ""};
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (char part[4096]; const std::size_t read = std::fread(part, 1, sizeof part, pipe);) done.out.append(part, read);
    done.status = pclose(pipe);
    return done;
}
std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

} // namespace

TEST_CASE("a foreign harvester finds every published entry, and hears of what went") {
    if (run_foreign("perl -MHTTP::OAI -e 1").status != 0) {
        MESSAGE("skipped: libhttp-oai-perl is not installed");
        return;
    }
    Cast own;
    const std::string harvest = "perl tests/exchange/harvest.pl " + own.bank.address() + "/oai";
    // Changes of the last ten seconds wait for the next harvest.
    Foreign all;
    for (int i = 0; i < 60 && lines((all = run_foreign(harvest)).out) < 155; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(500));
    CHECK_MESSAGE(lines(all.out) == 85 + 40 + 30, all.out.substr(0, 300));
    CHECK(all.status == 0);
    CHECK(lines(run_foreign(harvest + " greenbank technology:water").out) == 18);
    const std::string gone = all.out.substr(all.out.find("tech_"), all.out.find(' ', all.out.find("tech_")) - all.out.find("tech_"));
    CHECK(own.nobody.get("//oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:greenbank.example:" + gone).body.find("<dc:title") != std::string::npos);
    REQUIRE(own.officer.post("/technologies/" + gone + "/withdraw").status == 200);
    const Answer deleted = own.nobody.get("//oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:greenbank.example:" + gone);
    CHECK(deleted.body.find("status=\"deleted\"") != std::string::npos);
    CHECK(own.nobody.get("//oai?verb=ListIdentifiers&resumptionToken=junk").body.find("badResumptionToken") != std::string::npos);
    Visitor form = own.visitor();
    form.content_type = "application/x-www-form-urlencoded";
    CHECK(form.post("//oai", "verb=Identify").body.find("<protocolVersion>2.0") != std::string::npos);
}

TEST_CASE("the catalogue keeps the shapes of DCAT-AP, and the thesaurus is XML") {
    Cast& all = cast();
    const TemporaryFolder folder;
    const std::string turtle = folder.write("catalogue.ttl", all.nobody.get("//catalog.ttl").body),
                      json = folder.write("catalogue.jsonld", all.nobody.get("//catalog.jsonld").body);
    if (!std::filesystem::exists("tests/exchange/node_modules")) {
        MESSAGE("skipped: npm ci was not run in tests/exchange");
    } else {
        const Foreign judged = run_foreign("node tests/exchange/shacl.mjs " + turtle + " " + json);
        CHECK_MESSAGE(judged.status == 0, judged.out);
    }
    CHECK(all.nobody.get("//thesaurus.ttl").body.find("skos:ConceptScheme") != std::string::npos);
    CHECK(all.nobody.get("//sitemap.xml").body.find("/sitemap-technology.xml") != std::string::npos);
    const Answer page = all.nobody.get("//library/technologies/tech_sample_island_pv");
    CHECK(page.body.find("<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"") != std::string::npos);
    CHECK(page.header("Content-Type").starts_with("text/html"));
    CHECK(all.nobody.get("//library/technologies/tech_nobody").body.find("ld+json") == std::string::npos);
}

TEST_CASE("a technology and a whole catalogue come as PDF in three languages") {
    Visitor reader = cast().visitor();
    for (const std::string language : {"zh", "en", "ru"}) {
        reader.language = language;
        const Answer one = reader.get("/technologies/tech_sample_island_pv/pdf");
        CHECK(one.status == 200);
        CHECK(one.body.starts_with("%PDF-1."));
        const Answer all = reader.get("/editions/edition_sample_first/pdf");
        CHECK(all.status == 200);
        CHECK(all.body.starts_with("%PDF-1."));
        CHECK(all.body.size() > 100'000);
    }
    CHECK(reader.get("/editions/edition_nobody/pdf").status == 404);
}

} // namespace greenbank::testing
