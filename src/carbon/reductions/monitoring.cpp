// monitoring.cpp — monitoring periods: readings brought in, a report made of them, verified by the assessor; what comes out is ready for issuance.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/list.h"
#include "api/words.h"
#include "carbon/reductions/readings.h"
#include "carbon/reductions/reductions.h"
#include "carbon/reductions/telemetry.h"
#include "library/assessment/steps.h"
#include "parties/log/transparency_log.h"
#include "parties/secrets.h"
#include "json/json.h"

namespace greenbank::carbon {

Record describe(const CarbonKey<MonitoringPeriod>*) {
    using Key = CarbonKey<MonitoringPeriod>;
    return {"monitoring_period_key", "Names a monitoring period.", {field<&Key::id>("id", "Its id.")}};
}

struct ReadingsUpload {
    Id<MonitoringPeriod> id;
    std::optional<std::string> name;
};
Record describe(const ReadingsUpload*) {
    return {"readings_upload", "Readings of a period as a table; the body is the file.",
        {field<&ReadingsUpload::id>("id", "Which period."), field<&ReadingsUpload::name>("name", "What the file is called.", {.max = 200})}};
}
struct PeriodSubmission {
    Id<MonitoringPeriod> id;
    bool take_back = false;
};
Record describe(const PeriodSubmission*) {
    return {"monitoring_submission", "Submits a period for verification, or takes it back.",
        {field<&PeriodSubmission::id>("id", "Which."), field<&PeriodSubmission::take_back>("take_back", "Take it back instead.", {.defaulted = true})}};
}
struct VerificationJudgement {
    Id<MonitoringPeriod> id;
    ReductionAction action = ReductionAction::judge;
    std::optional<std::string> reason;
    Text opinion;
    std::int64_t correction_kg = 0;
};
Record describe(const VerificationJudgement*) {
    using One = VerificationJudgement;
    return {"verification_judgement", "What the assessor decides about a monitoring period.",
        {field<&One::id>("id", "Which."), field<&One::action>("action", "Judge, give back, confirm, reopen or refuse."),
            field<&One::reason>("reason", "Why it is given back, reopened, refused or corrected.", {.max = 2000}),
            field<&One::opinion>("opinion", "What the assessor says, with the judgement.", {.max = 5000}),
            field<&One::correction_kg>("correction_kg", "Taken off what is claimed.", {.unit = "kgCO2e", .min = 0, .defaulted = true})}};
}

struct PeriodView {
    MonitoringPeriod period;
    std::optional<ReductionResult> report; // of the readings as they are now
    std::optional<std::string> fault;      // why there is none
    std::vector<ReductionAction> actions;
    std::optional<ReductionPart> next;
    bool may_change = false;
};
Record describe(const PeriodView*) {
    using View = PeriodView;
    return {"monitoring_view", "A monitoring period with its report, and what the caller may do with it.",
        {field<&View::period>("monitoring_period", "It."),
            field<&View::report>("report", "What its readings come to now; of a submitted one, what was submitted."),
            field<&View::fault>("fault", "Why there is no report yet, in the caller's language."),
            field<&View::actions>("actions", "Steps of the caller.", {.max = 10}), field<&View::next>("next", "Whose turn it is."),
            field<&View::may_change>("may_change", "Readings may be brought, or it may be deleted.")}};
}

namespace {

Result<Page<MonitoringPeriod>> monitoring_list(Transaction& transaction, const Caller& caller, const ListOf<MonitoringPeriod>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_where(caller, parameters);
    Page<MonitoringPeriod> page = TRY(list_page<MonitoringPeriod>(transaction, caller, list, where, std::move(parameters)));
    for (MonitoringPeriod& one : page.items) // lists stay small
        if (one.report)
            for (ParameterResult& parameter : one.report->parameters) parameter.readings.gaps.clear();
    return page;
}

Result<PeriodView> view_of(Transaction& transaction, const Caller& caller, MonitoringPeriod period) {
    const ReductionProject project = TRY(transaction.get(period.reduction));
    PeriodView view{.period = std::move(period)};
    if (view.period.state == ReductionState::draft) {
        auto report = report_of(transaction, project, view.period);
        if (report) view.report = std::move(report).value();
        else {
            const Error& error = report.error();
            for (const Problem& one : error.problems)
                view.fault = (view.fault ? *view.fault + " " : "") + sentence(one.code, one.message, one.parameters, caller.language);
            if (!view.fault) view.fault = sentence(error.code, error.message, error.parameters, caller.language);
        }
    } else view.report = view.period.report;
    const ReductionPerson person = TRY(reduction_person(transaction, caller, project));
    view.actions = reduction_actions(view.period.state, person, {view.period.submitted_by, view.period.judged_by});
    view.next = reduction_next(view.period.state);
    view.may_change = person.owner && caller.actor.may(write_carbon) && view.period.state == ReductionState::draft;
    view.period.report.reset(); // it stands beside
    return view;
}

Result<PeriodView> monitoring_get(Transaction& transaction, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) {
    return view_of(transaction, caller, TRY(period_seen(transaction, caller, key.id)));
}

Result<Reply<MonitoringPeriod>> monitoring_create(Transaction& transaction, const Caller& caller, const MonitoringPeriod& draft) {
    const ReductionProject project = TRY(reduction_to_change(transaction, caller, draft.reduction));
    if (project.state != ReductionState::accepted)
        return Error{Failure::conflict, "monitoring.not_validated", "Monitoring periods follow validation; submit the reduction project first."};
    Problems problems;
    if (draft.from < project.starts_on || draft.until > project.ends_on)
        problems.push_back({"from_day", "monitoring.out_of_term", "Reductions of this project count from {from} to {until}.",
            {{"from", to_text(project.starts_on)}, {"until", to_text(project.ends_on)}}});
    if (!TRY(transaction.find<MonitoringPeriod>("reduction = $1 AND from_day <= $2 AND until_day >= $3 AND state <> 'refused' LIMIT 1",
                 {project.id.text, to_text(draft.until), to_text(draft.from)}))
             .empty())
        problems.push_back({"from_day", "monitoring.overlap", "Another period of this project has some of these days; each day counts once."});
    if (!problems.empty()) return invalid(std::move(problems));
    MonitoringPeriod period = draft;
    period.id = caller.new_id<MonitoringPeriod>();
    period.owner = project.owner;
    period.assessor = project.assessor;
    period.sample = project.sample;
    period.created_at = period.updated_at = caller.now;
    TRY(transaction.insert(period));
    return Reply<MonitoringPeriod>{.body = std::move(period), .status = 201};
}

Result<MonitoringPeriod> period_to_change(Transaction& transaction, const Caller& caller, const Id<MonitoringPeriod>& id) {
    MonitoringPeriod period = TRY(period_seen(transaction, caller, id));
    TRY(reduction_to_change(transaction, caller, period.reduction));
    if (period.state != ReductionState::draft)
        return Error{Failure::conflict, "monitoring.fixed", "A submitted period stays as it is; take it back to change its readings."};
    return period;
}

Result<Done> monitoring_delete(Transaction& transaction, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) {
    const MonitoringPeriod period = TRY(period_to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM monitoring_series WHERE period = $1", {period.id.text}));
    return transaction.erase(period.id);
}

/// All or nothing; parameters that the table does not have keep their readings.
Result<Done> keep_readings(
    Transaction& transaction, const Caller& caller, MonitoringPeriod& period, const std::vector<MonitoredSeries>& all, const std::string& source) {
    for (const MonitoredSeries& one : all) {
        TRY(transaction.execute("DELETE FROM monitoring_series WHERE period = $1 AND parameter = $2", {period.id.text, one.parameter}));
        TRY(transaction.insert(MonitoringSeries{.id = caller.new_id<MonitoringSeries>(),
            .period = period.id,
            .parameter = one.parameter,
            .begins_at = one.series.begins_at,
            .interval_minutes = one.series.step.microseconds / minutes(1).microseconds,
            .readings = to_readings(one.series.readings),
            .sample = period.sample}));
        std::erase_if(period.sources, [&](const ReadingsSource& of) { return of.parameter == one.parameter; });
        period.sources.push_back({one.parameter, source, static_cast<std::int64_t>(one.series.readings.size()),
            std::count_if(one.series.readings.begin(), one.series.readings.end(), [](double reading) { return std::isnan(reading); })});
    }
    period.updated_at = caller.now;
    return transaction.update(period);
}

Result<PeriodView> monitoring_import(Transaction& transaction, const Caller& caller, const Bytes<ReadingsUpload>& upload) {
    MonitoringPeriod period = TRY(period_to_change(transaction, caller, upload.fields.id));
    const ReductionProject project = TRY(transaction.get(period.reduction));
    const Methodology methodology = TRY(methodology_of(project.methodology));
    sheets::ReadOptions options{.strip_apostrophe = true};
    options.limits.bytes = std::uint64_t{64} << 20;
    const auto table = TRY(sheets::open_table(sheets::Bytes{upload.body}, options));
    const auto series = TRY(read_readings(methodology, *table, {period.from, period.until}));
    TRY(keep_readings(transaction, caller, period, series, upload.fields.name.value_or("CSV")));
    return view_of(transaction, caller, std::move(period));
}

/// Readings of the channels that the monitoring plan names; what they did not send is a gap, and the plan's rule fills it.
Result<PeriodView> monitoring_fetch(energy::Archive& archive, Store& store, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) {
    struct Fetched {
        MonitoredSeries series;
        std::string source;
    };
    std::vector<Fetched> fetched;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        fetched.clear();
        const MonitoringPeriod period = TRY(period_to_change(transaction, caller, key.id));
        const ReductionProject project = TRY(transaction.get(period.reduction));
        const Methodology methodology = TRY(methodology_of(project.methodology));
        if (project.channels.empty())
            return Error{
                Failure::conflict, "monitoring.no_channels", "The monitoring plan names no channel; add them to the reduction project, or bring a table."};
        const energy::ArchiveView view = TRY(archive.view(transaction));
        for (const ParameterChannel& one : project.channels) {
            const auto parameter = std::ranges::find(methodology.parameters, one.parameter, &MethodologyParameter::code);
            if (parameter == methodology.parameters.end() || parameter->kind != ParameterKind::monitored) continue;
            const energy::Channel channel = TRY(channel_of(transaction, one.channel, project.owner));
            fetched.push_back({TRY(fetch_series(view, channel, *parameter, period.from, period.until)), channel.id.text});
        }
        return Done{};
    }));
    std::optional<PeriodView> view;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        MonitoringPeriod period = TRY(period_to_change(transaction, caller, key.id));
        for (const Fetched& one : fetched) {
            TRY(keep_readings(transaction, caller, period, {one.series}, one.source));
            period = TRY(transaction.get(period.id));
        }
        view = TRY(view_of(transaction, caller, std::move(period)));
        return Done{};
    }));
    return std::move(*view);
}

Result<Raw> monitoring_readings(Transaction& transaction, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) {
    const MonitoringPeriod period = TRY(period_seen(transaction, caller, key.id));
    std::map<std::int64_t, std::vector<std::optional<double>>> rows;
    const auto all = TRY(transaction.find<MonitoringSeries>("period = $1 ORDER BY parameter", {period.id.text}));
    std::string text = "time";
    for (std::size_t i = 0; i < all.size(); ++i) {
        text += "," + all[i].parameter;
        const Series series = to_series(all[i]);
        for (std::size_t j = 0; j < series.readings.size(); ++j) {
            auto& row = rows[series.begins_at.microseconds + static_cast<std::int64_t>(j) * series.step.microseconds];
            row.resize(all.size());
            if (!std::isnan(series.readings[j])) row[i] = series.readings[j];
        }
    }
    text += "\n";
    for (const auto& [at, row] : rows) {
        text += to_text(Time{at});
        for (const auto& one : row) text += one ? fmt::format(",{}", *one) : ",";
        text += "\n";
    }
    return Raw{"text/csv; charset=utf-8", std::move(text), {{"Content-Disposition", fmt::format("attachment; filename=\"{}.csv\"", period.id.text)}}};
}

/// What the log and the hash of a verified period stand on: the bytes can be made again from what is stored.
std::string statement_of(const ReductionProject& project, const MonitoringPeriod& period, std::int64_t verified_kg) {
    JsonWriter json;
    json.begin_object()
        .member("assessor", project.assessor ? project.assessor->text : std::string())
        .member("from", to_text(period.from))
        .member("measured_kg", period.report->measured_kg)
        .member("methodology", project.methodology)
        .member("methodology_edition", project.methodology_edition)
        .member("period", period.id.text)
        .member("project", project.project.text);
    json.key("report").raw(to_json(*period.report));
    json.member("until", to_text(period.until)).member("verified_kg", verified_kg).end_object();
    return json.take();
}

std::string hash_of(const std::string& statement) {
    const std::string_view parts[] = {statement};
    const auto hash = parties::sha256(parts);
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Result<PeriodView> moved(
    Transaction& transaction, const Caller& caller, const parties::TransparencyLog& log, const Id<MonitoringPeriod>& id, const VerificationJudgement& given) {
    MonitoringPeriod period = TRY(period_seen(transaction, caller, id));
    TRY(check_expected(caller, period));
    const ReductionProject project = TRY(transaction.get(period.reduction));
    const ReductionPerson person = TRY(reduction_person(transaction, caller, project));
    const ReductionState before = period.state;
    period.state = TRY(reduction_step(before, given.action, person, {period.submitted_by, period.judged_by}, given.reason && !given.reason->empty()));
    switch (given.action) {
    case ReductionAction::submit: {
        period.report = TRY(report_of(transaction, project, period));
        if (!period.report->missing_too_many.empty())
            return Error{Failure::conflict, "monitoring.too_many_missing",
                "Too many readings of {names} are missing for this period to be verified; bring them, or make the period shorter.",
                {{"names", join(period.report->missing_too_many, ", ")}}};
        period.submitted_by = caller.actor.person;
        period.judged_by.clear();
        period.correction_kg = 0;
        period.correction_reason.reset();
        break;
    }
    case ReductionAction::judge:
        if (given.opinion.empty()) return invalid({{"opinion", "reduction.no_opinion", "Say what you looked at and what you found."}});
        if (given.correction_kg > period.report->claimed_kg)
            return invalid({{"correction_kg", "monitoring.correction", "No more than the claim of {kg} kg can be taken off.",
                {{"kg", std::to_string(period.report->claimed_kg)}}}});
        if (given.correction_kg > 0 && (!given.reason || given.reason->empty()))
            return invalid({{"reason", "reduction.reason", "Give a reason: the other side must know what is missing."}});
        period.judged_by = caller.actor.person;
        period.opinion = given.opinion;
        period.correction_kg = given.correction_kg;
        if (given.correction_kg > 0) period.correction_reason = given.reason;
        break;
    case ReductionAction::confirm:
        period.confirmed_by = caller.actor.person;
        TRY(keep_verified(transaction, log, project, period, caller.new_id<VerifiedReduction>(), caller.language, caller.now));
        break;
    default: break;
    }
    TRY(add_step(transaction, caller, period.steps, given.action, before, period.state, given.reason));
    period.updated_at = caller.now;
    TRY(transaction.update(period));
    return view_of(transaction, caller, std::move(period));
}

} // namespace

Result<MonitoringPeriod> period_seen(Transaction& transaction, const Caller& caller, const Id<MonitoringPeriod>& id) {
    auto period = TRY(transaction.find_one<MonitoringPeriod>("id = $1", {id.text}));
    if (!period || !reduction_seen(transaction, caller, period->reduction)) return not_found(record_of<MonitoringPeriod>(), id.text);
    return std::move(*period);
}

Result<Done> keep_verified(Transaction& transaction, const parties::TransparencyLog& log, const ReductionProject& project, MonitoringPeriod& period,
    Id<VerifiedReduction> id, Language language, Time now) {
    require(period.report.has_value() && project.assessor.has_value(), "a period was verified without a report or an assessor");
    const std::int64_t verified_kg = std::max<std::int64_t>(0, period.report->claimed_kg - period.correction_kg);
    const std::string statement = statement_of(project, period, verified_kg);
    const auto organisation = TRY(transaction.find_one<Organisation>("id = $1", {project.assessor->text}));
    const parties::LogPlace place = TRY(log.append(transaction, "verified_reduction", id.text, now, statement, true));
    TRY(transaction.insert(VerifiedReduction{.id = id,
        .project = project.project,
        .reduction = project.id,
        .period = period.id,
        .owner = project.owner,
        .from = period.from,
        .until = period.until,
        .vintage = std::stoll(to_text(period.from).substr(0, 4)),
        .verified_kg = verified_kg,
        .measured_kg = period.report->measured_kg,
        .methodology = project.methodology,
        .methodology_edition = project.methodology_edition,
        .methodology_status = std::string(name_of(period.report->status)),
        .assessor = project.assessor->text,
        .assessor_name = organisation ? std::string(organisation->name.best(language)) : std::string(),
        .statement_hash = hash_of(statement),
        .proof_code = place.code,
        .proof_position = static_cast<std::int64_t>(place.position),
        .sample = period.sample,
        .verified_at = now}));
    period.verified_kg = verified_kg;
    period.verified = id;
    return Done{};
}

Result<ReductionResult> report_of(Transaction& transaction, const ReductionProject& project, const MonitoringPeriod& period) {
    const Methodology methodology = TRY(methodology_of(project.methodology));
    ReductionInput input{.stated = project.stated, .monitored = {}, .meters = project.meters};
    for (const MonitoringSeries& one : TRY(transaction.find<MonitoringSeries>("period = $1 ORDER BY parameter", {period.id.text})))
        input.monitored.push_back({one.parameter, to_series(one)});
    return reductions(methodology, input);
}

std::vector<Endpoint> monitoring_endpoints(const parties::TransparencyLog& log, energy::Archive& archive) {
    const auto submit = [&log](Transaction& transaction, const Caller& caller, const PeriodSubmission& given) -> Result<PeriodView> {
        const MonitoringPeriod period = TRY(period_seen(transaction, caller, given.id));
        TRY(reduction_to_change(transaction, caller, period.reduction));
        return moved(transaction, caller, log, given.id,
            {.id = given.id, .action = given.take_back ? ReductionAction::take_back : ReductionAction::submit, .reason = {}, .opinion = {}});
    };
    const auto judge = [&log](Transaction& transaction, const Caller& caller, const VerificationJudgement& given) -> Result<PeriodView> {
        if (given.action == ReductionAction::submit || given.action == ReductionAction::take_back)
            return Error{Failure::forbidden, "reduction.not_yours", "This step is for the other side: the owner submits, the assessor judges."};
        return moved(transaction, caller, log, given.id, given);
    };
    return {
        // clang-format off
        {"monitoring_list", Method::get, "/monitoring-periods", "Monitoring periods of one's own reduction projects, and of those that one's organisation assesses.", Mode::read, signed_in, call(monitoring_list)},
        {"monitoring_get", Method::get, "/monitoring-periods/{id}", "One period with its report, and what one may do with it.", Mode::read, signed_in, call(monitoring_get)},
        {"monitoring_create", Method::post, "/monitoring-periods", "Add a monitoring period to a validated reduction project.", Mode::write, write_carbon, call(monitoring_create)},
        {"monitoring_delete", Method::remove, "/monitoring-periods/{id}", "Delete a period that is not submitted, with its readings.", Mode::write, write_carbon, call(monitoring_delete)},
        {"monitoring_import", Method::post, "/monitoring-periods/{id}/readings", "Bring readings as CSV or xlsx: time, then a column for each parameter.", Mode::write, write_carbon, call(monitoring_import)},
        {"monitoring_fetch", Method::post, "/monitoring-periods/{id}/fetch", "Fetch readings from the channels that the monitoring plan names.", Mode::compute, write_carbon, call(archive, monitoring_fetch)},
        {"monitoring_readings", Method::get, "/monitoring-periods/{id}/readings", "The readings as CSV.", Mode::read, signed_in, as_file("text/csv", call(monitoring_readings))},
        {"monitoring_submit", Method::post, "/monitoring-periods/{id}/submit", "Submit a period for verification, or take it back.", Mode::write, submit_carbon, call(submit)},
        {"monitoring_judge", Method::post, "/monitoring-periods/{id}/judge", "Verify a period: judge, confirm, give back or refuse.", Mode::write, verify_carbon, call(judge)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
