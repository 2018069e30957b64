// notices.cpp — news and days of the calendar: entered, changed and taken away by the exchange, read by everybody.
#include "market/data/notices.h"

namespace greenbank::market {

Record describe(const KeyOf<MarketNews>*) { return {"market_news_key", "Names a piece of news.", {field<&KeyOf<MarketNews>::id>("id", "Its id.")}}; }
Record describe(const KeyOf<MarketEvent>*) { return {"market_event_key", "Names a day of the calendar.", {field<&KeyOf<MarketEvent>::id>("id", "Its id.")}}; }

Record describe(const MarketNews*) {
    using One = MarketNews;
    return {"market_news", "What the exchange has to say.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::market>("market", "Of which market; empty: of all.", {.filter = true}),
            field<&One::title>("title", "In a line.", {.min = 1, .max = 200}),
            field<&One::body>("body", "In full.", {.min = 1, .max = 10'000}),
            field<&One::source>("source", "Where it is from.", {.max = 500, .defaulted = true}),
            field<&One::published_on>("published_on", "On which day it was made public.", {.filter = true, .sort = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const MarketEvent*) {
    using One = MarketEvent;
    return {"market_event", "A day that people should know of.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::market>("market", "Of which market; empty: of all.", {.filter = true}),
            field<&One::day>("day", "Which day.", {.filter = true, .sort = true}),
            field<&One::kind>("kind", "A deadline, an auction, a holiday or something else.", {.defaulted = true, .filter = true}),
            field<&One::title>("title", "What is on that day.", {.min = 1, .max = 200}),
            field<&One::source>("source", "Where it is from.", {.max = 500, .defaulted = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

namespace {

template <class One> Result<Page<One>> listed(Transaction& transaction, const Caller& caller, const ListOf<One>& list) {
    return list_page<One>(transaction, caller, list);
}
template <class One> Result<One> shown(Transaction& transaction, const Caller&, const KeyOf<One>& key) { return transaction.get(key.id); }

template <class One> Result<Reply<One>> entered(Transaction& transaction, const Caller& caller, const One& draft) {
    One one = draft;
    if (one.market) TRY(transaction.get(*one.market));
    one.id = caller.new_id<One>();
    one.created_at = one.updated_at = caller.now;
    TRY(transaction.insert(one));
    return Reply<One>{.body = std::move(one), .status = 201};
}

template <class One> Result<One> changed(Transaction& transaction, const Caller& caller, const Patch<One>& patch) {
    One one = TRY(apply_patch(transaction, caller, patch));
    if (one.market) TRY(transaction.get(*one.market));
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

template <class One> Result<Done> removed(Transaction& transaction, const Caller&, const KeyOf<One>& key) {
    TRY(transaction.get(key.id));
    return transaction.erase(key.id);
}

} // namespace

std::vector<Endpoint> notice_endpoints() {
    return {
        // clang-format off
        {"market_news_list", Method::get, "/market-news", "News of the markets.", Mode::read, open_to_all, call(listed<MarketNews>)},
        {"market_news_get", Method::get, "/market-news/{id}", "One piece of news.", Mode::read, open_to_all, call(shown<MarketNews>)},
        {"market_news_create", Method::post, "/market-news", "Publish news.", Mode::write, run_exchange, call(entered<MarketNews>)},
        {"market_news_update", Method::patch, "/market-news/{id}", "Correct news.", Mode::write, run_exchange, call(changed<MarketNews>)},
        {"market_news_delete", Method::remove, "/market-news/{id}", "Take news away.", Mode::write, run_exchange, call(removed<MarketNews>)},
        {"market_event_list", Method::get, "/market-events", "Days that the exchange has entered in the calendar.", Mode::read, open_to_all, call(listed<MarketEvent>)},
        {"market_event_get", Method::get, "/market-events/{id}", "One such day.", Mode::read, open_to_all, call(shown<MarketEvent>)},
        {"market_event_create", Method::post, "/market-events", "Enter a day in the calendar.", Mode::write, run_exchange, call(entered<MarketEvent>)},
        {"market_event_update", Method::patch, "/market-events/{id}", "Correct a day in the calendar.", Mode::write, run_exchange, call(changed<MarketEvent>)},
        {"market_event_delete", Method::remove, "/market-events/{id}", "Take a day out of the calendar.", Mode::write, run_exchange, call(removed<MarketEvent>)},
        // clang-format on
    };
}

} // namespace greenbank::market
