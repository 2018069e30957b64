// dzn_test.cpp — what is wrong in a .dzn file is said with its line; the public instances can be read.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "events/meetings/dzn.h"
#include "events/meetings/records.h"

namespace greenbank::events::meetings {

namespace {

const std::string good = R"(nBusiness = 3;
nMeetings = 2;
nTables = 1; % a remark
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2,3,
|2, 3,1,
|];
meetingsxBusiness = [{1,2},
{1,2,3},{1,3}];
nMeetingsBusiness = [1,2,1];
forbidden = [{0},{4},{}];
fixed = [0,2];
precedences = [{},{1}];
)";

std::string with(const std::string& what, const std::string& instead) {
    std::string text = good;
    REQUIRE(text.find(what) != std::string::npos);
    return text.replace(text.find(what), what.size(), instead);
}

void check_refused(const std::string& text, const std::string& place, const std::string& code) {
    const auto read = read_dzn(text);
    INFO(text);
    REQUIRE(!read);
    REQUIRE(!read.error().problems.empty());
    CHECK(read.error().problems[0].field == place);
    CHECK(read.error().problems[0].code == code);
}

} // namespace

TEST_CASE("a small instance is read as it stands") {
    const auto read = read_dzn(good);
    REQUIRE(read);
    const Instance& instance = read.value();
    CHECK(instance.participants() == 3);
    CHECK(instance.slots == 4);
    CHECK(instance.requests[0].session == -1);
    CHECK(instance.requests[1].session == 0);
    CHECK(instance.requests[1].fixed_slot == 1);
    CHECK(instance.forbidden[1][3]);
    CHECK(!instance.forbidden[0][0]);
    REQUIRE(instance.precedences.size() == 1);
    CHECK(instance.precedences[0].before == 0);
    const auto back = to_instance(to_file(instance));
    REQUIRE(back);
    CHECK(allowed_slots(back.value()) == allowed_slots(instance));
}

TEST_CASE("each fault has its line and its code") {
    check_refused("", "nBusiness", "meetings.dzn_missing");
    check_refused(with("nTables = 1;", "nTables = 0;"), "line 3", "meetings.dzn_range");
    check_refused(with("nTables = 1;", "nTables = 99999999999999999999;"), "line 3", "meetings.dzn_range");
    check_refused(with("nTables = 1;", "nTables = x;"), "line 3", "meetings.dzn_syntax");
    check_refused(with("nTables = 1;", "nTables = 1"), "line 4", "meetings.dzn_syntax");
    check_refused(with("nTables = 1;", "nTables = [1];"), "line 3", "meetings.dzn_shape");
    check_refused(with("nTables = 1;", "nTables = 1; nTables = 1;"), "line 3", "meetings.dzn_repeated");
    check_refused(with("nTables = 1;", "nTables = 1; nChairs = 1;"), "line 3", "meetings.dzn_unknown");
    check_refused(with("|2, 3,1,", "|2, 3,"), "line 7", "meetings.dzn_row");
    check_refused(with("|2, 3,1,", "|2, 4,1,"), "line 7", "meetings.dzn_range");
    check_refused(with("|2, 3,1,", "|2, 2,1,"), "line 7", "meetings.dzn_self");
    check_refused(with("|2, 3,1,", "|2, 3,4,"), "line 7", "meetings.dzn_range");
    check_refused(with("nMeetings = 2", "nMeetings = 3"), "line 6", "meetings.dzn_length");
    check_refused(with("{1,2,3}", "{1,2}"), "line 10", "meetings.dzn_disagree");
    check_refused(with("[1,2,1]", "[1,1,1]"), "line 11", "meetings.dzn_disagree");
    check_refused(with("{4}", "{5}"), "line 12", "meetings.dzn_range");
    check_refused(with("fixed = [0,2]", "fixed = [0,-2]"), "line 13", "meetings.dzn_range");
    check_refused(with("[{},{1}]", "[{},{3}]"), "line 14", "meetings.dzn_range");
    check_refused(with("precedences", "\xff"), "line 14", "meetings.dzn_syntax");
}

TEST_CASE("the public instances are read whole") {
    const std::filesystem::path folder = "../shared/data/meetings";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: ", folder.string(), " is not here");
        return;
    }
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".dzn") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        const auto read = read_dzn(text.str());
        REQUIRE_MESSAGE(read, entry.path().string());
        CHECK(read.value().requests.size() >= 125);
        CHECK(to_instance(to_file(read.value())));
        ++count;
    }
    CHECK(count == 8);
}

} // namespace greenbank::events::meetings
