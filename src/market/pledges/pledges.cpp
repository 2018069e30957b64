// pledges.cpp — tonnes frozen by a hold of the ledger, and what becomes of them.
#include "market/pledges/pledges.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "market/exchange/records.h"
#include "market/pledges/endpoints.h"

namespace greenbank::market {

Record describe(const CarbonPledge*) {
    using One = CarbonPledge;
    return {"carbon_pledge", "Tonnes that secure a debt.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::product>("product", "Which tonnes.", {.filter = true}),
            field<&One::pledgor>("pledgor", "Whose they are.", {.read_only = true, .filter = true}),
            field<&One::pledgee>("pledgee", "In whose favour.", {.filter = true}),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::secured>("secured", "The debt behind them.", {.min = 0.01}),
            field<&One::brought>("brought", "Paid to whom it is given by sales of it so far.", {.read_only = true}),
            field<&One::reference>("reference", "Which debt that is.", {.max = 200, .defaulted = true}),
            field<&One::advance_basis_points>(
                "advance_basis_points", "How much of the value is lent at most, in hundredths of a percent.", {.min = 1, .max = 10'000, .defaulted = true}),
            field<&One::call_basis_points>("call_basis_points", "Below which value to debt more is called, in hundredths of a percent.",
                {.min = 10'000, .max = 100'000, .defaulted = true}),
            field<&One::rank>("rank", "Who came first is served first.", {.read_only = true}),
            field<&One::hold>("hold", "The ledger's hold.", {.read_only = true}),
            field<&One::state>("state", "Active, released, being sold or sold.", {.read_only = true, .filter = true}),
            field<&One::auction>("auction", "The auction that sells them.", {.read_only = true}),
            field<&One::offer_product>("offer_product", "What the pledgor offers instead.", {.read_only = true}),
            field<&One::offer_tonnes>("offer_tonnes", "How much of that.", {.unit = "t", .read_only = true}),
            field<&One::made_by>("made_by", "Who made it.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was made.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const PledgeValue*) {
    using One = PledgeValue;
    return {"pledge_value", "What a pledge is worth at a close.",
        {field<&One::pledge>("pledge", "Which pledge."), field<&One::day>("day", "The day of the close."), field<&One::price>("price", "Of a tonne."),
            field<&One::value>("value", "Of all tonnes."), field<&One::cover_basis_points>("cover_basis_points", "Value to debt, in hundredths of a percent."),
            field<&One::call>("call", "More is called."), field<&One::tonnes_wanted>("tonnes_wanted", "How many tonnes more.", {.unit = "t"})}};
}
Record describe(const KeyOf<CarbonPledge>*) { return {"pledge_key", "Names a pledge.", {field<&KeyOf<CarbonPledge>::id>("id", "Its id.")}}; }

struct PledgeChange {
    Id<CarbonPledge> id;
    std::int64_t tonnes = 0;
};
Record describe(const PledgeChange*) {
    return {"pledge_change", "Tonnes that go back, or come to a pledge.",
        {field<&PledgeChange::id>("id", "Which pledge."), field<&PledgeChange::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10})}};
}
struct PledgeOffer {
    Id<CarbonPledge> id;
    Id<CarbonProduct> product;
    std::int64_t tonnes = 0;
};
Record describe(const PledgeOffer*) {
    return {"pledge_offer", "Other tonnes in place of the pledged ones.",
        {field<&PledgeOffer::id>("id", "Which pledge."), field<&PledgeOffer::product>("product", "Which tonnes instead."),
            field<&PledgeOffer::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10})}};
}
struct PledgeQuestion {
    Id<CarbonPledge> id;
    std::int64_t price_basis_points = 10'000;
};
Record describe(const PledgeQuestion*) {
    return {"pledge_question", "What is a pledge worth?",
        {field<&PledgeQuestion::id>("id", "Which pledge."),
            field<&PledgeQuestion::price_basis_points>(
                "price_basis_points", "At so much of the price, in hundredths of a percent.", {.min = 0, .max = 100'000, .defaulted = true})}};
}

namespace {

using ledger::Asked;

Asked hold_for(const ledger::Book::Turn& turn, const Caller& caller, const std::string& id, const ledger::LedgerAccount& from,
    const Id<ledger::LedgerAccount>& to, std::int64_t tonnes) {
    return {.transfer = {.id = *ledger::parse_transfer_id(id),
                .amount = static_cast<ledger::Amount>(tonnes) * static_cast<ledger::Amount>(per_tonne),
                .debit = turn.account(from.id.text),
                .credit = turn.account(to.text),
                .kind = ledger::Kind::pending,
                .at = caller.now},
        .note = "pledge"};
}
std::string new_transfer(const Caller& caller) { return make_id(ledger::TransferName::id_prefix, caller.now, caller.random); }

/// The old hold ends and another one of `tonnes` begins, in one chain; none: it only ends.
Result<Done> hold_anew(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t tonnes) {
    CarbonProduct product = TRY(transaction.get(pledge.product));
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    const ledger::LedgerAccount from = TRY(holding_account(turn, transaction, caller, product, pledge.pledgor));
    const Id<ledger::LedgerAccount> to = TRY(product_account(turn, transaction, caller, product, ProductAccount::pledged));
    std::vector<Asked> batch;
    if (!pledge.hold.empty())
        batch.push_back({.transfer = {.id = *ledger::parse_transfer_id(new_transfer(caller)),
                             .refers_to = *ledger::parse_transfer_id(pledge.hold),
                             .kind = ledger::Kind::void_pending,
                             .linked = tonnes > 0,
                             .at = caller.now},
            .note = "pledge"});
    pledge.hold.clear();
    if (tonnes > 0) {
        pledge.hold = new_transfer(caller);
        batch.push_back(hold_for(turn, caller, pledge.hold, from, to, tonnes));
    }
    for (const ledger::Posted& posted : TRY(turn.post(batch)))
        if (!ledger::check_posted(posted))
            return Error{Failure::conflict, "registry.tonnes_short", "Only {tonnes} t are free: less than asked for. Pledged and offered tonnes do not count.",
                {{"tonnes", std::to_string(available_tonnes(turn, from))}}};
    pledge.tonnes = tonnes;
    pledge.updated_at = caller.now;
    return Done{};
}

/// The close of a product in a currency, on that day or the last one before it.
Result<std::optional<MarketDay>> close_before(Transaction& transaction, const Id<CarbonProduct>& product, const std::string& currency, Date day) {
    return transaction.find_one<MarketDay>(
        "market IN (SELECT id FROM market WHERE product = $1 AND currency = $2) AND day <= $3 AND close > 0 AND doubt IS NULL ORDER BY day DESC LIMIT 1",
        {product.text, currency, to_text(day)});
}

Result<Money> value_of(Transaction& transaction, const Id<CarbonProduct>& product, std::int64_t tonnes, const std::string& currency, Date day,
    std::int64_t change, Money& price, Date& at) {
    const auto close = TRY(close_before(transaction, product, currency, day));
    if (!close) return Error{Failure::conflict, "pledge.no_price", "No market has a price of these tonnes in {currency} yet.", {{"currency", currency}}};
    at = close->day;
    const auto minor = static_cast<std::int64_t>(close->close * 100 + 0.5);
    price = {minor * (10'000 + change) / 10'000, currency};
    return Money{price.minor * tonnes, currency};
}

Result<Done> check_active(const CarbonPledge& pledge) {
    if (pledge.state == PledgeState::active) return Done{};
    return Error{Failure::conflict, "pledge.not_active", "This pledge is released or sold already."};
}

} // namespace

Date latest_day(Time now) { return date_of(now + hours(14)); }

Result<CarbonPledge> make_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, const PledgeAsk& ask) {
    if (ask.pledgor == ask.pledgee) return invalid({{"pledgee", "pledge.to_oneself", "A pledge is given to another organisation."}});
    TRY(transaction.get(ask.pledgee));
    TRY(open_registry_account(transaction, ask.pledgor));
    CarbonPledge pledge{.id = caller.new_id<CarbonPledge>(),
        .product = ask.product,
        .pledgor = ask.pledgor,
        .pledgee = ask.pledgee,
        .tonnes = ask.tonnes,
        .secured = ask.secured,
        .brought = {0, ask.secured.currency},
        .reference = ask.reference,
        .advance_basis_points = ask.advance_basis_points,
        .call_basis_points = ask.call_basis_points,
        .hold = "",
        .auction = {},
        .offer_product = {},
        .offer_tonnes = {},
        .made_by = caller.actor.person,
        .created_at = caller.now,
        .updated_at = caller.now};
    Money price;
    Date at;
    const auto value = value_of(transaction, ask.product, ask.tonnes, ask.secured.currency, latest_day(caller.now), 0, price, at);
    if (value && ask.secured.minor > value.value().minor / 10'000 * ask.advance_basis_points)
        return Error{Failure::conflict, "pledge.above_advance", "The tonnes are worth {value}; {percent} of that is lent at most.",
            {{"value", amount_text(value.value()) + " " + ask.secured.currency},
                {"percent", fmt::format("{}.{:02} %", ask.advance_basis_points / 100, ask.advance_basis_points % 100)}}};
    pledge.rank = 1 + as_integer(TRY(transaction.query("SELECT COUNT(*) FROM carbon_pledge WHERE pledgor = $1 AND product = $2 AND state = 'active'",
                                         {ask.pledgor.text, ask.product.text}))
                                     .single());
    TRY(hold_anew(book, transaction, caller, pledge, ask.tonnes));
    TRY(transaction.insert(pledge));
    return pledge;
}

Result<PledgeValue> value_pledge(Transaction& transaction, const CarbonPledge& pledge, Date day, std::int64_t change_basis_points) {
    PledgeValue value{.pledge = pledge.id, .day = day, .price = {}, .value = {}};
    value.value = TRY(value_of(transaction, pledge.product, pledge.tonnes, pledge.secured.currency, day, change_basis_points, value.price, value.day));
    __extension__ typedef __int128 Wide;
    if (pledge.secured.minor > 0) value.cover_basis_points = static_cast<std::int64_t>(static_cast<Wide>(value.value.minor) * 10'000 / pledge.secured.minor);
    value.call = pledge.state == PledgeState::active && pledge.secured.minor > 0 && value.cover_basis_points < pledge.call_basis_points;
    if (value.call && value.price.minor > 0) {
        const Wide wanted = (static_cast<Wide>(pledge.secured.minor) * pledge.call_basis_points + 9'999) / 10'000 - value.value.minor;
        value.tonnes_wanted = static_cast<std::int64_t>((wanted + value.price.minor - 1) / value.price.minor);
    }
    return value;
}

Result<Done> release_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t tonnes) {
    TRY(check_active(pledge));
    if (tonnes <= 0 || tonnes > pledge.tonnes)
        return Error{Failure::conflict, "pledge.tonnes", "The pledge has {tonnes} t.", {{"tonnes", std::to_string(pledge.tonnes)}}};
    TRY(hold_anew(book, transaction, caller, pledge, pledge.tonnes - tonnes));
    if (pledge.tonnes == 0) pledge.state = PledgeState::released;
    return transaction.update(pledge);
}

Result<Done> follow_debt(Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t debt) {
    if (pledge.secured.minor == debt || (pledge.state != PledgeState::active && pledge.state != PledgeState::selling)) return Done{};
    pledge.secured.minor = debt;
    pledge.updated_at = caller.now;
    return transaction.update(pledge);
}

Result<Done> add_to_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t tonnes) {
    TRY(check_active(pledge));
    TRY(hold_anew(book, transaction, caller, pledge, pledge.tonnes + tonnes));
    return transaction.update(pledge);
}

Result<Done> begin_pledge_sale(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge) {
    TRY(check_active(pledge));
    const std::int64_t tonnes = pledge.tonnes;
    TRY(hold_anew(book, transaction, caller, pledge, 0));
    pledge.tonnes = tonnes;
    pledge.state = PledgeState::selling;
    return Done{};
}

Result<Done> auctioned_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t sold, std::int64_t debt) {
    const std::int64_t left = pledge.tonnes - sold;
    pledge.brought.minor += pledge.secured.minor - debt;
    pledge.secured.minor = debt;
    pledge.tonnes = 0;
    if (left > 0 && debt > 0) TRY(hold_anew(book, transaction, caller, pledge, left));
    pledge.state = pledge.tonnes > 0 ? PledgeState::active : PledgeState::sold;
    pledge.updated_at = caller.now;
    return transaction.update(pledge);
}

namespace {

/// Worth at least as much at the last close, in the currency of the debt.
Result<Done> check_worth(Transaction& transaction, const Caller& caller, const CarbonPledge& pledge, const Id<CarbonProduct>& product, std::int64_t tonnes) {
    TRY(check_active(pledge));
    Money price;
    Date at;
    const Date today = latest_day(caller.now);
    const Money before = TRY(value_of(transaction, pledge.product, pledge.tonnes, pledge.secured.currency, today, 0, price, at));
    const Money after = TRY(value_of(transaction, product, tonnes, pledge.secured.currency, today, 0, price, at));
    if (after.minor < before.minor) return Error{Failure::conflict, "pledge.worth_less", "The other tonnes are worth less; offer more of them."};
    return Done{};
}

} // namespace

Result<Done> substitute_pledge(
    ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, const Id<CarbonProduct>& product, std::int64_t tonnes) {
    TRY(check_worth(transaction, caller, pledge, product, tonnes));
    TRY(hold_anew(book, transaction, caller, pledge, 0));
    pledge.product = product;
    pledge.offer_product.reset();
    pledge.offer_tonnes.reset();
    TRY(hold_anew(book, transaction, caller, pledge, tonnes));
    return transaction.update(pledge);
}

namespace {

Result<CarbonPledge> seen_pledge(Transaction& transaction, const Caller& caller, const Id<CarbonPledge>& id) {
    CarbonPledge pledge = TRY(transaction.get(id));
    const std::string& me = caller.actor.organisation;
    if (!caller.actor.may(keep_registry) && (me.empty() || (pledge.pledgor.text != me && pledge.pledgee.text != me)))
        return not_found(record_of<CarbonPledge>(), id.text);
    return pledge;
}
Result<Page<CarbonPledge>> pledge_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonPledge>& list) {
    if (caller.actor.may(keep_registry)) return list_page<CarbonPledge>(transaction, caller, list);
    return list_page<CarbonPledge>(transaction, caller, list, "$1 <> '' AND (pledgor = $1 OR pledgee = $1)", {caller.actor.organisation});
}
Result<CarbonPledge> pledge_get(Transaction& transaction, const Caller& caller, const KeyOf<CarbonPledge>& key) {
    return seen_pledge(transaction, caller, key.id);
}
Result<PledgeValue> pledge_value(Transaction& transaction, const Caller& caller, const PledgeQuestion& question) {
    return value_pledge(transaction, TRY(seen_pledge(transaction, caller, question.id)), latest_day(caller.now), question.price_basis_points - 10'000);
}

} // namespace

std::vector<Endpoint> pledge_endpoints(ledger::Book& book) {
    const auto make = [&book](Transaction& transaction, const Caller& caller, const CarbonPledge& draft) -> Result<Reply<CarbonPledge>> {
        const auto pledgor = TRY(acting_organisation(caller));
        CarbonPledge made = TRY(make_pledge(book, transaction, caller,
            {draft.product, pledgor, draft.pledgee, draft.tonnes, draft.secured, draft.reference, draft.advance_basis_points, draft.call_basis_points}));
        return Reply<CarbonPledge>{.body = std::move(made), .status = 201};
    };
    const auto release = [&book](Transaction& transaction, const Caller& caller, const PledgeChange& change) -> Result<CarbonPledge> {
        CarbonPledge pledge = TRY(seen_pledge(transaction, caller, change.id));
        if (pledge.pledgee.text != caller.actor.organisation)
            return Error{Failure::forbidden, "pledge.not_pledgee", "Only in whose favour the pledge is releases it."};
        TRY(release_pledge(book, transaction, caller, pledge, change.tonnes));
        return pledge;
    };
    const auto add = [&book](Transaction& transaction, const Caller& caller, const PledgeChange& change) -> Result<CarbonPledge> {
        CarbonPledge pledge = TRY(seen_pledge(transaction, caller, change.id));
        if (pledge.pledgor.text != caller.actor.organisation)
            return Error{Failure::forbidden, "pledge.not_pledgor", "Only whose tonnes are pledged adds to them."};
        TRY(add_to_pledge(book, transaction, caller, pledge, change.tonnes));
        return pledge;
    };
    const auto offer = [](Transaction& transaction, const Caller& caller, const PledgeOffer& asked) -> Result<CarbonPledge> {
        CarbonPledge pledge = TRY(seen_pledge(transaction, caller, asked.id));
        if (pledge.pledgor.text != caller.actor.organisation)
            return Error{Failure::forbidden, "pledge.not_pledgor", "Only whose tonnes are pledged adds to them."};
        TRY(transaction.get(asked.product));
        TRY(check_worth(transaction, caller, pledge, asked.product, asked.tonnes));
        pledge.offer_product = asked.product;
        pledge.offer_tonnes = asked.tonnes;
        pledge.updated_at = caller.now;
        TRY(transaction.update(pledge));
        return pledge;
    };
    const auto substitute = [&book](Transaction& transaction, const Caller& caller, const KeyOf<CarbonPledge>& key) -> Result<CarbonPledge> {
        CarbonPledge pledge = TRY(seen_pledge(transaction, caller, key.id));
        if (pledge.pledgee.text != caller.actor.organisation)
            return Error{Failure::forbidden, "pledge.not_pledgee", "Only in whose favour the pledge is releases it."};
        if (!pledge.offer_product || !pledge.offer_tonnes)
            return Error{Failure::conflict, "pledge.no_offer", "The pledgor offers nothing else for this pledge now."};
        TRY(substitute_pledge(book, transaction, caller, pledge, *pledge.offer_product, *pledge.offer_tonnes));
        return pledge;
    };
    return {
        // clang-format off
        {"carbon_pledge_list", Method::get, "/carbon-pledges", "Pledges: given or taken by one's organisation, or all.", Mode::read, signed_in, call(pledge_list)},
        {"carbon_pledge_get", Method::get, "/carbon-pledges/{id}", "One pledge.", Mode::read, signed_in, call(pledge_get)},
        {"carbon_pledge_make", Method::post, "/carbon-pledges", "Pledge one's own tonnes to another organisation; the ledger freezes them.", Mode::write, trade_carbon, call(make)},
        {"carbon_pledge_release", Method::post, "/carbon-pledges/{id}/release", "Give pledged tonnes free.", Mode::write, trade_carbon, call(release)},
        {"carbon_pledge_add", Method::post, "/carbon-pledges/{id}/add", "Pledge more, as a margin call asks.", Mode::write, trade_carbon, call(add)},
        {"carbon_pledge_offer", Method::post, "/carbon-pledges/{id}/offer", "Offer other tonnes of at least the same value in place of the pledged ones.", Mode::write, trade_carbon, call(offer)},
        {"carbon_pledge_substitute", Method::post, "/carbon-pledges/{id}/substitute", "Take what the pledgor offers instead: the ledger freezes it and frees the rest, at once.", Mode::write, trade_carbon, call(substitute)},
        {"carbon_pledge_value", Method::get, "/carbon-pledges/{id}/value", "What a pledge is worth at the last close, and whether more is called.", Mode::read, signed_in, call(pledge_value)},
        // clang-format on
    };
}

} // namespace greenbank::market
