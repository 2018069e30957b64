// calendar.cpp — escaping, and lines of at most 75 bytes that never cut a character.
#include "events/meetings/calendar.h"

#include <string_view>

namespace greenbank::events {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') (out += '\\') += c;
        else if (c == '\n') out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out;
}

void add_line(std::string& out, std::string line) {
    constexpr std::size_t bytes_max = 75;
    std::size_t room = bytes_max;
    while (line.size() > room) {
        std::size_t cut = room;
        while ((static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        (out += line.substr(0, cut)) += "\r\n ";
        line.erase(0, cut);
        room = bytes_max - 1; // the space counts
    }
    (out += line) += "\r\n";
}

/// 20261120T013000Z
std::string stamp(Time time) {
    std::string out;
    for (const char c : to_text(Time{time.microseconds / 1'000'000 * 1'000'000}))
        if (c != '-' && c != ':') out += c;
    return out;
}

} // namespace

std::string to_calendar(const std::vector<CalendarEntry>& entries, Time now, std::int64_t sequence) {
    std::string out;
    for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Greenbank//meetings//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
        add_line(out, line);
    for (const CalendarEntry& entry : entries) {
        add_line(out, "BEGIN:VEVENT");
        add_line(out, "UID:" + escaped(entry.uid));
        add_line(out, "SEQUENCE:" + std::to_string(sequence));
        add_line(out, "DTSTAMP:" + stamp(now));
        add_line(out, "DTSTART:" + stamp(entry.starts_at));
        add_line(out, "DTEND:" + stamp(entry.ends_at));
        add_line(out, "SUMMARY:" + escaped(entry.summary));
        if (!entry.location.empty()) add_line(out, "LOCATION:" + escaped(entry.location));
        if (!entry.description.empty()) add_line(out, "DESCRIPTION:" + escaped(entry.description));
        add_line(out, "END:VEVENT");
    }
    add_line(out, "END:VCALENDAR");
    return out;
}

} // namespace greenbank::events
