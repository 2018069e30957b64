// sample.cpp — the sample bank's contracts stand on transfers of the ledger. A ledger in which people have written takes the sample's transfers back when samples
// are removed, and never loads them again: what they moved is then not there, and contracts that say it is would contradict the ledger.
#include <algorithm>
#include <set>

#include "finance/funds/records.h"
#include "finance/green/records.h"
#include "finance/insurance/records.h"
#include "finance/operations.h"
#include "finance/watch/records.h"

namespace greenbank::finance {

namespace {

class WithoutTransfers {
public:
    explicit WithoutTransfers(Transaction& transaction) : transaction_(transaction) {}

    /// How many rows went.
    Result<std::int64_t> run() {
        TRY(look());
        if (taken_back_.empty() && closed_.empty()) return std::int64_t{0};
        TRY(leave<LoanMovement>([&](const LoanMovement& one) { return moved(one.transfers) ? mark(one.loan.text) : false; }));
        TRY(leave<ContractMovement>([&](const ContractMovement& one) { return moved(one.transfers) ? mark(one.contract) : false; }));
        TRY(leave<InsuranceCover>([&](const InsuranceCover& one) { return one.premium_transfer && moved({*one.premium_transfer}); }));
        TRY(leave<Loan>([&](const Loan& one) { return is_gone(one.id.text) || (is_closed(one.loan_account) && mark(one.id.text)); }));
        TRY(leave<LoanMovement>([&](const LoanMovement& one) { return is_gone(one.loan.text); }));
        TRY(leave<LoanWarning>([&](const LoanWarning& one) { return is_gone(one.loan.text); }));
        TRY(leave<GreenIdentification>([&](const GreenIdentification& one) { return one.loan && is_gone(one.loan->text); }));
        TRY(leave<FinancingRequest>([&](const FinancingRequest& one) { return one.loan && is_gone(one.loan->text) && mark(one.id.text); }));
        TRY(leave<FinancingOffer>([&](const FinancingOffer& one) { return is_gone(one.request.text); }));
        TRY(leave<RevolvingLine>([&](const RevolvingLine& one) { return is_gone(one.id.text) || (is_closed(one.owed_account) && mark(one.id.text)); }));
        TRY(leave<FinanceLease>([&](const FinanceLease& one) { return is_gone(one.id.text) || (is_closed(one.owed_account) && mark(one.id.text)); }));
        TRY(leave<Guarantee>([&](const Guarantee& one) { return is_gone(one.id.text) || (one.primary && is_gone(one.primary->text) && mark(one.id.text)); }));
        TRY(leave<GuaranteeCall>([&](const GuaranteeCall& one) { return is_gone(one.guarantee.text); }));
        TRY(leave<GreenFund>([&](const GreenFund& one) { return is_gone(one.id.text) || (is_closed(one.account) && mark(one.id.text)); }));
        TRY(leave<FundCommitment>([&](const FundCommitment& one) { return is_gone(one.fund.text); }));
        TRY(leave<CapitalCall>([&](const CapitalCall& one) { return is_gone(one.fund.text); }));
        TRY(leave<FundHolding>([&](const FundHolding& one) { return is_gone(one.fund.text); }));
        TRY(leave<FundDistribution>([&](const FundDistribution& one) { return is_gone(one.fund.text); }));
        TRY(leave<ContractMovement>([&](const ContractMovement& one) { return is_gone(one.contract); }));
        return gone_rows_;
    }

private:
    Result<Done> look() {
        for (const auto& row : TRY(transaction_.query("SELECT refers_to FROM journal_line WHERE kind = 'reverse' AND refers_to IS NOT NULL")).rows)
            taken_back_.insert(as_text(row[0]));
        for (const auto& row : TRY(transaction_.query("SELECT id FROM account WHERE sample = true AND state = 'closed'")).rows) closed_.insert(as_text(row[0]));
        return Done{};
    }
    bool is_closed(const std::optional<Id<ledger::LedgerAccount>>& account) const { return account && closed_.contains(account->text); }
    bool moved(const std::vector<std::string>& transfers) const {
        return std::any_of(transfers.begin(), transfers.end(), [&](const std::string& one) { return taken_back_.contains(one); });
    }
    bool mark(const std::string& id) {
        gone_.insert(id);
        return true;
    }
    bool is_gone(const std::string& id) const { return gone_.contains(id); }
    /// Samples of which that is true go.
    template <class T, class Goes> Result<Done> leave(const Goes& goes) {
        for (const T& one : TRY(transaction_.find<T>("sample = true ORDER BY id"))) {
            if (!goes(one)) continue;
            TRY(transaction_.erase(one.id));
            ++gone_rows_;
        }
        return Done{};
    }

    Transaction& transaction_;
    std::set<std::string> taken_back_, closed_, gone_;
    std::int64_t gone_rows_ = 0;
};

} // namespace

SampleStep contracts_sample() {
    return {.load = [](Transaction& transaction, const SampleFiles&, Time) -> Result<std::int64_t> { return -TRY(WithoutTransfers(transaction).run()); },
        .remove = [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; }};
}

} // namespace greenbank::finance
