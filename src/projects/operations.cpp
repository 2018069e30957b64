// operations.cpp — projects: entering, changing, publishing, listing, the map, exporting, their past.
#include "projects/operations.h"

#include <fmt/format.h>

#include "library/publishing/exports.h"
#include "library/version_operations.h"
#include "parties/acting.h"

namespace greenbank::library {

/// Owner, partners and the bank see all versions, others what was published.
template <> Result<VersionReader> reader_of(Transaction& transaction, const Caller& caller, const Id<projects::Project>& id) {
    VersionReader reader{.kind = "project", .id = id.text, .current = {}, .all = caller.actor.may(projects::see_all_projects)};
    const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {id.text}));
    if (project) {
        TRY(projects::project_seen(transaction, caller, id));
        reader.current = face_of(*project);
        reader.all = reader.all || projects::takes_part(caller, *project);
    } else if (!reader.all || TRY(transaction.query("SELECT id FROM entry_version WHERE entry = $1 AND kind = 'project'", {id.text})).empty()) {
        return unseen(transaction, caller, record_of<projects::Project>(), id.text, nullptr);
    }
    reader.show = as_shown<projects::Project>(transaction, caller, project ? project->disclosure : std::vector<FieldStage>{});
    return reader;
}

} // namespace greenbank::library

namespace greenbank::projects {

using library::EntryVersion;

Record describe(const ProjectKey*) { return {"project_key", "Names a project.", {field<&ProjectKey::id>("id", "Its id.")}}; }

namespace {

struct ProjectWithdrawal {
    Id<Project> id;
    std::optional<std::string> reason;
};
Record describe(const ProjectWithdrawal*) {
    return {"project_withdrawal", "Takes a project out of sight.",
        {field<&ProjectWithdrawal::id>("id", "Its id."),
            field<&ProjectWithdrawal::reason>("reason", "Why; those who follow an old link read it.", {.min = 1, .max = 500})}};
}

/// A project as a point of the map.
struct ProjectPlace {
    Id<Project> id;
    Text title, place;
    TechnologyField field = TechnologyField::water;
    Stage stage = Stage::research;
    Progress progress = Progress::preparing;
    std::string country;
    double latitude = 0, longitude = 0;
    bool sample = false;
};
Record describe(const ProjectPlace*) {
    return {"project_place", "A project on the map.",
        {field<&ProjectPlace::id>("id", "Id."), field<&ProjectPlace::title>("title", "What it is called."),
            field<&ProjectPlace::place>("place", "The place in words."), field<&ProjectPlace::field>("field", "One of the six fields."),
            field<&ProjectPlace::stage>("stage", "From research to industry."), field<&ProjectPlace::progress>("progress", "How far the plant has come."),
            field<&ProjectPlace::country>("country", "Where it stands."), field<&ProjectPlace::latitude>("latitude", "North of the equator.", {.unit = "°"}),
            field<&ProjectPlace::longitude>("longitude", "East of Greenwich.", {.unit = "°"}),
            field<&ProjectPlace::sample>("sample", "Part of the sample bank.")}};
}
struct ProjectMap {
    std::vector<ProjectPlace> items;
    std::int64_t without_place = 0;
};
Record describe(const ProjectMap*) {
    return {"project_map", "Projects on a map.",
        {field<&ProjectMap::items>("items", "Those whose place is known and shown.", {.max = 10'000}),
            field<&ProjectMap::without_place>("without_place", "How many more there are.")}};
}

Result<Page<Project>> project_list(Transaction& transaction, const Caller& caller, const ListOf<Project>& list) {
    std::vector<Value> parameters;
    std::string where = seen_by(caller, parameters);
    where += library::hiding_condition(record_of<Project>(), "owner", list, caller, parameters);
    Page<Project> page = TRY(list_page<Project>(transaction, caller, list, where, std::move(parameters)));
    for (Project& project : page.items) project = listed(caller, std::move(project));
    return page;
}

Result<ProjectMap> project_map(Transaction& transaction, const Caller& caller) {
    std::vector<Value> parameters;
    const std::string where = seen_by(caller, parameters);
    ProjectMap map;
    for (const Project& one : TRY(transaction.find<Project>(where + " ORDER BY id", std::move(parameters)))) {
        const Project seen = listed(caller, one);
        if (seen.latitude && seen.longitude)
            map.items.push_back(
                {seen.id, seen.title, seen.place, seen.field, seen.stage, seen.progress, seen.country, *seen.latitude, *seen.longitude, seen.sample});
        else ++map.without_place;
    }
    return map;
}

Result<Project> project_get(Transaction& transaction, const Caller& caller, const ProjectKey& key) {
    return shown(transaction, caller, TRY(project_seen(transaction, caller, key.id)));
}

Result<Reply<Project>> project_create(Transaction& transaction, const Caller& caller, const Project& draft) {
    TRY(parties::acting_organisation(caller));
    Project project = draft;
    project.id = caller.new_id<Project>();
    project.owner = Id<Organisation>(caller.actor.organisation);
    project.state = State::draft;
    project.created_at = project.updated_at = caller.now;
    project.stages = {{project.stage, date_of(caller.now), {}}};
    TRY(check_references(transaction, caller, project, {}));
    TRY(library::insert_entry(transaction, project));
    TRY(library::keep_version(transaction, caller, library::face_of(project), "create"));
    return Reply<Project>{.body = std::move(project), .status = 201};
}

/// What milestones rest on stays: their partners, the budget's currency, and money enough for them.
Result<Done> check_milestones_fit(Transaction& transaction, const Project& project) {
    Problems problems;
    std::int64_t sum = 0;
    for (const Milestone& milestone : TRY(milestones_of(transaction, project.id))) {
        const std::vector<Parameter> number = {{"number", std::to_string(milestone.number)}};
        if (milestone.responsible && milestone.responsible != project.owner &&
            std::ranges::none_of(project.partners, [&](const Partner& partner) { return partner.organisation == *milestone.responsible; }))
            problems.push_back({"partners", "project.partner_needed", "Milestone {number} is this partner's part; give it to somebody else first.", number});
        if (!milestone.amount) continue;
        sum += milestone.amount->minor;
        if (!project.budget || project.budget->currency != milestone.amount->currency)
            problems.push_back({"budget", "project.milestone_currency", "Milestone {number} is paid in {currency}; the budget stays in it.",
                {{"number", std::to_string(milestone.number)}, {"currency", milestone.amount->currency}}});
    }
    if (problems.empty() && project.budget && sum > project.budget->minor)
        problems.push_back({"budget", "project.below_milestones", "Milestones come to {sum}; the budget cannot be less.",
            {{"sum", amount_text({sum, project.budget->currency})}}});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Project> project_update(Transaction& transaction, const Caller& caller, const Patch<Project>& patch) {
    const Project before = TRY(project_to_change(transaction, caller, patch.id));
    Project project = TRY(apply_patch(transaction, caller, patch));
    if (project.stage != before.stage) {
        if (before.state != State::draft)
            return invalid({{"stage", "project.stage_moves", "The stage of a published project is moved, with what the next stage asks for, not edited."}});
        project.stages = {{project.stage, date_of(caller.now), {}}};
    }
    TRY(check_references(transaction, caller, project, before));
    TRY(check_milestones_fit(transaction, project));
    return keep_change(transaction, caller, std::move(project), "update", {});
}

Result<Project> project_into(Transaction& transaction, const Caller& caller, Project project, State state, const std::optional<std::string>& reason) {
    if (project.state == state) return Error{Failure::conflict, "library.same_state", "The entry is already in this state."};
    if (state == State::withdrawn && project.state == State::draft)
        return Error{Failure::conflict, "library.draft", "A draft was never published; delete it instead."};
    project.state = state;
    return keep_change(transaction, caller, std::move(project), state == State::published ? "publish" : "withdraw", reason);
}
Result<Project> project_publish(Transaction& transaction, const Caller& caller, const ProjectKey& key) {
    return project_into(transaction, caller, TRY(project_to_change(transaction, caller, key.id)), State::published, {});
}
Result<Project> project_withdraw(Transaction& transaction, const Caller& caller, const ProjectWithdrawal& withdrawal) {
    return project_into(transaction, caller, TRY(project_to_change(transaction, caller, withdrawal.id)), State::withdrawn, withdrawal.reason);
}

/// A project that others were shown, or whose milestones were accepted, is withdrawn, not deleted: payments may refer to it.
Result<Done> project_delete(Transaction& transaction, const Caller& caller, const ProjectKey& key) {
    const Project project = TRY(project_to_change(transaction, caller, key.id));
    if (project.state == State::published)
        return Error{Failure::conflict, "library.published", "A published entry is withdrawn, not deleted, so that links to it still say what it was."};
    if (!TRY(transaction.query("SELECT id FROM milestone WHERE project = $1 AND state = 'accepted' LIMIT 1", {project.id.text})).empty())
        return Error{Failure::conflict, "project.has_accepted", "A milestone of it was accepted; such a project is withdrawn and stays."};
    for (const MilestoneEvidence& evidence : TRY(transaction.find<MilestoneEvidence>("project = $1 AND file IS NOT NULL", {project.id.text})))
        TRY(transaction.execute("DELETE FROM kept_file WHERE id = $1", {evidence.file->text}));
    for (const char* table : {"milestone_evidence", "milestone", "project_appraisal"})
        TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE project = $1", table), {project.id.text}));
    TRY(transaction.execute("DELETE FROM entry_document WHERE entry = $1", {project.id.text}));
    TRY(library::delete_versions(transaction, caller, library::face_of(project)));
    return library::erase_entry(transaction, project);
}

Result<Response> project_export(Store& store, const Caller& caller, const library::ExportOf<Project>& asked) {
    return library::export_list<Project>(store, caller, asked, project_list);
}

} // namespace

Result<Project> keep_change(
    Transaction& transaction, const Caller& caller, Project project, std::string_view action, const std::optional<std::string>& reason) {
    TRY(library::keep_found(transaction, caller, library::face_of(TRY(transaction.get(project.id)))));
    project.updated_at = caller.now;
    TRY(library::update_entry(transaction, project));
    TRY(library::keep_version(transaction, caller, library::face_of(project), action, reason));
    return shown(transaction, caller, std::move(project));
}

Result<Done> check_references(Transaction& transaction, const Caller& caller, const Project& project, const Project& before) {
    Problems problems;
    const auto unknown = [&](std::string place) {
        problems.push_back({std::move(place), "project.unknown_id", "There is nothing of this id, or it is not for you to see; choose it from the list."});
    };
    if (project.need && project.need != before.need && !library::entry_seen(transaction, caller, library::Key<Need>{*project.need})) unknown("need");
    for (std::size_t i = 0; i < project.technologies.size(); ++i) {
        const Id<Technology>& technology = project.technologies[i].technology;
        if (std::ranges::none_of(before.technologies, [&](const TechnologyUse& use) { return use.technology == technology; }) &&
            !library::entry_seen(transaction, caller, library::Key<Technology>{technology}))
            unknown(fmt::format("technologies[{}].technology", i));
    }
    for (std::size_t i = 0; i < project.partners.size(); ++i) {
        const Id<Organisation>& organisation = project.partners[i].organisation;
        const std::string place = fmt::format("partners[{}].organisation", i);
        if (project.owner == organisation) problems.push_back({place, "project.own_partner", "The owner takes part anyway; partners are others."});
        else if (std::ranges::none_of(before.partners, [&](const Partner& partner) { return partner.organisation == organisation; }) &&
                 !TRY(transaction.find_one<Organisation>("id = $1", {organisation.text})))
            unknown(place);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

std::vector<Endpoint> project_endpoints() {
    return {
        // clang-format off
        {"project_list", Method::get, "/projects", "Projects.", Mode::read, open_to_all, call(project_list)},
        {"project_get", Method::get, "/projects/{id}", "One project.", Mode::read, open_to_all, call(project_get)},
        {"project_map", Method::get, "/project-map", "Projects as points of a map.", Mode::read, open_to_all, call(project_map)},
        {"project_create", Method::post, "/projects", "Enter a project as a draft.", Mode::write, write_projects, call(project_create)},
        {"project_update", Method::patch, "/projects/{id}", "Change a project.", Mode::write, write_projects, call(project_update)},
        {"project_publish", Method::post, "/projects/{id}/publish", "Let everybody see a project.", Mode::write, publish_projects, call(project_publish)},
        {"project_withdraw", Method::post, "/projects/{id}/withdraw", "Take a project out of sight.", Mode::write, publish_projects, call(project_withdraw)},
        {"project_delete", Method::remove, "/projects/{id}", "Delete a project that is not published.", Mode::write, write_projects, call(project_delete)},
        {"project_export", Method::get, "/projects/export", "A list of projects as a file.", Mode::compute, open_to_all, call(project_export)},
        {"project_version_list", Method::get, "/projects/{entry}/versions", "The versions of a project, newest first.", Mode::read, open_to_all, call(library::version_list<Project>)},
        {"project_version_get", Method::get, "/projects/{id}/versions/{number}", "A project as it was.", Mode::read, open_to_all, call(library::version_get<Project>)},
        {"project_version_compare", Method::get, "/projects/{id}/difference", "What differs between two versions of a project.", Mode::read, open_to_all, call(library::version_compare<Project>)},
        // clang-format on
    };
}

} // namespace greenbank::projects
