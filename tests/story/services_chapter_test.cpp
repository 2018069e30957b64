// services_chapter_test.cpp — beside the chapters: the island asked for advice on its microgrid before it signed anything; hours, points and satisfaction agree everywhere.
#include <algorithm>

#include "cast.h"

namespace greenbank::testing {

TEST_CASE("the island's request for advice was judged, planned, worked on and rated, and its figures agree") {
    Cast& all = cast();
    Visitor& desk = all.officer;
    const std::string path = "/service-requests/request_sample_island_microgrid";
    CHECK(all.nobody.get(path).status == 401);
    CHECK(all.manager.get(path).status == 404); // the cast's island is another organisation
    const Answer request = desk.get(path);
    REQUIRE_MESSAGE(request.status == 200, request.body);
    CHECK(request.at("/service_request/need") == "need_sample_island_power");
    CHECK(request.at("/service_request/state") == "delivered");
    CHECK(request.number("/service_request/satisfaction") == 5);
    for (const std::string& met : request.all("/eligibility", "/met")) CHECK(met == "true");

    std::int64_t points = 0;
    for (const std::string& one : request.all("/service_request/score", "/points")) points += std::stoll(one);
    CHECK(points == request.number("/service_request/score_points"));

    double hours = 0;
    for (const std::string& one : desk.get("/work-entries?limit=500&request=request_sample_island_microgrid").all("/items", "/hours")) hours += std::stod(one);
    CHECK(hours == 46.5);
    CHECK(std::stod(request.at("/hours_worked")) == hours);
    std::int64_t planned = 0, costing = 0;
    for (std::size_t i = 0; i < request.size("/service_request/plan"); ++i) {
        const std::int64_t one = request.number(fmt::format("/service_request/plan/{}/hours", i));
        planned += one;
        costing += request.at(fmt::format("/service_request/plan/{}/responsible", i)) == "asker" ? 0 : one;
    }
    CHECK(planned == request.number("/hours_planned"));
    CHECK(request.at("/service_request/budget/amount") == fmt::format("{}.00", costing * 600));

    const Answer standing = all.nobody.get("/services/service_sample_microgrid_consulting/standing");
    CHECK(standing.number("/done") == 1);
    CHECK(standing.number("/satisfaction") == 5);
    const Answer overview = desk.get("/services-overview");
    double of_kinds = 0, of_countries = 0;
    for (const std::string& one : overview.all("/kinds", "/hours")) of_kinds += std::stod(one);
    for (const std::string& one : overview.all("/countries", "/hours")) of_countries += std::stod(one);
    CHECK(of_kinds == std::stod(overview.at("/hours")));
    CHECK(of_countries == of_kinds);
    std::int64_t rated = 0;
    for (const std::string& one : overview.all("/ratings", "")) rated += std::stoll(one);
    CHECK(rated == overview.number("/rated"));
}

TEST_CASE("the sample's queue takes its round by the rules, and the ranks that were given are those of the engine") {
    Visitor& desk = cast().officer;
    const Answer queue = desk.get("/service-queue");
    REQUIRE(queue.size("/items") >= 4);
    CHECK(queue.at("/items/0/id") == "request_sample_samoa_mangrove");
    for (std::size_t i = 0; i < queue.size("/items"); ++i) {
        const std::string at = fmt::format("/items/{}", i);
        CHECK(queue.number(at + "/rank") == static_cast<std::int64_t>(i) + 1);
        std::int64_t sum = 0;
        for (const std::string& points : queue.all(at + "/score", "/points")) sum += std::stoll(points);
        CHECK(sum == queue.number(at + "/score_points"));
    }
    // Before the last one became eligible, the three ranked ones had these places: the sample was made by the same rules.
    CHECK(desk.get("/service-requests/request_sample_samoa_mangrove").number("/service_request/rank") == 1);
    CHECK(desk.get("/service-requests/request_sample_samoa_mangrove").number("/service_request/score_points") == queue.number("/items/0/score_points"));
}

} // namespace greenbank::testing
