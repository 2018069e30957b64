// pools.cpp — pools, claims on them, and what comes back: split by the engine, moved by the ledger.
#include "finance/products/pools.h"

#include "finance/products/money.h"
#include "finance/products/running.h"
#include "ledger/account_views.h"
#include "ledger/decimals.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<RiskPool>*) { return {"risk_pool_key", "Names a pool.", {field<&ById<RiskPool>::id>("id", "Its id.")}}; }
Record describe(const ById<PoolClaim>*) { return {"pool_claim_key", "Names a claim.", {field<&ById<PoolClaim>::id>("id", "Its id.")}}; }

struct ClaimRequest {
    Id<Loan> loan;
};
Record describe(const ClaimRequest*) { return {"pool_claim_request", "Claims on the pool of a loan.", {field<&ClaimRequest::loan>("loan", "Which loan.")}}; }
struct ClaimRefusal {
    Id<PoolClaim> id;
    std::string reason;
};
Record describe(const ClaimRefusal*) {
    return {"pool_claim_refusal", "Refuses a claim.",
        {field<&ClaimRefusal::id>("id", "Its id."), field<&ClaimRefusal::reason>("reason", "Why; the lender reads this.", {.min = 1, .max = 1000})}};
}
struct ClaimRecovery {
    Id<PoolClaim> id;
    Money amount;
};
Record describe(const ClaimRecovery*) {
    return {"pool_claim_recovery", "Gives back what came in after a claim.",
        {field<&ClaimRecovery::id>("id", "The claim."), field<&ClaimRecovery::amount>("amount", "What came in.", {.min = 0})}};
}

SharingRules rules_of(const RiskPool& pool) {
    SharingRules rules;
    rules.parties = pool.parties.size();
    rules.fund = static_cast<std::size_t>(pool.fund);
    LossLayer layer;
    for (std::size_t i = 0; i < pool.parties.size(); ++i) {
        layer.shares.push_back(pool.parties[i].share);
        rules.caps.push_back(pool.parties[i].cap ? pool.parties[i].cap->minor : -1);
        if (!pool.parties[i].account) rules.residual = i;
    }
    rules.layers = {layer};
    rules.leverage = pool.leverage;
    rules.stop_at = ppm_of(pool.stop_at);
    rules.resume_at = ppm_of(pool.resume_at);
    return rules;
}

Result<SharingState> state_of(Transaction& transaction, const RiskPool& pool) {
    SharingState state{.covered = pool.covered.minor, .bad = pool.bad.minor, .lost = pool.lost.minor, .borne = {}, .suspended = pool.suspended};
    for (const PoolParty& party : pool.parties) state.borne.push_back(party.borne);
    auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {pool.parties[static_cast<std::size_t>(pool.fund)].account->text}));
    if (!account) return Error{Failure::conflict, "finance.pool_account", "The fund's account is not in the ledger."};
    TRY(ledger::fill_balances(*account));
    if (const auto balance = parse_money(account->balance, pool.currency)) state.pool = balance->minor;
    return state;
}

namespace {

/// What the engine has changed goes back into the record.
Result<Done> store(Transaction& transaction, const Caller& caller, RiskPool& pool, const SharingState& state) {
    pool.covered.minor = state.covered;
    pool.bad.minor = state.bad;
    pool.lost.minor = state.lost;
    pool.suspended = state.suspended;
    for (std::size_t i = 0; i < pool.parties.size(); ++i) pool.parties[i].borne = state.borne[i];
    pool.updated_at = caller.now;
    return transaction.update(pool);
}

} // namespace

Result<Done> cover_loan(Transaction& transaction, const Caller& caller, const Id<RiskPool>& id, const Money& amount) {
    RiskPool pool = TRY(transaction.get(id));
    if (pool.currency != amount.currency)
        return Error{Failure::conflict, "finance.pool_currency", "The pool covers loans in {currency}.", {{"currency", pool.currency}}};
    SharingState state = TRY(state_of(transaction, pool));
    switch (may_cover(rules_of(pool), state, amount.minor)) {
    case CoverAnswer::suspended: return Error{Failure::conflict, "finance.pool_suspended", "The pool covers no new loans: too many of its loans are bad."};
    case CoverAnswer::leverage: return Error{Failure::conflict, "finance.pool_full", "The fund is too small for one more loan of this size."};
    case CoverAnswer::open: break;
    }
    cover(state, amount.minor);
    return store(transaction, caller, pool, state);
}

Result<Done> uncover(Transaction& transaction, const Caller& caller, const Id<RiskPool>& id, std::int64_t amount) {
    RiskPool pool = TRY(transaction.get(id));
    pool.covered.minor = std::max<std::int64_t>(0, pool.covered.minor - amount);
    pool.updated_at = caller.now;
    return transaction.update(pool);
}

namespace {

Result<Page<RiskPool>> risk_pool_list(Transaction& transaction, const Caller& caller, const ListOf<RiskPool>& list) {
    return list_page<RiskPool>(transaction, caller, list);
}
Result<RiskPool> risk_pool_get(Transaction& transaction, const Caller&, const ById<RiskPool>& key) { return transaction.get(key.id); }

Result<Reply<RiskPool>> risk_pool_create(Transaction& transaction, const Caller& caller, const RiskPool& draft) {
    RiskPool pool = draft;
    pool.id = caller.new_id<RiskPool>();
    pool.covered = pool.bad = pool.lost = {0, pool.currency};
    for (std::size_t i = 0; i < pool.parties.size(); ++i)
        if (pool.parties[i].account && !TRY(transaction.find_one<ledger::LedgerAccount>("id = $1", {pool.parties[i].account->text})))
            return invalid({{"parties[" + std::to_string(i) + "].account", "finance.no_account", "The ledger has no such account."}});
    pool.created_at = pool.updated_at = caller.now;
    TRY(transaction.insert(pool));
    return Reply<RiskPool>{.body = std::move(pool), .status = 201};
}

Result<PoolClaim> claim_seen(Transaction& transaction, const Caller& caller, const Id<PoolClaim>& id) {
    PoolClaim claim = TRY(transaction.get(id));
    if (caller.actor.may(run_finance) || (!caller.actor.organisation.empty() && claim.lender.text == caller.actor.organisation)) return claim;
    return not_found(record_of<PoolClaim>(), id.text);
}

Result<Page<PoolClaim>> pool_claim_list(Transaction& transaction, const Caller& caller, const ListOf<PoolClaim>& list) {
    if (caller.actor.may(run_finance)) return list_page<PoolClaim>(transaction, caller, list);
    return list_page<PoolClaim>(transaction, caller, list, "$1 <> '' AND lender = $1", {caller.actor.organisation});
}
Result<PoolClaim> pool_claim_get(Transaction& transaction, const Caller& caller, const ById<PoolClaim>& key) { return claim_seen(transaction, caller, key.id); }

Result<Reply<PoolClaim>> pool_claim_create(Transaction& transaction, const Caller& caller, const ClaimRequest& asked) {
    Loan loan = TRY(transaction.get(asked.loan));
    if (caller.actor.organisation.empty() || loan.lender.text != caller.actor.organisation) return not_found(record_of<Loan>(), asked.loan.text);
    if (!loan.pool) return Error{Failure::conflict, "finance.not_covered", "No pool shares the losses of this loan."};
    TRY(bring_to(transaction, loan, date_of(caller.now)));
    const RiskPool pool = TRY(transaction.get(*loan.pool));
    if (loan.state != LoanState::active || loan.days_late < pool.claim_after_days)
        return Error{Failure::conflict, "finance.too_early", "A lender may claim once a payment is {days} days late; here it is {late}.",
            {{"days", std::to_string(pool.claim_after_days)}, {"late", std::to_string(loan.days_late)}}};
    if (!TRY(transaction.query("SELECT 1 FROM pool_claim WHERE loan = $1 AND state <> 'refused'", {loan.id.text})).empty())
        return Error{Failure::conflict, "finance.claimed", "There is a claim for this loan already."};
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    PoolClaim claim{.id = caller.new_id<PoolClaim>(),
        .pool = pool.id,
        .loan = loan.id,
        .lender = loan.lender,
        .amount = loan.principal,
        .recovered = {0, pool.currency},
        .parts = {},
        .made_by = caller.actor.person,
        .made_by_name = std::move(made_by_name),
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(transaction.insert(claim));
    loan.updated_at = caller.now;
    TRY(transaction.update(loan));
    return Reply<PoolClaim>{.body = std::move(claim), .status = 201};
}

/// A waiting claim that another person decides.
Result<PoolClaim> claim_to_decide(Transaction& transaction, const Caller& caller, const Id<PoolClaim>& id) {
    PoolClaim claim = TRY(transaction.get(id));
    TRY(check_expected(caller, claim));
    if (claim.state != ClaimState::waiting) return Error{Failure::conflict, "finance.claim_decided", "This claim is decided; load it again."};
    if (claim.made_by == caller.actor.person || claim.lender.text == caller.actor.organisation)
        return Error{Failure::forbidden, "finance.own_claim", "This is your own claim; somebody else decides."};
    claim.checked_by = caller.actor.person;
    claim.checked_by_name = TRY(projects::person_name(transaction, caller));
    claim.checked_at = claim.updated_at = caller.now;
    return claim;
}

/// Steps between the parties' accounts and the lender's deposit; what is the lender's own moves nowhere.
Result<Done> move_parts(ledger::Book& book, Transaction& transaction, const Caller& caller, const RiskPool& pool, PoolClaim& claim,
    const std::vector<std::int64_t>& parts, const std::string& note, bool to_lender) {
    const auto lender = TRY(deposit_of(transaction, claim.lender, pool.currency));
    std::vector<MoneyStep> steps;
    std::vector<std::size_t> moved;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!pool.parties[i].account || parts[i] == 0) continue;
        const auto& account = *pool.parties[i].account;
        steps.push_back(to_lender ? MoneyStep{account, lender, parts[i], note} : MoneyStep{lender, account, parts[i], note});
        moved.push_back(i);
    }
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    const std::vector<std::string> ids = TRY(post_steps(turn, caller, pool.currency, steps));
    if (to_lender)
        for (std::size_t i = 0; i < moved.size(); ++i) claim.parts[moved[i]].transfer = ids[i];
    return Done{};
}

Result<Done> note_movement(Transaction& transaction, const Caller& caller, const PoolClaim& claim, MovementKind kind, const Money& amount) {
    LoanMovement movement = TRY(new_movement(transaction, caller, claim.loan, kind, amount.currency));
    movement.amount = amount;
    if (kind == MovementKind::claim)
        for (const ClaimPart& part : claim.parts)
            if (part.transfer) movement.transfers.push_back(*part.transfer);
    return transaction.insert(movement);
}

Result<PoolClaim> pool_claim_approve(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<PoolClaim>& key) {
    PoolClaim claim = TRY(claim_to_decide(transaction, caller, key.id));
    const Loan loan = TRY(transaction.get(claim.loan));
    RiskPool pool = TRY(transaction.get(claim.pool));
    const SharingRules rules = rules_of(pool);
    SharingState state = TRY(state_of(transaction, pool));
    mark_bad(rules, state, claim.amount.minor);
    const std::vector<std::int64_t> parts = split_loss(rules, state, claim.amount.minor);
    for (std::size_t i = 0; i < parts.size(); ++i)
        claim.parts.push_back({.name = pool.parties[i].name, .amount = {parts[i], pool.currency}, .recovered = {0, pool.currency}, .transfer = {}});
    claim.state = ClaimState::paid;
    TRY(move_parts(book, transaction, caller, pool, claim, parts, loan.number + " · claim", true));
    TRY(store(transaction, caller, pool, state));
    TRY(note_movement(transaction, caller, claim, MovementKind::claim, claim.amount));
    TRY(transaction.update(claim));
    return claim;
}

Result<PoolClaim> pool_claim_refuse(Transaction& transaction, const Caller& caller, const ClaimRefusal& refusal) {
    PoolClaim claim = TRY(claim_to_decide(transaction, caller, refusal.id));
    claim.state = ClaimState::refused;
    claim.reason = refusal.reason;
    TRY(transaction.update(claim));
    return claim;
}

Result<PoolClaim> pool_claim_recover(ledger::Book& book, Transaction& transaction, const Caller& caller, const ClaimRecovery& recovery) {
    PoolClaim claim = TRY(claim_seen(transaction, caller, recovery.id));
    if (claim.lender.text != caller.actor.organisation) return Error{Failure::forbidden, "finance.not_lender", "This is for the organisation that lends."};
    TRY(check_expected(caller, claim));
    if (claim.state != ClaimState::paid) return Error{Failure::conflict, "finance.claim_unpaid", "Nothing was paid on this claim."};
    if (recovery.amount.currency != claim.amount.currency) return invalid({{"amount", "finance.currency", "All amounts of a loan are in its currency."}});
    const std::int64_t left = claim.amount.minor - claim.recovered.minor;
    if (recovery.amount.minor <= 0 || recovery.amount.minor > left)
        return invalid(
            {{"amount", "finance.above_claim", "Of this claim {left} has not come back yet.", {{"left", amount_text({left, claim.amount.currency})}}}});
    RiskPool pool = TRY(transaction.get(claim.pool));
    SharingState state = TRY(state_of(transaction, pool));
    std::vector<std::int64_t> borne;
    for (const ClaimPart& part : claim.parts) borne.push_back(part.amount.minor - part.recovered.minor);
    const std::vector<std::int64_t> parts = split_recovery(rules_of(pool), state, borne, recovery.amount.minor);
    for (std::size_t i = 0; i < parts.size(); ++i) claim.parts[i].recovered.minor += parts[i];
    claim.recovered.minor += recovery.amount.minor;
    claim.updated_at = caller.now;
    TRY(move_parts(book, transaction, caller, pool, claim, parts, "recovery", false));
    TRY(store(transaction, caller, pool, state));
    TRY(note_movement(transaction, caller, claim, MovementKind::recovery, recovery.amount));
    TRY(transaction.update(claim));
    return claim;
}

} // namespace

std::vector<Endpoint> pool_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"risk_pool_list", Method::get, "/risk-pools", "Pools that share losses, and their rules.", Mode::read, signed_in, call(risk_pool_list)},
        {"risk_pool_get", Method::get, "/risk-pools/{id}", "One pool.", Mode::read, signed_in, call(risk_pool_get)},
        {"risk_pool_create", Method::post, "/risk-pools", "Enter a pool with its rule.", Mode::write, run_finance, call(risk_pool_create)},
        {"pool_claim_list", Method::get, "/pool-claims", "Claims of one's organisation, or all.", Mode::read, signed_in, call(pool_claim_list)},
        {"pool_claim_get", Method::get, "/pool-claims/{id}", "One claim.", Mode::read, signed_in, call(pool_claim_get)},
        {"pool_claim_create", Method::post, "/pool-claims", "Claim on the pool of a loan that is late.", Mode::write, sign_finance, call(pool_claim_create)},
        {"pool_claim_approve", Method::post, "/pool-claims/{id}/approve", "Agree to another's claim: the parties pay their parts, by the ledger.", Mode::write, run_finance, call(book, pool_claim_approve)},
        {"pool_claim_refuse", Method::post, "/pool-claims/{id}/refuse", "Refuse another's claim.", Mode::write, run_finance, call(pool_claim_refuse)},
        {"pool_claim_recover", Method::post, "/pool-claims/{id}/recover", "Give back what came in after a claim, in proportion.", Mode::write, sign_finance, call(book, pool_claim_recover)},
        // clang-format on
    };
}

} // namespace greenbank::finance
