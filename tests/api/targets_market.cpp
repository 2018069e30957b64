// targets_market.cpp — news, a day of the calendar, an arrangement across a border.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_market(Visitor& person, std::map<std::string, std::string>& places) {
    places["market_news_update"] =
        "/market-news/" + create(person, "/market-news", R"({"title":{"en":"target"},"body":{"en":"x"},"published_on":"2026-11-30"})");
    places["market_event_update"] = "/market-events/" + create(person, "/market-events", R"({"title":{"en":"target"},"day":"2026-11-30"})");
    const std::string programme =
        create(person, "/carbon-programmes", R"({"code":"TRG","kind":"credits","name":{"en":"target"},"country":"CN","registry":"x","source":"x"})");
    std::string markets[2];
    for (int i = 0; i < 2; ++i) {
        const char* const currency = i == 0 ? "TGA" : "TGB";
        create(person, "/ledger/assets", fmt::format(R"({{"code":"{}","scale":2,"kind":"currency","name":{{"en":"target"}}}})", currency));
        const std::string product = create(person, "/carbon-products",
            fmt::format(R"({{"programme":"{}","name":{{"en":"target"}},"vintage":{},"host_country":"CN","serial_prefix":"TRG-{}"}})", programme, 2025 + i, i));
        markets[i] = create(person, "/markets",
            fmt::format(R"({{"code":"TARGET{}","name":{{"en":"target"}},"product":"{}","currency":"{}","rules":[{{}}]}})", i, product, currency));
    }
    places["border_arrangement_update"] =
        "/border-arrangements/" + create(person, "/border-arrangements",
                                      fmt::format(R"({{"code":"TARGET-1","name":{{"en":"target"}},"home":"{}","abroad":"{}"}})", markets[0], markets[1]));
}

const TargetRows market(add_market);

} // namespace

} // namespace greenbank::testing
