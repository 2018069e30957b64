// markets.cpp — markets, what everybody sees of their books, halts.
#include <fmt/format.h>

#include "ledger/rates.h"
#include "market/exchange/exchange.h"
#include "parties/secrets.h"

namespace greenbank::market {

Record describe(const KeyOf<Market>*) { return {"market_key", "Names a market.", {field<&KeyOf<Market>::id>("id", "Its id.")}}; }

struct HaltRequest {
    Id<Market> id;
    bool halted = true;
};
Record describe(const HaltRequest*) {
    return {"market_halt_request", "Stops new orders, or lets them in again.",
        {field<&HaltRequest::id>("id", "Which market."), field<&HaltRequest::halted>("halted", "Whether orders are refused.")}};
}

struct DepthRow {
    std::string price;
    std::int64_t quantity = 0, orders = 0;
};
Record describe(const DepthRow*) {
    return {"depth_row", "A price of a side.",
        {field<&DepthRow::price>("price", "The price."), field<&DepthRow::quantity>("quantity", "What is shown there.", {.unit = "t"}),
            field<&DepthRow::orders>("orders", "By how many orders.")}};
}

struct MarketView {
    Id<Market> market;
    Date day;
    std::string last_close, lowest, highest;
    std::optional<std::string> open, high, low, last;
    std::string close;
    std::int64_t volume = 0;
    bool halted = false, open_now = false, simulation = false, sample = false;
    std::vector<DepthRow> bids, asks;
    std::string edition, rules_source;
    std::vector<std::string> unconfirmed;
};
Record describe(const MarketView*) {
    using One = MarketView;
    return {"market_view", "What everybody sees of a market now.",
        {field<&One::market>("market", "Which market."), field<&One::day>("day", "The day on its clock."),
            field<&One::last_close>("last_close", "The close before."), field<&One::lowest>("lowest", "The lowest price today; empty: no limit."),
            field<&One::highest>("highest", "The highest price today; empty: no limit."), field<&One::open>("open", "The first deal."),
            field<&One::high>("high", "The highest deal."), field<&One::low>("low", "The lowest deal."), field<&One::last>("last", "The latest deal."),
            field<&One::close>("close", "The mean of the day by volume so far."), field<&One::volume>("volume", "Listed deals today.", {.unit = "t"}),
            field<&One::halted>("halted", "Trading is halted."), field<&One::open_now>("open_now", "Orders are taken now."),
            field<&One::simulation>("simulation", "A simulation: nobody's rules are in force here."), field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::bids>("bids", "Who buys, best price first."), field<&One::asks>("asks", "Who sells, best price first."),
            field<&One::edition>("edition", "Which edition of the rules."), field<&One::rules_source>("rules_source", "Where they stand."),
            field<&One::unconfirmed>("unconfirmed", "Which of their values nobody has confirmed.")}};
}

namespace {

Result<Page<Market>> market_list(Transaction& transaction, const Caller& caller, const ListOf<Market>& list) {
    return list_page<Market>(transaction, caller, list);
}
Result<Market> market_get(Transaction& transaction, const Caller&, const KeyOf<Market>& key) { return transaction.get(key.id); }

Result<Reply<Market>> market_create(ledger::Book& book, Transaction& transaction, const Caller& caller, const Market& draft) {
    Market market = draft;
    TRY(transaction.get(market.product));
    const auto asset = TRY(ledger::currency_asset(transaction, market.currency));
    if (!asset) return invalid({{"currency", "market.no_currency", "The ledger keeps no such currency; an administrator enters it first."}});
    for (std::size_t i = 0; i < market.rules.size(); ++i)
        if (!desk_rules(market.rules[i], static_cast<int>(asset->scale), carbon_scale))
            return invalid(
                {{fmt::format("rules[{}].tick", i), "market.rule_scale_money", "The market's prices are finer than its currency; change the tick."}});
    market.id = caller.new_id<Market>();
    market.created_at = market.updated_at = caller.now;
    market.transfer_key = static_cast<std::int64_t>(parties::random_number() >> 2 | 1);
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    const auto open = [&](ledger::AccountPurpose purpose) -> Result<Id<ledger::LedgerAccount>> {
        auto owner = TRY(acting_organisation(caller));
        ledger::LedgerAccount account{.id = caller.new_id<ledger::LedgerAccount>(),
            .title = market.name,
            .owner = std::move(owner),
            .purpose = purpose,
            .asset = asset->id,
            .rule = ledger::AccountRule::debits_must_not_exceed_credits,
            .balance_min = {},
            .balance_max = {},
            .sample = market.sample,
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(turn.open_account(account));
        return account.id;
    };
    market.clearing_account = TRY(open(ledger::AccountPurpose::clearing));
    market.fee_account = TRY(open(ledger::AccountPurpose::fee));
    TRY(transaction.insert(market));
    return Reply<Market>{.body = std::move(market), .status = 201};
}

Result<MarketView> market_view(Floor& floor, Transaction& transaction, const Caller& caller, const KeyOf<Market>& key) {
    TRY(transaction.get(key.id));
    MarketView view{.market = key.id,
        .last_close = "",
        .lowest = "",
        .highest = "",
        .open = {},
        .high = {},
        .low = {},
        .last = {},
        .close = "",
        .edition = "",
        .rules_source = ""};
    TRY(floor.look(transaction, key.id, [&](const Seat& seat) -> Result<Done> {
        const Desk& desk = *seat.desk;
        const When now = when_at(seat, caller.now);
        view.day = now.day;
        const bool today = desk.day() == now.day; // nothing has happened today yet: what there is are yesterday's figures
        const Price before = today ? desk.last_close() : desk.day_figures().close(desk.rules().market.tick);
        view.last_close = seat.text_of(before);
        if (desk.rules().market.price_limit_basis_points > 0 && before > 0) {
            const PriceRange range = price_range(desk.rules().market, before);
            view.lowest = seat.text_of(range.lowest);
            view.highest = seat.text_of(range.highest);
        }
        const DayFigures& figures = desk.day_figures();
        view.close = seat.text_of(today ? figures.close(desk.rules().market.tick) : before);
        if (today && figures.volume() > 0) {
            view.open = seat.text_of(figures.open());
            view.high = seat.text_of(figures.high());
            view.low = seat.text_of(figures.low());
            view.last = seat.text_of(figures.last());
            view.volume = figures.volume();
        }
        view.halted = desk.halted();
        view.open_now = !view.halted && check(desk.rules().market, {.op = Op::cancel}, 0, now.minute, false) == Refusal::none;
        view.simulation = seat.market.simulation;
        view.sample = seat.market.sample;
        for (const Side side : {Side::buy, Side::sell})
            for (const DepthLevel& level : desk.book().depth(side, 10))
                (side == Side::buy ? view.bids : view.asks).push_back({seat.text_of(level.price), level.quantity, level.orders});
        const RulesEdition& edition = seat.edition_of(now.day);
        view.edition = edition.edition;
        view.rules_source = edition.source;
        view.unconfirmed = edition.unconfirmed;
        return Done{};
    }));
    return view;
}

} // namespace

std::vector<Endpoint> market_endpoints(ledger::Book& book, Floor& floor) {
    const auto halt = [&floor](Transaction& transaction, const Caller& caller, const HaltRequest& request) -> Result<Done> {
        TRY(transaction.get(request.id));
        return floor.halt(transaction, caller, request.id, request.halted);
    };
    return {
        // clang-format off
        {"market_list", Method::get, "/markets", "Markets.", Mode::read, open_to_all, call(market_list)},
        {"market_get", Method::get, "/markets/{id}", "One market with its rules.", Mode::read, open_to_all, call(market_get)},
        {"market_create", Method::post, "/markets", "Open a market for a product.", Mode::write, run_exchange, call(book, market_create)},
        {"market_view", Method::get, "/markets/{id}/view", "Depth, limits and figures of the day.", Mode::read, open_to_all, call(floor, market_view)},
        {"market_halt", Method::post, "/markets/{id}/halt", "Halt trading, or let it go on.", Mode::write, run_exchange, call(halt)},
        // clang-format on
    };
}

} // namespace greenbank::market
