// funds.cpp — a fund from its first promise to what it earns; every movement is the ledger's. What it gives back is in giving.cpp.
#include "finance/funds/funds.h"
#include "finance/engine/proportion.h"

namespace greenbank::finance {

Record describe(const ById<GreenFund>*) { return {"green_fund_key", "Names a fund.", {field<&ById<GreenFund>::id>("id", "Its id.")}}; }
Record describe(const ById<CapitalCall>*) { return {"capital_call_key", "Names a capital call.", {field<&ById<CapitalCall>::id>("id", "Its id.")}}; }
struct FundPromise {
    Id<GreenFund> id;
    Money amount;
};
Record describe(const FundPromise*) {
    return {"fund_promise", "Promises money to a fund.",
        {field<&FundPromise::id>("id", "Which fund."), field<&FundPromise::amount>("amount", "How much.", {.min = 0})}};
}
struct FundCall {
    Id<GreenFund> id;
    Money amount;
    Date due_on;
    std::string purpose;
};
Record describe(const FundCall*) {
    return {"fund_call", "Calls capital from all investors, in proportion to what they promised.",
        {field<&FundCall::id>("id", "Which fund."), field<&FundCall::amount>("amount", "How much in all.", {.min = 0}),
            field<&FundCall::due_on>("due_on", "Until when."), field<&FundCall::purpose>("purpose", "What for.", {.min = 1, .max = 300})}};
}
struct FundInvest {
    Id<GreenFund> id;
    Id<projects::Project> project;
    Money amount;
};
Record describe(const FundInvest*) {
    return {"fund_investment", "Puts money into a project.",
        {field<&FundInvest::id>("id", "Which fund."), field<&FundInvest::project>("project", "Which project; its owner gets the money."),
            field<&FundInvest::amount>("amount", "How much.", {.min = 0})}};
}
struct FundProceeds {
    Id<GreenFund> id;
    Id<projects::Project> project;
    Money amount;
};
Record describe(const FundProceeds*) {
    return {"fund_proceeds", "Pays a fund what a project has earned for it.",
        {field<&FundProceeds::id>("id", "Which fund."), field<&FundProceeds::project>("project", "For which project of one's own."),
            field<&FundProceeds::amount>("amount", "How much.", {.min = 0})}};
}
namespace {

Result<Page<GreenFund>> fund_list(Transaction& transaction, const Caller& caller, const ListOf<GreenFund>& list) {
    return list_page<GreenFund>(transaction, caller, list);
}
Result<GreenFund> fund_get(Transaction& transaction, const Caller&, const ById<GreenFund>& key) { return transaction.get(key.id); }

Result<Page<FundCommitment>> commitment_list(Transaction& transaction, const Caller& caller, const ListOf<FundCommitment>& list) {
    return rows_of_fund(transaction, caller, list, "investor = $1");
}
Result<Page<CapitalCall>> call_list(Transaction& transaction, const Caller& caller, const ListOf<CapitalCall>& list) {
    return rows_of_fund(transaction, caller, list, "investor = $1");
}
Result<Page<FundHolding>> holding_list(Transaction& transaction, const Caller& caller, const ListOf<FundHolding>& list) {
    return rows_of_fund(transaction, caller, list, std::string("owner = $1 OR ") + is_investor);
}
Result<Reply<GreenFund>> fund_create(ledger::Book& book, Transaction& transaction, const Caller& caller, const GreenFund& draft) {
    GreenFund fund = draft;
    fund.id = caller.new_id<GreenFund>();
    fund.number = contract_number("F", fund.id.text);
    fund.manager = TRY(acting_organisation(caller));
    fund.manager_name = TRY(name_of_organisation(transaction, fund.manager));
    fund.committed = fund.paid_in = fund.invested = fund.proceeds = fund.capital_back = fund.profit = fund.carry = {0, fund.target.currency};
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        fund.account = TRY(open_account_of(
            turn, transaction, caller, fund.manager, fund.target.currency, {"基金", "Fund", "Фонд"}, fund.number, ledger::AccountPurpose::capital));
    }
    fund.created_at = fund.updated_at = caller.now;
    TRY(transaction.insert(fund));
    return Reply<GreenFund>{.body = std::move(fund), .status = 201};
}

Result<FundCommitment> fund_commit(Transaction& transaction, const Caller& caller, const FundPromise& promise) {
    GreenFund fund = TRY(transaction.get(promise.id));
    const Id<Organisation> investor = TRY(acting_organisation(caller));
    TRY(check_expected(caller, fund));
    TRY(check_positive(promise.amount, fund.target.currency));
    if (fund.state != FundState::raising) return Error{Failure::conflict, "fund.closed", "This fund takes no more promises; capital was called already."};
    if (fund.committed.minor + promise.amount.minor > fund.target.minor)
        return invalid({{"amount", "fund.above_target", "Of what the fund wants to raise {left} is left.",
            {{"left", amount_text({fund.target.minor - fund.committed.minor, fund.target.currency})}}}});
    auto found = TRY(transaction.find_one<FundCommitment>("fund = $1 AND investor = $2", {fund.id.text, investor.text}));
    const Money nothing{0, fund.target.currency};
    auto investor_name = TRY(name_of_organisation(transaction, investor));
    FundCommitment one = found ? *found
                               : FundCommitment{.id = caller.new_id<FundCommitment>(),
                                     .fund = fund.id,
                                     .investor = investor,
                                     .investor_name = std::move(investor_name),
                                     .amount = nothing,
                                     .paid_in = nothing,
                                     .capital_back = nothing,
                                     .profit = nothing,
                                     .recallable = nothing,
                                     .created_at = caller.now,
                                     .updated_at = caller.now};
    one.amount.minor += promise.amount.minor;
    fund.committed.minor += promise.amount.minor;
    one.updated_at = fund.updated_at = caller.now;
    TRY(found ? transaction.update(one) : transaction.insert(one));
    TRY(transaction.update(fund));
    return one;
}

Result<GreenFund> fund_call(Transaction& transaction, const Caller& caller, const FundCall& asked) {
    GreenFund fund = TRY(fund_of_manager(transaction, caller, asked.id));
    TRY(check_positive(asked.amount, fund.target.currency));
    if (asked.due_on < date_of(caller.now)) return invalid({{"due_on", "finance.past", "This day has passed; name one that lies ahead."}});
    const auto commitments = TRY(transaction.find<FundCommitment>("fund = $1 ORDER BY created_at, id", {fund.id.text}));
    const auto calls = TRY(transaction.find<CapitalCall>("fund = $1", {fund.id.text}));
    std::int64_t open = 0, round = 0;
    std::vector<std::int64_t> left; // so that nobody is called beyond a promise, whatever rounding did before
    for (const FundCommitment& one : commitments) {
        left.push_back(one.amount.minor + one.recallable.minor);
        for (const CapitalCall& before : calls)
            if (before.commitment == one.id) left.back() -= before.amount.minor;
        open += left.back();
    }
    for (const CapitalCall& one : calls) round = std::max(round, one.round);
    if (asked.amount.minor > open)
        return invalid(
            {{"amount", "fund.above_promises", "Of what was promised {left} may still be called.", {{"left", amount_text({open, fund.target.currency})}}}});
    const std::vector<std::int64_t> parts = in_proportion(asked.amount.minor, left);
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        if (parts[i] == 0) continue;
        const CapitalCall made{.id = caller.new_id<CapitalCall>(),
            .fund = fund.id,
            .commitment = commitments[i].id,
            .investor = commitments[i].investor,
            .investor_name = commitments[i].investor_name,
            .round = round + 1,
            .amount = {parts[i], fund.target.currency},
            .due_on = asked.due_on,
            .purpose = asked.purpose,
            .transfer = {},
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(made));
    }
    fund.state = FundState::investing;
    TRY(transaction.update(fund));
    return fund;
}

Result<CapitalCall> call_pay(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<CapitalCall>& key) {
    CapitalCall made = TRY(transaction.get(key.id));
    if (caller.actor.organisation.empty() || made.investor.text != caller.actor.organisation) return not_found(record_of<CapitalCall>(), key.id.text);
    TRY(check_expected(caller, made));
    if (made.state != CapitalCallState::open) return Error{Failure::conflict, "fund.call_paid", "This call is paid already."};
    GreenFund fund = TRY(transaction.get(made.fund));
    FundCommitment commitment = TRY(transaction.get(made.commitment));
    {
        const auto investor = TRY(deposit_of(transaction, made.investor, made.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        made.transfer = TRY(move_money(turn, transaction, caller,
                                {fund.id.text, ContractMovementKind::paid_in, made.investor, fund.manager, made.amount, 0, made.amount.minor, 0, made.purpose},
                                {{investor, *fund.account, made.amount.minor, fund.number + " · paid in"}}))
                            .transfers.front();
    }
    made.state = CapitalCallState::paid;
    made.updated_at = fund.updated_at = commitment.updated_at = caller.now;
    fund.paid_in.minor += made.amount.minor;
    commitment.paid_in.minor += made.amount.minor;
    TRY(transaction.update(made));
    TRY(transaction.update(fund));
    TRY(transaction.update(commitment));
    return made;
}

Result<FundHolding> fund_invest(ledger::Book& book, Transaction& transaction, const Caller& caller, const FundInvest& asked) {
    GreenFund fund = TRY(fund_of_manager(transaction, caller, asked.id));
    TRY(check_holds(fund, asked.amount));
    const auto project = TRY(transaction.find_one<projects::Project>("id = $1 AND state = 'published'", {asked.project.text}));
    if (!project || !project->owner) return invalid({{"project", "bond.no_project", "The bank has no such project, or nobody owns it."}});
    auto found = TRY(transaction.find_one<FundHolding>("fund = $1 AND project = $2", {fund.id.text, asked.project.text}));
    const Money nothing{0, fund.target.currency};
    FundHolding holding = found ? *found
                                : FundHolding{.id = caller.new_id<FundHolding>(),
                                      .fund = fund.id,
                                      .project = asked.project,
                                      .project_title = project->title,
                                      .owner = *project->owner,
                                      .invested = nothing,
                                      .proceeds = nothing,
                                      .capital_back = nothing,
                                      .profit = nothing,
                                      .carry = nothing,
                                      .created_at = caller.now,
                                      .updated_at = caller.now};
    {
        const auto owner = TRY(deposit_of(transaction, *project->owner, fund.target.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {fund.id.text, ContractMovementKind::invest, fund.manager, *project->owner, asked.amount, 0, asked.amount.minor, 0,
                in_all_languages(project->title), asked.project},
            {{*fund.account, owner, asked.amount.minor, fund.number + " · investment"}}));
    }
    holding.invested.minor += asked.amount.minor;
    holding.updated_at = caller.now;
    fund.invested.minor += asked.amount.minor;
    TRY(found ? transaction.update(holding) : transaction.insert(holding));
    TRY(transaction.update(fund));
    return holding;
}

Result<FundHolding> fund_receive(ledger::Book& book, Transaction& transaction, const Caller& caller, const FundProceeds& asked) {
    GreenFund fund = TRY(transaction.get(asked.id));
    TRY(check_expected(caller, fund));
    TRY(check_positive(asked.amount, fund.target.currency));
    auto holding = TRY(transaction.find_one<FundHolding>("fund = $1 AND project = $2", {fund.id.text, asked.project.text}));
    if (!holding || caller.actor.organisation.empty() || holding->owner.text != caller.actor.organisation)
        return invalid({{"project", "fund.no_holding", "The fund has put nothing into such a project of your organisation."}});
    {
        const auto owner = TRY(deposit_of(transaction, holding->owner, fund.target.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {fund.id.text, ContractMovementKind::proceeds, holding->owner, fund.manager, asked.amount, 0, 0, 0, in_all_languages(holding->project_title),
                asked.project},
            {{owner, *fund.account, asked.amount.minor, fund.number + " · proceeds"}}));
    }
    holding->proceeds.minor += asked.amount.minor;
    fund.proceeds.minor += asked.amount.minor;
    holding->updated_at = fund.updated_at = caller.now;
    TRY(transaction.update(*holding));
    TRY(transaction.update(fund));
    return *holding;
}

} // namespace

Result<GreenFund> fund_of_manager(Transaction& transaction, const Caller& caller, const Id<GreenFund>& id) {
    GreenFund fund = TRY(transaction.get(id));
    if (caller.actor.organisation.empty() || fund.manager.text != caller.actor.organisation)
        return not_yours("fund.not_manager", "This is for the organisation that manages the fund.");
    TRY(check_expected(caller, fund));
    fund.updated_at = caller.now;
    return fund;
}

std::int64_t holds(const GreenFund& fund) {
    return fund.paid_in.minor + fund.proceeds.minor - fund.invested.minor - fund.capital_back.minor - fund.profit.minor;
}
Result<Done> check_holds(const GreenFund& fund, const Money& amount) {
    TRY(check_positive(amount, fund.target.currency));
    if (amount.minor <= holds(fund)) return Done{};
    return invalid({{"amount", "fund.holds_less", "The fund holds {left}.", {{"left", amount_text({holds(fund), fund.target.currency})}}}});
}

std::vector<Endpoint> fund_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"green_fund_list", Method::get, "/green-funds", "Funds.", Mode::read, signed_in, call(fund_list)},
        {"green_fund_get", Method::get, "/green-funds/{id}", "One fund with its terms and totals.", Mode::read, signed_in, call(fund_get)},
        {"green_fund_create", Method::post, "/green-funds", "Set up a fund that one's organisation manages.", Mode::write, sign_finance, call(book, fund_create)},
        {"green_fund_commit", Method::post, "/green-funds/{id}/commit", "Promise money to a fund.", Mode::write, sign_finance, call(fund_commit)},
        {"green_fund_call", Method::post, "/green-funds/{id}/call", "Call capital from all investors, in proportion.", Mode::write, sign_finance, call(fund_call)},
        {"green_fund_invest", Method::post, "/green-funds/{id}/invest", "Put money into a project, by the ledger.", Mode::write, sign_finance, call(book, fund_invest)},
        {"green_fund_receive", Method::post, "/green-funds/{id}/proceeds", "Pay a fund what a project of one's own has earned for it.", Mode::write, sign_finance, call(book, fund_receive)},
        {"fund_commitment_list", Method::get, "/fund-commitments", "Promises to one's fund, and one's own.", Mode::read, signed_in, call(commitment_list)},
        {"capital_call_list", Method::get, "/capital-calls", "Capital calls of one's fund, and on one's organisation.", Mode::read, signed_in, call(call_list)},
        {"capital_call_pay", Method::post, "/capital-calls/{id}/pay", "Pay in what was called, by the ledger.", Mode::write, sign_finance, call(book, call_pay)},
        {"fund_holding_list", Method::get, "/fund-holdings", "What funds have put into projects.", Mode::read, signed_in, call(holding_list)},
        // clang-format on
    };
}

} // namespace greenbank::finance
