// giving.cpp — what a fund gives back: down the waterfall, what was called and not needed, and carry that its whole life does not leave the manager.
#include "finance/engine/contracts/waterfall.h"
#include "finance/engine/proportion.h"
#include "finance/funds/funds.h"
#include "finance/products/running.h"
#include "projects/access.h"

namespace greenbank::finance {

struct FundGiving {
    Id<GreenFund> id;
    std::optional<Id<projects::Project>> project;
    Money amount;
};
Record describe(const FundGiving*) {
    return {"fund_giving", "Gives back to investors and manager, by the waterfall.",
        {field<&FundGiving::id>("id", "Which fund."),
            field<&FundGiving::project>("project", "Of a fund that gives back deal by deal: the project whose proceeds are given back."),
            field<&FundGiving::amount>("amount", "How much in all.", {.min = 0})}};
}
struct FundReturn {
    Id<GreenFund> id;
    Money amount;
    bool recallable = true;
};
Record describe(const FundReturn*) {
    return {"fund_return", "Gives back capital that was called and not invested.",
        {field<&FundReturn::id>("id", "Which fund."), field<&FundReturn::amount>("amount", "How much in all.", {.min = 0}),
            field<&FundReturn::recallable>("recallable", "It may be called again.", {.defaulted = true})}};
}
struct FundLifeView {
    Date day;
    Money profit, preferred, carry, entitled, over;
};
Record describe(const FundLifeView*) {
    using One = FundLifeView;
    return {"fund_life", "The fund as if all had been given back at once, by the waterfall.",
        {field<&One::day>("day", "As of which day."), field<&One::profit>("profit", "Given back in all, less what was paid in."),
            field<&One::preferred>("preferred", "Of a profit comes first, for the preferred return."),
            field<&One::carry>("carry", "Carry that the manager has had."), field<&One::entitled>("entitled", "Carry that the whole life gives it."),
            field<&One::over>("over", "The manager gives back.")}};
}

namespace {

FundTerms terms_of(const GreenFund& fund) { return {ppm_of(fund.hurdle), ppm_of(fund.carry_share), ppm_of(fund.catch_up)}; }
FundTotals totals_of(const GreenFund& fund) {
    return {.paid_in = fund.paid_in.minor, .capital = fund.capital_back.minor, .profit = fund.profit.minor, .carry = fund.carry.minor};
}

/// What investors paid in and were given back, by day: what the preferred return runs on.
Result<std::vector<FundFlow>> flows_of(Transaction& transaction, const GreenFund& fund) {
    std::vector<FundFlow> flows;
    for (const ContractMovement& one :
        TRY(transaction.find<ContractMovement>("contract = $1 AND kind = 'paid_in' ORDER BY day, created_at, id", {fund.id.text})))
        flows.push_back({one.day, one.amount.minor});
    for (const FundDistribution& one : TRY(transaction.find<FundDistribution>("fund = $1 ORDER BY day, created_at, id", {fund.id.text})))
        flows.push_back({one.day, -one.to_investors.minor});
    return flows;
}

/// The deal that a distribution comes out of; none where the fund gives back as a whole.
Result<std::optional<FundHolding>> deal_of(Transaction& transaction, const GreenFund& fund, const FundGiving& asked) {
    if (fund.waterfall == Waterfall::whole_fund) {
        if (asked.project) return invalid({{"project", "fund.no_deals", "This fund gives back as a whole; leave the project out."}});
        return std::optional<FundHolding>();
    }
    if (!asked.project) return invalid({{"project", "fund.which_deal", "This fund gives back deal by deal; say out of which project."}});
    auto holding = TRY(transaction.find_one<FundHolding>("fund = $1 AND project = $2", {fund.id.text, asked.project->text}));
    if (!holding) return invalid({{"project", "fund.not_held", "The fund has put nothing into this project."}});
    const std::int64_t left = holding->proceeds.minor - holding->capital_back.minor - holding->profit.minor;
    if (asked.amount.minor > left)
        return invalid({{"amount", "fund.deal_less", "Of what has come back from this project {left} is not given back.",
            {{"left", amount_text({left, fund.target.currency})}}}});
    return holding;
}
/// What was put into a deal and given back out of it, by day.
Result<std::vector<FundFlow>> flows_of(Transaction& transaction, const FundHolding& deal) {
    std::vector<FundFlow> flows;
    for (const ContractMovement& one : TRY(transaction.find<ContractMovement>(
             "contract = $1 AND kind = 'invest' AND project = $2 ORDER BY day, created_at, id", {deal.fund.text, deal.project.text})))
        flows.push_back({one.day, one.amount.minor});
    for (const FundDistribution& one :
        TRY(transaction.find<FundDistribution>("fund = $1 AND project = $2 ORDER BY day, created_at, id", {deal.fund.text, deal.project.text})))
        flows.push_back({one.day, -one.to_investors.minor});
    return flows;
}
FundTotals totals_of(const FundHolding& deal) {
    return {.paid_in = deal.invested.minor, .capital = deal.capital_back.minor, .profit = deal.profit.minor, .carry = deal.carry.minor};
}

/// One giving: who gets how much of what, the transfers, the row.
class Giving {
public:
    Giving(Transaction& transaction, const Caller& caller, GreenFund& fund, GivingKind kind) : transaction_(transaction), caller_(caller), fund_(fund) {
        const Money nothing{0, fund.target.currency};
        given_ = {.id = caller.new_id<FundDistribution>(),
            .fund = fund.id,
            .kind = kind,
            .project_title = {},
            .day = date_of(caller.now),
            .amount = nothing,
            .capital = nothing,
            .preferred = nothing,
            .catch_up = nothing,
            .split_investors = nothing,
            .split_manager = nothing,
            .to_investors = nothing,
            .to_manager = nothing,
            .parts = {},
            .person_name = "",
            .created_at = caller.now};
    }

    FundDistribution given_;

    Result<Done> load() {
        given_.person_name = TRY(projects::person_name(transaction_, caller_));
        commitments_ = TRY(transaction_.find<FundCommitment>("fund = $1 AND paid_in_amount > 0 ORDER BY created_at, id", {fund_.id.text}));
        if (commitments_.empty()) return Error{Failure::conflict, "fund.nobody", "Nobody has paid in; there is nobody to give back to."};
        for (const FundCommitment& one : commitments_) deposits_.push_back(TRY(deposit_of(transaction_, one.investor, fund_.target.currency)));
        manager_deposit_ = TRY(deposit_of(transaction_, fund_.manager, fund_.target.currency));
        return Done{};
    }
    /// In proportion to what each has paid in; `unreturned`: of that only what was not given back.
    std::vector<std::int64_t> shares(std::int64_t amount, bool unreturned = false) const {
        std::vector<std::int64_t> weights;
        for (const FundCommitment& one : commitments_) weights.push_back(one.paid_in.minor - (unreturned ? one.capital_back.minor : 0));
        return in_proportion(amount, weights);
    }
    /// Capital and more to each investor; a clawback comes through the fund's account out of the manager's deposit.
    Result<Done> to_investors(
        ledger::Book::Turn& turn, ContractMovementKind kind, const std::vector<std::int64_t>& capital, const std::vector<std::int64_t>& more) {
        const std::string note = fund_.number + " · " + std::string(name_of(given_.kind));
        const bool from_manager = given_.kind == GivingKind::clawback;
        for (std::size_t i = 0; i < commitments_.size(); ++i) {
            const std::int64_t amount = capital[i] + more[i];
            std::vector<MoneyStep> steps = {{*fund_.account, deposits_[i], amount, note}};
            if (from_manager) steps.insert(steps.begin(), {manager_deposit_, *fund_.account, amount, note});
            TRY(part(turn, commitments_[i].investor_name, {fund_.id.text, kind, fund_.manager, commitments_[i].investor, money(amount), 0, capital[i], 0, {}},
                steps));
        }
        return Done{};
    }
    Result<Done> to_manager(ledger::Book::Turn& turn, std::int64_t amount) {
        return part(turn, fund_.manager_name, {fund_.id.text, ContractMovementKind::distribute, fund_.manager, fund_.manager, money(amount), 0, 0, 0, {}},
            {{*fund_.account, manager_deposit_, amount, fund_.number + " · carry"}});
    }
    /// Commitments, fund and row as they are now.
    Result<FundDistribution> keep(const std::vector<std::int64_t>& capital, const std::vector<std::int64_t>& more) {
        for (std::size_t i = 0; i < commitments_.size(); ++i) {
            commitments_[i].capital_back.minor += capital[i];
            commitments_[i].profit.minor += more[i];
            commitments_[i].updated_at = caller_.now;
            TRY(transaction_.update(commitments_[i]));
        }
        if (given_.day >= fund_.ends_on && holds(fund_) == 0) fund_.state = FundState::over;
        TRY(transaction_.insert(given_));
        TRY(transaction_.update(fund_));
        return given_;
    }
    std::vector<FundCommitment>& commitments() { return commitments_; }
    Money money(std::int64_t minor) const { return {minor, fund_.target.currency}; }

private:
    Result<Done> part(ledger::Book::Turn& turn, const Text& who, const Pay& pay, const std::vector<MoneyStep>& steps) {
        given_.parts.push_back({who, pay.amount, {}});
        if (pay.amount.minor > 0) given_.parts.back().transfer = TRY(move_money(turn, transaction_, caller_, pay, steps)).transfers.back();
        return Done{};
    }

    Transaction& transaction_;
    const Caller& caller_;
    GreenFund& fund_;
    std::vector<FundCommitment> commitments_;
    std::vector<Id<ledger::LedgerAccount>> deposits_;
    Id<ledger::LedgerAccount> manager_deposit_;
};

Result<FundDistribution> fund_distribute(ledger::Book& book, Transaction& transaction, const Caller& caller, const FundGiving& asked) {
    GreenFund fund = TRY(fund_of_manager(transaction, caller, asked.id));
    TRY(check_holds(fund, asked.amount));
    auto deal = TRY(deal_of(transaction, fund, asked));
    Giving giving(transaction, caller, fund, GivingKind::distribution);
    TRY(giving.load());
    const std::vector<FundFlow> flows = deal ? TRY(flows_of(transaction, *deal)) : TRY(flows_of(transaction, fund));
    const FundSplit split = distribute(terms_of(fund), deal ? totals_of(*deal) : totals_of(fund), flows, date_of(caller.now), asked.amount.minor);
    giving.given_.amount = asked.amount;
    giving.given_.capital.minor = split.capital;
    giving.given_.preferred.minor = split.preferred;
    giving.given_.catch_up.minor = split.catch_up_manager + split.catch_up_investors;
    giving.given_.split_investors.minor = split.investors;
    giving.given_.split_manager.minor = split.manager;
    giving.given_.to_investors.minor = split.to_investors();
    giving.given_.to_manager.minor = split.to_manager();
    const std::vector<std::int64_t> capital = giving.shares(split.capital), more = giving.shares(split.to_investors() - split.capital);
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(giving.to_investors(turn, ContractMovementKind::distribute, capital, more));
        TRY(giving.to_manager(turn, split.to_manager()));
    }
    fund.capital_back.minor += split.capital;
    fund.profit.minor += asked.amount.minor - split.capital;
    fund.carry.minor += split.to_manager();
    if (deal) {
        giving.given_.project = deal->project;
        giving.given_.project_title = deal->project_title;
        deal->capital_back.minor += split.capital;
        deal->profit.minor += asked.amount.minor - split.capital;
        deal->carry.minor += split.to_manager();
        deal->updated_at = caller.now;
        TRY(transaction.update(*deal));
    }
    return giving.keep(capital, more);
}

/// As if it had never been called: less is paid in, and where it is recallable more may be called.
Result<FundDistribution> fund_return_unused(ledger::Book& book, Transaction& transaction, const Caller& caller, const FundReturn& asked) {
    GreenFund fund = TRY(fund_of_manager(transaction, caller, asked.id));
    TRY(check_holds(fund, asked.amount));
    const std::int64_t unused = fund.paid_in.minor - std::max(fund.invested.minor, fund.capital_back.minor);
    if (asked.amount.minor > unused)
        return invalid({{"amount", "fund.not_unused", "Of what was called {left} is not invested and not given back.",
            {{"left", amount_text({std::max<std::int64_t>(0, unused), fund.target.currency})}}}});
    Giving giving(transaction, caller, fund, GivingKind::unused);
    TRY(giving.load());
    giving.given_.amount = giving.given_.to_investors = asked.amount;
    const std::vector<std::int64_t> parts = giving.shares(asked.amount.minor, true), none(parts.size(), 0);
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(giving.to_investors(turn, ContractMovementKind::unused, parts, none));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        giving.commitments()[i].paid_in.minor -= parts[i];
        if (asked.recallable) giving.commitments()[i].recallable.minor += parts[i];
    }
    fund.paid_in.minor -= asked.amount.minor;
    return giving.keep(none, none);
}

Result<WholeLife> life_of(Transaction& transaction, const GreenFund& fund, Date day) {
    return whole_life(terms_of(fund), totals_of(fund), TRY(flows_of(transaction, fund)), day);
}

/// For who manages it, who has promised to it, and the desk.
Result<FundLifeView> fund_life_get(Transaction& transaction, const Caller& caller, const ById<GreenFund>& key) {
    const GreenFund fund = TRY(transaction.get(key.id));
    const std::string& own = caller.actor.organisation;
    if (!caller.actor.may(run_finance) &&
        (own.empty() || (own != fund.manager.text &&
                            TRY(transaction.query("SELECT 1 FROM fund_commitment WHERE fund = $1 AND investor = $2", {fund.id.text, own})).empty())))
        return not_found(record_of<GreenFund>(), key.id.text);
    const Date today = date_of(caller.now);
    const WholeLife life = TRY(life_of(transaction, fund, today));
    const auto money = [&](std::int64_t minor) { return Money{minor, fund.target.currency}; };
    return FundLifeView{today, money(life.profit), money(life.preferred), fund.carry, money(life.entitled), money(life.over)};
}

/// At the end: first what investors lack of their capital, then of their return.
Result<FundDistribution> fund_claw_back(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<GreenFund>& key) {
    GreenFund fund = TRY(fund_of_manager(transaction, caller, key.id));
    if (fund.state != FundState::over)
        return Error{Failure::conflict, "fund.not_over", "Carry is given back at the end of the fund, once its term is over and it holds nothing."};
    const std::int64_t over = TRY(life_of(transaction, fund, date_of(caller.now))).over;
    if (over == 0) return Error{Failure::conflict, "fund.nothing_over", "The manager has had no more than the whole life of the fund gives it."};
    Giving giving(transaction, caller, fund, GivingKind::clawback);
    TRY(giving.load());
    const std::int64_t capital = std::min(over, std::max<std::int64_t>(0, fund.paid_in.minor - fund.capital_back.minor));
    giving.given_.amount.minor = giving.given_.to_investors.minor = over;
    giving.given_.capital.minor = capital;
    giving.given_.preferred.minor = over - capital;
    const std::vector<std::int64_t> back = giving.shares(capital, true), more = giving.shares(over - capital);
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(giving.to_investors(turn, ContractMovementKind::clawback, back, more));
    }
    fund.capital_back.minor += capital;
    fund.profit.minor -= capital; // was carry
    fund.carry.minor -= over;
    return giving.keep(back, more);
}

Result<Page<FundDistribution>> distribution_list(Transaction& transaction, const Caller& caller, const ListOf<FundDistribution>& list) {
    return rows_of_fund(transaction, caller, list, is_investor);
}

} // namespace

std::vector<Endpoint> fund_giving_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"green_fund_distribute", Method::post, "/green-funds/{id}/distribute", "Give back: capital, preferred return, catch-up, then the split.", Mode::write, sign_finance, call(book, fund_distribute)},
        {"green_fund_return", Method::post, "/green-funds/{id}/return", "Give back capital that was called and not invested; it may be called again.", Mode::write, sign_finance, call(book, fund_return_unused)},
        {"green_fund_life", Method::get, "/green-funds/{id}/whole-life", "What the waterfall of the fund's whole life leaves the manager, and what it would give back.", Mode::read, signed_in, call(fund_life_get)},
        {"green_fund_claw_back", Method::post, "/green-funds/{id}/clawback", "At the end: the manager gives back carry beyond what the fund's whole life leaves it.", Mode::write, sign_finance, call(book, fund_claw_back)},
        {"fund_distribution_list", Method::get, "/fund-distributions", "What funds gave back.", Mode::read, signed_in, call(distribution_list)},
        // clang-format on
    };
}

} // namespace greenbank::finance
