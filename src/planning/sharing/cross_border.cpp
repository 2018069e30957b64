// cross_border.cpp — cases entered and changed; every change is computed anew by a job.
#include "planning/sharing/operations.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/jobs.h"
#include "api/list.h"
#include "energy/sites/operations.h"
#include "planning/plan_json.h"

namespace greenbank::planning {

Record describe(const CrossBorderKey*) { return {"cross_border_key", "Names a case.", {field<&CrossBorderKey::id>("id", "Its id.")}}; }

Result<std::vector<ZoneMember>> members_of(Transaction& transaction, const Id<CrossBorderStudy>& study) {
    return transaction.find<ZoneMember>("study = $1 ORDER BY zone", {study.text});
}

Result<CrossBorderStudy> case_seen(Transaction& transaction, const Caller& caller, const Id<CrossBorderStudy>& id) {
    CrossBorderStudy study = TRY(transaction.get(id));
    if (study.sample || plans_for(caller, study.organisation)) return study;
    if (!caller.actor.organisation.empty() &&
        TRY(transaction.find_one<ZoneMember>("study = $1 AND organisation = $2 LIMIT 1", {id.text, caller.actor.organisation})))
        return study;
    return not_found(record_of<CrossBorderStudy>(), id.text);
}

Result<CrossBorderStudy> case_to_change(Transaction& transaction, const Caller& caller, const Id<CrossBorderStudy>& id) {
    CrossBorderStudy study = TRY(case_seen(transaction, caller, id));
    if (!plans_for(caller, study.organisation)) return study_not_yours();
    return study;
}

Result<Done> queue_case(Transaction& transaction, const Caller& caller, CrossBorderStudy& study) {
    study.sharing.starts_at = study.starts_at;
    study.state = PlanState::queued;
    study.result.reset();
    study.job = TRY(start_job(transaction, caller, "cross_border_compute", to_json(CrossBorderKey{study.id}))).id.text;
    return Done{};
}

namespace {

/// The caller's organisation made the case, but a zone with a member is the member's: its figures are only published.
Result<Done> check_zones(Transaction& transaction, const Caller& caller, const CrossBorderStudy& before, const CrossBorderStudy& after) {
    Problems problems;
    for (const ZoneMember& member : TRY(members_of(transaction, before.id))) {
        if (member.organisation.text == caller.actor.organisation) continue;
        const auto zone_in = [&](const CrossBorderStudy& study) {
            return std::ranges::find_if(study.sharing.zones, [&](const sharing::Zone& zone) { return zone.name == member.zone; });
        };
        const auto was = zone_in(before), now = zone_in(after);
        if (was == before.sharing.zones.end()) continue;
        const std::string place = now == after.sharing.zones.end() ? "sharing.zones" : fmt::format("sharing.zones[{}]", now - after.sharing.zones.begin());
        if (now == after.sharing.zones.end() || to_json(*was) != to_json(*now))
            problems.push_back({place, "planning.zone_not_yours", "The figures of {zone} are published by {organisation} alone.",
                {{"zone", member.zone}, {"organisation", member.organisation_name.best(caller.language)}}});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Page<CrossBorderStudy>> cross_border_list(Transaction& transaction, const Caller& caller, const ListOf<CrossBorderStudy>& list) {
    return caller.actor.may(help_plans)
               ? list_page<CrossBorderStudy>(transaction, caller, list)
               : list_page<CrossBorderStudy>(transaction, caller, list,
                     "(organisation = $1 OR sample = true OR id IN (SELECT study FROM zone_member WHERE organisation = $1))", {caller.actor.organisation});
}

Result<CrossBorderStudy> cross_border_get(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    return case_seen(transaction, caller, key.id);
}

Result<Reply<CrossBorderStudy>> cross_border_create(Transaction& transaction, const Caller& caller, const CrossBorderStudy& draft) {
    CrossBorderStudy study = draft;
    study.id = caller.new_id<CrossBorderStudy>();
    study.organisation = TRY(energy::acting_organisation(caller));
    study.created_at = study.updated_at = caller.now;
    TRY(queue_case(transaction, caller, study));
    TRY(transaction.insert(study));
    return Reply<CrossBorderStudy>{.body = std::move(study), .status = 201};
}

Result<CrossBorderStudy> cross_border_update(Transaction& transaction, const Caller& caller, const Patch<CrossBorderStudy>& patch) {
    const CrossBorderStudy before = TRY(case_to_change(transaction, caller, patch.id));
    CrossBorderStudy study = TRY(apply_patch(transaction, caller, patch));
    TRY(check_zones(transaction, caller, before, study));
    study.updated_at = caller.now;
    TRY(queue_case(transaction, caller, study));
    TRY(transaction.update(study));
    return study;
}

Result<Done> cross_border_delete(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    const CrossBorderStudy study = TRY(case_to_change(transaction, caller, key.id));
    const std::vector<Value> these{study.id.text};
    if (as_integer(TRY(transaction.query("SELECT count(*) FROM energy_obligation WHERE study = $1 AND state IN ('accepted', 'paid')", these)).single()) > 0)
        return Error{Failure::conflict, "planning.obligations_stand", "Something is owed or paid by this case; it is kept."};
    for (const char* table : {"energy_obligation", "zone_release", "zone_member"})
        TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE study = $1", table), these));
    return transaction.erase(study.id);
}

Result<Reply<CrossBorderStudy>> cross_border_copy(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    CrossBorderStudy study = TRY(case_seen(transaction, caller, key.id));
    study.id = caller.new_id<CrossBorderStudy>();
    study.organisation = TRY(energy::acting_organisation(caller));
    study.sample = false, study.version = 1;
    study.created_at = study.updated_at = caller.now;
    TRY(queue_case(transaction, caller, study));
    TRY(transaction.insert(study));
    return Reply<CrossBorderStudy>{.body = std::move(study), .status = 201};
}

Result<sharing::SharingCase> cross_border_case(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    return TRY(case_seen(transaction, caller, key.id)).sharing;
}

/// Prices, shortage and flows by hour, as `greenbank plan cross-border --schedule` writes them.
Result<Raw> cross_border_hours(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    const CrossBorderStudy study = TRY(case_seen(transaction, caller, key.id));
    if (!study.result) return Error{Failure::conflict, "planning.no_result", "There is no schedule of this plan."};
    const auto [names, columns] = hours_of(study.result->exchange);
    return Raw{"text/csv; charset=utf-8", schedule_csv(names, columns),
        {{"Content-Disposition", fmt::format("attachment; filename=\"{}-hours.csv\"", study.id.text)}}};
}

Result<std::string> compute(JobRun& run) {
    const auto key = TRY(from_json<CrossBorderKey>(run.request()));
    std::optional<CrossBorderStudy> found;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        found = TRY(transaction.find_one<CrossBorderStudy>("id = $1", {key.id.text}));
        return Done{};
    }));
    if (!found) return std::string("{}"); // deleted before its turn came
    run.report(10, 100);
    const sharing::SharingResult result = sharing::sharing_result(found->sharing);
    // what was computed is no change of what was entered: its version stays, so that whoever edits meanwhile is not refused
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        TRY(transaction.execute("UPDATE cross_border_study SET state = $1, result = $2 WHERE id = $3 AND job = $4",
            {std::string(greenbank::name_of(PlanState::done)), to_json(result), key.id.text, found->job})); // none: deleted or changed, another job has it
        return Done{};
    }));
    run.report(100, 100);
    JsonWriter json;
    json.begin_object().member("cross_border_study", key.id.text).member("unserved", result.unserved).end_object();
    return json.take();
}

Result<std::int64_t> load_sample(Transaction& transaction, const SampleFiles&, Time now) {
    Caller bank;
    bank.now = now;
    bank.random = Random(44);
    for (CrossBorderStudy& study : TRY(transaction.find<CrossBorderStudy>("sample = true AND state = 'queued' AND job = '' ORDER BY id"))) {
        bank.actor.organisation = study.organisation.text;
        TRY(queue_case(transaction, bank, study));
        TRY(transaction.update(study));
    }
    return std::int64_t{0}; // the set has counted them
}

Result<std::int64_t> remove_sample(Transaction& transaction, const SampleFiles&, Time) {
    TRY(transaction.execute("DELETE FROM job WHERE state = 'queued' AND id IN (SELECT job FROM cross_border_study WHERE sample = true)"));
    for (const char* table : {"energy_obligation", "zone_release", "zone_member"}) // what people added to samples; samples themselves go with their sets
        TRY(transaction.execute(
            fmt::format("DELETE FROM {} WHERE sample = false AND study IN (SELECT id FROM cross_border_study WHERE sample = true)", table)));
    return std::int64_t{0};
}

} // namespace

JobKind cross_border_job() {
    return {"cross_border_compute", "Computes an exchange across borders: flows, prices, adequacy, the emergency plan.", write_plans, compute,
        [](Transaction& transaction, const std::string& job, Time) -> Result<Done> {
            TRY(transaction.execute("UPDATE cross_border_study SET state = 'failed' WHERE job = $1 AND state = 'queued'", {job}));
            return Done{};
        }};
}

SampleStep sample_cross_border() { return {load_sample, remove_sample}; }

std::vector<Endpoint> cross_border_endpoints() {
    return {
        // clang-format off
        {"cross_border_list", Method::get, "/cross-border-studies", "Cases of sharing across borders: one's own and the samples.", Mode::read, signed_in, call(cross_border_list)},
        {"cross_border_get", Method::get, "/cross-border-studies/{id}", "One case with its result.", Mode::read, signed_in, call(cross_border_get)},
        {"cross_border_create", Method::post, "/cross-border-studies", "Enter zones, ties and rules; a job computes them.", Mode::write, write_plans, call(cross_border_create)},
        {"cross_border_update", Method::patch, "/cross-border-studies/{id}", "Change a case; it is computed anew.", Mode::write, write_plans, call(cross_border_update)},
        {"cross_border_delete", Method::remove, "/cross-border-studies/{id}", "Delete a case.", Mode::write, write_plans, call(cross_border_delete)},
        {"cross_border_copy", Method::post, "/cross-border-studies/{id}/copy", "A case of one's own out of a sample or another one.", Mode::write, write_plans, call(cross_border_copy)},
        {"cross_border_case", Method::get, "/cross-border-studies/{id}/case", "The case, as greenbank plan cross-border reads it.", Mode::read, signed_in, call(cross_border_case)},
        {"cross_border_hours", Method::get, "/cross-border-studies/{id}/hours", "Prices, shortage and flows by hour, CSV.", Mode::read, signed_in, as_file("text/csv", call(cross_border_hours))},
        // clang-format on
    };
}

} // namespace greenbank::planning
