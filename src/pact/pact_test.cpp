// pact_test.cpp — footprints, filters, events and the small texts of PACT, both versions.
#include <cmath>

#include <doctest/doctest.h>

#include "pact/events.h"
#include "pact/wire.h"
#include "json/value_tree.h"

namespace greenbank::pact {

namespace {

ProductFootprint kelp() {
    return {.id = "6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10",
        .preceding = {"079e425a-464f-528d-341d-4a944a1dfd70"},
        .created = *parse_time("2026-11-20T00:00:00Z"),
        .company_name = "Kelp cooperative",
        .company_ids = {"urn:company:kelp"},
        .description = "Dried kelp",
        .product_ids = {"urn:gtin:4712345060507", "urn:kelp:Dried"},
        .classifications = {"urn:pact:productclassification:un-cpc:04931"},
        .cpc = "04931",
        .name = "Dried kelp",
        .comment = "Sun and wind",
        .reference_start = *parse_time("2025-01-01T00:00:00Z"),
        .reference_end = *parse_time("2026-01-01T00:00:00Z"),
        .geography = "CN-ZJ",
        .boundary_processes = "farming; drying",
        .without_uptake = "0.6",
        .with_uptake = "-0.4",
        .fossil = "0.55",
        .land_use_change = "0",
        .biogenic_uptake = "-1",
        .biogenic_other = "0.05",
        .biogenic_carbon = "0.28",
        .packaging_included = true,
        .characterization = {"AR6"},
        .standards = {"ISO14067"},
        .exempted_percent = "0.5",
        .factor_sources = {{"MEE", "2022"}},
        .primary_share_percent = "62.5",
        .quality = DataQuality{"1.2", "1", "2.5"},
        .verification = Verification{"Verifier", "ISO 14064-3", *parse_time("2026-11-20T00:00:00Z")}};
}

ValueTree tree(std::string_view json) {
    auto read = read_value_tree(json);
    REQUIRE(read);
    return std::move(read).value();
}

std::string asked(const std::string& name, const std::string& value, const ProductFootprint& it = kelp()) {
    const auto ask = read_list_ask({{name, value}}, Protocol::v3);
    if (!ask) return ask.error().message;
    return matches(ask.value().criteria, it) ? "yes" : "no";
}
std::string odata(std::string_view filter) {
    const auto criteria = read_odata(filter);
    if (!criteria) return "refused";
    return matches(criteria.value(), kelp()) ? "yes" : "no";
}

} // namespace

TEST_CASE("decimals: twelve digits, no exponent, and the sign is told") {
    CHECK(decimal_of(0.1 + 0.2) == "0.3");
    CHECK(decimal_of(-0.0) == "0");
    CHECK(decimal_of(1e21) == "1000000000000000000000");
    CHECK(decimal_of(1.5e-9) == "0.0000000015");
    CHECK(decimal_of(123456.789) == "123456.789");
    for (const char* good : {"0", "-1", "+2.50", "000.10"}) CHECK(is_decimal(good));
    for (const char* bad : {"", ".5", "1.", "1e3", "0x1", "1,5", "--1", "1.2.3", "NaN"}) CHECK_FALSE(is_decimal(bad));
    CHECK(sign_of("-0.000") == 0);
    CHECK(sign_of("-0.001") == -1);
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        const double value = (random.uniform() - 0.5) * std::pow(10, static_cast<double>(random.between(-12, 15)));
        INFO("seed ", seed);
        const std::string text = decimal_of(value);
        CHECK(is_decimal(text));
        CHECK(std::stod(text) == doctest::Approx(value).epsilon(1e-11));
    }
}

TEST_CASE("times: as RFC 3339, without seconds, and with the plus that became a space; three calendar years") {
    const Time day = *parse_time("2025-04-01T00:00:00Z");
    CHECK(read_time("2025-04-01T00:00:00Z") == day);
    CHECK(read_time("2025-04-01T00:00Z") == day);
    CHECK(read_time("2025-04-01T00:00:00 00:00") == day);
    for (const char* bad : {"", "2025-04-01", "yesterday", "2025-13-01T00:00:00Z", "2025-04-01T00:00"}) CHECK_FALSE(read_time(bad));
    CHECK(to_text(years_later(*parse_time("2024-02-29T12:00:00Z"), 3)) == "2027-03-01T12:00:00Z");
    CHECK(to_text(years_later(*parse_time("2024-02-29T12:00:00Z"), 4)) == "2028-02-29T12:00:00Z");
    Random random(7);
    CHECK(is_uuid(make_uuid(random)));
    CHECK(make_uuid(random)[14] == '4');
}

TEST_CASE("a footprint that is written in version 3 is read as it was; numbers are texts") {
    const ProductFootprint it = kelp();
    const std::string json = write(it, Protocol::v3);
    const auto again = read_footprint(tree(json));
    REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
    CHECK(to_json(tree(write(again.value(), Protocol::v3))).size() <= json.size());
    CHECK(again.value().with_uptake == "-0.4");
    CHECK(again.value().quality->geographical == "1");
    CHECK(json.find(R"("pcfIncludingBiogenicUptake":"-0.4")") != std::string::npos);
    CHECK(json.find(R"("primaryDataShare":"62.5")") != std::string::npos);
    CHECK(json.find("null") == std::string::npos);
    CHECK(json.find(R"("geographyCountrySubdivision":"CN-ZJ")") != std::string::npos);
}

TEST_CASE("version 2 has the old names and the new ones, and numbers where it has numbers") {
    const std::string json = write(kelp(), Protocol::v2);
    for (const char* part :
        {R"("specVersion":"2.3.0")", R"("version":0)", R"("productCategoryCpc":"04931")", R"("declaredUnit":"kilogram")", R"("pCfExcludingBiogenic":"0.6")",
            R"("characterizationFactors":"AR6")", R"("ipccCharacterizationFactorsSources":["AR6"])", R"("crossSectoralStandardsUsed":["ISO Standard 14067"])",
            R"("exemptedEmissionsPercent":0.5)", R"("primaryDataShare":62.5)", R"("assurance":{"assurance":true)"})
        CHECK_MESSAGE(json.find(part) != std::string::npos, part);
    ProductFootprint piece = kelp();
    piece.unit = "piece";
    CHECK(can_be_said(piece, Protocol::v3));
    CHECK_FALSE(can_be_said(piece, Protocol::v2));
    CHECK(can_be_said(kelp(), Protocol::v2));
    piece = kelp();
    piece.cpc.clear();
    CHECK_FALSE(can_be_said(piece, Protocol::v2));
}

TEST_CASE("version 2 is read as it is written, and as its hosts write it: bare numbers, old names, figures that it need not have") {
    const auto again = read_footprint(tree(write(kelp(), Protocol::v2)), Protocol::v2);
    REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
    CHECK(again.value().with_uptake == "-0.4");
    CHECK(again.value().without_uptake == "0.6");
    CHECK(again.value().unit == "kilogram");
    CHECK(again.value().primary_share_percent == "62.5");
    CHECK(again.value().exempted_percent == "0.5");
    CHECK(again.value().characterization == std::vector<std::string>{"AR6"});
    CHECK(again.value().cpc == "04931");
    CHECK_FALSE(read_footprint(tree(write(kelp(), Protocol::v2)))); // version 3 has other names
    CHECK(read_document(write(kelp(), Protocol::v2)).value().with_uptake == read_document(write(kelp(), Protocol::v3)).value().with_uptake);
    const auto old = read_footprint(
        tree(
            R"({"id":"3a6c14a7-4deb-498a-b5ea-16ce2535b576","specVersion":"2.2.0","version":1,"created":"2026-01-01T00:00:00Z","status":"Active","statusComment":"","companyName":"Mill","companyIds":["urn:company:mill"],"productDescription":"Steel","productIds":["urn:gtin:1"],"productCategoryCpc":"4121","productNameCompany":"Coil","comment":"","pcf":{"declaredUnit":"kilogram","unitaryProductAmount":"1000","pCfExcludingBiogenic":"1800","fossilGhgEmissions":"1790","fossilCarbonContent":"0","biogenicCarbonContent":"0","characterizationFactors":"AR5","crossSectoralStandardsUsed":["GHG Protocol Product standard"],"productOrSectorSpecificRules":[],"boundaryProcessesDescription":"","referencePeriodStart":"2025-01-01T00:00:00Z","referencePeriodEnd":"2026-01-01T00:00:00Z","geographyCountry":"DE","exemptedEmissionsPercent":1.5,"exemptedEmissionsDescription":"","packagingEmissionsIncluded":false,"primaryDataShare":40,"dqi":{"coveragePercent":90,"technologicalDQR":1.5,"temporalDQR":2.0,"geographicalDQR":1.0,"completenessDQR":1.2,"reliabilityDQR":1.1},"assurance":{"assurance":true,"providerName":"Checker"}}})"),
        Protocol::v2);
    REQUIRE_MESSAGE(old, (old ? "" : old.error().message));
    CHECK(old.value().with_uptake == "1800"); // the same where nothing is said of uptake
    CHECK(old.value().quality->temporal == "2");
    CHECK(old.value().verification->provider == "Checker");
    CHECK(old.value().geography == "DE");
    const auto faulty = read_footprint(
        tree(
            R"({"id":"3a6c14a7-4deb-498a-b5ea-16ce2535b576","specVersion":"3.0.0","created":"2026-01-01T00:00:00Z","status":"Active","companyName":"Mill","companyIds":["urn:company:mill"],"productDescription":"","productIds":["urn:gtin:1"],"productNameCompany":"Coil","pcf":{"declaredUnit":"stone","unitaryProductAmount":1,"pCfExcludingBiogenic":"NaN","exemptedEmissionsPercent":"much"}})"),
        Protocol::v2);
    REQUIRE_FALSE(faulty);
    for (const char* part : {"specVersion must be 2", "pcf.declaredUnit", "pcf.unitaryProductAmount must be a decimal number in a text",
             "pcf.pCfExcludingBiogenic", "pcf.exemptedEmissionsPercent", "pcf.characterizationFactors", "pcf.fossilGhgEmissions is missing"})
        CHECK_MESSAGE(faulty.error().message.find(part) != std::string::npos, part, " in ", faulty.error().message);
}

TEST_CASE("every fault of a partner's footprint is named; what later revisions add is let pass") {
    ValueTree whole = tree(write(kelp(), Protocol::v3));
    whole.members.push_back({"inventedLater", tree(R"({"a":1})")});
    CHECK(read_footprint(whole));
    const auto faulty = read_footprint(tree(
        R"({"id":"x","specVersion":"2.0.0","created":"now","status":"New","companyName":"","companyIds":[],"productDescription":1,"productIds":["gtin"],"productNameCompany":"a","pcf":{"declaredUnitOfMeasurement":"barrel","declaredUnitAmount":"0","productMassPerDeclaredUnit":1,"geographyCountry":"CN","geographyCountrySubdivision":"CN-ZJ","fossilGhgEmissions":"-1"}})"));
    REQUIRE_FALSE(faulty);
    for (const char* part : {"id must", "specVersion", "created", "status", "companyName", "companyIds", "productDescription", "productIds",
             "pcf.declaredUnitOfMeasurement", "pcf.declaredUnitAmount must be above 0", "pcf.productMassPerDeclaredUnit must be a decimal number in a text",
             "pcf.geographyCountrySubdivision", "pcf.fossilGhgEmissions must not be below 0", "pcf.pcfExcludingBiogenicUptake is missing"})
        CHECK_MESSAGE(faulty.error().message.find(part) != std::string::npos, part, " in ", faulty.error().message);
    CHECK(faulty.error().code == "BadRequest");
}

TEST_CASE("filters: or within a list, and between lists, without regard to case; unknown values find nothing, empty ones are no filter") {
    CHECK(asked("productId", "URN:GTIN:4712345060507") == "yes");
    CHECK(asked("productid", "urn:kelp:dried") == "yes");
    CHECK(asked("productId", "urn:gtin:1") == "no");
    CHECK(asked("companyId", "urn:company:kelp") == "yes");
    CHECK(asked("geography", "CN-ZJ") == "yes");
    CHECK(asked("geography", "cn") == "yes"); // a province is within its country
    CHECK(asked("geography", "CN-Z") == "no");
    CHECK(asked("geography", "DE") == "no");
    CHECK(asked("geography", "") == "yes");
    CHECK(asked("classification", "urn:pact:productclassification:un-cpc:04931") == "yes");
    CHECK(asked("status", "ACTIVE") == "yes");
    CHECK(asked("status", "deprecated") == "no");
    CHECK(asked("status", "anything") == "no");
    CHECK(asked("validOn", "2026-01-01T00:00:00Z") == "yes"); // from the end of the data …
    CHECK(asked("validOn", "2029-01-01T00:00:00Z") == "yes"); // … three years
    CHECK(asked("validOn", "2029-01-01T00:00:01Z") == "no");
    CHECK(asked("validAfter", "2025-12-31T00:00:00Z") == "yes");
    CHECK(asked("validAfter", "2026-01-01T00:00:00Z") == "no");
    CHECK(asked("validBefore", "2029-01-02T00:00:00Z") == "yes");
    CHECK(asked("validBefore", "2029-01-01T00:00:00Z") == "no");
    CHECK(asked("validOn", "soon").starts_with("validOn must be"));
    CHECK(asked("color", "green").starts_with("There is no filter"));
    CHECK(asked("limit", "-1").starts_with("limit must be"));
    CHECK(asked("limit", "two").starts_with("limit must be"));
    const auto both = read_list_ask({{"productId", "urn:x"}, {"productId", "urn:kelp:dried"}, {"geography", "CN"}, {"limit", "3"}}, Protocol::v3);
    REQUIRE(both);
    CHECK(matches(both.value().criteria, kelp()));
    CHECK(both.value().limit == 3u);
    CHECK_FALSE(read_list_ask({{"productId", "urn:x"}}, Protocol::v2)); // there it is $filter
}

TEST_CASE("$filter of version 2: comparisons, and, any; all else is refused") {
    CHECK(odata("created ge '2026-11-20T00:00:00Z'") == "yes");
    CHECK(odata("created ge '2026-11-20T00:00:00.000Z' and created lt '2027-01-01T00:00:00Z'") == "yes");
    CHECK(odata("created gt '2026-11-20T00:00:00Z'") == "no");
    CHECK(odata("(pcf/geographyCountry eq 'CN') and (productCategoryCpc eq '04931')") == "yes");
    CHECK(odata("productIds/any(productId:(productId eq 'urn:gtin:4712345060507'))") == "yes");
    CHECK(odata("companyIds/any(c:(c eq 'urn:company:other'))") == "no");
    for (const char* bad : {"", "created", "created ge", "created ge 2026", "created ge 'x'", "color eq 'red'", "created ge '2026-11-20T00:00:00Z' or x eq 'y'",
             "((((((((((created ge '2026-11-20T00:00:00Z'))))))))))", "productIds/any(a:(b eq 'c'))", "productCategoryCpc ne '1'", "status eq 'Active"})
        CHECK_MESSAGE(odata(bad) == "refused", bad);
}

TEST_CASE("events are read as they are written, in either version") {
    const EventHead head{.id = "run/13", .source = "https://a.example", .time = *parse_time("2026-11-20T00:00:00Z")};
    const auto published = read_event(write_published(head, {"3A6C14A7-4deb-498a-b5ea-16ce2535b576"}), Protocol::v3);
    REQUIRE(published);
    CHECK(published.value().footprint_ids == std::vector<std::string>{"3a6c14a7-4deb-498a-b5ea-16ce2535b576"});
    const auto created = read_event(write_created(head, {"urn:gtin:4712345060507"}, "For 2026"), Protocol::v3);
    REQUIRE(created);
    CHECK(created.value().id == "run/13");
    CHECK(created.value().comment == "For 2026");
    CHECK(created.value().product_ids.size() == 1);
    CHECK(matches(created.value().criteria, kelp()));
    const auto fulfilled = read_event(write_fulfilled(head, "asked/1", {write(kelp(), Protocol::v3)}), Protocol::v3);
    REQUIRE(fulfilled);
    CHECK(fulfilled.value().request == "asked/1");
    CHECK(fulfilled.value().footprints.at(0).footprint.without_uptake == "0.6");
    const auto rejected = read_event(write_rejected(head, "asked/1", "NotFound", "No."), Protocol::v3);
    REQUIRE(rejected);
    CHECK(rejected.value().code == "NotFound");
    const EventHead head_2{.protocol = Protocol::v2, .id = "run/14", .source = "https://a.example", .time = head.time};
    const auto created_2 = read_event(write_created(head_2, {"urn:gtin:4712345060507"}, "For 2026"), Protocol::v2);
    REQUIRE(created_2);
    CHECK(created_2.value().product_ids == std::vector<std::string>{"urn:gtin:4712345060507"});
    const auto fulfilled_2 = read_event(write_fulfilled(head_2, "asked/2", {write(kelp(), Protocol::v2)}), Protocol::v2);
    REQUIRE_MESSAGE(fulfilled_2, (fulfilled_2 ? "" : fulfilled_2.error().message));
    CHECK(fulfilled_2.value().footprints.at(0).footprint.with_uptake == "-0.4");
    const EventHead old{.protocol = Protocol::v2, .id = "1", .source = "x", .time = head.time};
    CHECK(read_event(write_published(old, {"3a6c14a7-4deb-498a-b5ea-16ce2535b576"}), Protocol::v2));
    CHECK_FALSE(read_event(write_published(old, {"3a6c14a7-4deb-498a-b5ea-16ce2535b576"}), Protocol::v3)); // another version's name
    const auto asked_in_v2 = read_event(
        R"({"specversion":"1.0","id":"a","source":"x","time":"2026-11-20T00:00:00Z","type":"org.wbcsd.pathfinder.ProductFootprintRequest.Created.v1","data":{"pf":{"productIds":["urn:gtin:4712345060507"],"pcf":{"x":1}},"comment":"please"}})",
        Protocol::v2);
    REQUIRE(asked_in_v2);
    CHECK(matches(asked_in_v2.value().criteria, kelp()));
}

TEST_CASE("events that are none are refused with what is wrong") {
    const auto event = [](const std::string& data, const std::string& type = "PublishedEvent.3") {
        const auto read = read_event(R"({"type":"org.wbcsd.pact.ProductFootprint.)" + type +
                                         R"(","specversion":"1.0","id":"1","source":"x","time":"2026-11-20T00:00:00Z","data":)" + data + "}",
            Protocol::v3);
        return read ? std::string("taken") : read.error().message;
    };
    CHECK(event(R"({"pfIds":["3a6c14a7-4deb-498a-b5ea-16ce2535b576"]})") == "taken");
    CHECK(event(R"({"pfIds":["urn:gtin:4712345060507"]})").find("UUID") != std::string::npos);
    CHECK(event(R"({"pfIds":[]})").find("pfIds") != std::string::npos);
    CHECK(event(R"([])").find("data must be") != std::string::npos);
    CHECK(event(R"({})", "Unheard").find("no event of the type") != std::string::npos);
    CHECK(event(R"({})", "RequestCreatedEvent.3").find("Say which") != std::string::npos);
    CHECK(event(R"({"productId":[1]})", "RequestCreatedEvent.3").find("productId") != std::string::npos);
    CHECK(event(R"({"colour":["red"]})", "RequestCreatedEvent.3").find("no criterion") != std::string::npos);
    CHECK(event(R"({"requestEventId":"1","pfs":[]})", "RequestFulfilledEvent.3").find("pfs") != std::string::npos);
    CHECK(event(R"({"requestEventId":"1","error":{"code":"NotFound"}})", "RequestRejectedEvent.3").find("message") != std::string::npos);
    CHECK_FALSE(read_event("", Protocol::v3));
    CHECK_FALSE(read_event("[1]", Protocol::v3));
    CHECK(is_event_type("Application/CloudEvents+JSON; charset=UTF-8"));
    CHECK_FALSE(is_event_type("application/json"));
}

TEST_CASE("addresses, credentials, tokens and errors") {
    CHECK(route("/3/footprints")->action == Action::list);
    CHECK(route("/2/footprints/ABC")->id == "abc");
    CHECK(route("/2/events")->protocol == Protocol::v2);
    CHECK(route("/auth/token")->action == Action::token);
    for (const char* other : {"/", "/3", "/3/", "/4/footprints", "/3/footprints/a/b", "/auth/token/", "/api/v1/x"}) CHECK_FALSE(route(other));
    const auto credentials = read_basic("Basic dGVzdF9jbGllbnRfaWQ6dGVzdDpzZWNyZXQ=");
    REQUIRE(credentials);
    CHECK(credentials->id == "test_client_id");
    CHECK(credentials->secret == "test:secret");
    CHECK(write_basic(*credentials) == "Basic dGVzdF9jbGllbnRfaWQ6dGVzdDpzZWNyZXQ=");
    for (const char* bad : {"", "Basic", "Basic !!!", "Bearer abc", "Basic YWJj"}) CHECK_FALSE(read_basic(bad));
    CHECK(read_token(R"({"access_token":"abc","token_type":"bearer","expires_in":3600})")->seconds == 3600);
    CHECK(read_token(R"({"access_token":"abc","expires_in":"60"})")->seconds == 60);
    CHECK_FALSE(read_token(R"({"access_token":"a\r\nb"})"));
    CHECK_FALSE(read_token(R"({"error":"invalid_client"})"));
    CHECK(write_refusal({.status = 404, .code = "NotFound", .message = "No"}, Protocol::v2) == R"({"code":"NoSuchFootprint","message":"No"})");
    CHECK(write_list({}) == R"({"data":[]})");
    CHECK(write_link("https://a/3/footprints?limit=1").find(", ") == std::string::npos);
    CHECK(*read_token_endpoint(write_discovery("https://a.example")) == "https://a.example/auth/token");
}

} // namespace greenbank::pact
