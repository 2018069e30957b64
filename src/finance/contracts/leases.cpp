// leases.cpp — a finance lease: the lessor pays the supplier, the lessee pays rents, and buys the thing at the end or hands it back.
#include "finance/contracts/contracts.h"
#include "finance/products/running.h"

namespace greenbank::finance {

Record describe(const ById<FinanceLease>*) { return {"finance_lease_key", "Names a lease.", {field<&ById<FinanceLease>::id>("id", "Its id.")}}; }
struct LeasePayment {
    Id<FinanceLease> id;
    std::optional<Money> amount;
};
Record describe(const LeasePayment*) {
    return {"finance_lease_payment", "Pays rents.",
        {field<&LeasePayment::id>("id", "The lease."), field<&LeasePayment::amount>("amount", "How much; absent: what is due, or the next rent.", {.min = 0})}};
}
struct LeaseEnd {
    Id<FinanceLease> id;
    bool buy = true;
};
Record describe(const LeaseEnd*) {
    return {"finance_lease_end", "Ends a lease whose rents are paid.",
        {field<&LeaseEnd::id>("id", "The lease."), field<&LeaseEnd::buy>("buy", "The lessee buys the thing for the option price; else it is handed back.")}};
}

namespace {

Result<FinanceLease> lease_seen(Transaction& transaction, const Caller& caller, const Id<FinanceLease>& id) {
    FinanceLease lease = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (!caller.actor.may(run_finance) && (own.empty() || (own != lease.lessor.text && own != lease.lessee.text)))
        return not_found(record_of<FinanceLease>(), id.text);
    bring_to(lease, date_of(caller.now));
    return lease;
}
Result<FinanceLease> lease_of_lessee(Transaction& transaction, const Caller& caller, const Id<FinanceLease>& id, ContractState state) {
    return in_step(caller, TRY(lease_seen(transaction, caller, id)), &FinanceLease::lessee,
        not_yours("financing.not_lessee", "This is for the organisation that uses the thing."), state);
}

Result<Page<FinanceLease>> lease_list(Transaction& transaction, const Caller& caller, const ListOf<FinanceLease>& list) {
    auto page = caller.actor.may(run_finance)
                    ? TRY(list_page<FinanceLease>(transaction, caller, list))
                    : TRY(list_page<FinanceLease>(transaction, caller, list, "$1 <> '' AND (lessor = $1 OR lessee = $1)", {caller.actor.organisation}));
    for (FinanceLease& lease : page.items) bring_to(lease, date_of(caller.now));
    return page;
}
Result<FinanceLease> lease_get(Transaction& transaction, const Caller& caller, const ById<FinanceLease>& key) {
    return lease_seen(transaction, caller, key.id);
}

Result<Reply<FinanceLease>> lease_create(Transaction& transaction, const Caller& caller, const FinanceLease& draft) {
    FinanceLease lease = draft;
    lease.id = caller.new_id<FinanceLease>();
    lease.number = contract_number("FL", lease.id.text);
    lease.lessor = TRY(acting_organisation(caller));
    if (lease.lessor == lease.lessee) return invalid({{"lessee", "financing.oneself", "A contract is made with another organisation."}});
    lease.lessor_name = TRY(name_of_organisation(transaction, lease.lessor));
    lease.lessee_name = TRY(named_organisation(transaction, lease.lessee, "lessee")).name;
    lease.supplier_name = TRY(named_organisation(transaction, lease.supplier, "supplier")).name;
    if (lease.supplier == lease.lessor) return invalid({{"supplier", "financing.supplier", "The lessor buys the thing from another organisation."}});
    if (lease.project && !TRY(transaction.find_one<projects::Project>("id = $1", {lease.project->text})))
        return invalid({{"project", "insurance.no_project", "The bank has no such project."}});
    lease.owed = lease.late = lease.late_interest = {0, lease.cost.currency};
    lease.penalty = lease.rate / 2; // as on late instalments of loans
    lease.created_at = lease.updated_at = caller.now;
    TRY(transaction.insert(lease));
    return Reply<FinanceLease>{.body = std::move(lease), .status = 201};
}

LateInterest late_of(const FinanceLease& lease) {
    return {.rate_ppm = ppm_of(lease.rate),
        .penalty_ppm = ppm_of(lease.penalty),
        .accrued_micro = lease.late_accrued_micro,
        .due = lease.late_interest.minor,
        .closed_until = lease.closed_until.value_or(Date{})};
}
/// Rents are paid, and what late ones bore.
RentParts pay(FinanceLease& lease, std::int64_t amount) {
    LateInterest late = late_of(lease);
    const RentParts parts = pay(lease.rents, late, amount);
    lease.late_interest.minor = late.due;
    lease.owed.minor -= parts.principal;
    return parts;
}

/// The lessee's money: interest to the lessor, the rest against what is owed.
Result<Done> post_rent(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const FinanceLease& lease,
    const Id<ledger::LedgerAccount>& lessee, const Id<ledger::LedgerAccount>& lessor, const Money& amount, const RentParts& parts) {
    TRY(move_money(turn, transaction, caller,
        {lease.id.text, ContractMovementKind::rent, lease.lessee, lease.lessor, amount, parts.interest + parts.late_interest, parts.principal, 0, {}},
        {{lessee, lessor, parts.interest, lease.number + " · interest"}, {lessee, lessor, parts.late_interest, lease.number + " · late interest"},
            {lessee, *lease.owed_account, parts.principal, lease.number + " · principal"},
            {*lease.funds_account, lessor, parts.principal, lease.number + " · funds"}}));
    return Done{};
}

Result<FinanceLease> lease_accept(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<FinanceLease>& key) {
    FinanceLease lease = TRY(lease_of_lessee(transaction, caller, key.id, ContractState::offered));
    lease.state = ContractState::active;
    lease.starts_on = lease.closed_until = date_of(caller.now);
    lease.rents = rents_of({.cost = lease.cost.minor,
        .residual = lease.residual.minor,
        .rate_ppm = ppm_of(lease.rate),
        .months = lease.months,
        .frequency = lease.frequency,
        .in_advance = lease.in_advance,
        .start = *lease.starts_on});
    lease.owed = lease.cost;
    const Money first{lease.in_advance ? lease.rents.front().rent : 0, lease.cost.currency}; // is due at once, and paid with the signature
    const RentParts first_parts = pay(lease, first.minor);
    {
        const auto lessor = TRY(deposit_of(transaction, lease.lessor, lease.cost.currency)),
                   supplier = TRY(deposit_of(transaction, lease.supplier, lease.cost.currency));
        const auto lessee = first.minor > 0 ? TRY(deposit_of(transaction, lease.lessee, lease.cost.currency)) : Id<ledger::LedgerAccount>();
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const auto open = [&](const Text& called, ledger::AccountPurpose purpose) {
            return open_account_of(turn, transaction, caller, lease.lessor, lease.cost.currency, called, lease.number, purpose);
        };
        lease.owed_account = TRY(open({"租赁应收", "Lease", "Лизинг"}, ledger::AccountPurpose::receivable));
        lease.funds_account = TRY(open({"租赁资金", "Funds of the lease", "Средства лизинга"}, ledger::AccountPurpose::clearing));
        TRY(move_money(turn, transaction, caller,
            {lease.id.text, ContractMovementKind::begin, lease.lessor, lease.supplier, lease.cost, 0, lease.cost.minor, 0, {}},
            {{lessor, *lease.funds_account, lease.cost.minor, lease.number + " · funds"},
                {*lease.owed_account, supplier, lease.cost.minor, lease.number + " · purchase"}}));
        if (first.minor > 0) TRY(post_rent(turn, transaction, caller, lease, lessee, lessor, first, first_parts));
    }
    bring_to(lease, *lease.starts_on);
    TRY(transaction.update(lease));
    return lease;
}

Result<FinanceLease> lease_withdraw(Transaction& transaction, const Caller& caller, const ById<FinanceLease>& key) {
    return withdrawn(transaction, TRY(in_step(caller, TRY(lease_seen(transaction, caller, key.id)), &FinanceLease::lessor,
                                      not_yours("financing.not_lessor", "This is for the organisation that lets the thing."), ContractState::offered)));
}

Result<FinanceLease> lease_pay(ledger::Book& book, Transaction& transaction, const Caller& caller, const LeasePayment& asked) {
    FinanceLease lease = TRY(lease_of_lessee(transaction, caller, asked.id, ContractState::active));
    if (asked.amount) TRY(check_positive(*asked.amount, lease.cost.currency));
    Money amount = asked.amount.value_or(lease.late);
    if (amount.minor == 0)
        for (const LeaseRent& one : lease.rents)
            if (amount.minor == 0) amount.minor = one.rent - one.paid;
    if (amount.minor == 0) return Error{Failure::conflict, "financing.rents_paid", "All rents are paid; buy the thing, or hand it back."};
    const RentParts parts = pay(lease, amount.minor);
    if (parts.over > 0) return Error{Failure::conflict, "financing.above_rents", "This is more than all rents that are left."};
    bring_to(lease, date_of(caller.now));
    {
        const auto lessor = TRY(deposit_of(transaction, lease.lessor, lease.cost.currency)),
                   lessee = TRY(deposit_of(transaction, lease.lessee, lease.cost.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(post_rent(turn, transaction, caller, lease, lessee, lessor, amount, parts));
    }
    TRY(transaction.update(lease));
    return lease;
}

/// Bought: the option price settles what is left, then, after rents in advance, the interest of the last period; what is more is the lessor's gain, what is
/// less its loss. Handed back: the lessor has the thing for it.
Result<FinanceLease> lease_end(ledger::Book& book, Transaction& transaction, const Caller& caller, const LeaseEnd& asked) {
    FinanceLease lease = TRY(lease_of_lessee(transaction, caller, asked.id, ContractState::active));
    if (unpaid(lease.rents) + lease.late_interest.minor > 0) return Error{Failure::conflict, "financing.rents_left", "Rents are still unpaid; pay them first."};
    const std::int64_t price = asked.buy ? lease.option_price.minor : 0, settles = std::min(price, lease.owed.minor);
    const std::int64_t interest = std::clamp<std::int64_t>(lease.residual.minor - lease.owed.minor, 0, price - settles);
    {
        const auto lessor = TRY(deposit_of(transaction, lease.lessor, lease.cost.currency)),
                   lessee = TRY(deposit_of(transaction, lease.lessee, lease.cost.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {lease.id.text, asked.buy ? ContractMovementKind::buy : ContractMovementKind::hand_back, lease.lessee, lease.lessor, {price, lease.cost.currency},
                interest, settles, 0, {}},
            {{lessee, *lease.owed_account, settles, lease.number + " · option"}, {*lease.funds_account, lessor, settles, lease.number + " · funds"},
                {lessee, lessor, interest, lease.number + " · interest"},
                {lessee, lessor, price - settles - interest, lease.number + " · option above residual"},
                {*lease.funds_account, *lease.owed_account, lease.owed.minor - settles, lease.number + " · residual"}}));
    }
    lease.owed.minor = 0;
    lease.bought = asked.buy;
    lease.state = ContractState::over;
    TRY(transaction.update(lease));
    return lease;
}

} // namespace

void bring_to(FinanceLease& lease, Date day) {
    if (lease.state != ContractState::active) return;
    LateInterest late = late_of(lease);
    if (!lease.closed_until) late.closed_until = day; // taken before late rents bore interest: from now on
    close_days(lease.rents, late, day);
    lease.closed_until = late.closed_until;
    lease.late_accrued_micro = late.accrued_micro;
    lease.late_interest.minor = late.due;
    lease.late.minor = due_on(lease.rents, day) + late.due;
    lease.days_late = days_late(lease.rents, day);
    lease.next_due.reset();
    for (const LeaseRent& one : lease.rents)
        if (!lease.next_due && one.paid < one.rent) lease.next_due = one.due;
}

namespace {

constexpr std::int64_t contracts_at_once = 500; // nobody waits long for the one writer

template <class C, class Bring> Result<std::int64_t> close_some(Transaction& transaction, Date until, std::string& after, const Bring& bring) {
    transaction.capture_changes = false; // as of loans: the movements are what is audited
    std::int64_t looked = 0;
    for (C& one : TRY(transaction.find<C>("state = 'active' AND id > $1 ORDER BY id LIMIT " + std::to_string(contracts_at_once), {after}))) {
        ++looked;
        after = one.id.text;
        if (one.closed_until && *one.closed_until >= until) continue;
        TRY(bring(one));
        TRY(transaction.update(one));
    }
    return looked;
}

} // namespace

Result<std::int64_t> close_lines(Transaction& transaction, Date until, std::string& after) {
    return close_some<RevolvingLine>(transaction, until, after, [&](RevolvingLine& line) { return bring_to(transaction, line, until); });
}
Result<std::int64_t> close_leases(Transaction& transaction, Date until, std::string& after) {
    return close_some<FinanceLease>(transaction, until, after, [&](FinanceLease& lease) -> Result<Done> {
        bring_to(lease, until);
        return Done{};
    });
}

std::vector<Endpoint> lease_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"finance_lease_list", Method::get, "/finance-leases", "Leases by one's organisation, and to it.", Mode::read, signed_in, call(lease_list)},
        {"finance_lease_get", Method::get, "/finance-leases/{id}", "A lease as of today, with its rents.", Mode::read, signed_in, call(lease_get)},
        {"finance_lease_create", Method::post, "/finance-leases", "Offer a finance lease.", Mode::write, sign_finance, call(lease_create)},
        {"finance_lease_withdraw", Method::post, "/finance-leases/{id}/withdraw", "Withdraw a lease that nobody has taken.", Mode::write, sign_finance, call(lease_withdraw)},
        {"finance_lease_accept", Method::post, "/finance-leases/{id}/accept", "Take a lease: the lessor pays the supplier, by the ledger.", Mode::write, sign_finance, call(book, lease_accept)},
        {"finance_lease_pay", Method::post, "/finance-leases/{id}/pay", "Pay rents, the oldest first.", Mode::write, sign_finance, call(book, lease_pay)},
        {"finance_lease_end", Method::post, "/finance-leases/{id}/end", "Once all rents are paid: buy the thing, or hand it back.", Mode::write, sign_finance, call(book, lease_end)},
        // clang-format on
    };
}

} // namespace greenbank::finance
