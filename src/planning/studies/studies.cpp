// studies.cpp — studies entered, copied, given their series.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/list.h"
#include "energy/sites/operations.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"
#include "planning/studies/operations.h"
#include "projects/projects.h"
#include "sheets/sheets.h"

namespace greenbank::planning {

Record describe(const StudyKey*) { return {"study_key", "Names a study.", {field<&StudyKey::id>("id", "Its id.")}}; }

struct SeriesUpload {
    Id<Study> id;
    std::string source;
};
Record describe(const SeriesUpload*) {
    return {"study_series", "The series of a study; the body is the file, CSV or xlsx: a line a step, the columns that the plant names.",
        {field<&SeriesUpload::id>("id", "Of which study."),
            field<&SeriesUpload::source>("source", "Where the series comes from.", {.max = 300, .defaulted = true})}};
}

bool plans_for(const Caller& caller, const Id<Organisation>& owner) {
    return caller.actor.may(help_plans) || (!owner.text.empty() && caller.actor.organisation == owner.text);
}

Result<Study> study_seen(Transaction& transaction, const Caller& caller, const Id<Study>& id) {
    Study study = TRY(transaction.get(id));
    if (!study.sample && !plans_for(caller, study.organisation)) return not_found(record_of<Study>(), id.text);
    return study;
}

Result<Series> series_of(Transaction& transaction, const Id<Study>& study) {
    Series series;
    for (StudyColumn& column : joined_rows(TRY(transaction.find<StudyColumn>("study = $1 ORDER BY number", {study.text})))) {
        series.names.push_back(std::move(column.name));
        series.columns.push_back(std::move(column.values));
    }
    return series;
}

Result<Done> keep_series(Transaction& transaction, const Caller& caller, const Id<Study>& study, const Series& series) {
    TRY(transaction.execute("DELETE FROM study_column WHERE study = $1", {study.text}));
    std::vector<StudyColumn> columns;
    for (std::size_t i = 0; i < series.names.size(); ++i)
        add_rows(columns, caller, StudyColumn{{}, study, static_cast<std::int64_t>(i), series.names[i], series.columns[i]});
    std::vector<const void*> rows;
    for (const StudyColumn& column : columns) rows.push_back(&column);
    return transaction.insert_many(record_of<StudyColumn>(), rows);
}

Error study_not_yours() { return {Failure::forbidden, "planning.not_yours", "This study belongs to another organisation; copy it to make it your own."}; }
Result<Study> study_to_change(Transaction& transaction, const Caller& caller, const Id<Study>& id) {
    Study study = TRY(study_seen(transaction, caller, id));
    if (!plans_for(caller, study.organisation)) return study_not_yours();
    return study;
}
Result<Study> study_to_plan(Transaction& transaction, const Caller& caller, const Id<Study>& id) {
    Study study = TRY(study_to_change(transaction, caller, id));
    if (study.steps == 0) return Error{Failure::conflict, "planning.no_series", "The study has no series yet; send it first."};
    return study;
}

namespace {

constexpr std::size_t study_steps_max = 40'000; // four years of hours: what the bank keeps and plans; more by the command line

Result<Done> check_references(Transaction& transaction, const Caller& caller, const Study& study) {
    Problems problems;
    if (study.project && !projects::project_seen(transaction, caller, *study.project))
        problems.push_back({"project", "planning.project_unknown", "There is no such project."});
    if (study.monitored) {
        const auto site = transaction.find_one<energy::Site>("id = $1", {study.monitored->text});
        if (!site) return site.error();
        if (!site.value() || (!site.value()->sample && !plans_for(caller, site.value()->organisation)))
            problems.push_back({"monitored", "planning.site_unknown", "There is no such monitored site."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Study> study_get(Transaction& transaction, const Caller& caller, const StudyKey& key) { return study_seen(transaction, caller, key.id); }

Result<Reply<Study>> study_create(Transaction& transaction, const Caller& caller, const Study& draft) {
    Study study = draft;
    study.id = caller.new_id<Study>();
    study.organisation = TRY(energy::acting_organisation(caller));
    study.created_at = study.updated_at = caller.now;
    TRY(check_references(transaction, caller, study));
    TRY(transaction.insert(study));
    return Reply<Study>{.body = std::move(study), .status = 201};
}

/// A series that no longer fits is told at once, not by a failed plan.
Result<Study> study_update(Transaction& transaction, const Caller& caller, const Patch<Study>& patch) {
    TRY(study_to_change(transaction, caller, patch.id));
    Study study = TRY(apply_patch(transaction, caller, patch));
    TRY(check_references(transaction, caller, study));
    if (study.steps > 0)
        if (Problems problems = problems_of(study.plant, TRY(series_of(transaction, study.id))); !problems.empty()) {
            for (Problem& one : problems) one.field = "plant." + one.field;
            return invalid(std::move(problems));
        }
    study.updated_at = caller.now;
    TRY(transaction.update(study));
    return study;
}

Result<Done> study_delete(Transaction& transaction, const Caller& caller, const StudyKey& key) {
    const Study study = TRY(study_to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM plan_column WHERE plan IN (SELECT id FROM energy_plan WHERE study = $1)", {study.id.text}));
    TRY(transaction.execute("DELETE FROM plan_exploration WHERE study = $1", {study.id.text}));
    TRY(transaction.execute("DELETE FROM energy_plan WHERE study = $1", {study.id.text}));
    TRY(transaction.execute("DELETE FROM study_column WHERE study = $1", {study.id.text}));
    return transaction.erase(study.id);
}

Result<Reply<Study>> study_copy(Transaction& transaction, const Caller& caller, const StudyKey& key) {
    const Study from = TRY(study_seen(transaction, caller, key.id));
    Study study = from;
    study.id = caller.new_id<Study>();
    study.organisation = TRY(energy::acting_organisation(caller));
    study.sample = false, study.version = 1;
    if (!plans_for(caller, from.organisation)) study.project.reset(), study.monitored.reset();
    study.created_at = study.updated_at = caller.now;
    TRY(transaction.insert(study));
    TRY(keep_series(transaction, caller, study.id, TRY(series_of(transaction, from.id))));
    return Reply<Study>{.body = std::move(study), .status = 201};
}

Result<Study> study_series_put(Transaction& transaction, const Caller& caller, const Bytes<SeriesUpload>& upload) {
    Study study = TRY(study_to_change(transaction, caller, upload.fields.id));
    auto table = TRY(sheets::open_table(sheets::Bytes{upload.body}, series_options(study_steps_max)));
    const Series series = TRY(read_series(*table, columns_of(study.plant), "", study_steps_max));
    if (Problems problems = problems_of(study.plant, series); !problems.empty()) return invalid(std::move(problems));
    TRY(keep_series(transaction, caller, study.id, series));
    study.steps = static_cast<std::int64_t>(series.steps());
    study.series_source = upload.fields.source;
    study.updated_at = caller.now;
    TRY(transaction.update(study));
    return study;
}

Result<Raw> study_series_get(Transaction& transaction, const Caller& caller, const StudyKey& key) {
    const Study study = TRY(study_seen(transaction, caller, key.id));
    const Series series = TRY(series_of(transaction, study.id));
    return Raw{"text/csv; charset=utf-8", schedule_csv(series.names, series.columns),
        {{"Content-Disposition", fmt::format("attachment; filename=\"{}-series.csv\"", study.id.text)}}};
}

} // namespace

std::vector<Endpoint> study_endpoints() {
    return {
        // clang-format off
        {"study_list", Method::get, "/studies", "Sites that are planned: one's own and the samples.", Mode::read, signed_in, call(own_page<Study>)},
        {"study_get", Method::get, "/studies/{id}", "One study.", Mode::read, signed_in, call(study_get)},
        {"study_create", Method::post, "/studies", "Enter a study; its series comes after it.", Mode::write, write_plans, call(study_create)},
        {"study_update", Method::patch, "/studies/{id}", "Change a study.", Mode::write, write_plans, call(study_update)},
        {"study_delete", Method::remove, "/studies/{id}", "Delete a study with its plans.", Mode::write, write_plans, call(study_delete)},
        {"study_copy", Method::post, "/studies/{id}/copy", "A study of one's own out of a sample or another one.", Mode::write, write_plans, call(study_copy)},
        {"study_series_put", Method::post, "/studies/{id}/series", "The series of a study, CSV or xlsx; every fault is named.", Mode::write, write_plans, call(study_series_put)},
        {"study_series_get", Method::get, "/studies/{id}/series", "The series, as greenbank plan island reads it.", Mode::read, signed_in, as_file("text/csv", call(study_series_get))},
        // clang-format on
    };
}

} // namespace greenbank::planning
