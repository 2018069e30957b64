// provider_test.cpp — every verb and every refusal: a request and what its answer says.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include "kernel/text.h"
#include "oai/memory_under_test.h"
#include "oai/schema_under_test.h"

namespace greenbank::oai {
namespace {

const Time now = *parse_time("2026-11-20T08:00:00.75Z");
const ProviderSettings settings{.base_url = "https://bank.example/oai", .checksum = checksum_under_test(7), .batch_size = 2};

MemoryRepository five_records() {
    MemoryRepository repository;
    const auto at = [](std::string_view text) { return *parse_time(text); };
    repository.put("1", at("2026-01-01T00:00:00Z"), "污水 <处理> & \"再生\"\x01", {"water:sewage"});
    repository.put("2", at("2026-01-02T10:00:00.2Z"), "b", {"energy"});
    repository.put("3", at("2026-01-02T10:00:00.9Z"), "c", {"energy", "water"});
    repository.put("4", at("2026-01-02T10:00:01Z"), "d");
    repository.put("5", at("2026-01-01T12:00:00Z"), "e", {"energy"});
    repository.erase("5", at("2026-02-01T00:00:00Z"));
    return repository;
}

std::string ask(const Repository& repository, std::string_view query, const ProviderSettings& with = settings) {
    const auto given = answer(repository, with, query, now);
    REQUIRE(given);
    for (const std::string& fault : faults_of_answer(given.value())) {
        // A list that became empty since its token was given can only be said with an error.
        CHECK_MESSAGE(false, query, ": ", fault, "\n", given.value());
    }
    return given.value();
}

/// "request[…] badVerb", or the verb with what stands in it, short.
std::string summary(const std::string& answer) {
    const auto document = xml::read(answer);
    REQUIRE(document);
    std::string out;
    for (const xml::Element& child : document.value().root.children) {
        if (child.name == "responseDate") CHECK(child.text == "2026-11-20T08:00:00Z");
        if (child.name == "request") CHECK(child.text == settings.base_url);
        if (child.name == "responseDate" || child.name == "request") continue;
        if (!out.empty()) out += " ";
        out += child.name == "error" ? *child.attribute("code") : child.name;
        for (const xml::Element& part : child.children) {
            const xml::Element* header = part.name == "header" ? &part : part.child(protocol_space, "header");
            if (header) {
                out += " " + header->child(protocol_space, "identifier")->text.substr(std::string("oai:bank.example:").size());
                if (header->attribute("status")) out += "-deleted";
                const xml::Element* metadata = part.child(protocol_space, "metadata");
                if (metadata) out += "-" + metadata->children[0].name;
            } else if (part.name == "resumptionToken") {
                out += fmt::format(" {} {} of {}", part.text.empty() ? "end" : "more", *part.attribute("cursor"), *part.attribute("completeListSize"));
                if (!part.text.empty()) CHECK(*part.attribute("expirationDate") == "2026-11-22T08:00:00Z");
            } else if (part.name == "set" || part.name == "metadataFormat") {
                out += " " + part.children[0].text;
            }
        }
    }
    return out;
}

void check(std::string_view query, std::string_view expected) {
    INFO(query);
    CHECK(summary(ask(five_records(), query)) == expected);
}

std::string token_in(const std::string& answer) {
    const auto document = xml::read(answer);
    REQUIRE(document);
    const xml::Element* token = document.value().root.children.at(2).child(protocol_space, "resumptionToken");
    return token ? token->text : "";
}

} // namespace

TEST_CASE("the six verbs") {
    check("verb=Identify", "Identify");
    check("verb=ListSets", "ListSets energy water water:sewage");
    check("verb=ListMetadataFormats", "ListMetadataFormats oai_dc full");
    check("verb=ListMetadataFormats&identifier=oai:bank.example:1", "ListMetadataFormats oai_dc full");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:bank.example:1", "GetRecord 1-dc");
    check("identifier=oai%3Abank.example%3A1&metadataPrefix=full&verb=GetRecord", "GetRecord 1-technology");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:bank.example:5", "GetRecord 5-deleted");
    check("verb=ListRecords&metadataPrefix=oai_dc", "ListRecords 1-dc 2-dc more 0 of 5");
    check("verb=ListIdentifiers&metadataPrefix=full", "ListIdentifiers 1 2 more 0 of 5");
}

TEST_CASE("what a list selects") {
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&set=water", "ListIdentifiers 1 3");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&set=water:sewage", "ListIdentifiers 1");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&set=wat", "noRecordsMatch");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-01-02T10:00:01Z", "ListIdentifiers 4 5-deleted");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-01-02T10:00:02Z&until=2026-01-31T23:59:59Z", "noRecordsMatch");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-01-02T10:00:00Z&until=2026-01-02T10:00:00Z", "ListIdentifiers 2 3");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&until=2026-01-01", "ListIdentifiers 1");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-01-03&until=2026-02-01", "ListIdentifiers 5-deleted");
    check("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-01-03&until=2026-01-31", "noRecordsMatch");
    check("verb=ListRecords&metadataPrefix=oai_dc&until=1900-01-01", "noRecordsMatch"); // before the earliest
    check("verb=ListRecords&metadataPrefix=oai_dc&until=2019-12-31T23:59:59Z", "noRecordsMatch");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31", "noRecordsMatch");
}

TEST_CASE("wrong verbs") {
    check("", "badVerb");
    check("verb=", "badVerb");
    check("verb=identify", "badVerb");
    check("verb=Nothing&metadataPrefix=oai_dc", "badVerb");
    check("metadataPrefix=oai_dc", "badVerb");
    check("verb=Identify&verb=Identify", "badVerb");
    check("verb=Identify&verb=ListSets", "badVerb");
}

TEST_CASE("wrong arguments") {
    check("verb=Identify&extra=1", "badArgument");
    check("verb=Identify&identifier=oai:bank.example:1", "badArgument");
    check("verb=ListSets&set=water", "badArgument");
    check("verb=GetRecord", "badArgument badArgument");
    check("verb=GetRecord&identifier=oai:bank.example:1", "badArgument");
    check("verb=GetRecord&metadataPrefix=oai_dc", "badArgument");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=", "badArgument");
    check("verb=GetRecord&metadataPrefix=oai_dc&metadataPrefix=oai_dc&identifier=oai:bank.example:1", "badArgument");
    check("verb=ListRecords", "badArgument");
    check("verb=ListRecords&metadataPrefix=", "badArgument");
    check("verb=ListRecords&metadataPrefix=a/b", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&set=a::b", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&set=water&set=energy", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=junk", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00.5Z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00%2B08:00", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01t00:00:00z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T24:00:00Z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:60Z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-02T00:00:00Z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-03&until=2026-01-02", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=x&until=y", "badArgument badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&identifier=oai:bank.example:1", "badArgument");
    check("verb=Identify&%ZZ=1", "badArgument");
    check("verb=Identify&a=%", "badArgument");
    check("verb=Identify&a=%ff", "badArgument"); // no UTF-8
    check("verb=Identify&a=%00", "badArgument");
}

TEST_CASE("formats, records and tokens that are not there") {
    check("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat");
    check("verb=GetRecord&metadataPrefix=marc21&identifier=oai:bank.example:1", "cannotDisseminateFormat");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:bank.example:99", "idDoesNotExist");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=invalid%22id", "idDoesNotExist");
    check("verb=GetRecord&metadataPrefix=oai_dc&identifier=%01%0a%3Cb%3E水", "idDoesNotExist");
    check("verb=ListMetadataFormats&identifier=1", "idDoesNotExist");
    check("verb=ListRecords&resumptionToken=junk", "badResumptionToken");
    check("verb=ListIdentifiers&resumptionToken=junk", "badResumptionToken");
    check("verb=ListSets&resumptionToken=junk", "badResumptionToken");
    check("verb=ListRecords&resumptionToken=", "badResumptionToken");
    check("verb=ListRecords&resumptionToken=junk&metadataPrefix=oai_dc", "badArgument");
    check("verb=ListRecords&resumptionToken=junk&from=2026-01-01", "badArgument");
    check("verb=ListRecords&resumptionToken=a&resumptionToken=b", "badArgument");

    MemoryRepository none;
    none.all_sets.clear();
    CHECK(summary(ask(none, "verb=ListSets")) == "noSetHierarchy");
    CHECK(summary(ask(none, "verb=ListRecords&metadataPrefix=oai_dc&set=a")) == "noSetHierarchy");
    CHECK(summary(ask(none, "verb=ListRecords&metadataPrefix=oai_dc")) == "noRecordsMatch");
}

TEST_CASE("the requests that the validator of openarchives.org sends") {
    check("junk", "badVerb");
    check("verb=junk", "badVerb");
    check("verb=GetRecord&identifier=invalid\"id&metadataPrefix=oai_dc", "idDoesNotExist");
    check("verb=ListIdentifiers&until=junk", "badArgument badArgument");
    check("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", "badArgument");
    check("verb=ListRecords&metadataPrefix=oai_dc&until=2019-01-01T00:00:00Z", "noRecordsMatch"); // a year before the earliest
}

TEST_CASE("the request comes back, but not where its arguments are wrong") {
    const auto request = [](std::string_view query) {
        const auto document = xml::read(ask(five_records(), query));
        REQUIRE(document);
        std::string out;
        for (const xml::Attribute& one : document.value().root.children.at(1).attributes) out += one.name + "=" + one.value + " ";
        return out;
    };
    CHECK(request("metadataPrefix=oai_dc&verb=ListRecords&from=2026-01-01") == "metadataPrefix=oai_dc verb=ListRecords from=2026-01-01 ");
    CHECK(request("verb=GetRecord&metadataPrefix=oai_dc&identifier=a%22%3Cb") == "verb=GetRecord metadataPrefix=oai_dc identifier=a\"<b ");
    CHECK(request("verb=ListRecords&resumptionToken=junk") == "verb=ListRecords resumptionToken=junk ");
    CHECK(request("verb=Nothing") == "");
    CHECK(request("verb=Identify&extra=1") == "");
}

TEST_CASE("a list in pages") {
    const MemoryRepository repository = five_records();
    const std::string first = ask(repository, "verb=ListRecords&metadataPrefix=oai_dc"), token = token_in(first);
    const std::string second = ask(repository, "verb=ListRecords&resumptionToken=" + token);
    CHECK(summary(second) == "ListRecords 3-dc 4-dc more 2 of 5");
    CHECK(ask(repository, "verb=ListRecords&resumptionToken=" + token) == second); // asked again
    const std::string third = ask(repository, "verb=ListRecords&resumptionToken=" + token_in(second));
    CHECK(summary(third) == "ListRecords 5-deleted end 4 of 5");
    CHECK(ask(repository, "verb=ListRecords&resumptionToken=" + token) == second); // and again, when the list is over

    // A token is for its verb, its key and its format, and nobody can change it.
    CHECK(summary(ask(repository, "verb=ListIdentifiers&resumptionToken=" + token)) == "badResumptionToken");
    ProviderSettings other = settings;
    other.checksum = checksum_under_test(8);
    CHECK(summary(ask(repository, "verb=ListRecords&resumptionToken=" + token, other)) == "badResumptionToken");
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        if (forged != token) CHECK(summary(ask(repository, "verb=ListRecords&resumptionToken=" + forged)) == "badResumptionToken");
    }
    CHECK(summary(ask(repository, "verb=ListRecords&resumptionToken=" + token + "A")) == "badResumptionToken");

    // What was still to come was changed away: an empty list cannot be said, so it is said that nothing matches.
    const std::string until = token_in(ask(repository, "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-02"));
    MemoryRepository changed = repository;
    changed.put("4", now, "d");
    CHECK(summary(ask(changed, "verb=ListRecords&resumptionToken=" + until)) == "noRecordsMatch");
    CHECK(summary(ask(repository, "verb=ListRecords&resumptionToken=" + until)) == "ListRecords 4-dc end 2 of 3");
}

TEST_CASE("everything is escaped, and what XML cannot hold is dropped") {
    const auto document = xml::read(ask(five_records(), "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:bank.example:1"));
    REQUIRE(document);
    const xml::Element& record = document.value().root.children.at(2).children.at(0);
    CHECK(read_dublin_core(record.child(protocol_space, "metadata")->children.at(0)).titles == DublinTexts{{"污水 <处理> & \"再生\"", "zh"}});
    CHECK(xml::read(ask(five_records(), "verb=Identify")).value().root.children.at(2).children.at(0).text == "绿色技术银行 <Greenbank>");
}

TEST_CASE("the failure of a repository is an error, not an answer") {
    struct Broken : MemoryRepository {
        Result<std::int64_t> count(const Selection&) const override { return Error{Failure::unavailable, "test.broken", "Broken."}; }
    } broken;
    for (const char* id : {"1", "2", "3"}) broken.put(id, now, id);
    const auto given = answer(broken, settings, "verb=ListRecords&metadataPrefix=oai_dc", now);
    REQUIRE(!given);
    CHECK(given.error().code == "test.broken");
    struct Bare : MemoryRepository {
        Result<std::optional<Item>> get(std::string_view, std::string_view) const override { return std::optional(Item{{"oai:a:b", now}, ""}); }
    } bare;
    CHECK(answer(bare, settings, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:a:b", now).error().code == "oai.metadata_missing");
}

} // namespace greenbank::oai
