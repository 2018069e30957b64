// guarantees.cpp — a guarantee and a re-guarantee: the fee, the call, and what comes back, which goes on to who stands behind.
#include "finance/contracts/contracts.h"
#include "finance/engine/contracts/guarantee.h"
#include "finance/products/running.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<Guarantee>*) { return {"guarantee_key", "Names a guarantee.", {field<&ById<Guarantee>::id>("id", "Its id.")}}; }
Record describe(const ById<GuaranteeCall>*) { return {"guarantee_call_key", "Names a call.", {field<&ById<GuaranteeCall>::id>("id", "Its id.")}}; }
struct GuaranteeCallRequest {
    Id<Guarantee> guarantee;
    std::optional<Money> loss;
    std::optional<Id<GuaranteeCall>> of;
    std::string reason;
};
Record describe(const GuaranteeCallRequest*) {
    using Asked = GuaranteeCallRequest;
    return {"guarantee_call_request", "Calls a guarantee.",
        {field<&Asked::guarantee>("guarantee", "Which guarantee."),
            field<&Asked::loss>("loss", "What was lost; of a loan: absent, the principal that is owed; of a re-guarantee: absent, what was paid.", {.min = 0}),
            field<&Asked::of>("of_call", "On a re-guarantee: the call that was paid."),
            field<&Asked::reason>("reason", "Why; the guarantor reads this.", {.min = 1, .max = 1000})}};
}
struct GuaranteeCallRefusal {
    Id<GuaranteeCall> id;
    std::string reason;
};
Record describe(const GuaranteeCallRefusal*) {
    return {"guarantee_call_refusal", "Refuses a call.",
        {field<&GuaranteeCallRefusal::id>("id", "Its id."),
            field<&GuaranteeCallRefusal::reason>("reason", "Why; who called reads this.", {.min = 1, .max = 1000})}};
}
struct GuaranteeRecovery {
    Id<GuaranteeCall> id;
    Money amount;
};
Record describe(const GuaranteeRecovery*) {
    return {"guarantee_recovery", "Shares what came in after a call.",
        {field<&GuaranteeRecovery::id>("id", "The call."), field<&GuaranteeRecovery::amount>("amount", "What came in on the loss.", {.min = 0})}};
}

namespace {

bool takes_part(const Caller& caller, const Guarantee& one) {
    const std::string& own = caller.actor.organisation;
    return caller.actor.may(run_finance) || (!own.empty() && (own == one.guarantor.text || own == one.beneficiary.text || own == one.payer.text));
}
Result<Guarantee> guarantee_seen(Transaction& transaction, const Caller& caller, const Id<Guarantee>& id) {
    Guarantee one = TRY(transaction.get(id));
    if (!takes_part(caller, one)) return not_found(record_of<Guarantee>(), id.text);
    return one;
}
Result<GuaranteeCall> call_seen(Transaction& transaction, const Caller& caller, const Id<GuaranteeCall>& id) {
    GuaranteeCall one = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && (own == one.guarantor.text || own == one.beneficiary.text))) return one;
    return not_found(record_of<GuaranteeCall>(), id.text);
}

Result<Page<Guarantee>> guarantee_list(Transaction& transaction, const Caller& caller, const ListOf<Guarantee>& list) {
    if (caller.actor.may(run_finance)) return list_page<Guarantee>(transaction, caller, list);
    return list_page<Guarantee>(transaction, caller, list, "$1 <> '' AND (guarantor = $1 OR beneficiary = $1 OR payer = $1)", {caller.actor.organisation});
}
Result<Guarantee> guarantee_get(Transaction& transaction, const Caller& caller, const ById<Guarantee>& key) {
    return guarantee_seen(transaction, caller, key.id);
}

/// Who stands where: of a loan its lender may call and its borrower pays; of another guarantee its guarantor does both.
Result<Done> check_parties(Transaction& transaction, const Guarantee& one) {
    if (one.beneficiary == one.guarantor) return invalid({{"beneficiary", "financing.oneself", "A contract is made with another organisation."}});
    if (one.payer == one.guarantor) return invalid({{"payer", "financing.own_fee", "A guarantor does not pay its own fee."}});
    if (one.loan) {
        const auto loan = TRY(transaction.find_one<Loan>("id = $1", {one.loan->text}));
        if (!loan || (loan->lender != one.beneficiary)) return invalid({{"loan", "financing.no_loan", "The beneficiary has no such loan."}});
        if (loan->amount.currency != one.limit.currency) return invalid({{"limit", "finance.currency", "All amounts of a loan are in its currency."}});
    }
    if (one.primary) {
        const auto primary = TRY(transaction.find_one<Guarantee>("id = $1", {one.primary->text}));
        if (!primary || primary->guarantor != one.beneficiary)
            return invalid({{"primary_guarantee", "financing.no_primary", "The beneficiary has given no such guarantee."}});
        if (primary->limit.currency != one.limit.currency) return invalid({{"limit", "finance.currency", "All amounts of a loan are in its currency."}});
    }
    return Done{};
}

Result<Reply<Guarantee>> guarantee_create(Transaction& transaction, const Caller& caller, const Guarantee& draft) {
    Guarantee one = draft;
    one.id = caller.new_id<Guarantee>();
    one.number = contract_number(one.primary ? "RG" : "G", one.id.text);
    one.guarantor = TRY(acting_organisation(caller));
    one.guarantor_name = TRY(name_of_organisation(transaction, one.guarantor));
    one.beneficiary_name = TRY(named_organisation(transaction, one.beneficiary, "beneficiary")).name;
    one.payer_name = TRY(named_organisation(transaction, one.payer, "payer")).name;
    TRY(check_parties(transaction, one));
    if (one.ends_on < date_of(caller.now)) return invalid({{"ends_on", "finance.past", "This day has passed; name one that lies ahead."}});
    one.called = one.recovered = one.fees = {0, one.limit.currency};
    one.created_at = one.updated_at = caller.now;
    TRY(transaction.insert(one));
    return Reply<Guarantee>{.body = std::move(one), .status = 201};
}

/// The fee of one more year goes from the payer to the guarantor.
Result<Done> pay_year(ledger::Book& book, Transaction& transaction, const Caller& caller, Guarantee& one) {
    const Date from = one.fee_until.value_or(one.begins_on);
    if (from >= one.ends_on) return Error{Failure::conflict, "financing.fee_paid", "The fee is paid up to the last day."};
    const Date until = std::min(one.ends_on, months_after(from, 12));
    const std::int64_t year = guarantee_fee(one.limit.minor, ppm_of(one.fee_rate)), whole = months_after(from, 12).days - from.days;
    const std::int64_t fee = static_cast<std::int64_t>(static_cast<Wide>(year) * (until.days - from.days) / whole);
    if (fee > 0) {
        const auto payer = TRY(deposit_of(transaction, one.payer, one.limit.currency)),
                   guarantor = TRY(deposit_of(transaction, one.guarantor, one.limit.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {one.id.text, ContractMovementKind::fee, one.payer, one.guarantor, {fee, one.limit.currency}, 0, 0, fee, to_text(from) + " – " + to_text(until)},
            {{payer, guarantor, fee, one.number + " · guarantee fee"}}));
    }
    one.fees.minor += fee;
    one.fee_until = until;
    return Done{};
}

Result<Guarantee> of_payer(Transaction& transaction, const Caller& caller, const Id<Guarantee>& id, ContractState state) {
    return in_step(caller, TRY(guarantee_seen(transaction, caller, id)), &Guarantee::payer,
        not_yours("financing.not_payer", "This is for the organisation that pays the fee."), state);
}
Result<Guarantee> guarantee_accept(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<Guarantee>& key) {
    Guarantee one = TRY(of_payer(transaction, caller, key.id, ContractState::offered));
    TRY(pay_year(book, transaction, caller, one));
    one.state = ContractState::active;
    TRY(transaction.update(one));
    return one;
}
Result<Guarantee> guarantee_pay_fee(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<Guarantee>& key) {
    Guarantee one = TRY(of_payer(transaction, caller, key.id, ContractState::active));
    TRY(pay_year(book, transaction, caller, one));
    TRY(transaction.update(one));
    return one;
}
Result<Guarantee> guarantee_withdraw(Transaction& transaction, const Caller& caller, const ById<Guarantee>& key) {
    return withdrawn(transaction, TRY(in_step(caller, TRY(guarantee_seen(transaction, caller, key.id)), &Guarantee::guarantor,
                                      not_yours("financing.not_guarantor", "This is for the organisation that guarantees."), ContractState::offered)));
}

Result<Page<GuaranteeCall>> call_list(Transaction& transaction, const Caller& caller, const ListOf<GuaranteeCall>& list) {
    if (caller.actor.may(run_finance)) return list_page<GuaranteeCall>(transaction, caller, list);
    return list_page<GuaranteeCall>(transaction, caller, list, "$1 <> '' AND (guarantor = $1 OR beneficiary = $1)", {caller.actor.organisation});
}
Result<GuaranteeCall> call_get(Transaction& transaction, const Caller& caller, const ById<GuaranteeCall>& key) {
    return call_seen(transaction, caller, key.id);
}

/// What was lost: of a loan that is late enough its principal, of a re-guarantee what was paid on the call behind it, else what the caller says.
Result<Money> loss_of(Transaction& transaction, const Guarantee& one, const GuaranteeCallRequest& asked, Date today) {
    if (one.primary) {
        if (!asked.of) return invalid({{"of_call", "financing.call_behind", "Name the call that you have paid."}});
        const auto behind = TRY(transaction.find_one<GuaranteeCall>("id = $1 AND guarantee = $2 AND state = 'paid'", {asked.of->text, one.primary->text}));
        if (!behind) return invalid({{"of_call", "financing.call_behind", "Name the call that you have paid."}});
        return Money{behind->amount.minor - behind->recovered.minor, behind->amount.currency};
    }
    if (one.loan) {
        Loan loan = TRY(transaction.get(*one.loan));
        TRY(bring_to(transaction, loan, today));
        if (loan.state != LoanState::active || loan.days_late < one.call_after_days)
            return Error{Failure::conflict, "finance.too_early", "A lender may claim once a payment is {days} days late; here it is {late}.",
                {{"days", std::to_string(one.call_after_days)}, {"late", std::to_string(loan.days_late)}}};
        if (asked.loss && asked.loss->minor > loan.principal.minor) return invalid({{"loss", "financing.above_principal", "More than is owed is not lost."}});
        return asked.loss.value_or(loan.principal);
    }
    if (!asked.loss) return invalid({{"loss", "financing.no_loss", "Say how much was lost."}});
    return *asked.loss;
}

Result<Reply<GuaranteeCall>> call_create(Transaction& transaction, const Caller& caller, const GuaranteeCallRequest& asked) {
    const Guarantee one = TRY(guarantee_seen(transaction, caller, asked.guarantee));
    if (one.beneficiary.text != caller.actor.organisation)
        return not_yours("financing.not_beneficiary", "This is for the organisation that the guarantee is given to.");
    const Date today = date_of(caller.now);
    if (one.state != ContractState::active || today < one.begins_on || today > one.ends_on)
        return Error{Failure::conflict, "financing.not_in_force", "This guarantee is not in force today."};
    if (!one.fee_until || *one.fee_until < today) return Error{Failure::conflict, "financing.fee_unpaid", "The fee is not paid up to today; pay it first."};
    if (!TRY(transaction.query("SELECT 1 FROM guarantee_call WHERE guarantee = $1 AND (state = 'waiting' OR (state = 'paid' AND (of_call = $2 OR $3 = '1')))",
                 {one.id.text, asked.of ? asked.of->text : "", std::string(one.loan ? "1" : "0")}))
             .empty())
        return Error{Failure::conflict, "financing.called", "There is a call for this already."};
    const Money loss = TRY(loss_of(transaction, one, asked, today));
    if (loss.currency != one.limit.currency || loss.minor <= 0) return invalid({{"loss", "finance.amount", "An amount is more than zero."}});
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    GuaranteeCall made{.id = caller.new_id<GuaranteeCall>(),
        .guarantee = one.id,
        .number = one.number,
        .of = one.primary ? asked.of : std::nullopt,
        .guarantor = one.guarantor,
        .beneficiary = one.beneficiary,
        .loss = loss,
        .amount = {guaranteed_part(loss.minor, ppm_of(one.share), one.limit.minor, one.called.minor), loss.currency},
        .recovered = {0, loss.currency},
        .reason = asked.reason,
        .refusal = {},
        .transfer = {},
        .made_by_name = std::move(made_by_name),
        .checked_by_name = "",
        .created_at = caller.now,
        .updated_at = caller.now};
    if (made.amount.minor == 0) return Error{Failure::conflict, "financing.limit_spent", "The limit of this guarantee is spent."};
    TRY(transaction.insert(made));
    return Reply<GuaranteeCall>{.body = std::move(made), .status = 201};
}

Result<GuaranteeCall> call_to_decide(Transaction& transaction, const Caller& caller, const Id<GuaranteeCall>& id) {
    GuaranteeCall one = TRY(call_seen(transaction, caller, id));
    if (one.guarantor.text != caller.actor.organisation) return not_yours("financing.not_guarantor", "This is for the organisation that guarantees.");
    TRY(check_expected(caller, one));
    if (one.state != ClaimState::waiting) return Error{Failure::conflict, "finance.claim_decided", "This claim is decided; load it again."};
    one.checked_by_name = TRY(projects::person_name(transaction, caller));
    one.updated_at = caller.now;
    return one;
}
Result<GuaranteeCall> call_approve(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<GuaranteeCall>& key) {
    GuaranteeCall made = TRY(call_to_decide(transaction, caller, key.id));
    Guarantee one = TRY(transaction.get(made.guarantee));
    {
        const auto guarantor = TRY(deposit_of(transaction, made.guarantor, made.amount.currency)),
                   beneficiary = TRY(deposit_of(transaction, made.beneficiary, made.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        made.transfer = TRY(move_money(turn, transaction, caller,
                                {one.id.text, ContractMovementKind::call, made.guarantor, made.beneficiary, made.amount, 0, made.amount.minor, 0, made.reason},
                                {{guarantor, beneficiary, made.amount.minor, one.number + " · call"}}))
                            .transfers.front();
    }
    made.state = ClaimState::paid;
    one.called.minor += made.amount.minor;
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    TRY(transaction.update(made));
    return made;
}
Result<GuaranteeCall> call_refuse(Transaction& transaction, const Caller& caller, const GuaranteeCallRefusal& refusal) {
    GuaranteeCall made = TRY(call_to_decide(transaction, caller, refusal.id));
    made.state = ClaimState::refused;
    made.refusal = refusal.reason;
    TRY(transaction.update(made));
    return made;
}

constexpr std::size_t chain_max = 8; // guarantees behind guarantees

/// The part of one call, and what of it goes on to those who stand behind: one linked batch for each guarantee.
Result<GuaranteeCall> give_back(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, GuaranteeCall made, std::int64_t came_back, std::size_t depth) {
    const std::int64_t part = recovered_part(came_back, made.loss.minor, made.amount.minor, made.recovered.minor);
    if (part == 0) return made;
    Guarantee one = TRY(transaction.get(made.guarantee));
    const auto guarantor = TRY(deposit_of(transaction, made.guarantor, made.amount.currency)),
               beneficiary = TRY(deposit_of(transaction, made.beneficiary, made.amount.currency));
    TRY(move_money(turn, transaction, caller,
        {one.id.text, ContractMovementKind::recovery, made.beneficiary, made.guarantor, {part, made.amount.currency}, 0, part, 0, {}},
        {{beneficiary, guarantor, part, one.number + " · recovery"}}));
    made.recovered.minor += part;
    made.updated_at = one.updated_at = caller.now;
    one.recovered.minor += part;
    TRY(transaction.update(made));
    TRY(transaction.update(one));
    if (depth < chain_max)
        for (const GuaranteeCall& behind : TRY(transaction.find<GuaranteeCall>("of_call = $1 AND state = 'paid' ORDER BY id", {made.id.text})))
            TRY(give_back(turn, transaction, caller, behind, part, depth + 1));
    return made;
}
Result<GuaranteeCall> call_recover(ledger::Book& book, Transaction& transaction, const Caller& caller, const GuaranteeRecovery& recovery) {
    GuaranteeCall made = TRY(call_seen(transaction, caller, recovery.id));
    if (made.beneficiary.text != caller.actor.organisation)
        return not_yours("financing.not_beneficiary", "This is for the organisation that the guarantee is given to.");
    TRY(check_expected(caller, made));
    if (made.state != ClaimState::paid) return Error{Failure::conflict, "finance.claim_unpaid", "Nothing was paid on this claim."};
    if (made.of) return Error{Failure::conflict, "financing.goes_on", "What comes back goes on by itself, from the call behind."};
    TRY(check_positive(recovery.amount, made.loss.currency));
    if (recovered_part(recovery.amount.minor, made.loss.minor, made.amount.minor, made.recovered.minor) == 0)
        return invalid({{"amount", "financing.all_back", "Of this there is nothing to give back to the guarantor."}});
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    return give_back(turn, transaction, caller, std::move(made), recovery.amount.minor, 0);
}

} // namespace

std::vector<Endpoint> guarantee_endpoints(ledger::Book& book) {
    const auto with_book = [&book](auto operation) {
        return [&book, operation](Transaction& transaction, const Caller& caller, const ById<Guarantee>& key) -> Result<Guarantee> {
            return operation(book, transaction, caller, key);
        };
    };
    return {
        // clang-format off
        {"guarantee_list", Method::get, "/guarantees", "Guarantees and re-guarantees by one's organisation, to it, or paid by it.", Mode::read, signed_in, call(guarantee_list)},
        {"guarantee_get", Method::get, "/guarantees/{id}", "One guarantee.", Mode::read, signed_in, call(guarantee_get)},
        {"guarantee_create", Method::post, "/guarantees", "Offer a guarantee of a debt, or of another guarantee.", Mode::write, sign_finance, call(guarantee_create)},
        {"guarantee_withdraw", Method::post, "/guarantees/{id}/withdraw", "Withdraw a guarantee that nobody has taken.", Mode::write, sign_finance, call(guarantee_withdraw)},
        {"guarantee_accept", Method::post, "/guarantees/{id}/accept", "Take a guarantee: the fee of the first year is paid, by the ledger.", Mode::write, sign_finance, call(with_book(guarantee_accept))},
        {"guarantee_pay_fee", Method::post, "/guarantees/{id}/fee", "Pay the fee of one more year.", Mode::write, sign_finance, call(with_book(guarantee_pay_fee))},
        {"guarantee_call_list", Method::get, "/guarantee-calls", "Calls by one's organisation, and on it.", Mode::read, signed_in, call(call_list)},
        {"guarantee_call_get", Method::get, "/guarantee-calls/{id}", "One call.", Mode::read, signed_in, call(call_get)},
        {"guarantee_call_create", Method::post, "/guarantee-calls", "Call a guarantee: what the guarantor pays is computed.", Mode::write, sign_finance, call(call_create)},
        {"guarantee_call_approve", Method::post, "/guarantee-calls/{id}/approve", "Pay a call by the ledger.", Mode::write, sign_finance, call(book, call_approve)},
        {"guarantee_call_refuse", Method::post, "/guarantee-calls/{id}/refuse", "Refuse a call with a reason.", Mode::write, sign_finance, call(call_refuse)},
        {"guarantee_call_recover", Method::post, "/guarantee-calls/{id}/recover", "Share what came in: the guarantor's part goes to it, and on to who stands behind.", Mode::write, sign_finance, call(book, call_recover)},
        // clang-format on
    };
}

} // namespace greenbank::finance
