// conference_2017_test.cpp — the conference of 2017 entered as it was: 35 events, 8 roadshows with 51 projects worth 42.916 bn yuan, 9 strategic agreements,
// 13 industry projects of more than 30 bn yuan of which more than 13 bn within three years, four technology-release spaces (facts.md §4.1, S00-1).
// Single amounts are not public: those here are sample splits that come to the published totals, and are marked so.
#include "cast.h"

namespace greenbank::testing {

namespace {

constexpr const char* source = "News report of the 2017 conference (facts.md S00-1)";

std::string yuan(std::int64_t cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

/// `total` in `parts` unequal pieces that come to it exactly.
std::vector<std::int64_t> split(std::int64_t total, int parts) {
    std::vector<std::int64_t> pieces;
    const std::int64_t weights = static_cast<std::int64_t>(parts) * (parts + 1) / 2;
    for (int i = 1; i < parts; ++i) pieces.push_back(total / weights * i / 1'000'000 * 1'000'000);
    std::int64_t rest = total;
    for (const std::int64_t piece : pieces) rest -= piece;
    pieces.push_back(rest);
    return pieces;
}

} // namespace

TEST_CASE("the conference of 2017 is entered as it was, and the reports give its totals back") {
    Cast& all = cast();
    Visitor& officer = all.officer;
    constexpr std::int64_t roadshow_total = 42'916'000'000'00, industry_total = 30'000'000'000'00, in_three_years = 13'000'000'000'00;
    const std::string event = create(officer, "/events",
        fmt::format(
            R"({{"title":{{"zh":"2017国际低碳（镇江）大会","en":"International low-carbon conference, Zhenjiang 2017","ru":"Международная низкоуглеродная конференция, Чжэньцзян, 2017"}},"kind":"conference","country":"CN","city":{{"en":"Zhenjiang"}},"first_day":"2017-09-01","last_day":"2017-09-30","source":"{0}",
"published_figures":[{{"measure":"sub_events","count":35,"source":"{0}"}},{{"measure":"roadshows","count":8,"source":"{0}"}},{{"measure":"roadshow_projects","count":51,"source":"{0}"}},
{{"measure":"roadshow_amount","amount":{{"amount":"{1}","currency":"CNY"}},"source":"{0}"}},{{"measure":"strategic_agreements","count":9,"source":"{0}"}},{{"measure":"industry_projects","count":13,"source":"{0}"}},
{{"measure":"industry_amount","comparison":"at_least","amount":{{"amount":"{2}","currency":"CNY"}},"source":"{0}"}},{{"measure":"invested_amount_planned","comparison":"at_least","amount":{{"amount":"{3}","currency":"CNY"}},"source":"{0}"}},
{{"measure":"release_spaces","count":4,"source":"{0}"}}]}})",
            source, yuan(roadshow_total), yuan(industry_total), yuan(in_three_years)));
    REQUIRE(officer.post("/events/" + event + "/step", R"({"action":"publish"})").status == 200);
    for (int i = 1; i <= 4; ++i)
        create(officer, "/halls", fmt::format(R"({{"event":"{}","name":{{"en":"Technology-release space {}"}},"kind":"release_space"}})", event, i));
    std::vector<std::string> roadshows;
    for (int i = 1; i <= 35; ++i) {
        const char* kind = i <= 8    ? "roadshow"
                           : i == 9  ? "plenary"
                           : i == 10 ? "exhibition"
                           : i <= 14 ? "technology_release"
                           : i == 15 ? "signing_ceremony"
                                     : "parallel_forum";
        const std::string id =
            create(officer, "/sub-events", fmt::format(R"({{"event":"{}","kind":"{}","title":{{"en":"Event {}"}},"source":"{}"}})", event, kind, i, source));
        if (i <= 8) roadshows.push_back(id);
    }
    const std::vector<std::int64_t> amounts = split(roadshow_total, 51);
    for (std::size_t i = 0; i < 51; ++i)
        create(officer, "/roadshow-slots",
            fmt::format(
                R"({{"event":"{}","sub_event":"{}","number":{},"title":{{"en":"Roadshow project {}"}},"amount":{{"amount":"{}","currency":"CNY"}},"standing":"sample"}})",
                event, roadshows[i % 8], i / 8 + 1, i + 1, yuan(amounts[i])));
    const auto sign = [&](const std::string& kind, int number, const std::string& more) {
        const std::string id = create(officer, "/signings",
            fmt::format(
                R"({{"event":"{}","kind":"{}","title":{{"en":"{} {}"}},"country":"CN","parties":[{{"name":{{"en":"City"}},"country":"CN"}},{{"name":{{"en":"Partner {}"}},"country":"CN"}}],"standing":"sample"{}}})",
                event, kind, kind, number, number, more));
        const Answer put = officer.post("/signings/" + id + "/sign", R"({"signed_at":"2017-09-15T02:00:00Z"})");
        REQUIRE_MESSAGE(put.status == 200, put.body);
    };
    for (int i = 1; i <= 9; ++i) sign("strategic_agreement", i, "");
    const std::vector<std::int64_t> projects = split(industry_total, 13), planned = split(in_three_years, 13);
    for (int i = 0; i < 13; ++i)
        sign("industry_project", i + 1,
            fmt::format(
                R"(,"amount":{{"amount":"{}","currency":"CNY"}},"planned":[{{"stage":"invested","due_on":"2020-09-15","amount":{{"amount":"{}","currency":"CNY"}}}}])",
                yuan(projects[static_cast<std::size_t>(i)]), yuan(planned[static_cast<std::size_t>(i)])));

    const Answer overview = all.nobody.get("/events/" + event + "/overview");
    CHECK(overview.number("/sub_events") == 35);
    CHECK(overview.number("/roadshows") == 8);
    CHECK(overview.number("/roadshow_projects") == 51);
    CHECK(overview.at("/roadshow_amounts") == R"([{"amount":"42916000000.00","currency":"CNY"}])");
    CHECK(overview.number("/agreements") == 9);
    CHECK(overview.number("/signings") == 22);
    CHECK(overview.at("/signed_amounts") == R"([{"amount":"30000000000.00","currency":"CNY"}])");
    CHECK(overview.number("/release_spaces") == 4);
    REQUIRE(overview.size("/figures") == 9);
    for (std::size_t i = 0; i < 9; ++i) {
        const std::string at = fmt::format("/figures/{}", i);
        CHECK_MESSAGE(overview.at(at + "/holds") == "true", overview.at(at));
        CHECK(!overview.at(at + "/source").empty());
        if (!overview.at(at + "/entered_amount").empty()) CHECK(overview.at(at + "/split") == "true"); // never shown as if it were public
    }
    const Answer board = all.nobody.get("/events/" + event + "/board");
    CHECK(board.number("/signed_count") == 22);
    CHECK(board.at("/amounts/0/amount") == "30000000000.00");

    // Three years later nothing had been entered of what was promised: it is overdue to the last yuan, and says so.
    const Answer report = all.nobody.get("/promise-report?event=" + event + "&day=2020-12-31");
    CHECK(report.at("/totals/signed_amount/amount") == "30000000000.00");
    CHECK(report.number("/totals/signings") == 13);
    CHECK(report.number("/without_amount") == 9);
    CHECK(report.at("/sample") == "true");
    REQUIRE(report.size("/overdue") == 13);
    std::int64_t missing = 0;
    for (const std::string& one : report.all("/overdue", "/missing/amount")) missing += std::stoll(one.substr(0, one.size() - 3));
    CHECK(missing == 13'000'000'000);
    CHECK(all.nobody.get("/promise-report?event=" + event + "&day=2020-09-15").size("/overdue") == 0);
    const Answer paper = all.nobody.get("/events/" + event + "/proceedings");
    CHECK(paper.body.starts_with("%PDF"));
}

} // namespace greenbank::testing
