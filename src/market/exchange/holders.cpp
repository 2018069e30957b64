// holders.cpp — who holds much: the report of large holders, for those who run the exchange.
#include "market/exchange/exchange.h"

namespace greenbank::market {

struct HolderRequest {
    Id<Market> id;
    std::optional<double> share;
};
Record describe(const HolderRequest*) {
    return {"market_holder_request", "Large holders of a market's tonnes.",
        {field<&HolderRequest::id>("id", "Which market."),
            field<&HolderRequest::share>(
                "share", "From this share on; absent: what the market's rules say, else everybody.", {.unit = "%", .min = 0, .max = 100})}};
}

struct LargeHolder {
    Id<Organisation> organisation;
    Text name;
    std::int64_t tonnes = 0, buying = 0;
    double share = 0;
    bool above_limit = false;
};
Record describe(const LargeHolder*) {
    using One = LargeHolder;
    return {"market_holder", "What one organisation holds of a market's tonnes.",
        {field<&One::organisation>("organisation", "Who."), field<&One::name>("name", "Its name."), field<&One::tonnes>("tonnes", "Held.", {.unit = "t"}),
            field<&One::buying>("buying", "Orders to buy in the book.", {.unit = "t"}),
            field<&One::share>("share", "Of the tonnes in circulation.", {.unit = "%"}),
            field<&One::above_limit>("above_limit", "With its orders it would hold more than the market allows.")}};
}

namespace {

Result<Page<LargeHolder>> holder_list(Floor& floor, Transaction& transaction, const Caller& caller, const HolderRequest& request) {
    const Market market = TRY(transaction.get(request.id));
    const Rows rows =
        TRY(transaction.query("SELECT b.holder, CAST(SUM(b.last - b.first + 1) AS BIGINT) FROM serial_block b WHERE b.product = $1 AND b.state = 'held' "
                              "GROUP BY b.holder ORDER BY 2 DESC, 1",
            {market.product.text}));
    std::int64_t all = 0;
    for (const auto& row : rows.rows) all += as_integer(row[1]);
    Page<LargeHolder> page;
    TRY(floor.look(transaction, market.id, [&](const Seat& seat) -> Result<Done> {
        const RulesEdition& rules = seat.edition_of(when_at(seat, caller.now).day);
        const double least = request.share.value_or(rules.large_holding.value_or(0));
        std::map<std::string, std::int64_t> buying;
        for (const auto& [order, reserve] : seat.desk->reserves())
            if (reserve.side == Side::buy) buying[seat.members.at(reserve.account).organisation] += reserve.quantity;
        for (const auto& row : rows.rows) {
            LargeHolder holder{.organisation = Id<Organisation>(as_text(row[0])), .name = {}, .tonnes = as_integer(row[1])};
            holder.share = all > 0 ? 100.0 * static_cast<double>(holder.tonnes) / static_cast<double>(all) : 0;
            if (holder.share < least || page.items.size() >= 200) continue;
            holder.buying = buying[holder.organisation.text];
            holder.above_limit = rules.holding_max && holder.tonnes + holder.buying > *rules.holding_max;
            holder.name = TRY(transaction.get(holder.organisation)).name;
            page.items.push_back(std::move(holder));
        }
        return Done{};
    }));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

Result<std::int64_t> bought_today(Transaction& transaction, const Caller& caller, const Id<CarbonProduct>& product, const Id<Organisation>& organisation) {
    std::int64_t tonnes = 0;
    for (const Market& market : TRY(transaction.find<Market>("product = $1 ORDER BY id", {product.text}))) {
        Seat seat;
        seat.editions = market.rules;
        const Date day = when_at(seat, caller.now).day;
        if (seat.edition_of(day).resale_days == 0) continue;
        tonnes += as_integer(
            TRY(transaction.query("SELECT CAST(COALESCE(SUM(d.quantity), 0) AS BIGINT) FROM market_trade d JOIN market_trader t ON t.market = d.market AND "
                                  "t.number = d.buyer WHERE d.market = $1 AND d.day = $2 AND t.organisation = $3",
                    {market.id.text, to_text(day), organisation.text}))
                .single());
    }
    return tonnes;
}

std::vector<Endpoint> holder_endpoints(Floor& floor) {
    return {
        {"market_holder_list", Method::get, "/markets/{id}/holders", "Who holds much of what is traded here: the report of large holders.", Mode::read,
            run_exchange, call(floor, holder_list)},
    };
}

} // namespace greenbank::market
