// holidays.cpp — rows of the file spread over years; a day off on a weekend moves to the next working day where its row says so.
#include "finance/holidays.h"

#include <algorithm>
#include <set>
#include <span>

#include "kernel/csv.h"
#include "kernel/embedded.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile finance_reference[];
extern const std::size_t finance_reference_count;
} // namespace embedded

namespace finance {

namespace {

bool is_weekend(std::int32_t day) { return (day + 3) % 7 >= 5; } // 1970-01-01 was a Thursday

Csv rows_of_file() {
    for (const EmbeddedFile& file : std::span(embedded::finance_reference, embedded::finance_reference_count))
        if (std::string_view(file.path).ends_with("holidays.csv")) {
            auto csv = parse_csv(file.bytes());
            require(static_cast<bool>(csv), "holidays.csv cannot be read");
            return std::move(csv).value();
        }
    return {};
}

} // namespace

std::vector<Date> holidays_of(std::string_view calendar) {
    const Csv csv = rows_of_file();
    std::set<std::int32_t> days;
    std::vector<std::int32_t> moved;
    for (const std::vector<std::string>& row : csv.rows) {
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

} // namespace finance
} // namespace greenbank
