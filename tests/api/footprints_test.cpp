// footprints_test.cpp — a product is entered, computed by a job, repeated, and labelled over two strangers; factors and files of others.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string system_body() {
    return R"x({"title":{"en":"A brick"},"product":"brick","amount":1,"unit":"kg","product_class":"","area":"CN-ZJ","activity_on":"2022-06-01","gwp":"ar5",)x"
           R"x("parameters":[{"name":"power","value":2}],"scenarios":[{"name":"less","values":[{"name":"power","value":1}]}],"processes":[)x"
           R"x({"name":"pressing","exchanges":[{"direction":"reference","flow":"brick","amount":1},)x"
           R"x({"direction":"input","flow":"electricity","formula":"power","unit":"kWh","factor":"grid_average","pedigree":"(1;2;3;2;1)","primary":true},)x"
           R"x({"direction":"output","flow":"CH4 biogenic","kind":"elementary","amount":0.01},{"direction":"input","flow":"clay","amount":1.2}]}]})x";
}

struct Scene {
    Cast all{std::vector<std::string>{"--sample"}};
    Visitor reviewer = all.visitor(), verifier = all.visitor();
    std::string reviewers, verifiers;

    Scene() {
        reviewers = enter_organisation(all.administrator, "Reviewers of the test", "assessor");
        verifiers = enter_organisation(all.administrator, "Verifiers of the test", "assessor");
        join(all.administrator, reviewer, "manager@reviewers.test", "manager", reviewers);
        join(all.administrator, verifier, "manager@verifiers.test", "manager", verifiers);
    }
    std::string footprint(const std::string& system, const std::string& order = R"({"samples":200,"seed":7})") {
        const Answer job = all.manager.post("/product-systems/" + system + "/footprints", order);
        REQUIRE_MESSAGE(job.status == 200, job.body);
        wait_for_job(all.manager, job.at("/id"));
        const Answer done = all.manager.get("/jobs/" + job.at("/id"));
        REQUIRE_MESSAGE(done.at("/state") == "done", done.body);
        const std::string result = done.at("/result");
        const auto from = result.find("footprint_");
        return result.substr(from, result.find('"', from) - from);
    }
};

} // namespace

TEST_CASE("a footprint says its factors, its parts and its interval, and repeats") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    const std::string system = create(owner, "/product-systems", system_body());
    CHECK(scene.all.other_manager.get("/product-systems/" + system).status == 404);
    const Answer check = owner.get("/product-systems/" + system + "/check");
    REQUIRE_MESSAGE(check.status == 200, check.body);
    CHECK(check.size("/missing") == 1); // clay
    CHECK(check.at("/cut_off_kept") == "false");
    const std::string path = "/footprints/" + scene.footprint(system);
    const Answer footprint = owner.get(path);
    REQUIRE(footprint.status == 200);
    CHECK(std::stod(footprint.at("/total")) == doctest::Approx(2 * 0.5153 + 0.01 * 28)); // Zhejiang 2022, AR5
    CHECK(std::stod(footprint.at("/biogenic")) == doctest::Approx(0.28));
    CHECK(footprint.at("/factors/0/edition") == "2022");
    CHECK(footprint.at("/factors/0/area") == "CN-ZJ");
    CHECK(footprint.at("/drawn/samples") == "200");
    CHECK(std::stod(footprint.at("/drawn/low")) < std::stod(footprint.at("/total")));
    CHECK(std::stod(footprint.at("/scenarios/0/amount")) == doctest::Approx(0.5153 + 0.28));
    CHECK(footprint.size("/flows") >= 1);
    CHECK(owner.get("/footprints/" + scene.footprint(system)).at("/drawn/mean") == footprint.at("/drawn/mean")); // the same seed
    CHECK(std::stod(owner.get("/footprints/" + scene.footprint(system, R"({"samples":0,"scenario":"less"})")).at("/total")) == doctest::Approx(0.5153 + 0.28));
    // Held against itself with less power: what both use is the same power, so the order never turns.
    const std::string less = "/footprints/" + scene.footprint(system, R"({"scenario":"less","samples":0})"), one = path.substr(path.rfind('/') + 1);
    const Answer held = owner.get(less + "/comparison?with=" + one + "&samples=500");
    REQUIRE_MESSAGE(held.status == 200, held.body);
    CHECK(std::stod(held.at("/first_lower")) == 1);
    CHECK(std::stod(held.at("/second")) == doctest::Approx(std::stod(footprint.at("/total"))));
    CHECK(held.size("/common") == 1);
    CHECK(owner.get(less + "/comparison?with=footprint_nobody").faulty_fields() == std::vector<std::string>{"with"});
    CHECK(scene.all.other_manager.get(less + "/comparison?with=" + one).status == 404);
    Answer changes = owner.get(path + "/changes");
    REQUIRE_MESSAGE(changes.status == 200, changes.body);
    CHECK(changes.at("/repeated") == "true");
    CHECK(std::stod(changes.at("/difference")) == 0);
    // A newer edition of the factor: the difference is shown, the footprint stays.
    const std::string newer =
        R"({"kind":"grid_average","subject":"electricity","title":{"en":"corrected"},"area":"CN-ZJ","valid_from":"2022-01-01","valid_until":"2022-12-31","edition":"2022 b","published":"2026-01-01","value":0.6153,"per":"kWh","status":"official","source":"a test"})";
    CHECK(owner.post("/emission-factors", newer).status == 403); // official by the bank only
    create(scene.all.officer, "/emission-factors", newer);
    changes = owner.get(path + "/changes");
    CHECK(changes.at("/repeated") == "true");
    CHECK(std::stod(changes.at("/difference")) == doctest::Approx(0.2));
    CHECK(changes.at("/factors/0/now/edition") == "2022 b");
    CHECK(owner.get(path).at("/total") == footprint.at("/total"));
}

TEST_CASE("what is wrong with a system is said, and nothing is kept") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    CHECK(owner.post("/product-systems", R"({"title":{"en":"x"},"product":"x","activity_on":"2022-01-01","processes":[]})").status == 422);
    const auto broken = [&](const std::string& exchanges) {
        const std::string system = create(owner, "/product-systems",
            R"({"title":{"en":"x"},"product":"x","activity_on":"2022-01-01","parameters":[{"name":"a","value":0,"formula":"b"},{"name":"b","value":0,"formula":"a"}],"processes":[{"name":"p","exchanges":[{"direction":"reference","flow":"x","amount":1},)" +
                exchanges + "]}]}");
        const Answer check = owner.get("/product-systems/" + system + "/check");
        return fmt::format("{} {}", check.status, check.body);
    };
    CHECK(broken(R"({"direction":"input","flow":"y","formula":"a"})").find("formula.recursion") != std::string::npos);
    CHECK(broken(R"({"direction":"input","flow":"y","formula":"nothing"})").find("formula.unknown") != std::string::npos);
    CHECK(broken(R"({"direction":"input","flow":"electricity","unit":"kg","amount":1,"factor":"grid_average"})").find("footprint.unit") != std::string::npos);
    CHECK(broken(R"({"direction":"input","flow":"moon dust","amount":1,"factor":"material"})").find("factor.none") != std::string::npos);
    const Answer loop = owner.get(
        "/product-systems/" +
        create(owner, "/product-systems",
            R"({"title":{"en":"x"},"product":"x","activity_on":"2022-01-01","processes":[{"name":"p","exchanges":[{"direction":"reference","flow":"x","amount":1},{"direction":"input","flow":"x","amount":1}]}]})") +
        "/check");
    CHECK(loop.at("/solvable") == "false");
}

TEST_CASE("files come in by a job: what would do harm, is too much or makes no sense is said, and nothing of it is kept") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    const auto count = [&] { return owner.get("/product-systems").at("/total"); };
    const auto import = [&](const std::string& name, const std::string& bytes) {
        const Answer file = owner.post("/files", fmt::format(R"({{"name":"{}","content_type":"application/octet-stream","bytes":{}}})", name, bytes.size()));
        REQUIRE_MESSAGE(file.status == 201, file.body);
        constexpr std::size_t part = 512 * 1024;
        for (std::size_t number = 0; number * part < bytes.size(); ++number) {
            owner.content_type = "application/octet-stream";
            const Answer sent = owner.post(fmt::format("/files/{}/parts/{}", file.at("/id"), number), bytes.substr(number * part, part));
            owner.content_type = "application/json";
            REQUIRE_MESSAGE(sent.status < 300, sent.body);
        }
        const Answer job = owner.post("/product-system-imports", fmt::format(R"({{"file":"{}","area":"CN-ZJ","activity_on":"2022-06-01"}})", file.at("/id")));
        REQUIRE_MESSAGE(job.status == 200, job.body);
        return wait_for_job(owner, job.at("/id"));
    };
    const std::string before = count();
    const Answer kelp = owner.get("/product-systems/product_sample_dried_kelp/export?format=ecospold2");
    REQUIRE(kelp.body.starts_with("PK"));
    // The name of an entry that climbs out, as long as the one that it takes the place of.
    std::string slip = kelp.body;
    const std::size_t name = slip.find(".spold") - 12;
    const std::string old = slip.substr(name, 12);
    for (std::size_t at = 0; (at = slip.find(old, at)) != std::string::npos; at += 12) slip.replace(at, 12, "../../../a/b");
    std::string many = "process,flow,direction,amount,unit\n";
    for (int i = 0; i < 11'000; ++i) many += fmt::format("p{0},good {0},reference,1,kg\np{0},CO2 fossil,output,1,kg\n", i);
    const std::pair<std::string, std::string> bad[] = {{"slip.zip", slip}, {"torn.zip", kelp.body.substr(0, kelp.body.size() / 2)},
        {"words.zip", "PK\x03\x04 nothing"},
        {"laughs.spold", R"(<!DOCTYPE x [<!ENTITY a "b">]><ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02">&a;</ecoSpold>)"},
        {"nan.spold",
            R"(<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription><activity id="a"><activityName>a</activityName></activity></activityDescription><flowData><intermediateExchange intermediateExchangeId="b" amount="NaN"><name>b</name><unitName>kg</unitName><outputGroup>0</outputGroup></intermediateExchange></flowData></activityDataset></ecoSpold>)"},
        {"many.csv", many}, {"empty.json", "{}"}};
    for (const auto& [file, bytes] : bad) {
        CAPTURE(file);
        const Answer ended = import(file, bytes);
        CHECK_MESSAGE(ended.at("/state") == "failed", ended.body);
        CHECK(ended.at("/error").size() > 20);
        CHECK_MESSAGE(ended.at("/error").find("/tmp") == std::string::npos, ended.at("/error"));
        if (file == "laughs.spold") CHECK_MESSAGE(ended.at("/error").find(file) != std::string::npos, ended.at("/error"));
    }
    CHECK(count() == before);
    const Answer whole = import("kelp.zip", kelp.body);
    REQUIRE_MESSAGE(whole.at("/state") == "done", whole.body);
    CHECK(whole.number("/total") > 0);
    const std::string result = whole.at("/result");
    const auto from = result.find("product_system\":\"") + 17;
    const std::string made = result.substr(from, result.find('"', from) - from);
    CHECK(owner.get("/product-systems/" + made).at("/processes/0/name").size() > 0);
    CHECK(scene.all.other_manager.get("/product-systems/" + made).status == 404);
}

TEST_CASE("a system goes out in every format and comes in again") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    for (const std::string format : {"json_ld", "ecospold1", "ecospold2", "ilcd", "csv", "xlsx"}) {
        CAPTURE(format);
        const Answer file = owner.get("/product-systems/product_sample_dried_kelp/export?format=" + format);
        REQUIRE(file.status == 200);
        CHECK(file.body.size() > 500);
    }
}

TEST_CASE("a label's number is used once, whatever becomes of its label") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    const auto published = [&](const std::string& system) {
        const std::string footprint = scene.footprint(system, R"({"samples":0})");
        const std::string path =
            "/carbon-labels/" + create(owner, "/carbon-labels",
                                    fmt::format(R"({{"footprint":"{}","reviewer":"{}","verifier":"{}"}})", footprint, scene.reviewers, scene.verifiers));
        REQUIRE(owner.post(path + "/submit").status == 200);
        // Who judges sees what is behind it, from now on.
        REQUIRE(scene.reviewer.get("/footprints/" + footprint).status == 200);
        REQUIRE(scene.reviewer.get("/product-systems/" + system).status == 200);
        REQUIRE(scene.reviewer.post(path + "/review", R"({"comment":"Looked at."})").status == 200);
        REQUIRE(scene.verifier.post(path + "/verify", R"({"comment":"Recomputed."})").status == 200);
        const Answer label = owner.post(path + "/publish");
        REQUIRE_MESSAGE(label.status == 200, label.body);
        return label.at("/number");
    };
    const std::string system = create(owner, "/product-systems", system_body());
    CHECK(scene.reviewer.get("/product-systems/" + system).status == 404);
    const std::string first = published(system);
    CHECK(first.ends_with("-000001")); // numbers of the sample bank are of another series
    const Answer removed = scene.all.administrator.post("/sample/remove");
    REQUIRE_MESSAGE(removed.status < 300, removed.body);
    if (!removed.at("/id").empty()) wait_for_job(scene.all.administrator, removed.at("/id"));
    // Warming potentials went with the sample bank.
    create(scene.all.officer, "/emission-factors",
        R"({"kind":"warming","subject":"CH4","title":{"en":"GWP"},"gas":"CO2e","gwp":"ar5","area":"WORLD","valid_from":"1990-01-01","valid_until":"2100-12-31","edition":"AR5","published":"2014-01-01","value":28,"per":"kg","status":"official","source":"IPCC"})");
    create(scene.all.officer, "/emission-factors",
        R"({"kind":"grid_average","subject":"electricity","title":{"en":"grid"},"area":"CN-ZJ","valid_from":"2022-01-01","valid_until":"2022-12-31","edition":"2022","published":"2024-01-01","value":0.5153,"per":"kWh","status":"official","source":"MEE"})");
    CHECK(published(create(owner, "/product-systems", system_body())).ends_with("-000002"));
}

TEST_CASE("a label is made by its owner, reviewed and verified by strangers, published with proof, and withdrawn") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    const std::string system = create(owner, "/product-systems", system_body());
    const std::string footprint = scene.footprint(system);
    const auto body = [&](const std::string& reviewer, const std::string& verifier) {
        return fmt::format(R"({{"footprint":"{}","reviewer":"{}","verifier":"{}"}})", footprint, reviewer, verifier);
    };
    CHECK(owner.post("/carbon-labels", body(scene.all.organisation, scene.verifiers)).status == 422);
    const std::string path = "/carbon-labels/" + create(owner, "/carbon-labels", body(scene.reviewers, scene.verifiers));
    CHECK(scene.all.nobody.get(path).status == 404);
    CHECK(owner.post(path + "/publish").status == 409);
    CHECK(owner.post(path + "/review", R"({"comment":"x"})").status != 200);
    REQUIRE(owner.post(path + "/submit").status == 200);
    CHECK(scene.verifier.post(path + "/verify", R"({"comment":"x"})").status == 409);
    CHECK(scene.reviewer.post(path + "/review").status == 422); // says nothing
    REQUIRE(scene.reviewer.post(path + "/review", R"({"comment":"Boundary, data and allocation were looked at."})").status == 200);
    REQUIRE(scene.verifier.post(path + "/verify", R"({"comment":"Recomputed from the kept factors."})").status == 200);
    const Answer published = owner.post(path + "/publish", R"({"months":24})");
    REQUIRE_MESSAGE(published.status == 200, published.body);
    CHECK(published.at("/number").starts_with("CFP-"));
    const Answer seen = scene.all.nobody.get(path);
    REQUIRE(seen.status == 200);
    CHECK(seen.at("/valid") == "true");
    CHECK(seen.at("/carbon_label/value") == owner.get("/footprints/" + footprint).at("/total"));
    CHECK(scene.all.nobody.get(path + "/svg").body.find(published.at("/number")) != std::string::npos);
    CHECK(scene.all.nobody.get(path + "/pdf").body.starts_with("%PDF"));
    CHECK(owner.remove("/product-systems/" + system).status == 409);
    const Answer proof = scene.all.nobody.get("/log/proof?code=" + published.at("/proof"));
    REQUIRE_MESSAGE(proof.status == 200, proof.body);
    CHECK(proof.body.find(published.at("/number")) != std::string::npos);
    CHECK(owner.post(path + "/withdraw").status == 422);
    REQUIRE(owner.post(path + "/withdraw", R"({"comment":"A meter was wrong."})").status == 200);
    CHECK(scene.all.nobody.get(path).at("/valid") == "false");
}

} // namespace greenbank::testing
