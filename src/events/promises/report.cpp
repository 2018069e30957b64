// report.cpp — the ledger of promises over one event or many: signed → contracted → invested → running, by year, in shares, and what is overdue.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "events/signings/signings.h"

namespace greenbank::events {

namespace {

struct PromiseAsk {
    std::optional<Id<Event>> event;
    std::string currency = "CNY";
    std::optional<Date> day;
};
Record describe(const PromiseAsk*) {
    return {"promise_ask", "Which promises.",
        {field<&PromiseAsk::event>("event", "Of one event; absent: of all."),
            field<&PromiseAsk::currency>("currency", "Signed in this currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&PromiseAsk::day>("day", "As it stood on this day; absent: today.")}};
}

/// Signed, contracted, invested, running.
struct PromiseTotals {
    std::int64_t signings = 0;
    Money signed_amount, contracted, invested, running;
};
Record describe(const PromiseTotals*) {
    return {"promise_totals", "Signed, contracted, invested, running.",
        {field<&PromiseTotals::signings>("signings", "How many were signed."), field<&PromiseTotals::signed_amount>("signed_amount", "Signed."),
            field<&PromiseTotals::contracted>("contracted", "Contracted."), field<&PromiseTotals::invested>("invested", "Invested."),
            field<&PromiseTotals::running>("running", "Running.")}};
}

struct PromiseYearRow {
    std::int64_t year = 0;
    Money signed_amount, contracted, invested, running;
};
Record describe(const PromiseYearRow*) {
    return {"promise_year", "What was signed, contracted, invested and came to run in one year.",
        {field<&PromiseYearRow::year>("year", "Which year."), field<&PromiseYearRow::signed_amount>("signed_amount", "Signed in it."),
            field<&PromiseYearRow::contracted>("contracted", "Contracted in it."), field<&PromiseYearRow::invested>("invested", "Invested in it."),
            field<&PromiseYearRow::running>("running", "Came to run in it.")}};
}

struct PromiseEventRow {
    Id<Event> event;
    Text title;
    Date first_day;
    PromiseTotals totals;
};
Record describe(const PromiseEventRow*) {
    return {"promise_event", "The promises of one event.",
        {field<&PromiseEventRow::event>("event", "Which event."), field<&PromiseEventRow::title>("title", "What it is called."),
            field<&PromiseEventRow::first_day>("first_day", "When it was."), field<&PromiseEventRow::totals>("totals", "What became of them.")}};
}

struct PromiseLine {
    Id<Signing> signing;
    Id<Event> event;
    Text title;
    SigningKind kind = SigningKind::other;
    FigureStanding standing = FigureStanding::unconfirmed;
    Date signed_on;
    PromiseTotals totals;
    std::optional<Date> last_on;
};
Record describe(const PromiseLine*) {
    return {"promise_line", "One signing and what became of it.",
        {field<&PromiseLine::signing>("signing", "Which."), field<&PromiseLine::event>("event", "At which event."),
            field<&PromiseLine::title>("title", "What it is about."), field<&PromiseLine::kind>("kind", "What was signed."),
            field<&PromiseLine::standing>("standing", "Whose word the amount is."), field<&PromiseLine::signed_on>("signed_on", "When."),
            field<&PromiseLine::totals>("totals", "What became of it."), field<&PromiseLine::last_on>("last_on", "When something was last heard.")}};
}

struct PromiseOverdue {
    Id<Signing> signing;
    Id<Event> event;
    Text title;
    PromiseStage stage = PromiseStage::invested;
    Date due_on;
    Money promised, reached, missing;
    std::int64_t days = 0;
};
Record describe(const PromiseOverdue*) {
    return {"promise_overdue", "A promise that was not kept in time.",
        {field<&PromiseOverdue::signing>("signing", "Which signing."), field<&PromiseOverdue::event>("event", "At which event."),
            field<&PromiseOverdue::title>("title", "What it is about."), field<&PromiseOverdue::stage>("stage", "Which stage was not reached."),
            field<&PromiseOverdue::due_on>("due_on", "The first day that was missed."), field<&PromiseOverdue::promised>("promised", "Promised by now."),
            field<&PromiseOverdue::reached>("reached", "Reached."), field<&PromiseOverdue::missing>("missing", "Still missing."),
            field<&PromiseOverdue::days>("days", "Days since then.", {.unit = "d"})}};
}

struct PromiseReport {
    std::string currency;
    Date day;
    PromiseTotals totals;
    bool sample = false; // some of it is
    std::int64_t without_amount = 0, in_other_currencies = 0;
    std::vector<PromiseYearRow> years;
    std::vector<PromiseEventRow> events;
    std::vector<PromiseLine> lines;
    std::vector<PromiseOverdue> overdue;
};
Record describe(const PromiseReport*) {
    return {"promise_report", "What became of what was signed.",
        {
            field<&PromiseReport::currency>("currency", "In which currency."),
            field<&PromiseReport::day>("day", "As it stood on this day."),
            field<&PromiseReport::totals>("totals", "In all."),
            field<&PromiseReport::sample>("sample", "Some of the figures are samples."),
            field<&PromiseReport::without_amount>("without_amount", "Signed without an amount."),
            field<&PromiseReport::in_other_currencies>("in_other_currencies", "Signed in other currencies."),
            field<&PromiseReport::years>("years", "Year by year.", {.max = 300}),
            field<&PromiseReport::events>("events", "By event, the latest first.", {.max = 10'000}),
            field<&PromiseReport::lines>("lines", "Each signing, the largest first.", {.max = 10'000}),
            field<&PromiseReport::overdue>("overdue", "What is late, the largest gap first.", {.max = 10'000}),
        }};
}

class Reporting {
public:
    Reporting(std::string currency, Date day) { report_.currency = std::move(currency), report_.day = day; }

    Result<PromiseReport> run(Transaction& transaction, const std::vector<Signing>& signings) {
        for (const Signing& signing : signings) TRY(read(transaction, signing));
        for (const PromiseYear& year : by_year(promises_, report_.day))
            report_.years.push_back({year.year, money(year.in_year[0]), money(year.in_year[1]), money(year.in_year[2]), money(year.in_year[3])});
        PromiseSums all{};
        std::map<std::string, std::pair<std::int64_t, PromiseSums>> by_event;
        for (std::size_t i = 0; i < promises_.size(); ++i) {
            const PromiseSums sums = sums_until(promises_[i], report_.day);
            auto& [count, of_event] = by_event[taken_[i]->event.text];
            ++count;
            for (std::size_t k = 0; k < sums.size(); ++k) all[k] += sums[k], of_event[k] += sums[k];
            report_.lines.push_back({taken_[i]->id, taken_[i]->event, taken_[i]->title, taken_[i]->kind, taken_[i]->standing, promises_[i].signed_on,
                totals(1, sums), last_of(promises_[i])});
        }
        report_.totals = totals(static_cast<std::int64_t>(promises_.size()), all);
        std::stable_sort(report_.lines.begin(), report_.lines.end(),
            [](const PromiseLine& a, const PromiseLine& b) { return a.totals.signed_amount.minor > b.totals.signed_amount.minor; });
        for (const auto& [id, sums] : by_event) {
            const Event event = TRY(transaction.get(Id<Event>(id)));
            report_.events.push_back({event.id, event.title, event.first_day, totals(sums.first, sums.second)});
        }
        std::stable_sort(
            report_.events.begin(), report_.events.end(), [](const PromiseEventRow& a, const PromiseEventRow& b) { return a.first_day > b.first_day; });
        for (const Overdue& late : overdue(promises_, report_.day))
            report_.overdue.push_back({taken_[late.promise]->id, taken_[late.promise]->event, taken_[late.promise]->title, late.stage, late.due_on,
                money(late.promised), money(late.reached), money(late.promised - late.reached), late.days});
        std::stable_sort(
            report_.overdue.begin(), report_.overdue.end(), [](const PromiseOverdue& a, const PromiseOverdue& b) { return a.missing.minor > b.missing.minor; });
        return std::move(report_);
    }

private:
    Money money(std::int64_t minor) const { return {minor, report_.currency}; }
    PromiseTotals totals(std::int64_t count, const PromiseSums& sums) const { return {count, money(sums[0]), money(sums[1]), money(sums[2]), money(sums[3])}; }
    std::optional<Date> last_of(const Promise& promise) const {
        std::optional<Date> last;
        for (const PromiseMark& step : promise.steps)
            if (step.day <= report_.day && (!last || *last < step.day)) last = step.day;
        return last;
    }

    Result<Done> read(Transaction& transaction, const Signing& signing) {
        const Date signed_on = date_of(signing.signed_at.value_or(signing.created_at));
        if (signed_on > report_.day) return Done{};
        if (!signing.amount) return ++report_.without_amount, Done{};
        if (signing.amount->currency != report_.currency) return ++report_.in_other_currencies, Done{};
        Promise promise{signing.amount->minor, signed_on, {}, {}};
        std::vector<PromiseStep> steps = TRY(transaction.find<PromiseStep>("signing = $1 ORDER BY happened_on", {signing.id.text}));
        for (PromiseStep& step : TRY(steps_of_links(transaction, signing))) steps.push_back(std::move(step));
        for (const PromiseStep& step : steps) {
            promise.steps.push_back({step.stage, step.amount.minor, step.happened_on});
            report_.sample = report_.sample || step.standing == FigureStanding::sample;
        }
        for (const PlannedStep& planned : signing.planned) promise.plan.push_back({planned.stage, planned.amount.minor, planned.due_on});
        report_.sample = report_.sample || signing.sample || signing.standing == FigureStanding::sample;
        promises_.push_back(std::move(promise));
        taken_.push_back(&signing);
        return Done{};
    }

    PromiseReport report_;
    std::vector<Promise> promises_;
    std::vector<const Signing*> taken_;
};

Result<PromiseReport> promise_report(Transaction& transaction, const Caller& caller, const PromiseAsk& ask) {
    if (!decimals_of(ask.currency)) return invalid({{"currency", "promise.currency_unknown", "Write a currency by its ISO code, such as CNY."}});
    std::vector<Value> parameters;
    std::string where = "state = 'signed' AND " + seen_events(caller, "event", parameters);
    if (ask.event) {
        TRY(event_seen(transaction, caller, *ask.event));
        parameters.emplace_back(ask.event->text);
        where += fmt::format(" AND event = ${}", parameters.size());
    }
    const std::vector<Signing> signings = TRY(transaction.find<Signing>(where + " ORDER BY signed_at, id LIMIT 10000", std::move(parameters)));
    return Reporting(ask.currency, ask.day.value_or(date_of(caller.now))).run(transaction, signings);
}

struct StepsView {
    std::vector<PromiseStep> items;
};
Record describe(const StepsView*) {
    return {"promise_steps_of_signing", "Everything that followed a signing, oldest first.",
        {field<&StepsView::items>("items", "Steps entered by hand, and those that contracts and projects of the bank show by themselves.", {.max = 10'000})}};
}

Result<StepsView> signing_steps(Transaction& transaction, const Caller& caller, const PartKey<Signing>& key) {
    const Signing signing = TRY(part_get<Signing>(transaction, caller, key));
    StepsView view{TRY(transaction.find<PromiseStep>("signing = $1", {signing.id.text}))};
    for (PromiseStep& step : TRY(steps_of_links(transaction, signing))) view.items.push_back(std::move(step));
    std::stable_sort(view.items.begin(), view.items.end(), [](const PromiseStep& a, const PromiseStep& b) { return a.happened_on < b.happened_on; });
    return view;
}

} // namespace

std::vector<Endpoint> promise_endpoints() {
    return {
        // clang-format off
        {"promise_report", Method::get, "/promise-report", "What became of what was signed, over one event or all.", Mode::read, open_to_all, call(promise_report)},
        {"signing_steps", Method::get, "/signings/{id}/steps", "All that followed one signing.", Mode::read, open_to_all, call(signing_steps)},
        // clang-format on
    };
}

} // namespace greenbank::events
