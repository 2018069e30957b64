// pact_client_test.cpp — the bank as a client of PACT: suppliers asked, their lists read, their footprints behind our products.
#include "pact_cast.h"

namespace greenbank::testing {

TEST_CASE("pact as a client: a supplier is asked, answers, rejects; its list is fetched page by page, its notices followed") {
    Exchange& it = exchange();
    CHECK(it.manager->post("/pact-partners/" + it.partner_id + "/test").status == 204);
    it.partner.shown = it.asker->get("//3/footprints/6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10").at("/data");
    it.partner.shown_id = "aaaaaaaa-3c58-4c0e-9a0b-5d0f4c1b7a10";
    it.partner.shown.replace(it.partner.shown.find("6f1f4a52"), 8, "aaaaaaaa");
    const std::string asked = R"({"partner":")" + it.partner_id + R"(","product_ids":["urn:greenbank:product:sample-dried-kelp"],"comment":"By June"})";
    const auto sent = [&] {
        const std::string id = create(*it.manager, "/pact-requests", asked), event = it.manager->get("/pact-requests/" + id).at("/event");
        REQUIRE(wait_for(
            [&] {
                for (const Answer& one : it.partner.events("RequestCreatedEvent.3"))
                    if (one.at("/id") == event) return true;
                return false;
            },
            30));
        return std::pair(id, event);
    };
    const auto [first, event] = sent();
    const std::string wrong = R"({"requestEventId":"nobody-asked","pfs":[)" + it.partner.shown + "]}";
    CHECK(it.event(3, "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3", "f0", wrong).status == 400);
    const std::string right = R"({"requestEventId":")" + event + R"(","pfs":[)" + it.partner.shown + "]}";
    const Answer taken = it.event(3, "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3", "f1", right);
    CHECK_MESSAGE(taken.status == 200, taken.body);
    CHECK(it.event(3, "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3", "f1", right).status == 200); // said twice
    CHECK(it.manager->get("/pact-requests/" + first).at("/state") == "fulfilled");
    const Answer received = it.manager->get("/received-footprints");
    REQUIRE(received.size("/items") == 1);
    CHECK(received.at("/items/0/uuid") == it.partner.shown_id);
    const auto [second, rejected] = sent();
    CHECK(it.event(3, "org.wbcsd.pact.ProductFootprint.RequestRejectedEvent.3", "r1",
                R"({"requestEventId":")" + rejected + R"(","error":{"code":"NotFound","message":"We do not make it."}})")
              .status == 200);
    CHECK(it.manager->get("/pact-requests/" + second).at("/message") == "We do not make it.");
    CHECK(it.manager->get("/pact-requests/" + second).at("/state") == "rejected");
    const Answer job = it.manager->post("/pact-partners/" + it.partner_id + "/pull");
    const Answer ended = wait_for_job(*it.manager, job.at("/id"));
    CHECK_MESSAGE(ended.at("/state") == "done", ended.body);
    CHECK(it.manager->get("/received-footprints").size("/items") == 1);
    it.partner.shown_id = "bbbbbbbb-3c58-4c0e-9a0b-5d0f4c1b7a10";
    it.partner.shown.replace(it.partner.shown.find("aaaaaaaa"), 8, "bbbbbbbb");
    CHECK(it.event(3, published_3, "n9", R"({"pfIds":[")" + it.partner.shown_id + R"("]})").status == 200);
    CHECK(wait_for([&] { return it.manager->get("/received-footprints").size("/items") == 2; }, 30));
    CHECK(
        it.manager->get("/received-footprints/" + it.manager->get("/received-footprints").at("/items/0/id")).at("/document").find("pcf") != std::string::npos);
}

TEST_CASE("pact as a client of version 2: its list is read, a request goes in its words, its answer is taken") {
    Exchange& it = exchange();
    const std::string id = create(*it.manager, "/pact-partners",
        fmt::format(
            R"({{"name":"Mill","address":"{}","client_there":"test_client_id","secret_there":"test_client_secret","protocol":2}})", it.partner.address()));
    CHECK(it.manager->post("/pact-partners", R"({"name":"x","protocol":4})").status == 422);
    it.partner.shown_in_2 = it.asker->get("//2/footprints/6f1f4a52-3c58-4c0e-9a0b-5d0f4c1b7a10").at("/data");
    it.partner.shown_in_2.replace(it.partner.shown_in_2.find("6f1f4a52"), 8, "cccccccc");
    const Answer job = it.manager->post("/pact-partners/" + id + "/pull");
    const Answer ended = wait_for_job(*it.manager, job.at("/id"));
    REQUIRE_MESSAGE(ended.at("/state") == "done", ended.body);
    const Answer received = it.manager->get("/received-footprints?partner=" + id);
    REQUIRE(received.size("/items") == 1);
    CHECK(received.at("/items/0/uuid").starts_with("cccccccc"));
    CHECK(received.at("/items/0/unit") == "kilogram");
    CHECK(it.manager->get("/received-footprints/" + received.at("/items/0/id")).at("/document").find("pCfIncludingBiogenic") != std::string::npos);
    const Answer asked = it.manager->post("/pact-requests", R"({"partner":")" + id + R"(","product_ids":["urn:greenbank:product:sample-dried-kelp"]})");
    REQUIRE_MESSAGE(asked.status == 201, asked.body);
    const std::string event = asked.at("/event");
    REQUIRE(wait_for(
        [&] {
            for (const Answer& one : it.partner.events("ProductFootprintRequest.Created.v1"))
                if (one.at("/id") == event) return one.etag == "/2/events" && one.at("/data/pf/productIds/0") == "urn:greenbank:product:sample-dried-kelp";
            return false;
        },
        30));
    // The partner answers with its own secret here.
    const Answer secret = it.manager->post("/pact-partners/" + id + "/secret");
    const std::string token = it.token_answer(secret.at("/client_id"), secret.at("/client_secret")).at("/access_token");
    const Answer taken = it.event(2, "org.wbcsd.pathfinder.ProductFootprintRequest.Fulfilled.v1", "old-1",
        R"({"requestEventId":")" + event + R"(","pfs":[)" + it.partner.shown_in_2 + "]}", token);
    CHECK_MESSAGE(taken.status == 200, taken.body);
    CHECK(it.manager->get("/pact-requests/" + asked.at("/id")).at("/state") == "fulfilled");
    CHECK(it.manager->remove("/pact-partners/" + id).status == 204);
}

TEST_CASE("pact: what a supplier gave stands behind a product: with its parts, its data quality, and the difference once a newer one comes") {
    Exchange& it = exchange();
    const auto steel = [](const std::string& uuid, const std::string& with, const std::string& preceding) {
        return R"({"id":")" + uuid + R"(","specVersion":"3.0.1")" + (preceding.empty() ? "" : R"(,"precedingPfIds":[")" + preceding + R"("])") +
               R"(,"created":"2026-03-01T00:00:00Z","status":"Active","companyName":"Mill","companyIds":["urn:company:mill"],"productDescription":"Steel","productIds":["urn:gtin:steel"],"productNameCompany":"Coil","pcf":{"declaredUnitOfMeasurement":"kilogram","declaredUnitAmount":"1000","productMassPerDeclaredUnit":"1000","referencePeriodStart":"2025-01-01T00:00:00Z","referencePeriodEnd":"2026-01-01T00:00:00Z","geographyCountry":"DE","pcfExcludingBiogenicUptake":")" +
               with + R"(","pcfIncludingBiogenicUptake":")" + with +
               R"(","fossilGhgEmissions":"1500","landUseChangeGhgEmissions":"100","fossilCarbonContent":"0","ipccCharacterizationFactors":["AR5"],"crossSectoralStandards":["ISO14067"],"exemptedEmissionsPercent":"0","primaryDataShare":"80","dqi":{"technologicalDQR":"1","geographicalDQR":"2","temporalDQR":"1.5"},"verification":{"providerName":"Checker of steel"}}})";
    };
    const auto pull = [&] {
        const Answer ended = wait_for_job(*it.manager, it.manager->post("/pact-partners/" + it.partner_id + "/pull").at("/id"));
        REQUIRE_MESSAGE(ended.at("/state") == "done", ended.body);
    };
    it.partner.shown = steel("dddddddd-3c58-4c0e-9a0b-5d0f4c1b7a10", "1800", "");
    pull();
    const Answer list = it.manager->get("/received-footprints?sort=-received_at&limit=1");
    const std::string received = list.at("/items/0/id");
    REQUIRE(list.at("/items/0/product_name") == "Coil");
    const auto body = [&](const std::string& unit, const std::string& more) {
        return R"({"title":{"en":"Frame"},"product":"frame","activity_on":"2026-06-01","gwp":"ar6","processes":[{"name":"welding","exchanges":[{"direction":"reference","flow":"frame","amount":1},{"direction":"input","flow":"coil","amount":2,"unit":")" +
               unit + R"(","received":")" + received + "\"" + more + "}]}]}";
    };
    CHECK(it.manager->post("/product-systems", body("kg", R"(,"factor":"material")")).status == 422);
    CHECK(
        it.manager
            ->post("/product-systems",
                R"({"title":{"en":"x"},"product":"x","activity_on":"2026-06-01","processes":[{"name":"p","exchanges":[{"direction":"reference","flow":"x","amount":1},{"direction":"input","flow":"y","amount":1,"factor":"supplier"}]}]})")
            .status == 422);
    const Answer in_hours = it.manager->get("/product-systems/" + create(*it.manager, "/product-systems", body("h", "")) + "/check");
    CHECK_MESSAGE(in_hours.status == 422, in_hours.body); // steel is not counted in hours
    const std::string system = create(*it.manager, "/product-systems", body("kg", ""));
    const auto footprint = [&] {
        const Answer done = wait_for_job(*it.manager, it.manager->post("/product-systems/" + system + "/footprints", R"({"samples":10})").at("/id"));
        REQUIRE_MESSAGE(done.at("/state") == "done", done.body);
        const std::string result = done.at("/result");
        const auto from = result.find("footprint_");
        return it.manager->get("/footprints/" + result.substr(from, result.find('"', from) - from));
    };
    const Answer first = footprint();
    REQUIRE(first.status == 200);
    CHECK(std::stod(first.at("/total")) == doctest::Approx(2 * 1.8));
    CHECK(std::stod(first.at("/land_use")) == doctest::Approx(2 * 0.1));
    CHECK(std::stod(first.at("/fossil")) == doctest::Approx(2 * 1.7)); // what the total says beyond the other parts
    CHECK(first.at("/factors/0/kind") == "supplier");
    CHECK(first.at("/factors/0/name") == "Mill: Coil");
    CHECK(first.at("/factors/0/received") == received);
    CHECK(first.at("/factors/0/source").find("Checker of steel") != std::string::npos);
    CHECK(std::stod(first.at("/factors/0/quality")) == doctest::Approx(1.5));
    CHECK(std::stod(first.at("/quality")) == doctest::Approx(1.5));
    CHECK(std::stod(first.at("/primary_share")) == doctest::Approx(0.8));
    CHECK(first.body.find("factor_gwp: Mill: Coil ar5") != std::string::npos);
    const std::string changes = "/footprints/" + first.at("/id") + "/changes";
    CHECK(std::stod(it.manager->get(changes).at("/difference")) == 0);
    // A newer one in its place: the kept result repeats, today's is another, and the next footprint says so.
    it.partner.shown = steel("eeeeeeee-3c58-4c0e-9a0b-5d0f4c1b7a10", "1600", "dddddddd-3c58-4c0e-9a0b-5d0f4c1b7a10");
    pull();
    const Answer changed = it.manager->get(changes);
    CHECK(changed.at("/repeated") == "true");
    CHECK(std::stod(changed.at("/difference")) == doctest::Approx(-0.4));
    CHECK(changed.at("/factors/0/now/name") == "Mill: Coil");
    const Answer second = footprint();
    CHECK(std::stod(second.at("/total")) == doctest::Approx(2 * 1.6));
    CHECK(second.body.find("factor_newer") != std::string::npos);
    // Nobody else computes with it, nor sees it.
    CHECK(it.all->other_manager.get("/received-footprints/" + received).status == 404);
    const std::string theirs = create(it.all->other_manager, "/product-systems", body("kg", ""));
    const Answer refused = it.all->other_manager.get("/product-systems/" + theirs + "/check");
    CHECK(refused.status == 404);
    CHECK(refused.code() == "footprint.received_gone");
}

} // namespace greenbank::testing
