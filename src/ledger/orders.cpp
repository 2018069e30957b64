// orders.cpp — transfers that people ask for: within their limits at once, above them by two pairs of eyes; limits.
#include "ledger/decimals.h"
#include "ledger/operations.h"
#include "ledger/transfers.h"

namespace greenbank::ledger {

struct OrderKey {
    Id<TransferOrder> id;
};
Record describe(const OrderKey*) { return {"transfer_order_key", "Names an order.", {field<&OrderKey::id>("id", "Its id.")}}; }

struct OrderRefusal {
    Id<TransferOrder> id;
    std::string reason;
};
Record describe(const OrderRefusal*) {
    return {"transfer_order_refusal", "Refuses an order.",
        {field<&OrderRefusal::id>("id", "Its id."), field<&OrderRefusal::reason>("reason", "Why; who asked for it reads this.", {.min = 1, .max = 500})}};
}

struct LimitKey {
    Id<MakerLimit> id;
};
Record describe(const LimitKey*) { return {"maker_limit_key", "Names a limit.", {field<&LimitKey::id>("id", "Its id.")}}; }

namespace {

std::string name_of_person(Transaction& transaction, const std::string& id) {
    const auto person = transaction.query("SELECT name FROM person WHERE id = $1", {id});
    return person ? as_text(person.value().single()) : std::string();
}

Result<Page<TransferOrder>> order_list(Transaction& transaction, const Caller& caller, const ListOf<TransferOrder>& list) {
    return list_page<TransferOrder>(transaction, caller, list);
}
Result<TransferOrder> order_get(Transaction& transaction, const Caller&, const OrderKey& key) { return transaction.get(key.id); }

/// Who asked for it may transfer so much alone: no more than single_max at once, no more than daily_max with what was posted today.
Result<bool> within_limits(Transaction& transaction, const TransferOrder& order, SignedAmount amount, int scale) {
    const auto limit = TRY(transaction.find_one<MakerLimit>("person = $1 AND asset = $2", {order.made_by, order.asset.text}));
    if (!limit) return false;
    const auto single = parse_decimal(limit->single_max, scale), daily = parse_decimal(limit->daily_max, scale);
    if (!single || !daily || amount > *single) return false;
    SignedAmount today = amount;
    for (const TransferOrder& other :
        TRY(transaction.find<TransferOrder>("made_by = $1 AND made_on = $2 AND asset = $3 AND state = 'posted' AND checked_by IS NULL",
            {order.made_by, to_text(order.made_on), order.asset.text}))) {
        const SignedAmount more = parse_decimal(other.amount, scale).value_or(0);
        if (more > *daily - today) return false;
        today += more;
    }
    return today <= *daily;
}

Result<SignedAmount> amount_of(const Book::Turn& turn, const TransferOrder& order) {
    const AccountNumber debit = turn.account(order.debit.text);
    if (debit == AccountNumber::unknown) return not_found(record_of<LedgerAccount>(), order.debit.text);
    if (turn.account(order.credit.text) == AccountNumber::unknown) return not_found(record_of<LedgerAccount>(), order.credit.text);
    const int scale = turn.scale(debit);
    const auto amount = parse_decimal(order.amount, scale);
    if (!amount || *amount <= 0)
        return invalid({{"amount", "ledger.amount_malformed", "Write an amount in digits with at most {scale} places after the point, like {example}.",
            {{"scale", std::to_string(scale)}, {"example", decimal_text(SignedAmount{125'000}, scale)}}}});
    return *amount;
}

Result<Done> post_order(Book::Turn& turn, const Caller& caller, TransferOrder& order) {
    const auto amount = TRY(amount_of(turn, order));
    Asked asked{.transfer = {.id = *parse_transfer_id(make_id(TransferName::id_prefix, caller.now, caller.random)),
                    .amount = static_cast<Amount>(amount),
                    .debit = turn.account(order.debit.text),
                    .credit = turn.account(order.credit.text),
                    .at = caller.now},
        .note = order.note.value_or("")};
    if (order.value_date) asked.transfer.value_date = *order.value_date;
    TRY(post_one(turn, asked));
    order.state = OrderState::posted;
    order.transfer = to_text(asked.transfer.id);
    return Done{};
}

Result<TransferOrder> waiting_order(Transaction& transaction, const Caller& caller, const Id<TransferOrder>& id) {
    TransferOrder order = TRY(transaction.get(id));
    TRY(check_expected(caller, order));
    if (order.state != OrderState::waiting) return Error{Failure::conflict, "ledger.order_not_waiting", "This order no longer waits; load it again."};
    return order;
}

/// The second pair of eyes is another person's.
Result<TransferOrder> order_to_check(Transaction& transaction, const Caller& caller, const Id<TransferOrder>& id) {
    TransferOrder order = TRY(waiting_order(transaction, caller, id));
    if (order.made_by == caller.actor.person)
        return Error{Failure::forbidden, "ledger.own_order", "You asked for this transfer yourself; another person must agree to it."};
    order.checked_by = caller.actor.person;
    order.checked_by_name = name_of_person(transaction, caller.actor.person);
    order.checked_at = caller.now;
    return order;
}

Result<TransferOrder> order_refuse(Transaction& transaction, const Caller& caller, const OrderRefusal& refusal) {
    TransferOrder order = TRY(order_to_check(transaction, caller, refusal.id));
    order.state = OrderState::refused;
    order.reason = refusal.reason;
    TRY(transaction.update(order));
    return order;
}

Result<TransferOrder> order_withdraw(Transaction& transaction, const Caller& caller, const OrderKey& key) {
    TransferOrder order = TRY(waiting_order(transaction, caller, key.id));
    if (order.made_by != caller.actor.person)
        return Error{Failure::forbidden, "ledger.not_own_order", "Only who asked for a transfer withdraws it; you can refuse it."};
    order.state = OrderState::withdrawn;
    TRY(transaction.update(order));
    return order;
}

Result<Page<MakerLimit>> limit_list(Transaction& transaction, const Caller& caller, const ListOf<MakerLimit>& list) {
    return list_page<MakerLimit>(transaction, caller, list);
}

Result<MakerLimit> limit_set(Transaction& transaction, const Caller& caller, const MakerLimit& draft) {
    MakerLimit limit = draft;
    if (limit.person.text == caller.actor.person)
        return Error{Failure::forbidden, "ledger.own_limit", "Nobody sets their own limit; another person must do it."};
    const LedgerAsset asset = TRY(transaction.get(limit.asset));
    TRY(transaction.get(limit.person));
    const auto single = parse_decimal(limit.single_max, static_cast<int>(asset.scale)), daily = parse_decimal(limit.daily_max, static_cast<int>(asset.scale));
    if (!single || *single < 0) return invalid({{"single_max", "ledger.limit_malformed", "This limit must be an amount of the asset, zero or more."}});
    if (!daily || *daily < *single)
        return invalid({{"daily_max", "ledger.limit_malformed", "This limit must be an amount of the asset, at least that of one transfer."}});
    limit.set_by = caller.actor.person;
    limit.updated_at = caller.now;
    const auto before = TRY(transaction.find_one<MakerLimit>("person = $1 AND asset = $2", {limit.person.text, limit.asset.text}));
    limit.id = before ? before->id : caller.new_id<MakerLimit>();
    if (before) TRY(transaction.update(limit));
    else TRY(transaction.insert(limit));
    return limit;
}

Result<Done> limit_delete(Transaction& transaction, const Caller&, const LimitKey& key) { return transaction.erase(key.id); }

} // namespace

std::vector<Endpoint> order_endpoints(Book& book) {
    const auto create = [&book](Transaction& transaction, const Caller& caller, const TransferOrder& draft) -> Result<Reply<TransferOrder>> {
        TransferOrder order = draft;
        order.id = caller.new_id<TransferOrder>();
        order.created_at = caller.now;
        order.made_on = date_of(caller.now);
        order.made_by = caller.actor.person;
        order.made_by_name = name_of_person(transaction, order.made_by);
        Book::Turn turn = TRY(book.turn(transaction, caller));
        const SignedAmount amount = TRY(amount_of(turn, order));
        const AccountNumber debit = turn.account(order.debit.text), credit = turn.account(order.credit.text);
        if (debit == credit || turn.ledger().account(debit).asset != turn.ledger().account(credit).asset) {
            const Code code = debit == credit ? Code::accounts_same : Code::accounts_in_different_assets;
            return Error{Failure::conflict, "ledger." + std::string(to_text(code)), std::string(sentence_of(code))};
        }
        order.asset = Id<LedgerAsset>(turn.asset_id(turn.ledger().account(debit).asset));
        if (TRY(within_limits(transaction, order, amount, turn.scale(debit)))) TRY(post_order(turn, caller, order));
        TRY(transaction.insert(order));
        return Reply<TransferOrder>{.body = std::move(order), .status = 201};
    };
    const auto approve = [&book](Transaction& transaction, const Caller& caller, const OrderKey& key) -> Result<TransferOrder> {
        TransferOrder order = TRY(order_to_check(transaction, caller, key.id));
        Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(post_order(turn, caller, order));
        TRY(transaction.update(order));
        return order;
    };
    return {
        // clang-format off
        {"transfer_order_list", Method::get, "/ledger/orders", "Transfers that people asked for.", Mode::read, read_ledger, call(order_list)},
        {"transfer_order_get", Method::get, "/ledger/orders/{id}", "One order.", Mode::read, read_ledger, call(order_get)},
        {"transfer_order_create", Method::post, "/ledger/orders", "Ask for a transfer: within one's limits it is posted at once, else another person must agree.", Mode::write, write_ledger, call(create)},
        {"transfer_order_approve", Method::post, "/ledger/orders/{id}/approve", "Agree to another person's order; it is posted.", Mode::write, approve_orders, call(approve)},
        {"transfer_order_refuse", Method::post, "/ledger/orders/{id}/refuse", "Refuse another person's order.", Mode::write, approve_orders, call(order_refuse)},
        {"transfer_order_withdraw", Method::post, "/ledger/orders/{id}/withdraw", "Withdraw one's own order.", Mode::write, write_ledger, call(order_withdraw)},
        {"maker_limit_list", Method::get, "/ledger/limits", "What people may transfer alone.", Mode::read, read_ledger, call(limit_list)},
        {"maker_limit_set", Method::post, "/ledger/limits", "Set what another person may transfer alone in an asset.", Mode::write, manage_ledger, call(limit_set)},
        {"maker_limit_delete", Method::remove, "/ledger/limits/{id}", "Take a limit away: every transfer then needs another person.", Mode::write, manage_ledger, call(limit_delete)},
        // clang-format on
    };
}

} // namespace greenbank::ledger
