// texts_fuzz.cpp — any bytes as CSV, unit, time, date, money and language header: no crash, and what is read can be written.
#include "kernel/csv.h"
#include "kernel/id.h"
#include "kernel/money.h"
#include "kernel/text.h"
#include "kernel/units.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto csv = parse_csv(text))
        for (const auto& row : csv.value().rows) require(row.size() == csv.value().header.size(), "a row of another width");
    (void)parse_unit(text);
    if (const auto time = parse_time(text)) require(parse_time(to_text(*time)) == time, "a time changed");
    if (const auto date = parse_date(text)) require(parse_date(to_text(*date)) == date, "a date changed");
    if (const auto money = parse_money(text, "CNY")) require(parse_money(amount_text(*money), "CNY") == money, "an amount changed");
    (void)accept_language(text);
    (void)is_id(text, "tech");
    if (const auto decoded = from_base64url(text)) (void)to_base64url(*decoded);
    return 0;
}
