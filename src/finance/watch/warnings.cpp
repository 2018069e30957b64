// warnings.cpp — the watch list: opened and closed with the loans' levels, looked at by lenders and the desk, who write down what they do.
#include "finance/watch/watch.h"

#include <fmt/format.h>

#include "api/jobs.h"
#include "finance/hazard/hazards.h"
#include "finance/products/loan_access.h"
#include "finance/products/running.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::finance {

Record describe(const ById<LoanWarning>*) { return {"loan_warning_key", "Names a warning.", {field<&ById<LoanWarning>::id>("id", "Its id.")}}; }

struct WarningActed {
    Id<LoanWarning> id;
    WarningActionKind kind = WarningActionKind::call;
    std::string text;
    std::optional<Date> due_on;
};
Record describe(const WarningActed*) {
    using Acted = WarningActed;
    return {"loan_warning_acting", "Writes down what is done about a warning.",
        {field<&Acted::id>("id", "Which warning."), field<&Acted::kind>("kind", "What."), field<&Acted::text>("text", "In words.", {.min = 1, .max = 1000}),
            field<&Acted::due_on>("due_on", "Until when.")}};
}
struct WarningDone {
    Id<LoanWarning> id;
    std::int64_t action = 0;
};
Record describe(const WarningDone*) {
    return {"loan_warning_completion", "Says that an action is done.",
        {field<&WarningDone::id>("id", "Which warning."), field<&WarningDone::action>("action", "Which action, from 0.", {.min = 0, .max = 99})}};
}
struct WatchRequest {
    std::optional<Date> on;
};
Record describe(const WatchRequest*) {
    return {"finance_watch_request", "For which day loans are looked at.", {field<&WatchRequest::on>("on", "The day, not after today; absent: today.")}};
}

namespace {

/// Time left as it stands: until the first payment that was missed, else until the next one.
void set_lead(LoanWarning& warning, const Loan& loan) {
    if (!warning.missed_on && loan.late_since) warning.missed_on = std::max(*loan.late_since, warning.opened_on);
    warning.act_by = loan.next_due;
    const auto until = warning.missed_on ? warning.missed_on : warning.act_by;
    warning.lead_days = until ? std::optional<std::int64_t>(until->days - warning.opened_on.days) : std::nullopt;
}

} // namespace

Result<Done> follow_warning(Transaction& transaction, const Caller& caller, const Loan& loan, Date day) {
    auto found = TRY(transaction.find_one<LoanWarning>("loan = $1 AND open = true", {loan.id.text}));
    const bool called = loan.state == LoanState::active && loan.warning != WarningLevel::none;
    if (!found && !called) return Done{};
    const bool fresh = !found;
    LoanWarning warning = fresh ? LoanWarning{.id = caller.new_id<LoanWarning>(),
                                      .loan = loan.id,
                                      .number = loan.number,
                                      .lender = loan.lender,
                                      .borrower = loan.borrower,
                                      .borrower_name = loan.borrower_name,
                                      .principal = loan.principal,
                                      .reasons = {},
                                      .steps = {},
                                      .opened_on = loan.warning_since.value_or(day),
                                      .act_by = {},
                                      .missed_on = {},
                                      .closed_on = {},
                                      .lead_days = {},
                                      .actions = {},
                                      .created_at = caller.now,
                                      .updated_at = caller.now}
                                : *found;
    if (!called) {
        warning.open = false;
        warning.closed_on = day;
        warning.level = WarningLevel::none;
        warning.steps.push_back({day, WarningLevel::none});
    } else {
        if (warning.level != loan.warning) warning.steps.push_back({loan.warning_since.value_or(day), loan.warning});
        if (warning.steps.size() > 200) warning.steps.erase(warning.steps.begin());
        warning.level = loan.warning;
        warning.level_worst = std::max(warning.level_worst, loan.warning);
        warning.reasons = loan.warning_reasons;
        warning.principal = loan.principal;
        set_lead(warning, loan);
    }
    if (fresh) return transaction.insert(warning);
    if (to_json(warning) == to_json(*found)) return Done{};
    warning.updated_at = caller.now;
    return transaction.update(warning);
}

namespace {

/// The borrower does not see what is thought of it here; its own credit file says what it may dispute.
Result<LoanWarning> warning_seen(Transaction& transaction, const Caller& caller, const Id<LoanWarning>& id) {
    LoanWarning warning = TRY(transaction.get(id));
    if (caller.actor.may(run_finance) || (!caller.actor.organisation.empty() && caller.actor.organisation == warning.lender.text)) return warning;
    return not_found(record_of<LoanWarning>(), id.text);
}
Result<Page<LoanWarning>> warning_list(Transaction& transaction, const Caller& caller, const ListOf<LoanWarning>& list) {
    if (caller.actor.may(run_finance)) return list_page<LoanWarning>(transaction, caller, list);
    return list_page<LoanWarning>(transaction, caller, list, "$1 <> '' AND lender = $1", {caller.actor.organisation});
}
Result<LoanWarning> warning_get(Transaction& transaction, const Caller& caller, const ById<LoanWarning>& key) {
    return warning_seen(transaction, caller, key.id);
}

Result<LoanWarning> warning_act(Transaction& transaction, const Caller& caller, const WarningActed& acted) {
    LoanWarning warning = TRY(warning_seen(transaction, caller, acted.id));
    TRY(check_expected(caller, warning));
    if (warning.actions.size() >= 100) return Error{Failure::conflict, "finance.actions_full", "This warning has a hundred actions; complete them first."};
    auto person_name = TRY(projects::person_name(transaction, caller));
    warning.actions.push_back({acted.kind, acted.text, acted.due_on, std::move(person_name), caller.now, {}});
    warning.updated_at = caller.now;
    TRY(transaction.update(warning));
    return warning;
}

Result<LoanWarning> warning_done(Transaction& transaction, const Caller& caller, const WarningDone& done) {
    LoanWarning warning = TRY(warning_seen(transaction, caller, done.id));
    TRY(check_expected(caller, warning));
    const auto place = static_cast<std::size_t>(done.action);
    if (place >= warning.actions.size()) return invalid({{"action", "finance.no_action", "This warning has no such action."}});
    if (warning.actions[place].done_at) return Error{Failure::conflict, "finance.action_done", "This action is done already."};
    warning.actions[place].done_at = warning.updated_at = caller.now;
    TRY(transaction.update(warning));
    return warning;
}

constexpr std::int64_t watched_at_once = 100; // each asks the archive and the market

Result<std::int64_t> watch_some(Transaction& transaction, energy::Archive& archive, const Caller& caller, Date day, std::string& after) {
    const auto loans = TRY(transaction.find<Loan>("state = 'active' AND id > $1 ORDER BY id LIMIT " + std::to_string(watched_at_once), {after}));
    const auto hazard = TRY(hazard_in_use(transaction));
    for (Loan loan : loans) {
        after = loan.id.text;
        if (loan.closed_until && day < *loan.closed_until) continue; // looked at for a later day already
        TRY(bring_to(transaction, loan, day));
        std::vector<WatchedSignal> watched;
        const std::vector<WarningSignal> signals = TRY(signals_of(transaction, archive, loan, day));
        for (const WarningSignal& one : signals) watched.push_back({one.name, one.value, day});
        if (hazard) { // the model is one signal more: rules say from which chance on it warns
            const auto chance = TRY(chance_of(transaction, hazard->model, loan, signals, day));
            watched.push_back({"default_chance", chance.percent, day});
        }
        loan.watched = std::move(watched);
        keep(loan, running_of(loan), day);
        loan.updated_at = caller.now;
        TRY(transaction.update(loan));
        if (loan.late.minor > 0) TRY(follow_loan_pledges(transaction, caller, loan));
        TRY(follow_warning(transaction, caller, loan, day));
    }
    return static_cast<std::int64_t>(loans.size());
}

Result<std::string> run_watch(JobRun& run, energy::Archive& archive) {
    const Date day = TRY(from_json<WatchRequest>(run.request())).on.value_or(date_of(run.caller().now));
    std::int64_t done = 0;
    std::string after = run.last_checkpoint();
    if (after.size() > 2) after = after.substr(1, after.size() - 2); // a JSON text of an id
    while (true) {
        std::int64_t seen = 0;
        std::string last;
        TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
            last = after;
            transaction.capture_changes = false;
            seen = TRY(watch_some(transaction, archive, run.caller(), day, last));
            return Done{};
        }));
        if (seen == 0) break;
        after = last;
        done += seen;
        TRY(run.checkpoint("\"" + after + "\""));
        if (!run.report(done, done)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
    return JsonWriter().begin_object().member("loans", done).member("on", to_text(day)).end_object().take();
}

Result<Reply<Job>> watch_start(Transaction& transaction, const Caller& caller, const WatchRequest& request) {
    if (request.on && *request.on > date_of(caller.now)) return invalid({{"on", "finance.watch_future", "A day that has not come is not looked at."}});
    return Reply<Job>{.body = TRY(start_job(transaction, caller, "finance_watch", to_json(request))), .status = 202};
}

} // namespace

JobKind watch_job(energy::Archive& archive) {
    return {"finance_watch", "Early warning: looks at pledges, plants, cash and penalties behind all loans.", run_finance,
        [&archive](JobRun& run) { return run_watch(run, archive); }};
}

std::vector<Endpoint> warning_endpoints() {
    return {
        // clang-format off
        {"loan_warning_list", Method::get, "/loan-warnings", "The watch list: warnings about one's loans, or all.", Mode::read, signed_in, call(warning_list)},
        {"loan_warning_get", Method::get, "/loan-warnings/{id}", "One warning with its reasons and actions.", Mode::read, signed_in, call(warning_get)},
        {"loan_warning_act", Method::post, "/loan-warnings/{id}/actions", "Write down what is done about a warning.", Mode::write, write_finance, call(warning_act)},
        {"loan_warning_complete", Method::post, "/loan-warnings/{id}/complete", "An action is done.", Mode::write, write_finance, call(warning_done)},
        {"finance_watch_start", Method::post, "/finance-watches", "Look at all loans for warnings.", Mode::write, run_finance, call(watch_start)},
        // clang-format on
    };
}

} // namespace greenbank::finance
