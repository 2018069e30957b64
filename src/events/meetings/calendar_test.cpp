// calendar_test.cpp — what a calendar program reads, and the clock of a place.
#include "events/meetings/calendar.h"

#include <doctest/doctest.h>

#include "events/forum/local_time.h"
#include "kernel/text.h"

namespace greenbank::events {

TEST_CASE("a meeting becomes an event in UTC with an escaped text") {
    const std::string text = to_calendar(
        {{"wish_1@greenbank", *parse_time("2026-02-23T05:00:00Z"), *parse_time("2026-02-23T05:20:00Z"), "Meeting with A; B, C", "Hall · Table 2", "one\ntwo"}},
        *parse_time("2026-02-20T00:00:00.5Z"), 3);
    for (const char* line : {"BEGIN:VCALENDAR\r\n", "DTSTART:20260223T050000Z\r\n", "DTEND:20260223T052000Z\r\n", "DTSTAMP:20260220T000000Z\r\n",
             "SEQUENCE:3\r\n", "SUMMARY:Meeting with A\\; B\\, C\r\n", "DESCRIPTION:one\\ntwo\r\n", "END:VCALENDAR\r\n"})
        CHECK_MESSAGE(text.find(line) != std::string::npos, line, text);
}

TEST_CASE("long lines are folded at 75 bytes and never within a character") {
    std::string name;
    for (int i = 0; i < 60; ++i) name += "会";
    const std::string text = to_calendar({{"u", Time{}, Time{}, name, "", ""}}, Time{}, 1);
    std::string unfolded;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        const std::string line = text.substr(at, end - at);
        CHECK(line.size() <= 75);
        CHECK(is_utf8(line));
        unfolded += line.starts_with(' ') ? line.substr(1) : line;
        at = end + 2;
    }
    CHECK(unfolded.find("SUMMARY:" + name) != std::string::npos);
}

TEST_CASE("the clock of a place is UTC and its offset") {
    CHECK(parse_offset("+08:00") == hours(8));
    CHECK(parse_offset("-03:30") == minutes(-210));
    for (const char* wrong : {"08:00", "+8:00", "+08:60", "+15:00", "+0800", "Z", ""}) CHECK_MESSAGE(!parse_offset(wrong), wrong);
    CHECK(local_clock(*parse_time("2026-02-23T17:30:00Z"), "+08:00") == "01:30");
    CHECK(to_text(local_day(*parse_time("2026-02-23T17:30:00Z"), "+08:00")) == "2026-02-24");
    CHECK(day_begins(make_date(2026, 2, 24), "+08:00") == *parse_time("2026-02-23T16:00:00Z"));
}

} // namespace greenbank::events
