// cross_border_test.cpp — zones that share energy: entered, computed, changed and computed anew, copied, exported; what contradicts itself; who sees them.
#include <cmath>

#include "cast.h"

namespace greenbank::testing {

namespace {

/// Two zones and a tie: the second one has too little of its own.
std::string two_zones(int tie, int demand = 80) {
    return fmt::format(
        R"({{"name":"two","hours":2,"compensation_price":100,"zones":[{{"name":"North","demand":[100],"offers":[{{"name":"coal","capacity":[150],"price":30,"carbon":0.9}}]}},
{{"name":"South","demand":[{},40],"offers":[{{"name":"hydro","capacity":[50],"price":5}}]}}],"ties":[{{"name":"line","from":"North","to":"South","forward":{},"backward":10}}]}})",
        demand, tie);
}

std::string body(const std::string& sharing) { return R"({"title":{"en":"Two zones"},"starts_at":"2026-01-01T00:00:00Z","sharing":)" + sharing + "}"; }

Answer computed(Visitor& visitor, const std::string& path) {
    const Answer asked = visitor.get(path);
    const Answer job = wait_for_job(visitor, asked.at("/job"), 60);
    CHECK_MESSAGE(job.at("/state") == "done", job.body);
    return visitor.get(path);
}

double figure(const Answer& answer, const std::string& pointer) { return std::stod(answer.at(pointer)); }

} // namespace

TEST_CASE("two zones exchange what is cheaper; a narrow tie leaves one short, and the emergency plan shares it") {
    Cast& all = cast();
    const std::string path = "/cross-border-studies/" + create(all.editor, "/cross-border-studies", body(two_zones(40)));
    const Answer wide = computed(all.editor, path);
    CHECK(wide.at("/state") == "done");
    CHECK(figure(wide, "/result/unserved") == 0);
    CHECK(wide.at("/result/emergency").empty());
    CHECK(std::abs(figure(wide, "/result/exchange/ties/0/forward") - 30) < 1e-6); // the second hour needs nothing
    CHECK(std::abs(figure(wide, "/result/exchange/zones/1/carbon_used") - 30 * 0.9) < 1e-6);
    CHECK(wide.at("/result/exchange/imports/0/from") == "South"); // in the second hour water goes north
    CHECK(std::abs(figure(wide, "/result/exchange/imports/0/energy") - 10) < 1e-6);
    CHECK(wide.at("/result/exchange/imports/1/from") == "North");
    CHECK(wide.at("/version") == "1"); // a result is no change of what was entered
    CHECK(wide.at("/result/adequacy/tightest_hour") == "1");

    const Answer changed = all.editor.patch(path, R"({"sharing":)" + two_zones(10) + "}");
    REQUIRE_MESSAGE(changed.status == 200, changed.body);
    CHECK(changed.at("/state") == "queued");
    const Answer narrow = computed(all.editor, path);
    CHECK(std::abs(figure(narrow, "/result/unserved") - 20) < 1e-6);
    CHECK(narrow.at("/result/adequacy/zones/1/level") == "emergency");
    CHECK(narrow.at("/result/emergency/rule") == "equal_share");
    CHECK(figure(narrow, "/result/emergency/shortage/1/protected_unserved") < 1e-6);

    const Answer hours = all.editor.get(path + "/hours");
    CHECK(hours.status == 200);
    CHECK_MESSAGE(hours.body.find("North price") != std::string::npos, hours.body);
    const Answer exported = all.editor.get(path + "/case");
    CHECK(exported.at("/ties/0/forward") == "10");
    const Answer copy = all.editor.post(path + "/copy", "{}");
    CHECK(copy.status == 201);
    CHECK(all.editor.remove(path).status == 204);
    CHECK(all.editor.get(path).status == 404);
}

TEST_CASE("what contradicts itself is named; a month is the most; samples are everybody's, others' cases are not") {
    Cast& all = cast();
    const Answer wrong =
        all.editor.post("/cross-border-studies", body(R"({"name":"x","hours":2,"zones":[{"name":"a","demand":[1,2,3]},{"name":"a","demand":[-1],"latitude":4}],
"ties":[{"name":"t","from":"a","to":"b","forward":1,"backward":1}]})"));
    CHECK(wrong.status == 422);
    for (const std::string code : {"planning.sharing_length", "planning.name_twice", "planning.sharing_value", "planning.sharing_zone", "site.half_a_place"})
        CHECK_MESSAGE(wrong.body.find(code) != std::string::npos, code, " is missing in ", wrong.body);
    CHECK(all.editor.post("/cross-border-studies", body(R"({"name":"x","hours":8784,"zones":[{"name":"a","demand":[1]}]})"))
              .body.find("planning.sharing_hours") != std::string::npos);
    CHECK(
        all.editor.post("/cross-border-studies", R"({"title":{"en":"x"},"starts_at":"2026-01-01T00:00:00Z","sharing":{"name":"x","zones":[]}})").status == 422);
    const std::string path = "/cross-border-studies/" + create(all.editor, "/cross-border-studies", body(two_zones(40)));
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.other_manager.remove(path).status == 404);
}

} // namespace greenbank::testing
