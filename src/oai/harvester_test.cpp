// harvester_test.cpp — what peers may answer, sound, odd, wrong and malicious.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include "kernel/random.h"
#include "oai/harvester.h"

namespace greenbank::oai {
namespace {

const ReadSettings settings{.full_space = "urn:full"};

std::string envelope(std::string_view content) {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
        <responseDate>2026-11-20T08:00:00Z</responseDate><request>http://peer.example/oai</request>{}</OAI-PMH>)",
        content);
}

std::string record(std::string_view identifier, std::string_view datestamp = "2026-01-01", std::string_view rest = {}) {
    return fmt::format("<record><header><identifier>{}</identifier><datestamp>{}</datestamp></header>{}</record>", identifier, datestamp,
        rest.empty() ? R"(<metadata><d:dc xmlns:d="http://www.openarchives.org/OAI/2.0/oai_dc/"/></metadata>)" : rest);
}

std::string list(std::string_view records) { return envelope(fmt::format("<ListRecords>{}</ListRecords>", records)); }

/// "a b-deleted | problems of records | token", or the error.
void check(std::string_view xml, std::string_view expected) {
    INFO(xml);
    const auto page = read_page(xml, settings);
    std::string found;
    if (page) {
        for (const HarvestedRecord& one : page.value().records)
            found += one.header.identifier + (one.header.deleted ? "-deleted " : one.full ? "-full " : one.dublin_core ? " " : "-other ");
        for (const Problem& problem : page.value().problems) found += "| " + problem.field + " " + problem.code + " ";
        if (!page.value().token.empty()) found += "| " + page.value().token;
        while (found.ends_with(' ')) found.pop_back();
    } else {
        found = fill_in(page.error().code + ": " + page.error().message, page.error().parameters);
    }
    CHECK(found == expected);
}

} // namespace

TEST_CASE("sound pages") {
    check(list(record("a") + record("b")), "a b");
    check(list(record("a") + "<resumptionToken> t1 </resumptionToken>"), "a | t1");
    check(list(record("a") + R"(<resumptionToken completeListSize="5" cursor="4"/>)"), "a");
    check(list(""), "");
    check(list(record("oai:x:1", "2026-11-20T07:59:59Z", R"(<metadata><r xmlns="urn:full"><a>1</a></r></metadata>)")), "oai:x:1-full");
    check(list(R"(<record><header status="deleted"><identifier>a</identifier><datestamp>2026-01-01</datestamp></header></record>)"), "a-deleted");
    check(envelope(R"(<error code="noRecordsMatch">nothing</error>)"), "");
    const auto page =
        read_page(list(R"(<record><header><identifier>a</identifier><datestamp>2026-01-01</datestamp><setSpec>x:y</setSpec><setSpec> z </setSpec></header>
        <metadata><r xmlns="urn:full"><title><zh>热泵</zh></title></r></metadata></record><resumptionToken completeListSize="7">t</resumptionToken>)"),
            settings);
    REQUIRE(page);
    CHECK(page.value().records.at(0).header == Header{"a", *parse_time("2026-01-01T00:00:00Z"), false, {"x:y", "z"}});
    CHECK(page.value().records.at(0).full == Tree::object("r", {Tree::object("title", {Tree::text("zh", "热泵")})}));
    CHECK(page.value().complete_size == 7);
    CHECK(page.value().response_date == parse_time("2026-11-20T08:00:00Z"));
}

TEST_CASE("odd, but no harm: taken as it comes") {
    check(R"(<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:ListRecords><o:record><o:header><o:identifier>
        a </o:identifier><o:datestamp> 2026-01-01 </o:datestamp></o:header><o:metadata><dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"/></o:metadata>
        <o:about><x xmlns="u"/></o:about></o:record></o:ListRecords></o:OAI-PMH>)",
        "a");
    check(list("<!-- hello --><?php no?>" + record("a") + "<extra xmlns='u'/>"), "a");
    check(list(record("a", "2026-01-01", R"(<metadata><m xmlns="urn:marc"/></metadata>)")), "a-other");
    check(list(R"(<record><header status="deleted"><identifier>a</identifier><datestamp>2026-01-01</datestamp></header><metadata/></record>)"), "a-deleted");
    check(list(record("a") + R"(<resumptionToken completeListSize="many">t</resumptionToken>)"), "a | t");
}

TEST_CASE("wrong records are named, the others stand") {
    check(list(record("a") + record("") + record("b")), "a b | record 2 oai.record_identifier");
    check(list("<record/>" + record("b")), "b | record 1 oai.record_identifier");
    check(list(record("a b") + record(std::string(1001, 'x'))), "| record 1 oai.record_identifier | record 2 oai.record_identifier");
    check(list(record("a", "yesterday") + record("b", "2026-02-30") + record("c", "")),
        "| a oai.record_datestamp | b oai.record_datestamp | c oai.record_datestamp");
    check(list(record("a", "2026-11-21T07:59:00Z") + record("b", "2026-11-21T08:00:01Z") + record("c", "9999-01-01")),
        "a | b oai.record_future | c oai.record_future");
    check(list(record("a") + record("a", "2026-01-02") + record("b")), "a b | a oai.record_repeated");
    check(list(record("a", "2026-01-01", "<metadata/>") + record("b", "2026-01-01", "<about/>")), "| a oai.record_metadata | b oai.record_metadata");
    check(list(record("a", "2026-01-01", "<metadata><x/><y/></metadata>")), "| a oai.record_metadata");
    check(list(record("a", "2026-01-01", R"(<metadata><r xmlns="urn:full"><b type="number">x</b></r></metadata>)")), "| a oai.tree");
    check(list(R"(<record><header status="gone"><identifier>a</identifier><datestamp>2026-01-01</datestamp></header></record>)"), "| a oai.record_status");
    check(list(R"(<record><header><identifier>a</identifier><datestamp>2026-01-01</datestamp><setSpec>a b</setSpec></header></record>)"), "| a oai.record_set");
    // Of the same name in another namespace: not the protocol's.
    check(list(R"(<record xmlns="urn:other"><header><identifier>a</identifier></header></record>)"), "");
}

TEST_CASE("what a peer refuses") {
    check(envelope(R"(<error code="badArgument">No such argument {x}</error>)"),
        "oai.peer_refused: The peer refused the request (badArgument): No such argument {x}");
    check(envelope(R"(<error code="badVerb">a</error><error>b</error>)"), "oai.peer_refused: The peer refused the request (badVerb, ?): a b");
    check(envelope(R"(<error code="badResumptionToken">expired</error>)"), "oai.peer_token: The peer no longer knows its resumption token: expired");
}

TEST_CASE("answers that are none, or harmful") {
    check("", "xml.syntax: The XML cannot be read at line 1: No document element found.");
    check("<html><body>502</body></html>", "oai.no_answer: The peer's answer is no sound OAI-PMH answer: OAI-PMH is missing or wrong.");
    check("<OAI-PMH><ListRecords/></OAI-PMH>", "oai.no_answer: The peer's answer is no sound OAI-PMH answer: OAI-PMH is missing or wrong.");
    check(envelope("<Identify/>"), "oai.no_answer: The peer's answer is no sound OAI-PMH answer: ListRecords is missing or wrong.");
    check(R"(<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>)" + list(record("&b;")).substr(38),
        "xml.doctype: The XML has a document type declaration; such XML is refused.");
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<a>";
    for (int i = 0; i < 100; ++i) deep += "</a>";
    check(list(deep), "xml.depth: Elements are nested too deeply at line 2; 64 levels are allowed.");
    check(list(record("a") + fmt::format("<resumptionToken>{}</resumptionToken>", std::string(10'000, 'x'))),
        "oai.no_answer: The peer's answer is no sound OAI-PMH answer: resumptionToken is missing or wrong.");
    CHECK(read_page(list(record("a") + record("b") + record("c")), {.records_max = 2}).error().code == "oai.page_too_large");
    CHECK(read_page(list(record("a")), {.limits = {.bytes_max = 100}}).error().code == "xml.too_large");
}

TEST_CASE("what is asked") {
    CHECK(identify_request("http://p.example/oai") == "http://p.example/oai?verb=Identify");
    CHECK(formats_request("http://p.example/?x=1") == "http://p.example/?x=1&verb=ListMetadataFormats");
    HarvestRequest request{.base_url = "http://p.example/oai", .format = "full", .set = "a:b", .from = parse_time("2026-01-01T10:00:00.5Z")};
    CHECK(first_request(request) == "http://p.example/oai?verb=ListRecords&metadataPrefix=full&set=a%3Ab&from=2026-01-01T10%3A00%3A00Z");
    request.granularity = Granularity::day;
    request.until = parse_time("2026-01-02T10:00:00Z");
    CHECK(first_request(request) == "http://p.example/oai?verb=ListRecords&metadataPrefix=full&set=a%3Ab&from=2026-01-01&until=2026-01-02");
    CHECK(next_request("http://p.example/oai", "a/b+c&d=") == "http://p.example/oai?verb=ListRecords&resumptionToken=a%2Fb%2Bc%26d%3D");
}

TEST_CASE("what a peer says of itself") {
    const auto identity = [](std::string_view version, std::string_view granularity, std::string_view earliest = "1990-02-01") {
        return read_identity(envelope(fmt::format(R"(<Identify><repositoryName>Peer</repositoryName><baseURL>b</baseURL><protocolVersion>{}</protocolVersion>
            <adminEmail>a@b</adminEmail><adminEmail>c@d</adminEmail><earliestDatestamp>{}</earliestDatestamp><deletedRecord>transient</deletedRecord>
            <granularity>{}</granularity></Identify>)",
            version, earliest, granularity)));
    };
    const auto peer = identity("2.0", "YYYY-MM-DD");
    REQUIRE(peer);
    CHECK(peer.value().name == "Peer");
    CHECK(peer.value().admin_emails == std::vector<std::string>{"a@b", "c@d"});
    CHECK(peer.value().granularity == Granularity::day);
    CHECK(peer.value().deleted_record == DeletedRecord::transient);
    CHECK(identity("2.0", "YYYY-MM-DDThh:mm:ssZ").value().granularity == Granularity::second);
    CHECK(!identity("1.1", "YYYY-MM-DD"));
    CHECK(!identity("2.0", "minutes"));
    CHECK(!identity("2.0", "YYYY-MM-DD", "long ago"));
    const auto formats = read_formats(envelope("<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>s</schema>"
                                               "<metadataNamespace>n</metadataNamespace></metadataFormat></ListMetadataFormats>"));
    REQUIRE(formats);
    REQUIRE(formats.value().size() == 1);
    CHECK(formats.value()[0].space == "n");
}

TEST_CASE("every loop of tokens is found, and no sound list is taken for one") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::int64_t before = random.between(0, 50), loop = random.between(1, 50);
        Walk walk;
        std::int64_t pages = 0;
        bool found = false;
        while (!found && pages < 1000) {
            const std::int64_t place = pages < before ? pages : before + (pages - before) % loop;
            const auto advanced = advance(walk, {.token = "t" + std::to_string(place)});
            found = !advanced;
            if (found) CHECK(advanced.error().code == "oai.token_loop");
            ++pages;
        }
        CHECK(found);
        CHECK(pages <= 3 * (before + loop) + 3);
    }
    Walk walk;
    for (int i = 0; i < 5000; ++i) REQUIRE(advance(walk, {.token = "t" + std::to_string(i)}));
    CHECK(advance(walk, {}).value() == false);
    CHECK(walk.pages == 5001);
    Walk endless;
    CHECK(advance(endless, {.token = "a"}, {.pages_max = 2}));
    CHECK(advance(endless, {.token = "b"}, {.pages_max = 2}).error().code == "oai.list_too_long");
}

} // namespace greenbank::oai
