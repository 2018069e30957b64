// holidays.cpp — rows of the file spread over years; a day off on a weekend moves to the next working day where its row says so.
#include "finance/holidays.h"

#include <algorithm>
#include <set>

#include "finance/reference.h"

namespace greenbank::finance {

namespace {

bool is_weekend(std::int32_t day) { return (day + 3) % 7 >= 5; } // 1970-01-01 was a Thursday

} // namespace

std::vector<Date> holidays_of(std::string_view calendar) {
    std::set<std::int32_t> days;
    std::vector<std::int32_t> moved;
    for (const std::vector<std::string>& row : reference_rows("holidays.csv")) {
        if (row[0] != calendar) continue;
        for (int year = std::stoi(row[3]); year <= std::stoi(row[4]); ++year) {
            const std::int32_t day = make_date(year, std::stoi(row[1]), std::stoi(row[2])).days;
            days.insert(day);
            if (is_weekend(day) && row[5] == "yes") moved.push_back(day);
        }
    }
    std::sort(moved.begin(), moved.end());
    for (std::int32_t day : moved) {
        while (is_weekend(day) || days.contains(day)) ++day;
        days.insert(day);
    }
    std::vector<Date> all;
    for (const std::int32_t day : days) all.push_back({day});
    return all;
}

} // namespace greenbank::finance
