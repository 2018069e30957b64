// carry_overs.cpp — allowances of one year become allowances of the next, as far as a notice allows it. No ratio is built in: none is confirmed.
#include "market/engine/compliance.h"
#include "market/registry/registry.h"

namespace greenbank::market {

namespace {

/// What the organisation sold of a product on balance, in all its markets.
Result<std::int64_t> sold_on_balance(Transaction& transaction, const Id<CarbonProduct>& product, const Id<Organisation>& organisation) {
    const auto traded = [&](const char* sql) -> Result<std::int64_t> {
        return as_integer(TRY(transaction.query(sql, {product.text, organisation.text})).single());
    };
    const std::int64_t sold = TRY(traded(
                           "SELECT CAST(COALESCE(SUM(d.quantity), 0) AS BIGINT) FROM market_trade d JOIN market m ON m.id = d.market JOIN market_trader t ON "
                           "t.market = d.market AND t.number = d.seller WHERE m.product = $1 AND t.organisation = $2")),
                       bought = TRY(traded(
                           "SELECT CAST(COALESCE(SUM(d.quantity), 0) AS BIGINT) FROM market_trade d JOIN market m ON m.id = d.market JOIN market_trader t ON "
                           "t.market = d.market AND t.number = d.buyer WHERE m.product = $1 AND t.organisation = $2"));
    return std::max<std::int64_t>(0, sold - bought);
}

Result<Reply<CarryOver>> carry_over_make(
    ledger::Book& book, const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const CarryOver& draft) {
    CarryOver made = draft;
    const ComplianceObligation obligation = TRY(transaction.get(made.obligation));
    const CarbonProduct from = TRY(transaction.get(made.from_product));
    CarbonProduct to = TRY(transaction.get(made.to_product));
    if (from.programme != obligation.programme || to.programme != obligation.programme || to.vintage <= from.vintage || from.vintage > obligation.year)
        return invalid({{"to_product", "carry_over.products", "Choose allowances of the obligation's programme, the new ones of a later year."}});
    if (obligation.emissions - obligation.allowances_given - obligation.offsets_given > 0)
        return Error{Failure::conflict, "carry_over.not_met", "The obligation is not met yet; surrender first, then carry over what is left."};
    made.id = caller.new_id<CarryOver>();
    made.organisation = obligation.organisation;
    made.left = as_integer(TRY(
        transaction.query("SELECT CAST(COALESCE(SUM(last - first + 1), 0) AS BIGINT) FROM serial_block WHERE product = $1 AND holder = $2 AND state = 'held'",
            {from.id.text, made.organisation.text}))
                               .single());
    made.sold = TRY(sold_on_balance(transaction, from.id, made.organisation));
    const std::int64_t before =
        as_integer(TRY(transaction.query("SELECT CAST(COALESCE(SUM(tonnes), 0) AS BIGINT) FROM carry_over WHERE obligation = $1 AND from_product = $2",
                           {made.obligation.text, from.id.text}))
                       .single());
    const std::int64_t most = std::max<std::int64_t>(0, carried_over(made.left + before, made.sold, made.base_tonnes, made.sold_percent) - before);
    if (made.tonnes > most)
        return Error{Failure::conflict, "carry_over.above", "By this notice {tonnes} t more may be carried over.", {{"tonnes", std::to_string(most)}}};
    made.ended = TRY(end_tonnes(book, log, transaction, caller,
                         {EndKind::cancellation, from.id, made.organisation, made.tonnes, {},
                             {"结转至下一年度", "Carried over to the next year", "Перенос на следующий год"}, made.obligation.text}))
                     .id.text;
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const ledger::LedgerAccount account = TRY(holding_account(turn, transaction, caller, to, made.organisation));
        TRY(post_tonnes(turn, caller, to.issued_account, account.id, made.tonnes, "carry-over · " + made.id.text));
    }
    const SerialRange serials = TRY(issue_serials(transaction, caller, to, made.organisation, made.tonnes));
    made.first_serial = serials.first;
    made.last_serial = serials.last;
    made.made_by = caller.actor.person;
    made.made_by_name = TRY(person_name(transaction, caller));
    made.made_at = caller.now;
    TRY(transaction.insert(made));
    return Reply<CarryOver>{.body = std::move(made), .status = 201};
}

Result<Page<CarryOver>> carry_over_list(Transaction& transaction, const Caller& caller, const ListOf<CarryOver>& list) {
    if (caller.actor.may(keep_registry)) return list_page<CarryOver>(transaction, caller, list);
    return list_page<CarryOver>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}

} // namespace

std::vector<Endpoint> carry_over_endpoints(ledger::Book& book, const parties::TransparencyLog& log) {
    const auto make = [&book, &log](Transaction& transaction, const Caller& caller, const CarryOver& draft) -> Result<Reply<CarryOver>> {
        return carry_over_make(book, log, transaction, caller, draft);
    };
    return {
        // clang-format off
        {"carry_over_list", Method::get, "/carry-overs", "What was carried over: by one's own organisation, or all.", Mode::read, signed_in, call(carry_over_list)},
        {"carry_over_make", Method::post, "/carry-overs", "Carry allowances over to a later year, within what a notice allows.", Mode::write, keep_registry, call(make)},
        // clang-format on
    };
}

} // namespace greenbank::market
