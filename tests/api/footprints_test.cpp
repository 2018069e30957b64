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
