// stress.cpp — borrower by borrower; pools remember what they bore of the loans before.
#include "finance/engine/stress.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

constexpr std::int64_t million = 1'000'000;

std::int64_t moved(std::int64_t price, std::int64_t basis_points) {
    return static_cast<std::int64_t>(static_cast<Wide>(price) * (10'000 + basis_points) / 10'000);
}

std::int64_t parts_of(std::int64_t amount, std::int64_t ppm) { return static_cast<std::int64_t>(static_cast<Wide>(amount) * ppm / million); }

/// The first step at which the pledge no longer reaches its call line.
std::optional<StressCall> call_on(const StressPledge& pledge, const StressScenario& scenario) {
    for (std::size_t i = 0; i < scenario.price_path.size(); ++i) {
        StressCall call{.pledge = pledge.id, .step = static_cast<std::int64_t>(i) + 1, .price = moved(pledge.price, scenario.price_path[i])};
        call.value = call.price * pledge.tonnes;
        call.cover_basis_points = pledge.secured > 0 ? static_cast<std::int64_t>(static_cast<Wide>(call.value) * 10'000 / pledge.secured) : 0;
        if (pledge.secured == 0 || call.cover_basis_points >= pledge.call_basis_points) continue;
        const std::int64_t short_of = static_cast<std::int64_t>((static_cast<Wide>(pledge.secured) * pledge.call_basis_points + 9'999) / 10'000) - call.value;
        call.tonnes_wanted = call.price > 0 ? (short_of + call.price - 1) / call.price : 0;
        call.amount = call.price > 0 ? call.tonnes_wanted * call.price : short_of; // worth nothing: the debt itself is called
        return call;
    }
    return {};
}

StressPayout payout_of(const StressPlant& plant, std::int64_t days) {
    const double lost = plant.terms.promised * std::min(1.0, static_cast<double>(days) / plant.period_days);
    StressPayout payout{.cover = plant.id, .insurer = plant.insurer, .lost = std::llround(lost * static_cast<double>(plant.unit_value))};
    if (!plant.insurer.empty()) payout.paid = std::min<std::int64_t>(payout.lost, std::llround(finance::payout(plant.terms, plant.terms.promised - lost)));
    return payout;
}

std::int64_t payout_of(const StressCarbonCover& cover, const StressScenario& scenario) {
    std::vector<double> settlements;
    for (const std::int64_t change : scenario.price_path) settlements.push_back(static_cast<double>(moved(cover.price, change)));
    return settlements.empty() ? 0 : std::llround(payout(cover.terms, settlements));
}

class Run {
public:
    Run(const StressBook& book, const StressScenario& scenario) : book_(book), scenario_(scenario) {
        for (const StressPool& pool : book.pools) states_.push_back(pool.state);
    }

    StressResult take() {
        for (const StressBorrower& borrower : book_.borrowers) strike(borrower);
        for (const auto& [party, amount] : losses_) result_.losses.push_back({party, amount});
        return std::move(result_);
    }

private:
    void strike(const StressBorrower& borrower) {
        std::int64_t cash = borrower.cash;
        double pledge_short = 0, output_fall = 0;
        for (const StressHolding& holding : borrower.holdings)
            if (!scenario_.price_path.empty())
                bear(result_.carbon_loss, borrower.id, (holding.price - moved(holding.price, scenario_.price_path.back())) * holding.tonnes);
        for (const StressPledge& pledge : borrower.pledges)
            if (const auto call = call_on(pledge, scenario_)) {
                pledge_short = std::max(pledge_short,
                    static_cast<double>(pledge.call_basis_points - call->cover_basis_points) / static_cast<double>(pledge.call_basis_points) * 100);
                cash -= call->amount;
                result_.calls.push_back(*call);
            }
        for (const StressCarbonCover& cover : borrower.carbon_covers) cash += shift(borrower.id, {cover.id, cover.insurer, 0, payout_of(cover, scenario_)});
        for (const StressPlant& plant : borrower.plants) {
            const StressPayout payout = payout_of(plant, scenario_.days_without_output);
            if (payout.lost == 0) continue;
            output_fall = std::max(output_fall, std::min(1.0, static_cast<double>(scenario_.days_without_output) / plant.period_days) * 100);
            bear(result_.output_loss, borrower.id, payout.lost);
            cash += shift(borrower.id, payout) - payout.lost;
        }
        for (const StressLoan& loan : borrower.loans)
            judge(borrower, loan, {{"pledge_short", pledge_short}, {"output_fall", output_fall}, {"cash_short", short_of(loan, cash)}});
    }

    static double short_of(const StressLoan& loan, std::int64_t cash) {
        if (loan.next_payment <= 0 || cash >= loan.next_payment) return 0;
        return static_cast<double>(loan.next_payment - std::max<std::int64_t>(0, cash)) / static_cast<double>(loan.next_payment) * 100;
    }

    void bear(std::int64_t& sum, const std::string& party, std::int64_t amount) {
        if (amount == 0) return;
        sum += amount;
        losses_[party] += amount;
    }
    /// The insurer bears what the insured would have.
    std::int64_t shift(const std::string& insured, StressPayout payout) {
        if (payout.paid != 0) {
            losses_[insured] -= payout.paid;
            losses_[payout.insurer] += payout.paid;
        }
        const std::int64_t paid = payout.paid;
        if (payout.paid != 0 || payout.lost != 0) result_.payouts.push_back(std::move(payout));
        return paid;
    }

    void judge(const StressBorrower& borrower, const StressLoan& loan, const std::vector<WarningSignal>& signals) {
        const WarningState state = warn({.level = loan.level, .since = {}, .calm_since = {}, .reasons = {}}, scenario_.rules, signals, {});
        int level = static_cast<int>(state.level);
        if (!scenario_.sector.empty() && borrower.sector == scenario_.sector) level = std::min(4, level + static_cast<int>(scenario_.sector_levels));
        StressLoanLoss loss{.loan = loan.id, .before = loan.level, .after = static_cast<WarningLevel>(level), .reasons = state.reasons, .parts = {}};
        const std::int64_t given_default = parts_of(loan.principal, scenario_.loss_given_default);
        loss.expected_before = parts_of(given_default, scenario_.defaults[static_cast<std::size_t>(loss.before)]);
        loss.expected_after = parts_of(given_default, scenario_.defaults[static_cast<std::size_t>(level)]);
        if (loan.pool >= 0) {
            const auto place = static_cast<std::size_t>(loan.pool);
            const StressPool& pool = book_.pools[place];
            const std::vector<std::int64_t> parts = split_loss(pool.rules, states_[place], loss.expected_after);
            for (std::size_t i = 0; i < parts.size(); ++i) loss.parts.push_back({i == pool.rules.residual ? loan.lender : pool.parties[i], parts[i]});
        } else {
            loss.parts.push_back({loan.lender, loss.expected_after});
        }
        for (const auto& [party, part] : loss.parts) bear(result_.credit_loss, party, part);
        result_.loans.push_back(std::move(loss));
    }

    const StressBook& book_;
    const StressScenario& scenario_;
    std::vector<SharingState> states_;
    StressResult result_;
    std::map<std::string, std::int64_t> losses_;
};

} // namespace

StressFlaw check(const StressBook& book, const StressScenario& scenario) {
    if (scenario.defaults.size() != 5) return StressFlaw::defaults;
    for (const StressPool& pool : book.pools)
        if (pool.parties.size() != pool.rules.parties || pool.state.borne.size() != pool.rules.parties || check(pool.rules) != SharingFlaw::none)
            return StressFlaw::pool_rules;
    for (const StressBorrower& borrower : book.borrowers)
        for (const StressLoan& loan : borrower.loans)
            if (loan.pool >= static_cast<std::int64_t>(book.pools.size())) return StressFlaw::pool_unknown;
    return StressFlaw::none;
}

StressResult stress(const StressBook& book, const StressScenario& scenario) { return Run(book, scenario).take(); }

} // namespace greenbank::finance
