// Close of day over contracts that run, by the job of the real program on SQLite: loans, a fifth of them level above a published rate that has moved, lines and
// leases. Two days one after the other; what fell due on the first is late on the second.
//   close_bench [program] [folder on the disk to measure] [contracts]      program: build/release/greenbank
// The rows are put into the database of a bank that has been started once and stopped; then it is started again and asked for the close as its desk asks.
#include <fmt/format.h>

#include "bank.h"
#include "finance/contracts/contracts.h"
#include "finance/products/running.h"
#include "kernel/random.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::bench {

namespace {

using namespace finance;

template <class T> T must(Result<T> result) {
    if (!result) give_up(result.error().code + ": " + result.error().message);
    return std::move(result).value();
}

const Text nobody_name = {"示例机构", "Some organisation", "Организация"};
const Id<Organisation> lender{"org_bench_lender"}, borrower{"org_bench_borrower"};
constexpr double late_share = 0.02; // has not paid its last bill

/// Has run for some of its sixty months, and is closed up to `day`.
Loan running_loan(Random& random, std::int64_t number, Date day, const std::vector<RateFrom>& fixings) {
    const Money nothing{0, "CNY"};
    Loan loan{.id = Id<Loan>{fmt::format("loan_bench_{:08}", number)}, .lender = lender, .borrower = borrower, .lender_name = nobody_name, .borrower_name = nobody_name};
    loan.number = fmt::format("L-{:08}", number);
    loan.amount = loan.drawn = {random.between(10'000'000, 900'000'000), "CNY"};
    loan.principal = loan.fee = loan.late = loan.provision = nothing;
    const bool above = number % 5 == 0;
    if (above) loan.benchmark = BenchmarkName::lpr_5y;
    loan.rate = above ? 0.6 : 4.2;
    loan.penalty = 2.1;
    loan.repayment = above || number % 2 == 0 ? Repayment::level : Repayment::equal_principal;
    loan.state = LoanState::active;
    loan.starts_on = Date{day.days - static_cast<std::int32_t>(random.between(1, 1700))};
    loan.ends_on = months_after(*loan.starts_on, loan.months);
    loan.closed_until = loan.starts_on;
    RunningLoan running = running_of(loan);
    if (above) running.fixings = fixings;
    draw(running, loan.amount.minor, must(plan_of(loan, loan.amount.minor, *loan.starts_on, rate_on(running.fixings, *loan.starts_on))));
    const bool pays_last = !random.chance(late_share);
    for (std::size_t i = 0; i < running.instalments.size() && running.instalments[i].due <= day; ++i) {
        close_days(running, running.instalments[i].due);
        const bool last = i + 1 == running.instalments.size() || running.instalments[i + 1].due > day;
        if (!last || pays_last) pay(running, late_amount(running));
    }
    close_days(running, day);
    keep(loan, running, day);
    return loan;
}

RevolvingLine running_line(Random& random, std::int64_t number, Date day) {
    const Money nothing{0, "CNY"};
    RevolvingLine line{.id = Id<RevolvingLine>{fmt::format("revolvingline_bench_{:08}", number)}, .title = nobody_name, .lender = lender, .borrower = borrower};
    line.number = fmt::format("CL-{:08}", number);
    line.lender_name = line.borrower_name = nobody_name;
    line.limit = {100'000'000, "CNY"};
    line.drawn = {random.between(0, 100'000'000), "CNY"};
    line.rate = 4;
    line.commitment_fee = 0.5;
    line.starts_on = Date{day.days - static_cast<std::int32_t>(random.between(1, 300))};
    line.ends_on = months_after(*line.starts_on, 12);
    line.closed_until = day;
    line.bills = (day.days - line.starts_on->days) / 92;
    line.billed_interest = line.billed_fee = nothing;
    line.state = ContractState::active;
    return line;
}

FinanceLease running_lease(Random& random, std::int64_t number, Date day) {
    const Money nothing{0, "CNY"};
    FinanceLease lease{.id = Id<FinanceLease>{fmt::format("lease_bench_{:08}", number)}, .title = nobody_name, .lessor = lender, .lessee = borrower, .supplier = lender, .rents = {}};
    lease.number = fmt::format("FL-{:08}", number);
    lease.lessor_name = lease.lessee_name = lease.supplier_name = nobody_name;
    lease.cost = {random.between(10'000'000, 900'000'000), "CNY"};
    lease.residual = lease.option_price = lease.late = lease.late_interest = nothing;
    lease.rate = 6;
    lease.penalty = 3;
    lease.starts_on = Date{day.days - static_cast<std::int32_t>(random.between(1, 1000))};
    lease.rents = rents_of({.cost = lease.cost.minor, .rate_ppm = 60'000, .months = 36, .frequency = 12, .start = *lease.starts_on});
    const bool pays = !random.chance(late_share);
    for (LeaseRent& one : lease.rents)
        if (one.due.days <= day.days - (pays ? 0 : 31)) one.paid = one.rent;
    lease.closed_until = day;
    lease.state = ContractState::active;
    bring_to(lease, day);
    return lease;
}

void fill(const std::string& path, std::int64_t count, Date day) {
    const auto store = must(open_sqlite(path));
    std::vector<RateFrom> fixings;
    must(store->write([&](Transaction& transaction) -> Result<Done> {
        for (int half = 0; half < 12; ++half) {
            BenchmarkFixing fixing{.id = Id<BenchmarkFixing>{fmt::format("fixing_bench_{}", half)}, .benchmark = BenchmarkName::lpr_5y};
            fixing.day = Date{day.days - 180 * (11 - half) - 20};
            fixing.rate = 4.6 - 0.1 * half;
            fixing.source = "the bench";
            fixings.push_back({fixing.day, ppm_of(fixing.rate)});
            TRY(transaction.insert(fixing));
        }
        return Done{};
    }));
    Random random(1);
    for (std::int64_t number = 0; number < count;)
        must(store->write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            for (int i = 0; i < 2'000 && number < count; ++i, ++number)
                if (number % 20 == 18) TRY(transaction.insert(running_line(random, number, day)));
                else if (number % 20 == 19) TRY(transaction.insert(running_lease(random, number, day)));
                else TRY(transaction.insert(running_loan(random, number, day, fixings)));
            return Done{};
        }));
}

/// Seconds and CPU-seconds of the program from the wish to the end of the job.
void close_day(const Bank& bank, const std::string& token, Date day) {
    http::Client client(bank.address());
    const auto send = [&](const std::string& method, const std::string& target, const std::string& body) {
        auto sent = client.send({.method = method, .target = target, .body = body, .headers = {{"Authorization", "Bearer " + token}}});
        if (!sent || sent.value().status / 100 != 2) give_up(method + " " + target + (sent ? ": " + sent.value().body : " was not answered"));
        return std::move(sent.value().body);
    };
    const auto asked = Clock::now();
    const double cpu = cpu_seconds_of(bank.process());
    const std::string job = text_in(send("POST", "/api/v1/finance-closes", fmt::format(R"({{"until":"{}"}})", to_text(day))), "id");
    std::string answer;
    while (true) {
        answer = send("GET", "/api/v1/jobs/" + job, "");
        const std::string state = text_in(answer, "state");
        if (state == "done") break;
        if (state == "failed" || state == "cancelled") give_up(answer);
        usleep(20'000);
    }
    std::printf("  close of %s  %7.1f s   CPU %5.1f s\n", to_text(day).c_str(), seconds_since(asked), cpu_seconds_of(bank.process()) - cpu);
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** arguments) {
    using namespace greenbank;
    using namespace greenbank::bench;
    const std::string program = count > 1 ? arguments[1] : "build/release/greenbank";
    const Folder folder(count > 2 ? arguments[2] : ".");
    const std::int64_t contracts = count > 3 ? std::atoll(arguments[3]) : 100'000;
    const Date today{static_cast<std::int32_t>(std::time(nullptr) / 86'400)};
    std::string token;
    {
        Bank bank(program, folder.path(), {});
        Person person(bank);
        person.become_administrator(bank.setup_token());
        token = text_in(person.send("POST", "/api/v1/tokens", R"({"name":"bench","days":1})"), "token");
    }
    const auto filled = Clock::now();
    fill(folder.path() + "/greenbank.db", contracts, {today.days - 2});
    std::printf("%lld contracts on SQLite (18 of 20 loans of 60 instalments, a line, a lease), put there in %.0f s\n", static_cast<long long>(contracts), seconds_since(filled));
    Bank bank(program, folder.path(), {});
    for (const Date day : {Date{today.days - 1}, today}) close_day(bank, token, day);
}
