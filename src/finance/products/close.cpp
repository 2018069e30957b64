// close.cpp — close of day: every running loan is brought up to a day, a few hundred at a time. Each remembers how far it is, so that a restart in the
// middle, or a second run, changes nothing.
#include "finance/contracts/contracts.h"
#include "finance/operations.h"
#include "finance/products/loan_access.h"
#include "finance/products/running.h"
#include "finance/watch/watch.h"

#include <fmt/format.h>

#include "api/jobs.h"
#include "json/json.h"

namespace greenbank::finance {

struct CloseRequest {
    std::optional<Date> until;
};
Record describe(const CloseRequest*) {
    return {"finance_close_request", "Up to which day loans are closed.",
        {field<&CloseRequest::until>("until", "The last day, not after today; absent: yesterday.")}};
}

namespace {

constexpr std::int64_t loans_at_once = 500;

Result<std::int64_t> close_some(Transaction& transaction, const Caller& caller, Date until, std::string& after) {
    transaction.capture_changes = false; // every loan, every day: the movements are what is audited
    const auto loans = TRY(transaction.find<Loan>("state = 'active' AND id > $1 ORDER BY id LIMIT " + std::to_string(loans_at_once), {after}));
    for (Loan loan : loans) {
        after = loan.id.text;
        if (!loan.closed_until || *loan.closed_until >= until) continue;
        const bool quiet = loan.late.minor == 0 && (!loan.next_due || *loan.next_due > until) && loan.warning == WarningLevel::none;
        if (quiet) { // nothing falls due: two columns move, whatever the instalments are
            const RunningLoan running = running_of(loan);
            const std::int64_t accrued =
                running.accrued_micro + accrued_over(running.principal, 0, rate_of(running), 0, running.year_days, until.days - loan.closed_until->days);
            TRY(transaction.execute("UPDATE loan SET accrued_micro = $1, closed_until = $2 WHERE id = $3", {accrued, to_text(until), loan.id.text}));
            continue;
        }
        TRY(bring_to(transaction, loan, until));
        TRY(transaction.update(loan));
        if (loan.late.minor > 0) TRY(follow_loan_pledges(transaction, caller, loan)); // interest that is late since today is secured, too
        TRY(follow_warning(transaction, caller, loan, until));
    }
    return static_cast<std::int64_t>(loans.size());
}

Result<std::string> run_close(JobRun& run) {
    const CloseRequest request = TRY(from_json<CloseRequest>(run.request()));
    const Date until = request.until.value_or(Date{date_of(run.caller().now).days - 1});
    std::int64_t total = 0, done = 0;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        total = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM loan WHERE state = 'active'")).single());
        return Done{};
    }));
    std::string after = run.last_checkpoint();
    if (after.size() > 2) after = after.substr(1, after.size() - 2); // a JSON text of an id
    while (true) {
        std::int64_t closed = 0;
        std::string last;
        TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
            last = after;
            closed = TRY(close_some(transaction, run.caller(), until, last));
            return Done{};
        }));
        if (closed == 0) break;
        after = last;
        done += closed;
        TRY(run.checkpoint("\"" + after + "\""));
        if (!run.report(done, total)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
    std::int64_t contracts = 0;
    for (const auto close : {close_lines, close_leases}) // begun again after a restart they pass over what is closed
        for (std::string last_one, next;;) {
            std::int64_t looked = 0;
            TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
                next = last_one;
                looked = TRY(close(transaction, until, next));
                return Done{};
            }));
            if (looked == 0) break;
            last_one = next;
            contracts += looked;
            if (!run.report(done + contracts, total + contracts)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
        }
    return JsonWriter().begin_object().member("loans", done).member("contracts", contracts).member("until", to_text(until)).end_object().take();
}

Result<Reply<Job>> finance_close_start(Transaction& transaction, const Caller& caller, const CloseRequest& request) {
    if (request.until && *request.until > date_of(caller.now)) return invalid({{"until", "finance.future", "A day that has not come is not closed."}});
    return Reply<Job>{.body = TRY(start_job(transaction, caller, "finance_close", to_json(request))), .status = 202};
}

} // namespace

JobKind close_job() { return {"finance_close", "Close of day: interest, bills, age, provision and warnings of all loans.", run_finance, run_close}; }

std::vector<Endpoint> close_endpoints() {
    return {
        {"finance_close_start", Method::post, "/finance-closes", "Close a day for all loans.", Mode::write, run_finance, call(finance_close_start)},
    };
}

} // namespace greenbank::finance
