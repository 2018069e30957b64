// pact_test.cpp — our own conformance suite of PACT: each row of what a server must do, in version 3 and 2, against a partner that answers.
#include "pact_cast.h"

namespace greenbank::testing {

namespace {

/// The path of an absolute address of the bank, for a visitor.
std::string path_of(const std::string& target) {
    REQUIRE_MESSAGE(target.starts_with(exchange().all->bank.address() + "/"), target);
    return "/" + target.substr(exchange().all->bank.address().size());
}
std::string link_of(const Answer& answer) {
    const std::string link = answer.header("Link");
    if (link.empty()) return {};
    CHECK(link.ends_with(">; rel=\"next\""));
    CHECK(link.find(", ") == std::string::npos);
    return link.substr(1, link.find('>') - 1);
}

} // namespace

TEST_CASE("pact 1, 2, 18, 19: tokens for the right secret, invalid_client for another; discovery says where") {
    Exchange& it = exchange();
    const Answer wrong = it.token_answer(it.client_id, "wrong");
    CHECK(wrong.status == 401);
    CHECK(wrong.at("/error") == "invalid_client");
    CHECK(it.token_answer("", "").at("/error") == "invalid_client");
    CHECK(it.token_answer(it.client_id, it.client_secret, "grant_type=password").at("/error") == "unsupported_grant_type");
    const Answer discovery = it.all->nobody.get("//.well-known/openid-configuration");
    CHECK(discovery.status == 200);
    CHECK(discovery.at("/token_endpoint") == it.all->bank.address() + "/auth/token");
}

TEST_CASE("pact 3, 4, 8: lists and single footprints in both versions; the same number each time; what is not there") {
    Exchange& it = exchange();
    for (const int version : {3, 2}) {
        const std::string base = fmt::format("//{}/footprints", version);
        const Answer list = it.asker->get(base);
        REQUIRE_MESSAGE(list.status == 200, list.body);
        CHECK(list.size("/data") == 2);
        CHECK(it.asker->get(base).size("/data") == list.size("/data"));
        const std::string id = list.at("/data/0/id");
        CHECK(id == "6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10");
        const Answer one = it.asker->get(base + "/" + id);
        CHECK(one.status == 200);
        CHECK(one.at("/data/id") == id);
        CHECK(one.at("/data/specVersion") == (version == 3 ? "3.0.1" : "2.3.0"));
        // Decimals are texts, dates end in Z, no null anywhere.
        CHECK(one.body.find("null") == std::string::npos);
        CHECK(one.body.find(version == 3 ? "\"pcfExcludingBiogenicUptake\":\"0." : "\"pCfExcludingBiogenic\":\"0.") != std::string::npos);
        CHECK(one.at("/data/created") == "2026-11-20T08:00:00Z");
        CHECK(one.at("/data/productClassifications/0").find_first_of("#&+") == std::string::npos);
        for (const char* nobody : {"00000000-0000-0000-0000-000000000000", "random-string-as-id"}) {
            const Answer none = it.asker->get(base + "/" + nobody);
            CHECK(none.status == 404);
            CHECK(none.code() == (version == 3 ? "NotFound" : "NoSuchFootprint"));
            CHECK_FALSE(none.at("/message").empty());
        }
    }
    const Answer label = it.all->nobody.get("/carbon-labels/label_sample_dried_kelp");
    const Answer one = it.asker->get("//3/footprints/6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10");
    CHECK(std::stod(one.at("/data/pcf/pcfIncludingBiogenicUptake")) == doctest::Approx(std::stod(label.at("/carbon_label/value"))).epsilon(1e-9));
    CHECK(one.at("/data/pcf/declaredUnitOfMeasurement") == "kilogram");
    CHECK(one.at("/data/pcf/ipccCharacterizationFactors/0") == "AR6");
    CHECK_FALSE(one.at("/data/pcf/verification/providerName").empty());
    CHECK(it.asker->send("POST", "//3/footprints", "").status == 405);
}

TEST_CASE("pact 5: pages by absolute links that can be asked again, whatever is shared meanwhile") {
    Exchange& it = exchange();
    for (const int version : {3, 2}) {
        const Answer first = it.asker->get(fmt::format("//{}/footprints?limit=1", version));
        CHECK(first.size("/data") == 1);
        const std::string next = link_of(first);
        REQUIRE_FALSE(next.empty());
        const Answer second = it.asker->get(path_of(next));
        CHECK(second.status == 200);
        CHECK(second.size("/data") == 1);
        CHECK(second.at("/data/0/id") != first.at("/data/0/id"));
        CHECK(link_of(second).empty());
        CHECK(it.asker->get(path_of(next)).body == second.body);
    }
    CHECK(it.asker->get("//3/footprints?limit=0").size("/data") == 0);
    for (const char* bad : {"limit=-1", "limit=x", "cursor=forged", "colour=red", "validOn=soon"}) {
        const Answer refused = it.asker->get(std::string("//3/footprints?") + bad);
        CHECK_MESSAGE(refused.status == 400, bad);
        CHECK_MESSAGE(refused.code() == "BadRequest", bad);
    }
}

TEST_CASE("pact 6, 7, 16: a token that is none") {
    Exchange& it = exchange();
    Visitor stranger(it.all->bank.address());
    stranger.bearer = "very-invalid-access-token-1234567890123456";
    for (const char* path : {"//3/footprints", "//2/footprints", "//3/footprints/6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10"}) {
        const Answer refused = stranger.get(path);
        CHECK(refused.status == 400);
        CHECK(refused.code() == "BadRequest");
        CHECK_FALSE(refused.at("/message").empty());
    }
    for (const int version : {2, 3}) {
        const Answer refused = it.event(version, published_3, "x", R"({"pfIds":["3a6c14a7-4deb-498a-b5ea-16ce2535b576"]})", stranger.bearer);
        CHECK(refused.status == 400);
        CHECK(refused.code() == "BadRequest");
    }
    CHECK(it.all->nobody.get("//3/footprints").status == 400);
}

TEST_CASE("pact 12, 13, 14: requests are answered by events to the partner's server, once, in the version they came in") {
    Exchange& it = exchange();
    const auto answered = [&](const std::string& type, const std::string& id) { return wait_for([&] { return !it.partner.events(type, id).empty(); }, 30); };
    const Answer taken =
        it.event(3, created_3, "run-3/13", R"({"productId":["urn:gtin:4712345060507","URN:GREENBANK:product:sample-dried-kelp"],"comment":"Please."})");
    CHECK(taken.status == 200);
    CHECK(taken.body.empty());
    CHECK(it.event(3, created_3, "run-3/13", R"({"productId":["urn:gtin:4712345060507"]})").status == 200); // said twice
    REQUIRE(answered("RequestFulfilledEvent.3", "run-3/13"));
    const Answer fulfilled = it.partner.events("RequestFulfilledEvent.3", "run-3/13").at(0);
    CHECK(fulfilled.etag == "/3/events");
    CHECK(fulfilled.size("/data/pfs") == 2);
    CHECK(fulfilled.at("/source") == it.all->bank.address());
    CHECK(fulfilled.at("/specversion") == "1.0");
    CHECK(it.event(3, created_3, "run-3/14.B", R"({"productId":["urn:pact:null"]})").status == 200);
    REQUIRE(answered("RequestRejectedEvent.3", "run-3/14.B"));
    CHECK(it.partner.events("RequestRejectedEvent.3", "run-3/14.B").at(0).at("/data/error/code") == "NotFound");
    CHECK_FALSE(it.partner.events("RequestRejectedEvent.3", "run-3/14.B").at(0).at("/data/error/message").empty());

    constexpr const char* created_2 = "org.wbcsd.pathfinder.ProductFootprintRequest.Created.v1";
    CHECK(it.event(2, created_2, "run-2/13", R"({"pf":{"productIds":["urn:gtin:4712345060507"]},"comment":"Please."})").status == 200);
    REQUIRE(answered("ProductFootprintRequest.Fulfilled.v1", "run-2/13"));
    const Answer old = it.partner.events("ProductFootprintRequest.Fulfilled.v1", "run-2/13").at(0);
    CHECK(old.etag == "/2/events");
    CHECK(old.at("/data/pfs/0/productIds/0") == "urn:gtin:4712345060507");
    CHECK(it.event(2, created_2, "run-2/14.B", R"({"pf":{"productIds":["urn:pact:null"]}})").status == 200);
    REQUIRE(answered("ProductFootprintRequest.Rejected.v1", "run-2/14.B"));
    CHECK(it.partner.events("ProductFootprintRequest.Rejected.v1", "run-2/14.B").at(0).at("/data/error/code") == "NoSuchFootprint");
    CHECK(it.partner.events("RequestFulfilledEvent.3", "run-3/13").size() == 1);
    // Their state is on the page.
    const Answer requests = it.manager->get("/pact-requests?direction=received&limit=100");
    CHECK(requests.size("/items") == 4);
    CHECK(it.all->other_manager.get("/pact-requests").size("/items") == 0);
}

TEST_CASE("pact 15, 40: notices of unknown footprints are taken, those that name none refused") {
    Exchange& it = exchange();
    CHECK(it.event(3, published_3, "n1", R"({"pfIds":["3a6c14a7-4deb-498a-b5ea-16ce2535b576"]})").status == 200);
    CHECK(it.event(2, "org.wbcsd.pathfinder.ProductFootprint.Published.v1", "n2", R"({"pfIds":["3a6c14a7-4deb-498a-b5ea-16ce2535b576"]})").status == 200);
    for (const int version : {2, 3}) {
        const Answer refused = it.event(
            version, version == 3 ? published_3 : "org.wbcsd.pathfinder.ProductFootprint.Published.v1", "n3", R"({"pfIds":["urn:gtin:4712345060507"]})");
        CHECK(refused.status == 400);
        CHECK(refused.code() == "BadRequest");
    }
    for (const char* data : {"{}", "[]", R"({"pfIds":"x"})", "null"}) CHECK(it.event(3, published_3, "n4", data).status == 400);
    Visitor wrong_type(it.all->bank.address());
    wrong_type.bearer = it.token;
    CHECK(wrong_type.send("POST", "//3/events", "{}").status == 400);
}

TEST_CASE("pact 20 to 39: filters of version 3, and $filter of version 2") {
    Exchange& it = exchange();
    const auto count = [&](const std::string& query) {
        const Answer list = it.asker->get("//3/footprints?" + query);
        CHECK_MESSAGE(list.status == 200, query, " ", list.body);
        CHECK_MESSAGE(list.at("/data") != "null", query);
        return list.size("/data");
    };
    CHECK(count("productId=urn:gtin:4712345060507") == 1);
    CHECK(count("productId=URN:GTIN:4712345060507&productId=urn:greenbank:product:sample-dried-kelp") == 2);
    CHECK(count("productId=urn:gtin:4712345060507&companyId=urn:greenbank:organisation:sample-kelp-cooperative") == 0);
    CHECK(count("companyId=urn:greenbank:organisation:kelp") == 1);
    CHECK(count("geography=CN") == 2);
    CHECK(count("geography=XX&geography=cn") == 2);
    CHECK(count("geography=") == 2);
    CHECK(count("geography=ZZ") == 0);
    CHECK(count("classification=urn:pact:productclassification:un-cpc:04931") == 2);
    CHECK(count("classification=urn:pact:productclassification:un-cpc:1") == 0);
    CHECK(count("validOn=2027-01-01T00:00:00Z") == 2);
    CHECK(count("validOn=2020-01-01T00:00:00Z") == 0);
    CHECK(count("validAfter=2026-12-31T00:00:00Z") == 2);
    CHECK(count("validAfter=2027-01-01T00:00:00Z") == 0);
    CHECK(count("validBefore=2030-01-02T00:00:00Z") == 2);
    CHECK(count("validBefore=2030-01-01T00:00:00Z") == 0);
    CHECK(count("status=active") == 2);
    CHECK(count("status=Deprecated") == 0);
    CHECK(count("status=nonsense") == 0);
    CHECK(it.asker->get("//2/footprints?$filter=created%20ge%20'2026-11-20T08:00:00Z'").size("/data") == 2);
    CHECK(it.asker->get("//2/footprints?$filter=created%20ge%20'2099-01-01T00:00:00Z'").size("/data") == 0);
    CHECK(it.asker->get("//2/footprints?$filter=productCategoryCpc%20eq%20'04931'").size("/data") == 2);
    CHECK(it.asker->get("//2/footprints?$filter=nonsense").code() == "BadRequest");
}

TEST_CASE("pact: each partner sees what is opened to it; a paused one nothing; a new secret ends the old; a newer footprint takes the older one's place") {
    Exchange& it = exchange();
    const std::string other = create(*it.manager, "/pact-partners", R"({"name":"Other buyer"})");
    const Answer secret = it.manager->post("/pact-partners/" + other + "/secret");
    const Answer token = it.token_answer(secret.at("/client_id"), secret.at("/client_secret"));
    Visitor asker(it.all->bank.address());
    asker.bearer = token.at("/access_token");
    CHECK(asker.get("//3/footprints").size("/data") == 2);
    const Answer closed = it.manager->post("/shared-footprints",
        fmt::format(
            R"({{"footprint":"footprint_sample_dried_kelp","company_ids":["urn:greenbank:organisation:kelp"],"product_ids":["urn:kelp:closed"],"cpc":"04931","geography":"CN","partners":["{}"],"replaces":"{}"}})",
            it.partner_id, it.second));
    REQUIRE_MESSAGE(closed.status == 201, closed.body);
    const std::string uuid = closed.at("/uuid");
    CHECK(asker.get("//3/footprints/" + uuid).status == 403);
    CHECK(asker.get("//3/footprints/" + uuid).code() == "AccessDenied");
    CHECK(asker.get("//3/footprints?productId=urn:kelp:closed").size("/data") == 0);
    const Answer seen = it.asker->get("//3/footprints/" + uuid);
    CHECK(seen.status == 200);
    CHECK(seen.at("/data/precedingPfIds/0") == it.manager->get("/shared-footprints/" + it.second).at("/uuid"));
    CHECK(it.asker->get("//3/footprints?status=deprecated").size("/data") == 1);
    CHECK(wait_for(
        [&] {
            for (const Answer& one : it.partner.events("PublishedEvent.3"))
                if (one.at("/data/pfIds/0") == uuid) return true;
            return false;
        },
        30));
    CHECK(it.manager->remove("/pact-partners/" + it.partner_id).code() == "pact.named");
    // No answer can be sent to a partner without an address.
    Visitor sender(it.all->bank.address());
    sender.bearer = asker.bearer;
    sender.content_type = event_type;
    CHECK(sender
              .send("POST", "//3/events",
                  fmt::format(R"({{"specversion":"1.0","id":"1","source":"x","time":"2026-11-20T00:00:00Z","type":"{}","data":{{"productId":["urn:a:b"]}}}})",
                      created_3))
              .status == 400);
    const Answer again = it.manager->post("/pact-partners/" + other + "/secret");
    CHECK(asker.get("//3/footprints").status == 400);
    CHECK(it.token_answer(secret.at("/client_id"), secret.at("/client_secret")).status == 401);
    asker.bearer = it.token_answer(again.at("/client_id"), again.at("/client_secret")).at("/access_token");
    CHECK(asker.get("//3/footprints").status == 200);
    CHECK(it.manager->patch("/pact-partners/" + other, R"({"paused":true})").status == 200);
    CHECK(it.token_answer(again.at("/client_id"), again.at("/client_secret")).status == 401);
    CHECK(asker.get("//3/footprints").status == 400);
    CHECK(it.manager->remove("/pact-partners/" + other).status == 204);
    CHECK(it.manager->get("/pact-partners/" + it.partner_id).body.find("test_client_secret") == std::string::npos);
    for (const char* address : {"http://partner.example", "https://partner.example/", "ftp://x.example", "https://a b"})
        CHECK(it.manager->post("/pact-partners", fmt::format(R"({{"name":"x","address":"{}"}})", address)).status == 422);
}

TEST_CASE("pact 9, 10, 11, 17: the rows over TLS; http on the same port gets nothing") {
    const TemporaryFolder folder;
    const std::string key = folder.path() + "/key.pem", certificate = folder.path() + "/certificate.pem";
    const Ran made = run_command({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate});
    REQUIRE_MESSAGE(made.status == 0, made.err);
    setenv("GREENBANK_CERTIFICATE", certificate.c_str(), 1);
    setenv("GREENBANK_KEY", key.c_str(), 1);
    const BankProcess bank(folder.path() + "/data");
    unsetenv("GREENBANK_CERTIFICATE");
    unsetenv("GREENBANK_KEY");
    REQUIRE(bank.address().starts_with("https://"));
    http::Client client(bank.address(), {.authorities_file = certificate});
    std::string cookie;
    const auto ask = [&](const std::string& method, const std::string& target, const std::string& body, std::vector<Header> headers = {},
                         const std::string& type = "application/json") {
        if (!cookie.empty() && target.starts_with("/api/")) headers.push_back({"Cookie", cookie});
        headers.push_back({"X-Greenbank-Request", "1"});
        const auto answered = client.send({.method = method, .target = target, .body = body, .content_type = type, .headers = headers});
        REQUIRE_MESSAGE(answered, (answered ? "" : answered.error().message));
        Answer answer{.status = answered.value().status, .body = answered.value().body, .etag = {}, .headers = answered.value().headers};
        if (const std::string set = answer.header("Set-Cookie"); !set.empty()) cookie = set.substr(0, set.find(';'));
        return answer;
    };
    const Answer first = ask("POST", "/api/v1/setup",
        fmt::format(R"({{"token":"{}","email":"admin@bank.test","name":"Ana Admin","password":"{}","language":"en"}})", bank.setup_token(), good_password));
    REQUIRE_MESSAGE(first.status < 300, first.body);
    CHECK(cookie.starts_with("__Host-greenbank_session=")); // the call is a secure one
    const Answer secret = ask("POST", "/api/v1/pact-partners/pactpartner_sample_buyer_abroad/secret", "{}");
    REQUIRE_MESSAGE(secret.status == 200, secret.body);
    const std::string basic = pact::write_basic({secret.at("/client_id"), secret.at("/client_secret")});
    const Answer token = ask("POST", "/auth/token", "grant_type=client_credentials", {{"Authorization", basic}}, "application/x-www-form-urlencoded");
    REQUIRE_MESSAGE(token.status == 200, token.body);
    const std::vector<Header> bearer = {{"Authorization", "Bearer " + token.at("/access_token")}};
    const Answer list = ask("GET", "/3/footprints", "", bearer);
    CHECK(list.size("/data") == 1);
    CHECK(ask("GET", "/2/footprints/" + list.at("/data/0/id"), "", bearer).status == 200);
    // A large answer and a large body pass whole.
    CHECK(ask("GET", "/openapi.json", "").body.size() > 500'000);
    CHECK(ask("POST", "/api/v1/needs", "{\"x\":\"" + std::string(2'000'000, 'a') + "\"}").status == 422);
    // The same port by http: told so, and nothing else.
    Visitor plain("http" + bank.address().substr(5));
    for (const char* path : {"//3/footprints", "//2/footprints", "//auth/token", "//3/events", "//healthz"}) {
        const auto refused = plain.try_send("GET", path, "", bearer);
        CHECK((!refused || refused->status == 400));
        if (refused) CHECK(refused->body.find("access_token") == std::string::npos);
    }
    CHECK(ask("GET", "/healthz", "").status == 200);
}

TEST_CASE("pact: what waits for a silent partner outlives a kill -9 and is sent once it answers") {
    TemporaryFolder folder;
    Partner partner;
    const std::uint16_t port = partner.port();
    partner.stop();
    setenv("GREENBANK_FETCH_PRIVATE", "true", 1);
    std::string request;
    {
        BankProcess bank(folder.path());
        Visitor administrator(bank.address()), manager(bank.address());
        become_administrator(administrator, bank);
        join(administrator, manager, "manager@kelp.test", "manager", "org_sample_kelp_cooperative");
        const std::string id = create(manager, "/pact-partners",
            fmt::format(R"({{"name":"Supplier","address":"http://127.0.0.1:{}","client_there":"test_client_id","secret_there":"test_client_secret"}})", port));
        request = create(manager, "/pact-requests", R"({"partner":")" + id + R"(","product_ids":["urn:gtin:1"]})");
        request = manager.get("/pact-requests/" + request).at("/event");
        CHECK(wait_for([&] { return manager.get("/pact-messages").at("/items/0/attempts") != "0"; }, 30));
        CHECK(manager.get("/pact-messages").at("/items/0/state") == "waiting");
        bank.kill();
    }
    partner.start(port);
    const BankProcess bank(folder.path());
    CHECK(wait_for(
        [&] {
            for (const Answer& one : partner.events("RequestCreatedEvent.3"))
                if (one.at("/id") == request) return true;
            return false;
        },
        60));
    setenv("GREENBANK_FETCH_PRIVATE", "false", 1);
}

} // namespace greenbank::testing
