// orders.cpp — orders in batches, each with its own answer; checks explained before one is sent; what of one's own rests.
#include <fmt/format.h>

#include "api/words.h"
#include "ledger/decimals.h"
#include "market/exchange/exchange.h"

namespace greenbank::market {

constexpr std::size_t batch_max = 1'000;

struct OrderRequest {
    Op op = Op::limit;
    Side side = Side::buy;
    std::optional<std::string> price;
    std::int64_t quantity = 0;
    std::optional<std::int64_t> order, quote, display;
    std::optional<std::string> trigger, client;
    std::optional<Time> good_until;
};
Record describe(const OrderRequest*) {
    using One = OrderRequest;
    return {"market_order_request", "An order, or what becomes of one.",
        {field<&One::op>("op", "What is asked.", {.defaulted = true}), field<&One::side>("side", "Buy or sell.", {.defaulted = true}),
            field<&One::price>("price", "For a tonne, as a decimal.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 0, .max = 1e12, .defaulted = true}),
            field<&One::order>("order", "Of a replacement or cancellation: the number of the order.", {.min = 1, .max = 9e15}),
            field<&One::quote>("quote", "Of a pick: the number of the quote; none: the best.", {.min = 1, .max = 9e15}),
            field<&One::display>("display", "Show so much at a time.", {.unit = "t", .min = 1, .max = 1e12}),
            field<&One::trigger>("trigger", "Of a stop: the deal's price that sets it off.", {.min = 1, .max = 20}),
            field<&One::client>("client", "Your own name for it: the same one is answered as the first time.", {.min = 1, .max = 60}),
            field<&One::good_until>("good_until", "It leaves the book then.")}};
}

struct OrderBatch {
    Id<Market> id;
    std::vector<OrderRequest> orders;
};
Record describe(const OrderBatch*) {
    return {"market_order_batch", "Orders in their order, each judged by itself.",
        {field<&OrderBatch::id>("id", "Which market."), field<&OrderBatch::orders>("orders", "At most 1,000.", {.min = 1, .max = batch_max})}};
}

struct OrderAnswer {
    std::int64_t number = 0;
    std::string status;
    std::optional<std::string> message, mean_price;
    std::int64_t traded = 0, resting = 0;
    bool repeated = false;
};
Record describe(const OrderAnswer*) {
    using One = OrderAnswer;
    return {"market_order_answer", "What became of an order.",
        {field<&One::number>("number", "Its number."), field<&One::status>("status", "ok, or the code of what is wrong."),
            field<&One::message>("message", "What is wrong, in words."), field<&One::traded>("traded", "Traded at once.", {.unit = "t"}),
            field<&One::mean_price>("mean_price", "At which price, on the mean."), field<&One::resting>("resting", "In the book now.", {.unit = "t"}),
            field<&One::repeated>("repeated", "The answer of the first time: this client's name was used before.")}};
}
struct OrderAnswers {
    std::vector<OrderAnswer> answers;
};
Record describe(const OrderAnswers*) {
    return {"market_order_answers", "What became of a batch.", {field<&OrderAnswers::answers>("answers", "One each, in their order.")}};
}

struct OwnOrder {
    std::int64_t number = 0;
    Side side = Side::buy;
    std::string price, held;
    std::int64_t quantity = 0, shown = 0;
    std::optional<std::string> trigger;
    std::optional<Time> good_until;
};
Record describe(const OwnOrder*) {
    using One = OwnOrder;
    return {"market_own_order", "An order of one's own in the book.",
        {field<&One::number>("number", "Its number."), field<&One::side>("side", "Buy or sell."), field<&One::price>("price", "For a tonne."),
            field<&One::quantity>("quantity", "What is left.", {.unit = "t"}), field<&One::shown>("shown", "What others see of it.", {.unit = "t"}),
            field<&One::held>("held", "What is held for it: money, or tonnes."), field<&One::trigger>("trigger", "What sets it off."),
            field<&One::good_until>("good_until", "It leaves the book then.")}};
}

struct Quote {
    std::int64_t number = 0;
    Side side = Side::sell;
    std::string price;
    std::int64_t quantity = 0;
    bool own = false;
};
Record describe(const Quote*) {
    using One = Quote;
    return {"market_quote", "A quote that may be picked.",
        {field<&One::number>("number", "Its number."), field<&One::side>("side", "Its side."), field<&One::price>("price", "For a tonne."),
            field<&One::quantity>("quantity", "What is shown.", {.unit = "t"}), field<&One::own>("own", "One's own.")}};
}

struct OwnView {
    std::vector<OwnOrder> orders;
    std::vector<Quote> quotes;
    std::string cash_available, cash_held;
    std::int64_t tonnes_available = 0, tonnes_held = 0, bought_today = 0;
    bool member = false;
};
Record describe(const OwnView*) {
    using One = OwnView;
    return {"market_own_view", "What one's organisation has in a market.",
        {field<&One::orders>("orders", "Orders in the book."), field<&One::quotes>("quotes", "Quotes of both sides that may be picked: the best five prices."),
            field<&One::cash_available>("cash_available", "Money that may be spent."), field<&One::cash_held>("cash_held", "Money held."),
            field<&One::tonnes_available>("tonnes_available", "Tonnes that may be sold.", {.unit = "t"}),
            field<&One::tonnes_held>("tonnes_held", "Tonnes held.", {.unit = "t"}),
            field<&One::bought_today>("bought_today", "Bought today, to be sold tomorrow at the earliest.", {.unit = "t"}),
            field<&One::member>("member", "The organisation has traded here; its first order makes it a member.")}};
}

struct CheckRequest {
    Id<Market> id;
    Side side = Side::buy;
    std::string price;
    std::int64_t quantity = 0;
};
Record describe(const CheckRequest*) {
    using One = CheckRequest;
    return {"market_order_check_request", "Would such an order be taken?",
        {field<&One::id>("id", "Which market."), field<&One::side>("side", "Buy or sell."), field<&One::price>("price", "For a tonne.", {.min = 1, .max = 20}),
            field<&One::quantity>("quantity", "How many tonnes.", {.unit = "t", .min = 1, .max = 1e12})}};
}
struct OrderCheck {
    std::string status;
    std::optional<std::string> message;
    std::string needed, available;
    bool crosses = false;
};
Record describe(const OrderCheck*) {
    using One = OrderCheck;
    return {"market_order_check", "Whether an order would be taken, and what is held for it.",
        {field<&One::status>("status", "ok, or the code of what is wrong."), field<&One::message>("message", "What is wrong, in words."),
            field<&One::needed>("needed", "Money or tonnes that would be held."), field<&One::available>("available", "What there is."),
            field<&One::crosses>("crosses", "It would meet quotes of the other side.")}};
}

struct OwnKey {
    Id<Market> id;
};
Record describe(const OwnKey*) { return {"market_own_key", "Which market.", {field<&OwnKey::id>("id", "Its id.")}}; }

namespace {

std::string message_of(const std::string& code, Language language) { return sentence("market." + code, code, {}, language); }

Result<OrderAnswers> order_send(Floor& floor, Transaction& transaction, const Caller& caller, const OrderBatch& batch) {
    const Id<Organisation> organisation = TRY(acting_organisation(caller));
    const Market market = TRY(transaction.get(batch.id));
    const int places = read_rules(market.rules.front()).price_places;
    std::vector<MarketCommand> commands;
    Problems problems;
    for (std::size_t i = 0; i < batch.orders.size(); ++i) {
        const OrderRequest& asked = batch.orders[i];
        MarketCommand command{
            .instruction = {.op = asked.op, .side = asked.side, .quantity = asked.quantity}, .organisation = organisation, .client = asked.client.value_or("")};
        const auto price = [&](const std::optional<std::string>& text, Price& into, const char* field) {
            if (!text) return;
            const auto read = parse_scaled(*text, places);
            if (read) into = *read;
            else if (parse_scaled(*text, 9)) into = -1; // finer than the market counts
            else problems.push_back({fmt::format("orders[{}].{}", i, field), "market.file_decimal", "Write a decimal number, such as 48.50."});
        };
        price(asked.price, command.instruction.price, "price");
        price(asked.trigger, command.instruction.trigger, "trigger");
        command.instruction.display = asked.display.value_or(0);
        command.instruction.order = static_cast<OrderNumber>(asked.order.value_or(0));
        command.instruction.quote = static_cast<OrderNumber>(asked.quote.value_or(0));
        if (asked.good_until) command.instruction.good_until = asked.good_until->microseconds;
        commands.push_back(std::move(command));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    OrderAnswers answers;
    for (const Answered& one : TRY(floor.execute(transaction, caller, batch.id, std::move(commands)))) {
        OrderAnswer& answer = answers.answers.emplace_back();
        answer.number = static_cast<std::int64_t>(one.number);
        answer.status = one.code;
        if (one.code != "ok") answer.message = message_of(one.code, caller.language);
        answer.traded = one.traded;
        answer.resting = one.resting;
        answer.repeated = one.repeated;
        if (one.mean > 0) answer.mean_price = ledger::decimal_text(ledger::SignedAmount{one.mean}, places);
    }
    return answers;
}

Account member_of(const Seat& seat, const std::string& organisation) {
    for (std::size_t i = 1; i < seat.members.size(); ++i)
        if (seat.members[i].organisation == organisation) return static_cast<Account>(i);
    return 0;
}

/// What the organisation may give, from the stored balances.
Result<Wallet> stored_wallet(Transaction& transaction, const Seat& seat, const std::string& organisation, std::int64_t& cash_held, std::int64_t& units_held) {
    Wallet wallet;
    const auto read = [&](const char* where, const std::string& what, std::int64_t& free, std::int64_t& held) -> Result<Done> {
        const Rows rows =
            TRY(transaction.query(fmt::format("SELECT b.balances FROM account a JOIN account_balance b ON b.account = a.number JOIN asset s ON s.id = a.asset "
                                              "WHERE a.owner = $1 AND a.purpose = 'customer' AND a.state <> 'closed' AND {} = $2 ORDER BY a.number LIMIT 1",
                                      where),
                {organisation, what}));
        if (rows.empty()) return Done{};
        if (const auto has = ledger::parse_balances(as_text(rows.rows[0][0]))) {
            held = static_cast<std::int64_t>(has->debits_pending);
            free = static_cast<std::int64_t>(ledger::posted_balance(*has)) - held;
        }
        return Done{};
    };
    TRY(read("s.code", seat.market.currency, wallet.cash, cash_held));
    const CarbonProduct product = TRY(transaction.get(seat.market.product));
    TRY(read("a.asset", product.asset.text, wallet.units, units_held));
    wallet.units_owned = wallet.units + units_held;
    return wallet;
}

Result<OwnView> order_list(Floor& floor, Transaction& transaction, const Caller& caller, const OwnKey& key) {
    const Id<Organisation> organisation = TRY(acting_organisation(caller));
    TRY(transaction.get(key.id));
    OwnView view{.orders = {}, .quotes = {}, .cash_available = "", .cash_held = ""};
    TRY(floor.look(transaction, key.id, [&](const Seat& seat) -> Result<Done> {
        const Account member = member_of(seat, organisation.text);
        view.member = member != 0;
        std::int64_t cash_held = 0, units_held = 0;
        const Wallet wallet = TRY(stored_wallet(transaction, seat, organisation.text, cash_held, units_held));
        view.cash_available = ledger::decimal_text(ledger::SignedAmount{wallet.cash}, seat.cash_scale);
        view.cash_held = ledger::decimal_text(ledger::SignedAmount{cash_held}, seat.cash_scale);
        view.tonnes_available = wallet.units / per_tonne;
        view.tonnes_held = units_held / per_tonne;
        const Desk& desk = *seat.desk;
        if (desk.rules().resale_days > 0 && desk.day() == when_at(seat, caller.now).day) view.bought_today = desk.bought_today(member);
        std::array<std::set<Price>, 2> levels;
        for (const Resting& one : desk.book().orders()) {
            if (one.account == member && member != 0) {
                const Reserve& reserve = desk.reserves().at(one.order);
                OwnOrder own{.number = static_cast<std::int64_t>(one.order),
                    .side = one.side,
                    .price = seat.text_of(one.price),
                    .held = "",
                    .trigger = {},
                    .good_until = {}};
                own.held = one.side == Side::buy ? ledger::decimal_text(ledger::SignedAmount{reserve.amount}, seat.cash_scale)
                                                 : std::to_string(reserve.amount / per_tonne);
                own.quantity = one.shown + one.hidden;
                own.shown = one.shown;
                if (one.trigger != 0) own.trigger = seat.text_of(one.trigger);
                if (one.good_until != 0) own.good_until = Time{one.good_until};
                view.orders.push_back(std::move(own));
            }
            if (one.trigger != 0 || view.quotes.size() >= 100) continue;
            levels[index(one.side)].insert(one.price);
            if (levels[index(one.side)].size() > 5) continue;
            view.quotes.push_back({static_cast<std::int64_t>(one.order), one.side, seat.text_of(one.price), one.shown, one.account == member && member != 0});
        }
        return Done{};
    }));
    return view;
}

Result<OrderCheck> order_check(Floor& floor, Transaction& transaction, const Caller& caller, const CheckRequest& request) {
    const Id<Organisation> organisation = TRY(acting_organisation(caller));
    TRY(transaction.get(request.id));
    TRY(open_registry_account(transaction, organisation));
    OrderCheck check{.status = "ok", .message = {}, .needed = "", .available = ""};
    TRY(floor.look(transaction, request.id, [&](const Seat& seat) -> Result<Done> {
        std::int64_t cash_held = 0, units_held = 0, needed = 0;
        const Wallet wallet = TRY(stored_wallet(transaction, seat, organisation.text, cash_held, units_held));
        Wallets wallets([&](Account) { return wallet; });
        const auto price = seat.price_of(request.price);
        const Instruction order{
            .side = request.side, .account = member_of(seat, organisation.text), .order = 1, .price = price.value_or(-1), .quantity = request.quantity};
        check.status = std::string(seat.desk->preview(order, when_at(seat, caller.now), wallets, needed).code);
        const auto best = seat.desk->book().best_price(other(request.side));
        check.crosses = best && price && (request.side == Side::buy ? *price >= *best : *price <= *best);
        if (check.status == "ok" && check.crosses && seat.desk->rules().market.book.allocation == Allocation::listed) check.status = "would_cross";
        const bool buys = request.side == Side::buy;
        check.needed = buys ? ledger::decimal_text(ledger::SignedAmount{needed}, seat.cash_scale) : std::to_string(needed / per_tonne);
        check.available = buys ? ledger::decimal_text(ledger::SignedAmount{wallet.cash}, seat.cash_scale) : std::to_string(wallet.units / per_tonne);
        return Done{};
    }));
    if (check.status != "ok") check.message = message_of(check.status, caller.language);
    return check;
}

} // namespace

std::vector<Endpoint> order_endpoints(Floor& floor) {
    return {
        // clang-format off
        {"market_order_send", Method::post, "/markets/{id}/orders", "Send up to 1,000 orders; each is checked, held and answered by itself.", Mode::write, trade_carbon, call(floor, order_send)},
        {"market_own_view", Method::get, "/markets/{id}/own", "One's own orders, money and tonnes in a market, and the quotes that may be picked.", Mode::read, trade_carbon, call(floor, order_list)},
        {"market_order_check", Method::get, "/markets/{id}/check", "Whether an order would be taken, and what it needs.", Mode::read, trade_carbon, call(floor, order_check)},
        // clang-format on
    };
}

} // namespace greenbank::market
