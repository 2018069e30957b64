// number_format_test.cpp — formats of workbooks, and the numbers and days under them.
#include <cstdio>
#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "kernel/random.h"
#include "sheets/number_format.h"
#include "sheets/serial_dates.h"
#include "sheets/stored_number.h"

namespace greenbank::sheets {
namespace {

void check(std::string_view code, CellKind kind, std::string_view unit = "", bool percent = false) {
    INFO(code);
    const FormatMeaning meaning = meaning_of(code);
    CHECK(meaning.kind == kind);
    CHECK(meaning.unit == unit);
    CHECK(meaning.percent == percent);
}

} // namespace

TEST_CASE("numbers and their units") {
    for (const std::string_view plain : {"", "General", "G/通用格式", "@", "0", "#,##0.00", "0.00E+00", "# ?/?", "#,##0.00_);(#,##0.00)", "#,##0.00_ ",
             "\"¥\"#,##0.00", "[Red]-0", "[<=9999999]###-####;0"})
        check(plain, CellKind::number);
    check("0.0\" kWh\"", CellKind::number, "kWh");
    check("#,##0.00\\ \"t/a\";[Red]-0", CellKind::number, "t/a");
    check("0.00 [$€-407]", CellKind::number, "€");
    check("#,##0.00\"元\"", CellKind::number, "元");
    check("General\" m3/d\"", CellKind::number, "m3/d");
    check("0.0 kWh", CellKind::number, "kWh");
    check("0.0%", CellKind::number, "", true);
    check("0\"%\"", CellKind::number, "%");
}
TEST_CASE("a unit that would not fit the stored number is none") {
    check("0.0,\"k\"", CellKind::number);      // shows thousands
    check("0!.0,\"万\"", CellKind::number);    // 12500 is shown as 1.2万
    check("0\\.0000\"万\"", CellKind::number); // and as 1.2500万
}
TEST_CASE("dates and times") {
    for (const std::string_view date :
        {"yyyy-mm-dd", "m/d/yy", "mmm-yy", "yyyy\"年\"m\"月\"", "[$-804]aaaa", "[$-F800]dddd\\, mmmm dd\\, yyyy", "[DBNum1][$-804]yyyy\"年\"", "ge.m.d", "d"})
        check(date, CellKind::date);
    for (const std::string_view time : {"h:mm", "mm:ss.0", "h:mm:ss AM/PM", "上午/下午h\"时\"mm\"分\"", "ss", "h A/P"}) check(time, CellKind::time);
    for (const std::string_view both : {"yyyy-mm-dd hh:mm:ss", "m/d/yy h:mm", "d h"}) check(both, CellKind::date_time);
    for (const std::string_view duration : {"[h]:mm:ss", "[mm]:ss", "[ss]", "[HH]:mm"}) check(duration, CellKind::duration);
    for (const std::uint32_t id : {14u, 15u, 17u, 27u, 31u, 36u, 50u, 58u}) check(built_in_format(id), CellKind::date);
    for (const std::uint32_t id : {18u, 21u, 32u, 35u, 45u, 47u, 55u}) check(built_in_format(id), CellKind::time);
    check(built_in_format(22), CellKind::date_time);
    check(built_in_format(46), CellKind::duration);
    for (const std::uint32_t id : {0u, 1u, 4u, 11u, 12u, 13u, 37u, 40u, 48u, 49u, 163u}) check(built_in_format(id), CellKind::number);
    check(built_in_format(9), CellKind::number, "", true);
}
TEST_CASE("formats that break off") {
    for (const std::string_view code : {"\"open", "[h", "0\\", "_", "*", "[", "\"", "[$", "e+", "a", "!"}) meaning_of(code);
}

TEST_CASE("every day to its serial number and back") {
    for (std::int32_t day = make_date(1900, 1, 1).days; day <= make_date(9999, 12, 31).days; day += day < 40'000 ? 1 : 97) {
        const std::string text = to_text(Date{day});
        const auto serial = to_serial(text, CellKind::date);
        REQUIRE(serial);
        const auto back = from_serial(*serial, CellKind::date, DateSystem::from_1900);
        REQUIRE(back);
        REQUIRE(back->text == text);
    }
    CHECK(*to_serial("1900-01-01", CellKind::date) == 1);
    CHECK(*to_serial("1900-03-01", CellKind::date) == 61);
    CHECK(*to_serial("2026-11-20", CellKind::date) == 46346);
    CHECK(from_serial(46346 - 1462, CellKind::date, DateSystem::from_1904)->text == "2026-11-20");
    for (const double none : {0.0, 60.0, 60.5, -1.0, 2958466.0, 1e300}) CHECK_FALSE(from_serial(none, CellKind::date, DateSystem::from_1900));
    for (const std::string_view none : {"1899-12-31", "2026-02-30", "", "x", "2026-11-20T08:00:00"}) CHECK_FALSE(to_serial(none, CellKind::date));
    for (const std::string_view none : {"24:00:00", "8:00:00", "08:60:00", "08:00", "08:00:00.", "08:00:00.1234567890", "-08:00:00"})
        CHECK_FALSE(to_serial(none, CellKind::time));
}
TEST_CASE("every thousandth of a second to its serial number and back") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::string text = fmt::format("{}T{:02}:{:02}:{:02}.{:03}", to_text(Date{static_cast<std::int32_t>(random.between(-25'000, 2'900'000))}),
            random.below(24), random.below(60), random.below(60), 1 + random.below(999));
        REQUIRE(from_serial(*to_serial(text, CellKind::date_time), CellKind::date_time, DateSystem::from_1900)->text == text);
    }
}
TEST_CASE("a decimal of up to 15 digits is read as it is written") {
    for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string digits = std::to_string(1 + random.below(9));
        for (std::uint64_t more = random.below(14); more > 0; --more) digits += static_cast<char>('0' + random.below(10));
        const std::size_t point = random.below(digits.size()) + 1;
        std::string decimal = (random.chance(0.3) ? "-" : "") + digits.substr(0, point);
        if (point < digits.size() && digits.back() != '0') decimal += '.' + digits.substr(point);
        std::string text;
        const StoredNumber number = stored_number(decimal, text);
        REQUIRE(text == decimal);
        REQUIRE(number.value == std::strtod(decimal.c_str(), nullptr));
        REQUIRE(number_text(number.value) == decimal);
        char noisy[40];
        std::snprintf(noisy, sizeof noisy, "%.17g", number.value); // as many programs store it
        stored_number(noisy, text);
        REQUIRE(text == decimal);
    }
}

} // namespace greenbank::sheets
