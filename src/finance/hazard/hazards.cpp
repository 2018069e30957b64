// hazards.cpp — training on the bank's own loans, taking in a model from a file, and what the model in use says of a loan.
#include "finance/hazard/hazards.h"

#include <cmath>

#include "api/jobs.h"
#include "finance/products/running.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::finance {

Record describe(const ById<StoredHazard>*) { return {"hazard_model_key", "Names a hazard model.", {field<&ById<StoredHazard>::id>("id", "Its id.")}}; }
struct HazardTrainingRequest {
    std::int64_t horizon = 12, default_days = 90;
    double threshold = 20;
};
Record describe(const HazardTrainingRequest*) {
    using Asked = HazardTrainingRequest;
    return {"hazard_training_request", "Trains a hazard model on the bank's own loans.",
        {field<&Asked::horizon>("horizon", "Over so many months the chance is told.", {.unit = "month", .min = 1, .max = 120, .defaulted = true}),
            field<&Asked::default_days>("default_days", "Days late that count as a default.", {.unit = "d", .min = 1, .max = 3650, .defaulted = true}),
            field<&Asked::threshold>(
                "threshold", "From this chance on a borrower counts as warned of.", {.unit = "%", .min = 0.01, .max = 100, .defaulted = true})}};
}

Error error_of(HazardFlaw flaw) {
    switch (flaw) {
    case HazardFlaw::empty: return {Failure::invalid, "hazard.empty", "There are no borrower-months to learn from."};
    case HazardFlaw::one_class: return {Failure::invalid, "finance.one_class", "All rows went the same way; nothing can be learnt from one class."};
    case HazardFlaw::too_few: return {Failure::invalid, "hazard.too_few", "At least ten defaults are needed to learn from."};
    case HazardFlaw::after_default:
        return {Failure::invalid, "hazard.after_default", "A borrower has months after its default; end its rows with the default."};
    case HazardFlaw::constant:
    case HazardFlaw::none: break;
    }
    return {Failure::invalid, "finance.no_columns", "No column differs between rows; there is nothing to learn from."};
}

Result<std::optional<StoredHazard>> hazard_in_use(Transaction& transaction) {
    return transaction.find_one<StoredHazard>("in_use = true ORDER BY created_at DESC, id DESC LIMIT 1", {});
}

namespace {

constexpr std::int64_t months_kept_max = 600;

Result<LoanPast> past_of(Transaction& transaction, const Loan& loan, Date until) {
    LoanPast past{.start = *loan.starts_on,
        .until = std::min(until, loan.closed_until.value_or(until)),
        .drawn = loan.drawn.minor,
        .rate = loan.benchmark ? static_cast<double>(rate_of(running_of(loan))) / 10'000 : loan.rate,
        .dues = {},
        .payments = {}};
    for (const LoanInstalment& one : loan.instalments)
        if (one.billed) past.dues.push_back({one.due, one.principal + one.interest});
    for (const LoanMovement& one :
        TRY(transaction.find<LoanMovement>("loan = $1 AND kind IN ('repay', 'prepay') ORDER BY day, created_at, id", {loan.id.text})))
        past.payments.push_back({one.day, one.amount.minor});
    return past;
}

Result<StoredHazard> keep_model(Transaction& transaction, const Caller& caller, HazardFile file, HazardSource source, std::string person) {
    StoredHazard stored{.id = caller.new_id<StoredHazard>(),
        .source = source,
        .model = std::move(file),
        .made_by_name = std::move(person),
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(transaction.insert(stored));
    return stored;
}

Result<std::string> run_training(JobRun& run) {
    const HazardTrainingRequest asked = TRY(from_json<HazardTrainingRequest>(run.request()));
    HazardPanel panel{.names = loan_features()};
    std::uint32_t borrower = 0;
    std::string after, person;
    const Date today = date_of(run.caller().now);
    while (true) {
        std::size_t seen = 0;
        TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
            person = TRY(projects::person_name(transaction, run.caller()));
            for (const Loan& loan : TRY(transaction.find<Loan>("starts_on IS NOT NULL AND id > $1 ORDER BY id LIMIT 500", {after}))) {
                ++seen;
                after = loan.id.text;
                add_months(panel, TRY(past_of(transaction, loan, today)), borrower++, asked.default_days);
            }
            return Done{};
        }));
        if (seen == 0) break;
        if (!run.report(borrower, borrower)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
    const HazardTraining training = train_hazard(panel);
    if (training.flaw != HazardFlaw::none) return error_of(training.flaw);
    const LeadTimes times = lead_times(training.model, panel, asked.threshold / 100, asked.horizon);
    std::string id;
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        id = TRY(keep_model(transaction, run.caller(), file_of(training, times, to_text(today), asked.horizon, asked.threshold), HazardSource::records, person))
                 .id.text;
        return Done{};
    }));
    return JsonWriter().begin_object().member("hazard_model", id).member("rows", static_cast<std::int64_t>(panel.rows())).end_object().take();
}

Result<Reply<Job>> training_start(Transaction& transaction, const Caller& caller, const HazardTrainingRequest& asked) {
    return Reply<Job>{.body = TRY(start_job(transaction, caller, "finance_hazard", to_json(asked))), .status = 202};
}
Result<Page<StoredHazard>> model_list(Transaction& transaction, const Caller& caller, const ListOf<StoredHazard>& list) {
    return list_page<StoredHazard>(transaction, caller, list);
}
Result<StoredHazard> model_get(Transaction& transaction, const Caller&, const ById<StoredHazard>& key) { return transaction.get(key.id); }
Result<Reply<StoredHazard>> model_create(Transaction& transaction, const Caller& caller, const HazardFile& file) {
    auto person_name = TRY(projects::person_name(transaction, caller));
    return Reply<StoredHazard>{.body = TRY(keep_model(transaction, caller, file, HazardSource::file, std::move(person_name))), .status = 201};
}
Result<StoredHazard> model_retire(Transaction& transaction, const Caller& caller, const ById<StoredHazard>& key) {
    StoredHazard stored = TRY(transaction.get(key.id));
    TRY(check_expected(caller, stored));
    if (!stored.in_use) return Error{Failure::conflict, "hazard.retired", "This model is out of use already."};
    stored.in_use = false;
    stored.updated_at = caller.now;
    TRY(transaction.update(stored));
    return stored;
}

} // namespace

Result<LoanChance> chance_of(Transaction& transaction, const HazardFile& file, const Loan& loan, const std::vector<WarningSignal>& signals, Date day) {
    LoanChance chance;
    if (!loan.starts_on || day < *loan.starts_on) return chance;
    const std::vector<double> own = loan_features_on(TRY(past_of(transaction, loan, day)), day);
    const HazardModel model = model_of(file);
    std::vector<double> values;
    for (const HazardColumn& column : model.columns) {
        double value = std::nan("");
        for (std::size_t i = 0; i < loan_features().size(); ++i)
            if (loan_features()[i] == column.name) value = own[i];
        if (std::isnan(value) && watched_signals().contains(column.name)) value = 0; // signals of zero are left out
        for (const WarningSignal& one : signals)
            if (one.name == column.name) value = one.value;
        values.push_back(value);
    }
    std::int64_t month = 1;
    while (month < months_kept_max && months_after(*loan.starts_on, month) <= day) ++month;
    chance.percent = std::round(default_chance(model, month, values, file.horizon) * 10'000) / 100;
    chance.reasons = reasons_of(model, values);
    return chance;
}

JobKind hazard_job() { return {"finance_hazard", "Trains a hazard model on the months of the bank's own loans.", run_finance, run_training}; }

std::vector<Endpoint> hazard_endpoints() {
    return {
        // clang-format off
        {"hazard_model_list", Method::get, "/hazard-models", "Hazard models that warn of borrowers, the newest one in use first.", Mode::read, run_finance, call(model_list)},
        {"hazard_model_get", Method::get, "/hazard-models/{id}", "One hazard model: what it learnt and how early it would have warned.", Mode::read, run_finance, call(model_get)},
        {"hazard_model_create", Method::post, "/hazard-models", "Take in a model of `greenbank hazard train`.", Mode::write, run_finance, call(model_create)},
        {"hazard_model_retire", Method::post, "/hazard-models/{id}/retire", "Take a model out of use.", Mode::write, run_finance, call(model_retire)},
        {"hazard_training_start", Method::post, "/hazard-trainings", "Train a model on the months of the bank's own loans.", Mode::write, run_finance, call(training_start)},
        // clang-format on
    };
}

} // namespace greenbank::finance
