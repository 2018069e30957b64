// sites.cpp — sites of one's own organisation; and what operations here share.
#include "energy/sites/operations.h"
#include "projects/projects.h"

namespace greenbank::energy {

Record describe(const Named<Site>*) { return {"site_named", "Names a site.", {field<&Named<Site>::id>("id", "Its id.")}}; }
Record describe(const Named<Device>*) { return {"device_named", "Names a device.", {field<&Named<Device>::id>("id", "Its id.")}}; }
Record describe(const Named<Channel>*) { return {"channel_named", "Names a channel.", {field<&Named<Channel>::id>("id", "Its id.")}}; }

bool acts_for(const Caller& caller, const Id<Organisation>& owner) {
    return caller.actor.may(help_sites) || (!owner.empty() && caller.actor.organisation == owner.text);
}

std::string seen_where(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(help_sites)) return "1 = 1";
    if (caller.actor.organisation.empty()) return "sample = true";
    parameters.emplace_back(caller.actor.organisation);
    return "(sample = true OR organisation = $" + std::to_string(parameters.size()) + ")";
}

namespace {

/// A site may say that it is of a project only where its people see that project.
Result<Done> check_project(Transaction& transaction, const Caller& caller, const Site& site) {
    if (site.project) TRY(projects::project_seen(transaction, caller, *site.project));
    return Done{};
}

/// What is dropped is gone: who may only edit does not decide how long points are kept.
Result<Done> check_keeping(const Caller& caller, const Site& before, const Site& site) {
    if ((site.keep_points_days == before.keep_points_days && site.keep_hours_days == before.keep_hours_days) || caller.actor.may(manage_devices)) return Done{};
    return Error{Failure::forbidden, "site.keeping", "Only a manager may say how long points are kept; ask one, or leave these fields as they are."};
}

Result<Reply<Site>> site_create(Transaction& transaction, const Caller& caller, const Site& draft) {
    Site site = draft;
    site.organisation = TRY(acting_organisation(caller));
    TRY(check_project(transaction, caller, site));
    TRY(check_keeping(caller, {}, site));
    site.id = caller.new_id<Site>();
    site.created_at = site.updated_at = caller.now;
    TRY(transaction.insert(site));
    return Reply<Site>{.body = std::move(site), .status = 201};
}

Result<Site> site_update(Transaction& transaction, const Caller& caller, const Patch<Site>& patch) {
    const Site before = TRY(to_change(transaction, caller, patch.id));
    Site site = TRY(apply_patch(transaction, caller, patch));
    TRY(check_project(transaction, caller, site));
    TRY(check_keeping(caller, before, site));
    site.updated_at = caller.now;
    TRY(transaction.update(site));
    return site;
}

Result<Done> site_delete(Transaction& transaction, const Caller& caller, const Named<Site>& key) {
    const Site site = TRY(to_change(transaction, caller, key.id));
    for (const char* table : {"device", "channel"})
        if (as_integer(TRY(transaction.query(std::string("SELECT count(*) FROM ") + table + " WHERE site = $1", {key.id.text})).single()) > 0)
            return Error{Failure::conflict, "site.in_use", "Devices or channels belong to this site; move or delete these first."};
    return transaction.erase(site.id);
}

} // namespace

std::vector<Endpoint> site_endpoints() {
    return {
        // clang-format off
        {"site_list", Method::get, "/sites", "Sites that are monitored.", Mode::read, open_to_all, call(listed<Site>)},
        {"site_get", Method::get, "/sites/{id}", "One of them.", Mode::read, open_to_all, call(got<Site>)},
        {"site_create", Method::post, "/sites", "Enter a site of one's own organisation.", Mode::write, write_sites, call(site_create)},
        {"site_update", Method::patch, "/sites/{id}", "Change a site.", Mode::write, write_sites, call(site_update)},
        {"site_delete", Method::remove, "/sites/{id}", "Delete a site that nothing belongs to.", Mode::write, write_sites, call(site_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
