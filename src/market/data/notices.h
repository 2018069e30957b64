// notices.h — what the exchange tells: news, and days that people should know of.
#pragma once

#include "market/exchange/exchange.h"

namespace greenbank::market {

struct MarketNews {
    static constexpr std::string_view id_prefix = "news";
    Id<MarketNews> id;
    std::optional<Id<Market>> market; // none: all
    Text title, body;
    std::string source;
    Date published_on;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const MarketNews*);

enum class MarketEventKind { deadline, auction, holiday, notice };

/// A day in the calendar, of one market or of all.
struct MarketEvent {
    static constexpr std::string_view id_prefix = "marketevent";
    Id<MarketEvent> id;
    std::optional<Id<Market>> market;
    Date day;
    MarketEventKind kind = MarketEventKind::notice;
    Text title;
    std::string source;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const MarketEvent*);

std::vector<Endpoint> notice_endpoints();
std::vector<Endpoint> calendar_endpoints();
std::vector<Endpoint> index_endpoints();

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::MarketEventKind> {
    static constexpr std::string_view name = "market_event_kind", values[] = {"deadline", "auction", "holiday", "notice"};
};
} // namespace greenbank
