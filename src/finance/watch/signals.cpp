// signals.cpp — pledges at the market's close, plants by their telemetry, cash by the ledger.
#include <cmath>

#include "energy/reports/readings.h"
#include "finance/notices/records.h"
#include "finance/products/money.h"
#include "finance/products/running.h"
#include "finance/watch/watch.h"
#include "ledger/account_views.h"
#include "market/pledges/pledges.h"

namespace greenbank::finance {

namespace {

constexpr std::int32_t days_now = 7, days_before = 28, days_of_payment = 30, days_of_penalties = 365;

Time midnight(Date day) { return {days(day.days).microseconds}; }

/// By how many percent the pledges of the loan are below their call line, of what is owed today.
Result<double> pledge_short(Transaction& transaction, const Loan& loan, Date day) {
    double value_of_all = 0, line = 0;
    for (const market::CarbonPledge& pledge : TRY(transaction.find<market::CarbonPledge>(
             "pledgor = $1 AND pledgee = $2 AND state = 'active' AND reference = $3", {loan.borrower.text, loan.lender.text, loan.id.text}))) {
        const auto value = market::value_pledge(transaction, pledge, market::latest_day(day));
        if (!value) continue; // without a price there is nothing to say
        value_of_all += static_cast<double>(value.value().value.minor);
        line = std::max(line, static_cast<double>(pledge.call_basis_points) / 10'000);
    }
    const double wanted = line * static_cast<double>(secured_debt(loan));
    return wanted > 0 ? std::max(0.0, (wanted - value_of_all) / wanted * 100) : 0.0;
}

struct Output {
    double fall = 0, silent_hours = 0;
};
/// What the project's plants gave in the last week against the four before, and for how long nothing was heard at all.
Result<Output> output_of(Transaction& transaction, energy::Archive& archive, const Loan& loan, Date day) {
    Output output;
    if (!loan.project) return output;
    const Time end = midnight(Date{day.days + 1}), turn = midnight(Date{day.days + 1 - days_now}),
               begin = midnight(Date{day.days + 1 - days_now - days_before});
    double now = 0, before = 0;
    std::size_t steps_before = 0;
    std::optional<Time> newest;
    for (const energy::Channel& channel : TRY(transaction.find<energy::Channel>(
             "site IN (SELECT id FROM site WHERE project = $1) AND key IN ('pv_power', 'wind_power') ORDER BY id LIMIT 100", {loan.project->text}))) {
        for (const energy::StepValue& one : TRY(energy::step_values(transaction, archive, channel, begin, end, hours(24)))) {
            if (one.at < turn) before += one.value / days_before, ++steps_before;
            else now += one.value / days_now;
        }
        const auto last = TRY(energy::newest_reading(transaction, archive, channel.number));
        if (last && (!newest || *newest < last->at)) newest = last->at;
    }
    if (before > 0 && steps_before >= static_cast<std::size_t>(days_now)) output.fall = std::max(0.0, 1 - now / before) * 100;
    if (newest && *newest < end) output.silent_hours = static_cast<double>((end - *newest).microseconds) / 3.6e9;
    return output;
}

/// Which part of the next payment, due within a month, the borrower's deposit does not hold.
Result<double> cash_short(Transaction& transaction, const Loan& loan, Date day) {
    if (!loan.next_due || loan.next_due->days - day.days > days_of_payment || !loan.loan_account) return 0.0;
    std::int64_t due = loan.late.minor + loan.accrued_micro / 1'000'000;
    for (const LoanInstalment& one : loan.instalments)
        if (one.due == *loan.next_due) due += one.principal;
    const auto deposit = deposit_of(transaction, loan.borrower, loan.amount.currency);
    if (!deposit || due <= 0) return 0.0;
    auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {deposit.value().text}));
    if (!account) return 0.0;
    TRY(ledger::fill_balances(*account));
    const auto balance = parse_money(account->balance, loan.amount.currency);
    if (!balance || balance->minor >= due) return 0.0;
    return static_cast<double>(due - std::max<std::int64_t>(0, balance->minor)) / static_cast<double>(due) * 100;
}

Result<double> penalties(Transaction& transaction, const Loan& loan, Date day) {
    return static_cast<double>(
        as_integer(TRY(transaction.query("SELECT COUNT(*) FROM credit_entry WHERE subject = $1 AND kind = 'penalty' AND state = 'standing' "
                                         "AND day > $2 AND day <= $3",
                           {loan.borrower.text, to_text(Date{day.days - days_of_penalties}), to_text(day)}))
                       .single()));
}

/// The gravest warning that a partner abroad has signed about the borrower and that stands: 1 blue to 4 red.
Result<double> foreign_notice(Transaction& transaction, const Loan& loan, Date day) {
    double worst = 0;
    for (const ReceivedNotice& one : TRY(transaction.find<ReceivedNotice>(
             "organisation = $1 AND kind = 'warning' AND state = 'standing' AND day <= $2 AND valid_until >= $2", {loan.borrower.text, to_text(day)})))
        if (one.level) worst = std::max(worst, static_cast<double>(*one.level));
    return worst;
}

} // namespace

const std::set<std::string, std::less<>>& watched_signals() {
    static const std::set<std::string, std::less<>> names = {"pledge_short", "output_fall", "silent_hours", "cash_short", "penalties", "foreign_notice"};
    return names;
}

Result<std::vector<WarningSignal>> signals_of(Transaction& transaction, energy::Archive& archive, const Loan& loan, Date day) {
    const Output output = TRY(output_of(transaction, archive, loan, day));
    const auto pledge = TRY(pledge_short(transaction, loan, day));
    const auto cash = TRY(cash_short(transaction, loan, day));
    const auto fines = TRY(penalties(transaction, loan, day));
    const auto notice = TRY(foreign_notice(transaction, loan, day));
    std::vector<WarningSignal> signals = {{"pledge_short", pledge}, {"output_fall", output.fall}, {"silent_hours", output.silent_hours}, {"cash_short", cash},
        {"penalties", fines}, {"foreign_notice", notice}};
    std::erase_if(signals, [](const WarningSignal& one) { return !(one.value > 0); });
    for (WarningSignal& one : signals) one.value = std::round(one.value * 100) / 100;
    return signals;
}

} // namespace greenbank::finance
