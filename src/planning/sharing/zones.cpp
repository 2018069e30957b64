// zones.cpp — whose the zones of a case are, and what their organisations publish of them: every release stays, the newest stands in the case.
#include <algorithm>

#include <fmt/format.h>

#include "api/list.h"
#include "planning/sharing/operations.h"
#include "projects/access.h"

namespace greenbank::planning {

struct ZoneMemberKey {
    Id<ZoneMember> id;
};
Record describe(const ZoneMemberKey*) { return {"zone_member_key", "Names whose a zone is.", {field<&ZoneMemberKey::id>("id", "Its id.")}}; }
struct ZoneReleaseKey {
    Id<ZoneRelease> id;
};
Record describe(const ZoneReleaseKey*) { return {"zone_release_key", "Names what a zone published.", {field<&ZoneReleaseKey::id>("id", "Its id.")}}; }

namespace {

/// SQL: cases that the caller may see; $1 is the caller's organisation.
constexpr std::string_view in_seen_cases = "(study IN (SELECT id FROM cross_border_study WHERE organisation = $1 OR sample = true) OR study IN (SELECT study "
                                           "FROM zone_member WHERE organisation = $1))";

template <class T> Result<Page<T>> list_of_cases(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    return caller.actor.may(help_plans) ? list_page<T>(transaction, caller, list)
                                        : list_page<T>(transaction, caller, list, in_seen_cases, {caller.actor.organisation});
}

sharing::Zone* zone_named(CrossBorderStudy& study, const std::string& name) {
    const auto found = std::ranges::find_if(study.sharing.zones, [&](const sharing::Zone& zone) { return zone.name == name; });
    return found == study.sharing.zones.end() ? nullptr : &*found;
}

Error no_zone(const char* field, const std::string& name) {
    return invalid({{field, "planning.sharing_zone", "There is no zone {zone}.", {{"zone", name.substr(0, 80)}}}});
}

Result<Reply<ZoneMember>> member_create(Transaction& transaction, const Caller& caller, const ZoneMember& draft) {
    CrossBorderStudy study = TRY(case_to_change(transaction, caller, draft.study));
    if (!zone_named(study, draft.zone)) return no_zone("zone", draft.zone);
    const auto organisation = TRY(transaction.find_one<Organisation>("id = $1", {draft.organisation.text}));
    if (!organisation) return invalid({{"organisation", "planning.no_organisation", "The bank knows no such organisation."}});
    if (TRY(transaction.find_one<ZoneMember>("study = $1 AND zone = $2", {study.id.text, draft.zone})))
        return Error{Failure::conflict, "planning.zone_taken", "{zone} belongs to an organisation already; it gives it back first.", {{"zone", draft.zone}}};
    ZoneMember member = draft;
    member.id = caller.new_id<ZoneMember>();
    member.organisation_name = organisation->name;
    member.created_at = caller.now;
    TRY(transaction.insert(member));
    return Reply<ZoneMember>{.body = std::move(member), .status = 201};
}

/// Who holds the zone gives it back; whoever made the case cannot take it, else it could alter what others published.
Result<Done> member_delete(Transaction& transaction, const Caller& caller, const ZoneMemberKey& key) {
    const ZoneMember member = TRY(transaction.get(key.id));
    TRY(case_seen(transaction, caller, member.study));
    if (!plans_for(caller, member.organisation))
        return Error{Failure::forbidden, "planning.zone_held", "Only the organisation that holds the zone gives it back."};
    return transaction.erase(member.id);
}

Result<ZoneRelease> release_get(Transaction& transaction, const Caller& caller, const ZoneReleaseKey& key) {
    ZoneRelease release = TRY(transaction.get(key.id));
    TRY(case_seen(transaction, caller, release.study));
    return release;
}

Result<Reply<ZoneRelease>> release_create(Transaction& transaction, const Caller& caller, const ZoneRelease& draft) {
    CrossBorderStudy study = TRY(case_seen(transaction, caller, draft.study));
    const sharing::Zone& figures = draft.figures;
    sharing::Zone* zone = zone_named(study, figures.name);
    if (!zone) return no_zone("figures.name", figures.name);
    const auto member = TRY(transaction.find_one<ZoneMember>("study = $1 AND zone = $2", {study.id.text, figures.name}));
    if (!member || member->organisation.text != caller.actor.organisation)
        return Error{
            Failure::forbidden, "planning.not_your_zone", "{zone} is published by the organisation that holds it in this case.", {{"zone", figures.name}}};
    Problems problems;
    if (figures.source.empty()) problems.push_back({"figures.source", "planning.source_needed", "Say where the figures come from."});
    if (!figures.period_from) problems.push_back({"figures.period_from", "planning.period_needed", "Say which days the figures are of."});
    if (!figures.period_to) problems.push_back({"figures.period_to", "planning.period_needed", "Say which days the figures are of."});
    const std::size_t place = static_cast<std::size_t>(zone - study.sharing.zones.data());
    *zone = figures;
    validate(record_of<CrossBorderStudy>(), &study, problems);
    const std::string prefix = fmt::format("sharing.zones[{}]", place);
    for (Problem& one : problems)
        if (one.field.starts_with(prefix)) one.field = "figures" + one.field.substr(prefix.size());
    if (!problems.empty()) return invalid(std::move(problems));

    ZoneRelease release = draft;
    release.id = caller.new_id<ZoneRelease>();
    release.zone = figures.name;
    release.number =
        1 + as_integer(TRY(transaction.query("SELECT count(*) FROM zone_release WHERE study = $1 AND zone = $2", {study.id.text, figures.name})).single());
    release.organisation = member->organisation, release.organisation_name = member->organisation_name;
    release.made_by_name = TRY(projects::person_name(transaction, caller));
    release.created_at = caller.now;
    TRY(transaction.insert(release));
    study.updated_at = caller.now;
    TRY(queue_case(transaction, caller, study));
    TRY(transaction.update(study));
    return Reply<ZoneRelease>{.body = std::move(release), .status = 201};
}

} // namespace

std::vector<Endpoint> zone_endpoints() {
    return {
        // clang-format off
        {"zone_member_list", Method::get, "/zone-members", "Whose the zones of cases across borders are.", Mode::read, signed_in, call(list_of_cases<ZoneMember>)},
        {"zone_member_create", Method::post, "/zone-members", "Give a zone of one's case to an organisation, which alone publishes its figures then.", Mode::write, write_plans, call(member_create)},
        {"zone_member_delete", Method::remove, "/zone-members/{id}", "Give a zone back.", Mode::write, write_plans, call(member_delete)},
        {"zone_release_list", Method::get, "/zone-releases", "What zones have published of themselves.", Mode::read, signed_in, call(list_of_cases<ZoneRelease>)},
        {"zone_release_get", Method::get, "/zone-releases/{id}", "One release of a zone's figures.", Mode::read, signed_in, call(release_get)},
        {"zone_release_create", Method::post, "/zone-releases", "Publish figures of one's zone; the case is computed anew.", Mode::write, write_plans, call(release_create)},
        // clang-format on
    };
}

} // namespace greenbank::planning
